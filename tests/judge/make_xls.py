#!/usr/bin/env python3
"""make_xls.py OUT [DESCRIPTION]: writes an .xls file (BIFF8 in a compound file) from a description in JSON, standard
input when it is not named. It is written after the published formats, [MS-XLS] and [MS-CFB], for tests of a reader:
what a description leaves out is ordinary, and what no program would write can be asked for too.

    {"sheets": [{"name": "附表", "cells": {"A1": "text", "B1": 1.5, "C1": true, "D1": CELL, ...},
                 "hidden": false, "hidden_rows": [3], "hidden_columns": ["B"], "merged": ["A1:C1"],
                 "records": [[type, "hex"], ...]}],
     "date1904": false,
     "split": 8224,            most bytes of a record; the shared texts go on in CONTINUE records behind
     "records": [[type, "hex"], ...]    in the globals, such as FILEPASS
     "version": 1536,          of the BOF records; 1280 is Excel 95
     "sector": 512,            or 4096
     "stream": "Workbook",     its name;  "streams": {"name": "hex", ...}  others beside it
     "shuffle": 0,             not 0: the sectors in an order that this number decides
     "mini": false}            the stream among the small sectors (when it is shorter than 4096 bytes)

A cell is a text (shared), a number (NUMBER), true or false, null (BLANK), or an object:
    {"rk": 1234, "hundredth": true}        RK holding a whole number
    {"rk_bits": 4071644672}                RK as it stands
    {"mulrk": [1, 2, 3]}                   whole numbers side by side
    {"bits": "7ff0000000000000"}           NUMBER by its bits
    {"label": "text"} {"rstring": "text"}  a text in the record itself
    {"text": "..", "runs": 2, "phonetic": 6, "wide": true}    a shared text with what may come with it
    {"sst": 99}                            a shared text by its number
    {"error": "#DIV/0!"}
    {"formula": RESULT, "flags": 0, "cache": 0}    RESULT a number, text, true or false, {"error": ..}, or null (empty
                                           text); flags and cache as they stand
and may have "format": "0.00%" or a number of a built-in format. Cells are written in the order given.
"""
import json
import random
import re
import struct
import sys

BOF, EOF, CONTINUE, SST = 0x809, 0x0A, 0x3C, 0xFC
ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def raw(records):
    return b"".join(record(kind, bytes.fromhex(body)) for kind, body in records)


def units(text):
    """The 16-bit units of a text; a lone surrogate in the description stays one."""
    data = text.encode("utf-16-le", "surrogatepass")
    return [data[i : i + 2] for i in range(0, len(data), 2)]


def is_wide(text):
    return any(ord(c) > 0xFF for c in text)


def own_text(text, length="<H"):
    wide = is_wide(text)
    chars = b"".join(units(text)) if wide else text.encode("latin-1")
    return struct.pack(length + "B", len(units(text)), wide) + chars


class Continued:
    """A record whose content may go on in CONTINUE records."""

    def __init__(self, kind, limit):
        self.done, self.kind, self.limit, self.body = b"", kind, limit, b""

    def end(self):
        self.done += record(self.kind, self.body)
        self.kind, self.body = CONTINUE, b""

    def whole(self, data):
        if len(self.body) + len(data) > self.limit:
            self.end()
        self.body += data

    def text(self, cell):
        text, runs, phonetic = cell["text"], cell.get("runs", 0), cell.get("phonetic", 0)
        wide = cell.get("wide", is_wide(text))
        flags = wide | (8 if runs else 0) | (4 if phonetic else 0)
        head = struct.pack("<HB", len(units(text)), flags)
        head += struct.pack("<H", runs) if runs else b""
        head += struct.pack("<I", phonetic) if phonetic else b""
        self.whole(head)
        for unit in units(text):
            part = unit if wide else unit[:1]
            if len(self.body) + len(part) > self.limit:
                self.end()
                self.body = bytes([wide])
            self.body += part
        for i in range(runs):
            self.whole(struct.pack("<HH", i, 0))
        for _ in range(phonetic):
            self.whole(b"\xee")

    def bytes(self):
        self.end()
        return self.done


class Book:
    def __init__(self, description):
        self.d = description
        self.texts, self.formats, self.uses = [], {}, 0
        self.cell_formats = [0]

    def cell_format(self, cell):
        code = cell.get("format", 0)
        if isinstance(code, str):
            code = self.formats.setdefault(code, 164 + len(self.formats))
        if code not in self.cell_formats:
            self.cell_formats.append(code)
        return self.cell_formats.index(code)

    def shared(self, cell):
        self.uses += 1
        if cell not in self.texts:
            self.texts.append(cell)
        return self.texts.index(cell)

    def formula(self, place, cell):
        """The formula itself is its result, as a constant."""
        result = cell["formula"]
        if isinstance(result, bool):
            value, tokens = struct.pack("<BBB3xH", 1, 0, result, 0xFFFF), bytes([0x1D, result])
        elif isinstance(result, str):
            value, tokens = struct.pack("<B5xH", 0, 0xFFFF), b"\x17" + own_text(result, "<B")
        elif isinstance(result, dict):
            code = ERRORS[result["error"]]
            value, tokens = struct.pack("<BBB3xH", 2, 0, code, 0xFFFF), bytes([0x1C, code])
        elif result is None:
            value, tokens = struct.pack("<B5xH", 3, 0xFFFF), b"\x17\0\0"
        else:
            value, tokens = struct.pack("<d", result), b"\x1f" + struct.pack("<d", result)
        rest = struct.pack("<HIH", cell.get("flags", 0), cell.get("cache", 0), len(tokens)) + tokens
        behind = record(0x207, own_text(result)) if isinstance(result, str) else b""
        return record(0x06, place + value + rest) + behind

    def cell(self, row, column, cell):
        if isinstance(cell, str):
            cell = {"text": cell}
        elif not isinstance(cell, dict):
            cell = {"value": cell}
        xf = self.cell_format(cell)
        place = struct.pack("<HHH", row, column, xf)
        if "formula" in cell:
            return self.formula(place, cell)
        if "text" in cell:
            shared = {k: v for k, v in cell.items() if k != "format"}
            return record(0xFD, place + struct.pack("<I", self.shared(shared)))
        if "sst" in cell:
            return record(0xFD, place + struct.pack("<I", cell["sst"]))
        if "label" in cell:
            return record(0x204, place + own_text(cell["label"]))
        if "rstring" in cell:
            return record(0xD6, place + own_text(cell["rstring"]) + struct.pack("<HHH", 1, 0, 0))
        if "rk" in cell:
            rk = (cell["rk"] << 2 | 2 | cell.get("hundredth", False)) & 0xFFFFFFFF
            return record(0x27E, place + struct.pack("<I", rk))
        if "rk_bits" in cell:
            return record(0x27E, place + struct.pack("<I", cell["rk_bits"]))
        if "mulrk" in cell:
            n = len(cell["mulrk"])
            pairs = b"".join(struct.pack("<HI", xf, (v << 2 | 2) & 0xFFFFFFFF) for v in cell["mulrk"])
            return record(0xBD, place[:4] + pairs + struct.pack("<H", column + n - 1))
        if "bits" in cell:
            return record(0x203, place + struct.pack("<Q", int(cell["bits"], 16)))
        if "error" in cell:
            return record(0x205, place + bytes([ERRORS[cell["error"]], 1]))
        value = cell["value"]
        if value is None:
            return record(0x201, place)
        if isinstance(value, bool):
            return record(0x205, place + bytes([value, 0]))
        return record(0x203, place + struct.pack("<d", value))

    def sheet(self, sheet):
        version = self.d.get("version", 0x600)
        out = [record(BOF, struct.pack("<HHHHII", version, 0x10, 0, 0, 0, 0))]
        places = [position(name) for name in sheet.get("cells", {})] or [(-1, -1)]
        columns, rows = max(c for c, _ in places) + 1, max(r for _, r in places) + 1
        out.append(record(0x200, struct.pack("<IIHHH", 0, rows, 0, columns, 0)))
        for column in sheet.get("hidden_columns", []):
            at = position(column + "1")[0]
            out.append(record(0x7D, struct.pack("<HHHHHH", at, at, 2048, 0, 1, 0)))
        for row in sheet.get("hidden_rows", []):
            out.append(record(0x208, struct.pack("<HHHHHHHH", row - 1, 0, 1, 255, 0, 0, 0x20, 0)))
        for name, cell in sheet.get("cells", {}).items():
            column, row = position(name)
            out.append(self.cell(row, column, cell))
        merged = [range_of(r) for r in sheet.get("merged", [])]
        if merged:
            out.append(record(0xE5, struct.pack("<H", len(merged)) + b"".join(merged)))
        out.append(raw(sheet.get("records", [])))
        return b"".join(out) + record(EOF)

    def shared_texts(self):
        out = Continued(SST, self.d.get("split", 8224))
        out.whole(struct.pack("<II", self.uses, len(self.texts)))
        for text in self.texts:
            out.text(text)
        return out.bytes()

    def stream(self):
        sheets = [(s, self.sheet(s)) for s in self.d.get("sheets", [])]
        head = record(BOF, struct.pack("<HHHHII", self.d.get("version", 0x600), 5, 0, 0, 0, 0))
        head += raw(self.d.get("records", []))
        head += record(0x42, struct.pack("<H", 1200)) + record(0x22, struct.pack("<H", self.d.get("date1904", False)))
        for code, number in self.formats.items():
            head += record(0x41E, struct.pack("<H", number) + own_text(code))
        for number in self.cell_formats:
            head += record(0xE0, struct.pack("<HHHBBBBIIH", 0, number, 1, 0, 0, 0, 0, 0, 0, 0))
        names = [own_text(s["name"], "<B") for s, _ in sheets]
        texts = self.shared_texts()
        at = len(head) + sum(4 + 6 + len(name) for name in names) + len(texts) + 4
        for (sheet, body), name in zip(sheets, names):
            head += record(0x85, struct.pack("<IBB", at, sheet.get("hidden", False), sheet.get("kind", 0)) + name)
            at += len(body)
        return head + texts + record(EOF) + b"".join(body for _, body in sheets)


def position(name):
    letters, digits = re.fullmatch("([A-Z]+)([0-9]+)", name).groups()
    column = 0
    for c in letters:
        column = column * 26 + ord(c) - 64
    return column - 1, int(digits) - 1


def range_of(text):
    (c1, r1), (c2, r2) = map(position, text.split(":"))
    return struct.pack("<HHHH", r1, r2, c1, c2)


# --- the compound file ---

FREE, END, FAT, DIFAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC


def cut(data, size):
    return [data[i : i + size].ljust(size, b"\0") for i in range(0, len(data), size)]


def entry(name, kind, sector, size, left=FREE, right=FREE, child=FREE):
    coded = (name + "\0").encode("utf-16-le")
    return (coded.ljust(64, b"\0") + struct.pack("<HBBIII", len(coded), kind, 1, left, right, child)
            + bytes(36) + struct.pack("<IQ", sector, size))


def compound(streams, sector=512, shuffle=0, mini=False):
    small = {n: s for n, s in streams.items() if len(s) < 4096 and mini}
    big = {n: s if n in small or len(s) >= 4096 else s.ljust(4096, b"\0") for n, s in streams.items() if n not in small}
    mini_stream, mini_table, first = b"", [], {}
    for name, data in small.items():
        first[name] = len(mini_table)
        n = -(-len(data) // 64)
        mini_table += list(range(len(mini_table) + 1, len(mini_table) + n)) + [END]
        mini_stream += data.ljust(64 * n, b"\0")
    chains = [(name, cut(data, sector)) for name, data in big.items()]
    chains.append((None, cut(mini_stream, sector)))
    chains.append(("mini table", cut(struct.pack("<%dI" % len(mini_table), *mini_table), sector)))
    chains.append(("directory", [b""] * -(-(1 + len(streams)) * 128 // sector)))
    used, per = sum(len(c) for _, c in chains), sector // 4
    tables = more = 0
    while tables * per < used + tables + more:
        tables = -(-(used + tables + more) // per)
        more = -(-max(0, tables - 109) // (per - 1))
    total = used + tables + more
    place = list(range(total))
    if shuffle:
        random.Random(shuffle).shuffle(place)
    table, content, begin, at = [FREE] * (tables * per), [b""] * total, {}, 0
    for name, blocks in chains:
        begin[name] = place[at] if blocks else END
        for i, block in enumerate(blocks):
            table[place[at + i]] = place[at + i + 1] if i + 1 < len(blocks) else END
            content[place[at + i]] = block
        at += len(blocks)
    names = list(streams)
    directory = entry("Root Entry", 5, begin[None], len(mini_stream), child=1 if names else FREE)
    for i, name in enumerate(names):
        start = first[name] if name in small else begin[name]
        size = len(small[name]) if name in small else len(big[name])
        directory += entry(name, 2, start, size, right=i + 2 if i + 1 < len(names) else FREE)
    blocks = cut(directory, sector)
    where = begin["directory"]
    for block in blocks:
        content[where], where = block, table[where]
    fat = place[used : used + tables]
    difat = place[used + tables :]
    for s in fat:
        table[s] = FAT
    for s in difat:
        table[s] = DIFAT
    for i, s in enumerate(fat):
        content[s] = struct.pack("<%dI" % per, *table[i * per : (i + 1) * per])
    for i, s in enumerate(difat):
        listed = fat[109 + i * (per - 1) : 109 + (i + 1) * (per - 1)]
        listed += [FREE] * (per - 1 - len(listed))
        content[s] = struct.pack("<%dI" % per, *listed, difat[i + 1] if i + 1 < len(difat) else END)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3 if sector == 512 else 4, 0xFFFE, 9 if sector == 512 else 12, 6,
                          0 if sector == 512 else len(blocks), tables, begin["directory"], 0, 4096,
                          begin["mini table"], -(-len(mini_table) * 4 // sector), difat[0] if difat else END, more)
    header += struct.pack("<109I", *(fat[:109] + [FREE] * (109 - len(fat[:109]))))
    return header.ljust(sector, b"\0") + b"".join(content)


def make(description):
    streams = {description.get("stream", "Workbook"): Book(description).stream()}
    for name, data in description.get("streams", {}).items():
        streams[name] = bytes.fromhex(data)
    return compound(streams, description.get("sector", 512), description.get("shuffle", 0), description.get("mini", False))


if __name__ == "__main__":
    source = open(sys.argv[2], encoding="utf-8") if len(sys.argv) > 2 else sys.stdin
    with open(sys.argv[1], "wb") as out:
        out.write(make(json.load(source)))
