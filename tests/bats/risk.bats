#!/usr/bin/env bats
# Risk, enforcement, state capital, illegal fundraising and publicity: what the cards of their ledgers find, what becomes of
# it, and their tables from ledgers small enough to be worked by hand.

load helper
load month_helper

# built SITE: the month of a copy of the site, checked and its tables made.
built() {
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES make -s --no-print-directory -C "$TOP" -f pipelines/report.mk \
        SITE="$1" MONTH=2022-12 OUT="$1.out" BUILD="$1.build" TB="$BIN/" checked tables >"$1.log" 2>&1 || { cat "$1.log"; return 1; }
}

# site NAME: a copy of the sample without the returns of its banks, which nothing here looks at.
site() {
    cp -r "$TOP/samples" "$1"
    rm "$1"/inbox/2022-12/F1.*
    sed -i '2,$d' "$1/inbox/2022-12/receipts.tsv"
}

# work SITE: where its month stands.
work() { printf '%s\n' "$1.build"/site/*/2022-12; }

# A fault a line: ledger, which row (the first that has no fault yet), what is written there, the card that tells, its severity.
FAULTS="
L7|kind == 'npl' and status == 'open'|overdue_days=1|L7.days|error
L7|status == 'closed' and kind == 'overdue'|closed=2021-12-31|L7.closed.date|error
L7|status == 'closed' and kind == 'overdue'|method=|L7.closed.stated.method|error
L7|status == 'closed' and kind == 'overdue'|closed=2023-01-01|L7.future.closed|error
L7|area == 'TS' and kind == 'risk'|bank=B24|L7.branch|error
L7|area == 'NY' and method == 'xfer'|status=open;method=;closed=;due_date=2022-12-31;overdue_days=0|L7.reopened|confirm
L8|is_missing(company)|completed=999999.00|L8.executed|error
L8|filed < '2020'|settled=0.00|L8.fall.settled|confirm
L8|not is_missing(company)|cases=2|L8.firm|error
L8|not is_missing(company)|dishonest_n=3|L8.dishonest|inform
L9|kind == 'check' and inspected == 1|name_hit=0|L9.inspected|error
L9|kind == 'check' and inspected == 1|outcome=filed|L9.check.outcome|error
L9|kind == 'check' and inspected == 1|outcome=;closed=|L9.outcome|error
L9|kind == 'check' and inspected == 0|outcome=none;closed=2022-12-30|L9.uninspected|error
L9|kind == 'check' and inspected == 1|closed=2022-01-01|L9.closed.date|error
L9|outcome == 'filed'|outcome=dereg|L9.clue.outcome|error
L9|outcome == 'filed'|outcome=verified|L9.reopened|confirm
L9|kind == 'clue' and is_missing(outcome)|reward=0.05|L9.reward|error
L10|type == 'publicity'|sessions=-1|range|error
L10|type == 'visit' and date < '2022-09'|firms=0;sessions=99|L10.ytd.firms|confirm
L10|type == 'team'|members=1|L10.members|confirm
L10|type == 'team'|sessions=3|L10.team.counts|error
L10|type == 'demand'|members=3|L10.team.members|error
L12|kind == 'financing'|approval_no=|L12.approval|inform
L12|guarantor_state_owned == 0|guarantor_state_owned=1|L12.unexcepted|inform
L12|kind == 'guarantee'|guarantor=;guarantor_state_owned=|L12.guaranteed|error
L12|kind == 'guarantee'|approval_no=同意|L12.number.approval_no|confirm
L14|area == 'XT'|clean=999|L14.clean|error
L14|area == 'FC'|clean=1|L14.fall.clean|confirm
"

# id_of LEDGER: the column that names a row.
id_of() { case $1 in L8) echo case ;; L14) echo town ;; *) echo id ;; esac; }

# plant FILE IDCOLUMN ID COLUMN=VALUE;...: writes the values into the row.
plant() {
    awk -F'\t' -v OFS='\t' -v name="$2" -v id="$3" -v values="$4" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        NR > 1 && $at[name] == id { n = split(values, v, ";"); for (k = 1; k <= n; k++) { split(v[k], pair, "="); $at[pair[1]] = pair[2] } }
        { print }' "$1" >"$1.new"
    mv "$1.new" "$1"
}

spoil() {
    local ledger where values rule severity id used
    while IFS='|' read -r ledger where values rule severity; do
        [ -n "$ledger" ] || continue
        used=$(sed -n "s/^$ledger\t\([^\t]*\)\t.*/'\1'/p" planted | paste -sd,)
        id=$(derive -w "$where" -w "$(id_of "$ledger") not in (${used:-'none'})" -c "$(id_of "$ledger")" "site/ledgers/2022-12/$ledger.tsv" | sed -n 2p)
        [ -n "$id" ] || { echo "no row for $rule"; return 1; }
        plant "site/ledgers/2022-12/$ledger.tsv" "$(id_of "$ledger")" "$id" "$values"
        printf '%s\t%s\t%s\t%s\n' "$ledger" "$id" "$rule" "$severity" >>planted
    done <<<"$FAULTS"
}

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    site site
    sed -i 2d site/ledgers/2022-12/L8.tsv                              # a case that was there a month ago
    : >planted
    spoil
    sed -i '$s/\tT[0-9]*\t/\tT99\t/' site/ledgers/2022-12/L10.tsv        # a topic that the codes do not have
    sed '2s/\t[A-Z]*\t/\tXX\t/; 3p' site/ledgers/2022-11/L7.tsv >past && mv past site/ledgers/2022-11/L7.tsv   # last month's mistakes
    built "$PWD/site"
    by_hand
    built "$PWD/small"
}

setup() { cd "$BATS_FILE_TMPDIR"; }

@test "every planted fault is told by its card, with its severity, on its row" {
    [ "$(wc -l <planted)" -ge 25 ]
    while IFS=$'\t' read -r ledger id rule severity; do
        derive -w "rule == '$rule' and severity == '$severity' and result == 'fail' and table == '$ledger'" -c key "$(work "$PWD/site")/check/failures.tsv" |
            tr '|' '\n' | grep -qx "$id" || { echo "$rule does not tell $ledger $id"; return 1; }
    done <planted
}

@test "a row with an error is left out, one to be confirmed or told of stays" {
    while IFS=$'\t' read -r ledger id rule severity; do
        n=$(derive -w "$(id_of "$ledger") == '$id'" "$(work "$PWD/site")/clean/$ledger.tsv" | sed 1d | wc -l)
        [ "$n" = "$([ "$severity" = error ] && echo 0 || echo 1)" ] || { echo "$rule: $ledger $id"; return 1; }
    done <planted
}

@test "a row that has gone, and a topic that nobody knows, are told of" {
    [ "$(derive -w "rule == 'L8.gone'" -c severity,related "$(work "$PWD/site")/check/failures.tsv" | sed 1d)" = $'confirm\tprior:2' ]
    [ "$(derive -w "rule == 'L10.topic'" -c severity,result "$(work "$PWD/site")/check/failures.tsv" | sed 1d)" = $'error\tfail' ]
}

@test "what is wrong with last month's snapshot does not stop this month" {
    # A key that stood there twice ended the month with status 2, and named the cards for it.
    [ "$(wc -l <"$(work "$PWD/site")/past/PRIOR_L7")" = "$(($(wc -l <"$TOP/samples/ledgers/2022-11/L7.tsv") - 1))" ]
    [ "$(derive -w "ledger == 'L7'" -c state "$(work "$PWD/site")/check/ledgers.tsv" | sed 1d)" = accepted ]
}

@test "a deal against the rules is listed, and blocks nothing" {
    for rule in L12.approval L12.unexcepted; do
        id=$(awk -F'\t' -v rule=$rule '$3 == rule { print $2 }' planted)
        amount=$(derive -w "id == '$id'" -c amount site/ledgers/2022-12/L12.tsv | sed 1d)
        grep -qP "\t${amount/./\\.}\t" "$(work "$PWD/site")/tables/B05j.tsv"
    done
}

@test "what is confirmed of a ledger no longer counts, and stays listed" {
    failures=$(work "$PWD/site")/check/failures.tsv
    derive -w "rule == 'L10.members'" -a "who='王'" -a "when='2023-01-05'" -a "reason='年底退出'" -c hit_key,who,when,reason "$failures" >site/decisions/2022-12/confirmations.tsv
    before=$(derive -w "ledger == 'L10'" -c confirms "$(work "$PWD/site")/check/ledgers.tsv" | sed 1d)
    built "$PWD/site"
    [ "$(derive -w "rule == 'L10.members'" -c state,by,reason "$failures" | sed 1d)" = $'confirmed\t王\t年底退出' ]
    [ "$(derive -w "ledger == 'L10'" -c confirms "$(work "$PWD/site")/check/ledgers.tsv" | sed 1d)" = "$((before - 1))" ]
}

# ledger NAME COLUMNS: rows of standard input, blanks for tabs and - for an empty field, as the small site's snapshot.
ledger() {
    { head -n 1 "$TOP/samples/ledgers/2022-12/$1.tsv"; awk '{ out = "2022-12"; for (i = 1; i <= NF; i++) out = out "\t" ($i == "-" ? "" : $i); print out }'; } >"small/ledgers/2022-12/$1.tsv"
}

# The small site keeps no register of villages, and L9 was not delivered.
by_hand() {
    site small
    rm small/ledgers/2022-1[12]/L*.tsv small/ledgers/2022-09/L*.tsv
    mkdir -p small/spec
    grep -v '^L14' "$TOP/pipelines/inputs.tsv" >small/spec/inputs.tsv
    # One firm with loans at two banks; the days overdue stand at the edges of the bands.
    ledger L7 <<'ROWS'
R1 2022-12-31 TS B02 Q3001 risk    2022-12-31 0   100.01 open   -    -
R2 2022-12-31 TS B16 Q3001 overdue 2022-12-01 30  200.02 open   -    -
R3 2022-12-31 TS B16 Q3002 overdue 2022-11-30 31  400.04 open   -    -
R4 2022-12-31 TS B16 Q3002 overdue 2022-10-02 90  800.08 open   -    -
R5 2022-12-31 TS B16 Q3003 npl     2022-10-01 91  1600.16 open  -    -
R6 2022-12-31 TS B16 Q3003 evasion 2022-01-05 360 3200.32 acting -   -
R7 2022-12-31 TS B02 Q3003 evasion 2022-01-04 361 6400.64 open  -    -
R8 2022-06-01 TS B16 Q3004 evasion 2022-01-01 180 50.00  closed cash 2022-06-30
R9 2022-06-01 TS B16 Q3005 npl     2022-01-01 180 30.00  closed woff 2022-06-30
ROWS
    ledger L8 <<'ROWS'
Z1 TS B16 -     2021-12-31 7 200.00 50.00 33.33 9 2
Z2 TS B16 Q3003 2022-11-30 1 100.00 0.00  16.67 2 1
Z3 TS B02 Q3003 2022-12-01 1 400.00 10.00 0.00  2 1
ROWS
    # D1 works on two topics, D2 has been dissolved, D3 stands on no register; the training of last year is not of this one.
    ledger L10 <<'ROWS'
H1 2021-03-01 TS 局 team      T01 -   D1 12 0 0 0   0   0   0 0
H2 2021-03-01 TS 局 team      T01 -   D2 0  0 0 0   0   0   0 0
H3 2022-03-01 TS 局 publicity T01 F01 D1 -  2 0 100 0   0   0 0
H4 2022-04-01 TS 局 publicity T01 F03 D1 -  0 0 0   500 400 0 0
H5 2022-05-01 TS 局 publicity T02 F01 D1 -  1 0 40  0   0   0 0
H6 2022-06-01 TS 局 training  T03 F02 -  -  3 9 60  0   0   0 0
H7 2021-06-01 TS 局 training  T03 F02 -  -  5 9 99  0   0   0 0
H8 2022-07-01 DY 局 publicity T02 F01 D3 -  1 0 10  0   0   0 0
H9 2022-08-01 TS 局 list      T21 -   -  -  4 80 0  0   0   0 0
ROWS
    # Q3801 and Q3802 guarantee each other: S1 is mutual though S2, its return, was allowed; S5 denies that Q3802 is state-owned.
    ledger L12 <<'ROWS'
S1 2022-01-05 TS Q3801 guarantee B02 1000.10 Q3802 1 甲〔2022〕1号 -
S2 2022-01-06 TS Q3802 guarantee B02 2000.20 Q3801 1 甲〔2022〕2号 乙〔2022〕1号
S3 2022-01-07 TS Q3801 financing B02 4000.40 -     - -           -
S4 2022-01-08 TS Q3801 guarantee B02 8000.80 Q3804 0 甲〔2022〕3号 -
S5 2022-01-09 TS Q3801 guarantee B16 16001.60 Q3802 0 -          -
ROWS
}

# row TABLE AREA: the row of an area in the small site's table, from its second column on.
row() { grep -P "^$2\t" "$(work "$PWD/small")/tables/$1.tsv" | cut -f2-; }

@test "loans at risk: a firm is counted once, evasion is acted against or not, the bands end with their last day" {
    #                       firms acted  amount    closed   firms  amount     0       1-30    31-90 (400.04 + 800.08)  91-360 (1600.16 + 3200.32)  more  (4800.48 + 6400.64) / 12701.27
    [ "$(row B05d 泰山区)" = $'2\t2\t9650.96\t50.00\t3\t12701.27\t100.01\t200.02\t1200.12\t4800.48\t6400.64\t88.19' ]
    [ "$(row B05d 岱岳区)" = $'0\t0\t0.00\t0.00\t0\t0.00\t0.00\t0.00\t0.00\t0.00\t0.00\t\\-' ]
    [ "$(row B05e 合计)" = "$(row B05d 全市)" ]
    [ "$(row B05c 泰山区 | grep 合计)" = $'合计\t2\t0.01\t0.00\t1\t0.00\t0.00\t0.01' ]         # 50.00 and 30.00 万元
}

@test "enforcement: executed is completed and settled, over the amount of the cases; the veto list has who owes most first" {
    #                        cases  700.00   60.00    50.00    110.00   of 700.00   rank
    [ "$(row B05f 泰山区)" = $'9\t0.07\t0.01\t0.01\t0.01\t15.71\t1\t13\t4\t1' ]
    [ "$(cut -f3- "$(work "$PWD/small")/tables/B05h.tsv" | sed 1d)" = $'国有银行一\t2022-12-01\t400.00\t10.00\t390.00\t2.50
农商银行一\t2022-11-30\t100.00\t16.67\t83.33\t16.67' ]
}

@test "state capital: without a number, with a state-owned guarantor, mutual, excepted; the amount of a deal counts once" {
    # 31003.10 in all; against the rules S1, S3 and S5, which breaks two: 1000.10 + 4000.40 + 16001.60
    [ "$(row B05i 泰山区)" = $'5\t31003.10\t1\t4000.40\t4\t27002.70\t2\t2\t2\t3\t21002.10\t1' ]
    [ "$(cut -f3,6,9- "$(work "$PWD/small")/tables/B05j.tsv" | sed 1d)" = $'2022-01-05\t1000.10\t0\t1\t1
2022-01-07\t4000.40\t1\t0\t0
2022-01-09\t16001.60\t1\t1\t1' ]
}

@test "publicity: the year to date; a team is counted once, as it is now, and one that nobody knows has unknown members" {
    [ "$(row B19 泰山区)" = $'防范非法集资\t2\t0\t100\t500\t400\t0\t0\t1\t12
养老领域防非\t1\t0\t40\t0\t0\t0\t0\t1\t12
资本市场\t3\t3\t60\t0\t0\t0\t0\t0\t0
合计\t6\t3\t200\t500\t400\t0\t0\t1\t12' ]
    [ "$(row B19 岱岳区 | tail -n 1)" = $'合计\t1\t0\t10\t0\t0\t0\t0\t1\t' ]
    [ "$(row B19b 泰山区 | sed -n 1p)" = $'集中宣传\t3\t140\t0\t0\t0\t0' ]
    [ "$(row B19c 全市)" = $'list\t重点项目名录\t4\t80\t0' ]
}

@test "a ledger that was not delivered leaves its figures empty, not zero; a register that nobody keeps too" {
    [ "$(row B18 全市)" = "$(printf '\t%.0s' {1..10})" ]
    [ "$(row B18b 泰山区)" = "$(printf '\t%.0s' {1..16})" ]
    [ "$(derive -w "ledger == 'L9'" -c state "$(work "$PWD/small")/check/ledgers.tsv" | sed 1d)" = expected ]
    # With the register and without L9, villages stand there and clues do not.
    rm small/spec/inputs.tsv
    cp "$TOP/samples/ledgers/2022-12/L14.tsv" small/ledgers/2022-12/
    built "$PWD/small"
    [ "$(row B18 岱岳区)" = $'\t\t\t\t\t\t\t\t640\t608\t95.00' ]
}
