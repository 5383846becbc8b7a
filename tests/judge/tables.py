#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Judges every cell of a published month's tables against its clean returns, ledgers and archive.

    tables.py SITE PUBLISHED_DIR

Prints how many cells agree, or each difference; exit status 1 when there is any. It takes its formulas from the
definitions of the indicators, never from the pipeline that made the tables. Tables that in_sql.py judges are its.
"""
import sys

import deposits_and_loans as money_tables
import exact
import in_sql
from month import NOW, Month
from stream import read

# Each table: how its rows are computed, its key columns, and its columns after them.
KEY_AREA = ["balance", "inc", "growth", "same_inc", "share", "share_change", "share_rank", "inc_share"]
BAD_LOANS = ["npl_open", "npl", "npl_change", "ratio_open", "ratio", "ratio_change", "drop_rate", "disposal_rate", "disposal"]
DISPOSALS = ["cash", "woff", "xfer", "rest", "total", "up"]
TABLES = {
    "B01": (money_tables.b01, ["area"], ["dep", "dep_month", "dep_inc", "dep_growth", "dep_rank", "loan", "loan_month",
                                         "loan_inc", "loan_growth", "loan_rank", "ldr"]),
    "B01c": (money_tables.b01c, ["area", "bank", "item"], ["balance", "open", "adjustment", "inc", "comparable_inc", "growth",
                                                           "comparable_growth", "reason"]),
    "B02": (money_tables.b02, ["area", "bank"], ["dep", "dep_month", "dep_inc", "dep_growth", "loan", "loan_month", "loan_inc",
                                                 "loan_growth", "ldr",
                                                 "over100", "corp", "corp10", "share", "share_rank", "state"]),
    "B03": (money_tables.b03, ["area", "field"], KEY_AREA),
    "B03b": (money_tables.b03b, ["area", "bank", "field"], KEY_AREA),
    "B04": (money_tables.b04, ["area"], BAD_LOANS + ["npl_rank", "ratio_rank", "drop_rank"]),
    "B04b": (money_tables.b04b, ["area", "bank"], BAD_LOANS),
    "B05": (money_tables.b05, ["area"], DISPOSALS + ["rank"]),
    "B05b": (money_tables.b05b, ["area", "bank"], DISPOSALS),
}


def key_of(row, keys):
    return tuple(getattr(row[key], "text", row[key]) for key in keys)


def judge_rows(where, found, wanted):
    """Differences of the rows themselves: missing, superfluous, repeated, out of order."""
    differences = [f"{where}: no row {'/'.join(key)}" for key in wanted if key not in set(found)]
    differences += [f"{where}:{line}: a row that should not be: {'/'.join(key)}"
                    for line, key in enumerate(found, 2) if key not in set(wanted)]
    if not differences and found != wanted:
        line, key, other = next((i, a, b) for i, (a, b) in enumerate(zip(found + [()], wanted + [()]), 2) if a != b)
        differences.append(f"{where}:{line}: the row {'/'.join(key)} stands where {'/'.join(other)} should")
    return differences


def judge_table(month, table, path):
    """(cells that agree, differences) of one printed table."""
    compute, keys, columns = TABLES[table]
    printed, where = read(path), path.name
    if printed.columns != keys + columns:
        return 0, [f"{where}: columns {' '.join(printed.columns)}, should be {' '.join(keys + columns)}"]
    computed = {key_of(row, keys): row for row in compute(month)}
    differences = judge_rows(where, [key_of(row, keys) for row in printed.rows], list(computed))
    agree = 0
    for line, row in enumerate(printed.rows, 2):
        key = key_of(row, keys)
        for column in keys + columns if key in computed else []:
            cell = computed[key][column]
            if row[column] == cell.text:
                agree += 1
            else:
                differences.append(f"{where}:{line}: {'/'.join(key)}: column '{column}': printed '{row[column]}', "
                                   f"computed '{cell.text}'")
    return agree, differences


def judge_entered(month):
    """The clean returns are those of the filers that entered, and no others."""
    present = {bank for _, bank in month.f1[NOW]}
    return [f"clean/F1.tsv: {bank} entered and has no row" for bank in sorted(month.entered - present)] + \
        [f"clean/F1.tsv: {bank} has rows and did not enter" for bank in sorted(present - month.entered)]


def judge(month):
    """(cells that agree, differences) of the whole month; a table that no judge knows is a difference too."""
    folder = month.published / "tables"
    agree, differences = 0, judge_entered(month)
    for path in [*sorted(folder.glob("*.tsv")), *sorted((folder / "exact").glob("*.tsv"))]:
        if path.stem not in TABLES and path.stem not in in_sql.scripts():
            differences.append(f"{path.relative_to(folder)}: no judge knows this table")
    for table in TABLES:
        path = folder / f"{table}.tsv"
        n, found = judge_table(month, table, path) if path.exists() else (0, [f"{path.name}: not published"])
        agree, differences = agree + n, differences + found
        path = folder / "exact" / f"{table}.tsv"
        n, found = exact.judge(month, path) if path.exists() else (0, [f"exact/{path.name}: not published"])
        agree, differences = agree + n, differences + found
    return agree, differences


def main(arguments):
    if len(arguments) != 2:
        sys.exit("usage: tables.py SITE PUBLISHED_DIR")
    agree, differences = judge(Month(*arguments))
    for difference in differences:
        print(difference)
    print(f"tables: {agree} cells agree" + (f", {len(differences)} differ" if differences else ""))
    return 1 if differences else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except OSError as error:
        sys.exit(f"tables.py: {error.filename}: {error.strerror}")
