"""The rows of F1: one for each branch and scope of a month."""
import columns
from city import AREAS, BANKS, BRANCHES, STEP
from money import canonical, point

SAME = columns.ROLL + ["npl"]           # no foreign-currency bad loans


def build(cells, counts, rates):
    """{month: {(area, bank, scope): {column: int or None}}}"""
    out = {}
    for area in AREAS:
        for bank in BRANCHES[area]:
            cell = area + "/" + bank
            for month in cells[(cell, "iss_ytd")]:
                row = {c: cells[(cell, c)][month] for c in columns.AMOUNTS}
                row.update({c: int(counts[(cell, c)][month]) for c in columns.COUNTS})
                row.update({c: rates[(cell, c)][month] for c in columns.RATES})
                rows = out.setdefault(month, {})
                rows[(area, bank, "all")] = row
                if BANKS[bank]["cny"]:
                    rows[(area, bank, "cny")] = renminbi(row, bank)
    return out


def renminbi(row, bank):
    """The 人民币 part of a row: a little less of everything but bad loans."""
    per_mille, out = int(BANKS[bank]["cny"]), dict(row)
    for c in columns.AMOUNTS:
        if c not in SAME:
            part = per_mille - (6 if c == "dep" else 0)
            out[c] = row[c] * part // 1000 // STEP[bank] * STEP[bank]
    for c in columns.COUNTS:
        out[c] = row[c] * per_mille // 1000
    return out


def canonical_row(month, key, row):
    """The row as the run would accept it: 万元 with the decimals of its source."""
    bank = BANKS[key[1]]
    out = [month, *key]
    for c in columns.ALL[4:]:
        x = row[c]
        if c in columns.COUNTS:
            out.append(str(x))
        elif c in columns.RATES:
            out.append(columns.NONE if x is None else point(x, 2))
        else:
            out.append(canonical(x, bank["unit"], int(bank["decimals"])))
    return out
