#!/usr/bin/env bats
# Every kind of file in the inbox of one month, and the month is the same, byte for byte, as from plain UTF-8 CSV.

load helper
load month_helper

setup_file() {
    local way
    cd "$BATS_FILE_TMPDIR"
    for way in plain mixed; do
        mkdir -p "$way"
        cp -r "$TOP/samples" "$way/site"
        python3 -B "$TOP/tests/bats/kinds.py" "$way/site" 2022-11 "$way" > "$way/kinds"
        run_month "$BATS_FILE_TMPDIR/$way/site" 2022-11 "$BATS_FILE_TMPDIR/$way/out" "$BATS_FILE_TMPDIR/$way/build"
    done
}

setup() { cd "$BATS_FILE_TMPDIR"; }

@test "eleven kinds of file are in the inbox, each at least twice" {
    cat mixed/kinds
    [ "$(tr ' ' '\n' < mixed/kinds | grep -cE '=[2-9]$')" = 11 ]
    [ "$(head -qc 2 mixed/site/inbox/2022-11/F1.* | tr -d '\n' | grep -aoE 'PK' | wc -l)" -ge 2 ]
}

@test "the clean tables are the same" {
    diff -r plain/out/2022-11/clean mixed/out/2022-11/clean
    [ "$(wc -l < plain/out/2022-11/clean/F1.tsv)" -gt 100 ]
}

@test "and with them every table of the bulletin, and who filed in which state" {
    diff -r plain/out/2022-11/tables mixed/out/2022-11/tables
    cmp plain/out/2022-11/check/filers.tsv mixed/out/2022-11/check/filers.tsv
}

@test "and the clean table is that of the committed inbox, in its own kinds" {
    run_month samples 2022-11 "$PWD/own/out" "$PWD/own/build"
    diff -r plain/out/2022-11/clean own/out/2022-11/clean
}
