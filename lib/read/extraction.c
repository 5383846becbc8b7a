/* SPDX-License-Identifier: MIT
 * extraction: see extraction.h. */
#include <inttypes.h>
#include <stdlib.h>

#include "lib/read/extraction_internal.h"
#include "lib/read/filekind.h"

const char *extraction_stage(const struct diag *d)
{
    return strstr(d->reason, "gzip") ? "structure.gzip" : "structure.file";
}

void extraction_blame(struct input *in, const struct diag *d)
{
    if (!in->dec) {
        in->stage = "structure.workbook";
        return;
    }
    switch (decoder_last_fault(in->dec)) {
    case DECODER_GOOD:
        in->stage = "structure.csv";
        break;
    case DECODER_READ:
        in->stage = extraction_stage(d);
        break;
    case DECODER_ENCODING:
        in->stage = "structure.encoding";
        break;
    }
}

/* --- opening --- */

/* What -t says must be what the file is. */
static enum status check_type(const struct extraction *x, const struct input *in, enum file_kind kind,
                              struct diag *d)
{
    if (!x->type)
        return ST_OK;
    enum file_kind wanted = strcmp(x->type, "xlsx") == 0  ? FILE_XLSX
                            : strcmp(x->type, "xls") == 0 ? FILE_XLS
                                                          : FILE_TEXT;
    if (kind == wanted)
        return ST_OK;
    return diag_set(d, ST_INPUT, in->file, 0, NULL, "not of type %s: its first bytes are those of %s%s",
                    x->type, file_kind_name(kind),
                    kind == FILE_XLS && wanted == FILE_XLSX ? ", or of an encrypted file" : "");
}

static enum status open_book(struct input *in, struct source *src, enum file_kind kind, struct diag *d)
{
    in->stage = "structure.workbook";
    return kind == FILE_XLSX ? xlsx_open(src, &in->book, d) : xls_open(src, &in->book, d);
}

static enum status open_text(struct extraction *x, struct input *in, struct source *src, struct diag *d)
{
    enum decoder_fault fault = DECODER_READ;
    const struct mapping *m = x->map;
    in->dec = decoder_open(src, x->encoding, &fault, d);
    if (!in->dec) {
        in->stage = fault == DECODER_READ ? extraction_stage(d) : "structure.encoding";
        return d->status;
    }
    bool tsv = x->type ? strcmp(x->type, "tsv") == 0 : m && m->tsv;
    char delimiter = x->delimiter ? x->delimiter : m && m->delimiter ? m->delimiter : tsv ? '\t' : ',';
    in->records = tsv ? tsv_records(in->dec, delimiter) : csv_records(in->dec, delimiter);
    return ST_OK;
}

enum status extraction_open(struct extraction *x, struct input *in, const char *path, struct diag *d)
{
    in->file = !path || strcmp(path, "-") == 0 ? "(standard input)" : path;
    in->stage = "structure.file";
    char first[SOURCE_PEEK];
    struct source *src = source_open(path, d);
    ptrdiff_t n = src ? source_peek(src, first, sizeof first, d) : -1;
    if (n < 0) {
        source_close(src);
        in->stage = extraction_stage(d);
        return d->status;
    }
    struct slice start = {first, (size_t)n};
    enum file_kind kind = file_kind(start);
    enum status st = check_type(x, in, kind, d);
    const char *other = file_kind_refusal(start);
    if (st == ST_OK && other)
        st = diag_set(d, ST_INPUT, in->file, 0, NULL, "%s", other);
    if (st != ST_OK) {
        source_close(src);
        return st;
    }
    return kind == FILE_TEXT ? open_text(x, in, src, d) : open_book(in, src, kind, d);
}

/* --- the whole file --- */

/* Roles are counted over all sheets of a file. */
static void log_roles(struct extraction *x, struct input *in)
{
    for (size_t i = 0; i < RECORD_ROLES; i++) {
        struct role_count *c = &in->roles[i];
        tally_add(x->tally, record_role_name((enum record_role)i), c->n, buf_view(&c->example),
                  buf_string(&c->cell));
        buf_free(&c->example);
        buf_free(&c->cell);
    }
}

static enum status read_file(struct extraction *x, struct input *in, const char *path, struct diag *d)
{
    enum status st = extraction_open(x, in, path, d);
    if (st != ST_OK)
        return st;
    st = in->dec ? extraction_table(x, in, d) : extraction_sheets(x, in, d);
    log_roles(x, in);
    if (st == ST_OK)
        extraction_write_origin(x, in);
    return st;
}

void extraction_close(struct input *in)
{
    converter_free(in->convert);
    binding_free(&in->binding);
    records_close(&in->records);
    workbook_close(&in->book);
    decoder_close(in->dec);
    for (size_t k = 0; k < in->sidecars; k++)
        free(in->sidecar[k].heading);
    free(in->sidecar);
    buf_free(&in->prefix);
    buf_free(&in->place);
}

enum status extraction_file(struct extraction *x, const char *path, const char *name, struct diag *d)
{
    struct input in = {.name = name};
    if (x->several)
        buf_printf(&in.prefix, "%s:", name);
    enum status st = read_file(x, &in, path, d);
    if (st == ST_INPUT) {
        extraction_reject(x, &in, d);
        extraction_name_sheet(&in, d);
    }
    extraction_close(&in);
    return st;
}
