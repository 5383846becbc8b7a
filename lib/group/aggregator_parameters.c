/* SPDX-License-Identifier: MIT
 * aggregator_parameters: the constants of a call: digits, shares, bounds, separators. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/group/aggregator_calls.h"

enum { MOST_FIRST = 1000000, TYPES = 9 };

void parameters_free(struct parameters *p)
{
    free(p->separator);
    free(p->bound);
    p->separator = NULL;
    p->bound = NULL;
}

struct parameters parameters_copy(const struct parameters *p)
{
    struct parameters copy = *p;
    if (p->separator)
        copy.separator = mem_text(slice_of(p->separator));
    if (p->bound) {
        copy.bound = mem_array(NULL, p->bounds, sizeof *p->bound);
        memcpy(copy.bound, p->bound, p->bounds * sizeof *p->bound);
    }
    return copy;
}

bool parameters_equal(const struct parameters *a, const struct parameters *b)
{
    bool same = a->missing == b->missing && a->ties == b->ties && a->type == b->type &&
                a->digits == b->digits && a->first == b->first && a->p.num == b->p.num &&
                a->p.den == b->p.den && a->bounds == b->bounds && !a->separator == !b->separator;
    for (size_t i = 0; same && i < a->bounds; i++)
        same = dec_compare(a->bound[i], b->bound[i]) == 0;
    return same && (!a->separator || strcmp(a->separator, b->separator) == 0);
}

static void note_variable(void *found, int variable)
{
    (void)variable;
    *(bool *)found = true;
}

static void no_variable(void *ctx, int variable, struct value *v)
{
    (void)ctx, (void)variable;
    v->kind = VALUE_EMPTY;
}

/* The value of an expression without columns. */
static bool constant(struct expr *e, struct value *v)
{
    struct expr_row row = {NULL, no_variable};
    struct diag d;
    bool variable = false;
    expr_variables(e, note_variable, &variable);
    return !variable && expr_eval(e, &row, v, &d) == ST_OK;
}

/* A whole number between the two. */
static bool whole(const struct value *v, uint64_t least, uint64_t most, uint64_t *out)
{
    if (v->kind != VALUE_NUM || v->num.den != 1 || v->num.num < (i128)least || v->num.num > (i128)most)
        return false;
    *out = (uint64_t)v->num.num;
    return true;
}

static enum status add_bound(struct parameters *p, const struct value *v, struct diag *d)
{
    struct dec bound;
    if (v->kind != VALUE_NUM || !rat_to_dec(v->num, &bound))
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "the bounds of a histogram are plain numbers");
    if (p->bounds && dec_compare(p->bound[p->bounds - 1], bound) >= 0)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "the bounds of a histogram rise");
    if (p->bounds == MOST_BOUNDS)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "a histogram has at most %d bounds", MOST_BOUNDS);
    p->bound = mem_array(p->bound, p->bounds + 1, sizeof *p->bound);
    p->bound[p->bounds++] = bound;
    return ST_OK;
}

enum status parameters_read(struct parameters *p, const struct definition *def, char letter, struct expr *e,
                            struct diag *d)
{
    struct value v = {0};
    uint64_t n = 0;
    bool known = constant(e, &v);
    const char *wanted = "";
    switch (letter) {
    case 'd':
        wanted = "the digits of the result, from 0 to 18";
        known = known && whole(&v, 0, DEC_MAX_SCALE, &n);
        p->digits = (unsigned)n;
        break;
    case 'n':
        wanted = "how many values count, from 1 to 1000000";
        known = known && whole(&v, 1, MOST_FIRST, &p->first);
        break;
    case 't':
        wanted = "the type of the quantile, from 1 to 9";
        known = known && whole(&v, 1, TYPES, &n);
        p->type = (unsigned)n;
        break;
    case 'p':
        wanted = "a share from 0 to 1";
        known = known && v.kind == VALUE_NUM && rat_sign(v.num) >= 0 && rat_compare(v.num, rat_int(1)) <= 0;
        p->p = v.num;
        break;
    case 's':
        wanted = "a quoted text to stand between the values";
        known = known && v.kind == VALUE_TEXT;
        if (known) {
            free(p->separator);
            p->separator = mem_text(v.text);
        }
        break;
    default:
        return known ? add_bound(p, &v, d) : diag_set(d, ST_MISUSE, NULL, 0, NULL, "expected %s", def->usage);
    }
    if (known)
        return ST_OK;
    return diag_set(d, ST_MISUSE, NULL, 0, NULL, "%s wants %s; expected %s", def->name, wanted, def->usage);
}
