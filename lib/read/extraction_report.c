/* SPDX-License-Identifier: MIT
 * extraction_report: what extraction finds wrong in a file, as problems and failure records. */
#include <inttypes.h>
#include <stdio.h>

#include "lib/read/extraction_internal.h"
#include "lib/read/hitkey.h"
#include "lib/read/reject_text.h"

static struct failure failure_of(const struct extraction *x, const struct input *in)
{
    return (struct failure){.run_id = x->run_id,
                            .sha256_8 = {x->sha256.p, x->sha256.n < 8 ? x->sha256.n : 8},
                            .level = slice_of("0"),
                            .result = slice_of("fail"),
                            .period = x->period,
                            .institution = x->institution,
                            .table = x->table,
                            .file = slice_of(in->name),
                            .sheet = slice_of(in->records.kind ? records_sheet(&in->records) : ""),
                            .state = slice_of("open")};
}

/* A row that cannot be read has no key: all that stands in it enters. */
static void write_failure(struct extraction *x, struct failure *f, const struct slice *value, size_t n)
{
    char key[33];
    if (!x->failures)
        return;
    struct hitkey k = hitkey_begin();
    const struct slice place[] = {f->rule, f->rule_version, f->column, f->institution, f->period};
    for (size_t i = 0; i < sizeof place / sizeof *place; i++)
        hitkey_add(&k, place[i]);
    for (size_t i = 0; i < n; i++)
        hitkey_add(&k, value[i]);
    hitkey_text(k, key);
    f->hit_key = slice_of(key);
    failure_write(x->failures, x->format, f);
}

void extraction_name_sheet(const struct input *in, struct diag *d)
{
    size_t sheets = 0;
    if (in->book.kind)
        workbook_sheets(&in->book, &sheets);
    if (sheets > 1 && in->records.kind && strncmp(d->reason, "sheet '", 7) != 0)
        diag_name_sheet(d, records_sheet(&in->records));
}

static void finding(struct extraction *x, const struct input *in, struct diag *d, struct failure *f,
                    const struct slice *value, size_t n)
{
    x->findings = x->findings || !slice_is(f->severity, "inform");
    extraction_name_sheet(in, d);
    x->problem(x->ctx, d);
    write_failure(x, f, value, n);
}

/* Of a cell that was read, the one thing there is to say. */
static const struct reading_text long_number = {
    "number.long", "有效数字超过十五位，电子表格可能已丢失末位数字",
    "more than 15 digits: a spreadsheet may have lost the last ones"};

void extraction_bad_cell(struct extraction *x, const struct input *in, const struct record *rec,
                         const struct bad_cell *bad)
{
    const struct map_column *m = &x->map->column[bad->column];
    const struct bound_column *from = &in->binding.column[bad->column];
    bool informs = bad->reading == READ_VALUE;
    const struct reading_text *text = informs ? &long_number : reading_text(bad->reading);
    struct cell_name cell = binding_cell(&in->binding, bad->column, rec);
    if (bad->place >= 0)
        cell = failure_cell((uint64_t)bad->place + 1, rec->line);
    uint64_t line = binding_line(&in->binding, bad->column, rec);
    struct failure f = failure_of(x, in);
    struct diag d;
    diag_set(&d, ST_FINDINGS, in->file, line, m->target, "%s: %s (cell %s)", text->en,
             diag_quote(bad->text).s, cell.s);
    if (!in->binding.label_line) {
        d.record = rec->number != rec->line ? rec->number : 0;
        f.record = rec->number;
    }
    f.severity = slice_of(informs ? "inform" : "error");
    f.rule = slice_of(text->rule);
    f.line = line;
    f.column = slice_of(m->target);
    f.header = slice_of(m->fill == FILL_VALUE ? binding_over(&in->binding, from->cell) : from->heading);
    f.cell = slice_of(cell.s);
    f.actual = bad->text;
    f.expected = slice_of(bad->expected);
    f.unit = slice_of(bad->unit ? bad->unit->name : "");
    f.message_zh = slice_of(text->zh);
    f.message_en = slice_of(text->en);
    finding(x, in, &d, &f, rec->cell, rec->n);
}

void extraction_mismatch(struct extraction *x, const struct input *in, const struct constant_mismatch *m)
{
    const struct map_column *c = &x->map->column[m->column];
    const char *known = in->binding.column[m->column].constant;
    const struct found_constant *found = m->found;
    const struct reading_text *text = reading_text(BAD_CONSTANT);
    struct cell_name cell = {""};
    struct failure f = failure_of(x, in);
    struct diag d;
    if (found->line)
        cell = failure_cell(found->cell + 1, found->line);
    diag_set(&d, ST_FINDINGS, in->file, found->line, c->target, "%s: %s, not '%s' (%s%s)", text->en,
             diag_quote(slice_of(found->text)).s, known, found->line ? "cell " : "in the name", cell.s);
    f.severity = slice_of("error");
    f.rule = slice_of(text->rule);
    f.line = found->line;
    f.column = slice_of(c->target);
    f.cell = slice_of(cell.s);
    f.actual = slice_of(found->text);
    f.expected = slice_of(known);
    f.message_zh = slice_of(text->zh);
    f.message_en = slice_of(text->en);
    finding(x, in, &d, &f, (const struct slice[]){f.actual, f.expected}, 2);
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
    finding(x, in, &d, &f, rec->cell, rec->n);
}

void extraction_unnamed(struct extraction *x, const struct input *in, size_t column,
                        const struct blank_column *found)
{
    const char *left = binding_left_of(&in->binding, column);
    struct cell_name cell = failure_cell(column + 1, found->line);
    struct failure f = failure_of(x, in);
    struct slice text = buf_view(&found->text);
    struct diag d;
    diag_set(&d, ST_FINDINGS, in->file, found->line, NULL,
             "figures under no heading, on the right of %s: %s (cell %s), %" PRIu64 " in all",
             diag_quote(slice_of(left)).s, diag_quote(text).s, cell.s, found->figures);
    f.severity = slice_of("error");
    f.rule = slice_of("structure.heading");
    f.line = found->line;
    f.header = slice_of(left);
    f.cell = slice_of(cell.s);
    f.actual = text;
    f.message_zh = slice_of("此处有数字而上方没有列标题，未读入；左侧标题如跨多列，请逐列写明");
    f.message_en = slice_of("figures under no heading are not read");
    finding(x, in, &d, &f, (const struct slice[]){f.cell, text}, 2);
}

void extraction_unlabelled(struct extraction *x, const struct input *in, const struct record *rec,
                           size_t column)
{
    struct cell_name cell = failure_cell(column + 1, rec->line);
    struct failure f = failure_of(x, in);
    struct slice text = trim(rec->cell[column]);
    struct diag d;
    diag_set(&d, ST_FINDINGS, in->file, rec->line, NULL,
             "figures in a row without a label: %s (cell %s); the row is left out", diag_quote(text).s,
             cell.s);
    f.severity = slice_of("error");
    f.rule = slice_of("structure.label");
    f.line = rec->line;
    f.record = rec->number;
    f.header = slice_of(binding_over(&in->binding, (int)column));
    f.cell = slice_of(cell.s);
    f.actual = text;
    f.message_zh = slice_of("本行有数字而没有项目名称，未读入");
    f.message_en = slice_of("figures in a row without a label are not read");
    finding(x, in, &d, &f, rec->cell, rec->n);
}

/* What is hidden in a workbook. */
static void hidden(struct extraction *x, const struct input *in, const char *severity, struct diag *d,
                   const char *zh, const char *actual)
{
    struct failure f = failure_of(x, in);
    f.severity = slice_of(severity);
    f.rule = slice_of("structure.hidden");
    f.line = d->line;
    f.actual = slice_of(actual);
    f.message_zh = slice_of(zh);
    f.message_en = slice_of(d->reason);
    finding(x, in, d, &f, &f.actual, 1);
}

void extraction_hidden_rows(struct extraction *x, const struct input *in, const struct sheet_count *rows)
{
    struct diag d;
    char actual[24], zh[160];
    diag_set(&d, ST_FINDINGS, in->file, rows->line, NULL,
             "%" PRIu64 " hidden row%s left out, the first of them here; --hidden reads them", rows->n,
             rows->n > 1 ? "s" : "");
    snprintf(actual, sizeof actual, "%" PRIu64, rows->n);
    snprintf(zh, sizeof zh, "有 %" PRIu64 " 个隐藏行未读入，自本行起；如应计入，请取消隐藏后再报", rows->n);
    hidden(x, in, "inform", &d, zh, actual);
}

void extraction_hidden_cells(struct extraction *x, const struct input *in, const struct sheet_count *cells)
{
    struct diag d;
    struct cell_name first = failure_cell(cells->column, cells->line);
    char zh[160];
    diag_set(&d, ST_FINDINGS, in->file, cells->line, NULL,
             "%" PRIu64
             " cell%s of the header or above it in hidden columns, read as any other, the first is %s: %s",
             cells->n, cells->n > 1 ? "s" : "", first.s, diag_quote(slice_of(cells->example)).s);
    snprintf(zh, sizeof zh, "表头或其上方有 %" PRIu64 " 个单元格在隐藏列中，已照常读入，首个为 %s", cells->n,
             first.s);
    hidden(x, in, "inform", &d, zh, cells->example);
}

void extraction_hidden_unit(struct extraction *x, const struct input *in, uint64_t line,
                            const struct unit *unit)
{
    struct diag d;
    char zh[160];
    diag_set(&d, ST_FINDINGS, in->file, line, NULL,
             "a hidden row states the unit %s, which figures are not read in; --hidden reads it", unit->name);
    snprintf(zh, sizeof zh, "隐藏行写明单位“%.40s”，与读数所用单位不同；请取消隐藏或删去该行后再报",
             unit->name);
    hidden(x, in, "error", &d, zh, unit->name);
}

void extraction_reject(struct extraction *x, const struct input *in, const struct diag *why)
{
    struct failure f = failure_of(x, in);
    f.severity = slice_of("reject");
    f.rule = slice_of(in->stage);
    f.line = why->line;
    f.record = why->record;
    f.message_zh =
        in->binding.nearest ? slice_of(in->binding.nearest) : slice_of(reject_text(in->stage, why->reason));
    f.message_en = slice_of(why->reason);
    write_failure(x, &f, &f.message_en, 1);
}
