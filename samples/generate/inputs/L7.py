"""L7, the ledger of loans at risk: batches of L7.tsv, each loan with its firm, days and amount. `before` are the days
from the due date to the entry (less than none: it was not due yet), `after` those from the entry to the disposal, `act`
those to the first measure, `court` how many of the loans go to court (L8). `after` may be one date: a package."""
import os
from datetime import date, timedelta
from fractions import Fraction

import ledger
import months
import tsv
from city import AREAS, at_place
from prng import below, choose
from spread import amount, between, days_between, parts, uneven, wan

HEAD = "period id date area bank company kind due_date overdue_days amount status method closed".split()
TABLES = ("B05c", "B05d", "B05e")
FIRST = 3001                                    # companies Q3001 ...
SECTORS = [("industry", "工业企业"), ("industry", "工业企业"), ("agriculture", "农业企业"), ("service", "服务企业"),
           ("infrastructure", "建设企业")]
KINDS = [("npl", "不良", "non-performing"), ("overdue", "逾期欠息", "in arrears"), ("risk", "风险企业", "firm at risk"),
         ("evasion", "逃废债", "debt evasion")]
METHODS = [("cash", "清收", "recovered"), ("woff", "核销", "written off"), ("xfer", "转让", "transferred"),
           ("rest", "重组", "restructured")]
STATUSES = [("open", "未处置", "open"), ("acting", "处置中", "in hand"), ("closed", "已处置", "disposed of")]
CODES = [(table,) + row for table, rows in (("risk", KINDS), ("method", METHODS), ("disposal", STATUSES)) for row in rows]


def numbers(text):
    return tuple(int(x) for x in text.split("..")) if text else None


def disposal(day, after, *words):
    if not after:
        return None
    if ".." in after:
        return day + timedelta(days=between(*numbers(after), *words, "closed"))
    return date.fromisoformat(after)


def firms(r, n, serial):
    """(the firms of a line of L7.tsv, the companies among them that are new). Firms at risk are industrial firms that have
    signed projects (L1); the others are new, numbered from serial."""
    count = int(r["firms"])
    if r["kind"] == "risk":
        known = [c["company"] for c in ledger.COMPANIES if c["area"] == r["area"] and c["sector"] == "industry"]
        at = below(len(known) - count + 1, "L7", n, "firms")
        return known[at:at + count], []
    new = []
    for k in range(serial, serial + count):
        sector, name = choose(SECTORS, "L7", "sector", k)
        new.append({"company": "Q%04d" % k, "name_zh": name + str(k), "area": r["area"], "sector": sector})
    return [c["company"] for c in new], new


def batch(r, n, companies):
    """The loans of a line of L7.tsv, to its firms in turn."""
    key = ("L7", n)
    count = int(r["loans"])
    cut = parts(wan(r["amount"]) // 50, uneven(count, 45, *key, "amount"))      # in steps of half a 万元
    out = []
    for k, day in enumerate(days_between(r["first"], r["last"], count, *key, "day")):
        out.append({
            "area": r["area"], "bank": r["bank"], "kind": r["kind"], "date": day,
            "company": companies[k % len(companies)], "amount": 50 * cut[k],
            "due": day - timedelta(days=between(*numbers(r["before"]), *key, k, "due")),
            "method": r["method"], "closed": disposal(day, r["after"], *key, k),
            "act": day + timedelta(days=int(r["act"])) if r["act"] else None,
            "court": k < int(r["court"] or 0)})
    return out


def build():
    """(loans by the day of their entry, companies)"""
    loans, companies = [], []
    for n, r in enumerate(tsv.read(os.path.join(os.path.dirname(__file__), "L7.tsv"))):
        mine, new = firms(r, n, FIRST + len(companies))
        loans.extend(batch(r, n, mine))
        companies.extend(new)
    loans.sort(key=lambda p: (p["date"], AREAS.index(p["area"]), p["bank"], p["company"]))
    for n, p in enumerate(loans, 1):
        p["id"] = "R%04d" % n
    return loans, companies


LOANS, COMPANIES = build()


def row(p, month):
    end = months.last_day(month)
    closed = p["closed"] if p["closed"] and p["closed"] <= end else None
    status = "closed" if closed else "acting" if p["act"] and p["act"] <= end else "open"
    overdue = max(0, ((closed or end) - p["due"]).days)
    return [month, p["id"], p["date"].isoformat(), p["area"], p["bank"], p["company"], p["kind"], p["due"].isoformat(),
            str(overdue), amount(p["amount"]), status, p["method"] if closed else "", closed.isoformat() if closed else ""]


def rows(month):
    return [row(p, month) for p in LOANS if p["date"] <= months.last_day(month)]


def figure(fact, at):
    mine = at_place(at["L7"], fact.row)
    if fact.table == "B05c":
        gone = [r for r in mine if r["status"] == "closed"]
        if fact.column == "woff_firms":
            return Fraction(len({r["company"] for r in gone if r["method"] == "woff"}))
        return sum(Fraction(r["amount"]) for r in gone if r["method"] == fact.column) / 10000
    evasion = [r for r in mine if r["kind"] == "evasion"]
    if fact.column == "ev_acted":
        return Fraction(len({r["company"] for r in evasion if r["status"] != "open"}))
    return {"ev_amount": sum(Fraction(r["amount"]) for r in evasion)}[fact.column]
