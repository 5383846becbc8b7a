/* SPDX-License-Identifier: MIT
 * spec: see spec.h. */
#include "lib/spec/spec.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/stream/scan.h"
#include "lib/stream/source.h"

struct spec_row {
    uint64_t line;
    char **field; /* one a column of the header */
};

struct spec {
    char *file;
    char **column;
    size_t width;
    struct spec_row *row;
    size_t rows, cap;
};

static size_t count_fields(struct slice line)
{
    size_t n = 1;
    for (size_t i = 0; i < line.n; i++)
        n += line.p[i] == '\t';
    return n;
}

/* Fields that are missing at the end of the line are empty. */
static char **split_line(struct slice line, size_t width)
{
    char **field = mem_zero(width, sizeof *field);
    struct buf text = {0};
    size_t from = 0, k = 0;
    for (size_t i = 0; i <= line.n && k < width; i++) {
        if (i < line.n && line.p[i] != '\t')
            continue;
        buf_clear(&text);
        buf_unescaped(&text, (struct slice){line.p + from, i - from});
        field[k++] = mem_text(buf_view(&text));
        from = i + 1;
    }
    buf_free(&text);
    for (; k < width; k++)
        field[k] = mem_text(slice_of(""));
    return field;
}

/* What ends a line and says nothing: a CR of the editor, TABs of fields that are empty. */
static struct slice without_end(struct slice line)
{
    line.n -= line.n > 0 && line.p[line.n - 1] == '\r';
    while (line.n > 0 && line.p[line.n - 1] == '\t')
        line.n--;
    return line;
}

static void free_fields(char **field, size_t width)
{
    for (size_t i = 0; field && i < width; i++)
        free(field[i]);
    free(field);
}

static int column_of(const struct spec *s, const char *name)
{
    for (size_t i = 0; i < s->width; i++)
        if (strcmp(s->column[i], name) == 0)
            return (int)i;
    return -1;
}

static bool is_known(const char *name, const char *const *columns)
{
    for (; *columns; columns++)
        if (strcmp(name, **columns == '!' ? *columns + 1 : *columns) == 0)
            return true;
    return false;
}

static enum status check_header(const struct spec *s, uint64_t line, const char *const *columns,
                                struct diag *d)
{
    for (size_t i = 0; i < s->width; i++) {
        if (!is_known(s->column[i], columns))
            return diag_set(d, ST_MISUSE, s->file, line, s->column[i],
                            "unknown column in a specification of this kind");
        if (column_of(s, s->column[i]) != (int)i)
            return diag_set(d, ST_MISUSE, s->file, line, s->column[i], "column stands twice");
    }
    for (; *columns; columns++)
        if (**columns == '!' && column_of(s, *columns + 1) < 0)
            return diag_set(d, ST_MISUSE, s->file, line, *columns + 1, "column is missing");
    return ST_OK;
}

static enum status add_line(struct spec *s, struct slice line, uint64_t number, const char *const *columns,
                            struct diag *d)
{
    line = without_end(line);
    if (line.n == 0 || line.p[0] == '#')
        return ST_OK;
    size_t n = count_fields(line);
    if (!s->column) {
        s->width = n;
        s->column = split_line(line, n);
        return check_header(s, number, columns, d);
    }
    if (n > s->width)
        return diag_set(d, ST_MISUSE, s->file, number, NULL, "%zu fields, the header has %zu", n, s->width);
    s->row = mem_grow(s->row, s->rows, &s->cap, sizeof *s->row);
    s->row[s->rows++] = (struct spec_row){number, split_line(line, s->width)};
    return ST_OK;
}

static enum status read_whole(const char *path, struct buf *text, struct diag *d)
{
    struct source *src = source_open(path, d);
    char block[16384];
    ptrdiff_t n = src ? 1 : -1;
    while (n > 0 && (n = source_read(src, block, sizeof block, d)) > 0)
        buf_add(text, block, (size_t)n);
    source_close(src);
    if (n < 0 && d)
        d->status = ST_MISUSE;
    return n < 0 ? ST_MISUSE : ST_OK;
}

/* What is written in a specification may come out again: names, labels. */
static enum status check_text(const struct spec *s, struct buf *text, struct diag *d)
{
    buf_room(text, SCAN_SLACK);
    size_t good = text->n ? scan_text(text->p, text->n) : 0;
    uint64_t line = 1;
    if (good == text->n)
        return ST_OK;
    for (size_t i = 0; i < good; i++)
        line += text->p[i] == '\n';
    return diag_set(d, ST_MISUSE, s->file, line, NULL, "not UTF-8 text: byte 0x%02x",
                    (unsigned)(unsigned char)text->p[good]);
}

static enum status parse(struct spec *s, struct slice text, const char *const *columns, struct diag *d)
{
    uint64_t number = 0;
    while (text.n > 0) {
        const char *end = memchr(text.p, '\n', text.n);
        size_t n = end ? (size_t)(end - text.p) : text.n;
        enum status st = add_line(s, (struct slice){text.p, n}, ++number, columns, d);
        if (st != ST_OK)
            return st;
        n += end != NULL;
        text.p += n;
        text.n -= n;
    }
    return s->column ? ST_OK : diag_set(d, ST_MISUSE, s->file, 0, NULL, "no header line");
}

struct spec *spec_load(const char *path, const char *const *columns, struct diag *d)
{
    struct spec *s = mem_zero(1, sizeof *s);
    struct buf text = {0};
    s->file = mem_text(slice_of(path));
    enum status st = read_whole(path, &text, d);
    if (st == ST_OK)
        st = check_text(s, &text, d);
    struct slice marked = buf_view(&text);
    size_t mark = text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    if (st == ST_OK)
        st = parse(s, (struct slice){marked.p + mark, marked.n - mark}, columns, d);
    buf_free(&text);
    if (st == ST_OK)
        return s;
    spec_free(s);
    return NULL;
}

void spec_free(struct spec *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->rows; i++)
        free_fields(s->row[i].field, s->width);
    free_fields(s->column, s->width);
    free(s->row);
    free(s->file);
    free(s);
}

size_t spec_rows(const struct spec *s)
{
    return s->rows;
}

const char *spec_file(const struct spec *s)
{
    return s->file;
}

uint64_t spec_line(const struct spec *s, size_t row)
{
    return s->row[row].line;
}

const char *spec_get(const struct spec *s, size_t row, const char *column)
{
    int c = column_of(s, column);
    return c < 0 ? "" : s->row[row].field[c];
}

enum status spec_error(const struct spec *s, size_t row, const char *column, struct diag *d, const char *fmt,
                       ...)
{
    char reason[sizeof d->reason];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(reason, sizeof reason, fmt, ap);
    va_end(ap);
    return diag_set(d, ST_MISUSE, s->file, s->row[row].line, column, "%s", reason);
}

enum status spec_flag(const struct spec *s, size_t row, const char *column, bool *value, struct diag *d)
{
    const char *text = spec_get(s, row, column);
    *value = strcmp(text, "1") == 0 || strcmp(text, "yes") == 0;
    if (*value || !*text || strcmp(text, "0") == 0 || strcmp(text, "no") == 0)
        return ST_OK;
    return spec_error(s, row, column, d, "not 0 or 1: %s", diag_quote(slice_of(text)).s);
}

enum status spec_int(const struct spec *s, size_t row, const char *column, int low, int high, int none,
                     int *value, struct diag *d)
{
    const char *text = spec_get(s, row, column);
    *value = none;
    if (!*text)
        return ST_OK;
    char *end;
    long v = strtol(text, &end, 10);
    if (*end || v < low || v > high)
        return spec_error(s, row, column, d, "not a whole number from %d to %d: %s", low, high,
                          diag_quote(slice_of(text)).s);
    *value = (int)v;
    return ST_OK;
}
