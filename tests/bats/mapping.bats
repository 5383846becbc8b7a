# Mappings that fit real forms: patterns, headers of several records, what a file says of itself, forms turned into rows,
# several tables and sheets, numbers by the rules of a column, and a log that leaves nothing out.
load helper
load mapping_helper

setup() {
    printf '%s\n' 'unit	dimension	shift' '元	yuan	0' '万元	yuan	4' '亿元	yuan	8' '%	percent	0' '户	count	0' >units.tsv
    printf '%s\n' 'table	alias	code' 'area	泰山区	TS' 'area	岱岳区	DY' 'area	新泰市	XT' 'item	各项存款	dep' \
        'item	各项贷款	loan' >aliases.tsv
    COLUMNS='target source unit decimals codes type number required'
}

# --- headings ---

@test "a heading may be a pattern, of the text without blanks, full-width forms and unit" {
    mapping 'area;地区;;;area;code;;1' 'loan;/^(本外币)?各项贷款(余额)?$/;万元;;;num;;1'
    printf '地区,本外币 各项贷款余额（亿元）,各项贷款同比\n泰山区,1.5,2\n' | map >out
    printf 'area\tloan\nTS\t15000\n' | same out
}

@test "words and patterns stand beside each other; a pattern may hold a bar" {
    mapping 'a;甲|/^(乙|丙)$/|丁;;;;text;;1'
    local heading
    for heading in 甲 乙 丙 丁; do
        printf '%s\nx\n' "$heading" | map | same <(printf 'a\nx\n')
    done
    printf '乙丙\nx\n' >in
    refused 'not understood: 乙丙' in
}

@test "in a pattern a full-width form stands for itself, not for what its ASCII form would mean" {
    mapping 'a;/^贷款（不含贴现）$/;;;;text;;1'
    printf '贷款(不含贴现)\nx\n' | map | same <(printf 'a\nx\n')
    printf '贷款不含贴现\nx\n' >in
    refused 'no header' in
}

@test "a heading that fits two columns, and a column that fits two headings, are errors that name them" {
    mapping 'a;/贷款/;;;;text;;1' 'b;/余额/;;;;text'
    printf '贷款余额,其他\nx,y\n' >in
    refused "in:1: header: '贷款余额' may be 'a' or 'b'" in
    printf '贷款一,贷款二\nx,y\n' >in
    refused "in:1: header: two columns for 'a': '贷款一' and '贷款二'" in
}

@test "bad patterns are found before data is read" {
    local pattern
    for pattern in '/(/' '/(a)\1/' '/[/' '/(a{1,255}){1,255}/' "/a$(printf '+%.0s' {1..40})/"; do
        mapping "a;$pattern;;;;text"
        run -2 --separate-stderr map /nonexistent
        [[ $stderr == *"map.tsv:2: column 'source': bad pattern"* ]]
    done
}

# The clerk who sent the file reads Chinese.
@test "the failure record says in Chinese which headings are missing and which are not understood" {
    mapping 'area;地区;;;area;code;;1' 'dep;存款余额;万元;;;num;;1' 'loan;贷款余额;万元;;;num;;1'
    printf '月报表,,\n地区,存款馀额,贷款余额\n泰山区,1,2\n' >in
    run -3 --separate-stderr map -f failures in
    [ "$stderr" = 'extract: in:2: no header; this line comes nearest: missing: dep (存款余额); not understood: 存款馀额; understood: 地区, 贷款余额' ]
    derive -c rule,message_zh failures | sed 1d | same <(printf 'structure.header\t找不到完整的表头，最接近的是第 2 行：缺少 存款余额；认不出 存款馀额\n')
}

@test "a file with another delimiter is told as such" {
    mapping 'area;地区;;;area;code;;1' 'dep;存款余额;万元;;;num;;1'
    printf '月报表\t\t\n地区\t存款余额\t贷款余额\n泰山区\t1\t2\n' >in
    refused '2: no header; this line comes nearest: one field with 2 TABs in it; perhaps another delimiter (-d or @delimiter)' in
    tr '\t' ';' <in >semicolons
    run -3 --separate-stderr map semicolons
    [[ $stderr == *"one field with 2 ';' in it; perhaps another delimiter (-d or @delimiter)" ]]
    printf '地区;余额\n泰山区;1\n' >two
    run -3 --separate-stderr map two
    [[ $stderr == *"one field with 1 ';' in it; perhaps another delimiter (-d or @delimiter)" ]]
}

# --- headers of several records ---

@test "a header of two records: the upper cell reaches over the blank ones to its right" {
    mapping '@header;2' 'area;地区;;;area;code;;1' 'dep;存款/余额;万元;;;num;;1' 'dep_d;存款/比年初;万元;;;num;;1' \
        'loan;贷款/余额;万元;;;num;;1' 'loan_d;贷款/比年初;万元;;;num;;1' 'n;户数;户;;;int'
    printf '%s\n' '月报表,,,,,' '地区,存款,,贷款,,户数' ',余额,比年初,余额,比年初,' '泰山区,1,2,3,4,5' >in
    map --origin=side in | cut -f1-6 >out
    printf 'area\tdep\tdep_d\tloan\tloan_d\tn\nTS\t1\t2\t3\t4\t5\n' | same out
    cut -f2-4,8 side | same <(printf '%s\t%s\t%s\t%s\n' column heading cell header_line area 地区 A 3 dep 存款/余额 B 3 \
        dep_d 存款/比年初 C 3 loan 贷款/余额 D 3 loan_d 贷款/比年初 E 3 n 户数 F 3)
}

@test "cells merged downwards are one heading whether they repeat or are blank; a file of one header record still fits" {
    mapping '@header;2' 'area;地区;;;area;code;;1' 'dep;存款/余额|存款余额;万元;;;num;;1'
    printf '地区,存款\n地区,余额\n泰山区,1\n' | map | tail -1 | same <(printf 'TS\t1\n')
    printf '地区,存款余额\n泰山区,1\n' | map | tail -1 | same <(printf 'TS\t1\n')
}

@test "the unit of a heading of two records may stand in either" {
    mapping '@header;2' 'area;地区;;;area;code;;1' 'dep;存款/余额;万元;;;num;;1' 'loan;贷款/余额;万元;;;num;;1'
    printf '%s\n' '地区,存款（亿元）,贷款' ',余额,余额(元)' '泰山区,1,20000' | map | tail -1 | same <(printf 'TS\t10000\t2.0000\n')
}

@test "three records, where a middle cell does not reach over what another upper cell begins" {
    mapping '@header;3' 'a;甲/子/一;;;;text;;1' 'b;甲/子/二;;;;text;;1' 'c;乙/三;;;;text;;1'
    printf '%s\n' '甲,,乙' '子,,' '一,二,三' 'x,y,z' | map | tail -1 | same <(printf 'x\ty\tz\n')
}

# The first record has all headings that a form needs. It was taken for the whole header, and 增速, which stands first
# below 甲县, came out as the balance.
@test "a form's header of two records: the second belongs to it although the first would do" {
    mapping '@header;2' '@form;项目' '@ignore;甲县/增速|乙县/增速' 'area;@heading;;;;text' 'dep;各项存款;万元;;;num;;1'
    printf '%s\n' '项目,甲县,,乙县,' ',增速,余额,增速,余额' '各项存款,1.5,2,3,4' >in
    map --log log in | same <(printf '%s\t%s\n' area dep 甲县/余额 2 乙县/余额 4)
    printf 'heading.ignored\t1\t甲县/增速\tB2\nheading.ignored\t1\t乙县/增速\tD2\n' | same <(grep ^heading log)
    # Nor does one depth that binds make up for the records below that do not.
    mapping '@header;2' '@form;项目' 'area;@heading;;;area;code' 'dep;各项存款;万元;;;num;;1'
    sed -i 's/甲县/泰山区/; s/乙县/岱岳区/' in
    refused "in:2: column 'area': heading '泰山区/增速' (cell B2): not in the code list; @ignore or @skip it; line 2 continues the header" in
    # A form of one record goes through the same mapping, and so does a third record that is the first item.
    printf '%s\n' '项目,泰山区,岱岳区' '各项存款,1,2' | map | same <(printf '%s\t%s\n' area dep TS 1 DY 2)
    mapping '@header;3' '@form;项目' 'area;@heading;;;;text' 'dep;各项存款;万元;;;num;;1'
    map in | sed -n 2p | same <(printf '泰山区/增速\t1.5\n')
}

@test "a form's heading that stands in the lower record, below areas in the upper one" {
    mapping '@header;2' '@form;项目' '@ignore;甲县/增速|乙县/增速' 'area;@heading;;;;text' 'dep;各项存款;万元;;;num;;1'
    printf '%s\n' ',甲县,,乙县,' '项目,增速,余额,增速,余额' '各项存款,1.5,2,3,4' | map |
        same <(printf '%s\t%s\n' area dep 甲县/余额 2 乙县/余额 4)
}

# A note of the unit stands above one of them only.
@test "a title or a note above does not make one of two headings alike the one meant" {
    mapping '@header;2' 'area;地区;;;area;code;;1' 'x;余额;万元;;;num;;1'
    printf '%s\n' ',,单位：亿元' '地区,余额,余额' '泰山区,1,2' >in
    refused "in:2: header: two columns for 'x': '余额' and '余额'" in
    mapping '@header;2' 'area;地区;;;area;code;;1' 'x;本月/余额;万元;;;num' 'y;上月/余额;万元;;;num'
    printf '%s\n' ',本月,上月' '地区,余额,余额' '泰山区,1,2' | map | same <(printf 'area\tx\ty\nTS\t1\t2\n')
}

@test "years below areas are a header or a row without label: refused where both can be bound" {
    mapping '@header;2' '@form;项目' 'area;@heading;;;;text' 'dep;各项存款;万元;;;num;;1'
    printf '%s\n' '项目,甲县,,乙县,' ',2022,2021,2022,2021' '各项存款,1.5,2,3,4' >in
    refused "in:1: header: it may end here, with '甲县', or with line 2, with '甲县/2022'" in -f failures
    grep -q $'\t看不出表头有几行：下一行像表头，也像没有名称的数据行\t' failures
    printf '%s\n' '项目,甲县,甲县' ',2022,2021' '各项存款,1.5,2' | map | same <(printf '%s\t%s\n' area dep 甲县/2022 1.5 甲县/2021 2)
}

@test "a list of two records: which column of 存款 is meant is not guessed, and what it needs may stand in the second" {
    printf '%s\n' '地区,存款,' ',增速,余额' '泰山区,1,2' >in
    mapping '@header;2' 'area;地区;;;area;code;;1' 'dep;/存款/;万元;;;num;;1'
    refused "in:2: header: two columns for 'dep': '存款/增速' and '存款/余额'; line 2 continues the header" in
    mapping '@header;2' 'area;地区;;;area;code;;1' 'dep;存款/余额;万元;;;num'
    map in | same <(printf 'area\tdep\nTS\t2\n')
    printf '%s\n' '地区,序号' '泰山区,' '岱岳区,2' | map | same <(printf '%s\t%s\n' area dep TS '' DY '')
}

# 余额 and 增速 under each area: one is ignored by its lower heading, of the other the upper one is the code.
@test "@heading with a pattern takes a part of the heading; @ignore takes patterns" {
    mapping '@header;2' '@form;项目' '@skip;合计' '@ignore;/增速$/' 'area;@heading|/^(.+)/余额$/;;;area;code' \
        'dep;各项存款;万元;;;num;;1' 'loan;/^各项贷款/;万元;;;num;;1'
    printf '%s\n' '项目,泰山区,,岱岳区,,合计,' ',增速,余额,增速,余额,增速,余额' '各项存款,1.5,2,3,4,5,6' '各项贷款,1,2,3,4,5,6' >in
    map --log log in | same <(printf '%s\t%s\t%s\n' area dep loan TS 2 2 DY 4 4)
    grep ^heading log | cut -f1,3,4 | same <(printf 'heading.%s\t%s\t%s\n' ignored 泰山区/增速 B2 ignored 岱岳区/增速 D2 \
        ignored 合计/增速 F2 skipped 合计/余额 G2)
    # A form of one record is read by it too: where the pattern is not found the heading is meant as a whole.
    printf '%s\n' '项目,泰山区' '各项存款,1' '各项贷款,2' | map | tail -1 | same <(printf 'TS\t1\t2\n')
    mapping '@header;2' 'item;项目;;;;text;;1' 'area;@heading|/^(.+)/余额$/;;;area;code' 'x;@value;万元;;;num'
    refused "heading '泰山区/增速' (cell B2): not in the code list; @ignore or @skip it" in
    printf '%s\n' '项目,泰山区,岱岳区' ',余额,余额' '各项存款,1,2' | map | same <(printf '%s\t%s\t%s\n' item area x 各项存款 TS 1 各项存款 DY 2)
}

# The second record was a row of empty fields.
@test "a record below the header that fills no column of the mapping is never a row" {
    mapping '@header;2' 'area;地区;;;;text;;1' 'x;余额;万元;;;num;;1'
    printf '%s\n' '地区,余额,户数,,' ',,,备注,' '甲,1,2,a,' >in
    map --log log in | same <(printf 'area\tx\n甲\t1\n')
    grep -q $'^heading.unmapped\t1\t户数/备注\tD2$' log
    sed -i /@header/d map.tsv
    printf '%s\n' '地区,余额,户数,' ',,,备注' '甲,1,2,a' '1' ',,7,' >in
    run -1 map --log log --log-each each -o out in
    printf 'area\tx\n甲\t1\n' | same out
    printf 'rows.unmapped\t2\t备注\tD2\nrows.ragged\t1\t1\tA4\n' | same <(grep '^rows[.]' log)
    grep -q $'\trows.unmapped\t\\\\t\\\\t7\\\\t\t$' each
}

# 甲县 was read from column B, and nothing told of C.
@test "figures under no heading are a finding with their cell; words there are in the log" {
    mapping 'area;地区;;;;text;;1' 'x;余额;万元;;;num;;1'
    printf '%s\n' ',地区,余额,,备注,,' '1,甲,1,99,x,,' '2,乙,2,"1,000",,√,' '3,丙,3,—,,,' >in
    run -1 --separate-stderr map --log log --log-each each -f failures -o out in
    printf '%s\t%s\n' area x 甲 1 乙 2 丙 3 | same out
    [ "$stderr" = "extract: in:2: figures under no heading, on the right of '余额': '99' (cell D2), 2 in all" ]
    [ "$(derive -c severity,rule,line,header,cell,actual failures | tail -1)" = $'error\tstructure.heading\t2\t余额\tD2\t99' ]
    printf 'heading.blank\t4\t99\tD2\n' | same <(grep ^heading.blank log)
    cut -f3,4,6,7 each | grep heading.blank | same <(printf '%s\t%s\theading.blank\t%s\n' 2 D2 99 3 D3 1,000 3 F3 √ 4 D4 —)
    # What stands left of all headings numbers the rows, and rows left out do not count.
    mapping '@end;注' 'area;地区;;;;text;;1' 'x;余额;万元;;;num;;1'
    printf '%s\n' '地区,余额,' '甲,1,' '注,,5' | map | same <(printf '%s\t%s\n' area x 甲 1)
}

@test "in a form too: figures under no heading, and in a row without label" {
    mapping '@form;项目' '@ignore;行次' 'area;@heading;;;area;code' 'dep;各项存款;万元;;;num;;1'
    printf '%s\n' '项目,行次,泰山区,' '各项存款,1,1.5,2' ',2,9,' ',,同比,' >in
    run -1 --separate-stderr map --log log -f failures -o out in
    printf '%s\t%s\n' area dep TS 1.5 | same out
    printf '%s\n' "extract: in:3: figures in a row without a label: '9' (cell C3); the row is left out" \
        "extract: in:2: figures under no heading, on the right of '泰山区': '2' (cell D2), 1 in all" | same <(echo "$stderr")
    derive -c rule,line,header,cell failures | sed 1d | same <(printf '%s\t%s\t%s\t%s\n' structure.label 3 泰山区 C3 structure.heading 2 泰山区 D2)
    grep -q $'^rows.unmapped\t2\t2\tB3$' log
}

# --- what a file says of itself ---

@test "a constant from a cell above the header, in one cell or in two" {
    mapping '@cell period;/^报告期:(.+)$/' 'period;=period;;;;date' 'area;地区;;;area;code;;1'
    printf '报 告 期：2022年11月,\n地区,x\n泰山区,\n' | map | tail -1 | same <(printf '2022-11\tTS\n')
    printf '报告期：,,2022/9,\n地区,x,,\n泰山区,,,\n' | map --log log | tail -1 | same <(printf '2022-09\tTS\n')
    grep -q '^constant.cell	1	2022/9	A1$' log
}

@test "a constant from the file's name, or from the name it was sent under" {
    mapping '@file period;/(20[0-9][0-9](0[1-9]|1[0-2]))/' 'period;=period;;;;date' 'area;地区;;;area;code;;1'
    run -2 --separate-stderr map /nonexistent
    [[ $stderr == *'not a pattern with one group'* ]]
    mapping '@file period;/(20[0-9]{4})/' 'period;=period;;;;date' 'area;地区;;;area;code;;1'
    printf '地区\n泰山区\n' >机构月报-202211.csv
    map 机构月报-202211.csv | tail -1 | same <(printf '2022-11\tTS\n')
    cp 机构月报-202211.csv F1.B07.1
    map -D original=机构月报202209.csv F1.B07.1 | tail -1 | same <(printf '2022-09\tTS\n')
    refused "no value for 'period': not given with -D, nor found in the file's name" F1.B07.1
}

@test "what -D declares is what counts, and a file that says otherwise is a finding with its cell" {
    mapping '@cell period;/^报告期:(.+)$/' 'period;=period;;;;date' 'area;地区;;;area;code;;1'
    printf '报告期：2022年10月\n地区\n泰山区\n' >in
    run -1 --separate-stderr map -D period=2022-11 -f failures -o out in
    [[ $stderr == "extract: in:1: column 'period': not what the file was declared to be: '2022年10月', not '2022-11' (cell A1)" ]]
    tail -1 out | same <(printf '2022-11\tTS\n')
    [ "$(derive -c severity,rule,line,cell,actual,expected failures | tail -1)" = $'error\tconstant.mismatch\t1\tA1\t2022年10月\t2022-11' ]
}

@test "a constant that cannot be read, is missing, or is said twice in two ways stops the file" {
    mapping '@cell period;/^报告期:(.+)$/' 'period;=period;;;;date' 'area;地区;;;area;code;;1'
    printf '报告期：上月\n地区\n泰山区\n' >in
    refused "in:1: column 'period': not a date: '上月' (cell A1)" in
    printf '地区\n泰山区\n' >in
    refused "no value for 'period': not given with -D, nor found in a cell above the header" in
    printf '报告期：2022-10,报告期：2022-11\n地区,\n泰山区,\n' >in
    refused "two values of 'period' above the table" in
}

@test "a constant that nobody uses is a mistake in the mapping" {
    mapping '@cell period;/报告期:(.+)/' 'area;地区;;;area;code;;1'
    run -2 --separate-stderr map /nonexistent
    [[ $stderr == *"no column has the source =period"* ]]
}

# --- where the table is ---

@test "@after: the header is looked for only behind the words, however far down they are" {
    mapping '@after;表二|附表2' 'area;地区;;;area;code;;1' 'x;数;;;;text;;1'
    { printf '地区,数\n'; yes '泰山区,1' | head -99; printf '附表2：某某,\n地区,数\n岱岳区,2\n'; } >in
    map in | same <(printf 'area\tx\nDY\t2\n')
    printf '地区,数\n泰山区,1\n' >in
    refused 'no header: no cell begins with the words of @after' in
}

@test "@table: the second table on the sheet; its own unit note, or the one before" {
    mapping '@table;2' '@end;小计' 'area;地区;;;area;code;;1' 'x;数;万元;;;num;;1'
    printf '%s\n' '单位：亿元,' '地区,数' '泰山区,1' '小计,1' '单位：元,' '地区,数' '岱岳区,20000' '小计,2' >in
    map in | same <(printf 'area\tx\nDY\t2.0000\n')
    sed -i 's/单位：元/表二/' in
    map in | same <(printf 'area\tx\nDY\t200000000\n')
    sed -i '6,$d' in
    refused 'no header: the file has 1 such table, not 2' in
}

@test "@table all: a header that comes again word for word is skipped, also behind @end" {
    mapping '@table;all' '@end;小计' 'area;地区;;;area;code;;1' 'x;数;万元;;;num;;1'
    printf '%s\n' '单位：亿元,' '地区,数' '泰山区,1' '地区, 数 ' '岱岳区,2' '小计,3' '第二页,' '单位：亿元,' '地区,数' '新泰市,3' >in
    map --log log in | same <(printf 'area\tx\nTS\t10000\nDY\t20000\nXT\t30000\n')
    grep -q '^rows.header	2	地区	A4$' log
    sed -i '8s/亿元/元/' in
    refused 'in:8: two notes above the table state different units' in
    sed -i 1d in
    refused 'in:7: a note states a unit that the table before did not have' in
}

# @skip 全市 dropped 全市通信用社, and @end 说明 ended the table at 说明书印刷公司.
@test "@skip, @end and @after: a word begins the cell, a word in quotes is the cell, a pattern is found in it" {
    mapping "@skip;'全市'|合计|/^(其中|小计)/" "@end;'说明'|/^填表人[:]/" 'firm;企业;;;;text;;1' 'x;数;;;;int'
    printf '企业,数\n全市通信用社,1\n 全 市 ,2\n合计一,3\n小计：,4\n说明书印刷公司,5\n本年其中,6\n说明,7\n甲,8\n' >in
    map --log log in | same <(printf '%s\t%s\n' firm x 全市通信用社 1 说明书印刷公司 5 本年其中 6)
    printf '%s\n' $'rows.skipped\t3\t全 市\tA3' $'rows.after\t2\t说明\tA8' | same <(grep '^rows[.]' log)
    mapping "@skip;'合计'" 'area;地区;;;area;code;;1'
    printf '序号,地区\n1,泰山区\n2,合计\n' | map | same <(printf 'area\nTS\n')
    mapping "@after;'附表二'|/^表2/" 'area;地区;;;area;code;;1'
    printf '附表二十\n地区\n岱岳区\n附表二\n地区\n泰山区\n' | map | same <(printf 'area\nTS\n')
}

# --- forms: items in rows, areas in columns ---

form() {
    printf '%s\n' '单位：亿元,,,,' '项目,行次,泰山区,岱岳区,合计' '各项存款,1,1.5,2.5,4' '各项贷款（万元）,2,100,—,100' '利率,3,4.35,4.5,' \
        '其中：农户,4,,,' '填表人：甲,,,,'
}

@test "@heading and @value: a row for every item and area" {
    mapping '@skip;合计' '@end;填表人' '@ignore;行次' 'item;项目;;;;text;;1' 'area;@heading;;;area;code' 'x;@value;万元;;;num'
    form | sed 4,6d >in
    map --log log --origin=side in | cut -f1-3,6 >out
    printf '%s\t%s\t%s\t%s\n' item area x _line 各项存款 TS 15000 3 各项存款 DY 25000 3 | same out
    cut -f2-7 side | tail -1 | same <(printf 'x\t\t\t亿元\t1\t4\n')
    printf 'heading.ignored\t1\t行次\tB2\nheading.skipped\t1\t合计\tE2\n' | same <(grep ^heading log)
}

@test "@form: items become columns again, each with its own unit; every area a row" {
    mapping '@form;项目|指标' '@skip;合计' '@end;填表人' '@ignore;行次' 'area;@heading;;;area;code' \
        'dep;各项存款;万元;;;num;;1' 'loan;各项贷款;万元;;;num;;1' 'rate;利率;%;;;num'
    form >in
    map --log log --origin=side in | cut -f1-4,7,8 >out
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' area dep loan rate _line _record TS 15000 100 4.35 2 3 DY 25000 '\-' 4.5 2 4 | same out
    # The sidecar's cell is the line of the item, its columns are those of the rows.
    cut -f2-8 side | same <(printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' column heading cell unit decimals shift header_line \
        dep 各项存款 3 亿元 1 4 3 loan '各项贷款（万元）' 4 万元 0 0 4 rate 利率 5 % 2 0 5)
    printf 'label.unmapped\t1\t其中：农户\tA6\n' | same <(grep ^label log)
}

@test "a finding in a form names the cell of the form" {
    mapping '@form;项目' '@skip;合计' '@end;填表人' '@ignore;行次' 'area;@heading;;;area;code' 'dep;各项存款;万元;;;num;;1'
    form | sed 's/2\.5/2,,5/' | sed '3s/.*/各项存款,1,1.5,"2..5",4/' >in
    run -1 --separate-stderr map -f failures -o out in
    [[ $stderr == "extract: in:3: column 'dep': not a number: '2..5' (cell D3)" ]]
    [ "$(derive -c line,header,cell failures | tail -1)" = $'3\t各项存款\tD3' ]
}

@test "validate, too, names the cell of the form" {
    mapping '@form;项目' '@skip;合计' '@end;填表人' '@ignore;行次' 'area;@heading;;;area;code' 'dep;各项存款;万元;;;num;;1'
    form >in
    map --origin=side -o rows in
    printf 'name\ttype\tmax\narea\tid\t\ndep\tnum\t20000\n' >schema
    run -1 --separate-stderr validate -s schema --origin side -f failures -o out rows
    [ "$(derive -c line,column,header,cell failures | tail -1)" = $'3\tdep\t各项存款\tD3' ]
}

@test "a form's labels are looked for as headings are: missing, double, unknown areas" {
    mapping '@form;项目' '@end;填表人' '@ignore;行次|合计' 'area;@heading;;;area;code' 'npl;不良贷款;万元;;;num;;1'
    form >in
    refused 'in:2: the labels below this header are not those wanted: missing: npl (不良贷款); not understood: 各项存款' in
    run -3 map -f failures in
    grep -q $'\t表单的项目不全：缺少 不良贷款；认不出 各项存款' failures
    mapping '@form;项目' '@end;填表人' '@ignore;行次|合计' 'area;@heading;;;area;code' 'dep;/存款|贷款/;万元;;;num;;1'
    refused "header: two columns for 'dep': '各项存款' and '各项贷款（万元）'" in
    mapping '@form;项目' '@end;填表人' '@ignore;行次' 'area;@heading;;;area;code' 'dep;各项存款;万元;;;num;;1'
    refused "in:2: column 'area': heading '合计' (cell E2): not in the code list; @ignore or @skip it" in
    sed -i 's/岱岳区/泰山区/' in
    mapping '@form;项目' '@end;填表人' '@ignore;行次|合计' 'area;@heading;;;area;code' 'dep;各项存款;万元;;;num;;1'
    refused "two headings for 'TS'" in
}

@test "figures under headings of different units are not one column" {
    mapping 'item;项目;;;;text;;1' 'area;@heading;;;area;code' 'x;@value;万元;;;num'
    printf '项目,泰山区（元）,岱岳区（万元）\n甲,1,2\n' >in
    refused "its unit is not that of the headings before it" in
    printf '项目,泰山区（元）,岱岳区（元）\n甲,10000,2\n' >in
    map in | same <(printf 'item\tarea\tx\n甲\tTS\t1.0000\n甲\tDY\t0.0002\n')
}

# --- numbers by the rules of a column ---

@test "decimal commas, for the whole file or for a column" {
    mapping '@decimal;,' '@delimiter;\x3b' 'a;甲;;;;num' 'b;乙;;;;num;point' 
    sed -i 's/\\x3b/;/' map.tsv
    printf '甲;乙\n1.234,56;1,234.56\n-0,5;7\n12;8\n' | map | same <(printf 'a\tb\n1234.56\t1234.56\n-0.5\t7\n12\t8\n')
    printf '甲;乙\n12.5;1\n' | run -1 map
    mapping 'a;甲;;;;num;comma'
    printf '甲\n"3,5"\n' | map --log log | tail -1 | same <(echo 3.5)
    grep -q '^decimal-comma	1	3,5	A2$' log
}

@test "a figure may say its own unit only where the mapping allows it" {
    mapping 'a;甲;万元;;;num;suffix' 'n;户数;户;;;int;suffix'
    printf '%s\n' '甲（元）,户数' '1.2亿,3万' '35万元,1.2万户' '500,12' '(2亿元),0.5万' | sed 's/万户/万/' >in
    map --origin=side --log log in | cut -f1,2 | same <(printf 'a\tn\n12000\t30000\n35\t12000\n0.0500\t12\n-20000\t5000\n')
    grep -q '^suffix	6	1.2亿	A2$' log
    mapping 'a;甲;万元;;;num'
    run -1 map in
    mapping 'n;户数;户;;;int;suffix'
    printf '户数\n1.23456万\n' >in
    run -1 --separate-stderr map in
    [[ $stderr == *'not a whole number'* ]]
}

@test "figures that are all stated in a greater unit are only so exact" {
    mapping 'a;甲;万元;;;num;suffix'
    printf '甲（元）\n1.2亿\n3亿\n' | map --origin=side -o out -
    cut -f5-7 side | tail -1 | same <(printf '元\t0\t3\n')
}

@test "more than 15 digits inform, and are kept" {
    mapping 'a;甲;;;;num'
    printf '甲\n1234567890123456\n123456789012345\n0.1234567890123456\n1234567890.50000000\n' >in
    run -0 --separate-stderr map -f failures -o out --log log in
    [ "${#stderr_lines[@]}" = 2 ]
    [[ ${stderr_lines[0]} == "extract: in:2: column 'a': more than 15 digits: a spreadsheet may have lost the last ones: '1234567890123456' (cell A2)" ]]
    same out <<<$'a\n1234567890123456\n123456789012345\n0.1234567890123456\n1234567890.50000000'
    [ "$(derive -c severity,rule failures | sed 1d | uniq)" = $'inform\tnumber.long' ]
    grep -q '^number.long	2	' log
}

# --- nothing is dropped or changed in silence ---

@test "--log-each lists each change, each record left out, each heading not used" {
    mapping '@skip;合计' '@end;注' 'area;地区;;;area;code;;1' 'x;数;万元;;;num;;1'
    printf '%s\n' '单位：亿元,,' '地区,数,备注' '泰山区,"1,000",' '岱岳区,（2）,' '合计,9,a' ',,' '注：b,,' '泰山区,7,' >in
    map --log-each each -o out in
    cut -f1-2,3-8 each | same <(printf '%s\t\t%s\t%s\t%s\t%s\t%s\t%s\n' | sed 1d; printf 'file\tsheet\tline\tcell\tcolumn\tkind\tbefore\tafter\n'
        printf 'in\t\t1\tA1\t\tunit.note\t亿元\t\n'
        printf 'in\t\t2\tC2\t\theading.unmapped\t备注\t\n'
        printf 'in\t\t3\tA3\tarea\tcode\t泰山区\tTS\n'
        printf 'in\t\t3\tB3\tx\tthousands\t1,000\t10000000\n'
        printf 'in\t\t3\tB3\tx\tunit\t1,000\t10000000\n'
        printf 'in\t\t4\tA4\tarea\tcode\t岱岳区\tDY\n'
        printf 'in\t\t4\tB4\tx\twidth\t（2）\t-20000\n'
        printf 'in\t\t4\tB4\tx\tparentheses\t（2）\t-20000\n'
        printf 'in\t\t4\tB4\tx\tunit\t（2）\t-20000\n'
        printf 'in\t\t5\t\t\trows.skipped\t合计\\t9\\ta\t\n'
        printf 'in\t\t6\t\t\trows.empty\t\\t\\t\t\n'
        printf 'in\t\t7\t\t\trows.after\t注：b\\t\\t\t\n'
        printf 'in\t\t8\t\t\trows.after\t泰山区\\t7\\t\t\n')
}

@test "each listed and counted agree, kind by kind" {
    mapping '@skip;合计' 'area;地区;;;area;code;;1' 'x;数;万元;;;num;;1'
    { echo '地区,数（元）,y'; for i in $(seq 200); do echo "泰山区,\"$((i % 7)),00$((i % 10))\",$i"; done; echo 合计,1,1; echo 岱岳区,q,1; echo ,,; } >in
    run -1 map --log log --log-each each -o out in
    python3 -B - <<'PY'
import collections
each = collections.Counter(line.split("\t")[5] for line in open("each", encoding="utf-8").read().split("\n")[1:-1])
log = collections.Counter()
for line in open("log", encoding="utf-8").read().split("\n")[1:-1]:
    kind, count = line.split("\t")[:2]
    log[kind] += int(count)
for kind in ("rows", "file.encoding", "lines.blank"):
    log.pop(kind, None)
each.pop("type.number")
assert +log == each, (log, each)
PY
}

# --- sheets of a workbook ---

# book SHEET...: in.xlsx; a sheet is NAME:CELL,CELL/CELL,CELL, its name with a ! in front when it is hidden.
book() {
    python3 -B - "$@" <<'PY' | python3 -B "$TOP/tests/judge/make_xlsx.py" in.xlsx
import json, sys
sheets = []
for text in sys.argv[1:]:
    name, _, rows = text.partition(":")
    cells = {chr(65 + i) + str(n): v for n, row in enumerate(rows.split("/"), 1) for i, v in enumerate(row.split(",")) if v}
    sheets.append({"name": name.lstrip("!"), "hidden": name[0] == "!", "cells": cells})
print(json.dumps({"sheets": sheets}))
PY
}

@test "without a name the only sheet that has rows is read; several are refused and listed" {
    mapping 'a;甲;;;;text;;1'
    book '说明:' '月报:甲/x' '!旧:甲/y'
    map --log log in.xlsx | same <(printf 'a\nx\n')
    printf 'sheet.unused\t1\t说明\t\nsheet.hidden\t1\t旧\t\n' | same <(grep ^sheet log)
    book '一:甲/x' '二:甲/y'
    refused "more than one sheet has the header; name one with --sheet or @sheet; the workbook has '一', '二'" in.xlsx
    run -3 --separate-stderr extract in.xlsx
    [ "$stderr" = "extract: in.xlsx: more than one sheet has rows; name one with --sheet or @sheet; the workbook has '一', '二'" ]
    map --sheet 二 in.xlsx | same <(printf 'a\ny\n')
    refused "no sheet '三'; the workbook has '一', '二'" in.xlsx --sheet 三
}

@test "a total is skipped where its word stands under a column of codes, behind a number of its own" {
    mapping '@skip;合计' 'area;地区;;;area;code;;1' 'dep;存款;万元;;;num;;1' 'note;备注;;;;text'
    printf '序号,地区,存款,备注\n1,泰山区,1,合计数另报\n2, 合 计,3,\n3,岱岳区,2,\n' >in
    map --log log in | same <(printf 'area\tdep\tnote\nTS\t1\t合计数另报\nDY\t2\t\n')
    grep -q $'^rows.skipped\t1\t2\tA3$' log
}

@test "a word for what cannot exist may look like a figure or a date" {
    mapping '@nil;-1|1900-01-01' 'x;数;万元;;;num;;1' 'n;户数;户;;;int' 'day;日期;;;;date'
    printf '数,户数,日期\n1.5,2,2022-11-30\n-1,-1,1900-01-01\n-1.0,10,1900-01-02\n' >in
    map in | same <(printf 'x\tn\tday\n1.5\t2\t2022-11-30\n\\-\t\\-\t\\-\n-1.0\t10\t1900-01-02\n')
}

# Instructions and code lists stand beside the form, and the bank does not ask which comes first.
@test "of several sheets with rows the one that has the header is read" {
    mapping 'a;甲;;;;text;;1' 'b;乙;;;;text;;1'
    book '说明:一、按月填报/二、甲为名称' '月报:题/甲,乙/x,y' '代码:甲,名称/1,z'
    map --log log in.xlsx | same <(printf 'a\tb\nx\ty\n')
    printf 'sheet.unused\t1\t说明\t\nsheet.unused\t1\t代码\t\n' | same <(grep ^sheet log)
    book '说明:按月填报' '一:甲,乙/x,y' '二:甲,乙/x,z'
    refused "more than one sheet has the header; name one with --sheet or @sheet; the workbook has '一', '二'" in.xlsx
    book '说明:按月填报' '一:甲/x'
    refused "no sheet has the header; one named with --sheet or @sheet tells what it lacks; the workbook has '说明', '一'" in.xlsx
    # A header that is there and cannot be bound says itself why.
    book '说明:按月填报' '一:甲,乙,甲/x,y,z'
    refused "in.xlsx:1: sheet '一': header: two columns for 'a': '甲' and '甲'" in.xlsx
}

@test "@sheet: several sheets by pattern, the sheet's name as a constant; hidden ones only by their very name" {
    mapping '@sheet;/区$/|旧表' '@sheet area;/^(.+区)/' 'area;=area;;;area;code' 'x;数;万元;;;num;;1'
    book '封面:数/9' '泰山区:单位：亿元/数/1.5' '岱岳 区:题,/单位：亿元,/备注,数/b,2.25' '!新区:数/7' '旧表:数/3'
    refused "no value for 'area': not given with -D, nor found in the sheet's name" in.xlsx
    mapping '@sheet;/区$/' '@sheet area;/^(.+区)/' 'area;=area;;;area;code' 'x;数;万元;;;num;;1'
    map --origin=side --log-each each in.xlsx | cut -f1-2,4-5 | same <(printf '%s\t%s\t%s\t%s\n' area x _sheet _line TS 15000 泰山区 3 DY 22500 '岱岳 区' 4)
    # One line for the column: the most exact statement, and no letter where the sheets differ.
    cut -f2-7 side | tail -1 | same <(printf 'x\t数\t\t亿元\t2\t4\n')
    grep -q $'^in.xlsx\t岱岳 区\t4\tB4\tx\tunit\t2.25\t22500$' each
    book '泰山区:数（元）/1' '岱岳区:数/2'
    refused "column 'x': sheet '岱岳区' states it in another unit than the sheets before" in.xlsx
    mapping '@sheet;附表' 'x;数;;;;text;;1'
    refused "no sheet that @sheet means; the workbook has '泰山区', '岱岳区'" in.xlsx
}

@test "a header merged over two rows of a sheet" {
    mapping '@header;2' 'area;地区;;;area;code;;1' 'dep;存款/余额;万元;;;num;;1' 'loan;贷款/余额;万元;;;num;;1'
    python3 -B "$TOP/tests/judge/make_xlsx.py" in.xlsx <<<'{"sheets": [{"name": "S", "merged": ["A1:E1", "A2:A3", "B2:C2", "D2:E2"], "cells":
        {"A1": "月报表", "A2": "地区", "B2": "存款", "D2": "贷款", "B3": "余额", "C3": "增速", "D3": "余额", "E3": "增速",
         "A4": "泰山区", "B4": 1, "C4": 2, "D4": 3, "E4": 4}}]}'
    map in.xlsx | same <(printf 'area\tdep\tloan\nTS\t1\t3\n')
}

# The record below the header is looked at before it is known to be a row; merged cells of rows are empty but the first.
@test "merged cells: two areas over two columns each; a row looked at beside the header is not filled" {
    judge() { python3 -B "$TOP/tests/judge/make_xlsx.py" in.xlsx; }
    mapping '@header;2' '@form;项目' '@ignore;甲县/增速|乙县/增速' 'area;@heading;;;;text' 'dep;各项存款;万元;;;num;;1'
    judge <<<'{"sheets": [{"name": "S", "merged": ["A1:A2", "B1:C1", "D1:E1"], "cells": {"A1": "项目", "B1": "甲县", "D1": "乙县",
        "B2": "增速", "C2": "余额", "D2": "增速", "E2": "余额", "A3": "各项存款", "B3": 1, "C3": 2, "D3": 3, "E3": 4}}]}'
    map in.xlsx | same <(printf '%s\t%s\n' area dep 甲县/余额 2 乙县/余额 4)
    mapping '@header;3' 'area;地区;;;;text;;1' 'x;余额;万元;;;num;;1' 'n;户数;户;;;int'
    judge <<<'{"sheets": [{"name": "S", "merged": ["A1:A2", "B1:B2", "A3:A4", "B3:C3"], "cells": {"A1": "地区", "B1": "余额", "C1": "户数",
        "D1": "增速", "D2": "同比", "A3": "甲", "B3": 1, "B4": 2, "C4": 3}}]}'
    map --log log in.xlsx | same <(printf '%s\t%s\t%s\n' area x n 甲 1 '' '' 2 3)
    grep -q $'^heading.unmapped\t1\t增速/同比\tD2$' log
    # Without @header the second record is not a row either.
    sed -i /@header/d map.tsv
    map --log log in.xlsx | same <(printf '%s\t%s\t%s\n' area x n 甲 1 '' '' 2 3)
    grep -q $'^rows.unmapped\t1\t同比\tD2$' log
}

# --- misuse ---

@test "mistakes in directives are status 2 with file and line" {
    local line
    for line in '@header;4' '@header;' '@table;0' '@table;x' '@decimal;;' '@cell x;abc' '@cell x;/abc/' '@cell x;/(a)(b)/' '@file;/(a)/' \
        '@form;' '@sheet;' '@skip;' '@end;|' '@after;' '@ignore;' '@unit;' "@skip;'a" '@end;/a' '@ignore;/(/' '@sheet;/a' '@form;//' \
        'b;@heading|x;;;;text' 'b;@heading|/x/;;;;text' 'b;乙|@heading;;;;text' "b;'x|乙;;;;text" "b;乙|'x';;;;text" 'b;乙|=x;;;;text' \
        'b;=;;;;text' 'b;/乙;;;;text' 'b;//;;;;text' 'b;乙|/丙;;;;text' 'b;乙|甲;;;;text' 'b;乙|甲（万元）;;;;num' 'b;/甲/|丙;;;;num;comma|point' \
        'b;乙;;2;;text' 'b;乙;;0;;int' 'b;@heading;;;;text' 'b;@value|x;;;;text' 'b;乙;;;;text;comma' 'b;乙;;;;num;suffix' 'b;乙;;;;num;dot' \
        '@cell x;/(a)/'; do
        mapping 'a;甲;;;;text' "$line"
        run -2 --separate-stderr map /nonexistent
        [[ $stderr == "extract: map.tsv"* ]] || { echo "$line: $stderr"; return 1; }
    done
}

# "Every mistake in it is found before data is read."
@test "what is wrong in a mapping is said with its line, and why" {
    # wrong TEXT ROW...: status 2, the last row of the mapping is line TEXT begins with.
    wrong() {
        local text=$1
        shift
        mapping "$@"
        run -2 --separate-stderr map /nonexistent
        [ "$stderr" = "extract: map.tsv:$text" ] || { echo "$stderr"; return 1; }
    }
    wrong "3: column 'source': '余额' is a heading of 'x' already" 'x;余额;;;;num' 'y;贷款|余额;;;;num'
    wrong "3: column 'source': '/额/' is a heading of 'x' already" 'x;/额/;;;;num' 'y;贷款|/额/;;;;num'
    wrong "2: column 'source': a constant stands first, between two quotes: ''all'" "x;'all|口径;;;;text"
    wrong "2: column 'source': a slash begins a pattern, which ends with another before | or the end: '/abc'" 'x;/abc;;;;text'
    wrong "2: column 'source': a slash begins a pattern, which ends with another before | or the end: '//'" 'x;//;;;;text'
    wrong "4: column 'target': directive stands twice" '@header;2' 'x;甲;;;;text' '@header;3'
    wrong "2: column 'number': comma and point exclude each other" 'x;甲;;;;num;comma|point'
    wrong "2: column 'decimals': only a column of type num has decimals" 'x;甲;;2;;text'
    wrong "2: column 'source': '甲' is a heading of the mapping" '@ignore;乙|甲' 'x;甲;;;;text;;1'
    wrong "2: column 'source': no word: ''" '@skip;' 'x;甲;;;;text;;1'
    wrong "2: column 'source': no unit: ''" '@unit;' 'x;甲;;;;text;;1'
    # Not mistakes: units of different dimensions set two columns apart, and what no column takes is ignored by pattern.
    mapping 'x;贷款;万元;;;num' 'n;贷款;户;;;int' 'd;贷款/增速;%;;;num' '@ignore;/增速$/'
    printf '贷款（万元）,贷款（户）,贷款/增速,增速\n1,2,3,4\n' | map | same <(printf 'x\tn\td\n1\t2\t3\n')
    printf 'alias\ttable\tcode\n甲\tarea\tA\n' >areas
    mapping 'a;甲;;;;text'
    run -2 --separate-stderr extract -m map.tsv -x foo=areas /nonexistent
    [ "$stderr" = "extract: areas: no row is of the list 'foo'" ]
}

@test "no column has the name of one that --origin adds" {
    mapping 'x;甲;;;;text' '_file;乙;;;;text'
    run -2 --separate-stderr map --origin /nonexistent
    [ "$stderr" = "extract: map.tsv:3: column 'target': --origin adds a column of that name: '_file'" ]
    printf '甲,乙\n1,2\n' | map | same <(printf 'x\t_file\n1\t2\n')
    printf '_line,b\n1,2\n' >in
    run -3 --separate-stderr extract --origin in
    [ "$stderr" = "extract: in:1: header: --origin adds a column of that name: '_line'" ]
    extract in | same <(printf '_line\tb\n1\t2\n')
}
