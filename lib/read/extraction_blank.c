/* SPDX-License-Identifier: MIT
 * extraction_blank: cells under blank headings. No column takes them; figures among them may be the second
 * column under a heading, and then those under the heading itself may be the wrong ones. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/extraction_internal.h"
#include "lib/read/figure.h"

void extraction_blank_begin(struct input *in)
{
    size_t n = in->binding.blanks;
    in->blank = n > 0 ? mem_zero(n, sizeof *in->blank) : NULL;
}

static void count_cell(struct extraction *x, struct input *in, const struct record *rec, size_t i)
{
    struct blank_column *b = &in->blank[i];
    size_t column = in->binding.blank[i];
    struct cell_name name = failure_cell(column + 1, rec->line);
    struct slice cell = rec->cell[column];
    struct buf prefixed = {0};
    if (trim(cell).n == 0)
        return;
    buf_slice(&prefixed, buf_view(&in->prefix));
    buf_text(&prefixed, name.s);
    tally_add(x->tally, "heading.blank", 1, trim(cell), buf_string(&prefixed));
    tally_each(x->tally, &(struct tally_event){.file = slice_of(in->name),
                                               .sheet = slice_of(records_sheet(&in->records)),
                                               .line = rec->line,
                                               .cell = name.s,
                                               .kind = "heading.blank",
                                               .before = cell});
    buf_clear(&prefixed);
    if (figure_kind(cell, &x->map->missing, &prefixed) == FIGURE_NUMBER && b->figures++ == 0) {
        b->line = rec->line;
        buf_slice(&b->text, trim(cell));
    }
    buf_free(&prefixed);
}

void extraction_blank_row(struct extraction *x, struct input *in, const struct record *rec)
{
    for (size_t i = 0; i < in->binding.blanks; i++)
        if (in->binding.blank[i] < rec->n)
            count_cell(x, in, rec, i);
}

void extraction_blank_end(struct extraction *x, struct input *in, bool tell)
{
    for (size_t i = 0; in->blank && i < in->binding.blanks; i++) {
        if (tell && in->blank[i].figures > 0)
            extraction_unnamed(x, in, in->binding.blank[i], &in->blank[i]);
        buf_free(&in->blank[i].text);
    }
    free(in->blank);
    in->blank = NULL;
}
