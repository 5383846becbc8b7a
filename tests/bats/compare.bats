#!/usr/bin/env bats
# compare: the cells in which two tables differ, their rows matched by key.

load helper

setup() {
    tsv 'area bank loan ratio name' 'E b1 10.50 1.2 one' 'E b2 7 \- two' 'W b1 3 0.5 three' 'W b2 4 _ four' > old.tsv
    tsv 'bank area name loan ratio' 'b1 W three 3.25 _' 'b2 E two 7 2.0' 'b1 E one 10.5 1.2' 'b3 W new 1 \-' > new.tsv
}

@test "changed, newly reported, missing or impossible, added and removed cells; by key, then by column" {
    run -1 --separate-stderr compare -k area,bank old.tsv new.tsv
    [ -z "$stderr" ]
    printf '%s\n' "$output" > out
    tsv 'area bank column old new difference kind' 'E b1 loan 10.50 10.5 0.00 changed' 'E b2 ratio \- 2.0 _ newly_reported' \
        'W b1 loan 3 3.25 0.25 changed' 'W b1 ratio 0.5 _ _ newly_missing' 'W b2 loan 4 _ _ removed' 'W b2 ratio _ _ _ removed' \
        'W b2 name four _ _ removed' 'W b3 loan _ 1 _ added' 'W b3 ratio _ \- _ added' 'W b3 name _ new _ added' | same out
}

@test "the two kinds of missing are told apart" {
    tsv 'k v' '1 5' '2 5' '3 _' '4 \-' '5 _' '6 \-' > a.tsv
    tsv 'k v' '1 _' '2 \-' '3 \-' '4 _' '5 1' '6 1' > b.tsv
    compare -k k a.tsv b.tsv | cut -f1,6 > out || true
    tsv 'k kind' '1 newly_missing' '2 newly_impossible' '3 newly_impossible' '4 newly_missing' '5 newly_reported' '6 newly_reported' |
        same out
}

@test "equal tables in whatever order: status 0 and only the header" {
    { head -n 1 old.tsv; tail -n +2 old.tsv | tac; } > turned.tsv
    compare -k area,bank old.tsv turned.tsv > out
    tsv 'area bank column old new difference kind' | same out
}

@test "-n compares by value, so 10.50 is 10.5; text in such a column is an error with its line" {
    compare -k area,bank -c loan,ratio -n loan old.tsv new.tsv | cut -f1-3,6- > out || true
    tsv 'area bank column difference kind' 'E b2 ratio _ newly_reported' 'W b1 loan 0.25 changed' 'W b1 ratio _ newly_missing' \
        'W b2 loan _ removed' 'W b2 ratio _ removed' 'W b3 loan _ added' 'W b3 ratio _ added' | same out
    sed 's/10.50/ten/' old.tsv > text.tsv
    run -3 --separate-stderr compare -k area,bank -n loan text.tsv new.tsv
    [ "$stderr" = "compare: text.tsv:2: column 'loan': not a decimal: 'ten'" ]
}

@test "--tolerance in the column's own unit, in percent, in units of the last decimal both have" {
    tsv 'k v' '1 100' '2 100' '3 100.0' '4 -100' '5 0' > a.tsv
    tsv 'k v' '1 100.5' '2 101' '3 100.14' '4 -101' '5 0.01' > b.tsv
    keys() { compare -k k --tolerance "$1" a.tsv b.tsv | tail -n +2 | cut -f1 | paste -sd' '; }
    [ "$(keys v=0.5)" = '2 4' ]
    [ "$(keys v=0.14)" = '1 2 4' ]
    [ "$(keys 'v=1%')" = '5' ]
    [ "$(keys 'v=0.5%')" = '2 4 5' ]
    [ "$(keys v=1last)" = '3' ]
    [ "$(keys '*=1')" = '' ]
    compare -k k --tolerance v=1 a.tsv b.tsv > out
    compare -k k --tolerance v=1 --all a.tsv b.tsv | cut -f1,5- > out
    tsv 'k difference kind' '1 0.5 within' '2 1 within' '3 0.14 within' '4 -1 within' '5 0.01 within' | same out
}

@test "--summary counts the cells of each column and adds up the differences" {
    run -1 compare -k area,bank --summary -n loan old.tsv new.tsv
    printf '%s\n' "$output" > out
    tsv 'column same within changed newly_reported newly_missing newly_impossible added removed difference' \
        'loan 2 0 1 0 0 0 1 1 0.25' 'ratio 1 0 0 1 1 0 1 1 _' 'name 3 0 0 0 0 0 1 1 _' | same out
}

@test "-c and --ignore choose; a column that only one table has is told" {
    compare -k area,bank -c name old.tsv new.tsv | cut -f3 | sort -u > out || true
    printf 'column\nname\n' | same out
    compare -k area,bank --ignore loan,ratio old.tsv new.tsv | cut -f3 | sort -u > out || true
    printf 'column\nname\n' | same out
    cut -f1-3,5 old.tsv > fewer.tsv
    run -1 compare -k area,bank old.tsv fewer.tsv
    printf '%s\n' "$output" > out
    tsv 'area bank column old new difference kind' '_ _ ratio _ _ _ column_removed' | same out
    run -1 compare -k area,bank fewer.tsv old.tsv
    [ "${lines[1]}" = "$(printf '\t\tratio\t\t\t\tcolumn_added')" ]
    compare -k area,bank --ignore ratio fewer.tsv old.tsv > out
}

@test "tables of nothing but keys" {
    tsv 'k' 'a' 'b' > a.tsv
    tsv 'k' 'b' 'c' > b.tsv
    run -1 compare -k k a.tsv b.tsv
    printf '%s\n' "$output" > out
    tsv 'k column old new difference kind' 'a _ _ _ _ removed' 'c _ _ _ _ added' | same out
}

@test "a key twice in a table: status 3, both lines" {
    tsv 'k v' '1 a' '2 b' '1 c' > twice.tsv
    tsv 'k v' '1 a' '2 b' > once.tsv
    run -3 --separate-stderr compare -k k twice.tsv once.tsv
    [ "$stderr" = "compare: twice.tsv:4: key '1' stands on line 2 already" ]
    run -3 --separate-stderr compare -k k once.tsv twice.tsv
    [ "$stderr" = "compare: twice.tsv:4: key '1' stands on line 2 already" ]
}

@test "\\N is the empty field, in keys and in cells" {
    printf 'k\tv\n\\N\t\\N\nb\t1\n' > a.tsv
    printf 'k\tv\n\t\nb\t1\n' > b.tsv
    compare -k k a.tsv b.tsv
}

@test "differences are exact, to 128 bits; a sum beyond them is an error, not a wrong figure" {
    tsv 'k v' '1 0.1' '2 123456789012345678901234567890.5' > a.tsv
    tsv 'k v' '1 0.3' '2 123456789012345678901234567891.25' > b.tsv
    compare -k k a.tsv b.tsv | cut -f5 > out || true
    printf 'difference\n0.2\n0.75\n' | same out
    tsv 'k v' '1 0' '2 0' > a.tsv
    tsv 'k v' '1 123456789012345678901234567890' '2 0.000000000000000001' > b.tsv
    run -3 --separate-stderr compare -k k --summary a.tsv b.tsv
    [ "$stderr" = "compare: b.tsv: the sum of the differences in column 'v' does not fit 128 bits" ]
}

@test "misuse is status 2" {
    run -2 compare old.tsv new.tsv
    run -2 compare -k area,bank old.tsv
    run -2 compare -k area,bank - -
    run -2 compare -k nowhere old.tsv new.tsv
    [[ $output == *"old.tsv: no column 'nowhere'; there are: area, bank, loan, ratio, name"* ]]
    run -2 compare -k area,bank -c nowhere old.tsv new.tsv
    run -2 compare -k area,bank --ignore nowhere old.tsv new.tsv
    run -2 compare -k area,bank -n nowhere old.tsv new.tsv
    run -2 compare -k area,bank -c name -n loan old.tsv new.tsv
    run -2 compare -k area,bank -c bank old.tsv new.tsv
    run -2 compare -k area,bank -c name --ignore loan old.tsv new.tsv
    run -2 compare -k area,bank --tolerance loan old.tsv new.tsv
    run -2 compare -k area,bank --tolerance loan=-1 old.tsv new.tsv
    run -2 compare -k area,bank --summary --all old.tsv new.tsv
    run -2 compare -k area,bank old.tsv new.tsv new.tsv
    tsv 'kind v' 'a 1' > odd.tsv
    run -2 compare -k kind odd.tsv odd.tsv
}

@test "header-only tables, gzip, standard input, ragged rows" {
    head -n 1 old.tsv > none.tsv
    compare -k area,bank none.tsv none.tsv > /dev/null
    gzip -k old.tsv
    compare -k area,bank old.tsv.gz - < old.tsv > /dev/null
    run -3 --separate-stderr compare -k area,bank old.tsv - <<< $'area\tbank\nE'
    [ "$stderr" = "compare: (standard input):2: 1 field, the header has 2" ]
}

@test "beyond --memory the same bytes, and no temporary file is left" {
    awk 'BEGIN { srand(9); print "k\tv\tw"; for (i = 0; i < 20000; i++) printf "%d\t%d\t%s\n", (i * 7919) % 20000, i, rand() }' > a.tsv
    awk -F'\t' -v OFS='\t' 'NR % 100 == 5 { $2 = "" } NR % 333 != 0' a.tsv > b.tsv
    mkdir files
    compare -k k a.tsv b.tsv > out || true
    [ "$(wc -l < out)" -gt 300 ]
    compare -k k --memory 200K -T files a.tsv b.tsv > got || true
    same out < got
    [ -z "$(ls -A files)" ]
}

@test "law: differences are what fractions say, in memory and beyond (200 random pairs of tables)" {
    "$BUILD/unit/comparison_law_test" transcript | python3 -B "$TOP/tests/judge/comparison_judge.py"
}
