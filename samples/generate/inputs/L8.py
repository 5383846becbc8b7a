"""L8, the ledger of judicial enforcement: the cases of each bank by half-year or year, summed to the totals of L8.tsv, and
one row for each case against a firm that evades its debts (L7). What every other bank files in December 2022 comes on top
of them."""
import os
from datetime import timedelta
from fractions import Fraction

import months
import tsv
from city import BRANCHES, WEIGHT, at_place
from inputs import L7
from prng import below
from spread import amount, parts, uneven, wan

HEAD = "period case area bank company filed cases amount completed settled restricted_n dishonest_n".split()
TABLES = ("B05f", "B05g", "B05h")
LEDGER = "2022-11"                              # the month whose totals L8.tsv gives
STRETCHES = {"year": [("2018", 12), ("2019", 12), ("2020", 12), ("2021", 12), ("2022", 6), ("2022", 9), ("2022", 11)],
             "half": [(str(y), m) for y in range(2018, 2022) for m in (6, 12)] + [("2022", 3), ("2022", 6), ("2022", 9), ("2022", 11)]}
MONEY = ("amount", "completed", "settled")
COUNTS = {"cases": "cases", "restricted": "restricted_n", "dishonest": "dishonest_n"}


def filed_by(year, month, *words):
    """A day of the last month of a stretch."""
    return months.last_day("%s-%02d" % (year, month)) - timedelta(days=below(24, *words))


def firm_cases():
    """The loans of L7 that went to court by the ledger's month, a case each; little of them has been recovered."""
    out = []
    for p in L7.LOANS:
        filed = p["date"] + timedelta(days=45)
        if p["court"] and filed <= months.last_day(LEDGER):
            out.append({"area": p["area"], "bank": p["bank"], "company": p["company"], "filed": filed, "cases": 1,
                        "amount": p["amount"], "completed": p["amount"] * below(16, "L8", p["id"]) // 100,
                        "settled": 50 * (p["amount"] // 500) * below(2, "L8", "settled", p["id"]),
                        "restricted_n": 2, "dishonest_n": 1})
    return out


def area_rows(r, firms):
    """An area's rows by bank and stretch: its totals less the cases against firms."""
    area = r["area"]
    banks = sorted(BRANCHES[area], key=lambda b: (-WEIGHT[("loan", area, b)], b))[:int(r["banks"])]
    places = [(b, y, m) for b in sorted(banks) for y, m in STRETCHES[r["by"]]]
    weights = [WEIGHT[("loan", area, b)] * w for (b, _, _), w in zip(places, uneven(len(places), 30, "L8", area))]
    rows = [{"area": area, "bank": b, "company": "", "filed": filed_by(y, m, "L8", area, b, y, m)} for b, y, m in places]

    def put(column, total, words):
        left = total - sum(p[column] for p in firms)
        mine = [w * v for w, v in zip(weights, uneven(len(rows), 15, "L8", area, words))]
        for p, x in zip(rows, parts(left, mine)):
            p[column] = x
    for name, column in COUNTS.items():
        put(column, int(r[name]), "cases")
    for column in MONEY:
        put(column, 10000 * wan(r[column]), column)
    return rows


def december(p):
    """The few cases that the bank of an area filed in December 2022, beside those it had filed in November."""
    key = ("L8", p["area"], p["bank"], "2022-12")
    return dict(p, filed=filed_by("2022", 12, *key), cases=3 + below(6, *key), restricted_n=4 + below(5, *key), dishonest_n=0,
                amount=p["amount"] // 20, completed=0, settled=0)


def build():
    out = firms = firm_cases()
    for r in tsv.read(os.path.join(os.path.dirname(__file__), "L8.tsv")):
        mine = area_rows(r, [p for p in firms if p["area"] == r["area"]])
        out = out + mine + [december(p) for p in mine[len(STRETCHES[r["by"]]) - 1::2 * len(STRETCHES[r["by"]])]]
    out.sort(key=lambda p: (p["filed"], p["area"], p["bank"], p["company"]))
    for n, p in enumerate(out, 1):
        p["case"] = "Z%04d" % n
    return out


CASES = build()


def recovered(p, column, month):
    """What had been enforced by a month: a little less before the ledger's month, a little more after it."""
    x = p[column]
    if month < LEDGER:
        return x * (98 if p["filed"].year < 2022 else 80) // 100
    if month > LEDGER:
        return x + (p["amount"] - p["completed"] - p["settled"]) * (1 if p["company"] else 2) // 200
    return x


def rows(month):
    return [[month, p["case"], p["area"], p["bank"], p["company"], p["filed"].isoformat(), str(p["cases"]), amount(p["amount"]),
             amount(recovered(p, "completed", month)), amount(recovered(p, "settled", month)), str(p["restricted_n"]),
             str(p["dishonest_n"])] for p in CASES if p["filed"] <= months.last_day(month)]


def figure(fact, at):
    mine = at_place(at["L8"], fact.row)

    def total(*columns):
        return sum((Fraction(r[c]) for r in mine for c in columns), Fraction(0))
    if fact.column in ("cases", "restricted"):
        return total(COUNTS[fact.column])
    if fact.column == "executed":
        return total("completed", "settled") / 10000
    return total(fact.column) / 10000
