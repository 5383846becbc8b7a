/* SPDX-License-Identifier: MIT
 * expr: any text as an expression is refused with a reason or compiled; then a chunk of rows at once and the
 * careful walk row by row give the same values, or fail at the same row. */
#include "lib/expr/expr_rows.h"
#include "tests/fuzz/fuzz.h"

static const char *const tokens[] = {
    " and ",        " or ",       " not ",       " in (",    "(",          ")",       ", ",       " + ",
    " - ",          " * ",        " / ",         " == ",     " != ",       " < ",     " >= ",     "'07'",
    "1.25",         "0",          "99999999999", "money",    "mixed",      "word",    "day",      "flag",
    "missing",      "na",         "true",        "`day`",    "round(",     ", 2)",    ", floor)", "pct(",
    "chain(",       "if(",        "coalesce(",   "between(", "min(",       "max(",    "abs(",     "sign(",
    "is_missing(",  "is_na(",     "num(",        "text(",    "length(",    "substr(", "concat(",  "trim(",
    "replace(",     "pad(",       "matches(",    "year(",    "days(",      "months(", "period(",  "upper(",
    "shift_month(", "shift_day(", "month_end(",  "quarter(", "valid_date("};

static const char *const NAMES[] = {"money", "mixed", "word", "day", "flag"};
enum { COLUMNS = 5 };
static const char *const FIELDS[][COLUMNS] = {
    {"100.00", "7", "07", "2022-11-30", "1"},
    {"-0.01", "0.000001", "", "2024-02-29", "0"},
    {"0.00", "", "x\\ty", "2022-11", ""},
    {"922337203685477580.70", "\\-", "\\-", "", "1"},
    {"12.50", "-99999999999999999999999999999999", "\xe9\x93\xb6", "x", "x"},
    {"1.00", "1e5", "\\N", "0001-01-01", "\\N"}};
enum { ROWS = sizeof FIELDS / sizeof *FIELDS };

/* The rows as a batch, with the slack that decoding may read. */
static const struct batch *fixture(void)
{
    static char bytes[64 + 1024 + 64];
    static uint32_t sep[1 + ROWS * COLUMNS];
    static struct batch b;
    if (b.rows)
        return &b;
    uint32_t at = 0, k = 0;
    sep[k++] = UINT32_MAX;
    for (int r = 0; r < ROWS; r++) {
        for (int c = 0; c < COLUMNS; c++) {
            size_t n = strlen(FIELDS[r][c]);
            memcpy(bytes + 64 + at, FIELDS[r][c], n);
            at += (uint32_t)n;
            bytes[64 + at] = c + 1 < COLUMNS ? '\t' : '\n';
            sep[k++] = at++;
        }
    }
    b = (struct batch){.base = bytes + 64, .sep = sep + 1, .width = COLUMNS, .rows = ROWS, .line = 2};
    return &b;
}

static int variable(void *ctx, struct slice name, enum expr_type *type)
{
    (void)ctx;
    *type = EXPR_ANY;
    for (int i = 0; i < COLUMNS; i++)
        if (slice_is(name, NAMES[i]))
            return i;
    return -1;
}

static void fetch(void *row, int column, struct value *v)
{
    v->kind = VALUE_RAW;
    v->text = batch_field(fixture(), *(size_t *)row, (size_t)column);
}

static bool same(const struct value *a, struct value b)
{
    if (a->kind == VALUE_RAW && (field_is_empty(a->text) || field_is_na(a->text)))
        return b.kind == (field_is_na(a->text) ? VALUE_NA : VALUE_EMPTY);
    if (a->kind != b.kind)
        return false;
    if (a->kind == VALUE_NUM)
        return rat_make(b.num.num, b.num.den, &b.num) && a->num.num == b.num.num && a->num.den == b.num.den;
    if (a->kind == VALUE_BOOL)
        return a->truth == b.truth;
    return a->kind == VALUE_EMPTY || a->kind == VALUE_NA || slice_equal(a->text, b.text);
}

static void compare(struct expr *e, struct expr *careful)
{
    static struct expr_column *column;
    uint32_t row[ROWS];
    size_t bad = ROWS;
    struct diag d = {0};
    for (uint32_t i = 0; i < ROWS; i++)
        row[i] = i;
    struct expr_rows rows = {.batch = fixture(), .row = row, .n = ROWS};
    column = column ? column : expr_column_new();
    if (expr_eval_rows(e, &rows, column, &bad, &d) == ST_OK)
        bad = ROWS;
    for (size_t i = 0; i < ROWS; i++) {
        struct expr_row source = {&i, fetch};
        struct value want, got;
        bool good = expr_eval(careful, &source, &want, &d) == ST_OK;
        if (good != (i != bad))
            abort();
        if (!good)
            return;
        if (bad < ROWS)
            continue;
        expr_column_value(column, i, &got);
        if (!same(&want, got))
            abort();
    }
}

static void try(const char *p, size_t n)
{
    static const struct expr_place place = {.variable = variable};
    struct diag d = {0};
    char *text = malloc(n + 1);
    if (!text)
        abort();
    memcpy(text, p, n);
    text[n] = '\0';
    struct expr *e = expr_compile(text, &place, EXPR_ANY, NULL, 0, &d);
    struct expr *careful = expr_compile(text, &place, EXPR_ANY, NULL, 0, &d);
    if (!e != !careful || (!e && !d.reason[0]))
        abort();
    if (e)
        compare(e, careful);
    expr_free(e);
    expr_free(careful);
    free(text);
}

FUZZ(tokens, try)
