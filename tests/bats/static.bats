#!/usr/bin/env bats
# The static build: the same filters without shared libraries. Where it stands on code of its own (zip files without
# libzip, encodings without iconv's modules) it is compared with the ordinary build, file by file.

load helper

sanitized() { grep -q __asan_init "$BIN/extract"; }

setup_file() {
    ! sanitized || return 0
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES \
        make -s --no-print-directory -C "$TOP" static BUILD="$BUILD" BIN="$BIN" > "$BATS_FILE_TMPDIR/made" 2>&1 || { cat "$BATS_FILE_TMPDIR/made"; return 1; }
}

setup() { ! sanitized || skip "a build with sanitizers cannot be static"; }

# both ARGUMENT...: extract of either build gives the same bytes, messages and status.
both() {
    local a=0 b=0
    "$BIN/extract" --max-errors 5 "$@" > a.out 2> a.err || a=$?
    "$BUILD/static/bin/extract" --max-errors 5 "$@" > b.out 2> b.err || b=$?
    [ "$a" = "$b" ] && cmp a.out b.out || { echo "$*: $a, $b"; cat a.err b.err; return 1; }
}

@test "no program needs a shared library" {
    for program in "$BUILD"/static/bin/*; do
        run ! ldd "$program"
        run -0 "$program" --version
    done
    [ "$(ls "$BUILD/static/bin" | wc -l)" = "$(sed -n 's/^TOOLS = //p' "$TOP/Makefile" | wc -w)" ]
}

@test "every character of Unicode in GB18030 and UTF-16" {
    python3 -c '
import sys
print("c")
for c in range(0x80, 0x110000):
    if not 0xd800 <= c <= 0xdfff and c not in (0xfffd, 0xfeff, 0xfffe):
        sys.stdout.write(chr(c) + ("\n" if c % 64 == 63 else ""))
print()' > utf8
    for e in GB18030 UTF-16LE UTF-16BE; do
        iconv -c -f UTF-8 -t "$e" utf8 > in || true # a few private ones have no place in GB18030
        both -e "$e" in
        [ "$(wc -c < b.out)" -gt 4000000 ]
        cmp a.err b.err
    done
}

@test "illegal and cut characters are found at the same place" {
    for bytes in '\xff' '\x80' '\x81' '\x81\x20' '\x81\x7f' '\x81\x30' '\x81\x30\x81' '\x81\x30\x81\x20' '\x81\x30\x20' '\x84\x31\xa5\x30' \
        '\xe3\x32\x9a\x36' '\xfe\xfe' '\xa2\xe3' '\xa8\xbc'; do
        printf "a\n\xd6\xd0$bytes\nx\n" > in
        both -e GB18030 in
        printf "a\n\xd6\xd0$bytes" > in
        both -e GB18030 in
    done
    for bytes in '\x00\xd8' '\x00\xdc' '\x00\xd8a\x00' '\x00' '\x00\xd8\x00\xdc'; do
        printf 'a\0\n\0b\0'"$bytes" > in
        both -e UTF-16LE in
    done
}

@test "workbooks: deflated, stored, cut and damaged at many places" {
    local level at
    for level in 6 0; do
        python3 -B "$TOP/tests/judge/make_xlsx.py" in.xlsx <<< '{"level": '$level', "sheets": [{"name": "S", "cells": {"A1": "机构", "B1": "x",
            "A2": "甲", "B2": 1.5, "A3": {"inline": "乙"}, "B3": 2}}]}'
        both in.xlsx
        [ "$(wc -l < b.out)" = 3 ]
        size=$(wc -c < in.xlsx)
        for ((at = 1; at < size; at += size / 40)); do
            head -c "$at" in.xlsx > cut.xlsx
            both cut.xlsx
            { head -c "$at" in.xlsx; printf '\x5a'; tail -c +$((at + 2)) in.xlsx; } > bad.xlsx
            both bad.xlsx
        done
    done
    python3 -B "$TOP/tests/judge/make_xlsx.py" in.xlsx <<< '{"backslashes": true, "sheets": [{"name": "S", "cells": {"A1": "机构"}}]}'
    both in.xlsx
    [ "$(cat b.out)" = 机构 ]
}

@test "an encoding that it does not have is unknown, and those that it has are known by name" {
    printf 'a\n1\n' > in
    run -2 "$BUILD/static/bin/extract" -e BIG5 in
    for e in UTF-8 GBK GB2312 gb18030; do
        run -0 "$BUILD/static/bin/extract" -e "$e" in
    done
}
