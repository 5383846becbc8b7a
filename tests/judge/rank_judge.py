#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""rank_judge: ranks the tables of a transcript by counting, and compares.

usage: ranking_law_test transcript | rank_judge.py

A line of the transcript is a JSON object: a table, what was asked for, the rows that came out. Every rank is counted
from its definition, over values as fractions; nothing here sorts rows but to put them in the order of --sort.
"""
from bisect import bisect_left
from collections import Counter
from fractions import Fraction

from stream import printed, rounded
from transcript import judge_all

EMPTY, NA = "", "\\-"


class Key:
    """One of the columns ranked by, as COL[:asc|:desc][:text] says."""

    def __init__(self, text, round_):
        self.column, *ways = text.split(":")
        self.text = "text" in ways
        self.descending = "desc" in ways or ("asc" not in ways and not self.text)
        self.decimals = None if round_["decimals"] == 9 else round_["decimals"]
        self.missing_first = round_["missing_first"]

    def place(self, row):
        """A tuple that stands before another's as the row stands before the other."""
        field = row[self.column]
        if field in (EMPTY, NA):
            return (0 if self.missing_first else 2,)
        if self.text:  # bytes turned round, and ended by more than any byte, descend
            raw = list(field.encode())
            return (1, tuple([-b for b in raw] + [1] if self.descending else raw))
        value = Fraction(field)
        if self.decimals is not None:
            value = rounded(value, self.decimals)
        return (1, -value if self.descending else value)


class Group:
    """The ranked rows of a group, by the place of each."""

    def __init__(self, places):
        self.count = Counter(places)
        self.different = sorted(self.count)
        self.before, n = {}, 0
        for place in self.different:
            self.before[place] = n
            n += self.count[place]
        self.n = n

    def rank(self, ties, place, earlier):
        """The rank by its definition: how many are better, equal, or equal and earlier."""
        better, equal = self.before[place], self.count[place]
        return {
            "min": Fraction(better + 1),
            "max": Fraction(better + equal),
            "dense": Fraction(bisect_left(self.different, place) + 1),
            "ordinal": Fraction(better + earlier + 1),
            "average": better + Fraction(1 + equal, 2),
        }[ties]


def shown(rank):
    return str(rank) if rank.denominator == 1 else f"{rank.numerator // 2}.5"


def judge(round_):
    header, *lines = round_["table"].splitlines()
    columns = header.split("\t")
    rows = [dict(zip(columns, ("" if f == "\\N" else f for f in line.split("\t")))) for line in lines]
    keys = [Key(text, round_) for text in round_["keys"].split(",")]
    for number, row in enumerate(rows):
        row["competes"] = not round_["where"] or (row["y"] not in (EMPTY, NA) and Fraction(row["y"]) > 1)
        row["ranked"] = row["competes"] and (round_["missing_competes"] or row[keys[0].column] not in (EMPTY, NA))
        row["place"] = tuple(key.place(row) for key in keys) if row["competes"] else ()
        row["group"] = row["g"].encode() if round_["grouped"] else b""
        row["number"] = number
    groups = {g: Group([r["place"] for r in rows if r["ranked"] and r["group"] == g]) for g in {r["group"] for r in rows}}
    earlier, out = Counter(), []
    for row in rows:
        fields = [row[c] for c in columns]
        if not row["ranked"]:
            gap = row[keys[0].column] if row["competes"] else NA
            fields += [gap] * (4 if round_["bands"] else 1)
            wins = not round_["first"]
        else:
            group, seen = groups[row["group"]], (row["group"], row["place"])
            rank = group.rank(round_["ties"], row["place"], earlier[seen])
            wins = not round_["first"] or group.rank(round_["edge"], row["place"], earlier[seen]) <= round_["first"]
            earlier[seen] += 1
            fields.append(shown(rank))
            if round_["bands"]:
                n = len(group.different) if round_["ties"] == "dense" else group.n
                fields.append(printed((rank - 1) / (n - 1), 3) if n > 1 else NA)
                fields.append(printed(Fraction(group.before[row["place"]] + group.count[row["place"]], group.n), 3))
                fields.append(str((rank - 1) * round_["bands"] // n + 1))
        if wins:
            out.append((row, "\t".join(fields)))
    if round_["sorted"]:  # by group; the ranked, those without a value in the first key, those that do not compete
        out.sort(key=lambda o: (o[0]["group"], 0 if o[0]["ranked"] else 1 if o[0]["competes"] else 2, o[0]["place"], o[0]["number"]))
    return "".join(line + "\n" for _, line in out)


if __name__ == "__main__":
    judge_all(judge)
