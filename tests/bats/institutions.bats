#!/usr/bin/env bats
# Institutions, local financial organisations, ranks and targets: the cards of F5, and the tables that end a quarter where somebody
# is missing, new or gone, worked by hand.

load helper
load month_helper

R=$TOP/pipelines/rules S=$TOP/pipelines/schema SITE=$TOP/samples

# in_december TARGET...: these files of December of $PWD/site, below its work directory $W.
in_december() {
    local rules=(env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES make -s --no-print-directory -C "$TOP" -f pipelines/report.mk
        "SITE=$PWD/site" MONTH=2022-12 "OUT=$PWD/out" "BUILD=$PWD/build" "TB=$BIN/")
    W=$("${rules[@]}" where)
    "${rules[@]}" "${@/#/$W/}" >log 2>&1 || { cat log; return 1; }
}

# rewrite FILE STATEMENTS: awk over the rows of a TSV file whose columns go by name.
rewrite() {
    awk -F'\t' -v OFS='\t' "$(head -n 1 "$1" | tr '\t' '\n' | awk '{ print "BEGIN { " $1 " = " NR " }" }')
        NR > 1 { $2 } { print }" "$1" >rewritten
    mv rewritten "$1"
}

# December of two banks and of the organisations of two areas. In NY the micro-credit company states figures to be worked by hand, and the
# guarantee company sends nothing; in GX the leasing company opened in March, and the second fund closed in June.
small_site() {
    cp -r "$SITE" site
    rm -r site/inbox/2022-{09,11} site/ledgers/2022-12/L10.tsv
    find site/inbox/2022-12 -name 'F*' ! -name 'F1.B2[01].*' ! -name 'F5.[XZ]0[68].*' ! -name 'F5.Z01.*' -delete
    cat >X06.csv <<'CSV'
单位：万元
县市区,注册资本,业务余额,其中：逾期余额,在保在贷户数,本年累计发生额,现场检查次数,非现场检查次数,发现问题数,已整改问题数
宁阳县,10000.00,12000.00,300.00,60,15000.00,3,4,4,3
CSV
    rm site/inbox/2022-12/F5.X06.1
    awk -F'\t' 'NR == 1 || system("test -e site/inbox/2022-12/" $1) == 0' site/inbox/2022-12/receipts.tsv >receipts
    mv receipts site/inbox/2022-12/receipts.tsv
    sed -i 's/^宁阳县,/NY,/' X06.csv
    RECEIVED_AT=2023-01-05T09:00:00+08:00 "$TOP/pipelines/receive" "$PWD/site" 2022-12 F5 X06 X06.csv >received
    rewrite site/archive/F5/2021-12.tsv 'if ($institution == "Z01") next
        if ($institution == "X06") $balance = "10000.00"; if ($institution == "J02") $balance = "2500.00"'
    rewrite site/archive/F5/2022-10.tsv 'if ($institution == "X06") { $capital = "10000.00"; $balance = "11900.00"
        $issued_ytd = "14000.00"; $onsite_n = $offsite_n = 3; $found_n = $fixed_n = 3 }'
    rewrite site/refs/institutions.tsv 'if ($bank == "Z01") $active_from = "2022-03-01"; if ($bank == "J02") $active_to = "2022-06-30"'
    sed -i 's/^F5\tJ02\t2021-12\t$/F5\tJ02\t2021-12\t2022-06/; s/^F5\tZ01\t2021-12\t$/F5\tZ01\t2022-03\t/' site/refs/roster.tsv
    printf 'year\tindicator\tarea\tbank\ttarget\tbasis\n2022\tnpl_ratio\tNY\t\t0.90\t甲\n2022\tloan_growth\tNY\t\t20.00\t甲\n' >site/refs/annual_targets.tsv
    printf '2022\tloan_growth\tTS\t\t10.00\t甲\n2022\tloan_growth\t\tB20\t8.00\t乙\n2021\tloan_growth\tNY\t\t1.00\t旧\n' >>site/refs/annual_targets.tsv
}

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    small_site
    in_december check/failures.tsv tables/{B20,B20b,B20c,B20d,B20e,B20f}.tsv
    echo "$W" >work
}

setup() { cd "$BATS_FILE_TMPDIR"; }

# cells TABLE CONDITION COLUMN,...: cells of a table of the small December.
cells() { derive -w "$2" -c "$3" "$(cat work)/tables/$1.tsv" | sed 1d; }

# F5: the cards, each with the fault that it must tell and no other.
FAULTS="
institution=X02|error F5.institution
area=DY|error F5.area
period=2022-09|error F5.period
overdue=20000.00|error F5.part.overdue,inform F5.overdue
fixed_n=99|error F5.part.fixed
onsite_n=0;offsite_n=0;found_n=3;fixed_n=1|confirm F5.checked,confirm F5.ytd.offsite_n,confirm F5.ytd.onsite_n
cust_n=0|confirm F5.customers
issued_ytd=1.00|confirm F5.ytd.issued_ytd
capital=13000.00|confirm F5.capital
balance=99999.00|confirm F5.move.balance
capital=129000000.00;balance=134000000.00|confirm F5.capital,confirm F5.move.balance,confirm F5.scale
capital=0.00|error range.capital,confirm F5.capital
"

@test "every planted fault in F5 is told by its card, with its severity" {
    derive -w "institution == 'X01'" "$SITE/archive/F5/2022-10.tsv" >good
    derive -w "institution == 'X01'" "$SITE/archive/F5/2022-08.tsv" >prior
    while IFS='|' read -r values want; do
        [ -n "$values" ] || continue
        awk -F'\t' -v OFS='\t' -v values="$values" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
            NR == 2 { n = split(values, v, ";"); for (k = 1; k <= n; k++) { split(v[k], pair, "="); $at[pair[1]] = pair[2] } } { print }' good >in.tsv
        validate -s "$S/F5.tsv" -r "$R/F5.tsv" -x areas="$SITE/refs/areas.tsv" -x institutions="$SITE/refs/institutions.tsv" -x prior=prior \
            -D period=2022-10 -D bank=X01 -f failures in.tsv >clean 2>messages || [ $? = 1 ]
        got=$(derive -w "result == 'fail' and not starts(rule, 'join.')" \
            -a "what=concat(severity, ' ', rule, if(contains(rule, '.'), '', concat('.', column)))" -c what failures | sed 1d | LC_ALL=C sort -u | paste -sd,)
        [ "$(tr ',' '\n' <<<"$got" | sort)" = "$(tr ',' '\n' <<<"$want" | sort)" ] || { echo "$values: $got, not $want"; return 1; }
    done <<<"$FAULTS"
}

@test "a bank does not file F5" {
    sed 's/X01/B01/' "$SITE/archive/F5/2022-10.tsv" | derive -w "institution == 'B01'" >in.tsv
    run -1 validate -s "$S/F5.tsv" -r "$R/F5.tsv" -x areas="$SITE/refs/areas.tsv" -x institutions="$SITE/refs/institutions.tsv" -x prior= \
        -D period=2022-10 -D bank=B01 -f failures in.tsv
    derive -w "rule == 'F5.class'" -c message_zh failures | grep -x '政策性类机构不报本表'
}

@test "who is registered and did not report is counted and in no amount; the ratios are of those who did" {
    [ "$(cells B20b "area == '宁阳县' and class == '小额贷款公司'" registered,reported,balance,inc,growth,overdue_rate,fixed_rate)" = \
        $'1\t1\t12000.00\t2000.00\t20.00\t2.50\t75.00' ]
    [ "$(cells B20b "area == '宁阳县' and class == '融资担保公司'" registered,reported,capital,balance,found)" = $'1\t0\t\t\t' ]
    [ "$(cells B20b "area == '宁阳县' and class == '合计'" registered,reported,capital,balance)" = $'2\t1\t10000.00\t12000.00' ]
}

@test "who opened in the year had nothing before; who closed has nothing now, and counts in the change" {
    balance=$(cells B20c "institution == '融资租赁公司一'" balance)
    [ "$(cells B20c "institution == '融资租赁公司一'" inc,growth)" = "$balance"$'\t\\-' ]
    [ "$(cells B20b "area == '高新区' and class == '基金'" registered,reported,balance,inc,growth)" = $'0\t0\t0.00\t-2500.00\t-100.00' ]
    [ -z "$(cells B20c "institution == '产业投资基金二'" balance)" ]
}

@test "an institution counts once in the city; talents of a ledger that was not delivered are missing, not zero" {
    [ "$(cells B20 "area == '东平县'" banks,insurer,micro,guarantee,pawn,locals,institutions)" = $'11\t25\t1\t1\t1\t3\t39' ]
    [ "$(cells B20 "area == '全市'" banks,insurer,locals,institutions,tech,talents)" = $'24\t32\t26\t82\t4\t' ]
    [ "$(cells B20 "area == '高新区'" fund,tech)" = $'0\t2' ]
}

@test "ranks are of the printed values of those who have one; less is better where the dictionary says so" {
    [ "$(cells B20d "indicator == '各项贷款较年初增长' and area in ('宁阳县', '东平县', '泰山区')" rank,rank_of)" = $'\t2\n1\t2\n2\t2' ]
    [ "$(cells B20d "indicator == '不良贷款率' and area == '宁阳县'" rank)" = 1 ]
    [ "$(cells B20d "indicator == '不良贷款率' and area == '全市'" rank)" = '\-' ]
    [ "$(cells B20e "indicator == '各项贷款余额' and rank == 1" class,class_rank_of)" = $'农商银行\t2' ]
}

@test "targets of the year are met from above, or from below where less is better; what was not reported is not missed" {
    loan=$(cells B20d "indicator == '各项贷款较年初增长' and area == '宁阳县'" value) npl=$(cells B20d "indicator == '不良贷款率' and area == '宁阳县'" value)
    python3 - "$loan" "$npl" >wanted <<'PY'
import sys
from decimal import ROUND_HALF_UP, Decimal as D
loan, npl = map(D, sys.argv[1:])
two = lambda x: str(x.quantize(D("0.01"), ROUND_HALF_UP))
print("泰山区\t10.00\t\t\t\t")
print("宁阳县", "20.00", loan, two(loan - 20), two(loan / 20 * 100), int(loan >= 20), sep="\t")
print("宁阳县", "0.90", npl, two(npl - D("0.9")), "\\-", int(npl <= D("0.9")), sep="\t")
PY
    cells B20f "basis == '甲'" place,target,actual,gap,rate,met | diff -u wanted -
    [ "$(cells B20f "basis == '乙'" place)" = 农商银行五 ]
    [ -z "$(cells B20f "basis == '旧'" place)" ]
}

@test "a month within the quarter has none of these tables, and its parts are numbered without them" {
    mkdir site/inbox/2022-10
    cp "$SITE/inbox/2022-11/receipts.tsv" site/inbox/2022-10
    W=$(env -u MAKEFLAGS make -s --no-print-directory -C "$TOP" -f pipelines/report.mk SITE="$PWD/site" MONTH=2022-10 OUT="$PWD/out" \
        BUILD="$PWD/build" TB="$BIN/" where)
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES make -s --no-print-directory -C "$TOP" -f pipelines/report.mk SITE="$PWD/site" \
        MONTH=2022-10 OUT="$PWD/out" BUILD="$PWD/build" TB="$BIN/" "$W/layout.tsv"
    [ "$(grep -c '^B20' "$W/layout.tsv")" = 0 ]
    [ "$(grep -c '^B20' "$(cat work)/layout.tsv" 2>/dev/null || grep -c '^B20' "$TOP/pipelines/layout.tsv")" = 6 ]
}
