"""An .xlsx workbook after ECMA-376: a zip file of XML parts, compressed as gz.py does, with no time in it."""
import struct
import zlib
from xml.sax.saxutils import escape, quoteattr

from gz import deflate
from sheets import formats_of, letters, texts_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml."
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def cell_xml(place, cell, texts, formats):
    if isinstance(cell, tuple):
        return '<c r="%s" s="%d"><v>%s</v></c>' % (place, 1 + formats.index(cell[1]), cell[0])
    return '<c r="%s" t="s"><v>%d</v></c>' % (place, texts[cell]) if cell else ""


def sheet_xml(rows, merged, texts, formats):
    out = [HEAD, '<worksheet xmlns="%s"><sheetData>' % MAIN]
    for r, row in enumerate(rows, 1):
        cells = [cell_xml(letters(c) + str(r), x, texts, formats) for c, x in enumerate(row)]
        out.append('<row r="%d">%s</row>' % (r, "".join(cells)))
    out.append("</sheetData>")
    if merged:
        refs = "".join('<mergeCell ref="%s%d:%s%d"/>' % (letters(c), r + 1, letters(d), s + 1) for r, c, s, d in merged)
        out.append('<mergeCells count="%d">%s</mergeCells>' % (len(merged), refs))
    return "".join(out) + "</worksheet>"


def styles_xml(formats):
    codes = "".join('<numFmt numFmtId="%d" formatCode=%s/>' % (164 + i, quoteattr(f)) for i, f in enumerate(formats))
    xfs = "".join('<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' % n
                  for n in [0] + [164 + i for i in range(len(formats))])
    return (HEAD + '<styleSheet xmlns="%s"><numFmts count="%d">%s</numFmts>' % (MAIN, len(formats), codes)
            + '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
            + '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
            + '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
            + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            + '<cellXfs count="%d">%s</cellXfs></styleSheet>' % (1 + len(formats), xfs))


def relations_xml(targets):
    items = "".join('<Relationship Id="r%d" Type="%s/%s" Target="%s"/>' % (i, RELATIONS, kind, target)
                    for i, (kind, target) in enumerate(targets, 1))
    return HEAD + '<Relationships xmlns="%s/relationships">%s</Relationships>' % (PACKAGE, items)


def parts(book):
    texts, formats = {t: i for i, t in enumerate(texts_of(book))}, formats_of(book)
    names = ["worksheets/sheet%d.xml" % (i + 1) for i in range(len(book))]
    kinds = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles"), ("/xl/sharedStrings.xml", "sharedStrings")]
    kinds += [("/xl/" + name, "worksheet") for name in names]
    overrides = "".join('<Override PartName="%s" ContentType="%s%s+xml"/>' % (p, CONTENT, k) for p, k in kinds)
    yield "[Content_Types].xml", (
        HEAD + '<Types xmlns="%s/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>%s</Types>'
        % (PACKAGE, overrides))
    yield "_rels/.rels", relations_xml([("officeDocument", "xl/workbook.xml")])
    sheets = "".join('<sheet name=%s sheetId="%d"%s r:id="r%d"/>' % (quoteattr(name), i, ' state="hidden"' * hidden, i)
                     for i, (name, _, _, hidden) in enumerate(book, 1))
    yield "xl/workbook.xml", (HEAD + '<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets></workbook>'
                              % (MAIN, RELATIONS, sheets))
    yield "xl/_rels/workbook.xml.rels", relations_xml(
        [("worksheet", name) for name in names] + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")])
    yield "xl/styles.xml", styles_xml(formats)
    items = "".join('<si><t xml:space="preserve">%s</t></si>' % escape(t) for t in texts)
    yield "xl/sharedStrings.xml", HEAD + '<sst xmlns="%s" uniqueCount="%d">%s</sst>' % (MAIN, len(texts), items)
    for name, (_, rows, merged, _) in zip(names, book):
        yield "xl/" + name, sheet_xml(rows, merged, texts, formats)


def pack(book):
    body, directory, n = b"", b"", 0
    for name, text in parts(book):
        data, coded = text.encode("utf-8"), name.encode("ascii")
        packed = deflate(data)
        both = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, zlib.crc32(data), len(packed), len(data), len(coded), 0)
        directory += b"PK\1\2\x14\0" + both + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + coded
        body += b"PK\3\4" + both + coded + packed
        n += 1
    return body + directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, n, n, len(directory), len(body), 0)
