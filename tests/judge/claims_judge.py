#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""claims_judge: the findings of claims, computed again with Python's fractions from the same tables.

usage: claims_judge.py LAW [SEED [ROUNDS]]     the same seed gives the same tables
  sample   every finding over samples/claims.tsv
  changed  the same over that table with figures, dates, qualifiers and articles changed at random
  invented random definitions, with circles and several ways to one figure, over random figures
  corners  no finding over samples/claims.tsv depends on a variable that occurs twice: the extremes are taken
           over the corners of what the published figures stand for
"""
import ast
import calendar
import itertools
import math
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from fractions import Fraction
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
RULES = TOP / "pipelines/claims"
UNITS = [TOP / "pipelines/units.tsv", RULES / "units.tsv"]
SAMPLE = TOP / "samples/claims.tsv"
INF = math.inf
COLUMNS = ["article", "place", "measure_en", "qual", "value", "unit", "as_of"]


def table(path):
    lines = [x for x in path.read_text(encoding="utf-8").split("\n") if x.strip() and not x.startswith("#")]
    head = lines[0].split("\t")
    return [dict(itertools.zip_longest(head, x.split("\t"), fillvalue="")) for x in lines[1:]]


# --- intervals: a pair of ends, INF where there is none; a text says why there is none ---

def times(a, b):
    return Fraction(0) if a == 0 or b == 0 else a * b


def product(a, b):
    ends = [times(x, y) for x in a for y in b]
    return min(ends), max(ends)


def quotient(a, b):
    if b[0] <= 0 <= b[1]:
        return "zero" if b[0] == 0 == b[1] else "may be zero"
    inverse = [Fraction(0) if abs(x) == INF else 1 / Fraction(x) for x in b]
    return product(a, (min(inverse), max(inverse)))


def worse(*values):
    texts = [v for v in values if isinstance(v, str)]
    return None if not texts else "zero" if "zero" in texts else texts[0]


def interval(node, fetch):
    if isinstance(node, ast.Constant):
        return Fraction(str(node.value)), Fraction(str(node.value))
    if isinstance(node, ast.Name):
        return fetch(node.id)
    if isinstance(node, ast.UnaryOp):
        v = interval(node.operand, fetch)
        return v if isinstance(v, str) else (-v[1], -v[0])
    if isinstance(node, ast.Call):
        a, b = (interval(x, fetch) for x in node.args)
        choose = {"min": min, "max": max}[node.func.id]
        return worse(a, b) or (choose(a[0], b[0]), choose(a[1], b[1]))
    a, b = interval(node.left, fetch), interval(node.right, fetch)
    if worse(a, b):
        return worse(a, b)
    if isinstance(node.op, ast.Add):
        return a[0] + b[0], a[1] + b[1]
    if isinstance(node.op, ast.Sub):
        return a[0] - b[1], a[1] - b[0]
    return product(a, b) if isinstance(node.op, ast.Mult) else quotient(a, b)


def rounded(x, digits):
    if abs(x) == INF:
        return x
    units = (abs(x) * 10**digits + Fraction(1, 2)).__floor__()
    return Fraction(units if x >= 0 else -units, 10**digits)


# --- dates ---

def last_day(year, month):
    return calendar.monthrange(year, month)[1]


def point(text):
    part = [int(x) for x in text.split("-")]
    if len(part) == 3:
        return tuple(part), tuple(part)
    if len(part) == 2:
        return (part[0], part[1], 1), (part[0], part[1], last_day(*part))
    return (part[0], 1, 1), (part[0], 12, 31)


def period(text):
    if text == "undated":
        return None
    begin, dots, end = text.partition("..")
    first, last = point(begin)
    if not dots:
        return first, last
    if not end:
        return first, (9999, 99, 99)
    if len(end) == 2:
        end = begin[:5] + end
    return first, point(end)[1]


def next_year(day):
    if day[0] == 9999:
        return day
    year, month, of_month = day
    return year + 1, month, last_day(year + 1, month) if of_month == last_day(year, month) else of_month


class Claim:
    def __init__(self, line, row, world):
        self.line, self.row = line, row
        self.article, self.place = row["article"], row["place"]
        dimension, shift = world.units[row["unit"]]
        self.decimals = len(row["value"].partition(".")[2])
        self.scale = Fraction(10)**shift
        self.base_decimals = self.decimals - shift
        measure = world.measures.get(row["measure_en"])
        self.variable = measure["variable"] if measure else f"{dimension} {row['measure_en']}"
        self.sign = -1 if measure and measure.get("sign") == "-" else 1
        self.moment = (measure.get("moment") if measure else "") or "now"
        self.period = period(row["as_of"])
        stated = Fraction(row["value"]) * self.scale
        half = self.scale / 10**self.decimals / (1 if row["qual"] == "~" else 2)
        if dimension == "count" and row["qual"] == "=":
            half = 0
        low = -INF if row["qual"] == "<=" else stated if row["qual"] == ">=" else stated - half
        high = INF if row["qual"] == ">=" else stated if row["qual"] == "<=" else stated + half
        self.range = (low, high) if self.sign > 0 else (-high, -low)

    def together(self, other):
        return self.place == other.place and self.one_time(other)

    def one_time(self, other):
        if self.period is None or other.period is None:
            return self.article == other.article
        return reports(self) == reports(other) if (self.moment == "open") == (other.moment == "open") else opens(
            *((self, other) if self.moment == "open" else (other, self)))


def reports(c):
    return tuple(next_year(x) for x in c.period) if c.moment == "same" else c.period


def opens(opening, c):
    return all(day[0] == opening.period[1][0] + 1 for day in reports(c))


class World:
    def __init__(self, measures, definitions, claims, places=None):
        self.places = table(places) if places else []
        self.units = {r["unit"]: (r["dimension"], int(r["shift"])) for path in UNITS for r in table(path)}
        self.measures = {r["measure"]: r for r in table(measures)}
        self.rules = [r for r in table(definitions) if r.get("use") != "parameter"]
        for r in self.rules:
            r["tree"] = ast.parse(r["expression"], mode="eval").body
            names = re.findall(r"\b(?!max\b|min\b)[a-z_]\w*", r["expression"])
            r["needs"] = list(dict.fromkeys(names))
        lines = claims.read_text(encoding="utf-8").split("\n")
        head = lines[0].split("\t")
        self.claims = [Claim(n, dict(zip(head, x.split("\t"))), self) for n, x in enumerate(lines[1:], 2) if x]
        self.seen = list(dict.fromkeys(c.place for c in self.claims))

    def about(self, place, column):
        for r in self.places:
            if place.endswith(r["place"][1:]) if r["place"].startswith("*") else place == r["place"]:
                return r.get(column) or ""
        return ""


# --- which figures together ---

def solutions(world, target, pending, chosen, beside=()):
    while pending and pending[0] in chosen:
        pending = pending[1:]
    if not pending:
        if not circular(chosen):
            yield dict(chosen)
        return
    variable = pending[0]
    if variable == target.variable:
        return
    near = [c for c in world.claims if c.variable == variable and c is not target and all(map(c.one_time, beside))]
    near.sort(key=lambda c: (c.article != target.article, (c.period is None) != (target.period is None), c.line))
    for c in near:
        if c.together(target) and all(isinstance(o, dict) or c.together(o) for o in chosen.values()):
            found = list(solutions(world, target, pending[1:], {**chosen, variable: c}, beside))
            if found:
                yield from found
                return
    for rule in world.rules:
        if rule["variable"] == variable and rule["relation"] in ("", "="):
            yield from solutions(world, target, pending[1:] + rule["needs"], {**chosen, variable: rule}, beside)


def circular(chosen):
    def leads_back(variable, above):
        what = chosen[variable]
        return variable in above or (isinstance(what, dict) and
                                     any(leads_back(n, above | {variable}) for n in what["needs"]))
    return any(leads_back(v, set()) for v in chosen)


def value(rule, chosen):
    printed = int(rule["printed"]) if rule.get("printed") else None

    def fetch(name):
        what = chosen[name]
        v = value(what, chosen) if isinstance(what, dict) else what.range
        if printed is None or isinstance(v, str):
            return v
        if isinstance(what, Claim) and what.base_decimals == printed and INF not in (-v[0], v[1]):
            middle = (v[0] + v[1]) / 2
            return middle, middle
        return rounded(v[0], printed), rounded(v[1], printed)

    return interval(rule["tree"], fetch)


def verdict(target, relation, computed):
    low = -INF if relation == "<=" else computed[0]
    high = INF if relation == ">=" else computed[1]
    return "agrees" if target.range[0] <= high and low <= target.range[1] else "contradicts"


# --- of other places ---

class Elsewhere:
    """The target as if it were of another place: what is published there may all be used."""

    def __init__(self, target, place):
        self.article, self.period, self.moment, self.place, self.variable = (
            target.article, target.period, target.moment, place, None)

    def one_time(self, other):
        return other.one_time(self)


def there(world, target, rule, place, used):
    for chosen in solutions(world, Elsewhere(target, place), rule["needs"], {}, tuple(used)):
        v = value(rule, chosen)
        if not isinstance(v, str):
            used += [c for c in chosen.values() if isinstance(c, Claim)]
            return v
    return None


def over(world, target, rule):
    """The range and the claims that enter it; None when nothing does."""
    used, how = [], rule["over"]
    if how.startswith("rank"):
        kind = world.about(target.place, "class")
        own = there(world, target, rule, target.place, used) if kind else None
        if own is None:
            return None
        others = [there(world, target, rule, p, used) for p in world.seen
                  if p != target.place and world.about(p, "class") == kind]
        if how.endswith("asc"):
            own, others = (-own[1], -own[0]), [o and (-o[1], -o[0]) for o in others]
        others = [o for o in others if o]
        members = sum((r.get("class") or "") == kind for r in world.places)
        ends = (1 + sum(o[0] > own[1] for o in others), members - sum(o[1] <= own[0] for o in others))
    else:
        others = [there(world, target, rule, p, used) for p in world.seen if world.about(p, "whole") == target.place]
        others = [o for o in others if o]
        if how == "sum":
            ends = sum(o[0] for o in others), sum(o[1] for o in others)
        elif how == "count > 0":
            ends = sum(o[0] > 0 for o in others), sum(o[1] > 0 for o in others)
        else:
            ends = sum(o[0] >= 0 for o in others), sum(o[1] >= 0 for o in others)
    return (tuple(Fraction(e) if abs(e) != INF else e for e in ends), [c.line for c in used]) if others else None


# --- findings: line, verdict, definition, relation, the ends, the lines they come from ---

def finding(target, name, relation, computed, inputs):
    what = "cannot be computed"
    ends = None
    if not isinstance(computed, str):
        what = verdict(target, relation, computed)
        ends = tuple(x / target.scale if abs(x) != INF else x for x in computed)
        if target.sign < 0:
            ends = -ends[1], -ends[0]
    if target.sign < 0:
        relation = {"<=": ">=", ">=": "<="}.get(relation, relation)
    return target.line, what, name, relation, ends, tuple(sorted(inputs))


def of_claim(world, target):
    computed, lacking, found = False, None, []
    for rule in world.rules:
        if rule["variable"] != target.variable or rule.get("use") == "imply":
            continue
        relation, any_way = rule["relation"] or "=", False
        if rule.get("over"):
            elsewhere = over(world, target, rule)
            if elsewhere:
                any_way, computed = True, computed or relation == "="
                found.append(finding(target, rule["id"], relation, *elsewhere))
            elif relation == "=":
                lacking = lacking or rule
            continue
        for chosen in solutions(world, target, rule["needs"], {}):
            any_way = True
            v = value(rule, chosen)
            computed = computed or (relation == "=" and not isinstance(v, str))
            found.append(finding(target, rule["id"], relation, v,
                                 [c.line for c in chosen.values() if isinstance(c, Claim)]))
        if not any_way and relation == "=":
            lacking = lacking or rule
    if lacking and not computed:
        found.append((target.line, "cannot be computed", lacking["id"], "=", None, ()))
    for c in world.claims:
        if c.line < target.line and c.variable == target.variable and c.together(target):
            found.append(finding(target, "same", "=", c.range, [c.line]))
    return found or [(target.line, "cannot be computed", "", "", None, ())]


def findings(world):
    for target in world.claims:
        yield from of_claim(world, target) if target.variable else [
            (target.line, "cannot be computed", "", "", None, ())]


# --- what claims reports ---

def report(measures, definitions, claims, places):
    command = ["claims", "-m", measures, "-d", definitions, "-l", places, *(x for u in UNITS for x in ("-u", u)), claims]
    done = subprocess.run([str(x) for x in command], capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    lines = done.stdout.split("\n")
    rows = [dict(zip(lines[0].split("\t"), x.split("\t"))) for x in lines[1:] if x]
    assert done.returncode == any(r["verdict"] == "contradicts" for r in rows)
    return rows


def outward(end, printed, decimals, up):
    """Whether a printed end is the exact one, or the nearest outside it."""
    if abs(end) == INF:
        return printed == "\\-"
    units = end * 10**(decimals + 2)
    return Fraction(printed) * 10**(decimals + 2) == (math.ceil(units) if up else math.floor(units))


def compare(world, rows, where):
    want, got = list(findings(world)), rows
    key = {c.line: c for c in world.claims}

    def short(r):
        lines = tuple(sorted(int(x) for x in re.findall(r", line (\d+)\)", r["inputs"])))
        return int(r["line"]), r["verdict"], r["definition"], r["relation"], lines

    expected = Counter((*w[:4], w[5]) for w in want)
    assert expected == Counter(short(r) for r in got), (
        where, "wanted", expected - Counter(short(r) for r in got), "got", Counter(short(r) for r in got) - expected)
    for w, r in zip(want, got):
        assert (*w[:4], w[5]) == short(r), (where, w, r)
        if w[4]:
            decimals = key[w[0]].decimals
            assert outward(w[4][0], r["computed_low"], decimals, False), (where, w, r)
            assert outward(w[4][1], r["computed_high"], decimals, True), (where, w, r)
    return Counter(w[1] for w in want)


# --- the laws ---

PATHS = RULES / "measures.tsv", RULES / "definitions.tsv"
PLACES = RULES / "places.tsv"


def sample(_, __):
    counts = compare(World(*PATHS, SAMPLE, PLACES), report(*PATHS, SAMPLE, PLACES), "sample")
    assert counts["agrees"] > 50 and counts["contradicts"] > 0, counts
    return counts


def write(path, rows):
    path.write_text("\n".join("\t".join(r) for r in rows) + "\n", encoding="utf-8")


def change(rng, row):
    row = dict(row)
    digits = len(row["value"].partition(".")[2])
    if rng.random() < 0.3:
        moved = Fraction(row["value"]) + Fraction(rng.choice([-20, -2, -1, 1, 2, 20]), 10**digits)
        row["value"] = f"{float(max(moved, 0)):.{digits}f}"
    if rng.random() < 0.2:
        row["as_of"] = rng.choice(["undated", "2022", "2022-11-30", "2022-01..11", "2022-11.."])
    if rng.random() < 0.1:
        row["qual"] = rng.choice(["=", "~", ">=", "<="])
    if rng.random() < 0.2:
        row["article"] = rng.choice(["1", "2", row["article"]])
    if "year start" in row["measure_en"] and "balance at" in row["measure_en"] or row["measure_en"].startswith(
            "NPL ratio at"):
        row["as_of"] = rng.choice(["undated", "2021-12-31", "2020-12-31"])
    return row


def changed(seed, rounds):
    rng, rows, counts = random.Random(seed), table(SAMPLE), Counter()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "claims.tsv")
        for n in range(rounds):
            some = [change(rng, r) for r in rows if rng.random() < 0.9]
            if rng.random() < 0.5:
                rng.shuffle(some)
            write(path, [COLUMNS] + [[r[c] for c in COLUMNS] for r in some])
            counts += compare(World(*PATHS, path, PLACES), report(*PATHS, path, PLACES), f"changed {seed} {n}")
    return counts


NAMES = "abcdefg"
SHAPES = ["{0} + {1}", "{0} - {1}", "{0} * {1} / 100", "{0} / {1} * 100", "(1 - {0} / {1}) * 100", "max({0}, {1}) - {2}",
          "-{0}", "{0} / ({1} - {0}) * 100"]


def invented(seed, rounds):
    rng, counts = random.Random(seed), Counter()
    with tempfile.TemporaryDirectory() as place:
        paths = [Path(place, f"{x}.tsv") for x in ("measures", "definitions", "claims", "places")]
        for n in range(rounds):
            county = [[p, "", "county"] for p in ["E", "W", "N"][:rng.randint(2, 3)]]
            write(paths[3], [["place", "whole", "class"]] + county + [["*(E)", "E", ""], ["*(W)", "W", ""]])
            moments = {v: rng.choice(["", "", "", "open", "same"]) for v in NAMES}
            write(paths[0], [["measure", "variable", "dimension", "sign", "moment"]] +
                  [[v.upper(), v, "yuan", rng.choice(["", "", "-"]), moments[v]] for v in NAMES])
            rules = []
            for _ in range(rng.randint(2, 9)):
                v, *others = rng.sample(NAMES, 4)
                use = rng.choice(["", "check", "imply"])
                relation = "=" if use == "imply" else rng.choice(["=", "=", "", "<=", ">="])
                how = "" if use == "imply" else rng.choice(["", "", "rank desc", "rank asc", "sum", "count > 0", "count >= 0"])
                relation = "=" if how.startswith("rank") else ">=" if how else relation
                shape = rng.choice(SHAPES if not how else ["{0}", "{0} - 1", "{0} / {1} * 100"])
                rules.append([f"D{len(rules)}", v, relation, shape.format(*others), use, rng.choice(["", "", "", "1"]), how])
            write(paths[1], [["id", "variable", "relation", "expression", "use", "printed", "over"]] + rules)
            claims = []
            for _ in range(rng.randint(1, 35)):
                v = rng.choice(NAMES)
                days = ["2021-12-31", "2020-12-31"] if moments[v] == "open" else [
                    "2022-11-30", "2021-11-30", "2022", "2022-02-28", "2021-02", "2022-01..11", "2021-01..2021-11"]
                claims.append([rng.choice("12"), rng.choice(["E", "E", "E", "W", "N", "x (E)", "y (E)"]), v.upper(),
                               rng.choice(["=", "=", "=", "~", ">=", "<="]),
                               rng.choice(["", "", "", "-"]) + f"{rng.randint(0, 30) / 10:.{rng.randint(0, 2)}f}",
                               rng.choice(["元", "元", "万元"]), rng.choice(["undated", *days])])
            write(paths[2], [COLUMNS] + claims)
            counts += compare(World(*paths), report(*paths), f"invented {seed} {n}")
            counts["of other places"] += sum(bool(r[6]) for r in rules)
    return counts


def corners(_, __):
    world, counts = World(*PATHS, SAMPLE, PLACES), Counter()
    for target in world.claims:
        for rule in (r for r in world.rules if r["variable"] == target.variable and r.get("use") != "imply"):
            for chosen in () if rule.get("over") else solutions(world, target, rule["needs"], {}):
                inputs = [v for v, c in chosen.items() if isinstance(c, Claim)]
                ends = [sorted(set(chosen[v].range)) for v in inputs]
                wide = value(rule, chosen)
                if rule.get("printed") or isinstance(wide, str) or any(abs(x) == INF for e in ends for x in e):
                    continue
                values = [at(rule, chosen, dict(zip(inputs, corner))) for corner in itertools.product(*ends)]
                relation = rule["relation"] or "="
                assert verdict(target, relation, (min(values), max(values))) == verdict(target, relation, wide), (
                    target.line, rule["id"])
                counts["exact" if (min(values), max(values)) == wide else "wider, same verdict"] += 1
    assert counts["exact"] > 50, counts
    return counts


def at(rule, chosen, values):
    def fetch(name):
        what = chosen[name]
        v = at(what, chosen, values) if isinstance(what, dict) else values[name]
        return v, v
    return interval(rule["tree"], fetch)[0]


def main():
    law = {"sample": sample, "changed": changed, "invented": invented, "corners": corners}[sys.argv[1]]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20221130
    print(dict(law(seed, int(sys.argv[3]) if len(sys.argv) > 3 else 30)))


if __name__ == "__main__":
    main()
