# The unit of an amount: whatever a file says of it is understood and used, or stops the file. It is never passed over,
# for what is passed over is wrong by a hundred or ten thousand. The tables of this file say what is understood; the list of
# units is the one that comes with tongbao.
load helper
load mapping_helper

setup() {
    cp "$TOP/pipelines/units.tsv" units.tsv
    printf '%s\n' 'table	alias	code' 'area	甲县	A' 'area	乙县	B' >aliases.tsv
    COLUMNS='target source unit type required codes'
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
注：本表以人民币亿元为计量单位。 = 亿元
注：本表数据以亿元为单位填报。 = 亿元
注：金额单位为亿元，保留两位小数 = 亿元
注：金额单位均为亿元 = 亿元
说明：金额按亿元填列 = 亿元
余额按亿元以上统计 = none
编制单位：某行单位：亿元 = 亿元
编制单位某行单位亿元 = 亿元
货币单位：人民币（亿元） = 亿元
报表币种：人民币（亿元） = 亿元
单位：亿元/户 = 亿元
单位——亿元 = 亿元
比率单位：%，金额单位：亿元 = 亿元
Unit: RMB million = refused
Unit: RMB'000 = refused
（RMB 10,000） = refused
（RMB million） = refused
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
注册资本 5 亿元 = refused
附表2 亿元 = refused
单笔（5 亿元） = refused
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
余额（RMB million） = refused
余额（RMB'000） = refused
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
余额，广元 = none
余额：广元 = none
余额广元 = none
余额其中三元 = none
余额惠及万家 = none
余额（千人） = refused
余额数万户 = none
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
    refused "in:2: a unit below the header: '亿元' (cell B2); join the records with @header" in
    sed -i 's/亿元/亿/' in
    refused "a unit below the header: '亿' (cell B2)" in
    printf '地区,存款,贷款\n,,\n单位：亿元,,\n甲,1,2\n' >in
    refused "in:3: column 'x': a note below the header states another unit than 千元: 亿元 (cell A3)" in
    sed -i '3s/,,//' in
    refused "in:3: column 'x': a note below the header states another unit than 千元: 亿元 (cell A3)" in
    # So may a column of units that is not called one.
    printf '地区,单位,存款,贷款\n甲,亿元,1,2\n' >in
    refused "in:2: a unit below the header: '亿元' (cell B2); name its column in @unit column, or @ignore it" in
    printf '地区,单位,存款,贷款\n甲,某行,1,2\n' | map | tail -1 | same <(printf '甲\t1\t2\n')
    # In a form it is in time.
    mapping '@form;项目' 'a;@heading;;text' 'x;存款;千元;num;1'
    table '项目,甲\n"@",\n存款,1.5\n单位存款（万元）,1\n' <<'TABLE'
单位：亿元 = 亿元
（单位：亿元） = 亿元
单位：亿 = refused
贷款（亿元） = none
TABLE
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

@test "whoever sent the file is told in Chinese" {
    mapping 'a;地区;;text;1' 'x;/^余额/;千元;num;1'
    says() { run -3 map -f failures in; [ "$(derive -c rule,message_zh failures | tail -1)" = "structure.header	$1" ]; }
    printf '单位：亿,\n地区,余额\n' >in && says 所注单位认不出；请用元、万元、亿元等
    printf '地区,余额（亿）\n' >in && says 表头中有的单位认不出；请用元、万元、亿元等
    printf '单位：亿元,（元）\n地区,余额\n' >in && says 有两处注明单位，且不相同
    printf '地区,余额\n,亿元\n' >in && says 单位在表头以下另占一行或一栏，还不能按它读入
}

@test "a unit over some columns only is not one of all" {
    mapping 'a;地区;;text;1' 'x;余额;千元;num;1' 'y;户数;户;int'
    printf ',存款（亿元）,客户\n地区,余额,户数\n甲,1,2\n' >in
    refused "in:1: column 'x': unit 亿元 (cell B1): it may be that of some columns only; say it in a note 单位：, or see @header" in
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
    sed 's/^单位,（元）/单位：亿,/' in >in2
    refused "in2:4: unknown unit in a note: '单位：亿' (cell A4)" in2
    sed 's/附表二/附表二（万元）/' in2 | map | tail -1 | same <(printf '甲\t10\n') # that one was of another table
    sed -i 's/附表二/附表二（万元）/' in
    map in | tail -1 | same <(printf '甲\t10\n')
}

@test "the rows of a table passed by state no unit of the next one, its title does" {
    mapping '@table;2' '@end;小计' 'a;地区;;text;1' 'x;余额;千元;num;1'
    printf '地区,余额,计量单位\n甲,1,亿元\n（农户，万元）,2,元\n小计,,\n表二（万元）,,\n地区,余额,\n乙,3,\n' >in
    map --log log in | tail -1 | same <(printf '乙\t30\n')
    grep -q $'^unit.note\t1\t万元\tA5$' log
}

@test "a title merged over several cells of a workbook is one note" {
    mapping '@table;2' '@end;小计' 'a;地区;;text;1' 'x;余额;千元;num;1'
    python3 -B "$TOP/tests/judge/make_xlsx.py" in.xlsx <<<'{"sheets": [{"name": "S", "merged": ["A1:C1", "B5:C5"], "cells":
        {"A1": "表一（亿元）", "A2": "地区", "B2": "余额", "C2": "户数", "A3": "甲", "B3": 1, "C3": 1, "A4": "小计",
         "B5": "表二（万元）", "A6": "地区", "B6": "余额", "C6": "户数", "A7": "乙", "B7": 3, "C7": 1}}]}'
    map --log log in.xlsx | tail -1 | same <(printf '乙\t30\n')
    grep -q $'^unit.note\t1\t万元\tB5$' log
    mapping '@end;小计' 'a;地区;;text;1' 'x;余额;千元;num;1'
    map in.xlsx | tail -1 | same <(printf '甲\t100000\n')
}

@test "percentages, counts and columns of other dimensions do not heed a note; whole amounts do" {
    mapping 'a;地区;;text;1' 'x;余额;千元;num;1' 'r;利率;%;num' 'n;户数;户;int' 'w;本金;千元;int'
    printf '单位：万元,,,,\n地区,余额,利率,户数,本金\n甲,1.5,4.35,7,12\n' | map | tail -1 |
        same <(printf '甲\t15\t4.35\t7\t120\n')
}

@test "a note may stand in the header: in its corner, or beside the headings" {
    mapping 'a;地区;;text;1' 'x;余额;千元;num;1'
    table '"@",余额\n甲,1.5\n' <<'TABLE'
地区 = none
地区（亿元） = 亿元
地区（单位：亿元） = 亿元
地区 单位：亿元 = 亿元
地区（亿） = refused
TABLE
    table '地区,余额,"@"\n甲,1.5,\n' <<'TABLE'
单位：亿元 = 亿元
（单位：亿元、%） = 亿元
贷款（亿元） = none
亿元 = refused
单位：亿 = refused
% = none
TABLE
    # Where the columns say their units, what else stands there does not matter.
    mapping 'a;地区;;text;1' 'x;余额;千元;num;1'
    printf '地区,余额（万元）,户数,亿元\n甲,1,2,3\n' | map | tail -1 | same <(printf '甲\t10\n')
    mapping 'item;项目;;text;1' 'area;@heading;;code;;area' 'x;@value;千元;num'
    printf '项目（单位：亿元）,甲县,乙县\n存款,1,2\n' >in
    map --log log in | cut -f3 | same <(printf '%s\n' x 100000 200000)
    grep -q $'^unit.note\t1\t亿元\tA1$' log
    printf '项目,甲县,乙县,单位：亿元\n存款,1,2,\n' | map | cut -f3 | same <(printf '%s\n' x 100000 200000)
}

@test "a note at the end of the table says no other unit than its figures were read in" {
    mapping '@end;注|附表' 'a;地区;;text;1' 'x;余额;千元;num;1'
    printf '单位：亿元,\n地区,余额\n甲,1\n注：1.单位：亿元；2.另报,\n' >in
    map in | tail -1 | same <(printf '甲\t100000\n')
    sed -i 1d in
    refused "in:3: column 'x': a note below the table states another unit than 千元: 亿元 (cell A3)" in
    sed 's/余额/余额（元）/' in | map | tail -1 | same <(printf '甲\t0.001\n')
    sed 's/亿元/亿/' in >in2
    refused "unknown unit in a note: '注：1.单位：亿；2.另报' (cell A3)" in2
    # What begins another table is not about this one.
    sed 's/注：1./附表二 /' in | map | tail -1 | same <(printf '甲\t1\n')
    mapping '@end;注' '@form;项目' 'a;@heading;;text' 'x;余额;千元;num;1'
    printf '项目,甲\n余额,1\n注：单位：亿元,\n' | map | tail -1 | same <(printf '甲\t100000\n')
}

# --- records that state the unit of their figures ---

# The manual's own example left this line out: the unit in the label was passed over, and 100 万元 became 100 亿元.
@test "in a long form the unit in an item's label is that of its figures, before the note's" {
    mapping '@skip;合计' 'item;项目;;text;1' 'area;@heading;;code;;area' 'x;@value;千元;num'
    sed -i '/^area/s/code.*/code\t\tarea/' map.tsv
    printf '%s\n' 单位：亿元,, 项目,甲县,乙县 各项存款,1.5,2 各项贷款（万元）,100,5.25 其中：农户（户均不足1000万元）,1,— 不良贷款（元）,1200,-3 >in
    map --log log --log-each each --origin=side in | cut -f1-3 >out
    tsv 'item area x' '各项存款 A 150000' '各项存款 B 200000' '各项贷款（万元） A 1000' '各项贷款（万元） B 52.5' \
        '其中：农户（户均不足1000万元） A 100000' '其中：农户（户均不足1000万元） B \-' '不良贷款（元） A 1.200' '不良贷款（元） B -0.003' | same out
    grep -q $'^unit.row\t2\t各项贷款（万元）\tA4$' log
    grep ^in each | grep unit.row | same <(printf 'in\t\t4\tA4\t\tunit.row\t各项贷款（万元）\t万元\nin\t\t6\tA6\t\tunit.row\t不良贷款（元）\t元\n')
    grep -q $'^in\t\t4\tB4\tx\tunit\t100\t1000$' each
    # As exactly as the most exact figure: whole yuan, which are 8 decimals of 亿元.
    cut -f2,5-7 side | tail -1 | same <(printf 'x\t亿元\t8\t5\n')
}

@test "an item whose unit the column cannot have, or that nobody knows, is a finding with the cell of its label" {
    mapping 'item;项目;;text;1' 'area;@heading;;code;;area' 'x;@value;千元;num'
    printf '%s\n' 项目,甲县,乙县 利率（%）,1.50, 户数（户）,2,3 贷款（亿）,1,— 存款：万美元,,1 余额（亿元）,1,2 >in
    run -1 --separate-stderr map -f failures -o out --log-each each in
    [ "${#stderr_lines[@]}" = 5 ]
    [[ ${stderr_lines[0]} == "extract: in:2: column 'x': the unit of the figure is missing, not in the list or not one of the column: '利率（%）' (cell A2)" ]]
    cut -f3 out | same <(printf '%s\n' x '' '' '' '' '' '\-' '' '' 100000 200000)
    derive -c severity,rule,line,cell,actual,unit failures | sed 1d | uniq | same <(printf 'error\ttype.unit\t%s\t%s\t%s\t千元\n' 2 A2 '利率（%）' \
        3 A3 户数（户） 4 A4 贷款（亿） 5 A5 存款：万美元)
    grep -q $'^in\t\t2\tA2\tx\ttype.unit\t利率（%）\t千元$' each
    # A column without a unit takes the figures as they stand; the item says what they are.
    mapping 'item;项目;;text;1' 'area;@heading;;code;;area' 'x;@value;;num'
    map in | sed -n 2p | same <(printf '利率（%%）\tA\t1.50\n')
}

# Places are headings too.
@test "a name that ends like a unit is no unit" {
    printf 'area\t广元\tG\narea\t张家万\tW\n' >>aliases.tsv
    mapping 'item;项目;;text;1' 'area;@heading;;code;;area' 'x;@value;千元;num'
    printf '单位：亿元,,\n项目,广元,张家万\n存款,1,2\n' >in
    map in | same <(tsv 'item area x' '存款 G 100000' '存款 W 200000')
    mapping '@form;项目' 'area;@heading;;code;;area' 'x;存款;千元;num'
    map in | same <(tsv 'area x' 'G 100000' 'W 200000')
}

@test "a heading over figures and a label that differ contradict each other" {
    mapping 'item;项目;;text;1' 'area;@heading;;code;;area' 'x;@value;千元;num'
    printf '%s\n' 项目,甲县（万元）,乙县（万元） 存款（万元）,1,2 贷款（元）,1,2 >in
    run -1 map -o out in
    cut -f3 out | same <(printf '%s\n' x 10 20 '' '')
}

@test "@unit column: a column beside the items says the unit of each" {
    mapping '@unit column;计量单位|/^单位$/' 'item;项目;;text;1' 'area;@heading;;code;;area' 'x;@value;千元;num'
    printf '%s\n' 单位：元,,, 项目,计量单位,甲县,乙县 存款,亿元,1.5,2 '贷款, 万 元 ,10,5' 其中（元）,元,1,2 >in
    map --log log in | same <(tsv 'item area x' '存款 A 150000' '存款 B 200000' '贷款 A 100' '贷款 B 50' '其中（元） A 0.001' '其中（元） B 0.002')
    grep -q $'^unit.row\t3\t亿元\tB3$' log
    sed -i 's/计量单位/单 位/' in
    map in | sed -n 2p | same <(printf '存款\tA\t150000\n')
    # Blank (perhaps merged downwards), unknown, of another dimension, and not that of the label.
    printf '%s\n' 项目,计量单位,甲县,乙县 存款,亿元,1,2 贷款,,3, 户数,户,4, 外汇,万美元,5, 余额（元）,万元,6, 其他,—,7,— >in
    run -1 --separate-stderr map -f failures -o out in
    cut -f3 out | same <(printf '%s\n' x 100000 200000 '' '' '' '' '' '' '' '' '' '\-')
    derive -c rule,cell,actual failures | sed 1d | same <(printf 'type.unit\t%s\t%s\n' B3 '' B4 户 B5 万美元 A6 余额（元） B7 —)
}

@test "@unit column in a list: for its amounts, not for what has a unit of its own or is a percentage or a count" {
    mapping '@unit column;计量单位' 'item;指标;;text;1' 'x;本月;千元;num;1' 'y;年初;千元;num' 'r;增速;%;num' 'n;户数;户;int'
    printf '%s\n' 指标,计量单位,本月,年初（元）,增速,户数 存款,元,1500,2000,3.5,7 贷款,亿元,1.5,,4,8 户均,户,,2000,1,1 >in
    map in | same <(tsv 'item x y r n' '存款 1.500 2.000 3.5 7' '贷款 150000 _ 4 8' '户均 _ 2.000 1 1')
    printf '%s\n' 指标,计量单位,本月,年初（元）,增速,户数 存款,万元,1,2,3,4 >in
    run -1 --separate-stderr map -o out in
    [[ $stderr == "extract: in:2: column 'y': "*": '万元' (cell B2)" ]]
    tail -1 out | same <(printf '存款\t10\t\t3\t4\n')
    # A file without the column is read by the usual rules; one whose column the mapping does not name is refused.
    printf '单位：亿元,\n指标,本月\n存款,1\n' | map | cut -f1,2 | tail -1 | same <(printf '存款\t100000\n')
    mapping 'item;指标;;text;1' 'x;本月;千元;num;1'
    printf '指标,计量单位,本月\n存款,万元,1\n' >in
    refused "in:1: header: '计量单位' (cell B1): a column of units; name it in @unit column, or @ignore it" in
    sed 's/本月/本月（元）/' in | map | tail -1 | same <(printf '存款\t0.001\n')
    mapping '@ignore;计量单位' 'item;指标;;text;1' 'x;本月;千元;num;1'
    map in | tail -1 | same <(printf '存款\t1\n')
}

@test "@unit column beside the items of a form" {
    mapping '@form;项目' '@unit column;计量单位' 'a;@heading;;text' 'dep;存款;千元;num;1' 'loan;/^贷款/;千元;num' 'r;利率;%;num'
    form() { printf '%s\n' 项目,计量单位,甲县,乙县 存款,亿元,1.5,2 贷款（元）,"$1",1000,1 利率,"$2",1,2 其他,吨,1,1; }
    form '' % >in
    map --origin=side in | cut -f1-4 | same <(tsv 'a dep loan r' '甲县 150000 1.000 1' '乙县 200000 0.001 2')
    cut -f2-7 side | sed 1d | same <(printf '%s\t%s\t%s\t%s\t%s\t%s\n' dep 存款 2 亿元 1 5 loan 贷款（元） 3 元 0 -3 r 利率 4 % 0 0)
    form 元 ‰ | map | cut -f4 | tail -1 | same <(echo 0.2)
    form 万元 % >in
    refused "in:3: column 'loan': the unit beside '贷款（元）' is '万元' (cell B3)" in
    form 元 户 >in
    refused "in:4: column 'r': the unit beside '利率' is '户' (cell B4)" in
    form 元 '' >in
    refused "in:4: column 'r': the unit beside '利率' is missing (cell B4)" in
}

@test "mistakes in @unit column are found before data is read" {
    local line
    for line in '@unit column;' '@unit column;/(/' '@unit columns;单位'; do
        mapping 'a;甲;;text' "$line"
        run -2 --separate-stderr map /nonexistent
        [[ $stderr == "extract: map.tsv:3:"* ]]
    done
    mapping 'a;甲;;text' '@unit column;单位' '@unit column;计量单位'
    run -2 --separate-stderr map /nonexistent
    [[ $stderr == *'directive stands twice'* ]]
    mapping 'a;甲;;text' 'x;乙;千元;num' '@unit column;单位|计量单位'
    printf '甲,乙,单位,计量单位\n' >in
    refused "two columns for '@unit column': '单位' and '计量单位'" in
}
