#!/usr/bin/env bats
# lookup: columns of another table by key; rows kept or left out by whether they are there.

load helper

setup() {
    tsv 'bank loan' 'b1 10' 'b3 5' 'b2 7' 'b1 2' > in.tsv
    tsv 'id name kind' 'b1 First state' 'b2 Second city' 'b9 Ninth town' > ref.tsv
}

@test "all columns of REF but its keys are added; what is not found stays empty" {
    lookup -k bank=id ref.tsv in.tsv > out
    tsv 'bank loan name kind' 'b1 10 First state' 'b3 5 _ _' 'b2 7 Second city' 'b1 2 First state' | same out
}

@test "-c chooses and renames" {
    lookup -k bank=id -c kind,name=title ref.tsv in.tsv > out
    tsv 'bank loan kind title' 'b1 10 state First' 'b3 5 _ _' 'b2 7 city Second' 'b1 2 state First' | same out
}

@test "a REF key may be added too" {
    lookup -k bank=id -c id ref.tsv in.tsv > out
    tsv 'bank loan id' 'b1 10 b1' 'b3 5 _' 'b2 7 b2' 'b1 2 b1' | same out
}

@test "--fill puts a text into what is not found, --unmatched drop leaves the row out" {
    lookup -k bank=id -c kind --fill '\-	?' ref.tsv in.tsv | sed -n 3p > out
    printf 'b3\t5\t\\\\-\\t?\n' | same out
    lookup -k bank=id -c kind --unmatched drop ref.tsv in.tsv > out
    tsv 'bank loan kind' 'b1 10 state' 'b2 7 city' 'b1 2 state' | same out
}

@test "--unmatched error: status 1, every problem with file, line and key, every row kept" {
    run -1 --separate-stderr lookup -k bank=id -c kind --unmatched error ref.tsv in.tsv
    [ "$stderr" = "lookup: in.tsv:3: column 'bank': key 'b3' is not in ref.tsv" ]
    [ "${#lines[@]}" = 5 ]
}

@test "--semi keeps what is found, --anti what is not; neither adds anything" {
    lookup -k bank=id --semi ref.tsv in.tsv > out
    tsv 'bank loan' 'b1 10' 'b2 7' 'b1 2' | same out
    lookup -k bank=id -x ref.tsv in.tsv | same out
    lookup -k bank=id --anti ref.tsv in.tsv > out
    tsv 'bank loan' 'b3 5' | same out
}

@test "--outer appends the rows of REF that were not met, in the order of REF" {
    tsv 'name id' 'Zeta b8' 'First b1' 'Ninth b9' > ref2.tsv
    lookup -k bank=id --outer ref2.tsv in.tsv > out
    tsv 'bank loan name' 'b1 10 First' 'b3 5 _' 'b2 7 _' 'b1 2 First' 'b8 _ Zeta' 'b9 _ Ninth' | same out
}

@test "several keys, in any order of the columns" {
    tsv 'x month v bank' '1 11 p b1' '2 12 q b1' > left.tsv
    tsv 'b m w' 'b1 12 T' 'b1 11 E' > right.tsv
    lookup -k month=m,bank=b right.tsv left.tsv > out
    tsv 'x month v bank w' '1 11 p b1 E' '2 12 q b1 T' | same out
    head -n 1 left.tsv | lookup -k bank=b,month=m --outer right.tsv > out
    tsv 'x month v bank w' '_ 12 _ b1 T' '_ 11 _ b1 E' | same out
}

@test "keys of several columns do not run into one another" {
    tsv 'a b' 'x yz' 'xy z' | lookup -k a,b --semi <(tsv 'a b' 'xy z') - > out
    tsv 'a b' 'xy z' | same out
}

@test "a key twice in REF with other values: status 3, naming both lines" {
    tsv 'id name' 'b1 First' 'b2 Second' 'b1 Other' > twice.tsv
    run -3 lookup -k bank=id twice.tsv in.tsv
    [ "$output" = "lookup: twice.tsv:4: key 'b1' stands on line 2 already, with other values" ]
}

@test "a key twice in REF is no harm where the added columns agree or nothing is added" {
    tsv 'id name n' 'b1 First 1' 'b1 First 2' > twice.tsv
    lookup -k bank=id -c name twice.tsv in.tsv > out
    tsv 'bank loan name' 'b1 10 First' 'b3 5 _' 'b2 7 _' 'b1 2 First' | same out
    lookup -k bank=id --semi twice.tsv in.tsv > out
    tsv 'bank loan' 'b1 10' 'b1 2' | same out
}

@test "--all gives a row for each row of REF with the key, in its order" {
    tsv 'id n' 'b1 1' 'b2 2' 'b1 3' 'b8 4' 'b8 5' > many.tsv
    lookup -k bank=id --all --outer many.tsv in.tsv > out
    tsv 'bank loan n' 'b1 10 1' 'b1 10 3' 'b3 5 _' 'b2 7 2' 'b1 2 1' 'b1 2 3' 'b8 _ 4' 'b8 _ 5' | same out
}

@test "keys are compared as bytes; \\N is the empty key, \\- only itself" {
    printf 'k\tv\n\tempty\n\\-\tnever\n1\tone\n' > ref3.tsv
    printf 'k\n\\N\n\\-\n1.0\n\n' | lookup -k k ref3.tsv > out
    printf 'k\tv\n\tempty\n\\-\tnever\n1.0\t\n\tempty\n' | same out
}

@test "the figures of a year ago beside this year's" {
    tsv 'bank loan' 'b1 100' 'b2 50' > now.tsv
    tsv 'bank loan' 'b2 40' 'b1 80' > then.tsv
    lookup -k bank -c loan=loan_then then.tsv now.tsv > out
    tsv 'bank loan loan_then' 'b1 100 80' 'b2 50 40' | same out
}

@test "header-only tables on either side" {
    head -n 1 ref.tsv | lookup -k bank=id - in.tsv > out
    tsv 'bank loan name kind' 'b1 10 _ _' 'b3 5 _ _' 'b2 7 _ _' 'b1 2 _ _' | same out
    head -n 1 in.tsv | lookup -k bank=id ref.tsv > out
    tsv 'bank loan name kind' | same out
}

@test "a name that is there already: status 2, with the way out" {
    tsv 'id loan' 'b1 1' > clash.tsv
    run -2 lookup -k bank=id clash.tsv in.tsv
    [[ $output == *"column 'loan' is in in.tsv already; rename it with -c loan=NEW"* ]]
    run -2 lookup -k bank=id -c name=x,kind=x ref.tsv in.tsv
}

@test "names with a comma or an = of their own" {
    tsv 'k a,b a=b' '1 x y' > odd.tsv
    tsv 'k' '1' | lookup -k k -c 'a\,b,a=b=c' odd.tsv > out
    tsv 'k a,b c' '1 x y' | same out
    tsv 'k' '1' | lookup -k k -c 'a=b' odd.tsv > out
    tsv 'k a=b' '1 y' | same out
}

@test "misuse is status 2" {
    run -2 lookup ref.tsv in.tsv
    run -2 lookup -k bank=id
    run -2 lookup -k bank ref.tsv in.tsv
    [[ $output == *"ref.tsv: no column 'bank'; there are: id, name, kind"* ]]
    run -2 lookup -k nowhere=id ref.tsv in.tsv
    run -2 lookup -k bank=id -c nowhere ref.tsv in.tsv
    run -2 lookup -k bank=id - < in.tsv
    run -2 lookup -k bank=id --semi --anti ref.tsv in.tsv
    run -2 lookup -k bank=id --semi -c name ref.tsv in.tsv
    run -2 lookup -k bank=id --unmatched keep ref.tsv in.tsv
    run -2 lookup -k bank=id --unmatched drop --fill x ref.tsv in.tsv
    run -2 lookup -k bank=id ref.tsv in.tsv in.tsv
}

@test "ragged rows, in either table: status 3 with the line" {
    run -3 --separate-stderr lookup -k bank=id ref.tsv <<< $'bank\tloan\nb1'
    [ "$stderr" = "lookup: (standard input):2: 1 field, the header has 2" ]
    run -3 lookup -k bank=id - in.tsv <<< $'id\tname\nb1\tx\nb2'
    [ "$output" = "lookup: (standard input):3: 1 field, the header has 2" ]
}

@test "gzip on either side" {
    gzip -k ref.tsv in.tsv
    lookup -k bank=id ref.tsv in.tsv > out
    lookup -k bank=id ref.tsv.gz in.tsv.gz | same out
}

@test "what lookup finds is what sqlite joins (4000 random rows)" {
    command -v sqlite3 > /dev/null || skip "sqlite3 is not installed"
    awk 'BEGIN { srand(11); print "k\tj\tv"; for (i = 0; i < 4000; i++)
        printf "%d\t%d\t%d\n", rand() * 60, rand() * 9, i }' > left.tsv
    awk 'BEGIN { srand(12); print "k\tj\tw"; for (i = 0; i < 900; i++)
        printf "%d\t%d\tw%d\n", rand() * 70, rand() * 9, i }' > right.tsv
    lookup -k k,j --all --unmatched drop right.tsv left.tsv | tail -n +2 > got
    sqlite3 -separator $'\t' :memory: '.mode tabs' '.import left.tsv a' '.import right.tsv b' \
        'select a.k, a.j, a.v, b.w from a join b on a.k = b.k and a.j = b.j order by a.rowid, b.rowid' > want
    [ -s want ]
    same got < want
}

@test "--date and --valid: the row that holds on the day, both ends included, an empty end open" {
    tsv 'bank from to kind' 'b1 2022-03-01 2022-06-30 city' 'b1 _ 2022-02-28 rural' 'b1 2022-07-01 _ state' > kinds.tsv
    tsv 'bank day' 'b1 2022-02-28' 'b1 2022-03-01' 'b1 2022-06-30' 'b1 2022-07-01' 'b1 1990-01-01' 'b1 _' 'b2 2022-01-01' > days.tsv
    lookup -k bank --date day --valid from,to kinds.tsv days.tsv > out
    tsv 'bank day kind' 'b1 2022-02-28 rural' 'b1 2022-03-01 city' 'b1 2022-06-30 city' 'b1 2022-07-01 state' \
        'b1 1990-01-01 rural' 'b1 _ _' 'b2 2022-01-01 _' | same out
}

@test "--half-open: the last day belongs to the next row" {
    tsv 'bank from to kind' 'b1 2022-01 2022-03 old' 'b1 2022-03 _ new' > kinds.tsv
    tsv 'bank month' 'b1 2022-02' 'b1 2022-03' | lookup -k bank --date month --valid from,to --half-open kinds.tsv > out
    tsv 'bank month kind' 'b1 2022-02 old' 'b1 2022-03 new' | same out
}

@test "validity that overlaps: status 3 with both lines, unless --all or nothing is added" {
    tsv 'bank from to kind' 'b1 2022-03-01 _ city' 'b2 _ _ state' 'b1 _ 2022-03-01 rural' > kinds.tsv
    tsv 'bank day' 'b1 2022-03-01' 'b1 2022-03-02' > days.tsv
    run -3 lookup -k bank --date day --valid from,to kinds.tsv days.tsv
    [ "$output" = "lookup: kinds.tsv:4: its validity overlaps that of line 2, which has the same key" ]
    lookup -k bank --date day --valid from,to --all kinds.tsv days.tsv > out
    tsv 'bank day kind' 'b1 2022-03-01 city' 'b1 2022-03-01 rural' 'b1 2022-03-02 city' | same out
    lookup -k bank --date day --valid from,to --anti kinds.tsv days.tsv > out
    tsv 'bank day' | same out
}

@test "what is no date, a month among dates, an end before the beginning: status 3, file, line and column" {
    tsv 'bank day' 'b1 2022-03-01' > days.tsv
    tsv 'bank from to' 'b1 2022-03-01 2022-02-30' > kinds.tsv
    run -3 lookup -k bank --date day --valid from,to kinds.tsv days.tsv
    [ "$output" = "lookup: kinds.tsv:2: column 'to': not a date: '2022-02-30'" ]
    tsv 'bank from to' 'b1 2022-03-01 2022-04' > kinds.tsv
    run -3 lookup -k bank --date day --valid from,to kinds.tsv days.tsv
    [ "$output" = "lookup: kinds.tsv:2: column 'to': a month, where others are dates: '2022-04'" ]
    tsv 'bank from to' 'b1 2022-03-02 2022-03-01' > kinds.tsv
    run -3 lookup -k bank --date day --valid from,to kinds.tsv days.tsv
    [ "$output" = "lookup: kinds.tsv:2: column 'to': ends before it begins: '2022-03-01', from '2022-03-02'" ]
    tsv 'bank from to' 'b1 _ _' > kinds.tsv
    run -3 --separate-stderr lookup -k bank --date day --valid from,to kinds.tsv <<< $'bank\tday\nb1\tsoon'
    [ "$stderr" = "lookup: (standard input):2: column 'day': not a date: 'soon'" ]
}

@test "--unmatched error with a date says that it is the date" {
    tsv 'bank from to kind' 'b1 2022-03-01 _ city' > kinds.tsv
    tsv 'bank day' 'b1 2022-02-01' > days.tsv
    run -1 --separate-stderr lookup -k bank --date day --valid from,to --unmatched error kinds.tsv days.tsv
    [ "$stderr" = "lookup: days.tsv:2: column 'bank': key 'b1' is not in kinds.tsv on its date" ]
    run -2 lookup -k bank --date day kinds.tsv days.tsv
    run -2 lookup -k bank --valid from,to kinds.tsv days.tsv
    run -2 lookup -k bank --half-open kinds.tsv days.tsv
    run -2 lookup -k bank --date day --valid from kinds.tsv days.tsv
    run -2 lookup -k bank --date nowhere --valid from,to kinds.tsv days.tsv
    [[ $output == *"there are: bank, day"* ]]
}

@test "a key of several columns is shown field by field" {
    tsv 'a b w' 'x y 1' 'x y 2' > twice.tsv
    tsv 'a b' 'x y' > pairs.tsv
    run -3 lookup -k a,b twice.tsv pairs.tsv
    [ "$output" = "lookup: twice.tsv:3: key 'x', 'y' stands on line 2 already, with other values" ]
}

@test "beyond --memory the same rows, messages and status, and no temporary file is left" {
    awk 'BEGIN { srand(7); print "k\tv"; for (i = 0; i < 20000; i++) printf "%d\t%d\n", rand() * 9000, i }' > left.tsv
    awk 'BEGIN { print "k\tw"; for (i = 0; i < 16000; i += 2) printf "%d\tname-%d\n", (i * 7919) % 16000, i }' > right.tsv
    mkdir files
    for options in '' '--all --outer' '--semi' '--anti' '--unmatched error --outer' '--unmatched drop'; do
        # shellcheck disable=SC2086
        lookup -k k $options right.tsv left.tsv > out 2> err && status=0 || status=$?
        # shellcheck disable=SC2086
        lookup -k k $options --memory 300K -T files right.tsv left.tsv > got 2> said && now=0 || now=$?
        cmp out got
        cmp err said
        [ "$status" = "$now" ]
    done
    [ -z "$(ls -A files)" ]
    { cat right.tsv; tail -n +2 right.tsv | sed 's/name/other/'; } > twice.tsv
    run -3 lookup -k k twice.tsv left.tsv
    wanted=$output
    run -3 lookup -k k --memory 300K twice.tsv left.tsv
    [ "$output" = "$wanted" ]
}

@test "law: what is found is what every row beside every row gives, in memory and beyond (200 random pairs of tables)" {
    "$BUILD/unit/join_law_test" transcript | python3 -B "$TOP/tests/judge/join_judge.py"
}
