"""Bad loans row by row: opening + new - recovered - written off - transferred - upgraded = closing.

The area's balance and its new bad loans are given; what left follows from them and is
split by method. Each bank's new bad loans are what makes its own row close.
"""
from fractions import Fraction

import months
from city import AREAS, BALANCE, BRANCHES, STEP
from cells import drift, hold, static_weight
from prng import noise
from spine import read_years

LEAVE = ["disp_cash_ytd", "disp_woff_ytd", "disp_xfer_ytd", "disp_up_ytd"]


def methods(area, year, out, facts):
    """Shares of what left by method, and of restructuring beside it."""
    def near(percent, what):
        return Fraction(percent, 100) * (1 + Fraction(15, 100) * noise(area, year, what))
    share = {"disp_woff_ytd": near(30, "woff"), "disp_xfer_ytd": near(18, "xfer"),
             "disp_up_ytd": near(5, "up"), "disp_rest_ytd": near(7, "rest")}
    for f in facts:
        if f.table != "B05" or f.row != area or f.month[:4] != year:
            continue
        amount = f.number * 10 ** 10
        if f.column == "xfer":
            share["disp_xfer_ytd"] = amount / out[f.month]
        elif f.column == "total":       # recovery, write-off, transfer and restructuring
            share["disp_rest_ytd"] = amount / out[f.month] - 1 + share["disp_up_ytd"]
        else:
            raise KeyError(f.column)
    share["disp_cash_ytd"] = (1 - share["disp_woff_ytd"] - share["disp_xfer_ytd"]
                              - share["disp_up_ytd"])
    return share


def npl_weight(area, bank, month):
    return (static_weight(area, bank, "npl")
            * (1 + Fraction(20, 100) * noise("npl drift", area, bank) * drift(month)))


def split(total, weights, last):
    """total on each bank's grid; the balancing bank takes what is left."""
    scale = Fraction(total) / sum(weights.values())
    out = {b: int(w * scale // STEP[b]) * STEP[b] for b, w in weights.items()}
    out[last] += total - sum(out.values())
    return out


def build(series, facts):
    """Adds npl and its roll-forward: {(area/bank, measure): {month: 分}}."""
    new_of = read_years()["npl_new"][1]
    cells = {}
    for area in AREAS:
        put_area(area, series[(area, "npl")], new_of, facts, cells)
    return cells


def put_area(area, line, new_of, facts, cells):
    banks, last = BRANCHES[area], BALANCE[area]

    def put(bank, measure, month, x):
        cells.setdefault((area + "/" + bank, measure), {})[month] = x

    weights = {b: npl_weight(area, b, months.ALL[0]) for b in banks}
    before = split(line[months.ALL[0]], weights, last)
    for b in banks:
        put(b, "npl", months.ALL[0], before[b])
    for year in ("2021", "2022"):
        start = months.opening(year + "-12")
        new = new_of[year][area] / 100 * line[start]
        year_months = months.span(year + "-01", year + "-12")
        out = {m: int(line[start] + new * int(m[5:]) / 12 - line[m]) for m in year_months}
        share = methods(area, year, out, facts)
        weights = {b: npl_weight(area, b, start) for b in banks}
        before = {b: cells[(area + "/" + b, "npl")][start] for b in banks}
        prior, left = dict.fromkeys(banks, 0), {k: {} for k in share}
        for m in year_months:
            earlier = left
            left = {k: split(int(round_half(out[m] * s)), weights, last)
                    for k, s in share.items()}
            for k in share:
                hold(left[k], earlier[k], last)
            npl = split(line[m], {b: npl_weight(area, b, m) for b in banks}, last)
            for b in [x for x in banks if x != last] + [last]:
                gone = sum(left[k][b] for k in LEAVE)
                came = npl[b] - before[b] + gone
                if came < prior[b] and b != last:       # its grid is coarse: hold it up
                    npl[b] += prior[b] - came
                    npl[last] -= prior[b] - came
                    came = prior[b]
                if came < prior[b]:
                    raise ValueError("new bad loans fall: %s %s %s" % (area, b, m))
                prior[b] = came
                put(b, "npl", m, npl[b])
                put(b, "npl_new_ytd", m, came)
                for k in share:
                    put(b, k, m, left[k][b])


def round_half(x):
    return (2 * x + 1) // 2
