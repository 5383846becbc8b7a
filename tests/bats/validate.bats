#!/usr/bin/env bats
# validate: a table against a schema and rule cards.

load helper

setup() {
    tsv 'name type unit decimals required key codes min max' \
        'bank code _ _ 1 1 banks.bank' \
        'loan num 万元 2 1 _ _ 0' \
        'part num 万元 2 _ _ _ 0' > schema.tsv
    sed -i 's/$/\t\t\t\t\t\t\t\t/; s/^\(\([^\t]*\t\)\{8\}[^\t]*\).*/\1/' schema.tsv
    tsv 'bank' 'B1' 'B2' 'B3' 'B4' > banks.tsv
    tsv 'bank loan' 'B1 100.00' 'B2 50.00' > prior.tsv
    printf 'id\tseverity\tcheck\tmessage_zh\tmessage_en\n' > rules.tsv
    printf 'part\terror\tpart <= loan\t部分大于总额\tthe part {part} exceeds the whole {loan}\n' >> rules.tsv
}

# check [OPTION...]: with the schema above.
check() {
    validate -s schema.tsv -x banks=banks.tsv "$@"
}

# cells FILE COLUMN...: these columns of a failure or count file, without its header.
cells() {
    local file=$1
    shift
    awk -F'\t' -v want="$*" 'NR == 1 { n = split(want, w, " "); for (i = 1; i <= NF; i++) at[$i] = i; next }
        { for (i = 1; i <= n; i++) printf "%s%s", $(at[w[i]]), i < n ? "|" : "\n" }' "$file"
}

@test "a clean table passes byte for byte, in silence" {
    printf 'bank\tloan\tpart\nB1\t100.00\t\\N\nB2\t7\t' > in.tsv
    check -r rules.tsv in.tsv > out 2> err || test $? = 1
    printf 'bank\tloan\tpart\nB1\t100.00\t\\N\nB2\t7\t\n' | same out
    tsv 'bank loan part' 'B1 100.00 3' 'B2 7 7.00' > in.tsv
    check -r rules.tsv in.tsv > out 2> err
    same out < in.tsv
    [ ! -s err ]
}

@test "the output of an empty table is its header" {
    tsv 'bank loan part' > in.tsv
    check -r rules.tsv --counts counts in.tsv > out
    same out < in.tsv
    grep -qx "$(printf 'part\terror\t0\t0\t0\t0\t0\t')" counts
}

@test "a row with an error is left out, the others stay as they were, in order" {
    tsv 'bank loan part' 'B1 1 1' 'B9 1 1' 'B2 12,5 1' 'B3 1 1' 'B4 _ 1' > in.tsv
    run -1 --separate-stderr check in.tsv
    [ "$output" = "$(tsv 'bank loan part' 'B1 1 1' 'B3 1 1')" ]
    [ "${stderr_lines[0]}" = "validate: in.tsv:3: column 'bank': not in the code list banks.bank: 'B9'" ]
    [ "${stderr_lines[1]}" = "validate: in.tsv:6: column 'loan': a value is required here" ]
    [ "${stderr_lines[2]}" = "validate: in.tsv:4: column 'loan': not a decimal: '12,5'" ]
    [ "${stderr_lines[3]}" = "validate: 5 rows, 3 failures (3 error)" ]
    run -1 check --all in.tsv
    [ "$(check --all in.tsv 2> err | cmp - in.tsv)" = "" ]
}

@test "every type refuses what it should" {
    local type good bad
    while IFS=';' read -r type good bad; do
        tsv 'name type required' "v $type 1" > s.tsv
        tsv v $good > in.tsv
        validate -s s.tsv in.tsv > out
        same out < in.tsv
        tsv v $bad > in.tsv
        run -1 --separate-stderr validate -s s.tsv -f failures in.tsv
        [ "$output" = v ]
        [ "$(cells failures rule | sort -u)" = type ]
        [ "$(cells failures rule | wc -l)" = "$(wc -w <<< "$bad")" ]
    done << 'TYPES'
num;1 -1.5 0.123456 12345678901234567890.5;1. 1e5 +1 .5 1.1234567 0x1 １ 12,345
int;0 -7 123456789012345678901234;1.0 1.5 --1
date;2022-02-28 2020-02-29 2000-02-29;2022-02-29 1900-02-29 2022-13-01 2022-00-10 2022-1-1 20220101 2022-04-31
month;2022-01 2022-12;2022-13 2022-00 2022-1 202201
flag;0 1;2 yes 00
id;A1 项目-7;a\\b
code;B07;x\ty
TYPES
}

@test "bounds are inclusive unless they are written exclusive" {
    printf 'name\ttype\trequired\tmin\tmax\nv\tnum\t1\t0\t<100\nd\tdate\t1\t>2022-01-01\t2022-12-31\n' > s.tsv
    tsv 'v d' '0 2022-01-02' '99.999999 2022-12-31' > good.tsv
    validate -s s.tsv good.tsv > out
    same out < good.tsv
    tsv 'v d' '-0.000001 2022-01-02' '100 2022-06-01' '5 2022-01-01' '5 2023-01-01' > bad.tsv
    run -1 --separate-stderr validate -s s.tsv -f failures bad.tsv
    [ "$(cells failures rule line column expected)" = "range|2|v|>= 0, < 100
range|3|v|>= 0, < 100
range|4|d|> 2022-01-01, <= 2022-12-31
range|5|d|> 2022-01-01, <= 2022-12-31" ]
}

@test "a pattern is anchored; code lists may stand in the schema" {
    printf 'name\ttype\trequired\tcodes\tpattern\nv\tid\t1\t\tP[0-9]{3}|Q\nc\tcode\t1\tall|cny\t\n' > s.tsv
    tsv 'v c' 'P123 all' 'Q cny' 'P1234 all' 'xQ usd' > in.tsv
    run -1 --separate-stderr validate -s s.tsv in.tsv
    [ "$output" = "$(tsv 'v c' 'P123 all' 'Q cny')" ]
    [ "${stderr_lines[-1]}" = "validate: 4 rows, 3 failures (3 error)" ]
}

@test "empty is not reported, \\- cannot exist: each only where the schema allows it" {
    printf 'name\ttype\trequired\tmissing\na\tnum\t1\t\nb\tnum\t\t\nc\tnum\t\tna\nd\tnum\t1\tna\n' > s.tsv
    tsv 'a b c d' '1 _ _ 1' '1 _ \- \-' '1 \- _ 1' '\- 1 1 1' > in.tsv
    printf '1\t1\t1\t\n' >> in.tsv
    run -1 --separate-stderr validate -s s.tsv -f failures in.tsv
    [ "$(cells failures rule line column)" = "required|5|a
required|6|d
type|4|b" ]
}

@test "a wrong header is a reject: missing, unexpected and displaced columns are named" {
    tsv 'part bank lone' 'x B1 1' > in.tsv
    run -3 --separate-stderr check -f failures --counts counts in.tsv
    [ -z "$output" ]
    [ "${stderr_lines[0]}" = "validate: in.tsv:1: the header is not that of schema.tsv: missing 'loan'; unexpected 'lone'; out of order 'part'" ]
    [ "${stderr_lines[1]}" = "validate: 0 rows, 1 failure (1 reject)" ]
    [ "$(cells failures severity rule level)" = "reject|structure.header|0" ]
    [ "$(cells counts rule fail | head -n 1)" = "structure|1" ]
}

@test "bytes that are no text, a truncated file and no file at all are a reject" {
    printf 'bank\tloan\tpart\nB1\t1\t1\nB2\t\377\t1\n' > in.tsv
    run -3 --separate-stderr check -f failures -o out in.tsv
    [ "$(cells failures severity rule line)" = "reject|structure.input|3" ]
    [ ! -e out ]
    { printf 'bank\tloan\tpart\n'; yes "$(printf 'B1\t1\t1')" | head -n 9999; } | gzip | head -c 50 > in.gz
    run -3 check in.gz
    run -3 --separate-stderr check -f failures absent.tsv
    [ "$(cells failures severity rule file)" = "reject|structure.input|absent.tsv" ]
    run -3 check /dev/null
}

@test "a ragged row is an error on that row, and the rest goes on" {
    tsv 'bank loan part' 'B1 1 1' 'B2 1' 'B3 1 1 1' 'B3 2 1' > in.tsv
    run -1 --separate-stderr check -f failures in.tsv
    [ "$output" = "$(tsv 'bank loan part' 'B1 1 1' 'B3 2 1')" ]
    [ "$(cells failures rule line actual expected)" = "structure.row|3|2|3
structure.row|4|4|3" ]
}

@test "all rows that share a key are listed; the table keeps them" {
    tsv 'bank loan part' 'B1 1 1' 'B2 1 1' 'B1 2 1' 'B3 1 1' 'B1 3 1' 'B2 9 1' > in.tsv
    run -1 --separate-stderr check -f failures --counts counts in.tsv
    [ "$output" = "$(cat in.tsv)" ]
    [ "$(cells failures severity level rule line key actual related)" = "error|1|key|2|B1|3|4, 6
error|1|key|3|B2|2|7" ]
    [ "$(cells counts rule run pass fail | grep key)" = "key|6|1|5" ]
}

@test "a card holds within the precision of the figures" {
    # 100.01 and 100.00, two decimals each, may both stand for 100.005
    tsv 'bank loan part' 'B1 100.00 100.01' 'B2 100.00 100.02' > in.tsv
    run -1 --separate-stderr check -r rules.tsv -f failures in.tsv
    [ "$output" = "$(tsv 'bank loan part' 'B1 100.00 100.01')" ]
    [ "$(cells failures rule actual expected difference allowance unit)" = "part|100.02|100.00|0.02|0.01|万元" ]
    [ "${stderr_lines[0]}" = "validate: in.tsv:3: column 'part': part: the part 100.02 exceeds the whole 100.00 (difference 0.02, allowed 0.01)" ]
}

@test "the allowance is that of interval arithmetic, for any decimals" {
    local d e n=0
    for d in 0 1 2; do
        for e in 0 2 4; do
            printf 'name\ttype\tdecimals\na\tnum\t%d\nb\tnum\t%d\nt\tnum\t2\n' $d $e > s.tsv
            printf 'id\tseverity\tcheck\tmessage_zh\tmessage_en\nsum\terror\tt == a + b * 3\t和\tsum\n' > r.tsv
            python3 - $d $e > cases << 'PYTHON'
import sys
from fractions import Fraction as F
d, e = map(int, sys.argv[1:])
half = lambda k: F(1, 2 * 10**k)
print('a\tb\tt')
for i in range(-400, 401, 7):
    t = F(400, 100) + F(i, 100)
    good = abs(t - 4) <= half(2) + half(d) + 3 * half(e)
    print(f"1\t1\t{float(t):.2f}\t{'good' if good else 'bad'}")
PYTHON
            cut -f1-3 cases > in.tsv
            { printf 'a\tb\tt\n'; grep good cases | cut -f1-3; } > want
            validate -s s.tsv -r r.tsv in.tsv 2> err > out || test $? = 1
            cmp out want
            n=$((n + 1))
        done
    done
    [ $n = 9 ]
}

@test "whole numbers and columns without decimals are exact; tolerance widens" {
    printf 'name\ttype\tdecimals\na\tint\t\nb\tnum\t\n' > s.tsv
    printf 'id\tseverity\tcheck\ttolerance\tmessage_zh\tmessage_en\n%s\terror\ta == b\t%s\t等\tequal\n' r '' > exact.tsv
    printf 'id\tseverity\tcheck\ttolerance\tmessage_zh\tmessage_en\n%s\terror\ta == b\t%s\t等\tequal\n' r 0.1 > wide.tsv
    tsv 'a b' '1 1.0' '1 1.1' '1 1.11' > in.tsv
    run -1 validate -s s.tsv -r exact.tsv in.tsv
    [ "$(validate -s s.tsv -r exact.tsv in.tsv 2> err)" = "$(tsv 'a b' '1 1.0')" ]
    [ "$(validate -s s.tsv -r wide.tsv in.tsv 2> err)" = "$(tsv 'a b' '1 1.0' '1 1.1')" ]
}

@test "with a sidecar the tolerance is that of the cells, and a failure names file, line and cell" {
    printf 'bank\tloan\tpart\t_file\t_sheet\t_line\t_record\n' > in.tsv
    printf 'B1\t10000\t10099\ta.csv\t\t5\t4\n' >> in.tsv  # 1.00 亿元 and 1.0099 亿元: ± 50 万元 each
    printf 'B2\t10000\t10101\ta.csv\t\t9\t8\nB3\t10000\t10001\tb.xlsx\tS1\t7\t7\n' >> in.tsv
    printf 'file\tcolumn\theading\tcell\tunit\tdecimals\tshift\theader_line\n' > origin
    printf 'a.csv\tloan\t贷款(亿元)\tB\t亿元\t2\t4\t3\na.csv\tpart\t其中\tC\t亿元\t2\t4\t3\n' >> origin
    printf 'b.xlsx\tloan\t贷款\tF\t万元\t0\t0\t1\nb.xlsx\tpart\t其中\tG\t元\t2\t-4\t1\n' >> origin
    run -1 --separate-stderr check -r rules.tsv --origin origin -f failures --drop-origin in.tsv
    [ "$output" = "$(tsv 'bank loan part' 'B1 10000 10099')" ]
    [ "$(cells failures file sheet line record header cell difference allowance)" = "a.csv||9|8|其中|C9|101|100
b.xlsx|S1|7|7|其中|G7|1|0.5000005" ]
    [ "${stderr_lines[0]}" = "validate: a.csv:9: column 'part': part: the part 10101 exceeds the whole 10000 (difference 101, allowed 100), cell C9" ]
}

@test "one bad cell is one failure; the cards that need it are undecided, caused by it, and shown in the file alone" {
    tsv 'bank loan part' 'B1 1O0 5' 'B2 100 5' 'B9 100 5' > in.tsv
    printf 'who\terror\tbank == given.bank\t他行\tanother\n' >> rules.tsv
    run -1 --separate-stderr check -r rules.tsv -D bank=B2 -f failures in.tsv
    # a code that is none of the list is no value either; which bank B1 is, is known
    [ "$(cells failures rule result line column cause)" = "codes|fail|4|bank|
part|undecided|2|loan|caused by type loan
type|fail|2|loan|
who|fail|2|bank|
who|undecided|4|bank|caused by codes bank" ]
    [ "$(grep -c 'undecided,' <<< "$stderr")" = 0 ]
    sed -i '$d' rules.tsv
    tsv 'bank loan part' 'B1 1O0 5' 'B2 100 5' > in.tsv
    run -1 --separate-stderr check -r rules.tsv -f failures --counts counts in.tsv
    [ "$(cells counts rule run pass fail undecided | grep part)" = "part|2|1|0|1" ]
    [ "${stderr_lines[-1]}" = "validate: 2 rows, 1 failure (1 error), 1 undecided" ]
}

@test "a value not reported leaves a card undecided, which is listed; one that cannot exist lets it rest" {
    sed -i 's/^part\(.*\)$/part\1\tna/; 1s/$/\tmissing/; s/^\(bank\|loan\)\(.*\)$/\1\2\t/' schema.tsv
    tsv 'bank loan part' 'B1 100 _' 'B2 100 \-' > in.tsv
    run -1 --separate-stderr check -r rules.tsv -f failures --counts counts in.tsv
    [ "$output" = "$(cat in.tsv)" ]
    [ "$(cells failures severity rule result line cause)" = "error|part|undecided|2|missing part" ]
    [ "$(cells counts rule run pass fail undecided skipped | grep ^part)" = "part|1|0|0|1|1" ]
}

@test "when: a card applies only where its condition holds" {
    printf 'id\tseverity\twhen\tcheck\tmessage_zh\tmessage_en\nr\tconfirm\tloan > 50\tpart > 1\t小\tsmall\n' > r.tsv
    tsv 'bank loan part' 'B1 100 5' 'B2 40 0' 'B3 100 0' > in.tsv
    run -1 --separate-stderr check -r r.tsv --counts counts in.tsv
    [ "$output" = "$(cat in.tsv)" ] # a confirm removes nothing
    [ "$(cells counts rule run pass fail undecided skipped | grep '^r|')" = "r|2|1|1|0|1" ]
    [ "${stderr_lines[-1]}" = "validate: 3 rows, 1 failure (1 confirm)" ]
}

@test "inform alone is status 0" {
    sed 's/error/inform/' rules.tsv > r.tsv
    tsv 'bank loan part' 'B1 1 5' > in.tsv
    run -0 --separate-stderr check -r r.tsv in.tsv
    [ "${stderr_lines[-1]}" = "validate: 1 row, 1 failure (1 inform)" ]
}

@test "a card may look up another table; rows without a partner are told once" {
    printf 'id\tseverity\tcheck\tjoin\tmessage_zh\tmessage_en\n' > r.tsv
    printf 'up\tconfirm\tloan >= prior.loan\tbank\t降\tloans fell from {prior.loan}\n' >> r.tsv
    printf 'part.of.prior\tconfirm\tpart <= prior.loan\tbank\t大\tlarge\n' >> r.tsv
    tsv 'bank loan part' 'B1 101 5' 'B2 40 5' 'B3 7 5' > in.tsv
    run -1 --separate-stderr check -r r.tsv -x prior=prior.tsv -f failures --counts counts in.tsv
    [ "$(cells failures severity rule result line actual expected related)" = "inform|join.prior|undecided||1||
confirm|up|fail|3|40|50.00|prior:3" ]
    [ "$(cells counts rule run pass fail undecided | sed -n '/prior\|up/p')" = "join.prior|3|2|1|0
up|3|1|1|1
part.of.prior|3|2|0|1" ]
    [[ "${stderr_lines[0]}" == *"up: loans fell from 50.00"* ]]
}

@test "exists(NAME) fails where there is no row; the join may rename columns" {
    tsv 'area code' 'X B1' 'Y B2' > branches.tsv
    printf 'id\tseverity\tcheck\tjoin\tmessage_zh\tmessage_en\nr\terror\texists(branches)\tbank=code\t无\tno branch\n' > r.tsv
    tsv 'bank loan part' 'B1 1 1' 'B3 1 1' > in.tsv
    run -1 --separate-stderr check -r r.tsv -x branches=branches.tsv in.tsv
    [ "$output" = "$(tsv 'bank loan part' 'B1 1 1')" ]
}

@test "-D gives constants; an empty one, and an absent table, leave out the cards that need them" {
    printf 'id\tseverity\tcheck\tjoin\tmessage_zh\tmessage_en\n' > r.tsv
    printf 'who\terror\tbank == given.bank\t\t他行\tnot the bank that filed\n' >> r.tsv
    printf 'up\tconfirm\tloan >= prior.loan\tbank\t降\tfell\n' >> r.tsv
    tsv 'bank loan part' 'B1 1 1' > in.tsv
    run -1 check -r r.tsv -x prior= -D bank=B2 in.tsv
    check -r r.tsv -x prior= -D bank= --counts counts in.tsv | cmp - in.tsv
    [ "$(cells counts rule run skipped why | tail -n 2)" = "who|0|1|bank is not given
up|0|1|no table prior" ]
    run -2 check -r r.tsv -x prior= in.tsv
    [[ "$output" == *"-D bank=VALUE is needed"* ]]
    run -2 check -r r.tsv -D bank= in.tsv
    [[ "$output" == *"-x prior=FILE"* ]]
}

@test "cards have dates" {
    printf 'id\tseverity\tfrom\tto\tcheck\tmessage_zh\tmessage_en\n' > r.tsv
    printf 'r\terror\t\t2022-06\tpart == 0\t零\tzero\nr\terror\t2022-07\t\tpart == 1\t一\tone\n' >> r.tsv
    tsv 'bank loan part' 'B1 9 1' > in.tsv
    check -r r.tsv -D period=2022-07 in.tsv | cmp - in.tsv
    run -1 check -r r.tsv -D period=2022-06 in.tsv
    run -2 check -r r.tsv in.tsv
    sed -i 's/2022-07/2022-06/' r.tsv
    run -2 check -r r.tsv -D period=2022-06 in.tsv
    [ "$output" = "validate: r.tsv:3: column 'id': 'r' is in force at the same time in r.tsv:2" ]
}

@test "a mistake in a specification is refused with its file and line, before data is read" {
    local n=0 column value
    while IFS='|' read -r kind row reason; do
        n=$((n + 1))
        cp schema.tsv s.tsv
        cp rules.tsv r.tsv
        printf "$row\n" >> "$kind"
        printf 'header of nothing\n' > in.tsv
        run -2 validate -s s.tsv -r r.tsv -x banks=banks.tsv -o out in.tsv
        [[ "$output" == "validate: $kind:"[0-9]*"$reason"* ]] || { echo "$row: $output"; false; }
        [ ! -e out ]
    done << 'MISTAKES'
s.tsv|x\tnumber\t\t\t\t\t\t\t|unknown type 'number'
s.tsv|bank\ttext\t\t\t\t\t\t\t|'bank' is in line 2 already
s.tsv|x\ttext\t\t\t\t\t\t1\t|has no range
s.tsv|x\tnum\t\t\t\t\t\t<1\t|exclusive when written >
s.tsv|x\tnum\t\t\t\t\t\t9\t1|max 1 is below min 9
s.tsv|x\tdate\t\t\t\t\t\t2022-02-30\t|not a date
s.tsv|x\tcode\t\t\t\t\tother.code\t\t|need -x other=FILE
s.tsv|x\tcode\t\t\t\t\tbanks.code\t\t|has no column 'code'
s.tsv|x\tcode\t\t\t\t\ta\174\174b\t\t|an empty code
s.tsv|x\tint\t\t2\t\t\t\t\t|has no decimals
s.tsv|_file\ttext\t\t\t\t\t\t\t|does not begin with _
r.tsv|x\tfatal\t1 == 1\ta\tb|unknown severity 'fatal'
r.tsv|part\terror\t1 == 1\ta\tb|in force at the same time
r.tsv|x\terror\tlone > 0\ta\tb|no column 'lone'
r.tsv|x\terror\tbank > 0\ta\tb|
r.tsv|x\terror\tloan >\ta\tb|
r.tsv|x\terror\tloan + 1\ta\tb|
r.tsv|x\terror\tprior.loan > 0\ta\tb|join
r.tsv|x\terror\tloan > 0\ta\t{lone}|no column 'lone'
r.tsv|x\terror\tloan > 0\t\tb|without its message
r.tsv|type\terror\tloan > 0\ta\tb|is the name of a check
MISTAKES
    [ $n = 21 ]
}

@test "a reference table that is not there, or whose key repeats, is the caller's fault" {
    tsv 'bank loan part' 'B1 1 1' > in.tsv
    run -2 validate -s schema.tsv -x banks=absent.tsv in.tsv
    tsv 'bank loan' 'B1 1' 'B1 2' > twice.tsv
    printf 'id\tseverity\tcheck\tjoin\tmessage_zh\tmessage_en\nup\tconfirm\tloan >= prior.loan\tbank\t降\tfell\n' > r.tsv
    run -2 check -r r.tsv -x prior=twice.tsv in.tsv
    [[ "$output" == *"twice.tsv:3: the key bank stands there a second time"* ]]
}

@test "--test-rules runs the examples on the cards" {
    printf 'id\tseverity\tcheck\tjoin\tmessage_zh\tmessage_en\tpass\tfail\n' > r.tsv
    printf 'a\terror\tpart <= loan\t\t大\tlarge\tpart=1;loan=2\tpart=3; loan=2\n' >> r.tsv
    printf 'b\terror\tloan == prior.loan\tbank\t异\tdiffers\tloan=2;prior.loan=2\tloan=2; prior.loan=3\n' >> r.tsv
    [ "$(validate --test-rules -s schema.tsv -r r.tsv)" = "2 cards, 4 examples, 0 wrong" ]
    sed -i 's/part=3/part=2/' r.tsv
    run -1 --separate-stderr validate --test-rules -s schema.tsv -r r.tsv
    [ "$output" = "2 cards, 4 examples, 1 wrong" ]
    [ "$stderr" = "validate: r.tsv:2: column 'fail': a: the example that must fail passes" ]
}

@test "a hit key follows the values that entered the rule, and nothing else" {
    tsv 'bank loan part' 'B1 1 5' > in.tsv
    tsv 'bank loan part' 'B2 1 1' 'B1 1 5' > moved.tsv
    tsv 'bank loan part' 'B1 1 6' > changed.tsv
    for t in in moved changed; do check -r rules.tsv -D period=2022-11 -f $t.failures $t.tsv > out 2> err || true; done
    [ "$(cells in.failures hit_key)" = "$(cells moved.failures hit_key)" ]
    [ "$(cells in.failures hit_key)" != "$(cells changed.failures hit_key)" ]
    # FNV-1a, 128 bits, over the fields, each followed by a TAB
    [ "$(cells in.failures hit_key)" = "$(python3 -c "
h = 0x6c62272e07bb014262b821756295c58d
for b in b'part\t\t\t\t2022-11\tB1\t5\t1\t':
    h = (h ^ b) * 0x1000000000000000000013b % 2**128
print(f'{h:032x}')")" ]
}

@test "failures are in the order of rule, file and line, and never cut; 20 are shown" {
    { tsv 'bank loan part'; for i in $(seq 300); do printf 'B1\tx\t1\n'; done; } > in.tsv
    sed -i '/key/s/key/note/' schema.tsv
    run -1 --separate-stderr check -f failures in.tsv
    [ "$(cells failures line)" = "$(seq 2 301)" ]
    [ "$(grep -c 'not a decimal' <<< "$stderr")" = 20 ]
    [ "${stderr_lines[-1]}" = "validate: 300 rows, 300 failures (300 error)" ]
    run -1 --separate-stderr check --max-errors 3 in.tsv
    [ "$(grep -c 'not a decimal' <<< "$stderr")" = 3 ]
}

@test "standard input, gzip, and the same bytes again" {
    tsv 'bank loan part' 'B1 1 5' 'B9 1 1' 'B2 5 1' > in.tsv
    check -r rules.tsv -f f1 in.tsv > o1 2> e1 || [ $? = 1 ]
    gzip -c in.tsv | check -r rules.tsv -f f2 > o2 2> e2 || [ $? = 1 ]
    cmp o1 o2
    cmp <(sed 's/in.tsv//' f1) <(sed 's/(standard input)//' f2)
}

@test "misuse is status 2, a full disk 4" {
    tsv 'bank loan part' 'B1 1 1' > in.tsv
    run -2 validate in.tsv
    run -2 check in.tsv in.tsv
    run -2 check -D x in.tsv
    run -2 check -x banks=banks.tsv in.tsv
    run -2 validate --test-rules -s schema.tsv
    run -2 check --origin banks.tsv in.tsv
    run -2 check --nonsense in.tsv
    run -4 bash -c 'validate -s schema.tsv -x banks=banks.tsv in.tsv > /dev/full'
    run -4 check -f /nowhere/failures in.tsv
}

@test "the failure file has its fixed columns, and names run, file and version of the rule" {
    printf 'id\tseverity\tversion\tlevel\tfrom\tcheck\tflex\tmessage_zh\tmessage_en\n' > r.tsv
    printf 'a\terror\t\t\t2022-07\tpart <= loan\tloan,given.who\t大\tlarge\nb\terror\t3\t5\t\tpart <= loan\t\t大\tlarge\n' >> r.tsv
    tsv 'bank loan part' 'B1 1.00 5' > in.tsv
    run -1 check -r r.tsv -D period=2022-07 -D run_id=R7 -D sha256=0123456789abcdef -D who=Li -f failures in.tsv
    head -n 1 failures | tr '\t' '\n' | paste -sd' ' > got
    same got << 'END'
run_id severity rule rule_version level result period institution table file sha256_8 sheet line record column header cell key actual expected difference allowance unit related cause message_zh message_en hit_key state by reason flex
END
    [ "$(cells failures run_id rule rule_version level sha256_8 state flex)" = "R7|a|2022-07|1|01234567|open|loan=1.00; given.who=Li
R7|b|3|5|01234567|open|" ]
}

@test "another version of a rule asks again" {
    printf 'id\tseverity\tversion\tcheck\tmessage_zh\tmessage_en\na\terror\t1\tpart <= loan\t大\tlarge\n' > one.tsv
    sed 's/\t1\t/\t2\t/' one.tsv > two.tsv
    sed 's/大/太大/; s/large/too large/' one.tsv > words.tsv
    tsv 'bank loan part' 'B1 1.00 5' > in.tsv
    for r in one two words; do check -r $r.tsv -f $r in.tsv > out 2> err || true; done
    [ "$(cells one hit_key)" != "$(cells two hit_key)" ]
    [ "$(cells one hit_key)" = "$(cells words hit_key)" ]
}

@test "the level of a card is 1, or 2 when it looks at other tables; a mistake in it is refused" {
    printf 'id\tseverity\tcheck\tjoin\tmessage_zh\tmessage_en\na\terror\tpart <= loan\t\t大\tlarge\nb\terror\tpart <= prior.loan\tbank\t大\tlarge\n' > r.tsv
    tsv 'bank loan part' 'B1 1.00 500' > in.tsv
    run -1 check -r r.tsv -x prior=prior.tsv -f failures in.tsv
    [ "$(cells failures rule level)" = "a|1
b|2" ]
    printf 'id\tseverity\tlevel\tcheck\tmessage_zh\tmessage_en\na\terror\t6\tpart <= loan\t大\tlarge\n' > r.tsv
    run -2 check -r r.tsv in.tsv
    [[ $output == *"r.tsv:2: column 'level': "* ]]
    printf 'id\tseverity\tflex\tcheck\tmessage_zh\tmessage_en\na\terror\tlone\tpart <= loan\t大\tlarge\n' > r.tsv
    run -2 check -r r.tsv in.tsv
    [[ $output == *"r.tsv:2: column 'flex': no column 'lone'"* ]]
}

@test "a failure file is CSV or JSON lines by its ending, with the same records" {
    sed -i 's/部分大于总额/"部分", 大于\\\\总额/' rules.tsv
    tsv 'bank loan part' 'B1 1.00 5' 'B9 x 1' > in.tsv
    for form in tsv csv jsonl; do run -1 check -r rules.tsv -f failures.$form in.tsv; done
    python3 - << 'PYTHON'
import csv, json
def plain(s):
    return s.replace("\\\\", "\\")
with open("failures.tsv", encoding="utf-8", newline="") as f:
    lines = f.read().split("\n")
rows = [dict(zip(lines[0].split("\t"), map(plain, x.split("\t")))) for x in lines[1:-1]]
assert len(rows) == 4 and any('"部分", 大于\\总额' == r["message_zh"] for r in rows), rows
with open("failures.csv", encoding="utf-8", newline="") as f:
    assert list(csv.DictReader(f)) == rows
with open("failures.jsonl", encoding="utf-8") as f:
    objects = [json.loads(x) for x in f]
assert [list(o) for o in objects] == [list(r) for r in rows]
assert [{k: "" if v is None else str(v) for k, v in o.items()} for o in objects] == rows
assert all(o["line"] is None or isinstance(o["line"], int) for o in objects)
PYTHON
}

@test "rows that another table lacks are told once and counted by row, whatever the number of cards" {
    printf 'id\tseverity\tcheck\tjoin\tmessage_zh\tmessage_en\n' > r.tsv
    for i in 1 2 3; do printf 'r%s\tconfirm\tpart + %s <= prior.loan\tbank\t大\tlarge\n' $i $i >> r.tsv; done
    { tsv 'bank loan part'; for i in $(seq 300); do printf 'B3\t%s\t1\n' $i; done; printf 'B1\t1\t1\n'; } > in.tsv
    sed -i '/key/s/key/note/' schema.tsv
    run -1 --separate-stderr check -r r.tsv -x prior=prior.tsv -f failures in.tsv
    [ "$(cells failures rule actual message_en)" = "join.prior|300|300 of 301 rows have no row in prior by bank, so cards that need one are undecided" ]
    [ "${stderr_lines[-1]}" = "validate: 301 rows, 0 failures, 300 rows not in prior" ]
}

@test "law: what is written is every row without an error, byte for byte and in order; with --all every row that is one" {
    printf 'name\ttype\tdecimals\trequired\tcodes\tmin\nid\tid\t\t1\t\t\nbank\tcode\t\t1\tB1|B2|银行\t\nloan\tnum\t2\t1\t\t0\npart\tnum\t2\t\t\t\nday\tdate\t\t\t\t2020-01-01\n' > s.tsv
    printf 'id\tseverity\tcheck\tmessage_zh\tmessage_en\npart\terror\tpart <= loan\t大\tlarge\nodd\tconfirm\tloan != 7\t七\tseven\n' > r.tsv
    printf 'id\tseverity\tkind\twith\tmessage_zh\tmessage_en\ntwice\terror\tunique\tcolumns=id\t重\ttwice\n' > u.tsv
    python3 - << 'PYTHON'
import random
from decimal import Decimal
rnd = random.Random(7)
ways = [("bank", ["B1", "B2", "银行"], ["B9", ""]), ("loan", ["7", "0.00", "12.5", "9999999.99"], ["1e5", "-1", "", "12,5", "\\-"]),
        ("part", ["0", "12.50", "", "\\N"], ["x", "\\-"]), ("day", ["2022-02-28", ""], ["2022-02-29", "2019-12-31"])]
good, every, table, failures = [], [], [], 0
for i in range(40000):
    row, bad = [f"i{rnd.randint(0, 39000)}"], False
    for _, right, wrong in ways:
        wrongly = rnd.random() < 0.01
        row.append(rnd.choice(wrong if wrongly else right))
        bad = bad or wrongly
    if not bad and row[3] not in ("", "\\N"):
        bad = Decimal(row[3]) - Decimal("0.005") > Decimal(row[2]) + Decimal("0.005")
    line = "\t".join(row)
    if rnd.random() < 0.005: # another number of fields: no row of this table
        table.append(rnd.choice([line + "\t", line.rsplit("\t", 1)[0]]))
        continue
    table.append(line)
    every.append(line)
    good += [] if bad else [line]
for name, lines in (("in", table), ("good", good), ("every", every)):
    with open(name, "w", encoding="utf-8", newline="") as f:
        f.write("\n".join(["id\tbank\tloan\tpart\tday"] + lines) + "\n")
PYTHON
    [ "$(wc -l < good)" -gt 30000 ]
    [ "$(wc -c < in)" -gt 700000 ]
    run -1 validate -s s.tsv -r r.tsv -r u.tsv -o out in
    cmp out good
    run -1 validate -s s.tsv -r r.tsv -r u.tsv --all -o out in
    cmp out every
    gzip -c in | validate -s s.tsv -r r.tsv -r u.tsv > out 2> err || [ $? = 1 ]
    cmp out good
    # with an origin, and without its columns again
    awk -F'\t' -v OFS='\t' 'NR == 1 { print $0, "_file", "_sheet", "_line", "_record"; next } NF == 5 { print $0, "f", "", NR, NR }' in > in.origin
    validate -s s.tsv -r r.tsv --drop-origin in.origin > out 2> err || [ $? = 1 ]
    cmp out good
    validate -s s.tsv -r r.tsv --all in.origin > out 2> err || [ $? = 1 ]
    cmp out in.origin
}
