# SPDX-License-Identifier: MIT
"""Published figures that no table carries, from the returns and the ledger themselves (tables F1 and L1 of the map)."""
from fractions import Fraction

from month import NOW, OPEN
from stream import NEVER, figure, minus, read, total

YUAN = {"亿元": 10000, "万元": 1}


def reported(month, key, column):
    """(pair, figure) of every accepted row that has one."""
    for pair in month.members(key):
        x = figure(month.f1[NOW][pair][column])
        if x is not None and x != NEVER:
            yield pair, x


def rank_in_class(month, key, value_of):
    """The rank of a bank's figure, over all areas, among the banks of its class."""
    classes = {row["bank"]: row["class"] for row in read(month.site / "refs" / "institutions.tsv").rows}
    bank = key[1]
    peers = [b for b in month.banks if classes[b] == classes[bank] and month.members((None, b))]
    return Fraction(1 + sum(value_of((None, b)) > value_of((None, bank)) for b in peers))


def from_returns(month, key, column, unit):
    """A figure of F1, in the unit of the map."""
    if column == "relend_n":
        return Fraction(len({bank for (_, bank), x in reported(month, key, "relend_amt") if x > 0}))
    if column in ("relend_min", "rate_min"):
        return min(x for _, x in reported(month, key, column))
    if column == "relend_w":
        amounts = dict(reported(month, key, "relend_amt"))
        rates = dict(reported(month, key, "relend_w"))
        return sum(rates[pair] * amounts[pair] for pair in rates) / sum(amounts[pair] for pair in rates)
    if column == "inc_rank_class":
        return rank_in_class(month, key, lambda k: minus(month.sum(k, "real"), month.sum(k, "real", OPEN)))
    return month.sum(key, column) / YUAN.get(unit, 1)


def from_projects(month, area, column, value):
    """A figure of L1; the ceremony is the one event of the area with the published number of projects or amount."""
    rows = [row for row in month.projects if row["area"] == area]
    measure = {"ceremony_n": lambda group: Fraction(len(group)),
               "ceremony_signed": lambda group: total(figure(row["signed"]) for row in group) / 10000}[column]
    found = [measure([row for row in rows if row["event"] == event]) for event in {row["event"] for row in rows}]
    return value if value in found else None
