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

# only_f1 SITE: a copy of the sample receives no return but the monthly return of banks.
only_f1() {
    rm -r "$1"/inbox/*/F[2-9].* "$1"/archive/F[2-9]
    sed -i '/\tF[2-9]\t/d' "$1"/inbox/*/receipts.tsv
    sed -i '/^F[2-9]\t/d' "$1/refs/roster.tsv"
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
