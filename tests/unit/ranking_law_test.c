/* SPDX-License-Identifier: MIT
 * ranking_law_test: 200 random tables ranked in memory and beyond it, with decoded numbers and without, in
 * their order and in another: the same ranks. See tests/unit/law.h. */
#include "lib/order/order_list.h"
#include "lib/order/rank_columns.h"
#include "lib/order/ranking.h"
#include "lib/order/rows.h"
#include "lib/stream/table.h"
#include "tests/unit/law.h"

enum { ROUNDS = 200, SPARE_MEMORY = 1 << 30, LITTLE_MEMORY = 10000 };

static void add_number(struct law *l, bool wide, struct buf *b)
{
    static const char *const few[] = {"0",    "0.00", "-0.0",  "1",     "1.0", "2.5",
                                      "2.50", "-3",   "-3.25", "10.00", "10",  "9.999"};
    static const char *const wides[] = {
        "123456789012345678901234567890", "-0.000000000000000001",
        "0.000000000000000001",           "99999999999999.99",
        "99999999999999.990000",          "-123456789012345678901234567890.5"};
    unsigned kind = law_below(l, 100);
    if (kind < 6)
        buf_text(b, kind % 2 ? "" : "\\N");
    else if (kind < 11)
        buf_text(b, "\\-");
    else if (kind < 50)
        buf_printf(b, "%d%s", (int)law_below(l, 80) - 40, law_chance(l, 50) ? ".5" : "");
    else if (wide && kind < 65)
        buf_text(b, wides[law_below(l, 6)]);
    else
        buf_text(b, few[law_below(l, 12)]);
}

static void make_table(struct law *l, struct buf *b)
{
    static const char *const groups[] = {"E", "W", "", "\\-"};
    static const char *const texts[] = {
        "a", "ab", "b", "中文", "", "\\-", "B", "a-long-text-they-share-1", "a-long-text-they-share-2"};
    static const unsigned sizes[] = {0, 1, 2, 10, 40, 90, 300, 1000};
    bool wide = law_chance(l, 25);
    unsigned rows = sizes[law_below(l, 8)];
    buf_text(b, "id\tg\tx\ty\tt\n");
    for (unsigned i = 0; i < rows; i++) {
        buf_printf(b, "r%u\t%s\t", i, groups[law_below(l, 4)]);
        add_number(l, wide, b);
        buf_char(b, '\t');
        add_number(l, false, b);
        buf_printf(b, "\t%s\n", texts[law_below(l, 9)]);
    }
}

/* What a round asks for. */
struct wish {
    char keys[80];
    bool grouped, where, sorted;
    unsigned decimals; /* 9: exact */
    bool missing_first;
    struct contest_rule contest;
    struct rank_columns columns;
};

static void make_keys(struct law *l, char *keys, size_t room)
{
    static const char *const names[] = {"x", "y", "t:text"};
    static const char *const ways[] = {"", ":asc", ":desc"};
    unsigned n = 1 + law_below(l, 3), first = law_below(l, 3);
    keys[0] = '\0';
    for (unsigned i = 0; i < n; i++)
        snprintf(keys + strlen(keys), room - strlen(keys), "%s%s%s", i ? "," : "", names[(first + i) % 3],
                 ways[law_below(l, 3)]);
}

static struct wish make_wish(struct law *l)
{
    struct wish w = {.grouped = law_chance(l, 60),
                     .where = law_chance(l, 25),
                     .sorted = law_chance(l, 40),
                     .decimals = law_chance(l, 20) ? law_below(l, 2) : 9};
    bool counted = law_chance(l, 30);
    make_keys(l, w.keys, sizeof w.keys);
    w.contest.ties = (enum ties)law_below(l, 5);
    w.contest.edge = law_chance(l, 50) ? (enum ties)law_below(l, 5) : w.contest.ties;
    w.contest.first = law_chance(l, 40) ? 1 + law_below(l, 12) : 0;
    w.contest.missing_competes = law_chance(l, 30);
    w.missing_first = w.contest.missing_competes && law_chance(l, 50);
    w.contest.ranked = true;
    w.contest.counted = counted;
    w.columns = (struct rank_columns){.rank = "rank", .digits = 3, .dense = w.contest.ties == TIES_DENSE};
    if (counted) {
        w.columns.percent = "percent";
        w.columns.share = "share";
        w.columns.band = "band";
        w.columns.bands = 1 + law_below(l, 5);
    }
    return w;
}

/* The ways in which the same must come out. */
enum way { IN_MEMORY, SPILLED, CAREFUL, WAYS };

static void rank(const struct wish *wish, const struct buf *text, enum way way, struct buf *out)
{
    struct diag d = {0};
    struct law_file file = law_file(text);
    struct table *t = table_open(file.name, &d);
    struct order_list keys;
    size_t groups = 0;
    if (!t || order_list_read(&keys, wish->keys, t, &d) != ST_OK)
        abort();
    int *group = wish->grouped ? row_columns(t, "g", &groups, &d) : NULL;
    struct expr *where = wish->where ? row_condition(t, "y > 1", &d) : NULL;
    for (size_t k = 0; k < keys.n; k++) {
        keys.key[k].missing_first = wish->missing_first;
        keys.key[k].rounded = wish->decimals != 9;
        keys.key[k].decimals = wish->decimals;
    }
    struct ranking_rule rule = {.key = keys.key,
                                .column = keys.column,
                                .keys = keys.n,
                                .group = group,
                                .groups = groups,
                                .where = where,
                                .contest = wish->contest,
                                .in_order = wish->sorted,
                                .careful = way == CAREFUL,
                                .memory = way == SPILLED ? LITTLE_MEMORY : SPARE_MEMORY};
    struct ranking *r = ranking_new(t, &rule);
    struct ranked row;
    struct buf plain = {0};
    if (ranking_read(r, &d) != ST_OK)
        abort();
    while (ranking_next(r, &row, &d) == ST_OK && row.row.p) {
        buf_slice(out, fields_without_null(row.row, &plain));
        rank_columns_row(&wish->columns, &row, NULL, out);
        buf_char(out, '\n');
    }
    buf_free(&plain);
    ranking_free(r);
    expr_free(where);
    order_list_free(&keys);
    free(group);
    table_close(t);
    close(file.fd);
}

static void tell(struct law *l, const struct wish *w, const struct buf *table, const struct buf *out)
{
    static const char *const ties[] = {"min", "max", "dense", "ordinal", "average"};
    law_text(l, "keys", slice_of(w->keys));
    law_text(l, "ties", slice_of(ties[w->contest.ties]));
    law_text(l, "edge", slice_of(ties[w->contest.edge]));
    law_number(l, "first", w->contest.first);
    law_number(l, "grouped", w->grouped);
    law_number(l, "where", w->where);
    law_number(l, "sorted", w->sorted);
    law_number(l, "decimals", w->decimals);
    law_number(l, "missing_competes", w->contest.missing_competes);
    law_number(l, "missing_first", w->missing_first);
    law_number(l, "bands", w->columns.bands);
    law_text(l, "table", buf_view(table));
    law_text(l, "output", buf_view(out));
    law_end_round(l);
}

/* Whether no rank depends on the order of the input. */
static bool is_free_of_order(const struct wish *w)
{
    return w->contest.ties != TIES_ORDINAL && (!w->contest.first || w->contest.edge != TIES_ORDINAL);
}

int main(int argc, char **argv)
{
    struct law l = law_begin(argc, argv);
    struct tap t = {0};
    bool agree[WAYS] = {true, true, true}, permuted = true;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct wish wish = make_wish(&l);
        struct buf table = {0}, shuffled = {0}, out[WAYS] = {{0}}, other = {0};
        make_table(&l, &table);
        law_shuffle(&l, &table, &shuffled);
        for (enum way way = IN_MEMORY; way < WAYS; way++) {
            rank(&wish, &table, way, &out[way]);
            agree[way] = agree[way] && slice_equal(buf_view(&out[IN_MEMORY]), buf_view(&out[way]));
        }
        rank(&wish, &shuffled, round % 2 ? SPILLED : IN_MEMORY, &other);
        if (is_free_of_order(&wish))
            permuted = permuted && law_same_lines(&out[IN_MEMORY], &other);
        tell(&l, &wish, &table, &out[IN_MEMORY]);
        buf_free(&table);
        buf_free(&shuffled);
        buf_free(&other);
        for (enum way way = IN_MEMORY; way < WAYS; way++)
            buf_free(&out[way]);
    }
    if (l.transcript)
        return 0;
    tap_ok(&t, agree[SPILLED], "200 tables: beyond memory as in memory");
    tap_ok(&t, agree[CAREFUL], "200 tables: field by field as with decoded columns");
    tap_ok(&t, permuted, "200 tables: the order of the rows makes no difference");
    return tap_end(&t);
}
