#!/usr/bin/env bats
# Every cell of the bulletin's tables, against an independent judge that knows the definitions and exact fractions.

load helper
load month_helper

setup_file() {
    the_sample "$BATS_FILE_TMPDIR/out" $MONTHS
    judge tables "$TOP/samples" "$BATS_FILE_TMPDIR/out/2022-11" >"$BATS_FILE_TMPDIR/unspoiled" || true
}

# agree MONTH: the judge finds no difference, over at least 20000 cells.
agree() {
    judge tables "$TOP/samples" "$BATS_FILE_TMPDIR/out/$1" >judged || { head -n 40 judged; return 1; }
    [ "$(sed -n 's/^tables: \([0-9]*\) cells agree$/\1/p' judged)" -ge 20000 ]
}

# finds DIFFERENCE...: what the judge says of the month in $month beyond what it says of the unspoiled one.
finds() {
    run -1 judge tables "$TOP/samples" "$month"
    printf '%s\n' "$@" | sort >wanted
    grep -v '^tables: ' <<<"$output" | grep -vxF -f "$BATS_FILE_TMPDIR/unspoiled" | sort >found
    diff -u wanted found
}

# edit TABLE SCRIPT...: changes a table of the month in $month with sed.
edit() {
    local table=$month/tables/$1.tsv
    shift
    cp "$table" before
    sed -i "$@" "$table"
    ! cmp -s before "$table"
}

@test "every cell of the tables of 2022-09 agrees" {
    agree 2022-09
}

@test "every cell of the tables of 2022-11 agrees" {
    agree 2022-11
}

@test "every cell of the tables of 2022-12 agrees" {
    agree 2022-12
}

@test "every cell of the tables judged in SQL agrees, in each month" {
    for month in $MONTHS; do
        judge in_sql "$TOP/samples" "$BATS_FILE_TMPDIR/out/$month" >judged || { head -n 40 judged; return 1; }
        [ "$(sed -n 's/^in_sql: \([0-9]*\) cells agree$/\1/p' judged)" -ge 100 ]
    done
}

@test "the judge in SQL finds one changed digit, and a row too many" {
    month=$(spoiled 2022-11)
    edit B06 '2s/\t[0-9.]*\t\([0-9.]*\)$/\t0.00\t\1/; $p'
    run -1 judge in_sql "$TOP/samples" "$month" B06
    [[ $output == *"B06.tsv:2: 泰山区: column 'ind_credit': printed '0.00', computed '"* ]]
    [[ $output == *"B06.tsv: 9 rows, should be 8"* ]]
}

# awkward_site: prints a site whose November lacks what a month can lack: an area without banks (新城区), a bank that did
# not file (B24), one whose return awaits a confirmation (B22, its bad loans do not roll forward from zero), one without
# opening (B23), one without same period (B20), an opening that is not reported (agri of B21) and one of zero (scf of
# B19), an area without projects (GX), a project neither credited nor paid.
awkward_site() {
    local site=$BATS_TEST_TMPDIR/awkward
    mkdir "$site"
    cp -r "$TOP"/samples/{site.mk,refs,archive,decisions,inbox,ledgers} "$site"
    chmod -R u+w "$site"
    printf 'XC\t新城区\tNew Town\t8\t1\n' >>"$site/refs/areas.tsv"
    rm "$site/inbox/2022-11/F1.B24.1"
    sed -i '/^F1\.B24\./d' "$site/inbox/2022-11/receipts.tsv"
    sed -i '/\tB20\t/d' "$site/archive/F1/2021-11.tsv"
    rewrite "$site/archive/F1/2021-12.tsv" \
        'if ($bank == "B23") next; if ($bank == "B21") $agri = ""; if ($bank == "B19") $scf = "0.00"
         if ($bank == "B22") $npl = "0.00"'
    rewrite "$site/ledgers/2022-11/L1.tsv" \
        'if ($area == "GX") next; if (NR == 2) { $credit = $paid = "0.00"; $credit_date = $paid_date = ""; $status = "signed" }'
    printf '%s\n' "$site"
}

# rewrite FILE STATEMENTS: awk over the rows of a TSV file whose columns go by name.
rewrite() {
    awk -F'\t' -v OFS='\t' "$(sed -n '1s/\t/\n/gp' "$1" | awk '{ print "BEGIN { " $1 " = " NR " }" }')
        NR > 1 { $2 }
        { print }" "$1" >rewritten
    mv rewritten "$1"
}

@test "every cell agrees in a month that lacks what a month can lack" {
    site=$(awkward_site)
    run_month "$site" 2022-11 "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/build"
    judge tables "$site" "$BATS_TEST_TMPDIR/out/2022-11" >judged || { head -n 40 judged; return 1; }
    judge in_sql "$site" "$BATS_TEST_TMPDIR/out/2022-11" >judged || { head -n 40 judged; return 1; }
    grep -P '^新城区\t\t' "$BATS_TEST_TMPDIR/out/2022-11/tables/B01.tsv"
    grep -P '^新泰市\t村镇银行一\t{15}to_confirm$' "$BATS_TEST_TMPDIR/out/2022-11/tables/B02.tsv"
    grep -P '^东平县\t村镇银行三\t{15}expected$' "$BATS_TEST_TMPDIR/out/2022-11/tables/B02.tsv"
}

@test "an institution that joined had nothing before, one that left has nothing now; both count where they were" {
    site=$BATS_TEST_TMPDIR/moved
    mkdir "$site"
    cp -r "$TOP"/samples/{site.mk,refs,archive,decisions,inbox,ledgers} "$site"
    chmod -R u+w "$site"
    # B24 opened in March, B23 closed in June: neither filed outside that time, neither is due.
    rewrite "$site/refs/institutions.tsv" \
        'if ($bank == "B24") $active_from = "2022-03-01"; if ($bank == "B23") $active_to = "2022-06-30"'
    sed -i 's/^F1\tB23\t2021-01\t$/F1\tB23\t2021-01\t2022-06/' "$site/refs/roster.tsv"
    sed -i '/\tB24\t/d' "$site"/archive/F1/2021-*.tsv
    sed -i '/\tB23\t/d' "$site"/archive/F1/2022-{07,08,10}.tsv
    rm "$site/inbox/2022-11/F1.B23.1"
    sed -i '/^F1\.B23\./d' "$site/inbox/2022-11/receipts.tsv"
    run_month "$site" 2022-11 "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/build"
    judge tables "$site" "$BATS_TEST_TMPDIR/out/2022-11" >judged || { head -n 40 judged; return 1; }
    # Gone: nothing now, all of it lost since the year's start. New: all of it gained, and no growth on nothing.
    grep -P '^肥城市\t村镇银行二\t0\.00\t0\.00\t-[0-9.]+\t-100\.00\t.*\t\\-\tdeparted$' "$BATS_TEST_TMPDIR/out/2022-11/tables/B02.tsv"
    grep -P '^东平县\t村镇银行三\t([0-9.]+)\t[-0-9.]+\t\1\t\\-\t.*\taccepted$' "$BATS_TEST_TMPDIR/out/2022-11/tables/B02.tsv"
}

@test "a restated base stands beside the plain one, in the rows it concerns and their totals" {
    [ "$(cut -f1-6 "$BATS_FILE_TMPDIR/out/2022-11/tables/B01c.tsv" | sed -n 2p)" = $'高新区\t股份制银行三\t各项贷款\t16.51\t14.45\t0.35' ]
    [ "$(wc -l <"$BATS_FILE_TMPDIR/out/2022-11/tables/B01c.tsv")" = 4 ]
}

@test "the judge finds one changed digit" {
    month=$(spoiled 2022-11)
    edit B01 '/^宁阳县/s/468\.41/468.42/'
    finds "B01.tsv:6: 宁阳县: column 'dep': printed '468.42', computed '468.41'"
}

@test "the judge finds a changed digit of an exact sum" {
    month=$(spoiled 2022-11)
    awk -F'\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "loan") loan = i }
        $1 == "NY" { $loan = "1" $loan } { print }' "$month/tables/exact/B01.tsv" >changed
    mv changed "$month/tables/exact/B01.tsv"
    line=$(awk -F'\t' '$1 == "NY" { print NR }' "$month/tables/exact/B01.tsv")
    finds "exact/B01.tsv:$line: NY: column 'loan': '12913200.000000', computed 2913200"
}

@test "the judge tells a figure that cannot exist from one that was not reported" {
    month=$(spoiled 2022-11)
    edit B01 '/^全市/s/\\-/…/; s/…//'
    finds "B01.tsv:9: 全市: column 'dep_rank': printed '', computed '\\-'"
}

@test "the judge finds a row that is missing, one too many, and two that stand in each other's place" {
    month=$(spoiled 2022-11)
    edit B04 '/^东平县/d'
    edit B05 '2{p;s/^泰山区/泰山县/}'
    edit B01 '2{h;d};3G'
    finds "B01.tsv:2: the row 岱岳区 stands where 泰山区 should" "B04.tsv: no row 东平县" "B05.tsv:3: a row that should not be: 泰山县"
}

@test "the judge finds a table that is not there and one that it does not know" {
    month=$(spoiled 2022-11)
    mv "$month/tables/B03b.tsv" "$month/tables/B99.tsv"
    finds "B03b.tsv: not published" "B99.tsv: no judge knows this table"
}

@test "the judge rounds once, half away from zero, and ranks ties like a competition" {
    cd "$TOP/tests/judge"
    run -0 python3 -B - <<'PY'
from fractions import Fraction as F
from stream import Cell, NEVER, figure, minus, percent_of, printed, ranks, total
assert [printed(F(x), 2) for x in ("0.285", "1.005", "-0.005", "-0.004", "2.675", "0")] == \
    ["0.29", "1.01", "-0.01", "0.00", "2.68", "0.00"]
assert printed(F(1, 3) * 100, 2) == "33.33" and printed(F(-5, 2), 0) == "-3" and printed(F(7, 100), 1) == "0.1"
assert total([F(1), None]) is None and total([]) == 0 and minus(None, F(1)) is None
assert percent_of(F(1), F(0)) == NEVER and percent_of(F(1), F(-2)) == NEVER and percent_of(F(1), None) is None
cells = [Cell(text, figure(text)) for text in ("2.00", "3.00", "2.00", NEVER, "", "1.00")]
assert [cell.text for cell in ranks(cells)] == ["2", "1", "2", NEVER, "", "4"]
assert [cell.text for cell in ranks(cells, descending=False)] == ["2", "4", "2", NEVER, "", "1"]
PY
}
