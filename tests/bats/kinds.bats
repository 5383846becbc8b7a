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
        few_inputs "$way/site" B..
        python3 -B "$TOP/tests/bats/kinds.py" "$way/site" 2022-11 "$way" > "$way/kinds"
        run_month "$BATS_FILE_TMPDIR/$way/site" 2022-11 "$BATS_FILE_TMPDIR/$way/out" "$BATS_FILE_TMPDIR/$way/build"
    done
}

setup() { cd "$BATS_FILE_TMPDIR"; }

@test "twelve kinds of file are in the inbox, each at least twice" {
    cat mixed/kinds
    [ "$(tr ' ' '\n' < mixed/kinds | grep -cE '=[2-9]$')" = 12 ]
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

# The sample's own inbox has what a bureau's has; samples/generate/styles.tsv says which bank sends what.
@test "a month of the committed inbox, in its own kinds, is that of plain UTF-8 CSV too" {
    local inbox=$TOP/samples/inbox/2022-11
    begins() { head -c "$2" "$inbox/$1" | od -An -tx1 | tr -d ' \n'; } # FILE BYTES
    [ "$(begins F1.B06.1 2)" = 504b ]                                     # xlsx
    [ "$(begins F1.B12.1 2)" = 504b ]                                     # xlsx, a form
    [ "$(begins F1.B03.1 8)" = d0cf11e0a1b11ae1 ]                         # xls
    [ "$(begins F1.B22.1 2)" = fffe ]                                     # UTF-16
    [ "$(begins F1.B11.1 3)" = efbbbf ]                                   # UTF-8 with its mark
    [ "$(begins F1.B13.1 2)" = 1f8b ]                                     # gzip
    run ! iconv -f UTF-8 -t UTF-8 "$inbox/F1.B02.1"                       # GB18030
    iconv -f GB18030 -t UTF-8 "$inbox/F1.B02.1" | grep -q 本外币
    grep -q '^泰山区;本外币;[0-9]*,[0-9][0-9];' "$inbox/F1.B14.1"         # semicolons, decimal commas
    [ "$(grep -c '^[^"]*"$\|^[^"]*",.*"[^"]*$' "$inbox/F1.B15.1")" -gt 5 ] # line ends within quotes
    the_sample "$PWD/own/out" 2022-11
    cmp plain/out/2022-11/clean/F1.tsv own/out/2022-11/clean/F1.tsv
    for table in plain/out/2022-11/tables/{,exact/}*.tsv; do cmp "$table" "own/${table#*/}"; done
}
