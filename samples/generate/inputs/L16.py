"""L16, what the lead bank of each joint-credit agreement collates of its firms: every firm once, all banks together."""
from fractions import Fraction

from inputs import L2
from money import CENT, WAN, point

HEAD = "period agreement company area chain lead signed_date contacted limit credit used".split()
TABLES = ("B08d", "B08e")
LIMITS = [[x for x in r["limits"].split()] for r in L2.JOINT]
NAMES = {"JC01": "数字经济产业链联合授信", "JC02": "新材料产业链联合授信"}
CODES = [("agreement", code, zh, en) for code, zh, en in
         [("JC01", NAMES["JC01"], "joint credit, digital economy"), ("JC02", NAMES["JC02"], "joint credit, new materials")]]


def limit_of(x):
    at, k = int(x["group"][5:]), x["order"][0]
    stated = LIMITS[at][k] if k < len(LIMITS[at]) else "-"
    return "" if stated == "-" else point(int(stated) * WAN // CENT, 2)


def rows(month):
    found = {}
    for x in L2.ROWS:
        if x["scheme"] == "joint" and L2.there(x, month):
            found.setdefault((x["team"], x["company"]), []).append(x)
    return [[month, team, company, mine[0]["area"], mine[0]["chain"], mine[0]["lead"], mine[0]["signed"],
             max(x["contacted"] for x in mine), limit_of(mine[0]),
             *(point(sum(x[c] for x in mine) // CENT, 2) for c in ("credit", "used"))]
            for (team, company), mine in sorted(found.items())]


def figure(fact, at):
    """Of an agreement, or of one of its firms, in the unit of the fact."""
    agreement, _, firm = fact.row.partition("/")
    mine = [r for r in at["L16"] if NAMES[r["agreement"]] == agreement]
    if firm:
        mine = [r for r in mine if r["company"] == next(c["company"] for c in L2.COMPANIES if c["name_zh"] == firm)]
    clients = [r for r in mine if Fraction(r["credit"]) > 0]
    if fact.column in ("credit", "used"):
        return sum(Fraction(r[fact.column]) for r in mine) / {"亿元": 10000, "万元": 1}[fact.unit]
    return Fraction({"firms": len(mine), "contacted": sum(r["contacted"] == "1" for r in mine), "clients": len(clients)}[fact.column])
