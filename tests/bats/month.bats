#!/usr/bin/env bats
# The month as its operator meets it: a good month, then the same month with one bad return of every kind. Each bad
# return is named with file, line, column and reason, its bank is printed as blocked or rejected, the rest goes on.

load helper
load month_helper

setup_file() {
    cp -r "$TOP/samples" "$BATS_FILE_TMPDIR/site"
    few_inputs "$BATS_FILE_TMPDIR/site" B..
    cd "$BATS_FILE_TMPDIR"
    recorded good
    cp -rL out/2022-11 good
    spoil
    recorded bad
}

# recorded NAME: a run, its output and its exit status in NAME.out and NAME.status.
recorded() {
    local status=0
    run_cron > "$1.out" 2>&1 || status=$?
    echo "$status" > "$1.status"
}

run_cron() {
    OUT=$BATS_FILE_TMPDIR/out BUILD=$BATS_FILE_TMPDIR/build TB=$BIN/ "$TOP/pipelines/month" "$BATS_FILE_TMPDIR/site" 2022-11
}

# send BANK: standard input arrives as a new return of BANK.
send() {
    cat > "$1.csv"
    RECEIVED_AT=2022-12-09T09:00:00+08:00 "$TOP/pipelines/receive" site 2022-11 F1 "$1" "$1.csv" > "$1.receipt"
}

again() { python3 "$TOP/tests/bats/bankfile.py" good/clean/F1.tsv "$@"; }

spoil() {
    again B02 | sed '4s/$/,surplus/' | send B02                        # a ragged row
    again B03 | sed '3s/各项存款/各项存折/' | send B03                     # a wrong header
    { again B04; printf '\xd6\xd0\n'; } | send B04                      # a bad byte in a UTF-8 file
    again B05 | gzip -n | head -c 500 | send B05                       # a truncated gz
    again B06 | python3 -c '
import csv, sys; from decimal import Decimal
rows = list(csv.reader(sys.stdin)); loan = rows[2].index("各项贷款"); ind = rows[2].index("工业贷款")
rows[3][ind] = str(Decimal(rows[3][loan]) * 2); csv.writer(sys.stdout, lineterminator="\n").writerows(rows)' | send B06   # a part larger than its whole
    again B08 10000 | send B08                                         # 元 sent as 万元
    again B09 | sed '5s/,\([0-9.]*\),/,12\,5o,/' > /dev/null
    again B09 | python3 -c '
import csv, sys; from decimal import Decimal
rows = list(csv.reader(sys.stdin)); rows[3][rows[2].index("各项贷款")] = "12,5o"; csv.writer(sys.stdout, lineterminator="\n").writerows(rows)' | send B09   # not a number
    again B10 > site/inbox/2022-11/F1.X99.1                            # an unknown bank
    printf 'F1.X99.1\tx.csv\tX99\tF1\t1\t2022-12-08T09:00:00+08:00\t%s\n' "$(sha256sum < site/inbox/2022-11/F1.X99.1 | cut -d' ' -f1)" \
        >> site/inbox/2022-11/receipts.tsv
    echo 'changed after receipt' >> site/inbox/2022-11/F1.B11.1        # not the file its receipt was written for
    cp site/inbox/2022-11/F1.B10.1 site/inbox/2022-11/F1.B10.7         # a file without a receipt
    printf 'F9.B10.1\tx.csv\tB10\tF9\t1\t2022-12-08T09:00:00+08:00\t0\n' >> site/inbox/2022-11/receipts.tsv   # a return nobody knows
}

setup() { cd "$BATS_FILE_TMPDIR"; }

# filer BANK: the state of its F1 and the rules that made it so.
filer() { derive -w "institution == '$1' and return == 'F1' and state != 'superseded'" -c state,reason out/2022-11/check/filers.tsv | sed 1d; }

# failure BANK RULE COLUMNS: the failures of that bank and rule.
failure() { derive -w "institution == '$1' and starts(rule, '$2')" -c "$3" out/2022-11/check/failures.tsv | sed 1d; }

@test "the good month is published in silence, status 0" {
    [ "$(cat good.status)" = 0 ]
    [ ! -s good.out ]
    [ "$(derive -w 'entered == 1' good/check/filers.tsv | wc -l)" = 25 ]
}

@test "the bad month is published with findings: status 1 and one line with the counts" {
    [ "$(cat bad.status)" = 1 ]
    [ "$(wc -l < bad.out)" = 1 ]
    [[ $(cat bad.out) == *"16 of 24 returns entered, 1 not on the roster"* ]]
    [ "$(readlink out/2022-11)" = 2022-11.r2 ]
}

@test "a ragged row: blocked, named by file and line" {
    [[ $(filer B02) == blocked$'\t'structure.ragged ]]
    [ "$(failure B02 structure.ragged file,line)" = "F1.B02.2	4" ]
}

@test "a wrong header: rejected, the missing heading and those that were found are named" {
    [[ $(filer B03) == rejected$'\t'structure.header ]]
    [[ $(failure B03 structure.header message_en) == *各项存折* ]]
}

@test "a bad byte: rejected, with its line" {
    [[ $(filer B04) == rejected$'\t'structure.encoding ]]
    [ -n "$(failure B04 structure.encoding line)" ]
}

@test "a truncated gz: rejected" {
    [[ $(filer B05) == rejected$'\t'structure.gzip ]]
}

@test "a part larger than its whole: blocked, with the cell, both figures, the difference and the allowance" {
    [[ $(filer B06) == blocked$'\t'*F1.part.ind* ]]
    [[ $(failure B06 F1.part.ind file,line,difference) == F1.B06.2$'\t'4$'\t'[0-9]* ]]
}

@test "元 sent as 万元: blocked by the scale of the whole return" {
    [[ $(filer B08) == blocked$'\t'*F1.scale* ]]
    [[ $(failure B08 F1.scale message_zh) == *万元* ]]
}

@test "a figure that is none: blocked, with the cell and its text" {
    [[ $(filer B09) == blocked* ]]
    [[ $(derive -w "institution == 'B09'" -c file,line,column,actual out/2022-11/check/failures.tsv) == *"F1.B09.2	4	loan	12,5o"* ]]
}

@test "an unknown bank: blocked, listed without a name" {
    [[ $(filer X99) == blocked* ]]
    [ -z "$(derive -w "institution == 'X99'" -c name out/2022-11/check/filers.tsv | sed -n 2p)" ]
}

@test "a file changed after its receipt is rejected, a file without one is a finding" {
    [[ $(filer B11) == rejected$'\t'receipt.sha256 ]]
    [ "$(failure B10 receipt.none file)" = F1.B10.7 ]
}

@test "a receipt for a return that is none is a finding" {
    [ "$(failure B10 receipt.kind table)" = F9 ]
}

@test "the bulletin prints who is missing, and their figures as missing" {
    grep -q '国有银行二' out/2022-11/bulletin/index.html
    [ "$(derive -w "bank == '国有银行二' and area == '泰山区'" -c loan,state out/2022-11/tables/B02.tsv | sed 1d)" = "	rejected" ]
}

@test "the revision says which files differ from the one before" {
    grep -q '^tables/B01.tsv' out/2022-11/changes.tsv
    [ -d out/2022-11.r1 ]
}

@test "the revision says which printed cells differ, and how" {
    cell() { derive -w "table == 'B02' and key == '$1' and column == '$2'" -c old,new,difference,kind out/2022-11/differences.tsv | sed 1d; }
    was=$(derive -w "area == '泰山区' and bank == '国有银行二'" -c loan good/tables/B02.tsv | sed 1d)
    [ "$(cell '泰山区 国有银行二' loan)" = "$was			newly_missing" ]
    [ "$(cell '泰山区 国有银行二' state)" = "		rejected		newly_reported" ] || [ "$(cell '泰山区 国有银行二' state)" = "accepted	rejected		changed" ]
    [ "$(cell '泰山区 政策性银行一' loan)" = "" ]
}

@test "a return that was sent again is set beside the one before, cell by cell" {
    changed() { derive -w "institution == '$1'" -c before,sequence,column,kind out/2022-11/check/resubmissions.tsv | sed 1d | sort -u; }
    [ "$(changed B06)" = "1	2	ind	changed" ]
    [ "$(changed B08 | cut -f4 | sort -u)" = changed ]
    [ "$(changed B08 | wc -l)" -gt 20 ]
    [ -z "$(changed B03)" ] # which could not be read
    [ "$(derive -w "institution == 'B05'" -c key,old,new,difference good/check/resubmissions.tsv | sed 1d)" = \
        "2022-11 DP B05 all	692852.50	69285.25	-623567.25" ]
}

@test "status lists the blocked returns with a line ready to paste" {
    BUILD=$BATS_FILE_TMPDIR/build make -s --no-print-directory -C "$TOP" -f pipelines/report.mk SITE="$BATS_FILE_TMPDIR/site" \
        MONTH=2022-11 OUT="$BATS_FILE_TMPDIR/out" BUILD="$BATS_FILE_TMPDIR/build" TB="$BIN/" status > status.txt
    key=$(derive -w "institution == 'B06' and state == 'blocked'" -c key out/2022-11/check/filers.tsv | sed 1d)
    grep -qP "^$key\t<who>\t<second person>\t<reason>$" status.txt
}

@test "two people's override lets a blocked return in, one person's does not" {
    key() { derive -w "institution == '$1' and state == 'blocked'" -c key out/2022-11/check/filers.tsv | sed 1d; }
    local first=$(key B02) second=$(key B06)
    printf 'hit_key\tby\tchecked_by\treason\n%s\tLi\tLi\tx\n%s\tLi\tWang\tseen\n' "$second" "$first" > site/decisions/2022-11/overrides.tsv
    run -1 run_cron
    [ "$(derive -w "institution == 'B02' and return == 'F1' and state != 'superseded'" -c state,entered,overridden out/2022-11/check/filers.tsv | sed 1d)" = "accepted	1	1" ]
    [ "$(derive -w "institution == 'B06' and return == 'F1' and state != 'superseded'" -c state,entered,overridden out/2022-11/check/filers.tsv | sed 1d)" = "blocked	0	0" ]
    [[ $(derive -w "institution == 'B02' and return == 'F1' and entered == 1" -c reason out/2022-11/check/filers.tsv | sed 1d) == *"Li, Wang: seen" ]]
    printf 'hit_key\tby\tchecked_by\treason\n%s\tLi\tWang\tknown\n' "$second" > site/decisions/2022-11/overrides.tsv
    run -1 run_cron
    # Let in whole: the row that failed is among the rows again, and the table says by what right.
    diff <(derive -w "bank == 'B06'" -c area good/clean/F1.tsv | sort) <(derive -w "bank == 'B06'" -c area out/2022-11/clean/F1.tsv | sort)
    [ "$(derive -w "bank == '国有银行五' and area == '全市'" -c state out/2022-11/tables/B02.tsv | sed 1d)" = overridden ]
    grep -q 'Li, Wang: known' out/2022-11/bulletin/index.html
}

@test "a mistake in a decision stops the month with 2 and is named where it stands" {
    cp site/decisions/2022-11/overrides.tsv kept
    printf 'x\t<who>\t<second person>\t<reason>\n' >> site/decisions/2022-11/overrides.tsv
    run -2 run_cron
    [[ $output == *"site/decisions/2022-11/overrides.tsv:3"* ]]
    mv kept site/decisions/2022-11/overrides.tsv
}

@test "a cell that could not be read is one failure, although it came on as an empty one" {
    [ "$(derive -w "institution == 'B09' and severity == 'error' and result == 'fail'" -c rule out/2022-11/check/failures.tsv | sed 1d)" = type.number ]
    [[ $(derive -w "institution == 'B09' and result == 'undecided'" -c cause out/2022-11/check/failures.tsv | sed 1d | sort -u) == 'caused by required loan'* ]]
}

@test "a second run at the same time leaves with 75" {
    exec 8>"$(echo build/site/site-*/2022-11)/lock"
    flock 8
    run -75 run_cron
    exec 8>&-
}

@test "receive refuses an unknown institution and keeps every file" {
    echo x > f.csv
    run -2 "$TOP/pipelines/receive" site 2022-11 F1 X98 f.csv
    run -2 "$TOP/pipelines/receive" site 2022-13 F1 B02 f.csv
    run -0 "$TOP/pipelines/receive" site 2022-11 F1 B02 f.csv
    [ -f site/inbox/2022-11/F1.B02.3 ]
    run -0 "$TOP/pipelines/receive" site 2022-11 F1 B02 f.csv
    [ ! -e site/inbox/2022-11/F1.B02.4 ]
}
