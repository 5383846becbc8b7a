"""L13, the ledger of issues: raised, assigned, closed."""
from fractions import Fraction

import months
from city import AREA_ROWS
from keyprojects import ISSUES

HEAD = "period issue area project company kind title raised assigned due closed".split()
TABLES = ("B06f",)
KINDS = {"用地": "land", "能源": "energy", "资金": "finance", "其他": "other"}


def rows(month):
    end = months.last_day(month)
    return [[month, x["issue"], x["area"], x["project"], x["company"], x["kind"], x["title"], x["raised"].isoformat(), x["assigned"],
             x["due"].isoformat(), x["closed"].isoformat() if x["closed"] and x["closed"] <= end else ""]
            for x in ISSUES if x["raised"] <= end]


def figure(fact, at):
    name, kind = fact.row.split("/")
    area = {r["name_zh"]: r["area"] for r in AREA_ROWS}[name]
    mine = [r for r in at["L13"] if r["area"] == area and kind in ("合计", *(zh for zh, code in KINDS.items() if code == r["kind"]))]
    return Fraction({"raised": len(mine), "closed": sum(r["closed"] != "" for r in mine)}[fact.column])
