#!/usr/bin/env bats
# Parts of aggregations: made, merged, finished; what does not go together is refused (tongbao-partial(5)).

load helper

setup() {
    tsv 'bank class loan' 'b1 1 60.5' 'b2 3 40' 'b1 4 39.50' > 1.tsv
    tsv 'bank class loan' 'b3 1 7' 'b1 5 0.25' 'b2 2 _' > 2.tsv
    SPEC=(-g bank -a 'n=count()' -a 'loan=sum(loan, missing=skip)' -a 'm=median(loan, missing=skip)'
        -a 'd=count_distinct(class)' -a 'bad=pct(sum(loan, when=class >= 3, missing=skip), sum(loan, missing=skip), 2)')
    aggregate "${SPEC[@]}" 1.tsv 2.tsv > want
}

parts() {
    for i in 1 2; do aggregate --partial "${SPEC[@]}" --part "$i/2" -o "$i.part" "$i.tsv"; done
}

@test "two parts finished are the table of the whole; the specification stands in their metas" {
    parts
    aggregate --final 1.part 2.part | same want
    aggregate --final "${SPEC[@]}" 2.part 1.part | same want
}

@test "a part is plain lines: sorted bytewise, without a header, at least two fields each" {
    parts
    LC_ALL=C sort -c 1.part
    awk -F'\t' 'NF < 2 { exit 1 }' 1.part
    head -n 3 1.part > lines
    printf 'b1\tS\t2\t100.00\t2\t0\t2\t0\t2\t0\t39.50\t1\t0\n' > scalars
    head -n 1 lines | same scalars
}

@test "the meta: specification, parts, control totals, the sum of the part" {
    aggregate --partial "${SPEC[@]}" -w "bank != 'b2'" --part 1/2 --label 2022-11 -o 1.part 1.tsv
    grep -v -e '^add' -e '^program' -e '^spec' -e '^sha256' 1.part.meta > meta
    printf 'tongbao-partial\t1\ngroup_by\tbank\nwhere\tbank != '\''b2'\''\nlabel\t2022-11\npart\t1/2\t3\t2\nrows\t2\nlines\t5\n' | same meta
    [ "sha256	$(sha256sum < 1.part | cut -d' ' -f1)" = "$(grep ^sha256 1.part.meta)" ]
    [ "spec	$(grep -E '^(group_by|add|where|label)' 1.part.meta | sha256sum | cut -d' ' -f1)" = "$(grep ^spec 1.part.meta)" ]
}

@test "merging: the output is a part again; its meta names all that is in it" {
    parts
    aggregate --merge -o both.part 2.part 1.part
    aggregate --final both.part | same want
    aggregate --partial "${SPEC[@]}" 1.tsv 2.tsv | same both.part
    grep ^part both.part.meta > names
    printf 'part\t1/2\t3\t3\npart\t2/2\t3\t3\n' | same names
    aggregate --merge -o again.part both.part
    cmp both.part again.part
}

@test "an empty input gives an empty part, which changes nothing" {
    parts
    head -n 1 1.tsv | aggregate --partial "${SPEC[@]}" --part none -o none.part
    [ ! -s none.part ]
    aggregate --final none.part 1.part 2.part | same want
    aggregate --merge none.part > out
    [ ! -s out ]
    aggregate --final none.part > out
    head -n 1 want | same out
}

@test "without -g a part of nothing still becomes one row" {
    head -n 1 1.tsv | aggregate --partial -a 'n=count()' -a 's=sum(loan)' -o none.part
    aggregate --final none.part > out
    tsv 'n s' '0 0' | same out
}

@test "totals are made by --final, at their own grain" {
    parts
    aggregate "${SPEC[@]}" --rollup --total bank=all 1.tsv 2.tsv > want
    aggregate --final --rollup --total bank=all 1.part 2.part | same want
}

@test "a part of sorted rows needs no memory, and is the same part" {
    parts
    { head -n 1 1.tsv; tail -n +2 1.tsv | LC_ALL=C sort; } | aggregate --partial "${SPEC[@]}" --sorted | same 1.part
}

@test "over pipes: standard input with the metas of what comes, or unchecked" {
    parts
    LC_ALL=C sort -m 1.part 2.part | aggregate --final --meta 1.part.meta --meta 2.part.meta | same want
    cat 2.part 1.part | aggregate --merge "${SPEC[@]}" | aggregate --final "${SPEC[@]}" --unchecked | same want
    run -2 bash -c 'cat 1.part | aggregate --merge'
    [[ $output == *"nothing tells how the parts were made"* ]]
    aggregate --partial "${SPEC[@]}" --part 1/2 --meta elsewhere.meta 1.tsv > 1.out
    cmp 1.out 1.part
    cmp elsewhere.meta 1.part.meta
}

@test "refused: another specification, another label, another version of the format" {
    parts
    aggregate --partial -g bank -a 'n=count()' --part 2/2 -o other.part 2.tsv
    run -3 aggregate --final 1.part other.part
    [ "$output" = "aggregate: other.part.meta: made by another specification: the lines group_by to label differ" ]
    aggregate --partial "${SPEC[@]}" --part 2/2 --label 2022-12 -o 2.part 2.tsv
    run -3 aggregate --merge 1.part 2.part
    [[ $output == *"another specification"* ]]
    run -3 aggregate --final --label 2022-11 2.part
    [ "$output" = "aggregate: the label of the parts is '2022-12', not '2022-11'" ]
    run -3 aggregate --final -g bank -a 'n=count()' 1.part
    [[ $output == *"another specification"* ]]
    sed -i '1s/1$/2/' 1.part.meta
    run -3 aggregate --final 1.part
    [ "$output" = "aggregate: 1.part.meta:1: version 2 of the format; this program knows 1" ]
}

@test "refused: a part counted twice, also inside a merged one" {
    parts
    run -3 aggregate --final 1.part 1.part
    [[ $output == "aggregate: 1.part.meta: the part '1/2' would be counted twice"* ]]
    aggregate --merge -o both.part 1.part 2.part
    run -3 aggregate --final both.part 2.part
    [[ $output == *"the part '2/2' would be counted twice"* ]]
    cat 1.part 1.part 2.part > thrice
    run -3 bash -c 'aggregate --final --meta 1.part.meta --meta 2.part.meta < thrice'
    [ "$output" = "aggregate: the parts hold 9 rows where their metas promise 6: one is missing, or counted twice" ]
}

@test "refused: a part that is missing" {
    parts
    run -3 aggregate --final 2.part
    [ "$output" = "aggregate: 1 of 2 parts missing: 1/2" ]
    run -3 bash -c 'aggregate --final --meta 1.part.meta --meta 2.part.meta < 1.part'
    [[ $output == *"hold 3 rows where their metas promise 6"* ]]
    rm 1.part.meta
    run -3 aggregate --final 1.part 2.part
    [[ $output == "aggregate: 1.part.meta: "* ]]
    aggregate --merge 2.part > /dev/null # some of the parts are merged at any time
}

@test "refused: a part that was cut off, changed, or is none" {
    parts
    head -n 2 1.part > cut && mv cut 1.part
    run -3 aggregate --final 1.part 2.part
    [[ $output == "aggregate: 1.part: 2 lines where its meta promises "* ]]
    parts
    sed -i 's/60\.5/60.6/' 1.part
    run -3 aggregate --final 1.part 2.part
    [ "$output" = "aggregate: 1.part: its sum is not the one its meta promises" ]
    parts
    sed -i 's/^add\tn=.*/add\tn=sum(loan)/' 1.part.meta
    run -3 aggregate --final 1.part 2.part
    [ "$output" = "aggregate: 1.part.meta: its specification was changed: the sum differs" ]
    for line in 'b1' $'b1\tS' $'b1\tS\tx' $'b1\td\t999\t1\t1' $'b1\th\t002\tq5\t1\t0' $'b1\tS\t1\t2\t3'; do
        run -3 bash -c 'printf "%s\n" "$1" | aggregate --final --unchecked "${@:2}"' _ "$line" "${SPEC[@]}"
        [[ $output == "aggregate: (standard input):1: not a line of such a part"* ]]
    done
    for line in $'b1\th\t002\tp015\t1\t0' $'b1\tS\t1\t2\t1\t0\t1\t0\t1\t0\t0\t0\t0'; do
        run -3 bash -c 'printf "%s\n" "$1" | aggregate --final --unchecked -o out "${@:2}"' _ "$line" "${SPEC[@]}"
        [ "$output" = "aggregate: the parts lack values of the group 'b1', or have too many" ]
    done
}

@test "parts of files are known by their names; --part names what has none" {
    aggregate --partial "${SPEC[@]}" -o 12.part 1.tsv 2.tsv
    grep ^part 12.part.meta > names
    printf 'part\t1.tsv\t3\t3\npart\t2.tsv\t3\t3\n' | same names
    aggregate --final 12.part | same want
    run -3 aggregate --partial "${SPEC[@]}" -o twice.part 1.tsv 1.tsv
    [[ $output == *"the part '1.tsv' would be counted twice"* ]]
    for i in 1 2; do aggregate --partial "${SPEC[@]}" -o "$i.part" < "$i.tsv"; done
    run -3 aggregate --final 1.part 2.part
    [[ $output == *"the part '(standard input)' would be counted twice; if these are two, name them"* ]]
}

@test "what depends on the order of all rows is no part; with a key it is" {
    run -2 aggregate --partial -a 'f=first(loan)' 1.tsv
    [[ $output == *"first(x) and last(x) depend on the order of all rows"* ]]
    aggregate --partial -a 'f=first(loan, class)' -o 1.part 1.tsv
    aggregate --partial -a 'f=first(loan, class)' -o 2.part 2.tsv
    aggregate --final 1.part 2.part > out
    tsv 'f' '60.5' | same out
}

@test "misuse is status 2" {
    parts
    run -2 aggregate --partial --final 1.part
    run -2 aggregate --partial "${SPEC[@]}" --order first 1.tsv
    run -2 aggregate --partial "${SPEC[@]}" --rollup 1.tsv
    run -2 aggregate --merge --sorted 1.part
    run -2 aggregate --final --part 1 1.part
    run -2 aggregate --partial "${SPEC[@]}" --part 3/2 1.tsv
    run -2 aggregate --partial "${SPEC[@]}" --part 0/2 1.tsv
    run -2 aggregate "${SPEC[@]}" --label x 1.tsv
    run -2 aggregate --final --unchecked --meta 1.part.meta 1.part
    run -2 aggregate --final
}

@test "a part is whole or not there: a full disk leaves neither part nor meta" {
    [ -e /dev/full ] || skip "no /dev/full"
    run -4 bash -c 'aggregate --partial "$@" 1.tsv > /dev/full' _ "${SPEC[@]}"
    run -3 aggregate --partial "${SPEC[@]}" -o bad.part <<< $'bank\tclass\tloan\nb1\t1\tx'
    [ ! -e bad.part ] && [ ! -e bad.part.meta ]
}

@test "mutated parts are refused, or are parts; make fuzz goes on for longer" {
    run -0 "$BUILD/fuzz/part" 3000 "$TOP"/tests/fuzz/part/*
}

@test "parts of forty files, made side by side, in a tree of merges" {
    for i in $(seq 40); do tsv 'bank class loan' "b$((i % 7)) $((i % 5)) $i.25" > "in.$i.tsv"; done
    aggregate "${SPEC[@]}" in.*.tsv > want
    ls in.*.tsv | xargs -P 2 -I{} aggregate --partial "${SPEC[@]}" -o {}.part {}
    ls in.*.part | xargs -n 7 sh -c 'aggregate --merge -o "level2.$$.part" "$@"' _
    aggregate --final level2.*.part | same want
}
