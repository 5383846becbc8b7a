"""L9, the ledger of clues and inspections: the clues of L9clues.tsv, and a row for each firm on the list of L9.tsv. Which firms
have been inspected by a month is a longer and longer beginning of the area's list; the outcomes fall on those inspected by
2022-09."""
import os
from datetime import date, timedelta
from fractions import Fraction

import months
import tsv
from city import at_place
from prng import below
from spread import days_between

HEAD = "period id date area kind source company name_hit inspected outcome closed reward".split()
TABLES = ("B18", "B18b")
FIRST = 4001                                    # companies Q4001 ...
OUTCOMES = ["dereg", "revoked", "renamed", "rescoped", "police"]
KINDS = [("clue", "线索", "clue"), ("check", "排查", "inspection")]
SOURCES = [("monitor", "监测预警平台", "monitoring platform"), ("hotline", "举报热线", "hotline"), ("app", "举报小程序", "mini-app"),
           ("report", "群众举报", "report"), ("patrol", "日常巡查", "patrol")]
ENDS = [("filed", "立案侦查", "filed for investigation"), ("verified", "核查妥善处置", "verified and disposed of"),
        ("dereg", "注销", "deregistered"), ("revoked", "吊销", "licence revoked"), ("renamed", "变更名称", "renamed"),
        ("rescoped", "变更经营范围", "scope changed"), ("police", "公安介入", "police intervened"), ("none", "未见异常", "nothing found")]
CODES = [(table,) + row for table, rows in (("clue", KINDS), ("source", SOURCES), ("outcome", ENDS)) for row in rows]


def read(name):
    return tsv.read(os.path.join(os.path.dirname(__file__), name))


def inspections(r):
    """The firms of an area's list, in the order in which they are inspected."""
    until = [(m, int(r[m])) for m in months.INBOX]
    first = until[0][1]
    found = [o for o in OUTCOMES for _ in range(int(r[o]))]
    # The outcomes stand spread over those inspected first.
    place = {(2 * k + 1) * first // (2 * len(found)): o for k, o in enumerate(found)}
    days, done, since = [], 0, "2022-04-18"
    for m, n in until:
        days += days_between(since, months.last_day(m).isoformat(), n - done, "L9", r["area"], m) if n > done else []
        done, since = n, months.step(m, 1) + "-01"
    listed = days_between("2022-03-21", "2022-04-15", int(r["listed"]), "L9", r["area"], "listed")
    return [{"area": r["area"], "kind": "check", "date": day, "source": "", "reward": "0.00",
             "outcome": place.get(k, "none") if k < len(days) else "", "closed": days[k] if k < len(days) else None}
            for k, day in enumerate(listed)]


def reward(yuan):
    """An amount of 元, whole hundreds, in 万元: 500 is 0.05."""
    return "%d.%02d" % divmod(int(yuan) // 100, 100)


def clue(r):
    day = date.fromisoformat(r["date"])
    return {"area": r["area"], "kind": "clue", "date": day, "source": r["source"], "company": "",
            "outcome": r["outcome"], "closed": day + timedelta(days=int(r["days"])) if r["days"] else None,
            "reward": reward(r["reward"] or "0")}


def build():
    """(rows as they end, companies)"""
    out, companies = [], []
    for r in read("L9.tsv"):
        mine = inspections(r)
        for p in mine:
            p["company"] = "Q%04d" % (FIRST + len(companies))
            name = "康养服务企业" if below(5, "L9", p["company"]) == 0 else "养老服务企业"
            companies.append({"company": p["company"], "name_zh": name + p["company"][1:], "area": r["area"], "sector": "service"})
        out.extend(mine)
    out.extend(clue(r) for r in read("L9clues.tsv"))
    out.sort(key=lambda p: (p["date"], p["area"], p["company"]))
    for n, p in enumerate(out, 1):
        p["id"] = "X%04d" % n
    return out, companies


ROWS, COMPANIES = build()


def row(p, month):
    done = p["closed"] and p["closed"] <= months.last_day(month)
    check = p["kind"] == "check"
    return [month, p["id"], p["date"].isoformat(), p["area"], p["kind"], p["source"], p["company"], str(int(check)),
            str(int(bool(check and done))), p["outcome"] if done else "", p["closed"].isoformat() if done else "",
            p["reward"] if done else "0.00"]


def rows(month):
    return [row(p, month) for p in ROWS if p["date"] <= months.last_day(month)]


def figure(fact, at):
    if fact.column == "clean_share":
        towns = at_place(at["L14"], fact.row)
        return 100 * Fraction(sum(int(r["clean"]) for r in towns), sum(int(r["villages"]) for r in towns))
    mine = at_place(at["L9"], fact.row)
    clues, checks = ([r for r in mine if r["kind"] == k] for k in ("clue", "check"))
    if fact.column in ("clues", "filed", "verified"):
        return Fraction(len([r for r in clues if fact.column in ("clues", r["outcome"])]))
    if fact.column in ("listed", "inspected"):
        return Fraction(len([r for r in checks if r[{"listed": "name_hit"}.get(fact.column, "inspected")] == "1"]))
    return Fraction(len([r for r in checks if r["outcome"] == fact.column]))
