"""T2, the register of institutions beside the banks and those who file: insurers, what all have in an area (refs/outlets.tsv), and how many
there are of each class."""
import os
from fractions import Fraction

import tsv
from city import AREAS, BRANCHES, at_place
from prng import below

TABLES = ("B20",)
CODES = [("class", "保险", "保险公司", "insurer"), ("class", "小贷", "小额贷款公司", "micro-credit company"),
         ("class", "担保", "融资担保公司", "guarantee company"), ("class", "典当", "典当行", "pawn shop"),
         ("class", "民间融资", "民间融资机构", "private financing"), ("class", "融资租赁", "融资租赁公司", "leasing company"),
         ("class", "基金", "基金", "fund")]
ENGLISH = {"财产保险公司": "Property Insurer", "人身保险公司": "Life Insurer"}


def read(name):
    return tsv.read(os.path.join(os.path.dirname(os.path.abspath(__file__)), name))


def insurers():
    """[(institution, its areas)]"""
    out = []
    for r in read("T2insurers.tsv"):
        for n in range(1, int(r["n"]) + 1):
            code = "I%02d" % (len(out) + 1)
            year = 1996 + below(22, "T2", code)
            out.append(([code, "%s%02d" % (r["kind"], n), "%s %d" % (ENGLISH[r["kind"]], n), "保险", "",
                         "%d-%02d-01" % (year, 1 + below(12, "T2", code, "month")), ""], [a for a in AREAS if n <= int(r[a])]))
    return out


INSURERS = insurers()
INSTITUTIONS = [row for row, _ in INSURERS]


def references():
    offices = [[row[0], area, "office", "1", row[5], ""] for row, areas in INSURERS for area in areas]
    technology = [[r["bank"], r["area"], "technology", r["outlets"], r["from"], ""] for r in read("T2tech.tsv")]
    return {"outlets.tsv": ("institution area kind outlets active_from active_to".split(), technology + offices)}


def figure(fact, at):
    """So many of an area: banks by their branches, insurers by their offices, the others by their head office."""
    import inputs                               # which has read this module by now
    area = at_place([{"area": a} for a in AREAS], fact.row)[0]["area"]
    if fact.column == "tech":
        return Fraction(sum(int(r["outlets"]) for r in read("T2tech.tsv") if r["area"] == area and r["from"][:7] <= fact.month))
    if fact.column == "banks":
        return Fraction(len(BRANCHES[area]))
    if fact.column == "insurer":
        return Fraction(sum(area in areas for _, areas in INSURERS))
    if fact.column == "talents":
        return Fraction(sum(int(r["people"]) for r in at["L10"] if r["type"] == "talent" and r["area"] == area and r["date"][:4] == fact.month[:4]))
    of = {"micro": "小贷", "guarantee": "担保", "pawn": "典当"}[fact.column]
    return Fraction(sum(r[3] == of and r[4] == area for r in inputs.gathered("INSTITUTIONS")))
