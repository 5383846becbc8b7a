"""L5, the ledger of rewards and subsidies: one row an award, what was paid of it this year and in all. The rules (T8) and the
parameters of the months (T11) that money rests on come with it; incentives are those that the banks report."""
from datetime import date
from fractions import Fraction

import inputs.L3 as L3
import ledger
import months
from city import AREAS, BANKS, BRANCHES
from facts import CODE
from money import CENT, WAN, half_up, point
from prng import below

HEAD = "period id date area level scheme company bank board stage rule basis paid_ytd paid_cum paid_date".split()
CODES = [("level", "city", "市级", "city"), ("level", "district", "县市区级", "county or district"), ("level", "upper", "上级", "higher level"),
         ("scheme", "listing", "上市挂牌奖励", "rewards for listing"), ("scheme", "reform", "股改补助", "share-reform subsidy"),
         ("scheme", "interest", "贷款贴息", "interest subsidy"), ("scheme", "guarantee", "担保补贴", "guarantee subsidy"),
         ("scheme", "incentive", "人行激励资金", "central-bank incentive")]
TABLES = ["B15", "B15b", "B15c", "B15d"]
RULES = {r["rule"]: r for r in L3.table("T8")}
RATES = {r["period"]: r for r in L3.table("T11")}
RETURNS = {}


def references():
    return {name + ".tsv": (list(table[0]), [list(r.values()) for r in table])
            for name, table in (("listing_rules", L3.table("T8")), ("rates", L3.table("T11")))}


def see(returns):
    """The rows of F1 by month: the incentives of the ledger are those that the banks report."""
    RETURNS.update(returns)


# --- what the rules give ---

def due(rule, basis):
    """万元 that an award is worth, a Fraction."""
    if rule["unit_amount"]:
        return Fraction(rule["unit_amount"])
    if rule["weight"]:
        return Fraction(rule["total"]) * int(rule["weight"]) / int(rule["weight_sum"])
    share = Fraction(basis) * Fraction(rule["ratio"]) / 100
    return min(share, Fraction(rule["cap"])) if rule["cap"] else share


def in_force(rule, day):
    return rule["valid_from"] <= day and (not rule["valid_to"] or day <= rule["valid_to"])


# --- the awards ---

def recipients(r):
    """Firms of a line of L5.tsv: of a group, or the last of the area in the ledger of projects."""
    skip, n, name = int(r["skip"]), int(r["firms"]), r["firms_of"]
    if not name:
        return [{"company": ""}] * n
    if name.startswith("known:"):
        return [c for c in ledger.COMPANIES if (c["area"], c["sector"]) == (r["area"], name[6:])][-n:]
    return L3.GROUPS[name][skip:skip + n]


def bases(r, n):
    """The basis of each award, as text."""
    if "-" not in r["basis"]:
        return (r["basis"].split(" ") * n)[:n] if r["basis"] else [""] * n
    low, high = (int(x) for x in r["basis"].split("-"))
    return [point(100 * low + 10 * below(10 * (high - low), r["area"], r["scheme"], k, "basis"), 2) for k in range(n)]


def claim_days(r, rule, firms):
    if r["scheme"] in ("listing", "reform"):
        return [f[rule["stage"] or "reform"] for f in firms]
    return L3.spread(r["on"], len(firms))


def group(r):
    """The awards of a line of L5.tsv."""
    rule, firms = RULES[r["rule"]], recipients(r)
    worth = bases(r, len(firms))
    budget = None if r["paid"] in ("full", "none") else Fraction(r["paid"])
    payday = L3.spread(r["dates"], len(firms)) if r["dates"] else [None] * len(firms)
    out = []
    for firm, basis, day, paid_on in zip(firms, worth, claim_days(r, rule, firms), payday):
        amount = Fraction(half_up(due(rule, basis), 2), 100)
        if budget is not None:
            amount = min(amount, budget)
            budget -= amount
        if r["paid"] == "none" or amount == 0:
            amount, paid_on = Fraction(0), None
        out.append({"date": day, "area": r["area"], "level": r["level"], "scheme": r["scheme"], "company": firm["company"], "bank": r["bank"],
                    "board": rule["board"], "stage": rule["stage"], "rule": r["rule"], "basis": basis, "amount": amount, "paid_on": paid_on})
    if budget:
        raise ValueError("%s %s: %s is left" % (r["rule"], r["firms_of"], budget))
    return out


def build():
    awards = [a for r in L3.table("L5") for a in group(r)]
    awards.sort(key=lambda a: (a["date"], AREAS.index(a["area"]), a["rule"], a["company"], a["bank"]))
    for k, a in enumerate(awards):
        a["id"] = 101 + k                       # those of the banks come first
    return awards


AWARDS = build()


def wan(x):
    return point(half_up(x, 2), 2)


def award_row(a, month):
    end = months.last_day(month)
    paid = a["amount"] if a["paid_on"] and a["paid_on"] <= end else Fraction(0)
    this_year = paid if paid and a["paid_on"].year == end.year else Fraction(0)
    return [month, str(a["id"]), a["date"].isoformat(), a["area"], a["level"], a["scheme"], a["company"], a["bank"], a["board"], a["stage"],
            a["rule"], a["basis"], wan(this_year), wan(paid), a["paid_on"].isoformat() if paid else ""]


def incentive_rows(month):
    """One row a bank that reports incentives in the year."""
    out, number = [], 0
    for area in AREAS:
        for bank in BRANCHES[area]:
            paid = RETURNS[month][(area, bank, "all")]["incent_ytd"]
            if RETURNS["2022-12"][(area, bank, "all")]["incent_ytd"]:
                number += 1
                amount = point(half_up(Fraction(paid, WAN), 2), 2)
                out.append([month, str(number), month[:4] + "-01-01", area, "upper", "incentive", "", bank, "", "", "", "", amount, amount,
                            month + "-15" if paid else ""])
    return out


def rows(month):
    end = months.last_day(month)
    return incentive_rows(month) + [award_row(a, month) for a in AWARDS if a["date"] <= end]


# --- the published figures of B15 ---

def claims(at, month):
    """(area, scheme, board, level, party, due, paid_cum, paid_ytd, sector) of everything that is due or paid, in 万元."""
    sector = {c["company"]: c["sector"] for c in ledger.COMPANIES + L3.COMPANIES}
    out = []
    for r in at["L3"]:
        for rule in RULES.values():
            if rule["scheme"] != "listing" or rule["board"] != r["board"] or rule["area"] not in ("", r["area"]):
                continue
            day = r[rule["stage"] + "_date"]
            if day and in_force(rule, day) and rule["sector"] in ("", r["sector"]):
                out.append((r["area"], "listing", r["board"], rule["level"], r["company"], due(rule, ""), 0, 0, r["sector"]))
    for r in at["L5"]:
        mine = Fraction(0)
        if r["scheme"] not in ("listing", "incentive"):
            mine = due(RULES[r["rule"]], r["basis"])
        out.append((r["area"], r["scheme"], r["board"], r["level"], r["company"] or r["bank"], mine, Fraction(r["paid_cum"]),
                    Fraction(r["paid_ytd"]), sector.get(r["company"], "")))
    return out


def incentive(fact, at):
    """A column of B15c, 万元 and percent."""
    bank = CODE[fact.row.split("/")[1]]
    paid = {r["bank"]: Fraction(r["paid_ytd"]) for r in at["L5"] if r["scheme"] == "incentive"}
    if fact.column == "class_rank":
        return Fraction(1 + sum(paid[b] > paid[bank] for b in paid if BANKS[b]["class"] == BANKS[bank]["class"]))
    return {"rate": Fraction(RATES[fact.month]["incentive_rate"]), "paid": paid[bank]}[fact.column]


def standard(fact):
    """A column of B15d: what the rules in force at the month's end give, area/item/level."""
    area, item, level = fact.row.split("/")
    end = months.last_day(fact.month).isoformat()
    mine = [r for r in RULES.values() if in_force(r, end) and r["area"] in ("", CODE[area]) and item == (r["board"] or r["scheme"])
            and level in (r["level"], "合计")]
    if fact.column in ("ratio", "cap"):
        [rule] = mine
        return Fraction(rule[fact.column])
    return sum((due(r, "") for r in mine if fact.column in (r["stage"], "total")), Fraction(0))


def figure(fact, at):
    """A column of B15 (area/item), B15c (area/bank) or B15d (area/item/level), in 万元."""
    if fact.table == "B15c":
        return incentive(fact, at)
    if fact.table == "B15d":
        return standard(fact)
    area, item = fact.row.split("/")
    mine = [c for c in claims(at, fact.month) if c[0] == CODE[area] and item in (c[1], c[2])]
    farm = [c for c in mine if c[8] == "agriculture"]
    firms = {"firms": lambda: {c[4] for c in mine if c[5]}, "paid_firms": lambda: {c[4] for c in mine if c[6]},
             "agri_firms": lambda: {c[4] for c in farm if c[6]}}
    if fact.column in firms:
        return Fraction(len(firms[fact.column]()))
    return {"due": lambda: sum(c[5] for c in mine), "paid": lambda: sum(c[6] for c in mine), "ytd": lambda: sum(c[7] for c in mine),
            "city": lambda: sum(c[6] for c in mine if c[3] == "city"), "district": lambda: sum(c[6] for c in mine if c[3] == "district"),
            "agri_paid": lambda: sum(c[6] for c in farm)}[fact.column]()
