#!/usr/bin/env bats
# Exact arithmetic against an implementation of the General Decimal Arithmetic specification (docs/arithmetic.md).

load helper

@test "the committed cases are what the judge computes" {
    python3 "$TOP/tests/judge/decimal_judge.py" | cmp - "$TOP/tests/judge/decimal_cases.tsv"
}

@test "10000 random cases: decimals and fractions give the judge's results" {
    python3 "$TOP/tests/judge/decimal_judge.py" 20221130 10000 > cases.tsv
    run -0 "$BUILD/unit/decimal_cases_test" cases.tsv
    [ "$(sed 1d cases.tsv | wc -l)" = 10000 ]
}
