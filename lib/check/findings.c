/* SPDX-License-Identifier: MIT
 * findings: the failure records of one table, collected, put in order, written. What many records have in
 * common, such as rule, file and column, is held once as a set of texts; a record is its set, its place and
 * the texts of its own, packed. */
#include "lib/check/findings.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/stream/keymap.h"

/* The numbers of texts (failure_text) that records have in common; the others are a record's own. The first
 * tells sets apart soonest. */
static const uint8_t common[] = {2, 9, 12, 5, 1, 0, 3, 4, 6, 7, 8, 10, 11, 13, 20, 26};
static const uint8_t own[] = {14, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 27, 28, 29};
enum { COMMON = sizeof common, OWN = sizeof own };
enum { RULE, FILE_NAME, SEVERITY = 4 }; /* places in common */
_Static_assert((int)COMMON + (int)OWN == (int)FAILURE_TEXTS, "each text is one or the other");

enum { CHUNK = 1 << 20, RECENT = 8 };

struct set {
    uint32_t text[COMMON]; /* numbers in texts */
};

struct packed {
    uint64_t line, record;
    uint32_t number; /* in the order of adding */
    uint32_t set;
    uint32_t order : 31;
    uint32_t silent : 1;
    char bytes[]; /* each own text after its length */
};

struct findings {
    struct packed **record;
    size_t count, cap;
    struct keymap *texts, *sets;
    uint32_t recent[RECENT], next; /* sets used of late */
    char **chunk;
    size_t chunks, chunks_cap, used, room;
    size_t silent;
};

struct findings *findings_new(void)
{
    struct findings *f = mem_zero(1, sizeof *f);
    struct set nothing = {{0}};
    f->texts = keymap_new(0);
    f->sets = keymap_new(0);
    keymap_put(f->texts, (struct slice){"", 0});
    keymap_put(f->sets, (struct slice){(const char *)&nothing, sizeof nothing});
    return f;
}

void findings_free(struct findings *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->chunks; i++)
        free(f->chunk[i]);
    free(f->chunk);
    free(f->record);
    keymap_free(f->texts);
    keymap_free(f->sets);
    free(f);
}

/* --- adding and reading --- */

static struct set set_at(const struct findings *f, uint32_t number)
{
    struct set set;
    memcpy(&set, keymap_key(f->sets, number).p, sizeof set);
    return set;
}

static bool set_holds(const struct findings *f, uint32_t number, struct failure *record)
{
    struct set set = set_at(f, number);
    for (size_t i = 0; i < COMMON; i++)
        if (!slice_equal(keymap_key(f->texts, set.text[i]), *failure_text(record, common[i])))
            return false;
    return true;
}

static uint32_t set_of(struct findings *f, struct failure *record)
{
    struct set set;
    for (size_t i = 0; i < RECENT; i++)
        if (set_holds(f, f->recent[i], record))
            return f->recent[i];
    for (size_t i = 0; i < COMMON; i++)
        set.text[i] = keymap_put(f->texts, *failure_text(record, common[i]));
    return f->recent[f->next++ % RECENT] =
               keymap_put(f->sets, (struct slice){(const char *)&set, sizeof set});
}

static void *take_room(struct findings *f, size_t n)
{
    n = (n + 7) & ~(size_t)7;
    if (f->room - f->used < n) {
        f->room = n > CHUNK ? n : CHUNK;
        f->chunk = mem_grow(f->chunk, f->chunks, &f->chunks_cap, sizeof *f->chunk);
        f->chunk[f->chunks++] = mem_alloc(f->room);
        f->used = 0;
    }
    f->used += n;
    return f->chunk[f->chunks - 1] + f->used - n;
}

/* A length is one byte, or 255 and eight. */
static size_t length_size(size_t n)
{
    return n < UINT8_MAX ? 1 : 1 + sizeof n;
}

static char *put_text(char *at, struct slice text)
{
    *at = (char)(text.n < UINT8_MAX ? text.n : UINT8_MAX);
    if (text.n >= UINT8_MAX)
        memcpy(at + 1, &text.n, sizeof text.n);
    at += length_size(text.n);
    if (text.n)
        memcpy(at, text.p, text.n);
    return at + text.n;
}

static const char *get_text(const char *at, struct slice *text)
{
    size_t n = (unsigned char)*at;
    if (n == UINT8_MAX)
        memcpy(&n, at + 1, sizeof n);
    at += length_size(n);
    *text = (struct slice){at, n};
    return at + n;
}

void findings_add(struct findings *f, const struct failure *record, unsigned order, bool silent)
{
    struct failure copy = *record;
    size_t n = offsetof(struct packed, bytes);
    for (size_t i = 0; i < OWN; i++) {
        struct slice text = *failure_text(&copy, own[i]);
        n += length_size(text.n) + text.n;
    }
    struct packed *p = take_room(f, n);
    p->line = record->line;
    p->record = record->record;
    p->number = (uint32_t)f->count;
    p->set = set_of(f, &copy);
    p->order = order & INT32_MAX;
    p->silent = silent;
    char *at = p->bytes;
    for (size_t i = 0; i < OWN; i++)
        at = put_text(at, *failure_text(&copy, own[i]));
    f->record = mem_grow(f->record, f->count, &f->cap, sizeof(struct packed *));
    f->record[f->count++] = p;
    f->silent += silent;
}

void findings_get(const struct findings *f, size_t i, struct failure *record)
{
    const struct packed *p = f->record[i];
    const char *at = p->bytes;
    struct set set = set_at(f, p->set);
    *record = (struct failure){.line = p->line, .record = p->record};
    for (size_t k = 0; k < COMMON; k++)
        *failure_text(record, common[k]) = keymap_key(f->texts, set.text[k]);
    for (size_t k = 0; k < OWN; k++)
        at = get_text(at, failure_text(record, own[k]));
}

/* --- the order --- */

static int by_line(const void *a, const void *b)
{
    const struct packed *p = *(struct packed *const *)a, *q = *(struct packed *const *)b;
    if (p->line != q->line)
        return p->line < q->line ? -1 : 1;
    if (p->order != q->order)
        return p->order < q->order ? -1 : 1;
    return (p->number > q->number) - (p->number < q->number);
}

/* Records of one rule and file mostly come in the order of their lines. */
static void sort_lines(struct packed **record, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (by_line(&record[i - 1], &record[i]) > 0) {
            qsort(record, n, sizeof(struct packed *), by_line);
            return;
        }
}

/* The pair of a set that the order looks at first. */
struct group {
    uint32_t rule, file; /* ranks among the texts */
    uint32_t set;
};

static int by_names(const void *a, const void *b)
{
    const struct group *p = a, *q = b;
    if (p->rule != q->rule)
        return p->rule < q->rule ? -1 : 1;
    return (p->file > q->file) - (p->file < q->file);
}

/* Each set's number among the pairs of rule and file, in their order; malloced. The count of pairs in n. */
static uint32_t *groups_of(const struct findings *f, size_t *n)
{
    size_t sets = keymap_count(f->sets);
    uint32_t *sorted = keymap_sorted(f->texts), *rank = mem_array(NULL, keymap_count(f->texts), sizeof *rank);
    struct group *group = mem_array(NULL, sets, sizeof *group);
    uint32_t *of = mem_array(NULL, sets, sizeof *of);
    for (uint32_t i = 0; i < keymap_count(f->texts); i++)
        rank[sorted[i]] = i;
    for (uint32_t i = 0; i < sets; i++) {
        struct set set = set_at(f, i);
        group[i] = (struct group){rank[set.text[RULE]], rank[set.text[FILE_NAME]], i};
    }
    qsort(group, sets, sizeof *group, by_names);
    *n = 0;
    for (size_t i = 0; i < sets; i++) {
        *n += i == 0 || by_names(&group[i - 1], &group[i]) != 0;
        of[group[i].set] = (uint32_t)(*n - 1);
    }
    free(sorted);
    free(rank);
    free(group);
    return of;
}

void findings_sort(struct findings *f)
{
    size_t groups;
    uint32_t *group = groups_of(f, &groups);
    size_t *end = mem_zero(groups + 1, sizeof *end); /* of each group, once its records are laid down */
    struct packed **sorted = mem_array(NULL, f->count + 1, sizeof *sorted);
    for (size_t i = 0; i < f->count; i++)
        end[group[f->record[i]->set] + 1]++;
    for (size_t i = 1; i <= groups; i++)
        end[i] += end[i - 1];
    for (size_t i = 0; i < f->count; i++)
        sorted[end[group[f->record[i]->set]]++] = f->record[i];
    for (size_t i = 0; i < groups; i++)
        sort_lines(sorted + (i ? end[i - 1] : 0), end[i] - (i ? end[i - 1] : 0));
    free(f->record);
    f->record = sorted;
    f->cap = f->count + 1;
    free(group);
    free(end);
}

size_t findings_count(const struct findings *f)
{
    return f->count;
}

size_t findings_silent(const struct findings *f)
{
    return f->silent;
}

bool findings_is_silent(const struct findings *f, size_t i)
{
    return f->record[i]->silent;
}

struct slice findings_severity(const struct findings *f, size_t i)
{
    return keymap_key(f->texts, set_at(f, f->record[i]->set).text[SEVERITY]);
}

void findings_write(const struct findings *f, enum failure_format format, struct out *o)
{
    failure_header(o, format);
    for (size_t i = 0; i < f->count; i++) {
        struct failure record;
        findings_get(f, i, &record);
        failure_write(o, format, &record);
    }
}
