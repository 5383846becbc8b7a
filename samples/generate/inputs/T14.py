"""T14, the targets of the year: T14.tsv, a row each for the areas, the city and the banks that have one."""
import os

import tsv
from city import AREAS


def references():
    out = []
    for r in tsv.read(os.path.join(os.path.dirname(os.path.abspath(__file__)), "T14.tsv")):
        places = [(a, "", r[a]) for a in AREAS] + [("全市", "", r["city"])] + [("", *x.split(":")) for x in r["banks"].split()]
        out += [[r["year"], r["indicator"], *place, r["basis"]] for place in places]
    return {"annual_targets.tsv": ("year indicator area bank target basis".split(), out)}
