"""L15, the monthly table of key projects: financing demand, planned and landed, and the factors that they lack."""
from fractions import Fraction

import months
from city import AREA_ROWS
from inputs.L2 import SHARE
from keyprojects import ISSUES, KINDS, PROJECTS, is_open
from money import CENT, WAN, point
from prng import below

HEAD = ("period project area list company sector invest demand credit paid planned landed leader_n local_n liaison_n "
        "short_land short_energy short_finance short_other").split()
TABLES = ("B06e",)


def amount(x, share=1):
    return point(int(x * share) // (10 * WAN) * (10 * WAN) // CENT, 2) if share != 1 else point(x // CENT, 2)


def paid_by(p, end):
    return sum(x for day, x in p["signed"]["payments"] if day <= end)


def amounts(p, month):
    """invest, demand, credit and paid; those of a signed project are the signed ledger's."""
    end = months.last_day(month)
    if "signed" in p:
        granted = p["signed"]["credit_date"] <= end
        return [amount(p["invest"]), amount(p["demand"]), amount(p["signed"]["credit"] if granted else 0), amount(paid_by(p, end))]
    share = SHARE[p["month"]][month]
    return [amount(p["invest"]), amount(p["demand"]), amount(p["credit"], share), amount(p["paid"], share)]


def there(p, month):
    """Whether a project is listed yet."""
    if "signed" in p:
        return p["signed"]["event_date"] <= months.last_day(month)
    k, n = p["order"]
    return k * 20 < n * {"2022-09": 18, "2022-11": 19, "2022-12": 20}[month]


def row(p, month):
    end = months.last_day(month)
    lacks = {x["kind"] for x in ISSUES if x["project"] == p["project"] and is_open(x, end)}
    landed = p["landed"].isoformat() if p["landed"] and p["landed"] <= end else ""
    duty = ["1", "1", "1"] if p["area"] == "XT" else [str(1 + below(2, p["project"], "officer")), str(below(2, p["project"], "local")), "1"]
    return [month, p["project"], p["area"], p["list"], p["company"], p["sector"], *amounts(p, month),
            p["planned"].isoformat()[:7] if p["planned"] else "", landed, *duty, *(str(int(k["kind"] in lacks)) for k in KINDS)]


def rows(month):
    return [row(p, month) for p in sorted(PROJECTS, key=lambda p: p["project"]) if there(p, month)]


def figure(fact, at):
    area = {r["name_zh"]: r["area"] for r in AREA_ROWS}[fact.row]
    mine = [r for r in at["L15"] if r["area"] == area]
    if fact.column in ("credit", "paid"):
        return sum(Fraction(r[fact.column]) for r in mine) / 10000
    counts = {"projects": lambda r: True, "demand_n": lambda r: Fraction(r["demand"]) > 0, "credited_n": lambda r: Fraction(r["credit"]) > 0,
              "planned": lambda r: r["planned"] != "", "landed": lambda r: r["landed"] != ""}
    return Fraction(sum(map(counts[fact.column], mine)))
