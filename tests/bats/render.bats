#!/usr/bin/env bats
# render: what a reader sees of a table.

load helper

columns() {
    cat > columns.tsv <<'EOF'
table	column	over_zh	over_en	label_zh	label_en	unit	unit_en	type	codes_zh	note
*	area			县市区	Area			text		
B01	dep	各项存款	Deposits	余额	Balance	亿元	100m yuan	amount		
B01	growth	各项存款	Deposits	增速	Growth	%	%	number		
B01	rank			名次	Rank			number	=\-	增速从高到低
B01	late			迟报	Late			text	1=是;0=	
EOF
    printf '%s\n' $'area\tdep\tgrowth\trank\tlate' $'全市\t1234567.80\t3.50\t\t0' $'泰山区\t631.99\t\\-\t1\t1' $'东平县\t\t-0.05\t2\t0' > B01.tsv
}

@test "text: figures right and text left, by the width of Chinese characters" {
    columns
    render -l columns.tsv B01.tsv > got
    same got <<'EOF'
            各项存款
县市区        余额   增速  名次  迟报
          （亿元）  （%）
------  ----------  -----  ----  ----
全市    1234567.80   3.50     —
泰山区      631.99      —     1  是
东平县           …  -0.05     2
EOF
}

@test "text: every line of figures ends in the same column of the terminal" {
    columns
    render -l columns.tsv --group B01.tsv > got
    python3 - got <<'EOF'
import sys, unicodedata
def width(s): return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
ends = {width(line[:line.index(figure) + len(figure)])
        for line, figure in ((lines[4], "1,234,567.80"), (lines[5], "631.99"), (lines[6], "…"))}
assert ends == {20}, ends
EOF
}

@test "text: --ambiguous 2 gives the marks two columns" {
    printf 'a\tn\nx\t1.00\ny\t\nz\t\\-\n' > t.tsv
    render --ambiguous 2 t.tsv > got
    same got <<'EOF'
a     n
-  ----
x  1.00
y    …
z    —
EOF
}

@test "text: figures of different decimals stand under each other at the point" {
    printf 'n\n1.5\n-12.25\n100\n' | render > got
    same got <<'EOF'
     n
------
  1.5
-12.25
100
EOF
}

@test "text: what a terminal would obey is not printed" {
    printf 'a\nx\033[2J\\n\\ty\302\233z\n' | render > got
    same got <<'EOF'
a
----------
x�[2J  y�z
EOF
}

@test "title, unit and notes stand around the table; a unit said once leaves the heads" {
    columns
    render -l columns.tsv --title 存款表 --unit 亿元、% --note 甲 --note 乙 B01.tsv > got
    same got <<'EOF'
               存款表
                        单位：亿元、%
            各项存款
县市区        余额   增速  名次  迟报
------  ----------  -----  ----  ----
全市    1234567.80   3.50     —
泰山区      631.99      —     1  是
东平县           …  -0.05     2
注：甲
注：乙
EOF
}

@test "English labels, with --lang en" {
    columns
    render -l columns.tsv --lang en -t csv B01.tsv > got
    [ "$(head -n 1 got)" = 'Area,Deposits: Balance (100m yuan),Deposits: Growth (%),Rank,Late' ]
}

@test "without labels a column is right-aligned when all its values are figures, and nothing is changed" {
    printf 'code\tmixed\tn\tnone\n007\t1\t1.0\t\n010\tx\t-\t\n' | sed 's/-/\\-/' | render -t markdown > got
    same got <<'EOF'
| code | mixed |   n | none |
| ---: | ----- | --: | ---- |
|  007 | 1     | 1.0 | …    |
|  010 | x     |   — | …    |
EOF
}

@test "markdown: markup in cells is escaped" {
    printf 'a\nx|y\n*b*\nsnake_case _c_\n<i>&amp;\n[l](u)\n\\\\\n' | render -t markdown > got
    sed -n '3,$p' got | sed 's/^| //; s/ *|$//' > cells
    same cells <<'EOF'
x\|y
\*b\*
snake_case \_c\_
\<i\>\&amp;
\[l\](u)
\\
EOF
}

@test "csv: read back by another program, every cell is what it was" {
    printf 'a\tb\nx,y\tsay "hi"\none\\ntwo\t\n\ttab\\tinside\n back\\\\slash \t1.50\n' > t.tsv
    render -t csv t.tsv > t.csv
    python3 - <<'EOF'
import csv
rows = list(csv.reader(open("t.csv", newline="", encoding="utf-8")))
assert rows == [["a", "b"], ["x,y", 'say "hi"'], ["one\ntwo", ""], ["", "tab\tinside"], [" back\\slash ", "1.50"]], rows
EOF
}

@test "csv: a lone empty field is no blank line; --bom comes first" {
    printf 'a\n\nx\n' | render -t csv --bom > got
    printf '\357\273\277a\n""\nx\n' | cmp - got
}

@test "html: a table that a parser accepts, with the text as it was" {
    columns
    printf 'a"<&>\tn\n<script>x</script>\t1.00\n' | render -t html --title 'A & B' > t.html
    render -t html -l columns.tsv --total 全市 --group B01.tsv >> t.html
    python3 - <<'EOF'
from html.parser import HTMLParser
class P(HTMLParser):
    def __init__(self):
        super().__init__(); self.open = []; self.text = []; self.tags = set()
    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag != "br": self.open.append(tag)
    def handle_endtag(self, tag): assert self.open.pop() == tag, tag
    def handle_data(self, data): self.text.append(data)
p = P(); p.feed(open("t.html", encoding="utf-8").read()); p.close()
assert not p.open and "script" not in p.tags
for word in ('a"<&>', "<script>x</script>", "A & B", "1,234,567.80", "—", "…", "是"):
    assert word in p.text, word
EOF
    grep -q '<tr class="total"><th scope="row" style="text-align:left">全市</th>' t.html
    grep -q '<th scope="colgroup" colspan="2" class="over">各项存款</th>' t.html
}

@test "a table of no rows is a table; a stream of no bytes is not" {
    printf 'a\tb\n' | render > got
    same got <<'EOF'
a  b
-  -
EOF
    run -3 render < /dev/null
    [ "$output" = "render: (standard input): no bytes at all, not even a header line" ]
}

@test "gz is read, and a truncated one is an error that leaves no file" {
    columns
    gzip -k B01.tsv
    render -l columns.tsv --table B01 B01.tsv.gz > got
    render -l columns.tsv B01.tsv | cmp - got
    render -l columns.tsv B01.tsv.gz | cmp - got
    head -c 60 B01.tsv.gz > cut.gz
    for form in text csv; do
        run -3 render -t "$form" -o out.txt cut.gz
        [ ! -e out.txt ]
    done
}

@test "misuse is told before data is read" {
    columns
    run -2 render -t xml B01.tsv
    [ "$output" = "render: -t is text, markdown, html or csv, not 'xml'; try 'render --help'" ]
    run -2 render --ambiguous 3 B01.tsv
    run -2 render --lang fr B01.tsv
    run -2 render -t csv --title x B01.tsv
    run -2 render --bom B01.tsv
    run -2 render --table B01 B01.tsv
    run -2 render B01.tsv B01.tsv
    run -2 render -l columns.tsv --table B99 B01.tsv
    [ "$output" = "render: columns.tsv: no table 'B99'" ]
    run -2 render --group=nowhere B01.tsv
    run -2 render -l nowhere.tsv B01.tsv
}

@test "a ragged row is told with its line; a full disk is status 4" {
    printf 'a\tb\n1\t2\n3\n' > t.tsv
    run -3 render t.tsv
    [ "$output" = "render: t.tsv:3: 1 field, the header has 2" ]
    columns
    for form in text markdown html csv; do
        render -t "$form" B01.tsv > /dev/full 2> err && false || [ $? = 4 ]
    done
}

@test "the locale and the time zone change nothing" {
    columns
    render -l columns.tsv --group B01.tsv > got
    LC_ALL=C LANG=de_DE.UTF-8 TZ=Asia/Shanghai render -l columns.tsv --group B01.tsv | cmp - got
}
