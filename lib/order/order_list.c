/* SPDX-License-Identifier: MIT
 * order_list: see order_list.h. */
#include "lib/order/order_list.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/rows.h"

/* Takes a suffix such as ":desc" off the end of text. */
static bool take_suffix(struct slice *text, const char *suffix)
{
    size_t n = strlen(suffix);
    if (text->n <= n || memcmp(text->p + text->n - n, suffix, n) != 0)
        return false;
    text->n -= n;
    return true;
}

static void read_suffixes(struct slice *name, struct order_key *key)
{
    bool asc = false, desc = false;
    for (bool more = true; more;) {
        more = (!key->text && take_suffix(name, ":text") && (key->text = true)) ||
               (!asc && !desc && take_suffix(name, ":asc") && (asc = true)) ||
               (!asc && !desc && take_suffix(name, ":desc") && (desc = true));
    }
    key->descending = desc || (!asc && !key->text);
}

enum status order_list_read(struct order_list *l, const char *text, const struct table *t, struct diag *d)
{
    struct slice *name;
    char *names;
    enum status st = ST_OK;
    l->n = row_names(text, &name, &names);
    l->key = mem_zero(l->n, sizeof *l->key);
    l->column = mem_array(NULL, l->n, sizeof *l->column);
    for (size_t k = 0; k < l->n && st == ST_OK; k++) {
        read_suffixes(&name[k], &l->key[k]);
        l->column[k] = table_column(t, name[k], d);
        st = l->column[k] < 0 ? d->status : ST_OK;
    }
    free(name);
    free(names);
    return st;
}

void order_list_free(struct order_list *l)
{
    free(l->key);
    free(l->column);
    *l = (struct order_list){0};
}
