/* SPDX-License-Identifier: MIT
 * expr_rows_test: an expression over a chunk of rows gives in every row what the careful walk gives there:
 * the same value with the same decimals, or the same refusal. Random expressions over random rows.
 *
 *   expr_rows_test [SEED [EXPRESSIONS]] */
#include <stdlib.h>
#include <unistd.h>

#include "lib/expr/expr_rows.h"
#include "tap.h"

enum { ROWS = 700 };

/* --- a table of random fields --- */

static uint64_t state;

/* splitmix64 */
static unsigned draw(unsigned below)
{
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (unsigned)((z ^ (z >> 31)) % below);
}

static void digits(struct buf *b, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        buf_char(b, (char)('0' + draw(10)));
}

static void number(struct buf *b, unsigned whole, unsigned decimals)
{
    if (draw(5) == 0)
        buf_char(b, '-');
    digits(b, whole);
    if (decimals)
        buf_char(b, '.');
    digits(b, decimals);
}

/* Missing values in one of `seldom` fields; true when it wrote one. */
static bool missing(struct buf *b, unsigned seldom)
{
    static const char *const words[] = {"", "\\N", "\\-"};
    if (draw(seldom) > 0)
        return false;
    buf_text(b, words[draw(3)]);
    return true;
}

static void text(struct buf *b)
{
    static const char *const words[] = {"07",           "b",     "bank", "B",  "\\t", "\\\\",
                                        "\xe9\x93\xb6", "x\\ny", "7",    "\\q"};
    for (unsigned n = 1 + draw(2); n > 0; n--)
        buf_text(b, words[draw(10)]);
}

/* money: two decimals throughout; mixed: any; wide: beyond 64 bits; rare: missing ones, zeros; odd: words too
 */
static const char *const NAMES[] = {"money", "mixed", "wide", "rare", "odd", "word", "code", "flag", "date"};
enum { MONEY, MIXED, WIDE, RARE, ODD, WORD, CODE, FLAG, DATE, COLUMNS };

static void field(struct buf *b, int column)
{
    if (column != MONEY && column != CODE && missing(b, column == RARE ? 3 : 20))
        return;
    switch (column) {
    case MONEY:
        number(b, 1 + draw(9), 2);
        break;
    case MIXED:
        number(b, 1 + draw(4), draw(4) ? draw(3) : draw(8));
        break;
    case WIDE:
        number(b, draw(3) ? 1 + draw(30) : 17, draw(6));
        break;
    case RARE:
        buf_text(b, draw(3) ? "0.00" : draw(2) ? "5" : "-12.5");
        break;
    case ODD:
        buf_text(b, draw(400) ? "1.5" : "12,5o");
        break;
    case CODE:
        buf_printf(b, "%02u", draw(12));
        break;
    case FLAG:
        buf_text(b, draw(2) ? "1" : "0");
        break;
    case DATE:
        buf_printf(b, "20%02u-%02u-%02u", draw(30), 1 + draw(12), 1 + draw(28));
        break;
    default:
        text(b);
    }
}

static struct table *random_table(void)
{
    struct buf b = {0};
    char path[] = "/tmp/expr_rows_test.XXXXXX";
    struct diag d = {0};
    int fd = mkstemp(path);
    for (int k = 0; k < COLUMNS; k++)
        buf_printf(&b, "%s%s", k ? "\t" : "", NAMES[k]);
    buf_char(&b, '\n');
    for (int r = 0; r < ROWS; r++) {
        for (int k = 0; k < COLUMNS; k++) {
            if (k)
                buf_char(&b, '\t');
            field(&b, k);
        }
        buf_char(&b, '\n');
    }
    if (fd < 0 || write(fd, b.p, b.n) != (ssize_t)b.n)
        abort();
    close(fd);
    buf_free(&b);
    struct table *t = table_open(path, &d);
    unlink(path);
    return t;
}

/* --- random expressions --- */

static void say_number(struct buf *b, unsigned depth);
static void say_text(struct buf *b, unsigned depth);
static void say_truth(struct buf *b, unsigned depth);

static void say_list(struct buf *b, unsigned depth, unsigned n, void (*say)(struct buf *, unsigned))
{
    for (unsigned i = 0; i < n; i++) {
        buf_text(b, i ? ", " : "");
        say(b, depth);
    }
}

static void say_call(struct buf *b, const char *name, unsigned depth, unsigned n,
                     void (*say)(struct buf *, unsigned))
{
    buf_printf(b, "%s(", name);
    say_list(b, depth, n, say);
    buf_char(b, ')');
}

static void say_choice(struct buf *b, unsigned depth, void (*say)(struct buf *, unsigned))
{
    if (draw(2)) {
        say_call(b, "coalesce", depth, 1 + draw(3), say);
        return;
    }
    buf_text(b, "if(");
    say_truth(b, depth);
    buf_text(b, ", ");
    say_list(b, depth, 2, say);
    buf_char(b, ')');
}

static void say_rounded(struct buf *b, unsigned depth)
{
    static const char *const modes[] = {"half_up", "half_even", "down", "ceiling", "floor"};
    bool percent = draw(2);
    buf_text(b, percent ? "pct(chain(" : "round(chain(");
    say_number(b, depth);
    if (percent) {
        buf_text(b, "), chain(");
        say_number(b, depth);
        buf_printf(b, "), %u)", draw(5));
    } else {
        buf_printf(b, "), %u, %s)", draw(draw(2) ? 5 : 19), modes[draw(5)]);
    }
}

static void say_number(struct buf *b, unsigned depth)
{
    static const char *const signs[] = {" + ", " - ", " * ", " / "}, *const ones[] = {"abs", "sign", "-"};
    static const int columns[] = {MONEY, MONEY, MONEY, MIXED, MIXED, RARE, WIDE, ODD};
    if (depth == 0) {
        if (draw(4))
            buf_text(b, draw(12) ? NAMES[columns[draw(7)]] : NAMES[ODD]);
        else
            buf_text(b, draw(4) ? (draw(2) ? "2" : "0.25") : "123456789012345678901.5");
        return;
    }
    switch (draw(10)) {
    case 0:
        say_rounded(b, depth - 1);
        return;
    case 1:
        say_choice(b, depth - 1, say_number);
        return;
    case 2:
        say_call(b, draw(2) ? "min" : "max", depth - 1, 1 + draw(3), say_number);
        return;
    case 3:
        say_call(b, ones[draw(3)], depth - 1, 1, say_number);
        return;
    case 4:
        if (draw(2))
            say_call(b, "length", depth - 1, 1, say_text);
        else
            buf_text(b, draw(2) ? "year(date)" : "num(flag == 1)");
        return;
    case 5:
        say_call(b, "pct", depth - 1, 2, say_number);
        return;
    default:
        buf_char(b, '(');
        say_number(b, depth - 1);
        if (draw(6) == 0) {
            buf_text(b, draw(2) ? " / 100" : " / 0.3");
        } else {
            buf_text(b, signs[draw(4)]);
            say_number(b, depth - 1);
        }
        buf_char(b, ')');
    }
}

static void say_text(struct buf *b, unsigned depth)
{
    static const char *const leaves[] = {"word", "word", "code", "date", "'07'", "'bank'", "'\\\\'"};
    if (depth == 0) {
        buf_text(b, leaves[draw(7)]);
        return;
    }
    switch (draw(4)) {
    case 0:
        say_choice(b, depth - 1, say_text);
        return;
    case 1:
        say_call(b, "concat", depth - 1, 1 + draw(3), say_text);
        return;
    case 2:
        say_call(b, draw(2) ? "upper" : "trim", depth - 1, 1, say_text);
        return;
    default:
        say_text(b, 0);
    }
}

static void say_comparison(struct buf *b, unsigned depth)
{
    static const char *const signs[] = {" == ", " != ", " < ", " <= ", " > ", " >= "};
    void (*say)(struct buf *, unsigned) = draw(3) ? say_number : say_text;
    const char *hold = say == say_number ? "num(" : "text(";
    unsigned kind = draw(8);
    if (kind < 2) {
        buf_text(b, kind ? "between(" : "");
        buf_text(b, hold);
        say(b, depth);
        buf_text(b, kind ? "), " : draw(2) ? ") in (" : ") not in (");
        say_list(b, depth, kind ? 2 : 1 + draw(3), say);
        buf_char(b, ')');
        return;
    }
    buf_text(b, hold);
    say(b, depth);
    buf_printf(b, ")%s%s", signs[draw(6)], hold);
    say(b, depth);
    buf_char(b, ')');
}

static void say_truth(struct buf *b, unsigned depth)
{
    if (depth == 0) {
        buf_text(b, draw(3) ? "flag" : draw(2) ? "mixed > 10" : "code == '07'");
        return;
    }
    switch (draw(6)) {
    case 0:
        say_call(b, "not ", depth - 1, 1, say_truth);
        return;
    case 1:
    case 2:
        buf_char(b, '(');
        say_truth(b, depth - 1);
        buf_text(b, draw(2) ? " and " : " or ");
        say_truth(b, depth - 1);
        buf_char(b, ')');
        return;
    case 3:
        say_call(b, draw(2) ? "is_missing" : "is_na", depth - 1, 1, draw(2) ? say_number : say_text);
        return;
    case 4:
        say_choice(b, depth - 1, say_truth);
        return;
    default:
        say_comparison(b, depth - 1);
    }
}

/* --- the law --- */

static int variable(void *ctx, struct slice name, enum expr_type *type)
{
    (void)ctx;
    *type = EXPR_ANY;
    for (int k = 0; k < COLUMNS; k++)
        if (slice_is(name, NAMES[k]))
            return k;
    return -1;
}

struct view {
    const struct batch *batch;
    size_t row;
};

static void fetch(void *ctx, int k, struct value *v)
{
    const struct view *view = ctx;
    v->kind = VALUE_RAW;
    v->text = batch_field(view->batch, view->row, (size_t)k);
}

static bool same_value(const struct value *a, struct value b)
{
    if (a->kind != b.kind && !(a->kind == VALUE_RAW && b.kind == VALUE_EMPTY && field_is_empty(a->text)) &&
        !(a->kind == VALUE_RAW && b.kind == VALUE_NA && field_is_na(a->text)))
        return false;
    switch (b.kind) {
    case VALUE_NUM:
        return rat_make(b.num.num, b.num.den, &b.num) && a->num.num == b.num.num && a->num.den == b.num.den;
    case VALUE_BOOL:
        return a->truth == b.truth;
    case VALUE_TEXT:
    case VALUE_RAW:
        return slice_equal(a->text, b.text);
    default:
        return true;
    }
}

struct tally {
    unsigned expressions, refused, rows, failed, apart, wrong;
    struct buf first;
};

static void wrong(struct tally *t, const char *expression, const struct batch *b, size_t row,
                  const char *what)
{
    if (t->wrong++ == 0)
        buf_printf(&t->first, "%s: row %.*s: %s", expression, (int)batch_row(b, row).n, batch_row(b, row).p,
                   what);
}

/* A row as it is printed, by both ways. */
static bool same_print(const struct expr_column *c, size_t i, const struct value *v)
{
    char *room = malloc(expr_column_room(c, i) + 1);
    struct buf b = {0};
    if (!room)
        abort();
    size_t n = (size_t)(expr_column_write(c, i, room) - room);
    bool same = value_print(&b, v) && slice_equal((struct slice){room, n}, buf_view(&b));
    free(room);
    buf_free(&b);
    return same;
}

static void check_prints(struct tally *t, struct expr *e, const char *expression,
                         const struct expr_rows *rows, struct expr_column *c)
{
    size_t bad;
    struct diag d = {0};
    bool good = expr_column_settle(c, rows->n, &bad);
    for (size_t i = 0; i < rows->n; i++) {
        struct view view = {rows->batch, rows->row[i]};
        struct expr_row row = {&view, fetch};
        struct value v;
        struct buf b = {0};
        if (expr_eval(e, &row, &v, &d) != ST_OK)
            abort();
        if (!good && i == bad) {
            if (value_print(&b, &v))
                wrong(t, expression, rows->batch, rows->row[i], "refused to print what can be printed");
            buf_free(&b);
            return;
        }
        if (!same_print(c, i, &v))
            wrong(t, expression, rows->batch, rows->row[i], "printed otherwise");
        buf_free(&b);
    }
}

/* The careful walk of a second expression from the same text, so that neither disturbs the other's texts. */
static void check_chunk(struct tally *t, struct expr *e, struct expr *careful, const char *expression,
                        const struct expr_rows *rows)
{
    static struct expr_column *c;
    struct diag d = {0}, wanted = {0};
    size_t bad = rows->n;
    c = c ? c : expr_column_new();
    enum status st = expr_eval_rows(e, rows, c, &bad, &d);
    for (size_t i = 0; i < rows->n; i++) {
        struct view view = {rows->batch, rows->row[i]};
        struct expr_row row = {&view, fetch};
        struct value v, got;
        bool good = expr_eval(careful, &row, &v, &wanted) == ST_OK;
        t->rows++;
        if (!good && (st == ST_OK || bad != i || strcmp(d.reason, wanted.reason) != 0))
            wrong(t, expression, rows->batch, rows->row[i], wanted.reason);
        t->failed += !good;
        if (!good)
            return;
        if (st != ST_OK && i < bad)
            continue;
        if (st != ST_OK) {
            wrong(t, expression, rows->batch, rows->row[i], "fails where the careful walk does not");
            return;
        }
        t->apart += c->kind[i] == ROW_APART;
        expr_column_value(c, i, &got);
        if (!same_value(&v, got))
            wrong(t, expression, rows->batch, rows->row[i], "another value");
    }
    if (st == ST_OK && expr_is_finite(careful))
        check_prints(t, careful, expression, rows, c);
}

static void check_expression(struct tally *t, const char *expression, const struct batch *b)
{
    static const struct expr_place place = {.variable = variable};
    struct diag d = {0};
    uint32_t row[EXPR_ROWS];
    struct expr *e = expr_compile(expression, &place, EXPR_ANY, NULL, 0, &d);
    struct expr *careful = expr_compile(expression, &place, EXPR_ANY, NULL, 0, &d);
    t->expressions += e != NULL;
    t->refused += !e;
    unsigned keep = 1 + draw(3);
    for (uint32_t from = 0; e && from < b->rows;) {
        struct expr_rows rows = {.batch = b, .row = row};
        for (; from < b->rows && rows.n < EXPR_ROWS; from++)
            if (keep == 1 || draw(keep) == 0)
                row[rows.n++] = from;
        check_chunk(t, e, careful, expression, &rows);
    }
    expr_free(e);
    expr_free(careful);
}

int main(int argc, char **argv)
{
    struct tap t = {0};
    struct tally tally = {0};
    struct diag d = {0};
    struct batch b;
    unsigned count = argc > 2 ? (unsigned)atoi(argv[2]) : 2000;
    state = argc > 1 ? (unsigned)atoi(argv[1]) : 20221130;
    struct table *table = random_table();
    if (!table || table_next(table, &b, &d) != ST_OK)
        abort();
    for (unsigned i = 0; i < count; i++) {
        struct buf text_of = {0};
        (i % 5 == 0 ? say_text : i % 5 < 2 ? say_truth : say_number)(&text_of, draw(5));
        check_expression(&tally, buf_string(&text_of), &b);
        buf_free(&text_of);
    }
    printf("# %u expressions (%u refused), %u rows, %u failed, %u apart\n", tally.expressions, tally.refused,
           tally.rows, tally.failed, tally.apart);
    if (tally.wrong)
        printf("# %u wrong: %s\n", tally.wrong, buf_string(&tally.first));
    tap_ok(&t, tally.wrong == 0 && tally.rows > 1000 * tally.expressions / 4,
           "columns agree with the careful walk");
    table_close(table);
    buf_free(&tally.first);
    return tap_end(&t);
}
