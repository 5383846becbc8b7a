/* SPDX-License-Identifier: MIT
 * dictionary: see dictionary.h. */
#include "lib/spec/dictionary.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/number/decimal.h"
#include "lib/spec/spec.h"

struct dictionary {
    struct spec *spec;
    char **text; /* one a row */
};

static enum status define(struct dictionary *y, size_t row, struct diag *d)
{
    int decimals;
    const char *expression = spec_get(y->spec, row, "expression"), *code = spec_get(y->spec, row, "code");
    enum status st = spec_int(y->spec, row, "decimals", 0, DEC_MAX_SCALE, -1, &decimals, d);
    if (st != ST_OK)
        return st;
    if (!*code || !*expression)
        return spec_error(y->spec, row, *code ? "expression" : "code", d, "must not be empty");
    for (size_t i = 0; i < row; i++)
        if (strcmp(spec_get(y->spec, i, "code"), code) == 0)
            return spec_error(y->spec, row, "code", d, "%s stands in line %d already",
                              diag_quote(slice_of(code)).s, (int)spec_line(y->spec, i));
    struct buf text = {0};
    if (decimals >= 0)
        buf_printf(&text, "round(%s, %d)", expression, decimals);
    else
        buf_text(&text, expression);
    y->text[row] = mem_text(buf_view(&text));
    buf_free(&text);
    return ST_OK;
}

struct dictionary *dictionary_load(const char *path, struct diag *d)
{
    static const char *const columns[] = {"!code",     "!expression", "decimals", "definition", "unit",
                                          "direction", "name_zh",     "name_en",  "note",       NULL};
    struct spec *spec = spec_load(path, columns, d);
    if (!spec)
        return NULL;
    struct dictionary *y = mem_zero(1, sizeof *y);
    y->spec = spec;
    y->text = mem_zero(spec_rows(spec), sizeof *y->text);
    for (size_t i = 0; i < spec_rows(spec); i++)
        if (define(y, i, d) != ST_OK) {
            dictionary_free(y);
            return NULL;
        }
    return y;
}

void dictionary_free(struct dictionary *y)
{
    if (!y)
        return;
    for (size_t i = 0; i < spec_rows(y->spec); i++)
        free(y->text[i]);
    free(y->text);
    spec_free(y->spec);
    free(y);
}

const char *dictionary_find(const struct dictionary *y, struct slice code, uint64_t *line)
{
    for (size_t i = 0; i < spec_rows(y->spec); i++)
        if (slice_is(code, spec_get(y->spec, i, "code"))) {
            *line = spec_line(y->spec, i);
            return y->text[i];
        }
    return NULL;
}

const char *dictionary_file(const struct dictionary *y)
{
    return spec_file(y->spec);
}
