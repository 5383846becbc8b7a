#!/usr/bin/env python3
"""bankfile.py CLEAN BANK [FACTOR]: the rows of one bank in a canonical F1 table, written again as a plain UTF-8 CSV with
a title, a unit line and the standard headings of the sample, as a bank could send it. FACTOR 10000 multiplies every
amount, which is what happens when 元 are sent under a heading of 万元."""
import csv
import sys
from decimal import Decimal

clean, bank = sys.argv[1:3]
factor = Decimal(sys.argv[3]) if len(sys.argv) > 3 else Decimal(1)
headings = {}
with open(sys.argv[0].rsplit("/", 1)[0] + "/../../samples/generate/headings.tsv", encoding="utf-8") as f:
    for line in f:
        if not line.startswith("#"):
            column, names = line.rstrip("\n").split("\t")[:2]
            headings[column] = names.split("|")[0]
with open(clean, encoding="utf-8") as f:
    rows = [line.rstrip("\n").split("\t") for line in f]
header, rows = rows[0], rows[1:]
columns = [c for c in header if c not in ("period", "bank")]
counted = ("area", "scope", "rate_w", "rate_min", "relend_min", "relend_w")
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["机构月报表"])
out.writerow(["单位：万元"])
out.writerow([headings[c] for c in columns])
for row in rows:
    cell = dict(zip(header, row))
    if cell["bank"] != bank:
        continue
    line = []
    for c in columns:
        v = cell[c]
        if v == "\\-":
            v = "—"
        elif v and c not in counted and not c.endswith("_n"):
            v = str(Decimal(v) * factor)
        line.append(v)
    out.writerow(line)
