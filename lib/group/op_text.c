/* SPDX-License-Identifier: MIT
 * op_text: one text remembered: the least and the greatest, that of the first and of the last row. */
#include "lib/group/operation.h"

struct text {
    struct kept text;
    uint64_t row; /* first and last: number of the row in the whole input, from 1; 0: none yet */
    seen seen;    /* least and greatest: how many there were */
};

/* --- the least and the greatest --- */

static void join(struct text *s, struct store *store, struct slice text, uint64_t count, int sign)
{
    if (seen_count(s->seen) == 0 || sign * slice_compare(text, kept_text(&s->text)) > 0)
        kept_put(&s->text, store, text);
    s->seen += count;
}

static bool update(const struct accumulator *a, struct store *s, const struct chunk *c, int sign)
{
    for (size_t i = 0; i < c->n; i++) {
        struct text *to = (struct text *)(void *)(c->record[i] + a->offset);
        if (a->in->kind[i] == CELL_TEXT)
            join(to, s, a->in->text[i], 1, sign);
        else
            seen_missing(&to->seen, a->in->kind[i]);
    }
    return true;
}

static bool update_min(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad)
{
    (void)bad;
    return update(a, s, c, -1);
}

static bool update_max(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad)
{
    (void)bad;
    return update(a, s, c, 1);
}

static bool fold(struct store *s, struct text *to, const struct text *from, int sign)
{
    if (seen_count(from->seen))
        join(to, s, kept_text(&from->text), 0, sign);
    return seen_join(&to->seen, from->seen);
}

static bool fold_min(const struct accumulator *a, struct store *s, void *into, const void *from)
{
    (void)a;
    return fold(s, into, from, -1);
}

static bool fold_max(const struct accumulator *a, struct store *s, void *into, const void *from)
{
    (void)a;
    return fold(s, into, from, 1);
}

static void save(const struct accumulator *a, const void *state, struct buf *b)
{
    (void)a;
    const struct text *s = state;
    buf_char(b, '\t');
    buf_slice(b, kept_text(&s->text));
    save_seen(b, s->seen);
}

static bool load(const struct accumulator *a, struct store *s, void *state, struct slice *rest)
{
    (void)a;
    struct text *to = state;
    kept_put(&to->text, s, take_field(rest));
    return load_seen(rest, &to->seen) && (to->text.n > 0) == (seen_count(to->seen) > 0);
}

static struct outcome outcome(const struct accumulator *a, const struct parameters *p, const void *state,
                              struct arena *scratch)
{
    (void)p, (void)scratch;
    const struct text *s = state;
    enum value_kind kind = seen_kind(a, s->seen);
    return (struct outcome){.kind = kind == VALUE_NUM ? VALUE_RAW : kind, .text = kept_text(&s->text)};
}

/* --- the first and the last row: its field as it stands, missing or not --- */

static bool update_place(const struct accumulator *a, struct store *s, const struct chunk *c, bool last)
{
    static const char *const field[] = {[CELL_EMPTY] = "", [CELL_NA] = "\\-"};
    for (size_t i = 0; i < c->n; i++) {
        struct text *to = (struct text *)(void *)(c->record[i] + a->offset);
        uint8_t kind = a->in->kind[i];
        if (kind == CELL_OUT || (to->row && !last)) /* rows come in order */
            continue;
        kept_put(&to->text, s, kind == CELL_TEXT ? a->in->text[i] : slice_of(field[kind]));
        to->row = c->first + i + 1;
    }
    return true;
}

static bool update_first(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad)
{
    (void)bad;
    return update_place(a, s, c, false);
}

static bool update_last(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad)
{
    (void)bad;
    return update_place(a, s, c, true);
}

static bool fold_place(struct store *s, struct text *to, const struct text *from, bool last)
{
    if (from->row && (!to->row || (last ? from->row > to->row : from->row < to->row))) {
        kept_put(&to->text, s, kept_text(&from->text));
        to->row = from->row;
    }
    return true;
}

static bool fold_first(const struct accumulator *a, struct store *s, void *into, const void *from)
{
    (void)a;
    return fold_place(s, into, from, false);
}

static bool fold_last(const struct accumulator *a, struct store *s, void *into, const void *from)
{
    (void)a;
    return fold_place(s, into, from, true);
}

static void save_place(const struct accumulator *a, const void *state, struct buf *b)
{
    (void)a;
    const struct text *s = state;
    save_count(b, s->row);
    buf_char(b, '\t');
    buf_slice(b, kept_text(&s->text));
}

static bool load_place(const struct accumulator *a, struct store *s, void *state, struct slice *rest)
{
    (void)a;
    struct text *to = state;
    bool good = load_count(rest, &to->row);
    kept_put(&to->text, s, take_field(rest));
    return good;
}

static struct outcome outcome_of_place(const struct accumulator *a, const struct parameters *p,
                                       const void *state, struct arena *scratch)
{
    (void)a, (void)p, (void)scratch;
    const struct text *s = state;
    return (struct outcome){.kind = s->row ? VALUE_RAW : VALUE_NA, .text = kept_text(&s->text)};
}

enum { TEXT = sizeof(struct text) };

const struct operation operation_text_min = {TEXT, BAG_NONE, update_min, fold_min, save, load, outcome};
const struct operation operation_text_max = {TEXT, BAG_NONE, update_max, fold_max, save, load, outcome};
const struct operation operation_first = {TEXT,       BAG_NONE,   update_first,    fold_first,
                                          save_place, load_place, outcome_of_place};
const struct operation operation_last = {TEXT,       BAG_NONE,   update_last,     fold_last,
                                         save_place, load_place, outcome_of_place};
