"""L11, what subjects have been granted by their credit grade: the groups of L11.tsv, within the limits and discounts of T9, but for a few
that the list of violations shows."""
import functools
import os
from fractions import Fraction

import ledger
import tsv
from city import AREA_ROWS, BANKS
from inputs.T9 import RULES
from months import INBOX
from money import point
from prng import below
from spread import amount, parts, uneven, wan

HEAD = "period subject type area bank score grade credit used rate_base rate guarantee_type".split()
TABLES = ("B11d", "B11e", "B11f", "B11g")
TYPES = {"farmer": "农户", "individual": "个体工商户", "merchant": "商户", "firm": "企业"}
LETTER = {"farmer": "N", "individual": "T", "merchant": "M"}
GRADED = ["AAA", "AA", "AA", "A+", "A+", "A+", "A"]         # how often each grade
FIRST, REUSED = 5001, 10                        # Q5001 ...: companies that stand in no other ledger, after those of the project ledger
BROKEN = {("B17", "farmer", 7): "cap", ("B17", "individual", 5): "discount", ("B07", "merchant", 9): "cut"}
GROUPS = tsv.read(os.path.join(os.path.dirname(os.path.abspath(__file__)), "L11.tsv"))
KNOWN = [c["company"] for c in ledger.COMPANIES if (c["area"], c["sector"]) == ("DY", "agriculture")][:REUSED]
COMPANIES = [{"company": "Q%04d" % (FIRST + k), "name_zh": "%s%04d" % (ledger.SECTORS["agriculture"], FIRST + k), "area": "DY",
              "sector": "agriculture", "size": "中小微"} for k in range(int(GROUPS[2][INBOX[-1]]) - len(KNOWN))]
FIRMS = KNOWN + [c["company"] for c in COMPANIES]


def rule(bank, kind, grade, month="2022-12"):
    return next((r for r in RULES if (r["bank"], r["type"], r["grade"]) == (bank, kind, grade) and r["valid_from"] <= month
                 and (not r["valid_to"] or r["valid_to"] >= month)), None)


def grades(bank, kind):
    """Those that the bank has, as often as GRADED has them; A of a scale of members for A+."""
    return [g for g in GRADED if rule(bank, kind, g)]


def subject(r, k):
    n = int(r["first"]) + k
    return FIRMS[n - 1] if r["type"] == "firm" else "%s%s%04d" % (LETTER[r["type"]], r["area"], n)


@functools.cache
def granted(n):
    """The credit (0.01 万元) of every subject of a group."""
    r = GROUPS[n]
    if r["total"]:
        return [x * 100 for x in parts(int(r["total"]), uneven(int(r[INBOX[-1]]), 3, "L11", n))]      # each a number of 万元
    out = []
    for k in range(int(r[INBOX[-1]])):
        found = rule(r["bank"], r["type"], grade(r, k))
        top = wan(found["cap"] or "600")
        out.append(top * (50 + 10 * below(6, "L11", n, k)) // 100 // 10 * 10)
    return out


def grade(r, k):
    mine = grades(r["bank"], r["type"])
    return mine[below(len(mine), "L11", subject(r, k))]


def price(r, k, found):
    """The rate (0.01 %): reduced as far as the grade allows, or less."""
    base = int(Fraction(r["base"]) * 100)
    if found["bp_max"]:
        low, high = int(found["bp_min"]), int(found["bp_max"])
        return base - low - below(high - low + 1, "L11", r["bank"], k, "cut")
    most = int(found["discount_max"])
    return base - base * (most * (5 + below(6, "L11", r["bank"], k, "cut")) // 10) // 100


def row(n, k, month):
    r = GROUPS[n]
    g = grade(r, k)
    found = rule(r["bank"], r["type"], g)
    credit, rate, base = granted(n)[k], price(r, k, found), int(Fraction(r["base"]) * 100)
    fault = BROKEN.get((r["bank"], r["type"], k))
    if fault == "cap":
        credit = wan(found["cap"]) + 200
    elif fault == "discount":
        rate = base - base * (int(found["discount_max"]) + 4) // 100
    elif fault == "cut":
        rate = base - int(found["bp_max"]) - 5
    used = credit * (55 + below(46, "L11", r["bank"], k, "used")) // 100 if below(100, "L11", r["bank"], k, "uses") < int(r["using"]) else 0
    score = str(int(found["score_min"]) + below(10, "L11", r["bank"], k, "score")) if found["score_min"] else ""
    security = "credit" if found["unsecured"] == "1" else ("guarantee", "mortgage", "credit")[below(3, "L11", k, "security")]
    return [month, subject(r, k), r["type"], r["area"], r["bank"], score, g, amount(credit), amount(used), point(base, 2), point(rate, 2), security]


@functools.cache
def rows(month):
    found = [row(n, k, month) for n, r in enumerate(GROUPS) for k in range(int(r[month]))]
    return sorted(found, key=lambda x: (x[1], x[4]))


AREA = {r["name_zh"]: r["area"] for r in AREA_ROWS}
BANK = {r["name_zh"]: b for b, r in BANKS.items()}
CODE = {zh: code for code, zh in TYPES.items()}


def figure(fact, at):
    """B11e by area/bank/type, B11g by bank/type/grade."""
    words = fact.row.split("/")
    if fact.table == "B11g":
        return Fraction(rule(BANK[words[0]], CODE[words[1]], words[2], fact.month)[fact.column])
    mine = [r for r in at["L11"] if (r["area"], r["bank"], r["type"]) == (AREA[words[0]], BANK[words[1]], CODE[words[2]])]
    return Fraction({"subjects": len({r["subject"] for r in mine}), "credit": sum(Fraction(r["credit"]) for r in mine)}[fact.column])
