#!/usr/bin/env bats
# bulletin: a layout and its tables as one page.

load helper

FIELDS='item kind title_zh title_en table columns where cluster total wide fold unit_zh unit_en definitions articles
 note_zh note_en empty_zh when'
FIELDS=${FIELDS//$'\n'/}

# item NAME=VALUE...: a line of a layout.
item() {
    local -A value=()
    local pair field line=
    for pair; do value[${pair%%=*}]=${pair#*=}; done
    for field in $FIELDS; do line+=$'\t'${value[$field]-}; done
    printf '%s\n' "${line:1}"
}

setup() {
    mkdir -p month/tables month/check
    printf '%s\n' $'area\tdep\trank' $'全市\t1234567.80\t' $'<县>\t631.99\t1' $'东平县\t\t2' > month/tables/B01.tsv
    printf '%s\n' $'area\tbank\tnpl' $'全市\t合计\t3.00' $'全市\t甲行\t3.00' $'泰山区\t合计\t2.00' $'泰山区\t甲行\t2.00' \
        > month/tables/B04.tsv
    printf '%s\n' $'name\tstate' $'甲行\taccepted' $'乙行\tblocked' > month/check/filers.tsv
    cat > columns.tsv <<'EOF'
table	column	over_zh	over_en	label_zh	label_en	unit	unit_en	type	codes_zh	note	note_en
*	area			县市区	Area			text			
*	bank			机构	Bank			text			
B01	dep	存款	Deposits	余额	Balance	亿元	100m yuan	amount		期末 & 时点	end of the month
B01	rank	存款	Deposits	名次	Rank			number	=\-		
B04	npl			不良余额	NPL	万元	10k yuan	amount			
filers	name			机构	Institution			text			
filers	state			状态	State			text	accepted=通过;blocked=拦截		
EOF
    {
        printf '%s\n' "$FIELDS" | tr ' ' '\t'
        item item=top kind=title title_zh='{year}年{month}月通报' title_en='Bulletin, {month_en} {year}'
        item item=p1 kind=heading title_zh=一、地区 title_en='Part 1'
        item item=B01 kind=table title_zh=存款表 title_en=Deposits table=tables/B01 total=全市 unit_zh=亿元 \
            unit_en='100m yuan' definitions='D01, D37' articles='1, 28' note_zh=四舍五入 note_en=rounded
        item item=B04 kind=table title_zh=不良表 title_en=NPL table=tables/B04 cluster=area total='全市|合计' wide=1 fold=open
        item item=p2 kind=heading title_zh=二、数据质量 title_en='Part 2'
        item item=C0 kind=text title_zh=说明 title_en=How note_zh='第一段\n第二段' note_en=First
        item item=C1 kind=table title_zh=未计入 title_en='Left out' table=check/filers columns=state,name \
            where="state != 'accepted'"
        item item=C2 kind=table title_zh=退回 title_en=Rejected table=check/filers where="state == 'rejected'" empty_zh=无退回。
        item item=Q kind=table title_zh=季度 title_en=Quarter table=nowhere when="month in ('3', '6')"
    } > layout.tsv
    printf 'body { color: black }\n' > style.css
}

# page [OPTION]...: the page of the tables above.
page() {
    bulletin -l layout.tsv -c columns.tsv --tables month --style style.css -D period=2022-11 -D name_zh=某局 \
        -D name_en=Bureau -D issue=第11期 -D date=2022-12-05 -D 'page_note_zh=样例"<数据>' -D page_note_en=Sample "$@"
}

@test "the page is well-formed, and fetches and runs nothing" {
    page > page.html
    python3 - <<'EOF'
from html.parser import HTMLParser
class P(HTMLParser):
    void = {"meta", "br"}
    def __init__(self):
        super().__init__(); self.open = []; self.ids = []; self.links = []
    def handle_starttag(self, tag, attrs):
        assert tag not in ("script", "link", "img", "iframe", "object", "base"), tag
        for name, value in attrs:
            assert name != "src" and not name.startswith("on"), (tag, name)
            if name == "id": self.ids.append(value)
            if name == "href": self.links.append(value)
        if tag not in self.void: self.open.append(tag)
    def handle_endtag(self, tag): assert self.open.pop() == tag, tag
p = P(); p.feed(open("page.html", encoding="utf-8").read()); p.close()
assert not p.open
assert len(p.ids) == len(set(p.ids))
assert p.links == ["#p1", "#B01", "#B04", "#p2", "#C1", "#C2"], p.links
assert set(x[1:] for x in p.links) <= set(p.ids)
EOF
    run ! grep -E 'https?:|url\(|@import' page.html
    grep -q '^<html lang="zh-CN">$' page.html
}

@test "the masthead says who, which and when, in both languages" {
    page > page.html
    grep -qF '<title>2022年11月通报</title>' page.html
    grep -qF '<p class="publisher">某局 <span lang="en">Bureau</span></p>' page.html
    grep -qF '<p>第11期</p><p>2022年12月5日 <span lang="en">5 December 2022</span></p>' page.html
    grep -qF '<h1>2022年11月通报 <span lang="en">Bulletin, November 2022</span></h1>' page.html
}

@test "figures are grouped, marks stand for what is missing, totals are set off, text is escaped" {
    page --lang zh > page.html
    sed -n '/id="B01"/,/<\/section>/p' page.html > got
    same got <<'EOF'
<section id="B01" class="table short">
<h3><span class="id">B01</span> 存款表</h3>
<table>
<caption>单位：亿元</caption>
<thead>
<tr><th scope="col" rowspan="2" class="l">县市区</th><th scope="colgroup" colspan="2" class="over">存款</th></tr>
<tr><th scope="col">余额</th><th scope="col">名次</th></tr>
</thead>
<tbody>
<tr class="total"><th scope="row" class="l">全市</th><td>1,234,567.80</td><td>—</td></tr>
<tr><th scope="row" class="l">&lt;县&gt;</th><td>631.99</td><td>1</td></tr>
<tr><th scope="row" class="l">东平县</th><td>…</td><td>2</td></tr>
</tbody>
<tfoot><tr><td colspan="3">样例&quot;&lt;数据&gt;</td></tr></tfoot>
</table>
<p class="notes">注：四舍五入；存款余额：期末 &amp; 时点；“…”表示未报送；“—”表示不适用。</p>
<p class="sources"><b>指标口径</b> D01, D37 · <b>对应篇目</b> 1, 28</p>
</section>
EOF
}

@test "rows are parted where the cluster changes, and both kinds of total are told apart" {
    page > page.html
    sed -n '/id="B04"/,/<\/section>/p' page.html > got
    grep -qF '<section id="B04" class="table wide short">' got
    grep -qF '<details open><summary>共 4 行</summary>' got
    grep -qF '<table class="clusters">' got
    [ "$(grep -c '^<tbody>$' got)" = 2 ]
    grep -qF '<tr class="total subtotal"><th scope="row" class="l">全市</th><td class="l">合计</td>' got
    grep -qF '<tr class="total"><th scope="row" class="l">全市</th><td class="l">甲行</td>' got
    grep -qF '<tr class="subtotal"><th scope="row" class="l">泰山区</th>' got
    grep -qF '不良余额<span class="unit">（万元）</span> <span lang="en">NPL</span>' got
}

@test "rows and columns are chosen; a table without rows says so" {
    page --lang zh > page.html
    grep -qF '<tr><th scope="row" class="l">拦截</th><td class="l">乙行</td></tr>' page.html
    run ! grep -F '通过' page.html
    grep -qF '<p class="none">无退回。</p>' page.html
    grep -qF '<p>第一段</p>' page.html
    grep -qF '<p>第二段</p>' page.html
}

@test "the note for every page stands at the top, under every table, and at the foot of printed pages" {
    page > page.html
    [ "$(grep -cF '<p class="page-note">样例&quot;&lt;数据&gt; <span lang="en">Sample</span></p>' page.html)" = 1 ]
    [ "$(grep -cF '<tfoot>' page.html)" = "$(grep -cF '<table' page.html)" ]
    grep -qF '@page { @bottom-center { content: "样例\22 \3c 数据>\a Sample" } }' page.html
}

@test "English only, and Chinese where there is no English" {
    page --lang en > page.html
    grep -q '^<html lang="en">$' page.html
    grep -qF '<title>Bulletin, November 2022</title>' page.html
    grep -qF '<caption>Unit: 100m yuan</caption>' page.html
    grep -qF '<p class="notes" lang="en">Notes: rounded; Deposits: Balance: end of the month; “…” not reported; “—” not applicable.</p>' page.html
    grep -qF '<p>第11期</p><p>5 December 2022</p>' page.html
    run ! grep -F '县市区' page.html
}

@test "an item stands only in its months" {
    page > page.html
    run ! grep -F 'id="Q"' page.html
    run -3 page -D period=2022-12 -D period=2022-06
    [ "$output" = "bulletin: month/nowhere.tsv: cannot open: No such file or directory" ]
}

@test "a missing or malformed table stops it, and the old page stays" {
    page -o page.html
    cp page.html old.html
    printf 'area\tdep\tnpl\nx\n' > month/tables/B04.tsv
    run -3 page -o page.html
    [ "$output" = "bulletin: month/tables/B04.tsv:2: 1 field, the header has 3" ]
    rm month/tables/B04.tsv
    run -3 page -o page.html
    cmp page.html old.html
    [ "$(ls page.html*)" = page.html ]
}

@test "a mistake in a specification is told with its line" {
    run -2 bulletin -l layout.tsv -c columns.tsv --tables month
    [ "$output" = "bulletin: layout.tsv:2: column 'title_zh': no value for the name 'year' in braces" ]
    sed 's/state,name/state,nobody/' layout.tsv > wrong.tsv
    run -2 bulletin -l wrong.tsv -c columns.tsv --tables month -D period=2022-11
    [[ "$output" = "bulletin: wrong.tsv:8: no column 'nobody'"* ]]
    printf 'a {}\nb { background: URL(x.png) }\n' > style.css
    run -2 page
    [ "$output" = "bulletin: style.css:2: 'url(' has no place in a page that fetches nothing" ]
    printf '</style><script>' > style.css
    run -2 page
    run -2 page -D 9
    run -2 bulletin -l layout.tsv
    [ "$output" = "bulletin: -c COLUMNS is missing; try 'bulletin --help'" ]
}

@test "the same bytes in another directory, locale and time zone" {
    page > page.html
    mkdir away && cp -r month ./*.tsv style.css away && cd away
    LC_ALL=C LANG=zh_CN.GB18030 TZ=Asia/Shanghai page | cmp - ../page.html
}

@test "a full disk is status 4" {
    page > /dev/full 2> err && false || [ $? = 4 ]
}

@test "the layout and the labels of the house load, and every table they know has its labels" {
    mkdir -p house/tables house/check
    grep -v '^#' "$TOP/pipelines/columns.tsv" | awk -F'\t' 'NR > 1 && $1 != "*" { c[$1] = c[$1] "\t" $2 }
        END { for (t in c) print t c[t] }' | while IFS=$'\t' read -r table rest; do
        case $table in B*) dir=tables keys=$'area\tbank\tfield\t' ;; *) dir=check keys= ;; esac
        printf '%s%s\n' "$keys" "$rest" | tr '\t' '\n' | awk '!seen[$0]++' | paste -s > "house/$dir/$table.tsv"
    done
    bulletin -l "$TOP/pipelines/layout.tsv" -c "$TOP/pipelines/columns.tsv" --style "$TOP/pipelines/style.css" \
        --tables house -D period=2022-11 > page.html
    [ "$(grep -c '^<section id="[BC][0-9]' page.html)" -ge 10 ]
}
