#!/usr/bin/env bats
# Products, relief and convenience: what the cards of F2 and F4 find and what becomes of it, and the tables from returns small
# enough to be worked by hand.

load helper
load month_helper

# built SITE: the month of a site, checked and its tables made.
built() {
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES make -s --no-print-directory -C "$TOP" -f pipelines/report.mk \
        SITE="$1" MONTH=2022-11 OUT="$1.out" BUILD="$1.build" TB="$BIN/" checked tables >"$1.log" 2>&1 || { cat "$1.log"; return 1; }
}

# work SITE: where its month stands.
work() { printf '%s\n' "$1.build"/site/*/2022-11; }

# site NAME BANK...: a copy of the sample whose month has only the returns of some banks.
site() {
    local site=$1 file
    shift
    cp -r "$TOP/samples" "$site"
    rm -r "$site"/inbox/2022-{09,12} "$site"/ledgers
    for file in "$site"/inbox/2022-11/F*; do
        [[ " $* " == *" $(cut -d. -f2 <<<"${file##*/}") "* ]] || rm "$file"
    done
    awk -F'\t' -v banks=" $* " 'NR == 1 || index(banks, " " $3 " ")' "$site/inbox/2022-11/receipts.tsv" >receipts
    mv receipts "$site/inbox/2022-11/receipts.tsv"
}

# send SITE RETURN BANK: canonical rows of standard input arrive as a new return, under the standard headings.
send() {
    awk -F'\t' -v OFS=, 'NR == FNR { if ($0 !~ /^#/) { split($3, names, "|"); heading[$1] = names[1] } next }
        FNR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; print "单位：万元" }
        { out = ""; for (i = 1; i <= NF; i++) if (name[i] != "period" && name[i] != "bank") out = out OFS (FNR == 1 ? heading[$i] : $i == "\\-" ? "—" : $i)
          print substr(out, 2) }' "$TOP/samples/generate/inputs/$2.headings.tsv" - >"$2.$3.csv"
    RECEIVED_AT=2022-12-09T09:00:00+08:00 "$TOP/pipelines/receive" "$1" 2022-11 "$2" "$3" "$2.$3.csv" >/dev/null
}

# A fault a line: return, bank, which row, what is written there, the card that tells, its severity.
FAULTS="
F2|B02|area == 'TS' and product == 'P001'|credit=13000.02|F2.cap|error
F2|B02|area == 'TS' and product == 'P041'|product=P022|F2.product|error
F2|B02|area == 'TS' and product == 'P122'|ind_ytd=31139.02|F2.part.ind|error
F2|B02|area == 'DY' and product == 'P122'|issue_cum=100.00|F2.part.issue|error
F2|B02|area == 'DY' and product == 'P001'|issue_ytd=6500.02;issue_cum=6500.02|F2.cap.loan|error
F2|B02|area == 'XT' and product == 'P001'|rate_min=3.70|F2.rate.floor|confirm
F2|B02|area == 'FC' and product == 'P001'|guar_fee=1.01|F2.guar|error
F2|B02|area == 'NY' and product == 'P001'|bp_cut=55|F2.bp|confirm
F2|B02|area == 'DP' and product == 'P001'|saved_ytd=9.00|F2.saved|confirm
F2|B02|area == 'GX' and product == 'P001'|days_disburse=0|F2.days|confirm
F2|B02|area == 'GX' and product == 'P122'|cust_cum=1|F2.part.cust|error
F2|B02|area == 'XT' and product == 'P122'|ccy=USD|F2.ccy|error
F2|B02|area == 'FC' and product == 'P122'|approved_n=999|F2.part.approved|error
F2|B02|area == 'DP' and product == 'P122'|used=13842.52;bal=13842.52|F2.part.used|error
F2|B05|area == 'TS' and product == 'P070'|fee=0.01|F2.zero.fee|error
F2|B05|area == 'GX' and product == 'P070'|cust_n=0|F2.count|confirm
F2|B05|area == 'XT' and product == 'P030'|txn_cum=500;cust_cum=135|F2.fall.txn_cum|confirm
F2|B05|area == 'DP' and product == 'P151'|payroll_n=11|F2.part.payroll|error
F2|B05|area == 'DY' and product == 'P151'|rate_w=3.10|F2.rate.min|error
F2|B17|product == 'P061'|fee_cut=30.02|F2.fee_cut|error
F2|B17|product == 'P034'|issue_ytd=1.00;ind_ytd=0.00;saved_ytd=0.00|F2.ytd.issue_ytd|confirm
F4|B02|area == 'TS'|mortgage_online_n=99999|F4.part.online|error
F4|B02|area == 'DY'|steps=9|F4.reduced.steps|confirm
F4|B02|area == 'XT'|docs_old=99|F4.base.docs_old|confirm
F4|B02|area == 'FC'|platform_joined=0;platform_firms=3|F4.platform|error
F4|B02|area == 'NY'|queried_n=99999|F4.part.queried|error
F4|B02|area == 'DP'|kiosk_n=0;kiosk_items=5000|F4.kiosk|confirm
F4|B17|area == 'DY'|m113_days=5|F4.m113.mode|inform
F4|B05|area == 'TS'|mortgage_n=1;mortgage_online_n=0|F4.ytd.mortgage_n|confirm
F4|B05|area == 'DY'|m113_calls=1|F4.m113|confirm
"

# plant FILE CONDITION COLUMN=VALUE;...: writes the values into the one row that meets the condition.
plant() {
    local line
    line=$(derive -a "met=num($2)" -c met "$1" | grep -nx 1 | cut -d: -f1)
    [ "$(wc -l <<<"$line")" = 1 ] && [ -n "$line" ] || { echo "not one row: $2"; return 1; }
    awk -F'\t' -v OFS='\t' -v line="$line" -v values="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        NR == line { n = split(values, v, ";"); for (k = 1; k <= n; k++) { split(v[k], pair, "="); $at[pair[1]] = pair[2] } }
        { print }' "$1" >"$1.new"
    mv "$1.new" "$1"
}

spoil() {
    local return bank where values rule severity good
    good=$(work "$PWD/site")/clean
    for bank in B02 B05 B17; do
        for return in F2 F4; do derive -w "bank == '$bank'" "$good/$return.tsv" >"$return.$bank"; done
    done
    while IFS='|' read -r return bank where values rule severity; do
        [ -n "$return" ] || continue
        plant "$return.$bank" "$where" "$values" || return 1
    done <<<"$FAULTS"
    echo 'changed after receipt' >>site/inbox/2022-11/F1.B11.1
    # A branch without its rest: what it lent by product is less than its F1 says, and a product of last month is gone.
    derive -w "not (area == 'DY' and product == 'P099')" F2.B17 >rest && mv rest F2.B17
    for bank in B02 B05 B17; do
        for return in F2 F4; do send site "$return" "$bank" <"$return.$bank"; done
    done
}

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    site site B02 B05 B11 B17
    built "$PWD/site"
    cp -r "$(work "$PWD/site")/check" before
    spoil
    built "$PWD/site"
    by_hand
    built "$PWD/small"
}

setup() { cd "$BATS_FILE_TMPDIR"; }

# told RETURN BANK RULE COLUMNS: what the failures say of a rule.
told() { derive -w "table == '$1' and institution == '$2' and rule == '$3'" -c "$4" "$(work "$PWD/site")/check/failures.tsv" | sed 1d; }

@test "every planted fault is told by its card, with its severity" {
    n=0
    while IFS='|' read -r return bank where values rule severity; do
        [ -n "$return" ] || continue
        [[ $(told "$return" "$bank" "$rule" severity,result) == *"$severity"$'\t'fail* ]] || { echo "$return $bank: $rule does not tell"; return 1; }
        n=$((n + 1))
    done <<<"$FAULTS"
    [ "$n" -ge 30 ]
    [ "$(derive -w "severity != 'inform' and institution in ('B02', 'B05', 'B17')" before/failures.tsv | wc -l)" = 1 ]
}

@test "products that do not add up to the F1 of the bank, or that are gone, are to be confirmed" {
    [[ $(told F2 B17 F2.whole.bal severity,level,key) == confirm$'\t'*DY* ]]
    [ -n "$(told F2 B17 F2.whole.issue_ytd related)" ]
    [[ $(told F2 B17 F2.gone severity,related) == confirm$'\t'prior:* ]]
}

@test "the products of a bank whose F1 was not read wait: there is nothing to hold their sums against" {
    [ "$(derive -w "institution == 'B11' and return != 'F4'" -c return,state "$(work "$PWD/site")/check/filers.tsv" | sed 1d | paste -sd' ')" = $'F1\trejected F2\tto_confirm' ]
    [[ $(told F2 B11 F2.whole.bal result) == undecided* ]]
}

@test "a blocked product return stays out of every table, and its bank is named" {
    check=$(work "$PWD/site")/check
    [ "$(derive -w "institution == 'B02' and return != 'F1' and state != 'superseded'" -c state "$check/filers.tsv" | sed 1d | sort -u)" = blocked ]
    [ "$(derive -w "bank in ('B02', 'B05', 'B17')" "$(work "$PWD/site")/clean/F2.tsv" | wc -l)" = 1 ]
    [ "$(derive -w "product == '国担快贷'" "$(work "$PWD/site")/tables/B09.tsv" | wc -l)" = 1 ]
    [ "$(derive -w "institution == 'B17' and return == 'F4' and state != 'superseded'" -c state "$check/filers.tsv" | sed 1d)" = accepted ]      # only told of
}

# The rows of one bank, blanks for tabs, as its returns. Two products and a branch that lends nothing else; dollars; a grade of refinancing.
by_hand() {
    site small B05
    sed -i '/\tF[24]\t/d' small/inbox/2022-11/receipts.tsv
    rm small/inbox/2022-11/F[24].* small/archive/F2/2022-10.tsv small/archive/F4/2022-10.tsv
    {
        head -n 1 "$TOP/samples/archive/F2/2022-10.tsv"
        # area product ccy | contact contact_hh applied approved cust cust_cum txn txn_cum | credit used issue cum ind bal | rates ... | days | payroll
        tr ' ' '\t' <<'ROWS'
2022-11 TS B05 P030  CNY 9 0 5 4 3 5 4 6 1000.00 400.00 600.00 1600.00 200.00 400.00 3.80 4.00 40 2.40 \- \- \- \- 0 1 2 1
2022-11 DY B05 P030  CNY 1 0 1 1 1 1 1 1 200.00 200.00 200.00 200.00 0.00 200.00 3.90 4.40 20 0.40 \- \- \- \- 1 3 7 0
2022-11 TS B05 P003  CNY 0 2 2 2 2 2 2 2 600.00 500.00 500.00 500.00 500.00 500.00 3.70 3.90 0 0.00 0.00 \- \- \- 0 1 1 0
2022-11 TS B05 P070  USD 0 0 0 0 2 2 5 7 0.0000 0.0000 1.5000 2.1710 0.0000 0.0000 \- \- \- \- \- 0.00 0.00 \- \- \- \- 0
2022-11 FC B05 P070  USD 0 0 0 0 1 1 1 1 0.0000 0.0000 0.5000 0.5000 0.0000 0.0000 \- \- \- \- \- 0.00 0.00 \- \- \- \- 0
2022-11 TS B05 P060  CNY 2 0 2 2 2 2 2 2 300.00 0.00 300.00 300.00 0.00 0.00 \- \- 0 0.00 \- \- \- 50.00 0 1 1 0
2022-11 DY B05 P060  CNY 1 0 1 1 1 1 1 1 100.00 0.00 100.00 100.00 0.00 0.00 \- \- 0 0.00 \- \- \- 40.00 0 1 1 0
ROWS
    } >small.F2
    send small F2 B05 <small.F2
    {
        head -n 1 "$TOP/samples/archive/F4/2022-10.tsv"
        tr ' ' '\t' <<'ROWS'
2022-11 TS B05 6 3 10 4 12 6 8 2 2 20 20 15 12 10 9 1 30 1 12 1 1 3
2022-11 DY B05 5 4 11 6 12 6 2 1 2 10 5 5 5 4 4 0 0 0 0 \- \- \-
ROWS
    } >small.F4
    send small F4 B05 <small.F4
    sed -i '/^P003\t/s/\t\t300\t\t/\t250\t300\t2022-12\t/' small/refs/products.tsv
    # The cards tell that branches are missing and sums differ; here people let the returns in as they are.
    built "$PWD/small"
    {
        printf 'hit_key\tby\tchecked_by\treason\n'
        derive -w "state == 'blocked'" -a "by='Li'" -a "checked_by='Wang'" -a "reason='by hand'" -c key,by,checked_by,reason "$(work "$PWD/small")/check/filers.tsv" | sed 1d
    } >small/decisions/2022-11/overrides.tsv
    {
        printf 'hit_key\twho\twhen\treason\n'
        derive -w "severity == 'confirm' or result == 'undecided'" -a "who='Li'" -a "when='2022-12-12'" -a "reason='by hand'" -c hit_key,who,when,reason \
            "$(work "$PWD/small")/check/failures.tsv" | sed 1d
    } >small/decisions/2022-11/confirmations.tsv
}

# row TABLE CONDITION COLUMNS: of the small site.
row() { derive -w "$2" -c "$3" "$(work "$PWD/small")/tables/$1.tsv" | sed 1d; }

@test "a product over two areas: sums, averages per customer approved and per loan, the rate and the cut weighted by what was issued" {
    [ "$(row B09 "product == '信e贷'" areas,cust,cust_cum,txn,txn_cum,credit,use_rate,ytd,ind,cum,avg_credit,avg_loan)" = \
        $'2\t4\t6\t5\t7\t1200.00\t50.00\t800.00\t200.00\t1800.00\t240.00\t160.00' ]
    # (600 x 4.00 + 200 x 4.40) / 800; (600 x 40 + 200 x 20) / 800; 5 of 6 applicants.
    [ "$(row B09b "product == '信e贷'" approval_rate,rate_min,rate_w,bp_cut,saved)" = $'83.33\t3.80\t4.10\t35\t2.80' ]
    # Days: (4 x 0 + 1 x 1) / 5, (4 x 1 + 1 x 3) / 5, (4 x 2 + 1 x 7) / 5.
    [ "$(row B17d "product == '信e贷'" submit,approve,disburse)" = $'0.2\t1.4\t3.0' ]
}

@test "a product without a cap has none, one with a cap is held against that of the month" {
    [ "$(row B09 "product == '信e贷'" cap,over)" = $'\\-\t\\-' ]
    [ "$(row B09 "product == '创业担保贷'" avg_credit,cap,over)" = $'300.00\t250\t1' ]      # 300 from December
}

@test "dollars are yuan at the rate of the month's end; the total covers both areas once" {
    # 2.671 ten thousand dollars at 7.1769 yuan are 19.1694999.
    [ "$(row B16 "product == '跨境e汇'" areas,firms,txns,usd_ytd,usd_cum,cny_cum,share,firms_rank,fee)" = $'2\t3\t8\t20000\t26710\t19.17\t100.00\t1\t0.00' ]
}

@test "refinancing by grade: the discount weighted by amount, beside the most that the grade allows" {
    [ "$(row B12e "bank == '国有银行四'" txn,ytd,fee_cut,discount_max)" = $'3\t400.00\t47.50\t50.00' ]
}

@test "reductions are those of the sums, means are over the branches" {
    [ "$(row B17 "area == '全市'" branches,steps_old,steps,steps_cut,days_cut,docs_cut)" = $'2\t5.5\t3.5\t36.36\t52.38\t50.00' ]
    [ "$(row B17b "area == '全市'" online_share,queried_share,registered_rate,rated_rate,satisfied_rate)" = $'30.00\t92.86\t83.33\t80.00\t85.00' ]
    [ "$(row B17c "area == '岱岳区'" units,m113_calls)" = $'2\t\\-' ]
    [ "$(row B17 "area == '肥城市'" branches,steps_cut)" = $'\t' ]      # nobody reported: missing, not zero
}

@test "products and their share, by area and by bank, are of the same loans" {
    issued=$(derive -w "area == '全市'" -c iss_ytd "$(work "$PWD/small")/exact/B03c.tsv" | sed 1d)
    share=$(python3 -c "from decimal import *; print((Decimal('130000') / Decimal('$issued')).quantize(Decimal('0.01'), ROUND_HALF_UP))")
    [ "$(row B09d "area == '全市'" products,ytd,share)" = $'2\t0.13\t'"$share" ]
    [ "$(row B09e "bank == '合计'" products,ytd,share)" = $'2\t0.13\t'"$share" ]
}

@test "a total stands behind its rows, whatever the class of the first" {
    # The total of an area once stood among its products, where the class of its first row put it.
    [ "$(row B09c "area == '泰山区'" product | tail -n 1)" = 合计 ]
    [ "$(row B09c "area == '泰山区'" product | paste -sd' ')" = "信e贷 创业担保贷 合计" ]
}

@test "a bureau that receives no product return has no such tables, and the rest" {
    cp -r small bare
    mkdir -p bare/spec
    grep -vP '^(F2|F4|products|catalogue)\t' "$TOP/pipelines/inputs.tsv" >bare/spec/inputs.tsv
    sed -i '/\tF[24]\t/d' bare/inbox/2022-11/receipts.tsv
    sed -i '/^F[24]\t/d' bare/refs/roster.tsv bare/refs/calendar.tsv
    rm bare/inbox/2022-11/F[24].* bare/decisions/2022-11/{overrides,confirmations}.tsv bare/refs/{products,catalogue}.tsv
    built "$PWD/bare"
    [ "$(derive -w "bank == '国有银行四' and area == '全市'" -c relief_n "$(work "$PWD/bare")/tables/B12b.tsv" | sed 1d)" -gt 0 ]
    [ -z "$(ls "$(work "$PWD/bare")"/tables/B{09,16,17}*.tsv 2>/dev/null)" ]
}

@test "a term of a product that contradicts itself stops the month with its line" {
    sed -i '/^P001\t/s/\t30\t50\t10\t/\t60\t50\t10\t/' site/refs/products.tsv
    run env -u MAKEFLAGS make -s --no-print-directory -C "$TOP" -f pipelines/report.mk SITE="$PWD/site" MONTH=2022-11 OUT="$PWD/site.out" BUILD="$PWD/site.build" TB="$BIN/" checked
    [ "$status" != 0 ]
    [[ $output == *products*"60 BP, exceeds the most, 50"* ]]
}
