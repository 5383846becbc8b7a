# What every bats file shares: the built filters on PATH, a fixed locale, comparison with files.
bats_require_minimum_version 1.5.0

TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
: "${BUILD:=$TOP/build}"
: "${BIN:=$TOP/bin}"
export TOP BUILD BIN PATH="$BIN:$PATH" LC_ALL=C.UTF-8
cd "$BATS_TEST_TMPDIR" || exit 1

# tsv 'a b' '1 2' ...: rows of TSV from arguments, blanks become TABs, _ an empty field.
tsv() {
    local row
    for row in "$@"; do
        printf '%s\n' "$row" | sed -e 's/ /\t/g' -e 's/\(^\|\t\)_\($\|\t\)/\1\2/g' -e 's/\(^\|\t\)_\($\|\t\)/\1\2/g'
    done
}

# same FILE: standard input equals FILE byte for byte, or the difference is shown.
same() {
    cat >"$BATS_TEST_TMPDIR/.same" && diff -u "$1" "$BATS_TEST_TMPDIR/.same"
}
