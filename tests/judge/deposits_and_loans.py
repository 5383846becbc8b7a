# SPDX-License-Identifier: MIT
"""What B01 to B05 must print, from the accepted returns and the archive (definitions D01 to D14)."""
from fractions import Fraction

from month import NOW, OPEN, PREV, SAME
from stream import NONE, UNKNOWN, count, figure, gap, minus, money, name, percent_of, ranks, rate, rounded, total

TEN_YI = Fraction(100000)  # 10 亿元 in 万元

FIELDS = {
    "ind": "工业贷款", "indml": "工业中长期贷款", "mfg": "制造业贷款", "agri": "涉农贷款", "incl": "普惠金融重点领域贷款",
    "inclsm": "普惠小微贷款", "sme": "小微企业贷款", "corp": "企业贷款", "scf": "供应链融资", "chain": "产业链贷款",
    "real": "实体贷款", "msme_new_ytd": "中小微企业新增贷款",
}
FLOWS = {"msme_new_ytd"}
SHARE_EX_DISC = {"incl", "inclsm"}
INCREMENT_EX_DISC = {"ind", "indml", "mfg"}
DISPOSALS = {"cash": "disp_cash_ytd", "woff": "disp_woff_ytd", "xfer": "disp_xfer_ytd", "rest": "disp_rest_ytd"}


FLAGS = {
    "over100": lambda month, key: above(month.sum(key, "loan"), month.sum(key, "dep")),
    "corp10": lambda month, key: at_least(month.sum(key, "corp"), TEN_YI),
}


def above(a, b):
    missing = gap(a, b)
    return Fraction(a > b) if missing is False else missing


def at_least(a, b):
    missing = gap(a, b)
    return Fraction(a >= b) if missing is False else missing


def flagged(month, key, name_of_flag):
    """1 or 0 for one bank in one area; a total counts the ones below it."""
    return total(FLAGS[name_of_flag](month, pair) for pair in month.members(key))


def add_ranks(rows, column, by, descending=True):
    """Gives each row of rows (dicts of cells) its rank by a printed column."""
    for row, place in zip(rows, ranks([row[by] for row in rows], descending)):
        row[column] = place


def balance(month, key, column):
    """A balance, its increment since last month, its increment and growth since the year's start."""
    x, opening = month.sum(key, column), month.sum(key, column, OPEN)
    inc = minus(x, opening)
    return {column: money(x), f"{column}_month": money(minus(x, month.sum(key, column, PREV))), f"{column}_inc": money(inc),
            f"{column}_growth": rate(percent_of(inc, opening))}


def loan_deposit_ratio(month, key):
    return rate(percent_of(month.sum(key, "loan"), month.sum(key, "dep")))


def b01(month):
    rows = []
    for area, bank in month.area_keys():
        key = area, bank
        rows.append({"area": name(month.area_name(area)), **balance(month, key, "dep"), "dep_rank": NONE,
                     **balance(month, key, "loan"), "loan_rank": NONE, "ldr": loan_deposit_ratio(month, key)})
    add_ranks(rows[:-1], "dep_rank", "dep_growth")
    add_ranks(rows[:-1], "loan_rank", "loan_growth")
    return rows


def b02_row(month, key):
    area, bank = key
    state = name("departed" if bank and month.active[bank][1] < month.period else month.states.get(bank, ""))
    keys = {"area": name(month.area_name(area)), "bank": name(month.bank_name(bank))}
    figures = ("dep", "dep_month", "dep_inc", "dep_growth", "loan", "loan_month", "loan_inc", "loan_growth", "ldr", "over100", "corp", "corp10", "share",
               "share_rank")
    if not month.members(key):
        return {**keys, **dict.fromkeys(figures, UNKNOWN), "state": state}
    share = percent_of(month.sum(key, "loan"), month.sum((area, None), "loan"))
    return {**keys, **balance(month, key, "dep"), **balance(month, key, "loan"), "ldr": loan_deposit_ratio(month, key),
            "over100": count(flagged(month, key, "over100")), "corp": money(month.sum(key, "corp")),
            "corp10": count(flagged(month, key, "corp10")), "share": rate(share), "share_rank": NONE, "state": state}


def b02(month):
    keys = month.cube_keys(also=month.branches)
    rows = [b02_row(month, key) for key in keys]
    for area in month.areas:
        add_ranks([row for key, row in zip(keys, rows) if key[0] == area and key[1] is not None and key not in month.departed],
                  "share_rank", "share")
    return rows


def adjustments(month):
    """(area, bank, item) -> the adjustment of the base and its reason, totals included; None stands for a total."""
    found = {}
    for row in month.adjustments:
        if row["base"] != month.at[OPEN]:
            continue
        for area, bank in (row["area"], row["bank"]), (row["area"], None), (None, None):
            found.setdefault((area, bank, row["item"]), []).append(row)
    return {key: (total(figure(row["amount"]) for row in rows), {row["reason"] for row in rows}) for key, rows in found.items()}


def b01c(month):
    rows = []
    found = adjustments(month)
    for area in [*month.areas, None]:
        for bank in [*month.banks, None]:
            for item in sorted(item for a, b, item in found if (a, b) == (area, bank)):
                if not month.members((area, bank)):
                    continue
                adjustment, reasons = found[area, bank, item]
                x, opening = month.sum((area, bank), item), month.sum((area, bank), item, OPEN)
                base = minus(opening, -adjustment)
                rows.append({"area": name(month.area_name(area)), "bank": name(month.bank_name(bank)), "item": name(month.labels[item]),
                             "balance": money(x), "open": money(opening), "adjustment": money(adjustment),
                             "inc": money(minus(x, opening)), "comparable_inc": money(minus(x, base)),
                             "growth": rate(percent_of(minus(x, opening), opening)),
                             "comparable_growth": rate(percent_of(minus(x, base), base)),
                             "reason": name(reasons.pop() if len(reasons) == 1 else "")})
    return rows


def key_area(month, key, field):
    """One field of B03 of one key, without its rank."""
    loan, loan_open, disc, disc_open = (month.sum(key, column, when) for column in ("loan", "disc") for when in (NOW, OPEN))
    x, same = month.sum(key, field), month.sum(key, field, SAME)
    cells = {"field": name(FIELDS[field]), "balance": money(x)}
    if field in FLOWS:
        return {**cells, "inc": NONE, "growth": NONE, "same_inc": money(minus(x, same)), "share": rate(percent_of(x, loan)),
                "share_change": NONE, "share_rank": NONE, "inc_share": NONE}
    opening = month.sum(key, field, OPEN)
    inc = minus(x, opening)
    ex = field in SHARE_EX_DISC
    share = percent_of(x, minus(loan, disc) if ex else loan)
    share_open = percent_of(opening, minus(loan_open, disc_open) if ex else loan_open)
    loan_inc = minus(loan, loan_open)
    if field in INCREMENT_EX_DISC:
        loan_inc = minus(loan_inc, minus(disc, disc_open))
    return {**cells, "inc": money(inc), "growth": rate(percent_of(inc, opening)), "same_inc": money(minus(x, same)),
            "share": rate(share), "share_change": rate(minus(share, share_open)), "share_rank": NONE,
            "inc_share": rate(percent_of(inc, loan_inc))}


def b03(month):
    rows = [{"area": name(month.area_name(area)), **key_area(month, (area, None), field)}
            for area, _ in month.area_keys() for field in FIELDS]
    areas = rows[:-len(FIELDS)]
    for title in FIELDS.values():
        add_ranks([row for row in areas if row["field"].text == title], "share_rank", "share_change")
    return rows


def b03b(month):
    keys = [(key, field) for key in month.cube_keys() for field in FIELDS]
    rows = [{"area": name(month.area_name(key[0])), "bank": name(month.bank_name(key[1])), **key_area(month, key, field)}
            for key, field in keys]
    for area in month.areas:
        for field in FIELDS:
            add_ranks([row for (key, f), row in zip(keys, rows) if key[0] == area and key[1] is not None and f == field],
                      "share_rank", "share_change")
    return rows


def disposed(month, key):
    return total(month.sum(key, column) for column in DISPOSALS.values())


def bad_loans(month, key):
    npl, npl_open = month.sum(key, "npl"), month.sum(key, "npl", OPEN)
    ratio, ratio_open = percent_of(npl, month.sum(key, "loan")), percent_of(npl_open, month.sum(key, "loan", OPEN))
    # D11 is the one figure that rests on rounded ones: the ratios as the reader sees them.
    seen, seen_open = (r if gap(r) is not False else rounded(r, 2) for r in (ratio, ratio_open))
    return {"npl_open": money(npl_open), "npl": money(npl), "npl_change": money(minus(npl, npl_open)),
            "ratio_open": rate(ratio_open), "ratio": rate(ratio), "ratio_change": rate(minus(ratio_open, ratio)),
            "drop_rate": rate(percent_of(minus(seen_open, seen), seen_open)),
            "disposal_rate": rate(percent_of(minus(npl_open, npl), npl_open)), "disposal": money(disposed(month, key))}


def b04(month):
    rows = [{"area": name(month.area_name(key[0])), **bad_loans(month, key), "npl_rank": NONE, "ratio_rank": NONE,
             "drop_rank": NONE} for key in month.area_keys()]
    add_ranks(rows[:-1], "npl_rank", "npl", descending=False)
    add_ranks(rows[:-1], "ratio_rank", "ratio", descending=False)
    add_ranks(rows[:-1], "drop_rank", "drop_rate")
    return rows


def b04b(month):
    return [{"area": name(month.area_name(key[0])), "bank": name(month.bank_name(key[1])), **bad_loans(month, key)}
            for key in month.cube_keys()]


def disposals(month, key):
    return {**{title: money(month.sum(key, column)) for title, column in DISPOSALS.items()},
            "total": money(disposed(month, key)), "up": money(month.sum(key, "disp_up_ytd"))}


def b05(month):
    rows = [{"area": name(month.area_name(key[0])), **disposals(month, key), "rank": NONE} for key in month.area_keys()]
    add_ranks(rows[:-1], "rank", "total")
    return rows


def b05b(month):
    return [{"area": name(month.area_name(key[0])), "bank": name(month.bank_name(key[1])), **disposals(month, key)}
            for key in month.cube_keys()]
