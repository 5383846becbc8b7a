#!/usr/bin/env bats
# The expression language as its page has it, and as independent judges compute it.

load helper

@test "every function of the page is called as the page says, and the parser has no other" {
    run -0 python3 "$TOP/tests/judge/language_judge.py" functions
    [[ $output == *" functions, 0 wrong" ]]
}

@test "the parser takes what the page's grammar takes, and nothing else" {
    run -0 python3 "$TOP/tests/judge/language_judge.py" grammar 20221130 400
    [ "$output" = "400 sentences, 0 wrong" ]
}

@test "200 random tables: every operator and function as Python's fractions, dates and strings have it" {
    run -0 python3 "$TOP/tests/judge/expr_judge.py" 20221130 200
    [ "$output" = "200 tables, 8 expressions each, 0 wrong" ]
}

@test "200 random tables: sums over groups, running sums and earlier months, sorted or not" {
    run -0 python3 "$TOP/tests/judge/window_judge.py" 20221130 200
    [ "$output" = "200 tables, 0 wrong" ]
}

@test "any text is refused with a reason or compiled, and then columns and single rows agree" {
    run -0 "$BUILD/fuzz/expr" 20000 "$TOP"/tests/fuzz/expr/*
}
