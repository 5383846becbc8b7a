#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""peers_judge: what GNU datamash 1.7 gives for the sets in tests/peers, against what aggregate gives.

usage: peers_judge.py FILE [datamash]    with datamash: against the program itself instead of the file

datamash prints 14 significant digits, so aggregate's exact result is rounded to as many before they are compared; its
nan is \\-. Where the two differ on purpose, docs/aggregate-and-others.md says why."""
import subprocess
import sys
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

SHOWN = 14

SAME = {
    "count": "count(x)",
    "sum": "sum(x)",
    "min": "min(x)",
    "max": "max(x)",
    "first": "first(x)",
    "last": "last(x)",
    "mean": "round(mean(x), 18)",
    "median": "median(x)",
    "q1": "quantile(x, 0.25)",
    "q3": "quantile(x, 0.75)",
    "perc:10": "quantile(x, 0.1)",
    "perc:90": "quantile(x, 0.9)",
    "perc:99": "quantile(x, 0.99)",
    "mode": "mode(num(x))",
    "pvar": "round(var_pop(x), 15)",
    "svar": "round(var_samp(x), 15)",
    "pstdev": "stddev_pop(x, 18)",
    "sstdev": "stddev_samp(x, 18)",
    "countunique": "count_distinct(x)",
    "unique": "concat_distinct(x)",
}
TEXTS = {"first", "last", "unique"}


def read(path):
    with open(path, encoding="utf-8") as f:
        lines = [line.rstrip("\n").split("\t") for line in f]
    return lines[0][2:], [(line[0], line[1].split(" "), line[2:]) for line in lines[1:]]


def datamash(operations, values):
    words = [word for operation in operations for word in (operation, "1")]
    done = subprocess.run(["datamash", *words], input="\n".join(values) + "\n", capture_output=True, text=True, check=True,
                          env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    return done.stdout.strip().replace("-nan", "nan").split("\t")


def aggregate(operations, sets):
    text = "set\tx\n" + "".join(f"{name}\t{value}\n" for name, values, _ in sets for value in values)
    columns = [word for operation in operations for word in ("-a", f"{operation}={SAME[operation]}")]
    done = subprocess.run(["aggregate", "-g", "set", *columns], input=text, capture_output=True, text=True, check=True)
    return {line.split("\t")[0]: line.split("\t")[1:] for line in done.stdout.splitlines()[1:]}


def agree(operation, theirs, ours):
    if operation in TEXTS:
        return theirs == ours
    if theirs == "nan" or ours == "\\-":
        return theirs == "nan" and ours == "\\-"
    return any(Context(prec=SHOWN, rounding=how).create_decimal(ours) == Decimal(theirs)
               for how in (ROUND_HALF_EVEN, ROUND_HALF_UP))


def main():
    operations, sets = read(sys.argv[1])
    ours, wrong = aggregate(operations, sets), []
    for name, values, facts in sets:
        theirs = datamash(operations, values) if len(sys.argv) > 2 else facts
        wrong += [f"{name}: {operation}: datamash {a}, aggregate {b}"
                  for operation, a, b in zip(operations, theirs, ours[name]) if not agree(operation, a, b)]
    print(*wrong, sep="\n")
    print(f"{len(sets)} sets, {len(operations)} operations each, {len(wrong)} differ")
    sys.exit(1 if wrong else 0)


main()
