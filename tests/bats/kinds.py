#!/usr/bin/env python3
"""kinds.py SITE MONTH plain|mixed: rewrites the returns in the inbox of a month, and their receipts, as lists that the
default mapping reads; the rows are those that the sample's own checker finds in the files. plain: all as UTF-8 CSV.
mixed: one after the other as every kind of file there is, with numbers as numbers where a kind has them; a bank whose
file needs it gets a mapping of its own. Prints how many there are of each kind."""
import codecs
import collections
import csv
import gzip
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal

site, month, way = sys.argv[1:4]
top = os.path.dirname(os.path.abspath(__file__)) + "/../.."
inbox = f"{site}/inbox/{month}"
sys.path.insert(0, top + "/samples/generate")
import readback


def rows_of(data):
    rows = readback.cells_of(data)
    return readback.turned(rows) if any(row[0] == "项目" for row in rows) else rows


def text_of(rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def cell(text):
    """A figure as a spreadsheet holds it: a number, and a format that says its decimals."""
    if re.fullmatch(r"-?(0|[1-9]\d{0,12})(\.\d{1,6})?", text):
        decimals = len(text.partition(".")[2])
        return {"value": text, "format": "0." + "0" * decimals if decimals else "0"}
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        decimals = len(text.partition(".")[2])
        return {"value": text.replace(",", ""), "format": "#,##0" + ("." + "0" * decimals if decimals else "")}
    if re.fullmatch(r"\d+\.\d+%", text):
        return {"value": str(Decimal(text[:-1]) / 100), "format": "0." + "0" * (len(text.partition(".")[2]) - 1) + "%"}
    return text


def letters(i):
    return (chr(64 + i // 26) if i >= 26 else "") + chr(65 + i % 26)


def sheets(rows, kind):
    """The description that make_xlsx.py and make_xls.py take; titles are merged over the table."""
    cells = {}
    for line, row in enumerate(rows, 1):
        for i, text in enumerate(row):
            value = cell(text)
            if isinstance(value, dict):
                number = value.pop("value")
                value["n" if kind == "xlsx" else "value"] = number if kind == "xlsx" else float(number)
            if text:
                cells[letters(i) + str(line)] = value
    return {"sheets": [{"name": "说明", "cells": {}}, {"name": "机构月报", "cells": cells},
                       {"name": "旧表", "hidden": True, "cells": {"A1": "各项存款", "A2": "1"}}]}


def workbook(rows, kind):
    out = f"{site}/.{kind}"
    subprocess.run([sys.executable, "-B", f"{top}/tests/judge/make_{kind}.py", out], check=True,
                   input=json.dumps(sheets(rows, kind)).encode())
    with open(out, "rb") as f:
        data = f.read()
    os.remove(out)
    return data


KINDS = {
    "utf8": lambda rows: text_of(rows).encode(),
    "xlsx": lambda rows: workbook(rows, "xlsx"),
    "xls": lambda rows: workbook(rows, "xls"),
    "gb18030": lambda rows: text_of(rows).encode("gb18030"),
    "utf16": lambda rows: codecs.BOM_UTF16_LE + text_of(rows).encode("utf-16-le"),
    "utf16be": lambda rows: text_of(rows).encode("utf-16-be"),
    "bom.gz": lambda rows: gzip.compress(codecs.BOM_UTF8 + text_of(rows).encode(), mtime=0),
    "gb18030.gz": lambda rows: gzip.compress(text_of(rows).encode("gb18030"), mtime=0),
    "xlsx.gz": lambda rows: gzip.compress(workbook(rows, "xlsx"), mtime=0),
    "semicolon": lambda rows: text_of(rows, ";").encode(),
    "bar": lambda rows: text_of(rows, "|").encode(),
    "tsv": lambda rows: "".join("\t".join(row) + "\n" for row in rows).encode(),
}
OWN = {"semicolon": "@delimiter\t;", "bar": "@delimiter\t|", "tsv": "@type\ttsv"}


def own_mapping(bank, line):
    name = f"map/F1.{bank}.tsv"
    source = next(p for p in (f"{site}/spec/{name}", f"{top}/pipelines/map/F1.tsv") if os.path.exists(p))
    with open(source, encoding="utf-8") as f:
        lines = f.read().split("\n")
    head = next(i for i, x in enumerate(lines) if not x.startswith("#"))
    lines.insert(head + 1, line + "\t" * (lines[head].count("\t") - line.count("\t")))
    os.makedirs(f"{site}/spec/map", exist_ok=True)
    with open(f"{site}/spec/{name}", "w", encoding="utf-8") as f:
        f.write("\n".join(lines))


shutil.rmtree(f"{site}/spec/map", ignore_errors=True)  # those of the files as they were
used = collections.Counter()
with open(f"{inbox}/receipts.tsv", encoding="utf-8") as f:
    receipts = [line.split("\t") for line in f.read().split("\n")[:-1]]
for n, receipt in enumerate(receipts[1:]):
    kind = list(KINDS)[n % len(KINDS)] if way == "mixed" else "utf8"
    path = f"{inbox}/{receipt[0]}"
    with open(path, "rb") as f:
        data = KINDS[kind](rows_of(f.read()))
    with open(path, "wb") as f:
        f.write(data)
    if kind in OWN:
        own_mapping(receipt[2], OWN[kind])
    receipt[6] = hashlib.sha256(data).hexdigest()
    used[kind] += 1
with open(f"{inbox}/receipts.tsv", "w", encoding="utf-8") as f:
    f.write("".join("\t".join(r) + "\n" for r in receipts))
print(" ".join(f"{k}={v}" for k, v in used.items()))
