#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""aggregate_judge: random tables, aggregated by aggregate and by Python's fractions.

usage: aggregate_judge.py LAW [SEED [ROUNDS]]     the same seed gives the same tables
  judge     every aggregate, at several grains, equals its own definition
  permuted  the order of the rows makes no difference (but to first and last without a key)
  rolled    totals equal separate runs by fewer columns
  split     tables cut into files give what the whole ones give
  merged    parts, assigned and merged at random, give what the whole gives, and the same part
  spilled   groups that go through temporary files give what those in memory give
  sorted    rows that come sorted give the same, whether told so or not
  careful   columns decoded at speed give what the same values give as expressions, row by row

All tables of a law are one file, told apart by the column `round`, so that a law is few processes."""
import itertools
import random
import subprocess
import sys
import tempfile
from fractions import Fraction
from math import isqrt
from pathlib import Path

EMPTY, NA = "", "\\-"
KEYS = ["k", "h", "p"]
COLUMNS = ["round", "k", "x", "h", "p", "t", "y", "z", "w"]


class Number:
    """A decimal as written: its value and its digits after the point."""

    def __init__(self, text):
        self.value = Fraction(text)
        self.decimals = len(text.partition(".")[2])


def printed(value, decimals):
    units = value * 10**decimals
    assert units.denominator == 1
    digits = str(abs(units.numerator)).rjust(decimals + 1, "0")
    text = digits[:-decimals] + "." + digits[-decimals:] if decimals else digits
    return "-" + text if value < 0 else text


def least_decimals(value):
    decimals = 0
    while (value * 10**decimals).denominator != 1:
        decimals += 1
    return decimals


def half_up(value, digits):
    units = abs(value) * 10**digits
    whole = (units + Fraction(1, 2)).__floor__()
    return printed(Fraction(whole if value >= 0 else -whole, 10**digits), digits)


# --- the definitions, over the fields of the rows of one group ---

def column(rows, name):
    return [r[name] for r in rows]


def reported(fields):
    return [f for f in fields if f not in (EMPTY, NA)]


def present(fields, missing):
    """The numbers that count and, where no number may be given, the kind of missing there is."""
    numbers = [Number(f) for f in reported(fields)]
    if missing == "zero":
        numbers += [Number("0") for f in fields if f == EMPTY]
    if (missing == "strict" and EMPTY in fields) or (not numbers and EMPTY in fields):
        return numbers, EMPTY
    return numbers, None if numbers else NA


def of_numbers(name, missing, define):
    """define(numbers) where there are some."""
    def aggregate(rows):
        numbers, gap = present(column(rows, name), missing)
        return gap if gap is not None else define(numbers)
    return aggregate


def sum_like(name, missing, define):
    """The same, but the sum of nothing is 0."""
    return lambda rows: of_numbers(name, missing, define)(rows) if rows else "0"


def total(numbers):
    return printed(sum(n.value for n in numbers), max(n.decimals for n in numbers))


def mean(digits):
    return lambda numbers: half_up(sum(n.value for n in numbers) / len(numbers), digits)


def extreme(choose):
    def define(numbers):
        value = choose(n.value for n in numbers)
        return printed(value, max(n.decimals for n in numbers if n.value == value))
    return define


def sevenths(rows):
    numbers, gap = present(column(rows, "x"), "zero")
    if not rows:
        return half_up(Fraction(0), 5)
    return gap if gap is not None else half_up(sum(n.value for n in numbers) / 7, 5)


def text_extreme(choose):
    def define(rows):
        fields = column(rows, "t")
        texts = [f.encode() for f in reported(fields)]
        return choose(texts).decode() if texts else EMPTY if EMPTY in fields else NA
    return define


def quantile(p, kind):
    """Hyndman and Fan (1996), by their own table: Q = (1 - g) x[j] + g x[j + 1], x[1] the least."""
    def define(numbers):
        x = sorted(numbers, key=lambda n: n.value)
        n = len(x)
        m = {1: 0, 2: 0, 3: Fraction(-1, 2), 4: 0, 5: Fraction(1, 2), 6: p, 7: 1 - p, 8: (p + 1) / 3,
             9: p / 4 + Fraction(3, 8)}[kind]
        j = (n * p + m).__floor__()
        g = n * p + m - j
        if kind == 1:
            g = Fraction(g > 0)
        elif kind == 2:
            g = Fraction(1) if g > 0 else Fraction(1, 2)
        elif kind == 3:
            g = Fraction(0) if g == 0 and j % 2 == 0 else Fraction(1)
        if j < 0:
            g = Fraction(0)

        def at(place):
            value = x[min(max(place, 1), n) - 1].value
            return value, max(y.decimals for y in numbers if y.value == value)

        (low, low_decimals), (high, high_decimals) = at(j), at(j + 1)
        value = (1 - g) * low + g * high
        if kind == 8:
            return half_up(value, 6)
        shown = max(low_decimals if g != 1 else 0, high_decimals if g != 0 else 0, least_decimals(value))
        return printed(value, shown)
    return define


def variance(numbers, less):
    values = [n.value for n in numbers]
    middle = sum(values) / len(values)
    return sum((v - middle)**2 for v in values) / (len(values) - less) if len(values) > less else None


def spread(less, digits):
    def define(numbers):
        v = variance(numbers, less)
        return NA if v is None else half_up(v, digits)
    return define


def deviation(less, digits):
    """The root rounded half up: the largest r with (r - 1/2)^2 <= v, in units of 10^-digits."""
    def define(numbers):
        v = variance(numbers, less)
        if v is None:
            return NA
        v *= 100**digits
        r = isqrt(v.__floor__())
        while Fraction(2 * r + 1, 2)**2 <= v:
            r += 1
        return printed(Fraction(r, 10**digits), digits)
    return define


def pairs(rows, a, b, missing):
    """The pairs that count, and the kind of missing where none may be given."""
    found, gaps = [], set()
    for x, w in zip(column(rows, a), column(rows, b)):
        if missing == "zero":
            x, w = x or "0", w or "0"
        if NA in (x, w):
            gaps.add(NA)
        elif EMPTY in (x, w):
            gaps.add(EMPTY)
        else:
            found.append((Number(x), Number(w)))
    if (missing == "strict" or not found) and EMPTY in gaps:
        return found, EMPTY
    return found, None if found else NA


def products(missing):
    def define(rows):
        found, gap = pairs(rows, "z", "w", missing)
        if not rows:
            return "0"
        if gap is not None:
            return gap
        return printed(sum(x.value * w.value for x, w in found), max(x.decimals + w.decimals for x, w in found))
    return define


def weighted(missing):
    def define(rows):
        found, gap = pairs(rows, "z", "w", missing)
        weight = sum(w.value for _, w in found)
        if gap is not None or weight == 0:
            return gap if gap is not None else NA
        return half_up(sum(x.value * w.value for x, w in found) / weight, 6)
    return define


def top(n, share):
    def define(numbers):
        chosen = sorted(numbers, key=lambda v: -v.value)[:n]
        whole = sum(v.value for v in numbers)
        first = sum(v.value for v in chosen)
        if share:
            return NA if whole == 0 else half_up(first / whole, 6)
        # Of equal values the longest stands for all of them.
        return printed(first, max(v.decimals for v in numbers if v.value in {c.value for c in chosen}))
    return define


def concentration(numbers):
    whole = sum(n.value for n in numbers)
    return NA if whole == 0 else half_up(sum(n.value**2 for n in numbers) / whole**2, 8)


def bands(*bounds):
    def define(rows):
        counts = [0] * (len(bounds) + 1)
        for f in reported(column(rows, "x")):
            counts[sum(Fraction(f) >= b for b in bounds)] += 1
        return ",".join(map(str, counts))
    return define


def gap_of(fields):
    return EMPTY if EMPTY in fields else NA


def most_often(choose, none=False):
    def define(rows):
        fields = reported(column(rows, "t"))
        if not fields:
            return gap_of(column(rows, "t"))
        often = max(fields.count(f) for f in fields)
        best = [f.encode() for f in set(fields) if fields.count(f) == often]
        return NA if none and len(best) > 1 else choose(best).decode()
    return define


def number_most_often(rows):
    numbers = [Number(f) for f in reported(column(rows, "y"))]
    if not numbers:
        return gap_of(column(rows, "y"))
    values = [n.value for n in numbers]
    often = max(values.count(v) for v in values)
    value = min(v for v in values if values.count(v) == often)
    return printed(value, max(n.decimals for n in numbers if n.value == value))


def concatenated(rows):
    texts = sorted({f.encode() for f in reported(column(rows, "t"))}, key=lambda t: t + b"\t")
    return "; ".join(t.decode() for t in texts) if texts else gap_of(column(rows, "t"))


def numbers_concatenated(rows):
    numbers = [Number(f) for f in reported(column(rows, "y"))]
    if not numbers:
        return gap_of(column(rows, "y"))
    return ",".join(printed(v, max(n.decimals for n in numbers if n.value == v))
                    for v in sorted({n.value for n in numbers}))


def pick(key, convert, choose, among):
    """The value of t where key is least or greatest; among: what of several such values is taken."""
    def define(rows):
        keyed = [(convert(r[key]), r["t"]) for r in rows if r[key] not in (EMPTY, NA)]
        if not keyed:
            return gap_of(column(rows, key))
        best = choose(k for k, _ in keyed)
        return among(sorted({t.encode() for k, t in keyed if k == best}))
    return define


def first_text(texts):
    return texts[0].decode()


def last_text(texts):
    return texts[-1].decode()


def only_text(texts):
    return texts[0].decode() if len(texts) == 1 else NA


def chosen(rows):
    return [r["y"] for r in rows if r["t"] not in ("b", EMPTY, NA)]


HALF, TENTH, QUARTER = Fraction(1, 2), Fraction(1, 10), Fraction(1, 4)

AGGREGATES = {
    "n": ("count()", lambda rows: str(len(rows))),
    "nx": ("count(x)", lambda rows: str(len(reported(column(rows, "x"))))),
    "nw": ("count(when=t == 'a')", lambda rows: str(sum(r["t"] == "a" for r in rows))),
    "d": ("count_distinct(t)", lambda rows: str(len(set(reported(column(rows, "t")))))),
    "d2": ("count_distinct(t, y)",
           lambda rows: str(len({(r["t"], r["y"]) for r in rows if not {r["t"], r["y"]} & {EMPTY, NA}}))),
    "dn": ("count_distinct(num(y))", lambda rows: str(len({Fraction(f) for f in reported(column(rows, "y"))}))),
    "ds": ("count_distinct(x / 7)", lambda rows: str(len({Fraction(f) for f in reported(column(rows, "x"))}))),
    "s": ("sum(x)", sum_like("x", "strict", total)),
    "sk": ("sum(x, missing=skip)", sum_like("x", "skip", total)),
    "sz": ("sum(x, missing=zero)", sum_like("x", "zero", total)),
    "sw": ("sum(y, when=t != 'b', missing=skip)",
           lambda rows: sum_like("y", "skip", total)([{"y": f} for f in chosen(rows)])),
    "sq": ("round(sum(x / 7, missing=zero), 5)", sevenths),
    "m": ("round(mean(x), 3)", of_numbers("x", "strict", mean(3))),
    "mk": ("round(mean(y, missing=skip), 2)", of_numbers("y", "skip", mean(2))),
    "mz": ("round(mean(y, missing=zero), 0)", of_numbers("y", "zero", mean(0))),
    "lo": ("min(x)", of_numbers("x", "skip", extreme(min))),
    "hi": ("max(x)", of_numbers("x", "skip", extreme(max))),
    "hs": ("max(y, missing=strict)", of_numbers("y", "strict", extreme(max))),
    "lz": ("min(y, missing=zero)", of_numbers("y", "zero", extreme(min))),
    "lt": ("min(text(t))", text_extreme(min)),
    "ht": ("max(text(t))", text_extreme(max)),
    "sp": ("sumproduct(z, w, missing=skip)", products("skip")),
    "sp0": ("sumproduct(z, w, missing=zero)", products("zero")),
    "wm": ("round(weighted_mean(z, w), 6)", weighted("strict")),
    "wk": ("round(weighted_mean(z, w, missing=skip), 6)", weighted("skip")),
    "md": ("median(x)", of_numbers("x", "strict", quantile(HALF, 7))),
    "mds": ("median(x, missing=skip)", of_numbers("x", "skip", quantile(HALF, 7))),
    "q1": ("quantile(x, 0.9, 1, missing=skip)", of_numbers("x", "skip", quantile(9 * TENTH, 1))),
    "q2": ("quantile(y, 0.25, 2, missing=skip)", of_numbers("y", "skip", quantile(QUARTER, 2))),
    "q3": ("quantile(y, 0.5, 3, missing=skip)", of_numbers("y", "skip", quantile(HALF, 3))),
    "q4": ("quantile(y, 0.3, 4, missing=skip)", of_numbers("y", "skip", quantile(3 * TENTH, 4))),
    "q5": ("quantile(y, 0, 5, missing=zero)", of_numbers("y", "zero", quantile(Fraction(0), 5))),
    "q6": ("quantile(x, 1, 6, missing=skip)", of_numbers("x", "skip", quantile(Fraction(1), 6))),
    "q7": ("quantile(x, 0.1, missing=skip)", of_numbers("x", "skip", quantile(TENTH, 7))),
    "q8": ("round(quantile(z, 0.9, 8, missing=skip), 6)", of_numbers("z", "skip", quantile(9 * TENTH, 8))),
    "q9": ("quantile(z, 0.1, 9, missing=skip)", of_numbers("z", "skip", quantile(TENTH, 9))),
    "vp": ("round(var_pop(z, missing=skip), 5)", of_numbers("z", "skip", spread(0, 5))),
    "vs": ("round(var_samp(z), 5)", of_numbers("z", "strict", spread(1, 5))),
    "dp": ("stddev_pop(x, 4, missing=skip)", of_numbers("x", "skip", deviation(0, 4))),
    "ds2": ("stddev_samp(z, 9, missing=zero)", of_numbers("z", "zero", deviation(1, 9))),
    "hh": ("round(hhi(z, missing=skip), 8)", of_numbers("z", "skip", concentration)),
    "t1": ("top_sum(x, 1, missing=skip)", sum_like("x", "skip", top(1, False))),
    "t5": ("top_sum(x, 5)", sum_like("x", "strict", top(5, False))),
    "ts": ("round(top_share(z, 3, missing=skip), 6)", of_numbers("z", "skip", top(3, True))),
    "hg": ("histogram(x, -10, 0, 1.505, 1000000)", bands(-10, 0, Fraction("1.505"), 10**6)),
    "mo": ("mode(t)", most_often(min)),
    "mog": ("mode(t, ties=greatest)", most_often(max)),
    "mon": ("mode(t, ties=none)", most_often(min, True)),
    "mn": ("mode(num(y))", number_most_often),
    "c": ("concat_distinct(t, '; ')", concatenated),
    "cn": ("concat_distinct(num(y))", numbers_concatenated),
    "fk": ("first(t, y)", pick("y", Fraction, min, first_text)),
    "lk": ("last(t, y, ties=greatest)", pick("y", Fraction, max, last_text)),
    "ft": ("first(t, text(h), ties=none)", pick("h", str.encode, min, only_text)),
    "ltx": ("last(t, text(h))", pick("h", str.encode, max, first_text)),
}
POSITIONS = {
    "f": ("first(t)", lambda rows: rows[0]["t"] if rows else NA),
    "l": ("last(x)", lambda rows: rows[-1]["x"] if rows else NA),
}


# --- random tables ---

def random_number(rng):
    kind = rng.random()
    if kind < 0.08:
        return EMPTY
    if kind < 0.16:
        return NA
    if kind < 0.18:
        return "\\N"
    digits = rng.choice([1, 2, 3, 6, 9, 14, 19, 24])
    decimals = rng.choice([0, 0, 1, 2, 2, 2, 4, 6, 11])
    units = rng.randrange(10**digits) * rng.choice([1, 1, -1])
    return printed(Fraction(units, 10**decimals), decimals)


def random_row(rng, gaps, plain):
    """plain: numbers as money is written, which are decoded at speed."""
    def number():
        field = random_number(rng)
        if plain:
            field = printed(Fraction(rng.randrange(-10**9, 10**11), 100), 2)
        return field if gaps or field not in (EMPTY, NA, "\\N") else rng.choice(["0", "0.00", "-7.5", "1.50", "1.5"])

    def small():
        if gaps and rng.random() < 0.1:
            return rng.choice([EMPTY, NA])
        return rng.choice(["0", "1", "-2.5", "0.0001", str(rng.randrange(1000)), f"{rng.randrange(10**7) / 100:.2f}"])

    return {
        "k": rng.choice(["E", "W", "市区", "", "\\-", "\\N", "N S", "E\x01"]),
        "x": number(),
        "h": rng.choice(["1", "10", "2", "01"]),
        "p": rng.choice(["2022-11", "2022-12"]),
        "t": rng.choice(["a", "b", "c", "中文", "a\x02", "", "\\-", "\\N", "a\\tb"]),
        "y": number() if rng.random() < 0.5 else rng.choice(["1", "1.0", "2.50", "2.5"]),
        "z": small(),
        "w": small(),
    }


def random_rounds(rng, rounds):
    rows = []
    for number in range(rounds):
        gaps, plain = rng.random() < 0.5, rng.random() < 0.3
        for _ in range(rng.choice([1, 2, 5, 20, 40, 150])):
            rows.append({"round": f"{number:04}", **random_row(rng, gaps, plain)})
    return rows


def as_text(rows):
    return "\t".join(COLUMNS) + "\n" + "".join("\t".join(r[c] for c in COLUMNS) + "\n" for r in rows)


def read_null(rows):
    return [{c: EMPTY if f == "\\N" else f for c, f in r.items()} for r in rows]


# --- both sides ---

def aggregate(args, text=None):
    done = subprocess.run(["aggregate", *args], input=text.encode() if text is not None else b"", capture_output=True)
    if done.returncode:
        Path("aggregate-judge.tsv").write_text(text or "")
        raise SystemExit(f"aggregate {args} < aggregate-judge.tsv: status {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


def arguments(keys, aggregates=None):
    args = ["-g", ",".join(keys)] if keys else []
    for name, (text, _) in (aggregates or AGGREGATES).items():
        args += ["-a", f"{name}={text}"]
    return args


def show(what, args, text, wanted, got):
    if wanted == got:
        return
    Path("aggregate-judge.tsv").write_text(text)
    names = wanted.split("\n")[0].split("\t")
    for number, (a, b) in enumerate(itertools.zip_longest(wanted.split("\n"), got.split("\n")), 1):
        if a != b:
            left, right = (a or "").split("\t"), (b or "").split("\t")
            cells = [f"{n}: wanted {x!r}, got {y!r}" for n, x, y in zip(names, left, right) if x != y]
            raise SystemExit(f"{what}: aggregate {args} < aggregate-judge.tsv\nline {number}\nwanted: {a}\ngot:    {b}\n"
                             + "\n".join(cells))


def line_order(key, total):
    """As lines sort that begin with the key: each field ends with a TAB, a total stands last."""
    return [b"\xff" if i in total else f.encode() + b"\t" for i, f in enumerate(key)]


def expected(rows, keys, sets, aggregates):
    lines = []
    for kept in sets:
        groups = {}
        for row in rows:
            groups.setdefault(tuple(row[k] for k in kept), []).append(row)
        total = {i for i, k in enumerate(keys) if k not in kept}
        bits = sum(1 << (len(keys) - 1 - i) for i in total)
        for key, members in groups.items():
            field = dict(zip(kept, key))
            shown = [field.get(k, NA) for k in keys]
            lines.append((line_order(shown, total), shown + [str(bits)] + [define(members) for _, define in aggregates.values()]))
    lines.sort(key=lambda line: line[0])
    header = keys + ["bits"] + list(aggregates)
    return "".join("\t".join(f) + "\n" for f in [header] + [fields for _, fields in lines])


# --- the laws ---

def judge(rng, rounds):
    rows, keys, aggregates = random_rounds(rng, rounds), ["round", *KEYS], {**AGGREGATES, **POSITIONS}
    sets = [["round", "k"], ["round", "h", "p"], ["round"]]
    args = [*arguments(keys, aggregates), "--grouping", "bits", "--sets", ";".join(",".join(s) for s in sets)]
    text = as_text(rows)
    show("judge", args, text, expected(read_null(rows), keys, sets, aggregates), aggregate(args, text))


def permuted(rng, rounds):
    rows = random_rounds(rng, rounds)
    args = [*arguments(["round", *KEYS]), "--rollup"]
    other = rows[:]
    rng.shuffle(other)
    show("permuted", args, as_text(rows), aggregate(args, as_text(rows)), aggregate(args, as_text(other)))


def rolled(rng, rounds):
    rows, keys = random_rounds(rng, rounds), ["round", *KEYS]
    aggregates = {**AGGREGATES, **POSITIONS}
    text, args = as_text(rows), [*arguments(keys, aggregates), "--cube", "--grouping", "bits"]
    whole = [line.split("\t") for line in aggregate(args, text).split("\n")[1:-1]]
    for chosen_keys in itertools.chain.from_iterable(itertools.combinations(range(4), n) for n in range(5)):
        kept = [keys[i] for i in chosen_keys]
        bits = str(sum(8 >> i for i in range(4) if i not in chosen_keys))
        totals = [[line[i] for i in chosen_keys] + line[5:] for line in whole if line[4] == bits]
        alone = aggregate(arguments(kept, aggregates), text).split("\n", 1)[1]
        show("rolled", args, text, alone, "".join("\t".join(line) + "\n" for line in totals))


def files_of(place, parts):
    names = []
    for number, part in enumerate(parts):
        names.append(f"{place}/{number}.tsv")
        Path(names[-1]).write_text(as_text(part))
    return names


def split(rng, rounds):
    rows = random_rounds(rng, rounds)
    cuts = sorted(rng.randrange(len(rows) + 1) for _ in range(7))
    with tempfile.TemporaryDirectory() as place:
        files = files_of(place, [rows[a:b] for a, b in zip([0] + cuts, cuts + [len(rows)])])
        for order in ("sorted", "first"):
            args = [*arguments(["round", "k"], {**AGGREGATES, **POSITIONS}), "--rollup", "--order", order]
            show("split", args, as_text(rows), aggregate(args, as_text(rows)), aggregate([*args, *files]))


def merged(rng, rounds):
    rows = random_rounds(rng, rounds)
    text, spec = as_text(rows), arguments(["round", "k", "h"])
    parts = [[] for _ in range(11)]
    for row in rows:
        rng.choice(parts[:-1]).append(row)  # the last one stays empty
    with tempfile.TemporaryDirectory() as place:
        left = []
        for number, file in enumerate(files_of(place, parts)):
            left.append(f"{place}/{number}.part")
            memory = rng.choice([[], ["--memory", "1"]])
            aggregate(["--partial", *spec, *memory, "--part", f"{number + 1}/11", "-o", left[-1], file])
        while len(left) > 1:  # a tree of any shape
            some = [left.pop(rng.randrange(len(left))) for _ in range(min(len(left), rng.randrange(1, 5)))]
            left.append(f"{place}/{len(left)}.{rng.randrange(10**9)}.part")
            aggregate(["--merge", "-o", left[-1], *some])
        whole = aggregate(["--partial", *spec], text)
        show("merged part", spec, text, whole, Path(left[0]).read_text())
        for totals in ([], ["--cube"]):
            show("merged", [*spec, *totals], text, aggregate([*spec, *totals], text), aggregate(["--final", *totals, left[0]]))


def spilled(rng, rounds):
    rows = random_rounds(rng, rounds)
    text, aggregates = as_text(rows), {**AGGREGATES, **POSITIONS}
    for keys, totals in ((["round", *KEYS], []), (["round", "k"], ["--cube", "--grouping", "bits"]), ([], [])):
        args = [*arguments(keys, aggregates), *totals]
        for memory in ("1", "1500K"):
            show("spilled", [*args, "--memory", memory], text, aggregate(args, text),
                 aggregate([*args, "--memory", memory], text))
    part = ["--partial", *arguments(["round", "k"])]
    show("spilled part", part, text, aggregate(part, text), aggregate([*part, "--memory", "1"], text))


def in_order(rows, keys):
    def order(row):
        return line_order([EMPTY if row[k] == "\\N" else row[k] for k in keys], set())
    return sorted(rows, key=order)


def sorted_rows(rng, rounds):
    keys = ["round", "h", "k"]
    rows = in_order(random_rounds(rng, rounds), keys)
    whole, some = as_text(rows), as_text(rows[:len(rows) // 5])
    for text, totals, memory in ((whole, [], "1G"), (whole, ["--rollup"], "1G"), (some, ["--rollup"], "200K"),
                                 (some, ["--cube"], "1G"), (some, ["--cube"], "200K")):
        args = [*arguments(keys, {**AGGREGATES, **POSITIONS}), *totals]
        told = [*args, "--sorted", "--memory", memory]
        show("sorted", told, text, aggregate(args, text), aggregate(told, text))


def careful(rng, rounds):
    def slowly(call):
        for name in "xyzw":
            for before, after in (("(", ","), ("(", ")"), (" ", ","), (" ", ")"), ("(", " /")):
                call = call.replace(before + name + after, f"{before}({name} + 0){after}")
        return call.replace("distinct(t", "distinct(text(t)").replace("mode(t", "mode(text(t)").replace("(t, (y + 0)", "(t, y")

    text = as_text(random_rounds(rng, rounds))
    slow = {name: (slowly(call), define) for name, (call, define) in AGGREGATES.items() if name != "d2"}
    fast = {name: AGGREGATES[name] for name in slow}
    show("careful", arguments(["round", "k"], slow), text, aggregate(arguments(["round", "k"], slow), text),
         aggregate(arguments(["round", "k"], fast), text))


LAWS = {"judge": judge, "permuted": permuted, "rolled": rolled, "split": split, "merged": merged, "spilled": spilled,
        "sorted": sorted_rows, "careful": careful}

if __name__ == "__main__":
    law = sys.argv[1]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    LAWS[law](random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20221130), count)
    print(f"{law}: {count} tables agree")
