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
        run -"$status" --separate-stderr extract --log "$kind.log" --log-each "$kind.each" "$@" "in.$kind"
        echo "$stderr" | sed "s/in\.$kind/in/g" >"$kind.err"
        echo "$output" | sed "s/in\.$kind/in/g" >"$kind.out"
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
