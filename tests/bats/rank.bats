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

# Rows let go while a table was read once took the first bytes of the row after them along: it was the first row held
# of all that had become the bar of its group.
@test "many groups, few rows of each wanted: every row keeps its bytes" {
    awk 'BEGIN { srand(5); print "g\tx\tn"; for (i = 0; i < 150000; i++)
        printf "g%d\t%d\trow-%d\n", rand() * 90000, rand() * 1000000, i }' > many.tsv
    rank -k x -g g -n 1 --ties ordinal --sort many.tsv > out
    { head -n 1 many.tsv; tail -n +2 many.tsv | sort -s -t$'\t' -k1,1 -k2,2nr | awk -F'\t' '!seen[$1]++'; } | same out
}

@test "--edge: what becomes of equal rows at the edge of -n" {
    tsv 'n x' 'a 9' 'b 7' 'c 7' 'd 7' 'e 1' > edge.tsv
    rank -k x -n 2 edge.tsv | cut -f1,3 > out
    tsv 'n rank' 'a 1' 'b 2' 'c 2' 'd 2' | same out
    rank -k x -n 2 --edge keep --ties max edge.tsv | cut -f1,3 > out
    tsv 'n rank' 'a 1' 'b 4' 'c 4' 'd 4' | same out
    rank -k x -n 2 --edge cut --ties average edge.tsv | cut -f1,3 > out
    tsv 'n rank' 'a 1' 'b 3' | same out
    rank -k x -n 2 --edge drop edge.tsv | cut -f1,3 > out
    tsv 'n rank' 'a 1' | same out
    run -2 rank -k x --edge cut edge.tsv
}

@test "--missing: where rows without a value stand, and that they are ranked then" {
    tsv 'n x' 'a _' 'b 2' 'c \-' 'd 5' > gaps.tsv
    rank -k x --missing last gaps.tsv > out
    tsv 'n x rank' 'a _ 3' 'b 2 2' 'c \- 3' 'd 5 1' | same out
    rank -k x:asc --missing first --sort -c r gaps.tsv > out
    tsv 'n x r' 'a _ 1' 'c \- 1' 'b 2 3' 'd 5 4' | same out
}

@test "--percent-rank, --cume-dist and --bands, by their definitions; groups of one have no percent rank" {
    tsv 'g x' 'a 9' 'a 7' 'a 7' 'a 1' 'b 3' 'b _' > shares.tsv
    rank -k x -g g --percent-rank p --cume-dist c --bands q=2 --digits 2 shares.tsv > out
    tsv 'g x rank p c q' 'a 9 1 0.00 0.25 1' 'a 7 2 0.33 0.75 1' 'a 7 2 0.33 0.75 1' 'a 1 4 1.00 1.00 2' \
        'b 3 1 \- 1.00 1' 'b _ _ _ _ _' | same out
    rank -k x -g g --ties dense --percent-rank p --bands q=3 --digits 1 shares.tsv | cut -f2- | head -n 5 > out
    tsv 'x rank p q' '9 1 0.0 1' '7 2 0.5 2' '7 2 0.5 2' '1 3 1.0 3' | same out
}

@test "quartiles of twelve rows have three each; -n does not change the size of a group" {
    { echo x; seq 12; } > twelve.tsv
    rank -k x:asc --bands q=4 twelve.tsv | cut -f3 | tail -n +2 | uniq -c | awk '{ print $1, $2 }' > out
    printf '3 1\n3 2\n3 3\n3 4\n' | same out
    rank -k x -n 2 --percent-rank p --digits 3 twelve.tsv > out
    tsv 'x rank p' '11 2 0.091' '12 1 0.000' | same out
}

@test "--decimals warns of rows that print alike and rank apart, and --printed ranks what is printed" {
    tsv 'bank ratio' 'b1 1.234' 'b2 1.239' 'b3 1.2341' 'b4 1.2' 'b5 _' > close.tsv
    rank -k ratio:asc --decimals 2 close.tsv > out 2> err
    tsv 'bank ratio rank' 'b1 1.234 2' 'b2 1.239 4' 'b3 1.2341 3' 'b4 1.2 1' 'b5 _ _' | same out
    same err <<< "rank: close.tsv:4: column 'ratio': '1.2341' prints like '1.234' of line 2, but their ranks are 3 and 2"
    rank -k ratio:asc --decimals 2 --printed close.tsv > out 2> err
    tsv 'bank ratio rank' 'b1 1.234 2' 'b2 1.239 4' 'b3 1.2341 2' 'b4 1.2 1' 'b5 _ _' | same out
    [ ! -s err ]
}

@test "--decimals warns of the row that the edge of -n leaves out, too" {
    tsv 'x' '5.01' '5.04' '3' | rank -k x -n 1 --decimals 1 --sort > out 2> err
    tsv 'x' '5.04' | same out
    grep -q "'5.01' prints like '5.04' of line 3, but their ranks are 2 and 1" err
}

@test "half is rounded away from zero where ranks are of what is printed" {
    tsv 'x' '0.125' '0.13' '-0.125' '-0.13' '-0.12' | rank -k x --decimals 2 --printed > out
    tsv 'x rank' '0.125 1' '0.13 1' '-0.125 4' '-0.13 4' '-0.12 3' | same out
}

@test "--against: the rank before, the change, and which way" {
    tsv 'bank loan' 'b1 10' 'b2 30' 'b3 20' 'b4 _' 'b5 5' > then.tsv
    tsv 'bank loan' 'b3 40' 'b2 31' 'b1 10' 'b9 11' 'b4 1' > now.tsv
    rank -k loan --against then.tsv --id bank --left now.tsv > out
    tsv 'bank loan rank rank_previous rank_change rank_moved' 'b3 40 1 2 1 up' 'b2 31 2 1 -1 down' 'b1 10 4 3 -1 down' \
        'b9 11 3 \- \- new' 'b4 1 5 _ _ _' 'b5 _ \- 4 \- left' | same out
}

@test "--against ranks within the groups of -g, which belong to the object; -c names the columns" {
    tsv 'area bank loan' 'E b1 1' 'E b2 2' 'W b1 9' > then.tsv
    tsv 'area bank loan' 'E b1 3' 'E b2 2' 'W b2 9' > now.tsv
    rank -k loan -g area --against then.tsv --id bank,area -c place now.tsv > out
    tsv 'area bank loan place place_previous place_change place_moved' 'E b1 3 1 2 1 up' 'E b2 2 2 1 -1 down' \
        'W b2 9 1 \- \- new' | same out
}

@test "--previous takes the ranks that the earlier table prints" {
    tsv 'bank r' 'b1 2.5' 'b2 1' 'b3 \-' > then.tsv
    tsv 'bank loan' 'b1 9' 'b2 8' 'b3 7' > now.tsv
    rank -k loan --against then.tsv --id bank --previous r now.tsv | cut -f1,3- > out
    tsv 'bank rank rank_previous rank_change rank_moved' 'b1 1 2.5 1.5 up' 'b2 2 1 -1 down' 'b3 3 \- \- _' | same out
    tsv 'bank r' 'b1 first' > then.tsv
    run -3 rank -k loan --against then.tsv --id bank --previous r now.tsv
    [ "$output" = "rank: then.tsv:2: column 'r': not a rank: 'first'" ]
}

@test "an object that stands twice, in either table: status 3, both lines" {
    tsv 'bank loan' 'b1 1' 'b2 2' 'b1 3' > twice.tsv
    tsv 'bank loan' 'b1 1' 'b2 2' > once.tsv
    run -3 rank -k loan --against twice.tsv --id bank once.tsv
    [ "$output" = "rank: twice.tsv:4: key 'b1' stands on line 2 already" ]
    run -3 --separate-stderr rank -k loan --against once.tsv --id bank twice.tsv
    [ "$stderr" = "rank: twice.tsv:4: key 'b1' stands on line 2 already" ]
    run -2 rank -k loan --against once.tsv once.tsv
    run -2 rank -k loan --left once.tsv
    run -2 rank -k loan --against once.tsv --id bank --left -n 1 once.tsv
}

@test "beyond --memory the same bytes, and no temporary file is left" {
    awk 'BEGIN { srand(3); print "g\tx\tn"; for (i = 0; i < 30000; i++)
        printf "g%d\t%.2f\t%d\n", rand() * 50, rand() * 1000 - 500, i }' > large.tsv
    mkdir files
    for options in '--sort' '-g g --ties max' '-g g -n 3 --ties average' '-g g --bands q=4 --cume-dist c --sort -c r'; do
        # shellcheck disable=SC2086
        rank -k x $options large.tsv > out
        # shellcheck disable=SC2086
        rank -k x $options --memory 300K -T files large.tsv | same out
    done
    [ -z "$(ls -A files)" ]
}

@test "where temporary files cannot be made or do not fit: status 4" {
    awk 'BEGIN { print "x"; for (i = 0; i < 30000; i++) print i }' > large.tsv
    run -4 rank -k x --memory 1K -T "$PWD/nowhere" large.tsv
    [[ $output == "rank: $PWD/nowhere: no temporary file can be made there: "* ]]
    run -2 rank -k x --memory lots large.tsv
    run -4 bash -c 'ulimit -f 8; trap "" XFSZ; rank -k x --memory 1K -T . large.tsv'
    [[ $output == *"cannot write a temporary file"* ]]
}

@test "law: ranks are what their definitions count, in every way of computing them (200 random tables)" {
    "$BUILD/unit/ranking_law_test" transcript | python3 -B "$TOP/tests/judge/rank_judge.py"
}
