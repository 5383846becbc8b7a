#!/usr/bin/env bats
# rank: ranks within groups, ties, the first N, order.

load helper

setup() {
    tsv 'area bank loan' 'E b1 10.5' 'E b2 30' 'W b3 10.50' 'W b4 _' 'E b5 \-' 'W b6 -2' > in.tsv
}

@test "the greatest number is first; a value that is not there has no rank" {
    rank -k loan in.tsv > out
    tsv 'area bank loan rank' 'E b1 10.5 2' 'E b2 30 1' 'W b3 10.50 2' 'W b4 _ _' 'E b5 \- \-' 'W b6 -2 4' | same out
}

@test ":asc ranks the least first, the missing still last" {
    rank -k loan:asc -c place in.tsv > out
    tsv 'area bank loan place' 'E b1 10.5 2' 'E b2 30 4' 'W b3 10.50 2' 'W b4 _ _' 'E b5 \- \-' 'W b6 -2 1' | same out
}

@test "the five ways with ties" {
    tsv 'x' '7' '9' '7.0' '1' > ties.tsv
    for case in 'min 2 1 2 4' 'max 3 1 3 4' 'dense 2 1 2 3' 'ordinal 2 1 3 4' 'average 2.5 1 2.5 4'; do
        # shellcheck disable=SC2086
        set -- $case
        rank -k x --ties "$1" ties.tsv > out
        tsv 'x rank' "7 $2" "9 $3" "7.0 $4" "1 $5" | same out
    done
}

@test "-g ranks within each group, the rows stay where they are" {
    rank -k loan -g area in.tsv > out
    tsv 'area bank loan rank' 'E b1 10.5 2' 'E b2 30 1' 'W b3 10.50 1' 'W b4 _ _' 'E b5 \- \-' 'W b6 -2 2' | same out
}

@test "-n keeps the first N ranks of each group, ties at the edge by their rank" {
    rank -k loan -n 2 in.tsv > out
    tsv 'area bank loan rank' 'E b1 10.5 2' 'E b2 30 1' 'W b3 10.50 2' | same out
    rank -k loan -n 1 -g area in.tsv > out
    tsv 'area bank loan rank' 'E b2 30 1' 'W b3 10.50 1' | same out
    tsv 'x' '7' '7' '1' | rank -k x --ties average -n 1 > out
    tsv 'x rank' | same out
}

@test "--sort orders and adds no column; with -c it does" {
    rank -k loan --sort in.tsv > out
    tsv 'area bank loan' 'E b2 30' 'E b1 10.5' 'W b3 10.50' 'W b6 -2' 'W b4 _' 'E b5 \-' | same out
    rank -k loan -g area --sort -c r -n 1 in.tsv > out
    tsv 'area bank loan r' 'E b2 30 1' 'W b3 10.50 1' | same out
}

@test "--sort with -g puts the groups in bytewise order" {
    tsv 'g x' 'b 1' 'a 2' 'b 3' 'a 4' | rank -k x -g g --sort > out
    tsv 'g x' 'a 4' 'a 2' 'b 3' 'b 1' | same out
}

@test "several keys: the next decides where the one before is equal" {
    tsv 'n x' 'b 1' 'a 1.0' 'c 2' | rank -k x,n:text --sort > out
    tsv 'n x' 'c 2' 'a 1.0' 'b 1' | same out
    tsv 'n x' 'b 1' 'a 1.0' 'c 2' | rank -k x,n:text:desc --sort > out
    tsv 'n x' 'c 2' 'b 1' 'a 1.0' | same out
}

@test "a later key that is missing comes last among its equals, and is ranked" {
    tsv 'x y' '1 _' '1 5' '2 _' | rank -k x,y > out
    tsv 'x y rank' '1 _ 3' '1 5 2' '2 _ 1' | same out
}

@test "equal rows keep the order of the input" {
    tsv 'n x' 'z 1' 'a 1.0' 'm 1.00' | rank -k x --sort > out
    tsv 'n x' 'z 1' 'a 1.0' 'm 1.00' | same out
}

@test "decimals are compared exactly" {
    tsv 'x' '0.000000000000000001' '0' '99999999999999999999.1' '99999999999999999999.10' '99999999999999999999.11' |
        rank -k x > out
    tsv 'x rank' '0.000000000000000001 4' '0 5' '99999999999999999999.1 2' '99999999999999999999.10 2' \
        '99999999999999999999.11 1' | same out
}

@test ":text ranks bytewise, so 10 stands before 9" {
    tsv 'x' '9' '10' '中' | rank -k x:text > out
    tsv 'x rank' '9 2' '10 1' '中 3' | same out
}

@test "-w: rows for which it is not true do not compete, and need not be numbers" {
    tsv 'kind x' 'bank 5' 'total all' 'bank 7' | rank -k x -w "kind == 'bank'" > out
    tsv 'kind x rank' 'bank 5 2' 'total all \-' 'bank 7 1' | same out
    tsv 'kind x' 'total 99' 'bank _' 'bank 5' | rank -k x -w "kind == 'bank'" --sort > out
    tsv 'kind x' 'bank 5' 'bank _' 'total 99' | same out
}

@test "an empty table; gzip; a last line without LF" {
    printf 'x\n' | rank -k x > out
    tsv 'x rank' | same out
    printf 'x\n1\n2' | gzip | rank -k x > out
    tsv 'x rank' '1 2' '2 1' | same out
}

@test "\\N is the empty field, and is written so" {
    printf 'x\ty\n\\N\t1\n2\t\\N\n' | rank -k x > out
    printf 'x\ty\trank\n\t1\t\n2\t\t1\n' | same out
}

@test "text in a number column: status 3, file, line, column and value" {
    run -3 rank -k bank in.tsv
    [ "$output" = "rank: in.tsv:2: column 'bank': not a decimal: 'b1' (:text ranks as text)" ]
}

@test "a name with a comma is written with a backslash" {
    tsv 'a,b x' 'p 1' 'q 2' | rank -k x -g 'a\,b' > out
    tsv 'a,b x rank' 'p 1 1' 'q 2 1' | same out
    tsv 'a,b' '1' '2' | rank -k 'a\,b:asc' > out
    tsv 'a,b rank' '1 1' '2 2' | same out
}

@test "misuse is status 2" {
    run -2 rank in.tsv
    run -2 rank -k nowhere in.tsv
    [[ $output == *"there are: area, bank, loan"* ]]
    run -2 rank -k loan -c bank in.tsv
    [[ $output == *"-c NAME"* ]]
    run -2 rank -k loan -n 0 in.tsv
    run -2 rank -k loan -n -3 in.tsv
    run -2 rank -k loan --ties best in.tsv
    run -2 rank -k loan in.tsv in.tsv
    run -2 rank -k loan -w 'loan +' in.tsv
}

@test "a ragged row is status 3 with its line" {
    run -3 rank -k a <<< $'a\tb\n1\t2\n3'
    [ "$output" = "rank: (standard input):3: 1 field, the header has 2" ]
}

@test "law: every rank is what its definition counts (150 random tables)" {
    python3 "$TOP/tests/judge/rank_judge.py" judge
}

@test "law: the order of the rows makes no difference (150 random tables)" {
    python3 "$TOP/tests/judge/rank_judge.py" permuted
}

@test "law: --sort is the order of the ordinal ranks (150 random tables)" {
    python3 "$TOP/tests/judge/rank_judge.py" sorted
}
