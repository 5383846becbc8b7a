"""F3, the monthly return of a guarantor by area and scheme: the rows of F3.tsv, and what is laid down for a scheme (guarantee_rules)."""
import functools
import math
import os
from fractions import Fraction

import tsv
from city import AREA_ROWS
from inputs.F5 import INSTITUTIONS as REGISTERED
from money import half_up, point
from spine import SEASON
from spread import amount, wan

HERE = os.path.dirname(os.path.abspath(__file__))
NAME, TITLE, FILER = "F3", "担保业务月报", "guarantor"
ARCHIVE = ["2022-08", "2022-10"]
TABLES = ("B10", "B10b", "B10c", "B10d", "B10e")
HEAD = ("period area guarantor scheme new_n new_amt cum_n cum_amt inforce_n inforce_amt counter_n fee fee_rate cost_avg fund subsidy_cum "
        "comp_amt comp_cap").split()
NONE = "\\-"
SCHEMES = [("agri", "鲁担惠农贷", "agricultural guarantees"), ("batch", "批量担保快贷", "batch guarantees"),
           ("lead", "领军企业担保", "guarantees of leading firms"), ("pool", "科技风险分担", "technology risk pool"),
           ("sme", "小微企业担保", "small and micro enterprises")]
WORDS = {"scheme": {code: zh for code, zh, _ in SCHEMES}}
CODES = [("guarantee",) + row for row in SCHEMES]
GUARANTORS = [row for row in REGISTERED if row[3] == "担保"]
ALIASES = ([("bank", word, code) for code, zh, *_ in GUARANTORS for word in (code, zh)]
           + [("guarantee", word, code) for code, zh, _ in SCHEMES for word in (code, zh)])
STATED = tsv.read(os.path.join(HERE, "F3.tsv"))


def season(month):
    return SEASON[int(month[5:]) - 1]


def row(r, month):
    """What runs from the year's start follows the season; of what stood before, a fifth has come in the year."""
    part = Fraction(season(month), season(r["at"]))

    def ytd(x):
        return int(x * part)

    def standing(x):
        return int(x * (4 + part) / 5)
    new_n, new_amt = math.ceil(int(r["new_n"]) * part), ytd(wan(r["new_amt"]))    # who has had anything is one
    cum_n, cum_amt = int(r["cum_n"]) - int(r["new_n"]) + new_n, wan(r["cum_amt"]) - wan(r["new_amt"]) + new_amt
    inforce_n, inforce = min(standing(int(r["inforce_n"])), cum_n), min(standing(wan(r["inforce_amt"])), cum_amt)
    fee_rate = int(Fraction(r["fee_rate"]) * 100)
    counter = -(-inforce_n * int(r["counter"]) // 100)
    return [month, r["area"], r["guarantor"], r["scheme"], str(new_n), amount(new_amt), str(cum_n), amount(cum_amt), str(inforce_n), amount(inforce), str(counter),
            amount(half_up(Fraction(inforce * fee_rate, 10000), 0)), point(fee_rate, 2), r["cost"], amount(wan(r["fund"])),
            amount(standing(wan(r["subsidy"]))), amount(ytd(wan(r["comp"]))), r["comp_cap"] or NONE]


@functools.cache
def rows(month):
    return [row(r, month) for r in STATED]


def references():
    rules = tsv.read(os.path.join(HERE, "guarantee_rules.tsv"))
    return {"guarantee_rules.tsv": (list(rules[0]), [list(r.values()) for r in rules])}


KEYS = {r["name_zh"]: ("area", r["area"]) for r in AREA_ROWS}                  # what a word in the row of a fact chooses
KEYS.update((zh, ("guarantor", code)) for code, zh, *_ in GUARANTORS)
KEYS.update((zh, ("scheme", code)) for code, zh, _ in SCHEMES)
HOME = {row[0]: row[4] for row in GUARANTORS}


def chosen(rows, words):
    keys = [KEYS[word] for word in words]
    return [r for r in rows if all(r[column] == code for column, code in keys)]


def rank(fact, at):
    """Among the areas, of a scheme, by the amount as printed."""
    scheme, area = fact.row.split("/")

    def printed(name):
        amounts = [Fraction(r[fact.column.replace("rank", "amt")]) for r in chosen(at["F3"], [scheme, name])]
        return half_up(sum(amounts, Fraction(0)) / 10000, 2)
    return Fraction(1 + sum(printed(r["name_zh"]) > printed(area) for r in AREA_ROWS))


def figure(fact, at):
    """B10 by area, B10b and B10c by scheme/area, B10d by area/guarantor."""
    if fact.column.endswith("rank"):
        return rank(fact, at)
    mine = chosen(at["F3"], fact.row.split("/"))

    def total(column):
        return sum((Fraction(r[column]) for r in mine), Fraction(0))
    if fact.column == "local":
        return Fraction(len({r["guarantor"] for r in mine if HOME[r["guarantor"]] == r["area"]}))
    if fact.column == "fee_rate":
        return 100 * total("fee") / total("inforce_amt")
    if fact.column == "cost":
        return sum(Fraction(r["cost_avg"]) * Fraction(r["inforce_amt"]) for r in mine) / total("inforce_amt")
    if fact.column == "leverage":
        return sum(Fraction(r["cum_amt"]) for r in mine if Fraction(r["fund"])) / total("fund")
    x = total({"subsidy": "subsidy_cum"}.get(fact.column, fact.column))
    return x / 10000 if fact.unit == "亿元" else x
