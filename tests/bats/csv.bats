# CSV as RFC 4180 has it and as it is found: each case of the standard and of the csv-spectrum collection, in data of
# our own; round trips through another writer; files that are far too large in one direction.
load helper

# table LINE...: the output is these lines; blanks stand for TAB.
table() {
    printf '%s\n' "$@" | tr ' ' '\t' | same out
}

# --- RFC 4180, section 2, by its numbers ---

@test "1: each record on a line of its own, ended by CR LF" {
    printf 'a,b,c\r\nx,y,z\r\n' | extract >out
    table 'a b c' 'x y z'
}

@test "2: the last record may lack its line end" {
    printf 'a,b,c\r\nx,y,z' | extract >out
    table 'a b c' 'x y z'
}

@test "3: the first line is the header" {
    printf 'name_1,name_2\r\nx,y\r\n' | extract >out
    table 'name_1 name_2' 'x y'
    printf 'name_1,name_2\r\n' | extract >out
    table 'name_1 name_2'
}

@test "4: as many fields in every record; spaces belong to the field; a last field may be empty" {
    printf 'a,b\r\n 1 ,  \r\n2,\r\n' | extract >out
    printf 'a\tb\n 1 \t  \n2\t\n' | same out
    printf 'a,b\r\n1\r\n' >in
    run -1 --separate-stderr extract in
    [[ $stderr == *":2: 1 fields, the header has 2; the row is left out" ]]
}

@test "5: fields may be quoted or not; an unquoted one has no quotes" {
    printf '"a","b",c\r\nx,"y",z\r\n' | extract >out
    table 'a b c' 'x y z'
    printf 'a,b\r\nx"y",z\r\n' | run -3 extract
    printf 'a,b\r\n"x"y,z\r\n' | run -3 extract
    printf 'a,b\r\n "x",z\r\n' | run -3 extract
}

@test "6: line ends, quotes and commas inside quotes are text" {
    printf '"a","b\r\nB","c,c"\r\nx,y,z\r\n' | extract >out
    printf 'a\tb\\r\\nB\tc,c\nx\ty\tz\n' | same out
}

@test "7: a quote inside quotes is doubled" {
    printf '"a","b""B","c"\r\n"""","""x""",""\r\n' | extract >out
    printf 'a\tb"B\tc\n"\t"x"\t\n' | same out
}

# --- the cases of csv-spectrum ---

@test "comma in quotes" {
    printf 'first,last,address,zip\n甲,乙,"1 Road, North",08123\n' | extract >out
    printf 'first\tlast\taddress\tzip\n甲\t乙\t1 Road, North\t08123\n' | same out
}

@test "empty fields, bare and quoted, with LF and with CR LF" {
    printf 'a,b,c\n1,"",""\n2,3,4\n' | extract >lf
    printf 'a\tb\tc\n1\t\t\n2\t3\t4\n' | same lf
    printf 'a,b,c\r\n1,"",""\r\n2,3,4\r\n' | extract >crlf
    cmp lf crlf
}

@test "escaped quotes" {
    printf 'a,b\n1,"ha ""ha"" ha"\n3,4\n' | extract >out
    printf 'a\tb\n1\tha "ha" ha\n3\t4\n' | same out
}

@test "JSON in a field" {
    printf 'key,val\n1,"{""type"": ""Point"", ""at"": [102.0, 0.5]}"\n' | extract >out
    printf 'key\tval\n1\t{"type": "Point", "at": [102.0, 0.5]}\n' | same out
}

@test "line ends in quotes, with LF and with CR LF" {
    printf 'a,b,c\n1,2,3\n"Once upon \na time",5,6\n7,8,9\n' | extract >out
    printf 'a\tb\tc\n1\t2\t3\nOnce upon \\na time\t5\t6\n7\t8\t9\n' | same out
    printf 'a,b,c\r\n1,2,3\r\n"Once upon \r\na time",5,6\r\n7,8,9\r\n' | extract >out
    printf 'a\tb\tc\n1\t2\t3\nOnce upon \\r\\na time\t5\t6\n7\t8\t9\n' | same out
}

@test "quotes and line ends together" {
    printf 'a,b\n1,"ha \n""ha"" \nha"\n3,4\n' | extract >out
    printf 'a\tb\n1\tha \\n"ha" \\nha\n3\t4\n' | same out
}

@test "simple, with LF and with CR LF" {
    printf 'a,b,c\n1,2,3\n' | extract >out
    table 'a b c' '1 2 3'
    printf 'a,b,c\r\n1,2,3\r\n' | extract | same out
}

@test "UTF-8" {
    printf 'a,b,c\n1,2,3\n4,5,ʤ機𠮷\n' | extract | tail -1 | same <(printf '4\t5\tʤ機𠮷\n')
}

@test "coordinates: degrees, minutes and a quote for seconds" {
    printf 'lat,lon\n"36°11'"'"'22""N","117°07'"'"'12""E"\n' | extract | tail -1 |
        same <(printf '36°11'"'"'22"N\t117°07'"'"'12"E\n')
}

# --- delimiters ---

@test "semicolon, TAB and bar, by option and by mapping, quote as the comma does" {
    local d
    printf 'target\tsource\n@delimiter\t;\na\tA\nb\tB\n' >map
    for d in ';' '\t' '|'; do
        printf "A${d}B\n1,5${d}\"x${d}\"\"y\"\n" >in
        extract -d "$d" in >out
        case $d in
        '\t') printf 'A\tB\n1,5\tx\\t"y\n' | same out ;;
        *) printf 'A\tB\n1,5\tx%s"y\n' "$d" | same out ;;
        esac
    done
    printf 'A;B\n1,5;"x;""y"\n' | extract -m map | tail -1 | same <(printf '1,5\tx;"y\n')
}

# --- both ways of reading agree on the place of an error, far into a file ---

@test "an error behind 100,000 plain records is told with its line and record" {
    { printf 'a,b\n'; yes '1,"x
y"' | head -200000; printf '1,2"3\n'; } >in
    run -3 --separate-stderr extract -o out in
    [[ $stderr == "extract: in:200002: record 100002: malformed CSV: a quote inside an unquoted field"* ]]
    [ ! -e out ]
}

@test "a ragged row and a blank line between plain ones: the row is named, the rest is kept, all is counted" {
    { printf 'a,b\n'; yes 1,2 | head -50000; printf '\n1\n'; yes 3,4 | head -50000; } >in
    run -1 --separate-stderr extract --log log -o out in
    [[ $stderr == "extract: in:50003: record 50002: 1 fields, the header has 2; the row is left out" ]]
    [ "$(wc -l <out)" = 100001 ]
    printf 'lines.blank\t1\t\t\nrows\t100000\t1\tA2\nrows.ragged\t1\t1\tA50003\n' |
        same <(grep -E '^(rows|lines)' log | sort)
}

@test "the same rows with their origin as without" {
    { printf 'a,b\r\n'; yes '1,"x
""y"""' | head -20000 | sed 's/$/\r/'; } >in
    extract in >plain
    extract --origin=side in >origin
    cut -f1,2 origin | same plain
    [ "$(tail -1 origin)" = $'1\tx\\r\\n"y"\tin\t\t20000\t10001' ]
}

@test "a mapping sees the same cells" {
    printf 'target\tsource\na\tA\nc\tC\nb\tB\n' >map
    { printf 'A,B,C\n'; yes '1,"x,""y""",机构' | head -30000; } >in
    extract in | awk -F'\t' -v OFS='\t' '{ print $1, $3, $2 }' | tail -n +2 >want
    extract -m map in | tail -n +2 | same want
}

# --- round trips through python3's csv ---

@test "random tables through python3's csv writer come back as they were" {
    cat >trip.py <<'PY'
import csv, io, random, subprocess, sys

random.seed(4180)
CHARS = ["a", "1", " ", ",", ";", "|", "\t", '"', "\n", "\r", "\r\n", "\\", "机", "𠮷", "\\t", "''", "0" * 70]
ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}

def field():
    return "".join(random.choice(CHARS) for _ in range(random.choice([0, 0, 1, 1, 2, 5, 40])))

def undo(text):
    out, chars = [], iter(text)
    for c in chars:
        out.append(ESCAPES[next(chars)] if c == "\\" else c)
    return "".join(out)

for trial in range(120):
    width, delimiter = random.randint(1, 8), random.choice([",", ";", "|", "\t"])
    header = [f"c{i}" for i in range(width)]
    rows = [[field() for _ in header] for _ in range(random.choice([1, 10, 300]))]
    text = io.StringIO()
    # Where LF alone ends lines, QUOTE_MINIMAL leaves a lone CR unquoted, which RFC 4180 does not allow.
    quoting, end = random.choice([(csv.QUOTE_MINIMAL, "\r\n"), (csv.QUOTE_ALL, "\r\n"), (csv.QUOTE_ALL, "\n")])
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([header] + rows)
    encoding = random.choice(["utf-8", "utf-8-sig", "gb18030"])
    done = subprocess.run(["extract", "-d", delimiter, "-e", encoding.replace("-sig", "")],
                          input=text.getvalue().encode(encoding), stdout=subprocess.PIPE, check=True)
    lines = done.stdout.decode().split("\n")
    assert lines.pop() == ""
    got = [[undo(f) for f in line.split("\t")] for line in lines]
    assert got == [header] + rows, (trial, encoding, delimiter)
print("same")
PY
    run -0 python3 trip.py
    [ "$output" = same ]
}

# --- far too much: one line on standard error, status 3, memory as the manual states it ---

# bounded R F COMMAND...: with as much address space as the manual's formula gives for records of R and fields of F
# MiB, and 16 MiB for the program, its libraries and what is asked for and never touched.
bounded() {
    local mib=$((5 + 3 * $1 + 4 * $2 + 16))
    shift 2
    (ulimit -v $((mib * 1024)) && "$@")
}
can_bound() {
    bounded 0 0 extract --version >/dev/null 2>&1 || skip "a sanitizer wants more address space"
}

@test "a cell of 3 GB" {
    can_bound
    { printf 'a,b\n1,"'; head -c 3000000000 /dev/zero | tr '\0' x; } | bounded 1 1 extract >out 2>err || [ $? = 3 ]
    [ "$(cat err)" = "extract: (standard input):2: record 2: malformed CSV: a field is longer than 1 MiB; is a quote left open?" ]
    # In gzip it takes 13 MB, and as little memory.
    head -c 3000000000 /dev/zero | tr '\0' x | gzip -1 | bounded 1 1 extract -t tsv 2>err >out || [ $? = 3 ]
    [ "$(cat err)" = "extract: (standard input):1: record 1: malformed TSV: a field is longer than 1 MiB" ]
}

@test "a million columns" {
    can_bound
    { yes x | head -1000000 | tr '\n' ,; echo x; } >in
    run -3 --separate-stderr bounded 0 0 extract in
    [ "$stderr" = "extract: in:1: record 1: malformed CSV: a record has more than 16384 fields" ]
    { echo a,b; cat in; } >in2
    run -3 --separate-stderr bounded 0 0 extract in2
    [ "$stderr" = "extract: in2:2: record 2: malformed CSV: a record has more than 16384 fields" ]
}

@test "a record just within the limits, in the memory that the manual states" {
    can_bound
    for i in {1..16}; do printf 'c%d,' "$i"; done | sed 's/,$/\n/' >in
    head -c 1000000 /dev/zero | tr '\0' x >cell
    { cat in; for _ in {1..15}; do cat cell; printf ,; done; cat cell; } >in2
    bounded 16 1 extract in2 >out
    [ "$(wc -c <out)" = 16000071 ]
}

@test "a record of many long cells" {
    can_bound
    { printf 'a,b\n'; head -c 1000000 /dev/zero | tr '\0' x >cell; for _ in {1..20}; do cat cell; printf ,; done; } >in
    run -3 --separate-stderr bounded 16 1 extract in
    [ "$stderr" = "extract: in:2: record 2: malformed CSV: a record is longer than 16 MiB" ]
}

@test "a file cut inside quotes, inside a character, inside its gzip" {
    can_bound
    { printf 'a,b\n'; yes '1,"机构"' | head -90000; } >in # 11 bytes a line
    head -c $((4 + 11 * 80000 + 6)) in >quotes
    run -3 --separate-stderr bounded 0 0 extract -e UTF-8 quotes
    [ "$stderr" = "extract: quotes:80002: record 80002: malformed CSV: the file ends inside quotes; the record begins here" ]
    head -c $((4 + 11 * 80000 + 5)) in >character
    run -3 --separate-stderr bounded 0 0 extract -e UTF-8 character
    [ "$stderr" = "extract: character:80002: the file ends in the middle of a character at byte offset 880007 (encoding UTF-8)" ]
    gzip -c in | head -c 1000 >cut.gz
    run -3 --separate-stderr bounded 0 0 extract cut.gz
    [[ $stderr == "extract: cut.gz: truncated gzip: the file ends before its data does" ]]
}
