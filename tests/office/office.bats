# LibreOffice and extract read and write the same workbooks: `make test-office`, which installs it. Not part of make test.
load ../bats/helper

setup() { command -v soffice >/dev/null || skip "LibreOffice is not installed"; }

# office TO FILE [FILTER]: FILE converted to the format TO, beside it; FILTER says how a CSV is read.
office() {
    soffice "-env:UserInstallation=file://$BATS_TEST_TMPDIR/profile" --headless ${3:+--infilter="$3"} --convert-to "$1" \
        --outdir "$PWD" "$2" >office.log 2>&1
}

# CSV in UTF-8, quoted cells are texts, and nothing is guessed to be a date.
READ='CSV:44,34,76,1,,0,true,false'
# CSV in UTF-8, cells as they are shown, all texts quoted.
SHOWN='csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true'

@test "random tables written by LibreOffice as .xlsx and .xls come back as they were" {
    local n kind
    python3 -B - <<'PY'
import random
R = random.Random(7)
letters = "abcé中国人𠮷㙍镕 ,\"'-=;&<>_"
for n in range(3):
    with open(f"t{n}.csv", "w", encoding="utf-8") as out:
        print(",".join(f'"h{c}"' for c in "ABCDEFGH"), file=out)
        for row in range(400):
            cells = []
            for c in range(8):
                kind = R.randrange(5)
                digits = R.randrange(-(10 ** 12), 10 ** 12)
                places = R.randrange(5)
                if kind == 0 and c < 7:
                    cells.append("")
                elif kind < 3:
                    text = f"{abs(digits) // 10 ** places}.{abs(digits) % 10 ** places:0{places}d}".rstrip("0").rstrip(".") if places else str(abs(digits))
                    cells.append(("-" if digits < 0 else "") + text)
                else:
                    word = "".join(R.choice(letters) for _ in range(R.randrange(1, 40)))
                    cells.append('"' + word.replace('"', '""') + '"')
            print(",".join(cells), file=out)
PY
    for n in 0 1 2; do
        extract "t$n.csv" >want
        for kind in xlsx xls; do
            office "$kind" "t$n.csv" "$READ"
            extract "t$n.$kind" >got
            cmp want got
        done
    done
}

# A workbook of formats, dates, merged cells, formulas.
describe() {
    cat <<'END'
{"sheets": [{"name": "附表 & <二>", "merged": ["A9:B9"], "cells": {
 "A1": "a", "B1": "b", "C1": "c", "D1": "d",
 "A2": "机构 𠮷", "B2": {"value": 0.0123, "format": "0.00%"}, "C2": {"value": 44895, "format": "yyyy-mm-dd"}, "D2": 0.30000000000000004,
 "A3": "x, \"y\"", "B3": {"value": 12.5, "format": "0.00"}, "C3": {"value": 61, "format": "yyyy-mm-dd"}, "D3": 1234567.25,
 "A4": " 中 ", "B4": {"value": 1, "format": "0%"}, "C4": {"value": 44895.75, "format": "yyyy-mm-dd\"T\"hh:mm:ss"}, "D4": -7,
 "A5": "e", "B5": {"error": "#DIV/0!"}, "C5": {"value": 0.75, "format": "hh:mm:ss"}, "D5": 100000000000,
 "A6": "f", "B6": {"formula": 2.5, "text": "5/2"}, "C6": {"value": 1.5, "format": "[hh]:mm:ss"}, "D6": true,
 "A7": "g", "B7": {"formula": "文本", "text": "\"文本\""}, "C7": {"value": 44866, "format": "yyyy-mm"}, "D7": false,
 "A9": "merged", "C9": 3, "D9": 4}}]}
END
}

@test "LibreOffice shows of our .xlsx what extract reads" {
    describe | python3 -B "$TOP/tests/judge/make_xlsx.py" in.xlsx
    extract in.xlsx >got
    office "$SHOWN" in.xlsx
    extract in.csv | sed '/^\t*$/d' | diff -u - got
}

# What the program shows is what extract gives but for what it says it leaves out (separators of thousands, blanks, currency
# signs, the way a minus is shown) and for rounding: no number here has more decimals than its format.
@test "LibreOffice takes the same section of a format, and shows the same text around the digits and between them" {
    python3 -B - "$TOP" <<'PY'
import sys
sys.path.insert(0, sys.argv[1] + "/tests/judge")
import make_xlsx
codes = ['[<1]0%;0.00', '[<1]0%;0.00;"z"0', '[>100]"big"0;-"neg"0;"else"0', '[>100]"big"0;[<-6]-"low"0;"else"0', '0;-"neg"0;"zero"',
         '0.00"亿"', '"B"00', '0000', '000-0000', '0000"年"00"月"', '#,##0.00', '"完成"', '"完成";"未";"零"', '"A-"000', '0.00"亿";(0.00"亿")',
         '[$USD] #,##0.00', '0.00"%"', '0.0‰', '00.00', '#"万"0000', 'General"亿"', '0元', '0%"增"', '#,##0_);(#,##0)',
         '0"86"000', '[>5]0.0', '[<0]-"n"0;0', '[=1]"是";[=0]"否";0', '[>=10000]#,##0.00,,;0', '0;@', '"t"@', '0 "x y"']
cells = {"A1": "code"} | {f"{c}1": c for c in "BCDEF"}
for i, code in enumerate(codes, 2):
    cells[f"A{i}"] = f"code {i}"
    cells |= {f"{c}{i}": {"value": v, "format": code} for c, v in zip("BCDEF", (5, 12340000, 0, 202211, -5))}
make_xlsx.write({"sheets": [{"name": "S", "cells": cells}]}, "in.xlsx")
PY
    plain() { sed 's/[,()-]//g; s/ *\t/\t/g; s/ *$//'; } # LibreOffice forgets the minus where a condition is not met
    office "${SHOWN/44/9}" in.xlsx
    extract -t csv -d '\t' in.csv | plain >want
    extract in.xlsx | plain >got
    # 202211 by [>=10000]#,##0.00,, is 0.202211, which the program rounds.
    diff -u <(sed '/^code 30/d' want) <(sed '/^code 30/d' got)
    grep -q '^code 30	5	12.34	0	0.202211	5$' got
}

# LibreOffice shows booleans of an .xls file as 1 and 0, so there are none.
@test "LibreOffice shows of our .xls, whose texts go on in CONTINUE records, what extract reads" {
    describe | sed 's/: true/: 1/; s/: false/: 0/' | python3 -B "$TOP/tests/judge/make_xls.py" in.xls
    extract in.xls >got
    office "$SHOWN" in.xls
    extract in.csv | sed '/^\t*$/d' | diff -u - got
    python3 -B - "$TOP" <<'PY'
import random
import sys
sys.path.insert(0, sys.argv[1] + "/tests/judge")
import make_xls
R = random.Random(8224)
cells = {"A1": "texts"}
for line in range(2, 5002):
    word = "%d " % line + "".join(R.choice("abé中国人𠮷㙍") for _ in range(R.randrange(1, 90)))
    cells["A%d" % line] = {"text": word, "runs": R.choice([0, 0, 3]), "phonetic": R.choice([0, 0, 6])}
with open("texts.xls", "wb") as out:
    out.write(make_xls.make({"sheets": [{"name": "S", "cells": cells}], "shuffle": 3}))
PY
    extract texts.xls >got
    office "$SHOWN" texts.xls
    extract texts.csv | cmp - got
}

@test "a workbook goes through LibreOffice, as .xlsx and .xls, and back without a change" {
    local to
    describe | python3 -B "$TOP/tests/judge/make_xlsx.py" in.xlsx
    extract in.xlsx >want
    for to in xlsx xls; do
        mkdir -p "$to" "$to/back"
        cp in.xlsx "$to/w.xlsx"
        (cd "$to" && office "$to" w.xlsx)
        extract "$to/w.$to" | diff -u want -
        cp "$to/w.$to" "$to/back/"
        (cd "$to/back" && office xlsx "w.$to")
        # LibreOffice reads the error constants that it wrote into an .xls as another error.
        extract "$to/back/w.xlsx" | grep -v '^e' | diff -u <(grep -v '^e' want) -
    done
}

@test "merged headings, hidden rows and sheets survive LibreOffice" {
    local to
    python3 -B "$TOP/tests/judge/make_xlsx.py" in.xlsx <<'END'
{"sheets": [{"name": "S", "merged": ["A1:C1", "A2:A3", "B2:C2"], "hidden_rows": [5],
             "cells": {"A1": "月报表", "A2": "地区", "B2": "贷款", "B3": "余额", "C3": "户数", "A4": "泰山", "B4": 1, "C4": 2, "A5": "藏", "B5": 3, "C5": 4}},
            {"name": "藏", "hidden": true, "cells": {"A1": "b"}}]}
END
    printf '%s\n' 'target	source	type	required' '@header	2		' 'area	地区	text	1' 'loan	贷款/余额	num	1' 'firms	贷款/户数	int	1' >map.tsv
    for to in xlsx xls; do
        mkdir -p "$to"
        cp in.xlsx "$to/w.xlsx"
        (cd "$to" && office "$to" w.xlsx)
        extract -m map.tsv --log log "$to/w.$to" | same <(printf '%s\n' 'area	loan	firms' '泰山	1	2')
        grep -q '^rows.hidden	1	' log
        grep -q '^sheet.hidden	1	藏	' log
        extract -m map.tsv --hidden --sheet S "$to/w.$to" | tail -1 | same <(printf '藏\t3\t4\n')
    done
}
