# extract: workbooks of Excel 97-2003. The files are written by tests/judge/make_xls.py after the published formats.
load helper

# xls OUT: a workbook from its description in JSON on standard input.
xls() { python3 -B "$TOP/tests/judge/make_xls.py" "$1"; }

# one CELLS [MORE]: in.xls with one sheet of these cells; MORE stands beside "sheets" in the description.
one() { xls in.xls <<<"{\"sheets\": [{\"name\": \"S\", \"cells\": {$1}}] ${2:+, $2}}"; }

# refused MESSAGE: in.xls is bad input for this one reason, and there is no output.
refused() {
    run -3 --separate-stderr extract -o out in.xls
    [ "$stderr" = "extract: in.xls:$1" ] || { echo "$stderr"; false; }
    [ ! -e out ]
}

# --- cells ---

@test "every kind of cell: shared and own texts, numbers in their four records, results of formulas, booleans, errors" {
    one '"A1": "a", "B1": "b", "C1": "c", "D1": "d",
         "A2": "机构 𠮷", "B2": {"label": "标签"}, "C2": {"rstring": "rich"}, "D2": {"text": "é", "wide": true, "runs": 2},
         "A3": 1.5, "B3": {"rk": -1234, "hundredth": true}, "C3": {"mulrk": [7, -8]},
         "A4": {"formula": 2.5}, "B4": {"formula": "文本"}, "C4": {"formula": true}, "D4": {"formula": {"error": "#N/A"}},
         "A5": true, "B5": false, "C5": {"error": "#DIV/0!"}, "D5": {"formula": null, "cache": 4242538496}'
    extract --log log in.xls >out
    printf '%s\n' 'a	b	c	d' '机构 𠮷	标签	rich	é' '1.5	-12.34	7	-8' '2.5	文本	TRUE	#N/A' 'TRUE	FALSE	#DIV/0!	' |
        same out
    grep -q '^cell.error	2	#N/A	D4$' log
}

# Writers for Python leave an empty text, those for Java and Perl a zero: their totals read as nothing, or as zero.
@test "formulas that were written and never computed are not the zeros or empty texts that stand in them" {
    one '"A1": "a", "B1": "b", "A2": {"formula": 0, "flags": 3}, "B2": {"formula": null, "flags": 1},
         "A3": {"formula": 0, "flags": 2}, "B3": {"formula": null}, "A4": {"formula": 0},
         "A5": {"formula": 0, "flags": 3, "cache": 4242538496}, "B5": {"formula": null, "cache": 4242538496}'
    extract --log log in.xls >out
    printf '%s\t%s\n' a b '=?' '=?' '=?' '=?' 0 '' 0 '' | same out
    grep -q '^formula.none	4	=?	A2$' log
}

@test "where one formula was computed all were" {
    one '"A1": "a", "B1": "b", "A2": {"formula": 0, "flags": 2}, "B2": {"formula": null}, "A3": {"formula": 5, "flags": 2}'
    extract in.xls | same <(printf 'a\tb\n0\t\n5\t\n')
}

@test "numbers are what Excel shows of them: 15 digits, no exponent, no sign of zero" {
    one '"A1": "a", "A2": 0.30000000000000004, "A3": 1e20, "A4": -1e-7, "A5": -0.0, "A6": 123456789012345680,
         "A7": {"rk_bits": 1072693249}, "A8": {"rk": 536870911}, "A9": {"rk": -536870912, "hundredth": true},
         "A10": {"rk": -7}, "A11": {"rk": 100, "hundredth": true}'
    extract in.xls >out
    printf '%s\n' a 0.3 100000000000000000000 -0.0000001 0 123456789012346000 0.01 536870911 -5368709.12 -7 1 | same out
}

@test "a percent cell holds the fraction and says the percentage; a format's decimals are stated ones" {
    one '"A1": "a", "A2": {"value": 0.0123, "format": "0.00%"}, "A3": {"value": 0.5, "format": 9},
         "A4": {"value": 12, "format": "#,##0.00"}, "A5": {"value": 3, "format": "0!.0,\"万\""}'
    extract in.xls >out
    printf '%s\n' a 1.23% 50% 12.00 | same <(head -4 out)
}

@test "dates by their format, zh-CN formats without a code too, of both epochs" {
    one '"A1": "a", "A2": {"value": 44895, "format": 14}, "A3": {"value": 44895, "format": 31}, "A4": {"value": 44895, "format": 57},
         "A5": {"value": 44895.75, "format": "yyyy/m/d h:mm"}, "A6": {"value": 59, "format": 14}, "A7": {"value": 61, "format": 14},
         "A8": {"value": 44895, "format": "0.00"}'
    extract in.xls >out
    printf '%s\n' a 2022-11-30 2022-11-30 2022-11 2022-11-30T18:00:00 1900-02-28 1900-03-01 44895.00 | same out
    one '"A1": "a", "A2": {"value": 43433, "format": 14}, "A3": {"value": 0, "format": 14}' '"date1904": true'
    extract in.xls >out
    printf '%s\n' a 2022-11-30 1904-01-01 | same out
}

@test "rows and cells may have gaps, and the cells of a row any order" {
    one '"B2": "b", "A2": "a", "D2": "d", "C2": "c", "D5": 4, "A5": 1, "A6": null, "B9": {"label": "x"}'
    extract --origin in.xls >out
    printf '%s\n' 'a	b	c	d	_file	_sheet	_line	_record' '1			4	in.xls	S	5	2' '	x			in.xls	S	9	3' | same out
}

# --- texts ---

@test "texts that go on in CONTINUE records, wherever they are cut" {
    local split
    printf '%s\n' 机构名称 'plain latin text' 富文本𠮷字 'wide as can be' 末 >want
    python3 -B - "$TOP" <<'PY'
import sys
sys.path.insert(0, sys.argv[1] + "/tests/judge")
import make_xls
cells = {"A1": "机构名称", "A2": "plain latin text", "A3": {"text": "富文本𠮷字", "runs": 3, "phonetic": 9},
         "A4": {"text": "wide as can be", "wide": True}, "A5": "", "A6": "末"}
for split in range(9, 65):
    with open("%d.xls" % split, "wb") as out:
        out.write(make_xls.make({"sheets": [{"name": "S", "cells": cells}], "split": split}))
PY
    for split in {9..64}; do
        extract "$split.xls" | cmp - want
    done
}

@test "a text that cannot be one is an error with its cell, and only where a cell uses it" {
    one '"A1": "a", "B7": "\ud842"'
    refused "7: sheet 'S': cell B7: its text has half a character (a surrogate without its pair)"
    one '"A1": "a", "B7": "x\u0000"'
    refused "7: sheet 'S': cell B7: its text has a NUL character"
    one '"A1": "a", "B7": "锟斤拷"'
    refused "7: sheet 'S': cell B7: its text has U+FFFD or 锟斤拷: text was lost before the file was written"
    one '"A1": "a", "B7": {"label": "\ufffd"}'
    refused "7: sheet 'S': cell B7: its text has U+FFFD or 锟斤拷: text was lost before the file was written"
    one '"A1": "a", "B7": {"sst": 1}'
    refused "7: sheet 'S': cell B7: its text is none of the workbook's shared texts"
}

# --- sheets ---

@test "sheets by name, hidden sheets and rows by option; a merged heading is read in each of its columns" {
    xls in.xls <<'END'
{"sheets": [{"name": "说明", "cells": {}},
            {"name": "附表 & <二>", "merged": ["A1:B1"], "hidden_rows": [3],
             "cells": {"A1": "x", "C1": "z", "A2": 1, "A3": 2, "A4": 3}},
            {"name": "藏", "hidden": 2, "cells": {"A1": "secret"}},
            {"name": "图", "kind": 2, "cells": {"A1": "no cells"}}]}
END
    run -3 --separate-stderr extract in.xls
    [[ $stderr == *"column name 'x' stands twice"* ]]
    printf 'target	source	type\nv	x|y	num\nz	z	text\n' >map.tsv
    run -3 --separate-stderr extract -m map.tsv --sheet 无 in.xls
    [[ $stderr == "extract: in.xls: no sheet '无'; the workbook has '说明', '附表 & <二>', '藏' (hidden)" ]]
    extract --sheet 藏 in.xls | same <(echo secret)
    sed 's/x|y/x/' map.tsv >one.tsv
    run -3 extract -m one.tsv in.xls
}

@test "hidden rows are left out and counted; --hidden reads them" {
    xls in.xls <<<'{"sheets": [{"name": "S", "hidden_rows": [3], "cells": {"A1": "a", "A2": 1, "A3": 2, "A4": 3}}]}'
    run -0 --separate-stderr extract --log log -f failures -o out in.xls
    printf 'a\n1\n3\n' | same out
    [ "$stderr" = 'extract: in.xls:3: 1 hidden row left out, the first of them here; --hidden reads them' ]
    derive -c severity,rule failures | grep -qx $'inform\tstructure.hidden'
    grep -q '^rows.hidden	1	' log
    extract --hidden in.xls | same <(printf 'a\n1\n2\n3\n')
}

@test "a chart inside a sheet ends nothing" {
    xls in.xls <<<'{"sheets": [{"name": "S", "cells": {"A1": "a", "A2": 1},
        "records": [[2057, "00062000000000000000000000000000"], [515, "0900000000000000000000000000"], [10, ""], [515, "0200000000000000000000000840"]]}]}'
    extract in.xls | same <(printf 'a\n1\n3\n')
}

@test "the same table as from CSV, with its origin" {
    printf '%s\n' 'unit	dimension	shift' '万元	yuan	4' '亿元	yuan	8' '%	percent	0' >units.tsv
    printf '%s\n' 'target	source	unit	type	required' '@end	填表人			' 'area	地区		text	1' 'loan	各项贷款	万元	num	1' \
        'rate	利率	%	num	0' 'day	日期		date	0' >map.tsv
    one '"A1": "月报表", "A2": "单位：亿元", "A4": "地区", "B4": "各项贷款", "C4": "利率", "D4": "日期",
         "A5": "泰山", "B5": {"value": 12.5, "format": "#,##0.00"}, "C5": {"value": 0.0435, "format": "0.00%"}, "D5": {"value": 44895, "format": 31},
         "A6": "岱岳", "B6": {"label": "1,234.5"}, "C6": {"label": "—"}, "A7": "填表人：甲"'
    printf '月报表,,,\n单位：亿元,,,\n\n地区,各项贷款,利率,日期\n泰山,12.50,4.35%%,2022-11-30\n岱岳,"1,234.5",—,\n填表人：甲,,,\n' >in.csv
    extract -m map.tsv -u units.tsv --origin=csv.side in.csv | cut -f1-4,7,8 >want
    extract -m map.tsv -u units.tsv --origin=xls.side in.xls | cut -f1-4,7,8 | same want
    cut -f2- xls.side | grep -v column | sed 's/^S\t//' | same <(cut -f2- csv.side | grep -v column)
}

# --- the compound file ---

@test "the same workbook in sectors of 512 and 4096 bytes, in any order, in the mini stream, in gzip" {
    local way
    one '"A1": "a", "A2": "b", "A3": 3'
    extract in.xls >want
    for way in '"sector": 4096' '"shuffle": 3' '"mini": true' '"mini": true, "shuffle": 9' '"sector": 4096, "shuffle": 2, "mini": true' \
        '"streams": {"A": "00", "Zz": "11"}, "shuffle": 4' '"stream": "WORKBOOK"'; do
        one '"A1": "a", "A2": "b", "A3": 3' "$way"
        extract in.xls | cmp - want
    done
    gzip <in.xls | extract | cmp - want
    extract -t xls <in.xls | cmp - want
}

@test "a file so large that its table of sectors has a table" {
    python3 -B - "$TOP" <<'PY'
import sys
sys.path.insert(0, sys.argv[1] + "/tests/judge")
import make_xls
rows = {f"A{i}": {"label": "%d " % i + "字" * 120} for i in range(1, 30001)}
with open("in.xls", "wb") as out:
    out.write(make_xls.make({"sheets": [{"name": "S", "cells": rows}], "shuffle": 5}))
with open("want", "w", encoding="utf-8") as out:
    out.writelines("%d " % i + "字" * 120 + "\n" for i in range(1, 30001))
PY
    extract in.xls | cmp - want
}

@test "a workbook cut anywhere is never a shorter table" {
    local n size
    one '"A1": "a", "A2": "b", "A3": 3' '"streams": {"Z": "00"}'
    size=$(stat -c %s in.xls)
    mv in.xls whole.xls
    for ((n = 8; n < size; n += 488)); do
        head -c "$n" whole.xls >in.xls
        run -3 --separate-stderr extract -o out in.xls
        [ "${#stderr_lines[@]}" = 1 ]
        [[ $stderr == *truncated* || $stderr == *damaged* ]] || { echo "$n $stderr"; false; }
        [ ! -e out ]
    done
}

@test "sectors in a ring, or outside the file, and tables that are none" {
    one '"A1": "a"'
    patch() { cp in.xls bad.xls; printf "$2" | dd of=bad.xls bs=1 seek="$1" conv=notrunc status=none; }
    # The table is the last sector; the directory the one before, its root at 0 and the workbook's entry at 128.
    local table=$(($(stat -c %s in.xls) - 512)) directory=$(($(stat -c %s in.xls) - 1024))
    patch "$((table + 28))" '\0\0\0\0' # sector 7 goes on with sector 0
    extract bad.xls >/dev/null         # behind the end of the stream nobody looks
    patch "$((table + 4))" '\0\0\0\0' # sector 1 with sector 0, of the workbook
    run -3 --separate-stderr extract bad.xls
    [ "$stderr" = "extract: bad.xls: damaged compound file: a chain of sectors runs in a ring" ]
    patch "$((table + 32))" '\x08\0\0\0' # sector 8 with itself, the directory
    run -3 --separate-stderr extract bad.xls
    [ "$stderr" = "extract: bad.xls: damaged compound file: a chain of sectors runs in a ring" ]
    patch "$((table + 4))" '\xff\0\0\0'
    run -3 --separate-stderr extract bad.xls
    [ "$stderr" = "extract: bad.xls: damaged compound file: a chain of sectors leaves the file" ]
    patch "$((directory + 128 + 120))" '\xff\xff\0\0'
    run -3 --separate-stderr extract bad.xls
    [[ $stderr == *"truncated compound file: it ends before its data does" ]]
    patch 30 '\x1f'
    run -3 --separate-stderr extract bad.xls
    [[ $stderr == *"its header has sizes of sectors that no version has" ]]
}

# --- what is no workbook of this kind ---

@test "encrypted, of Excel 95, another program's, or no workbook at all: each is told" {
    one '"A1": "a"' '"records": [[47, "0000"]]'
    refused " the workbook is encrypted with a password; save it without one"
    one '"A1": "a"' '"stream": "EncryptedPackage"'
    refused " encrypted with a password; save it without one"
    one '"A1": "a"' '"version": 1280, "stream": "Book"'
    refused " a workbook of Excel 5.0 or 95 (BIFF5); only that of Excel 97 and later is read"
    one '"A1": "a"' '"version": 1280'
    refused " a workbook of Excel 5.0 or 95 (BIFF5); only that of Excel 97 and later is read"
    one '"A1": "a"' '"stream": "WordDocument"'
    refused " a Word document, not a workbook"
    one '"A1": "a"' '"stream": "Elsewhere"'
    refused " a compound file without a workbook in it"
}

@test "the failure file says that the workbook cannot be used" {
    one '"A1": "a"' '"records": [[47, "0000"]]'
    run -3 extract -f failures in.xls
    derive -c severity,rule failures | same <(printf 'severity\trule\nreject\tstructure.workbook\n')
}

# --- damage inside ---

@test "cells where none can be" {
    one '"A1": "a", "A5": 1, "A3": 2'
    refused "3: sheet 'S': cell A3: it stands behind cells of a later row"
    one '"A1": "a", "IW2": 1'
    refused "2: sheet 'S': cell IW2: beyond column IV, the last"
    one '"A1": "a", "IU2": {"mulrk": [1, 2, 3]}'
    refused "2: sheet 'S': cell IW2: beyond column IV, the last"
    one '"A1": "a", "A2": {"bits": "7ff8000000000000"}'
    refused "2: sheet 'S': cell A2: its number is not one: infinite or undefined"
    one '"A1": "a", "A2": {"rk_bits": 2146435072}'
    refused "2: sheet 'S': cell A2: its number is not one: infinite or undefined"
}

@test "records that are too short, say what cannot be, or are missing" {
    local s='"name": "S", "cells": {"A1": "a"}'
    record() { xls in.xls <<<"{\"sheets\": [{$s, \"records\": [$1]}]}"; }
    record '[638, "0100"]'
    run -3 extract in.xls
    [[ $output == *"damaged workbook: record 0x27e at byte "*" is too short" ]]
    record '[189, "010000000000020000000900"]'
    refused "2: sheet 'S': cell A2: a run of numbers that ends elsewhere than it says"
    record '[517, "0100000000000301"]'
    refused "2: sheet 'S': cell A2: an error that does not exist"
    record '[517, "0100000000000200"]'
    refused "2: sheet 'S': cell A2: a boolean that is neither true nor false"
    record '[6, "010000000000000000000000ffff0000000000000000"]'
    refused "2: sheet 'S': cell A2: a formula without the text that is its result"
    record '[6, "010000000000070000000000ffff0000000000000000"]'
    refused "2: sheet 'S': cell A2: a formula with a result of no known kind"
    record '[515, "0100000063000000000000000000"]'
    refused "2: sheet 'S': cell A2: its format is none of the workbook's"
    record '[229, "01000000010000000001"]'
    refused " damaged workbook: sheet 'S' has a merged range beyond column IV, the last"
    record '[2057, "0006100000000000"]'
    run -3 extract in.xls
    [[ $output == *"truncated workbook: it ends at byte "* ]]
}

# --- limits ---

# bounded: extract within 400 MB of address space, of which a sanitizer wants more.
bounded() {
    (ulimit -v 400000 && extract --version) >/dev/null 2>&1 || skip "a sanitizer wants more address space"
    (ulimit -v 400000 && extract "$@")
}

@test "a file over 256 MiB, and 64 MiB of text, are refused in bounded memory" {
    one '"A1": "a"'
    cp in.xls big.xls
    truncate -s 255M big.xls
    bounded big.xls >out
    same out <<<a
    truncate -s 257M big.xls
    run -3 --separate-stderr bounded big.xls
    [[ $stderr == "extract: big.xls: the file is larger than 256 MiB" ]]
    python3 -B - "$TOP" <<'PY'
import struct
import sys
sys.path.insert(0, sys.argv[1] + "/tests/judge")
from make_xls import compound, record
text = struct.pack("<HB", 4000, 1) + "字".encode("utf-16-le") * 4000
texts = record(0xFC, struct.pack("<II", 6000, 6000) + text) + record(0x3C, text) * 5999
head = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
open("in.xls", "wb").write(compound({"Workbook": head + texts + record(10)}))
PY
    run -3 --separate-stderr bounded in.xls
    [[ $stderr == "extract: in.xls: a workbook with more than 64 MiB of text" ]]
}

# --- laws ---

@test "random tables written as .xls come back as they were" {
    python3 -B - "$TOP" <<'PY'
import random
import subprocess
import sys
from decimal import Decimal
sys.path.insert(0, sys.argv[1] + "/tests/judge")
import make_xls
R = random.Random(1997)
letters = "abcé中国人𠮷㙍镕 ,\"'-=\t\n"
escapes = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
def text():
    return "".join(R.choice(letters) for _ in range(R.choice([0, 1, 3, 10, 80])))
def cell():
    """A cell of the description and the field it must become."""
    kind = R.randrange(5)
    if kind == 0:
        units = R.randrange(-(1 << 29), 1 << 29)
        shift = R.random() < 0.5
        value = Decimal(units).scaleb(-2 if shift else 0)
        return {"rk": units, "hundredth": shift}, format(value.normalize() + 0, "f")
    if kind == 1: # no more digits than a number of 8 bytes keeps
        value = Decimal(R.randrange(-(10 ** 14), 10 ** 14)).scaleb(-R.randrange(0, 12))
        return {"value": float(value)}, format(value.normalize() + 0, "f") if value else "0"
    word = text()
    how = [{"text": word, "runs": R.randrange(3), "phonetic": R.choice([0, 7])}, {"label": word}, {"formula": word}]
    return how[kind - 2], "".join(escapes.get(c, c) for c in word)
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
    book = {"sheets": [{"name": "S", "cells": cells}], "split": R.choice([12, 13, 20, 101, 8224]), "shuffle": trial,
            "mini": R.random() < 0.5, "sector": R.choice([512, 4096])}
    with open("in.xls", "wb") as out:
        out.write(make_xls.make(book))
    got = subprocess.run(["extract", "in.xls"], capture_output=True, check=True).stdout.decode()
    assert got == "\n".join(want) + "\n", (trial, got, want)
PY
}

@test "mutated workbooks are read or refused; make fuzz goes on for longer" {
    run -0 "$BUILD/fuzz/xls" 10000 "$TOP"/tests/fuzz/xls/*
}
