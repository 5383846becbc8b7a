#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""expr_judge: random expressions with every operator and function of the language, computed by derive and by Python's
fractions, dates and strings, must agree on every row of random tables. Each table holds its rows twice, the second
time shuffled, so that what a row gives is seen not to depend on where it stands.

usage: expr_judge.py [SEED [ROUNDS]]     the same seed gives the same tables and expressions
"""
import random
import re
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

LIMIT = 1 << 127
ROWS, EXPRESSIONS = 24, 8
MODES = ["half_up", "half_even", "gbt8170", "down", "ceiling", "floor"]


class Missing(NamedTuple):
    field: str


EMPTY, NA = Missing(""), Missing("\\-")


class Number(NamedTuple):
    """A number and the decimals it is printed with at least."""
    value: Fraction
    decimals: int = 0


class Untestable(Exception):
    """Beyond 128 bits, 18 decimals, or divided by a literal zero: derive refuses them, other tests say how."""


def number(value, decimals=0):
    value = Fraction(value)
    if abs(value.numerator) >= LIMIT or value.denominator >= LIMIT:
        raise Untestable
    return Number(value, decimals)


# --- what a missing operand does ---

def missing(*values):
    if NA in values:
        return NA
    return EMPTY if EMPTY in values else None


def strict(function):
    return lambda *values: function(*values) if missing(*values) is None else missing(*values)


def undecided(function):
    return lambda *values: function(*values) if missing(*values) is None else EMPTY


def kleene_and(x, y):
    if x is False or y is False:
        return False
    return EMPTY if EMPTY in (x, y) else True


def negate(x):
    return EMPTY if x is EMPTY else not x


# --- numbers ---

def rounded(x, digits, mode):
    scaled = abs(x.value) * 10**digits
    whole = scaled.numerator // scaled.denominator
    rest, half, negative = scaled - whole, Fraction(1, 2), x.value < 0
    whole += {
        "half_up": rest >= half,
        "half_even": rest > half or (rest == half and whole % 2 == 1),
        "gbt8170": rest > half or (rest == half and whole % 2 == 1),
        "down": False,
        "ceiling": rest > 0 and not negative,
        "floor": rest > 0 and negative,
    }[mode]
    return number(Fraction(-whole if negative else whole, 10**digits), digits)


def divide(x, y):
    return number(x.value / y.value) if y.value else NA


def percent(x, y):
    return number(number(x.value / y.value).value * 100) if y.value > 0 else NA


def extreme(better):
    def pick(first, *others):
        for other in others:
            if better(other.value, first.value):
                first = other
        return first
    return pick


ARITHMETIC = {
    "+": (1, lambda x, y: number(x.value + y.value, max(x.decimals, y.decimals))),
    "-": (1, lambda x, y: number(x.value - y.value, max(x.decimals, y.decimals))),
    "*": (2, lambda x, y: number(x.value * y.value, x.decimals + y.decimals)),
    "/": (2, divide),
}


# --- comparisons ---

def key(v):
    return v.value if isinstance(v, Number) else v.encode() if isinstance(v, str) else v


COMPARISONS = {
    "==": lambda x, y: key(x) == key(y),
    "!=": lambda x, y: key(x) != key(y),
    "<": lambda x, y: key(x) < key(y),
    "<=": lambda x, y: key(x) <= key(y),
    ">": lambda x, y: key(x) > key(y),
    ">=": lambda x, y: key(x) >= key(y),
}


def is_in(x, *items):
    if missing(x) is not None:
        return EMPTY
    if any(missing(i) is None and key(i) == key(x) for i in items):
        return True
    return EMPTY if any(missing(i) is not None for i in items) else False


def between(x, low, high):
    return kleene_and(undecided(COMPARISONS[">="])(x, low), undecided(COMPARISONS["<="])(x, high))


def coalesce(*values):
    return next((v for v in values if missing(v) is None), values[-1])


# --- texts and dates ---

def ascii_case(upper):
    old, new = ("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")[::1 if upper else -1]
    return lambda t: t.translate(str.maketrans(old, new))


def parts(d):
    words = [int(w) for w in d.split("-")]
    return words + [0] if len(words) == 2 else words


def months(a, b):
    (ya, ma, da), (yb, mb, db) = parts(a), parts(b)
    count = (yb - ya) * 12 + mb - ma
    if count > 0 and db < da:
        count -= 1
    elif count < 0 and db > da:
        count += 1
    return number(count)


def shift_month(d, n):
    year, month, _ = parts(d)
    return "%04d-%02d" % divmod_month(year * 12 + month - 1 + int(n.value))


def divmod_month(count):
    return count // 12, count % 12 + 1


def month_end(d):
    year, month, _ = parts(d)
    following = date(*divmod_month(year * 12 + month), 1)
    return (following - timedelta(1)).isoformat()


def is_date(t):
    try:
        return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", t) is not None and bool(date.fromisoformat(t))
    except ValueError:
        return False


# name: (argument types, result type, function); n number, t text, d date, m month or date, c truth value
FUNCTIONS = {
    "abs": ("n", "n", lambda x: Number(abs(x.value), x.decimals)),
    "sign": ("n", "n", lambda x: number((x.value > 0) - (x.value < 0))),
    "length": ("t", "n", lambda t: number(len(t))),
    "concat": ("tt", "t", lambda t, u: t + u),
    "starts": ("tt", "c", lambda t, u: t.startswith(u)),
    "ends": ("tt", "c", lambda t, u: t.endswith(u)),
    "contains": ("tt", "c", lambda t, u: u in t),
    "upper": ("t", "t", ascii_case(True)),
    "lower": ("t", "t", ascii_case(False)),
    "trim": ("t", "t", lambda t: t.strip(" \t\n\r\u3000")),
    "year": ("m", "n", lambda d: number(parts(d)[0])),
    "quarter": ("m", "n", lambda d: number((parts(d)[1] + 2) // 3)),
    "month": ("m", "n", lambda d: number(parts(d)[1])),
    "day": ("d", "n", lambda d: number(parts(d)[2])),
    "days": ("dd", "n", lambda a, b: number((date.fromisoformat(b) - date.fromisoformat(a)).days)),
    "months": ("dd", "n", months),
    "valid_date": ("t", "c", is_date),
    "period": ("m", "m", lambda d: d[:7]),
    "month_end": ("m", "d", month_end),
}
SPECIAL = {"round", "pct", "chain", "min", "max", "if", "coalesce", "is_missing", "is_na", "between", "num", "text",
           "substr", "replace", "pad", "matches", "shift_day", "shift_month"}


class Maker:
    """Makes (text, precedence, value of a row); parentheses only where the grammar needs them."""

    def __init__(self, r, used):
        self.r, self.used = r, used

    # --- fields and literals ---

    def decimal(self):
        digits = self.r.randrange(4)
        return str(Decimal(self.r.randrange(10 ** self.r.randrange(1, 6))).scaleb(-digits))

    def field(self, column):
        """A field; where nothing but a copy is asked for it passes as it stands, so -0.0 and a \\- for truth are avoided."""
        if self.r.random() < 0.15:
            return self.r.choice(["", "\\N", "" if column == "e" else "\\-"])
        if column in "abcd":
            text = "0.00" if self.r.random() < 0.1 else self.decimal()
            return "-" + text if Fraction(text) and self.r.random() < 0.2 else text
        if column in "tu":
            return "".join(self.r.choice(["a", "B", "07", "银行", " ", "\u3000", "\\t", "\\\\", "-", "x"])
                           for _ in range(self.r.randrange(1, 4)))
        if column == "e":
            return self.r.choice(["0", "1"])
        if column == "p":
            return self.day()
        return self.day()[:7]

    def day(self):
        return (date(2000, 1, 1) + timedelta(self.r.randrange(12000))).isoformat()

    def column(self, names):
        name = self.r.choice(names)
        return name, 9, lambda row: row[name]

    def literal(self, text):
        return "'" + text.replace("'", "''") + "'", 9, lambda row: text

    def literal_number(self):
        text = self.decimal()
        return text, 9, lambda row: number(text, len(text.partition(".")[2]))

    # --- parts ---

    @staticmethod
    def wrapped(part, level):
        return part[0] if part[1] >= level else f"({part[0]})"

    def call(self, name, made, function):
        self.used.add(name)
        return f"{name}({', '.join(p[0] for p in made)})", 9, lambda row: function(*[p[2](row) for p in made])

    def of_type(self, letter, depth):
        return {"n": self.numeric, "t": self.text, "c": self.truth, "d": self.date, "m": self.month_or_date}[letter](depth)

    def simple_function(self, result, depth):
        name = self.r.choice([n for n, (_, r, _) in FUNCTIONS.items() if r == result])
        letters, _, function = FUNCTIONS[name]
        wrap = undecided if result == "c" else strict
        return self.call(name, [self.of_type(letter, depth) for letter in letters], wrap(function))

    def choice(self, make, depth):
        """if and coalesce over parts of one type."""
        if self.r.random() < 0.5:
            return self.call("coalesce", [make(depth) for _ in range(self.r.randrange(1, 4))], coalesce)
        c, x, y = self.truth(depth), make(depth), make(depth)

        def choose(row):
            v = c[2](row)
            return EMPTY if v is EMPTY else (x if v else y)[2](row)

        self.used.add("if")
        return f"if({c[0]}, {x[0]}, {y[0]})", 9, choose

    # --- numbers ---

    def round_of(self, part):
        digits, mode = self.r.randrange(6), self.r.choice(MODES)
        self.used.update(("round", "chain"))
        f = strict(lambda x: rounded(x, digits, mode))
        return f"round(chain({part[0]}), {digits}, {mode})", 9, lambda row: f(part[2](row))

    def numeric(self, depth):
        if depth <= 0 or self.r.random() < 0.1:
            return self.column("abcd") if self.r.random() < 0.7 else self.literal_number()
        kind = self.r.randrange(14)
        if kind < 6:
            sign = self.r.choice(list(ARITHMETIC))
            return self.operation(sign, self.numeric(depth - 1), self.numeric(depth - 1))
        if kind == 6:
            x = self.numeric(depth - 1)
            f = strict(lambda v: Number(-v.value, v.decimals))
            return "-" + self.wrapped(x, 3), 3, lambda row: f(x[2](row))
        if kind == 7:
            name, better = self.r.choice([("min", lambda a, b: a < b), ("max", lambda a, b: a > b)])
            made = [self.numeric(depth - 1) for _ in range(self.r.randrange(1, 4))]
            return self.call(name, made, strict(extreme(better)))
        if kind in (8, 9):
            return self.simple_function("n", depth - 1)
        if kind == 10:
            return self.choice(self.numeric, depth - 1)
        if kind == 11:
            return self.round_of(self.numeric(depth - 1))
        if kind == 12:
            c = self.truth(depth - 1)
            c = "not " + self.wrapped(c, -1), -1, lambda row, f=c[2]: negate(f(row))  # surely not a column of numbers
            return self.call("num", [c], lambda v: EMPTY if v is EMPTY else number(int(v)))
        return self.call("pct", [self.numeric(depth - 1), self.numeric(depth - 1)], strict(percent))

    def operation(self, sign, x, y):
        level, f = ARITHMETIC[sign]
        if sign == "/" and not re.search("[a-z]", y[0]) and y[2]({}).value == 0:
            raise Untestable
        return f"{self.wrapped(x, level)} {sign} {self.wrapped(y, level + 1)}", level, \
            lambda row: strict(f)(x[2](row), y[2](row))

    def finite(self, depth):
        """A number that needs no rounding: printed with the decimals of its sources."""
        if depth <= 0:
            return self.column("abcd") if self.r.random() < 0.7 else self.literal_number()
        kind = self.r.randrange(6)
        if kind < 3:
            return self.operation("+-*"[kind], self.finite(depth - 1), self.finite(depth - 1))
        if kind == 3:
            divisor = self.r.choice(["8", "100", "10000", "0.5"])
            return self.operation("/", self.finite(depth - 1), (divisor, 9, lambda row: number(divisor)))
        if kind == 4:
            return self.choice(self.finite, depth - 1)
        return self.round_of(self.numeric(depth - 1))

    # --- truth values ---

    def comparable(self, depth):
        """Two to four operands of one type that decides itself, and the level they must bind at."""
        if self.r.random() < 0.6:
            return [self.call("num", [self.numeric(depth)], lambda v: v) for _ in range(4)]
        return [self.call("text", [self.text(depth)], lambda v: v) for _ in range(4)]

    def truth(self, depth):
        kind = self.r.randrange(10)
        if depth <= 0:
            return self.column("e") if kind < 5 else ("b > 10", 0, lambda row: undecided(lambda x: x.value > 10)(row["b"]))
        if kind == 0:
            x = self.truth(depth - 1)
            return "not " + self.wrapped(x, -1), -1, lambda row: negate(x[2](row))
        if kind == 1:
            x, y = self.truth(depth - 1), self.truth(depth - 1)
            return f"{self.wrapped(x, -2)} and {self.wrapped(y, -1)}", -2, lambda row: kleene_and(x[2](row), y[2](row))
        if kind == 2:
            x, y = self.truth(depth - 1), self.truth(depth - 1)
            return f"{self.wrapped(x, -3)} or {self.wrapped(y, -2)}", -3, \
                lambda row: negate(kleene_and(negate(x[2](row)), negate(y[2](row))))
        if kind == 3:
            x, *items = self.comparable(depth - 1)
            word, turn = self.r.choice([("in", lambda v: v), ("not in", negate)])
            return f"{x[0]} {word} ({', '.join(i[0] for i in items)})", 0, \
                lambda row: turn(is_in(x[2](row), *[i[2](row) for i in items]))
        if kind == 4:
            return self.call("between", self.comparable(depth - 1)[:3], between)
        if kind == 5:
            name, test = self.r.choice([("is_missing", lambda v: missing(v) is not None), ("is_na", lambda v: v is NA)])
            return self.call(name, [self.of_type(self.r.choice("ntd"), depth - 1)], test)
        if kind == 6:
            return self.simple_function("c", depth - 1)
        if kind == 7:
            pattern = self.r.choice(["^0", "[0-9]+$", "a|银", "(x|-){2}", "^$"])
            return self.call("matches", [self.text(depth - 1), self.literal(pattern)],
                             undecided(lambda t, p: re.search(p.replace("$", r"\Z"), t) is not None))
        if kind == 8:
            return self.choice(self.truth, depth - 1)
        x, y, *_ = self.comparable(depth - 1)
        sign = self.r.choice(list(COMPARISONS))
        return f"{x[0]} {sign} {y[0]}", 0, lambda row: undecided(COMPARISONS[sign])(x[2](row), y[2](row))

    # --- texts and dates ---

    def text(self, depth):
        if depth <= 0:
            return self.column("tu") if self.r.random() < 0.7 else self.literal(self.r.choice(["a", "07", "银", "it's", " "]))
        kind = self.r.randrange(7)
        if kind == 0:
            x, n = self.r.randrange(1, 5), self.r.randrange(4)
            return self.call("substr", [self.text(depth - 1), (str(x), 9, lambda row: x), (str(n), 9, lambda row: n)],
                             strict(lambda t, i, k: t[i - 1:i - 1 + k]))
        if kind == 1:
            old = self.literal(self.r.choice(["a", "07", "行", "\\"]))
            return self.call("replace", [self.text(depth - 1), old, self.text(depth - 1)],
                             strict(lambda t, u, p: t.replace(u, p)))
        if kind == 2:
            n = self.r.randrange(6)
            return self.call("pad", [self.text(depth - 1), (str(n), 9, lambda row: n), self.literal(self.r.choice("0银"))],
                             strict(lambda t, k, u: t.rjust(k, u)))
        if kind == 3:
            return self.call("text", [self.finite(depth - 1)], strict(printed_number))
        if kind == 4:
            return self.choice(self.text, depth - 1)
        return self.simple_function("t", depth - 1) if kind == 5 else self.date(depth - 1)

    def date(self, depth):
        if depth <= 0 or self.r.random() < 0.5:
            return self.column("p") if self.r.random() < 0.7 else self.literal(self.day())
        if self.r.random() < 0.5:
            n = self.r.randrange(-1000, 1000)
            return self.call("shift_day", [self.date(depth - 1), (str(n), 9, lambda row: n)],
                             strict(lambda d, k: (date.fromisoformat(d) + timedelta(k)).isoformat()))
        return self.simple_function("d", depth - 1)

    def month_or_date(self, depth):
        if self.r.random() < 0.5:
            return self.date(depth)
        if depth <= 0:
            return self.column("m")
        if self.r.random() < 0.5:
            n = self.r.randrange(-100, 100)
            return self.call("shift_month", [self.month_or_date(depth - 1), (str(n), 9, lambda row: number(n))],
                             strict(shift_month))
        return self.simple_function("m", depth - 1)

    def whole(self):
        kind, depth = self.r.randrange(8), self.r.randrange(1, 5)
        if kind < 3:
            return self.round_of(self.numeric(depth))
        return (self.finite, self.finite, self.truth, self.truth, self.text)[kind - 3](depth)


# --- fields ---

def unescaped(field):
    return re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}[m[1]], field)


def escaped(text):
    return text.translate(str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}))


def value_of(column, field):
    if field in ("", "\\N"):
        return EMPTY
    if field == "\\-":
        return NA
    if column in "abcd":
        return Number(Fraction(field), len(field.partition(".")[2]))
    return field == "1" if column == "e" else unescaped(field)


def printed_number(x):
    decimals = min(x.decimals, 18)
    while decimals < 18 and (x.value * 10**decimals).denominator != 1:
        decimals += 1
    units = x.value * 10**decimals
    if units.denominator != 1:
        raise Untestable
    text = str(abs(units.numerator)).rjust(decimals + 1, "0")
    if len(text) > 36:
        raise Untestable
    return ("-" if units < 0 else "") + (f"{text[:-decimals]}.{text[-decimals:]}" if decimals else text)


def printed(v):
    if isinstance(v, Missing):
        return v.field
    if isinstance(v, bool):
        return str(int(v))
    return printed_number(v) if isinstance(v, Number) else escaped(v)


COLUMNS = "abcdtuepm"


def one_round(r, used):
    """The differences of one table, as texts."""
    m = Maker(r, used)
    fields = [[m.field(c) for c in COLUMNS] for _ in range(ROWS)]
    rows = [{c: value_of(c, f) for c, f in zip(COLUMNS, line)} for line in fields]
    options, want = [], []
    while len(options) < EXPRESSIONS:
        try:
            made = m.whole()
            want.append([printed(made[2](row)) for row in rows])
            options.append(f"e{len(options)}={made[0]}")
        except (Untestable, OverflowError, ValueError):
            pass
    order = list(range(ROWS)) + r.sample(range(ROWS), ROWS)
    table = "\n".join("\t".join(line) for line in [list(COLUMNS)] + [fields[i] for i in order]) + "\n"
    command = ["derive"] + [x for o in options for x in ("-a", o)]
    done = subprocess.run(command, input=table, capture_output=True, text=True, check=False)
    if done.returncode:
        return [f"status {done.returncode}: {done.stderr.strip()}"]
    got = [line.split("\t")[len(COLUMNS):] for line in done.stdout.split("\n")[1:-1]]
    return [f"{option}: row {fields[order[k]]}: {got[k][i]}, judged {want[i][order[k]]}"
            for i, option in enumerate(options) for k in range(len(order)) if got[k][i] != want[i][order[k]]]


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    r, used, differences = random.Random(seed), set(), []
    for _ in range(rounds):
        differences += one_round(r, used)
    for line in differences[:10]:
        print(line)
    unused = (set(FUNCTIONS) | SPECIAL) - used
    if unused:
        print("never used:", *sorted(unused))
    print(f"{rounds} tables, {EXPRESSIONS} expressions each, {len(differences)} wrong")
    return 1 if differences or unused else 0


if __name__ == "__main__":
    sys.exit(main())
