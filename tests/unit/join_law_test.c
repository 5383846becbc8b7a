/* SPDX-License-Identifier: MIT
 * join_law_test: 200 random pairs of tables joined in memory and beyond it, and with the rows of the table in
 * another order: the same rows. See tests/unit/law.h. */
#include "lib/order/join.h"
#include "lib/stream/table.h"
#include "tests/unit/law.h"

enum { ROUNDS = 200, SPARE_MEMORY = 1 << 30, LITTLE_MEMORY = 16000 };

/* What a round asks for; the tables have the columns a b date v, and a b from to w. */
struct wish {
    bool two_keys, dated, half_open, months, all, adds, unmet;
};

static void add_key(struct law *l, unsigned different, struct buf *b)
{
    static const char *const odd[] = {"", "\\N", "\\-", "键", "a-key-longer-than-sixteen-bytes"};
    if (law_chance(l, 12))
        buf_text(b, odd[law_below(l, 5)]);
    else
        buf_printf(b, "k%u", law_below(l, different));
}

static void add_date(struct law *l, const struct wish *w, unsigned month, struct buf *b)
{
    buf_printf(b, "20%02u-%02u", 20 + month / 12 % 80, month % 12 + 1);
    if (!w->months)
        buf_printf(b, "-%02u", 1 + law_below(l, 28));
}

static void make_table(struct law *l, const struct wish *w, struct buf *b)
{
    static const unsigned sizes[] = {0, 1, 5, 60, 300, 900};
    unsigned rows = sizes[law_below(l, 6)], keys = 1 + law_below(l, 60);
    buf_text(b, "a\tb\tdate\tv\n");
    for (unsigned i = 0; i < rows; i++) {
        add_key(l, keys, b);
        buf_char(b, '\t');
        add_key(l, 2, b);
        buf_char(b, '\t');
        if (!law_chance(l, 10))
            add_date(l, w, law_below(l, 60), b);
        else
            buf_text(b, law_chance(l, 50) ? "" : "\\-");
        buf_printf(b, "\t%s%u\n", law_chance(l, 5) ? "\\\\" : "", i);
    }
}

/* Unless rows may share their key and their days, those of a key follow each other in time, a span ending
 * before the next begins, and without dates they are the same; but for some rounds, where a row is wrong. */
static void make_reference(struct law *l, const struct wish *w, struct buf *b)
{
    static const unsigned sizes[] = {0, 1, 5, 60, 300};
    unsigned rows = sizes[law_below(l, 5)], keys = 1 + law_below(l, 60), spans = 1 + law_below(l, 8);
    bool may_share = w->all || !w->adds, broken = law_chance(l, 20);
    struct buf sorted = {0};
    buf_text(&sorted, "a\tb\tfrom\tto\tw\n");
    for (unsigned i = 0; i < rows; i++) {
        bool wrong = broken && law_chance(l, 3);
        unsigned group = wrong ? law_below(l, i / spans + 1) : i / spans,
                 begins = i % spans * 8 + law_below(l, 3);
        unsigned key = may_share ? law_below(l, keys) : group,
                 other = may_share ? law_below(l, 2) : group % 2;
        buf_printf(&sorted, "k%u\tk%u\t", key, other);
        if (w->dated && (i % spans > 0 || law_chance(l, 60)))
            add_date(l, w, begins, &sorted);
        buf_char(&sorted, '\t');
        if (w->dated && (i % spans + 1 < spans || law_chance(l, 60)))
            add_date(l, w, begins + 3 + law_below(l, 2), &sorted);
        buf_printf(&sorted, "\tw%u%s\n", w->dated || may_share || wrong ? i : key, key % 9 ? "" : "\\\\");
    }
    law_shuffle(l, &sorted, b);
    buf_free(&sorted);
}

static struct wish make_wish(struct law *l)
{
    struct wish w = {.two_keys = law_chance(l, 40),
                     .dated = law_chance(l, 50),
                     .half_open = law_chance(l, 50),
                     .months = law_chance(l, 30),
                     .all = law_chance(l, 40),
                     .adds = law_chance(l, 80),
                     .unmet = law_chance(l, 50)};
    w.half_open = w.half_open && w.dated;
    return w;
}

static void put(struct buf *out, const struct joined *row, const char *what)
{
    buf_text(out, what);
    buf_char(out, '\t');
    buf_slice(out, what[0] == 'u' ? row->key : row->row);
    buf_char(out, '\t');
    buf_slice(out, row->found || what[0] == 'u' ? row->added : row->key);
    buf_char(out, '\n');
}

static void join(const struct wish *w, const struct buf *table, const struct buf *reference, bool spills,
                 struct buf *out)
{
    static const int key[] = {0, 1}, added[] = {4, 2};
    struct diag d = {0};
    struct law_file files[] = {law_file(table), law_file(reference)};
    struct table *t = table_open(files[0].name, &d), *r = table_open(files[1].name, &d);
    struct join_rule rule = {.key = key,
                             .ref_key = key,
                             .keys = w->two_keys ? 2 : 1,
                             .added = added,
                             .adds = w->adds ? 2 : 0,
                             .dated = w->dated,
                             .date = 2,
                             .from = 2,
                             .to = 3,
                             .half_open = w->half_open,
                             .all = w->all,
                             .unmet = w->unmet,
                             .memory = spills ? LITTLE_MEMORY : SPARE_MEMORY};
    struct join *j = join_new(t, r, &rule);
    struct joined row;
    enum status st = join_load(j, &d);
    while (st == ST_OK && (st = join_next(j, &row, &d)) == ST_OK && row.row.p)
        put(out, &row, row.found ? "found" : "none");
    while (st == ST_OK && w->unmet && (st = join_unmet(j, &row, &d)) == ST_OK && row.row.p)
        put(out, &row, "unmet");
    if (st != ST_OK) {
        buf_clear(out);
        buf_printf(out, "line %u: %s\n", (unsigned)d.line, d.reason);
    }
    join_free(j);
    table_close(t);
    table_close(r);
    close(files[0].fd);
    close(files[1].fd);
}

int main(int argc, char **argv)
{
    struct law l = law_begin(argc, argv);
    struct tap t = {0};
    bool spilled = true, permuted = true;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct wish w = make_wish(&l);
        struct buf table = {0}, reference = {0}, shuffled = {0}, out[3] = {{0}};
        make_table(&l, &w, &table);
        make_reference(&l, &w, &reference);
        law_shuffle(&l, &table, &shuffled);
        join(&w, &table, &reference, false, &out[0]);
        join(&w, &table, &reference, true, &out[1]);
        join(&w, &shuffled, &reference, round % 2, &out[2]);
        spilled = spilled && slice_equal(buf_view(&out[0]), buf_view(&out[1]));
        permuted = permuted && law_same_lines(&out[0], &out[2]);
        law_number(&l, "keys", w.two_keys ? 2 : 1);
        law_number(&l, "dated", w.dated);
        law_number(&l, "half_open", w.half_open);
        law_number(&l, "all", w.all);
        law_number(&l, "adds", w.adds);
        law_number(&l, "unmet", w.unmet);
        law_text(&l, "table", buf_view(&table));
        law_text(&l, "reference", buf_view(&reference));
        law_text(&l, "output", buf_view(&out[0]));
        law_end_round(&l);
        buf_free(&table);
        buf_free(&reference);
        buf_free(&shuffled);
        for (size_t i = 0; i < 3; i++)
            buf_free(&out[i]);
    }
    if (l.transcript)
        return 0;
    tap_ok(&t, spilled, "200 pairs of tables: beyond memory as in memory");
    tap_ok(&t, permuted, "200 pairs of tables: the order of the rows makes no difference to what is found");
    return tap_end(&t);
}
