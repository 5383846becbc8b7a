#!/usr/bin/env bats
# Another bureau on the same pipelines: tests/smallsite has areas, banks, lending fields and rules of rewards of its own, two ledgers and
# one month. It runs where there is nothing but its directory, the pipelines and the filters, and its figures are worked by hand.

load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    cp -r "$TOP/pipelines" "$TOP/tests/smallsite" .
    env -i HOME="$PWD" PATH=/usr/bin:/bin OUT="$PWD/out" BUILD="$PWD/build" TB="$BIN/" /bin/bash -c 'pipelines/month "$PWD/smallsite"; echo $? >status' >log 2>&1
}

setup() { cd "$BATS_FILE_TMPDIR"; }

# cells TABLE CONDITION COLUMN,...: cells of a table.
cells() { derive -w "$2" -c "$3" "out/2023-03/tables/$1.tsv" | sed 1d; }

@test "its month is published, and says which bank and which ledgers are missing" {
    [ "$(cat status)" = 1 ]
    [[ $(cat log) == "report: 2023-03.r1: 4 of 5 returns entered, 1 missing, ledgers missing: L1 L2 L4 "* ]]
    [ "$(derive -w "state == 'open'" -c rule,institution out/2023-03/check/failures.tsv | sed 1d)" = $'receipts.filers\tK03' ]
}

@test "its tables have its areas and banks, and nothing of the sample's" {
    [ "$(cut -f1 out/2023-03/tables/B01.tsv | paste -sd' ')" = 'area 东岛区 西岛县 全市' ]
    [ "$(cells B02 "area == '西岛县'" bank | paste -sd' ')" = '海岛农商银行 渔港村镇银行 合计' ]
    run ! grep -rlE '泰山|示例市|农商银行一|samples/' out/2023-03
    grep -q '海岛市金融办' out/2023-03/bulletin/index.html
}

@test "growth, the loan-deposit ratio and sums are those of its returns; the bank that is missing is in neither side" {
    # 20000 of 16000; 10000 + 4000 of 8000 + 5000; 34000 of 29000.
    [ "$(cells B01 'dep > 0' dep,dep_growth | paste -sd' ')" = $'2.00\t25.00 1.40\t7.69 3.40\t17.24' ]
    # 15000 of 12000; 8000 + 5000 of 8000 + 4000; 28000 of 24000.
    [ "$(cells B01 'loan > 0' loan,loan_growth | paste -sd' ')" = $'1.50\t25.00 1.30\t8.33 2.80\t16.67' ]
    [ "$(cells B02 "area == '西岛县' and bank == '渔港村镇银行'" dep_growth,loan_growth,ldr,over100)" = $'-20.00\t25.00\t125.00\t1' ]
    [ "$(cells B02 "area == '东岛区' and bank == '国有银行甲'" dep,loan,ldr,state)" = $'\t\t\texpected' ]
}

@test "its two lending fields, relending and loans to households, have their balances, growth and shares" {
    # 1200 of 15000 now, 1000 of 12000 then: 8.00 after 8.33 percent; 200 of the 3000 that loans grew.
    [ "$(cells B03 "area == '东岛区' and field == '央行再贷款'" balance,inc,growth,share,share_change,inc_share)" = $'0.12\t0.02\t20.00\t8.00\t-0.33\t6.67' ]
    [ "$(cells B03 "area == '全市' and field == '央行再贷款'" balance,growth)" = $'0.15\t15.38' ]
    # 700 + 300 since the year began; what runs from January has no opening.
    [ "$(cells B03 "area == '西岛县' and field == '农户个体累放贷款'" balance,inc,growth)" = $'0.10\t\\-\t\\-' ]
    [ "$(cells B03 "area == '全市'" field | paste -sd' ')" = '工业贷款 涉农贷款 央行再贷款 农户个体累放贷款' ]
}

@test "its two products, with a cap that is its own" {
    # 9000 + 5000 granted to 40 + 20; 12000 + 6000 to 20 + 10. 11000 + 5500 of 18000 are used.
    [ "$(cells B09 "product == '海参养殖贷'" bank,areas,credit,ytd,bal,avg_credit,cap,over)" = $'海岛农商银行\t2\t14000.00\t2400.00\t8000.00\t233.33\t300\t0' ]
    [ "$(cells B09 "product == '渔船抵押贷'" credit,use_rate,ytd,cum,avg_credit,cap)" = $'18000.00\t91.67\t1600.00\t22000.00\t600.00\t\\-' ]
    [ "$(cells B09 "class == '合计'" txn,ytd)" = $'82\t4000.00' ]
}

@test "rewards are those of its own rules: another total, other weights, another amount since January" {
    # 600 in 2 : 1 : 1, a firm at the second stage: 600 x 3 / 4; paid 300.
    [ "$(cells B15 "area == '东岛区' and item == 'ipo'" firms,due,paid,city,difference)" = $'1\t450.00\t300.00\t300.00\t-150.00' ]
    [ "$(cells B15 "area == '西岛县' and item == 'regional'" firms,due,paid,difference)" = $'1\t88.00\t0.00\t-88.00' ]
    [ "$(cells B15d "area == '东岛区' and item == 'ipo'" contract,tutoring,listed,total)" = $'300.00\t150.00\t150.00\t600.00' ]
    [ "$(cells B15d "item == 'regional'" total)" = 88.00 ]
}

@test "institutions, a micro-credit company, and ranks among two areas" {
    [ "$(cells B20 "area == '全市'" state,rural,village,banks,micro,institutions,talents)" = $'1\t1\t1\t3\t1\t4\t' ]
    [ "$(cells B20b "area == '西岛县' and class == '合计'" registered,reported,balance,inc,growth,overdue_rate,fixed_rate)" = $'1\t1\t800.00\t160.00\t25.00\t2.50\t50.00' ]
    [ "$(cells B20d "indicator == '各项存款较年初增长'" value,rank | paste -sd' ')" = $'25.00\t1 7.69\t2 17.24\t\\-' ]
}

@test "what rests on a ledger that was not delivered has no figure, not even zero" {
    for table in out/2023-03/tables/{B05[c-j],B06*,B07*,B14*,B18*,B19*}.tsv; do
        sed 1d "$table" >rows
        run -1 grep -P '\t[-0-9.]*[0-9]' rows
    done
}
