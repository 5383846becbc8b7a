#!/usr/bin/env bats
# The month as cron meets it: the exit status says whether to look, and a broken specification, a full disk or a
# missing ledger is told from bad data.

load helper
load month_helper

cron() {
    env -i HOME="$BATS_TEST_TMPDIR" PATH=/usr/bin:/bin OUT="$BATS_TEST_TMPDIR/out" BUILD="$BATS_TEST_TMPDIR/build" TB="$BIN/" \
        /bin/sh -c "$TOP/pipelines/month '$1' $2"
}

# The site receives the return of six banks and keeps one ledger, which is enough here.
setup() {
    cd "$BATS_TEST_TMPDIR"
    cp -r "$TOP/samples" site
    few_inputs site
}

@test "without a month it runs every month that the archive does not hold yet" {
    rm -r site/inbox/2022-09
    run -0 cron "$PWD/site"
    [ -z "$output" ]
    [ "$(readlink out/2022-11)" = 2022-11.r1 ]
    [ "$(readlink out/2022-12)" = 2022-12.r1 ]
    cp site/archive/F1/2022-10.tsv site/archive/F1/2022-11.tsv
    cp site/archive/F1/2022-10.tsv site/archive/F1/2022-12.tsv
    rm -r out
    run -0 cron "$PWD/site"
    [ ! -e out ]
}

@test "no site, no such month: misuse" {
    run -2 cron "$PWD/nowhere"
    [ "$output" = "month: $PWD/nowhere: not a site (no site.mk)" ]
    run -2 cron "$PWD/site" 2022-13
}

@test "a rule card with an unknown column stops the month with 2 and names its line" {
    mkdir -p site/spec/rules
    cp "$TOP/pipelines/rules/F1.tsv" site/spec/rules/F1.tsv
    sed -i 's/@ <= loan/@ <= lone/' site/spec/rules/F1.tsv
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
    [[ $output == *", ledgers missing: L1, "* ]]
    [ "$(wc -l < out/2022-11/clean/L1.tsv)" = 1 ]
    [ "$(derive -w "area == '全市'" -c projects,paid out/2022-11/tables/B06.tsv | sed 1d)" = "	" ]
}

@test "a month of which nothing enters the tables is not published" {
    rm site/inbox/2022-12/F1.*
    printf 'file\toriginal\tinstitution\treturn\tsequence\treceived_at\tsha256\n' > site/inbox/2022-12/receipts.tsv
    run -3 cron "$PWD/site" 2022-12
    [[ $output == *"report: 2022-12: no return entered the tables; nothing is published"* ]]
    [ ! -e out/2022-12 ]
    run -3 cron "$PWD/site" 2033-10
}

@test "the first month of an archive has figures but no growth" {
    rm -r site/archive
    run -1 cron "$PWD/site" 2022-11
    [[ $output == *"not in the archive: 2021-12 2021-11"* ]]
    local loan=$(awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } $at["area"] == "NY" && $at["scope"] == "all" { sum += $at["loan"] * 100 }
        END { printf "%.2f", sum / 1000000 }' out/2022-11/clean/F1.tsv)
    [ "$(derive -w "area == '宁阳县'" -c loan,loan_inc,loan_growth out/2022-11/tables/B01.tsv | sed 1d)" = "$loan		" ]
}

@test "where the site asks for four eyes, a clean return waits for two names" {
    printf 'FOUR_EYES = 1\n' >> site/site.mk
    { printf 'return\tinstitution\tsequence\tprepared_by\tchecked_by\n'
        for b in 1 2 3 4 5 6; do printf 'F1\tB0%s\t1\tLi\tWang\n' "$b"; done; } |
        sed 's/^F1\tB05\t1/F1\tB05\t2/; s/^F1\tB06\t1\tLi\tWang/F1\tB06\t1\tLi\tLi/' > site/decisions/2022-11/acceptances.tsv
    run -1 cron "$PWD/site" 2022-11
    [[ $output == *"5 of 6 returns entered, 1 awaiting acceptance"* ]]
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

@test "receipts that cannot be read stop the month with 3: nobody becomes missing by them" {
    sed -i '3s/\t1\t/\tx\t/' site/inbox/2022-12/receipts.tsv
    run -3 cron "$PWD/site" 2022-12
    [[ $output == *"receipts.tsv:3: column 'sequence': not a decimal: 'x'"* ]]
    [ ! -e out ] || [ -z "$(ls out)" ]
}

@test "what people write in a name or a number is never run by a shell" {
    printf "number\tdate\nx'; touch %s/pwned; echo '\t2023-01-16\n" "$PWD" > site/decisions/2022-12/issue.tsv
    sed -i "s/^SITE_NAME_EN = .*/SITE_NAME_EN = O'Brien \& \"Co\" \`touch pwned\`/" site/site.mk
    run -0 cron "$PWD/site" 2022-12
    [ ! -e pwned ]
    grep -q "O&#39;Brien\|O'Brien" out/2022-12/bulletin/index.html
}

@test "two runs into one OUT from two work directories publish whole revisions" {
    for try in 1 2; do
        rm -rf out one two
        mkdir out
        for build in one two; do
            OUT=$PWD/out BUILD=$PWD/$build TB=$BIN/ "$TOP/pipelines/month" "$PWD/site" 2022-12 > $build.out 2>&1 &
        done
        wait
        [ "$(readlink out/2022-12)" = 2022-12.r1 ]
        [ ! -e out/2022-12.r2 ]
        [ -s out/2022-12/bulletin/index.html ]
    done
}

@test "a site is one site, however its path is spelled" {
    run -0 cron "$PWD/site" 2022-12
    for way in "$PWD/site/" "$PWD/../$(basename "$PWD")/site"; do
        run -0 cron "$way" 2022-12
        [ "$(readlink out/2022-12)" = 2022-12.r1 ]
    done
}

@test "a mapping whose targets are not the schema's columns is the bureau's mistake, not the bank's" {
    mkdir -p site/spec/map
    sed 's/^loan\t/lown\t/' "$TOP/pipelines/map/F1.tsv" > site/spec/map/F1.B04.tsv
    run -2 cron "$PWD/site" 2022-12
    [[ $output == *"spec/map/F1.B04.tsv"* ]]
}

@test "blanks in a path, too many arguments: misuse" {
    run -2 "$TOP/pipelines/month" "$PWD/site" 2022-12 more
    OUT="$PWD/o 9" run -2 "$TOP/pipelines/month" "$PWD/site" 2022-12
    [[ $output == *blanks* ]]
}

@test "a reference with a mistake stops the month with 2 and names the file and line" {
    printf 'XX\t新区\tNew\tsecond\t1\n' >>site/refs/areas.tsv
    run -2 cron "$PWD/site" 2022-11
    [[ $output == *"refs/areas.tsv:9: column 'order'"* ]]
    [ ! -e out/2022-11 ]
}

@test "a site that keeps no ledger makes no table of it, and its layout needs none" {
    mkdir -p site/spec
    grep -v '^L1' "$TOP/pipelines/inputs.tsv" >site/spec/inputs.tsv
    rm -r site/ledgers
    run cron "$PWD/site" 2022-11
    [ -e out/2022-11/tables/B01.tsv ]
    [ ! -e out/2022-11/tables/B06.tsv ]
    ! grep -q '银企对接' out/2022-11/bulletin/index.html
}

@test "a site adds a table of its own" {
    mkdir -p site/spec/tables
    { grep -v '^part2' "$TOP/pipelines/layout.tsv"; printf 'S1\ttable\t本局附表\tOur own\ttables/S1%s\n' "$(printf '\t%.0s' {1..15})"; } >site/spec/layout.tsv
    cat >site/spec/tables/S1.mk <<'END'
$(call made,F1,S1)
$(W)/exact/S1.tsv: $(W)/base/F1.tsv
	@$(by_area) $(call sums,tax_ytd) $< $(into)
$(W)/tables/S1.tsv: $(W)/exact/S1.tsv
	@$(TB)derive $< | $(areas_in_order) | $(TB)derive -c area,tax_ytd $(into)
END
    run cron "$PWD/site" 2022-11
    [ "$(head -n 1 out/2022-11/tables/S1.tsv)" = $'area\ttax_ytd' ]
    grep -q '本局附表' out/2022-11/bulletin/index.html
}
