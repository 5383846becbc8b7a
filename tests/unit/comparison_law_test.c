/* SPDX-License-Identifier: MIT
 * comparison_law_test: 200 random pairs of tables compared in memory and beyond it, and with their rows in
 * another order: the same differences. See tests/unit/law.h. */
#include "lib/order/comparison.h"
#include "lib/stream/table.h"
#include "tests/unit/law.h"

enum { ROUNDS = 200, SPARE_MEMORY = 1 << 30, LITTLE_MEMORY = 16000, COLUMNS = 3 };

/* What a round asks for; the tables have the columns k j x y t, the new one in another order. */
struct wish {
    bool two_keys, all;
    struct comparison_column column[COLUMNS]; /* x, y and t */
};

static void add_value(struct law *l, bool text, struct buf *b)
{
    static const char *const words[] = {"", "\\N", "\\-", "a", "中", "tab\\there", "1.0", "1.00", "01"};
    static const char *const wides[] = {"12345678901234567.5", "-0.000000000000000001",
                                        "1.999999999999999999"};
    unsigned kind = law_below(l, 100);
    if (text || kind < 12)
        buf_text(b, words[law_below(l, text ? 9 : 3)]);
    else if (kind < 16)
        buf_text(b, wides[law_below(l, 3)]);
    else
        buf_printf(b, "%d.%0*u", (int)law_below(l, 40) - 20, 1 + (int)law_below(l, 2), law_below(l, 10));
}

struct row {
    unsigned k, j;
    char field[COLUMNS][40];
};

static void make_field(struct law *l, bool text, char field[40])
{
    struct buf b = {0};
    add_value(l, text, &b);
    snprintf(field, 40, "%.*s", (int)b.n, b.p ? b.p : "");
    buf_free(&b);
}

static void write_table(const struct row *row, const bool *out, size_t n, bool is_new, struct buf *b)
{
    buf_text(b, is_new ? "t\tj\tx\tk\ty\n" : "k\tj\tx\ty\tt\n");
    for (size_t i = 0; i < n; i++) {
        const struct row *r = &row[i];
        if (out[i])
            continue;
        if (is_new)
            buf_printf(b, "%s\tj%u\t%s\tk%u\t%s\n", r->field[2], r->j, r->field[0], r->k, r->field[1]);
        else
            buf_printf(b, "k%u\tj%u\t%s\t%s\t%s\n", r->k, r->j, r->field[0], r->field[1], r->field[2]);
    }
}

/* A table and what became of it: some cells changed, some rows gone or new, now and then a row twice. */
static void make_tables(struct law *l, bool two_keys, struct buf *before, struct buf *now)
{
    enum { MOST = 400 };
    static const unsigned sizes[] = {0, 1, 4, 50, MOST};
    static struct row row[MOST];
    bool gone[MOST] = {false}, new[MOST] = {false};
    unsigned n = sizes[law_below(l, 5)], changed = law_below(l, 20), twice = law_chance(l, 10) ? 1 : 0;
    for (unsigned i = 0; i < n; i++) {
        row[i] = (struct row){.k = two_keys ? i / 2 : i, .j = two_keys ? i % 2 : 7};
        if (i && twice && law_chance(l, 2)) {
            row[i].k = row[i - 1].k;
            row[i].j = row[i - 1].j;
        }
        for (unsigned c = 0; c < COLUMNS; c++)
            make_field(l, c == 2, row[i].field[c]);
        new[i] = law_chance(l, changed / 4);
        gone[i] = !new[i] && law_chance(l, changed / 4);
    }
    write_table(row, new, n, false, before);
    for (unsigned i = 0; i < n; i++)
        for (unsigned c = 0; c < COLUMNS; c++)
            if (law_chance(l, changed))
                make_field(l, c == 2, row[i].field[c]);
    write_table(row, gone, n, true, now);
}

static struct wish make_wish(struct law *l)
{
    static const int olds[] = {2, 3, 4}, news[] = {2, 4, 0};
    struct wish w = {.two_keys = law_chance(l, 50), .all = law_chance(l, 30)};
    for (unsigned c = 0; c < COLUMNS; c++) {
        w.column[c] = (struct comparison_column){.old_number = olds[c], .new_number = news[c]};
        w.column[c].number = c < 2 && law_chance(l, 60);
        if (w.column[c].number && law_chance(l, 60)) {
            w.column[c].unit = (enum tolerance_unit)law_below(l, 3);
            w.column[c].tolerance = (struct dec){law_below(l, 30), law_below(l, 2)};
        }
    }
    return w;
}

static void compare(const struct wish *w, const struct buf *before, const struct buf *now, bool spills,
                    struct buf *out)
{
    static const int old_key[] = {0, 1}, new_key[] = {3, 1};
    struct diag d = {0};
    struct law_file files[] = {law_file(before), law_file(now)};
    struct table *a = table_open(files[0].name, &d), *b = table_open(files[1].name, &d);
    struct comparison_rule rule = {.old_key = old_key,
                                   .new_key = new_key,
                                   .keys = w->two_keys ? 2 : 1,
                                   .column = w->column,
                                   .columns = COLUMNS,
                                   .all = w->all,
                                   .memory = spills ? LITTLE_MEMORY : SPARE_MEMORY};
    struct comparison *c = comparison_new(a, b, &rule);
    struct difference cell;
    enum status st = comparison_read(c, &d);
    while (st == ST_OK && (st = comparison_next(c, &cell, &d)) == ST_OK && cell.key.p) {
        buf_slice(out, cell.key);
        buf_printf(out, "\t%c\t", "xyt"[cell.column]);
        buf_slice(out, cell.old_field);
        buf_char(out, '\t');
        buf_slice(out, cell.new_field);
        buf_char(out, '\t');
        if (cell.subtracts)
            dec_print(out, cell.difference);
        buf_printf(out, "\t%s\n", difference_name(cell.kind));
    }
    for (unsigned i = 0; st == ST_OK && i < COLUMNS; i++) {
        struct comparison_sum sum = comparison_sum(c, i);
        for (unsigned kind = 0; kind < DIFFERENCE_KINDS; kind++)
            buf_printf(out, "%u ", (unsigned)sum.cells[kind]);
        if (sum.subtracts)
            dec_print(out, sum.difference);
        buf_char(out, '\n');
    }
    if (st != ST_OK) { /* lines are those of the table as it was given */
        buf_clear(out);
        buf_printf(out, "%s: %s\n", strcmp(d.file, files[0].name) == 0 ? "old" : "new", d.reason);
    }
    comparison_free(c);
    table_close(a);
    table_close(b);
    close(files[0].fd);
    close(files[1].fd);
}

static void tell(struct law *l, const struct wish *w, const struct buf *before, const struct buf *now,
                 const struct buf *out)
{
    static const char *const names[] = {"x", "y", "t"}, *const units[] = {"own", "percent", "last"};
    law_number(l, "keys", w->two_keys ? 2 : 1);
    law_number(l, "all", w->all);
    for (unsigned c = 0; c < COLUMNS; c++) {
        const struct comparison_column *column = &w->column[c];
        struct buf b = {0};
        dec_print(&b, column->tolerance);
        buf_printf(&b, " %s", column->number ? units[column->unit] : "text");
        law_text(l, names[c], buf_view(&b));
        buf_free(&b);
    }
    law_text(l, "old", buf_view(before));
    law_text(l, "new", buf_view(now));
    law_text(l, "output", buf_view(out));
    law_end_round(l);
}

int main(int argc, char **argv)
{
    struct law l = law_begin(argc, argv);
    struct tap t = {0};
    bool spilled = true, permuted = true;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct wish w = make_wish(&l);
        struct buf before = {0}, now = {0}, other[2] = {{0}}, out[3] = {{0}};
        make_tables(&l, w.two_keys, &before, &now);
        law_shuffle(&l, &before, &other[0]);
        law_shuffle(&l, &now, &other[1]);
        compare(&w, &before, &now, false, &out[0]);
        compare(&w, &before, &now, true, &out[1]);
        compare(&w, &other[0], &other[1], round % 2, &out[2]);
        spilled = spilled && slice_equal(buf_view(&out[0]), buf_view(&out[1]));
        if (!memmem(out[0].p, out[0].n, "already", 7)) /* which line stands first depends on the order */
            permuted = permuted && slice_equal(buf_view(&out[0]), buf_view(&out[2]));
        tell(&l, &w, &before, &now, &out[0]);
        buf_free(&before);
        buf_free(&now);
        buf_free(&other[0]);
        buf_free(&other[1]);
        for (size_t i = 0; i < 3; i++)
            buf_free(&out[i]);
    }
    if (l.transcript)
        return 0;
    tap_ok(&t, spilled, "200 pairs of tables: beyond memory as in memory");
    tap_ok(&t, permuted, "200 pairs of tables: the order of the rows makes no difference");
    return tap_end(&t);
}
