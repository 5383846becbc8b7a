# SPDX-License-Identifier: MIT
"""One published month in sqlite, for judges written in SQL: amounts are integers of 10^-6 of their unit, so sums are exact;
what a division gives is a fraction, written n/d, and rounded once when it is printed.

Every input is a table of its name: returns and ledgers from the month's clean/, references from the site's refs/, the
returns of the past as open_F1, same_F1 and prev_F1 (and so on), `month` with the month's dates in one row. A field that
was not reported is NULL; one that cannot exist is the text \\-. The tables of the bulletin stand beside them as printed, as
printed_B01 and so on.

Beyond SQL there are
    strict(x)        the sum; NULL when one x is NULL, \\- when all are \\-
    pct(a, b)        a/b in percent; \\- on a base of zero or less
    ratio(a, b)      a/b; \\- where b is zero
    add(a, b), sub(a, b), times(a, b)   of integers and fractions
    yi(x), wan(x)    an amount in 亿元, in 万元
    rounded(x, n)    the integer of 10^-n that x prints as, half away from zero; NULL when there is none
"""
import calendar
import datetime
import sqlite3
from fractions import Fraction
from pathlib import Path

from stream import NEVER, figure, gap, read, rounded

SCALE = 10 ** 6
RULES = Path(__file__).parents[2] / "pipelines"


def specification(site, name):
    """A specification of the site, or the default of the same name."""
    own = Path(site) / "spec" / name
    return read(own if own.exists() else RULES / name, specification=True).rows


def number(x):
    """An SQL value as a Fraction, None or NEVER."""
    if x is None or x == NEVER or isinstance(x, Fraction):
        return x
    return Fraction(x)


def text(x):
    """A Fraction as an SQL value."""
    return x if x is None or x == NEVER else int(x) if x.denominator == 1 else f"{x.numerator}/{x.denominator}"


def lifted(operation):
    """An operation on fractions as an SQL function: a gap among its arguments is its result."""
    def call(*arguments):
        figures = [number(x) for x in arguments]
        missing = gap(*figures)
        return text(operation(*figures)) if missing is False else missing
    return call


def percent(a, b):
    a, b = number(a), number(b)
    if b is not None and b != NEVER and b <= 0:
        return NEVER
    missing = gap(a, b)
    return text(a / b * 100) if missing is False else missing


class Strict:
    def __init__(self):
        self.sum, self.known, self.seen, self.missing = Fraction(0), 0, 0, False

    def step(self, x):
        self.seen += 1
        if x is None:
            self.missing = True
        elif x != NEVER:
            self.known += 1
            self.sum += number(x)

    def finalize(self):
        if self.missing:
            return None
        return text(self.sum) if self.known or not self.seen else NEVER


def printable(x, digits):
    x = number(x)
    return None if gap(x) is not False else int(rounded(x, digits) * 10 ** digits)


def value_of(field, kind):
    """A field of the stream as an SQL value."""
    if field in ("", "\\N"):
        return None
    if field == NEVER or kind not in ("num", "int", "flag"):
        return field
    x = figure(field)
    scaled = x * SCALE if kind == "num" else x
    if scaled.denominator != 1:
        raise SystemExit(f"more than 6 decimals: {field}")
    return int(scaled)


class Database:
    def __init__(self, site, published):
        self.site, self.published = Path(site), Path(published)
        self.period = self.published.name[:7]
        self.sql = sqlite3.connect(":memory:", isolation_level=None)
        self.sql.row_factory = sqlite3.Row
        for name, arity, function in (("pct", 2, percent), ("ratio", 2, lambda a, b: NEVER if number(b) == 0 else lifted(lambda p, q: p / q)(a, b)),
                                      ("add", 2, lifted(lambda a, b: a + b)), ("sub", 2, lifted(lambda a, b: a - b)),
                                      ("times", 2, lifted(lambda a, b: a * b)), ("yi", 1, lifted(lambda a: a / (SCALE * 10000))),
                                      ("wan", 1, lifted(lambda a: a / SCALE)), ("rounded", 2, printable)):
            self.sql.create_function(name, arity, function, deterministic=True)
        self.sql.create_aggregate("strict", 1, Strict)
        self.load_month()
        for line in specification(site, "inputs.tsv"):
            self.load_input(line["input"], line["kind"])
        self.load_printed()

    def load_month(self):
        year, month = int(self.period[:4]), int(self.period[5:])
        end = datetime.date(year, month, calendar.monthrange(year, month)[1])
        before = datetime.date(year, month, 1) - datetime.timedelta(days=1)
        self.past = {"open": f"{year - 1}-12", "same": f"{year - 1}-{month:02}", "prev": f"{before:%Y-%m}"}
        self.sql.execute("create table month (period, year, month_end, opening, same, previous)")
        self.sql.execute("insert into month values (?, ?, ?, ?, ?, ?)",
                         (self.period, str(year), str(end), self.past["open"], self.past["same"], self.past["prev"]))

    def load_input(self, name, kind):
        schema = [(row["name"], row["type"]) for row in specification(self.site, f"schema/{name}.tsv")]
        if kind == "reference":
            self.load_table(name, schema, self.site / "refs" / f"{name}.tsv")
            return
        self.load_table(name, schema, self.published / "clean" / f"{name}.tsv")
        for when, month in self.past.items():
            folder = self.site / "archive" / name / f"{month}.tsv" if kind == "return" else self.site / "ledgers" / month / f"{name}.tsv"
            self.load_table(f"{when}_{name}", schema, folder)

    def load_printed(self):
        figures = {(row["table"], row["column"]) for row in specification(self.site, "columns.tsv") if row["type"] in ("number", "amount")}
        for path in sorted((self.published / "tables").glob("*.tsv")):
            columns = path.read_text(encoding="utf-8").split("\n", 1)[0].split("\t")
            schema = [(column, "num" if (path.stem, column) in figures or ("*", column) in figures else "text") for column in columns]
            self.load_table(f"printed_{path.stem}", schema, path)

    def load_table(self, name, schema, path):
        """An absent file is a table without rows."""
        columns = ", ".join(f'"{column}"' for column, _ in schema)
        self.sql.execute(f'create table "{name}" ({columns})')
        if path.exists():
            marks = ", ".join("?" * len(schema))
            self.sql.executemany(f'insert into "{name}" values ({marks})',
                                 [[value_of(row[column], kind) for column, kind in schema] for row in read(path).rows])

    def rows(self, script):
        """The rows of the last statement of a script; what the others make is gone afterwards."""
        plain = "\n".join(line for line in script.split("\n") if not line.lstrip().startswith("--"))
        *views, query = [part for part in plain.split(";") if part.strip()]
        self.sql.execute("savepoint script")
        try:
            for view in views:
                self.sql.execute(view)
            return self.sql.execute(query).fetchall()
        finally:
            self.sql.execute("rollback to script")
