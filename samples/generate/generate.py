#!/usr/bin/env python3
"""Writes the sample city: references, archive, inbox, ledgers, decisions, published map.

usage: generate.py OUTDIR

Everything comes from the tables beside this file: the published facts (facts.tsv), and the
synthetic remainder (spine, yearly, presence, mix, choices ...). Only base amounts are
written; growth, shares, rates and ranks are for the bulletin to compute.
"""
import os
import shutil
import sys
from fractions import Fraction

sys.dont_write_bytecode = True          # the tree may be read-only
import badloans
import cells
import columns
import facts
import inbox
import inputs
import ledger
import months
import publishedmap
import rates
import refs
import returns
import snapshot
import solve
import spine
import tsv
from city import BRANCHES
from money import YI

ISSUES = {"2022-09": ("第9期", "2022-10-18"), "2022-11": ("第11期", "2022-12-15"),
          "2022-12": ("第12期", "2023-01-16")}
PARTS = ["refs", "archive", "inbox", "ledgers", "decisions"]


def choices():
    return {(r["cell"], r["measure"], r["month"]): int(Fraction(r["amount"]) * YI)
            for r in tsv.read(tsv.beside("choices.tsv")) if r["measure"] not in columns.COUNTS}


def amounts(known):
    """The amounts of every branch: areas first, then single banks within them."""
    start = choices()
    whole = [f for f in known if "/" not in f.cell()]
    single = [f for f in known if "/" in f.cell()]
    line = spine.build({})
    solved = solve.solve(whole, lambda c, k, m: line[(c, k)][m],
                         {k: v for k, v in start.items() if "/" not in k[0]})
    line = spine.build(solved)
    plain = cells.build(line, {})
    solved = solve.solve(single, lambda c, k, m: plain[(c, k)][m],
                         {k: v for k, v in start.items() if "/" in k[0]})
    out = cells.build(line, solved)
    out.update(badloans.build(line, known))
    return out


def getter(branch):
    """Amounts by cell: a bank in an area, or an area as the sum of its banks."""
    def get(cell, measure, month):
        if "/" in cell:
            return branch[(cell, measure)][month]
        return sum(branch[(cell + "/" + b, measure)][month] for b in BRANCHES[cell])
    return get


def write_archive(outdir, month, rows):
    tsv.write(os.path.join(outdir, "archive", "F1", month + ".tsv"), columns.ALL,
              [returns.canonical_row(month, k, rows[k]) for k in sorted(rows)])


def write_input(outdir, month, name, module):
    """Writes a ledger's snapshot; the files of a return are the inbox's. Its rows as dicts."""
    rows = module.rows(month)
    if name.startswith("L"):
        tsv.write(os.path.join(outdir, "ledgers", month, name + ".tsv"), module.HEAD, rows)
    return [dict(zip(module.HEAD, r)) for r in rows]


def write_decisions(outdir, month):
    tsv.write(os.path.join(outdir, "decisions", month, "issue.tsv"), ["number", "date"],
              [ISSUES[month]])


def main(outdir):
    known = facts.load()
    branch = amounts(known)
    rows = returns.build(branch, rates.counts(branch, known), rates.rates(branch, known))
    for part in PARTS:
        shutil.rmtree(os.path.join(outdir, part), ignore_errors=True)
    inputs.see(rows)
    refs.write(outdir, ledger.event_names())
    for month in months.ARCHIVE:
        write_archive(outdir, month, rows[month])
    for module in inputs.returns():
        for month in getattr(module, "ARCHIVE", []):
            tsv.write(os.path.join(outdir, "archive", module.NAME, month + ".tsv"), module.HEAD, module.rows(month))
    snapshots = {}
    for month in months.INBOX:
        inbox.write(outdir, month, rows[month])
        snapshots[month] = {"L1": snapshot.write(outdir, month)}
        for name, module in [x for x in inputs.MODULES.items() if not x[0].startswith("T")]:
            snapshots[month][name] = write_input(outdir, month, name, module)
        write_decisions(outdir, month)
    publishedmap.write(outdir, known, getter(branch), rows, snapshots)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit("usage: generate.py OUTDIR")
    main(sys.argv[1])
