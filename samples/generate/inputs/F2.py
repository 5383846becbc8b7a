"""F2, the monthly return of a bank by product: the rows of F2.tsv; a product or two more of every bank, of a size that follows from
what it has issued (F1); and 其他贷款, the rest, so that the products of a branch add up to its F1."""
import functools
import math
import os
from fractions import Fraction

import months
import tsv
from city import AREA_ROWS, AREAS, BANKS, BRANCHES
import inputs.T3 as T3
from inputs.T3 import CLASSES, COLLATERALS, KINDS, PRODUCT, PRODUCTS
from money import CENT, half_up, point
from prng import below, choose, noise
from spine import SEASON

NAME, TITLE, FILER = "F2", "信贷产品月报", "bank"
ARCHIVE = ["2022-08", "2022-10"]
TABLES = ("B09", "B09b", "B09c", "B09f", "B16", "B17d", "B17e")
KEYS = "period area bank product town ccy".split()
COUNTS = "contact_n contact_hh_n applied_n approved_n cust_n cust_cum txn_n txn_cum".split()
AMOUNTS = "credit used issue_ytd issue_cum ind_ytd bal".split()
TERMS = ("rate_min rate_w bp_cut saved_ytd guar_fee fee loss fee_cut days_submit days_approve days_disburse payroll_n").split()
HEAD = KEYS + COUNTS + AMOUNTS + TERMS
CURRENCY = {"CNY": "人民币", "USD": "美元"}
ALIASES = [("ccy", word, code) for code, zh in CURRENCY.items() for word in (code, zh)]
WORDS = {"product": {code: word for _, word, code in T3.ALIASES}, "ccy": CURRENCY}      # as banks write the codes
NONE = "\\-"
OTHER = "P099"
DOLLARS = ("P070", "P071", "P072")
STATED = tsv.read(os.path.join(os.path.dirname(os.path.abspath(__file__)), "F2.tsv"))
# Of a further product: average amount of a loan in 万元, and the days to submit, approve and pay it out.
TICKET = {"credit": 80, "mortgage": 420, "guarantee": 260, "chain": 600, "agri": 22, "tech": 350}
DAYS = {"credit": (0, 1, 2), "mortgage": (2, 5, 8), "guarantee": (1, 3, 5), "chain": (1, 2, 3), "agri": (0, 2, 3), "tech": (1, 4, 6)}
RETURNS = {}                                    # the rows of F1 by month, told by see()


def see(returns):
    RETURNS.update(returns)


def cents(amount):
    """分 as a number of 0.01 万元."""
    return amount // CENT


# --- rows of F2.tsv ---

def season(month):
    return SEASON[int(month[5:]) - 1]


def reached(r, month):
    """How much of its year a row has reached, 1 at the month for which F2.tsv states it."""
    if r["once"]:
        return Fraction(1)
    before = season(months.step(r["start"], -1)) if r["start"][5:] != "01" and r["start"] >= "2022" else 0
    return Fraction(season(month) - before, season(r["at"]) - before)


def stated_row(r, month):
    product, part = PRODUCT[r["product"]], reached(r, month)
    stock = part if r["start"] >= "2022" else (7 + 3 * part) / 10       # what began before this year stood there in part

    def scaled(column, by, digits=0):
        return int(Fraction(r[column] or 0) * 10 ** digits * by)

    def counted(column, by):
        return math.ceil(int(r[column] or 0) * by)      # who has had anything is one

    digits = 4 if r["product"] in DOLLARS else 2
    row = {"product": r["product"], "town": r["town"], "ccy": "USD" if r["product"] in DOLLARS else "CNY", "digits": digits}
    for column, short in (("contact_n", "contact"), ("contact_hh_n", "contact_hh"), ("applied_n", "applied"), ("approved_n", "approved")):
        row[column] = counted(short, stock)
    for column, short in (("cust_n", "cust"), ("txn_n", "txn")):
        row[column] = counted(short, part)
    for column, short in (("issue_ytd", "issue"), ("ind_ytd", "ind")):
        row[column] = scaled(short, part, digits)
    for column in ("credit", "used", "bal"):
        row[column] = scaled(column, stock, digits)
    # Since the bank began: what had been before this year, and what this year has added.
    row["cust_cum"] = int(r["cust_cum"]) - int(r["cust"]) + row["cust_n"]
    row["txn_cum"] = int(r["txn_cum"]) - int(r["txn"]) + row["txn_n"]
    row["issue_cum"] = scaled("cum", 1, digits) - scaled("issue", 1, digits) + row["issue_ytd"]
    row["payroll_n"] = min(row["cust_n"], int(r["payroll"] or 0))
    row.update({c: r[c] or NONE for c in ("rate_min", "rate_w", "fee", "loss")})
    row["guar_fee"] = r["guar"] or NONE
    row["fee_cut"] = r["cut"] + ".00" if r["cut"] else NONE
    row["bp_cut"] = int(r["bp"]) if r["bp"] else None if product["class"] == "cross" else 0
    row.update({"days_" + c: r[c] or NONE for c in ("submit", "approve", "disburse")})
    return row


# --- what every bank reports beside them ---

def ordinary(area, bank):
    """The further products of a branch: one or two of the bank's own, or one that several offer."""
    own = [p for p in PRODUCTS if p["bank"] == bank and int(p["product"][1:]) > 100]
    if not own or below(10, "F2", area, bank) < 3:
        return []
    return [own[below(len(own), "F2", bank, "first")]]


def whole(area, bank, month):
    return RETURNS[month][(area, bank, "all")]


def ordinary_row(area, bank, p, month):
    f1, key = whole(area, bank, month), ("F2", area, bank, p["product"])
    share = 30 + below(50, *key)                # per mille of what the branch has issued
    issue = cents(f1["iss_ytd"]) * share // 1000 // 100 * 100
    before = cents(whole(area, bank, "2021-12")["iss_ytd"]) * share // 1000 // 100 * 100
    ticket = int(100 * TICKET[p["class"]] * (1 + Fraction(20, 100) * noise(*key, "ticket")))
    txn, txn_before = -(-issue // ticket), -(-before // ticket)
    cust, cust_before = txn - txn // 8, txn_before - txn_before // 5
    bal = cents(f1["loan"]) * share // 1600 // 100 * 100
    ind = min(issue // 2, cents(f1["iss_ind_ytd"]) // 10) // 100 * 100 if p["class"] in ("chain", "tech", "mortgage") else 0
    rate = f1["rate_w"] - 30 - below(40, *key, "rate")
    applied = (cust + cust_before) * 11 // 10 + 1
    return {"product": p["product"], "town": "", "ccy": "CNY", "digits": 2, "contact_n": applied * 2, "contact_hh_n": applied * 5 if p["class"] == "agri" else 0,
            "applied_n": applied, "approved_n": cust + cust_before, "cust_n": cust, "cust_cum": cust + cust_before, "txn_n": txn,
            "txn_cum": txn + txn_before, "credit": bal * 5 // 4, "used": bal, "issue_ytd": issue, "issue_cum": issue + before,
            "ind_ytd": ind, "bal": bal, "rate_min": point(rate - 25, 2), "rate_w": point(rate, 2), "bp_cut": 0,
            "guar_fee": "0.80" if p["class"] == "guarantee" else NONE, "fee": NONE, "loss": NONE, "fee_cut": NONE, "payroll_n": 0,
            **{c: str(n) for c, n in zip(("days_submit", "days_approve", "days_disburse"), DAYS[p["class"]])}}


def rest(area, bank, month, named):
    """其他贷款: what F1 has and no named product."""
    f1 = whole(area, bank, month)
    lent = [r for r in named if PRODUCT[r["product"]]["in_loans"] == "1"]
    issue, ind, bal = (cents(f1[of]) - sum(r[c] for r in lent)
                       for c, of in (("issue_ytd", "iss_ytd"), ("ind_ytd", "iss_ind_ytd"), ("bal", "loan")))
    if min(issue, ind, bal) < 0 or ind > issue:
        raise ValueError("the products of %s/%s are more than its F1: %d, %d, %d" % (area, bank, issue, ind, bal))
    ticket = {"policy": 900000, "state": 21000, "postal": 9000, "joint": 60000, "city": 30000, "rural": 8000, "village": 5000}[BANKS[bank]["kind"]]
    before = cents(whole(area, bank, "2021-12")["iss_ytd"])
    txn, txn_before = -(-issue // ticket), -(-before // ticket)
    cust, cust_before = txn - txn // 6, txn_before - txn_before // 4
    return {"product": OTHER, "town": "", "ccy": "CNY", "digits": 2, "contact_n": 0, "contact_hh_n": 0, "applied_n": (cust + cust_before) * 21 // 20,
            "approved_n": cust + cust_before, "cust_n": cust, "cust_cum": cust + cust_before, "txn_n": txn, "txn_cum": txn + txn_before,
            "credit": bal * 23 // 20, "used": bal, "issue_ytd": issue, "issue_cum": issue + before, "ind_ytd": ind, "bal": bal,
            "rate_min": point(f1["rate_min"], 2), "rate_w": point(f1["rate_w"], 2), "bp_cut": 0, "guar_fee": NONE, "fee": NONE, "loss": NONE,
            "fee_cut": NONE, "payroll_n": 0, "days_submit": "2", "days_approve": choose(("4", "5", "6"), "F2", area, bank),
            "days_disburse": choose(("7", "8", "9"), "F2", area, bank, "paid")}


def texts(area, bank, month, row):
    out = {"period": month, "area": area, "bank": bank}
    for column, x in row.items():
        out[column] = point(x, row["digits"]) if column in AMOUNTS else x if isinstance(x, str) else NONE if x is None else str(x)
    saved = None if row["bp_cut"] is None else half_up(Fraction(row["issue_ytd"] * row["bp_cut"], 10000), 0)
    out["saved_ytd"] = NONE if saved is None else point(saved, 2)
    return [out[c] for c in HEAD]


@functools.cache
def rows(month):
    out = []
    for bank in BANKS:
        for area in [a for a in AREAS if bank in BRANCHES[a]]:
            mine = [stated_row(r, month) for r in STATED if (r["area"], r["bank"]) == (area, bank) and r["start"] <= month]
            mine += [ordinary_row(area, bank, p, month) for p in ordinary(area, bank)]
            mine.append(rest(area, bank, month, mine))
            out += [texts(area, bank, month, r) for r in mine]
    return out


# --- published figures ---

AREA_NAME = {r["area"]: r["name_zh"] for r in AREA_ROWS}
WORD = {column: {code: zh for code, zh, _ in table} for column, table in (("class", CLASSES), ("kind", KINDS), ("collateral", COLLATERALS))}
SHORT = {"contact": "contact_n", "contact_hh": "contact_hh_n", "applied": "applied_n", "approved": "approved_n", "cust": "cust_n",
         "txn": "txn_n", "ytd": "issue_ytd", "cum": "issue_cum", "ind": "ind_ytd", "saved": "saved_ytd", "payroll": "payroll_n",
         "firms": "cust_cum", "txns": "txn_cum", "usd_cum": "issue_cum", "cny_cum": "issue_cum"}
RANKED = {"firms_rank": "cust_cum", "amount_rank": "issue_cum"}


def names(row):
    """The words by which a printed row may name what a row of the return is about."""
    product = PRODUCT[row["product"]]
    return {AREA_NAME[row["area"]], row["town"], product["name_zh"], BANKS[row["bank"]]["name_zh"],
            *(WORD[column].get(product[column]) for column in WORD)}


def rank(product, column, rows_now):
    """Among the services of its kind, all of which are in one currency."""
    sums = {}
    for r in rows_now:
        if PRODUCT[r["product"]]["kind"] == PRODUCT[product]["kind"]:
            sums[r["product"]] = sums.get(r["product"], 0) + Fraction(r[column])
    return Fraction(1 + sum(x > sums[product] for x in sums.values()))


def figure(fact, at):
    """The row of a fact has the names of its area, town, product, bank and class, as far as the table is about them."""
    mine = [r for r in at["F2"] if names(r).issuperset(fact.row.split("/"))]
    if not mine:
        raise ValueError("no row " + fact.row)
    if fact.column in RANKED:
        return rank(mine[0]["product"], RANKED[fact.column], at["F2"])
    if fact.column == "areas":
        return Fraction(len({r["area"] for r in mine}))
    if fact.column in ("rate_min", "fee", "loss", "submit", "approve", "disburse"):
        column = fact.column if fact.column in HEAD else "days_" + fact.column
        return min(Fraction(r[column]) for r in mine)
    total = sum(Fraction(r[SHORT.get(fact.column, fact.column)]) for r in mine)
    return total * 10000 if fact.unit == "美元" else total / 10000 if fact.unit == "亿元" else total
