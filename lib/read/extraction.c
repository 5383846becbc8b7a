/* SPDX-License-Identifier: MIT
 * extraction: see extraction.h. */
#include <inttypes.h>
#include <stdlib.h>
#include <strings.h>

#include "lib/read/extraction_internal.h"

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

/* --- what kind of file it is, told by its first bytes and never by its name --- */

enum file_kind { FILE_TEXT, FILE_XLSX, FILE_XLS, FILE_HTML, FILE_OTHER, FILE_KINDS };

static bool begins(struct slice s, const char *magic, size_t n)
{
    return s.n >= n && memcmp(s.p, magic, n) == 0;
}

/* Web systems send pages, and XML of office suites, named .xls. */
static bool is_markup(struct slice s)
{
    static const char *const first[] = {"<html", "<!doctype", "<table", "<?xml",
                                        "<head", "<meta",     "<style", "mime-version:"};
    if (begins(s, "\xef\xbb\xbf", 3))
        s = (struct slice){s.p + 3, s.n - 3};
    s = trim(s);
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (s.n >= strlen(first[i]) && strncasecmp(s.p, first[i], strlen(first[i])) == 0)
            return true;
    return false;
}

/* What is sent by mistake, and what to do about it. */
static const char *other_document(struct slice s)
{
    static const struct {
        const char *magic, *what;
    } others[] = {{"%PDF-", "a PDF document; send the workbook or CSV that it was made from"},
                  {"Rar!\x1a", "a RAR archive; unpack it first"},
                  {"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"},
                  {"\xff\xd8\xff", "a picture; send the workbook or CSV that it shows"},
                  {"\x89PNG\r\n", "a picture; send the workbook or CSV that it shows"},
                  {"{\\rtf", "a text document (RTF), not a workbook"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (begins(s, others[i].magic, strlen(others[i].magic)))
            return others[i].what;
    return NULL;
}

static enum file_kind kind_of(struct slice s)
{
    if (other_document(s))
        return FILE_OTHER;
    if (begins(s, "PK\3\4", 4) || begins(s, "PK\5\6", 4))
        return FILE_XLSX;
    if (begins(s, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
        return FILE_XLS;
    return is_markup(s) ? FILE_HTML : FILE_TEXT;
}

/* What -t says must be what the file is. */
static enum status check_type(const struct extraction *x, const struct input *in, enum file_kind kind,
                              struct diag *d)
{
    static const char *const names[FILE_KINDS] = {"text", "an .xlsx workbook", "an .xls workbook",
                                                  "a web page", "a document of another kind"};
    if (!x->type)
        return ST_OK;
    enum file_kind wanted = strcmp(x->type, "xlsx") == 0  ? FILE_XLSX
                            : strcmp(x->type, "xls") == 0 ? FILE_XLS
                                                          : FILE_TEXT;
    if (kind == wanted)
        return ST_OK;
    return diag_set(d, ST_INPUT, in->file, 0, NULL, "not of type %s: its first bytes are those of %s%s",
                    x->type, names[kind],
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

static enum status open_input(struct extraction *x, struct input *in, const char *path, struct diag *d)
{
    char first[SOURCE_PEEK];
    struct source *src = source_open(path, d);
    ptrdiff_t n = src ? source_peek(src, first, sizeof first, d) : -1;
    if (n < 0) {
        source_close(src);
        in->stage = extraction_stage(d);
        return d->status;
    }
    enum file_kind kind = kind_of((struct slice){first, (size_t)n});
    enum status st = check_type(x, in, kind, d);
    const char *other = kind == FILE_HTML
                            ? "a web page or XML, whatever its name; open it and save it as .xlsx or CSV"
                            : other_document((struct slice){first, (size_t)n});
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
    enum status st = open_input(x, in, path, d);
    if (st != ST_OK)
        return st;
    st = in->dec ? extraction_table(x, in, d) : extraction_sheets(x, in, d);
    log_roles(x, in);
    if (st == ST_OK)
        extraction_write_origin(x, in);
    return st;
}

enum status extraction_file(struct extraction *x, const char *path, const char *name, struct diag *d)
{
    bool is_stdin = !path || strcmp(path, "-") == 0;
    struct input in = {.file = is_stdin ? "(standard input)" : path, .name = name, .stage = "structure.file"};
    if (x->several)
        buf_printf(&in.prefix, "%s:", name);
    enum status st = read_file(x, &in, path, d);
    if (st == ST_INPUT) {
        extraction_reject(x, &in, d);
        extraction_name_sheet(&in, d);
    }
    converter_free(in.convert);
    binding_free(&in.binding);
    records_close(&in.records);
    workbook_close(&in.book);
    decoder_close(in.dec);
    for (size_t k = 0; k < in.sidecars; k++)
        free(in.sidecar[k].heading);
    free(in.sidecar);
    buf_free(&in.prefix);
    buf_free(&in.place);
    return st;
}
