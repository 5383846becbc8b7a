"""An .xls workbook after [MS-XLS] and [MS-CFB]: BIFF8 records in a stream of sectors of 512 bytes."""
import struct

from sheets import formats_of, texts_of

BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
CODEPAGE, DATEMODE, FORMAT, XF, BOUNDSHEET, SST = 0x42, 0x22, 0x41E, 0xE0, 0x85, 0xFC
DIMENSIONS, NUMBER, LABELSST, MERGECELLS = 0x200, 0x203, 0xFD, 0xE5
LONGEST = 8224                  # bytes of a record
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512
NO_ENTRY = bytes(68) + struct.pack("<III", FREE, FREE, FREE) + bytes(48)


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def text(s, length="<H"):
    """A text of 16-bit units."""
    coded = s.encode("utf-16-le")
    return struct.pack(length + "B", len(coded) // 2, 1) + coded


def shared_texts(texts, uses):
    """No text here is so long that it would have to go on in the next record; records break between texts."""
    out, kind, body = b"", SST, struct.pack("<II", uses, len(texts))
    for s in texts:
        coded = text(s)
        if len(body) + len(coded) > LONGEST:
            out, kind, body = out + record(kind, body), CONTINUE, b""
        body += coded
    return out + record(kind, body)


def cell(row, column, x, texts, formats):
    if isinstance(x, tuple):
        return record(NUMBER, struct.pack("<HHHd", row, column, 1 + formats.index(x[1]), float(x[0])))
    return record(LABELSST, struct.pack("<HHHI", row, column, 0, texts.index(x)))


def sheet(rows, merged, texts, formats):
    width = max([len(row) for row in rows] or [0])
    out = record(BOF, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    out += record(DIMENSIONS, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for r, row in enumerate(rows):
        out += b"".join(cell(r, c, x, texts, formats) for c, x in enumerate(row) if x)
    if merged:
        ranges = b"".join(struct.pack("<HHHH", r, s, c, d) for r, c, s, d in merged)
        out += record(MERGECELLS, struct.pack("<H", len(merged)) + ranges)
    return out + record(EOF)


def stream(book):
    texts, formats = texts_of(book), formats_of(book)
    uses = sum(isinstance(x, str) and x != "" for _, rows, _, _ in book for row in rows for x in row)
    head = record(BOF, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    head += record(CODEPAGE, struct.pack("<H", 1200)) + record(DATEMODE, struct.pack("<H", 0))
    for i, code in enumerate(formats):
        head += record(FORMAT, struct.pack("<H", 164 + i) + text(code))
    for number in [0] + [164 + i for i in range(len(formats))]:
        head += record(XF, struct.pack("<HHHBBBBIIH", 0, number, 1, 0, 0, 0, 0, 0, 0, 0))
    bodies = [sheet(rows, merged, texts, formats) for _, rows, merged, _ in book]
    names = [text(name, "<B") for name, _, _, _ in book]
    shared = shared_texts(texts, uses)
    at = len(head) + sum(10 + len(name) for name in names) + len(shared) + 4
    for (_, _, _, hidden), name, body in zip(book, names, bodies):
        head += record(BOUNDSHEET, struct.pack("<IBB", at, hidden, 0) + name)
        at += len(body)
    return head + shared + record(EOF) + b"".join(bodies)


def entry(name, kind, first, size, child=FREE):
    coded = (name + "\0").encode("utf-16-le")
    return (coded.ljust(64, b"\0") + struct.pack("<HBBIII", len(coded), kind, 1, FREE, FREE, child) + bytes(36)
            + struct.pack("<IQ", first, size))


def pack(book):
    """The sectors: the stream (never so short that it would be a small one), the directory, the table of both."""
    data = stream(book).ljust(4096, b"\0")
    sectors = -(-len(data) // SECTOR)
    tables = 1
    while tables * SECTOR // 4 < sectors + 1 + tables:
        tables += 1
    table = list(range(1, sectors)) + [END, END] + [FAT] * tables
    table += [FREE] * (tables * SECTOR // 4 - len(table))
    directory = entry("Root Entry", 5, END, 0, 1) + entry("Workbook", 2, 0, len(data)) + 2 * NO_ENTRY
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, sectors, 0, 4096, END, 0, END, 0)
    places = [sectors + 1 + i for i in range(tables)]
    header += struct.pack("<109I", *(places + [FREE] * (109 - tables)))
    return (header + data.ljust(sectors * SECTOR, b"\0") + directory + struct.pack("<%dI" % len(table), *table))
