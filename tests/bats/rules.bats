#!/usr/bin/env bats
# Rule cards of every kind: what passes, what fails, what cannot be decided, and what the findings say.

load helper

setup() {
    printf 'id\tseverity\tkind\teach\twhen\tcheck\twith\tjoin\ttolerance\tmessage_zh\tmessage_en\tpass\tfail\n' > cards.tsv
    schema period:month bank:code loan:num:2 dep:num:2 item:id
}

# schema NAME:TYPE[:DECIMALS]...: no column is required, amounts are in 万元.
schema() {
    printf 'name\ttype\tdecimals\tunit\n' > schema.tsv
    local column unit
    for column in "$@"; do
        IFS=: read -r name type decimals <<< "$column"
        unit=
        [ "$type" != num ] || unit=万元
        printf '%s\t%s\t%s\t%s\n' "$name" "$type" "$decimals" "$unit" >> schema.tsv
    done
}

# card FIELD=VALUE...: one card; id r, severity error and the messages unless they are given.
card() {
    local -A f=([id]=r [severity]=error [message_zh]=信 [message_en]=message)
    local field
    for field in "$@"; do f[${field%%=*}]=${field#*=}; done
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "${f[id]}" "${f[severity]}" "${f[kind]-}" "${f[each]-}" \
        "${f[when]-}" "${f[check]-}" "${f[with]-}" "${f[join]-}" "${f[tolerance]-}" "${f[message_zh]}" "${f[message_en]}" \
        "${f[pass]-}" "${f[fail]-}" >> cards.tsv
}

# check [OPTION...]: the findings (all but of joins) of in.tsv, a line each: the columns COLUMNS; counts of r last.
COLUMNS='rule result line key'
check() {
    local status=0
    validate -s schema.tsv -r cards.tsv -f failures --counts counts -o out "$@" in.tsv 2> err || status=$?
    [ $status -le 1 ] || { cat err; return $status; }
    cells failures $COLUMNS | grep -v '^join' || true
    cells counts rule run pass fail undecided skipped | grep -v '^\(structure\|required\|type\|join\|key\|codes\)' | sed 's/^/= /'
}

# cells FILE COLUMN...: these columns of a failure or count file, without its header.
cells() {
    local file=$1
    shift
    awk -F'\t' -v want="$*" 'NR == 1 { n = split(want, w, " "); for (i = 1; i <= NF; i++) at[$i] = i; next }
        { for (i = 1; i <= n; i++) printf "%s%s", $(at[w[i]]), i < n ? "|" : "\n" }' "$file"
}

# --- conditions ---

@test "required: only where the condition holds; a condition in doubt leaves it undecided" {
    card kind=required check=item with='if=loan > 0'
    tsv 'period bank loan dep item' '2022-11 B1 1 0 x' '2022-11 B2 0 0 _' '2022-11 B3 1 0 _' '2022-11 B4 _ 0 _' > in.tsv
    COLUMNS='rule result line cause' check > got
    same got << 'END'
r|fail|4|
r|undecided|5|missing loan
= r|4|2|1|1|0
END
}

@test "forbidden: must be empty unless the condition holds" {
    card kind=forbidden check=item with='unless=loan > 0'
    tsv 'period bank loan dep item' '2022-11 B1 1 0 x' '2022-11 B2 0 0 _' '2022-11 B3 0 0 x' '2022-11 B4 _ 0 x' > in.tsv
    COLUMNS='rule result line cause' check > got
    same got << 'END'
r|fail|4|
r|undecided|5|missing loan
= r|4|2|1|1|0
END
}

@test "codes: a code must be in force on the day, or in the month" {
    schema day:date bank:code
    tsv 'code valid_from valid_to' 'A 2020-01-01 2021-12-31' 'A 2022-07-01 _' 'B _ 2022-06' > banks.tsv
    card kind=codes check=bank with='table=banks; code=code; on=day'
    tsv 'day bank' '2021-12-31 A' '2022-01-01 A' '2022-07-01 A' '2022-06-30 B' '2022-07-01 B' '2022-07-01 C' '_ A' > in.tsv
    COLUMNS='rule result line cause' check -x banks=banks.tsv > got
    same got << 'END'
r|fail|3|not valid then
r|fail|6|not valid then
r|fail|7|no such code
r|undecided|8|missing day
= r|7|3|3|1|0
END
    sed -i 's/on=day/on=given.period/' cards.tsv
    check -x banks=banks.tsv -D period=2021-12 | grep '^='
    [ "$(check -x banks=banks.tsv -D period=2022-06 | tail -n 1)" = '= r|7|2|5|0|0' ]
}

# --- what a failure shows ---

@test "the comparison that failed is shown: its column, its bound with the sign when it is strict, its unit when it is an amount" {
    card check='loan > 1 and dep > 0' tolerance=exact
    card id=double check='loan + dep <= 2 * loan'
    card id=ratio check='dep / loan <= 0.5'
    card id=tiny check='loan / (dep * 100000000) == 0' tolerance=exact when='dep > 0'
    card id=word check='item != bank'
    tsv 'period bank loan dep item' '2022-11 B1 3 0 x' '2022-11 x 3 7 x' > in.tsv
    COLUMNS='rule line column actual expected difference unit' check | grep -v '^=' > got
    same got << 'END'
double|3|loan|10|6|4|万元
r|2|dep|0|> 0|0|万元
ratio|3|dep|≈2.333333|0.5|≈1.833333|
tiny|3|loan|≈0.000000004|0|≈0.000000004|
word|3|item|x|!= x||
END
}

# --- tolerance ---

@test "tolerance: round, unit, exact and truncate, and an amount with its unit" {
    schema a:num:2 b:num:2 t:num:2
    tsv 'a b t' '1.00 2.00 3.00' '1.00 2.00 3.01' '1.00 2.00 3.02' '1.00 2.00 3.03' '1.00 2.00 3.04' '1.00 2.00 2.99' \
        '1.00 2.00 2.98' > in.tsv
    lines() { card check='t == a + b' tolerance="$1"; COLUMNS=line check | grep -v = | paste -sd' '; sed -i '$d' cards.tsv; }
    [ "$(lines '')" = '4 5 6 8' ]             # 1.5 hundredths: three figures, half a hundredth each
    [ "$(lines round)" = '4 5 6 8' ]
    [ "$(lines unit)" = '6' ]                 # three hundredths
    [ "$(lines exact)" = '3 4 5 6 7 8' ]
    [ "$(lines 'exact 0.02 万元')" = '5 6' ]
    # cut off: a + b is in [3.00, 3.02) and t in [t, t + 0.01): 3.02 is not reached, 2.99 ends before 3.00
    [ "$(lines truncate)" = '4 5 6 7 8' ]
    card check='t == a + b' tolerance='exact 0.02 亿元'
    run -2 check
    [[ "$output" == *"cards.tsv:2: column 'tolerance': no column of the table is in this unit: '亿元'"* ]]
}

@test "a failure within twice the allowance is near" {
    schema a:num:2 b:num:2
    card check='a == b'
    tsv 'a b' '1.00 1.02' '1.00 1.03' > in.tsv
    COLUMNS='line difference allowance cause' check > got
    same got << 'END'
2|0.02|0.01|near
3|0.03|0.01|
= r|2|0|2|0|0
END
}

# --- the period before ---

@test "opening: the closing figure of the period before, with the revision it was accepted in" {
    card kind=opening check=dep with='closing=prior.loan; revision=prior.revision' join=bank
    tsv 'bank loan revision' 'B1 10.00 _' 'B2 10.00 2' > prior.tsv
    tsv 'period bank loan dep item' '2022-11 B1 1 10.01 _' '2022-11 B2 1 10.02 _' '2022-11 B3 1 10.02 _' '2022-11 B1 1 _ _' > in.tsv
    COLUMNS='rule result line difference allowance related cause' check -x prior=prior.tsv > got
    same got << 'END'
r|fail|3|0.02|0.01|prior:3 revision 2|near
r|undecided|5|||prior:2|missing dep
= r|4|1|1|2|0
END
}

@test "a join finds the month before by its date, not by its place" {
    card kind=movement check=loan with='before=history.loan; abs=5; pct=10' join='period-1=period,bank'
    tsv 'period bank loan' '2021-12 B1 100' '2022-11 B1 90' '2022-10 B1 50' > history.tsv
    tsv 'period bank loan dep item' '2022-12 B1 91 0 _' '2022-11 B1 90 0 _' '2022-01 B1 99 0 _' '2022-05 B1 1 0 _' > in.tsv
    check -x history=history.tsv > got
    same got << 'END'
r|fail|3|
= r|4|2|1|1|0
END
    [ "$(cells failures rule line actual | grep ^join)" = 'join.history||1' ]
}

@test "ytd: does not fall within a year by more than the slack; January rests" {
    card kind=ytd check=loan with='before=prior.loan; slack=2' join=bank
    tsv 'bank loan' 'B1 10.00' 'B2 10.00' 'B3 _' > prior.tsv
    tsv 'period bank loan dep item' '2022-11 B1 8.00 _ _' '2022-11 B2 7.98 _ _' '2022-11 B3 8 _ _' '2022-01 B1 0 _ _' > in.tsv
    COLUMNS='rule result line cause' check -x prior=prior.tsv > got
    same got << 'END'
r|fail|3|near
r|undecided|4|missing prior.loan
= r|3|1|1|1|1
END
}

@test "roll: opening and what came, less what went, is what is there" {
    schema bank:code npl:num:2 new:num:2 paid:num:2 gone:num:2
    card kind=roll check=npl with='opening=open.npl; plus=new; minus=paid,gone' join=bank
    tsv 'bank npl' 'B1 100.00' > open.tsv
    tsv 'bank npl new paid gone' 'B1 105.00 20.00 10.00 5.02' 'B1 105.00 20.00 10.00 5.03' 'B1 105 20 _ 5' > in.tsv
    COLUMNS='rule result line actual expected difference allowance cause' check -x open=open.tsv > got
    same got << 'END'
r|fail|3|105.00|104.97|0.03|0.025|near
r|undecided|4|npl=105; open.npl=100.00; new=20; paid=; gone=5||||missing paid
= r|3|1|1|1|0
END
}

@test "movement: by an amount and a share; out of zero and across zero are told apart" {
    card kind=movement check=loan with='before=prior.loan; abs=10; pct=30; base=0' join=bank
    tsv 'bank loan' 'A 100' 'B 1000' 'C 0' 'D -5' 'E _' > prior.tsv
    tsv 'period bank loan dep item' '_ A 130 _ _' '_ A 129.99 _ _' '_ B 1009 _ _' '_ A 70 _ _' '_ C 10 _ _' '_ C 9 _ _' '_ D 5 _ _' \
        '_ E 7 _ _' '_ F 7 _ _' > in.tsv
    COLUMNS='rule result line actual expected difference allowance cause' check -x prior=prior.tsv > got
    same got << 'END'
r|fail|2|130|100|30|30|
r|fail|5|70|100|30|30|
r|fail|6|10|0|10|10|from zero
r|fail|8|5|-5|10|10|sign change
r|undecided|9|loan=7; prior.loan=||||missing prior.loan
= r|9|3|4|2|0
END
    sed -i 's/base=0/base=50; direction=down/' cards.tsv
    COLUMNS='rule result line' check -x prior=prior.tsv > got
    same got << 'END'
r|fail|5
r|undecided|9
= r|6|3|1|2|3
END
}

@test "scale: all figures off by one power of ten, against the period before" {
    card kind=scale with='columns=loan,dep; before=prior' join=bank
    tsv 'bank loan dep' 'A 100 200' 'B 0 200' 'C 0 0' 'D 5 _' > prior.tsv
    tsv 'period bank loan dep item' '_ A 1000000 2080000 _' '_ A 1000000 300 _' '_ A 1.05 1.9 _' '_ A 1000 2000 _' '_ B 0 0.02 _' \
        '_ C 0 0 _' '_ D 500 1 _' '_ A 1060000 2000000 _' > in.tsv
    COLUMNS='result line actual expected cause' check -x prior=prior.tsv > got
    same got << 'END'
fail|2|1000000|100|factor 10^4
fail|4|1.05|100|factor 10^-2
fail|6|0|0|factor 10^-4
undecided|8|loan=500; dep=1; prior.loan=5; prior.dep=||missing prior.dep
= r|8|4|3|1|0
END
}

@test "scale_peers: against the median of the peers" {
    card kind=scale_peers with='columns=loan; by=item; factors=4'
    { tsv 'period bank loan dep item'; for v in 10 11 12 13 120000 _ _; do tsv "_ B $v _ X"; done; tsv '_ B 1 _ Y'; } > in.tsv
    COLUMNS='result line actual expected cause' check > got
    same got << 'END'
fail|6|120000|12|factor 10^4
undecided|7|||missing loan
undecided|8|||missing loan
= r|7|4|1|2|1
END
}

@test "stale: as many figures as are asked for are those of the period before" {
    card kind=stale with='columns=loan,dep; before=prior' join=bank
    card id=one kind=stale with='columns=loan,dep; before=prior; least=1' join=bank
    tsv 'bank loan dep' 'A 100 200' 'B 0 0' 'C 0 7' 'D 5 _' > prior.tsv
    tsv 'period bank loan dep item' '_ A 100.00 200 _' '_ A 100 201 _' '_ B 0 0 _' '_ C 0 7.0 _' '_ D 5 5 _' > in.tsv
    COLUMNS='rule result line cause' check -x prior=prior.tsv > got
    same got << 'END'
one|fail|2|2 of 2 figures are the same
one|fail|3|1 of 2 figures are the same
one|fail|5|1 of 1 figures are the same
one|undecided|6|missing prior.dep
r|fail|2|2 of 2 figures are the same
r|fail|5|1 of 1 figures are the same
r|undecided|6|missing prior.dep
= r|5|2|2|1|0
= one|5|1|3|1|0
END
}

@test "digits: figures of one digit, and those that are named" {
    card kind=digits check=loan with='same=3; also=12345'
    { tsv 'period bank loan dep item'; for v in 999 88.80 11 1111.11 0 111.12 123.45 -777.00 100 _; do tsv "_ B $v _ _"; done; } > in.tsv
    COLUMNS='result line actual cause' check > got
    same got << 'END'
fail|2|999|
fail|3|88.8|
fail|5|1111.11|
fail|8|123.45|
fail|9|-777|
undecided|11|loan=|missing loan
= r|10|4|5|1|0
END
}

# --- the whole table ---

@test "unique: over several columns, all members listed; missing keys are distinct or equal" {
    card kind=unique with='columns=bank,item'
    card id=eq kind=unique with='columns=bank,item; null=equal'
    tsv 'period bank loan dep item' '_ A 1 _ x' '_ B 1 _ x' '_ A 2 _ x' '_ C 1 _ _' '_ C 2 _ _' '_ A 3 _ x' > in.tsv
    COLUMNS='rule result line key actual related' check > got
    same got << 'END'
eq|fail|2|A|x|3|4, 7
eq|fail|5|C||2|6
r|fail|2|A|x|3|4, 7
= r|6|3|3|0|0
= eq|6|1|5|0|0
END
    cmp out in.tsv
    card id=when kind=unique when='loan > 1' with='columns=bank'
    tsv 'period bank loan dep item' '_ A _ _ x' '_ B 2 _ x' '_ B 1 _ x' > in.tsv
    COLUMNS='rule result line cause' check | grep 'when' > got
    same got << 'END'
when|undecided|2|the condition is undecided in line 2
= when|2|1|0|1|1
END
}

@test "duplicate: rows that are alike in every cell" {
    card kind=duplicate
    tsv 'period bank loan dep item' '2022-11 A 1 _ x' '2022-11 A 1.0 _ x' '2022-11 A 1 _ x' > in.tsv
    COLUMNS='result line related' check > got
    same got << 'END'
fail|2|4
= r|3|1|2|0|0
END
}

@test "reference: both ways, unless every amount is 0" {
    card kind=reference with='table=there; by=bank,item=code; ways=both; ignore=loan,dep'
    tsv 'bank code loan dep' 'A x 1 1' 'A y 1 0' 'A z 0 0' > there.tsv
    tsv 'period bank loan dep item' '_ A 1 0 x' '_ B 1 0 x' '_ C 0 0.00 x' '_ D 1 0 _' > in.tsv
    COLUMNS='result line key related cause' check -x there=there.tsv > got
    same got << 'END'
fail||A|y|there:3|not here
fail|3|||not there
undecided|5|||missing a part of the key in line 5
= r|5|2|2|1|2
END
}

@test "parts: weighted, by a hierarchy of codes, in every group" {
    tsv 'code parent weight' 'T _ _' 'a T 1' 'b T -1' 'b1 b _' 'b2 b _' > tree.tsv
    card kind=parts check=loan with='code=item; by=bank; tree=tree'
    { tsv 'period bank loan dep item'
      tsv '_ A 7.00 _ T' '_ A 10.00 _ a' '_ A 3.01 _ b' '_ A 1.00 _ b1' '_ A 2.00 _ b2'
      tsv '_ B 7.00 _ T' '_ B 10.00 _ a' '_ B 3.02 _ b' '_ B _ _ b1' '_ B 2.00 _ b2'
      tsv '_ C 7 _ T' '_ C 7 _ a' '_ C 0 _ b' '_ C 0 _ b' '_ D 5 _ other'; } > in.tsv
    COLUMNS='result line key actual expected difference allowance related cause' check -x tree=tree.tsv > got
    same got << 'END'
undecided||C|b||||||code b stands twice, missing b1, missing b2
fail|7|B|T|7|6.98|0.02|0.015|8, 9|near
undecided|9|B|b|||||10, 11|missing b1
undecided|12|C|T|||||13|code b stands twice
= r|6|2|1|3|2
END
}

@test "parts: missing = strict, zero or partial; leaves instead of children" {
    tsv 'code parent weight' 'T _ _' 'a T 1' 'b T _' 'b1 b 2' > tree.tsv
    tsv 'period bank loan dep item' '_ A 10 _ T' '_ A 10 _ a' '_ B 10 _ T' '_ C 10 _ T' '_ C 4 _ a' '_ C 3 _ b1' > in.tsv
    card kind=parts check=loan with='code=item; by=bank; tree=tree' tolerance=exact
    card id=zero kind=parts check=loan with='code=item; by=bank; tree=tree; missing=zero' tolerance=exact
    card id=partial kind=parts check=loan with='code=item; by=bank; tree=tree; missing=partial' tolerance=exact
    card id=leaves kind=parts check=loan with='code=item; by=bank; tree=tree; leaves=1' tolerance=exact
    COLUMNS='rule result line key cause' check -x tree=tree.tsv > got
    same got << 'END'
leaves|undecided||C|b|missing b
leaves|undecided|2|A|T|missing b1
leaves|undecided|4|B|T|missing a, missing b1
partial|undecided||C|b|missing b
partial|undecided|2|A|T|missing b
partial|undecided|5|C|T|missing b
r|undecided||C|b|missing b
r|undecided|2|A|T|missing b
r|undecided|4|B|T|missing a, missing b
r|undecided|5|C|T|missing b
zero|undecided||C|b|missing b
zero|fail|4|B|T|
zero|fail|5|C|T|
= r|4|0|0|4|2
= zero|4|1|2|1|2
= partial|3|0|0|3|3
= leaves|4|1|0|3|2
END
}

@test "cross: a sum here against a figure there, and the other way round, with the rows on both sides" {
    tsv 'code loan' 'A 30.00' 'B 5.00' > banks.tsv
    tsv 'bank loan scope' 'A 10.00 all' 'A 20.01 all' 'A 9 cny' 'B _ all' > detail.tsv
    card kind=cross check='sum(loan)' with='there=banks.loan; by=bank=code'
    card id=one kind=cross check=dep with='there=sum(detail.loan); by=bank; where=scope=all'
    tsv 'period bank loan dep item' '_ A 10.00 30.02 _' '_ A 20.03 _ _' '_ B 5.00 5 _' '_ C 1 1 _' > in.tsv
    COLUMNS='rule result line key actual expected difference allowance related cause' check -x banks=banks.tsv -x detail=detail.tsv > got
    same got << 'END'
one|undecided|3||||||detail:2, detail:3|missing dep
one|undecided|4||||||detail:5|missing detail
one|undecided|5|||||||no detail row
r|fail|2|A|30.03|30|0.03|0.015|3, banks:2|near
r|undecided|5|C||||||no banks row
= r|3|1|1|1|0
= one|4|1|0|3|0
END
    sed -i 's/scope=all/scope=all; missing=zero/' cards.tsv
    [ "$(check -x banks=banks.tsv -x detail=detail.tsv | tail -n 1)" = '= one|4|1|3|0|0' ]
}

@test "count: the rows that came against the number that was declared" {
    card kind=count with='declared=given.rows' message_en='{actual} rows, {expected} declared'
    tsv 'period bank loan dep item' '_ A 1 _ _' '_ B 1 _ _' > in.tsv
    [ "$(check -D rows=2)" = '= r|1|1|0|0|0' ]
    [ "$(COLUMNS='result actual expected message_en' check -D rows=3 | head -n 1)" = 'fail|2|3|2 rows, 3 declared' ]
    tsv 'period bank loan dep item' > in.tsv
    [ "$(COLUMNS='result actual expected' check -D rows=1 | head -n 1)" = 'fail|0|1' ]
    [ "$(check -D rows= | tail -n 1)" = '= r|0|0|0|0|0' ]
    tsv 'bank n' 'A 2' 'B 0' > trailer.tsv
    card id=by kind=count with='declared=trailer.n; by=bank'
    tsv 'period bank loan dep item' '_ A 1 _ _' '_ A 1 _ _' '_ C 1 _ _' > in.tsv
    COLUMNS='rule result line key cause' check -D rows=3 -x trailer=trailer.tsv > got
    same got << 'END'
by|undecided|4|C|no trailer row
= r|1|1|0|0|0
= by|2|1|0|1|0
END
}

@test "ratio: the share of rows that meet a condition, when there are enough" {
    card kind=ratio check='loan > 0' with='low=0.25; high=0.5; least=4; by=bank'
    { tsv 'period bank loan dep item'
      tsv '_ A 1 _ _' '_ A 1 _ _' '_ A 0 _ _' '_ A 0 _ _'
      tsv '_ B 1 _ _' '_ B 1 _ _' '_ B 1 _ _' '_ B _ _ _'
      tsv '_ C 1 _ _' '_ C 0 _ _' '_ C 0 _ _' '_ C _ _ _' '_ C _ _ _'
      tsv '_ D 1 _ _'; } > in.tsv
    COLUMNS='result key actual expected cause' check > got
    same got << 'END'
fail|B|3/4 = 0.75|0.25..0.5|1 row is undecided
undecided|C|1/5 = 0.2|0.25..0.5|2 rows are undecided
= r|3|1|1|1|1
END
}

@test "outlier: far from the median of its peers; no spread at all rests" {
    card severity=inform kind=outlier check='loan / dep' with='by=bank; k=3.5; least=5'
    { tsv 'period bank loan dep item'
      for v in 10 11 12 13 14 100 _; do tsv "_ A $v 2 _"; done
      for v in 5 5 5 5 9 5 6 7; do tsv "_ B $v 1 _"; done
      for v in 5 5 5 5 5 9; do tsv "_ C $v 1 _"; done
      tsv '_ D 1 1 _' '_ D 9 1 _'; } > in.tsv
    COLUMNS='result line actual expected difference allowance' check > got
    same got << 'END'
fail|7|50|6.25|43.75|≈3.891772
fail|13|9|5|4|≈3.243143
= r|15|12|2|1|8
END
}

@test "filers: expected, received, missing, unexpected, by a roster with dates" {
    schema return:code bank:code
    tsv 'return bank from to' 'F1 A 2021-01 _' 'F1 B 2021-01 2022-10' 'F1 C 2022-12 _' 'F1 D 2022-11 2022-11' 'F2 A 2021-01 _' > roster.tsv
    card kind=filers with='roster=roster; by=return,bank; on=given.period; where=return=F1' message_en='{expected} expected, {actual} received'
    tsv 'return bank' 'F1 A' 'F1 A' 'F1 B' > in.tsv
    COLUMNS='result line key cause message_en' check -x roster=roster.tsv -D period=2022-11 > got
    same got << 'END'
fail||F1|D|missing|2 expected, 1 received
fail|4|F1|B|unexpected|2 expected, 1 received
= r|3|1|2|0|0
END
    [ "$(check -x roster=roster.tsv -D period= | tail -n 1)" = '= r|0|0|0|0|3' ]
    run -2 check -x roster=roster.tsv -D period=November
    [[ "$output" == *"column 'with': on: not a date or month"* ]]
}

@test "due: by a date, moved by free days and extensions; or by working days" {
    schema return:code bank:code received:text
    tsv 'return due' 'F1 2022-10-01' > calendar.tsv
    tsv 'date work' '2022-10-01 0' '2022-10-02 0' '2022-10-03 0' '2022-10-04 0' '2022-10-05 0' '2022-10-06 0' '2022-10-07 0' \
        '2022-10-08 1' '2022-10-09 1' > holidays.tsv
    tsv 'bank until by' 'C 2022-10-11 Wang' > extensions.tsv
    card kind=due check=received with='by=calendar.due; holidays=holidays; extended=extensions.until; grantor=extensions.by' \
        join='calendar:return; extensions:bank'
    tsv 'return bank received' 'F1 A 2022-10-08T23:59:59+08:00' 'F1 B 2022-10-09T00:00:00+08:00' 'F1 C 2022-10-11' 'F1 C 2022-10-12' \
        'F2 A 2022-10-01' 'F1 A _' 'F1 A soon' > in.tsv
    all='-x calendar=calendar.tsv -x holidays=holidays.tsv -x extensions=extensions.tsv'
    COLUMNS='rule result line expected difference cause' check $all > got
    same got << 'END'
r|fail|3|2022-10-08|1|
r|fail|5|2022-10-11|1|extended to 2022-10-11 by Wang
r|undecided|7|||missing received
r|undecided|8|||not a date: 'soon'
= r|7|2|2|3|0
END
    sed -i '$d' cards.tsv
    card kind=due check=received with='workdays=5; period=given.period; holidays=holidays'
    # after September 2022 the 8th and 9th (a weekend) are worked: 8, 9, 10, 11, 12 October
    tsv 'return bank received' 'F1 A 2022-10-12' 'F1 A 2022-10-13' > in.tsv
    COLUMNS='rule result line expected' check $all -D period=2022-09 > got
    same got << 'END'
r|fail|3|2022-10-12
= r|2|1|1|0|0
END
    tsv 'date work' '2022-10-01 0' '2022-10-01 1' > holidays.tsv
    run -2 check $all -D period=2022-09
    [[ "$output" == *"holidays: holidays.tsv:3: the day stands there a second time"* ]]
}

# --- cards ---

@test "each: one card for many columns, @ is the column, in messages its label" {
    printf 'name\ttype\tdecimals\tlabel_zh\tlabel_en\nloan\tnum\t2\t贷款\tLoans\na\tnum\t2\t甲\tA part\nb\tnum\t2\t乙\t\n' > schema.tsv
    card id=part each=a,b check='@ <= loan' message_zh='@ {@} 大于 {loan}' message_en='@ {@} above {loan}' pass='@=1; loan=1' fail='@=2; loan=1'
    [ "$(validate --test-rules -s schema.tsv -r cards.tsv)" = "2 cards, 4 examples, 0 wrong" ]
    tsv 'loan a b' '1 2 1' '1 1 3' > in.tsv
    COLUMNS='rule line message_zh message_en' check > got
    same got << 'END'
part.a|2|甲 2 大于 1|A part 2 above 1
part.b|3|乙 3 大于 1|b 3 above 1
= part.a|2|1|1|0|0
= part.b|2|1|1|0|0
END
}

@test "one bad cell is one failure: decisions over groups that need it are undecided, caused by it" {
    tsv 'code parent' 'T _' 'a T' > tree.tsv
    card kind=parts check=loan with='code=item; tree=tree'
    card id=sum kind=cross check='sum(loan)' with='there=given.total'
    card id=far kind=outlier check=loan with='least=3'
    card id=share kind=ratio check='loan > 0' with='low=0.9'
    { tsv 'period bank loan dep item' '_ A 1O _ T' '_ A 1 _ a'; for i in 1 2 3; do tsv "_ A $i _ _"; done; } > in.tsv
    COLUMNS='rule result line cause' check -D total=7 > got -x tree=tree.tsv
    same got << 'END'
far|undecided|2|caused by type loan in line 2
r|undecided|2|caused by type loan in line 2
share|undecided||caused by type loan in line 2, 1 row is undecided
sum|undecided|2|caused by type loan in line 2
type|fail|2|
= r|1|0|0|1|0
= sum|1|0|0|1|0
= far|5|4|0|1|0
= share|1|0|0|1|0
END
    [ "$(grep -c . err)" = 2 ] # the failure and the counts
}

@test "a row whose key is in doubt may be the one that is missed: undecided, where its known parts allow it" {
    printf 'name\ttype\tcodes\nbank\tcode\tA|B|C\nitem\tcode\tx|y\nloan\tint\t\n' > schema.tsv
    tsv 'bank item' 'A x' 'B x' 'B y' 'C y' > there.tsv
    tsv 'bank loan' 'A 1' 'B 2' > banks.tsv
    tsv 'code parent' 'x _' 'y x' > tree.tsv
    tsv 'bank item from to' 'A x _ _' 'B y _ _' > roster.tsv
    card kind=reference with='table=there; by=bank,item; ways=there'
    card id=filers kind=filers with='roster=roster; by=bank,item; on=given.period'
    card id=sum kind=cross check='sum(loan)' with='there=banks.loan; by=bank'
    card id=parts kind=parts check=loan with='code=item; by=bank; tree=tree'
    tsv 'bank item loan' 'A x 1' 'Z y 2' 'B x 2' > in.tsv
    COLUMNS='rule result line key cause' check -x there=there.tsv -x banks=banks.tsv -x tree=tree.tsv -x roster=roster.tsv -D period=2022-11 > got
    # Z is no bank: its row may be B y or C y, which are missed, and nothing else; any bank's sum may lack it
    same got << 'END'
codes|fail|3||
filers|undecided||B|y|caused by codes bank in line 3
filers|fail|4|B|x|unexpected
parts|undecided||Z|x|caused by codes bank in line 3
parts|undecided|2|A|x|caused by codes bank in line 3
parts|undecided|4|B|x|caused by codes bank in line 3
r|undecided||B|y|caused by codes bank in line 3
r|undecided||C|y|caused by codes bank in line 3
sum|undecided|2|A|caused by codes bank in line 3
sum|undecided|3|Z|caused by codes bank in line 3
sum|undecided|4|B|caused by codes bank in line 3
= r|4|2|0|2|0
= filers|3|1|1|1|0
= sum|3|0|0|3|0
= parts|3|0|0|3|0
END
}

@test "examples of kinds that need tables are small tables" {
    card kind=parts check=loan with='code=item; tree=tree' \
        pass='item=T; loan=3.01 / item=a; loan=1.00 / item=b; loan=2.00 / tree: code=T / tree: code=a; parent=T / tree: code=b; parent=T' \
        fail='item=T; loan=4 / item=a; loan=1 / tree: code=T / tree: code=a; parent=T'
    card id=count kind=count with='declared=given.rows' pass='bank=A / bank=B; given.rows=2' fail='given.rows=1'
    card id=due kind=due check=item with='by=calendar.due; holidays=free' join='bank' \
        pass='bank=A; item=2022-10-03 / calendar: bank=A; due=2022-10-02' fail='bank=A; item=2022-10-04 / calendar: bank=A; due=2022-10-02'
    run -0 validate --test-rules --strict -s schema.tsv -r cards.tsv
    [ "$output" = "3 cards, 6 examples, 0 wrong" ]
    sed -i 's/loan=4/loan=1/' cards.tsv
    run -1 --separate-stderr validate --test-rules -s schema.tsv -r cards.tsv
    [ "$stderr" = "validate: cards.tsv:2: column 'fail': r: the example that must fail passes" ]
    sed -i 's/loan=1 /laon=1 /' cards.tsv
    run -2 validate --test-rules -s schema.tsv -r cards.tsv
    [ "$output" = "validate: cards.tsv:2: column 'fail': the table has no column 'laon'" ]
}

@test "--strict refuses a card without examples; --lint lists what is wrong, without data" {
    card id=a check='loan >= 0' pass=loan=1 fail=loan=-1
    card id=b check='dep >= 0' pass=dep=1
    run -2 validate --strict -s schema.tsv -r cards.tsv in.tsv
    [ "$output" = "validate: cards.tsv:3: column 'fail': 'b' has no example: --strict wants one that passes and one that fails" ]
    run -1 --separate-stderr validate --lint -s schema.tsv -r cards.tsv --max-errors 99
    [ "$output" = "5 columns, 2 cards, 3 examples, 0 wrong, 13 other problems" ]
    [[ "$stderr" == *"validate: schema.tsv:4: column 'label_zh': 'loan' has no label"* ]]
    [[ "$stderr" == *"validate: cards.tsv:3: column 'fail': 'b' has no example that fails"* ]]
    run -2 validate --lint -s schema.tsv -r cards.tsv in.tsv
}

@test "--lint finds months between two cards of one id, and a Chinese message that is none" {
    printf 'id\tseverity\tfrom\tto\tcheck\tbasis\tmessage_zh\tmessage_en\tpass\tfail\n' > cards.tsv
    printf 'r\terror\t%s\t%s\tloan >= 0\tb\t%s\tm\tloan=1\tloan=-1\n' '' 2022-06 信 2022-08 2022-11 信 2022-12 '' letter >> cards.tsv
    run -1 --separate-stderr validate --lint -s schema.tsv -r cards.tsv --max-errors 99
    [ "$(grep cards.tsv <<< "$stderr")" = "validate: cards.tsv:3: column 'from': 'r' leaves months between it and the card before it without one
validate: cards.tsv:4: column 'message_zh': 'r' has no word of Chinese" ]
}

@test "a message may name the parts of the finding" {
    card check='loan == dep' message_zh='{loan} 与 {dep} 差 {difference}, 允许 {allowance}' message_en='{actual} and {expected}: {difference} off, {allowance} allowed'
    tsv 'period bank loan dep item' '_ A 1.00 1.05 _' > in.tsv
    [ "$(COLUMNS='message_zh message_en' check | head -n 1)" = "1.00 与 1.05 差 0.05, 允许 0.01|1.00 and 1.05: 0.05 off, 0.01 allowed" ]
}

@test "the hit key of a decision over a group: the figures that entered, not their places or order of groups" {
    tsv 'code parent' 'T _' 'a T' > tree.tsv
    card kind=parts check=loan with='code=item; by=bank; tree=tree'
    card id=far kind=outlier check=loan with='by=bank; least=3; k=1'
    card id=un kind=unique with='columns=bank,item'
    rows() { tsv 'period bank loan dep item'; [ "$1" = 0 ] || tsv '_ Z 1 _ x'; tsv "_ A $2 _ T" "_ A 1 $3 a" "_ A 1.5 _ y" '_ A 1.5 _ y'; }
    hits() { rows "$@" > in.tsv; check -x tree=tree.tsv > /dev/null; cells failures rule hit_key; }
    [ "$(hits 0 9 _ | cut -d'|' -f1 | sort -u | xargs)" = "far r un" ]
    [ "$(hits 0 9 _)" = "$(hits 1 9 7)" ]
    for rule in r far; do [ "$(hits 0 9 _ | grep "^$rule|")" != "$(hits 0 8 _ | grep "^$rule|")" ]; done
    [ "$(hits 0 9 _ | grep ^un)" = "$(hits 0 8 _ | grep ^un)" ]
}

@test "a mistake in a card is refused with its line and column, before data is read" {
    tsv 'code parent weight' 'T _ _' 'a T 1' > tree.tsv
    tsv 'code parent weight' 'T a _' 'a T 1' > round.tsv
    tsv 'bank from to' 'A 2022-1 _' > roster.tsv
    printf 'nothing like the schema\n' > in.tsv
    local n=0 fields reason
    while IFS='#' read -r fields reason; do
        n=$((n + 1))
        sed -i '1!d' cards.tsv
        card "id=r$n"
        sed -i '$d' cards.tsv
        eval "card $fields"
        run -2 validate -s schema.tsv -r cards.tsv -x tree=tree.tsv -x round=round.tsv -x roster=roster.tsv -D period=2022-11 in.tsv
        [[ "$output" == "validate: cards.tsv:2: column '"*"$reason"* ]] || { echo "$fields: $output"; return 1; }
        run -2 validate --lint -s schema.tsv -r cards.tsv || [[ "$reason" == *.tsv* || "$reason" == *FILE ]]
    done << 'MISTAKES'
kind=prats check=loan#unknown kind 'prats'; there are row, required
check=lone#no column 'lone'
check='bank > 1'#check
check='loan + dep'#check
kind=movement check=bank with='before=prior.loan; abs=1; pct=1'#check
kind=movement check=loan with='abs=1; pct=1'#the kind movement needs before=VALUE
kind=movement check=loan with='before=dep; abs=1; pct=1; pct=2'#pct is given twice
kind=movement check=loan with='before=dep; abs=-1; pct=1'#abs: not a number of 0 or more: '-1'
kind=movement check=loan with='before=dep; abs=1; pct=1; direction=left'#direction: one of both|up|down is wanted
kind=movement check=loan with='before=bank; abs=1; pct=1'#before: 
kind=parts check=loan with='code=item; tree=tree; missing=none'#missing: one of strict|zero|partial
kind=parts check=loan with='code=item; tree=round'#tree: round.tsv:2: the code is a part of itself
kind=parts check=loan with='code=item; tree=forest'#tree: the table forest is needed: -x forest=FILE
kind=parts check=loan with='code=itme; tree=tree'#code: no column 'itme'
kind=unique with='columns=bank,itme'#columns: no column 'itme'
kind=unique check=loan with='columns=bank'#the kind unique has no check
kind=stale with='columns=bank; before=tree' join=item=code#columns: a column of numbers is wanted
kind=stale with='columns=loan; before=tree' join=item=code#tree.tsv has no column 'loan'
kind=scale_peers with='columns=loan; factors=0'#factors: powers of ten
kind=digits with='same=3'#a card without a check
kind=cross check='sum(bank)' with='there=given.period'#a column of numbers of the table is wanted
kind=cross check='sum(loan)' with='there=tree'#there: NAME.COLUMN is wanted
kind=cross check='sum(loan)' with='there=tree.loan'#there: tree.tsv has no column 'loan'
kind=cross check='sum(loan)' with='there=tree.weight; by=bank=bank'#by: tree.tsv has no column 'bank'
kind=cross check='sum(loan)' with='there=tree.weight; where=code'#where: COLUMN=VALUE is wanted
kind=ratio check=loan with='low=0'#check
kind=ratio check='loan > 0' with='low=0.5; high=0.4'#high: shares from 0 to 1
kind=outlier check=loan with='least=2'#least: not a whole number of 3 or more
kind=filers with='roster=roster; by=bank; on=given.period'#from: roster.tsv:2: not a date or month: '2022-1'
kind=filers with='roster=tree; by=bank=code; on=period'#on: a constant is wanted
kind=due check=item with='period=period'#by: either by=DATE or workdays=N is wanted
kind=due check=item with='workdays=5'#period: the month is wanted
kind=codes check=bank with='table=tree; code=code; on=period'#table: tree.tsv has no column valid_from or valid_to
kind=required check=item with='if=loan'#if: a number stands where a truth value is wanted
kind=ytd check=loan with='before=dep; slack=x'#slack: not a number of 0 or more
check='loan > 0' tolerance='half 1'#not an amount of 0 or more
each=loan,x check='@ > 0'#no column 'x'
check='loan > tree.weight'#join: the columns that find a row of 'tree' are wanted
check='loan > tree.weight' join='loan-1=code'#join: no column 'loan-1'
check='loan > 0' message_en='{lone}'#no column 'lone'
MISTAKES
    [ $n = 40 ]
}

@test "random tables: every finding and its figures are those of an independent implementation" {
    run -0 python3 "$TOP/tests/judge/rules_judge.py" 40
    [[ "$output" == *" 0 wrong" ]]
}
