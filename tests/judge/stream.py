# SPDX-License-Identifier: MIT
"""Exact figures and the TSV stream, for the judges: fractions only, no floats.

A figure is a Fraction, None (not reported: an empty field) or NEVER (cannot exist: `\\-`).
"""
import re
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

NEVER = "\\-"
DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Table(NamedTuple):
    columns: list
    rows: list  # dicts of raw fields


class Cell(NamedTuple):
    """What stands in a table, and the exact figure behind it in the unit of the print."""
    text: str
    value: object


def read(path, specification=False):
    """The TSV stream of a file. `#` lines before the header, and in a specification anywhere, are comments."""
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    while lines and lines[0].startswith("#"):
        lines.pop(0)
    if specification:
        lines = [line for line in lines if line and not line.startswith("#")]
    if not lines:
        raise SystemExit(f"{path}: no header")
    columns = lines[0].split("\t")
    rows = []
    for number, line in enumerate(lines[1:], 2):
        fields = line.split("\t")
        if len(fields) != len(columns):
            raise SystemExit(f"{path}:{number}: {len(fields)} fields, the header has {len(columns)}")
        rows.append(dict(zip(columns, fields)))
    return Table(columns, rows)


def figure(field):
    """A field as a figure."""
    if field in ("", "\\N"):
        return None
    if field == NEVER:
        return NEVER
    if not DECIMAL.fullmatch(field):
        raise ValueError(f"not a decimal: '{field}'")
    return Fraction(field)


def gap(*figures):
    """The gap that figures leave in whatever is computed from them, or False when there is none."""
    if NEVER in figures:
        return NEVER
    return None if None in figures else False


def total(figures):
    """A strict sum: one missing figure makes the sum missing."""
    figures = list(figures)
    missing = gap(*figures)
    return sum(figures, Fraction(0)) if missing is False else missing


def minus(a, b):
    missing = gap(a, b)
    return a - b if missing is False else missing


def percent_of(a, b):
    """a/b in percent; nothing that a base of zero or less could give."""
    missing = gap(a, b)
    if missing is False:
        return a / b * 100 if b > 0 else NEVER
    return NEVER if b not in (None, NEVER) and b <= 0 else missing


def rounded(x, digits):
    """The one rounding: half away from zero."""
    scaled = abs(x) * 10 ** digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(-whole if x < 0 else whole, 10 ** digits)


def printed(x, digits):
    """The text of a figure with so many decimals."""
    if x is None:
        return ""
    if x == NEVER:
        return NEVER
    whole = int(rounded(x, digits) * 10 ** digits)
    text = str(abs(whole)).rjust(digits + 1, "0")
    if digits:
        text = text[:-digits] + "." + text[-digits:]
    return "-" + text if whole < 0 else text


def name(text):
    return Cell(text, None)


def count(n):
    return Cell(printed(n, 0), n)


def rate(x):
    return Cell(printed(x, 2), x)


def money(x):
    """万元 as 亿元."""
    yi = x if x is None or x == NEVER else Fraction(x) / 10000
    return Cell(printed(yi, 2), yi)


NONE = Cell(NEVER, NEVER)  # cannot exist
UNKNOWN = Cell("", None)   # not reported


def ranks(cells, descending=True):
    """Competition ranks of the printed figures; what has no figure has no rank."""
    figures = [figure(cell.text) for cell in cells]
    present = [f for f in figures if f is not None and f != NEVER]

    def place(f):
        if f is None:
            return UNKNOWN
        if f == NEVER:
            return NONE
        return count(Fraction(1 + sum((other > f) if descending else (other < f) for other in present)))

    return [place(f) for f in figures]
