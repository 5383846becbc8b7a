/* SPDX-License-Identifier: MIT
 * kind_rewritten: kinds that are a plain condition in other words: opening, ytd, roll.
 */
#include "lib/rules/kind_parameters.h"

#include "lib/spec/spec.h"

static enum status no_check(const struct rule *c, struct diag *d)
{
    return spec_error(c->spec, c->spec_row, "check", d, "a card without a check");
}

static void put_text(struct buf *b, const struct rule *c, const char *name)
{
    buf_slice(b, kind_text(c, name));
}

/* The opening figure is the closing figure of the period before; revision names what that return was revised
 * to, in the findings. */
static enum status rewrite_opening(struct rule *c, const struct schema *s, struct buf *check,
                                   struct buf *when, struct diag *d)
{
    (void)s;
    (void)when;
    if (*c->check_text == '\0')
        return no_check(c, d);
    buf_printf(check, "(%s) == (", c->check_text);
    put_text(check, c, "closing");
    buf_char(check, ')');
    return ST_OK;
}

static enum status compile_opening(struct card_names *n, struct diag *d)
{
    n->telling = true; /* the revision's number does not enter: the figures do */
    enum status st = kind_variable(n, "revision", &n->card->revision, d);
    n->telling = false;
    return st;
}

const struct kind KIND_OPENING = {.name = "opening",
                                  .parameters = "closing! revision",
                                  .check = CHECK_TRUTH,
                                  .rewrite = rewrite_opening,
                                  .compile = compile_opening};

/* What runs from the start of the year does not fall, but in January, by more than slack. */
static enum status rewrite_ytd(struct rule *c, const struct schema *s, struct buf *check, struct buf *when,
                               struct diag *d)
{
    struct rat slack;
    const char *period = NULL;
    for (size_t i = s->width; i-- > 0;)
        if (s->column[i].type == CELL_MONTH)
            period = s->column[i].name;
    struct slice named = kind_text(c, "period");
    if (*c->check_text == '\0')
        return no_check(c, d);
    if (!named.n && !period)
        return kind_wrong(c, "period", d, "the table has no column of months; name one");
    if (kind_number(c, "slack", "0", &slack, d) != ST_OK)
        return ST_MISUSE;
    buf_printf(check, "(%s) >= (", c->check_text);
    put_text(check, c, "before");
    struct slice text = kind_text(c, "slack");
    buf_printf(check, ") - %.*s", text.n ? (int)text.n : 1, text.n ? text.p : "0");
    if (*c->when_text)
        buf_printf(when, "(%s) and ", c->when_text);
    buf_text(when, "month(");
    buf_slice(when, named.n ? named : slice_of(period));
    buf_text(when, ") != 1");
    return ST_OK;
}

const struct kind KIND_YTD = {
    .name = "ytd", .parameters = "before! slack period", .check = CHECK_TRUTH, .rewrite = rewrite_ytd};

static void put_terms(struct buf *b, const struct rule *c, const char *name, char sign)
{
    struct slice list = kind_text(c, name);
    if (list.n == 0)
        return;
    buf_printf(b, " %c (", sign);
    for (size_t i = 0; i < list.n; i++)
        if (list.p[i] == ',')
            buf_printf(b, ") %c (", sign);
        else
            buf_char(b, list.p[i]);
    buf_char(b, ')');
}

/* check, what is there at the end, is opening + plus - minus. */
static enum status rewrite_roll(struct rule *c, const struct schema *s, struct buf *check, struct buf *when,
                                struct diag *d)
{
    (void)s;
    (void)when;
    if (*c->check_text == '\0')
        return no_check(c, d);
    buf_printf(check, "(%s) == (", c->check_text);
    put_text(check, c, "opening");
    buf_char(check, ')');
    put_terms(check, c, "plus", '+');
    put_terms(check, c, "minus", '-');
    return ST_OK;
}

const struct kind KIND_ROLL = {
    .name = "roll", .parameters = "opening! plus minus", .check = CHECK_TRUTH, .rewrite = rewrite_roll};
