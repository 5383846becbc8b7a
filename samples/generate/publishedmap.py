"""published-map.tsv: which cell stands for which published figure, and whether it holds."""
import os
from fractions import Fraction

import columns
import indicators
import inputs
import months
import tsv
from city import AREA_ROWS, BANKS, BRANCHES
from facts import IN_UNIT, OF_RETURN
from ledger import PROJECTS
from money import YI, half_up, point, printed

CARRIED = ("B01", "B02", "B03", "B03b", "B04", "B05", "B06", "B06c", "B06d", *OF_RETURN)
NAME = {r["area"]: r["name_zh"] for r in AREA_ROWS}
CEREMONY = [p["project"] for p in PROJECTS if p["group"] == "ceremony"]
HEAD = ("article place measure_en qual value unit published_as_of month table row column "
        "decimals status computed note").split()
COMMENT = [
    "Which cell of the bulletin stands for which published figure. place: class names stand for named banks.",
    "row: the keys of the table joined by /, as printed; in B01-B03b, B04 and B05 their codes (B02 area/bank, B03 area/field, B03b area/bank/field; an area alone in B02: its rows). month: the bulletin that carries it, chosen here where the figure is undated.",
    "status: met; contradiction (computed: what the base figures give); not carried (note: why; table F1 or L1: the data hold it all the same, and computed says what they give).",
]


def city_counts(f, get):
    """Counts over the banks of an area in B02."""
    banks = BRANCHES[f.row]
    def rows(test):
        return sum(1 for b in banks if test(f.row + "/" + b))
    return {"banks": lambda: len(banks),
            "corp10": lambda: rows(lambda c: get(c, "corp", f.month) >= 10 * YI),
            "over100": lambda: rows(lambda c: get(c, "loan", f.month) > get(c, "dep", f.month)),
            }[f.column]()


def class_rank(f, get):
    """Rank among the rural commercial banks."""
    area, mine = f.row.split("/")[:2]
    vals = {}
    for a, banks in BRANCHES.items():
        for b in banks:
            if BANKS[b]["kind"] == "rural":
                vals[b] = indicators.value("B03", "%s/%s/real" % (a, b), "inc", f.month, get)
    return indicators.rank(vals[mine], vals.values(), True)


def market_rank(f, get):
    area = f.row.split("/")[0]
    share = {b: half_up(Fraction(100 * get(area + "/" + b, "loan", f.month),
                                 get(area, "loan", f.month)), 2) for b in BRANCHES[area]}
    return indicators.rank(share[f.row.split("/")[1]], share.values(), True)


def ledger_value(f, snapshots):
    """B06, B06c and B06d, by the area's name as printed, and what else of L1."""
    place = f.row.split("/")
    mine = [r for r in snapshots[f.month]["L1"] if place[0] in (r["area"], NAME[r["area"]])]
    if f.column == "recommended":
        return len(mine)
    mine = [r for r in mine if r["project"] in place] if place[1:] else [
        r for r in mine if r["status"] != "recommended" or f.column in ("invest", "demand")]
    ind = [r for r in mine if r["sector"] == "industry"]

    def total(rows, c):
        return sum((Fraction(r[c]) for r in rows), Fraction(0)) / 10000
    if f.column.startswith("ceremony"):
        signed = [r for r in mine if r["project"] in CEREMONY]
        return len(signed) if f.column == "ceremony_n" else total(signed, "signed")
    if f.column in ("events", "firms"):
        key = {"events": "event", "firms": "company"}[f.column]
        return len({r[key] for r in mine})
    if f.column in ("projects", "ind_projects"):
        return len(mine if f.column == "projects" else ind)
    if f.column in ("landed", "planned"):
        return sum(int(r[f.column]) for r in mine)
    if f.column.endswith("_rate"):
        return 100 * total(mine, f.column[:-5]) / total(mine, "signed")
    return total(ind, f.column[4:]) if f.column.startswith("ind_") else total(mine, f.column)


def cut(rows, before):
    """Fall of the weighted rate since the year's start, in basis points, of one bank's rows."""
    [now], [then] = rows, before
    return Fraction(then["rate_w"] - now["rate_w"])


RELIEF = ("ext", "defer", "renew")


def return_value(f, rows):
    """A column of F1, or what follows from several, over the rows of an area or of one bank."""
    place = f.row if f.table == "F1" else f.cell_of_return()

    def at(month):
        return [r for (a, b, s), r in rows[month].items() if s == "all" and place in (a, a + "/" + b)]
    mine = at(f.month)
    if f.column == "relief_n":
        return sum(r[kind + "_n"] for r in mine for kind in RELIEF)
    if f.column == "relief_amt":
        return Fraction(sum(r[kind + "_amt"] for r in mine for kind in RELIEF), IN_UNIT[f.unit])
    if f.column == "rate_cut":
        return cut(mine, at(months.opening(f.month)))
    if f.column == "rate_saved":
        return cut(mine, at(months.opening(f.month))) * mine[0]["iss_ind_ytd"] / 10000 / IN_UNIT[f.unit]
    if f.column == "relend_n":
        return sum(1 for r in mine if r["relend_amt"])
    if f.column == "relend_w":
        weighted = sum(r["relend_w"] * r["relend_amt"] for r in mine if r["relend_amt"])
        return Fraction(weighted, 100 * sum(r["relend_amt"] for r in mine))
    if f.column in columns.RATES:
        return Fraction(min(r[f.column] for r in mine if r[f.column] is not None), 100)
    total = Fraction(sum(r[f.column] for r in mine))
    return total / IN_UNIT.get(f.unit, 1)


def computed(f, get, rows, snapshots):
    module = inputs.answering(f.table)
    if module:
        return module.figure(f, snapshots[f.month])
    if f.column.endswith("rank_class"):
        return class_rank(f, get)
    if (f.table, f.column) == ("B02", "share_rank"):
        return market_rank(f, get)
    if f.is_rank():
        return indicators.area_rank(f.table, f.row, f.column, f.month, get)
    if f.column in ("banks", "corp10", "over100"):
        return city_counts(f, get)
    if f.table in ("B06", "B06c", "B06d", "L1"):
        return ledger_value(f, snapshots)
    if f.table == "F1" or f.table in OF_RETURN:
        return return_value(f, rows)
    return indicators.value(f.table, f.row, f.column, f.month, get)


def write(outdir, facts, get, rows, snapshots):
    out = []
    for f in facts:
        status, shown = "not carried", ""
        if f.table != "none":
            x = Fraction(computed(f, get, rows, snapshots))
            shown = printed(x, f.decimals)
            if not f.holds(x):
                status = "contradiction"
            elif (f.table in CARRIED or inputs.answering(f.table)) and not f.column.endswith("_class"):
                status = "met"
        note = f.note
        if status == "contradiction":
            note = "differs by " + point(half_up(x, f.decimals) - half_up(f.number, f.decimals),
                                         f.decimals) + (" pp" if f.unit == "%" else "")
        elif f.table == "F1" and not note:
            note = "a column of the return that B01-B06 do not print"
        out.append([f.article, f.place, f.measure_en, f.qual, f.value, f.unit, f.as_of,
                    f.month if f.table != "none" else "", f.table if f.table != "none" else "",
                    f.row, f.column, str(f.decimals), status, shown, note])
    tsv.write(os.path.join(outdir, "published-map.tsv"), HEAD, out, COMMENT)
