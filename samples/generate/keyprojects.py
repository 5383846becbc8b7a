"""Key projects and the issues that hold them up: what L15 and L13 are snapshots of."""
from datetime import date, timedelta
from fractions import Fraction

import ledger
import tsv
from ledger import pieces, up
from money import YI
from prng import below, noise

KINDS = tsv.read(tsv.beside("inputs/L13.tsv"))
YEAR_START, YEAR_END = date(2022, 1, 4), date(2022, 12, 31)
# The firms of an area whose issues concern no project, and how many are raised in the year.
OF_FIRMS = {"TS": 6, "DY": 5, "XT": 8, "FC": 9, "NY": 4, "DP": 4, "GX": 4}


def day_in_year(*words):
    return YEAR_START + timedelta(days=below(345, *words))


def own_projects(r, serial):
    """The projects of a group of inputs/L15.tsv that the signed ledger does not hold."""
    n, key = int(r["projects"]), (r["area"], r["list"])
    demand_n, credited_n = int(r["demand_n"]), int(r["credited_n"])
    credit = pieces(r["credit"], [1 + Fraction(60, 100) * noise(*key, k, "credit") for k in range(credited_n)], None)
    demand = [up(x, 102 + below(20, *key, k, "demand")) for k, x in enumerate(credit)]
    left = Fraction(r["demand"]) - Fraction(sum(demand), YI)
    demand += pieces(str(left), [1 + Fraction(50, 100) * noise(*key, k, "left") for k in range(demand_n - credited_n)], None)
    paid = pieces(r["paid"], [x * (1 + Fraction(9, 100) * noise(*key, k, "paid")) for k, x in enumerate(credit)], credit)
    rest = [0] * n
    demand, credit, paid = demand + rest, credit + rest, paid + rest
    invest = pieces(r["invest"], [max(demand[k], YI // 2) * (1 + Fraction(30, 100) * noise(*key, k, "invest")) for k in range(n)], None)
    firms = [c["company"] for c in ledger.COMPANIES if (c["area"], c["sector"]) == (r["area"], r["sector"])]
    out = []
    for k in range(n):
        planned = k * 17 % n < int(r["planned"])
        landed = k * 17 % n < int(r["landed"])
        start = day_in_year(*key, k, "listed")
        out.append({
            "project": "K2022%04d" % (serial + k + 1), "area": r["area"], "list": r["list"], "sector": r["sector"],
            "company": firms[k % len(firms)], "month": r["month"], "order": (k * 19 % n, n),
            "invest": max(invest[k], up(demand[k], 120)), "demand": demand[k], "credit": credit[k], "paid": paid[k],
            "planned": YEAR_END if planned else None,
            "landed": min(start + timedelta(days=60 + below(120, *key, k, "landed")), date(2022, 12, 28)) if landed else None})
    return out


def signed_projects(r):
    """Those of the signed ledger that are on the investment plan."""
    return [{"project": p["project"], "area": p["area"], "list": r["list"], "sector": p["sector"], "company": p["company"],
             "signed": p, "invest": p["invest"], "demand": p["demand"], "planned": YEAR_END, "landed": p["landed"]}
            for p in ledger.PROJECTS if p["area"] == r["area"] and p["planned"]]


def issues_of(projects, short):
    """Issues about some of the projects, so many of each kind; a project is listed before it has an issue."""
    out, projects = [], [p for p in projects if "signed" in p or p["order"][0] * 20 < p["order"][1] * 18]
    for kind, count in zip(KINDS, short.split(" ")):
        for k in range(int(count)):
            p = projects[(k * 5 + int(kind["order"])) % len(projects)]
            out.append(issue(p["area"], kind, p["project"], p["company"], k, p["signed"]["event_date"] if "signed" in p else YEAR_START))
    return out


def issue(area, kind, project, company, k, since=YEAR_START):
    key = (area, kind["kind"], project, company, k)
    raised = max(day_in_year(*key, "raised"), since + timedelta(days=5 + below(20, *key, "since")))
    closed = raised + timedelta(days=12 + below(75, *key, "closed")) if below(7, *key, "open") else None
    return {"area": area, "kind": kind["kind"], "project": project, "company": company, "raised": raised, "closed": closed,
            "title": kind["titles"].split("|")[k % 3], "assigned": kind["assigned"], "due": raised + timedelta(days=60)}


def build():
    """(projects, issues)"""
    projects, issues = [], []
    for r in tsv.read(tsv.beside("inputs/L15.tsv")):
        made = signed_projects(r) if r["sector"] == "L1" else own_projects(r, sum("month" in p for p in projects))
        projects.extend(made)
        issues.extend(issues_of(made, r["short"]))
    for area, n in OF_FIRMS.items():
        firms = [c["company"] for c in ledger.COMPANIES if c["area"] == area]
        issues.extend(issue(area, KINDS[k % 4], "\\-", firms[k * 3 % len(firms)], k) for k in range(n))
    issues.sort(key=lambda x: (x["raised"], x["area"], x["kind"], x["project"], x["company"]))
    for k, x in enumerate(issues):
        x["issue"] = "W2022%03d" % (k + 1)
    return projects, issues


PROJECTS, ISSUES = build()


def is_open(x, end):
    return x["raised"] <= end and not (x["closed"] and x["closed"] <= end)
