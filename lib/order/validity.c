/* SPDX-License-Identifier: MIT
 * validity: see validity.h. */
#include "lib/order/validity.h"

#include "lib/base/date.h"

static enum status read_date(struct validity_form *f, struct slice field, int32_t *date, struct diag *d)
{
    struct date parsed;
    if (!date_parse(field, &parsed))
        return diag_set(d, ST_INPUT, NULL, 0, NULL, "not a date: %s", diag_quote(field).s);
    bool is_month = parsed.day == 0;
    if (f->known && f->is_month != is_month)
        return diag_set(d, ST_INPUT, NULL, 0, NULL, "a %s, where others are %s: %s",
                        is_month ? "month" : "date", is_month ? "dates" : "months", diag_quote(field).s);
    f->known = true;
    f->is_month = is_month;
    *date = date_order(parsed);
    return ST_OK;
}

enum status validity_read(struct validity_form *f, const struct slice field[2], struct validity *v,
                          unsigned *bad, struct diag *d)
{
    enum status st = ST_OK;
    *v = VALIDITY_ALWAYS;
    *bad = 0;
    if (!field_is_empty(field[0]))
        st = read_date(f, field[0], &v->from, d);
    if (st != ST_OK)
        return st;
    *bad = 1;
    if (!field_is_empty(field[1])) {
        st = read_date(f, field[1], &v->to, d);
        v->to -= f->half_open; /* dates are whole numbers in their order: below is not above one less */
    }
    if (st == ST_OK && v->to < v->from)
        st = diag_set(d, ST_INPUT, NULL, 0, NULL, "ends before it begins: %s, from %s",
                      diag_quote(field[1]).s, diag_quote(field[0]).s);
    return st;
}

enum status validity_date(struct validity_form *f, struct slice field, int32_t *date, struct diag *d)
{
    *date = INT32_MIN;
    return field_is_empty(field) || field_is_na(field) ? ST_OK : read_date(f, field, date, d);
}
