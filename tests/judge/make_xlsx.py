#!/usr/bin/env python3
"""make_xlsx.py OUT [DESCRIPTION]: writes an .xlsx file from a description in JSON, standard input when it is not named;
a list of descriptions makes as many files, OUT with % as their number. What make_xls.py takes (sheets, cells, hidden,
hidden_rows, hidden_columns, merged, date1904) means the same here. It is written after ECMA-376, for tests of a reader: what a
description leaves out is ordinary, and what no program would write can be asked for too.

    {"sheets": [{"name": "附表", "cells": {"A1": "text", "B1": 1.5, "C1": true, "D1": CELL, ...},
                 "hidden": false, "hidden_rows": [3], "hidden_columns": ["B"], "merged": ["A1:C1"],
                 "data": "<row>..</row>",   the content of sheetData as it stands, instead of cells
                 "kind": "worksheet"}],     or chartsheet
     "date1904": false,
     "prefix": "x",            elements are written as x:row
     "refs": false,            rows and cells do not say where they stand
     "strict": true,           the namespaces of ISO 29500 Strict
     "absolute": true,         relations name parts from the root
     "base": "../xl/",         before the names of parts in the workbook's relations
     "backslashes": true,      in the names of parts, as some programs for Windows write them
     "folder": "xl",           where the workbook stands
     "shared": true,           false: texts stand in their cells
     "encoding": "UTF-8",      of the parts, or UTF-16
     "parts": {"xl/styles.xml": "text" or null or {"hex": ".."} or
                               {"before": "text", "repeat": "text", "times": n}},
                               parts put in, replaced or left out; a repeated text may expand to any size
     "level": 6}               of deflate; 0 is stored

A cell is a text (shared), a number, true or false, null (a style only), or an object:
    {"n": "1E-7"}                          a number as its text stands
    {"inline": "text"} {"rich": ["a", "b"], "phonetic": "c"}    also with "inline": true
    {"error": "#DIV/0!"} {"date": "2022-11-30T00:00:00"}
    {"formula": RESULT, "text": "A1*2"}    RESULT a number, text, true or false, {"error": ..}, or null (none)
    {"sst": 99} {"xml": "<c ..>"}
    {"value": 1.5}                         what else would stand without braces
and may have "format": "0.00%", a number of a built-in format, or "style": the number of a style as it stands.
"""
import json
import re
import sys
import zipfile
import zlib
from xml.sax.saxutils import escape, quoteattr

TRANSITIONAL = {
    "main": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "relations": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
STRICT = {
    "main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "relations": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def position(name):
    letters, line = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(line), column


class Workbook:
    def __init__(self, description):
        self.d = description
        self.names = STRICT if description.get("strict") else TRANSITIONAL
        self.x = description["prefix"] + ":" if description.get("prefix") else ""
        self.strings, self.items = {}, []
        self.codes, self.styles = {}, {(0,): 0}
        self.formats = [0]

    def element(self, name, content="", /, **attributes):
        text = "".join(f" {k.rstrip('_')}={quoteattr(str(v))}" for k, v in attributes.items() if v is not None)
        return f"<{self.x}{name}{text}>{content}</{self.x}{name}>" if content else f"<{self.x}{name}{text}/>"

    def root(self, name, content):
        spaces = f' xmlns{":" + self.x[:-1] if self.x else ""}="{self.names["main"]}" xmlns:r="{self.names["relations"]}"'
        return f"<{self.x}{name}{spaces}>{content}</{self.x}{name}>"

    def style(self, cell):
        if "style" in cell:
            return cell["style"]
        code = cell.get("format")
        if code is None:
            return None
        number = code if isinstance(code, int) else self.codes.setdefault(code, 164 + len(self.codes))
        if number not in self.formats:
            self.formats.append(number)
        return self.formats.index(number)

    def text(self, text):
        return f'<{self.x}t xml:space="preserve">{escape(text)}</{self.x}t>' if text else f"<{self.x}t/>"

    def runs(self, cell):
        parts = "".join(self.element("r", self.element("rPr", self.element("b")) + self.text(run)) for run in cell["rich"])
        if "phonetic" in cell:
            parts += self.element("rPh", self.text(cell["phonetic"]), sb=0, eb=1) + self.element("phoneticPr", fontId=1)
        return parts

    def share(self, content):
        if content not in self.strings:
            self.strings[content] = len(self.items)
            self.items.append(self.element("si", content))
        return self.strings[content]

    def plain_value(self, value):
        """Type and text of a value that stands in the cell itself."""
        if isinstance(value, bool):
            return "b", str(int(value))
        if isinstance(value, dict):
            return "e", value["error"]
        if isinstance(value, str):
            return "str", value
        return None, None if value is None else repr(value)

    def cell(self, name, value):
        cell = value if isinstance(value, dict) else {"value": value}
        if "xml" in cell:
            return cell["xml"]
        kind, content, inside = None, None, ""
        if "rich" in cell or "inline" in cell or isinstance(cell.get("value"), str):
            inside = self.runs(cell) if "rich" in cell else self.text(cell["inline"] if "inline" in cell else cell["value"])
            if "inline" in cell or self.d.get("shared") is False:
                kind, inside = "inlineStr", self.element("is", inside)
            else:
                kind, content, inside = "s", str(self.share(inside)), ""
        elif "sst" in cell:
            kind, content = "s", str(cell["sst"])
        elif "n" in cell:
            content = cell["n"]
        elif "date" in cell:
            kind, content = "d", cell["date"]
        elif "formula" in cell:
            inside = self.element("f", escape(cell.get("text", "1+1")))
            kind, content = self.plain_value(cell["formula"])
        else:
            kind, content = self.plain_value(cell if "error" in cell else cell["value"])
        if content is not None:
            inside += self.element("v", escape(content)) if content else f"<{self.x}v></{self.x}v>"
        where = None if self.d.get("refs") is False else name
        return self.element("c", inside, r=where, s=self.style(cell), t=kind)

    def rows(self, sheet):
        rows = {}
        for name, value in sheet.get("cells", {}).items():
            rows.setdefault(position(name)[0], []).append(self.cell(name, value))
        for line in sheet.get("hidden_rows", []):
            rows.setdefault(line, [])
        text = ""
        for line in sorted(rows):
            where = None if self.d.get("refs") is False else line
            hidden = 1 if line in sheet.get("hidden_rows", []) else None
            text += self.element("row", "".join(rows[line]), r=where, hidden=hidden)
        return text

    def sheet(self, sheet):
        data = sheet["data"] if "data" in sheet else self.rows(sheet)
        hidden = [position(column + "1")[1] for column in sheet.get("hidden_columns", [])]
        columns = "".join(self.element("col", min=c, max=c, width=8, hidden=1) for c in hidden)
        merged = "".join(self.element("mergeCell", ref=ref) for ref in sheet.get("merged", []))
        return self.root("worksheet", (self.element("cols", columns) if columns else "") + self.element("sheetData", data) + (self.element("mergeCells", merged) if merged else ""))

    def relations(self, items, base):
        text = "".join(f'<Relationship Id="{i}" Type="{self.names["relations"]}/{kind}" Target={quoteattr(base + target)}/>'
                       for i, kind, target in items)
        return f'<Relationships xmlns="{PACKAGE}">{text}</Relationships>'

    def types(self, folder):
        base, names = "application/vnd.openxmlformats-officedocument.spreadsheetml.", {"workbook": "sheet.main"}
        names.update({"styles": "styles", "sharedStrings": "sharedStrings"})
        for i, sheet in enumerate(self.d["sheets"], 1):
            kind = sheet.get("kind", "worksheet")
            names[f"{kind}s/sheet{i}"] = kind
        text = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        for name, kind in names.items():
            text += f'<Override PartName="/{folder}/{name}.xml" ContentType="{base}{kind}+xml"/>'
        return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{text}</Types>'

    def parts(self):
        folder = self.d.get("folder", "xl")
        base = f"/{folder}/" if self.d.get("absolute") else self.d.get("base", "")
        relations, listed, parts = [], "", {}
        for i, sheet in enumerate(self.d["sheets"], 1):
            kind = sheet.get("kind", "worksheet")
            relations.append((f"rId{i}", kind, f"{kind}s/sheet{i}.xml"))
            state = "hidden" if sheet.get("hidden") else None
            listed += self.element("sheet", name=sheet["name"], sheetId=i, state=state).replace("/>", f' r:id="rId{i}"/>')
            parts[f"{folder}/{kind}s/sheet{i}.xml"] = self.sheet(sheet)
        relations += [("rId9001", "styles", "styles.xml"), ("rId9002", "sharedStrings", "sharedStrings.xml")]
        own = self.element("workbookPr", date1904=1 if self.d.get("date1904") else None) + self.element("sheets", listed)
        codes = "".join(self.element("numFmt", numFmtId=n, formatCode=code) for code, n in self.codes.items())
        other = self.element("cellStyleXfs", self.element("xf", numFmtId=14))
        cells = "".join(self.element("xf", numFmtId=n, xfId=0) for n in self.formats)
        conditional = self.element("dxfs", self.element("dxf", self.element("numFmt", numFmtId=164, formatCode="0.0")))
        styles = (self.element("numFmts", codes) if codes else "") + other + self.element("cellXfs", cells) + conditional
        top = "" if self.d.get("absolute") else f"{folder}/"
        top_relation = [("rId1", "officeDocument", "workbook.xml")]
        return {
            "[Content_Types].xml": self.types(folder),
            "_rels/.rels": self.relations(top_relation, base if self.d.get("absolute") else top),
            f"{folder}/workbook.xml": self.root("workbook", own),
            f"{folder}/_rels/workbook.xml.rels": self.relations(relations, base),
            f"{folder}/styles.xml": self.root("styleSheet", styles),
            f"{folder}/sharedStrings.xml": self.root("sst", "".join(self.items)),
            **parts,
        }


def write_repeated(out, name, part):
    """A part that is never expanded here: its text is packed once and the packed bytes are repeated. Its checksum is
    wrong and it does not end: a reader has to give up before."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    before = pack.compress(part.get("before", "").encode()) + pack.flush(zlib.Z_FULL_FLUSH)
    unit = pack.compress(part["repeat"].encode()) + pack.flush(zlib.Z_FULL_FLUSH)
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    out.writestr(info, before + unit * part["times"], zipfile.ZIP_STORED)
    info.compress_type = zipfile.ZIP_DEFLATED  # for the central directory, which readers go by
    info.file_size = len(part.get("before", "").encode()) + len(part["repeat"].encode()) * part["times"]


def write(description, path):
    book = Workbook(description)
    parts = book.parts()
    encoding = description.get("encoding", "UTF-8")
    for name, text in parts.items():
        parts[name] = f'<?xml version="1.0" encoding="{encoding}"?>\n{text}'.encode(encoding)
    for name, content in description.get("parts", {}).items():
        if isinstance(content, dict) and "hex" in content:
            content = bytes.fromhex(content["hex"])
        parts[name] = content.encode() if isinstance(content, str) else content
    level = description.get("level", 6)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if level else zipfile.ZIP_STORED, compresslevel=level) as out:
        for name, content in parts.items():
            name = name.replace("/", "\\") if description.get("backslashes") else name
            if isinstance(content, dict):
                write_repeated(out, name, content)
            elif content is not None:
                out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, out.compression)


if __name__ == "__main__":
    source = open(sys.argv[2], encoding="utf-8") if len(sys.argv) > 2 else sys.stdin
    described = json.load(source)
    for i, one in enumerate(described if isinstance(described, list) else [described], 1):
        write(one, sys.argv[1].replace("%", str(i)))
