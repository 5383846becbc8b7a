"""L4, the ledger of direct financing: one row an issue, of last year and this."""
from fractions import Fraction

import inputs.L3 as L3
import months
from facts import CODE
from ledger import pieces
from snapshot import money
from spread import uneven

HEAD = "period id date area company instrument amt".split()
CODES = [("instrument", "ipo", "首发上市", "initial public offering"), ("instrument", "neeq", "新三板", "NEEQ"), ("instrument", "bond", "债券", "bonds"),
         ("instrument", "convertible", "可转债", "convertible bonds"), ("instrument", "fund", "基金", "funds"),
         ("instrument", "other", "其他", "other")]
TABLES = ["B14", "B14b"]
FIRST_ISSUER = 2801


def issuers():
    """{area: companies}: the issuers of bonds, as many as L4.tsv names."""
    wanted = {}
    for r in L3.table("L4"):
        if r["firms"].startswith("bond:"):
            wanted[r["area"]] = max(wanted.get(r["area"], 0), int(r["firms"][5:]))
    out, number = {}, FIRST_ISSUER
    for area, n in wanted.items():
        out[area] = [L3.new_company(number + k, area, "infrastructure") for k in range(n)]
        number += n
    return out


ISSUERS = issuers()
COMPANIES = [c for area in ISSUERS.values() for c in area]


def build():
    """Every issue: (date, area, company, instrument, amount in 分), by date."""
    out = []
    for r in L3.table("L4"):
        n, name = int(r["issues"]), r["firms"]
        firms = ISSUERS[r["area"]][:int(name[5:])] if name.startswith("bond:") else L3.GROUPS[name]
        amounts = pieces(Fraction(r["amt"]) / 10000, uneven(n, 35, r["area"], r["instrument"]), None)
        for k, (day, amount) in enumerate(zip(L3.spread(r["dates"], n), amounts)):
            out.append((day, r["area"], firms[k % len(firms)]["company"], r["instrument"], amount))
    return sorted(out)


ISSUES = build()


def rows(month):
    end = months.last_day(month)
    return [[month, str(k + 1), day.isoformat(), area, company, instrument, money(amount)]
            for k, (day, area, company, instrument, amount) in enumerate(ISSUES) if day <= end]


def year_to(mine, month):
    """万元 of the issues from January to the month."""
    return sum((Fraction(r["amt"]) for r in mine if r["date"][:4] == month[:4] and r["date"][:7] <= month), Fraction(0))


def figure(fact, at):
    """A column of B14 (area, 亿元) or B14b (area/instrument, 万元)."""
    area, _, instrument = fact.row.partition("/")
    mine = [r for r in at["L4"] if r["area"] == CODE[area] and instrument in ("", r["instrument"])]
    now, before = year_to(mine, fact.month), year_to(mine, months.same_last_year(fact.month))
    if fact.column == "growth":
        return 100 * (now - before) / before
    if fact.column in ("firms", "cum_firms"):
        return Fraction(len({r["company"] for r in mine if fact.column == "cum_firms" or r["date"][:4] == fact.month[:4]}))
    if fact.table == "B14b":
        return {"amt": now, "same": before, "inc": now - before, "cum": sum(Fraction(r["amt"]) for r in mine)}[fact.column]
    if fact.column in ("total", "inc", "same"):
        return {"total": now, "inc": now - before, "same": before}[fact.column] / 10000
    return year_to([r for r in mine if r["instrument"] == fact.column], fact.month) / 10000
