/* SPDX-License-Identifier: MIT
 * expr_functions: the table of the functions of the expression language. */
#include "lib/expr/expr_internal.h"

enum { MANY = CALL_MAX_ARGS };

static const struct function FUNCTIONS[] = {
    {"round", OP_ROUND, 2, 2, "n", EXPR_NUM, NULL, "round(x, digits[, mode])"},
    {"pct", OP_PCT, 2, 3, "n", EXPR_NUM, NULL, "pct(a, b[, digits])"},
    {"chain", OP_CHAIN, 1, 1, "n", EXPR_NUM, NULL, "chain(x)"},
    {"abs", OP_ABS, 1, 1, "n", EXPR_NUM, NULL, "abs(x)"},
    {"sign", OP_SIGN, 1, 1, "n", EXPR_NUM, NULL, "sign(x)"},
    {"min", OP_MIN, 1, MANY, "n", EXPR_NUM, NULL, "min(a, b, ...)"},
    {"max", OP_MAX, 1, MANY, "n", EXPR_NUM, NULL, "max(a, b, ...)"},
    {"if", OP_IF, 3, 3, "ba", EXPR_ANY, NULL, "if(condition, a, b)"},
    {"coalesce", OP_COALESCE, 1, MANY, "a", EXPR_ANY, NULL, "coalesce(a, b, ...)"},
    {"is_missing", OP_IS_MISSING, 1, 1, "a", EXPR_BOOL, NULL, "is_missing(x)"},
    {"is_na", OP_IS_NA, 1, 1, "a", EXPR_BOOL, NULL, "is_na(x)"},
    {"between", OP_BETWEEN, 3, 3, "a", EXPR_BOOL, NULL, "between(x, low, high)"},
    {"num", OP_NUM, 1, 1, "a", EXPR_NUM, NULL, "num(x)"},
    {"text", OP_TEXT, 1, 1, "a", EXPR_TEXT, NULL, "text(x)"},
    {"length", OP_CALL, 1, 1, "t", EXPR_NUM, call_length, "length(t)"},
    {"substr", OP_CALL, 3, 3, "tn", EXPR_TEXT, call_substr, "substr(t, from, n)"},
    {"concat", OP_CALL, 1, MANY, "t", EXPR_TEXT, call_concat, "concat(a, b, ...)"},
    {"starts", OP_CALL, 2, 2, "t", EXPR_BOOL, call_starts, "starts(t, p)"},
    {"ends", OP_CALL, 2, 2, "t", EXPR_BOOL, call_ends, "ends(t, p)"},
    {"contains", OP_CALL, 2, 2, "t", EXPR_BOOL, call_contains, "contains(t, p)"},
    {"upper", OP_CALL, 1, 1, "t", EXPR_TEXT, call_upper, "upper(t)"},
    {"lower", OP_CALL, 1, 1, "t", EXPR_TEXT, call_lower, "lower(t)"},
    {"trim", OP_CALL, 1, 1, "t", EXPR_TEXT, call_trim, "trim(t)"},
    {"replace", OP_CALL, 3, 3, "t", EXPR_TEXT, call_replace, "replace(t, old, new)"},
    {"pad", OP_CALL, 3, 3, "tnt", EXPR_TEXT, call_pad, "pad(t, n, c)"},
    {"matches", OP_CALL, 2, 2, "t", EXPR_BOOL, call_matches, "matches(t, 'pattern')"},
    {"year", OP_CALL, 1, 1, "t", EXPR_NUM, call_year, "year(d)"},
    {"quarter", OP_CALL, 1, 1, "t", EXPR_NUM, call_quarter, "quarter(d)"},
    {"month", OP_CALL, 1, 1, "t", EXPR_NUM, call_month, "month(d)"},
    {"day", OP_CALL, 1, 1, "t", EXPR_NUM, call_day, "day(d)"},
    {"days", OP_CALL, 2, 2, "t", EXPR_NUM, call_days, "days(a, b)"},
    {"months", OP_CALL, 2, 2, "t", EXPR_NUM, call_months, "months(a, b)"},
    {"valid_date", OP_CALL, 1, 1, "t", EXPR_BOOL, call_valid_date, "valid_date(d)"},
    {"period", OP_CALL, 1, 1, "t", EXPR_TEXT, call_period, "period(d)"},
    {"shift_day", OP_CALL, 2, 2, "tn", EXPR_TEXT, call_shift_day, "shift_day(d, n)"},
    {"shift_month", OP_CALL, 2, 2, "tn", EXPR_TEXT, call_shift_month, "shift_month(p, n)"},
    {"month_end", OP_CALL, 1, 1, "t", EXPR_TEXT, call_month_end, "month_end(p)"},
};

const struct function *function_named(struct slice name)
{
    for (size_t i = 0; i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++)
        if (slice_is(name, FUNCTIONS[i].name))
            return &FUNCTIONS[i];
    return NULL;
}

bool function_name(size_t i, struct slice *name)
{
    if (i >= sizeof FUNCTIONS / sizeof *FUNCTIONS)
        return false;
    *name = slice_of(FUNCTIONS[i].name);
    return true;
}
