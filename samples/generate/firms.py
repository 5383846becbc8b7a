"""The firms that services reach, and what refs/companies.tsv says of them: where a group of inputs/L2.tsv takes its firms
from, which lists (tags) they stand on, how large they are."""
import ledger
import tsv
from prng import below

FIRST = 1001                            # Q1001: the first company that the service ledger brings
AREA_OF = {c["company"]: c["area"] for c in ledger.COMPANIES}


def of_ledger(area, sector):
    """The companies of the project ledger, in their order."""
    return [c["company"] for c in ledger.COMPANIES if (c["area"], c["sector"]) == (area, sector)]


class Register:
    """Companies by group of L2.tsv, and those that are new."""

    def __init__(self):
        self.companies, self.groups, self.own = [], {}, {}

    def new(self, area, sector, chain):
        number = FIRST + len(self.companies)
        self.companies.append({"company": "Q%04d" % number, "area": area, "sector": sector, "chain": chain,
                               "name_zh": "%s%04d" % (ledger.SECTORS[sector], number)})
        return self.companies[-1]["company"]

    def take(self, group, area, sector, chains, sources):
        """The firms of a group, from its sources; chains: one for each firm, or none."""
        found, own = [], []
        for source in sources.split(" "):
            name, _, count = source.rpartition(":")
            if name == "new":
                for _ in range(int(count)):
                    own.append(self.new(area, sector, chains[len(found) % len(chains)] if chains else ""))
                    found.append(own[-1])
            elif name.startswith("L1:"):
                kind, _, skip = name[3:].partition("+")
                found.extend(of_ledger(area, kind)[int(skip or 0):][:int(count)])
            else:
                found.extend(self.groups[name][:int(count)])
            if len(set(found)) != len(found):
                raise ValueError("%s takes a firm twice" % group)
        self.groups[group], self.own[group] = found, own
        return found


def listed(register, area, count, groups, classed, taken):
    """The firms of an area that stand on a list: those served in its class, those of the groups, industrial firms."""
    start = list(classed)
    for name in groups.split():
        start.extend(register.own[name[:-1]] if name.endswith("!") else register.groups[name])
    rest = of_ledger(area, "industry") + [c["company"] for c in register.companies
                                          if (c["area"], c["sector"]) == (area, "industry")]
    out = [c for c in dict.fromkeys(start + rest) if c not in taken]
    if len(out) < count or len(set(start)) > count:
        raise ValueError("%s: %d firms are there, %d start, %d are wanted" % (area, len(out), len(set(start)), count))
    return out[:count]


def tags(register, classes):
    """{company: tags}; classes[area, class]: the firms served in that class."""
    out = {}
    for r in tsv.read(tsv.beside("inputs/tags.tsv")):
        # 瞪羚 and 专精特新 are counted together: no firm is on both lists.
        taken = [c for c, mine in out.items() if "专精特新" in mine] if r["tag"] == "瞪羚" else []
        for c in listed(register, r["area"], int(r["firms"]), r["groups"], classes.get((r["area"], r["tag"]), []), taken):
            out.setdefault(c, []).append(r["tag"])
    return out


def described(company, sector, tags_of):
    """What the further columns of refs/companies.tsv say of a company."""
    mine = tags_of.get(company, [])
    return {"size": "规上" if mine or sector == "infrastructure" or below(5, company, "size") == 0 else "中小微",
            "tags": "|".join(mine),
            "points": "%d.%d" % (60 + below(36, company, "points"), below(10, company, "tenth")) if "高新" in mine else "",
            "state_owned": "1" if sector == "infrastructure" else "0"}
