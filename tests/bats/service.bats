#!/usr/bin/env bats
# Services to firms and industry chains: what the cards of L2, L13, L15, L16 and L1 say of planted mistakes, and B06, B07 and
# B08 where something must be counted once or cannot be counted at all.

load helper
load month_helper

# made SITE TARGET...: these files of the site's November below its work directory $W, and nothing that they do not need.
made() {
    local site=$1 rules
    shift
    rules=(env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES make -s --no-print-directory -C "$TOP" -f pipelines/report.mk
        "SITE=$site" MONTH=2022-11 "OUT=$site.out" "BUILD=$site.build" "TB=$BIN/")
    W=$("${rules[@]}" where)
    "${rules[@]}" "${@/#/$W/}"
}

# site NAME: prints a copy of the sample's references and ledgers that a test may change.
site() {
    mkdir -p "$BATS_FILE_TMPDIR/$1"
    cp -r "$TOP"/samples/{site.mk,refs,ledgers} "$BATS_FILE_TMPDIR/$1"
    chmod -R u+w "$BATS_FILE_TMPDIR/$1"
    printf '%s\n' "$BATS_FILE_TMPDIR/$1"
}

# change FILE CONDITION COLUMN=VALUE...: in the first row for which awk's CONDITION over the column names holds.
change() {
    local file=$1 condition=$2 set=
    shift 2
    local cell
    for cell in "$@"; do set+="\$${cell%%=*} = \"${cell#*=}\"; "; done
    awk -F'\t' -v OFS='\t' "$(head -n 1 "$file" | tr '\t' '\n' | awk '{ print "BEGIN { " $1 " = " NR " }" }')
        NR > 1 && !done && ($condition) { $set done = NR } { print } END { exit !done }" "$file" >changed
    mv changed "$file"
}

# above FILE CONDITION COLUMN: a little more than what the column holds in the row for which derive's CONDITION holds.
above() { derive -w "$2" -a "more=num($3) + 0.99" -c more "$1" | sed -n 2p; }

# without FILE CONDITION: the rows for which it does not hold.
without() {
    derive -w "not ($2)" -o changed "$1"
    [ "$(wc -l <changed)" -lt "$(wc -l <"$1")" ]
    mv changed "$1"
}

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    spoiled_ledgers
}

spoiled_ledgers() {
    local s l
    s=$(site spoiled) l=$s/ledgers/2022-11
    change "$l/L2.tsv" '$company == "Q1121" && $scheme == "host"' "used=$(above "$l/L2.tsv" "company == 'Q1121' and scheme == 'host'" credit)"
    change "$l/L2.tsv" '$company == "Q0081" && $scheme == "steward"' "solved=$(above "$l/L2.tsv" "company == 'Q0081' and scheme == 'steward'" demand)"
    change "$l/L2.tsv" '$company == "Q0071" && $scheme == "steward"' requests_n=1 solved_n=2
    change "$l/L2.tsv" '$scheme == "host" && $area == "DY" && $company == "\\-"' specialist_n=4     # 2 or 3 are laid down
    change "$l/L2.tsv" '$scheme == "tutoring" && $area == "TS" && $used > 100' contacted=0
    change "$l/L2.tsv" '$scheme == "tutoring" && $area == "GX" && $used > 1000' role=host balance=90000.00
    change "$l/L2.tsv" '$scheme == "tutoring" && $area == "DP" && $visits_n == 4' visits_n=0
    change "$l/L2.tsv" '$area == "XT" && $class == "20强"' class=单项冠军
    change "$l/L2.tsv" '$scheme == "supply" && $role == "core"' specialist_n=2
    sed -n '/\tNY\ttutoring\t.*\tQ/{s/\tNY-FD01\t/\tNY-FD02\t/p;q}' "$l/L2.tsv" >>"$l/L2.tsv"      # one firm, one bank, two teams
    without "$l/L2.tsv" "role == 'bank' and bank == 'B05'"                                         # nobody looks after them
    without "$l/L2.tsv" "role == 'chain' and chain == 'C05'"
    without "$l/L2.tsv" "role == 'firm' and company == 'Q1095'"
    change "$s/refs/chains.tsv" '$area == "NY" && $chain == "C01"' host_bank_3= specialist=        # 3 and 1 are laid down
    change "$l/L16.tsv" '$company == "Q1731"' credit=5500.00                                       # above the limit, and not what the banks say
    change "$l/L13.tsv" '$closed != ""' closed=2021-12-31
    without "$l/L13.tsv" "issue == 'W2022003'"
    change "$l/L15.tsv" '$project == "K20220065"' liaison_n=0 paid=5.00
    change "$l/L15.tsv" '$list == "招商" && $landed != ""' planned= demand=1.00
    change "$l/L1.tsv" '$status == "recommended"' signed=10.00
    made "$s" ledgers/{L1,L2,L13,L15,L16}/read.tsv exact/B08b.tsv tables/B07.tsv
    for ledger in L1 L2 L13 L15 L16; do
        derive -w "severity in ('error', 'confirm')" -c rule,key,actual,expected,related "$W/ledgers/$ledger/failures.tsv"
    done >found
    cp "$W/exact/B08b.tsv" "$W/tables/B07.tsv" .
}

# finds RULE TEXT: a failure of the rule whose line has the text.
finds() { awk -F'\t' -v rule="$1" '$1 == rule' "$BATS_FILE_TMPDIR/found" | grep -F -- "$2"; }

@test "a part larger than its whole is an error of its row: used and granted, solved and demanded, solved and received" {
    finds L2.used Q1121
    finds L2.solved Q0081
    finds L2.requests Q0071
    finds L16.limit JC02
    finds L15.paid 2022-11
}

@test "what an area has laid down is held against the ledger: host banks and specialist of a chain, specialists of a bank" {
    finds L2.host.count 'NY-ZB01'
    finds L2.host.officer 'NY-ZB01'
    finds L2.hosts 'NY-ZB01|B20'
    finds L2.host 'NY-ZB01'
    finds L2.host.specialists 'DY-ZB01'
    finds L15.duty 2022-11
    [ "$(derive -w "area in ('DY', 'NY')" -c area,chains,chains_met,host_banks,banks_met "$BATS_FILE_TMPDIR/B08b.tsv" | sed 1d | tr '\t\n' ' ;')" = 'DY 7 \- 19 18;NY 10 9 11 \-;' ]
}

@test "every bank, chain and reserve firm has somebody: those without are named, and the coverage says so" {
    finds L2.contact.bank 'TS|B05'
    finds L2.contact.chain 'TS|C05'
    finds L2.contact.firm 'TS|Q1095'
    [ "$(derive -w "area == 'TS'" -c targets,covered "$BATS_FILE_TMPDIR/B08b.tsv" | sed 1d)" = $'30\t27' ]
}

@test "contacted, role, class, people, twice, movement, year to date: each has its card" {
    local rule
    for rule in L2.contacted.used L2.role L2.class L2.firm.people L2.twice L2.move.balance L2.ytd.visits_n; do
        finds "$rule" 2022-11
    done
}

@test "what lead and members state of a firm must be what the lead collates" {
    finds L16.members.credit $'5500\t4400'
}

@test "issues and factors: closed before raised, gone from the ledger, planned and landed, what the signed ledger says" {
    finds L13.closed 2022-11
    finds L13.gone W2022003
    finds L13.short.finance K20220281               # it was the open issue about a project that lacks finance
    finds L15.landed 2022-11
    finds L15.signed.demand P2022
    finds L1.recommended P2022
}

@test "nothing else is found in the spoiled ledgers" {
    printf '%s\n' L1.recommended L13.closed L13.gone L13.short.finance L15.duty L15.landed L15.paid L15.signed.demand L16.limit \
        L16.members.credit L2.class L2.contact.bank L2.contact.chain L2.contact.firm L2.contacted.solved L2.contacted.used \
        L2.contacted.visits_n L2.firm.people L2.host L2.host.count L2.host.officer L2.host.specialists L2.hosts L2.move.balance \
        L2.requests L2.role L2.solved L2.twice L2.used L2.ytd.visits_n >wanted
    cut -f1 "$BATS_FILE_TMPDIR/found" | grep -v '^rule$' | LC_ALL=C sort -u | same wanted
}

@test "41 firms of which 7: a firm of two schemes counts once in the total, and its loan with a bank once" {
    s=$(site plain)
    made "$s" tables/B07.tsv tables/B07b.tsv
    cat >wanted <<'END'
scheme	firms	shared	balance
金融管家	31	7	35.90
主办银行	17	7	2.40
合计	41	7	36.30
END
    derive -w "area == '肥城市'" -c scheme,firms,shared,balance "$W/tables/B07.tsv" | same wanted
    [ "$(derive -w "area == '肥城市' and scheme == '金融管家' and class == '产业链企业'" -c firms,balance "$W/tables/B07b.tsv" | sed 1d)" = $'7\t2.00' ]
}

# l2 ROW...: the site's November ledger of services; a row is scheme team bank role company class chain people contacted amounts
# (credit, used, balance, demand, solved) and counts (requests, solved, visits).
l2() {
    local row
    head -n 1 "$TOP/samples/ledgers/2022-11/L2.tsv"
    for row in "$@"; do
        read -r scheme team bank role company class chain people contacted amounts counts <<<"$row"
        printf '2022-11\tTS\t%s\n' "$scheme"$'\t'"$team"$'\t'"$bank"$'\t'"$bank"$'\t'"$role"$'\t'"$company"$'\t'"$class"$'\t'"$chain"$'\t'"$people"$'\t'"$contacted"$'\t'"${amounts//,/$'\t'}"$'\t'"${counts//,/$'\t'}"
    done
}

@test "worked by hand: the larger of two amounts of one firm with one bank, sums over banks, people of teams not over schemes" {
    s=$(site small)
    no='\-,\-,\-,\-,\-' none='\-,\-,\-'
    # Q0001 with B02 in two schemes, and with B03; Q0002 not yet served; Q0003 looked after only.
    l2 "tutoring TS-FD1 B02 tutor \\- \\- \\- 4 \\- $no $none" "tutoring TS-FD1 B03 tutor \\- \\- \\- 3 \\- $no $none" \
        "tutoring TS-FD1 B02 tutor Q0001 其他 \\- \\- 1 1000,800,900,850,800 3,2,4" \
        "tutoring TS-FD1 B03 tutor Q0001 其他 \\- \\- 1 500,500,500,600,500 1,1,1" \
        "tutoring TS-FD1 B02 tutor Q0002 其他 \\- \\- 0 0,0,0,300,0 1,0,0" \
        "host TS-ZB01 B02 host \\- \\- C06 2 \\- $no $none" \
        "host TS-ZB01 B02 host Q0001 产业链 C06 \\- 1 1200,700,900,700,700 2,2,2" \
        "contact TS-BB1 B04 firm Q0003 其他 \\- 1 1 $no \\-,\\-,5" >"$s/ledgers/2022-11/L2.tsv"
    made "$s" tables/B07.tsv exact/B07.tsv
    cat >wanted <<'END'
scheme	banks	teams	people	firms	shared	contacted	contact_rate	requests	requests_solved	resolution_rate	firms_solved	visits
金融辅导	2	1	7	2	1	1	50.00	5	3	60.00	1	5
主办银行	1	1	2	1	1	1	100.00	2	2	100.00	1	2
包保	1	1	\-	1	0	1	100.00	\-	\-	\-	\-	5
合计	3	3	\-	3	1	2	66.67	7	5	71.43	1	12
END
    derive -w "area == '泰山区'" -c "$(head -n 1 wanted | tr '\t' ,)" "$W/tables/B07.tsv" | same wanted
    # credit: 1000 + 500; 1200; and in the total 1200 + 500. solved: 800 + 500; 700; and 800 + 500.
    cat >wanted <<'END'
scheme	credit	used	balance	solved
contact	\-	\-	\-	\-
host	1200	700	900	700
tutoring	1500	1300	1400	1300
合计	1700	1300	1400	1300
END
    derive -w "area == 'TS'" -c scheme,credit,used,balance,solved "$W/exact/B07.tsv" | same wanted
    cat >wanted <<'END'
scheme	banks	firms	solved
合计			
END
    derive -w "area == '新泰市'" -c scheme,banks,firms,solved "$W/tables/B07.tsv" | same wanted
}

@test "rules of an area hold from month to month: before and after, nothing is asked" {
    s=$(site ruled)
    sed -i 's/^NY\thost\t2022-01\t\t3\t1\t/NY\thost\t2022-01\t2022-10\t3\t1\t/; s/^DY\thost\t2022-01\t/DY\thost\t2022-12\t/' "$s/refs/service_rules.tsv"
    printf 'NY\thost\t2022-11\t\t2\t\t\t\t\t\t\t\t新规定\n' >>"$s/refs/service_rules.tsv"
    made "$s" ledgers/L2/read.tsv exact/B08b.tsv
    [ "$(derive -w "rule == 'L2.host.count'" -c actual,expected "$W/ledgers/L2/failures.tsv" | sed 1d | sort -u)" = $'3\t2' ]
    [ "$(derive -w "rule in ('L2.host.specialists', 'L2.host.officer')" -c run "$W/ledgers/L2/counts.tsv" | sed 1d | sort -u)" = 0 ]
    cat >wanted <<'END'
area	hosts_per_chain	officers_per_chain	chains_met	specialists_min	banks_met
DY	\-	\-	\-	\-	\-
NY	2	\-	0	\-	\-
END
    derive -w "area in ('DY', 'NY')" -c area,hosts_per_chain,officers_per_chain,chains_met,specialists_min,banks_met "$W/exact/B08b.tsv" | same wanted
}

@test "a chain with the same host bank twice, or one nobody knows, stops the month and is named" {
    s=$(site wrong)
    change "$s/refs/chains.tsv" '$area == "TS"' host_bank_2=B02
    change "$s/refs/chains.tsv" '$area == "GX"' chain=C99
    run -2 made "$s" ledgers/L2/read.tsv
    [[ $output == *"chains.tsv:2: "*"chains.hosts"* ]]
    [[ $output == *"chains.tsv"*C99* ]]
}

@test "a month without its ledgers prints their figures as missing, and those of other inputs as they are" {
    s=$(site lacking)
    cp -r "$TOP"/samples/{archive,decisions,inbox,spec} "$s"
    rm "$s"/ledgers/2022-11/{L2,L13}.tsv
    printf 'x' >"$s/ledgers/2022-11/L16.tsv"
    run_month "$s" 2022-11 "$PWD/out" "$PWD/build"
    [ "$(derive -w "state != 'accepted'" -c ledger,state out/2022-11/check/ledgers.tsv | sed 1d | tr '\t\n' ' ;')" = 'L2 expected;L13 expected;L16 rejected;' ]
    [ "$(derive -w "area == '全市'" -c scheme,firms,solved,contact_rate out/2022-11/tables/B07.tsv | sed 1d)" = $'合计\t\t\t' ]
    [ "$(derive -w "area == '宁阳县'" -c scf,core_listed,core_firms,core_share out/2022-11/tables/B08c.tsv | sed 1d)" = $'9.78\t13\t\t' ]
    [ "$(derive -w "area == '宁阳县'" -c chains,hosts_per_chain,chains_met,host_banks out/2022-11/tables/B08b.tsv | sed 1d)" = $'10\t3\t10\t' ]
    [ "$(derive -w "area == '泰山区'" -c targets,covered,coverage out/2022-11/tables/B08b.tsv | sed 1d)" = $'30\t\t' ]
    [ "$(derive -w "area == '宁阳县' and chain == '合计'" -c officers,host_banks,credit out/2022-11/tables/B08.tsv | sed 1d)" = $'10\t\t' ]
    [ "$(derive -c issues out/2022-11/tables/B06d.tsv | sed 1d | sort -u)" = '' ]
    [ "$(wc -l <out/2022-11/tables/B08d.tsv)" = 1 ]
    grep -q '台账无联合授信企业，或未能计入' out/2022-11/bulletin/index.html
}

@test "where the bureau receives F4, the receivables platform stands in B08c; where it does not, it is not reported" {
    s=$(site platform)
    cp -r "$TOP/samples/archive" "$s"
    mkdir -p "$s"/spec/{map,schema,rules} "$s/inbox/2022-11"
    grep -v '^F2' "$TOP/pipelines/inputs.tsv" >"$s/spec/inputs.tsv"
    tsv 'name type required key' 'period month 1 1' 'area code 1 1' 'bank code 1 1' 'platform_joined flag 1 _' 'platform_firms int 1 _' >"$s/spec/schema/F4.tsv"
    tsv 'target source codes type required' 'period =period _ date 0' 'area 县市区 area code 1' 'bank =bank bank code 0' 'platform_joined 接入 _ text 1' \
        'platform_firms 企业 _ int 1' >"$s/spec/map/F4.tsv"
    tsv 'id severity check message_zh message_en' "F4.period error period==given.period x x" >"$s/spec/rules/F4.tsv"
    cp "$TOP/samples/inbox/2022-11/F1.B20.1" "$s/inbox/2022-11"
    printf '县市区,接入,企业\n宁阳县,1,100\n' >"$s/inbox/2022-11/F4.B20.1"
    printf '县市区,接入,企业\n宁阳县,1,32\n泰山区,0,0\n' >"$s/inbox/2022-11/F4.B02.1"
    {
        head -n 1 "$TOP/samples/inbox/2022-11/receipts.tsv"
        for file in F1.B20.1 F4.B02.1 F4.B20.1; do
            IFS=. read -r return bank sequence <<<"$file"
            printf '%s\t%s\t%s\t%s\t%s\t2022-12-06T09:00:00+08:00\t%s\n' "$file" "$file" "$bank" "$return" "$sequence" "$(sha256sum <"$s/inbox/2022-11/$file" | cut -d' ' -f1)"
        done
    } >"$s/inbox/2022-11/receipts.tsv"
    made "$s" tables/B08c.tsv
    cat >wanted <<'END'
area	platform_banks	platform_rate	platform_firms
泰山区	0	0.00	0
宁阳县	2	16.67	132
东平县			
全市	2	8.33	132
END
    derive -w "area in ('泰山区', '宁阳县', '东平县', '全市')" -c area,platform_banks,platform_rate,platform_firms "$W/tables/B08c.tsv" | same wanted
}
