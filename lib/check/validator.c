/* SPDX-License-Identifier: MIT
 * validator: one table against its schema, its key and its rule cards. */
#include "lib/check/validator.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"

void validator_init(struct validator *v, const struct schema *s, struct rules *r, const struct origin *origin,
                    int origin_column, const char *file, struct report_subject subject)
{
    *v = (struct validator){.schema = s, .rules = r};
    v->precision = precision_new(s, origin, origin_column);
    v->reporter = reporter_new(s, r, origin, origin_column, file, subject);
    schema_check_init(&v->check, s);
    if (s->keys)
        v->key = schema_key_new(s, origin_column, origin_column < 0 ? -1 : origin_column + 2);
}

void validator_free(struct validator *v)
{
    schema_key_free(v->key);
    schema_check_free(&v->check);
    precision_free(v->precision);
    reporter_free(v->reporter);
    free(v->bad);
    *v = (struct validator){0};
}

static void take_rule(void *ctx, const struct rule *c, const struct rules_row *row,
                      const struct rule_outcome *o)
{
    struct validator *v = ctx;
    if (o->verdict == VERDICT_FAIL && c->severity == SEVERITY_ERROR)
        v->bad[row->row] = true;
    report_rule(v->reporter, c, row, o);
}

_Static_assert((int)RULES_ROWS <= (int)SCHEMA_ROWS,
               "the cards take the values of the piece that the schema judged");

static void check_piece(struct validator *v, const struct batch *b, size_t from, size_t to)
{
    schema_check_rows(&v->check, b, from, to);
    for (size_t i = 0; i < v->check.failures; i++) {
        v->bad[v->check.found[i].row] = true;
        report_cell(v->reporter, b, &v->check.found[i]);
    }
    if (v->key)
        schema_key_rows(v->key, b, from, to, &v->check);
    if (v->rules->count)
        rules_check_rows(v->rules, b, from, to, &v->check, v->precision, take_rule, v);
}

void validator_batch(struct validator *v, const struct batch *b, size_t width)
{
    v->rows += b->rows;
    if (b->rows > v->bad_cap) {
        v->bad_cap = b->rows;
        v->bad = mem_array(v->bad, v->bad_cap, sizeof *v->bad);
    }
    memset(v->bad, 0, b->rows * sizeof *v->bad);
    if (b->ragged) {
        v->ragged++;
        v->bad[0] = true;
        report_ragged(v->reporter, b, width);
        return;
    }
    for (size_t from = 0; from < b->rows; from += RULES_ROWS)
        check_piece(v, b, from, b->rows - from < RULES_ROWS ? b->rows : from + RULES_ROWS);
}

void validator_end(struct validator *v)
{
    if (v->key)
        schema_key_repeats(v->key, report_repeat, v->reporter);
    if (reporter_failed(v->reporter)[REPORT_REJECT] == 0) /* of half a table nothing can be said */
        rules_end(v->rules, report_group, v->reporter);
    report_joins(v->reporter);
    findings_sort(reporter_findings(v->reporter));
}

bool validator_has_findings(const struct validator *v)
{
    const uint64_t *failed = reporter_failed(v->reporter);
    bool found = failed[REPORT_REJECT] || failed[REPORT_ERROR] || failed[REPORT_CONFIRM];
    for (size_t i = 0; i < v->rules->count; i++)
        found = found || (v->rules->rule[i].undecided && v->rules->rule[i].severity != SEVERITY_INFORM);
    return found;
}

void validator_verdict(const struct validator *v, struct buf *text)
{
    static const char *const name[] = {"reject", "error", "confirm", "inform"};
    const uint64_t *failed = reporter_failed(v->reporter);
    uint64_t all = failed[0] + failed[1] + failed[2] + failed[3], undecided = 0, lacking = 0;
    for (size_t i = 0; i < v->rules->count; i++)
        undecided += v->rules->rule[i].undecided - v->rules->rule[i].orphaned;
    for (size_t i = 0; i < v->rules->joins; i++)
        lacking += v->rules->join[i]->lacking;
    if (all + undecided + lacking == 0)
        return;
    buf_printf(text, "%" PRIu64 " row%s, %" PRIu64 " failure%s", v->rows, v->rows == 1 ? "" : "s", all,
               all == 1 ? "" : "s");
    size_t told = 0;
    for (size_t i = 0; i < REPORT_SEVERITIES; i++)
        if (failed[i])
            buf_printf(text, "%s%" PRIu64 " %s", told++ ? ", " : " (", failed[i], name[i]);
    buf_text(text, told ? ")" : "");
    if (undecided)
        buf_printf(text, ", %" PRIu64 " undecided", undecided);
    for (size_t i = 0; i < v->rules->joins; i++) {
        const struct rule_join *j = v->rules->join[i];
        if (j->lacking)
            buf_printf(text, ", %" PRIu64 " row%s not in %s", j->lacking, j->lacking == 1 ? "" : "s",
                       j->name);
    }
}
