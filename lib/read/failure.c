/* SPDX-License-Identifier: MIT
 * failure: see failure.h. */
#include "lib/read/failure.h"

#include <inttypes.h>
#include <stdio.h>

#include "lib/base/buf.h"

void failure_header(struct out *o)
{
    out_text(
        o,
        "severity\trule\tlevel\tresult\tperiod\tinstitution\ttable\tfile\tsheet\tline\trecord\tcolumn\theader"
        "\t"
        "cell\tkey\tactual\texpected\tdifference\tallowance\tunit\trelated\tcause\tmessage_zh\tmessage_en\t"
        "hit_key\tstate\tby\treason\n");
}

static void put_texts(struct buf *b, const struct slice *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_escaped(b, text[i]);
        buf_char(b, '\t');
    }
}

static void put_number(struct buf *b, uint64_t number)
{
    if (number)
        buf_printf(b, "%" PRIu64, number);
    buf_char(b, '\t');
}

void failure_write(struct out *o, const struct failure *f)
{
    struct buf b = {0};
    const struct slice place[] = {f->severity,    f->rule,  f->level, f->result, f->period,
                                  f->institution, f->table, f->file,  f->sheet};
    const struct slice finding[] = {f->column,   f->header,     f->cell,       f->key,     f->actual,
                                    f->expected, f->difference, f->allowance,  f->unit,    f->related,
                                    f->cause,    f->message_zh, f->message_en, f->hit_key, f->state,
                                    f->by,       f->reason};
    put_texts(&b, place, sizeof place / sizeof *place);
    put_number(&b, f->line);
    put_number(&b, f->record);
    put_texts(&b, finding, sizeof finding / sizeof *finding);
    b.p[b.n - 1] = '\n'; /* in place of the last TAB */
    out_slice(o, buf_view(&b));
    buf_free(&b);
}

struct cell_name failure_cell(uint64_t column, uint64_t line)
{
    char letters[16];
    size_t n = sizeof letters;
    struct cell_name name;
    letters[--n] = '\0';
    for (; column > 0; column = (column - 1) / 26)
        letters[--n] = (char)('A' + (column - 1) % 26);
    if (line)
        snprintf(name.s, sizeof name.s, "%s%" PRIu64, letters + n, line);
    else
        snprintf(name.s, sizeof name.s, "%s", letters + n);
    return name;
}
