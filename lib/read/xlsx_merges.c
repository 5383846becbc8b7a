/* SPDX-License-Identifier: MIT
 * xlsx_merges: the merged ranges of a sheet; see xlsx_sheet.h. They stand behind its rows and concern those
 * before, so the part is read twice: first its bytes, to see whether there are any, which costs little, and
 * only then as XML. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/xlsx_sheet.h"

/* A number from 1 to most; false when there is none. */
static bool take_number(const char **text, uint64_t most, uint64_t *number)
{
    const char *p = *text;
    for (*number = 0; *p >= '0' && *p <= '9' && *number <= most; p++)
        *number = *number * 10 + (uint64_t)(*p - '0');
    bool good = p > *text && *number >= 1 && *number <= most;
    *text = p;
    return good;
}

static bool take_cell(const char **text, uint64_t *column, uint64_t *line)
{
    const char *p = *text;
    for (*column = 0; ((*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z')) && *column <= RECORDS_MAX_CELLS;
         p++)
        *column = *column * 26 + (uint64_t)((*p & 0x1f));
    *text = p;
    return *column >= 1 && *column <= RECORDS_MAX_CELLS && take_number(text, WORKBOOK_MAX_ROWS, line);
}

bool xlsx_cell_name(const char *text, uint64_t *column, uint64_t *line)
{
    return take_cell(&text, column, line) && !*text;
}

/* Whether the word may stand in the part: it does, or the part is in UTF-16. */
static enum status look_for(struct part *part, const char *word, bool *found, struct diag *d)
{
    enum { BLOCK = 64 * 1024 };
    size_t n = strlen(word), kept = 0;
    char *block = mem_alloc(BLOCK + n);
    ptrdiff_t r;
    *found = false;
    /* To the end even when it is found: so damage shows before the first row is given. */
    while ((r = part_read(part, block + kept, BLOCK, d)) > 0) {
        size_t all = kept + (size_t)r;
        *found = *found || memchr(block, 0, all < 64 ? all : 64) || memmem(block, all, word, n);
        kept = all < n - 1 ? all : n - 1;
        memmove(block, block + all - kept, kept);
    }
    free(block);
    return r < 0 ? ST_INPUT : ST_OK;
}

struct ranges {
    struct merges *merges;
    struct xml *xml;
};

static void start(void *ctx, const char *name, const char *const *attribute)
{
    struct ranges *r = ctx;
    if (strcmp(name, "mergeCell") != 0)
        return;
    const char *text = xml_attribute(attribute, "ref"), *at = text;
    uint64_t column, line, last_column, last_line;
    if (!text || !take_cell(&at, &column, &line) || *at++ != ':' ||
        !xlsx_cell_name(at, &last_column, &last_line))
        xml_fail(r->xml, 0, "a merged range %s", diag_quote(slice_of(text ? text : "")).s);
    else if (!merges_add(r->merges, line, last_line, column, last_column))
        xml_fail(r->xml, 0, "more than %d merged ranges", MERGES_MOST);
}

static void end(void *ctx, const char *name)
{
    (void)ctx, (void)name;
}

enum status xlsx_merges_read(struct merges *m, struct package *p, int64_t number, struct diag *d)
{
    static const struct xml_events events = {start, end, NULL};
    struct ranges ranges = {m, NULL};
    bool found;
    struct part *part = part_open(p, number, d);
    if (!part)
        return d->status;
    enum status st = look_for(part, "mergeCell", &found, d);
    part_close(part);
    return st == ST_OK && found ? xml_read(p, number, &events, &ranges, &ranges.xml, d) : st;
}
