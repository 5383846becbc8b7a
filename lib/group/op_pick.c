/* SPDX-License-Identifier: MIT
 * op_pick: a value of the row in which another, the key, is least or greatest. Rows without a key do not
 * compete. Of several rows with that key and different values, the call says which counts; so the order of
 * the rows makes no difference. */
#include "lib/group/numeral.h"
#include "lib/group/operation.h"

struct pick {
    struct kept value;
    union {
        i128_near units; /* its scale is in seen; without needless zeros */
        struct kept text;
    } key;
    seen seen;     /* rows with a key */
    uint64_t tied; /* different values had this key */
};

struct candidate {
    struct slice value, text; /* text or number: the key */
    struct dec number;
    uint64_t tied;
};

static struct candidate candidate_of(const struct pick *p, bool by_text)
{
    struct candidate c = {.value = kept_text(&p->value), .tied = p->tied};
    if (by_text)
        c.text = kept_text(&p->key.text);
    else
        c.number = (struct dec){p->key.units, seen_scale(p->seen)};
    return c;
}

static void put(struct pick *to, struct store *s, const struct candidate *c, bool by_text)
{
    kept_put(&to->value, s, c->value);
    if (by_text) {
        kept_put(&to->key.text, s, c->text);
    } else {
        to->key.units = c->number.units;
        seen_set_form(&to->seen, c->number.scale, 0);
    }
}

struct manner {
    int sign; /* 1: the greatest key, -1: the least */
    bool by_text;
};

static void join(const struct accumulator *a, struct store *s, struct pick *to, const struct candidate *c,
                 struct manner m)
{
    struct candidate have = candidate_of(to, m.by_text);
    int order = m.by_text ? slice_compare(c->text, have.text) : dec_compare(c->number, have.number);
    order = seen_count(to->seen) == 0 ? 1 : m.sign * order;
    if (order > 0) {
        put(to, s, c, m.by_text);
        to->tied = c->tied;
    } else if (order == 0) {
        int value = slice_compare(c->value, have.value);
        to->tied |= c->tied | (value != 0);
        if (a->p.ties == CHOICE_GREATEST ? value > 0 : value < 0)
            kept_put(&to->value, s, c->value);
    }
}

static struct slice field_of(const struct argument *in, size_t i)
{
    uint8_t kind = in->kind[i];
    return kind == CELL_TEXT ? in->text[i] : slice_of(kind == CELL_NA ? "\\-" : "");
}

static bool update(const struct accumulator *a, struct store *s, const struct chunk *c, struct manner m)
{
    for (size_t i = 0; i < c->n; i++) {
        struct pick *to = (struct pick *)(void *)(c->record[i] + a->offset);
        struct candidate candidate = {.value = field_of(a->in, i)};
        unsigned decimals;
        if (m.by_text) {
            candidate.text = a->by->text[i];
            if (a->by->kind[i] != CELL_TEXT) {
                seen_missing(&to->seen, a->by->kind[i]);
                continue;
            }
        } else if (cell_decimal(a->by, i, MISSING_SKIP, &to->seen, &candidate.number, &decimals)) {
            candidate.number = dec_shortest(candidate.number);
        } else {
            continue;
        }
        join(a, s, to, &candidate, m);
        to->seen++;
    }
    return true;
}

static bool fold(const struct accumulator *a, struct store *s, struct pick *to, const struct pick *from,
                 struct manner m)
{
    struct candidate c = candidate_of(from, m.by_text);
    if (seen_count(from->seen))
        join(a, s, to, &c, m);
    return seen_join(&to->seen, from->seen);
}

static void save(const struct pick *p, struct buf *b, struct manner m)
{
    struct candidate c = candidate_of(p, m.by_text);
    buf_char(b, '\t');
    if (m.by_text)
        buf_slice(b, c.text);
    else
        dec_print(b, c.number);
    buf_char(b, '\t');
    buf_slice(b, c.value);
    save_count(b, c.tied);
    save_seen(b, p->seen);
}

static bool load(struct store *s, struct pick *p, struct slice *rest, struct manner m)
{
    struct candidate c = {.text = take_field(rest)};
    bool good = m.by_text || number_parse(c.text, &c.number);
    c.value = take_field(rest);
    good = good && load_count(rest, &p->tied) && p->tied <= 1 && load_seen(rest, &p->seen);
    if (good)
        put(p, s, &c, m.by_text);
    return good;
}

static struct outcome outcome(const struct accumulator *a, const struct parameters *p, const void *state,
                              struct arena *scratch)
{
    (void)p, (void)scratch;
    const struct pick *s = state;
    enum value_kind kind = seen_kind(a, s->seen);
    if (kind == VALUE_NUM)
        kind = s->tied && a->p.ties == CHOICE_NONE ? VALUE_NA : VALUE_RAW;
    return (struct outcome){.kind = kind, .text = kept_text(&s->value)};
}

#define PICK_OPERATION(name, sign, by_text)                                                                  \
    static const struct manner name = {sign, by_text};                                                       \
    static bool update_##name(const struct accumulator *a, struct store *s, const struct chunk *c,           \
                              size_t *bad)                                                                   \
    {                                                                                                        \
        (void)bad;                                                                                           \
        return update(a, s, c, name);                                                                        \
    }                                                                                                        \
    static bool fold_##name(const struct accumulator *a, struct store *s, void *into, const void *from)      \
    {                                                                                                        \
        return fold(a, s, into, from, name);                                                                 \
    }                                                                                                        \
    static void save_##name(const struct accumulator *a, const void *state, struct buf *b)                   \
    {                                                                                                        \
        (void)a;                                                                                             \
        save(state, b, name);                                                                                \
    }                                                                                                        \
    static bool load_##name(const struct accumulator *a, struct store *s, void *state, struct slice *rest)   \
    {                                                                                                        \
        (void)a;                                                                                             \
        return load(s, state, rest, name);                                                                   \
    }                                                                                                        \
    const struct operation operation_##name = {sizeof(struct pick), BAG_NONE,    update_##name, fold_##name, \
                                               save_##name,         load_##name, outcome};

PICK_OPERATION(first_by, -1, false)
PICK_OPERATION(last_by, 1, false)
PICK_OPERATION(first_by_text, -1, true)
PICK_OPERATION(last_by_text, 1, true)
