"""The areas' totals shared among their banks, each bank's figure on its own grid."""
from fractions import Fraction

import columns
import months
from city import BALANCE, BRANCHES, ONLY, STEP, WEIGHT, mix
from prng import noise
from spine import bend

CAP = Fraction(97, 100)         # a part never takes more of its whole in a single bank


def static_weight(area, bank, measure):
    """Weight of a bank in the year-to-date amounts: the same all the time."""
    size, even, of = mix(measure, bank)
    whole = WEIGHT[("loan", area, bank)] if of == "loan" else static_weight(area, bank, of)
    return whole * size * (1 + even * noise(area, bank, measure))


def drift(month):
    return Fraction(months.index(month) - months.index(months.ALL[0]), 24)


def weight(area, bank, measure, month, cells):
    if bank not in ONLY.get((area, measure), [bank]):
        return 0
    if measure in ("dep", "loan"):
        w = WEIGHT[(measure, area, bank)]
        return w * (1 + Fraction(4, 100) * noise(area, bank, measure) * drift(month))
    if measure in columns.FLOWS:
        return static_weight(area, bank, measure)
    size, even, of = mix(measure, bank)
    whole = cells[(area + "/" + bank, of)][month]
    return (whole * size * (1 + even * noise(area, bank, measure))
            * (1 + even / 2 * noise("drift", area, bank, measure) * drift(month)))


def share_out(total, weights, caps):
    """total by weights, no bank above its cap, as Fractions."""
    out, rest, free = {}, Fraction(total), dict(weights)
    while True:
        scale = rest / sum(free.values()) if sum(free.values()) else Fraction(0)
        over = [b for b in free if b in caps and free[b] * scale > caps[b]]
        if not over:
            break
        for b in over:
            out[b] = Fraction(caps[b])
            rest -= caps[b]
            del free[b]
    out.update({b: w * scale for b, w in free.items()})
    return out


def share_month(area, measure, month, total, fixed, cells):
    """{bank: 分}; fixed banks keep their amount, the balancing bank takes what is left."""
    banks = BRANCHES[area]
    weights = {b: weight(area, b, measure, month, cells) for b in banks}
    free = {b: w for b, w in weights.items() if w and b not in fixed}
    out = {b: fixed.get(b, 0) for b in banks}
    if not free:
        return out
    caps = {}
    if measure not in ("dep", "loan") and measure not in columns.FLOWS:
        of = mix(measure, banks[0])[2]
        caps = {b: CAP * cells[(area + "/" + b, of)][month] for b in free}
    raw = share_out(total - sum(fixed.values()), free, caps)
    out.update({b: int(x // STEP[b]) * STEP[b] for b, x in raw.items()})
    last = BALANCE[area]
    if last not in free:
        last = max(free, key=lambda b: (free[b], b))
    out[last] += (total - sum(out.values())) // STEP[last] * STEP[last]
    return out


def hold(out, prior, last):
    """Year-to-date amounts never fall: where a coarse grid's step would make the balancing
    bank fall, the coarse bank takes its step a month later."""
    for b in sorted(out, key=lambda b: (-STEP[b], b)):
        while b != last and (out[last] < prior.get(last, 0)
                             and out[b] >= prior.get(b, 0) + STEP[b]):
            out[b] -= STEP[b]
            out[last] += STEP[b]


def build(series, solved):
    """{(area/bank, measure): {month: 分}}; solved: amounts of single cells."""
    cells = {}
    for (area, measure), line in series.items():
        if measure == "npl":
            continue                    # badloans.py
        plain = share_line(area, measure, line, {}, cells)
        fixed = {}
        for b in BRANCHES[area]:
            cell = area + "/" + b
            known = {m: v for (c, k, m), v in solved.items() if (c, k) == (cell, measure)}
            if known:
                bent = bend_cell(plain[b], known, measure)
                fixed[b] = {m: v // STEP[b] * STEP[b] for m, v in bent.items()}
        final = share_line(area, measure, line, fixed, cells) if fixed else plain
        for b, mine in final.items():
            cells[(area + "/" + b, measure)] = mine
    return cells


def bend_cell(line, known, measure):
    if measure not in columns.FLOWS:
        return bend(line, known)
    factor = Fraction(*[(v, line[m]) for m, v in known.items()][0])
    return {m: int(v * factor) for m, v in line.items()}


def share_line(area, measure, line, fixed, cells):
    out = {b: {} for b in BRANCHES[area]}
    prior = {}
    for month, total in line.items():
        now = {b: mine[month] for b, mine in fixed.items()}
        amounts = share_month(area, measure, month, total, now, cells)
        if measure in columns.FLOWS:
            hold(amounts, {} if month.endswith("-01") else prior, BALANCE[area])
            prior = amounts
        for b, x in amounts.items():
            out[b][month] = x
    return out
