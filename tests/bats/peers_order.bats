#!/usr/bin/env bats
# rank, lookup and compare on the situations that the published tests of tsv-utils (tsv-join) and GNU datamash walk
# through, told with tables of our own. Where they differ on purpose: docs/peers-order.md.

load helper

setup() {
    # Keys with blanks, without anything, with letters of two scripts, and some that stand twice.
    printf 'n\tname\tcode\tv\tw\n1\tAlpha\tUU\t10\t15\n2\tbeta\tZZ\t21\t28\n3\tgamma\tGG\t33\t 3\n4\tÀÉ\t\t13\t14\n5\t\tB\t15\t16\n' > filter.tsv
    printf '6\t\t\t17\t18\n7\ta  b\tY\t19\t20\n8\t %%tg-0\tZ\t22\t23\n9\tAlpha\tCC\t24\t25\n' >> filter.tsv
    printf 'n\tname\tcode\tv\tw\n1\tAlpha\tUU\t10\t15b\n2\tbeta\tZZ\t21\t28\n3\tGG\tgamma\t33\t3b\n4\tÀÉ\t\t13\t14\n5\t\tB\t15\t16b\n' > data.tsv
    printf '6\t\t\t17\t18\n7\ta  b\tY\t19\t20b\n20\t %%tg-0\tZ\t22\t23\n21\tàé\t\t1\t1\n' >> data.tsv
}

rows() { cut -f1 "$@" | tail -n +2 | paste -sd' '; }

@test "the whole row as the key: what both tables have, and what only one has" {
    [ "$(lookup -k n,name,code,v,w --semi filter.tsv data.tsv | rows)" = '2 4 6' ]
    [ "$(lookup -k n,name,code,v,w --anti filter.tsv data.tsv | rows)" = '1 3 5 7 20 21' ]
}

@test "one column as the key, found under its own name or another, and not found" {
    [ "$(lookup -k name --semi filter.tsv data.tsv | rows)" = '1 2 4 5 6 7 20' ]
    [ "$(lookup -k code=name --semi filter.tsv data.tsv | rows)" = '3 4 6 21' ]
    [ "$(lookup -k name=code --anti filter.tsv data.tsv | rows)" = '1 2 4 7 20 21' ]
    [ "$(lookup -k n=v --semi filter.tsv data.tsv | rows)" = 21 ]
}

@test "several columns as the key, in any order, crossed where the tables name them otherwise" {
    [ "$(lookup -k name,code --semi filter.tsv data.tsv | rows)" = '1 2 4 5 6 7 20' ]
    [ "$(lookup -k code,name --semi filter.tsv data.tsv | rows)" = '1 2 4 5 6 7 20' ]
    [ "$(lookup -k name=code,code=name --semi filter.tsv data.tsv | rows)" = '3 6' ]
    [ "$(lookup -k name,code,w --anti filter.tsv data.tsv | rows)" = '1 3 5 7 21' ]
}

@test "columns appended in the order they are asked for, a key among them, under new names" {
    lookup -k n -c w=w2,name=name2,n=n2 --unmatched drop filter.tsv data.tsv | cut -f1,6- | sed -n '2p;8p' > out
    printf '1\t15\tAlpha\t1\n7\t20\ta  b\t7\n' | same out
    lookup -k name,code -c v=v2,w=w2 --fill MISSING filter.tsv data.tsv | cut -f1,6- | sed -n '4p;9p' > out
    printf '3\tMISSING\tMISSING\n20\t22\t23\n' | same out
    lookup -k name,code -c v=v2 filter.tsv data.tsv | cut -f1,6 | sed -n '4p' > out
    printf '3\t\n' | same out
}

@test "the reference from a pipe, a table of one column on either side" {
    cut -f1,2 filter.tsv | lookup -k n --semi - data.tsv | rows > out
    same out <<< '1 2 3 4 5 6 7'
    printf 'id\n5\n1\n' > one.tsv
    [ "$(lookup -k n=id --semi one.tsv data.tsv | rows)" = '1 5' ]
    lookup -k id=n -c name filter.tsv one.tsv > out
    printf 'id\tname\n5\t\n1\tAlpha\n' | same out
}

@test "a key that stands twice with other values is refused; --all gives the rows of each" {
    run -3 lookup -k name -c code=c filter.tsv data.tsv
    [ "$output" = "lookup: filter.tsv:7: key '' stands on line 6 already, with other values" ]
    lookup -k name -c code=c --all filter.tsv data.tsv | cut -f1,6 | sed -n '2,3p' > out
    printf '1\tUU\n1\tCC\n' | same out
}

@test "columns that are not there or named twice, words that mean nothing: refused before anything is read" {
    run -2 lookup -k nowhere filter.tsv data.tsv
    run -2 lookup -k n=nowhere filter.tsv data.tsv
    run -2 lookup -k n -c nowhere filter.tsv data.tsv
    run -2 lookup -k n -c code=c,v=c filter.tsv data.tsv
    run -2 lookup -k n --anti -c code filter.tsv data.tsv
    run -2 lookup -k n,,name filter.tsv data.tsv
    run -2 lookup -k n
}

@test "a file with CR LF is refused with what to do, never joined by half" {
    sed 's/$/\r/' filter.tsv > dos.tsv
    run -3 lookup -k n --semi dos.tsv data.tsv
    [ "$output" = "lookup: dos.tsv:1: lines end with CR LF; read the file through extract -t tsv first" ]
}

@test "the row of each group with the least, the greatest, and whole" {
    tsv 'g x i' 'A 4 i1' 'A 3 i2' 'A 5 i3' 'B 1 i4' 'B 8 i5' 'B 0 i6' 'B 3 i7' > full.tsv
    rank -k x:asc -g g -n 1 --sort full.tsv > out
    tsv 'g x i' 'A 3 i2' 'B 0 i6' | same out
    rank -k x -g g -n 1 --sort full.tsv > out
    tsv 'g x i' 'A 5 i3' 'B 8 i5' | same out
}

@test "groups need not be sorted, and the header is never data" {
    tsv 'g x' 'B 1' 'A 4' 'B 8' 'A 5' > mixed.tsv
    rank -k x -g g -n 1 mixed.tsv > out
    tsv 'g x rank' 'B 8 1' 'A 5 1' | same out
}

@test "words for nothing are no numbers: NA, NaN, nan and their like are named with line, column and value" {
    for word in NA nA N/A NaN nan NAK inf 0x1A 1e3 +1; do
        run -3 rank -k x <<< $'x\n1\n'"$word"
        [ "$output" = "rank: (standard input):3: column 'x': not a decimal: '$word' (:text ranks as text)" ]
    done
}

@test "an empty input is no table, a header alone is an empty one" {
    run -3 rank -k x < /dev/null
    run -3 compare -k x /dev/null filter.tsv
    [ "$(printf 'x\n' | rank -k x)" = $'x\trank' ]
}
