"""T3, the products of the banks, and the catalogues of two counties: those that T3.tsv states, and for the rest of the catalogues so
many names of T3names.tsv for each of their banks."""
import os
from fractions import Fraction

import tsv
from city import AREA_ROWS, BANKS, BRANCHES
from prng import number

HERE = os.path.dirname(os.path.abspath(__file__))
HEAD = ("product name_zh bank class kind in_loans cap_old cap cap_from term_old term rise_min rise_max collateral new_collateral "
        "unsecured guar_fee bp_min bp_max lpr_bp discount_max zero_fee").split()
CLASSES = [("credit", "信用贷款", "unsecured credit"), ("mortgage", "抵质押贷款", "mortgages and pledges"),
           ("guarantee", "担保增信贷款", "guaranteed loans"), ("chain", "产业链融资", "chain finance"),
           ("agri", "涉农贷款", "agriculture-related loans"), ("tech", "科创人才贷款", "technology and talents"),
           ("refinance", "应急转贷", "emergency refinancing"), ("cross", "跨境金融", "cross-border services"),
           ("other", "其他贷款", "other loans")]
COLLATERALS = [("none", "信用", "none"), ("guarantee", "政府性融资担保", "government guarantee"), ("property", "房产土地", "property"),
               ("equipment", "设备", "equipment"), ("receivable", "应收账款、存货", "receivables, stock"), ("equity", "股权", "equity"),
               ("land", "农村承包土地经营权", "right to contracted land"), ("ip", "知识产权", "intellectual property")]
NEW = ("land", "ip")                            # what was not taken as collateral before
KINDS = [("collection", "跨境收汇", "collection"), ("cips", "跨境人民币", "renminbi across the border")]
CODES = [(table,) + row for table, rows in (("product_class", CLASSES), ("collateral", COLLATERALS), ("cross", KINDS)) for row in rows]
CATALOGUES = [("XT", "金融产品手册", 155), ("FC", "“强工贷”产品目录", 89)]
LISTED = [c for c, _, _ in CLASSES[:6]]
EACH = 11                                       # further products of a bank of these counties
FIRST = 101


def complete(r):
    """A product with the columns that follow from others."""
    return dict(r, in_loans=str(int(r["class"] not in ("refinance", "cross"))), new_collateral=str(int(r["collateral"] in NEW)),
                unsecured=str(int(r["collateral"] == "none")), zero_fee=r["zero_fee"] or "0")


def further(stated, names):
    """The other products of the banks of the two counties: of each bank's names the first by a lot."""
    banks = [b for b in BANKS if any(b in BRANCHES[area] for area, _, _ in CATALOGUES)]
    out = []
    for bank in banks:
        drawn = sorted(names, key=lambda n: number("T3", bank, n["name_zh"]))[:EACH]
        for n in [n for n in names if n in drawn]:
            out.append(dict.fromkeys(stated[0], "") | {
                "product": "P%03d" % (FIRST + len(out)), "name_zh": n["name_zh"], "bank": bank, "class": n["class"],
                "collateral": n["collateral"], "industry": n["industry"], "term": "1" if n["class"] == "guarantee" else ""})
    return out


def catalogue(area, book, count, products):
    """The products of a county's book: those of its banks, for the industrial one only what industry takes, bank by bank in turn."""
    mine = [p for p in products if p["class"] in LISTED and (p["bank"] == "" or p["bank"] in BRANCHES[area])]
    if area == "FC":
        mine = [p for p in mine if p.get("industry") == "1" or p["class"] == "tech"]
    place, seen = {}, {}
    for p in mine:
        place[p["product"]] = seen[p["bank"]] = seen.get(p["bank"], 0) + 1
    mine.sort(key=lambda p: (place[p["product"]], p["product"]))
    if len(mine) < count:
        raise ValueError("%s has %d products, not %d" % (area, len(mine), count))
    return [[area, book, p["product"]] for p in sorted(mine[:count], key=lambda p: p["product"])]


def build():
    stated = tsv.read(os.path.join(HERE, "T3.tsv"))
    products = stated + further(stated, tsv.read(os.path.join(HERE, "T3names.tsv")))
    return [complete(p) for p in products], [row for c in CATALOGUES for row in catalogue(*c, products)]


PRODUCTS, CATALOGUE = build()
PRODUCT = {p["product"]: p for p in PRODUCTS}
# What several banks call alike has to be named by its code.
ALIASES = [("product", p["product"], p["product"]) for p in PRODUCTS] + [
    ("product", p["name_zh"], p["product"]) for p in PRODUCTS if int(p["product"][1:]) < FIRST]
TABLES = ("B09g", "B09h")


def references():
    return {"products.tsv": (HEAD, [[p[c] for c in HEAD] for p in PRODUCTS]),
            "catalogue.tsv": (["area", "book", "product"], CATALOGUE)}


def cap(product, month):
    """What one customer may have at most, 万元, or None."""
    text = product["cap_old"] if product["cap_from"] > month else product["cap"]
    return Fraction(text) if text else None


def figure(fact, at):
    """B09g: how many products a book has, of how many classes; B09h: a term, in the unit of the fact."""
    keys = fact.row.split("/")
    if fact.table == "B09g":
        area = next(r["area"] for r in AREA_ROWS if r["name_zh"] == keys[0])
        mine = [PRODUCT[p] for a, _, p in CATALOGUE if a == area]
        return Fraction({"products": len(mine), "classes": len({p["class"] for p in mine})}[fact.column])
    [p] = [p for p in PRODUCTS if p["name_zh"] == keys[0] and p["bank"] == next(b for b, r in BANKS.items() if r["name_zh"] == keys[1])]
    return Fraction(p[fact.column]) / (100 if fact.unit == "pp" else 1)
