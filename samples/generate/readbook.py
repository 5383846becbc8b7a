"""Reads the workbooks of the sample again, sharing no code with what wrote them: rows of text as a spreadsheet shows
it, of the only sheet that is not hidden and has rows."""
import io
import re
import struct
import xml.etree.ElementTree as tree
import zipfile
from datetime import date, timedelta
from decimal import Decimal

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def shown(number, code):
    """A number in one of the formats that the sample uses."""
    number = Decimal(number)
    if "yyyy" in code:
        day = date(1899, 12, 30) + timedelta(days=int(number))
        return "%d-%02d" % (day.year, day.month)
    if code.endswith("%"):
        return shown(number * 100, code[:-1]) + "%"
    decimals = len(code.partition(".")[2])
    return format(number, (",." if "," in code else ".") + "%df" % decimals)


def rows_of(cells):
    """{(row, column): text} as rows, filled up to the widest."""
    height, width = (max((key[i] for key in cells), default=-1) + 1 for i in (0, 1))
    return [[cells.get((r, c), "") for c in range(width)] for r in range(height)]


def only(sheets):
    found = [cells for cells, hidden in sheets if cells and not hidden]
    if len(found) != 1:
        raise ValueError("%d sheets have rows" % len(found))
    return rows_of(found[0])


def xlsx(data):
    book = zipfile.ZipFile(io.BytesIO(data))
    if book.testzip():
        raise ValueError("bad checksum in " + book.testzip())

    def part(name):
        return tree.fromstring(book.read("xl/" + name))

    texts = ["".join(t.text or "" for t in si.iter(MAIN + "t")) for si in part("sharedStrings.xml")]
    styles = part("styles.xml")
    codes = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(MAIN + "numFmt")}
    xfs = [codes.get(xf.get("numFmtId"), "0") for xf in styles.find(MAIN + "cellXfs")]
    targets = {r.get("Id"): r.get("Target") for r in part("_rels/workbook.xml.rels")}
    sheets = []
    for sheet in part("workbook.xml").iter(MAIN + "sheet"):
        cells = {}
        for c in part(targets[sheet.get(RELATION)]).iter(MAIN + "c"):
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", c.get("r")).groups()
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            value = c.find(MAIN + "v").text
            text = texts[int(value)] if c.get("t") == "s" else shown(value, xfs[int(c.get("s"))])
            cells[int(row) - 1, column - 1] = text
        sheets.append((cells, sheet.get("state") == "hidden"))
    return only(sheets)


def stream_of(data):
    """The stream Workbook of a compound file whose table of sectors is named in its header."""
    sector = data[512:]

    def at(n):
        return sector[512 * n:512 * n + 512]

    tables, first = struct.unpack("<II", data[44:52])
    table = b"".join(at(n) for n in struct.unpack("<%dI" % tables, data[76:76 + 4 * tables]))

    def chain(n):
        out = b""
        while n < 0xFFFFFFFE:
            out, n = out + at(n), struct.unpack("<I", table[4 * n:4 * n + 4])[0]
        return out

    directory = chain(first)
    for i in range(0, len(directory), 128):
        name = directory[i:i + 64].decode("utf-16-le").partition("\0")[0]
        if name == "Workbook":
            start, size = struct.unpack("<IQ", directory[i + 116:i + 128])
            return chain(start)[:size]
    raise ValueError("no Workbook")


def records(stream, at):
    while True:
        kind, n = struct.unpack("<HH", stream[at:at + 4])
        yield kind, stream[at + 4:at + 4 + n]
        if kind == 0x0A:
            return
        at += 4 + n


def text_at(body, at, head):
    """A text of 16-bit units behind its length, and where it ends."""
    n = struct.unpack("<H" if head == 3 else "<B", body[at:at + head - 1])[0]
    return body[at + head:at + head + 2 * n].decode("utf-16-le"), at + head + 2 * n


def xls(data):
    stream = stream_of(data)
    texts, codes, xfs, bounds, before = [], {}, [], [], 0
    for kind, body in records(stream, 0):
        if kind == 0x41E:
            codes[struct.unpack("<H", body[:2])[0]] = text_at(body, 2, 3)[0]
        elif kind == 0xE0:
            xfs.append(codes.get(struct.unpack("<H", body[2:4])[0], "0"))
        elif kind == 0x85:
            bounds.append((struct.unpack("<I", body[:4])[0], body[4] != 0))
        elif kind == 0xFC or (kind == 0x3C and before in (0xFC, 0x3C)):
            at = 8 if kind == 0xFC else 0
            while at < len(body):
                text, at = text_at(body, at, 3)
                texts.append(text)
        before = kind
    sheets = []
    for at, hidden in bounds:
        cells = {}
        for kind, body in records(stream, at):
            if kind in (0x203, 0xFD):
                row, column, xf = struct.unpack("<HHH", body[:6])
                value = (shown(repr(struct.unpack("<d", body[6:])[0]), xfs[xf]) if kind == 0x203
                         else texts[struct.unpack("<I", body[6:])[0]])
                cells[row, column] = value
        sheets.append((cells, hidden))
    return only(sheets)
