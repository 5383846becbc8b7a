/* SPDX-License-Identifier: MIT
 * cellvalue: see cellvalue.h. */
#include "lib/read/cellvalue.h"

static enum reading read_code(struct cellvalue *v, const struct map_column *c, struct slice cell,
                              struct buf *out, struct note *note)
{
    *note = (struct note){0};
    /* Most words are found as they stand: what folding would change is in no list. */
    struct slice word = cell, code = {"", 0};
    if (cell.n > 0 && !wordlist_has(&v->missing->empty, cell))
        code = codes_find(v->codes, c->codes, cell);
    if (code.n == 0) {
        buf_clear(&v->scratch);
        fold_word(&v->scratch, cell);
        word = buf_view(&v->scratch);
    }
    if (word.n == 0 || wordlist_has(&v->missing->empty, word)) {
        note->changes = cell.n > 0 ? 1u << CHANGE_EMPTY : 0;
        return READ_EMPTY;
    }
    if (code.n == 0)
        code = codes_find(v->codes, c->codes, word);
    if (code.n == 0)
        return BAD_CODE;
    note->changes = slice_equal(code, cell) ? 0 : 1u << CHANGE_CODE;
    buf_escaped(out, code);
    return READ_VALUE;
}

enum reading cellvalue_read(struct cellvalue *v, const struct map_column *c, const struct number_rules *rules,
                            struct slice cell, struct buf *out, struct note *note)
{
    switch (c->type) {
    case MAP_NUM:
    case MAP_INT:
        return normalise_number(cell, rules, &v->scratch, out, note);
    case MAP_DATE:
        return normalise_date(cell, v->missing, &v->scratch, out, note);
    case MAP_CODE:
        return read_code(v, c, cell, out, note);
    case MAP_TEXT:
        break;
    }
    *note = (struct note){0};
    buf_escaped(out, cell);
    return READ_VALUE;
}
