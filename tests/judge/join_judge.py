#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""join_judge: joins the tables of a transcript row by row, every row of one with every row of the other, and compares.

usage: join_law_test transcript | join_judge.py
"""
from collections import defaultdict

from transcript import judge_all


def rows_of(text):
    header, *lines = text.splitlines()
    for number, line in enumerate(lines, 2):
        fields = ["" if f == "\\N" else f for f in line.split("\t")]
        yield {**dict(zip(header.split("\t"), fields)), "line": number, "fields": "\t".join(fields)}


def holds(ref, date, half_open):
    """Whether a span has the day: both ends in it, or not the last one; an empty end is open."""
    if date in ("", "\\-"):
        return False
    return ref["from"] <= date and (not ref["to"] or (date < ref["to"] if half_open else date <= ref["to"]))


def last_day(ref, half_open):
    """Something that compares with the first day of another span as the last day does."""
    return (ref["to"] or "9999-99-99", 0 if half_open and ref["to"] else 1)


def key_of(row, keys):
    return "\t".join(row[c] for c in "ab"[:keys])


def added(ref, adds):
    return f"{ref['w']}\t{ref['from']}" if adds else ""


def mistake(round_, refs):
    """What is wrong with the reference: the later line of the two, the earlier one, the words."""
    found, by_key = [], defaultdict(list)
    for ref in refs:
        by_key[key_of(ref, round_["keys"])].append(ref)
        if round_["dated"] and ref["to"] and ref["from"]:
            if ref["to"] < ref["from"] or (round_["half_open"] and ref["to"] == ref["from"]):
                return f"line {ref['line']}: ends before it begins: '{ref['to']}', from '{ref['from']}'\n"
    if round_["all"] or not round_["adds"]:
        return None
    for key, rows in by_key.items():
        if not round_["dated"]:
            for ref in rows[1:]:
                if added(ref, True) != added(rows[0], True):
                    shown = ", ".join(f"'{field}'" for field in key.split("\t"))
                    found.append((ref["line"], f"key {shown} stands on line {rows[0]['line']} already, with other values"))
        else:
            rows = sorted(rows, key=lambda r: (r["from"], r["line"]))
            for a, b in zip(rows, rows[1:]):
                if last_day(a, round_["half_open"]) >= (b["from"], 1):
                    first, later = sorted((a["line"], b["line"]))
                    found.append((later, f"its validity overlaps that of line {first}, which has the same key"))
    return "line %d: %s\n" % min(found, key=lambda f: f[0]) if found else None


def judge(round_):
    refs, keys = list(rows_of(round_["reference"])), round_["keys"]
    wrong = mistake(round_, refs)
    if wrong:
        return wrong
    by_key, met, out = defaultdict(list), set(), []
    for ref in refs:
        by_key[key_of(ref, keys)].append(ref)
    for row in rows_of(round_["table"]):
        key = key_of(row, keys)
        found = [r for r in by_key[key] if not round_["dated"] or holds(r, row["date"], round_["half_open"])]
        found = found if round_["all"] else found[:1]
        met.update(r["line"] for r in (found if round_["dated"] else by_key[key]))
        out += [f"found\t{row['fields']}\t{added(ref, round_['adds'])}\n" for ref in found]
        if not found:
            out.append(f"none\t{row['fields']}\t{key}\n")
    for ref in refs if round_["unmet"] else []:
        if ref["line"] not in met and (round_["all"] or round_["dated"] or ref is by_key[key_of(ref, keys)][0]):
            out.append(f"unmet\t{key_of(ref, keys)}\t{added(ref, round_['adds'])}\n")
    return "".join(out)


if __name__ == "__main__":
    judge_all(judge, ("found", "none", "unmet", "line"), lambda line: line.split("\t")[0].split(" ")[0])
