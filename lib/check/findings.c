/* SPDX-License-Identifier: MIT
 * findings: the failure records of one table, collected, put in order, written. */
#include "lib/check/findings.h"

#include <stdlib.h>

#include "lib/base/mem.h"

/* Where the texts of a record stand, in the order in which they are packed. */
#define TEXT(name) offsetof(struct failure, name)
static const size_t texts[] = {
    TEXT(severity), TEXT(rule),   TEXT(level),      TEXT(result),     TEXT(period),    TEXT(institution),
    TEXT(table),    TEXT(file),   TEXT(sheet),      TEXT(column),     TEXT(header),    TEXT(cell),
    TEXT(key),      TEXT(actual), TEXT(expected),   TEXT(difference), TEXT(allowance), TEXT(unit),
    TEXT(related),  TEXT(cause),  TEXT(message_zh), TEXT(message_en), TEXT(hit_key),   TEXT(state),
    TEXT(by),       TEXT(reason)};

enum { TEXTS = sizeof texts / sizeof *texts };

struct packed {
    uint64_t line, record, number;
    unsigned order;
    uint32_t length[TEXTS];
    char bytes[];
};

struct findings {
    struct packed **record;
    size_t count, cap, bytes;
};

struct findings *findings_new(void)
{
    return mem_zero(1, sizeof(struct findings));
}

void findings_free(struct findings *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->count; i++)
        free(f->record[i]);
    free(f->record);
    free(f);
}

static struct slice *text_at(struct failure *record, size_t i)
{
    return (struct slice *)(void *)((char *)record + texts[i]);
}

void findings_add(struct findings *f, const struct failure *record, unsigned order)
{
    struct failure copy = *record;
    size_t n = sizeof(struct packed);
    for (size_t i = 0; i < TEXTS; i++)
        n += text_at(&copy, i)->n;
    struct packed *p = mem_alloc(n);
    p->line = record->line;
    p->record = record->record;
    p->number = f->count;
    p->order = order;
    char *at = p->bytes;
    for (size_t i = 0; i < TEXTS; i++) {
        struct slice text = *text_at(&copy, i);
        p->length[i] = (uint32_t)text.n;
        if (text.n)
            memcpy(at, text.p, text.n);
        at += text.n;
    }
    f->record = mem_grow(f->record, f->count, &f->cap, sizeof(struct packed *));
    f->record[f->count++] = p;
    f->bytes += n;
}

static void unpack(const struct packed *p, struct failure *record)
{
    const char *at = p->bytes;
    *record = (struct failure){.line = p->line, .record = p->record};
    for (size_t i = 0; i < TEXTS; i++) {
        *text_at(record, i) = (struct slice){at, p->length[i]};
        at += p->length[i];
    }
}

/* The first few texts of a record can be had without unpacking it; sorting asks for them often. */
enum { SEVERITY_TEXT = 0, RULE_TEXT = 1, FILE_TEXT = 7 };

static struct slice packed_text(const struct packed *p, size_t nth)
{
    size_t at = 0;
    for (size_t i = 0; i < nth; i++)
        at += p->length[i];
    return (struct slice){p->bytes + at, p->length[nth]};
}

static int by_place(const void *a, const void *b)
{
    const struct packed *p = *(struct packed *const *)a, *q = *(struct packed *const *)b;
    int c = slice_compare(packed_text(p, RULE_TEXT), packed_text(q, RULE_TEXT));
    if (c == 0)
        c = slice_compare(packed_text(p, FILE_TEXT), packed_text(q, FILE_TEXT));
    if (c == 0)
        c = (p->line > q->line) - (p->line < q->line);
    if (c == 0)
        c = (p->order > q->order) - (p->order < q->order);
    return c ? c : (p->number > q->number) - (p->number < q->number);
}

void findings_sort(struct findings *f)
{
    if (f->count > 1)
        qsort(f->record, f->count, sizeof(struct packed *), by_place);
}

size_t findings_count(const struct findings *f)
{
    return f->count;
}

void findings_get(const struct findings *f, size_t i, struct failure *record)
{
    unpack(f->record[i], record);
}

struct slice findings_severity(const struct findings *f, size_t i)
{
    return packed_text(f->record[i], SEVERITY_TEXT);
}

void findings_write(const struct findings *f, struct out *o)
{
    failure_header(o);
    for (size_t i = 0; i < f->count; i++) {
        struct failure record;
        unpack(f->record[i], &record);
        failure_write(o, &record);
    }
}
