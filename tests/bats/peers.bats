#!/usr/bin/env bats
# aggregate beside GNU datamash: the facts in tests/peers, and where the two part (docs/aggregate-and-others.md).

load helper

judge() {
    run -0 python3 "$TOP/tests/judge/peers_judge.py" "$@"
}

@test "25 sets of numbers: counts, sums, extremes, means, quantiles, modes, variances, deviations are datamash's" {
    judge "$TOP/tests/peers/numbers.tsv"
}

@test "8 sets of texts: first, last, distinct values are datamash's" {
    judge "$TOP/tests/peers/texts.tsv"
}

@test "the facts are those of the datamash that is installed" {
    command -v datamash > /dev/null || skip "datamash is not installed"
    judge "$TOP/tests/peers/numbers.tsv" datamash
    judge "$TOP/tests/peers/texts.tsv" datamash
}

@test "groups of unsorted rows are not split: datamash gives A twice without -s" {
    tsv 'k x' 'A 10' 'A 5' 'B 3' 'A 1' | aggregate -g k -a 's=sum(x)' > out
    tsv 'k s' 'A 16' 'B 3' | same out
}

@test "NA is skipped where it is asked for, like --narm; and is no number otherwise" {
    tsv 'k x' 'A 10' 'A \-' 'B 3' 'A 1' | aggregate -g k -a 's=sum(x)' -a 'm=round(mean(x), 1)' -a 'n=count()' > out
    tsv 'k s m n' 'A 11 5.5 3' 'B 3 3.0 1' | same out
    run -3 aggregate -a 's=sum(x)' <<< $'x\n1\nNA'
    [ "$output" = "aggregate: (standard input):3: column 'x': not a decimal: 'NA'" ]
}

@test "sums keep every digit: datamash prints 1e+14" {
    tsv 'x' '99999999999999.99' '0.01' | aggregate -a 's=sum(x)' > out
    tsv 's' '100000000000000.00' | same out
}

@test "0x10, 1e3, 1,000 and nan are no decimals" {
    for bad in 0x10 1e3 1,000 nan; do
        run -3 aggregate -a 's=sum(x)' <<< $'x\n'"$bad"
        [[ $output == *"not a decimal: '$bad'" ]]
    done
}

@test "a group's missing and reported values, as tsv-summarize counts them" {
    tsv 'k x' 'a 1' 'a _' 'a \-' 'b 2' | aggregate -g k -a 'missing=count() - count(x)' -a 'reported=count(x)' \
        -a 'range=max(x) - min(x)' > out
    tsv 'k missing reported range' 'a 2 1 0' 'b 0 1 0' | same out
}
