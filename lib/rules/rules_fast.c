/* SPDX-License-Identifier: MIT
 * rules_fast: a quick yes for checks that only compare columns and numbers. */
#include "lib/rules/rules_fast.h"

#include <stdlib.h>

#include "lib/base/mem.h"

enum { TERMS = 8 };

enum relation { LESS, LESS_EQUAL, EQUAL };

struct operand {
    int column;      /* -1 for a number */
    int64_t literal; /* times 10^CELL_DECIMALS */
};

struct term {
    struct operand left, right;
    enum relation relation;
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

/* Above and not below are read as below and not above with the sides exchanged. */
static bool read_relation(const char **at, enum relation *r, bool *exchanged)
{
    static const struct {
        const char *text;
        enum relation relation;
        bool exchanged;
    } all[] = {{"<=", LESS_EQUAL, false},
               {">=", LESS_EQUAL, true},
               {"==", EQUAL, false},
               {"<", LESS, false},
               {">", LESS, true}};
    const char *p = *at + strspn(*at, " ");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        size_t n = strlen(all[i].text);
        if (strncmp(p, all[i].text, n) == 0) {
            *r = all[i].relation;
            *exchanged = all[i].exchanged;
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
    bool exchanged;
    enum shape left = read_operand(at, s, &t->left);
    if (left == SHAPE_NONE || !read_relation(at, &t->relation, &exchanged))
        return false;
    enum shape right = read_operand(at, s, &t->right);
    if (exchanged) {
        struct operand first = t->left;
        t->left = t->right;
        t->right = first;
    }
    if (left == right)
        return left != SHAPE_LITERAL;
    return (left == SHAPE_LITERAL && right == SHAPE_NUMBER) ||
           (left == SHAPE_NUMBER && right == SHAPE_LITERAL);
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

/* The piece's values of an operand; a number fills the room given. */
static const int64_t *values_of(const struct operand *o, const struct schema_check *check, size_t n,
                                int64_t *room)
{
    if (o->column >= 0)
        return schema_check_values(check, (size_t)o->column);
    for (size_t i = 0; i < n; i++)
        room[i] = o->literal;
    return room;
}

/* DEC_UNSURE is less than any value: with a sure left side, a right side that is not never holds. */
static void take_term(const struct term *t, const int64_t *x, const int64_t *y, size_t n, bool *passed)
{
    switch (t->relation) {
    case LESS:
        for (size_t i = 0; i < n; i++)
            passed[i] &= x[i] < y[i];
        break;
    case LESS_EQUAL:
        for (size_t i = 0; i < n; i++)
            passed[i] &= x[i] <= y[i];
        break;
    case EQUAL:
        for (size_t i = 0; i < n; i++)
            passed[i] &= x[i] == y[i];
        break;
    }
    for (size_t i = 0; i < n; i++)
        passed[i] &= x[i] != DEC_UNSURE;
}

void rule_fast_rows(const struct rule_fast *f, const struct schema_check *check, size_t n, bool *passed)
{
    int64_t left[SCHEMA_ROWS], right[SCHEMA_ROWS];
    memset(passed, true, n);
    for (size_t i = 0; i < f->terms; i++) {
        const struct term *t = &f->term[i];
        take_term(t, values_of(&t->left, check, n, left), values_of(&t->right, check, n, right), n, passed);
    }
}
