/* SPDX-License-Identifier: MIT
 * line_writer: groups as the lines of a part, see grouping.h. */
#include "lib/group/grouping.h"

static enum status write_group(void *ctx, struct slice key, const char *record, struct diag *d)
{
    struct line_writer *w = ctx;
    w->key = key;
    part_put_scalars(&w->line, &w->format, key, record);
    return w->put(w->ctx, buf_view(&w->line), d);
}

static enum status write_value(void *ctx, size_t bag, const struct bag_item *item, struct diag *d)
{
    struct line_writer *w = ctx;
    part_put_value(&w->line, &w->format, w->key, bag, item);
    return w->put(w->ctx, buf_view(&w->line), d);
}

static enum status end_group(void *ctx, struct diag *d)
{
    (void)ctx, (void)d;
    return ST_OK;
}

struct group_sink line_writer_sink(struct line_writer *w)
{
    return (struct group_sink){w, write_group, write_value, end_group};
}
