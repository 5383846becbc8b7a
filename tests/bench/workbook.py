#!/usr/bin/env python3
"""workbook.py WORK DIR: what `extract` takes for a workbook of 200,000 rows and 12 columns, CPU seconds and memory,
beside their marks. WORK has the program `cost`; the workbooks are made once, in DIR."""
import os
import random
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../judge"))
import make_xlsx

ROWS, COLUMNS = 200_000, "ABCDEFGHIJKL"
SECONDS, MEGABYTES = 5, 20
AREAS = ["泰山区", "岱岳区", "新泰市", "肥城市", "宁阳县", "东平县"]


def rows(r):
    """A heading, then an identifier, four short texts, a date, six amounts with two decimals."""
    yield {f"{c}1": f"列{c}" for c in COLUMNS}
    for line in range(2, ROWS + 1):
        cells = {f"A{line}": f"DK{line:08d}"}
        cells.update((f"{c}{line}", r.choice(AREAS)) for c in "BCDE")
        cells[f"F{line}"] = {"value": 44000 + line % 900, "format": 14}
        cells.update((f"{c}{line}", {"n": repr(r.randrange(10**8) / 100)}) for c in "GHIJKL")
        yield cells


def make(path, **options):
    if os.path.exists(path):
        return
    sheet = {"name": "台账", "cells": {}}
    for cells in rows(random.Random(1)):
        sheet["cells"].update(cells)
    make_xlsx.write({"sheets": [sheet], **options}, path + ".part")
    os.rename(path + ".part", path)


def measure(work, path):
    report = os.path.join(work, "workbook.report")
    subprocess.run([os.path.join(work, "cost"), report, "extract", "-o", "/dev/null", path], check=True)
    with open(report) as line:
        cpu, _, resident, _ = map(int, line.read().split())
    return cpu / 1e6, resident / 1024


def main():
    work, directory = sys.argv[1:]
    print(f"extract .xlsx, {ROWS} rows x {len(COLUMNS)}: mark {SECONDS} CPU s, {MEGABYTES} MB besides its shared texts")
    for name, options in ("shared texts", {}), ("texts in their cells", {"shared": False}):
        path = os.path.join(directory, name.replace(" ", "-") + ".xlsx")
        make(path, **options)
        seconds, megabytes = min(measure(work, path) for _ in range(3))
        print(f"{name:24} {os.path.getsize(path) / 1e6:6.1f} MB file {seconds:6.2f} CPU s {megabytes:6.1f} MB resident")


main()
