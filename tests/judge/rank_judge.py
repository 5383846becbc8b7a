#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""rank_judge: random tables, ranked by rank and by counting in Python.

usage: rank_judge.py LAW [SEED [ROUNDS]]     the same seed gives the same tables
  judge     every rank, under every method for ties, is what its definition counts
  permuted  the order of the rows makes no difference to a rank (ordinal aside)
  sorted    --sort gives the rows in the order of their ordinal ranks, equal ones as they came
"""
import random
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from functools import cmp_to_key
from pathlib import Path

EMPTY, NA = "", "\\-"
COLUMNS = ["id", "g", "x", "y", "t"]
TIES = ["min", "max", "dense", "ordinal", "average"]


class Key:
    """One of the columns ranked by: compares fields, the missing last."""

    def __init__(self, column, text, descending):
        self.column, self.text, self.descending = column, text, descending

    def option(self, rng):
        if self.text:
            return self.column + rng.choice([":desc:text", ":text:desc"] if self.descending else [":text", ":asc:text"])
        return self.column + (rng.choice(["", ":desc"]) if self.descending else ":asc")

    def before(self, a, b):
        """-1, 0 or 1 as row a stands before, beside or behind row b."""
        a, b = a[self.column], b[self.column]
        if a in (EMPTY, NA) or b in (EMPTY, NA):
            return (a in (EMPTY, NA)) - (b in (EMPTY, NA))
        a, b = (a.encode(), b.encode()) if self.text else (Fraction(a), Fraction(b))
        order = (a > b) - (a < b)
        return -order if self.descending else order


def before(keys, a, b):
    for key in keys:
        order = key.before(a, b)
        if order:
            return order
    return 0


def definition(ties, keys, row, rivals):
    """The rank of a row by counting those that are better, equal, or equal and earlier."""
    better = [r for r in rivals if before(keys, r, row) < 0]
    equal = [r for r in rivals if before(keys, r, row) == 0]
    if ties == "min":
        return Fraction(len(better) + 1)
    if ties == "max":
        return Fraction(len(better) + len(equal))
    if ties == "ordinal":
        return Fraction(len(better) + 1 + sum(r["number"] < row["number"] for r in equal))
    if ties == "average":
        return Fraction(2 * len(better) + len(equal) + 1, 2)
    different = []
    for r in better:
        if all(before(keys, r, other) for other in different):
            different.append(r)
    return Fraction(len(different) + 1)


def competes(row, where):
    return not where or (row["y"] not in (EMPTY, NA) and Fraction(row["y"]) > 1)


def ranks(rows, keys, grouped, ties, where):
    for row in rows:
        lacks = row[keys[0].column] in (EMPTY, NA)
        if not competes(row, where):
            yield None, NA
        elif lacks:
            yield None, row[keys[0].column]
        else:
            rivals = [r for r in rows if competes(r, where) and r[keys[0].column] not in (EMPTY, NA)
                      and (not grouped or r["g"] == row["g"])]
            rank = definition(ties, keys, row, rivals)
            yield rank, str(rank) if rank.denominator == 1 else str(Decimal(rank.numerator) / rank.denominator)


# --- random tables ---

def random_number(rng, wide):
    kind = rng.random()
    if kind < 0.07:
        return EMPTY
    if kind < 0.12:
        return NA
    text = rng.choice(["0", "0.00", "-0.0", "1", "1.0", "2.5", "2.50", "-3", "-3.25", "10", "9.999"])
    if kind < 0.5:
        text = str(rng.randrange(-40, 40)) + rng.choice(["", ".5", ".25", ".50"])
    if wide and kind > 0.8:
        text = rng.choice(["", "-"]) + rng.choice(["123456789012345678901234567890", "0.000000000000000001",
                                                    "99999999999999.99", "99999999999999.990000"])
    return text


def random_table(rng):
    wide, size = rng.random() < 0.3, rng.choice([0, 1, 2, 10, 40, 90])
    return [{
        "id": f"r{i}",
        "g": rng.choice(["E", "W", "", "\\-"]),
        "x": random_number(rng, wide),
        "y": random_number(rng, False),
        "t": rng.choice(["a", "ab", "b", "中文", "", "\\-", "B"]),
        "number": i,
    } for i in range(size)]


def random_keys(rng):
    kinds = {"x": False, "y": False, "t": True}
    return [Key(c, kinds[c], rng.random() < 0.5) for c in rng.sample(sorted(kinds), rng.randrange(1, 4))]


def as_text(rows):
    return "\t".join(COLUMNS) + "\n" + "".join("\t".join(r[c] for c in COLUMNS) + "\n" for r in rows)


def rank(args, text):
    done = subprocess.run(["rank", *args], input=text.encode(), capture_output=True)
    if done.returncode:
        raise SystemExit(f"rank {args}: status {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


def show(what, args, text, wanted, got):
    if wanted != got:
        Path("rank-judge.tsv").write_text(text)
        raise SystemExit(f"{what}: rank {args} < rank-judge.tsv\nwanted:\n{wanted}got:\n{got}")


def options(rng):
    keys, grouped, where = random_keys(rng), rng.random() < 0.5, rng.random() < 0.3
    args = ["-k", ",".join(k.option(rng) for k in keys)]
    args += ["-g", "g"] if grouped else []
    args += ["-w", "y > 1"] if where else []
    return keys, grouped, where, args


def judge(rng):
    rows, ties = random_table(rng), rng.choice(TIES)
    keys, grouped, where, args = options(rng)
    first = rng.choice([None, None, 1, 3])
    args += ["--ties", ties] + (["-n", str(first)] if first else [])
    wanted = "\t".join(COLUMNS + ["rank"]) + "\n"
    for row, (value, shown) in zip(rows, ranks(rows, keys, grouped, ties, where)):
        if not first or (value is not None and value <= first):
            wanted += "\t".join([row[c] for c in COLUMNS] + [shown]) + "\n"
    show("judge", args, as_text(rows), wanted, rank(args, as_text(rows)))


def permuted(rng):
    rows = random_table(rng)
    *_, args = options(rng)
    args += ["--ties", rng.choice(["min", "max", "dense", "average"])]
    other = rows[:]
    rng.shuffle(other)
    lines = [sorted(rank(args, as_text(r)).split("\n")) for r in (rows, other)]
    show("permuted", args, as_text(other), "\n".join(lines[0]), "\n".join(lines[1]))


def sorted_(rng):
    rows = random_table(rng)
    keys, grouped, where, args = options(rng)
    def place(row):
        standing = 2 if not competes(row, where) else int(row[keys[0].column] in (EMPTY, NA))
        return row["g"].encode() if grouped else b"", standing

    def order(a, b):
        """By group; then the ranked, those without a value in the first key, those left out; then by the keys."""
        if place(a) != place(b):
            return -1 if place(a) < place(b) else 1
        return (place(a)[1] < 2 and before(keys, a, b)) or a["number"] - b["number"]

    wanted = as_text(sorted(rows, key=cmp_to_key(order)))
    show("sorted", args, as_text(rows), wanted, rank(args + ["--sort"], as_text(rows)))


LAWS = {"judge": judge, "permuted": permuted, "sorted": sorted_}

if __name__ == "__main__":
    law = sys.argv[1]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 150
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20221130)
    for _ in range(rounds):
        LAWS[law](rng)
    print(f"{law}: {rounds} tables agree")
