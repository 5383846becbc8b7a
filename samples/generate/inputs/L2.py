"""L2, the ledger of services to firms, with the references it rests on: chains, roles, rules, and what is said of companies."""
from fractions import Fraction

import firms
import ledger
import tsv
from city import AREA_ROWS, BANKS, BRANCHES
from ledger import pieces, up
from money import CENT, WAN, YI, point
from prng import below, noise

HEAD = ("period area scheme team lead bank role company class chain specialist_n contacted credit used balance demand solved "
        "requests_n solved_n visits_n").split()
AMOUNTS = ("credit", "used", "balance", "demand", "solved")
NONE = "\\-"
PREFIX = {"tutoring": "FD", "steward": "GJ", "host": "ZB", "contact": "BB"}
ROLE = {"tutoring": "tutor", "steward": "steward", "host": "host", "contact": "firm"}
# What of the totals stands at the month's end, and how many of the firms, by the month at which the totals hold.
SHARE = {"2022-12": {"2022-09": Fraction(3, 4), "2022-11": Fraction(23, 25), "2022-12": Fraction(1)},
         "2022-11": {"2022-09": Fraction(4, 5), "2022-11": Fraction(1), "2022-12": Fraction(26, 25)}}
CODES = [("chain", "C11", "数字经济", "digital economy"), ("chain", "C12", "文化旅游", "culture and tourism"),
         ("chain", "C13", "现代农业", "modern agriculture")]

TABLES = ("B07", "B07b", "B07c", "B08", "B08b", "B08c")
SCHEME = {"金融辅导": "tutoring", "金融管家": "steward", "主办银行": "host", "包保": "contact", "联合授信": "joint", "供应链融资": "supply"}
CLASS = {"制造业单项冠军": "单项冠军", "专精特新、瞪羚企业": "专精特新", "双“20强”企业": "20强", "领军50强企业": "50强", "产业链企业": "产业链", "涉农企业": "涉农"}
LISTS = {"专精特新": ("专精特新", "瞪羚")}      # a class of several lists
BY_CHAIN = ("host", "joint", "supply")

GROUPS = tsv.read(tsv.beside("inputs/L2.tsv"))
CHAINS = tsv.read(tsv.beside("inputs/chains.tsv"))
JOINT = tsv.read(tsv.beside("inputs/L16.tsv"))
HOSTS = {(r["area"], r["chain"]): r["hosts"].split() for r in CHAINS}


def chains_of(area):
    return [r["chain"] for r in CHAINS if r["area"] == area]


def chain_of(r, k):
    return chains_of(r["area"])[k % len(chains_of(r["area"]))] if r["chain"] == "*" else r["chain"]


def spread(part, whole, k):
    """Whether the k-th of `whole` is one of `part` of them, evenly spread."""
    return (k + 1) * part // whole > k * part // whole


def team_numbers(r):
    first, last = (int(x) for x in r["teams"].split("-"))
    return range(first, last + 1)


def team_of(r, number):
    return "%s-%s%02d" % (r["area"], PREFIX[r["scheme"]], number)


def shares(total, weights):
    """total (亿元) by weights; nothing where the weight is."""
    if not total:
        return [0] * len(weights)
    some = [k for k, w in enumerate(weights) if w]
    out = [0] * len(weights)
    for k, x in zip(some, pieces(total, [weights[k] for k in some], None)):
        out[k] = x
    return out


def counts(total, n, drawn):
    """A count for each of n: drawn(k), or the total spread evenly."""
    if not total:
        return [drawn(k) for k in range(n)]
    return [int(total) * (k + 1) // n - int(total) * k // n for k in range(n)]


def firm_amounts(r, solved):
    """The amounts of each firm of a group at its month, in 分."""
    n, key = len(solved), r["group"]
    weights = [(1 + Fraction(70, 100) * noise(key, k)) if solved[k] else 0 for k in range(n)]
    used = shares(r["used"], weights)
    more = shares(str(Fraction(r["credit"]) - Fraction(r["used"])), [w * (1 + Fraction(80, 100) * noise(key, k, "more")) for k, w in enumerate(weights)])
    balance = used if r["balance"] == r["used"] else shares(r["balance"], weights)
    done = used if r["solved"] == r["used"] else shares(r["solved"], weights)
    demand = [up(done[k], 103 + below(30, key, k, "demand")) if solved[k] else (2 + below(12, key, k, "demand")) * 100 * WAN
              for k in range(n)]
    return [{"credit": used[k] + more[k], "used": used[k], "balance": balance[k], "demand": demand[k], "solved": done[k]}
            for k in range(n)]


def place(r, k, company, core):
    """Team, lead and bank of a firm in its group."""
    area, scheme = r["area"], r["scheme"]
    if scheme == "host":
        chain = chain_of(r, k)
        hosts = HOSTS[area, chain]
        return team_of(r, chains_of(area).index(chain) + 1), hosts[0], hosts[(k // len(chains_of(area))) % len(hosts)]
    if scheme == "supply":
        banks = r["banks"].split()
        i = core.index(company) if company in core else k % len(core)
        return core[i], banks[i % len(banks)], banks[i % len(banks)]
    numbers = list(team_numbers(r))
    i = k % len(numbers)
    if scheme == "contact":
        return team_of(r, numbers[i]), NONE, BRANCHES[area][k % len(BRANCHES[area])]
    banks = r["banks"].split()
    bank = banks[i % len(banks)]
    return team_of(r, numbers[i]), bank, bank


def role_of(r, k, company, core):
    if r["scheme"] != "supply":
        return ROLE[r["scheme"]]
    return "core" if company in core else ("upstream", "downstream")[k % 2]


def group_rows(r, register, made):
    """The rows of a group at its month; amounts in 分, NONE where the scheme keeps none."""
    scheme, group = r["scheme"], r["group"]
    if r["from"].startswith("same:"):
        return [dict(x, group=group, scheme=scheme, role=ROLE[scheme], team=team_of(r, chains_of(r["area"]).index(r["chain"]) + 1),
                     lead=HOSTS[r["area"], r["chain"]][0]) for x in made[r["from"][5:]]]
    n = int(r["firms"])
    chains = [chain_of(r, k) for k in range(n)] if r["chain"] else []
    members = register.take(group, r["area"], r["sector"], chains, r["from"])
    if len(members) != n:
        raise ValueError("%s has %d firms" % (group, len(members)))
    core = [c for name in register.groups if name.startswith(group[:2] + "_core") for c in register.groups[name]] if scheme == "supply" else []
    solved = [spread(int(r["solved_n"] or 0), n, k) for k in range(n)]
    amounts = firm_amounts(r, solved) if scheme != "contact" else [dict.fromkeys(AMOUNTS, NONE)] * n
    asked = counts(r["requests"], n, lambda k: 1 + below(3, group, k, "requests"))
    contacted = [solved[k] or scheme == "contact" or below(9, group, k, "contacted") > 0 for k in range(n)]
    visits = iter(counts(r["visits"], sum(contacted), lambda k: 1 + below(5, group, k, "visits")))
    out = []
    for k, company in enumerate(members):
        team, lead, bank = place(r, k, company, core)
        out.append({
            "group": group, "area": r["area"], "scheme": scheme, "team": team, "lead": lead, "bank": bank,
            "role": role_of(r, k, company, core), "company": company, "class": r["class"], "chain": chains[k] if chains else NONE,
            "specialist_n": str(1 + below(2, group, k, "people")) if scheme == "contact" else NONE,
            "contacted": str(int(contacted[k])),
            **amounts[k], "requests_n": NONE if scheme == "contact" else asked[k],
            "solved_n": NONE if scheme == "contact" else asked[k] if solved[k] else below(asked[k] + 1, group, k, "done") if asked[k] else 0,
            "visits_n": next(visits) if contacted[k] else 0, "month": r["month"], "order": (k, n)})
    return out


def register_row(area, scheme, team, lead, bank, role, chain, people):
    """A row about a team or an object of contact, without a firm."""
    return {"group": "", "area": area, "scheme": scheme, "team": team, "lead": lead, "bank": bank, "role": role, "company": NONE,
            "class": NONE, "chain": chain, "specialist_n": str(people), "contacted": NONE, **dict.fromkeys(AMOUNTS, NONE),
            "requests_n": NONE, "solved_n": NONE, "visits_n": NONE, "month": "2022-12", "order": (0, 1)}


def people_of(n, given, k):
    """People of the k-th of n: each `given`, or all together where it is a total, =N."""
    return int(given) if not given.startswith("=") else int(given[1:]) // n + (k < int(given[1:]) % n)


def team_rows(r):
    """A row for each team of a group of tutors or stewards."""
    numbers, banks = list(team_numbers(r)), r["banks"].split()
    return [register_row(r["area"], r["scheme"], team_of(r, number), banks[i % len(banks)], banks[i % len(banks)],
                         ROLE[r["scheme"]], NONE, people_of(len(numbers), r["people"], i)) for i, number in enumerate(numbers)]


def host_rows(area, given):
    """A row for each host bank of each chain."""
    of = [(i, c, b) for i, c in enumerate(chains_of(area)) for b in HOSTS[area, c]]
    return [register_row(area, "host", "%s-ZB%02d" % (area, i + 1), HOSTS[area, c][0], b, "host", c, people_of(len(of), given, k))
            for k, (i, c, b) in enumerate(of)]


def contact_rows(area):
    """A row for each bank and each chain that somebody looks after."""
    banks, chains = BRANCHES[area], chains_of(area)
    out = [register_row(area, "contact", "%s-BB%02d" % (area, k % 8 + 1), NONE, b, "bank", NONE, 1) for k, b in enumerate(banks)]
    return out + [register_row(area, "contact", "%s-BL%02d" % (area, k + 1), NONE, HOSTS[area, c][0], "chain", c, 2)
                  for k, c in enumerate(chains)]


def joint_rows(register):
    """The rows of lead and members about each firm of an agreement; the firms are new."""
    out = []
    for at, r in enumerate(JOINT):
        banks, given = [r["lead"], *r["members"].split()], r["amounts"].split()
        for k in range(int(r["firms"])):
            company = register.new(r["area"], "industry", r["chain"])
            pairs = [p.split("/") for p in given[k].split("+")] if k < len(given) else []
            for i, bank in enumerate(banks):
                if i and i >= len(pairs) and (r["agreement"] != "JC01" or k % 3):
                    continue
                credit, used = (int(x) * WAN for x in pairs[i]) if i < len(pairs) else (0, 0)
                out.append({
                    "group": "joint%d" % at, "area": r["area"], "scheme": "joint", "team": r["agreement"], "lead": r["lead"], "bank": bank,
                    "role": "member" if i else "lead", "company": company, "class": "产业链", "chain": r["chain"], "specialist_n": NONE,
                    "contacted": "1", "credit": credit, "used": used, "balance": used, "demand": credit, "solved": used,
                    "requests_n": int(credit > 0), "solved_n": int(used > 0), "visits_n": 1, "month": "fixed", "order": (k, int(r["firms"])),
                    "signed": r["signed"]})
    return out


def build():
    """(rows, register): every row as it stands at the month of its group."""
    register, made, rows, seen = firms.Register(), {}, [], set()
    for r in GROUPS:
        made[r["group"]] = group_rows(r, register, made)
        rows.extend(made[r["group"]])
        if r["people"] and r["scheme"] != "host":
            found = [x for x in team_rows(r) if x["team"] not in seen]
            seen.update(x["team"] for x in found)
            rows.extend(found)
    people = {r["area"]: r["people"] for r in GROUPS if r["scheme"] == "host" and r["people"]}
    for area in dict.fromkeys(r["area"] for r in CHAINS):
        rows.extend(host_rows(area, people.get(area, "1")))
    for area in dict.fromkeys(r["area"] for r in GROUPS if r["scheme"] == "contact"):
        rows.extend(contact_rows(area))
    rows.extend(joint_rows(register))
    return rows, register


ROWS, REGISTER = build()


def about():
    """{company: what the further columns of refs/companies.tsv say of it}, for those of the project ledger too."""
    classes, chains = {}, {}
    for x in ROWS:
        if x["company"] != NONE:
            classes.setdefault((x["area"], x["class"]), []).append(x["company"])
            if x["chain"] != NONE:
                chains.setdefault(x["company"], x["chain"])
    tags_of = firms.tags(REGISTER, classes)
    return {c["company"]: dict(firms.described(c["company"], c["sector"], tags_of), chain=chains.get(c["company"], ""))
            for c in ledger.COMPANIES + REGISTER.companies}


ABOUT = about()
COMPANIES = [dict(c, **ABOUT[c["company"]]) for c in REGISTER.companies]


def share_at(x, month):
    return Fraction(1) if x["month"] == "fixed" else SHARE[x["month"]][month]


def there(x, month):
    """Whether a row stands in the ledger yet: the firms of a group come one after the other."""
    if x["month"] == "fixed":
        return x["signed"] <= month + "-31" and (month > "2022-09" or x["order"][0] % 7 != 6)
    k, n = x["order"]
    return k * share_at(x, month).denominator < n * share_at(x, month).numerator


def stated(x, share):
    """An amount or a count at a share of what it is at its month, as the ledger states it."""
    if x == NONE:
        return NONE
    return point(int(x * share) // (10 * WAN) * (10 * WAN) // CENT, 2) if share != 1 else point(x // CENT, 2)


def counted(x, share):
    return NONE if x == NONE else str(int(x * share))


def rows(month):
    out = []
    for x in ROWS:
        if not there(x, month):
            continue
        share = share_at(x, month)
        given = {"period": month, **x, **{c: stated(x[c], share) for c in AMOUNTS},
                 **{c: counted(x[c], share) for c in ("requests_n", "solved_n", "visits_n")}}
        out.append([given[c] for c in HEAD])
    return sorted(out, key=lambda row: [row[HEAD.index(c)] for c in ("area", "scheme", "team", "company", "chain", "bank")])


def references():
    def plain(name):
        table = tsv.read(tsv.beside("inputs/%s.tsv" % name))
        return list(table[0]), [list(r.values()) for r in table]
    chains = [[r["area"], r["chain"], r["class"], r["hosts"].split()[0], *(r["hosts"].split() + [""] * 3)[:3], r["officer"]]
              for r in CHAINS]
    return {"chains.tsv": ("area chain class lead_bank host_bank_1 host_bank_2 host_bank_3 specialist".split(), chains),
            "roles.tsv": plain("roles"), "service_rules.tsv": plain("service_rules")}


# --- the figures that stand for published ones ---

AREA = {"全市": None, **{r["name_zh"]: r["area"] for r in AREA_ROWS}}
BANK = {r["name_zh"]: b for b, r in BANKS.items()}


def rows_of(table, keys, ledger_rows):
    """The rows of the ledger behind a row of a table."""
    column = {"B07c": "bank"}.get(table, "area")
    code = BANK[keys[0]] if column == "bank" else AREA[keys[0]]
    mine = [r for r in ledger_rows if code in (None, r[column])]
    if table in ("B07", "B07b", "B07c") and keys[1] != "合计":
        mine = [r for r in mine if r["scheme"] == SCHEME[keys[1]]]
    if table == "B07b":
        mine = [r for r in mine if r["class"] == CLASS[keys[2]]]
    if table == "B08":
        mine = [r for r in mine if r["scheme"] in BY_CHAIN]
    return [r for r in mine if r["scheme"] == "supply"] if table == "B08c" else mine


def once(mine, column):
    """The sum over firms and banks, each pair once, in 亿元."""
    pairs = {}
    for r in mine:
        if r["company"] != NONE and r[column] != NONE:
            pair = r["company"], r["bank"]
            pairs[pair] = max(pairs.get(pair, Fraction(0)), Fraction(r[column]))
    return sum(pairs.values(), Fraction(0)) / 10000


def count(mine, column, test=lambda r: True):
    return Fraction(len({r[column] for r in mine if r[column] != NONE and test(r)}))


def of_chains(column, area):
    mine = [r for r in CHAINS if area in (None, r["area"])]
    if column == "chains":
        return count(mine, "chain")
    return count(mine, "chain", lambda r: r["class"] == {"chains_main": "主导", "chains_good": "优势"}[column])


def of_rules(column, area):
    [value] = {r[column] for r in tsv.read(tsv.beside("inputs/service_rules.tsv")) if r["area"] == area and r["scheme"] != "project" and r[column]}
    return Fraction(value)


def listed(area, lists):
    return Fraction(sum(bool(set(lists) & set(about["tags"].split("|"))) for company, about in ABOUT.items()
                        if area == (firms.AREA_OF.get(company) or next(c["area"] for c in COMPANIES if c["company"] == company))))


def figure(fact, at):
    table, keys, column = fact.table, fact.row.split("/"), fact.column
    area = AREA.get(keys[0])
    if table == "B08b":
        return of_chains(column, area) if column.startswith("chains") else of_rules(column, area)
    if column == "listed":
        return listed(area, LISTS.get(CLASS[keys[2]], (CLASS[keys[2]],)))
    if column == "core_listed":
        return listed(area, ("白名单",))
    if column in ("platform_banks", "platform_firms"):
        joined = [r for r in at["F4"] if r["area"] == area and r["platform_joined"] == "1"]
        return count(joined, "bank") if column == "platform_banks" else Fraction(sum(int(r["platform_firms"]) for r in joined))
    mine = rows_of(table, keys, at["L2"])
    if column in AMOUNTS:
        return once(mine, column)
    core = [r for r in mine if r["role"] == "core"]
    return {"teams": lambda: count([dict(r, team=(r["scheme"], r["team"])) for r in mine], "team"), "firms": lambda: count(mine, "company"),
            "banks": lambda: count(mine, "bank"), "supply_banks": lambda: count(mine, "bank"),
            "host_banks": lambda: count(mine, "bank", lambda r: r["scheme"] == "host"),
            "firms_solved": lambda: count(mine, "company", lambda r: Fraction(r["solved"]) > 0),
            "people": lambda: Fraction(sum(int(r["specialist_n"]) for r in mine if r["company"] == NONE)),
            "visits": lambda: Fraction(sum(int(r["visits_n"]) for r in mine if r["visits_n"] != NONE)),
            "requests": lambda: Fraction(sum(int(r["requests_n"]) for r in mine if r["requests_n"] != NONE)),
            "core_top": lambda: max(once([r for r in core if r["company"] == c], "balance") for c in {r["company"] for r in core}),
            "links": lambda: count(mine, "company", lambda r: r["role"] != "core")}[column]()
