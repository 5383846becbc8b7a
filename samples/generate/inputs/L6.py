"""L6, the villages that a bank has granted credit as a whole: the groups of L6.tsv."""
import functools
import os
from fractions import Fraction

import tsv
from city import AREA_ROWS, BANKS
from months import INBOX
from prng import below
from spread import amount, parts, uneven, wan

HEAD = "period area town village bank hh_total hh_excluded hh_granted credit hh_used used n_aaa n_aa n_a_plus n_a".split()
TABLES = ("B11", "B11b", "B11c")
PACE = {"2022-09": 91, "2022-11": 97, "2022-12": 100}       # per cent of a village's households that have their credit by then
GRADES = [12, 30, 34, 24]                                   # per cent of the households of grade AAA, AA, A+, A; the highest


def groups():
    return tsv.read(os.path.join(os.path.dirname(os.path.abspath(__file__)), "L6.tsv"))


def villages(r):
    import inputs.T6 as T6                      # T6 asks this module how many households a village has
    towns = [t for t in T6.towns() if t[:2] == r["area"]][int(r["town"]) - 1:]
    if r["town"] == "1" and r["area"] == "DY":
        towns = towns[:1]
    return [v for t in towns for v in T6.towns()[t]][int(r["skip"]):][:int(r[INBOX[-1]])]


@functools.cache
def built():
    """[(group, [(village, total, excluded, granted, credit)])] at the last month."""
    out = []
    for r in groups():
        mine = villages(r)
        granted = parts(int(r["households"]), uneven(len(mine), 35, "L6", r["bank"], r["town"]))
        credit = parts(wan(r["credit"]), [g * (1 + Fraction(below(301, "L6", v, r["bank"]) - 150, 1000)) for g, v in zip(granted, mine)])
        rows = []
        for v, g, c in zip(mine, granted, credit):
            eligible = -(-g * 1000 // (int(r["granted"]) + below(21, "L6", v, "rate") - 10))
            excluded = eligible * int(r["excluded"]) // (1000 - int(r["excluded"]))
            rows.append((v, eligible + excluded, excluded, g, c))
        out.append((r, rows))
    return out


def households():
    """{village: its households} as the banks know them, the most where two do."""
    out = {}
    for _, rows in built():
        for v, total, *_ in rows:
            out[v] = max(total, out.get(v, 0))
    return out


def row(month, r, village, total, excluded, granted, credit):
    now = granted * PACE[month] // 100
    credit = credit if now == granted else credit * now // granted // 100 * 100
    using = now * int(r["using"]) // 1000
    used = credit * using // (now or 1) * (80 + below(15, "L6", village, "used")) // 100
    grades = [now * share // 100 for share in GRADES]
    return [month, r["area"], village[:4], village, r["bank"], str(total), str(excluded), str(now), amount(credit), str(using), amount(used),
            *map(str, grades)]


@functools.cache
def rows(month):
    found = [row(month, r, *x) for r, mine in built() for x in mine[:int(r[month])]]
    return sorted(found, key=lambda x: x[1:5])


AREA = {r["name_zh"]: r["area"] for r in AREA_ROWS}
BANK = {r["name_zh"]: b for b, r in BANKS.items()}


def figure(fact, at):
    """B11 by area, B11b by area/bank, B11c by area/town."""
    area, _, second = fact.row.partition("/")
    town = {p["town"] for p in at_places() if p["name_zh"] == second}
    mine = [r for r in at["L6"] if r["area"] == AREA[area]
            and (not second or (r["bank"] == BANK[second] if second in BANK else r["town"] in town))]

    def total(column):
        return sum(Fraction(r[column]) for r in mine)
    if fact.column == "villages":
        return Fraction(len({r["village"] for r in mine}))
    if fact.column == "merchants":
        return Fraction(sum(int(p["merchants_n"]) for p in at_places() if p["town"] in town))
    if fact.column == "rate":
        return 100 * total("hh_granted") / (total("hh_total") - total("hh_excluded"))
    if fact.column == "avg":
        return total("credit") / total("hh_granted")
    x = total({"credit": "credit", "granted": "hh_granted"}[fact.column])
    return x / 10000 if fact.unit == "亿元" else x


def at_places():
    import inputs.T6 as T6
    head, found = T6.references()["places.tsv"]
    return [dict(zip(head, x)) for x in found]
