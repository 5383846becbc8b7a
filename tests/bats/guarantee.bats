#!/usr/bin/env bats
# Guarantees, villages granted credit as a whole, and credit by grade: what the cards of F3, L6 and L11 find and what becomes of
# it, and their tables from returns and ledgers small enough to be worked by hand.

load helper
load month_helper

# built SITE GOAL...: the month of a site, as far as the goals.
built() {
    local site=$1
    shift
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES make -s --no-print-directory -C "$TOP" -f pipelines/report.mk \
        SITE="$site" MONTH=2022-12 OUT="$site.out" BUILD="$site.build" TB="$BIN/" "$@" >"$site.log" 2>&1 || { cat "$site.log"; return 1; }
}

# work SITE: where its month stands.
work() { printf '%s\n' "$1.build"/site/*/2022-12; }

# site NAME: a copy of the sample for a bureau that receives F3, L6 and L11 alone, to which nobody has sent a return yet.
site() {
    cp -r "$TOP/samples" "$1"
    mkdir -p "$1/spec"
    grep -P '\treference\t|^(#|input\t|F3\t|L6\t|L11\t)' "$TOP/pipelines/inputs.tsv" >"$1/spec/inputs.tsv"
    rm "$1"/inbox/2022-12/F*
    sed -i '2,$d' "$1/inbox/2022-12/receipts.tsv"
}

# send SITE GUARANTOR: canonical rows of standard input arrive as its return, under the standard headings.
send() {
    awk -F'\t' -v OFS=, 'NR == FNR { if ($0 !~ /^#/) { split($3, names, "|"); heading[$1] = names[1] } next }
        FNR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; print "单位：万元" }
        { out = ""; for (i = 1; i <= NF; i++) if (name[i] != "period" && name[i] != "guarantor") out = out OFS (FNR == 1 ? heading[$i] : $i == "\\-" ? "—" : $i)
          print substr(out, 2) }' "$TOP/samples/generate/inputs/F3.headings.tsv" - >"F3.$2.csv"
    RECEIVED_AT=2023-01-05T09:00:00+08:00 "$TOP/pipelines/receive" "$1" 2022-12 F3 "$2" "F3.$2.csv" >/dev/null
}

# A fault a line: table, which row, what is written there, the card that tells, its severity. Of a ledger the first row that
# meets the condition and has no fault yet.
FAULTS="
F3|area == 'TS' and guarantor == 'K06'|new_n=9999|F3.part.new_n|error
F3|area == 'DY' and guarantor == 'K06'|fee_rate=0.76|F3.fee.scheme|error
F3|area == 'XT' and guarantor == 'K06'|comp_amt=9999.00|F3.comp|confirm
F3|area == 'FC' and guarantor == 'K06'|cost_avg=0.10|F3.cost|error
F3|area == 'NY' and guarantor == 'K06'|fund=599.00|F3.fund|inform
F3|area == 'DP' and guarantor == 'K06'|counter_n=5|F3.counter|inform
F3|guarantor == 'K01' and scheme == 'lead'|fee_rate=1.01|F3.fee.cap|error
F3|guarantor == 'K01' and scheme == 'sme'|fee=999.00|F3.fee|confirm
F3|guarantor == 'K01' and scheme == 'batch'|comp_cap=6.00|F3.comp.cap|confirm
F3|guarantor == 'K02' and scheme == 'sme'|inforce_n=999|F3.part.inforce_n|error
F3|guarantor == 'K02' and scheme == 'batch'|inforce_n=1|F3.limit|confirm
F3|guarantor == 'K02' and scheme == 'lead'|counter_n=9|F3.part.counter|error
F3|guarantor == 'K04' and scheme == 'sme'|cum_amt=99999.00|F3.cum.amt|confirm
F3|guarantor == 'K04' and scheme == 'batch'|new_n=0|F3.count.new|confirm
F3|guarantor == 'K05' and scheme == 'sme'|subsidy_cum=0.00|F3.fall.subsidy_cum|confirm
F3|guarantor == 'K05' and scheme == 'batch'|fee_rate=\\\\-|F3.rate.stated|error
F3|guarantor == 'K08' and scheme == 'pool'|fund=1000.00|F3.leverage|inform
F3|guarantor == 'K08' and scheme == 'pool'|cost_avg=5.10|F3.cost.cap|inform
L6|bank == 'B17'|hh_granted=9999|L6.granted|error
L6|bank == 'B17'|hh_excluded=9999|L6.excluded|error
L6|bank == 'B17'|hh_used=9999|L6.users|error
L6|bank == 'B17'|used=99999.00|L6.used|error
L6|bank == 'B17'|n_aaa=9999|L6.grades|error
L6|town == 'DY05'|town=DY06|L6.place|error
L6|bank == 'B18'|hh_total=9999|L6.registered|confirm
L6|bank == 'B18'|hh_granted=1;hh_used=0;used=0.00;n_aaa=0;n_aa=0;n_a_plus=0;n_a=0|L6.fall.hh_granted|confirm
L6|bank == 'B17'|used=0.00|L6.count|confirm
L6|bank == 'B23'|credit=9999.00|L6.average|inform
L11|bank == 'B17' and type == 'farmer'|score=10|L11.score|error
L11|bank == 'B17' and type == 'farmer'|score=|L11.score.stated|confirm
L11|bank == 'B17' and type == 'farmer' and grade == 'A+'|type=individual|L11.changed.type|confirm
L11|bank == 'B17' and type == 'individual'|rate=9.99|L11.rate|error
L11|bank == 'B16' and type == 'farmer'|grade=A|L11.grade|error
L11|type == 'firm'|used=99999.00|L11.used|error
L11|type == 'merchant'|guarantee_type=mortgage|L11.unsecured|inform
L11|type == 'merchant' and grade == 'A'|rate=5.20|L11.cut|inform
L11|bank == 'B17' and type == 'individual' and grade == 'A'|rate=6.20|L11.discount|inform
L11|bank == 'B17' and type == 'farmer' and grade == 'AAA'|credit=10.01|L11.cap|inform
"

# key_of TABLE: the columns that name a row, as in its key.
key_of() { case $1 in F3) echo "area,guarantor,scheme" ;; L6) echo "village,bank" ;; *) echo "subject,bank" ;; esac; }

# plant TABLE FILE CONDITION COLUMN=VALUE;...: writes the values into the first row that meets the condition; prints its key.
plant() {
    local line
    line=$(derive -a "met=if($3, 1, 0)" -c met,"$(key_of "$1")" "$2" | awk -F'\t' -v OFS='|' '
        FILENAME != "-" { used[$0]; next }
        FNR > 1 && $1 == 1 { $1 = ""; if (!(substr($0, 2) in used)) { print FNR, substr($0, 2); exit } }' planted.keys -)
    [ -n "$line" ] || { echo "no row: $3" >&2; return 1; }
    awk -F'\t' -v OFS='\t' -v line="${line%%|*}" -v values="$4" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        NR == line { n = split(values, v, ";"); for (k = 1; k <= n; k++) { split(v[k], pair, "="); $at[pair[1]] = pair[2] } }
        { print }' "$2" >"$2.new"
    mv "$2.new" "$2"
    printf '%s\n' "${line#*|}"
}

spoil() {
    local table where values rule severity file key
    sed 's/^2022-10/2022-12/' "$TOP/samples/archive/F3/2022-10.tsv" >F3.rows
    : >planted
    : >planted.keys
    while IFS='|' read -r table where values rule severity; do
        [ -n "$table" ] || continue
        file=site/ledgers/2022-12/$table.tsv
        [ "$table" != F3 ] || file=F3.rows
        key=$(plant "$table" "$file" "$where" "$values") || return 1
        [ "$table" = F3 ] || echo "$key" >>planted.keys
        printf '%s\t%s\t%s\t%s\n' "$table" "$key" "$rule" "$severity" >>planted
    done <<<"$FAULTS"
    for guarantor in K06 K01 K02 K04 K05 K08; do
        derive -w "guarantor == '$guarantor' and not (guarantor == 'K08' and scheme == 'batch')" F3.rows | send site "$guarantor"
    done
}

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    site site
    spoil
    built "$PWD/site" checked tables
    by_hand
    built "$PWD/small" tables
}

setup() { cd "$BATS_FILE_TMPDIR"; }

@test "every planted fault is told by its card, with its severity, on its row" {
    [ "$(wc -l <planted)" -ge 35 ]
    while IFS=$'\t' read -r table key rule severity; do
        derive -w "table == '$table' and rule == '$rule' and severity == '$severity' and result == 'fail'" -c key "$(work "$PWD/site")/check/failures.tsv" |
            grep -qxF -e "2022-12|$key" -e "$key" || { echo "$rule does not tell $table $key"; return 1; }
    done <planted
}

@test "a return with an error is blocked, one to be confirmed waits, one that is told of goes in; so in a ledger its rows" {
    states=$(derive -w "return == 'F3'" -c institution,state "$(work "$PWD/site")/check/filers.tsv" | sed 1d | paste -sd' ')
    [ "$states" = $'K01\tblocked K02\tblocked K03\texpected K04\tto_confirm K05\tblocked K06\tblocked K07\texpected K08\tto_confirm' ]
    while IFS=$'\t' read -r table key rule severity; do
        [ "$table" != F3 ] || continue
        n=$(derive -c "$(key_of "$table")" "$(work "$PWD/site")/clean/$table.tsv" | tr '\t' '|' | grep -cxF "$key") || true
        [ "$n" = "$([ "$severity" = error ] && echo 0 || echo 1)" ] || { echo "$rule: $table $key"; return 1; }
    done <planted
}

@test "a scheme of last month that is gone is to be confirmed, and a subject of two banks is told of" {
    [[ $(derive -w "rule == 'F3.gone'" -c severity,institution "$(work "$PWD/site")/check/failures.tsv" | sed 1d) == $'confirm\tK08' ]]
    [ "$(derive -w "rule == 'L11.shared'" -c severity "$(work "$PWD/site")/check/failures.tsv" | sed 1d | sort -u)" = inform ]
}

@test "no guarantor is in the tables: nothing is zero, and each stands in B10d with its state" {
    tables=$(work "$PWD/site")/tables
    [ "$(derive -w "area == '东平县'" -c new_n,new_amt,fee_rate "$tables/B10.tsv" | sed 1d)" = $'\t\t' ]
    [ "$(derive -w "guarantor == '融资担保公司七'" -c area,inforce_amt,state "$tables/B10d.tsv" | sed 1d)" = $'东平县\t\texpected' ]
    [ "$(derive -w "guarantor == '农业担保公司一'" -c area,state "$tables/B10d.tsv" | sed 1d)" = $'宁阳县\tblocked' ]
}

# rows TABLE: rows of standard input, blanks for tabs and - for an empty field, under the table's header.
rows() { head -n 1 "$TOP/samples/$1"; awk '{ for (i = 1; i <= NF; i++) printf "%s%s", $i == "-" ? "" : $i, i < NF ? "\t" : "\n" }'; }

# The small site: two guarantors, two villages of 泰山01镇, six credits; the rules change in December.
by_hand() {
    site small
    rm small/archive/F3/* small/ledgers/2022-*/L*.tsv
    rows archive/F3/2022-10.tsv <<'ROWS' | send small K04
2022-12 XT K04 sme 3 300.00 5 500.00 4 400.00 1 4.00 1.00 5.00 100.00 7.00 20.00 \-
2022-12 XT K04 batch 1 100.00 1 100.00 1 100.00 0 0.50 0.50 \- 0.00 0.00 0.00 5.00
ROWS
    rows archive/F3/2022-10.tsv <<'ROWS' | send small K08
2022-12 XT K08 batch 2 250.00 2 250.00 2 200.00 0 1.00 0.50 4.00 0.00 0.00 0.00 5.00
2022-12 GX K08 pool 5 300.00 9 901.00 0 0.00 0 0.00 \- \- 300.00 0.00 0.00 3.00
ROWS
    rows refs/guarantee_rules.tsv <<'ROWS' >small/refs/guarantee_rules.tsv
pool 2020-01 2022-11 0.40 - - - - 0 a
pool 2022-12 - 1.20 - 3.00 10 - - b
ROWS
    rows ledgers/2022-12/L6.tsv <<'ROWS' >small/ledgers/2022-12/L6.tsv
2022-12 TS TS01 TS01001 B16 100 20 60 300.00 30 100.00 1 2 3 4
2022-12 TS TS01 TS01001 B02 110 10 50 200.00 50 200.00 5 6 7 8
2022-12 TS TS01 TS01002 B16 40 0 40 120.00 0 0.00 0 0 0 40
ROWS
    rows refs/grade_rules.tsv <<'ROWS' >small/refs/grade_rules.tsv
B16 farmer AAA 2020-01 2022-11 score 1 90 30.00 50 - - - 1 0 a
B16 farmer AAA 2022-12 - score 1 90 10.00 30 - - - 1 0 b
B16 farmer A+ 2020-01 - score 3 70 5.00 10 - - - 1 0 a
B02 farmer AA 2020-01 - score 2 80 8.00 20 - - - 1 0 a
B02 merchant A 2022-12 - member 4 - 30.00 - 5 15 0.00 1 0 c
ROWS
    # N1 has two banks. N2 is beyond the limit since December, N3 beyond the discount; M1 is cut by 15 BP, M2 by 16.
    rows ledgers/2022-12/L11.tsv <<'ROWS' >small/ledgers/2022-12/L11.tsv
2022-12 N1 farmer TS B16 75 A+ 4.00 1.00 6.00 5.40 credit
2022-12 N1 farmer TS B02 85 AA 6.00 6.00 5.00 4.00 credit
2022-12 N2 farmer TS B16 95 AAA 10.01 0.00 6.00 4.20 credit
2022-12 N3 farmer TS B16 95 AAA 10.00 0.00 6.00 4.19 credit
2022-12 M1 merchant TS B02 - A 20.00 0.00 5.45 5.30 credit
2022-12 M2 merchant DY B02 - A 30.00 30.00 5.45 5.29 credit
ROWS
}

# row TABLE CONDITION COLUMNS: of the small site.
row() { derive -w "$2" -c "$3" "$(work "$PWD/small")/tables/$1.tsv" | sed 1d; }

@test "guarantees: rates are of sums, the cost weighs where it is known, the fund has brought forth what its own schemes guaranteed" {
    # fees 4 + 0.5 + 1 of 700; (5 x 400 + 4 x 200) / 600; 500 of the scheme with the fund / 100; 20 / 700
    [ "$(row B10 "area == '新泰市'" guarantors,local,new_n,new_amt,new_rank,inforce_n,inforce_avg,fee_rate,cost,fund,leverage,comp_rate)" = \
        $'2\t1\t6\t0.07\t1\t7\t100.00\t0.79\t4.67\t100.00\t5\t2.86' ]
    # Nothing in force: no rate of it; 901 / 300 = 3.003. The city has both funds.
    [ "$(row B10 "area == '高新区'" local,new_rank,inforce_avg,fee_rate,cost,leverage,comp_rate)" = $'1\t2\t\\-\t\\-\t\\-\t3\t\\-' ]
    [ "$(row B10 "area == '全市'" guarantors,local,new_amt,cum_amt,fund,leverage)" = $'2\t2\t0.10\t0.18\t400.00\t4' ]
    [ "$(row B10c "scheme == '小微企业担保' and area == '新泰市'" counter_share,subsidy,comp_amt,comp_rate)" = $'25.00\t7.00\t20.00\t5.00' ]
    [ "$(row B10b "scheme == '批量担保快贷'" area,new_n,new_amt,new_rank)" = $'新泰市\t3\t0.04\t1\n全市\t3\t0.04\t\\-' ]
}

@test "what is laid down is that of the month; no scheme may ask for more than the cap of all fees" {
    [ "$(row B10e "scheme == '科技风险分担'" fee_cap,cost_cap,comp_cap,leverage_max,counter,valid_from)" = $'1.00\t\\-\t3.00\t10\t\\-\t2022-12' ]
    [ "$(row B11g "bank == '农商银行一' and grade == 'AAA'" cap,discount_max,valid_from)" = $'10.00\t30\t2022-12' ]
}

@test "a village of two banks counts once, with the households of the bank that granted most; credit adds up" {
    # 60 + 40 of 80 + 40; 620 of 100 households
    [ "$(row B11 "area == '泰山区'" villages,shared,hh_total,hh_excluded,granted,rate,credit,avg,hh_used,used,use_rate)" = \
        $'2\t1\t140\t20\t100\t83.33\t620.00\t6.20\t30\t300.00\t48.39' ]
    [ "$(row B11b "bank == '国有银行一'" villages,granted,rate,n_aaa)" = $'1\t50\t50.00\t5' ]
    [ "$(row B11c "town == '泰山01镇'" registered,villages,coverage,granted)" = $'24\t2\t8.33\t100' ]
    [ "$(row B11c "town == '泰山02镇'" villages,coverage,rate,credit)" = $'0\t0.00\t\\-\t0.00' ]      # known to have none
}

@test "a subject of two banks counts once with its best grade; amounts add up, rates weigh by credit" {
    # 30.01 of 3 farmers; base (4 x 6 + 6 x 5 + 20.01 x 6) / 30.01, asked (4 x 5.4 + 6 x 4 + 10.01 x 4.2 + 10 x 4.19) / 30.01
    [ "$(row B11d "area == '泰山区' and type == '农户'" banks,subjects,shared,n_aaa,n_aa,n_a_plus,credit,avg,rate_base,rate,discount,over_cap,over_rate)" = \
        $'2\t3\t1\t2\t1\t0\t30.01\t10.00\t5.80\t4.32\t25.58\t1\t1' ]
    [ "$(row B11d "area == '全市' and type == '合计'" subjects,shared,over_cap,over_rate)" = $'5\t1\t1\t2' ]
    [ "$(row B11e "bank == '国有银行一' and area == '岱岳区'" type,subjects,cut,over_rate)" = $'商户\t1\t16.00\t1' ]
}

@test "limits and discounts end exactly where the rules end: each credit beyond is listed once" {
    [ "$(row B11f "1 == 1" subject,credit,cap,over_cap,discount,cut,over_rate)" = \
        $'N2\t10.01\t10.00\t1\t30.00\t180\t0\nN3\t10.00\t10.00\t0\t30.17\t181\t1\nM2\t30.00\t30.00\t0\t2.94\t16\t1' ]
}

@test "a ledger that was not delivered leaves its figures empty, not zero" {
    rm small/ledgers/2022-12/L*.tsv
    built "$PWD/small" tables
    [ "$(row B11 "area == '泰山区'" registered,villages,coverage,credit)" = $'203\t\t\t' ]
    [ "$(row B11c "town == '泰山02镇'" villages,rate,merchants)" = $'\t\t171' ]
    for table in B11b B11d B11e B11f; do [ "$(wc -l <"$(work "$PWD/small")/tables/$table.tsv")" = 1 ]; done
}

@test "limits that contradict themselves stop the month with their line" {
    sed -i '2s/\t50\t\t\t/\t50\t5\t15\t/' small/refs/grade_rules.tsv
    run built "$PWD/small" tables
    [ "$status" != 0 ]
    [[ $output == *grade_rules*"a discount in percent, and another in basis points"* ]]
}
