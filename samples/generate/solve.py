"""Chooses base amounts: each within the interval of its own printed figure, and such that
the figures derived from them print as published too, where such amounts exist.

Every derived figure names one amount that may move. The figures are visited in turn, and
one that is out of its interval moves its amount, by bisection, as far as the interval of
that amount lets it; rounds go on until nothing moves. A figure that no round can satisfy
stays unmet: that is a contradiction among the published figures themselves.
"""
from fractions import Fraction

import indicators
import months
from facts import IN_UNIT

ROUNDS = 40


def solve(facts, initial, choices):
    """Returns {(cell, measure, month): 分} for every amount that a fact speaks about."""
    box, values = {}, {}

    def get(cell, measure, month):
        key = (cell, measure, month)
        if key not in values:
            start = choices.get(key, initial(cell, measure, month))
            reach = 6 if measure in ("dep", "loan") else 30     # percent either way
            low, high = box.get(key, (start * (100 - reach) // 100,
                                      start * (100 + reach) // 100))
            if not low <= start <= high:
                start = (low + high) // 2
            box[key] = (low, high)
            values[key] = start
        return values[key]

    for f in facts:
        if f.base():
            key = f.base() + (f.month,)
            low, high = (Fraction(x) * IN_UNIT[f.unit] for x in f.interval())
            margin = (high - low) / 50
            box[key] = (int(low + margin), int(high - margin))
            get(*key)
    for key in choices:
        get(*key)
    derived = [f for f in facts if f.is_derived()]
    first = {}
    for _ in range(ROUNDS):
        moved = [f for f in derived if not holds(f, get) and move(f, get, values, box, first)]
        if not moved:
            break
    for f in derived:                   # nothing was gained: leave the amount where it was
        low, high = f.interval()
        if f.moves and not low <= now(f, get) < high:
            values[mover(f)] = first[mover(f)]
    return values


def mover(f):
    """The amount that the figure may move."""
    measure, when = f.moves.split("@")
    month = {"now": f.month, "open": months.opening(f.month),
             "prev": months.same_last_year(f.month)}[when]
    return f.cell(), measure, month


def now(f, get):
    return indicators.value(f.table, f.row, f.column, f.month, get)


def holds(f, get):
    low, high = f.interval()
    slack = (high - low) / 20           # stay clear of the edge
    return low + slack <= now(f, get) <= high - slack


def move(f, get, values, box, first):
    """Bisects the fact's amount towards the middle of its interval; False: it stays."""
    if not f.moves:
        return False
    key = mover(f)
    before = get(*key)
    first.setdefault(key, before)
    goal = sum(f.interval()) / 2
    low, high = box[key]

    def at(k):
        values[key] = k
        return now(f, get)

    rising = at(high) >= at(low + 1)
    low, high = low + 1, high
    while low < high:
        mid = (low + high) // 2
        if (at(mid) < goal) == rising:
            low = mid + 1
        else:
            high = mid
    at(low)
    return values[key] != before
