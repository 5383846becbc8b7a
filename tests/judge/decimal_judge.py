#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""decimal_judge: cases of exact decimal arithmetic with their results, computed by python3's decimal module, which is
an implementation of the General Decimal Arithmetic specification. lib/number must agree with every one.

usage: decimal_judge.py                     the chosen cases: tests/judge/decimal_cases.tsv is this, byte for byte
       decimal_judge.py SEED COUNT          COUNT random cases; the same seed gives the same ones

Columns: operation, a, b, rounding, precision, result, fraction. add, subtract and multiply without a precision are exact; with
one, and for divide, the result has so many significant digits. quantize gives a the decimals of b. compare gives -1, 0
or 1. Only results that docs/arithmetic.md calls in range are written: no exponent, at most 18 decimals and 36 digits; a
zero has no sign. Where the exact value that is to be rounded leaves 128 bits or 18 decimals the result is "overflow";
fraction is the same for arithmetic on fractions in lowest terms, which may fit where decimals do not, or not where they do.
"""
import decimal
import random
import sys
from decimal import Context, Decimal
from fractions import Fraction

MODES = {"half_up": decimal.ROUND_HALF_UP, "half_even": decimal.ROUND_HALF_EVEN, "down": decimal.ROUND_DOWN,
         "ceiling": decimal.ROUND_CEILING, "floor": decimal.ROUND_FLOOR}
MOST_DECIMALS, MOST_DIGITS = 18, 36
LIMIT = 1 << 127
EXACT = 100  # digits: more than any operand or product here has


def in_range(value):
    _, digits, exponent = value.as_tuple()
    return isinstance(exponent, int) and -MOST_DECIMALS <= exponent <= 0 and \
        max(len(digits), 1 - exponent) <= MOST_DIGITS


def decimals_overflow(operation, a, b):
    """Whether operands at one scale, or the exact result, leave what a decimal can hold."""
    scales = [-x.as_tuple().exponent for x in (a, b)]
    if operation == "multiply":
        return sum(scales) > MOST_DECIMALS or abs(Fraction(a) * Fraction(b)) * 10 ** sum(scales) >= LIMIT
    if operation not in ("add", "subtract"):
        return False
    parts = [Fraction(a), Fraction(b), Fraction(a) + Fraction(b if operation == "add" else -b)]
    return any(abs(x) * 10 ** max(scales) >= LIMIT for x in parts)


def fraction_overflows(operation, a, b):
    a, b = Fraction(a), Fraction(b)
    exact = {"add": a + b, "subtract": a - b, "multiply": a * b, "divide": a / b if b else a, "quantize": a,
             "compare": a}[operation]
    return max(abs(exact.numerator), exact.denominator) >= LIMIT


def result(operation, a, b, mode, precision):
    """(result, fraction, whether a digit was lost), or None when the result, or an operand, is out of range."""
    context = Context(prec=int(precision or EXACT), rounding=MODES[mode], Emax=999, Emin=-999, traps=[])
    a, b = Decimal(a), Decimal(b)
    if not in_range(a) or not in_range(b) or (operation == "divide" and not b):
        return None
    value = getattr(context, operation)(a, b)
    if not in_range(value):
        return None
    text = f"{abs(value) if not value else value:f}"
    return ("overflow" if decimals_overflow(operation, a, b) else text,
            "overflow" if fraction_overflows(operation, a, b) else text, context.flags[decimal.Inexact])


def signed(*pairs):
    """Each pair of magnitudes with every combination of signs."""
    for a, b in pairs:
        for left in ("", "-"):
            for right in ("", "-"):
                yield left + a, right + b


NINES = "9" * 35
LONG = "123456789012345678901234567890123456"


def sums():
    """Carries through every digit, cancelling, far scales, zeros that keep their scale, the precision's edge."""
    yield from signed(("0", "0"), ("0.00", "0"), ("1", "1"), ("2.75", "3.255"), ("0.1", "0.02"), ("1", "0.000000000000000001"),
                      ("9", "1"), ("99.9", "0.1"), ("0.9", "0.1"), ("0.99", "0.01"), ("999999999", "1"),
                      ("1000000000", "1"), ("123456789", "987654321"), ("12.70", "4.3"), ("12.7", "4.300"), ("5", "5.00"),
                      ("0.5", "0.500"), ("4444", "0.5555"), ("4444", "0.55555"), ("4444.5", "0.5"), ("9999.5", "0"),
                      ("9999.4", "0.1"), ("0.0009999", "0.0000001"), (NINES, "1"), (NINES, "0.5"), (LONG, "0"),
                      ("999999999999999999.999999999999999999", "0.000000000000000001"),
                      ("100000000000000000", "0.000000000000000005"))


def products():
    """Scales add up, signs multiply, zeros keep their scale, lengths from one digit to thirty-six."""
    yield from signed(("0", "0"), ("0.0", "0.00"), ("1", "0.00"), ("2", "3"), ("1.20", "3"), ("1.20", "0"), ("5.00", "0.2"),
                      ("0.1", "0.1"), ("9.999", "9.999"), ("99999", "99999"), ("0.05", "20"), ("2.5", "5"), ("25", "0.5"),
                      ("1.25", "4"), ("123456789.123456789", "1.000000001"), ("999999999999999999", "999999999999999999"),
                      ("0.999999999", "0.999999999"), ("0.000000001", "0.000000001"), (LONG, "1"), ("1.05", "3.3333"),
                      ("33333.5", "3"), ("11112.25", "2"), ("166667", "0.3"))


def quotients():
    """One over every digit, thirds and sevenths, exact ends, ties at the last digit kept, short over long."""
    yield from signed(*[("1", str(d)) for d in range(1, 13)], *[(str(n), "3") for n in (2, 4, 5, 10)],
                      *[("1", d) for d in ("0.3", "0.7", "32", "64", "1024", "0.0625", "125", "3.33")],
                      ("0", "7"), ("0.00", "7.0"), ("2.40", "2"), ("2.400", "2"), ("2", "2.000"), ("10", "4"), ("1000", "8"),
                      ("999", "1000"), ("9999", "10000"), ("99995", "10"), ("12345", "2"), ("12355", "2"), ("1.5", "1000"),
                      ("5", "2"), ("7", "2"), ("0.5", "1000"), ("391", "597"), ("0.1", "999999999999999999"),
                      (NINES, "7"), (NINES, "0.7"), ("1", NINES), (LONG, "11"), ("0.000000000000000001", "3"),
                      ("999999999999999999.999999999999999999", "0.000000000000000003"))


def quantizations():
    """Every digit behind the last kept, ties with odd and even before them, carries, zeros gained, values below it."""
    lasts = [f"{n}.{d}" for n in (0, 1, 2) for d in range(10)]
    ties = ["0.5", "1.5", "2.5", "9.5", "0.05", "0.15", "0.25", "0.95", "2.675", "2.665", "1.005", "99.995", "999999.5"]
    near = ["0.49", "0.51", "0.4999999999999", "0.5000000000001", "0.050000000000000001", "0.049999999999999999"]
    whole = ["0", "1", "10", "123", NINES[:18], "0.000000000000000001", "0.00", "12.30", "9.9999"]
    for value in lasts + ties + near + whole:
        for pattern in ("1", "0.1", "0.01", "0.001", "0.000000000000000001"):
            yield value, pattern
            yield "-" + value, pattern


def comparisons():
    """Equal at other scales, one unit in the last of many places apart, signs, zeros."""
    yield from signed(("0", "0.000"), ("1", "1.000"), ("1.5", "1.50"), ("1", "1.000000000000000001"), ("2", "3"),
                      ("0.7", "0.71"), ("9.9", "10"), (NINES, NINES[:-1] + "8"), (NINES, "0.1"), (LONG, LONG),
                      ("999999999999999999.999999999999999999", "999999999999999999.999999999999999998"),
                      ("0.1", "0.09999"), ("12", "9"), ("0.000000000000000001", "0"))


def chosen():
    for operation, pairs in (("add", sums), ("subtract", sums), ("multiply", products)):
        for a, b in pairs():
            yield operation, a, b, "half_up", ""
            for mode in MODES:
                for precision in ("1", "4", "9"):
                    yield operation, a, b, mode, precision
    for a, b in quotients():
        for mode in MODES:
            for precision in ("1", "4", "16"):
                yield "divide", a, b, mode, precision
    for a, b in quantizations():
        for mode in MODES:
            yield "quantize", a, b, mode, ""
    for a, b in comparisons():
        yield "compare", a, b, "half_up", ""


class Random:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def number(self, most=MOST_DIGITS):
        digits = self.r.randrange(1, self.r.choice([4, 10, 19, most]) + 1)
        text = "".join(self.r.choice("0123456789") for _ in range(digits))
        if self.r.random() < 0.2:
            text = self.r.choice(["9" * digits, "1" + "0" * (digits - 1), "0" * digits])
        decimals = self.r.randrange(0, min(digits, MOST_DECIMALS) + 1)
        whole = text[:digits - decimals].lstrip("0") or "0"
        sign = "-" if self.r.random() < 0.4 else ""
        return sign + whole + ("." + text[digits - decimals:] if decimals else "")

    def tie(self):
        """A number whose digits end in 5, and a pattern that cuts just that one off."""
        decimals = self.r.randrange(1, 12)
        units = self.r.randrange(10 ** self.r.randrange(1, 15)) * 10 + 5
        value = Decimal(self.r.choice([units, -units])).scaleb(-decimals)
        return f"{value:f}", f"{Decimal(1).scaleb(1 - decimals):f}"

    def case(self):
        operation = self.r.choice(["add", "subtract", "multiply", "divide", "quantize", "compare"])
        mode = self.r.choice(list(MODES))
        a, b = self.number(), self.number(18 if operation in ("multiply", "divide") else MOST_DIGITS)
        precision = str(self.r.randrange(1, MOST_DIGITS + 1))
        if operation == "quantize":
            if self.r.random() < 0.3:
                a, b = self.tie()
            return operation, a, b, mode, ""
        if operation == "divide" and self.r.random() < 0.3:
            b = str(self.r.choice([2, 4, 5, 8, 16, 20, 25, 40, 125]))
        if operation == "compare" or (operation != "divide" and self.r.random() < 0.5):
            precision = ""
        return operation, a, b, mode, precision


def cases(seed, count):
    """Chosen cases once each, and where no digit is lost with one rounding only; or random ones."""
    if seed is None:
        seen = set()
        for case in chosen():
            found = result(*case)
            if found and case not in seen and (found[2] or case[3] == "half_up"):
                seen.add(case)
                yield *case, *found[:2]
        return
    generator, done = Random(seed), 0
    while done < count:
        case = generator.case()
        found = result(*case)
        if found:
            done += 1
            yield *case, *found[:2]


def main():
    seed, count = (int(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (None, None)
    print("operation", "a", "b", "rounding", "precision", "result", "fraction", sep="\t")
    for case in cases(seed, count):
        print(*case, sep="\t")


if __name__ == "__main__":
    main()
