/* SPDX-License-Identifier: MIT
 * reporter: from what a check of the structure, a cell or a key found to a record of the failure file. */
#include "lib/check/reporter_internal.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/hitkey.h"

static const char *const severities[] = {"reject", "error", "confirm", "inform"};

struct reporter *reporter_new(const struct schema *s, const struct rules *r, const struct origin *origin,
                              int origin_column, const char *file, struct report_subject subject)
{
    struct reporter *p = mem_zero(1, sizeof *p);
    p->schema = s;
    p->rules = r;
    p->origin = origin;
    p->origin_column = origin_column;
    p->file = file;
    p->subject = subject;
    p->findings = findings_new();
    return p;
}

void reporter_free(struct reporter *p)
{
    if (!p)
        return;
    findings_free(p->findings);
    for (size_t i = 0; i < REPORT_TEXTS; i++)
        buf_free(&p->text[i]);
    buf_free(&p->key);
    free(p);
}

struct findings *reporter_findings(struct reporter *p)
{
    return p->findings;
}

const uint64_t *reporter_failed(const struct reporter *p)
{
    return p->failed;
}

/* --- parts of a record --- */

struct buf *report_text(struct reporter *p)
{
    struct buf *b = &p->text[p->texts++ % REPORT_TEXTS];
    buf_clear(b);
    return b;
}

struct slice report_plain(struct reporter *p, struct slice field)
{
    if (!field.n || !memchr(field.p, '\\', field.n))
        return field;
    struct buf *b = report_text(p);
    buf_unescaped(b, field);
    return buf_view(b);
}

struct slice report_key(struct reporter *p, struct slice key)
{
    struct buf *b = report_text(p);
    size_t from = 0;
    for (size_t i = 0; i <= key.n; i++) {
        if (i < key.n && key.p[i] != '\t')
            continue;
        if (from)
            buf_char(b, '|');
        buf_unescaped(b, (struct slice){key.p + from, i - from});
        from = i + 1;
    }
    return buf_view(b);
}

struct failure report_begin(struct reporter *p, unsigned severity, const char *rule, const char *level,
                            const char *result)
{
    return (struct failure){.severity = slice_of(severities[severity]),
                            .run_id = slice_of(p->subject.run_id),
                            .rule = slice_of(rule),
                            .level = slice_of(level),
                            .result = slice_of(result),
                            .period = slice_of(p->subject.period),
                            .institution = slice_of(p->subject.institution),
                            .table = slice_of(p->subject.table),
                            .file = slice_of(p->file),
                            .sha256_8 = {p->subject.sha256, strnlen(p->subject.sha256, 8)},
                            .state = slice_of("open")};
}

static uint64_t number_of(struct slice field)
{
    int64_t v;
    return dec_parse_scaled(field, 0, &v) && v > 0 ? (uint64_t)v : 0;
}

void report_place(struct reporter *p, const struct batch *b, size_t row, struct failure *f)
{
    const struct schema *s = p->schema;
    f->line = b->line + row;
    if (p->origin_column >= 0) {
        size_t k = (size_t)p->origin_column;
        f->file = report_plain(p, batch_field(b, row, k));
        f->sheet = report_plain(p, batch_field(b, row, k + 1));
        f->line = number_of(batch_field(b, row, k + 2));
        f->record = number_of(batch_field(b, row, k + 3));
    }
    p->key_field = (struct slice){"", 0};
    if (s->keys) {
        p->key_field = key_of_row(b, row, s->key, s->keys, &p->key);
        f->key = report_key(p, p->key_field);
    }
}

void report_column(struct reporter *p, const struct batch *b, size_t row, size_t column, struct failure *f)
{
    struct slice file = {"", 0};
    if (p->origin_column >= 0)
        file = batch_field(b, row, (size_t)p->origin_column);
    report_column_of(p, file, column, f);
}

void report_column_of(struct reporter *p, struct slice file, size_t column, struct failure *f)
{
    const struct schema_column *c = &p->schema->column[column];
    f->column = slice_of(c->name);
    f->unit = slice_of(c->unit);
    if (!p->origin || p->origin_column < 0)
        return;
    const struct origin_column *o = origin_find(p->origin, file, c->field);
    if (!o)
        return;
    f->header = report_plain(p, o->heading);
    if (o->cell.n && f->line) {
        struct buf *cell = report_text(p);
        if (o->cell.p[0] >= '0' &&
            o->cell.p[0] <= '9') { /* a form: the line is the column's, the record a column */
            buf_text(cell, failure_cell(f->record, 0).s);
            buf_slice(cell, o->cell);
            f->line = o->header_line;
            f->record = 0;
        } else {
            buf_slice(cell, o->cell);
            buf_printf(cell, "%" PRIu64, f->line);
        }
        f->cell = buf_view(cell);
    }
}

void report_hit(struct reporter *p, const char *rule, const char *column, const struct slice *values,
                size_t n, struct failure *f)
{
    struct hitkey k = hitkey_begin();
    hitkey_add(&k, slice_of(rule));
    hitkey_add(&k, f->rule_version);
    hitkey_add(&k, slice_of(column));
    hitkey_add(&k, slice_of(p->subject.institution));
    hitkey_add(&k, slice_of(p->subject.period));
    hitkey_add(&k, p->key_field);
    for (size_t i = 0; i < n; i++)
        hitkey_add(&k, values[i]);
    hitkey_text(k, p->hit);
    f->hit_key = (struct slice){p->hit, 32};
}

void report_add(struct reporter *p, const struct failure *f, unsigned severity, unsigned order)
{
    bool failed = slice_is(f->result, "fail");
    p->failed[severity] += failed;
    findings_add(p->findings, f, order, !failed && rules_is_caused(f->cause));
}

/* --- structure, cells, keys, joins --- */

void report_reject(struct reporter *p, const char *check, const struct diag *d)
{
    struct failure f = report_begin(p, REPORT_REJECT, check, "0", "fail");
    struct buf *zh = report_text(p);
    f.file = slice_of(*d->file ? d->file : p->file);
    f.line = d->line;
    f.record = d->record;
    f.column = slice_of(d->column);
    f.message_en = slice_of(d->reason);
    buf_printf(zh, "%s: %s", strcmp(check, "structure.header") == 0 ? "表头与规定不符" : "文件无法读取",
               d->reason);
    f.message_zh = buf_view(zh);
    p->key_field = (struct slice){"", 0};
    report_hit(p, check, d->column, &f.message_en, 1, &f);
    report_add(p, &f, REPORT_REJECT, 0);
}

void report_ragged(struct reporter *p, const struct batch *b, size_t width)
{
    struct failure f = report_begin(p, REPORT_ERROR, "structure.row", "0", "fail");
    struct buf *en = report_text(p), *zh = report_text(p), *actual = report_text(p),
               *expected = report_text(p);
    struct slice row = batch_row(b, 0);
    f.line = b->line;
    buf_printf(en, "%zu fields where the header has %zu", b->width, width);
    buf_printf(zh, "该行有 %zu 个字段, 表头有 %zu 个", b->width, width);
    buf_printf(actual, "%zu", b->width);
    buf_printf(expected, "%zu", width);
    f.message_en = buf_view(en);
    f.message_zh = buf_view(zh);
    f.actual = buf_view(actual);
    f.expected = buf_view(expected);
    p->key_field = (struct slice){"", 0};
    report_hit(p, "structure.row", "", &row, 1, &f);
    report_add(p, &f, REPORT_ERROR, 0);
}

void report_cell(struct reporter *p, const struct batch *b, const struct cell_failure *found)
{
    const struct schema_column *c = &p->schema->column[found->column];
    struct slice field = batch_field(b, found->row, found->column);
    struct failure f = report_begin(p, REPORT_ERROR, fault_name(found->fault), "0", "fail");
    struct buf *en = report_text(p), *zh = report_text(p), *expected = report_text(p);
    report_place(p, b, found->row, &f);
    report_column(p, b, found->row, found->column, &f);
    schema_explain(c, found->fault, field, en, zh, expected);
    f.actual = report_plain(p, field);
    f.expected = buf_view(expected);
    f.message_en = buf_view(en);
    f.message_zh = buf_view(zh);
    report_hit(p, fault_name(found->fault), c->name, &field, 1, &f);
    report_add(p, &f, REPORT_ERROR, found->column);
}

/* Lines, with the file where it is not that of the first. */
static void list_members(struct buf *b, const struct key_member *member, size_t from, size_t n)
{
    for (size_t i = from; i < n; i++) {
        buf_text(b, i > from ? ", " : "");
        if (!slice_equal(member[i].file, member[0].file)) {
            buf_unescaped(b, member[i].file);
            buf_char(b, ':');
        }
        buf_printf(b, "%" PRIu64, member[i].line);
    }
}

void report_repeat(void *reporter, struct slice key, const struct key_member *member, size_t n)
{
    struct reporter *p = reporter;
    const struct schema *s = p->schema;
    struct failure f = report_begin(p, REPORT_ERROR, "key", "1", "fail");
    struct buf *en = report_text(p), *zh = report_text(p), *related = report_text(p),
               *columns = report_text(p);
    struct buf *actual = report_text(p);
    if (member[0].file.n)
        f.file = report_plain(p, member[0].file);
    f.line = member[0].line;
    f.key = report_key(p, key);
    for (size_t i = 0; i < s->keys; i++)
        buf_printf(columns, "%s%s", i ? "," : "", s->column[s->key[i]].name);
    list_members(related, member, 1, n);
    buf_printf(actual, "%zu", n);
    buf_printf(en, "%zu rows have the key %.*s: lines ", n, (int)f.key.n, f.key.p);
    list_members(en, member, 0, n);
    buf_printf(zh, "有 %zu 行的主键同为 %.*s: 第 ", n, (int)f.key.n, f.key.p);
    list_members(zh, member, 0, n);
    buf_text(zh, " 行");
    f.column = buf_view(columns);
    f.related = buf_view(related);
    f.actual = buf_view(actual);
    f.expected = slice_of("1");
    f.message_en = buf_view(en);
    f.message_zh = buf_view(zh);
    p->key_field = key;
    report_hit(p, "key", "", &f.actual, 1, &f);
    report_add(p, &f, REPORT_ERROR, 0);
}

void report_joins(struct reporter *p)
{
    for (size_t i = 0; i < p->rules->joins; i++) {
        const struct rule_join *j = p->rules->join[i];
        if (j->lacking == 0)
            continue;
        struct buf *rule = report_text(p), *en = report_text(p), *zh = report_text(p),
                   *actual = report_text(p);
        buf_printf(rule, "join.%s", j->name);
        struct failure f = report_begin(p, REPORT_INFORM, buf_string(rule), "2", "undecided");
        buf_printf(actual, "%" PRIu64, j->lacking);
        buf_printf(en,
                   "%" PRIu64 " of %" PRIu64
                   " rows have no row in %s by %s, so cards that need one are undecided",
                   j->lacking, j->run, j->name, j->keys_text);
        buf_printf(zh, "%" PRIu64 " 行(共 %" PRIu64 " 行)按 %s 在 %s 中无对应行, 需要它的规则未能判定",
                   j->lacking, j->run, j->keys_text, j->name);
        f.column = slice_of(j->keys_text);
        f.actual = buf_view(actual);
        f.message_en = buf_view(en);
        f.message_zh = buf_view(zh);
        p->key_field = (struct slice){"", 0};
        report_hit(p, buf_string(rule), j->keys_text, &f.actual, 1, &f);
        report_add(p, &f, REPORT_INFORM, (unsigned)i);
    }
}
