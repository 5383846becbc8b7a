/* SPDX-License-Identifier: MIT
 * op_rows: count: rows that take part, or whose argument is there. */
#include "lib/group/operation.h"

static bool update(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad)
{
    (void)s, (void)bad;
    for (size_t i = 0; i < c->n; i++)
        *(uint64_t *)(void *)(c->record[i] + a->offset) += !a->in || argument_kind(a->in, i) == CELL_TEXT;
    return true;
}

static bool fold(const struct accumulator *a, struct store *s, void *into, const void *from)
{
    (void)a, (void)s;
    return !__builtin_add_overflow(*(uint64_t *)into, *(const uint64_t *)from, (uint64_t *)into);
}

static void save(const struct accumulator *a, const void *state, struct buf *b)
{
    (void)a;
    save_count(b, *(const uint64_t *)state);
}

static bool load(const struct accumulator *a, struct store *s, void *state, struct slice *rest)
{
    (void)a, (void)s;
    return load_count(rest, state);
}

static struct outcome outcome(const struct accumulator *a, const struct parameters *p, const void *state,
                              struct arena *scratch)
{
    (void)a, (void)p, (void)scratch;
    return (struct outcome){.kind = VALUE_NUM, .decimal = {*(const uint64_t *)state, 0}};
}

const struct operation operation_rows = {sizeof(uint64_t), BAG_NONE, update, fold, save, load, outcome};
