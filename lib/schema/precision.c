/* SPDX-License-Identifier: MIT
 * precision: how exactly the figures of a row are known. */
#include "lib/schema/precision.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/stream/keymap.h"

struct precision {
    const struct schema *schema;
    const struct origin *origin;
    int file_column;
    struct rat *declared;
    struct keymap *files;
    struct rat **of_file; /* by number in files */
    size_t cap;
    uint32_t last; /* the file of the row before: rows of a file stand together */
};

/* 5 * 10^(shift - decimals - 1); false when that is out of all proportion. */
static bool half_width(int decimals, int shift, struct rat *out)
{
    int power = shift - decimals - 1;
    if (power < -30 || power > 30)
        return false;
    return power >= 0 ? rat_make(5 * dec_pow10((unsigned)power), 1, out)
                      : rat_make(5, dec_pow10((unsigned)-power), out);
}

static struct rat *declared_widths(const struct schema *s)
{
    struct rat *half = mem_array(NULL, s->width, sizeof *half);
    for (size_t i = 0; i < s->width; i++) {
        half[i] = rat_int(0);
        if (s->column[i].type == CELL_NUM && s->column[i].decimals >= 0)
            (void)half_width(s->column[i].decimals, 0, &half[i]);
    }
    return half;
}

struct precision *precision_new(const struct schema *s, const struct origin *origin, int file_column)
{
    struct precision *p = mem_zero(1, sizeof *p);
    p->schema = s;
    p->origin = origin;
    p->file_column = file_column;
    p->declared = declared_widths(s);
    p->files = keymap_new(0);
    return p;
}

void precision_free(struct precision *p)
{
    if (!p)
        return;
    for (uint32_t i = 0; i < keymap_count(p->files); i++)
        free(p->of_file[i]);
    free(p->of_file);
    keymap_free(p->files);
    free(p->declared);
    free(p);
}

static struct rat *widths_of_file(const struct precision *p, struct slice file)
{
    struct rat *half = declared_widths(p->schema);
    for (size_t i = 0; i < p->schema->width; i++) {
        if (p->schema->column[i].type != CELL_NUM)
            continue;
        const struct origin_column *o = origin_find(p->origin, file, p->schema->column[i].field);
        if (!o)
            continue;
        if (o->decimals < 0)
            half[i] = rat_int(0);
        else
            (void)half_width(o->decimals, o->shift, &half[i]);
    }
    return half;
}

const struct rat *precision_declared(const struct precision *p)
{
    return p->declared;
}

const struct rat *precision_of_row(struct precision *p, const struct batch *b, size_t row)
{
    if (!p->origin || p->file_column < 0)
        return p->declared;
    struct slice file = batch_field(b, row, (size_t)p->file_column);
    if (keymap_count(p->files) && slice_equal(keymap_key(p->files, p->last), file))
        return p->of_file[p->last];
    uint32_t before = keymap_count(p->files);
    p->last = keymap_put(p->files, file);
    if (p->last == before) {
        p->of_file = mem_grow(p->of_file, before, &p->cap, sizeof *p->of_file);
        p->of_file[before] = widths_of_file(p, file);
    }
    return p->of_file[p->last];
}
