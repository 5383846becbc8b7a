# extract: a bank's file to canonical TSV, exactly.
load helper

# A mapping of the kinds there are: a code, an amount, a count, a percentage, constants.
setup() {
    printf '%s\n' 'unit	dimension	shift' '元	yuan	0' '万元	yuan	4' '亿元	yuan	8' '%	percent	0' '‰	percent	-1' \
        'BP	percent	-2' '户	count	0' >units.tsv
    printf '%s\n' 'table	alias	code' 'area	泰山区	TS' 'area	泰山	TS' 'area	岱岳区	DY' 'scope	本外币	all' \
        'scope	人民币	cny' >aliases.tsv
    printf '%s\n' 'target	source	unit	decimals	codes	type	required' '@unit	万元					' \
        '@skip	合计|总计					' '@end	填表人|注：					' 'period	=period|报告期				date	0' \
        "scope	'all'|口径			scope	code	0" 'area	地区|县市区			area	code	1' \
        'loan	各项贷款|贷款余额	万元			num	1' 'firms	户数	户			int	0' \
        'rate	利率	%			num	0' 'remark	备注				text	0' >map.tsv
}

map() { extract -m map.tsv -u units.tsv -x aliases.tsv -D period=2022-11 "$@"; }

# loan CELL...: what a cell of the amount column becomes; the heading says 万元.
loan() {
    { echo '地区,贷款余额'; printf '泰山,"%s"\n' "$@"; } | map -f failures 2>/dev/null | cut -f4 | sed 1d
}

# failures COLUMN...: those columns of the failure file, without its header.
failures() {
    local list=""
    for name in "$@"; do
        list+=,$(head -1 failures | tr '\t' '\n' | grep -nx "$name" | cut -d: -f1)
    done
    python3 - "$@" <<'PY'
import sys
rows = [line.rstrip("\n").split("\t") for line in open("failures", encoding="utf-8")]
for row in rows[1:]:
    print("|".join(row[rows[0].index(name)] for name in sys.argv[1:]))
PY
}

# --- without a mapping ---

@test "every column as it stands: quotes undone, TAB, LF and backslash escaped, nothing trimmed" {
    printf 'a,"b ""x"""\n" 1 ","p\tq\nr\\s"\n,\n' | extract >out
    printf 'a\tb "x"\n 1 \tp\\tq\\nr\\\\s\n\t\n' | same out
}

@test "a backslash and a minus in a file are text, not the mark of what cannot exist" {
    printf 'a,b\n\\-,\\N\n' | extract >out
    printf 'a\tb\n\\\\-\t\\\\N\n' | same out
}

@test "line and record are both kept: blank lines and quoted line ends count as lines only" {
    printf 'a\r\n"1\r\n2"\r\n\r\n3\r\n' | extract --origin --log log >out
    printf 'a\t_file\t_sheet\t_line\t_record\n1\\r\\n2\t-\t\t2\t2\n3\t-\t\t5\t3\n' | same out
    grep -q '^lines.blank	1	' log
}

@test "the last line may lack its LF" {
    printf 'a\n1' | extract >out
    printf 'a\n1\n' | same out
}

@test "several files with one header make one table; another header is refused" {
    printf 'a,b\n1,2\n' >x
    printf 'a,b\n3,4\n' >y
    printf 'a,c\n5,6\n' >z
    extract x y >out
    printf 'a\tb\n1\t2\n3\t4\n' | same out
    run -3 --separate-stderr extract x z
    [[ $stderr == "extract: z:1: header: not the columns of the first file" ]]
}

@test "a column needs a name, and one of its own" {
    run -3 extract <<<'a,'
    run -3 extract <<<'a,a'
}

@test "a file without a record is bad input" {
    run -3 extract </dev/null
    printf '\n\n' | run -3 extract
}

@test "malformed CSV is status 3 with line and record, and a failure record" {
    local text
    for text in 'a\n"1\n2\n' 'a\n"1"x\n' 'a\n1"x\n' 'a\n1\r2\n' 'a\n1\r'; do
        printf "$text" >in
        run -3 --separate-stderr extract -f failures in
        [[ $stderr == "extract: in:2: record 2: malformed CSV: "* ]]
        [ "$(failures severity rule file line record)" = 'reject|structure.csv|in|2|2' ]
    done
}

@test "TSV is split strictly: quotes are text, a blank line is skipped" {
    printf 'a\tb\n"1\t2"\n\n3\t\\t\r\n' | extract -t tsv >out
    printf 'a\tb\n"1\t2"\n3\t\\\\t\n' | same out
    printf 'a\tb\n1\t2\r3\n' | run -3 extract -t tsv
}

@test "another delimiter" {
    printf 'a;b\n1,5;"x;y"\n' | extract -d ';' >out
    printf 'a\tb\n1,5\tx;y\n' | same out
}

@test "a field over 1 MiB and a record over 16384 fields are refused" {
    { echo a; head -c 1048576 /dev/zero | tr '\0' x; } | extract | tail -1 | wc -c | grep -qx 1048577
    { echo a; head -c 1048577 /dev/zero | tr '\0' x; } >in
    run -3 extract in
    [[ $output == *'record 2: malformed CSV: a field is longer than 1 MiB'* ]]
    head -c 16384 /dev/zero | tr '\0' , >in
    run -3 extract in
    [[ $output == *'more than 16384 fields'* ]]
}

@test "ragged rows are findings and left out; blank cells too many at the end are accepted" {
    printf 'a,b\n1\n1,2,3\n4,5,,\n6,7\n' >in
    run -1 --separate-stderr extract -f failures --log log -o out in
    printf 'a\tb\n4\t5\n6\t7\n' | same out
    [ "$(failures severity rule line actual expected)" = $'error|structure.ragged|2|1|2\nerror|structure.ragged|3|3|2' ]
    grep -q '^rows.padded	1	4	A4$' log
}

# --- encodings ---

@test "UTF-8 with and without mark, GB18030, UTF-16 with and without mark give the same table" {
    printf '机构,余额\n农商行喆㙍𠮷,1.5\n' >utf8
    extract utf8 >want
    local e
    for e in GB18030 UTF-16LE UTF-16BE UTF-16; do
        iconv -f UTF-8 -t "$e" utf8 | extract >out
        cmp out want
    done
    printf '\xef\xbb\xbf"机构",余额\n农商行喆㙍𠮷,1.5\n' | extract >out
    cmp out want
}

@test "many ASCII lines and one in GB18030" {
    { echo a; seq 200; printf '合计\n' | iconv -t GB18030; } | extract --log log | tail -1 >out
    echo 合计 | same out
    grep -q '^file.encoding	1	GB18030	$' log
}

@test "doubt is refused: Big5, mixed encodings, noise; -e settles it" {
    printf '機構名稱,餘額總計\n臺灣銀行,一\n' | iconv -t BIG5 >in
    run -3 --separate-stderr extract in
    [[ $stderr == *"the encoding cannot be told"*"name it with -e" ]]
    extract -e BIG5 in | head -1 >out
    printf '機構名稱\t餘額總計\n' | same out
    { printf '机构\n%.0s' 1 2 3; echo 合计 | iconv -t GB18030; } >in
    run -3 extract -f failures in
    [ "$(failures rule line)" = 'structure.encoding|4' ]
}

# One pasted line of two characters was read as three strange ones.
@test "a short line of UTF-8 in a file of GB18030 is doubt; rare characters that are GB18030 are not" {
    { printf '%s,1\n' 甲县 乙县 丙县 丁县 | iconv -t GB18030; echo '乙县,2'; } >in
    run -3 --separate-stderr extract in
    [[ $stderr == *"the encoding cannot be told"*"nor GB18030 all through (UTF-8 at offset 28)"* ]]
    printf '%s有限公司,1\n' 甲县 鑫淼焱 镕镕 珺瑶 昇昇 喆喆 | tee text | iconv -t GB18030 >in
    extract in | tr '\t' , | same text
}

@test "a UTF-8 file that is cut in a character is told from one of no encoding" {
    printf '地区,余额\n甲,1\n乙' | head -c -1 >in
    run -3 --separate-stderr extract in
    [[ $stderr == "extract: in:3: the file ends in the middle of a character at byte offset 20 (encoding UTF-8"* ]]
    # One character of GB18030 at the very end can look like the beginning of one of UTF-8.
    printf 'a,b\n1,2\n3,\xe4\xbd' >in
    run -3 extract in
}

@test "pages in any dress, packed files and bare streams are refused by name" {
    refused() { run -3 --separate-stderr extract "$@"; echo "$stderr"; }
    for page in '<html>' '<!-- x --><table><tr>' '<div><table>' '  <?xml version="1.0"?>' 'MIME-Version: 1.0'; do
        echo "$page" >in
        [[ $(refused in) == "extract: in: a web page or XML"* ]]
        { printf '\xff\xfe'; iconv -t UTF-16LE in; } >wide
        [[ $(refused wide) == "extract: wide: a web page or XML"* ]]
    done
    printf 'a,b\n1,2\n' | gzip | gzip >in
    [ "$(refused in)" = "extract: in: a gzip file inside a gzip file; unpack it first" ]
    printf 'BZh91AY&SY\x00' >in
    [ "$(refused in)" = "extract: in: a bzip2 file; unpack it first" ]
    printf '\xfd7zXZ\x00\x00' >in
    [ "$(refused in)" = "extract: in: an xz file; unpack it first" ]
    printf '\x09\x08\x08\x00\x00\x05\x05\x00' >in
    [ "$(refused in)" = "extract: in: a workbook of Excel 5.0 or 95; save it as .xlsx" ]
    printf '<5年,≥5年\n1,2\n' | extract | same <(printf '<5年\t≥5年\n1\t2\n')
}

@test "an illegal byte is never dropped: status 3 with its offset and line" {
    printf 'a\n\xd6\xd0\xb9\xfa\n\xff\n' >in
    run -3 --separate-stderr extract -e GB18030 in
    [[ $stderr == "extract: in:3: an illegal character at byte offset 7 (encoding GB18030)" ]]
    printf 'a\n\xd6\xd0\xb9\xfa\n\xd6' >in
    run -3 --separate-stderr extract in
    [[ $stderr == "extract: in:3: the file ends in the middle of a character at byte offset 7"* ]]
    printf 'a\n1\n\xff\n' >in
    run -3 --separate-stderr extract -e UTF-8 in
    [[ $stderr == "extract: in:3: an illegal byte at byte offset 4"* ]]
}

# The C library's GBK lacks characters that GB18030 has, and its GB2312 makes another dash and dot of two.
@test "GBK and GB2312 are read as GB18030; CP936 with its euro sign only when asked for" {
    local e
    printf 'a\n\xfe\x50\xa6\xd9\xa8\xbf\xa2\xe3\xa1\xaa\xa1\xa4\n' >in
    for e in GBK gb2312 GB18030; do
        extract -e "$e" in | tail -1 | same <(echo '⺁︐ǹ€—·')
    done
    printf 'a\n\xbb\xfa\xb9\xb9\x80\n' >euro
    run -3 --separate-stderr extract -e GBK euro
    [ "$stderr" = 'extract: euro:2: an illegal character at byte offset 6 (encoding GB18030)' ]
    extract -e CP936 euro | tail -1 | same <(echo '机构€')
}

@test "a bad byte is told at its own offset, also where the encoding was guessed or wide" {
    told() { # told FILE LINE REASON
        run -3 --separate-stderr extract "$1"
        [ "$stderr" = "extract: $1:$2: $3" ]
    }
    local guessed=', told from its bytes; -e names another)'
    { printf '机构,余额\n甲行,1\n' | iconv -t GB18030; printf '\xff,2\n'; } >gb
    told gb 3 "an illegal character at byte offset 17 (encoding GB18030$guessed"
    { printf '机构,余额\n甲行,1\n' | iconv -t GB18030; printf '\xd2,2\n'; } >half
    told half 3 "an illegal character at byte offset 17 (encoding GB18030$guessed"
    printf '机构,余额\n甲\xff,1\n' >utf
    told utf 2 "an illegal byte at byte offset 17 (encoding UTF-8$guessed"
    { printf '机构,余额\n' | iconv -t GB18030; printf '1,\x00\n'; } >nul
    told nul 2 "a NUL byte at byte offset 12 (encoding GB18030$guessed"
    { printf '机构,余额\n甲,'; printf '\xef\xbf\xbd\n'; } | iconv -t GB18030 >lost
    told lost 2 "U+FFFD, the mark of a lost character at byte offset 13 (encoding GB18030$guessed"
    printf '\ufeff机构\n甲锟斤拷\n' | iconv -t UTF-16LE >wide
    told wide 2 '锟斤拷, the trace of lost characters at byte offset 10 (encoding UTF-16LE)'
    { printf '机构,余额,合计\n' | iconv -t GB18030; echo 机构名称,1,1; printf '合计,1,1\n' | iconv -t GB18030; } >both
    told both 1 'the encoding cannot be told: not UTF-8 (byte 0xbb at offset 0), nor GB18030 all through (UTF-8 at offset 15); name it with -e'
}

@test "a file that is UTF-8 for its first MiB and not later" {
    { echo a; yes 12345678901234567890 | head -60000; printf '\xba\xcf\n'; } >in
    run -3 --separate-stderr extract -o out in
    [[ $stderr == "extract: in:60002: an illegal byte at byte offset 1260002 (encoding UTF-8, told from its bytes; -e names another)" ]]
    [ ! -e out ]
}

@test "U+FFFD, 锟斤拷 and NUL are errors wherever blocks are cut" {
    local text
    for text in '\xef\xbf\xbd' '锟斤拷' '\x00'; do
        { echo a; head -c 262139 /dev/zero | tr '\0' x; printf "$text\n"; } >in
        run -3 extract -o out in
    done
    printf 'a,b\n1,\x00\n' >in
    run -3 extract in
}

@test "a truncated gzip is never an end" {
    { echo a; seq 20000; } | gzip >in.gz
    extract in.gz | tail -1 | grep -qx 20000
    head -c 20000 in.gz >cut.gz
    run -3 --separate-stderr extract -f failures -o out cut.gz
    [ "$(failures severity rule file)" = 'reject|structure.gzip|cut.gz' ]
    [ ! -e out ]
}

# --- the mapping ---

@test "title, unit note, header, rows, total, signatures" {
    printf '%s\n' 'X行2022年11月报表,,,' '单位：亿元,,,' '地区,口径,各项贷款,户数' '泰山区,本外币,1.25,3' \
        ' 岱 岳 区,人民币,0.5,４' '合 计,,1.75,7' '填表人：甲' '泰山区,本外币,9,9' >in
    map --log log -o out in
    printf 'period\tscope\tarea\tloan\tfirms\trate\tremark\n2022-11\tall\tTS\t12500\t3\t\t\n2022-11\tcny\tDY\t5000\t4\t\t\n' | same out
    grep -q '^rows	2	' log
    grep -q '^rows.skipped	1	合 计	A6$' log
    grep -q '^rows.after	2	填表人：甲	A7$' log
    grep -q '^unit.note	1	亿元	A2$' log
}

@test "a heading's own unit wins over the note; percentages and counts do not heed it" {
    printf '%s\n' '（金额单位：亿元、%、户）' '地区,贷款余额（元）,户数,利率' '泰山,1234567.89,5,4.35' | map >out
    printf '2022-11\tall\tTS\t123.456789\t5\t4.35\t\n' | same <(tail -1 out)
}

@test "units move the point and never round" {
    printf '地区,贷款余额(元),利率(BP)\n泰山,0.01,435\n岱岳区,100,-5\n' | map | cut -f4,6 | tail -2 >out
    printf '0.000001\t4.35\n0.0100\t-0.05\n' | same out
    printf '地区,贷款余额(亿元),利率(‰)\n泰山,12.34,43.5‰\n岱岳区,-0.00001,0\n' | map | cut -f4,6 | tail -2 >out
    printf '123400\t4.35\n-0.1\t0.0\n' | same out
}

@test "no unit anywhere: that of @unit" {
    printf '地区,贷款余额\n泰山,1.50\n' | map | tail -1 | cut -f4 | same <(echo 1.50)
}

@test "the word 单位 may be an office; a unit that looks like one and is none is refused" {
    printf '填报单位：某某支行,\n单位：某某行,\n地区,贷款余额\n泰山,1\n' | map | tail -1 | cut -f4 | same <(echo 1)
    printf '单位：佰万元,\n地区,贷款余额\n泰山,1\n' >in
    run -3 --separate-stderr map in
    [[ $stderr == "extract: in:1: unknown unit in a note: '单位：佰万元' (cell A1); add it to the list of units" ]]
    printf '单位：万元,单位：元\n地区,贷款余额\n泰山,1\n' | run -3 map
}

@test "numbers in the ways banks write them" {
    loan '1,234.56' '１，２３４．５６' '(1,234.50)' '（100）' '100-' '−5' '－5' '￥1,000' '¥-3' "'123" ' 7 ' '　8' \
        '007' '-0.00' '1,234,567.891' >out
    printf '%s\n' 1234.56 1234.56 -1234.50 -100 -100 -5 -5 1000 -3 123 7 8 7 0.00 1234567.891 | same out
    failures rule | same /dev/null
}

@test "what cannot exist, what is not reported, and zero stay apart" {
    loan - — —— － / 无 '' ' ' 　 空 0 0.00 >out
    printf '%s\n' '\-' '\-' '\-' '\-' '\-' '\-' '' '' '' '' 0 0.00 | same out
}

@test "what is not a number becomes empty and a finding with its text; nothing is guessed" {
    loan '12,34' '1,23,456' '0,123' '1 234' 1e5 --5 '-(5)' '((5))' '#DIV/0!' NULL 12万 1.2亿 '1+2' 0x10 nan 1.2.3 5. .5 \
        +5 12.3% 12,5o '1819.27 + 2306.065' '(1819.27 + 2306.065)' >out
    [ "$(sort -u out)" = "" ]
    [ "$(wc -l <out)" = 23 ]
    failures actual >texts
    printf '%s\n' '12,34' '1,23,456' '0,123' '1 234' 1e5 --5 '-(5)' '((5))' '#DIV/0!' NULL 12万 1.2亿 '1+2' 0x10 nan 1.2.3 \
        5. .5 +5 12.3% 12,5o '1819.27 + 2306.065' '(1819.27 + 2306.065)' | same texts
}

@test "full-width forms fold inside a number only: no comma separates fields, no text changes" {
    printf '地区,口径,贷款余额\n泰山,（100）,１，２３４．５\n' >in
    printf 'target\tsource\ttype\narea\t地区\t\nscope\t口径\t\nloan\t贷款余额\tnum\n' >plain.tsv
    extract -m plain.tsv in | tail -1 | same <(printf '泰山\t（100）\t1234.5\n')
}

@test "a finding names file, line, column, heading and cell" {
    printf '地区,贷款余额（元）\n\n泰山,"12,5o"\n' >F1.B07.1
    run -1 --separate-stderr map -D bank=B07 -D return=F1 -f failures F1.B07.1
    [[ $stderr == "extract: F1.B07.1:3: record 2: column 'loan': not a number: '12,5o' (cell B3)" ]]
    failures severity rule level result period institution table file sheet line record column header cell actual unit state |
        same <(echo 'error|type.number|0|fail|2022-11|B07|F1|F1.B07.1||3|2|loan|贷款余额（元）|B3|12,5o|元|open')
}

@test "the failure file has its fixed columns" {
    printf 'a\n' | extract -f failures >out
    echo 'run_id severity rule rule_version level result period institution table file sha256_8 sheet line record column header cell key actual expected difference allowance unit related cause message_zh message_en hit_key state by reason flex' | tr ' ' '\t' | same failures
}

@test "a finding has a key: that of what stands in its record, wherever the record stands" {
    hits() { printf '地区,贷款余额（元）\n%b' "$1" | map -D bank=B07 -D run_id=R1 -D sha256=0123456789ab -f failures > out 2> err || [ $? = 1 ]; failures hit_key; }
    [ "$(hits '泰山,"12,5o"\n')" = "$(hits '岱岳区,1\n泰山,"12,5o"\n')" ]
    [ "$(hits '泰山,"12,5o"\n')" != "$(hits '岱岳区,"12,5o"\n')" ]
    [[ $(hits '泰山,"12,5o"\n') =~ ^[0-9a-f]{32}$ ]]
    [ "$(failures run_id sha256_8)" = 'R1|01234567' ]
}

@test "a percent sign is dropped only where the unit is a percentage" {
    printf '地区,贷款余额,利率\n泰山,1,１２．３％\n泰山,1,(0.5%%)\n' | map | cut -f6 | tail -2 >out
    printf '12.3\n-0.5\n' | same out
    printf '地区,贷款余额,利率(BP)\n泰山,1,5%%\n' | run -1 map
}

@test "a whole number has no fraction" {
    printf '地区,贷款余额,户数\n泰山,1,12.00\n泰山,1,12.5\n' >in
    run -1 --separate-stderr map -o out -f failures in
    cut -f5 out | same <(printf 'firms\n12\n\n')
    [ "$(failures rule actual)" = 'type.int|12.5' ]
}

@test "an unknown code is a finding, a code itself is known" {
    printf '地区,贷款余额\nTS,1\n火星区,2\n' >in
    run -1 --separate-stderr map -o out -f failures in
    cut -f3,4 out | same <(printf 'area\tloan\nTS\t1\n\t2\n')
    [ "$(failures rule cell actual)" = 'code.unknown|A3|火星区' ]
}

@test "a constant is written, and compared where the file has the column" {
    printf '报告期,地区,贷款余额\n2022年11月,泰山,1\n202211,泰山,2\n2022/12,泰山,3\n' >in
    run -1 --separate-stderr map -o out -f failures in
    cut -f1 out | same <(printf 'period\n2022-11\n2022-11\n2022-11\n')
    [ "$(failures rule cell actual expected)" = 'constant.mismatch|A4|2022/12|2022-11' ]
}

# -D period=2022-13 once stood in the output as it was given.
@test "what -D and a mapping state is read as a cell of its column, and refused before data is opened" {
    printf 'target\tsource\ttype\nperiod\t=period\tdate\nx\tX\tint\n' >m
    printf 'X\n1\n' >in
    run -2 --separate-stderr extract -m m -D period=2022-13 missing
    [ "$stderr" = "extract: m: column 'period': -D period: not a date: '2022-13'" ]
    extract -m m -D period=2022年11月 in | same <(printf 'period\tx\n2022-11\t1\n')
    printf "target\tsource\ttype\nperiod\t'2022-02-30'\tdate\nx\tX\tint\n" >m
    run -2 --separate-stderr extract -m m missing
    [ "$stderr" = "extract: m: column 'period': the constant: not a date: '2022-02-30'" ]
}

@test "headings: width, blanks and parenthesised unit do not matter; what maps to nothing is listed" {
    printf '"地 区","各项　贷款\n（万元）",去年同期,Ｘ\n泰山,1,2,3\n' | map --log log | tail -1 | cut -f3,4 >out
    printf 'TS\t1\n' | same out
    printf 'heading.unmapped\t1\t去年同期\tC1\nheading.unmapped\t1\tＸ\tD1\n' | same <(grep ^heading log)
}

@test "a heading with a unit of another dimension is another column" {
    printf '地区,户数(万元),户数(户),贷款余额\n泰山,9,3,1\n' | map | tail -1 | cut -f4,5 | same <(printf '1\t3\n')
}

@test "no header, and two columns for one, say what was found" {
    printf '标题\n地区,存款\n泰山,1\n' >in
    run -3 --separate-stderr map -f failures in
    [ "$stderr" = "extract: in:2: no header; this line comes nearest: missing: loan (各项贷款); not understood: 存款; understood: 地区" ]
    [ "$(failures severity rule line)" = 'reject|structure.header|2' ]
    printf '地区,各项贷款,贷款余额\n泰山,1,1\n' >in
    run -3 --separate-stderr map in
    [ "$stderr" = "extract: in:1: header: two columns for 'loan': '各项贷款' and '贷款余额'" ]
}

@test "the header is looked for among the first 50 records" {
    { yes 题 | head -49; printf '地区,贷款余额\n泰山,1\n'; } | map | wc -l | same <(echo 2)
    { yes 题 | head -50; printf '地区,贷款余额\n泰山,1\n'; } | run -3 map
}

@test "the origin: four columns, and a sidecar with the precision of each column" {
    printf '单位：亿元,\n地区,贷款余额\n泰山,1.2\n岱岳区,3.45\n' >a.csv
    printf '地区,贷款余额(元)\n泰山,7\n' >b.csv
    map --origin -o out a.csv b.csv
    cut -f4,8- out | same <(printf 'loan\t_file\t_sheet\t_line\t_record\n12000\ta.csv\t\t3\t3\n34500\ta.csv\t\t4\t4\n0.0007\tb.csv\t\t2\t2\n')
    same out.origin <<'END'
file	column	heading	cell	unit	decimals	shift	header_line
a.csv	area	地区	A			0	2
a.csv	loan	贷款余额	B	亿元	2	4	2
b.csv	area	地区	A			0	1
b.csv	loan	贷款余额(元)	B	元	0	-4	1
END
    map --origin=side -D file=F1.B07.1 a.csv | cut -f8 | tail -1 | same <(echo F1.B07.1)
    cut -f1 side | tail -1 | same <(echo F1.B07.1)
    map --origin a.csv >out2
    [ "$(ls ./*.origin)" = ./out.origin ]
}

@test "stated decimals go into the sidecar instead of those found" {
    sed -i 's/^loan\t\([^\t]*\)\t万元\t/loan\t\1\t万元\t2/' map.tsv
    printf '地区,贷款余额\n泰山,7\n' | map --origin=side -o out
    cut -f2,6 side | tail -1 | same <(printf 'loan\t2\n')
}

@test "a mapping without data is a table with a header" {
    printf '地区,贷款余额\n' | map | wc -l | same <(echo 1)
}

# --- misuse, before data is read ---

@test "mistakes in a mapping are status 2 with file and line" {
    local line
    for line in '@what	x					' 'loan	贷款				num	1' 'x					num	0' 'x	甲	斤			num	0' \
        'x	甲				float	0' 'x	甲			nolist	code	0' 'x	甲				code	0' 'x	=nothing				text	0' \
        'x	甲				text	2' 'x	甲	万元			text	0' '@type	pdf					'; do
        { cat map.tsv; printf '%s\n' "$line"; } >bad.tsv
        run -2 --separate-stderr extract -m bad.tsv -u units.tsv -x aliases.tsv -D period=2022-11 /nonexistent
        [[ $stderr == "extract: bad.tsv:12: "* ]]
    done
}

# An office worker's editor writes a byte order mark and CR LF, and drops TABs at the end of a line.
@test "a specification is UTF-8, with or without a mark, its lines end with LF or CR LF, TABs at their ends say nothing" {
    { cat map.tsv; printf 'x\xff\t甲\t\t\t\ttext\t0\n'; } >bad.tsv
    run -2 --separate-stderr extract -m bad.tsv -u units.tsv -x aliases.tsv -D period=2022-11 /nonexistent
    [ "$stderr" = 'extract: bad.tsv:12: not UTF-8 text: byte 0xff' ]
    printf '地区,贷款余额\n泰山,1\n岱岳区,2\n合计,3\n' >in
    map in >out
    for file in map units aliases; do
        { printf '\xef\xbb\xbf'; sed 's/\t*$/\r/' $file.tsv; printf '\t\t\r\n'; } >edited && mv edited $file.tsv
    done
    [ "$(head -c 3 units.tsv)" = $'\xef\xbb\xbf' ]
    map in | same out
    printf '@nil\t无\t\t\t\t\t\t\tx\r\n' >>map.tsv
    run -2 --separate-stderr map in
    [ "$stderr" = 'extract: map.tsv:13: 9 fields, the header has 7' ]
}

@test "an alias for two codes, and a list that was not given" {
    printf 'table\talias\tcode\narea\t甲\tA\narea\t甲\tB\n' >bad
    run -2 extract -x bad </dev/null
    printf 'alias\tcode\n甲\tTS\n' >areas
    printf 'alias\tcode\n本外币\tall\n' >scopes
    printf '地区,口径,贷款余额\n甲,本外币,1\n' |
        extract -m map.tsv -u units.tsv -x area=areas -x scope=scopes -D period=2022-11 | tail -1 | cut -f2,3 | same <(printf 'all\tTS\n')
    run -2 extract -m map.tsv -u units.tsv -x area=areas -D period=2022-11 </dev/null
}

@test "options that cannot be" {
    run -2 extract -t xyz
    run -2 extract -e NOPE
    run -2 extract -d ab
    run -2 extract -D x
    run -2 extract -D file=x a b
    run -2 extract --origin a/x b/x
    run -2 extract --list --log l in
    misuse() { run -2 --separate-stderr extract "$@"; echo "${stderr%%;*}"; }
    [ "$(misuse --nope=1)" = "extract: unknown option '--nope'" ]
    [ "$(misuse -oq -Z)" = "extract: unknown option '-Z'" ]
    [ "$(misuse --sheet)" = 'extract: --sheet wants a value' ]
    [ "$(misuse -m)" = 'extract: -m wants a value' ]
    [ "$(misuse --hidden=1)" = 'extract: --hidden takes no value' ]
    [ "$(misuse --list=0)" = "extract: --list wants a whole number from 1, not '0'" ]
}

@test "--list tells where the text of a file stands, for whoever writes its mapping" {
    printf '月报\r\n\r\n地区;"余\n额"\r\n甲; \r\n乙;1' | iconv -t GB18030 >in
    extract --list=3 -d ';' in | same <(tsv 'file sheet state line cell text' 'in  GB18030 1 A1 月报' 'in  GB18030 3 A3 地区' \
        'in  GB18030 3 B3 余\n额' 'in  GB18030 5 A5 甲')
    run -3 extract --list missing
}

# --- outputs ---

@test "a full disk is status 4" {
    printf 'a\n1\n' >in
    run -4 --separate-stderr bash -c 'extract in >/dev/full'
}

@test "problems shown are limited, the failure file is not" {
    { echo '地区,贷款余额'; printf '泰山,x\n%.0s' {1..50}; } >in
    run -1 --separate-stderr map --max-errors 3 -f failures in
    [ "${#stderr_lines[@]}" = 4 ]
    [ "$(failures rule | wc -l)" = 50 ]
}

@test "the same bytes on every run and under another locale" {
    printf '地区,贷款余额\n泰山,"1,234.5"\n' >in
    map in >a
    LC_ALL=C TZ=Asia/Shanghai map in >b
    cmp a b
}
