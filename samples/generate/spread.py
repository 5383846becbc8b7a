"""Totals shared among rows, and rows spread over time."""
from datetime import date, timedelta
from fractions import Fraction

from money import CENT, WAN, point
from prng import below, noise


def parts(total, weights):
    """A whole number in whole parts, by the largest remainders; of equal ones the first."""
    whole = sum(weights)
    shares = [Fraction(total) * w / whole for w in weights]
    out = [int(x) for x in shares]
    short = sorted(range(len(out)), key=lambda k: (out[k] - shares[k], k))
    for k in short[:total - sum(out)]:
        out[k] += 1
    return out


def uneven(n, percent, *words):
    """n weights around 1, so many percent up or down."""
    return [1 + Fraction(percent, 100) * noise(*words, k) for k in range(n)]


def wan(text):
    """An amount of 万元 as a number of 0.01 万元."""
    return int(Fraction(text) * WAN) // CENT


def amount(cents):
    """A number of 0.01 万元 as a ledger states it."""
    return point(cents, 2)


def days_between(first, last, n, *words):
    """n days from first to last (ISO texts), in order: one in each stretch of the time."""
    start, room = date.fromisoformat(first), (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    edges = [room * k // n for k in range(n + 1)]
    return [start + timedelta(days=a + below(max(1, b - a), *words, k)) for k, (a, b) in enumerate(zip(edges, edges[1:]))]


def between(least, most, *words):
    """A whole number from least to most."""
    return least + below(most - least + 1, *words)
