"""The totals of each area, month by month: a synthetic line, bent to the published amounts."""
from fractions import Fraction

import columns
import months
import tsv
from money import YI
from prng import noise

# share of a year's amount reached by the end of each month, in thousandths
SEASON = [105, 175, 275, 345, 415, 505, 570, 640, 735, 795, 875, 1000]
AREAS = [r["area"] for r in tsv.read(tsv.beside("areas.tsv"))]


def read_lines():
    """{measure: (of, {month: {area: Fraction}})} in the order of the file."""
    out = {}
    for r in tsv.read(tsv.beside("spine.tsv")):
        of, knots = out.setdefault(r["measure"], (r["of"], {}))
        knots[r["month"]] = {a: Fraction(r[a]) for a in AREAS}
    return out


def read_years():
    out = {}
    for r in tsv.read(tsv.beside("yearly.tsv")):
        of, knots = out.setdefault(r["measure"], (r["of"], {}))
        knots[r["year"]] = {a: Fraction(r[a]) for a in AREAS}
    return out


def between(knots, month):
    """Linear interpolation of {month: Fraction}, constant outside."""
    known = sorted(knots)
    if month <= known[0]:
        return knots[known[0]]
    if month >= known[-1]:
        return knots[known[-1]]
    for a, b in zip(known, known[1:]):
        if a <= month <= b:
            w = Fraction(months.index(month) - months.index(a),
                         months.index(b) - months.index(a))
            return knots[a] + (knots[b] - knots[a]) * w


def bend(line, solved):
    """Scales a line so that it passes through the solved amounts, smoothly between."""
    if not solved:
        return line
    factor = {m: Fraction(x) / line[m] for m, x in solved.items()}
    return {m: solved[m] if m in solved
            else int(v * between(factor, m)) for m, v in line.items()}


def balance_line(area, measure, of, knots, series):
    """The synthetic line of a balance: knots, a little noise, percent of another balance."""
    mine = {m: k[area] for m, k in knots.items()}
    wobble = Fraction(2 if not of else 4, 1000)
    out = {}
    for m in months.ALL:
        x = between(mine, m) * (1 + wobble * noise(area, measure, m))
        x = x * YI if not of else x / 100 * series[(area, of)][m]
        out[m] = int(x)
    return out


def year_line(area, measure, of, knots, series):
    """Year-to-date amounts."""
    out = {}
    for m in months.ALL[1:]:
        close = series[(area, of)][m[:4] + "-12"]
        x = close * knots[m[:4]][area] / 100 * SEASON[int(m[5:]) - 1] / 1000
        out[m] = int(x)
    return out


def build(solved):
    """{(area, measure): {month: 分}}; solved: {(area, measure, month): 分}."""
    series = {}

    def put(area, measure, line):
        mine = {m: v for (a, c, m), v in solved.items() if (a, c) == (area, measure)}
        if measure in columns.FLOWS:            # each year is bent by its own figures
            bent = {}
            for year in ("2021", "2022"):
                bent.update(bend({m: v for m, v in line.items() if m[:4] == year},
                                 {m: v for m, v in mine.items() if m[:4] == year}))
            line = bent
        else:
            line = bend(line, mine)
        series[(area, measure)] = line

    for measure, (of, knots) in read_lines().items():
        for area in AREAS:
            put(area, measure, balance_line(area, measure, of, knots, series))
    for measure, (of, knots) in read_years().items():
        if measure != "npl_new":
            for area in AREAS:
                put(area, measure, year_line(area, measure, of, knots, series))
    return series
