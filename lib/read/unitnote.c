/* SPDX-License-Identifier: MIT
 * unitnote: see unitnote.h. */
#include "lib/read/unitnote.h"

#include "lib/read/fold.h"

bool unitnote_excepts(const struct unit *unit)
{
    return strcmp(unit->dimension, "percent") == 0 || strcmp(unit->dimension, "count") == 0;
}

/* What stands behind "单位:" in a folded cell: at its beginning, behind a parenthesis, or after a word that
 * says it is a unit of measure and not an office. p is NULL when there is no such note. */
static struct slice note_of(struct slice cell)
{
    static const char key[] = "单位:";
    static const char *const before[] = {"(", "金额", "计量", "货币", "数据"};
    const char *at = cell.n ? memmem(cell.p, cell.n, key, sizeof key - 1) : NULL;
    bool good = at == cell.p;
    for (size_t i = 0; at && !good && i < sizeof before / sizeof *before; i++) {
        size_t n = strlen(before[i]);
        good = (size_t)(at - cell.p) >= n && memcmp(at - n, before[i], n) == 0;
    }
    if (!at || !good)
        return (struct slice){NULL, 0};
    const char *from = at + sizeof key - 1;
    size_t n = (size_t)(cell.p + cell.n - from);
    const char *end = n ? memchr(from, ')', n) : NULL;
    return (struct slice){from, end ? (size_t)(end - from) : n};
}

/* Takes the next word of a list of units. */
static struct slice next_word(struct slice *list)
{
    static const char *const stops[] = {"、", ",", ";", "/"};
    size_t n = 0, stop = 0;
    for (; n < list->n && !stop; n += !stop)
        for (size_t i = 0; i < sizeof stops / sizeof *stops && !stop; i++)
            if (list->n - n >= strlen(stops[i]) && memcmp(list->p + n, stops[i], strlen(stops[i])) == 0)
                stop = strlen(stops[i]);
    struct slice word = {list->p, n};
    list->p += n + stop;
    list->n -= n + stop;
    return word;
}

static enum status read_list(const struct units *units, struct slice list, const struct unit **stated,
                             const char **wrong)
{
    const struct unit *here = NULL;
    while (list.n > 0) {
        struct slice word = next_word(&list);
        const struct unit *u = units_find(units, word);
        if (!u && units_looks_like_one(units, word))
            *wrong = "unknown unit in the note above the table";
        if (u && !here && !unitnote_excepts(u))
            here = u;
    }
    if (here && *stated && here != *stated)
        *wrong = "two notes above the table state different units";
    if (here)
        *stated = here;
    return *wrong ? ST_INPUT : ST_OK;
}

enum status unitnote_read(const struct units *units, const char *file, const struct record *rec,
                          const struct unit **stated, struct diag *d)
{
    struct buf cell = {0};
    const char *wrong = NULL;
    bool waiting = false; /* the note's value stands in the next cell that is not empty */
    for (size_t i = 0; i < rec->n && !wrong; i++) {
        buf_clear(&cell);
        fold_word(&cell, rec->cell[i]);
        struct slice note = waiting ? buf_view(&cell) : note_of(buf_view(&cell));
        bool begun = waiting || note.p;
        waiting = begun && note.n == 0;
        if (begun && read_list(units, note, stated, &wrong) != ST_OK)
            diag_set(d, ST_INPUT, file, rec->line, NULL, "%s: %s", wrong, diag_quote(trim(rec->cell[i])).s);
    }
    buf_free(&cell);
    return wrong ? ST_INPUT : ST_OK;
}
