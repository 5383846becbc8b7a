#!/usr/bin/env bats
# claims: what a printed figure stands for, which figures go together, what follows from them, and the published table.

load helper

setup() {
    # Fields are separated by blanks here; _ is an empty one.
    tsv 'measure variable dimension sign moment' 'loans loan yuan _ _' 'bad npl yuan _ _' 'bad_then npl_open yuan _ open' \
        'increment inc yuan _ _' 'decrease inc yuan - _' 'ratio ratio percent _ _' 'growth growth percent _ _' \
        'drop drop percent _ _' 'ratio_then ratio_open percent _ open' 'share share percent _ _' 'part part yuan _ _' \
        'firms firms count _ _' 'visited visited count _ _' 'before before yuan _ same' 'more more yuan _ _' \
        'list _ _ _ _' > measures.tsv
    {
        printf 'id\tvariable\trelation\texpression\tuse\tprinted\n'
        printf '%s\t%s\t%s\t%s\t%s\t%s\n' \
            D02 growth = 'inc / (loan - inc) * 100' '' '' \
            D09 ratio = 'npl / loan * 100' '' '' \
            D11 drop = '(1 - ratio / ratio_open) * 100' '' 2 \
            D05 share = 'part / loan * 100' '' '' \
            D05 loan = 'part / share * 100' imply '' \
            D03 more = 'loan - before' '' '' \
            part visited '<=' firms '' ''
    } > definitions.tsv
    tsv 'unit dimension shift' '元 yuan 0' '万元 yuan 4' '亿元 yuan 8' '% percent 0' '家 count 0' > units.tsv
}

# figures 'article place measure qual value unit as_of'...: the table of claims.
figures() {
    tsv 'article place measure_en qual value unit as_of' "$@" > claims.tsv
}

# check [OPTION...]: measure, value, verdict, definition, computed, its ends and the reason, without what nothing computes.
check() {
    claims -m measures.tsv -d definitions.tsv -u units.tsv "$@" claims.tsv > report.tsv 2> counts || [ $? = 1 ]
    derive -w "reason != 'no definition' or is_missing(reason)" \
        -c measure,value,verdict,definition,computed,computed_low,computed_high report.tsv | sed 1d
}

# gives LINE...: standard input is these lines, of fields separated by one blank, "cannot be computed" without blanks.
gives() {
    sed 's/cannot be computed/cannot/' > got
    tsv "$@" | same got
}

day='2022-11-30'

@test "a figure that no values printing so can give contradicts them; one within rounding does not" {
    figures "1 E loans = 1080 亿元 $day" "1 E increment = 137 亿元 $day" "1 E growth = 14.6 % $day" \
        "1 E bad = 15.68 亿元 $day" "1 E ratio = 1.04 % $day"
    check | gives 'growth 14.6 agrees D02 14.528 14.459 14.597' 'ratio 1.04 contradicts D09 1.4519 1.4507 1.4530'
    run -1 claims -m measures.tsv -d definitions.tsv -u units.tsv claims.tsv
    [[ $output == *"5 figures: 1 agree, 1 contradict, 3 cannot be computed" ]]
    figures "1 E loans = 1080 亿元 $day" "1 E bad = 15.68 亿元 $day" "1 E ratio = 1.45 % $day"
    run -0 claims -m measures.tsv -d definitions.tsv -u units.tsv claims.tsv
}

@test "the report says what it was computed from, the difference, and how far apart the ranges are" {
    figures "1 E loans = 1080 亿元 $day" "1 E bad = 15.68 亿元 $day" "2 E ratio = 1.04 % $day"
    check > /dev/null
    derive -w "measure == 'ratio'" -c line,low,high,difference,apart,articles,inputs,formula,moment report.tsv | sed 1d > got
    printf '4\t1.035\t1.045\t0.4119\t0.4057\t1\tnpl 15.68 亿元 (1, line 3); loan 1080 亿元 (1, line 2)\tnpl / loan * 100\tdated\n' | same got
}

@test "ranges touch at their ends and agree; a hair further and they do not" {
    # part/loan lies in [19.5/99.5, 20.5/100.5] at most: 19.402 to 20.603.
    figures "1 E loans = 100 元 $day" "1 E part = 20 元 $day" "1 E share = 20 % $day"
    check | gives 'share 20 agrees D05 20 19.40 20.61'
    figures "1 E loans >= 100 元 $day" "1 E part <= 20 元 $day" "1 E share = 20.0 % $day"
    check | gives 'share 20.0 agrees D05 20.0 \- 20.0'
    figures "1 E loans >= 100 元 $day" "1 E part <= 20 元 $day" "1 E share = 20.1 % $day"
    check | gives 'share 20.1 contradicts D05 20.0 \- 20.0'
}

@test "~ widens by one in the last place, >= and <= have no end, counts are exact" {
    figures '1 E loans ~ 212 亿元 2022' '1 E bad >= 50 万元 2022' '1 E part <= 50 万元 2022' '1 E visited = 7 家 2022' \
        '1 E firms ~ 7 家 2022' '1 E increment = 1.50 亿元 2022'
    check > /dev/null
    derive -w "definition != 'part' or is_missing(definition)" -c measure,low,high report.tsv | sed 1d |
        gives 'loans 211 213' 'bad 50 \-' 'part \- 50' 'firms 6 8' 'increment 1.495 1.505'
    figures '1 E visited = 8 家 2022' '1 E firms = 7 家 2022'
    check | gives 'visited 8 contradicts part 7 7 7'
    figures '1 E visited = 8 家 2022' '1 E firms ~ 7 家 2022'
    check | gives 'visited 8 agrees part 7 6 8'
}

@test "only figures of one place and one day go together, whatever the article" {
    figures "1 E loans = 100 元 $day" "2 E bad = 1 元 $day" "3 E ratio = 5.0 % $day"
    check | gives 'ratio 5.0 contradicts D09 1.0 0.497 1.508'
    for other in "3 W ratio = 5.0 % $day" '3 E ratio = 5.0 % 2022-12-31' '3 E ratio = 5.0 % 2022'; do
        figures "1 E loans = 100 元 $day" "2 E bad = 1 元 $day" "$other"
        check | gives 'ratio 5.0 cannot D09 _ _ _'
    done
}

@test "an undated figure goes with its own article, and with nothing else" {
    figures "1 E loans = 100 元 $day" '1 E bad = 1 元 undated' '1 E ratio = 5.0 % undated'
    check | gives 'ratio 5.0 contradicts D09 1.0 0.497 1.508'
    grep -q $'\tundated\t$' report.tsv
    figures "1 E loans = 100 元 $day" '1 E bad = 1 元 undated' '2 E ratio = 5.0 % undated'
    check | gives 'ratio 5.0 cannot D09 _ _ _'
    # Every two of them must go together: 2 goes with neither, though 1's dated figure goes with both.
    figures "1 E loans = 100 元 $day" '1 E bad = 1 元 undated' "2 E ratio = 5.0 % $day"
    check | gives 'ratio 5.0 cannot D09 _ _ _'
    derive -w "measure == 'ratio'" -c reason report.tsv | grep -qx 'not published with it: npl'
}

@test "what is missing is named" {
    figures "1 E ratio = 5.0 % $day" "1 E more = 5 元 $day"
    check > /dev/null
    derive -c reason report.tsv | sed 1d > got
    printf 'not published with it: npl, loan\nnot published with it: loan, before\n' | same got
}

@test "the same figure in two articles is compared, listed among the measures or not" {
    figures "4 E visited = 12 家 2022" '8 E visited = 20 家 2022' '1 E stalls >= 50 家 2022' '2 E stalls = 40 家 2022' \
        '3 E stalls = 60 家 undated'
    check | gives 'visited 20 contradicts same 12 12 12' 'stalls 40 contradicts same 50 50 \-'
}

@test "what is not published is computed, in every way there is" {
    # 20 of 40 % are loans of 50; 9 of 20 % are loans of 45.
    printf 'D06\tloan\t=\tnpl / drop * 100\timply\t\n' >> definitions.tsv
    figures "1 E part = 20.00 元 $day" "1 E share = 40.00 % $day" "1 E increment = 5.00 元 $day" "1 E growth = 12.50 % $day" \
        "1 E bad = 9.00 元 $day" "1 E drop = 20.00 % $day"
    check | grep growth | gives 'growth 12.50 contradicts D02 11.1111 11.0941 11.1281' 'growth 12.50 agrees D02 12.50 12.4746 12.5255'
    grep -q 'inc / (loan - inc) \* 100; loan = part / share \* 100' report.tsv
}

@test "a published figure is preferred to a computed one, that of the same article to others" {
    figures "2 E loans = 50.00 元 $day" "1 E part = 20.00 元 $day" "1 E share = 40.00 % $day" "1 E bad = 1.00 元 $day" \
        "1 E ratio = 2.50 % $day" "1 E loans = 40.00 元 $day"
    check | grep ratio | gives 'ratio 2.50 agrees D09 2.50 2.4871 2.5129'
}

@test "expressions that lead back to themselves give nothing" {
    printf 'X\tnpl\t=\tloan - inc\timply\t\nX\tloan\t=\tnpl + inc\timply\t\n' >> definitions.tsv
    figures "1 E ratio = 2.50 % $day" "1 E increment = 1 元 $day"
    check | gives 'ratio 2.50 cannot D09 _ _ _'
}

@test "printed: ratios enter as they were printed, and only those printed shorter are ranges" {
    figures "1 E ratio_then = 1.75 % 2021-12-31" "1 E ratio = 0.92 % $day" "1 E drop = 47.43 % $day"
    check | grep drop | gives 'drop 47.43 agrees D11 47.4286 47.4285 47.4286'
    figures "1 E ratio_then = 9.5 % 2021-12-31" "1 E ratio = 2.31 % undated" "1 E drop = 75.68 % undated"
    check | grep drop | gives 'drop 75.68 agrees D11 75.6842 75.5555 75.8116'
}

@test "a decrease is a negative increment, and is reported as it was published" {
    figures "1 E loans = 90 元 $day" "1 E decrease = 10 元 $day" "1 E growth = -10.0 % $day" "2 E increment = -10 元 $day" \
        "3 E decrease = 12 元 $day"
    check | grep -v growth | gives 'increment -10 agrees same -10 -10.5 -9.5' 'decrease 12 contradicts same 10 9.5 10.5' \
        'decrease 12 contradicts same 10 9.5 10.5'
    check | grep growth | gives 'growth -10.0 agrees D02 -10.0 -10.607 -9.405'
}

@test "an opening figure is of the end of last year, one of the same period a year before" {
    figures "1 E before = 80 元 2021-11-30" "2 E loans = 100 元 $day" "3 E more = 20 元 $day" "3 E more = 20 元 2022-12-31"
    check | gives 'more 20 agrees D03 20 19 21' 'more 20 cannot D03 _ _ _'
    figures "1 E bad_then = 80 元 2022-11-30"
    run -3 claims -m measures.tsv -d definitions.tsv -u units.tsv claims.tsv
    [ "$output" = "claims: claims.tsv:2: column 'as_of': an opening figure is not of 31 December: '2022-11-30'" ]
}

@test "a parameter leaves a figure open until -p gives it an expression" {
    printf 'D06\tpart\t=\tbase\t\t\nD06\tbase\t\t\tparameter\t\n' >> definitions.tsv
    figures "1 E part = 20 元 $day" "1 E loans = 100 元 $day"
    check | gives 'part 20 cannot D06 _ _ _'
    check -p base=loan | gives 'part 20 contradicts D06 100 99.5 100.5'
    check -p 'base=loan / 5' | gives 'part 20 agrees D06 20 19.9 20.1'
    run -2 claims -m measures.tsv -d definitions.tsv -u units.tsv -p npl=3 claims.tsv
    [[ $output == "claims: not PARAMETER=EXPR with a parameter of definitions.tsv: 'npl=3'" ]]
    run -2 claims -m measures.tsv -d definitions.tsv -u units.tsv -p base=nothing claims.tsv
}

@test "a base that may be zero decides nothing" {
    figures "1 E loans <= 100 元 $day" "1 E bad = 1 元 $day" "1 E ratio = 5.0 % $day"
    check | gives 'ratio 5.0 cannot D09 _ _ _'
    grep -q 'a base may be zero$' report.tsv
    figures "1 E loans = 0 元 $day" "1 E bad = 1 元 $day" "1 E ratio = 5.0 % $day"
    check | gives 'ratio 5.0 cannot D09 _ _ _'
}

@test "a measure without a variable is left out; an empty table has no findings" {
    figures '1 E list = 20 家 2022' '2 E list = 50 家 2022'
    check | gives 'list 20 cannot _ _ _ _' 'list 50 cannot _ _ _ _'
    figures
    run -0 claims -m measures.tsv -d definitions.tsv -u units.tsv claims.tsv
    [ "${#lines[@]}" = 2 ]
}

@test "a figure that cannot be understood is status 3, with file, line and column" {
    local bad
    for bad in "1 E loans = 1,080 亿元 $day|'value': not a decimal: '1,080'" "1 E loans = 1e3 亿元 $day|'value': not a decimal: '1e3'" \
        "1 E loans > 3 亿元 $day|'qual': not =, ~, >= or <=: '>'" "1 E loans = 3 斤 $day|'unit': unknown unit: '斤'" \
        "1 E loans = 3 家 $day|'unit': '家' is not a unit of yuan, which 'loans' is stated in" \
        "1 E loans = 3 亿元 2022-11-31|'as_of': not a day, a month, a year, a period or undated: '2022-11-31'" \
        "1 E loans = 3 亿元 _|'as_of': not a day, a month, a year, a period or undated: ''"; do
        figures '1 E firms = 2 家 2022' "${bad%|*}"
        run -3 claims -m measures.tsv -d definitions.tsv -u units.tsv claims.tsv
        [ "$output" = "claims: claims.tsv:3: column ${bad#*|}" ]
    done
    run -3 claims -m measures.tsv -d definitions.tsv -u units.tsv <<< $'article\tplace\n1\tE'
    [[ $output == *"measure_en"* ]]
    run -3 claims -m measures.tsv -d definitions.tsv -u units.tsv /dev/null
    run -3 claims -m measures.tsv -d definitions.tsv -u units.tsv nowhere.tsv
}

@test "a mistake in the measures or definitions is status 2, with its line" {
    refused() {
        run -2 claims -m measures.tsv -d definitions.tsv -u units.tsv /dev/null
        # shellcheck disable=SC2053
        [[ $output == "claims: "$1 ]] || { echo "$output, not $1"; return 1; }
    }
    cp measures.tsv m && cp definitions.tsv d
    for row in $'loans\tloan\tyuan\t\t|stands twice' $'x\t1x\tyuan\t\t|not a name: *' $'x\tx\tmass\t\t|no unit has the dimension *' \
        $'x\tx\tyuan\t?\t|not + or -: *' $'x\tx\tyuan\t\tthen|not now, open or same: *'; do
        { cat m; printf '%s\n' "${row%|*}"; } > measures.tsv
        refused "measures.tsv:18: column '*': ${row#*|}"
    done
    cp m measures.tsv
    for row in $'X\tratio\t=\tnpl / nothing\t\t|*nothing*' $'X\tratio\t==\tnpl\t\t|column *not =, <= or >=: *' \
        $'X\tratio\t=\tif(npl > 1, npl, loan)\t\t|column *only numbers, variables*' $'X\tratio\t=\tnpl\tsometimes\t|*not check, imply or parameter*' \
        $'X\tratio\t=\t\t\t|*empty' $'X\tp\t\tnpl\tparameter\t|*a parameter has none here' $'X\tnew\t=\tnpl\t\t|*no measure has the variable*' \
        $'X\tratio\t<=\tnpl\timply\t|*only = gives a value to imply' $'X\tratio\t=\tnpl\t\tx|*'; do
        { cat d; printf '%s\n' "${row%|*}"; } > definitions.tsv
        refused "definitions.tsv:9: ${row#*|}"
    done
}

@test "misuse is status 2" {
    run -2 claims
    [ "$output" = "claims: -m MEASURES is missing; try 'claims --help'" ]
    run -2 claims -m measures.tsv -d definitions.tsv
    run -2 claims -m measures.tsv -d definitions.tsv -u units.tsv a b
    run -2 claims -m nowhere.tsv -d definitions.tsv -u units.tsv
}

@test "a full disk is status 4; -o appears whole or stays what it was" {
    figures "1 E loans = 3 亿元 $day"
    run -4 claims -m measures.tsv -d definitions.tsv -u units.tsv -o /dev/full claims.tsv
    echo old > kept
    run -3 claims -m measures.tsv -d definitions.tsv -u units.tsv -o kept nowhere.tsv
    [ "$(cat kept)" = old ]
}

# --- other places ---

# elsewhere: E, W and N are ranked together; "1 (E)" and "2 (E)" are parts of E. Then check with these.
elsewhere() {
    tsv 'place whole class' 'E _ county' 'W _ county' 'N _ county' '*(E) E _' > places.tsv
    tsv 'measure variable dimension' 'loans loan yuan' 'bad npl yuan' 'ratio ratio percent' 'rank_of_loans rank_loan count' \
        'rank_of_ratio rank_ratio count' 'large large count' 'any any count' > measures.tsv
    {
        printf 'id\tvariable\trelation\texpression\tover\n'
        printf '%s\t%s\t%s\t%s\t%s\n' D09 ratio = 'npl / loan * 100' '' D37 rank_loan = loan 'rank desc' \
            D37 rank_ratio = ratio 'rank asc' D29 loan '>=' loan sum L large '>=' 'loan - 10' 'count >= 0' A any '>=' npl 'count > 0'
    } > definitions.tsv
    check -l places.tsv
}

@test "a rank: what surely is before, and what surely is not, among all of the class" {
    figures "1 E loans = 50 元 $day" "2 W loans = 60 元 $day" "1 E rank_of_loans = 1 家 $day" "1 W rank_of_loans = 1 家 $day"
    elsewhere | gives 'rank_of_loans 1 contradicts D37 2 2 3' 'rank_of_loans 1 agrees D37 1 1 2'
    derive -w "verdict == 'contradicts'" -c inputs,formula report.tsv | sed 1d > got
    printf 'loan 50 元 (1, line 2); loan 60 元 (W, 2, line 3)\trank desc of loan\n' | same got
    # Equal as printed: either may be before. N publishes nothing, and may be anywhere.
    figures "1 E loans = 50 元 $day" "2 W loans = 50 元 $day" "1 E rank_of_loans = 3 家 $day"
    elsewhere | gives 'rank_of_loans 3 agrees D37 1 1 3'
    # What is not published is computed, and the lowest comes first.
    figures "1 E ratio = 1.0 % $day" "2 W loans = 50 元 $day" "3 W bad = 2 元 $day" "1 E rank_of_ratio = 2 家 $day"
    elsewhere | grep rank | gives 'rank_of_ratio 2 agrees D37 1 1 2'
}

@test "a rank is not computed from nothing, from another day, or of a place without a class" {
    local other
    for other in "2 W loans = 60 元 2022-12-31" "2 W loans = 60 元 undated" "1 S loans = 60 元 $day"; do
        figures "1 E loans = 50 元 $day" "$other" "1 E rank_of_loans = 2 家 $day"
        elsewhere | grep rank | gives 'rank_of_loans 2 cannot D37 _ _ _'
        grep -q 'of no other place is it published with it$' report.tsv
    done
    figures "1 S loans = 50 元 $day" "2 W loans = 60 元 $day" "1 S rank_of_loans = 2 家 $day"
    elsewhere > /dev/null
    grep -q 'its place is of no class$' report.tsv
    # Every two of the figures must go together: N's are of another day than W's, and N may be anywhere.
    figures "1 E loans = 50 元 undated" "1 W loans = 60 元 2022-12-31" "1 N loans = 70 元 $day" "1 E rank_of_loans = 3 家 undated"
    elsewhere | gives 'rank_of_loans 3 agrees D37 2 2 3'
}

@test "a whole is at least the sum of its published parts" {
    figures "1 E loans = 15 元 $day" "1 1_(E) loans = 10 元 $day" "2 2_(E) loans = 6 元 $day"
    sed -i 's/_(E)/ (E)/' claims.tsv # a blank in a field
    elsewhere | gives 'loans 15 agrees D29 16 15 17'
    sed -i 's/\t6\t/\t7\t/' claims.tsv
    elsewhere | gives 'loans 15 contradicts D29 17 16 18'
}

@test "a count of parts: those that surely are, exactly at the limit too" {
    figures "1 E large = 1 家 $day" "1 E any = 1 家 $day" "1 1_(E) loans >= 10 元 $day" "1 2_(E) loans = 10.0 元 $day" \
        "1 3_(E) loans <= 9 元 $day" "1 1_(E) bad >= 0 元 $day" "1 2_(E) bad >= 0.1 元 $day" "1 3_(E) bad <= 0 元 $day"
    sed -i 's/_(E)/ (E)/' claims.tsv
    elsewhere | gives 'large 1 agrees L 2 1 2' 'any 1 agrees A 1 1 2'
    sed -i 's/\t10\.0\t/\t10.1\t/' claims.tsv
    elsewhere | gives 'large 1 contradicts L 2 2 2' 'any 1 agrees A 1 1 2'
}

@test "a mistake in the places, or a definition that looks at others without them, is status 2" {
    local row
    elsewhere > /dev/null 2>&1 || true
    cp places.tsv kept
    for row in $'E\t\t|place*: stands twice' $'F\tG\t|whole*: not another place of this table: *' $'F\tF\t|whole*: not another*' \
        $'*x\t\tcounty|class*: a class is of places named in full'; do
        { cat kept; printf '%s\n' "${row%|*}"; } > places.tsv
        run -2 claims -m measures.tsv -d definitions.tsv -u units.tsv -l places.tsv /dev/null
        # shellcheck disable=SC2053
        [[ $output == "claims: places.tsv:6: column '"${row#*|} ]]
    done
    run -2 claims -m measures.tsv -d definitions.tsv -u units.tsv /dev/null
    [ "$output" = "claims: definitions.tsv:3: column 'over': there is no table of places" ]
    cp kept places.tsv && cp definitions.tsv d
    for row in $'X\tratio\t=\tnpl\trank|*not rank desc, rank asc, sum, count >= 0 or count > 0: *' \
        $'X\tratio\t>=\tnpl\trank asc|*a rank is =' $'X\tratio\t=\tnpl\tsum|*of parts it is >='; do
        { cat d; printf '%s\n' "${row%|*}"; } > definitions.tsv
        run -2 claims -m measures.tsv -d definitions.tsv -u units.tsv -l places.tsv /dev/null
        # shellcheck disable=SC2053
        [[ $output == "claims: definitions.tsv:8: column "${row#*|} ]]
    done
}

# --- the published table ---

@test "make claims: the whole sample, its report and what contradicts" {
    make -s -f "$TOP/pipelines/claims.mk" SITE="$TOP/samples" OUT=out TB="$BIN/" claims > shown 2> counts
    grep -q ': 523 figures: ' counts
    [ "$(cut -f1 out/claims/report.tsv | sed 1d | sort -un | wc -l)" = 523 ]
    [ "$(tail -n 1 shown)" = 'claims: all findings in out/claims/report.tsv' ]
    # The balances of article 1 give 1.45 %, not 1.04 %.
    derive -w "verdict == 'contradicts' and definition == 'D09' and article == '1'" -c value,computed,difference out/claims/report.tsv | sed 1d > got
    printf '1.04\t1.4519\t0.4119\n' | same got
}

@test "make claims: a site's own definitions stand before the default; a bad table fails" {
    mkdir -p site/spec/claims
    printf 'id\tvariable\trelation\texpression\n' > site/spec/claims/definitions.tsv
    make -s -f "$TOP/pipelines/claims.mk" SITE=site CLAIMS="$TOP/samples/claims.tsv" OUT=out TB="$BIN/" claims > shown
    [ "$(derive -w "not is_missing(definition) and definition != 'same'" out/claims/report.tsv | wc -l)" = 1 ]
    tsv 'article place' > broken.tsv
    run -2 make -s -f "$TOP/pipelines/claims.mk" SITE=site CLAIMS=broken.tsv OUT=out TB="$BIN/" claims
}

@test "the base of the inclusive share is not stated, so no share contradicts for want of it" {
    make -s -f "$TOP/pipelines/claims.mk" SITE="$TOP/samples" OUT=out TB="$BIN/" claims > shown 2> counts
    [ "$(derive -w "definition in ('D06', 'D07') and verdict == 'contradicts'" out/claims/report.tsv | wc -l)" = 1 ]
    make -s -f "$TOP/pipelines/claims.mk" SITE="$TOP/samples" OUT=out TB="$BIN/" CLAIM_OPTIONS='-p incl_base=loan' claims > shown 2> counts
    [ "$(derive -w "definition == 'D06' and verdict == 'contradicts' and article == '15'" out/claims/report.tsv | wc -l)" = 2 ]
}

@test "measures and definitions name no outcome" {
    run ! grep -nwiE 'agrees|contradicts|contradiction|1\.04|1\.45' "$TOP"/pipelines/claims/*.tsv
}

@test "law: every finding over the sample is what its definition gives" {
    python3 "$TOP/tests/judge/claims_judge.py" sample
}

@test "law: no verdict over the sample depends on a variable that occurs twice" {
    python3 "$TOP/tests/judge/claims_judge.py" corners
}

@test "law: the same over the sample changed at random (30 tables)" {
    python3 "$TOP/tests/judge/claims_judge.py" changed
}

@test "law: the same over invented definitions and figures (200 sets)" {
    python3 "$TOP/tests/judge/claims_judge.py" invented 1 200
}
