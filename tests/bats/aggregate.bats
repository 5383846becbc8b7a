#!/usr/bin/env bats
# aggregate: exact sums, counts, means and extremes by group; totals; the two kinds of missing.

load helper

setup() {
    tsv 'district bank loan npl' \
        'E b1 10.5 1' \
        'W b1 -4 _' \
        'E b2 3.25 0' \
        'W b3 \- 2' > in.tsv
}

@test "one row for each group, in bytewise order of the keys" {
    aggregate -g district -a 'n=count()' -a 'loan=sum(loan)' in.tsv > out
    tsv 'district n loan' 'E 2 13.75' 'W 2 -4' | same out
}

@test "without -g one row for all, and for an empty table too" {
    aggregate -a 'n=count()' -a 'loan=sum(loan)' in.tsv > out
    tsv 'n loan' '4 9.75' | same out
    head -n 1 in.tsv | aggregate -a 'n=count()' -a 's=sum(loan)' -a 'm=round(mean(loan), 2)' -a 'lo=min(loan)' > out
    tsv 'n s m lo' '0 0 \- \-' | same out
}

@test "an empty table has no groups" {
    head -n 1 in.tsv | aggregate -g bank -a 'n=count()' > out
    tsv 'bank n' | same out
}

@test "-g alone gives the distinct keys, in the order of -g" {
    aggregate -g bank,district in.tsv > out
    tsv 'bank district' 'b1 E' 'b1 W' 'b2 E' 'b3 W' | same out
}

@test "--order first keeps the groups in order of appearance" {
    tsv 'k' 'b' 'a' 'b' | aggregate -g k -a 'n=count()' --order first > out
    tsv 'k n' 'b 2' 'a 1' | same out
}

@test "keys are texts: 1, 01 and 1.0 are three groups, UTF-8 sorts bytewise" {
    tsv 'k' '1' '01' '1.0' '中' 'é' 'Z' | aggregate -g k > out
    tsv 'k' '01' '1' '1.0' 'Z' 'é' '中' | same out
}

@test "an empty key, \\- and \\N: \\N is the empty one" {
    printf 'k\tx\n\\N\t1\n\\-\t2\n\t4\n\\N\t8\n' | aggregate -g k -a 's=sum(x)' > out
    printf 'k\ts\n\t13\n\\-\t2\n' | same out
    printf 'k\tj\n\\N\t1\nz\t1\n\t1\n' | aggregate -g j,k -a 'n=count()' --order first > out
    printf 'j\tk\tn\n1\t\t2\n1\tz\t1\n' | same out
}

@test "a sum has the most decimals of its group, a minimum those it was written with" {
    tsv 'g x' 'a 1.5' 'a 2.250' 'b 7' 'a 1.50' | aggregate -g g -a 's=sum(x)' -a 'lo=min(x)' -a 'hi=max(x)' > out
    tsv 'g s lo hi' 'a 5.250 1.50 2.250' 'b 7 7 7' | same out
}

@test "sums are exact where binary floating point is not" {
    tsv 'x' '0.1' '0.2' '99999999999999.99' '-99999999999999.99' '12345678901234567890123456.000000001' |
        aggregate -a 's=sum(x)' > out
    tsv 's' '12345678901234567890123456.300000001' | same out
}

@test "mean is exact, so it is rounded before it is a column" {
    tsv 'x' '1' '1' '2' | aggregate -a 'm=round(mean(x), 4)' -a 'third=round(mean(x) * 3, 0)' > out
    tsv 'm third' '1.3333 4' | same out
    run -2 aggregate -a 'm=mean(loan)' in.tsv
    [[ $output == *"'m'"*"round(..., digits)"* ]]
}

@test "an expression over aggregates, group columns and earlier names" {
    aggregate -g bank -a 'n=count()' -a "label=concat(bank, '/', text(n))" -a 'r=pct(sum(npl), sum(loan), 2)' \
        -w "district == 'E'" in.tsv > out
    tsv 'bank n label r' 'b1 1 b1/1 9.52' 'b2 1 b2/1 0.00' | same out
}

@test "the argument may be an expression of the row" {
    tsv 'a b' '2 3' '4 0.5' | aggregate -a 's=sum(a * b)' -a 'q=round(sum(a / 3), 2)' -a "n=count(when=a > b)" > out
    tsv 's q n' '8.0 2.00 1' | same out
}

@test "when= chooses rows for one aggregate; what it leaves out is not looked at" {
    tsv 'kind x' 'number 5' 'text five' | aggregate -a "s=sum(x, when=kind == 'number')" -a 'n=count()' > out
    tsv 's n' '5 2' | same out
}

@test "-w chooses rows for all; several must all hold; undecided is not true" {
    aggregate -g bank -a 'n=count()' -w 'npl >= 0' -w "district == 'W'" in.tsv > out
    tsv 'bank n' 'b3 1' | same out
}

# Missing values: rows of (not reported, cannot exist) beside 5.
missing() {
    printf 'x\n'
    printf '%s\n' "$@"
}

@test "sum and mean are empty when a value was not reported, unless missing= says otherwise" {
    local all=(-a 's=sum(x)' -a 'k=sum(x, missing=skip)' -a 'z=sum(x, missing=zero)' -a 'm=round(mean(x), 1)'
        -a 'mk=round(mean(x, missing=skip), 1)' -a 'mz=round(mean(x, missing=zero), 1)')
    missing 5 '' | aggregate "${all[@]}" > out
    tsv 's k z m mk mz' '_ 5 5 _ 5.0 2.5' | same out
    missing 5 '\-' | aggregate "${all[@]}" > out
    tsv 's k z m mk mz' '5 5 5 5.0 5.0 5.0' | same out
    missing '\-' '\-' | aggregate "${all[@]}" > out
    tsv 's k z m mk mz' '\- \- \- \- \- \-' | same out
    missing '' '\-' | aggregate "${all[@]}" > out
    printf 's\tk\tz\tm\tmk\tmz\n\t\t0\t\t\t0.0\n' | same out
}

@test "count, count_distinct, min and max skip what is missing" {
    missing 5 '' '\-' 5 7 | aggregate -a 'n=count()' -a 'c=count(x)' -a 'd=count_distinct(x)' -a 'lo=min(x)' \
        -a 'hi=max(x)' -a 'strict=max(x, missing=strict)' > out
    tsv 'n c d lo hi strict' '5 3 2 5 7 _' | same out
}

@test "first and last take the field as it stands, missing or not" {
    missing '' 5 '\-' | aggregate -a 'f=first(x)' -a 'l=last(x)' -a 'f5=first(x, when=x > 0)' > out
    tsv 'f l f5' '_ \- 5' | same out
}

@test "count_distinct of a column counts texts, of num(x) numbers; of several, combinations" {
    tsv 'x y' '1 a' '1.0 a' '1.00 b' '2 b' '1 a' |
        aggregate -a 't=count_distinct(x)' -a 'n=count_distinct(num(x))' -a 'p=count_distinct(x, y)' > out
    tsv 't n p' '4 2 4' | same out
}

@test "min and max of a text are bytewise" {
    tsv 't' 'b' 'B' '中' | aggregate -a 'lo=min(text(t))' -a 'hi=max(text(t))' > out
    tsv 'lo hi' 'B 中' | same out
}

@test "--rollup: a total stands after its members; --grouping tells it, --total names it" {
    aggregate -g district,bank --rollup --grouping g --total 'district=All of it' --total bank=total \
        -a 'loan=sum(loan)' in.tsv > out
    printf '%s\n' $'district\tbank\tg\tloan' $'E\tb1\t0\t10.5' $'E\tb2\t0\t3.25' $'E\ttotal\t1\t13.75' \
        $'W\tb1\t0\t-4' $'W\tb3\t0\t\\-' $'W\ttotal\t1\t-4' $'All of it\ttotal\t3\t9.75' | same out
}

@test "--cube: totals over every set of the keys, each at its own grain" {
    tsv 'a b who' '1 x p' '1 y p' '2 x p' | aggregate -g a,b --cube -a 'n=count_distinct(who)' --grouping g > out
    tsv 'a b g n' '1 x 0 1' '1 y 0 1' '1 \- 1 1' '2 x 0 1' '2 \- 1 1' '\- x 2 1' '\- y 2 1' '\- \- 3 1' | same out
}

@test "the grand total of an empty table is there" {
    head -n 1 in.tsv | aggregate -g district --rollup -a 'n=count()' > out
    tsv 'district n' '\- 0' | same out
}

@test "a key that is \\- in the data and a total are two lines" {
    tsv 'k x' '\- 1' 'a 2' | aggregate -g k --rollup --grouping g -a 's=sum(x)' > out
    tsv 'k g s' '\- 0 1' 'a 0 2' '\- 1 3' | same out
}

@test "--sets: totals over the sets of columns that are named, details only if asked for" {
    tsv 'a b x' '1 p 1' '1 q 2' '2 p 4' > in3.tsv
    aggregate -g a,b --sets 'a;b;' --grouping g -a 's=sum(x)' in3.tsv > out
    tsv 'a b g s' '1 \- 1 3' '2 \- 1 4' '\- p 2 5' '\- q 2 2' '\- \- 3 7' | same out
    aggregate -g a,b --sets 'a,b;a,b;' -a 's=sum(x)' in3.tsv > out
    tsv 'a b s' '1 p 1' '1 q 2' '2 p 4' '\- \- 7' | same out
    run -2 aggregate -g a,b --sets 'a;x' -a 's=sum(x)' in3.tsv
    [ "$output" = "aggregate: a grouping set has 'x', which is no key column" ]
}

@test "--grand-total: one row for all behind the groups" {
    tsv 'a x' '1 1' '2 4' | aggregate -g a --grand-total --total a=all -a 's=sum(x)' -a 'm=median(x)' > out
    tsv 'a s m' '1 1 1' '2 4 4' 'all 5 2.5' | same out
}

@test "median and quantiles: type 7 unless another of the nine is named" {
    tsv 'x' 1 2 3 4 10 > q.tsv
    aggregate -a 'm=median(x)' -a 'q7=quantile(x, 0.9)' -a 'q1=quantile(x, 0.9, 1)' -a 'q2=quantile(x, 0.4, 2)' \
        -a 'q6=quantile(x, 0.9, 6)' -a 'least=quantile(x, 0)' -a 'most=quantile(x, 1)' q.tsv > out
    tsv 'm q7 q1 q2 q6 least most' '3 7.6 10 2.5 10 1 10' | same out
}

@test "a quantile shows the decimals of the values it stands between" {
    tsv 'x' 1.50 2.50 | aggregate -a 'm=median(x)' -a 'lo=quantile(x, 0.5, 1)' > out
    tsv 'm lo' '2.00 1.50' | same out
    tsv 'x' 1 2 | aggregate -a 'm=median(x)' > out
    tsv 'm' '1.5' | same out
}

@test "variance is a fraction, a standard deviation is rounded to the digits it names" {
    tsv 'x' 2 4 4 4 5 5 7 9 > v.tsv
    aggregate -a 'p=round(var_pop(x), 3)' -a 's=round(var_samp(x), 3)' -a 'sp=stddev_pop(x, 2)' -a 'ss=stddev_samp(x, 18)' v.tsv > out
    tsv 'p s sp ss' '4.000 4.571 2.00 2.138089935299395077' | same out
    tsv 'x' 5 | aggregate -a 'p=round(var_pop(x), 1)' -a 's=round(var_samp(x), 1)' -a 'd=stddev_samp(x, 1)' > out
    tsv 'p s d' '0.0 \- \-' | same out
}

@test "a root that ends in 5 is rounded half up, one just below it is not" {
    tsv 'x' 0 3 | aggregate -a 'half=stddev_pop(x, 0)' > out # 1.5
    tsv 'half' '2' | same out
    tsv 'x' 0 2.999999999999999998 | aggregate -a 'less=stddev_pop(x, 0)' > out # 1.499999999999999999
    tsv 'less' '1' | same out
}

@test "mode: the least of the most frequent, or as ties= says" {
    tsv 'x' b a b a c > m.tsv
    aggregate -a 'm=mode(x)' -a 'g=mode(x, ties=greatest)' -a 'n=mode(x, ties=none)' m.tsv > out
    tsv 'm g n' 'a b \-' | same out
    tsv 'x' 10 9 9.0 | aggregate -a 'text=mode(x)' -a 'number=mode(num(x))' > out
    tsv 'text number' '10 9.0' | same out
}

@test "concat_distinct: the different values, bytewise, texts or numbers" {
    tsv 'x' 10 9 10 _ 9.0 '\-' | aggregate -a 't=concat_distinct(x)' -a "n=concat_distinct(num(x), ' | ')" > out
    printf 't\tn\n10,9,9.0\t9.0 | 10\n' | same out
}

@test "first and last by a key: the value where it is least or greatest; equal keys by ties=" {
    tsv 'x d' 'b 2022-03' 'a 2022-01' 'c 2022-03' 'z _' > k.tsv
    aggregate -a 'f=first(x, text(d))' -a 'l=last(x, text(d))' -a 'lg=last(x, text(d), ties=greatest)' \
        -a 'ln=last(x, text(d), ties=none)' k.tsv > out
    tsv 'f l lg ln' 'a b c \-' | same out
    tsv 'x k' 'a 10' 'b 9' 'c 9.0' | aggregate -a 'f=first(x, k)' -a 'l=last(x, k)' -a 'n=first(x, k, ties=none)' > out
    tsv 'f l n' 'b a \-' | same out
    run -3 aggregate -a 'f=first(x, d)' k.tsv
    [ "$output" = "aggregate: k.tsv:2: column 'd': not a decimal: '2022-03'" ]
}

@test "weighted sums and means over the rows that have both" {
    tsv 'rate amount' '4.00 100' '5.00 300' '_ 50' '\- 20' > w.tsv
    aggregate -a 's=sumproduct(rate, amount, missing=skip)' -a 'm=round(weighted_mean(rate, amount, missing=skip), 4)' \
        -a 'z=round(weighted_mean(rate, amount, missing=zero), 4)' -a 'strict=sumproduct(rate, amount)' w.tsv > out
    tsv 's m z strict' '1900.00 4.7500 4.2222 _' | same out
    tsv 'rate amount' '4 1' '6 -1' | aggregate -a 'm=round(weighted_mean(rate, amount), 2)' > out
    tsv 'm' '\-' | same out
}

@test "top_sum, top_share and hhi: how much the greatest have" {
    tsv 'g x' 'a 50' 'a 30' 'a 20' 'b 0' 'b 0' | aggregate -g g -a 't=top_sum(x, 2)' -a 's=round(top_share(x, 2) * 100, 1)' \
        -a 'h=round(hhi(x) * 10000, 0)' > out
    tsv 'g t s h' 'a 80 80.0 3800' 'b 0 \- \-' | same out
}

@test "histogram: values by bands, the lower bound inside" {
    tsv 'dpd' -1 0 29 30 90 400 _ | aggregate -a 'h=histogram(dpd, 0, 30, 90)' > out
    tsv 'h' '1,2,1,2' | same out
}

@test "when= goes with every aggregate" {
    tsv 'x y k' '1 a 5' '2 b 4' '3 a 3' 'no c 2' > when.tsv
    aggregate -a "m=median(x, when=y == 'a')" -a "t=top_sum(x, 1, when=y != 'c')" -a "f=first(x, k, when=y == 'b')" \
        -a "p=sumproduct(x, k, when=y == 'a')" -a "h=histogram(x, 2, when=y != 'c')" -a "d=count_distinct(y, when=k > 2)" when.tsv > out
    tsv 'm t f p h d' '2 3 2 14 1,2 2' | same out
}

@test "sums at different scales are exact, and what 128 bits cannot hold is refused" {
    tsv 'x' 1 0.000000000000000001 > fine.tsv
    aggregate -a 's=sum(x)' fine.tsv > out
    tsv 's' '1.000000000000000001' | same out
    run -3 aggregate -a 'm=median(x)' -o out fine.tsv
    [ "$output" = "aggregate: column 'm': the value leaves 128 bits or 18 decimals (group '')" ]
    tsv 'x' 99999999999999999999999999999999999 0.000000000000000001 > wide.tsv
    run -3 aggregate -a 's=sum(x)' wide.tsv
    [ "$output" = "aggregate: wide.tsv:3: column 'x': the sum leaves 128 bits" ]
}

@test "--sorted: the same result, and rows out of order are refused with their line" {
    tsv 'a b x' '1 p 1' '1 q 2' '2 p 4' > sorted.tsv
    aggregate -g a,b --rollup -a 's=sum(x)' sorted.tsv > want
    aggregate -g a,b --rollup -a 's=sum(x)' --sorted sorted.tsv | same want
    { cat sorted.tsv; tsv '1 z 1'; } > unsorted.tsv
    run -3 aggregate -g a,b -a 's=sum(x)' --sorted -o out unsorted.tsv
    [ "$output" = "aggregate: unsorted.tsv:5: the rows are not sorted by the keys: '1\x09z' comes after '2\x09p'" ]
    [ ! -e out ]
    { cat sorted.tsv; tsv '2 p 1' '3 a 1' '2 p 1'; } > apart.tsv
    run -3 aggregate -g a,b -a 's=sum(x)' --sorted apart.tsv
    [[ $output == *":7: the rows are not sorted"* ]]
}

@test "--sorted over a hundred thousand groups needs no more memory than over ten" {
    awk 'BEGIN { print "k\tx"; for (i = 0; i < 200000; i++) printf "%06d\t%d\n", i / 2, i }' > many.tsv
    (ulimit -v 60000 && aggregate --version > /dev/null 2>&1) || skip "a sanitizer wants more address space"
    run -0 bash -c 'ulimit -v 60000 && aggregate -g k -a "s=sum(x)" -a "m=median(x)" --sorted many.tsv | tail -n 1'
    tsv '099999 399997 199998.5' | same <(echo "$output")
}

@test "--memory: groups through temporary files, the same bytes; nothing is left behind" {
    awk 'BEGIN { print "k\tx"; for (i = 0; i < 50000; i++) printf "%d\t%d.%02d\n", i * 7919 % 20011, i, i % 100 }' > many.tsv
    mkdir tmp
    aggregate -g k -a 's=sum(x)' -a 'm=median(x)' -a 'd=count_distinct(x)' many.tsv > want
    aggregate -g k -a 's=sum(x)' -a 'm=median(x)' -a 'd=count_distinct(x)' --memory 100K -T tmp many.tsv | same want
    [ -z "$(ls tmp)" ]
    run -4 aggregate -g k -a 's=sum(x)' --memory 1 -T nowhere many.tsv
    [[ $output == *"nowhere: "* ]]
    run -5 aggregate -g k -a 's=sum(x)' --memory 1 --order first many.tsv
    [[ $output == *"in the order of their first appearance they cannot go to temporary files"* ]]
    run -2 aggregate -g k --memory lots many.tsv
}

@test "a full temporary directory is status 4" {
    [ -e /dev/full ] || skip "no /dev/full"
    awk 'BEGIN { print "k\tx"; for (i = 0; i < 50000; i++) printf "%d\t%d\n", i, i }' > many.tsv
    run -4 bash -c 'ulimit -f 1; trap "" XFSZ; aggregate -g k -a "s=sum(x)" --memory 1 many.tsv > /dev/null'
    [[ $output == *"temporary file"* ]]
}

@test "a ratio without a value is \\-; --undefined counts such, or makes them errors" {
    tsv 'k a b' 'x 1 0' 'y 2 4' 'z 1 0' > u.tsv
    local ratios=(-g k -a 'r=pct(sum(a), sum(b), 1)' -a 'w=round(weighted_mean(a, b), 2)')
    aggregate "${ratios[@]}" u.tsv > out
    tsv 'k r w' 'x \- \-' 'y 50.0 2.00' 'z \- \-' | same out
    aggregate "${ratios[@]}" --undefined count u.tsv 2> told | same out
    printf '%s\n' "aggregate: column 'r': 2 ratios without a value, the first in the group 'x'" \
        "aggregate: column 'w': 2 ratios without a value, the first in the group 'x'" | same told
    run -3 aggregate "${ratios[@]}" --undefined error -o out u.tsv
    [ "$output" = "aggregate: column 'r': undefined: a base that is not positive in 'pct(sum(a), sum(b), 1)' (group 'x')" ]
    run -3 aggregate -g k -a 'w=round(weighted_mean(a, b), 2)' --undefined error -o out u.tsv
    [ "$output" = "aggregate: column 'w': undefined: a base of zero (group 'x')" ]
    for within in "-a r=round(sum(a/b),1)" "-a n=count(when=a/b>1)" "-g k -w a/b>1"; do
        run -3 aggregate $within --undefined error -o out u.tsv
        [ "$output" = "aggregate: u.tsv:2: undefined: division by zero in 'a/b'" ]
    done
    run -2 aggregate "${ratios[@]}" --undefined maybe u.tsv
}

@test "an unknown column is answered with those there are" {
    run -2 aggregate -a 's=sum(nowhere)' in.tsv
    [[ $output == *"no column 'nowhere'"*"; there are: district, bank, loan, npl" ]]
    run -2 aggregate -g bank -a 's=nowhere + 1' in.tsv
    [[ $output == *"no column 'nowhere'"*"; there are: district, bank, loan, npl" ]]
}

@test "several files with one header are one table; another header is refused" {
    aggregate -a 'n=count()' in.tsv in.tsv > out
    tsv 'n' '8' | same out
    tsv 'a' '1' > other.tsv
    run -3 aggregate -a 'n=count()' in.tsv other.tsv
    [ "$output" = "aggregate: other.tsv:1: the header is not that of in.tsv" ]
}

@test "gzip, standard input and a last line without LF" {
    printf 'x\n1\n2' | gzip > in.gz
    aggregate -a 's=sum(x)' in.gz > out
    tsv 's' '3' | same out
    aggregate -a 's=sum(x)' - < in.gz | same out
}

@test "-o writes whole or not at all" {
    echo old > out
    run -3 aggregate -a 's=sum(bank)' -o out in.tsv
    [ "$(cat out)" = old ]
    aggregate -a 'n=count()' -o out in.tsv
    tsv 'n' '4' | same out
}

@test "text in a number column: status 3, file, line, column and value" {
    run -3 aggregate -a 's=sum(bank)' in.tsv
    [ "$output" = "aggregate: in.tsv:2: column 'bank': not a decimal: 'b1'" ]
    run -3 aggregate -a 's=sum(x)' <<< $'x\n1\n1e5'
    [ "$output" = "aggregate: (standard input):3: column 'x': not a decimal: '1e5'" ]
    run -3 aggregate -a 's=sum(x)' <<< $'x\n0.1234567890123456789'
    [[ $output == *"more than 18 decimals"* ]]
}

@test "what is not a plain decimal is found at every place in the file" {
    { echo x; for _ in $(seq 300); do echo 1.00; done; } > good.tsv
    for bad in +1 .5 5. 1,000 ' 1' '1 ' -- - 0x1F 1.2.3 １ +1.00 .50 -.50 1..0 1:00 1.0: 1./0 1e.00 ' 1.00' 1-1.00 a.00 1.0a \
        12345678901234567.0x; do
        run -3 aggregate -a 's=sum(x)' <<< $'x\n'"$bad"
        [[ $output == *":2: column 'x': not a decimal: "* ]]
        run -3 aggregate -a 's=sum(x)' <<< "$(cat good.tsv; echo "$bad")"
        [[ $output == *":302: column 'x': not a decimal: "* ]]
    done
    for good in 7 -7.00 0123.40 -0.00 7.5 7.125 123456789012.34 1234567890123.45 12345678901234.56 123456789012345678.90 \
        99999999999999999999999999999999.99; do
        aggregate -a 's=sum(x)' <<< "$(cat good.tsv; echo "$good")" > out
        printf 's\n%s\n' "$(python3 -c 'import sys; from decimal import *; getcontext().prec = 50
print(Decimal(sys.argv[1]) + Decimal("300.00"))' "$good")" | same out
    done
}

@test "overflow: status 3, naming the row" {
    local nines=999999999999999999999999999999999999
    { echo x; for _ in $(seq 200); do echo $nines; done; } > big.tsv
    run -3 aggregate -a 's=sum(x)' big.tsv
    [ "$output" = "aggregate: big.tsv:172: column 'x': the sum leaves 128 bits" ]
}

@test "a ragged row: status 3 with its line; no bytes at all: status 3" {
    run -3 aggregate -a 'n=count()' <<< $'a\tb\n1\t2\n3'
    [ "$output" = "aggregate: (standard input):3: 1 field, the header has 2" ]
    run -3 aggregate -a 'n=count()' < /dev/null
}

@test "a name with a comma is written with a backslash" {
    tsv 'a,b x' 'p 1' 'p 2' | aggregate -g 'a\,b,x' --rollup -a 'n=count()' > out
    tsv 'a,b x n' 'p 1 1' 'p 2 1' 'p \- 2' '\- \- 2' | same out
}

@test "misuse is status 2, before any row is read" {
    run -2 aggregate in.tsv
    run -2 aggregate -g nowhere in.tsv
    [[ $output == *"no column 'nowhere'; there are: district, bank, loan, npl"* ]]
    run -2 aggregate -g bank,bank in.tsv
    run -2 aggregate -a 'loan' in.tsv
    run -2 aggregate -a 'x=loan' in.tsv
    run -2 aggregate -a 'x=sum(nowhere)' in.tsv
    run -2 aggregate -a 'x=sum(loan, npl)' in.tsv
    run -2 aggregate -a 'x=sum(loan, missing=maybe)' in.tsv
    run -2 aggregate -a 'x=count()' -a 'x=sum(loan)' in.tsv
    run -2 aggregate -g bank -a 'bank=count()' in.tsv
    run -2 aggregate --rollup -a 'n=count()' in.tsv
    run -2 aggregate -g bank --rollup --cube -a 'n=count()' in.tsv
    run -2 aggregate -g bank --total bank=all -a 'n=count()' in.tsv
    run -2 aggregate -g bank --rollup --total loan=all -a 'n=count()' in.tsv
    run -2 aggregate -g bank --grouping bank in.tsv
    run -2 aggregate -g bank --order random in.tsv
}

@test "a full disk is status 4" {
    [ -e /dev/full ] || skip "no /dev/full"
    run -4 bash -c 'aggregate -g bank -a "n=count()" in.tsv > /dev/full'
}

law() {
    python3 "$TOP/tests/judge/aggregate_judge.py" "$@"
}

@test "law: every aggregate at several grains is what its definition says (200 random tables)" {
    law judge
}

@test "law: the order of the rows makes no difference (200 random tables)" {
    law permuted
}

@test "law: totals are what separate runs give (200 random tables)" {
    law rolled
}

@test "law: tables in several files give what the whole ones give (200 random tables)" {
    law split
}

@test "law: parts merged in any tree give what the whole gives, and the same part (200 random tables)" {
    law merged
}

@test "law: groups that went through temporary files are what they were (200 random tables)" {
    law spilled
}

@test "law: rows that come sorted give the same (200 random tables)" {
    law sorted
}

@test "law: columns decoded at speed are what the same values are as expressions (200 random tables)" {
    law careful
}
