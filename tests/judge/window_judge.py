#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""window_judge: what derive says of other rows of a group, computed by derive and by Python, on random tables: sums over
the group, running sums, earlier months. Each table is taken as it is, and sorted by group with --sorted.

usage: window_judge.py [SEED [ROUNDS]]     the same seed gives the same tables
"""
import random
import subprocess
import sys
from fractions import Fraction

EMPTY, NA = "", "\\-"
COLUMNS = ["bank", "area", "period", "place", "x", "y"]
GROUPS = {"": [], "bank": ["bank"], "area,bank": ["area", "bank"]}


def value_of(field):
    if field in ("", "\\N"):
        return EMPTY
    return NA if field == NA else Fraction(field)


def decimals_of(field):
    return len(field.partition(".")[2])


def printed(value, decimals):
    if value in (EMPTY, NA) and not isinstance(value, Fraction):
        return value
    units = value * 10**decimals
    assert units.denominator == 1
    text = str(abs(units.numerator)).rjust(decimals + 1, "0")
    return ("-" if units < 0 else "") + (f"{text[:-decimals]}.{text[-decimals:]}" if decimals else text)


def month_number(period):
    return int(period[:4]) * 12 + int(period[5:7]) - 1 if period else None


# --- the functions, over rows of one group ---

def total(fields, how, nothing):
    """(value, decimals, count) of the sum of fields by aggregate(1)'s table."""
    values = [value_of(f) for f in fields]
    numbers = [v for v in values if isinstance(v, Fraction)]
    decimals = max([decimals_of(f) for f, v in zip(fields, values) if isinstance(v, Fraction)], default=0)
    empties = values.count(EMPTY)
    if how == "strict" and empties:
        return EMPTY, 0, 0
    count = len(numbers) + (empties if how == "zero" else 0)
    if count:
        return sum(numbers, Fraction(0)), decimals, count
    if empties:
        return EMPTY, 0, 0
    return (NA if values else nothing), 0, 0


def summed(how, taken=lambda row: True):
    def function(group, row, before):
        value, decimals, _ = total([r["x"] for r in group if taken(r)], how, Fraction(0))
        return printed(value, decimals)
    return function


def mean(group, row, before):
    value, _, count = total([r["x"] for r in group], "skip", NA)
    if not isinstance(value, Fraction):
        return value
    scaled = abs(value / count) * 1000
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return printed(Fraction(units if value >= 0 else -units, 1000), 3)


def running(how):
    def function(group, row, before):
        value, decimals, _ = total([r["x"] for r in before], how, Fraction(0))
        return printed(value, decimals)
    return function


def earlier(column, find):
    def function(group, row, before):
        month = month_number(row["period"])
        wanted = None if month is None else find(month)
        found = [r for r in group if wanted is not None and month_number(r["period"]) == wanted]
        return found[0][column] if found else EMPTY
    return function


def increase(group, row, before):
    then = value_of(earlier("x", lambda m: m - 12)(group, row, before))
    now = value_of(row["x"])
    if NA in (then, now):
        return NA
    if EMPTY in (then, now):
        return EMPTY
    return printed(now - then, max(decimals_of(row["x"]), decimals_of(earlier("x", lambda m: m - 12)(group, row, before))))


FUNCTIONS = {
    "sum(x)": summed("strict"),
    "sum(x, missing=skip)": summed("skip"),
    "sum(x, missing=zero)": summed("zero"),
    "sum(x, missing=skip, when=y == 1)": summed("skip", lambda r: r["y"] == "1"),
    "count()": lambda group, row, before: str(len(group)),
    "count(x)": lambda group, row, before: str(sum(isinstance(value_of(r["x"]), Fraction) for r in group)),
    "round(mean(x, missing=skip), 3)": mean,
    "running_sum(x)": running("strict"),
    "running_sum(x, missing=skip)": running("skip"),
    "prev(x)": earlier("x", lambda m: m - 1),
    "prev(text(bank), 3)": earlier("bank", lambda m: m - 3),
    "same_period(x)": earlier("x", lambda m: m - 12),
    "opening(x)": earlier("x", lambda m: m // 12 * 12 - 1),
    "num(x) - same_period(x)": increase,
}


# --- tables ---

def number_field(r):
    if r.random() < 0.2:
        return r.choice(["", NA])
    digits = r.randrange(3)
    return printed(Fraction(r.randrange(-500, 5000), 10**digits), digits)


def random_table(r, keys):
    """Rows of a few groups, in any order but one that place tells; a month stands once in a group."""
    rows, seen = [], set()
    for _ in range(r.randrange(1, 40)):
        row = {"bank": r.choice("AB銀"), "area": r.choice(["N", "S", ""]), "x": number_field(r), "y": r.choice(["0", "1", ""])}
        month = r.randrange(12 * 2020, 12 * 2020 + 30)
        row["period"] = r.choice(["%04d-%02d", "%04d-%02d-28"]) % (month // 12, month % 12 + 1) if r.random() < 0.9 else ""
        mark = (tuple(row[k] for k in keys), month)
        if row["period"] and mark in seen:
            continue
        seen.add(mark)
        rows.append(row)
    places = sorted(r.sample(range(1000), len(rows)))
    return [{**row, "place": f"{place / 10:.1f}"} for row, place in zip(rows, places)]


def run(rows, options):
    table = "\n".join("\t".join(row[c] for c in COLUMNS) for row in rows)
    done = subprocess.run(["derive"] + options, input="\t".join(COLUMNS) + "\n" + table + ("\n" if rows else ""),
                          capture_output=True, text=True, check=False)
    if done.returncode:
        return f"status {done.returncode}: {done.stderr.strip()}"
    return [line.split("\t")[len(COLUMNS):] for line in done.stdout.split("\n")[1:-1]]


def judge(rows, keys, asked):
    results = []
    for at, row in enumerate(rows):
        def alike(other):
            return all(other[k] == row[k] for k in keys)
        group = [other for other in rows if alike(other)]
        before = [other for other in rows[:at + 1] if alike(other)]
        results.append([FUNCTIONS[f](group, row, before) for f in asked])
    return results


def one_round(r, used):
    group_by, keys = r.choice(list(GROUPS.items()))
    asked = r.sample(list(FUNCTIONS), r.randrange(1, 7))
    used.update(asked)
    rows = random_table(r, keys)
    options = [x for i, f in enumerate(asked) for x in ("-a", f"e{i}={f}")]
    if group_by:
        options += ["-g", group_by]
    if any("running" in f for f in asked):
        options += ["-k", "place:asc"]
    if any("prev" in f or "same_period" in f or "opening" in f for f in asked):
        options += ["--period", "period"]
    runs = [(rows, options)]
    if group_by:
        runs.append((sorted(rows, key=lambda row: [row[k].encode() for k in keys]), options + ["--sorted"]))
    differences = []
    for table, command in runs:
        got, want = run(table, command), judge(table, keys, asked)
        if isinstance(got, str):
            differences.append(f"{command}: {got}")
        else:
            differences += [f"{command}: {row}: {g}, judged {w}" for row, g, w in zip(table, got, want) if g != w]
            differences += [f"{command}: {len(got)} rows of {len(want)}"] if len(got) != len(want) else []
    return differences


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    r, used, differences = random.Random(seed), set(), []
    for _ in range(rounds):
        differences += one_round(r, used)
    for line in differences[:10]:
        print(line)
    unused = set(FUNCTIONS) - used
    if unused:
        print("never used:", *sorted(unused))
    print(f"{rounds} tables, {len(differences)} wrong")
    return 1 if differences or unused else 0


if __name__ == "__main__":
    sys.exit(main())
