# The unit of an amount: whatever a file says of it is understood and used, or stops the file. It is never passed over,
# for what is passed over is wrong by a hundred or ten thousand. The tables of this file say what is understood; the list of
# units is the one that comes with tongbao.
load helper

setup() {
    cp "$TOP/pipelines/units.tsv" units.tsv
    printf '%s\n' 'table	alias	code' 'area	甲县	A' 'area	乙县	B' >aliases.tsv
}

# mapping ROW...: map.tsv; the fields target;source;unit;type;required;codes, those left out at the end empty.
mapping() {
    printf 'target\tsource\tunit\ttype\trequired\tcodes\n' >map.tsv
    local row
    for row in "$@"; do
        row+=';;;;;'
        cut -d';' -f1-6 <<<"$row" | tr ';' '\t' >>map.tsv
    done
}

map() { extract -m map.tsv -u units.tsv -x aliases.tsv "$@"; }

# refused TEXT FILE [OPTION...]: status 3, and the message says TEXT.
refused() {
    local text=$1 file=$2
    shift 2
    run -3 --separate-stderr map "$@" "$file"
    [[ $stderr == *"$text"* ]] || { echo "$stderr"; return 1; }
}

# table FILE <<TABLE: see unit_table.py.
table() { python3 -B "$BATS_TEST_DIRNAME/unit_table.py" "$1"; }

# --- notes above the table ---

# Most of these were passed over, and the amounts read in the unit of the output.
@test "a note above the header is understood, or refused with its cell" {
    mapping 'a;地区;;text;1' 'x;/^余额/;千元;num;1'
    table '月报,\n"@",\n地区,余额\n甲,1.5\n' <<'TABLE'
单位：亿元 = 亿元
单位：万元 = 万元
单 位：亿 元 = 亿元
单位∶亿元 = 亿元
单位 亿元 = 亿元
单位亿元 = 亿元
单位（亿元） = 亿元
单位：【亿元】 = 亿元
单位：亿元。 = 亿元
(单位:亿元人民币) = 亿元
单位：万元（人民币） = 万元
单位：人民币万元 = 万元
单位：人民币 亿元 = 亿元
单位：百万元人民币 = 百万元
单位：亿元、%、户 = 亿元
单位：户、%、亿元 = 亿元
单位：% = none
单位：户 = none
（金额单位：亿元、%、户） = 亿元
金额单位：元 = 元
货币单位：亿元 = 亿元
报表单位：亿元 = 亿元
金额：亿元 = 亿元
人民币：亿元 = 亿元
币种：人民币 = none
币种：人民币 单位：元 = 元
（亿元） = 亿元
亿元 = 亿元
【亿元】 = 亿元
（亿元、%） = 亿元
各县存贷款情况表（亿元） = 亿元
各县存贷款情况表（单位：亿元） = 亿元
存贷款情况表（期末，亿元） = 亿元
2022年11月  亿元 = 亿元
编制单位：某行  2022年11月30日  单位：亿元 = 亿元
编制单位：某行 2022年11月30日 亿元 = 亿元
单位：亿元  日期：2022年11月 = 亿元
单位：亿元日期：2022年11月 = 亿元
单位：亿元（含外币折人民币） = 亿元
说明：金额均以亿元为单位，保留两位小数 = 亿元
以亿元为单位 = 亿元
單位：億元 = 亿元
金額單位：億元 = 亿元
單位：萬元 = 万元
单位：亿圆 = refused
单位：亿 = refused
单位：万 = refused
单位：百万 = refused
单位：十亿元 = refused
单位：佰万元 = refused
单位：万美元 = refused
单位：美元 = refused
单位：亿元、万美元 = refused
单位：亿元 单位：万元 = refused
单位：亿元或元 = refused
单位：100万元 = refused
单位：人民币 亿 = refused
（亿） = refused
百万 = refused
金额：万美元 = refused
以万美元为单位 = refused
情况表（百亿元） = refused
单位：某某银行 = none
单位：万达集团 = none
单位：百货大楼 = none
单位：元氏县支行 = none
单位：个体户协会 = none
填报单位：某某支行 = none
填报单位：（公章） = none
编制单位：某行 = none
报送单位：亿达公司 = none
单位名称：某行 = none
单位负责人：张三 = none
单位（盖章）：某行 = none
各单位贷款情况表 = none
企事业单位贷款表（含个人） = none
表（五）  制表：张 万 = none
（十）各项贷款 = none
注册资本5亿元以上机构 = none
注册资本 5 亿元 = none
单户1000万元（含）以下贷款表 = none
（1000万元） = none
币种：本外币 = none
本外币合计（人民币） = none
TABLE
}

@test "the note's unit may stand in the next cell, and in any line above" {
    mapping 'a;地区;;text;1' 'x;余额;千元;num;1'
    table '单位：,,@\n月报,,\n地区,余额,\n甲,1.5,\n' <<'TABLE'
亿元 = 亿元
（亿元） = 亿元
亿 = refused
某行 = none
TABLE
}

# --- headings ---

# A pattern found its column, and the unit behind it was passed over.
@test "a heading's unit is understood however it is set apart, or refused with its cell" {
    mapping 'a;地区;;text;1' 'x;/^余额/;千元;num;1'
    cat >headings <<'TABLE'
余额 = none
余额（亿元） = 亿元
余额(元) = 元
余额（单位：亿元） = 亿元
余额（单位亿元） = 亿元
余额 单位：亿元 = 亿元
余额：亿元 = 亿元
余额∶亿元 = 亿元
余额/亿元 = 亿元
余额、亿元 = 亿元
余额-亿元 = 亿元
余额【亿元】 = 亿元
余额[亿元] = 亿元
余额〔亿元〕 = 亿元
余额亿元 = 亿元
余额元 = 元
余额 亿元 = 亿元
余额人民币亿元 = 亿元
余额（亿元）（含贴现） = 亿元
余额（含贴现）（亿元） = 亿元
余额（含贴现，亿元） = 亿元
余额（亿元，含贴现） = 亿元
余额（亿元）* = 亿元
余额（亿元）① = 亿元
余额（亿元）注1 = 亿元
余额（亿元）： = 亿元
余额（亿元）期末 = 亿元
余额（亿元人民币） = 亿元
余额（折人民币亿元） = 亿元
余额（以亿元计） = 亿元
余额（亿元/户） = 亿元
余额（億元） = 亿元
余额（亿） = refused
余额亿 = refused
余额：万 = refused
余额（佰万元） = refused
余额（十亿元） = refused
余额（万美元） = refused
余额（美元） = refused
余额万美元 = refused
余额（万元、亿元） = refused
余额（亿）（含贴现） = refused
余额（含贴现） = none
余额（本外币） = none
余额（人民币） = none
余额（一） = none
余额（十） = none
余额① = none
余额(户均不足1000万元) = none
余额户均不足1000万元 = none
余额不足一千万元 = none
余额超百万元 = none
余额1000万元以下 = none
余额（1000万元以下） = none
余额（单户1000万元） = none
余额（亿元以上） = none
余额其中：农户 = none
余额企事业单位 = none
余额（单位） = none
TABLE
    table '地区,"@"\n甲,1.5\n' <headings
    # Items of a form are read as headings are.
    mapping '@form;项目' 'a;@heading;;text' 'x;/^余额/;千元;num;1'
    table '项目,甲\n"@",1.5\n' <headings
}

@test "of two records of a header either may be the unit" {
    mapping '@header;2' 'a;地区;;text;1' 'x;存款/余额;千元;num;1'
    table '地区,存款\n,"@"\n甲,1.5\n' <<'TABLE'
余额（亿元） = 亿元
余额 = none
余额（亿） = refused
TABLE
    table '地区,"存款（万元）"\n,"@"\n甲,1.5\n' <<'TABLE'
余额（亿元） = 亿元
余额 = 万元
余额（亿） = refused
TABLE
}

@test "a record of units below the header is not a row" {
    mapping 'a;地区;;text;1' 'x;存款;千元;num;1' 'y;贷款;千元;num;1'
    printf '地区,存款,贷款\n,亿元,（万元）\n甲,1,2\n' >in
    refused "in:2: column 'x': a unit below the heading: '亿元' (cell B2); join the records with @header" in
    sed -i 's/亿元/亿/' in
    refused "a unit below the heading: '亿' (cell B2)" in
    mapping '@header;2' 'a;地区;;text;1' 'x;存款/余额;千元;num;1' 'y;贷款/余额;千元;num;1'
    printf '地区,存款,贷款\n,余额,余额（万元）\n甲,1,2\n' | map | tail -1 | same <(printf '甲\t1\t20\n')
}

# The natural repair of a refusal is to name the whole heading; it must not bring back the unit of the output.
@test "a heading that the mapping spells with its unit" {
    mapping 'a;地区;;text;1' 'x;余额（亿元）;千元;num;1'
    cat >headings <<'TABLE'
余额（亿元） = 亿元
余额亿元 = 亿元
余额（元） = 元
余额 = 亿元
TABLE
    table '地区,"@"\n甲,1.5\n' <headings
    printf '单位：元,\n地区,余额\n甲,1.5\n' | map | tail -1 | same <(printf '甲\t0.0015\n') # the file knows better
    mapping 'a;地区;;text;1' 'x;余额（亿元）|余额;千元;num;1'
    sed -i 's/^余额 = .*/余额 = none/' headings
    table '地区,"@"\n甲,1.5\n' <headings
    mapping 'a;地区;;text;1' 'x;余额（亿元）|余额（万元）;千元;num;1'
    sed -i 's/^余额 = .*/余额 = refused/' headings
    table '地区,"@"\n甲,1.5\n' <headings
    mapping '@unit;元' 'a;地区;;text;1' 'x;余额（亿元）|余额（万元）;千元;num;1'
    sed -i 's/^余额 = .*/余额 = 元/' headings
    table '地区,"@"\n甲,1.5\n' <headings
}

@test "an unknown unit in the mapping's own words is a mistake in the mapping; a kind of money may be a name" {
    local source
    for source in '余额（亿）' '余额亿' '余额（万美元）' '余额（美元）' '余额：百万'; do
        mapping 'a;地区;;text;1' "x;余额|$source;千元;num;1"
        run -2 --separate-stderr map /nonexistent
        [[ $stderr == "extract: map.tsv:3: column 'source': '$source' states a unit that is not in the list" ]]
    done
    mapping 'a;地区;;text;1' 'x;余额;千元;num;1' 'usd;其中：美元;千元;num'
    printf '地区,余额（万元）,其中：美元\n甲,1,2\n' | map | tail -1 | same <(printf '甲\t10\t2\n')
    # What has no unit is taken as it stands, under that very word.
    mapping 'a;地区;;text;1' 'x;余额（万美元）;;num;1'
    printf '地区,余额（万美元）\n甲,1\n' | map | tail -1 | same <(printf '甲\t1\n')
}

@test "a word is refused like a pattern, with the heading's cell" {
    mapping 'a;地区;;text;1' 'x;余额;千元;num;1'
    printf '题,\n地区,余额（亿）\n甲,1\n' >in
    refused "in:2: header: '余额（亿）' (cell B2): it states a unit that is not in the list of units; add it there" in
    # Deposits by currency are columns of their own.
    printf '地区,余额（万元）,余额（美元）\n甲,1,2\n' | map | tail -1 | same <(printf '甲\t10\n')
}

# --- notes and columns together ---

@test "two notes that contradict each other are refused, each with its cell" {
    mapping 'a;地区;;text;1' 'x;余额;千元;num;1'
    printf '单位：亿元,（万元）\n地区,余额\n甲,1\n' >in
    refused 'in:1: two notes above the table state different units: 亿元 (cell A1) and 万元 (cell B1)' in
    printf '月报（亿元）,\n,单位：元\n地区,余额\n甲,1\n' >in
    refused 'in:2: two notes above the table state different units: 亿元 (cell A1) and 元 (cell B2)' in
    mapping '@form;项目' 'a;@heading;;text' 'x;余额;千元;num;1'
    printf '单位：亿元,\n项目（万元）,甲\n余额,1\n' >in
    refused 'in:2: two notes above the table state different units: 亿元 (cell A1) and 万元 (cell A2)' in
}

@test "a unit over some columns only is not one of all" {
    mapping 'a;地区;;text;1' 'x;余额;千元;num;1' 'y;户数;户;int'
    printf ',存款（亿元）,客户\n地区,余额,户数\n甲,1,2\n' >in
    refused "in:1: column 'x': unit 亿元 (cell B1): a title, or a heading over some columns? Say it in a note 单位：, or see @header" in
    sed 's/余额/余额（万元）/' in | map | tail -1 | same <(printf '甲\t10\t2\n')
    { echo '单位：亿元,,'; cat in; } | map | tail -1 | same <(printf '甲\t100000\t2\n')
    { echo '单位：万元,,'; cat in; } >in2
    refused "unit 亿元 (cell B2)" in2
}

@test "a note of a dimension that no column has is not passed over" {
    printf '美元\tdollar\t0\n万美元\tdollar\t4\n' >>units.tsv
    mapping 'a;地区;;text;1' 'x;余额;千元;num;1'
    printf '单位：万美元,\n地区,余额\n甲,1\n' >in
    refused "in:1: column 'x': unit 万美元 (cell A1): no column of the mapping is of that dimension" in
    sed 's/余额/余额（万元）/' in | map | tail -1 | same <(printf '甲\t10\n')
    mapping 'a;地区;;text;1' 'x;余额;美元;num;1'
    map in | tail -1 | same <(printf '甲\t10000\n')
}

@test "a note above @after holds until another comes" {
    mapping '@after;附表二' 'a;地区;;text;1' 'x;余额;千元;num;1'
    printf '单位：亿元,\n附表一,\n机构,余额\n单位,（元）\n附表二,\n地区,余额\n甲,1\n' >in
    map --log log in | tail -1 | same <(printf '甲\t100000\n')
    grep -q $'^unit.note\t1\t亿元\tA1$' log
    sed -i 's/附表二/附表二（万元）/' in
    map in | tail -1 | same <(printf '甲\t10\n')
}

@test "the rows of a table passed by state no unit of the next one, its title does" {
    mapping '@table;2' '@end;小计' 'a;地区;;text;1' 'x;余额;千元;num;1'
    printf '地区,余额,计量单位\n甲,1,亿元\n（农户，万元）,2,元\n小计,,\n表二（万元）,,\n地区,余额,\n乙,3,\n' >in
    map --log log in | tail -1 | same <(printf '乙\t30\n')
    grep -q $'^unit.note\t1\t万元\tA5$' log
}

@test "percentages, counts and columns of other dimensions do not heed a note; whole amounts do" {
    mapping 'a;地区;;text;1' 'x;余额;千元;num;1' 'r;利率;%;num' 'n;户数;户;int' 'w;本金;千元;int'
    printf '单位：万元,,,,\n地区,余额,利率,户数,本金\n甲,1.5,4.35,7,12\n' | map | tail -1 |
        same <(printf '甲\t15\t4.35\t7\t120\n')
}
