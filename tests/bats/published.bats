#!/usr/bin/env bats
# The bulletin against the figures that the circular prints: each is met, or is the contradiction that the map names.

load helper
load month_helper

setup_file() {
    the_sample "$BATS_FILE_TMPDIR/out" $MONTHS
}

# holds MONTH: every line of the map placed at the month is what the map says.
holds() {
    judge published "$TOP/samples" "$BATS_FILE_TMPDIR/out/$1" "$1" >judged || { cat judged; return 1; }
}

# placed COLUMN=VALUE...: how many lines of the map have these values.
placed() {
    python3 -B - "$TOP" "$@" <<'PY'
import sys
sys.path.insert(0, sys.argv[1] + "/tests/judge")
from stream import read
wanted = dict(argument.split("=") for argument in sys.argv[2:])
print(sum(wanted.items() <= line.items() for line in read(sys.argv[1] + "/samples/published-map.tsv").rows))
PY
}

# site: prints a copy of the sample site's references, archive and map, for a test to change.
site() {
    mkdir -p "$BATS_TEST_TMPDIR/site"
    cp -r "$TOP/samples/refs" "$TOP/samples/archive" "$TOP/samples/published-map.tsv" "$BATS_TEST_TMPDIR/site"
    printf '%s\n' "$BATS_TEST_TMPDIR/site"
}

@test "September 2022 meets every figure placed there" {
    holds 2022-09
    grep -x "published: 2022-09: $(placed month=2022-09 status=met) met, 0 contradiction.*" judged
}

@test "November 2022 meets every figure placed there but one, which the circular contradicts itself" {
    holds 2022-11
    grep -x "article 1: Taishan 泰山区: NPL ratio 1.04 %: B04 TS ratio: contradiction: computed 1.45" judged
    grep -x "published: 2022-11: $(placed month=2022-11 status=met) met, 1 contradiction.*" judged
}

@test "December 2022 meets every figure placed there" {
    holds 2022-12
    grep -x "published: 2022-12: $(placed month=2022-12 status=met) met, 0 contradiction.*" judged
}

@test "every return of the sample enters its month, and nothing is left to confirm" {
    for month in $MONTHS; do
        [ "$(derive -w 'expected == 1 and entered == 0' "$BATS_FILE_TMPDIR/out/$month/check/filers.tsv" | sed 1d)" = "" ]
        [ "$(derive -w "state == 'open' and severity in ('reject', 'error', 'confirm')" "$BATS_FILE_TMPDIR/out/$month/check/failures.tsv" | sed 1d)" = "" ]
    done
}

@test "no figure that the map calls met stands outside the three months" {
    local met=0 month
    for month in $MONTHS; do
        met=$((met + $(placed month="$month" status=met)))
    done
    [ "$met" = "$(placed status=met)" ]
    [ "$met" -ge 100 ]
}

@test "the judge finds a table that prints another figure than the circular" {
    month=$(spoiled 2022-11)
    sed -i '/^宁阳县/s/47\.43/47.42/' "$month/tables/B04.tsv"
    run -1 judge published "$TOP/samples" "$month" 2022-11
    [[ $output == *"B04 NY drop_rate: the table prints '47.42', computed '47.43'"* ]]
    [[ ${lines[-1]} == *"; 1 disagree" ]]
}

@test "the judge finds returns that no longer give the circular's figure" {
    month=$(spoiled 2022-11)
    awk -F'\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "npl") npl = i }
        $2 == "NY" && $3 == "B02" && $4 == "all" { $npl += 5000 } { print }' "$month/clean/F1.tsv" >changed
    mv changed "$month/clean/F1.tsv"
    run -1 judge published "$TOP/samples" "$month" 2022-11
    [[ $output == *"NPL balance 2.67 亿元: B04 NY npl: contradiction, the map says met"* ]]
    [[ $output == *"NPL balance 2.67 亿元: B04 NY npl: computed 3.17, the map says 2.67"* ]]
}

@test "the judge finds a map that calls a contradiction met, and one with a wrong cell" {
    site=$(site)
    sed -i -e 's/\tcontradiction\t1.45\t/\tmet\t1.45\t/' -e 's/\tNY\tdep_growth\t/\tNY\tdep_up\t/' "$site/published-map.tsv"
    run -1 judge published "$site" "$BATS_FILE_TMPDIR/out/2022-11" 2022-11
    [[ $output == *"B04 TS ratio: contradiction, the map says met"* ]]
    [[ $output == *"B01 NY dep_up: no such cell"* ]]
    [[ ${lines[-1]} == *"; 2 disagree" ]]
}
