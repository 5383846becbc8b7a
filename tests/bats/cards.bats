#!/usr/bin/env bats
# The cards that come with the suite: whole, right by their own examples, quiet on the sample city, loud on its mistakes.

load helper

R=$TOP/pipelines/rules S=$TOP/pipelines/schema REFS=$TOP/samples/refs

# f1 [OPTION...] FILE: the cards of F1 on a month of the archive, every bank in one table.
f1() {
    validate -s "$S/F1.tsv" -r "$R/F1.tsv" -x areas="$REFS/areas.tsv" -x institutions="$REFS/institutions.tsv" -x branches="$REFS/branches.tsv" \
        -x rates="$REFS/rates.tsv" -x open="$TOP/samples/archive/F1/2021-12.tsv" -x prior="$TOP/samples/archive/F1/2022-07.tsv" -D period=2022-08 -D bank= "$@"
}

l1() {
    validate -s "$S/L1.tsv" -r "$R/L1.tsv" -x areas="$REFS/areas.tsv" -x institutions="$REFS/institutions.tsv" -D period=2022-11 "$@"
}

# change FILE LINE COLUMN=VALUE...: the file with these cells changed.
change() {
    local file=$1 line=$2
    shift 2
    awk -F'\t' -v OFS='\t' -v line="$line" -v set="$*" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(set, s, " ") }
        NR == line { for (i = 1; i <= n; i++) { split(s[i], p, "="); $(at[p[1]]) = p[2] } } { print }' "$file"
}

# found FILE: rules of severity error and confirm that failed, once each.
found() {
    derive -w "severity in ('error', 'confirm') and result == 'fail'" -c rule "$1" | sed 1d | LC_ALL=C sort -u | paste -sd' '
}

@test "every file of cards is whole: examples that come out right, labels, units, what each rests on" {
    local file n=0
    for file in "$R"/*.tsv; do
        n=$((n + 1))
        run -0 validate --lint --strict -s "$S/${file##*/}" -r "$file"
        [[ "$output" == *" 0 wrong, 0 other problems" ]]
    done
    [ $n -ge 3 ]
}

@test "make lint: every specification of the suite is in order; of a site its own stand before the defaults" {
    run -0 "$TOP/pipelines/lint" "$TOP/samples" "$BIN/"
    [ "$(grep -c ', 0 wrong, 0 other problems$' <<< "$output")" = "$(ls "$S" | wc -l)" ]
    [[ $output == *'map/F1.tsv: its targets are the columns of schema/F1.tsv'* ]]
    mkdir -p site/spec/rules site/spec/map site/spec/claims
    sed '4s/art. 16//' "$R/L1.tsv" | sed '3s/monthly snapshots//' > site/spec/rules/L1.tsv
    run -1 "$TOP/pipelines/lint" site "$BIN/"
    [[ $output == *"site/spec/rules/L1.tsv:3: column 'basis': 'L1.period' does not say what it rests on"* ]]
    sed 's/@ <= loan/@ <= lone/' "$R/F1.tsv" > site/spec/rules/F1.tsv
    sed 's/^loan\t/lown\t/' "$TOP/pipelines/map/F1.tsv" > site/spec/map/F1.B07.tsv
    run -2 "$TOP/pipelines/lint" site "$BIN/"
    [[ $output == *"no column 'lone'"*"site/spec/map/F1.B07.tsv: its targets are not the columns"* ]]
}

@test "the sample city has nothing to mend" {
    f1 -f failures --counts counts "$TOP/samples/archive/F1/2022-08.tsv" > out
    [ -z "$(found failures)" ]
    # the city in one table: cards of one bank alone are skipped, all others met rows
    run -0 derive -w "run == 0" -c rule counts
    [ "$(sed 1d <<< "$output" | paste -sd' ')" = "F1.bank F1.branches" ]
    l1 -f failures --counts counts "$TOP/samples/ledgers/2022-11/L1.tsv" > out
    [ -z "$(found failures)" ]
    run -0 derive -w "run == 0" -c rule counts
    [ "$(sed 1d <<< "$output")" = "" ]
}

@test "F1: a mistake of each sort meets its card" {
    local n=0 cells want
    while IFS='|' read -r cells want; do
        n=$((n + 1))
        change "$TOP/samples/archive/F1/2022-08.tsv" 2 $cells > in.tsv
        f1 -f failures in.tsv > out 2> err || [ $? = 1 ]
        [[ " $(found failures) " == *" $want "* ]] || { echo "$cells: $(found failures), not $want"; return 1; }
    done << 'MISTAKES'
period=2022-07|F1.period
bank=B99|codes
disc=99999999999|F1.part.disc
inclsm=99999999999|F1.part.inclsm
iss_hh_ytd=99999999999|F1.part.iss_hh_ytd
rate_min=99|F1.rate.min
npl_new_ytd=99999|F1.npl.roll
iss_ytd=0|F1.ytd.iss_ytd
loan=1 dep=1|F1.move.loan
iss_hh_n=0 iss_hh_ytd=5|F1.count.iss_hh_n
relend_amt=0 relend_w=2|F1.rate.unstated.relend_w
MISTAKES
    [ $n = 11 ]
}

@test "F1: 元 for 万元 in all figures is an error, in one of them to be confirmed; old figures sent again too" {
    awk -F'\t' -v OFS='\t' 'NR == 1 { print } NR == 2 { for (i = 5; i <= 19; i++) $i = sprintf("%.2f", $i * 10000); print }' "$TOP/samples/archive/F1/2022-08.tsv" > in.tsv
    run -1 f1 -f failures in.tsv
    [[ " $(found failures) " == *" F1.scale.return "* ]]
    awk -F'\t' -v OFS='\t' 'NR == 1 { print } NR == 2 { $8 = sprintf("%.2f", $8 * 10000); print }' "$TOP/samples/archive/F1/2022-08.tsv" > in.tsv
    f1 -f failures in.tsv > out 2> err || [ $? = 1 ]
    [[ " $(found failures) " == *" F1.scale.corp "* ]]
    sed '1!s/^2022-07/2022-08/' "$TOP/samples/archive/F1/2022-07.tsv" > in.tsv
    f1 -f failures in.tsv > out 2> err || [ $? = 1 ]
    [ "$(found failures)" = "F1.stale" ]
}

@test "F1: a bank in an area where it has a branch and reports nothing is named" {
    awk -F'\t' 'NR == 1 || ($3 == "B01" && $2 != "XT")' "$TOP/samples/archive/F1/2022-08.tsv" > in.tsv
    validate -s "$S/F1.tsv" -r "$R/F1.tsv" -x areas="$REFS/areas.tsv" -x institutions="$REFS/institutions.tsv" -x branches="$REFS/branches.tsv" \
        -x rates="$REFS/rates.tsv" -x open= -x prior= -D period=2022-08 -D bank=B01 -f failures in.tsv > out 2> err || [ $? = 1 ]
    [ "$(derive -w "rule == 'F1.branches'" -c key failures | sed 1d)" = "XT|B01" ]
}

@test "L1: a mistake of each sort meets its card" {
    local n=0 cells want
    while IFS='|' read -r cells want; do
        n=$((n + 1))
        change "$TOP/samples/ledgers/2022-11/L1.tsv" 2 $cells > in.tsv
        l1 -f failures in.tsv > out 2> err || [ $? = 1 ]
        [[ " $(found failures) " == *" $want "* ]] || { echo "$cells: $(found failures), not $want"; return 1; }
    done << 'MISTAKES'
event_date=1900-01-01|L1.active
paid_date=2022-12-01|L1.future.paid_date
paid=99999999|L1.paid.approved
credit=99999999|L1.credit.approved
demand=99999999|L1.demand.invest
status=signed|L1.status.signed
paid=0|L1.status.paid
credit_date=|L1.status.credit
landed=1 planned=0|L1.landed
MISTAKES
    [ $n = 9 ]
    awk 'NR == 2 { twice = $0 } { print } END { sub("\tP[0-9]*\t", "\tP99999999\t", twice); print twice }' "$TOP/samples/ledgers/2022-11/L1.tsv" > in.tsv
    run -1 l1 -f failures in.tsv
    [ "$(found failures)" = L1.twice ]
}

@test "receipts: who is missing, who is not expected, who came late" {
    receipts() {
        validate -s "$S/receipts.tsv" -r "$R/receipts.tsv" -x roster="$REFS/roster.tsv" -x calendar="$REFS/calendar.tsv" \
            -x holidays=holidays.tsv -x extensions=extensions.tsv -D period=2022-11 -f failures "$@" > out 2> err || [ $? = 1 ]
        derive -w "rule != 'join.extensions'" -c rule,key,actual,expected,difference,cause failures | sed 1d
    }
    tsv 'date work' '2022-12-08 0' > holidays.tsv
    tsv 'return institution period until grantor' 'F1 B02 2022-11 2022-12-15 Li' > extensions.tsv
    sed -e '/^F1\.B01\./d' -e 's/B03/X99/g' -e '/^F1.B02.1/s/2022-12-..T[0-9:]*/2022-12-16T08:00:00/' "$TOP/samples/inbox/2022-11/receipts.tsv" > in.tsv
    receipts in.tsv > got
    grep -q '^receipts.filers	F1|B01	.*	missing$' got
    grep -q '^receipts.filers	F1|X99	.*	unexpected$' got
    grep -q '^receipts.extended	F1.B02.1	2022-12-16T08:00:00+08:00	2022-12-15	1	extended to 2022-12-15 by Li$' got
    grep -q '^receipts.due	F1.B02.1	2022-12-16T08:00:00+08:00	2022-12-08	8	$' got
}
