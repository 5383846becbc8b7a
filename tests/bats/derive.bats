#!/usr/bin/env bats
# derive: columns from exact expressions, rows by condition, columns chosen.

load helper

setup() {
    tsv 'bank loan npl' '07 100.00 1.25' '08 _ 3' '09 0 1' > in.tsv
}

@test "a column is added, and a later one may use it" {
    derive -a 'r=pct(npl, loan, 2)' -a 'double=r * 2' in.tsv > out
    tsv 'bank loan npl r double' '07 100.00 1.25 1.25 2.50' '08 _ 3 _ _' '09 0 1 \- \-' | same out
}

@test "an existing name is replaced in place, reading the old value" {
    derive -a 'loan=loan + 1' -a 'loan=loan + 1' in.tsv > out
    tsv 'bank loan npl' '07 102.00 1.25' '08 _ 3' '09 2 1' | same out
}

@test "-w keeps the rows for which it is true: undecided is not true" {
    derive -w 'loan >= 0' in.tsv > out
    tsv 'bank loan npl' '07 100.00 1.25' '09 0 1' | same out
    derive -w "bank != '07'" -w 'npl > 2' in.tsv > out
    tsv 'bank loan npl' '08 _ 3' | same out
}

@test "-w sees what -a computed" {
    derive -w 'r > 1' -a 'r=pct(npl, loan, 2)' -c bank in.tsv > out
    tsv 'bank' '07' | same out
}

@test "-w on input columns spares the rows it drops their computation" {
    tsv 'k v' 'a x' 'b 2' | derive -w "k == 'b'" -a 'd=v * 2' > out
    tsv 'k v d' 'b 2 4' | same out
}

@test "-c chooses, orders and renames, computed columns too" {
    derive -a 'r=npl * 2' -c npl,r=double,bank=b,loan in.tsv > out
    tsv 'npl double b loan' '1.25 2.50 07 100.00' '3 6 08 _' '1 2 09 0' | same out
}

@test "-c takes a name with a comma after a backslash" {
    printf 'a,b\tc=d\n1\t2\n' | derive -c 'c=d,a\,b=x' > out
    printf 'c=d\tx\n2\t1\n' | same out
}

@test "identifiers pass as they are, numbers keep the decimals of their source" {
    printf 'id\tx\n0012\t1.50\n' | derive -a 'same=id' -a 'sum=x + 1' -a 'prod=x * x' > out
    printf 'id\tx\tsame\tsum\tprod\n0012\t1.50\t0012\t2.50\t2.2500\n' | same out
}

@test "without operations rows pass byte for byte, and \\N is never written" {
    printf 'a\tb\nx\\ty\t\\-\n\\N\t\\\\N\n' | derive > out
    printf 'a\tb\nx\\ty\t\\-\n\t\\\\N\n' | same out
}

@test "\\N is written as nothing in rows with computed columns too" {
    printf 'a\tb\tc\n1\t\\N\tx\n\\N\t2\t\\N\n' | derive -a 'd=coalesce(a, 0) + 1' -a 'e=c' -c b,a,d,c,e > out
    printf 'b\ta\td\tc\te\n\t1\t2\tx\tx\n2\t\t1\t\t\n' | same out
}

@test "a row longer than any buffer is computed and written like the others" {
    long=$(head -c 300000 /dev/zero | tr '\0' x)
    printf 'a\tb\n1\t2\n%s\t3\n4\t5\n' "$long" | derive -a 'c=b * 2' -a 'd=concat(a, a)' -c c,a,d,a=again > out
    printf 'c\ta\td\tagain\n4\t1\t11\t1\n6\t%s\t%s%s\t%s\n10\t4\t44\t4\n' "$long" "$long" "$long" "$long" | cmp - out
}

@test "numbers beyond 64 bits, of other decimals and missing ones among a thousand like each other" {
    awk 'BEGIN { print "x\ty"; for (i = 0; i < 1000; i++) print i % 7 == 3 ? (i % 2 ? "\\N" : "\\-") : i % 11 == 5 ? "99999999999999999999.5" : i ".25", i % 5 ? 3 : "0.125" }' | tr ' ' '\t' > in.tsv
    derive -a 's=x + y' -a 'p=x * y' -a 'q=round(x / y, 3)' -c s,p,q in.tsv > out
    python3 - <<'END' | same out
from decimal import Decimal, getcontext

getcontext().prec = 60
print("s", "p", "q", sep="\t")
for line in open("in.tsv").read().splitlines()[1:]:
    x, y = line.split("\t")
    if x[0] == "\\":
        print(*[x.replace("\\N", "")] * 3, sep="\t")
    else:
        x, y = Decimal(x), Decimal(y)
        print(x + y, x * y, (x / y).quantize(Decimal("0.001"), "ROUND_HALF_UP"), sep="\t")
END
}

@test "several files with one header become one table" {
    tsv 'bank loan npl' '10 1 0' > more.tsv
    derive -c bank in.tsv more.tsv > out
    tsv bank 07 08 09 10 | same out
}

@test "another header in a later file is status 3, both files named" {
    tsv 'bank npl loan' '10 1 0' > other.tsv
    run -3 --separate-stderr derive in.tsv other.tsv
    [ "$stderr" = "derive: other.tsv:1: the header differs from that of in.tsv" ]
}

@test "a header alone gives a header alone" {
    tsv 'a b' | derive -a 'c=a + b' -w 'c > 1' > out
    tsv 'a b c' | same out
}

@test "no bytes at all is status 3" {
    run -3 --separate-stderr derive -a 'c=1' /dev/null
    [ -z "$output" ]
}

@test "gz is read, a last line without LF is a row" {
    printf 'a\n1\n2' | gzip > in.gz
    derive -a 'b=a * 2' in.gz > out
    tsv 'a b' '1 2' '2 4' | same out
}

@test "what is not a decimal is named by file, line, column and value; every one is counted" {
    printf 'bank\tloan\n01\t1.5\n02\t12,5o\n03\tx\n' > bad.tsv
    run -3 --separate-stderr derive -a 'd=loan * 2' bad.tsv
    [ "${stderr_lines[0]}" = "derive: bad.tsv:3: column 'loan': not a decimal: '12,5o'" ]
    [ "${stderr_lines[1]}" = "derive: bad.tsv:4: column 'loan': not a decimal: 'x'" ]
}

@test "an overflow names the row and the column that was computed" {
    printf 'x\n1\n99999999999999999999999999999999\n' > big.tsv
    run -3 --separate-stderr derive -a 'y=x * x' big.tsv
    [ "$stderr" = "derive: big.tsv:3: column 'y': overflow: the exact value of 'x * x' does not fit 128 bits" ]
}

@test "more than 18 decimals is an error of the row" {
    printf 'x\n0.0000000001\n' > small.tsv
    run -3 --separate-stderr derive -a 'y=x * x' small.tsv
    [ "$stderr" = "derive: small.tsv:2: column 'y': the value has more than 18 decimals" ]
}

@test "after an error -o leaves the target as it was" {
    echo before > kept
    printf 'x\n1\nq\n' > bad.tsv
    run -3 --separate-stderr derive -a 'y=x + 1' -o kept bad.tsv
    echo before | same kept
    derive -a 'y=bank' -o kept in.tsv
    [ "$(head -n 1 kept)" = "$(printf 'bank\tloan\tnpl\ty')" ]
}

@test "a division that may not end is refused before a row is read" {
    run -2 --separate-stderr derive -a 'r=npl / loan' in.tsv
    [ -z "$output" ]
    [[ $stderr == *"'npl / loan' may have no finite decimal; round(x, digits)"* ]]
    derive -a 'r=loan / 8' -c r in.tsv > out
    printf 'r\n12.5\n\n0\n' | same out
}

@test "a round of what is rounded is refused, unless it says chain" {
    run -2 --separate-stderr derive -a 'r=round(round(npl, 1), 0)' in.tsv
    [[ $stderr == *"rounds what is already rounded; if it must, write chain(...) around the inner rounding"* ]]
    derive -a 'r=round(chain(round(npl, 1)), 0)' -c r in.tsv > out
    tsv r 1 3 1 | same out
}

@test "a ratio without a value: cannot exist, is counted, or is an error" {
    derive -a 'r=pct(npl, loan, 2)' -a 'q=round(npl / loan, 3)' -c r,q in.tsv > out 2> err
    tsv 'r q' '1.25 0.013' '_ _' '\- \-' | same out
    [ ! -s err ]
    derive --undefined count -a 'r=pct(npl, loan, 2)' -a 'q=round(npl / loan, 3)' -c r,q in.tsv > counted 2> err
    same counted < out
    printf "derive: column '%s': 1 ratio without a value, the first in in.tsv:4\n" r q | same err
    derive --undefined count -w 'coalesce(npl / loan, 1) > 0' -a 'r=if(loan > 0, npl / 8, na)' -c bank in.tsv in.tsv 2> err
    echo "derive: -w: 2 ratios without a value, the first in in.tsv:4" | same err
    run -3 --separate-stderr derive --undefined error -a 'r=pct(npl, loan, 2)' in.tsv
    [ "$stderr" = "derive: in.tsv:4: column 'r': undefined: a base that is not positive in 'pct(npl, loan, 2)'" ]
    run -3 --separate-stderr derive --undefined error -w 'npl / loan > 0' in.tsv
    [ "$stderr" = "derive: in.tsv:4: undefined: division by zero in 'npl / loan'" ]
}

@test "the first ratio without a value is named wherever in a large table it stands" {
    awk 'BEGIN { print "a\tb"; for (i = 2; i < 3000; i++) print i "\t" (i == 1700 || i == 2600 ? 0 : 1) }' > large.tsv
    derive --undefined count -a 'r=round(a / b, 1)' -w 'a > 1600' large.tsv 2> err | tail -n 1 > out
    printf '2999\t1\t2999.0\n' | same out
    echo "derive: column 'r': 2 ratios without a value, the first in large.tsv:1700" | same err
}

@test "columns computed in one run and in a run each are the same" {
    tsv 'x y' '4.00 3' '16 0.50' '8 _' '1 \-' '2.5 7' > in.tsv
    derive -a 'a=x / 8' -a 'b=a * a' -a "c=concat(text(b), '')" -a 'd=length(c)' in.tsv > out
    derive -a 'a=x / 8' in.tsv | derive -a 'b=a * a' | derive -a "c=concat(text(b), '')" | derive -a 'd=length(c)' | same out
}

@test "misuse is status 2 with a reason" {
    run -2 --separate-stderr derive -a 'r=nosuch + 1' in.tsv
    [[ $stderr == "derive: -a r: no column 'nosuch', at 'nosuch' in 'nosuch + 1'; there are: bank, loan, npl; try"* ]]
    run -2 --separate-stderr derive -a 'r' in.tsv
    run -2 --separate-stderr derive -a '=1' in.tsv
    run -2 --separate-stderr derive -a 'r=laon + 1' in.tsv
    [[ $stderr == *"no column 'laon', at 'laon' in 'laon + 1'; is it 'loan'? there are: bank, loan, npl; try"* ]]
    run -2 --separate-stderr derive -a 'r=rond(loan, 1)' in.tsv
    [[ $stderr == *"no such function, at 'rond' in 'rond(loan, 1)'; is it 'round'? there are: round, pct, "* ]]
    run -2 --separate-stderr derive -c bank,none in.tsv
    [[ $stderr == "derive: -c: no column 'none'; there are: bank, loan, npl; try"* ]]
    run -2 --separate-stderr derive -c baank in.tsv
    [[ $stderr == "derive: -c: no column 'baank'; is it 'bank'? there are: bank, loan, npl; try"* ]]
    run -2 --separate-stderr derive --undefined never in.tsv
    [[ $stderr == "derive: --undefined wants na, count or error, not 'never'; try"* ]]
    run -2 --separate-stderr derive -c bank,loan=bank in.tsv
    run -2 --separate-stderr derive -w '1 + 1' in.tsv
    run -2 --separate-stderr derive -w 'bank == loan' in.tsv
    run -2 --separate-stderr derive --nosuch in.tsv
}

@test "a ragged row is status 3 with its line" {
    printf 'a\tb\n1\t2\n3\n' > ragged.tsv
    run -3 --separate-stderr derive -a 'c=1' ragged.tsv
    [[ $stderr == "derive: ragged.tsv:3: "* ]]
}

@test "a full disk is status 4" {
    run -4 --separate-stderr bash -c 'derive in.tsv > /dev/full'
}

@test "--help and --version go to standard output" {
    run -0 --separate-stderr derive --help
    [[ $output == "usage: derive "* ]] && [ -z "$stderr" ]
    run -0 derive --version
}
