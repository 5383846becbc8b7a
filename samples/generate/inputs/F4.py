"""F4, the monthly return of a bank on how it handles loans: steps, days and documents before and now, mortgages registered online,
customers who registered and rated, the double query, counters for public services, the receivables platform, the "113" mode."""
import functools
import os
from fractions import Fraction

import months
import tsv
from city import AREAS, BANKS, BRANCHES, at_place
from prng import below
from spine import SEASON

NAME, TITLE, FILER = "F4", "办贷便利度月报", "bank"
ARCHIVE = ["2022-08", "2022-10"]
TABLES = ("B17", "B17b", "B17c")
HEAD = ("period area bank steps_old steps days_old days docs_old docs mortgage_n mortgage_online_n mortgage_units target_n registered_n rated_n "
        "satisfied_n granted_n queried_n kiosk_n kiosk_items platform_joined platform_firms m113_calls m113_cuts m113_days").split()
NONE = "\\-"
# What is known of single branches; a blank area stands for all branches of the bank, a blank bank for all of the area.
KNOWN = tsv.read(os.path.join(os.path.dirname(os.path.abspath(__file__)), "F4.tsv"))
RETURNS = {}                                    # the rows of F1 by month, told by see()


def see(returns):
    RETURNS.update(returns)


def part(n, per_mille, month):
    """So many per mille of n, reached by the season of the year."""
    return n * per_mille * SEASON[int(month[5:]) - 1] // 1000000


def plain(area, bank, month):
    """A branch of which nothing is known but its size: a loan for every 9 million yuan that it had lent when the year began."""
    f1, key = RETURNS[months.opening(month)][(area, bank, "all")], ("F4", area, bank)
    loans = 20 + f1["loan"] // (10 ** 6 * 900)
    granted = part(loans, 900, month)
    target = part(loans, 600 + below(200, *key, "target"), month)
    registered = target - target * below(60, *key, "registered") // 1000
    rated = registered - registered * below(120, *key, "rated") // 1000
    kiosk = below(4, *key, "kiosk")
    joined = below(10, *key, "joined") < 7
    return {"steps_old": 5 + below(3, *key, "steps"), "steps": 3 + below(2, *key, "steps"),
            "days_old": 8 + below(5, *key, "days"), "days": 4 + below(3, *key, "days"),
            "docs_old": 10 + below(5, *key, "docs"), "docs": 5 + below(3, *key, "docs"),
            "mortgage_n": part(loans, 250, month), "mortgage_online_n": 0, "mortgage_units": 0, "target_n": target, "registered_n": registered,
            "rated_n": rated, "satisfied_n": rated - rated * below(40, *key, "satisfied") // 1000, "granted_n": granted,
            "queried_n": granted - (below(12, *key, "queried") == 0) * granted // 50, "kiosk_n": kiosk,
            "kiosk_items": kiosk * part(16 + below(14, *key, "items"), 1000, month), "platform_joined": int(joined),
            "platform_firms": part(4 + below(20, *key, "firms"), 1000, month) if joined else 0,
            "m113_calls": NONE, "m113_cuts": NONE, "m113_days": NONE}


def row(area, bank, month):
    out = plain(area, bank, month)
    for r in KNOWN:
        if r["area"] in ("", area) and r["bank"] in ("", bank) and r["from"] <= month:
            x = r["value"]
            out[r["column"]] = out[x] if x in out else x if x == NONE else int(x)
    if month >= "2022-10":                      # the registry links up with the banks, one after the other
        out["mortgage_online_n"] = max(out["mortgage_online_n"], out["mortgage_n"] * below(500, "F4", area, bank, "online") // 1000)
        out["mortgage_units"] = out["mortgage_units"] or 2 + below(3, "F4", area, bank, "units")
    return [month, area, bank] + [str(out[c]) for c in HEAD[3:]]


@functools.cache
def rows(month):
    return [row(area, bank, month) for bank in BANKS for area in AREAS if bank in BRANCHES[area]]


SHARES = {"registered_rate": ("registered_n", "target_n"), "rated_rate": ("rated_n", "registered_n"), "satisfied_rate": ("satisfied_n", "rated_n")}
MEANS = ("steps_old", "steps", "days_old", "days", "docs_old", "docs")
SHORT = {"online": "mortgage_online_n", "units": "mortgage_units"}


def figure(fact, at):
    """Means and shares over the branches of an area, or of one of its banks."""
    mine = at_place(at["F4"], fact.row)

    def total(column):
        return sum(Fraction(r[column]) for r in mine)
    if fact.column in SHARES:
        done, of = SHARES[fact.column]
        return 100 * total(done) / total(of)
    if fact.column in MEANS:
        return total(fact.column) / len(mine)
    return total(SHORT.get(fact.column, fact.column))
