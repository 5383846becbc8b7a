#!/usr/bin/env bats
# derive: what expressions say of other rows: sums over the group, running sums, earlier months. Values are judged in
# language.bats; here is how the options behave.

load helper

setup() {
    tsv 'bank period loan' 'b1 2021-12 100.00' 'b1 2022-10 104' 'b1 2022-11 110.00' 'b2 2021-11 50' 'b2 2022-11 60.5' > in.tsv
}

@test "earlier months are found by date, wherever they stand, and a gap is empty" {
    sed -n '1p;4p;6p' in.tsv > now.tsv
    sed -n '1p;2p;3p;5p' in.tsv > then.tsv
    derive -g bank --period period -a 'p=prev(loan)' -a 'q=prev(loan, 2)' -a 'o=opening(loan)' -a 's=same_period(loan)' \
        -w "period == '2022-11'" now.tsv then.tsv > out
    tsv 'bank period loan p q o s' 'b1 2022-11 110.00 104 _ 100.00 _' 'b2 2022-11 60.5 _ _ _ 50' | same out
}

@test "a missing value is found as it stands, and a text as a text" {
    tsv 'bank period x' 'b1 2022-01 \-' 'b1 2022-02 _' 'b1 2022-03 007' 'b1 2022-04 1' |
        derive -g bank --period period -a 'p=prev(x)' -a 'd=num(x) - prev(x)' -a "t=concat('/', prev(text(x)))" > out
    tsv 'bank period x p d t' 'b1 2022-01 \- _ \- _' 'b1 2022-02 _ \- \- \-' 'b1 2022-03 007 _ _ _' 'b1 2022-04 1 007 -6 /007' | same out
}

@test "an unrounded ratio of an earlier month keeps all its digits" {
    tsv 'k m a b' 'x 2022-01 1 3' 'x 2022-02 2 3' | derive -g k --period m -a 'd=round(pct(a, b) - prev(pct(a, b)), 6)' -c d > out
    tsv d _ 33.333333 | same out
}

@test "-w drops rows after they were seen by others" {
    derive -g bank -a 'share=pct(loan, sum(loan), 2)' -w "period == '2022-11'" -c bank,share in.tsv > out
    tsv 'bank share' 'b1 35.03' 'b2 54.75' | same out
}

@test "without -g the table is one group" {
    derive -a 'n=count()' -a 'all=sum(loan)' -c n,all in.tsv | uniq > out
    tsv 'n all' '5 424.50' | same out
}

@test "a later -a and a condition may use them" {
    derive -g bank -a 'share=pct(loan, sum(loan), 2)' -a 'half=share / 2' -w 'share > 40 and count() < 3' -c half in.tsv > out
    tsv half 22.625 27.375 | same out
}

@test "a sorted input holds a group at a time, and gives the same over many blocks" {
    awk 'BEGIN { OFS = "\t"; print "k", "m", "x"
        for (k = 100; k < 160; k++) for (m = 0; m < 400; m++) print k, sprintf("%04d-%02d", 1990 + int(m / 12), m % 12 + 1), (k * m) % 997 / 4 }' > large.tsv
    options=(-g k -k m:text --period m -a 's=pct(x, sum(x), 3)' -a 'r=running_sum(x)' -a 'p=prev(x)' -a 'y=num(x) - same_period(x)')
    derive "${options[@]}" large.tsv > whole
    derive "${options[@]}" --sorted large.tsv | cmp - whole
    [ "$(wc -l < whole)" = 24001 ]
    # The last running sum of a group is its sum.
    derive -g k -k m:text -a 'r=running_sum(x)' -w 'r == sum(x)' -c k large.tsv | sed 1d | sort -u | wc -l | grep -qx 60
}

@test "an order that is not declared is refused" {
    run -2 --separate-stderr derive -a 'r=running_sum(loan)' in.tsv
    [[ $stderr == "derive: -a r: running_sum() needs -k, the order of the rows, in 'running_sum(loan)'; try"* ]]
    run -3 --separate-stderr derive -k loan -a 'r=running_sum(loan)' in.tsv
    [ "$stderr" = "derive: in.tsv:3: not in the order of -k: it stands behind in.tsv:2" ]
    tsv 'bank x' 'b1 2' 'b2 2.0' > tie.tsv
    run -3 --separate-stderr derive -k x -a 'r=running_sum(x)' tie.tsv
    [ "$stderr" = "derive: tie.tsv:3: equal to tie.tsv:2 in the columns of -k, so the order of the two is not declared" ]
    derive -k x,bank:text -a 'r=running_sum(x)' tie.tsv > out
    tsv 'bank x r' 'b1 2 2' 'b2 2.0 4.0' | same out
}

@test "rank --sort with the same -k and -g gives the order that -k declares" {
    rank -g bank -k loan --sort in.tsv | derive -g bank -k loan --sorted -a 'r=running_sum(loan)' -c r > out
    tsv r 110.00 214.00 314.00 60.5 110.5 | same out
}

@test "a month that a group has twice is named, with the other" {
    run -3 --separate-stderr derive --period period -a 'p=prev(loan)' in.tsv
    [ "$stderr" = "derive: in.tsv:6: column 'period': its group has this month already, in in.tsv:4" ]
}

@test "what is no month, no number, or not sorted is named by its line" {
    run -3 --separate-stderr derive --period bank -a 'p=prev(loan)' in.tsv
    [ "$stderr" = "derive: in.tsv:2: column 'bank': not a date or a month: 'b1'" ]
    run -3 --separate-stderr derive -a 's=sum(bank)' in.tsv
    [ "$stderr" = "derive: in.tsv:2: column 'bank': not a decimal: 'b1'" ]
    run -3 --separate-stderr derive -g bank --period period -a 'p=prev(num(bank))' in.tsv
    [[ ${stderr_lines[0]} == "derive: in.tsv:3: column 'bank': not a decimal: 'b1'" ]]
    run -3 --separate-stderr derive -k bank:asc -a 'r=running_sum(loan)' in.tsv
    [ "$stderr" = "derive: in.tsv:2: column 'bank': not a decimal: 'b1' (:text orders as text)" ]
    run -3 --separate-stderr derive -g period --sorted -a 's=count()' in.tsv
    [ "$stderr" = "derive: in.tsv:5: not sorted by the columns of -g: this key stands behind a greater one" ]
}

@test "a sum that leaves 128 bits names the row, and nothing is kept" {
    echo before > kept
    { echo x; yes 99999999999999999999999999999999999 | head -n 2000; } > big.tsv
    run -3 --separate-stderr derive -a 's=sum(x)' -o kept big.tsv
    [ "$stderr" = "derive: big.tsv:1703: the sum over its group leaves 128 bits" ]
    echo before | same kept
}

@test "--undefined error also refuses a ratio that a sum takes" {
    tsv 'a b' '1 2' '1 0' > ratio.tsv
    derive -a 's=round(sum(a / b, missing=skip), 1)' -c s ratio.tsv > out
    tsv s 0.5 0.5 | same out
    run -3 --separate-stderr derive --undefined error -a 's=round(sum(a / b), 1)' ratio.tsv
    [ "$stderr" = "derive: ratio.tsv:3: undefined: division by zero in 'a / b'" ]
}

@test "misuse is status 2 with a reason" {
    refused() { run -2 --separate-stderr derive "${@:2}" in.tsv; [[ $stderr == "derive: $1"* ]] || { echo "$stderr"; false; }; }
    refused "-a p: prev() needs --period, the column of months, in 'prev(loan)'; try" -a 'p=prev(loan)'
    refused "-a p: prev() wants a whole number of months from 1 to 1200, in 'prev(loan, 0)'" --period period -a 'p=prev(loan, 0)'
    refused "-a p: prev() takes a value of the row" --period period -a 'p=prev()'
    refused "-a p: prev() takes a value of the row" --period period -a 'p=prev(skip)'
    refused "-a p: prev() takes one value" --period period -a 'p=prev(loan, 1, 2)'
    refused "-a s: sum() takes a value of the row" -a 's=sum()'
    refused "-a s: sum() takes one value" -a 's=sum(loan, loan)'
    refused "-a s: sum() takes the keywords when= and missing=strict, skip or zero" -a 's=sum(loan, missing=loan)'
    refused "-a s: count() takes the keyword when=" -a 's=count(loan, missing=skip)'
    refused "-a s: text stands where a number is wanted" -a 's=sum(upper(bank))'
    refused "-a p: opening() takes one value" --period period -a 'p=opening(loan, 1)'
    refused "-a p: opening() takes no keyword" --period period -a 'p=opening(loan, when=loan > 1)'
    refused "-a s: an aggregate inside an aggregate, at 'prev' in 'sum(prev(loan))'" --period period -a 's=sum(prev(loan))'
    refused "-a s: column 'd' is computed; inside an aggregate stand columns of the input, at 'd'" -a 'd=loan * 2' -a 's=sum(d)'
    refused "-a s: no column 'laon', at 'laon' in 'sum(laon)'; is it 'loan'? there are: bank, period, loan; try" -a 's=sum(laon)'
    refused "-a m: 'mean(loan)' may have no finite decimal" -a 'm=mean(loan)'
    refused "-g is given, but no expression needs it" -g bank -a 'd=loan * 2'
    refused "-k is given, but no expression needs it" -k bank:text -a 's=sum(loan)'
    refused "--period is given, but no expression needs it" --period period -a 's=sum(loan)'
    refused "--sorted needs -g, the columns the input is sorted by" --sorted -a 's=sum(loan)'
    refused "-k: no column 'lown'; there are: bank, period, loan; try" -k lown -a 'r=running_sum(loan)'
    refused "-g: no column 'benk'; there are: bank, period, loan" -g benk -a 's=sum(loan)'
}

@test "a header alone gives a header alone" {
    head -n 1 in.tsv | derive -g bank -k loan --period period -a 'p=prev(loan)' -a 'r=running_sum(loan)' -a 's=sum(loan)' > out
    tsv 'bank period loan p r s' | same out
}
