#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""aggregate_judge: random tables, aggregated by aggregate and by Python's fractions.

usage: aggregate_judge.py LAW [SEED [ROUNDS]]     the same seed gives the same tables
  judge     every aggregate, at every grain of a rollup or cube, equals its own definition
  permuted  the order of the rows makes no difference (but to first and last)
  rolled    the totals of a rollup equal separate runs by fewer columns
  split     a table cut into files gives what the whole one gives
"""
import itertools
import random
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

EMPTY, NA = "", "\\-"
KEYS = ["k", "h", "p"]


class Number:
    """A decimal as written: its value and its digits after the point."""

    def __init__(self, text):
        self.value = Fraction(text)
        self.decimals = len(text.partition(".")[2])


def printed(value, decimals):
    units = value * 10**decimals
    assert units.denominator == 1
    digits = str(abs(units.numerator)).rjust(decimals + 1, "0")
    text = digits[:-decimals] + "." + digits[-decimals:] if decimals else digits
    return "-" + text if value < 0 else text


def half_up(value, digits):
    units = abs(value) * 10**digits
    whole = (units + Fraction(1, 2)).__floor__()
    return printed(Fraction(whole if value >= 0 else -whole, 10**digits), digits)


# --- the definitions, over the fields of the rows of one group ---

def present(fields, missing):
    """The numbers that count and, where no number may be given, the kind of missing there is."""
    numbers = [Number(f) for f in fields if f not in (EMPTY, NA)]
    if missing == "zero":
        numbers += [Number("0") for f in fields if f == EMPTY]
    if (missing == "strict" and EMPTY in fields) or (not numbers and EMPTY in fields):
        return numbers, EMPTY
    return numbers, None if numbers else NA


def total(fields, missing):
    numbers, gap = present(fields, missing)
    if not fields:
        return "0"
    return gap if gap is not None else printed(sum(n.value for n in numbers), max(n.decimals for n in numbers))


def mean(fields, missing, digits):
    numbers, gap = present(fields, missing)
    return gap if gap is not None else half_up(sum(n.value for n in numbers) / len(numbers), digits)


def extreme(fields, missing, choose):
    numbers, gap = present(fields, missing)
    if gap is not None:
        return gap
    value = choose(n.value for n in numbers)
    return printed(value, max(n.decimals for n in numbers if n.value == value))


def sevenths(fields):
    numbers, gap = present(fields, "zero")
    if not fields:
        return half_up(Fraction(0), 5)
    return gap if gap is not None else half_up(sum(n.value for n in numbers) / 7, 5)


def text_extreme(fields, choose):
    texts = [f.encode() for f in reported(fields)]
    return choose(texts).decode() if texts else EMPTY if EMPTY in fields else NA


def column(rows, name):
    return [r[name] for r in rows]


def reported(fields):
    return [f for f in fields if f not in (EMPTY, NA)]


AGGREGATES = {
    "n": ("count()", lambda rows: str(len(rows))),
    "nx": ("count(x)", lambda rows: str(len(reported(column(rows, "x"))))),
    "nw": ("count(when=t == 'a')", lambda rows: str(sum(r["t"] == "a" for r in rows))),
    "d": ("count_distinct(t)", lambda rows: str(len(set(reported(column(rows, "t")))))),
    "d2": ("count_distinct(t, y)",
           lambda rows: str(len({(r["t"], r["y"]) for r in rows if not {r["t"], r["y"]} & {EMPTY, NA}}))),
    "dn": ("count_distinct(num(y))", lambda rows: str(len({Fraction(f) for f in reported(column(rows, "y"))}))),
    "s": ("sum(x)", lambda rows: total(column(rows, "x"), "strict")),
    "sk": ("sum(x, missing=skip)", lambda rows: total(column(rows, "x"), "skip")),
    "sz": ("sum(x, missing=zero)", lambda rows: total(column(rows, "x"), "zero")),
    "sw": ("sum(y, when=t != 'b', missing=skip)",
           lambda rows: total([r["y"] for r in rows if r["t"] not in ("b", EMPTY, NA)], "skip")),
    "sq": ("round(sum(x / 7, missing=zero), 5)", lambda rows: sevenths(column(rows, "x"))),
    "m": ("round(mean(x), 3)", lambda rows: mean(column(rows, "x"), "strict", 3)),
    "mk": ("round(mean(y, missing=skip), 2)", lambda rows: mean(column(rows, "y"), "skip", 2)),
    "mz": ("round(mean(y, missing=zero), 0)", lambda rows: mean(column(rows, "y"), "zero", 0)),
    "lo": ("min(x)", lambda rows: extreme(column(rows, "x"), "skip", min)),
    "hi": ("max(x)", lambda rows: extreme(column(rows, "x"), "skip", max)),
    "hs": ("max(y, missing=strict)", lambda rows: extreme(column(rows, "y"), "strict", max)),
    "lz": ("min(y, missing=zero)", lambda rows: extreme(column(rows, "y"), "zero", min)),
    "lt": ("min(text(t))", lambda rows: text_extreme(column(rows, "t"), min)),
    "ht": ("max(text(t))", lambda rows: text_extreme(column(rows, "t"), max)),
}
POSITIONS = {
    "f": ("first(t)", lambda rows: rows[0]["t"] if rows else NA),
    "l": ("last(x)", lambda rows: rows[-1]["x"] if rows else NA),
}


# --- random tables ---

def random_number(rng):
    kind = rng.random()
    if kind < 0.08:
        return EMPTY
    if kind < 0.16:
        return NA
    if kind < 0.18:
        return "\\N"
    digits = rng.choice([1, 2, 3, 6, 9, 14, 19, 24])
    decimals = rng.choice([0, 0, 1, 2, 2, 2, 4, 6, 11])
    units = rng.randrange(10**digits) * rng.choice([1, 1, -1])
    return printed(Fraction(units, 10**decimals), decimals)


def random_row(rng, gaps):
    def number():
        field = random_number(rng)
        return field if gaps or field not in (EMPTY, NA, "\\N") else rng.choice(["0", "0.00", "-7.5", "1.50", "1.5"])

    return {
        "k": rng.choice(["E", "W", "市区", "", "\\-", "\\N", "N S"]),
        "x": number(),
        "h": rng.choice(["1", "10", "2", "01"]),
        "p": rng.choice(["2022-11", "2022-12"]),
        "t": rng.choice(["a", "b", "c", "中文", "", "\\-", "\\N", "a\\tb"]),
        "y": number() if rng.random() < 0.5 else rng.choice(["1", "1.0", "2.50", "2.5"]),
    }


def random_table(rng):
    gaps = rng.random() < 0.7
    return [random_row(rng, gaps) for _ in range(rng.choice([0, 1, 2, 5, 20, 60, 700]))]


COLUMNS = ["k", "x", "h", "p", "t", "y"]


def as_text(rows):
    return "\t".join(COLUMNS) + "\n" + "".join("\t".join(r[c] for c in COLUMNS) + "\n" for r in rows)


def read_null(rows):
    return [{c: EMPTY if f == "\\N" else f for c, f in r.items()} for r in rows]


# --- both sides ---

def aggregate(args, text, files=()):
    done = subprocess.run(["aggregate", *args, *files], input=None if files else text.encode(), capture_output=True)
    if done.returncode:
        raise SystemExit(f"aggregate {args}: status {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


def arguments(keys, chosen):
    args = ["-g", ",".join(keys)] if keys else []
    for name, (text, _) in chosen.items():
        args += ["-a", f"{name}={text}"]
    return args


def sets_of(keys, kind):
    if kind == "--rollup":
        return [keys[:n] for n in range(len(keys), -1, -1)]
    if kind == "--cube":
        return [[k for i, k in enumerate(keys) if not mask >> i & 1] for mask in range(1 << len(keys))]
    return [keys]


def expected(rows, keys, kind, order, chosen):
    lines = []
    for kept in sets_of(keys, kind):
        groups = {} if kept else {(): []}
        for row in rows:
            groups.setdefault(tuple(row[k] for k in kept), []).append(row)
        for key, members in groups.items():
            field = dict(zip(kept, key))
            bits = sum(1 << (len(keys) - 1 - i) for i, k in enumerate(keys) if k not in field)
            shown = [field.get(k, NA) for k in keys] + [str(bits)]
            place = tuple((k not in field, field.get(k, "").encode()) for k in keys)
            lines.append((place, bits, shown + [define(members) for _, define in chosen.values()]))
    if order == "sorted":
        lines.sort(key=lambda line: line[0])
    else:
        lines.sort(key=lambda line: line[1])
    header = keys + ["bits"] + list(chosen)
    return "".join("\t".join(f) + "\n" for f in [header] + [line[2] for line in lines])


def show(what, args, text, wanted, got):
    Path("aggregate-judge.tsv").write_text(text)
    for number, (a, b) in enumerate(itertools.zip_longest(wanted.split("\n"), got.split("\n")), 1):
        if a != b:
            raise SystemExit(f"{what}: aggregate {args} < aggregate-judge.tsv\nline {number}\nwanted: {a}\ngot:    {b}")


def choose(rng, of):
    return {name: of[name] for name in sorted(rng.sample(sorted(of), rng.randrange(1, len(of))))}


def judge(rng):
    rows = random_table(rng)
    keys = rng.sample(KEYS, rng.randrange(4))
    kind = rng.choice(["", "--rollup", "--cube"]) if keys else ""
    order = rng.choice(["sorted", "first"])
    chosen = choose(rng, {**AGGREGATES, **POSITIONS})
    args = [*arguments(keys, chosen), "--grouping", "bits", "--order", order, *filter(None, [kind])]
    text = as_text(rows)
    show("judge", args, text, expected(read_null(rows), keys, kind, order, chosen), aggregate(args, text))


def permuted(rng):
    rows = random_table(rng)
    keys = rng.sample(KEYS, rng.randrange(4))
    args = arguments(keys, choose(rng, AGGREGATES)) + (["--rollup"] if keys else [])
    other = rows[:]
    rng.shuffle(other)
    show("permuted", args, as_text(rows), aggregate(args, as_text(rows)), aggregate(args, as_text(other)))


def rolled(rng):
    rows = random_table(rng)
    keys = rng.sample(KEYS, rng.randrange(1, 4))
    chosen = choose(rng, {**AGGREGATES, **POSITIONS})
    text = as_text(rows)
    args = [*arguments(keys, chosen), "--rollup", "--grouping", "bits"]
    whole = [line.split("\t") for line in aggregate(args, text).split("\n")[1:-1]]
    for n in range(len(keys) + 1):
        bits = str((1 << (len(keys) - n)) - 1)
        totals = [line[:n] + line[len(keys) + 1:] for line in whole if line[len(keys)] == bits]
        alone = aggregate(arguments(keys[:n], chosen), text).split("\n", 1)[1]
        show("rolled", args, text, alone, "".join("\t".join(line) + "\n" for line in totals))


def split(rng):
    rows = random_table(rng)
    keys = rng.sample(KEYS, rng.randrange(4))
    args = arguments(keys, choose(rng, {**AGGREGATES, **POSITIONS})) + ["--order", rng.choice(["sorted", "first"])]
    cuts = sorted(rng.randrange(len(rows) + 1) for _ in range(rng.randrange(1, 4)))
    with tempfile.TemporaryDirectory() as place:
        files = []
        for n, (a, b) in enumerate(zip([0] + cuts, cuts + [len(rows)])):
            files.append(f"{place}/{n}.tsv")
            Path(files[-1]).write_text(as_text(rows[a:b]))
        show("split", args, as_text(rows), aggregate(args, as_text(rows)), aggregate(args, "", files))


LAWS = {"judge": judge, "permuted": permuted, "rolled": rolled, "split": split}

if __name__ == "__main__":
    law = sys.argv[1]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20221130)
    for _ in range(rounds):
        LAWS[law](rng)
    print(f"{law}: {rounds} tables agree")
