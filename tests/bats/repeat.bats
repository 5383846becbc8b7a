#!/usr/bin/env bats
# The same month gives the same bytes anywhere, a run does only what its inputs changed, and one that is killed
# leaves the published month whole.

load helper
load month_helper

# month_run SITE OUT BUILD MAKE-OPTION...: the inner rules of make report.
month_run() {
    local site=$1 out=$2 build=$3
    shift 3
    make -s --no-print-directory -f "${RULES:-$TOP/pipelines}/report.mk" SITE="$site" MONTH=2022-11 OUT="$out" BUILD="$build" TB="$BIN/" \
        "$@" published
}

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    cp -r "$TOP/samples" site
    few_inputs site 'B0[1-6]|B23'
    month_run site out build
}

setup() { cd "$BATS_FILE_TMPDIR"; }

@test "another directory, time zone, locale and number of jobs: the same bytes" {
    mkdir -p "other place" other/deep/er
    cp -r "$TOP/pipelines" other/pipelines
    cp -r "$TOP/samples" other/deep/er/site
    (cd other/deep/er && export TZ=Asia/Shanghai LANG=de_DE.UTF-8 LC_ALL=tr_TR.UTF-8 RULES=$BATS_FILE_TMPDIR/other/pipelines &&
        umask 077 && month_run site "$BATS_FILE_TMPDIR/out2" build -j2)
    the_sample whole 2022-11
    diff -r whole/2022-11 out2/2022-11
}

@test "a second run changes nothing and makes no revision" {
    find build -type f -newer out/2022-11.r1 > /dev/null
    month_run site out build
    [ "$(readlink out/2022-11)" = 2022-11.r1 ]
}

@test "only what an input changed is made again" {
    touch mark
    sleep 0.02
    touch site/ledgers/2022-11/L1.tsv
    month_run site out build
    [ -n "$(find build -name B06.tsv -newer mark)" ]
    [ -z "$(find build -name B01.tsv -newer mark)" ]
    [ -z "$(find build -path '*returns/F1*' -name 'read.tsv' -newer mark)" ]
}

@test "a bank's own mapping in the site's spec/ reaches the clean rows, though the list of returns stays as it is" {
    cp -r site mapped
    rm -r mapped/archive # so that no earlier month contradicts what is swapped
    mkdir -p mapped/spec/map
    awk -F'\t' -v OFS='\t' '/^#/ { print; next } { row[++n] = $0; source[$1] = $2 }
        END { for (i = 1; i <= n; i++) { $0 = row[i]
            if ($1 == "ext_n") $2 = source["defer_n"]; else if ($1 == "defer_n") $2 = source["ext_n"]; print } }' \
        "$TOP/pipelines/map/F1.tsv" > swapped
    month_run mapped mapped.out build
    mv swapped mapped/spec/map/F1.B23.tsv
    month_run mapped mapped.out build
    was() { derive -w "bank == 'B23'" -c "$1" mapped.out/2022-11.r1/clean/F1.tsv | sed 1d; }
    now() { derive -w "bank == 'B23'" -c "$1" mapped.out/2022-11.r2/clean/F1.tsv | sed 1d; }
    [ "$(was ext_n,defer_n)" = "$(now defer_n,ext_n)" ]
    [ "$(was ext_n)" != "$(now ext_n)" ]
}

@test "make -n report changes nothing" {
    find build out site -printf '%p %T@ %s\n' | sort > before
    month_run site out build -n > /dev/null
    find build out site -printf '%p %T@ %s\n' | sort | diff before -
}

# A recipe once wrote straight into its target: a killed run left half a manifest, which the next run took for whole.
@test "killed at 20 moments, the published month is whole each time and a rerun finishes it" {
    # A changed figure, so that every run has a revision to publish.
    whole=$(cd out && find 2022-11/ -type f | sort | xargs sha256sum)
    printf '\n' >> site/site.mk
    started=$(date +%s%N)
    RULES=$TOP/pipelines
    cp -r build once && month_run site once.out once
    length=$((($(date +%s%N) - started) / 1000000))
    for i in $(seq 1 20); do
        rm -rf build/site/*/2022-11/{tables,exact,check,base,fields,page.html,manifest.tsv}
        setsid make -s --no-print-directory -f "$TOP/pipelines/report.mk" SITE=site MONTH=2022-11 OUT=out BUILD=build TB="$BIN/" \
            -j2 published > /dev/null 2>&1 &
        pid=$!
        sleep "$(awk -v n="$i" -v l="$length" 'BEGIN { printf "%.3f", l * n / 20 / 1000 }')"
        kill -KILL -- -$pid 2> /dev/null || true
        wait $pid 2> /dev/null || true
        now=$(cd out && find 2022-11/ -type f | sort | xargs sha256sum)
        [ -n "$now" ]
        if [ "$(readlink out/2022-11)" = 2022-11.r1 ]; then
            [ "$now" = "$whole" ]
        else
            diff -r out/2022-11 once.out/2022-11 -x changes.tsv -x differences.tsv
        fi
    done
    month_run site out build
    diff -r -x changes.tsv -x differences.tsv out/2022-11 once.out/2022-11
    [ -z "$(find out -maxdepth 1 -name '.*new*')" ]
}
