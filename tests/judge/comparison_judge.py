#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""comparison_judge: compares the tables of a transcript cell by cell, with fractions.

usage: comparison_law_test transcript | comparison_judge.py
"""
from collections import Counter
from fractions import Fraction

from stream import printed
from transcript import judge_all

KINDS = ["same", "within", "changed", "newly_reported", "newly_missing", "newly_impossible", "added", "removed"]


def decimals(text):
    return len(text.partition(".")[2])


def rows_of(text, keys):
    """The rows by key; the mistake, if a key stands twice: the first such in the order of keys."""
    header, *lines = text.splitlines()
    rows, twice = {}, {}
    for number, line in enumerate(lines, 2):
        row = dict(zip(header.split("\t"), ("" if f == "\\N" else f for f in line.split("\t"))))
        key = "\t".join(row[c] for c in "kj"[:keys])
        if key in rows:
            twice.setdefault(key, rows[key]["line"])
        else:
            rows[key] = {**row, "line": number}
    return rows, twice


def allowed(tolerance, old, new):
    amount, unit = tolerance.split(" ")
    one = {
        "own": Fraction(1),
        "percent": abs(Fraction(old)) / 100,
        "last": Fraction(1, 10 ** min(decimals(old), decimals(new))),
    }[unit]
    return Fraction(amount) * one


def cell(round_, column, old, new):
    """The kind and the text of the difference."""
    if old == new:
        return "same", ""
    if new in ("", "\\-"):
        return ("newly_missing" if new == "" else "newly_impossible"), ""
    if old in ("", "\\-"):
        return "newly_reported", ""
    try:
        apart = Fraction(new) - Fraction(old)
    except ValueError:
        return "changed", ""
    text = printed(apart, max(decimals(old), decimals(new)))
    if round_[column].endswith("text"):
        return "changed", text
    kind = "same" if apart == 0 else "within" if abs(apart) <= allowed(round_[column], old, new) else "changed"
    return kind, text


def judge(round_):
    (olds, old_twice), (news, new_twice) = (rows_of(round_[t], round_["keys"]) for t in ("old", "new"))
    wrong = [(k.encode(), 0, "old", line) for k, line in old_twice.items()]
    wrong += [(k.encode(), 1, "new", line) for k, line in new_twice.items()]
    if wrong:
        key, _, table, line = min(wrong)
        key = key.decode()
        shown = ", ".join(f"'{field}'" for field in key.split("\t"))
        return f"{table}: key {shown} stands on line {line} already\n"
    out, counts, sums = [], {c: Counter() for c in "xyt"}, {}
    for key in sorted(olds.keys() | news.keys(), key=str.encode):
        for column in "xyt":
            if key not in olds or key not in news:
                kind, apart = "removed" if key in olds else "added", ""
            else:
                kind, apart = cell(round_, column, olds[key][column], news[key][column])
            old, new = (t[key][column] if key in t else "" for t in (olds, news))
            counts[column][kind] += 1
            if apart:
                total, places = sums.get(column, (Fraction(0), 0))
                sums[column] = total + Fraction(apart), max(places, decimals(apart))
            if round_["all"] or kind not in ("same", "within"):
                out.append(f"{key}\t{column}\t{old}\t{new}\t{apart}\t{kind}\n")
    for column in "xyt":
        total = printed(*sums[column]) if column in sums else ""
        out.append(" ".join(str(counts[column][kind]) for kind in KINDS) + f" {total}\n")
    return "".join(out)


if __name__ == "__main__":
    judge_all(judge, KINDS + ["twice"], lambda line: "twice" if "already" in line else line.split("\t")[-1])
