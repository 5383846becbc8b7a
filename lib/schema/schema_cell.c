/* SPDX-License-Identifier: MIT
 * schema_cell: the judgement on one cell, and its words. */
#include "lib/schema/schema.h"

#include <stdlib.h>

#include "lib/base/buf.h"

enum { CODES_SHOWN = 12 };

const char *fault_name(enum cell_fault fault)
{
    static const char *const name[] = {"", "required", "type", "codes", "range", "pattern"};
    return name[fault];
}

const char *fault_zh(enum cell_fault fault)
{
    static const char *const text[] = {"", "未填", "类型不符", "不在代码表内", "超出范围", "格式不符"};
    return text[fault];
}

static unsigned decimals_allowed(const struct schema_column *c)
{
    return c->decimals > CELL_DECIMALS ? (unsigned)c->decimals : CELL_DECIMALS;
}

static bool has_type(const struct schema_column *c, struct slice f)
{
    if (c->has_codes && (c->type == CELL_CODE || c->type == CELL_ID))
        return true; /* the list decides */
    if (c->type != CELL_NUM)
        return cell_has_shape(f, c->type);
    struct dec v;
    return dec_parse(f, &v) == DEC_OK && v.scale <= decimals_allowed(c);
}

/* -1, 0, 1: the cell against a bound of its column. */
static int against(const struct schema_column *c, struct slice f, const struct bound *b)
{
    if (c->type == CELL_DATE || c->type == CELL_MONTH)
        return slice_compare(f, slice_of(b->text));
    struct dec v;
    return dec_parse(f, &v) == DEC_OK ? dec_compare(v, b->value) : 0;
}

static bool in_range(const struct schema_column *c, struct slice f)
{
    if (*c->low.text && against(c, f, &c->low) < (c->low.exclusive ? 1 : 0))
        return false;
    return !*c->high.text || against(c, f, &c->high) <= (c->high.exclusive ? -1 : 0);
}

enum cell_fault schema_cell(const struct schema_column *c, struct slice f)
{
    if (field_is_empty(f))
        return c->required ? FAULT_REQUIRED : FAULT_NONE;
    if (field_is_na(f))
        return c->na ? FAULT_NONE : c->required ? FAULT_REQUIRED : FAULT_TYPE;
    if (!has_type(c, f))
        return FAULT_TYPE;
    if (c->has_codes && !code_set_hold(&c->codes, f))
        return FAULT_CODES;
    if (!in_range(c, f))
        return FAULT_RANGE;
    if (c->pattern && !pattern_match(c->pattern, f))
        return FAULT_PATTERN;
    return FAULT_NONE;
}

static void explain_type(const struct schema_column *c, struct slice f, struct buf *en, struct buf *zh)
{
    struct dec v;
    struct quoted q = diag_quote(f);
    if (field_is_na(f)) {
        buf_text(en, "\\- (cannot exist) is not allowed here");
        buf_text(zh, "此列不允许“不存在”(\\-)");
    } else if (c->type == CELL_NUM && dec_parse(f, &v) == DEC_OK) {
        buf_printf(en, "more than %u decimals: %s", decimals_allowed(c), q.s);
        buf_printf(zh, "小数超过 %u 位: %s", decimals_allowed(c), q.s);
    } else if ((c->type == CELL_NUM || c->type == CELL_INT) && dec_parse(f, &v) == DEC_TOO_LONG) {
        buf_printf(en, "more than %d digits or %d decimals: %s", DEC_MAX_DIGITS, DEC_MAX_SCALE, q.s);
        buf_printf(zh, "数字超过 %d 位或小数超过 %d 位: %s", DEC_MAX_DIGITS, DEC_MAX_SCALE, q.s);
    } else {
        buf_printf(en, "%s: %s", cell_shape_en(c->type), q.s);
        buf_printf(zh, "%s: %s", cell_shape_zh(c->type), q.s);
    }
}

static void explain_codes(const struct schema_column *c, struct slice f, struct buf *en, struct buf *zh,
                          struct buf *expected)
{
    struct quoted q = diag_quote(f);
    bool listed = strchr(c->codes_text, '|') || !strchr(c->codes_text, '.');
    char *some = code_set_listed(&c->codes, CODES_SHOWN);
    buf_printf(en, "not in the code list%s%s: %s", listed ? "" : " ", listed ? "" : c->codes_text, q.s);
    buf_printf(zh, "不在代码表%s%s%s中: %s", listed ? "" : " ", listed ? "" : c->codes_text,
               listed ? "" : " ", q.s);
    buf_text(expected, some);
    free(some);
}

static void explain_range(const struct schema_column *c, struct slice f, struct buf *en, struct buf *zh,
                          struct buf *expected)
{
    if (*c->low.text)
        buf_printf(expected, "%s %s", c->low.exclusive ? ">" : ">=", c->low.text);
    if (*c->low.text && *c->high.text)
        buf_text(expected, ", ");
    if (*c->high.text)
        buf_printf(expected, "%s %s", c->high.exclusive ? "<" : "<=", c->high.text);
    struct quoted q = diag_quote(f);
    buf_printf(en, "out of range (%s): %s", buf_string(expected), q.s);
    buf_printf(zh, "超出范围(%s): %s", buf_string(expected), q.s);
}

void schema_explain(const struct schema_column *c, enum cell_fault fault, struct slice f, struct buf *en,
                    struct buf *zh, struct buf *expected)
{
    switch (fault) {
    case FAULT_NONE:
        break;
    case FAULT_REQUIRED:
        buf_printf(en, "a value is required here%s", field_is_na(f) ? ", not \\- (cannot exist)" : "");
        buf_printf(zh, "必填项%s", field_is_na(f) ? "不得为“不存在”(\\-)" : "为空");
        break;
    case FAULT_TYPE:
        explain_type(c, f, en, zh);
        buf_text(expected, cell_type_name(c->type));
        break;
    case FAULT_CODES:
        explain_codes(c, f, en, zh, expected);
        break;
    case FAULT_RANGE:
        explain_range(c, f, en, zh, expected);
        break;
    case FAULT_PATTERN:
    case FAULTS:
        buf_printf(en, "does not match the pattern %s: %s", pattern_text(c->pattern), diag_quote(f).s);
        buf_printf(zh, "不符合格式 %s: %s", pattern_text(c->pattern), diag_quote(f).s);
        buf_text(expected, pattern_text(c->pattern));
        break;
    }
}
