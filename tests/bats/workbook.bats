# extract: what the cells of a workbook are read as, the same from .xlsx and from .xls. Both files are written of one
# description, by tests/judge/make_xlsx.py and make_xls.py; what is wanted is what Excel and LibreOffice show.
load helper

# book DESCRIPTION: in.xlsx and in.xls of these sheets.
book() {
    python3 -B "$TOP/tests/judge/make_xlsx.py" in.xlsx <<<"$1"
    python3 -B "$TOP/tests/judge/make_xls.py" in.xls <<<"$1"
}

# one CELLS [MORE]: with one sheet of these cells; MORE stands beside "cells".
one() { book "{\"sheets\": [{\"name\": \"S\", \"cells\": {$1} ${2:+, $2}}]}"; }

# both STATUS ARGUMENT...: extract of each with these arguments has that status; out, err, log and each are what both
# say, the file's name apart.
both() {
    local status=$1 kind
    shift
    for kind in xls xlsx; do
        rm -f "$kind.log" "$kind.each"
        run -"$status" --separate-stderr extract --log "$kind.log" --log-each "$kind.each" "$@" "in.$kind"
        echo "$stderr" | sed "s/in\.$kind/in/g" >"$kind.err"
        echo "$output" | sed "s/in\.$kind/in/g" >"$kind.out"
        touch "$kind.log" "$kind.each" # a file that is refused has none
        sed -i "s/in\.$kind/in/g" "$kind.each"
    done
    for what in out err log each; do
        diff -u "xls.$what" "xlsx.$what"
        mv "xlsx.$what" "$what"
    done
}

# map ROW...: map.tsv of rows of target, source, unit, type, number, required, set apart by blanks; "" is an empty field, _ a blank.
map() {
    printf '%s\n' 'target source unit type number required' "$@" | sed 's/""//g; s/ /\t/g; s/_/ /g' >map.tsv
}

# --- numbers ---

# A number has no decimal comma, whoever typed it: 1.234 in a number cell is not one thousand and more.
@test "a decimal comma is one of text cells; a number cell's point is a point" {
    one '"A1": "a", "B1": "X", "A2": "n", "B2": 1.234, "A3": "t", "B3": "1.234,5", "A4": "n", "B4": 1.5, "A5": "t", "B5": "1,5",
         "A6": "n", "B6": {"value": 0.0125, "format": "0.00%"}, "A7": "t", "B7": "1.5"'
    map '@decimal , "" "" "" ""' 'a a "" text "" 1' 'x X % num "" 1'
    printf 'unit\tdimension\tshift\n%%\tratio\t-2\n' >u.tsv
    both 1 -m map.tsv -u u.tsv
    printf '%s\t%s\n' a x n 1.234 t 1234.5 n 1.5 t 1.5 n 1.25 t '' | same out
    [ "$(cat err)" = "extract: in:7: column 'x': thousands separators out of place: '1.5' (cell B7)" ]
    grep -q '^thousands	1	1.234,5	B3$' log
    map 'a a "" text "" 1' 'x X % num comma 1'
    both 1 -m map.tsv -u u.tsv
    printf '%s\t%s\n' a x n 1.234 t 1234.5 n 1.5 t 1.5 n 1.25 t '' | same out
}

@test "so it is in a form, in a value above the table, and where a value known of the file is repeated" {
    one '"A1": "系数", "B1": 1.234, "A2": "项目", "B2": "甲", "C2": "乙", "A3": "X", "B3": 1.234, "C3": "1,25"'
    map '@decimal , "" "" "" ""' '@form 项目 "" "" "" ""' '@cell_k /系数(.+)/ "" "" "" ""' 'k =k "" num "" ""' 'area @heading "" text "" ""' 'x X "" num "" 1'
    both 0 -m map.tsv
    printf '%s\t%s\t%s\n' k area x 1.234 甲 1.234 1.234 乙 1.25 | same out
    one '"A1": "k", "B1": "X", "A2": 1.5, "B2": 1, "A3": "1,5", "B3": 2, "A4": "1.5", "B4": 3'
    map '@decimal , "" "" "" ""' 'k =k|k "" num "" ""' 'x X "" num "" 1'
    both 1 -m map.tsv -D k=1.5
    [ "$(cat err)" = "extract: in:4: column 'k': thousands separators out of place: '1.5' (cell A4)" ]
}

# --- what a format shows ---

# 0.00"亿" was read as 5.00 without a word; the same text in CSV is 50000 万元, or a finding.
@test "a unit that the number format writes is read as the same text in CSV is: by suffix, or it is a finding" {
    printf 'unit\tdimension\tshift\n万元\tyuan\t4\n亿元\tyuan\t8\n' >u.tsv
    one '"A1": "X", "A2": {"value": 5, "format": "0.00\"亿\""}, "A3": {"value": -35, "format": "0\"万元\";[Red]0\"万元\""},
         "A4": {"value": 123456789, "format": "[>=100000000]0!.00,,\"亿\";[>=10000]0!.0,\"万\";0"}, "A5": 7'
    map 'x X 万元 num suffix 1'
    both 0 -m map.tsv -u u.tsv
    printf '%s\n' x 50000 -35 12345.6789 7 | same out
    printf 'X\n5.00亿\n-35万元\n1.23456789亿\n7\n' | extract -m map.tsv -u u.tsv | same out
    grep -q '^cell.literal	3	5.00亿	A2$' log
    grep -q '^number.scaled	1	1.23456789亿	A4$' log
    map 'x X 万元 num "" 1'
    both 1 -m map.tsv -u u.tsv
    printf "extract: in:%s: column 'x': not a number: '%s' (cell A%s)\n" 2 5.00亿 2 3 -35万元 3 4 1.23456789亿 4 | same err
    printf '%s\n' x '' '' '' 7 | same out
}

# An identifier keeps its leading zeros, whether they were typed or the format makes them.
@test "the zeros and letters of a code that the format shows are there" {
    one '"A1": "a", "B1": "X", "A2": {"value": 5, "format": "0000"}, "B2": {"value": 5, "format": "0000"}, "A3": {"value": 12, "format": "000000"}, "B3": 1,
         "A4": {"value": 7, "format": "\"B\"00"}, "B4": 2, "A5": {"value": 5381234, "format": "000-0000"}, "B5": 3, "A6": {"value": 202211, "format": "0000\"年\"00\"月\""}, "B6": 4'
    map 'a a "" text "" 1' 'x X "" num "" 1'
    both 0 -m map.tsv
    printf '%s\t%s\n' a x 0005 5 000012 1 B07 2 538-1234 3 2022年11月 4 | same out
    grep -q '^cell.zeros	4	0005	A2$' log
    grep -q '^zeros	1	0005	B2$' log
    grep -q '^in	S	4	A4		cell.literal	7	B07$' each
    sed -i 's/a\ta\t\ttext/a\ta\t\tdate/' map.tsv
    run -1 --separate-stderr extract -m map.tsv in.xlsx
    [ "$(tail -n 1 <<<"$output")" = '2022-11	4' ]
}

@test "a zero shown as a dash is a zero, and told of; a word in place of the number is the word" {
    one '"A1": "X", "A2": {"value": 0, "format": "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ "}, "A3": {"value": 0, "format": "0.00%;-0.00%;\"—\""},
         "A4": {"value": 3, "format": ";;;"}, "A5": {"value": 0, "format": "0;-0;\"无\""}, "A6": {"value": 8, "format": 43}, "A7": {"value": 0, "format": 43}'
    map 'x X % num "" 1'
    printf 'unit\tdimension\tshift\n%%\tratio\t-2\n' >u.tsv
    both 0 -m map.tsv -u u.tsv
    printf '%s\n' x 0.00 0.00 3 '\-' 8.00 0.00 | same out
    grep -q '^number.hidden	4	0.00	A2$' log
    grep -q '^in	S	5	A5	x	nil	无	' each
}

@test "a format's section is the one that the program takes, by its condition or by the sign" {
    one '"A1": "X", "A2": {"value": 1.5, "format": "[<1]0.00%;0.00"}, "A3": {"value": 0.5, "format": "[<1]0.00%;0.00"}, "A4": {"value": 0, "format": "0.0;-0.00;0.000"}, "A5": {"value": -1, "format": "0.0;-0.00;0.000"}'
    both 0
    printf '%s\n' X 1.50 50.00% 0.000 -1.00 | same out
}

@test "what a format shows beside the digits and is not given is counted: currency signs, punctuation" {
    one '"A1": "X", "A2": {"value": 5, "format": "\"￥\"#,##0.00"}, "A3": {"value": 5, "format": 44}, "A4": {"value": -5, "format": "#,##0.00_);(#,##0.00)"}, "A5": {"value": 5, "format": "0\".\""}'
    both 0
    printf '%s\n' X 5.00 5.00 -5.00 5 | same out
    grep -q '^literal.dropped	3	5.00	A2$' log
}

@test "a currency in letters is part of the figure, so that no dollar is taken for a yuan" {
    one '"A1": "X", "A2": {"value": 5, "format": "[$USD] #,##0.00"}'
    map 'x X "" num "" 1'
    both 1 -m map.tsv
    [ "$(cat err)" = "extract: in:2: column 'x': not a number: 'USD 5.00' (cell A2)" ]
}

@test "a format too long to be kept shows its number, and that something is left out" {
    local long
    long=$(printf '元%.0s' {1..100})
    one '"A1": "X", "A2": {"value": 5, "format": "0.0\"'"$long"'\""}'
    both 0
    printf '%s\n' X 5.0 | same out
    grep -q '^literal.dropped	1	5.0	A2$' log
}

# --- what is merged ---

# 甲县 merged over two rows left the second without its area.
@test "cells merged downwards are filled where the mapping asks, and blanks are never guessed" {
    one '"A1": "地区", "B1": "行", "C1": "余额", "A2": "甲县", "B2": "x", "C2": 1, "B3": "y", "C3": 2, "A4": "乙县", "B4": "z", "C4": 4, "B5": "w", "C5": 5, "A7": "丙县", "B7": "u", "C7": 7, "A8": "丁县"' \
        '"merged": ["C2:C3", "A7:B8", "A2:A3", "A4:A4", "B4:C4"]'
    map 'area 地区 "" text "" 1' 'b 行 "" text "" 1' 'x 余额 "" num "" 1'
    both 0 -m map.tsv
    printf '%s\t%s\t%s\n' area b x 甲县 x 1 '' y 2 乙县 z 4 '' w 5 丙县 u 7 丁县 '' '' | same out
    map '@fill area|b "" "" "" ""' 'area 地区 "" text "" 1' 'b 行 "" text "" 1' 'x 余额 "" num "" 1'
    both 0 -m map.tsv
    printf '%s\t%s\t%s\n' area b x 甲县 x 1 甲县 y 2 乙县 z 4 '' w 5 丙县 u 7 丁县 '' '' | same out
    grep -q '^cell.filled	1	甲县	A3$' log
    grep -q '^in	S	3	A3		cell.filled		甲县$' each
}

@test "a blank row inside a merged range stays blank, a row behind a hidden one is filled, a number stays a number" {
    one '"A1": "k", "B1": "X", "A2": 1.234, "B2": 1, "A3": null, "B4": 2, "A5": 2.5, "B5": 3, "B6": 4, "B7": 5' '"merged": ["A2:A4", "A5:A6"], "hidden_rows": [5]'
    map '@decimal , "" "" "" ""' '@fill k "" "" "" ""' 'k k "" num "" 1' 'x X "" num "" 1'
    both 0 -m map.tsv
    printf '%s\t%s\n' k x 1.234 1 1.234 2 2.5 4 '' 5 | same out
}

# The first rows are read before it is known that the header has ended, with merged cells as they are held.
@test "rows that were looked at, because the header may go on in them, are filled as those behind them" {
    one '"A1": "地区", "B1": "行", "C1": "余额", "A2": "甲县", "B2": "x", "C2": 1.5, "B3": "y", "C3": 2, "B4": "z", "C4": 3, "A5": "乙县", "B5": "w", "C5": 5, "B6": "v", "C6": 6' \
        '"merged": ["A2:A4", "A5:A6"]'
    for records in 1 2 3; do
        map "@header $records \"\" \"\" \"\" \"\"" '@decimal , "" "" "" ""' '@fill area "" "" "" ""' 'area 地区 "" text "" 1' 'b 行 "" text "" 1' 'x 余额 "" num "" 1'
        both 0 -m map.tsv
        printf '%s\t%s\t%s\n' area b x 甲县 x 1.5 甲县 y 2 甲县 z 3 乙县 w 5 乙县 v 6 | same out
        grep -q '^cell.filled	3	甲县	A3$' log
    done
    # Two records of header indeed.
    one '"A1": "地区", "B1": "余额", "B2": "本外币", "C2": "人民币", "A3": "甲县", "B3": 1.5, "C3": 1, "B4": 2, "C4": 2, "A5": "乙县", "B5": 5, "C5": 4' \
        '"merged": ["A1:A2", "B1:C1", "A3:A4"]'
    map '@header 3 "" "" "" ""' '@fill area "" "" "" ""' 'area 地区 "" text "" 1' 'x 余额/本外币 "" num "" 1'
    both 0 -m map.tsv
    printf '%s\t%s\n' area x 甲县 1.5 甲县 2 乙县 5 | same out
}

@test "many merged ranges below the first thousand rows are filled" {
    python3 - >cells <<'PY'
cells = {"A1": "a", "B1": "X"}
merged = []
for i in range(2, 5000):
    cells[f"B{i}"] = i
    if i % 2 == 0:
        cells[f"A{i}"] = f"a{i}"
        merged.insert(0, f"A{i}:A{i + 1}")
import json
print(json.dumps({"sheets": [{"name": "S", "cells": dict(sorted(cells.items(), key=lambda c: (int(c[0][1:]), c[0]))), "merged": merged[:1000]}]}))
PY
    python3 -B "$TOP/tests/judge/make_xlsx.py" in.xlsx <cells
    map '@fill a "" "" "" ""' 'a a "" text "" 1' 'x X "" num "" 1'
    extract -m map.tsv in.xlsx | tail -n 2000 | awk -F'\t' '$1 != "a" ($2 - $2 % 2) { print; bad = 1 } END { exit bad || NR != 2000 }'
}

@test "@fill names columns that have cells in rows; others are told before data is read" {
    one '"A1": "a"'
    map '@fill b "" "" "" ""' 'a a "" text "" 1'
    run -2 --separate-stderr extract -m map.tsv in.xlsx
    [ "$stderr" = "extract: map.tsv:2: column 'source': no column of the table that has cells in the file: 'b'" ]
    map '@fill a "" "" "" ""' '@fill a "" "" "" ""' 'a a "" text "" 1'
    run -2 extract -m map.tsv in.xlsx
    map '@fill a "" "" "" ""' '@form x "" "" "" ""' 'h @heading "" text "" ""' 'a a "" text "" 1'
    run -2 --separate-stderr extract -m map.tsv in.xlsx
    [ "$stderr" = "extract: map.tsv:2: column 'source': no column of a form has cells below each other: 'a'" ]
}

# --- what is hidden ---

@test "a hidden row stands whole in the list; a unit that it states is not heeded, and is a finding" {
    printf 'unit\tdimension\tshift\n万元\tyuan\t4\n亿元\tyuan\t8\n' >u.tsv
    one '"A1": "月报", "A2": "单位：亿元", "B2": "x", "A3": "地区", "B3": "余额", "A4": "甲", "B4": 1, "A5": "乙", "B5": {"value": 0.5, "format": "0%"}' '"hidden_rows": [2, 5]'
    map 'area 地区 "" text "" 1' 'x 余额 万元 num "" 1'
    both 1 -m map.tsv -u u.tsv -f f.tsv
    printf '%s\t%s\n' area x 甲 1 | same out
    printf 'extract: in:2: %s\n' '2 hidden rows left out, the first of them here; --hidden reads them' \
        'a hidden row states the unit 亿元, which figures are not read in; --hidden reads it' | same err
    grep -q $'^in\tS\t2\t\t\trows.hidden\t单位：亿元\\\\tx\t$' each
    grep -q $'^in\tS\t5\t\t\trows.hidden\t乙\\\\t50%\t$' each
    grep -q '^rows.hidden	2	单位：亿元	A2$' log
    run ! grep cell.percent log
    derive -c severity,rule f.tsv | grep -qx $'error\tstructure.hidden'
    both 1 --hidden -m map.tsv -u u.tsv
    printf '%s\t%s\n' area x 甲 10000 乙 '' | same out
    one '"A1": "月报", "A2": "单位：万元", "A3": "地区", "B3": "余额", "A4": "甲", "B4": 1' '"hidden_rows": [2]'
    both 0 -m map.tsv -u u.tsv
    [ "$(cat err)" = 'extract: in:2: 1 hidden row left out, the first of them here; --hidden reads them' ]
}

@test "what a hidden column says above the rows is read, and told of" {
    printf 'unit\tdimension\tshift\n万元\tyuan\t4\n亿元\tyuan\t8\n' >u.tsv
    one '"A1": "月报", "C1": "九月", "A2": "单位：", "B2": "亿元", "A3": "地区", "B3": "代码", "C3": "余额", "A4": "甲", "B4": "A", "C4": 1' '"hidden_columns": ["B", "E"], "merged": ["A1:B1"]'
    map 'area 地区 "" text "" 1' 'x 余额 万元 num "" 1'
    both 0 -m map.tsv -u u.tsv -f f.tsv
    printf '%s\t%s\n' area x 甲 10000 | same out
    [ "$(cat err)" = "extract: in:2: 2 cells of the header or above it in hidden columns, read as any other, the first is B2: '亿元'" ]
    grep -q '^cell.hidden	2	亿元	B2$' log
    grep -q '^in	S	3	B3		cell.hidden	代码	代码$' each
    derive -c severity,rule f.tsv | grep -qx $'inform\tstructure.hidden'
}

# --- messages ---

# Two sheets were read, and two lines about B2 differed in nothing but the value.
@test "a message names the sheet when the workbook has several" {
    local second='{"A1": "a", "B1": "X", "A2": 1, "B2": "2y", "C3": "z"}'
    book '{"sheets": [{"name": "一季度", "cells": {"A1": "a", "B1": "X", "A2": 1, "B2": "1x"}}, {"name": "二季度", "cells": '"$second"'}, {"name": "三季度", "hidden_rows": [2], "cells": {"A1": "a", "B1": "X", "A2": "h", "A3": 1, "B3": 2}}]}'
    map '@sheet /季度$/ "" "" "" ""' 'a a "" text "" 1' 'x X "" num "" 1'
    both 1 -m map.tsv
    same err <<'END'
extract: in:2: sheet '一季度': column 'x': not a number: '1x' (cell B2)
extract: in:2: sheet '二季度': column 'x': not a number: '2y' (cell B2)
extract: in:3: sheet '二季度': 3 fields, the header has 2; the row is left out
extract: in:2: sheet '三季度': 1 hidden row left out, the first of them here; --hidden reads them
END
    book '{"sheets": [{"name": "一季度", "cells": {"A1": "a", "B1": "X"}}, {"name": "二季度", "cells": {"A1": "a", "B1": "Y"}}]}'
    both 3 -m map.tsv
    [[ $(cat err) == "extract: in:1: sheet '二季度': no header; this line comes nearest: missing: x (X)"* ]]
    one '"A1": "a", "B1": "X", "B2": "1x"'
    map 'x X "" num "" 1'
    both 1 -m map.tsv
    [ "$(cat err)" = "extract: in:2: column 'x': not a number: '1x' (cell B2)" ]
}
