/* SPDX-License-Identifier: MIT
 * rules_fast: a quick yes for checks that only compare columns and numbers. */
#include "lib/check/rules_fast.h"

#include <stdlib.h>

#include "lib/base/mem.h"

enum { TERMS = 8 };

enum relation { LESS, LESS_EQUAL, EQUAL, GREATER_EQUAL, GREATER };

struct operand {
    int column;      /* -1 for a number */
    int64_t literal; /* times 10^CELL_DECIMALS */
};

struct term {
    struct operand left, right;
    enum relation relation;
    bool text; /* dates and months: compared as bytes */
};

struct rule_fast {
    struct term term[TERMS];
    size_t terms;
};

static bool read_word(const char **at, struct slice *word)
{
    const char *p = *at + strspn(*at, " ");
    size_t n = strcspn(p, " <>=!()+-*/,'\"`");
    *word = (struct slice){p, n};
    *at = p + n;
    return n > 0;
}

static bool read_relation(const char **at, enum relation *r)
{
    static const struct {
        const char *text;
        enum relation relation;
    } all[] = {{"<=", LESS_EQUAL}, {">=", GREATER_EQUAL}, {"==", EQUAL}, {"<", LESS}, {">", GREATER}};
    const char *p = *at + strspn(*at, " ");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        size_t n = strlen(all[i].text);
        if (strncmp(p, all[i].text, n) == 0) {
            *r = all[i].relation;
            *at = p + n;
            return true;
        }
    }
    return false;
}

enum shape { SHAPE_NONE, SHAPE_LITERAL, SHAPE_NUMBER, SHAPE_DATE, SHAPE_MONTH };

static enum shape read_operand(const char **at, const struct schema *s, struct operand *o)
{
    struct slice word;
    if (!read_word(at, &word))
        return SHAPE_NONE;
    o->column = -1;
    if (dec_parse_scaled(word, CELL_DECIMALS, &o->literal))
        return SHAPE_LITERAL;
    o->column = schema_find(s, word);
    if (o->column < 0)
        return SHAPE_NONE;
    switch (s->column[o->column].type) {
    case CELL_NUM:
    case CELL_INT:
        return SHAPE_NUMBER;
    case CELL_DATE:
        return SHAPE_DATE;
    case CELL_MONTH:
        return SHAPE_MONTH;
    default:
        return SHAPE_NONE;
    }
}

static bool read_term(const char **at, const struct schema *s, struct term *t)
{
    enum shape left = read_operand(at, s, &t->left);
    if (left == SHAPE_NONE || !read_relation(at, &t->relation))
        return false;
    enum shape right = read_operand(at, s, &t->right);
    t->text = left == SHAPE_DATE || left == SHAPE_MONTH;
    if (t->text)
        return left == right;
    return left <= SHAPE_NUMBER &&
           (right == SHAPE_NUMBER || (right == SHAPE_LITERAL && left == SHAPE_NUMBER));
}

struct rule_fast *rule_fast_compile(const char *check, const struct schema *s)
{
    struct rule_fast f = {0};
    for (const char *at = check;;) {
        if (f.terms == TERMS || !read_term(&at, s, &f.term[f.terms++]))
            return NULL;
        at += strspn(at, " ");
        if (*at == '\0')
            break;
        struct slice word;
        if (!read_word(&at, &word) || !slice_is(word, "and"))
            return NULL;
    }
    struct rule_fast *copy = mem_alloc(sizeof *copy);
    *copy = f;
    return copy;
}

void rule_fast_free(struct rule_fast *f)
{
    free(f);
}

static bool holds(enum relation r, int order)
{
    switch (r) {
    case LESS:
        return order < 0;
    case LESS_EQUAL:
        return order <= 0;
    case EQUAL:
        return order == 0;
    case GREATER_EQUAL:
        return order >= 0;
    case GREATER:
        return order > 0;
    }
    return false;
}

static bool read_number(const struct operand *o, const struct batch *b, size_t row, int64_t *v)
{
    *v = o->literal;
    return o->column < 0 || dec_parse_scaled(batch_field(b, row, (size_t)o->column), CELL_DECIMALS, v);
}

static bool text_holds(const struct term *t, const struct batch *b, size_t row)
{
    struct slice x = batch_field(b, row, (size_t)t->left.column),
                 y = batch_field(b, row, (size_t)t->right.column);
    /* The shapes were judged with the schema; equal lengths leave out missing cells but for both empty. */
    return x.n >= 7 && x.n == y.n && holds(t->relation, memcmp(x.p, y.p, x.n));
}

bool rule_fast_pass(const struct rule_fast *f, const struct batch *b, size_t row)
{
    for (size_t i = 0; i < f->terms; i++) {
        const struct term *t = &f->term[i];
        int64_t x, y;
        if (t->text) {
            if (!text_holds(t, b, row))
                return false;
        } else if (!read_number(&t->left, b, row, &x) || !read_number(&t->right, b, row, &y) ||
                   !holds(t->relation, (x > y) - (x < y))) {
            return false;
        }
    }
    return true;
}
