/* SPDX-License-Identifier: MIT
 * extraction: see extraction.h. */
#include <inttypes.h>

#include "lib/read/extraction_internal.h"
#include "lib/read/failure.h"
#include "lib/read/origin.h"

/* --- the beginning of a file --- */

/* The source says in its reason what it found; gzip is the only format it undoes. */
static const char *stage_of_read(const struct diag *d)
{
    return strstr(d->reason, "gzip") ? "structure.gzip" : "structure.file";
}

static enum status open_text(struct extraction *x, struct input *in, const char *path, struct diag *d)
{
    enum decoder_fault fault = DECODER_READ;
    struct source *src = source_open(path, d);
    in->dec = src ? decoder_open(src, x->encoding, &fault, d) : NULL;
    if (in->dec)
        return ST_OK;
    in->stage = fault == DECODER_READ ? stage_of_read(d) : "structure.encoding";
    return d->status;
}

static void open_records(const struct extraction *x, struct input *in)
{
    const struct mapping *m = x->map;
    bool tsv = x->type ? strcmp(x->type, "tsv") == 0 : m && m->tsv;
    char delimiter = x->delimiter ? x->delimiter : m && m->delimiter ? m->delimiter : tsv ? '\t' : ',';
    in->records = tsv ? tsv_records(in->dec, delimiter) : csv_records(in->dec, delimiter);
}

/* A failure of records_next may come from any layer below it. */
static void blame_records(struct input *in, const struct diag *d)
{
    switch (decoder_last_fault(in->dec)) {
    case DECODER_GOOD:
        in->stage = "structure.csv";
        break;
    case DECODER_READ:
        in->stage = stage_of_read(d);
        break;
    case DECODER_ENCODING:
        in->stage = "structure.encoding";
        break;
    }
}

/* Without a mapping the files must have the same columns. */
static enum status same_columns(const struct mapping *a, const struct mapping *b, const struct input *in,
                                struct diag *d)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = strcmp(a->column[i].target, b->column[i].target) == 0;
    if (same)
        return ST_OK;
    return diag_set(d, ST_INPUT, in->file, in->binding.line, NULL,
                    "header: not the columns of the first file");
}

static enum status take_all(struct extraction *x, struct input *in, struct diag *d)
{
    struct mapping *all = heading_take_all(&in->records, in->file, &in->binding, d);
    if (!all)
        return ST_INPUT;
    if (!x->map) {
        x->map = all;
        return ST_OK;
    }
    enum status st = same_columns(x->map, all, in, d);
    mapping_free(all);
    return st;
}

static enum status find_header(struct extraction *x, struct input *in, bool every, struct diag *d)
{
    in->stage = "structure.header";
    enum status st =
        every ? take_all(x, in, d) : heading_find(&in->records, in->file, x->map, x->units, &in->binding, d);
    if (in->binding.unreadable)
        blame_records(in, d);
    return st;
}

static void write_header(struct extraction *x)
{
    static const char *const origin[] = {ORIGIN_COLUMNS};
    if (x->header_written)
        return;
    x->header_written = true;
    buf_clear(&x->row);
    for (size_t k = 0; k < x->map->n; k++) {
        if (k > 0)
            buf_char(&x->row, '\t');
        buf_escaped(&x->row, slice_of(x->map->column[k].target));
    }
    for (size_t i = 0; x->origin && i < sizeof origin / sizeof *origin; i++) {
        buf_char(&x->row, '\t');
        buf_text(&x->row, origin[i]);
    }
    buf_char(&x->row, '\n');
    out_slice(x->out, buf_view(&x->row));
}

static void log_header(struct extraction *x, const struct input *in)
{
    const struct binding *b = &in->binding;
    struct buf cell = {0};
    tally_add(x->tally, "file.encoding", 1, slice_of(decoder_encoding(in->dec)), "");
    if (b->stated)
        tally_list(x->tally, "unit.note", slice_of(b->stated->name), "");
    for (size_t i = 0; i < b->width; i++) {
        if (!b->unmapped[i])
            continue;
        buf_clear(&cell);
        buf_slice(&cell, buf_view(&in->prefix));
        buf_text(&cell, failure_cell(i + 1, b->line).s);
        tally_list(x->tally, "heading.unmapped", slice_of(b->unmapped[i]), buf_string(&cell));
    }
    buf_free(&cell);
}

/* --- its rows --- */

static void write_row(struct extraction *x, const struct input *in, const struct record *rec)
{
    const struct bad_cell *bad;
    buf_clear(&x->row);
    size_t n = convert_row(in->convert, rec, &x->row, &bad);
    if (x->origin) {
        buf_char(&x->row, '\t');
        buf_escaped(&x->row, slice_of(in->name));
        buf_char(&x->row, '\t');
        buf_escaped(&x->row, slice_of(records_sheet(&in->records)));
        buf_printf(&x->row, "\t%" PRIu64 "\t%" PRIu64, rec->line, rec->number);
    }
    buf_char(&x->row, '\n');
    out_slice(x->out, buf_view(&x->row));
    for (size_t i = 0; i < n; i++)
        extraction_bad_cell(x, in, rec, &bad[i]);
}

static const char *const role_kinds[] = {
    [RECORD_ROW] = "rows",       [RECORD_EMPTY] = "rows.empty",   [RECORD_SKIP] = "rows.skipped",
    [RECORD_END] = "rows.after", [RECORD_RAGGED] = "rows.ragged", [RECORD_PADDED] = "rows.padded",
};

struct role_count {
    uint64_t n;
    struct buf example, cell; /* of the first */
};

/* The first cell that says something stands for the record. */
static void count_role(struct role_count *c, const struct input *in, const struct record *rec)
{
    if (c->n++ > 0)
        return;
    size_t i = 0;
    while (i + 1 < rec->n && trim(rec->cell[i]).n == 0)
        i++;
    buf_slice(&c->example, trim(rec->cell[i]));
    buf_slice(&c->cell, buf_view(&in->prefix));
    buf_text(&c->cell, failure_cell(i + 1, rec->line).s);
}

static enum status read_rows(struct extraction *x, struct input *in, struct role_count *roles, struct diag *d)
{
    struct record rec;
    bool ended = false;
    enum status st;
    while ((st = records_next(&in->records, &rec, d)) == ST_OK && rec.n > 0) {
        enum record_role role = ended ? RECORD_END : convert_role(in->convert, &rec);
        ended = role == RECORD_END;
        count_role(&roles[role], in, &rec);
        if (role == RECORD_ROW || role == RECORD_PADDED)
            write_row(x, in, &rec);
        else if (role == RECORD_RAGGED)
            extraction_ragged(x, in, &rec);
        if (out_failed(x->out))
            return ST_OUTPUT; /* out_close has the reason */
    }
    if (st != ST_OK)
        blame_records(in, d);
    return st;
}

static void log_rows(struct extraction *x, const struct input *in, struct role_count *roles)
{
    for (size_t i = 0; i < sizeof role_kinds / sizeof *role_kinds; i++) {
        tally_add(x->tally, role_kinds[i], roles[i].n, buf_view(&roles[i].example),
                  buf_string(&roles[i].cell));
        buf_free(&roles[i].example);
        buf_free(&roles[i].cell);
    }
    tally_add(x->tally, "lines.blank", records_blank_lines(&in->records), slice_of(""), "");
}

static enum status read_file(struct extraction *x, struct input *in, const char *path, struct diag *d)
{
    struct role_count roles[sizeof role_kinds / sizeof *role_kinds] = {0};
    bool every = !x->map || x->map->takes_all;
    enum status st = open_text(x, in, path, d);
    if (st != ST_OK)
        return st;
    open_records(x, in);
    st = find_header(x, in, every, d);
    if (st != ST_OK)
        return st;
    write_header(x);
    log_header(x, in);
    in->convert = converter_new(x->map, &in->binding, x->codes, x->tally, buf_string(&in->prefix));
    st = read_rows(x, in, roles, d);
    log_rows(x, in, roles);
    if (st == ST_OK)
        extraction_sidecar(x, in);
    return st;
}

enum status extraction_file(struct extraction *x, const char *path, const char *name, struct diag *d)
{
    bool is_stdin = !path || strcmp(path, "-") == 0;
    struct input in = {.file = is_stdin ? "(standard input)" : path, .name = name, .stage = "structure.file"};
    if (x->several)
        buf_printf(&in.prefix, "%s:", name);
    enum status st = read_file(x, &in, path, d);
    if (st == ST_INPUT)
        extraction_reject(x, &in, d);
    converter_free(in.convert);
    binding_free(&in.binding);
    records_close(&in.records);
    decoder_close(in.dec);
    buf_free(&in.prefix);
    return st;
}
