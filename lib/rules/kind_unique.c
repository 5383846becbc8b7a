/* SPDX-License-Identifier: MIT
 * kind_unique: rows that share a key, or every cell; all members of a group are listed. */
#include "lib/rules/kind_end.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"

enum nulls { NULLS_DISTINCT, NULLS_EQUAL };

struct unique {
    int *column;
    size_t columns;
    int nulls;
};

static enum status compile_unique(struct card_names *n, struct diag *d)
{
    struct unique *u = n->card->state = mem_zero(1, sizeof *u);
    enum status st = kind_columns(n, "columns", NULL, false, &u->column, &u->columns, d);
    return st == ST_OK ? kind_word(n->card, "null", "distinct|equal", &u->nulls, d) : st;
}

/* All columns, two cells that say nothing being equal. */
static enum status compile_duplicate(struct card_names *n, struct diag *d)
{
    struct unique *u = n->card->state = mem_zero(1, sizeof *u);
    const struct schema *s = n->rules->schema;
    (void)d;
    u->nulls = NULLS_EQUAL;
    u->column = mem_array(NULL, s->width, sizeof *u->column);
    for (; u->columns < s->width; u->columns++) {
        enum expr_type type;
        u->column[u->columns] = names_variable(n, slice_of(s->column[u->columns].name), &type);
    }
    return ST_OK;
}

static void forget(void *state)
{
    struct unique *u = state;
    free(u->column);
    free(u);
}

/* Lines of a group from a row on, with the file where it is not that of the first. */
static void list_rows(struct buf *b, const struct kept *k, const struct row_lists *groups, int64_t first,
                      int64_t from)
{
    struct kept_place begin = kept_place(k, (size_t)first);
    for (int64_t row = from; row >= 0; row = row_lists_next(groups, row)) {
        struct kept_place place = kept_place(k, (size_t)row);
        buf_text(b, row == from ? "" : ", ");
        if (!slice_equal(place.file, begin.file)) {
            buf_unescaped(b, place.file);
            buf_char(b, ':');
        }
        buf_printf(b, "%" PRIu64, place.line);
    }
}

static void judge(struct kind_end *e, const struct unique *u, const struct row_lists *groups, size_t group)
{
    int64_t first = row_lists_first(groups, group);
    size_t n = row_lists_size(groups, group);
    struct rule_group *g = kind_begin(e, first);
    if (n > 1) {
        g->column = e->rules->variable[u->column[0]].column;
        g->unitless = true;
        buf_slice(&g->key, row_lists_key(groups, group));
        buf_printf(&g->value, "%zu", n);
        buf_printf(&g->actual, "%zu", n);
        buf_char(&g->expected, '1');
        list_rows(&g->related, e->kept, groups, first, row_lists_next(groups, first));
    }
    kind_say(e, n > 1 ? VERDICT_FAIL : VERDICT_PASS, n);
}

static void say_unknown(struct kind_end *e, size_t row)
{
    kind_begin(e, (int64_t)row);
    kind_blame(e, row);
    kind_say(e, VERDICT_UNDECIDED, 1);
}

static void end(struct kind_end *e)
{
    const struct unique *u = e->card->state;
    struct row_lists *groups = row_lists_new(kept_rows(e->kept));
    struct buf key = {0};
    for (size_t row = 0; row < kept_rows(e->kept); row++) {
        bool missing;
        if (kept_state(e->kept, row) != KEPT_GOOD) {
            say_unknown(e, row);
            continue;
        }
        kind_key(e->kept, row, u->column, u->columns, &key, &missing);
        if (missing && u->nulls == NULLS_DISTINCT) {
            kind_begin(e, (int64_t)row);
            kind_say(e, VERDICT_PASS, 1);
        } else {
            row_lists_put(groups, buf_view(&key), row);
        }
    }
    for (size_t i = 0; i < row_lists_count(groups); i++)
        judge(e, u, groups, i);
    row_lists_free(groups);
    buf_free(&key);
}

const struct kind KIND_UNIQUE = {.name = "unique",
                                 .parameters = "columns! null",
                                 .check = CHECK_NONE,
                                 .tables = true,
                                 .compile = compile_unique,
                                 .end = end,
                                 .free = forget};

const struct kind KIND_DUPLICATE = {.name = "duplicate",
                                    .parameters = "",
                                    .check = CHECK_NONE,
                                    .tables = true,
                                    .compile = compile_duplicate,
                                    .end = end,
                                    .free = forget};
