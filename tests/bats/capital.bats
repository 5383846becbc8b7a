#!/usr/bin/env bats
# Listing and capital: the ledgers L3, L4 and L5 against their cards and the rules of refs/, and the money that the rules
# give, worked by hand.

load helper
load month_helper

R=$TOP/pipelines/rules S=$TOP/pipelines/schema SITE=$TOP/samples

setup_file() {
    the_sample "$BATS_FILE_TMPDIR/out" 2022-12
}

# check LEDGER FILE: the failures of a ledger of 2022-12, as RULE or, of a schema check, CHECK.COLUMN, once each.
check() {
    local references=() name
    for name in areas institutions branches codes companies listing_rules rates; do
        references+=(-x "$name=$SITE/refs/$name.tsv")
    done
    validate -s "$S/$1.tsv" -r "$R/$1.tsv" "${references[@]}" -x F1="$BATS_FILE_TMPDIR/out/2022-12/clean/F1.tsv" -x L3="$SITE/ledgers/2022-12/L3.tsv" \
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
    cp -r "$SITE"/{site.mk,spec,refs,archive,decisions,inbox,ledgers} "$BATS_TEST_TMPDIR/site"
    chmod -R u+w "$BATS_TEST_TMPDIR/site"
    find "$BATS_TEST_TMPDIR/site/inbox/2022-12" -name 'F[124].*' ! -name 'F1.B2[01].*' -delete
    sed -i '/^F[124]\./{/^F1\.B2[01]\./!d}' "$BATS_TEST_TMPDIR/site/inbox/2022-12/receipts.tsv"
    printf '%s\n' "$BATS_TEST_TMPDIR/site"
}

# made SITE TARGET...: what the rules make of the site's December.
made() {
    local site=$1
    shift
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES make -s --no-print-directory -C "$TOP" -f pipelines/report.mk \
        SITE="$site" MONTH=2022-12 OUT="$BATS_TEST_TMPDIR/out" BUILD="$BATS_TEST_TMPDIR/build" TB="$BIN/" "$@"
}

# run_site SITE: the tables of its December, unpublished, in $month.
run_site() {
    made "$1" tables
    month=$(made "$1" where)
}

@test "the ledgers of the sample have nothing to mend" {
    for ledger in L3 L4 L5; do
        [ -z "$(check "$ledger" "$SITE/ledgers/2022-12/$ledger.tsv")" ]
    done
}

@test "L3: steps in their order, dates, lists, requests, and what the last snapshot said" {
    found L3 <<'FAULTS'
1|$period = "2022-11"|error L3.period
1|$company = "Q9999"|error codes.company
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

@test "L5: rules in force and of their place, caps, payments, stages that L3 shows, and what the last snapshot said" {
    found L5 <<'FAULTS'
$rule == "FC-REG"|$rule = "FC-REG-2018"|error L5.rule.force
$rule == "FC-REG"|$rule = "TS-REG"|error L5.rule.area,error L5.rule.force
$rule == "C-IPO-2"|$rule = "C-IPO-3"|error L5.rule.scope.stage
$rule == "DY-REG" && $paid_cum > 0|$rule = ""|error L5.rule
$rule == "NY-REG"|$company = "Q0179"|confirm L5.stage,error L5.rule.sector
$rule == "DP-REF"|$basis = ""|error L5.basis
$rule == "C-INT" && $paid_cum > 20 && $paid_cum < 50|$paid_ytd += 0.02; $paid_cum += 0.02|confirm L5.due
$rule == "DP-REG" && $paid_ytd == 0|$paid_cum = "30.02"|confirm L5.carried,confirm L5.due,error L5.cap
$paid_ytd > 0 && $paid_ytd == $paid_cum && $rule == "DY-REG"|$paid_ytd = "31.00"|confirm L5.carried,error L5.ytd
$paid_cum > 0 && $rule == "DY-REG"|$paid_date = ""|error L5.paid.dated
$paid_cum == 0|$paid_date = "2022-12-01"|error L5.paid.undated
$rule == "C-IPO-2"|$paid_date = "2020-01-01"|confirm L5.paid.early
$paid_ytd > 0 && $rule == "DY-REG"|$paid_date = "2021-12-31"|error L5.paid.year
$rule == "C-IPO-1" && $area == "TS" && $paid_cum > 0|$stage = "listed"; $rule = "C-IPO-4"|confirm L5.stage
$rule == "C-IPO-1" && $area == "TS" && $paid_cum > 0|$date = "2021-03-16"|confirm L5.stage.date
$scheme == "incentive"|$paid_ytd += 0.02; $paid_cum += 0.02|confirm L5.incentive
$scheme == "incentive"|$bank = ""|error L5.bank
$rule == "TS-INT"|$company = ""|error L5.company
$paid_ytd > 0 && $rule == "DY-IPO-1"|$paid_ytd = $paid_cum = "0.00"; $paid_date = ""|confirm L5.fall.paid_cum,confirm L5.fall.paid_ytd
1|$id = 999|confirm L5.gone
FAULTS
    # The same stage rewarded twice by one level, and once by each of two.
    awk -F'\t' -v OFS='\t' '{ print } $11 == "DP-IPO-1" { $2 = 999; again = $0 } END { print again }' "$SITE/ledgers/2022-12/L5.tsv" >in.tsv
    [ "$(check L5 in.tsv)" = "error L5.twice" ]
    sed '$s/\tdistrict\t/\tcity\t/; $s/DP-IPO-1/C-IPO-1/' in.tsv >other.tsv
    [ -z "$(check L5 other.tsv)" ]
}

@test "a rule that can be read in two ways stops the month and is named" {
    site=$(site)
    rules=$site/refs/listing_rules.tsv
    reads() { TB=$BIN/ TABLES="areas=$site/refs/areas.tsv listing_rules=$rules" PERIOD=2022-12 SPEC=$TOP/pipelines "$TOP/pipelines/check-reference" listing_rules "$rules"; }
    run -0 reads
    cp "$rules" kept
    sed -i '/^DP-IPO-4/s/\t2\t10\t/\t3\t10\t/' "$rules"
    run -2 reads
    [[ $output == *"listing_rules.tsv:"*"T8.sum: weight_sum is 10, the weights add up to 11"* ]]
    { cat kept; sed -n '/^DP-REG\t/s/^DP-REG/DP-REG-2/p' kept; } >"$rules"
    run -2 reads
    [[ $output == *"T8.open"* ]]
    sed '/^DP-REF\t/s/\t50.00\t/\t\t/' kept >"$rules"
    run -2 reads
    [[ $output == *"T8.way"* ]]
}

@test "two rules for one listing at one time stop the month, also where both have an end" {
    site=$(site)
    sed -n '/^TS-REG\t/s/^TS-REG\t\(.*\)2022-01-01\t\t/TS-REG-2\t\12022-02-01\t2022-06-30\t/p' "$site/refs/listing_rules.tsv" >more
    sed -i '/^TS-REG\t/s/2022-01-01\t\t/2022-01-01\t2022-12-31\t/' "$site/refs/listing_rules.tsv"
    entitled=$(made "$site" where)/base/entitled.tsv
    run -0 made "$site" "$entitled"
    cat more >>"$site/refs/listing_rules.tsv"
    run -2 made "$site" "$entitled"
    [[ $output == *"key 'Q"*"regional"*"listed"*"district"*"stands on line "* ]]
}

@test "a reward in stages is its total in the proportion 1 : 3 : 4 : 2, in the county 500, in the city 1000" {
    [ "$(cells B15d "area == '东平县' and item == 'ipo' and level == 'district'" contract,tutoring,accepted,listed,total)" = $'50.00\t150.00\t200.00\t100.00\t500.00' ]
    [ "$(cells B15d "area == '岱岳区' and item == 'ipo' and level == '合计'" contract,tutoring,accepted,listed,total)" = $'200.00\t600.00\t800.00\t400.00\t2000.00' ]
    # Taishan's firm at the third stage: 100 + 300 + 400.
    cells B15b "area == '泰山区' and item == 'ipo' and level == 'city'" stage,firms,due,paid,difference | diff - <(tsv 'contract 2 200.00 100.00 -100.00' 'tutoring 1 300.00 300.00 0.00' 'accepted 1 400.00 400.00 0.00')
    [ "$(cells B15 "area == '泰山区' and item == 'ipo'" city)" = 800.00 ]
}

@test "a flat reward is that of the rule in force on the day of listing" {
    # Feicheng: 7 firms listed until 2019 at 20, 17 since at 10.
    [ "$(derive -w "area == 'FC' and board == 'regional' and text(listed_date) < '2020-01-01'" "$SITE/ledgers/2022-12/L3.tsv" | sed 1d | wc -l)" = 7 ]
    [ "$(cells B15 "area == '肥城市' and item == 'regional'" firms,due)" = $'24\t310.00' ]
    # Taishan rewards listings since 2022: five of its sixteen firms. Xintai's firm listed in 2022 signed before the city's rule
    # of 2021, so that stage of it earns nothing, and the five others that have signed 100 each.
    [ "$(cells B15 "area == '泰山区' and item == 'regional'" firms,due,paid,difference)" = $'5\t150.00\t150.00\t0.00' ]
    [ "$(cells B15b "area == '新泰市' and level == 'city' and stage == 'contract'" firms,due)" = $'5\t500.00' ]
    # Ningyang rewards agricultural firms only, at 20 since 2021.
    [ "$(cells B15 "area == '宁阳县' and item == 'regional'" firms,due)" = $'6\t120.00' ]
}

@test "a share reform is worth half of its fees up to the cap" {
    # Fees of 48.60, 76.00, 36.00, 52.00 and 64.50 with a cap of 30: 24.30 + 30 + 18 + 26 + 30.
    [ "$(cells B15 "area == '东平县' and item == 'reform'" firms,due,paid,difference)" = $'5\t128.30\t98.30\t-30.00' ]
}

@test "interest subsidies are those of city and district, each to its cap" {
    python3 - "$SITE/ledgers/2022-12/L5.tsv" >wanted <<'PY'
import sys
from fractions import Fraction as F
rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[1], encoding="utf-8")]
due = sum(min(F(r[11]) * 3 / 10, F(60)) if r[4] == "city" else min(F(r[11]) * 2 / 10, F(40)) for r in rows if r[3] == "TS" and r[5] == "interest")
print("%.2f" % due)
PY
    [ "$(cells B15 "area == '泰山区' and item == 'interest'" due)" = "$(cat wanted)" ]
    [ "$(cells B15 "area == '泰山区' and item == 'interest'" firms,city,district,paid)" = $'14\t420.00\t190.00\t610.00' ]
    # Both levels have the same claims, and no basis is so large that a cap is reached: 30 % and 20 %.
    [ "$(cells B15b "area == '泰山区' and item == 'interest'" level,due,paid | paste -sd' ')" = $'city\t523.44\t420.00 district\t348.96\t190.00' ]
}

@test "the incentive is the rate of the month on the increment since its base, and nothing where loans fell" {
    # 229115.931907 less 170686.015492, 2 %: 1168.5983283.
    [ "$(cells B15c "bank == '农商银行五'" inc,rate,due,paid,difference)" = $'5.84\t2.00\t1168.60\t821.88\t-346.72' ]
    site=$(site)
    # 1 % of the increment since October; the bank's loans of October are made larger than now.
    sed -i '/^2022-12/{s/\t2\.00\t/\t1.00\t/; s/2021-12$/2022-10/}' "$site/refs/rates.tsv"
    october=$(awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } $(at["bank"]) == "B20" && $4 == "all" { print $(at["inclsm"]) }' "$site/archive/F1/2022-10.tsv")
    sed -i "/\tB21\tall\t/s/\t$(awk -F'\t' '$3 == "B21" && $4 == "all" { print $11 }' "$site/archive/F1/2022-10.tsv")\t/\t199999.000000\t/" "$site/archive/F1/2022-10.tsv"
    run_site "$site"
    python3 - "$october" >wanted <<'PY'
import sys
from decimal import Decimal as D, ROUND_HALF_UP
print(((D("229115.931907") - D(sys.argv[1])) / 100).quantize(D("0.01"), ROUND_HALF_UP))
PY
    [ "$(cells B15c "bank == '农商银行五'" rate,due)" = $'1.00\t'"$(cat wanted)" ]
    [ "$(cells B15c "bank == '农商银行六'" due)" = 0.00 ]
    # A month that the parameters do not have: no rate, nothing known to be due.
    sed -i '/^2022-12/d' "$site/refs/rates.tsv"
    run_site "$site"
    [ "$(cells B15c "bank == '农商银行五'" base,rate,due,paid,difference)" = $'\t\t\t821.88\t' ]
    [ "$(cells B15 "area == '宁阳县' and item == 'incentive'" firms,due,paid)" = $'\t\t821.88' ]
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

@test "without L3 what is due for listings is unknown, not zero; what was paid stands" {
    site=$(site)
    rm "$site/ledgers/2022-12/L3.tsv"
    run_site "$site"
    [ "$(cells B13 "area == '岱岳区'" reserve,requests,solved_rate)" = $'\t\t' ]
    [ "$(sed 1d "$month/tables/B13b.tsv")" = "" ]
    [ "$(cells B15 "area == '岱岳区' and item == 'listing'" firms,due,paid,ytd,difference)" = $'\t\t1374.00\t530.00\t' ]
    [ "$(cells B15 "area == '东平县' and item == 'reform'" due,paid)" = $'128.30\t98.30' ]
    # Without L5 it is what was paid that is unknown.
    cp "$SITE/ledgers/2022-12/L3.tsv" "$site/ledgers/2022-12"
    rm "$site"/ledgers/2022-12/L[45].tsv
    run_site "$site"
    [ "$(cells B15 "area == '岱岳区' and item == 'listing'" firms,due,paid_firms,paid,difference,agri_firms)" = $'57\t2390.00\t\t\t\t' ]
    [ "$(cells B15 "area == '宁阳县' and item == 'incentive'" due,paid)" = $'1168.60\t' ]
    [ "$(cells B14 "area == '岱岳区'" bond,total,growth,rank)" = $'\t\t\t' ]
    judge in_sql "$site" "$month" >judged || { cat judged; return 1; }
}
