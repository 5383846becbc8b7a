/* SPDX-License-Identifier: MIT
 * rules_row: what the variables of the cards are on a row: its fields, those of the rows it finds in other
 * tables, constants. */
#include "lib/rules/rules_check.h"

/* --- joins --- */

static bool key_is_usable(const struct rule_join *j, const struct batch *b, size_t row,
                          const struct schema_check *faults)
{
    for (size_t i = 0; i < j->keys; i++) {
        if (j->key[i].own < 0)
            continue;
        size_t own = (size_t)j->key[i].own;
        struct slice f = batch_field(b, row, own);
        if (field_is_na(f) || (faults && schema_check_fault(faults, row, own) != FAULT_NONE) ||
            (j->key[i].months && !cell_is_month(f)))
            return false;
    }
    return true;
}

static int digits(const char *p, size_t n)
{
    int v = 0;
    for (size_t i = 0; i < n; i++)
        v = v * 10 + (p[i] - '0');
    return v;
}

static void add_month(struct buf *b, struct slice month, int more)
{
    int at = digits(month.p, 4) * 12 + digits(month.p + 5, 2) - 1 + more;
    if (at >= 0)
        buf_printf(b, "%04d-%02d", at / 12, at % 12 + 1);
}

static struct slice key_of(struct rules *r, const struct rule_join *j, const struct batch *b, size_t row)
{
    buf_clear(&r->key);
    for (size_t i = 0; i < j->keys; i++) {
        const struct join_key *k = &j->key[i];
        struct slice f = k->own < 0 ? k->text : batch_field(b, row, (size_t)k->own);
        if (i)
            buf_char(&r->key, '\t');
        if (k->months)
            add_month(&r->key, f, k->months);
        else if (!field_is_empty(f))
            buf_slice(&r->key, f);
    }
    return buf_view(&r->key);
}

void rules_resolve(struct rules *r, struct rule_join *j, const struct batch *b, size_t from, size_t to,
                   const struct schema_check *faults)
{
    for (size_t row = from; row < to; row++) {
        int64_t *at = &j->row[row - from];
        *at = JOIN_UNKNOWN;
        j->run++;
        if (key_is_usable(j, b, row, faults))
            *at = ref_index_row(j->index, key_of(r, j, b, row));
        j->found += *at >= 0;
        j->undecided += *at == JOIN_UNKNOWN;
    }
    memset(j->lacked, 0, sizeof j->lacked);
    j->resolved = true;
}

int64_t rules_joined(const struct rules_row *row, const struct rule_variable *v)
{
    if (row->example)
        return row->joined[v->join] ? 0 : JOIN_NONE;
    return row->rules->join[v->join]->row[row->row - row->from];
}

/* --- values --- */

struct slice rules_field(const struct rules_row *row, int variable)
{
    const struct rule_variable *v = &row->rules->variable[variable];
    if (v->kind == VARIABLE_EXISTS)
        return slice_of(rules_joined(row, v) >= 0 ? "1" : "0");
    if (row->example)
        return row->example[variable];
    if (v->kind == VARIABLE_COLUMN)
        return batch_field(row->batch, row->row, (size_t)v->column);
    if (v->kind == VARIABLE_GIVEN)
        return v->text;
    int64_t at = rules_joined(row, v);
    const struct rule_join *j = row->rules->join[v->join];
    return at < 0 ? (struct slice){"", 0} : ref_field(j->ref, (size_t)at, (size_t)v->ref_column);
}

void rules_fetch(void *ctx, int variable, struct value *out)
{
    const struct rules_row *row = ctx;
    const struct rule_variable *v = &row->rules->variable[variable];
    *out = (struct value){.kind = VALUE_RAW};
    if (v->kind == VARIABLE_EXISTS) {
        int64_t at = rules_joined(row, v);
        out->kind = at == JOIN_UNKNOWN ? VALUE_EMPTY : VALUE_BOOL;
        out->truth = at >= 0;
        return;
    }
    out->text = rules_field(row, variable);
    if (field_is_empty(out->text))
        out->kind = VALUE_EMPTY;
    else if (field_is_na(out->text))
        out->kind = VALUE_NA;
}
