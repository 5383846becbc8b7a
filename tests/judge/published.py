#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Judges a published month against the figures a circular printed, line by line of SITE/published-map.tsv.

    published.py SITE PUBLISHED_DIR MONTH

A figure is met when the cell, rounded once from its exact value to the circular's decimals, is what the circular
prints; otherwise it is a contradiction. Both must be what the map says, with the value that the map says. Prints
each disagreement and the counts; exit status 1 when there is any disagreement.
"""
import sys
from fractions import Fraction
from pathlib import Path

import in_sql
import uncarried
from database import number
from deposits_and_loans import FIELDS
from month import Month
from stream import Cell, figure, gap, printed, read, rounded
from tables import TABLES, key_of
from uncarried import YUAN

# Columns that print a change, negative for a fall, where the circular may word the fall as a decrease.
CHANGES = {"npl_change"}
POINTS = {"pp": 100, "BP": 1}
COUNTS = {"banks": None, "over100": "over100", "corp10": "corp10"}


class Bulletin:
    """The printed tables of a month and, cell for cell, the exact figures behind them."""

    def __init__(self, month):
        self.month, self.computed, self.printed = month, {}, {}
        self.sql = in_sql.Judge(month.site, month.published)

    def load(self, table):
        if table not in self.computed:
            compute, keys, _ = TABLES[table]
            path = self.month.published / "tables" / f"{table}.tsv"
            self.computed[table] = {key_of(row, keys): row for row in compute(self.month)}
            self.printed[table] = {key_of(row, keys): row for row in read(path).rows}

    def cell(self, table, row, column):
        """(printed text, the judge's cell) for a row of the map: codes joined by /; in a table judged in SQL its keys as printed."""
        if table not in TABLES:
            return self.cell_in_sql(table, row.split("/"), column)
        self.load(table)
        if table == "B02" and "/" not in row:
            return self.count_banks(row, COUNTS[column])
        codes = row.split("/")
        key = (self.month.areas[codes[0]],)
        key += (self.month.banks[codes[1]],) if "bank" in TABLES[table][1] else ()
        key += (FIELDS[codes[-1]],) if "field" in TABLES[table][1] else ()
        return self.printed[table][key][column], self.computed[table][key][column]

    def cell_in_sql(self, table, keys, column):
        if table not in self.computed:
            self.computed[table] = self.sql.computed(table)
            self.printed[table] = read(self.month.published / "tables" / f"{table}.tsv").rows
        [at] = [i for i, line in enumerate(self.computed[table]) if [str(x) for x in line.values()][:len(keys)] == keys]
        x = self.computed[table][at][column]
        return self.printed[table][at][column], Cell(self.sql.text(table, column, x), number(x))

    def stated(self, line, x):
        """A cell's exact figure in the unit of the line: the circular may give 万元 where the table has 亿元, points where it has BP."""
        _, unit = self.sql.figure(line["table"], line["column"])
        for units in (YUAN, POINTS):
            if gap(x) is False and unit in units and line["unit"] in units:
                return x * units[unit] / units[line["unit"]]
        return x

    def count_banks(self, area, column):
        """How many banks of an area stand in B02, or carry a flag there."""
        def number(rows, text):
            banks = [row for key, row in rows.items() if key[0] == self.month.areas[area] and key[1] in self.month.banks.values()]
            return sum(column is None or text(row[column]) == "1" for row in banks)
        mine = Fraction(number(self.computed["B02"], lambda cell: cell.text))
        return str(number(self.printed["B02"], str)), Cell(printed(mine, 0), mine)


def agrees(line, x):
    """Whether a figure is what the circular prints."""
    value, digits = figure(line["value"]), int(line["decimals"])
    if gap(x) is not False:
        return False
    if line["column"] in CHANGES and "decrease" in line["measure_en"]:
        x = -x
    if line["qual"] == ">=":
        return x >= value
    if line["qual"] == "<=":
        return x <= value
    return rounded(x, digits) == value


def judge_figure(line, bulletin):
    """(status, exact figure, complaints) of a line that stands in a table of the bulletin."""
    text, cell = bulletin.cell(line["table"], line["row"], line["column"])
    complaints = [] if text == cell.text else [f"the table prints '{text}', computed '{cell.text}'"]
    x = bulletin.stated(line, cell.value)
    return ("met" if agrees(line, x) else "contradiction"), x, complaints


def carried(line):
    """Whether a table has a column for the figure."""
    return line["table"] in in_sql.scripts() or line["table"] in TABLES and (line["column"] in TABLES[line["table"]][2] or line["column"] in COUNTS)


def judge_uncarried(line, bulletin):
    """The same for a line whose figure only the data hold: it must agree with the circular too."""
    month, codes = bulletin.month, line["row"].split("/")
    if line["table"] == "L1":
        x = uncarried.from_projects(month, codes[0], line["column"], figure(line["value"]))
    else:
        x = uncarried.from_returns(month, (codes[0], codes[1] if codes[1:] else None), line["column"], line["unit"])
    return "not carried", x, [] if agrees(line, x) else ["the data contradict the circular"]


def judge_line(line, bulletin):
    """(status, complaints) of one line of the map."""
    try:
        judge = judge_figure if carried(line) else judge_uncarried
        status, x, complaints = judge(line, bulletin)
    except (KeyError, ValueError) as error:
        return "unplaced", [f"no such cell: {error}"]
    computed = figure(line["computed"])
    mine = x if gap(x) is not False else rounded(x, int(line["decimals"]))
    if computed != mine:
        complaints.append(f"computed {printed(x, int(line['decimals']))}, the map says {line['computed']}")
    if status != line["status"]:
        complaints.append(f"{status}, the map says {line['status']}")
    return status, complaints


def main(arguments):
    if len(arguments) != 3:
        sys.exit("usage: published.py SITE PUBLISHED_DIR MONTH")
    site, published, period = arguments
    bulletin = Bulletin(Month(site, published))
    if bulletin.month.period != period:
        sys.exit(f"published.py: {published} is not the month {period}")
    counts, bad = dict.fromkeys(("met", "contradiction", "not carried", "unplaced"), 0), 0
    for line in read(Path(site) / "published-map.tsv").rows:
        if line["month"] != period:
            continue
        status, complaints = judge_line(line, bulletin)
        counts[status] += 1
        where = (f"article {line['article']}: {line['place']}: {line['measure_en']} {line['value']} {line['unit']}: "
                 f"{line['table']} {line['row']} {line['column']}")
        if status == "contradiction":
            print(f"{where}: contradiction: computed {line['computed']}")
        for complaint in complaints:
            print(f"{where}: {complaint}")
        bad += bool(complaints)
    summary = ", ".join(f"{n} {status}" for status, n in counts.items() if n or status in ("met", "contradiction"))
    print(f"published: {period}: {summary}" + (f"; {bad} disagree" if bad else ""))
    return 1 if bad else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except OSError as error:
        sys.exit(f"published.py: {error.filename}: {error.strerror}")
