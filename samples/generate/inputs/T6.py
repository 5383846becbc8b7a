"""T6, the register of towns and villages: the towns of L14, the two that the circular names under their names."""
import functools

import inputs.L14 as L14
import tsv
from city import AREA_ROWS
from prng import below
from spread import parts, uneven

HEAD = "area town name_zh village hh_registered merchants_n".split()
NAMES = {"DY01": "山口镇", "FC01": "石横镇"}
MERCHANTS = {"DY01": 1526}                      # published: more than 1500
SHORT = {r["area"]: r["name_zh"][:-1] for r in AREA_ROWS}


@functools.cache
def towns():
    """{town: [village]} in the order of L14."""
    out = {}
    for r in L14.read():
        for town, n in L14.towns(r)[0]:
            out[town] = ["%s%03d" % (town, k + 1) for k in range(n)]
    return out


def name(town):
    return NAMES.get(town, "%s%s镇" % (SHORT[town[:2]], town[2:]))


def references():
    import inputs.L6 as L6                      # a village has at least the households that a bank knows of it
    known, out = L6.households(), []
    for town, villages in towns().items():
        merchants = parts(MERCHANTS.get(town, 9 * len(villages)), uneven(len(villages), 60, "T6", town))
        for village, n in zip(villages, merchants):
            hh = known.get(village, 0)
            hh = hh + below(1 + hh // 12, "T6", village) if hh else 180 + below(260, "T6", village)
            out.append([town[:2], town, name(town), village, str(hh), str(n)])
    return {"places.tsv": (HEAD, out)}
