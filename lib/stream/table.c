/* SPDX-License-Identifier: MIT
 * table: see table.h. Every block is checked and indexed once; where all rows have the width of the header,
 * which one comparison a row shows, the whole block is one batch. */
#include "lib/stream/table.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/stream/block.h"
#include "lib/stream/scan.h"

struct table {
    struct block_reader *reader;
    char *header;       /* header line, NUL-terminated */
    struct slice *name; /* columns, into header */
    size_t width;
    bool allow_ragged;
    struct block block;
    uint32_t *memory; /* index: one sentinel entry, then the separators */
    size_t capacity;
    size_t count, used; /* separators in the block, and those already delivered */
    bool regular;       /* every row of the block has the header's width */
    uint64_t line;      /* physical line of the next row */
};

static uint32_t *separators(const struct table *t)
{
    return t->memory + 1;
}

static enum status bad_byte(const struct table *t, size_t at, struct diag *d)
{
    uint64_t line = t->line;
    const char *p = t->block.p;
    for (size_t i = 0; i < at; i++)
        line += p[i] == '\n';
    if (p[at] == '\0')
        return diag_set(d, ST_INPUT, table_file(t), line, NULL, "NUL byte in the line");
    return diag_set(d, ST_INPUT, table_file(t), line, NULL, "not UTF-8: byte 0x%02x", (unsigned char)p[at]);
}

static bool rows_are_regular(const struct table *t, size_t newlines)
{
    size_t w = t->width;
    if (t->count != newlines * w)
        return false;
    const uint32_t *sep = separators(t);
    for (size_t k = w - 1; k < t->count; k += w)
        if (t->block.p[sep[k]] != '\n')
            return false;
    return true;
}

/* Reads, checks and indexes the next block; t->count is 0 at the end. */
static enum status load_block(struct table *t, struct diag *d)
{
    t->count = t->used = 0;
    enum status st = block_next(t->reader, &t->block, d);
    if (st != ST_OK || t->block.n == 0)
        return st;
    size_t bad = scan_text(t->block.p, t->block.n);
    if (bad < t->block.n)
        return bad_byte(t, bad, d);
    if (t->block.n + SCAN_SLACK + 1 > t->capacity) {
        t->capacity = t->block.n + SCAN_SLACK + 1;
        free(t->memory);
        t->memory = mem_array(NULL, t->capacity, sizeof *t->memory);
        t->memory[0] = UINT32_MAX; /* so that sep[-1] + 1 is 0 */
    }
    size_t newlines = 0;
    t->count = scan_separators(t->block.p, t->block.n, separators(t), &newlines);
    t->regular = t->width > 0 && rows_are_regular(t, newlines);
    return ST_OK;
}

size_t column_list(const char *text, struct slice **names)
{
    size_t n = 0, cap = 0;
    *names = NULL;
    for (const char *p = text;; p++) {
        const char *from = p;
        while (*p && *p != ',')
            p += p[0] == '\\' && p[1] ? 2 : 1;
        *names = mem_grow(*names, n, &cap, sizeof **names);
        (*names)[n++] = (struct slice){from, (size_t)(p - from)};
        if (!*p)
            return n;
    }
}

static enum status check_names(const struct table *t, struct diag *d)
{
    if (t->name[0].n >= 3 && memcmp(t->name[0].p, "\xef\xbb\xbf", 3) == 0)
        return diag_set(d, ST_INPUT, table_file(t), 1, NULL,
                        "begins with a byte order mark; read the file through extract -t tsv first");
    for (size_t i = 0; i < t->width; i++) {
        struct slice s = t->name[i];
        if (s.n == 0)
            return diag_set(d, ST_INPUT, table_file(t), 1, NULL, "column %zu of the header has no name",
                            i + 1);
        if (s.p[s.n - 1] == '\r')
            return diag_set(d, ST_INPUT, table_file(t), 1, NULL,
                            "lines end with CR LF; read the file through extract -t tsv first");
        for (size_t k = 0; k < i; k++)
            if (slice_equal(s, t->name[k]))
                return diag_set(d, ST_INPUT, table_file(t), 1, NULL, "two columns are named %s",
                                diag_quote(s).s);
    }
    return ST_OK;
}

/* Takes the first line of the first block as the header. */
static enum status read_header(struct table *t, struct diag *d)
{
    enum status st = load_block(t, d);
    if (st != ST_OK)
        return st;
    if (t->count == 0)
        return diag_set(d, ST_INPUT, table_file(t), 0, NULL, "no bytes at all, not even a header line");
    const uint32_t *sep = separators(t);
    size_t k = 0;
    while (t->block.p[sep[k]] != '\n')
        k++;
    t->width = k + 1;
    t->header = mem_text((struct slice){t->block.p, sep[k]});
    t->name = mem_array(NULL, t->width, sizeof *t->name);
    for (size_t i = 0; i < t->width; i++) {
        uint32_t from = i ? sep[i - 1] + 1 : 0;
        t->name[i] = (struct slice){t->header + from, sep[i] - from};
    }
    t->used = t->width;
    t->line = 2;
    size_t newlines = 0;
    for (size_t i = 0; i < t->count; i++)
        newlines += t->block.p[sep[i]] == '\n';
    t->regular = rows_are_regular(t, newlines);
    return check_names(t, d);
}

struct table *table_open(const char *path, struct diag *d)
{
    struct block_reader *reader = block_open(path, d);
    if (!reader)
        return NULL;
    struct table *t = mem_zero(1, sizeof *t);
    t->reader = reader;
    t->line = 1;
    if (read_header(t, d) == ST_OK)
        return t;
    table_close(t);
    return NULL;
}

void table_allow_ragged(struct table *t)
{
    t->allow_ragged = true;
}

/* How many of the rows from t->used on have the header's width, up to the first that has not. */
static size_t regular_rows(const struct table *t)
{
    if (t->regular)
        return (t->count - t->used) / t->width;
    const uint32_t *sep = separators(t);
    size_t rows = 0;
    for (size_t k = t->used; k + t->width <= t->count; k += t->width, rows++) {
        for (size_t i = 0; i + 1 < t->width; i++)
            if (t->block.p[sep[k + i]] == '\n')
                return rows;
        if (t->block.p[sep[k + t->width - 1]] != '\n')
            return rows;
    }
    return rows;
}

static enum status ragged_row(struct table *t, struct batch *b, struct diag *d)
{
    const uint32_t *sep = separators(t) + t->used;
    size_t n = 1;
    while (t->block.p[sep[n - 1]] != '\n')
        n++;
    if (!t->allow_ragged) {
        bool blank = n == 1 && sep[0] == sep[-1] + 1;
        return diag_set(d, ST_INPUT, table_file(t), t->line, NULL, "%zu field%s, the header has %zu%s", n,
                        n == 1 ? "" : "s", t->width, blank ? " (a blank line)" : "");
    }
    *b = (struct batch){t->block.p, sep, n, 1, t->line, true};
    t->used += n;
    t->line++;
    return ST_OK;
}

enum status table_next(struct table *t, struct batch *b, struct diag *d)
{
    *b = (struct batch){.width = t->width, .line = t->line};
    if (t->used == t->count) {
        enum status st = load_block(t, d);
        if (st != ST_OK || t->count == 0)
            return st;
    }
    size_t rows = regular_rows(t);
    if (rows == 0)
        return ragged_row(t, b, d);
    *b = (struct batch){t->block.p, separators(t) + t->used, t->width, rows, t->line, false};
    t->used += rows * t->width;
    t->line += rows;
    return ST_OK;
}

const char *table_file(const struct table *t)
{
    return source_name(block_source(t->reader));
}

uint64_t table_size_hint(const struct table *t)
{
    return source_size_hint(block_source(t->reader));
}

size_t table_width(const struct table *t)
{
    return t->width;
}

struct slice table_name(const struct table *t, size_t column)
{
    return t->name[column];
}

struct slice table_header(const struct table *t)
{
    return slice_of(t->header);
}

int table_find(const struct table *t, struct slice name)
{
    for (size_t i = 0; i < t->width; i++)
        if (slice_equal(t->name[i], name))
            return (int)i;
    return -1;
}

int table_column(const struct table *t, struct slice name, struct diag *d)
{
    int column = table_find(t, name);
    if (column >= 0)
        return column;
    struct buf list = {0};
    for (size_t i = 0; i < t->width; i++) {
        buf_text(&list, i ? ", " : "");
        buf_slice(&list, t->name[i]);
    }
    diag_set(d, ST_MISUSE, table_file(t), 0, NULL, "no column %s; there are: %s", diag_quote(name).s,
             buf_string(&list));
    buf_free(&list);
    return -1;
}

void table_close(struct table *t)
{
    if (!t)
        return;
    block_close(t->reader);
    free(t->header);
    free(t->name);
    free(t->memory);
    free(t);
}
