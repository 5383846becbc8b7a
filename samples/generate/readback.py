"""Reads the written sample again, sharing no code with what wrote it.

Amounts become Fractions of 万元, counts and rates Fractions; '\\-' and its like become None.
"""
import csv
import gzip
import hashlib
import io
import os
import re
from fractions import Fraction

import readbook

HERE = os.path.dirname(os.path.abspath(__file__))
IN_WAN = {"元": Fraction(1, 10000), "万元": Fraction(1), "亿元": Fraction(10000)}
NONE = ("—", "-", "\\-")
NARROW = {ord("０") + k: str(k) for k in range(10)}
NARROW[ord("．")] = "."
BARE_UNIT = "万元"                      # where neither row nor heading says the unit


def table(path):
    with open(path, "rb") as f:
        data = f.read()
    if b"\r" in data or not data.endswith(b"\n"):
        raise ValueError(path + ": not LF lines")
    lines = [x.split("\t") for x in data.decode("utf-8").split("\n")[:-1]
             if not x.startswith("#")]
    for x in lines:
        if len(x) != len(lines[0]):
            raise ValueError("%s: ragged line %s" % (path, x))
    return lines[0], [dict(zip(lines[0], x)) for x in lines[1:]]


def aliases(site):
    return {(r["table"], r["alias"]): r["code"]
            for r in table(os.path.join(site, "refs", "aliases.tsv"))[1]}


def headings():
    out = {}
    for r in table(os.path.join(HERE, "headings.tsv"))[1]:
        for h in r["headings"].split("|"):
            if h in out:
                raise ValueError("heading twice: " + h)
            out[h] = r["column"]
    return out


def decode(data):
    if data[:2] == b"\xff\xfe":
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def cells_of(data):
    """The rows of a file of any kind, as text with decimal points."""
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    if data[:2] == b"PK":
        return readbook.xlsx(data)
    if data[:2] == b"\xd0\xcf":
        return readbook.xls(data)
    text = decode(data)
    if ";" in text.partition("\n")[0]:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        return [[re.sub(r"^(\d+),(\d+)$", r"\1.\2", x) for x in row] for row in rows]
    return list(csv.reader(io.StringIO(text, newline="")))


def turned(rows):
    """A form as a list, its period and unit in rows above; its total is the one that a list has."""
    at = next(i for i, row in enumerate(rows) if row[0] == "项目")
    items = [row for row in rows[at + 1:] if not row[0].startswith("填表人")]
    period = re.fullmatch(r"报告期：(\d+)年(\d+)月", rows[at - 1][0])
    out = [[x] for x in rows[at - 1] if x.startswith("单位")]
    out.append(["报告期", "县市区", "币种口径"] + [row[0] for row in items])
    for c in range(1, len(rows[at])):
        keys = ["%s-%02d" % (period[1], int(period[2])), rows[at][c], "本外币"]
        if rows[at][c] == "合计":
            keys = ["合计", "", ""]
        out.append(keys + [row[c] for row in items])
    return out


def split_heading(text):
    """(heading, unit or None)"""
    text = text.replace("\n", "").strip().replace("（", "(").replace("）", ")")
    for unit in ("万元", "亿元", "元", "%"):
        if text.endswith("(" + unit + ")"):
            return text[:-len(unit) - 2].strip(), unit
    return text, None


def number(text):
    text = text.strip().translate(NARROW)
    if text in NONE:
        return None
    if "," in text:
        whole = text.split(".")[0].split(",")
        if not 1 <= len(whole[0]) <= 3 or any(len(p) != 3 for p in whole[1:]):
            raise ValueError("bad thousands: " + text)
    return Fraction(text.replace(",", "").rstrip("%"))


def bank_file(path, bank, month, known, names):
    """{(area, bank, scope): {column: value}} of one bank's file."""
    with open(path, "rb") as f:
        rows = cells_of(f.read())
    if any(row[0] == "项目" for row in rows):
        rows = turned(rows)
    unit = BARE_UNIT
    for at, row in enumerate(rows):
        if row[0].startswith("单位："):
            unit = row[0][3:]
        if "area" in [known.get(split_heading(h)[0]) for h in row]:
            break
    heads = [split_heading(h) for h in rows[at]]
    out, total = {}, None
    for row in rows[at + 1:]:
        if row[0].startswith("填表人"):
            continue
        item = {}
        for (head, said), cell in zip(heads, row):
            column = known[head]
            if column in ("period", "bank", "area", "scope") or cell == "":
                item[column] = cell
                continue
            x = number(cell)
            if x is not None and not column.endswith("_n") and said != "%":
                x *= IN_WAN[said or unit]
            item[column] = x
        if "合计" in row:
            total = item
            continue
        if item.pop("bank", bank) != bank or item.pop("period", month) != month:
            raise ValueError(path + ": keys of another file")
        key = (names["area", item.pop("area")], bank, names["scope", item.pop("scope")])
        out[key] = item
    check_total(path, out, total)
    return out


def check_total(path, rows, total):
    for column, x in (total or {}).items():
        if isinstance(x, Fraction):
            mine = sum(r[column] for k, r in rows.items() if k[2] == "all")
            if mine != x:
                raise ValueError("%s: 合计 of %s is %s, not %s" % (path, column, x, mine))


def month_files(site, month, known, names):
    """(latest rows, superseded rows by file, receipts) of F1; of other returns only the receipts are read."""
    folder = os.path.join(site, "inbox", month)
    receipts = table(os.path.join(folder, "receipts.tsv"))[1]
    found = sorted(n for n in os.listdir(folder) if n != "receipts.tsv")
    if found != sorted(r["file"] for r in receipts):
        raise ValueError(month + ": files and receipts differ")
    last = {}
    for r in receipts:
        with open(os.path.join(folder, r["file"]), "rb") as f:
            if hashlib.sha256(f.read()).hexdigest() != r["sha256"]:
                raise ValueError("sha256 of " + r["file"])
        if r["return"] == "F1":
            last[r["institution"]] = max(int(r["sequence"]), last.get(r["institution"], 0))
    receipts = [r for r in receipts if r["return"] == "F1"]
    rows, old = {}, {}
    for r in receipts:
        mine = bank_file(os.path.join(folder, r["file"]), r["institution"], month, known, names)
        if int(r["sequence"]) == last[r["institution"]]:
            rows.update(mine)
        else:
            old[r["file"]] = mine
    return rows, old, receipts


def archive_file(path):
    head, rows = table(path)
    keys = [(r["area"], r["bank"], r["scope"]) for r in rows]
    if keys != sorted(keys):
        raise ValueError(path + ": not sorted")
    out = {}
    for r in rows:
        if r["period"] != os.path.basename(path)[:7]:
            raise ValueError(path + ": another period")
        out[(r["area"], r["bank"], r["scope"])] = {c: number(r[c]) for c in head[4:]}
    return out
