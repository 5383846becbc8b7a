#!/usr/bin/env bats
# The house itself: which way its parts may look, that the manuals are right, that scripts and sources are in order.

load helper

@test "lib/ includes nothing of tools/ and says nothing of banks" {
    run ! grep -nE '#include "(tools|pipelines)/' "$TOP"/lib/*/*.[ch]
    run ! grep -nwiE 'bank|loan|deposit|npl|贷款|存款|不良' "$TOP"/lib/*/*.[ch]
}

@test "the rooms of lib/ look only at those before them" {
    # What a room may include besides itself; each room only names rooms that stand before it.
    allowed() {
        case $1 in
        base) echo ;;
        stream | number) echo base ;;
        spec) echo base stream number ;;
        expr) echo base stream number ;;
        order) echo base stream number expr ;;
        group) echo base stream number expr order ;;
        derive) echo base stream number expr order ;;
        read) echo base stream number spec ;;
        schema) echo base stream number spec read ;;
        rules) echo base stream number spec expr read schema ;;
        check) echo base stream number spec expr read schema rules ;;
        claims) echo base stream number spec expr read ;;
        print) echo base stream number spec expr ;;
        esac
    }
    for room in "$TOP"/lib/*/; do
        room=$(basename "$room")
        for used in $(cat "$TOP/lib/$room"/*.[ch] | sed -n 's|^#include "lib/\([a-z]*\)/.*|\1|p' | sort -u); do
            [ "$used" = "$room" ] || [[ " $(allowed "$room") " == *" $used "* ]] || { echo "lib/$room includes lib/$used"; return 1; }
        done
    done
}

@test "lib/ prints nothing and never exits, but for exhausted memory" {
    run ! grep -nE '\b(printf|puts|perror|exit|_exit|abort|fprintf) *\(' $(ls "$TOP"/lib/*/*.c | grep -v '/mem\.c$')
}

@test "tools/ knows nothing of this city" {
    run ! grep -nE '泰安|泰山|F1\.|B0[1-9]\b' $(ls "$TOP"/tools/*.c)
}

@test "no binary floating point in lib/ or tools/" {
    run ! grep -nwE 'double|float|strtod|atof' "$TOP"/lib/*/*.[ch] "$TOP"/tools/*.[ch]
}

@test "every filter has a manual page, --help within 25 lines and --version" {
    for tool in extract validate claims derive lookup aggregate rank compare render bulletin; do
        [ -f "$TOP/tools/$tool.1" ]
        run -0 "$tool" --help
        [ "${#lines[@]}" -le 25 ]
        run -0 "$tool" --version
        [ "$output" = "$tool (tongbao) $(cat "$TOP/VERSION")" ]
        run -2 "$tool" --no-such-option
    done
}

@test "mandoc finds nothing wrong in the manual pages" {
    run -0 mandoc -Tlint -W warning "$TOP"/tools/*.[157]
}

@test "every example in the manual pages gives what the page says" {
    for page in "$TOP"/tools/*.[157]; do
        run -0 python3 "$TOP/tests/bats/examples.py" "$page"
    done
}

@test "shellcheck finds nothing wrong in the scripts" {
    command -v shellcheck > /dev/null || skip "shellcheck is not installed"
    run -0 shellcheck -S warning "$TOP/setup" "$TOP/tests/run" $(grep -slE '^#!/bin/(ba)?sh' "$TOP"/pipelines/* "$TOP"/tests/bench/*)
}

@test "the sources are formatted" {
    command -v clang-format > /dev/null || skip "clang-format is not installed"
    run -0 clang-format --dry-run --Werror "$TOP"/lib/*/*.[ch] "$TOP"/tools/*.[ch] "$TOP"/tests/unit/*.[ch]
}

@test "the committed sample is what its generator makes" {
    python3 "$TOP/samples/generate/generate.py" "$BATS_TEST_TMPDIR/city"
    for part in refs inbox ledgers archive decisions published-map.tsv; do
        diff -r "$BATS_TEST_TMPDIR/city/$part" "$TOP/samples/$part"
    done
}

@test "docs/coverage.md is what make coverage makes of the layout and of the published figures" {
    LC_ALL=C awk -f "$TOP/docs/coverage.awk" "$TOP"/pipelines/layout.tsv "$TOP"/samples/{claims,published-map}.tsv | diff - "$TOP/docs/coverage.md"
    # Each of the 28 articles has a table at least.
    [ "$(grep -cE '^[|] [0-9]+ [|] B[^|]* [|] [0-9]+ [|] [0-9]+ [|] [0-9]+ [|] [0-9]+ [|] [0-9]+ [|]$' "$TOP/docs/coverage.md")" = 28 ]
}

@test "the sample stays under 4 MB" {
    [ "$(du -sk --apparent-size "$TOP/samples" | cut -f1)" -lt 4096 ]
}
