/* SPDX-License-Identifier: MIT
 * extraction_list: what a file holds, cell by cell, for whoever writes its mapping; see extraction.h. */
#include <inttypes.h>

#include "lib/read/extraction_internal.h"

void extraction_list_header(struct out *o)
{
    out_text(o, "file\tsheet\tstate\tline\tcell\ttext\n");
}

/* The cells of the next `rows` records that are not blank. state: what is to know of the sheet. */
static enum status list_records(struct extraction *x, struct input *in, const char *state, uint64_t rows,
                                struct diag *d)
{
    struct record rec;
    enum status st = ST_OK;
    for (uint64_t k = 0; k < rows && (st = records_next(&in->records, &rec, d)) == ST_OK && rec.n > 0; k++)
        for (size_t i = 0; i < rec.n; i++) {
            if (trim(rec.cell[i]).n == 0)
                continue;
            buf_clear(&x->row);
            buf_escaped(&x->row, slice_of(in->name));
            buf_char(&x->row, '\t');
            buf_escaped(&x->row, slice_of(records_sheet(&in->records)));
            buf_printf(&x->row, "\t%s\t%" PRIu64 "\t%s\t", state, rec.line, failure_cell(i + 1, rec.line).s);
            buf_escaped(&x->row, rec.cell[i]);
            buf_char(&x->row, '\n');
            out_slice(x->out, buf_view(&x->row));
        }
    return st;
}

static enum status list_sheets(struct extraction *x, struct input *in, uint64_t rows, struct diag *d)
{
    size_t sheets;
    const struct sheet_entry *sheet = workbook_sheets(&in->book, &sheets);
    enum status st = ST_OK;
    for (size_t i = 0; i < sheets && st == ST_OK; i++) {
        if (x->sheet && strcmp(x->sheet, sheet[i].name) != 0)
            continue;
        st = workbook_records(&in->book, i, x->hidden, &in->records, d);
        if (st == ST_OK)
            st = list_records(x, in, sheet[i].hidden ? "hidden" : "", rows, d);
        records_close(&in->records);
    }
    return st;
}

enum status extraction_list(struct extraction *x, const char *path, const char *name, uint64_t rows,
                            struct diag *d)
{
    struct input in = {.name = name};
    enum status st = extraction_open(x, &in, path, d);
    if (st == ST_OK)
        st = in.dec ? list_records(x, &in, decoder_encoding(in.dec), rows, d) : list_sheets(x, &in, rows, d);
    extraction_close(&in);
    return st;
}
