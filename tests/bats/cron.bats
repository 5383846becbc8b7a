#!/usr/bin/env bats
# The month as cron meets it: the exit status says whether to look, and a broken specification, a full disk or a
# missing ledger is told from bad data.

load helper

cron() {
    env -i HOME="$BATS_TEST_TMPDIR" PATH=/usr/bin:/bin OUT="$BATS_TEST_TMPDIR/out" BUILD="$BATS_TEST_TMPDIR/build" TB="$BIN/" \
        /bin/sh -c "$TOP/pipelines/month '$1' $2"
}

setup() {
    cd "$BATS_TEST_TMPDIR"
    cp -r "$TOP/samples" site
}

@test "without a month it takes the latest one with a receipt" {
    run -0 cron "$PWD/site"
    [ -z "$output" ]
    [ "$(readlink out/2022-12)" = 2022-12.r1 ]
}

@test "no site, no such month: misuse" {
    run -2 cron "$PWD/nowhere"
    [ "$output" = "month: $PWD/nowhere: not a site (no site.mk)" ]
    run -2 cron "$PWD/site" 2022-13
}

@test "a rule card with an unknown column stops the month with 2 and names its line" {
    mkdir -p site/spec/rules
    cp "$TOP/pipelines/rules/F1.tsv" site/spec/rules/F1.tsv
    sed -i 's/disc <= loan/disc <= lone/' site/spec/rules/F1.tsv
    run -2 cron "$PWD/site" 2022-11
    [[ $output == *"spec/rules/F1.tsv:"*lone* ]]
    [ ! -e out/2022-11 ]
}

@test "an indicator that cannot be computed stops the month with 2" {
    mkdir -p site/spec
    sed 's/pct(loan, dep)/pct(loan, deposits)/' "$TOP/pipelines/indicators.tsv" > site/spec/indicators.tsv
    run -2 cron "$PWD/site" 2022-11
    [[ $output == *"spec/indicators.tsv:"*deposits* ]]
}

@test "a bulletin that cannot be written is 4, and nothing is published" {
    mkdir out
    mkdir out/2022-11
    run -4 cron "$PWD/site" 2022-11
    [ -z "$(ls out/2022-11)" ]
}

@test "a ledger with an error loses that row and no more; one that is not there is said to be missing" {
    sed -i '2s/\tTS\t/\tZZ\t/; 2s/\tXT\t/\tZZ\t/' site/ledgers/2022-11/L1.tsv
    run -1 cron "$PWD/site" 2022-11
    [ "$(wc -l < out/2022-11/clean/L1.tsv)" = "$(($(wc -l < site/ledgers/2022-11/L1.tsv) - 1))" ]
    derive -w "rule == 'codes.area' or contains(rule, 'code')" -c file,line,column out/2022-11/check/failures.tsv | sed 1d | grep -q $'\t2\tarea'
    rm site/ledgers/2022-11/L1.tsv
    run -1 cron "$PWD/site" 2022-11
    [[ $output == *"1 ledger missing"* ]]
    [ "$(wc -l < out/2022-11/clean/L1.tsv)" = 1 ]
}

@test "a month in which nobody has filed is published as such" {
    rm site/inbox/2022-12/F1.*
    printf 'file\toriginal\tinstitution\treturn\tsequence\treceived_at\tsha256\n' > site/inbox/2022-12/receipts.tsv
    run -1 cron "$PWD/site" 2022-12
    [[ $output == *"0 of 24 returns entered, 24 missing"* ]]
    [ "$(derive -c area,loan out/2022-12/tables/B01.tsv | sed -n 2p)" = "泰山区	" ]
}

@test "the first month of an archive has figures but no growth" {
    rm -r site/archive
    run -0 cron "$PWD/site" 2022-11
    [ "$(derive -w "area == '宁阳县'" -c loan,loan_inc,loan_growth out/2022-11/tables/B01.tsv | sed 1d)" = "291.32		" ]
}

@test "where the site asks for four eyes, a clean return waits for two names" {
    printf 'FOUR_EYES = 1\n' >> site/site.mk
    { printf 'return\tinstitution\tsequence\tprepared_by\tchecked_by\n'
        for b in $(seq -w 1 24); do printf 'F1\tB%s\t1\tLi\tWang\n' "$b"; done; } |
        sed 's/^F1\tB05\t1/F1\tB05\t2/; s/^F1\tB06\t1\tLi\tWang/F1\tB06\t1\tLi\tLi/' > site/decisions/2022-11/acceptances.tsv
    run -1 cron "$PWD/site" 2022-11
    [[ $output == *"23 of 24 returns entered, 1 awaiting acceptance"* ]]
    [ "$(derive -w 'awaited == 1' -c institution out/2022-11/check/filers.tsv | sed 1d)" = B06 ]
}

@test "a published month is accepted into the archive, and replaced there only on request" {
    run -0 cron "$PWD/site" 2022-09
    run -0 "$TOP/pipelines/accept" site 2022-09 out "$BIN/"
    [ "$output" = "accept: 2022-09.r1 is site/archive/F1/2022-09.tsv" ]
    sort site/archive/F1/2022-09.tsv | diff - <(sort out/2022-09/clean/F1.tsv)
    run -0 "$TOP/pipelines/accept" site 2022-09 out "$BIN/"
    sed -i '2d' site/archive/F1/2022-09.tsv
    run -2 "$TOP/pipelines/accept" site 2022-09 out "$BIN/"
    AGAIN=1 run -0 "$TOP/pipelines/accept" site 2022-09 out "$BIN/"
    [ -f site/archive/F1/2022-09.tsv.1 ]
    run -2 "$TOP/pipelines/accept" site 2022-10 out "$BIN/"
}
