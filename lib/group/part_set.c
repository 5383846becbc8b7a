/* SPDX-License-Identifier: MIT
 * part_set: see part_set.h. */
#include "lib/group/part_set.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"

static const char *const STANDARD_INPUT[] = {"-"};

static bool is_standard_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

static enum status take_meta(struct part_set *s, const struct part_meta *m, const char *path,
                             struct part_spec *spec, struct diag *d)
{
    if (spec->lines.n == 0) {
        buf_slice(&spec->lines, buf_view(&m->spec.lines));
        part_spec_end(spec);
    }
    if (s->all.spec.lines.n == 0) {
        buf_slice(&s->all.spec.lines, buf_view(&spec->lines));
        part_spec_end(&s->all.spec);
    }
    s->all.rows += m->rows;
    return part_meta_join(&s->all, m, path, d);
}

static enum status read_metas(struct part_set *s, const struct part_set_options *o, struct part_spec *spec,
                              struct diag *d)
{
    enum status st = ST_OK;
    struct buf path = {0};
    for (size_t i = 0; i < s->files && st == ST_OK; i++) {
        if (is_standard_input(s->file[i]))
            continue;
        buf_clear(&path);
        buf_printf(&path, "%s.meta", s->file[i]);
        st = part_meta_read(&s->meta[i], buf_string(&path), d);
        if (st == ST_OK)
            st = take_meta(s, &s->meta[i], buf_string(&path), spec, d);
    }
    for (size_t i = 0; i < o->metas && st == ST_OK; i++) {
        struct part_meta m;
        st = part_meta_read(&m, o->meta[i], d);
        if (st == ST_OK)
            st = take_meta(s, &m, o->meta[i], spec, d);
        if (st == ST_OK)
            part_meta_free(&m);
    }
    buf_free(&path);
    return st;
}

enum status part_set_open(struct part_set *s, const struct part_set_options *o, struct part_spec *spec,
                          struct diag *d)
{
    *s = (struct part_set){.file = o->files ? o->file : STANDARD_INPUT, .files = o->files ? o->files : 1};
    s->meta = mem_zero(s->files, sizeof *s->meta);
    bool piped = false;
    for (size_t i = 0; i < s->files; i++)
        piped = piped || is_standard_input(s->file[i]);
    s->checked = !o->unchecked && (!piped || o->metas > 0);
    if (!o->unchecked && read_metas(s, o, spec, d) != ST_OK)
        return d->status;
    if (spec->lines.n == 0)
        return diag_set(
            d, ST_MISUSE, NULL, 0, NULL,
            "nothing tells how the parts were made: neither the key columns and aggregates nor a meta");
    return ST_OK;
}

void part_set_free(struct part_set *s)
{
    for (size_t i = 0; i < s->files; i++)
        part_meta_free(&s->meta[i]);
    part_meta_free(&s->all);
    free(s->meta);
    *s = (struct part_set){0};
}

enum status part_set_read(struct part_set *s, struct grouping *g, struct diag *d)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < s->files && st == ST_OK; i++) {
        struct part_totals t;
        st = part_file_read(g, s->file[i], &t, d);
        if (st == ST_OK && s->meta[i].sum[0])
            st = part_totals_check(&t, &s->meta[i], s->file[i], d);
        s->totals.lines += t.lines;
        s->totals.rows += t.rows;
    }
    return st;
}

enum status part_set_complete(const struct part_set *s, bool all, struct diag *d)
{
    if (s->totals.rows != s->all.rows)
        return diag_set(d, ST_INPUT, NULL, 0, NULL,
                        "the parts hold %" PRIu64 " rows where their metas promise %" PRIu64
                        ": one is missing, or counted twice",
                        s->totals.rows, s->all.rows);
    return all ? part_meta_complete(&s->all, d) : ST_OK;
}
