"""L12, the ledger of state-capital financing: the deals of L12.tsv. Two operators of each area, a state firm and a guarantee
company stand in the register of companies; some deals break the rules, for the list of them has to show something."""
import os
from datetime import date
from fractions import Fraction

import months
import tsv
from city import AREA_ROWS, at_place

HEAD = "period id date area operator kind bank amount guarantor guarantor_state_owned approval_no exception_no".split()
TABLES = ("B05i", "B05j")
FIRST = 3801                                    # companies Q3801 ..., four an area
NAMES = [("1", "国资运营公司一"), ("2", "国资运营公司二"), ("s", "国有投资公司"), ("g", "融资担保公司")]
KINDS = [("financing", "融资", "financing"), ("guarantee", "担保融资", "guaranteed financing")]
CODES = [("deal",) + row for row in KINDS]
CODE = {(r["area"], key): "Q%04d" % (FIRST + 4 * n + k) for n, r in enumerate(AREA_ROWS) for k, (key, _) in enumerate(NAMES)}
COMPANIES = [{"company": CODE[(r["area"], key)], "name_zh": r["name_zh"][:-1] + name, "area": r["area"], "sector": "service"}
             for r in AREA_ROWS for key, name in NAMES]
DEALS = sorted(tsv.read(os.path.join(os.path.dirname(__file__), "L12.tsv")), key=lambda r: (r["date"], r["area"]))


def number(office, year, serial):
    return "%s〔%s〕%d号" % (office, year, serial)


def row(serial, r, month):
    area = next(a for a in AREA_ROWS if a["area"] == r["area"])["name_zh"][:-1]
    end = months.last_day(month).isoformat()
    key = {"1": "2", "2": "1"}[r["operator"]] if r["guarantor"] == "a1" else r["guarantor"]
    return [month, "S%03d" % serial, r["date"], r["area"], CODE[(r["area"], r["operator"])], r["kind"], r["bank"],
            "%d.00" % int(r["amount"]), CODE[(r["area"], key)] if key else "", str(int(key != "g")) if key else "",
            number(area + "国资备", r["date"][:4], serial) if r["approved"] and r["approved"] <= end else "",
            number(area + "常会", r["date"][:4], serial) if r["exception"] else ""]


def rows(month):
    end = months.last_day(month)
    return [row(n, r, month) for n, r in enumerate(DEALS, 1) if date.fromisoformat(r["date"]) <= end]


def figure(fact, at):
    mine = at_place(at["L12"], fact.row)
    return Fraction({"deals": len(mine)}[fact.column])
