/* SPDX-License-Identifier: MIT
 * extract: whatever the mapping and whatever the file, a table comes out whose rows all have its columns, or
 * one line that says why not; and it is the same table when every change is listed, which the fast ways leave
 * to the careful ones. The input is a mapping and, behind a NUL, a file. */
#include <sys/mman.h>

#include "lib/base/mem.h"
#include "lib/read/encoding.h"
#include "lib/read/extraction.h"
#include "lib/read/failure.h"
#include "lib/read/origin.h"
#include "lib/stream/scan.h"
#include "tests/fuzz/fuzz.h"

static const char *const tokens[] = {
    "@skip",
    "@end",
    "@header",
    "@table",
    "@form",
    "@cell period",
    "@file period",
    "@sheet period",
    "@decimal",
    "@nil",
    "@unit",
    "@unit column",
    "@after",
    "@ignore",
    "@header\t3",
    "@heading|/^(.+)/余额$/",
    "/增速$/",
    "'合计'",
    "余额",
    "增速",
    "@value",
    "@heading",
    "=period",
    "'all'",
    "num",
    "int",
    "date",
    "code",
    "text",
    "suffix",
    "comma",
    "/^(.*)$/",
    "|",
    "\t",
    "\n",
    "\r\n",
    "\"",
    ",",
    "单位：亿元",
    "计量单位",
    "单位",
    "以元为单位",
    "（亿）",
    "【亿元】*",
    "万美元",
    "人民币",
    "：",
    "/",
    "(万元)",
    "（%）",
    "%",
    "合计",
    "填表人",
    "—",
    "\\-",
    "－１，２３４",
    "1,234.56",
    "(5)",
    "5-",
    "1.2亿",
    "35万元",
    "-0.00",
    "2022年11月",
    "2022-11",
    "0.30000000000000004",
    "1234567890123456",
    "　",
    "￥",
    "'12",
    "甲县",
    "项目",
    "\\",
};

/* --- files in memory --- */

struct memory {
    int fd;
    char path[64];
};

static struct memory memory_of(const char *name, const char *p, size_t n)
{
    struct memory m = {.fd = memfd_create(name, 0)};
    snprintf(m.path, sizeof m.path, "/proc/self/fd/%d", m.fd);
    if (m.fd < 0 || write(m.fd, p, n) != (ssize_t)n)
        exit(99);
    return m;
}

static void read_back(const struct memory *m, struct buf *text)
{
    char block[65536];
    ssize_t n;
    buf_clear(text);
    for (off_t at = 0; (n = pread(m->fd, block, sizeof block, at)) > 0; at += n)
        buf_add(text, block, (size_t)n);
}

/* --- what every extraction refers to --- */

struct world {
    struct units *units;
    struct codes *codes;
};

static const char *define(const void *ctx, const char *name)
{
    (void)ctx;
    return strcmp(name, "bank") == 0 ? "B07" : NULL;
}

static struct world *world(void)
{
    static const char units[] =
        "unit\tdimension\tshift\n元\tyuan\t0\n万元\tyuan\t4\n亿元\tyuan\t8\n%\tpercent\t0\n";
    static const char codes[] = "table\talias\tcode\narea\t甲县\tA\narea\t乙县\tB\n";
    static struct world w; /* made once */
    struct diag d = {0};
    if (w.units)
        return &w;
    struct memory u = memory_of("units", units, sizeof units - 1),
                  c = memory_of("codes", codes, sizeof codes - 1);
    w.codes = codes_new();
    w.units = units_load(u.path, &d);
    if (!w.units || codes_add(w.codes, c.path, NULL, &d) != ST_OK)
        abort();
    close(u.fd);
    close(c.fd);
    return &w;
}

/* --- one extraction --- */

static void ignore_problem(void *ctx, const struct diag *d)
{
    (void)ctx;
    if (!d->reason[0])
        abort();
}

/* All that it writes, but the list of changes. */
struct written {
    struct memory file[4];
    struct buf text[4];
    size_t columns;
    enum status status;
};

enum { TABLE, FAILURES, SIDECAR, LOG };

enum { OUT_ROOM = 65536 };

static void check_status(enum status st, const struct diag *d)
{
    if (st != ST_OK && ((st != ST_INPUT && st != ST_MISUSE) || !d->reason[0]))
        abort();
}

static enum status run(struct extraction *x, const char *path, bool each, struct diag *d)
{
    struct out list;
    if (out_open(&list, "/dev/null", d) != ST_OK)
        abort();
    x->tally = tally_new();
    if (each)
        tally_list_each(x->tally, &list);
    enum status st = extraction_file(x, path, "in", d);
    if (out_close(&list, true, d) != ST_OK)
        abort();
    return st;
}

static void extract(struct mapping *map, const char *path, bool each, struct written *to)
{
    struct diag d = {0};
    struct out out[4];
    for (size_t i = 0; i < 4; i++) {
        to->file[i] = memory_of("out", "", 0);
        out[i] = (struct out){.fd = to->file[i].fd, .p = mem_alloc(OUT_ROOM), .cap = OUT_ROOM};
    }
    failure_header(&out[FAILURES], FAILURE_TSV);
    origin_header(&out[SIDECAR]);
    struct extraction x = {.units = world()->units,
                           .codes = world()->codes,
                           .map = map,
                           .origin = true,
                           .out = &out[TABLE],
                           .failures = &out[FAILURES],
                           .sidecar = &out[SIDECAR],
                           .problem = ignore_problem};
    to->status = run(&x, path, each, &d);
    check_status(to->status, &d);
    tally_write(x.tally, &out[LOG]);
    to->columns = x.map ? x.map->n + 4 : 0;
    if (!map)
        mapping_free(x.map);
    tally_free(x.tally);
    buf_free(&x.row);
    for (size_t i = 0; i < 4; i++) {
        out_flush(&out[i]);
        if (out_failed(&out[i]))
            abort();
        free(out[i].p);
        read_back(&to->file[i], &to->text[i]);
        close(to->file[i].fd);
    }
}

/* --- what must hold --- */

static void check_table(struct buf *text, size_t columns)
{
    for (int k = 0; k < SCAN_SLACK; k++)
        buf_char(text, 0);
    text->n -= SCAN_SLACK;
    if (encoding_good_utf8(buf_view(text), true) != text->n || (text->n > 0 && text->p[text->n - 1] != '\n'))
        abort();
    size_t tabs = 0;
    for (size_t i = 0; i < text->n; i++) {
        tabs += text->p[i] == '\t';
        if (text->p[i] == '\n' && tabs + 1 != columns)
            abort();
        tabs = text->p[i] == '\n' ? 0 : tabs;
    }
}

static void try_file(struct mapping *map, const char *path)
{
    struct written plain = {0}, listed = {0};
    extract(map, path, false, &plain);
    extract(map, path, true, &listed);
    check_table(&plain.text[TABLE], plain.columns);
    if (plain.status != listed.status)
        abort();
    for (size_t i = 0; i < 4; i++) {
        if (!slice_equal(buf_view(&plain.text[i]), buf_view(&listed.text[i])))
            abort();
        buf_free(&plain.text[i]);
        buf_free(&listed.text[i]);
    }
}

static void try(const char *p, size_t n)
{
    const char *nul = n ? memchr(p, 0, n) : NULL;
    size_t map_n = nul ? (size_t)(nul - p) : n, file_n = nul ? n - map_n - 1 : 0;
    struct memory map = memory_of("map", p, map_n), file = memory_of("file", nul ? nul + 1 : p, file_n);
    struct diag d = {0};
    struct map_world refers = {world()->units, world()->codes, define, NULL, true};
    struct mapping *m = map_n ? mapping_load(map.path, &refers, &d) : NULL;
    if (map_n && !m)
        check_status(d.status, &d);
    if (m || !map_n)
        try_file(m, file.path);
    mapping_free(m);
    close(map.fd);
    close(file.fd);
}

FUZZ(tokens, try)
