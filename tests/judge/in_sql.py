#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Judges printed tables of a month against SQL over its clean inputs: tests/judge/sql/TABLE.sql gives the table's rows in
their order, a figure as its exact value; how many decimals it prints with stands in the pipelines' columns.tsv. A line
"-- from NAME.sql" of a script stands for that file, which has views that several tables need; "-- months 03 06" says which months have
the table.

    in_sql.py SITE PUBLISHED_DIR [TABLE...]

Prints how many cells agree, or each difference; exit status 1 when there is any.
"""
import sys
from pathlib import Path

from database import Database, number, specification
from stream import NEVER, printed, read

SCRIPTS = Path(__file__).parent / "sql"


def scripts():
    """table -> path of its script."""
    return {path.stem: path for path in sorted(SCRIPTS.glob("B*.sql"))}


def script(table):
    """The text of a table's script, with what it takes from other files."""
    lines = scripts()[table].read_text(encoding="utf-8").split("\n")
    return "\n".join((SCRIPTS / line[8:]).read_text(encoding="utf-8") if line.startswith("-- from ") else line for line in lines)


def due(table, month):
    """Whether the bulletin of the month has the table."""
    said = [line[10:].split() for line in script(table).split("\n") if line.startswith("-- months ")]
    return not said or month[5:] in said[0]


def figures_of(site):
    """(table, column) -> (decimals, unit), for columns that are figures; table * serves tables without a line of their own."""
    return {(row["table"], row["column"]): (int(row["decimals"] or 0), row["unit"]) for row in specification(site, "columns.tsv")
            if row["type"] in ("number", "amount")}


class Judge:
    def __init__(self, site, published):
        self.database = Database(site, published)
        self.published = Path(published)
        self.figures = figures_of(site)

    def computed(self, table):
        """The rows of a table as dicts of exact values."""
        return [dict(row) for row in self.database.rows(script(table))]

    def figure(self, table, column):
        """(decimals, unit) of a column of figures; two times None for any other."""
        return self.figures.get((table, column), self.figures.get(("*", column), (None, None)))

    def text(self, table, column, x):
        """How a value prints in the table."""
        decimals, _ = self.figure(table, column)
        if decimals is None:
            return "" if x is None else str(x)
        return printed(number(x), decimals)

    def judge(self, table):
        """(cells that agree, differences)."""
        path = self.published / "tables" / f"{table}.tsv"
        if not path.exists():
            return 0, [f"{table}.tsv: not published"]
        found, wanted = read(path), self.computed(table)
        if wanted and found.columns != list(wanted[0]):
            return 0, [f"{table}.tsv: columns {' '.join(found.columns)}, should be {' '.join(wanted[0])}"]
        agree, differences = 0, []
        for line, (row, mine) in enumerate(zip(found.rows, wanted), 2):
            for column in found.columns:
                text = self.text(table, column, mine[column])
                if row[column] == text:
                    agree += 1
                else:
                    differences.append(f"{table}.tsv:{line}: {row[found.columns[0]]}: column '{column}': printed '{row[column]}', "
                                       f"computed '{text}'")
        if len(found.rows) != len(wanted):
            differences.append(f"{table}.tsv: {len(found.rows)} rows, should be {len(wanted)}")
        return agree, differences


def main(arguments):
    if len(arguments) < 2:
        sys.exit("usage: in_sql.py SITE PUBLISHED_DIR [TABLE...]")
    judge = Judge(*arguments[:2])
    agree, differences = 0, []
    for table in arguments[2:] or [name for name in scripts() if due(name, judge.database.period)]:
        n, found = judge.judge(table)
        agree, differences = agree + n, differences + found
    for difference in differences:
        print(difference)
    print(f"in_sql: {agree} cells agree" + (f", {len(differences)} differ" if differences else ""))
    return 1 if differences else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except OSError as error:
        sys.exit(f"in_sql.py: {error.filename}: {error.strerror}")
