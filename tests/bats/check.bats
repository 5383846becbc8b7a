#!/usr/bin/env bats
# The bank's one command: a file read as the bureau would read it, before it is sent.

load helper

check() { TB="$BIN/" "$TOP/pipelines/check-return" -s "$TOP/samples" -m 2022-11 "$@"; }

@test "a clean file: one line, status 0, and nothing of the site is touched" {
    cp -r "$TOP/samples" site
    cp site/inbox/2022-11/F1.B07.1 "某行 2022年11月.csv"
    TB="$BIN/" run -0 --separate-stderr "$TOP/pipelines/check-return" -s site -m 2022-11 "某行 2022年11月.csv" B07 F1
    [ "$output" = '结论：通过，6 行。' ]
    [ -z "$stderr" ]
    diff -r site "$TOP/samples"
}

# A name once went through make and the shell, which ran what stood in it.
@test "a file's name is a name, whatever stands in it: make check and make receive" {
    cp -r "$TOP/samples" site
    name="$PWD/某行\"季'报 \$(touch ran) \$HOME \`touch ran\`.csv"
    mv site/inbox/2022-11/F1.B07.1 "$name"
    sed -i '/^F1\.B07\./d' site/inbox/2022-11/receipts.tsv
    front() { env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES make -s -C "$TOP" BUILD="$BUILD" BIN="$BIN" SITE="$PWD/site" MONTH=2022-11 "$@"; }
    run -0 front check FILE="$name" BANK=B07 RETURN=F1
    [[ $output == *'结论：通过，6 行。' ]]
    run -0 front receive FILE="$name" BANK=B07 RETURN=F1
    [[ $output == *"receive: ${name##*/} is 2022-11/F1.B07.1, sha256 "* ]]
    [ ! -e ran ] && [ ! -e "$TOP/ran" ]
}

@test "a wrong figure: the sheet in Chinese with the cell, the rule and the allowance, status 1" {
    cp "$TOP/samples/inbox/2022-11/F1.B05.1" 首报.csv.gz
    run -1 --separate-stderr check 首报.csv.gz B05 F1
    [[ ${lines[0]} == *'2022-11 B05 首报.csv.gz 数据质量核对单' ]]
    [[ $output == *'强制  F1.part.ind  不通过   7  J7      工业贷款(万元)'* ]]
    [ "${lines[-1]}" = '结论：不通过，错误 1 处，须说明 0 处，无法判定 0 处。' ]
}

@test "it says of every file of the month what the month says" {
    load month_helper
    the_sample "$PWD/out" 2022-11
    local bank state status
    while IFS=$'\t' read -r bank state; do
        file=$(ls "$TOP"/samples/inbox/2022-11/F1."$bank".* | sort | tail -n 1)
        status=0
        check "$file" "$bank" F1 > said || status=$?
        case $state in accepted) want=0 ;; rejected) want=3 ;; *) want=1 ;; esac
        [ "$status" = "$want" ] || { echo "$bank: $state, $status"; cat said; return 1; }
    done < <("$BIN/derive" -w "state != 'superseded'" -c institution,state out/2022-11/check/filers.tsv | sed 1d | head -8)
}

@test "a file that cannot be used is status 3 and says which heading is missing" {
    gzip -dc < "$TOP/samples/inbox/2022-11/F1.B05.1" | sed '1,3s/各项存款/各项存折/' > in.csv
    run -3 --separate-stderr check in.csv B05 F1
    [[ $output == *退回*structure.header*'缺少 各项存款；认不出 各项存折'* ]]
    [ "${lines[-1]}" = '结论：退回，文件不能采用。' ]
    head -c 300 "$TOP/samples/inbox/2022-11/F1.B05.1" > cut.csv.gz
    run -3 check cut.csv.gz B05 F1
    [[ $output == *structure.gzip* ]]
    run -3 check nowhere.csv B05 F1
}

@test "another bank's file, and one of another month, are told apart from a clean one" {
    run -1 check "$TOP/samples/inbox/2022-11/F1.B08.1" B07 F1
    [[ $output == *constant.mismatch* ]]
    run -1 check "$TOP/samples/inbox/2022-12/F1.B08.1" B08 F1
    [[ $output == *'与报送信息不一致'* ]]
}

@test "a cell that could not be read is told once, and that it is required is not told besides" {
    awk -F, -v OFS=, 'NR == 2 { $6 = "12.5o" } 1' "$TOP/samples/inbox/2022-11/F1.B08.1" > in.csv
    run -1 check in.csv B08 F1
    [[ $output == *'强制  type.number  不通过   2  F2'*12.5o*'不是数字'* ]]
    [[ $output != *required* ]]
    [[ $output == *'结论：不通过，错误 1 处，'* ]]
}

@test "a site's own mapping and rules count, as they do in the month" {
    cp -r "$TOP/samples" site
    mkdir -p site/spec/map
    sed '/^dep\t/s/存款余额/存款折/g' "$TOP/pipelines/map/F1.tsv" > site/spec/map/F1.B07.tsv
    TB="$BIN/" run -3 "$TOP/pipelines/check-return" -s site -m 2022-11 "$TOP/samples/inbox/2022-11/F1.B07.1" B07 F1
    sed -i 's/^loan\t/loan\tx\t/' site/spec/map/F1.B07.tsv
    TB="$BIN/" run -2 "$TOP/pipelines/check-return" -s site -m 2022-11 "$TOP/samples/inbox/2022-11/F1.B07.1" B07 F1
    [[ $output == *F1.B07.tsv:* ]]
}

@test "a constant may be taken from the name under which the file was sent" {
    cp -r "$TOP/samples" site
    sed '2a @file period\t/([0-9]+年[0-9]+月)/\t\t\t\t\t\t' "$TOP/pipelines/map/F1.tsv" > site/spec/map/F1.B07.tsv
    cp "$TOP/samples/inbox/2022-11/F1.B07.1" 某行2022年11月月报.csv
    cp "$TOP/samples/inbox/2022-11/F1.B07.1" 某行2022年10月月报.csv
    TB="$BIN/" run -0 "$TOP/pipelines/check-return" -s site -m 2022-11 某行2022年11月月报.csv B07 F1
    TB="$BIN/" run -1 "$TOP/pipelines/check-return" -s site -m 2022-11 某行2022年10月月报.csv B07 F1
    [[ $output == *constant.mismatch*2022年10月*2022-11* ]]
}

@test "misuse" {
    run -2 check in.csv B05
    run -2 check in.csv B99 F1
    run -2 check in.csv B05 F9
    run -2 check in.csv '../B05' F1
    run -2 check -x in.csv B05 F1
    touch in.csv
    run -2 check -m 2022-13 in.csv B05 F1
    run -2 check -s /nonexistent in.csv B05 F1
    run -0 check --help
    [[ $output == 'check-return [-s SITE]'* ]]
}

@test "installed it is tb-check, and finds its rules and filters" {
    PREFIX=$PWD/usr TOOLS="$(sed -n 's/^TOOLS = //p' "$TOP/Makefile")" "$TOP/pipelines/install" > /dev/null
    run -0 env -u TB "$PWD/usr/bin/tb-check" -s "$TOP/samples" -m 2022-11 "$TOP/samples/inbox/2022-11/F1.B07.1" B07 F1
    [ "$output" = '结论：通过，6 行。' ]
}
