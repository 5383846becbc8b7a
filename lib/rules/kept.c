/* SPDX-License-Identifier: MIT
 * kept: rows remembered for a card that decides over all of them. */
#include "lib/rules/kept.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/stream/keymap.h"

struct kept_row {
    uint64_t line, record;
    const struct rat *half;
    struct rat number;
    size_t place; /* of its number in names: file and sheet */
    int bad;      /* the variable whose cell makes it KEPT_BAD */
    uint8_t state, kind, fault;
    bool truth;
};

struct kept {
    const struct rules *rules;
    const struct rule *card;
    struct kept_row *row;
    size_t rows, cap;
    struct buf bytes; /* the fields of all rows: variables of the card, those only told, the key */
    size_t *end;
    size_t fields, fields_cap, width;
    struct keymap *places; /* file TAB sheet */
    struct buf scratch;
};

struct kept *kept_new(const struct rules *r, const struct rule *c)
{
    struct kept *k = mem_zero(1, sizeof *k);
    k->rules = r;
    k->card = c;
    k->width = c->variables + c->tolds + 1;
    k->places = keymap_new(0);
    return k;
}

void kept_free(struct kept *k)
{
    if (!k)
        return;
    buf_free(&k->bytes);
    buf_free(&k->scratch);
    keymap_free(k->places);
    free(k->row);
    free(k->end);
    free(k);
}

static void add_field(struct kept *k, struct slice f)
{
    buf_slice(&k->bytes, f);
    k->end = mem_grow(k->end, k->fields, &k->fields_cap, sizeof *k->end);
    k->end[k->fields++] = k->bytes.n;
}

static uint64_t number_of(struct slice field)
{
    int64_t v;
    return dec_parse_scaled(field, 0, &v) && v > 0 ? (uint64_t)v : 0;
}

static void find_place(struct kept *k, const struct rules_row *row, struct kept_row *r)
{
    const struct batch *b = row->batch;
    int origin = k->rules->origin_column;
    buf_clear(&k->scratch);
    r->line = b->line + row->row;
    if (origin >= 0) {
        size_t at = (size_t)origin;
        buf_slice(&k->scratch, batch_field(b, row->row, at));
        buf_char(&k->scratch, '\t');
        buf_slice(&k->scratch, batch_field(b, row->row, at + 1));
        r->line = number_of(batch_field(b, row->row, at + 2));
        r->record = number_of(batch_field(b, row->row, at + 3));
    }
    r->place = keymap_put(k->places, buf_view(&k->scratch));
}

void kept_add(struct kept *k, const struct rules_row *row, enum kept_state state,
              const struct rule_outcome *why, const struct value *check)
{
    const struct schema *s = k->rules->schema;
    struct kept_row r = {.half = row->half,
                         .state = (uint8_t)state,
                         .bad = why->cause_variable,
                         .fault = (uint8_t)why->cause_fault,
                         .kind = (uint8_t)check->kind,
                         .truth = check->truth,
                         .number = check->num};
    find_place(k, row, &r);
    for (size_t i = 0; i < k->card->variables; i++)
        add_field(k, rules_field(row, k->card->variable[i]));
    for (size_t i = 0; i < k->card->tolds; i++)
        add_field(k, rules_field(row, k->card->told[i]));
    add_field(k, s->keys ? key_of_row(row->batch, row->row, s->key, s->keys, &k->scratch)
                         : (struct slice){"", 0});
    k->row = mem_grow(k->row, k->rows, &k->cap, sizeof *k->row);
    k->row[k->rows++] = r;
}

size_t kept_rows(const struct kept *k)
{
    return k->rows;
}

enum kept_state kept_state(const struct kept *k, size_t row)
{
    return (enum kept_state)k->row[row].state;
}

static struct slice field_at(const struct kept *k, size_t row, size_t at)
{
    size_t i = row * k->width + at, from = i ? k->end[i - 1] : 0;
    return (struct slice){k->bytes.p + from, k->end[i] - from};
}

struct slice kept_field(const struct kept *k, size_t row, int variable)
{
    const struct rule *c = k->card;
    for (size_t i = 0; i < c->variables; i++)
        if (c->variable[i] == variable)
            return field_at(k, row, i);
    for (size_t i = 0; i < c->tolds; i++)
        if (c->told[i] == variable)
            return field_at(k, row, c->variables + i);
    return (struct slice){"", 0};
}

struct rat kept_half(const struct kept *k, size_t row, int column)
{
    return column >= 0 ? k->row[row].half[column] : rat_int(0);
}

struct value kept_check(const struct kept *k, size_t row)
{
    const struct kept_row *r = &k->row[row];
    return (struct value){.kind = (enum value_kind)r->kind, .truth = r->truth, .num = r->number};
}

struct kept_place kept_place(const struct kept *k, size_t row)
{
    const struct kept_row *r = &k->row[row];
    struct slice both = keymap_key(k->places, (uint32_t)r->place);
    const char *tab = both.n ? memchr(both.p, '\t', both.n) : NULL;
    struct kept_place place = {
        .file = both, .key = field_at(k, row, k->width - 1), .line = r->line, .record = r->record};
    if (tab) {
        place.file.n = (size_t)(tab - both.p);
        place.sheet = (struct slice){tab + 1, both.n - place.file.n - 1};
    }
    return place;
}

int kept_bad(const struct kept *k, size_t row)
{
    return k->row[row].state == KEPT_BAD ? k->row[row].bad : -1;
}

void kept_explain(const struct kept *k, size_t row, struct cause_text *cause)
{
    const struct kept_row *r = &k->row[row];
    if (r->state == KEPT_BAD)
        rules_caused_by(k->rules, (enum cell_fault)r->fault, r->bad, r->line, cause);
    else
        cause_add(cause, "the condition is undecided in line %" PRIu64, "第 %" PRIu64 " 行的适用条件无法判定",
                  r->line);
}
