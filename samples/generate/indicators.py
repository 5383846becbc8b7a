"""What a column of a bulletin table is, computed from base amounts.

get(cell, measure, month) gives an amount in 分; a cell is an area (NY) or a bank in an
area (DY/B17). Money comes back in 亿元, rates in percent, as Fractions.
"""
from fractions import Fraction

import months
from money import YI, half_up

AREAS = ["TS", "DY", "XT", "FC", "NY", "DP", "GX"]
EX_DISC = ("incl", "inclsm")            # fields whose share is of loans less discounted bills
METHOD = {"cash": "disp_cash_ytd", "woff": "disp_woff_ytd", "xfer": "disp_xfer_ytd",
          "rest": "disp_rest_ytd"}
EX_DISC_INC = ("ind", "indml", "mfg")   # the same for the share of new loans


class View:
    """The amounts of one cell at one month, at its opening and a year before."""

    def __init__(self, get, cell, month):
        self.get, self.cell = get, cell
        self.at = {"now": month, "open": months.opening(month),
                   "prev": months.same_last_year(month)}

    def x(self, measure, when="now"):
        return self.get(self.cell, measure, self.at[when])

    def base(self, field, when):
        loan = self.x("loan", when)
        return loan - self.x("disc", when) if field in EX_DISC else loan

    def share(self, field, when):
        return Fraction(100 * self.x(field, when), self.base(field, when))

    def inc(self, measure):
        return self.x(measure) - self.x(measure, "open")

    def growth(self, measure):
        return Fraction(100 * self.inc(measure), self.x(measure, "open"))

    def ratio(self, when):
        return Fraction(100 * self.x("npl", when), self.x("loan", when))


def loans(v, column):
    """B01 and B02."""
    if column == "ldr":
        return Fraction(100 * v.x("loan"), v.x("dep"))
    if column in ("dep", "loan", "corp"):
        return Fraction(v.x(column), YI)
    measure, what = column.split("_")
    return v.growth(measure) if what == "growth" else Fraction(v.inc(measure), YI)


def field(v, name, column):
    """B03 and, bank by bank, B03b."""
    if column == "balance":
        return Fraction(v.x(name), YI)
    if column == "inc":
        return Fraction(v.inc(name), YI)
    if column == "same_inc":
        return Fraction(v.x(name) - v.x(name, "prev"), YI)
    if column == "growth":
        return v.growth(name)
    if column == "share":
        return v.share(name, "now")
    if column == "share_change":
        return v.share(name, "now") - v.share(name, "open")
    if column == "inc_share":
        grown = v.inc("loan") - (v.inc("disc") if name in EX_DISC_INC else 0)
        return Fraction(100 * v.inc(name), grown)
    raise KeyError(column)


def bad_loans(v, column):
    """B04. Changes of balance are negative for a fall, D10 to D12 positive."""
    if column == "npl":
        return Fraction(v.x("npl"), YI)
    if column == "npl_open":
        return Fraction(v.x("npl", "open"), YI)
    if column == "npl_change":
        return Fraction(v.inc("npl"), YI)
    if column == "ratio":
        return v.ratio("now")
    if column == "ratio_open":
        return v.ratio("open")
    if column == "ratio_change":
        return v.ratio("open") - v.ratio("now")
    if column == "disposal_rate":
        return -v.growth("npl")
    if column == "drop_rate":           # D11: from the printed ratios
        before, now = half_up(v.ratio("open"), 2), half_up(v.ratio("now"), 2)
        return Fraction(100 * (before - now), before)
    raise KeyError(column)


def disposal(v, column):
    """B05."""
    parts = METHOD.values() if column == "total" else [METHOD[column]]
    return Fraction(sum(v.x(p) for p in parts), YI)


def value(table, row, column, month, get):
    """The exact value of one cell of B01 to B05 (ranks and counts apart)."""
    if table in ("B01", "B02"):
        return loans(View(get, row, month), column)
    if table in ("B03", "B03b"):
        cell, _, name = row.rpartition("/")
        return field(View(get, cell, month), name, column)
    if table == "B04":
        return bad_loans(View(get, row, month), column)
    if table == "B05":
        return disposal(View(get, row, month), column)
    raise KeyError(table)


RANKED = {("B01", "loan_rank"): ("loan_growth", True),
          ("B03", "share_rank"): ("share_change", True),
          ("B04", "npl_rank"): ("npl", False),
          ("B04", "ratio_rank"): ("ratio", False),
          ("B04", "drop_rank"): ("drop_rate", True)}


def rank(mine, others, descending):
    """Competition rank of printed values."""
    better = [x for x in others if (x > mine if descending else x < mine)]
    return len(better) + 1


def area_rank(table, row, column, month, get):
    what, descending = RANKED[(table, column)]
    area, slash, name = row.partition("/")
    vals = {a: half_up(value(table, a + slash + name, what, month, get), 2) for a in AREAS}
    return rank(vals[area], vals.values(), descending)
