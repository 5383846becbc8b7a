#!/usr/bin/env bats
# Installed, the same rules call the same filters under their own prefix, and cron's line works.

load helper
load month_helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    TOOLS="$(sed -n 's/^TOOLS = //p' "$TOP/Makefile")"
    export TOOLS
}

@test "the filters, their manuals and the month's rules are installed under a prefix, and go again" {
    DESTDIR=$PWD/root PREFIX=/usr run -0 "$TOP/pipelines/install"
    [ "$(root/usr/bin/tb-rank --version)" = "rank (tongbao) $(cat "$TOP/VERSION")" ]
    [ -f root/usr/share/man/man1/tb-rank.1 ]
    [ -f root/usr/share/man/man7/tongbao.7 ]
    DESTDIR=$PWD/root PREFIX=/usr run -0 "$TOP/pipelines/install" -u
    [ -z "$(find root -type f -o -type l)" ]
}

@test "a crontab's line: tb-month with nothing in its environment but OUT and BUILD" {
    PREFIX=$PWD/usr "$TOP/pipelines/install"
    cp -r "$TOP/samples" site
    few_inputs site
    line="OUT=$PWD/out BUILD=$PWD/build $PWD/usr/bin/tb-month $PWD/site"
    run -0 env -i HOME=/nonexistent PATH=/usr/bin:/bin /bin/sh -c "$line"
    [ -z "$output" ]
    [ -s out/2022-12/bulletin/index.html ]
    [ "$(readlink out/2022-11)" = 2022-11.r1 ]
    chmod -R a-w usr
    run -0 env -i HOME=/nonexistent PATH=/usr/bin:/bin /bin/sh -c "$line"
}

@test "another prefix" {
    PREFIX=$PWD/usr program_prefix=tongbao- "$TOP/pipelines/install"
    cp -r "$TOP/samples" site
    few_inputs site
    OUT=$PWD/out BUILD=$PWD/build run -0 usr/bin/tongbao-month site 2022-12
}
