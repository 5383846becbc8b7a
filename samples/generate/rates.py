"""Counts and interest rates of a row, which no total ties together."""
from fractions import Fraction

import columns
import months
import tsv
from city import BALANCE, BANKS, BRANCHES
from money import WAN
from prng import below, noise

# a count is its amount over the average ticket, 万元
TICKET = {"iss_ind_n": ("iss_ind_ytd", 820), "iss_hh_n": ("iss_hh_ytd", 31),
          "first_n": ("iss_ytd", 3300), "ext_n": ("ext_amt", 640),
          "defer_n": ("defer_amt", 560), "renew_n": ("renew_amt", 140),
          "int_m_n": ("corp", 1350), "int_q_n": ("corp", 1900), "int_h_n": ("corp", 26000),
          "int_y_n": ("corp", 38000)}

START = {"policy": 455, "state": 480, "postal": 520, "joint": 510, "city": 580,
         "rural": 660, "village": 730}          # weighted rate at the start, 0.01 %


def count_facts(facts):
    """{(cell, count): (month, n)}: what is published, and what is chosen (choices.tsv)."""
    known = {(r["cell"], r["measure"]): (r["month"], int(r["amount"]))
             for r in tsv.read(tsv.beside("choices.tsv")) if r["measure"] in columns.COUNTS}
    known.update({f.of_return(): (f.month, int(f.number)) for f in facts
                  if f.of_return() and f.of_return()[1] in columns.COUNTS})
    return known


def counts(cells, facts):
    """{(area/bank, count): {month: n}}"""
    known, out = count_facts(facts), {}
    for area, banks in BRANCHES.items():
        for name, (measure, ticket) in TICKET.items():
            for b in banks:
                cell = area + "/" + b
                line = cells[(cell, measure)]
                size = WAN * ticket * (1 + Fraction(30, 100) * noise(cell, name))
                if (cell, name) in known:
                    month, n = known[(cell, name)]
                    n += n // 300 if n > 9000 else 0    # 余: a little above the bound
                    size = Fraction(line[month], n)
                out[(cell, name)] = {m: -(-v // size) for m, v in line.items()}
            if (area, name) in known:
                fit_area(area, name, measure, known[(area, name)], cells, out)
    return out


def fit_area(area, name, measure, fact, cells, out):
    """The whole area's count: one ticket for all, the balancing bank takes what is left. Of a small
    number there would be nothing left if every bank's part were rounded up."""
    month, n = fact
    banks, last = BRANCHES[area], BALANCE[area]
    if not cells[(area + "/" + last, measure)][month]:
        last = max(banks, key=lambda b: cells[(area + "/" + b, measure)][month])
    total = {m: sum(cells[(area + "/" + b, measure)][m] for b in banks)
             for m in cells[(area + "/" + last, measure)]}
    size = Fraction(total[month], n)
    for b in banks:
        if b != last:
            out[(area + "/" + b, name)] = {
                m: v // size if n < 100 else -(-v // size)
                for m, v in cells[(area + "/" + b, measure)].items()}
    out[(area + "/" + last, name)] = {
        m: v // size - sum(out[(area + "/" + b, name)][m] for b in banks if b != last)
        for m, v in total.items()}


def rate_facts(facts):
    """{(cell, rate): (month, 0.01 %)}; rate_cut is in basis points, since the year's start."""
    known = {f.of_return(): (f.month, int(f.number * 100)) for f in facts
             if f.of_return() and f.of_return()[1] in columns.RATES}
    known.update({(f.cell_of_return(), "rate_cut"): (f.month, int(f.number)) for f in facts
                  if f.column == "rate_cut"})
    return known


def rates(cells, facts):
    """{(area/bank, rate): {month: rate in 0.01 %, or None}}"""
    known, out = rate_facts(facts), {}
    for area, banks in BRANCHES.items():
        for b in banks:
            cell = area + "/" + b
            level = START[BANKS[b]["kind"]] + below(31, cell, "rate") - 15
            gap = 35 + below(26, cell, "gap")
            w = {m: level - fall(m) + below(5, cell, m) - 2 for m in months.ALL}
            if (cell, "rate_cut") in known:
                month, cut = known[(cell, "rate_cut")]
                w[months.opening(month)] = w[month] + cut
            low = {m: v - gap for m, v in w.items()}
            shift(low, known.get((cell, "rate_min")))
            out[(cell, "rate_w")], out[(cell, "rate_min")] = w, low
            lent = cells[(cell, "relend_amt")]
            rw = {m: level - 140 - fall(m) + below(3, cell, "relend", m) - 1
                  for m in months.ALL}
            rmin = {m: v - 160 - below(40, cell, "relend gap") for m, v in rw.items()}
            shift(rw, known.get((area, "relend_w")))
            if b == BALANCE[area]:              # the lowest of the area
                shift(rmin, known.get((area, "relend_min")))
            out[(cell, "relend_w")] = {m: v if lent[m] else None for m, v in rw.items()}
            out[(cell, "relend_min")] = {m: v if lent[m] else None for m, v in rmin.items()}
    return out


def fall(month):
    """Rates fell by 0.30 in 2021 and by 0.50 in 2022."""
    n = months.index(month) - months.index("2021-12")
    return 30 + (30 * n // 12 if n <= 0 else 50 * n // 12)


def shift(line, fact):
    """Moves a whole line so that it passes through the published rate."""
    if fact:
        month, x = fact
        by = x - line[month]
        for m in line:
            line[m] += by
