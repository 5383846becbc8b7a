/* SPDX-License-Identifier: MIT
 * extraction_report: what extraction says about a file: findings, and the origin of its columns. */
#include <inttypes.h>
#include <stdio.h>

#include "lib/read/extraction_internal.h"
#include "lib/read/failure.h"
#include "lib/read/origin.h"

static struct failure failure_of(const struct extraction *x, const struct input *in)
{
    return (struct failure){.level = slice_of("0"),
                            .result = slice_of("fail"),
                            .period = x->period,
                            .institution = x->institution,
                            .table = x->table,
                            .file = slice_of(in->name),
                            .sheet = slice_of(in->records.kind ? records_sheet(&in->records) : ""),
                            .state = slice_of("open")};
}

static void finding(struct extraction *x, const struct diag *d, const struct failure *f)
{
    x->findings = true;
    x->problem(x->ctx, d);
    if (x->failures)
        failure_write(x->failures, f);
}

void extraction_bad_cell(struct extraction *x, const struct input *in, const struct record *rec,
                         const struct bad_cell *bad)
{
    const struct map_column *m = &x->map->column[bad->column];
    const struct bound_column *from = &in->binding.column[bad->column];
    const struct reading_text *text = reading_text(bad->reading);
    struct cell_name cell = failure_cell((uint64_t)from->cell + 1, rec->line);
    struct failure f = failure_of(x, in);
    struct diag d;
    diag_set(&d, ST_FINDINGS, in->file, rec->line, m->target, "%s: %s (cell %s)", text->en,
             diag_quote(bad->text).s, cell.s);
    d.record = rec->number != rec->line ? rec->number : 0;
    f.severity = slice_of("error");
    f.rule = slice_of(text->rule);
    f.line = rec->line;
    f.record = rec->number;
    f.column = slice_of(m->target);
    f.header = slice_of(from->heading);
    f.cell = slice_of(cell.s);
    f.actual = bad->text;
    f.expected = slice_of(bad->expected);
    f.unit = slice_of(from->unit ? from->unit->name : "");
    f.message_zh = slice_of(text->zh);
    f.message_en = slice_of(text->en);
    finding(x, &d, &f);
}

void extraction_ragged(struct extraction *x, const struct input *in, const struct record *rec)
{
    struct failure f = failure_of(x, in);
    struct diag d;
    char actual[24], expected[24];
    diag_set(&d, ST_FINDINGS, in->file, rec->line, NULL,
             "%zu fields, the header has %zu; the row is left out", rec->n, in->binding.width);
    d.record = rec->number != rec->line ? rec->number : 0;
    snprintf(actual, sizeof actual, "%zu", rec->n);
    snprintf(expected, sizeof expected, "%zu", in->binding.width);
    f.severity = slice_of("error");
    f.rule = slice_of("structure.ragged");
    f.line = rec->line;
    f.record = rec->number;
    f.actual = slice_of(actual);
    f.expected = slice_of(expected);
    f.message_zh = slice_of("本行列数与表头不一致，该行未读入");
    f.message_en = slice_of("another number of fields than the header; the row is left out");
    finding(x, &d, &f);
}

/* What a rejected file is told in Chinese. */
static const char *reject_zh(const char *rule)
{
    static const char *const texts[][2] = {
        {"structure.file", "文件无法读取"},
        {"structure.gzip", "压缩文件损坏或不完整"},
        {"structure.encoding", "文件编码无法识别或含有非法字符"},
        {"structure.header", "找不到完整的表头"},
        {"structure.csv", "文件格式错误"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(rule, texts[i][0]) == 0)
            return texts[i][1];
    return "";
}

void extraction_reject(struct extraction *x, const struct input *in, const struct diag *why)
{
    struct failure f = failure_of(x, in);
    if (!x->failures)
        return;
    f.severity = slice_of("reject");
    f.rule = slice_of(in->stage);
    f.line = why->line;
    f.record = why->record;
    f.message_zh = slice_of(reject_zh(in->stage));
    f.message_en = slice_of(why->reason);
    failure_write(x->failures, &f);
}

void extraction_sidecar(struct extraction *x, const struct input *in)
{
    struct buf text = {0};
    if (!x->sidecar)
        return;
    for (size_t k = 0; k < in->binding.n; k++) {
        const struct bound_column *b = &in->binding.column[k];
        if (b->cell < 0)
            continue;
        struct cell_name letters = failure_cell((uint64_t)b->cell + 1, 0);
        size_t end[3];
        buf_clear(&text);
        buf_escaped(&text, slice_of(in->name));
        end[0] = text.n;
        buf_escaped(&text, slice_of(x->map->column[k].target));
        end[1] = text.n;
        buf_escaped(&text, slice_of(b->heading));
        end[2] = text.n;
        origin_write(x->sidecar, &(struct origin_column){.file = {text.p, end[0]},
                                                         .column = {text.p + end[0], end[1] - end[0]},
                                                         .heading = {text.p + end[1], end[2] - end[1]},
                                                         .cell = slice_of(letters.s),
                                                         .unit = slice_of(b->unit ? b->unit->name : ""),
                                                         .decimals = convert_decimals(in->convert, k),
                                                         .shift = b->shift,
                                                         .header_line = in->binding.line});
    }
    buf_free(&text);
}
