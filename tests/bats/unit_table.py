#!/usr/bin/env python3
"""unit_table.py FILE < TABLE: each line of TABLE is a text, ' = ' and the unit of the figures of a file that says it: one of
units.tsv, 'none' where the text says nothing of their unit, or 'refused' where the file is. FILE is the file, with @ for
the text and \\n for a line end; its figure is 1.5, the first in the second column of the output, whose unit is 千元. The unit
is told from what the figure became (the simplified word stands for the traditional one); a refusal must name a cell. Prints the lines that differ."""
import subprocess
import sys
from decimal import Decimal

with open("units.tsv", encoding="utf-8") as f:
    rows = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")][1:]
unit_of = {Decimal(10) ** (int(shift) - 3): name for name, dimension, shift in reversed(rows) if dimension == "yuan"}
unit_of[Decimal(1)] = "none"
differ = lines = 0
for line in sys.stdin:
    text, _, want = line.rstrip("\n").rpartition(" = ")
    if not text:
        continue
    lines += 1
    data = sys.argv[1].replace("\\n", "\n").replace("@", text)
    run = subprocess.run(["extract", "-m", "map.tsv", "-u", "units.tsv", "-x", "aliases.tsv"], input=data.encode(),
                         capture_output=True)
    message, rows = run.stderr.decode().strip(), run.stdout.decode().split("\n")
    if run.returncode == 0:
        got = unit_of[Decimal(rows[1].split("\t")[1]) / Decimal("1.5")]
    else:
        got = "refused" if run.returncode == 3 and "cell" in message else f"status {run.returncode}"
    if got != want:
        differ += 1
        print(f"{text}: {got}, not {want}. {message}")
sys.exit(differ > 0 or lines == 0)
