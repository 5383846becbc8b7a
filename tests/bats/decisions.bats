#!/usr/bin/env bats
# What people decide of a month's findings: confirmations and overrides are keyed to the figures they excuse. They hold
# when a bank sends the same figures again, and are asked for again when one of those figures changes.

load helper
load month_helper

setup_file() {
    cp -r "$TOP/samples" "$BATS_FILE_TMPDIR/site"
    cd "$BATS_FILE_TMPDIR"
    few_inputs site 'B0[1-8]|B10|B22'
    run_month "$PWD/site" 2022-11 "$PWD/out" "$PWD/build"
    cp out/2022-11/clean/F1.tsv good.tsv
    ln -s build/site/site-*/2022-11/check check
}

setup() { cd "$BATS_FILE_TMPDIR"; }

# send BANK HEADING=VALUE...: the bank's figures of the good month, those in its first row changed, as a new file.
send() {
    local bank=$1
    shift
    python3 -B "$TOP/tests/bats/bankfile.py" good.tsv "$bank" | python3 -B -c '
import csv, sys
rows = list(csv.reader(sys.stdin))
for change in sys.argv[1:]:
    heading, value = change.split("=")
    rows[3][rows[2].index(heading)] = value
csv.writer(sys.stdout, lineterminator="\n").writerows(rows)' "$@" > sent.csv
    RECEIVED_AT=${AT:-2022-12-07T09:00:00+08:00} "$TOP/pipelines/receive" site 2022-11 F1 "$bank" sent.csv > receipt
}

# check: the check part of the month, in check/; publish: all of it, in out/.
monthly() { env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s --no-print-directory -C "$TOP" -f pipelines/report.mk SITE="$PWD/site" MONTH=2022-11 OUT="$PWD/out" BUILD="$PWD/build" TB="$BIN/" "$@"; }
check() { monthly checked; }
publish() { monthly published; }
status() { monthly status; }
decide() { # FILE HEADER LINE...
    local file=site/decisions/2022-11/$1.tsv
    shift
    printf '%b\n' "$@" > "$file"
}
# filer BANK COLUMNS: of its latest file.
filer() { derive -w "institution == '$1' and state != 'superseded'" -c "$2" check/filers.tsv | sed 1d | tr '\t' '|'; }
# hit BANK RULE COLUMNS
hit() { derive -w "institution == '$1' and rule == '$2'" -c "$3" check/failures.tsv | sed 1d | tr '\t' '|'; }

OVERRIDE='hit_key\tby\tchecked_by\treason' CONFIRM='hit_key\twho\twhen\treason'

@test "an error blocks; one failure is let in by two people, who are not one" {
    send B06 工业贷款=99999999 企业贷款=99999999 本年清收=0
    check
    [ "$(filer B06 state,errors,entered)" = 'blocked|2|0' ]
    [ "$(hit B06 F1.part.ind severity,result,state)" = 'error|fail|open' ]
    decide overrides "$OVERRIDE" "$(hit B06 F1.part.ind hit_key)\tLi\tli\tseen"
    check
    [ "$(filer B06 state,errors,overridden)" = 'blocked|2|0' ]
    status > said
    grep -A1 '^Decisions without effect:' said | grep -q 'the two people are one$'
}

@test "an override of one error leaves the others" {
    decide overrides "$OVERRIDE" "$(hit B06 F1.part.ind hit_key)\tLi\tWang\tseen"
    check
    [ "$(hit B06 F1.part.ind state,by,reason)" = 'overridden|Li, Wang|seen' ]
    [ "$(filer B06 state,errors,overridden,entered)" = 'blocked|1|1|0' ]
}

@test "the key of the return lets all its errors in, and the tables say by whom" {
    decide overrides "$OVERRIDE" "$(filer B06 key)\tLi\tWang\tseen in the books"
    check
    filer B06 state,errors,confirms,undecided,entered,overridden
    [ "$(filer B06 errors,overridden)" = '0|1' ]
    [ "$(derive -w "institution == 'B06' and severity == 'error' and result == 'fail'" -c state check/failures.tsv | sed 1d | sort -u)" = overridden ]
}

@test "what was to be confirmed is confirmed by one; then the return enters" {
    local key keys=()
    for key in $(derive -w "institution == 'B06' and state == 'open' and severity == 'confirm'" -c hit_key check/failures.tsv | sed 1d); do
        keys+=("$key\tZhao\t2022-12-10\tchecked by telephone")
    done
    [ "${#keys[@]}" -gt 0 ]
    [ "$(filer B06 state)" = to_confirm ]
    decide confirmations "$CONFIRM" "${keys[@]}"
    publish
    [ "$(filer B06 state,entered,overridden)" = 'accepted|1|1' ]
    [[ $(filer B06 reason) == *'let in by Li, Wang: seen in the books' ]]
    derive -w "bank == 'B06'" -c ind out/2022-11/clean/F1.tsv | grep -q '^99999999'
}

@test "a resubmission that leaves those figures alone stays excused; the file before it is superseded" {
    send B06 工业贷款=99999999 企业贷款=99999999 本年清收=0 本年税收=1.00
    check
    [ "$(filer B06 sequence,state,entered,overridden)" = '3|accepted|1|1' ]
    derive -w "institution == 'B06' and state == 'superseded'" -c sequence,expected,entered check/filers.tsv | sed 1d > got
    printf '2\t0\t0\n1\t0\t0\n' | same got
}

@test "a resubmission that changes one of them opens it again, and the decision is said to have no effect" {
    send B06 工业贷款=99999998 企业贷款=99999999 本年清收=0 本年税收=1.00
    check
    [ "$(filer B06 state,entered,overridden)" = 'blocked|0|0' ]
    status > said
    grep -q 'no finding has this key: a figure has changed since, or the key is mistyped$' said
    grep -qP "^$(filer B06 key)\t<who>\t<second person>\t<reason>$" said
    rm site/decisions/2022-11/overrides.tsv site/decisions/2022-11/confirmations.tsv
}

@test "a confirmation does not excuse an error" {
    decide confirmations "$CONFIRM" "$(hit B06 F1.part.ind hit_key)\tZhao\t2022-12-10\tyes"
    check
    [ "$(hit B06 F1.part.ind state)" = open ]
    status | grep -q 'an error takes an override by two people$'
}

@test "a confirmation may lapse: files that came in later are asked again" {
    send B07 本年清收=0
    check
    [ "$(filer B07 state)" = to_confirm ]
    local key=$(hit B07 F1.npl.roll hit_key | head -n 1)
    decide confirmations "$CONFIRM\tuntil" "$key\tZhao\t2022-12-10\tyes\t2022-12-07"
    check
    hit B07 F1.npl.roll hit_key,state | grep -qxF "$key|confirmed"
    decide confirmations "$CONFIRM\tuntil" "$key\tZhao\t2022-12-10\tyes\t2022-12-06"
    check
    hit B07 F1.npl.roll hit_key,state | grep -qxF "$key|open"
    status | grep -q 'no longer valid for a file received then$'
}

@test "who is missing is a finding that can be confirmed; who came late is said once, by the last day" {
    sed -i '/^F1\.B01\./d' site/inbox/2022-11/receipts.tsv
    printf 'return\tinstitution\tperiod\tuntil\tgrantor\nF1\tB22\t2022-11\t2022-12-09\tLi\nF1\tB08\t2022-11\t2022-12-12\tLi\n' > site/refs/extensions.tsv
    printf 'date\twork\n2022-12-08\t0\n' > site/refs/holidays.tsv
    AT=2022-12-13T10:00:00+08:00 send B08 本年税收=1.00
    AT=2022-12-09T10:00:00+08:00 send B10 本年税收=1.00
    check
    [ "$(filer B01 state,late)" = 'expected|0' ]
    [ "$(hit B01 receipts.filers severity,table,key,cause,state)" = 'confirm|F1|F1|B01|missing|open' ]
    [[ $(hit B01 receipts.filers message_zh) == 'F1|B01 应报未报'* ]]
    # B22 came within its extension, B10 on the day to which a free day moved the last one; B08 a day after its extension.
    [ "$(filer B22 late,due)" = '0|2022-12-08' ]
    [ "$(filer B10 late)" = 0 ]
    [ "$(filer B08 late,due)" = '1|2022-12-12' ]
    [ "$(hit B08 receipts.due rule)" = '' ]
    [ "$(hit B08 receipts.extended actual,expected,difference,cause)" = '2022-12-13T10:00:00+08:00|2022-12-12|1|extended to 2022-12-12 by Li' ]
    [ "$(hit B22 receipts.due difference)" = 1 ]
    decide confirmations "$CONFIRM" "$(hit B01 receipts.filers hit_key)\tZhao\t2022-12-10\tclosed since"
    check
    [ "$(hit B01 receipts.filers state,by)" = 'confirmed|Zhao' ]
    grep -q 'receipts.filers	confirm	10	9	1	0	0' check/rules.tsv
}

@test "the sheet of a bank: its file, the cells, how to answer; the same as a table in GB18030" {
    send B06 工业贷款=99999999 企业贷款=99999999 本年清收=0
    check
    local sheet=check/sheets/B06.txt
    grep -q "^文件：F1.B06.*（sent.csv），收到 2022-12-07T09:00:00+08:00；须改正 2 处" "$sheet"
    grep -qE '^强制 +F1.part.ind +不通过 +4 +J4 +工业贷款 +99999999 .*工业贷款 99999999 大于各项贷款' "$sheet"
    grep -q '^答复：级别为强制的各处' "$sheet"
    grep -q "$(hit B06 F1.part.ind hit_key)" "$sheet"
    ! grep -q '无法判定(' "$sheet"
    # The gravest first.
    grep -oE '^(退回|强制|提示须说明|提示) ' "$sheet" | uniq | tr -d ' \n' > got
    [ "$(cat got)" = 强制提示须说明 ] || [ "$(cat got)" = 强制提示须说明提示 ]
    # What a blocked return leaves to be confirmed is not asked yet.
    status > said
    grep -q '^[0-9]* more to confirm in blocked returns, ' said
    ! grep -q '^# B06 .*F1.npl.roll' said
    iconv -f GB18030 -t UTF-8 check/sheets/B06.csv > table
    head -n 1 table | grep -q $'^级别,规则,结果,.*单元格,栏目,填报值,对照值,差额,允许差.*\r$'
    grep -q '^强制,F1.part.ind,不通过,4,J4,工业贷款,99999999,' table
}

@test "the run and the file are named in every record, and the same inputs give the same names" {
    derive -w "file == 'F1.B06.5'" -c run_id,sha256_8 check/failures.tsv | sed 1d | sort -u > got
    [ "$(wc -l < got)" = 1 ]
    [ "$(cut -f2 got)" = "$(sha256sum < site/inbox/2022-11/F1.B06.5 | cut -c1-8)" ]
    [[ $(cut -f1 got) =~ ^2022-11-[0-9a-f]{8}$ ]]
    [ "$(derive -w 'is_missing(run_id) or is_missing(hit_key)' -c rule check/failures.tsv | sed 1d)" = '' ]
}

@test "an error in a ledger, which is the bureau's own, is told with its line" {
    awk -F'\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } NR == 4 { $at["paid"] = 9999999 } 1' \
        site/ledgers/2022-11/L1.tsv > new && mv new site/ledgers/2022-11/L1.tsv
    check
    status > said
    grep -A1 '^In the ledgers, to be mended there; rows with an error are left out of the tables:$' said |
        grep -q '^ledgers/2022-11/L1.tsv:4 L1.paid.approved 到位资金 9999999 大于批准金额'
}
