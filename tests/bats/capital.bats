#!/usr/bin/env bats
# Listing and capital: the ledgers against their cards, the tables that are made of them.

load helper
load month_helper

R=$TOP/pipelines/rules S=$TOP/pipelines/schema SITE=$TOP/samples

setup_file() {
    run_month samples 2022-12 "$BATS_FILE_TMPDIR/out" "$BATS_FILE_TMPDIR/build"
}

# check LEDGER FILE: the failures of a ledger of 2022-12, as RULE or, of a schema check, CHECK.COLUMN, once each.
check() {
    local references=() name
    for name in areas institutions branches codes companies; do
        references+=(-x "$name=$SITE/refs/$name.tsv")
    done
    validate -s "$S/$1.tsv" -r "$R/$1.tsv" "${references[@]}" -x L3="$SITE/ledgers/2022-12/L3.tsv" \
        -x prior="$SITE/ledgers/2022-11/$1.tsv" -x open= -x same= -D period=2022-12 -f failures "$2" >clean 2>messages || [ $? = 1 ]
    derive -w "result == 'fail' and not starts(rule, 'join.')" \
        -a "what=concat(severity, ' ', rule, if(contains(rule, '.'), '', concat('.', column)))" -c what failures | sed 1d | LC_ALL=C sort -u | paste -sd,
}

# spoil LEDGER CONDITION STATEMENTS: in.tsv is the ledger of 2022-12 with the statements of awk, columns by name, done to
# the first row for which the condition is true.
spoil() {
    awk -F'\t' -v OFS='\t' "$(head -n 1 "$SITE/ledgers/2022-12/$1.tsv" | tr '\t' '\n' | awk '{ print "BEGIN { " $1 " = " NR " }" }')
        NR > 1 && !done && ($2) { $3; done = 1 }
        { print }" "$SITE/ledgers/2022-12/$1.tsv" >in.tsv
    ! cmp -s in.tsv "$SITE/ledgers/2022-12/$1.tsv"
}

# found LEDGER: each line of standard input, CONDITION | STATEMENTS | FAILURES, plants a fault and says what it must meet.
found() {
    local at do want got wrong=0
    while IFS='|' read -r at do want; do
        spoil "$1" "$at" "$do" || echo "$at | $do: nothing changed"
        got=$(check "$1" in.tsv)
        [ "$got" = "$want" ] || { echo "$at | $do: $got, not $want"; wrong=1; }
    done
    [ $wrong = 0 ]
}

# cells TABLE CONDITION COLUMN,...: cells of a table of the month.
cells() {
    derive -w "$2" -c "$3" "${month:-$BATS_FILE_TMPDIR/out/2022-12}/tables/$1.tsv" | sed 1d
}

# site: prints a copy of the sample that a test may change; of the returns of December it has those of two banks.
site() {
    mkdir "$BATS_TEST_TMPDIR/site"
    cp -r "$SITE"/{site.mk,refs,archive,decisions,inbox,ledgers} "$BATS_TEST_TMPDIR/site"
    chmod -R u+w "$BATS_TEST_TMPDIR/site"
    find "$BATS_TEST_TMPDIR/site/inbox/2022-12" -name 'F1.*' ! -name 'F1.B2[01].*' -delete
    sed -i '/^F1\./{/^F1\.B2[01]\./!d}' "$BATS_TEST_TMPDIR/site/inbox/2022-12/receipts.tsv"
    printf '%s\n' "$BATS_TEST_TMPDIR/site"
}

# run_site SITE: the tables of its December, unpublished, in $month.
run_site() {
    local rules=(env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES make -s --no-print-directory -C "$TOP" -f pipelines/report.mk
        "SITE=$1" MONTH=2022-12 "OUT=$BATS_TEST_TMPDIR/out" "BUILD=$BATS_TEST_TMPDIR/build" "TB=$BIN/")
    "${rules[@]}" tables
    month=$("${rules[@]}" where)
}

@test "the ledgers of the sample have nothing to mend" {
    for ledger in L3 L4; do
        [ -z "$(check "$ledger" "$SITE/ledgers/2022-12/$ledger.tsv")" ]
    done
}

@test "L3: steps in their order, dates, lists, requests, and what the last snapshot said" {
    found L3 <<'FAULTS'
1|$period = "2022-11"|error L3.period
1|$company = "Q9999"|confirm L3.gone,error codes.company
1|$sector = "mining"|confirm L3.sector
$seed_date != ""|$seed_date = "2023-01-01"|error L3.future.seed_date
$area == "TS"|$area = "DY"|confirm L3.area
$start_date != "" && $contract_date != ""|$start_date = "2022-12-30"|confirm L3.kept.start_date,error L3.order.contract
$tutoring_date != ""|$contract_date = ""|confirm L3.kept.contract_date,confirm L3.step.tutoring
$accepted_date != ""|$accepted_date = "2021-09-01"|confirm L3.kept.accepted_date,error L3.order.accepted
$board == "ipo" && $listed_date != ""|$accepted_date = ""|confirm L3.kept.accepted_date,confirm L3.step.listed
$tutored_by == "csrc"|$tutored_by = ""|confirm L3.tutored
$board == "regional"|$tutoring_date = "2022-12-30"; $tutored_by = "bureau"|confirm L3.step.other
$listed_date != ""|$venue = ""|error L3.listed.where
$listed_date == ""|$venue = "qilu"|error L3.listed.when
$venue == "qilu"|$venue = "nowhere"|error L3.venue
$grade == "AA"|$grade = "A"|confirm L3.grade
$grade == "AA"|$reserve_date = ""|error L3.ladder,inform L3.grade.enter
$seed_date != "" && $listed_date == ""|$seed_date = "2019-06-30"|inform L3.seed.horizon
$request_n == $solved_n && $request_n > 0|$solved_n += 1|error L3.requests
$request_n == $solved_n && $request_n > 0|$request_n += 1|confirm L3.requests.open
$open_since != ""|$solved_n = $request_n|confirm L3.requests.closed
FAULTS
    # A row of November that December has lost.
    sed 2d "$SITE/ledgers/2022-12/L3.tsv" >in.tsv
    [ "$(check L3 in.tsv)" = "confirm L3.gone" ]
}

@test "L4: dates, listings that L3 does not know, the same issue twice, and what the last snapshot said" {
    found L4 <<'FAULTS'
1|$date = "2023-01-03"|confirm L4.kept.date,error L4.future
$instrument == "ipo"|$company = "Q0200"|confirm L4.area,confirm L4.listed
1|$amt = "500000.01"|confirm L4.kept,inform L4.large
1|$amt = "0.00"|confirm L4.kept,error range.amt
1|$instrument = "shares"|error codes.instrument
1|$id = 999|confirm L4.gone
FAULTS
    awk -F'\t' -v OFS='\t' '{ print } NR == 2 { $2 = 999; again = $0 } END { print again }' "$SITE/ledgers/2022-12/L4.tsv" >in.tsv
    [ "$(check L4 in.tsv)" = "confirm L4.twice" ]
}

@test "a ledger of direct financing that does not reach back to last year has no growth" {
    site=$(site)
    sed -i '/\t2021-/d' "$site/ledgers/2022-12/L4.tsv"
    run_site "$site"
    [ "$(cells B14 "area == '岱岳区'" total,same,inc,growth,rank)" = $'28.69\t\t\t\t1' ]
    judge in_sql "$site" "$month" B14 B14b >judged || { cat judged; return 1; }
}

@test "a firm that stands on two boards counts once in the total" {
    # Three reserve firms of the zone are listed on the regional market too.
    [ "$(cells B13b "area == '高新区'" board,firms | paste -sd' ')" = $'ipo\t20 neeq\t1 regional\t19 合计\t37' ]
}

@test "without its ledger a table has no figures, not zeros" {
    site=$(site)
    rm "$site"/ledgers/2022-12/L[34].tsv
    run_site "$site"
    [ "$(cells B13 "area == '岱岳区'" reserve,requests,solved_rate)" = $'\t\t' ]
    [ "$(sed 1d "$month/tables/B13b.tsv")" = "" ]
    [ "$(cells B14 "area == '岱岳区'" bond,total,growth,rank)" = $'\t\t\t' ]
    judge in_sql "$site" "$month" >judged || { cat judged; return 1; }
}
