# Some seconds of fuzzing the text formats and what is made of them; `make fuzz` goes on for longer.
load helper

@test "CSV and TSV: fast and with care agree on mutated files" {
    run -0 "$BUILD/fuzz/csv" 1500 "$TOP"/tests/fuzz/csv/*
}

@test "GB18030: the decoder and iconv agree on mutated texts" {
    run -0 "$BUILD/fuzz/gb18030" 10000 "$TOP"/tests/fuzz/gb18030/*
}

@test "whole extractions: a table or a reason, and the same one when every change is listed" {
    run -0 "$BUILD/fuzz/extract" 2000 "$TOP"/tests/fuzz/extract/*
}
