"""L1, the ledger of signed projects: what each project is and when each step of it came."""
from datetime import date, timedelta
from fractions import Fraction

import months
import tsv
from cells import share_out
from city import AREAS, AREA_ROWS, BRANCHES
from money import CENT, WAN, YI
from prng import below, choose, noise

CHAINS = [("C01", "高端化工", "advanced chemicals"), ("C02", "新材料", "new materials"),
          ("C03", "输变电装备", "power transmission equipment"),
          ("C04", "汽车及零部件", "vehicles and parts"), ("C05", "纺织服装", "textiles"),
          ("C06", "医药及医疗器械", "medicine"), ("C07", "食品饮料", "food and drink"),
          ("C08", "矿山装备", "mining equipment"), ("C09", "新能源", "new energy"),
          ("C10", "电子信息", "electronics")]
SECTORS = {"industry": "工业企业", "agriculture": "农业企业", "service": "服务企业",
           "infrastructure": "建设企业"}
COUNT_ZH = "一二三四五六七八九十"
LANDED = {"FC": [("2022-09-16", 5), ("2022-11-15", 3)]}         # published: 8 of 24
PLANNED = {"FC": 24}


def event_table():
    """{(area, n): (code, date)}, numbered by date."""
    found = []
    for r in tsv.read(tsv.beside("events.tsv")):
        for n, day in enumerate(r["dates"].split(" ")):
            found.append((day, AREAS.index(r["area"]), r["area"], n + 1))
    return {(area, n): ("E%03d" % (k + 1), day)
            for k, (day, _, area, n) in enumerate(sorted(found))}


EVENTS = event_table()


def event_names():
    by_code = sorted((code, area, n) for (area, n), (code, _) in EVENTS.items())
    row = {r["area"]: r for r in AREA_ROWS}
    ordinal = {n: COUNT_ZH[n - 1] if n <= 10 else "十" + COUNT_ZH[n - 11] for n in range(1, 20)}
    return [(code, "%s第%s次银企对接会" % (row[a]["name_zh"], ordinal[n]),
             "%s matchmaking event %d" % (row[a]["name_en"], n)) for code, a, n in by_code]


def pieces(total, weights, caps):
    """total (亿元) in pieces of 10 万元, the last takes what is left."""
    total = int(Fraction(total) * YI)
    raw = share_out(total, dict(enumerate(weights)), dict(enumerate(caps)) if caps else {})
    out = [int(raw[k] // (10 * WAN)) * 10 * WAN for k in range(len(weights))]
    rest = total - sum(out)
    for k in range(len(out) - 1, -1, -1):           # where there is room for it
        room = rest if not caps else min(rest, caps[k] - out[k])
        out[k] += room
        rest -= room
    if rest:
        raise ValueError("no room for %d" % rest)
    return out


def up(amount, percent):
    """amount x percent, rounded up to 100 万元."""
    x = amount * percent // 100
    return -(-x // (100 * WAN)) * 100 * WAN


def steps(day, last, *words):
    """docs, submit, credit and payment dates between the event and the last day."""
    room = (last - day).days
    pace = [4 + below(9, *words, "docs"), 2 + below(5, *words, "submit"),
            6 + below(16, *words, "credit"), 3 + below(14, *words, "pay")]
    if sum(pace) > room:
        pace = [max(1, p * room // sum(pace)) for p in pace]
    out = []
    for p in pace:
        day = min(day + timedelta(days=p), last)
        out.append(day)
    return out


def group_projects(r, serial):
    """The projects of one group of projects.tsv."""
    n, area = int(r["projects"]), r["area"]
    first, last = (int(x) for x in r["events"].split("-"))
    w = [1 + Fraction(60, 100) * noise(area, r["group"], r["sector"], k) for k in range(n)]
    signed = pieces(r["signed"], w, None)
    credit = signed if r["exact"] == "1" else pieces(
        r["credit"], [x * (1 + Fraction(4, 100) * noise(area, r["group"], k, "credit"))
                      for k, x in enumerate(signed)], None)
    paid = pieces(r["paid"], [x * (1 + Fraction(9, 100) * noise(area, r["group"], k, "paid"))
                              for k, x in enumerate(credit)], credit)
    end = months.last_day(r["until"])
    out = []
    for k in range(n):
        code, day = EVENTS[(area, first + k % (last - first + 1))]
        key = (area, r["group"], r["sector"], k)
        docs, submit, granted, payday = steps(date.fromisoformat(day), end, *key)
        payments = [(payday, paid[k])] if paid[k] else []
        more = (credit[k] - paid[k]) * int(r["later"]) // 100 // CENT * CENT
        if more:
            payments.append((date(2022, 10 + below(2, *key, "later"), 9 + below(18, *key)), more))
        demand = up(max(signed[k], credit[k]), 102 + below(13, *key, "demand"))
        out.append({
            "area": area, "event": code, "event_date": date.fromisoformat(day),
            "company": serial + k % int(r["firms"]), "sector": r["sector"],
            "chain": choose(CHAINS, *key, "chain")[0] if r["sector"] == "industry" else "",
            "bank": r["bank"] or choose(BRANCHES[area], *key, "bank"), "group": r["group"],
            "invest": up(demand, 160 + below(100, *key, "invest")), "demand": demand,
            "signed": signed[k], "credit": credit[k], "docs_date": docs,
            "submit_date": submit, "credit_date": granted, "payments": payments,
            "planned": False, "landed": None})
    return out


def recommended_projects(r, serial):
    """The projects of one group of recommended.tsv: nothing is signed, granted or paid."""
    n, area = int(r["projects"]), r["area"]
    first, last = (int(x) for x in r["events"].split("-"))
    key = [(area, "recommended", r["sector"], k) for k in range(n)]
    w = [1 + Fraction(50, 100) * noise(*words) for words in key]
    invest, demand = pieces(r["invest"], w, None), pieces(r["demand"], w, None)
    out = []
    for k in range(n):
        code, day = EVENTS[(area, first + k % (last - first + 1))]
        out.append({
            "area": area, "event": code, "event_date": date.fromisoformat(day), "company": serial + k,
            "sector": r["sector"], "chain": choose(CHAINS, *key[k], "chain")[0] if r["sector"] == "industry" else "",
            "bank": choose(BRANCHES[area], *key[k], "bank"), "group": "recommended", "invest": invest[k], "demand": demand[k],
            "signed": 0, "credit": 0, "docs_date": None, "submit_date": None, "credit_date": None, "payments": [],
            "planned": False, "landed": None})
    return out


def plan_and_land(projects):
    """Which projects are on the investment plan, and when they landed."""
    for area in AREAS:
        mine = sorted((p for p in projects if p["area"] == area and p["payments"]),
                      key=lambda p: (p["payments"][0][0], p["project"]))
        planned = mine[:PLANNED.get(area, len(mine) // 3)]
        for p in planned:
            p["planned"] = True
        waves = LANDED.get(area, [("2022-09-20", len(planned) // 4),
                                  ("2022-11-18", len(planned) // 5)])
        queue = list(planned)
        for day, n in waves:
            for p in queue[:n]:
                p["landed"] = max(date.fromisoformat(day), p["payments"][0][0])
            queue = queue[n:]


def build():
    """(projects, companies)"""
    projects, companies, numbers = [], [], dict.fromkeys(SECTORS, 0)
    groups = [(group_projects, r, r["firms"]) for r in tsv.read(tsv.beside("projects.tsv"))]
    groups += [(recommended_projects, r, r["projects"]) for r in tsv.read(tsv.beside("recommended.tsv"))]
    for made, r, firms in groups:
        projects.extend(made(r, len(companies)))
        for _ in range(int(firms)):
            numbers[r["sector"]] += 1
            companies.append({
                "company": "Q%04d" % (len(companies) + 1), "area": r["area"],
                "name_zh": "%s%03d" % (SECTORS[r["sector"]], numbers[r["sector"]]),
                "sector": r["sector"]})
    projects.sort(key=lambda p: (p["event_date"], AREAS.index(p["area"]), p["company"]))
    for k, p in enumerate(projects):
        p["project"] = "P2022%04d" % (k + 1)
        p["company"] = companies[p["company"]]["company"]
    plan_and_land(projects)
    return projects, companies


PROJECTS, COMPANIES = build()
