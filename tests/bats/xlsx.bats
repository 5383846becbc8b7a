# extract: workbooks of Excel since 2007. The files are written by tests/judge/make_xlsx.py after the standard.
load helper

# xlsx OUT: a workbook from its description in JSON on standard input.
xlsx() { python3 -B "$TOP/tests/judge/make_xlsx.py" "$1"; }

# one CELLS [MORE]: in.xlsx with one sheet of these cells; MORE stands beside "sheets" in the description.
one() { xlsx in.xlsx <<<"{\"sheets\": [{\"name\": \"S\", \"cells\": {$1}}] ${2:+, $2}}"; }

# data XML [MORE]: in.xlsx whose sheet has this between <sheetData> and </sheetData>.
data() { xlsx in.xlsx <<<"{\"sheets\": [{\"name\": \"S\", \"data\": \"$1\"}] ${2:+, $2}}"; }

# refused MESSAGE: in.xlsx is bad input for this one reason, and there is no output.
refused() {
    run -3 --separate-stderr extract -o out in.xlsx
    [ "$stderr" = "extract: in.xlsx:$1" ] || { echo "$stderr"; false; }
    [ ! -e out ]
}

# --- cells ---

@test "every kind of cell: shared, rich and own texts, numbers, results of formulas, booleans, errors, dates" {
    one '"A1": "a", "B1": "b", "C1": "c", "D1": "d",
         "A2": "机构 𠮷", "B2": {"inline": "标签"}, "C2": {"rich": ["富", "文本"], "phonetic": "ふぶん"}, "D2": {"rich": ["x", "y"], "phonetic": "z", "inline": true},
         "A3": 1.5, "B3": {"n": " 12 "}, "C3": {"n": ""}, "D3": null,
         "A4": {"formula": 2.5}, "B4": {"formula": "文本"}, "C4": {"formula": true}, "D4": {"formula": {"error": "#N/A"}},
         "A5": true, "B5": false, "C5": {"error": "#DIV/0!"}, "D5": {"formula": ""},
         "A6": {"date": "2022-11-30"}, "B6": {"date": "2022-11-30T00:00:00.000Z"}, "C6": {"date": "2022-11-30T18:00:00"}'
    extract --log log in.xlsx >out
    printf '%s\n' 'a	b	c	d' '机构 𠮷	标签	富文本	xy' '1.5	12		' '2.5	文本	TRUE	#N/A' 'TRUE	FALSE	#DIV/0!	' \
        '2022-11-30	2022-11-30	2022-11-30T18:00:00	' | same out
    grep -q '^cell.error	2	#N/A	D4$' log
}

@test "a formula that was written and never computed is not an empty cell" {
    one '"A1": "a", "A2": {"formula": null, "text": "SUM(B1:B9)"}, "A3": 1'
    extract --log log in.xlsx | same <(printf 'a\n=SUM(B1:B9)\n1\n')
    grep -q '^formula.none	1	=SUM(B1:B9)	A2$' log
    printf 'target	source	type\na	a	num\n' >map.tsv
    run -1 --separate-stderr extract -m map.tsv in.xlsx
    [ "$stderr" = "extract: in.xlsx:2: column 'a': not a number: '=SUM(B1:B9)' (cell A2)" ]
}

@test "numbers are what Excel shows of them: 15 digits, no exponent, no sign of zero" {
    one '"A1": "a", "A2": {"n": "0.30000000000000004"}, "A3": {"n": "1E+20"}, "A4": {"n": "-1E-7"}, "A5": {"n": "-0"},
         "A6": {"n": "622848123456789012"}, "A7": {"n": "1234.5600000000002"}, "A8": {"n": "12.50"}'
    extract --log log --log-each each in.xlsx >out
    printf '%s\n' a 0.3 100000000000000000000 -0.0000001 0 622848123456789000 1234.56 12.5 | same out
    grep -q '^number.rounded	3	0.3	A2$' log
    grep -q '^cell.long	2	100000000000000000000	A3$' log
    grep -q '^in.xlsx	S	6	A6		cell.long	622848123456789012	622848123456789000$' each
}

# Excel keeps numbers of 8 bytes and writes 17 digits of them. A reader that rounds those to 15 is one off in the last
# place now and then, and another than the reader of .xls, which has the 8 bytes.
@test "random numbers are what %.15g prints of the number of 8 bytes nearest to their text" {
    python3 -B - "$TOP" <<'PY'
import random
import struct
import sys
from decimal import Decimal
sys.path.insert(0, sys.argv[1] + "/tests/judge")
import make_xls
import make_xlsx
R = random.Random(2007)
texts = ["0.9908132947936075", "389378.7598441305", "-9677119852.698975", "7.484039023312865e-06", "5e-324", "1e-400"]
texts += [repr(R.uniform(-1, 1) * 10 ** R.randint(-12, 18)) for _ in range(2000)]
texts += [repr(R.randrange(10 ** 12) / 100) for _ in range(1000)]
texts += ["%d.%dE%d" % (R.randrange(100), R.randrange(10 ** 17), R.randint(-30, 30)) for _ in range(500)]
texts += ["%d5e%d" % (R.randrange(10 ** 14, 10 ** 15), R.randint(-40, 40)) for _ in range(500)]
texts += [repr(struct.unpack("<d", struct.pack("<Q", R.getrandbits(62)))[0]) for _ in range(500)]
cells = {f"A{i}": {"n": t} for i, t in enumerate(["0"] + texts, 1)}
make_xlsx.write({"sheets": [{"name": "S", "cells": cells}]}, "in.xlsx")
numbers = {name: float(cell["n"]) for name, cell in cells.items()}
with open("in.xls", "wb") as out:
    out.write(make_xls.make({"sheets": [{"name": "S", "cells": numbers}]}))
with open("want", "w") as out:
    for t in ["0"] + texts:
        text = format(Decimal("%.15g" % float(t)), "f")
        print(text.rstrip("0").rstrip(".") if "." in text else text, file=out)
PY
    extract in.xlsx | cmp - want
    extract in.xls | cmp - want
}

@test "what is no number is refused by the rules of numbers, not read by the C library" {
    one '"A1": "a", "A2": {"n": "nan"}, "A3": {"n": "0x10"}, "A4": {"n": "1e999"}, "A5": {"error": "#DIV/0!"}, "A6": true'
    printf 'target	source	type\na	a	num\n' >map.tsv
    run -1 --separate-stderr extract -m map.tsv in.xlsx
    printf "extract: in.xlsx:%s: column 'a': not a number: '%s' (cell A%s)\n" 2 nan 2 3 0x10 3 4 1e999 4 5 '#DIV/0!' 5 6 TRUE 6 |
        diff -u - <(echo "$stderr")
}

# What is left of 0.3 - 0.1 - 0.2 is no figure of a bank, and no rule here makes it 0.
@test "the residue of a formula is told of, and never rounded away" {
    one '"A1": "a", "A2": {"formula": -2.7755575615628914e-17, "format": "0.00"}, "A3": {"formula": 0.30000000000000004}'
    printf 'target	source	type\na	a	num\n' >map.tsv
    run -1 --separate-stderr extract -m map.tsv -o out -f failures in.xlsx
    [ "$stderr" = "extract: in.xlsx:2: column 'a': too many digits or decimals: '-0.0000000000000000277555756156289' (cell A2)" ]
    grep -q '如是公式的尾差，请在表中取整' failures
    printf 'a\n\n0.3\n' | same out
}

@test "a percent cell holds the fraction and says the percentage; a format's decimals are stated ones" {
    one '"A1": "a", "A2": {"n": "1.2300000000000000E-2", "format": "0.00%"}, "A3": {"value": 0.5, "format": 9},
         "A4": {"value": 12, "format": "#,##0.00"}, "A5": {"value": 12345678, "format": "0!.0,\"万\""}'
    extract --log log in.xlsx >out
    printf '%s\n' a 1.23% 50% 12.00 1234.5678万 | same out
    grep -q '^cell.percent	2	1.23%	A2$' log
    grep -q '^number.scaled	1	1234.5678万	A5$' log
}

@test "dates by their format, zh-CN formats without a code too, of both epochs" {
    one '"A1": "a", "A2": {"value": 44895, "format": 14}, "A3": {"value": 44895, "format": 31}, "A4": {"value": 44895, "format": 57},
         "A5": {"value": 44895.75, "format": "yyyy/m/d h:mm"}, "A6": {"value": 59, "format": 14}, "A7": {"value": 61, "format": 14},
         "A8": {"value": 44895, "format": "yyyy\"年\"m\"月\"d\"日\";@"}, "A9": {"value": 60, "format": 14}, "A10": {"value": 44895.5, "format": 14}'
    extract --log log in.xlsx >out
    printf '%s\n' a 2022-11-30 2022-11-30 2022-11 2022-11-30T18:00:00 1900-02-28 1900-03-01 2022-11-30 60 2022-11-30 | same out
    grep -q '^date.none	1	60	A9$' log
    grep -q '^date.cut	2	2022-11	A4$' log
    one '"A1": "a", "A2": {"value": 43433, "format": 14}, "A3": {"value": 0, "format": 14}' '"date1904": true'
    extract in.xlsx | same <(printf '%s\n' a 2022-11-30 1904-01-01)
}

@test "formats of cells only: those of cell styles and of conditions are others" {
    # make_xlsx gives every cell style a date format, and conditions another meaning of format 164.
    one '"A1": "a", "A2": {"value": 44895, "style": 0}, "A3": {"value": 44895, "format": "yyyy-mm-dd"}'
    extract in.xlsx | same <(printf '%s\n' a 44895 2022-11-30)
}

# Cells refer to the first; a reader that let go of it read what had been freed.
@test "a number format whose number stands twice keeps its first code" {
    xlsx in.xlsx <<<'{"sheets": [{"name": "S", "cells": {"A1": {"value": 5, "style": 0}, "A2": {"value": 5, "style": 1}}}], "parts": {"xl/styles.xml": "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts><numFmt numFmtId=\"200\" formatCode=\"0.00\"/></numFmts><cellXfs><xf numFmtId=\"200\"/><xf numFmtId=\"201\"/></cellXfs><numFmts><numFmt numFmtId=\"200\" formatCode=\"0.000\"/><numFmt numFmtId=\"201\" formatCode=\"0.0\"/></numFmts></styleSheet>"}}'
    extract in.xlsx | same <(printf '5.00\n5\n')
}

# --- texts ---

@test "texts stand as they are: blanks, line ends, entities, what XML cannot write" {
    one '"A1": " a ", "A2": "x\ny\tz", "A3": "<&>\"", "A4": "a_x000D_b_x005F_x000D__x4E2D__x00_", "A5": {"inline": "_x4e2d_"}, "A6": {"formula": "p_x0009_q"}'
    extract in.xlsx >out
    printf '%s\n' ' a ' 'x\ny\tz' '<&>"' 'a\rb_x000D_中_x00_' 中 'p\tq' | same out
}

@test "a text that was lost before is an error with its cell" {
    one '"A1": "a", "B7": "锟斤拷"'
    refused "7: sheet 'S': cell B7: its text has U+FFFD or 锟斤拷: text was lost before the file was written"
    one '"A1": "a", "B7": {"inline": "x\ufffd"}'
    refused "7: sheet 'S': cell B7: its text has U+FFFD or 锟斤拷: text was lost before the file was written"
}

# --- rows and sheets ---

@test "the line of a row is its number in the sheet; gaps are empty cells and blank lines" {
    one '"A2": "b", "B2": "c", "C2": "d", "D2": "e", "A5": 1, "D5": 4, "C7": null, "B9": "x"'
    extract --origin --log log in.xlsx >out
    printf '%s\n' 'b	c	d	e	_file	_sheet	_line	_record' '1			4	in.xlsx	S	5	2' '	x			in.xlsx	S	9	3' | same out
    grep -q '^lines.blank	6	' log
}

@test "the same workbook as other programs write it" {
    local cells='"A1": "机构", "B1": "<b>", "A2": "x", "B2": {"value": 44895, "format": "yyyy-mm-dd"}, "A3": {"rich": ["p", "q"]}, "B3": {"n": "0.5", "format": 10}' way
    one "$cells"
    extract in.xlsx >want
    printf '%s\n' '机构	<b>' 'x	2022-11-30' 'pq	50.00%' | same want
    for way in '"prefix": "x"' '"refs": false' '"strict": true' '"absolute": true' '"base": "./../xl/"' '"folder": "book"' '"shared": false' '"encoding": "UTF-16"' \
        '"backslashes": true' '"backslashes": true, "base": ".\\"' '"level": 0' '"folder": "a/b", "prefix": "ss", "refs": false, "shared": false, "strict": true, "encoding": "UTF-16"'; do
        echo "{\"sheets\": [{\"name\": \"S\", \"cells\": {$cells}}], $way}"
    done | paste -sd, | sed 's/.*/[&]/' | xlsx way%.xlsx
    for way in way{1..12}.xlsx; do
        extract "$way" | cmp - want
    done
}

@test "elements of other namespaces are none of the table" {
    data "<row r='1'><c r='A1'><v>1</v></c><y:c xmlns:y='urn:other' r='B1'><y:v>9</y:v></y:c></row>"
    extract in.xlsx | same <(echo 1)
}

@test "a merged heading is read in each of its columns, merged data is not filled" {
    xlsx in.xlsx <<'END'
{"sheets": [{"name": "S", "merged": ["A1:C1", "A2:A3", "B2:C2", "A4:A5", "A1000:XFD1048576"],
             "cells": {"A1": "月报表", "A2": "地区", "B2": "贷款", "B3": "余额", "C3": "户数", "A4": "泰山", "B4": 1, "C4": 2, "B5": 3, "C5": 4}}]}
END
    printf '%s\n' 'target	source	type	required' '@header	2		' 'area	地区	text	1' 'loan	贷款/余额	num	1' 'firms	贷款/户数	int	1' >map.tsv
    extract -m map.tsv in.xlsx --log log >out
    printf '%s\n' 'area	loan	firms' '泰山	1	2' '	3	4' | same out
    grep -q '^cell.merged	4	月报表	B1$' log
}

@test "sheets: the only one with rows, one by name, hidden ones only when asked for" {
    xlsx in.xlsx <<'END'
{"sheets": [{"name": "说明", "cells": {}}, {"name": "图", "kind": "chartsheet"},
            {"name": "附表 & <二>", "cells": {"A1": "a", "A2": 1}}, {"name": "藏", "hidden": true, "cells": {"A1": "b", "A2": 2}}]}
END
    extract --origin in.xlsx --log log | same <(printf 'a\t_file\t_sheet\t_line\t_record\n1\tin.xlsx\t附表 & <二>\t2\t2\n')
    grep -q '^sheet.hidden	1	藏	$' log
    extract --sheet 藏 in.xlsx | same <(printf 'b\n2\n')
    run -3 --separate-stderr extract --sheet 无 in.xlsx
    [ "$stderr" = "extract: in.xlsx: no sheet '无'; the workbook has '说明', '附表 & <二>', '藏' (hidden)" ]
    run -3 --separate-stderr extract --hidden in.xlsx
    [[ $stderr == *"more than one sheet has rows; name one with --sheet or @sheet; the workbook has '附表 & <二>', '藏' (hidden)" ]]
}

# Some programs hide a row by its height.
@test "a row of height 0 is a hidden row" {
    data "<row r='1'><c r='A1'><v>1</v></c></row><row r='2' ht='0' customHeight='1'><c r='A2'><v>2</v></c></row><row r='3' ht='0.5'><c r='A3'><v>3</v></c></row>"
    run -0 --separate-stderr extract in.xlsx
    [ "$output" = $'1\n3' ]
    [ "$stderr" = 'extract: in.xlsx:2: 1 hidden row left out, the first of them here; --hidden reads them' ]
    extract --hidden in.xlsx | same <(printf '1\n2\n3\n')
}

@test "hidden rows are left out and counted; --hidden reads them" {
    xlsx in.xlsx <<<'{"sheets": [{"name": "S", "hidden_rows": [3], "cells": {"A1": "a", "A2": 1, "A3": 2, "A4": 3}}]}'
    run -0 --separate-stderr extract --log log -f failures -o out in.xlsx
    printf 'a\n1\n3\n' | same out
    [ "$stderr" = 'extract: in.xlsx:3: 1 hidden row left out, the first of them here; --hidden reads them' ]
    derive -c severity,rule failures | grep -qx $'inform\tstructure.hidden'
    grep -q '^rows.hidden	1	2	A3$' log
    extract --hidden in.xlsx | same <(printf 'a\n1\n2\n3\n')
    # One with nothing in it is none.
    xlsx in.xlsx <<<'{"sheets": [{"name": "S", "hidden_rows": [3], "cells": {"A1": "a", "A2": 1, "A3": null, "A4": 3}}]}'
    run -0 --separate-stderr extract in.xlsx
    [ "$stderr" = '' ]
}

# --- files ---

@test "a file, a pipe, gzip and another name: the bytes alone decide" {
    one '"A1": "a", "A2": "b"'
    extract in.xlsx >want
    cp in.xlsx in.csv
    extract in.csv | cmp - want
    extract <in.xlsx | cmp - want
    cat in.xlsx | extract | cmp - want
    gzip <in.xlsx | extract | cmp - want
    extract -t xlsx in.xlsx | cmp - want
    run -3 --separate-stderr extract -t xls in.xlsx
    [[ $stderr == "extract: in.xlsx: not of type xls: its first bytes are those of an .xlsx workbook" ]]
    run -3 extract -t csv in.xlsx
    printf 'a\nb\n' >plain.xlsx
    extract plain.xlsx | cmp - want
    run -3 extract -t xlsx plain.xlsx
}

@test "pages and documents named like workbooks are told apart" {
    local text
    for text in '<html><table>' '  <TABLE border=1>' '<?xml version="1.0"?><Workbook>' '\xef\xbb\xbf<!DOCTYPE html>'; do
        printf "$text" >in.xlsx
        refused " a web page or XML, whatever its name; open it and save it as .xlsx or CSV"
    done
    printf 'MIME-Version: 1.0\nContent-Type: multipart/related\n' >in.xlsx
    refused " a web page or XML, whatever its name; open it and save it as .xlsx or CSV"
    printf '%%PDF-1.7\n' >in.xlsx && refused " a PDF document; send the workbook or CSV that it was made from"
    printf 'Rar!\x1a\x07\x01' >in.xlsx && refused " a RAR archive; unpack it first"
    printf '7z\xbc\xaf\x27\x1c' >in.xlsx && refused " a 7z archive; unpack it first"
    printf '\xff\xd8\xff\xe0' >in.xlsx && refused " a picture; send the workbook or CSV that it shows"
    python3 -B - <<'PY'
import zipfile
for name, member in [("ods", "content.xml"), ("xlsb", "xl/workbook.bin"), ("docx", "word/document.xml"), ("zip", "a.csv")]:
    with zipfile.ZipFile("in." + name, "w") as z:
        z.writestr(member, "x")
PY
    cp in.ods in.xlsx && refused " an OpenDocument file (.ods); save it as .xlsx"
    cp in.xlsb in.xlsx && refused " a binary workbook (.xlsb); save it as .xlsx"
    cp in.docx in.xlsx && refused " a Word document, not a workbook"
    cp in.zip in.xlsx && refused " a zip file without a workbook in it; unpack it first"
}

@test "a part protected by a password is told" {
    one '"A1": "a"'
    python3 -B - <<'PY'
data = bytearray(open("in.xlsx", "rb").read())
for magic, flags in (b"PK\3\4", 6), (b"PK\1\2", 8):
    at = -1
    while (at := data.find(magic, at + 1)) >= 0:
        data[at + flags] |= 1
open("in.xlsx", "wb").write(data)
PY
    refused " _rels/.rels: protected by a password; save it without one"
}

@test "a workbook cut anywhere is never a shorter table" {
    local n size
    one '"A1": "a", "A2": "b", "A3": 3'
    size=$(stat -c %s in.xlsx)
    mv in.xlsx whole.xlsx
    for ((n = 4; n < size; n += 61)); do
        head -c "$n" whole.xlsx >in.xlsx
        refused " damaged or truncated zip file: Not a zip archive"
    done
}

@test "one wrong bit in a part is found by its checksum, before the first row" {
    one '"A1": "a", "A2": "b", "A3": 3' '"level": 0'
    sed -i 's/sheetData><row r="1">/sheetData><row r="2">/' in.xlsx
    refused " xl/worksheets/sheet1.xml: CRC error"
}

# --- damage inside ---

# each_refused: standard input has a description and a message on every line; each workbook is refused with its own.
each_refused() {
    local n=0 text message
    cat >cases
    cut -f1 cases | paste -sd, | sed 's/.*/[&]/' | xlsx case%.xlsx
    while IFS=$'\t' read -r text message; do
        n=$((n + 1))
        mv "case$n.xlsx" in.xlsx
        echo "$text" # shown when what follows fails
        refused "$message"
    done <cases
}

# rows XML MESSAGE, cells CELLS MESSAGE: a line for each_refused.
rows() { printf '{"sheets": [{"name": "S", "data": "%s"}]}\t%s\n' "$1" "$2"; }
cells() { printf '{"sheets": [{"name": "S", "cells": {%s}}]}\t%s\n' "$1" "$2"; }

@test "rows and cells where none can be" {
    local row="<row r='1'><c r='A1'><v>1</v></c></row>" left="it is not right of the cell before it, or stands in another row" name
    {
        rows "$row<row r='1'/>" "1: sheet 'S': row '1' behind row 1"
        rows "<row r='1048577'/>" " xl/worksheets/sheet1.xml: sheet 'S': row '1048577' behind row 0"
        rows "<row r='x'/>" " xl/worksheets/sheet1.xml: sheet 'S': row 'x' behind row 0"
        for name in XFE3 ZZZZ9999999 3 B '' B0 B99999999999999999999; do
            rows "$row<row r='3'><c r='$name'/></row>" "3: sheet 'S': cell A3: $left"
        done
        rows "$row<row r='3'><c r='B3'/><c r='B3'/></row>" "3: sheet 'S': cell B3: $left"
        rows "$row<row r='3'><c r='B3'/><c r='A3'/></row>" "3: sheet 'S': cell A3: $left"
        rows "$row<row r='3'><c r='B4'/></row>" "3: sheet 'S': cell B3: $left"
    } | each_refused
}

@test "cells that refer to nothing" {
    local none="it refers to a shared text that is not there" index
    {
        rows "<row r='2'><c r='A2' t='s'><v>0</v></c></row>" "2: sheet 'S': cell A2: $none"
        for index in 1 -1 999999 99999999999999999999 x; do
            cells "\"A1\": \"a\", \"A2\": {\"sst\": \"$index\"}" "2: sheet 'S': cell A2: $none"
        done
        cells '"A1": {"value": 1, "style": 7}' "1: sheet 'S': cell A1: its style is not in the workbook"
        cells '"A1": {"value": 1, "style": -1}' "1: sheet 'S': cell A1: its style is not a number"
        rows "<row r='1'><c r='A1' t='q'><v>1</v></c></row>" "1: sheet 'S': cell A1: its type is not known"
        rows "<row r='1'><c r='A1' t='b'><v>2</v></c></row>" "1: sheet 'S': cell A1: it is neither true nor false"
        printf '%s\t%s\n' '{"sheets": [{"name": "S", "cells": {}}], "parts": {"xl/worksheets/sheet1.xml": null}}' \
            " xl/workbook.xml: sheet 'S' is not in the file"
        printf '%s\t%s\n' '{"sheets": [{"name": "S", "cells": {}}], "parts": {"xl/_rels/workbook.xml.rels": null}}' \
            " xl/workbook.xml: sheet 'S': the workbook does not say where it is"
        printf '%s\t%s\n' '{"sheets": [{"name": "S", "cells": {"A1": "a"}, "merged": ["A1:ZZZ9"]}]}' \
            " xl/worksheets/sheet1.xml: a merged range 'A1:ZZZ9'"
        printf '%s\t%s\n' '{"sheets": [{"name": "S", "kind": "chartsheet"}]}' " the workbook has no sheet with cells"
    } | each_refused
}

@test "XML that is none" {
    one '"A1": "a"' '"parts": {"xl/sharedStrings.xml": "<sst>"}'
    refused " xl/sharedStrings.xml: damaged XML in line 1: no element found"
    data "<row>" && refused " xl/worksheets/sheet1.xml: damaged XML in line 2: mismatched tag"
    one '"A1": "a"' '"parts": {"xl/styles.xml": {"hex": "3c613eff3c2f613e"}}'
    refused " xl/styles.xml: damaged XML in line 1: not well-formed (invalid token)"
}

# --- limits ---

# small MESSAGE: refused with it within 300 MB of address space; a sanitizer, which wants more, is given it.
small() {
    local limit=300000
    (ulimit -v $limit && extract --version) >/dev/null 2>&1 || limit=unlimited
    run -3 --separate-stderr bash -c "ulimit -v $limit; extract -o out in.xlsx"
    [ "$stderr" = "extract: in.xlsx:$1" ] || { echo "$stderr"; false; }
    [ ! -e out ]
}

@test "no DOCTYPE: neither a billion laughs nor a file of ours" {
    one '"A1": "a"' '"parts": {"xl/sharedStrings.xml": "<!DOCTYPE s [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><sst><si><t>&b;</t></si></sst>"}'
    refused " xl/sharedStrings.xml: a DOCTYPE is not allowed"
    one '"A1": "a"' '"parts": {"xl/workbook.xml": "<!DOCTYPE s SYSTEM \"file:///etc/passwd\"><workbook/>"}'
    refused " xl/workbook.xml: a DOCTYPE is not allowed"
}

@test "zip bombs: a cell of 3 GB in 3 MB, 100 MB in 100 KB" {
    local begin='<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>' blank
    blank=$(printf '%1000000s' '')
    one '"A1": "a"' "\"parts\": {\"xl/worksheets/sheet1.xml\": {\"before\": \"$begin\", \"repeat\": \"$blank\", \"times\": 3000}}"
    small " xl/worksheets/sheet1.xml: expands beyond 256 MiB"
    one '"A1": "a"' "\"parts\": {\"xl/worksheets/sheet1.xml\": {\"repeat\": \"$blank\", \"times\": 100}}"
    small " xl/worksheets/sheet1.xml: expands to more than 100 times its size; is it a zip bomb?"
}

@test "a single endless cell, shared text, tag, or ladder of elements" {
    python3 -B - "$TOP" <<'PY'
import sys
sys.path.insert(0, sys.argv[1] + "/tests/judge")
import make_xlsx
import random
r = random.Random(3)
chaff = r.randbytes(1500000).hex()
def write(name, **parts):
    make_xlsx.write({"sheets": [{"name": "S", "cells": {"A1": "a"}}], "parts": parts.pop("parts")}, name)
sheet = "<worksheet><sheetData>%s</sheetData></worksheet>"
part = "xl/worksheets/sheet1.xml"
write("cell.xlsx", parts={part: sheet % f"<row><c t='inlineStr'><is><t>{chaff}</t></is></c></row>"})
write("string.xlsx", parts={"xl/sharedStrings.xml": f"<sst><si><t>a</t></si><si><t>{chaff}</t></si></sst>"})
write("tag.xlsx", parts={part: sheet % f"<row x='{chaff}'/>"})
write("comment.xlsx", parts={part: sheet % f"<!--{chaff}-->"})
write("deep.xlsx", parts={part: sheet % ("<a>" + "<b>".join(chaff[i : i + 20] for i in range(0, 2000000, 20)))})
write("wide.xlsx", parts={part: sheet % ("<row>" + "".join(f"<c><v>{i * i}</v></c>" for i in range(100000)) + "</row>")})
PY
    cp cell.xlsx in.xlsx && small "1: sheet 'S': cell A1: it is longer than 1 MiB"
    cp string.xlsx in.xlsx && small " xl/sharedStrings.xml: shared text 1 is longer than 1 MiB"
    cp tag.xlsx in.xlsx && small " xl/worksheets/sheet1.xml: a tag or comment is longer than 2 MiB"
    cp comment.xlsx in.xlsx && small " xl/worksheets/sheet1.xml: a tag or comment is longer than 2 MiB"
    cp deep.xlsx in.xlsx && small " xl/worksheets/sheet1.xml: elements are nested more than 64 deep"
    cp wide.xlsx in.xlsx && small "1: sheet 'S': cell XFE1: a cell beyond column XFD"
}

@test "millions of shared texts, of members, and a file that is too large" {
    local texts
    texts=$(python3 -c 'import random; r = random.Random(4); print("".join("<si><t>%s</t></si>" % "".join(chr(r.randrange(97, 99)) if r.random() < 0.05 else " " for _ in range(500)) for _ in range(1000)))')
    one '"A1": "a"' "\"parts\": {\"xl/sharedStrings.xml\": {\"before\": \"<sst>\", \"repeat\": \"$texts\", \"times\": 150}}"
    small " xl/sharedStrings.xml: more than 64 MiB of shared texts"
    python3 -B - <<'PY'
import zipfile
with zipfile.ZipFile("in.xlsx", "w") as z:
    for i in range(5000):
        z.writestr("%0200d" % i, "")
PY
    small " the zip file has too many members: its directory is larger than 1 MiB"
    one '"A1": "a"'
    truncate -s 257M in.xlsx
    small " the file is larger than 256 MiB"
    run -3 --separate-stderr bash -c 'cat in.xlsx | extract'
    [ "$stderr" = "extract: (standard input): the file is larger than 256 MiB" ]
}

@test "a row far down and a cell far right cost nothing" {
    data "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='A1048576'><v>2</v></c></row>"
    extract in.xlsx --origin --log log | same <(printf '1\t_file\t_sheet\t_line\t_record\n2\tin.xlsx\tS\t1048576\t2\n')
    grep -q '^lines.blank	1048574	' log
    data "<row r='1'><c r='XFD1'><v>1</v></c></row>"
    run -3 extract in.xlsx
    [[ $output == *"header: column 1 has no name" ]]
}

# --- laws ---

@test "random tables written as .xlsx come back as they were" {
    python3 -B - "$TOP" <<'PY'
import random
import subprocess
import sys
from decimal import Decimal
sys.path.insert(0, sys.argv[1] + "/tests/judge")
import make_xlsx
R = random.Random(2010)
letters = "abcé中国人𠮷㙍镕 ,\"'-=\t\n<&>_"
escapes = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
def cell():
    """A cell of the description and the field it must become."""
    kind = R.randrange(4)
    if kind == 0:
        value = Decimal(R.randrange(-(10 ** 14), 10 ** 14)).scaleb(-R.randrange(0, 12))
        return {"n": R.choice([repr(float(value)), str(value), "%E" % value if R.random() < 0 else str(value)])}, format(value.normalize() + 0, "f") if value else "0"
    word = "".join(R.choice(letters) for _ in range(R.choice([0, 1, 3, 10, 80])))
    cut = len(word) // 2
    how = [{"rich": [word[:cut], word[cut:]], "phonetic": "x"}, {"inline": word}, {"formula": word}]
    return how[kind - 1], "".join(escapes.get(c, c) for c in word)
names = "ABCDEFGHIJKLMNOP"
for trial in range(40):
    width = R.randint(1, 16)
    cells, want = {n + "1": "h" + n for n in names[:width]}, ["\t".join("h" + n for n in names[:width])]
    for row in range(2, R.randint(3, 30)):
        fields = []
        for n in names[:width]:
            cells[n + str(row)], field = cell()
            fields.append(field)
        if any(fields):
            want.append("\t".join(fields))
    make_xlsx.write({"sheets": [{"name": "S", "cells": cells}], "prefix": R.choice(["", "x"]), "refs": R.random() < 0.5,
                     "shared": R.random() < 0.5, "level": R.choice([0, 1, 9]), "encoding": R.choice(["UTF-8", "UTF-16"])}, "in.xlsx")
    got = subprocess.run(["extract", "in.xlsx"], capture_output=True, check=True).stdout.decode()
    assert got == "\n".join(want) + "\n", (trial, got, want)
PY
}

@test "the same table as .xlsx, .xls and CSV" {
    printf '%s\n' 'unit	dimension	shift' '万元	yuan	4' '亿元	yuan	8' '%	percent	0' >units.tsv
    printf '%s\n' 'target	source	unit	type	required' '@end	填表人			' 'area	地区		text	1' 'loan	各项贷款	万元	num	1' \
        'rate	利率	%	num	0' 'day	日期		date	0' >map.tsv
    cat >book.json <<'END'
{"sheets": [{"name": "S", "merged": ["A1:D1"], "cells": {"A1": "月报表", "A2": "单位：亿元", "A4": "地区", "B4": "各项贷款", "C4": "利率", "D4": "日期",
 "A5": "泰山", "B5": {"value": 12.5, "format": "#,##0.00"}, "C5": {"value": 0.0435, "format": "0.00%"}, "D5": {"value": 44895, "format": 31},
 "A6": "岱岳", "B6": "1,234.5", "C6": "—", "A7": "填表人：甲"}}]}
END
    printf '月报表,,,\n单位：亿元,,,\n\n地区,各项贷款,利率,日期\n泰山,12.50,4.35%%,2022-11-30\n岱岳,"1,234.5",—,\n填表人：甲,,,\n' >in.csv
    xlsx in.xlsx <book.json
    python3 -B "$TOP/tests/judge/make_xls.py" in.xls <book.json
    for kind in csv xlsx xls; do
        extract -m map.tsv -u units.tsv --origin=$kind.side -D file=f in.$kind | cut -f1-5,7,8 >$kind.out
    done
    cmp csv.out xlsx.out && cmp csv.out xls.out
    cmp csv.side xlsx.side && cmp csv.side xls.side
}

@test "mutated workbooks are read or refused; make fuzz goes on for longer" {
    run -0 "$BUILD/fuzz/xlsx" 3000 "$TOP"/tests/fuzz/xlsx/*
}

@test "mutated zip files: what the static build's reader reads to its end, libzip reads so too" {
    run -0 "$BUILD/fuzz/package" 5000 "$TOP"/tests/fuzz/package/*
}
