#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""expr_judge: random expressions, computed by derive and by Python's fractions, must agree on every row.

usage: expr_judge.py [SEED [EXPRESSIONS]]     the same seed gives the same expressions
"""
import random
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

LIMIT = 1 << 127
EMPTY, NA = "", "\\-"
COLUMNS = ["a", "b", "c", "d"]
MODES = ["half_up", "half_even", "gbt8170", "down", "ceiling", "floor"]


class Untestable(Exception):
    """Beyond 128 bits, or divided by a literal zero: derive refuses both, the bats and unit tests say how."""


def fits(x):
    if isinstance(x, Fraction) and (abs(x.numerator) >= LIMIT or x.denominator >= LIMIT):
        raise Untestable
    return x


def rounded(x, digits, mode):
    scaled = abs(x) * 10**digits
    whole = scaled.numerator // scaled.denominator
    rest = scaled - whole
    half = Fraction(1, 2)
    up = {
        "half_up": rest >= half,
        "half_even": rest > half or (rest == half and whole % 2 == 1),
        "gbt8170": rest > half or (rest == half and whole % 2 == 1),
        "down": False,
        "ceiling": rest > 0 and x > 0,
        "floor": rest > 0 and x < 0,
    }[mode]
    whole += up
    return Fraction(-whole if x < 0 else whole, 10**digits)


def missing(*values):
    if NA in values:
        return NA
    return EMPTY if EMPTY in values else None


def strict(function):
    def apply(*values):
        m = missing(*values)
        return function(*values) if m is None else m

    return apply


def undecided(function):
    def apply(*values):
        return EMPTY if missing(*values) is not None else function(*values)

    return apply


def kleene_and(x, y):
    if x is False or y is False:
        return False
    return EMPTY if EMPTY in (x, y) else True


def negate(x):
    return EMPTY if x == EMPTY else not x


def is_in(x, *items):
    if missing(x) is not None:
        return EMPTY
    if any(missing(i) is None and i == x for i in items):
        return True
    return EMPTY if any(missing(i) is not None for i in items) else False


def between(x, low, high):
    return kleene_and(undecided(lambda p, q: p >= q)(x, low), undecided(lambda p, q: p <= q)(x, high))


def coalesce(*values):
    for v in values:
        if missing(v) is None:
            return v
    return values[-1]


ARITHMETIC = {
    "+": (1, strict(lambda x, y: x + y)),
    "-": (1, strict(lambda x, y: x - y)),
    "*": (2, strict(lambda x, y: x * y)),
    "/": (2, strict(lambda x, y: NA if y == 0 else x / y)),
}
COMPARISONS = {
    "==": lambda x, y: x == y,
    "!=": lambda x, y: x != y,
    "<": lambda x, y: x < y,
    "<=": lambda x, y: x <= y,
    ">": lambda x, y: x > y,
    ">=": lambda x, y: x >= y,
}


class Maker:
    """Makes (text, precedence, value of a row); parentheses only where the grammar needs them."""

    def __init__(self, seed):
        self.r = random.Random(seed)

    def number(self):
        digits = self.r.randrange(4)
        return str(Decimal(self.r.randrange(10 ** self.r.randrange(1, 6))).scaleb(-digits))

    def leaf(self):
        if self.r.random() < 0.7:
            name = self.r.choice(COLUMNS)
            return name, 9, lambda row: row[name]
        text = self.number()
        return text, 9, lambda row: Fraction(text)

    @staticmethod
    def wrapped(part, level):
        return part[0] if part[1] >= level else f"({part[0]})"

    def numeric(self, depth):
        if depth == 0 or self.r.random() < 0.1:
            return self.leaf()
        kind = self.r.randrange(12)
        if kind < 6:
            sign = self.r.choice(list(ARITHMETIC))
            level, f = ARITHMETIC[sign]
            x, y = self.numeric(depth - 1), self.numeric(depth - 1)
            if sign == "/" and not any(c in y[0] for c in COLUMNS) and y[2]({}) == 0:
                raise Untestable
            text = f"{self.wrapped(x, level)} {sign} {self.wrapped(y, level + 1)}"
            return text, level, lambda row: fits(f(x[2](row), y[2](row)))
        if kind == 6:
            x = self.numeric(depth - 1)
            return "-" + self.wrapped(x, 3), 3, lambda row: strict(lambda v: -v)(x[2](row))
        if kind == 7:
            name, f = self.r.choice([("min", min), ("max", max)])
            parts = [self.numeric(depth - 1) for _ in range(self.r.randrange(1, 4))]
            return self.call(name, parts), 9, lambda row: strict(lambda *v: f(v))(*[p[2](row) for p in parts])
        if kind == 8:
            x = self.numeric(depth - 1)
            name, f = self.r.choice([("abs", abs), ("sign", lambda v: Fraction((v > 0) - (v < 0)))])
            return self.call(name, [x]), 9, lambda row: strict(f)(x[2](row))
        if kind == 9:
            parts = [self.numeric(depth - 1) for _ in range(self.r.randrange(1, 4))]
            return self.call("coalesce", parts), 9, lambda row: coalesce(*[p[2](row) for p in parts])
        if kind == 10:
            c, x, y = self.truth(depth - 1), self.numeric(depth - 1), self.numeric(depth - 1)

            def choose(row):
                v = c[2](row)
                return EMPTY if v == EMPTY else (x if v else y)[2](row)

            # Both branches are columns at times; then nothing but the outer round says that they are numbers.
            return self.call("if", [c, x, y]), 9, choose
        x, y = self.numeric(depth - 1), self.numeric(depth - 1)
        pct = strict(lambda p, q: NA if q <= 0 else fits(fits(p / q) * 100))
        return self.call("pct", [x, y]), 9, lambda row: pct(x[2](row), y[2](row))

    def truth(self, depth):
        kind = self.r.randrange(7)
        if depth > 0 and kind == 0:
            x = self.truth(depth - 1)
            return "not " + self.wrapped(x, -1), -1, lambda row: negate(x[2](row))
        if depth > 0 and kind == 1:
            x, y = self.truth(depth - 1), self.truth(depth - 1)
            text = f"{self.wrapped(x, -2)} and {self.wrapped(y, -1)}"
            return text, -2, lambda row: kleene_and(x[2](row), y[2](row))
        if depth > 0 and kind == 2:
            x, y = self.truth(depth - 1), self.truth(depth - 1)
            text = f"{self.wrapped(x, -3)} or {self.wrapped(y, -2)}"
            return text, -3, lambda row: negate(kleene_and(negate(x[2](row)), negate(y[2](row))))
        x, y = self.numeric(max(depth - 1, 0)), self.numeric(max(depth - 1, 0))
        number = self.number()
        if kind == 3:
            text = f"{self.wrapped(x, 1)} in ({number}, {y[0]})"
            return text, 0, lambda row: is_in(x[2](row), Fraction(number), y[2](row))
        if kind == 4:
            z = self.leaf()
            return self.call("between", [x, y, z]), 9, lambda row: between(x[2](row), y[2](row), z[2](row))
        if kind == 5:
            return self.call("is_missing", [x]), 9, lambda row: missing(x[2](row)) is not None
        sign = self.r.choice(list(COMPARISONS))
        text = f"{self.wrapped(x, 1)} {sign} {self.wrapped(y, 1)} + 0"
        f = undecided(COMPARISONS[sign])
        return text, 0, lambda row: f(x[2](row), y[2](row))

    @staticmethod
    def call(name, parts):
        return f"{name}({', '.join(p[0] for p in parts)})"

    def field(self):
        kind = self.r.randrange(12)
        if kind == 0:
            return self.r.choice([EMPTY, "\\N"])
        if kind == 1:
            return NA
        if kind == 2:
            return "0.00"
        return ("-" if self.r.random() < 0.2 else "") + self.number()


def value_of(field):
    if field in ("", "\\N"):
        return EMPTY
    return NA if field == NA else Fraction(field)


def printed(value, digits):
    if value in (EMPTY, NA) and not isinstance(value, (bool, Fraction)):
        return value
    if isinstance(value, bool):
        return str(int(value))
    units = int(value * 10**digits)
    text = str(abs(units)).rjust(digits + 1, "0")
    point = f"{text[:-digits]}.{text[-digits:]}" if digits else text
    return ("-" if units < 0 else "") + point


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    m = Maker(seed)
    fields = [[m.field() for _ in COLUMNS] for _ in range(60)]
    rows = [dict(zip(COLUMNS, map(value_of, f))) for f in fields]
    options, want = [], []
    while len(options) < count:
        digits, mode = m.r.randrange(6), m.r.choice(MODES)
        try:
            whole = m.numeric(m.r.randrange(1, 5)) if m.r.random() < 0.7 else None
            truth = m.truth(m.r.randrange(1, 4)) if whole is None else None
            if whole:
                final = strict(lambda v: fits(rounded(v, digits, mode)))
                want.append([printed(final(whole[2](row)), digits) for row in rows])
                options.append(f"e{len(options)}=round({whole[0]}, {digits}, {mode})")
            else:
                want.append([printed(truth[2](row), 0) for row in rows])
                options.append(f"e{len(options)}={truth[0]}")
        except Untestable:
            pass
    table = "".join("\t".join(row) + "\n" for row in [COLUMNS] + fields)
    command = ["derive"] + [x for o in options for x in ("-a", o)]
    done = subprocess.run(command, input=table, capture_output=True, text=True, check=False)
    got = [line.split("\t")[len(COLUMNS):] for line in done.stdout.split("\n")[1:-1]]
    wrong = 0
    if done.returncode:
        print(f"status {done.returncode}: {done.stderr.strip()}")
        return 1
    for i, option in enumerate(options):
        for r in range(len(rows)):
            mine = got[r][i] if r < len(got) else "(no row)"
            if mine != want[i][r] and (wrong := wrong + 1) <= 10:
                print(f"{option}: row {fields[r]}: {mine}, judged {want[i][r]}")
    print(f"{count} expressions, {len(rows)} rows, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
