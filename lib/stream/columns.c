/* SPDX-License-Identifier: MIT
 * columns: names bound to sources, chosen and renamed. */
#include "lib/stream/columns.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/base/nearest.h"
#include "lib/stream/table.h"

static void append(struct columns *c, struct slice name, int source)
{
    c->item = mem_grow(c->item, c->n, &c->room, sizeof *c->item);
    c->item[c->n++] = (struct column){slice_of(mem_text(name)), source};
}

static struct column *find(const struct columns *c, struct slice name)
{
    for (size_t i = 0; i < c->n; i++)
        if (slice_equal(c->item[i].name, name))
            return &c->item[i];
    return NULL;
}

void columns_bind(struct columns *c, struct slice name, int source)
{
    struct column *old = find(c, name);
    if (old)
        old->source = source;
    else
        append(c, name, source);
}

int columns_find(const struct columns *c, struct slice name)
{
    const struct column *found = find(c, name);
    return found ? found->source : -1;
}

void columns_list(const struct columns *c, struct buf *b)
{
    for (size_t i = 0; i < c->n; i++) {
        buf_text(b, i ? ", " : "");
        buf_slice(b, c->item[i].name);
    }
}

void columns_free(struct columns *c)
{
    for (size_t i = 0; i < c->n; i++)
        free((char *)(uintptr_t)c->item[i].name.p);
    free(c->item);
    *c = (struct columns){0};
}

bool column_name_is_fit(struct slice name)
{
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] < 0x20)
            return false;
    return name.n > 0;
}

/* One COL or COL=NEW; a name that has a = of its own is taken whole when there is such a column. */
static enum status choose_one(const struct columns *from, struct slice item, struct columns *to,
                              struct diag *d)
{
    struct slice name = item, new_name = item;
    const char *sign = item.n && !find(from, item) ? memchr(item.p, '=', item.n) : NULL;
    if (sign) {
        name.n = (size_t)(sign - item.p);
        new_name = (struct slice){sign + 1, item.n - name.n - 1};
    }
    const struct column *found = find(from, name);
    if (!found) {
        struct nearest near = nearest_to(name);
        for (size_t i = 0; i < from->n; i++)
            nearest_offer(&near, from->item[i].name);
        diag_set(d, ST_MISUSE, NULL, 0, NULL, "no column %s", diag_quote(name).s);
        nearest_say(&near, d);
        return ST_MISUSE;
    }
    if (!column_name_is_fit(new_name))
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "COL or COL=NEW is wanted, not %s", diag_quote(item).s);
    if (find(to, new_name))
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "two columns would be named %s", diag_quote(new_name).s);
    append(to, new_name, found->source);
    return ST_OK;
}

enum status columns_choose(struct columns *c, const char *list, struct diag *d)
{
    struct columns chosen = {0};
    struct slice *items;
    struct buf item = {0};
    size_t n = column_list(list, &items);
    enum status st = ST_OK;
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        buf_clear(&item);
        for (size_t k = 0; k < items[i].n; k++)
            if (items[i].p[k] != '\\' || k + 1 == items[i].n || items[i].p[k + 1] != ',')
                buf_char(&item, items[i].p[k]);
        st = choose_one(c, buf_view(&item), &chosen, d);
    }
    free(items);
    buf_free(&item);
    if (st != ST_OK) {
        columns_free(&chosen);
        return st;
    }
    columns_free(c);
    *c = chosen;
    return ST_OK;
}
