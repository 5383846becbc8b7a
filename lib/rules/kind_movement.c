/* SPDX-License-Identifier: MIT
 * kind_movement: a figure that moved, against another one, by an amount and by a share of it; out of zero and
 * across zero there is no share, so those are told apart. */
#include "lib/rules/kind_parameters.h"
#include "lib/rules/kind_values.h"

#include <stdlib.h>

#include "lib/base/mem.h"

enum direction { DIRECTION_BOTH, DIRECTION_UP, DIRECTION_DOWN };

struct movement {
    struct expr *before;
    struct rat least, percent, base;
    int direction;
};

static enum status compile(struct card_names *n, struct diag *d)
{
    struct rule *c = n->card;
    struct movement *m = c->state = mem_zero(1, sizeof *m);
    enum status st = kind_expr(n, "before", EXPR_NUM, &m->before, d);
    if (st == ST_OK)
        st = kind_number(c, "abs", "", &m->least, d);
    if (st == ST_OK)
        st = kind_number(c, "pct", "", &m->percent, d);
    if (st == ST_OK)
        st = kind_number(c, "base", "0", &m->base, d);
    return st == ST_OK ? kind_word(c, "direction", "both|up|down", &m->direction, d) : st;
}

static void forget(void *state)
{
    struct movement *m = state;
    if (m->before)
        expr_free(m->before);
    free(m);
}

static struct rat magnitude(struct rat v)
{
    return rat_sign(v) < 0 ? (struct rat){-v.num, v.den} : v;
}

static void decide(const struct rule *c, const struct rules_row *row, struct rule_outcome *o)
{
    const struct movement *m = c->state;
    struct rat now, before, change, share;
    if (!kind_evaluate(c->check, row, &now, o) || !kind_evaluate(m->before, row, &before, o))
        return;
    if (rat_compare(magnitude(before), m->base) < 0) {
        o->applies = false;
        return;
    }
    if (!rat_sub(now, before, &change) || !rat_mul(magnitude(before), m->percent, &share) ||
        !rat_mul(share, (struct rat){1, 100}, &share)) {
        o->cause = CAUSE_ARITHMETIC;
        diag_set(&o->why, ST_INPUT, NULL, 0, NULL, "a value beyond 128 bits");
        return;
    }
    int way = rat_sign(change);
    bool zero = before.num == 0, across = rat_sign(now) * rat_sign(before) < 0;
    bool counts = m->direction == DIRECTION_BOTH || way == (m->direction == DIRECTION_UP ? 1 : -1);
    bool moved = way != 0 && counts && rat_compare(magnitude(change), m->least) >= 0 &&
                 (zero || across || rat_compare(magnitude(change), share) >= 0);
    o->verdict = moved ? VERDICT_FAIL : VERDICT_PASS;
    if (!moved)
        return;
    o->told.left = kind_value(now);
    o->told.right = kind_value(before);
    o->told.difference = kind_value(magnitude(change));
    o->told.allowance = kind_value(zero || across || rat_compare(share, m->least) < 0 ? m->least : share);
    if (zero || across)
        rules_note(o, zero ? "from zero" : "sign change", zero ? "由零变动" : "正负改变");
}

const struct kind KIND_MOVEMENT = {.name = "movement",
                                   .parameters = "before! abs! pct! base direction",
                                   .check = CHECK_NUMBER,
                                   .compile = compile,
                                   .decide = decide,
                                   .free = forget};
