"""L14, the villages free of illegal fundraising by town. Which villages are not is a shorter and shorter beginning of the area's list."""
import os

import months
import tsv
from prng import choose
from spread import parts, uneven

HEAD = "period area town villages clean".split()


def read():
    return tsv.read(os.path.join(os.path.dirname(__file__), "L14.tsv"))


def towns(r):
    """[(town, villages)], and the towns of the villages that are not clean, the first of them the longest."""
    names = ["%s%02d" % (r["area"], k + 1) for k in range(int(r["towns"]))]
    sizes = parts(int(r["villages"]), uneven(len(names), 40, "L14", r["area"]))
    return list(zip(names, sizes)), [choose(names, "L14", r["area"], k) for k in range(int(r[months.INBOX[0]]))]


def rows(month):
    out = []
    for r in read():
        sizes, tainted = towns(r)
        tainted = tainted[:int(r[month])]
        out.extend([month, r["area"], town, str(n), str(n - tainted.count(town))] for town, n in sizes)
    return out
