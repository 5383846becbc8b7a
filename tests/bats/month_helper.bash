# What the tests of a published month share: running it, and copies of it to spoil.

MONTHS="2022-09 2022-11 2022-12"

# run_month SITE MONTH OUT BUILD: publishes the month to OUT/MONTH with the filters of $BIN; SITE relative to $TOP or absolute.
run_month() {
    # A make above this one must not hand down its options or its job server.
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES \
        make -s --no-print-directory -C "$TOP" -f pipelines/report.mk \
        SITE="$1" MONTH="$2" OUT="$3" BUILD="$4" TB="$BIN/" published
}

# the_sample OUT MONTH...: OUT/MONTH is the published month of the sample, which nobody may change: it is made once for all
# the tests of a run, by whoever comes first.
the_sample() {
    local out=$1 month made=${SAMPLE:-$BATS_RUN_TMPDIR/sample}
    shift
    mkdir -p "$made" "$out"
    for month in "$@"; do
        (
            flock 9
            [ -e "$made/$month.made" ] || { run_month samples "$month" "$made/out" "$made/build.$month" && : >"$made/$month.made"; }
        ) 9>"$made/$month.lock" || return
        ln -s "$(readlink -f "$made/out/$month")" "$out/$month"
    done
}

# few_inputs SITE [BANKS]: a copy of the sample receives the monthly return of six banks, or of those of the regular
# expression, and keeps the ledger of projects, no more.
few_inputs() {
    local banks=${2:-B0[1-6]}
    mkdir -p "$1/spec"
    awk -F'\t' '$2 !~ /^(return|ledger)$/ || $1 ~ /^[FL]1$/' "$TOP/pipelines/inputs.tsv" >"$1/spec/inputs.tsv"
    find "$1"/inbox/*/ -name 'F*' -regextype posix-extended ! -regex ".*/F1\.($banks)\..*" -delete
    find "$1"/archive/* "$1"/ledgers/*/* -maxdepth 0 ! -name 'F1' ! -name 'L1.tsv' -exec rm -r {} +
    sed -E -i "/^F/{/^F1\.($banks)\./!d}" "$1"/inbox/*/receipts.tsv
    sed -E -i "/^F/{/^F1\t($banks)\t/!d}" "$1/refs/roster.tsv"
}

# judge NAME ARGUMENT...: a judge of tests/judge; it leaves no bytecode in the source tree.
judge() {
    local name=$1
    shift
    python3 -B "$TOP/tests/judge/$name.py" "$@"
}

# spoiled MONTH: prints a copy of the published month, of the same name, that a test may change.
spoiled() {
    mkdir -p "$BATS_TEST_TMPDIR/spoiled"
    cp -rL "$BATS_FILE_TMPDIR/out/$1" "$BATS_TEST_TMPDIR/spoiled/$1"
    printf '%s\n' "$BATS_TEST_TMPDIR/spoiled/$1"
}
