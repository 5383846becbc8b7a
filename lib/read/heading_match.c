/* SPDX-License-Identifier: MIT
 * heading_match: see heading_match.h. */
#include "lib/read/heading_match.h"

#include <stdlib.h>

#include "lib/base/mem.h"

void heading_match_init(struct heading_match *s, const struct map_column *column, size_t n,
                        const struct units *units)
{
    *s = (struct heading_match){.column = column, .n = n, .units = units};
    s->cell = mem_array(NULL, n, sizeof *s->cell);
}

void heading_match_free(struct heading_match *s)
{
    free(s->cell);
    buf_free(&s->folded);
}

/* A heading with a unit of another dimension is another column's; one without a unit column takes any count.
 * What has an unknown unit fits by its name, so that it is told of. */
static bool unit_fits(const struct map_column *c, const struct map_heading *h, const struct unit *unit)
{
    if (!unit)
        return true;
    if (h->unit && !units_same_dimension(h->unit, unit))
        return false;
    if (c->unit)
        return units_same_dimension(c->unit, unit);
    return c->type != MAP_NUM || h->unit;
}

static bool is_spelled(const struct map_heading *h, const struct heading_unit *u)
{
    if (h->pattern)
        return wordpattern_matches(h->pattern, u->name) || wordpattern_matches(h->pattern, u->whole);
    bool named = slice_is(u->name, h->folded) && !u->coin;
    return named || (u->unknown && slice_is(u->whole, h->folded));
}

static bool fits(const struct map_column *c, const struct heading_unit *u)
{
    for (size_t i = 0; i < c->headings; i++)
        if (is_spelled(&c->heading[i], u) && unit_fits(c, &c->heading[i], u->unit))
            return true;
    return false;
}

struct heading_unit heading_match_read(struct heading_match *s, struct slice heading)
{
    return heading_unit_read(s->units, &s->folded, heading);
}

enum heading_says heading_match_unit(const struct map_column *c, const struct heading_unit *u,
                                     const struct unit **unit)
{
    bool number = c->type == MAP_NUM || c->type == MAP_INT;
    *unit = u->unit;
    if (u->unit || !number)
        return HEADING_SAYS;
    const struct unit *spelled = NULL;
    bool plain = false, differ = false;
    for (size_t i = 0; i < c->headings; i++) {
        const struct map_heading *h = &c->heading[i];
        if (u->unknown && !h->pattern && slice_is(u->whole, h->folded))
            return HEADING_SAYS;
        if (!is_spelled(h, u))
            continue;
        plain = plain || !h->unit;
        differ = differ || (spelled && h->unit && h->unit != spelled);
        spelled = h->unit ? h->unit : spelled;
    }
    if (u->unknown)
        return HEADING_SAYS_UNKNOWN;
    if (plain || !spelled)
        return HEADING_SAYS;
    *unit = spelled;
    return differ ? HEADING_SPELLED_DIFFERENTLY : HEADING_SPELLED;
}

/* Column k fits the heading of that number. */
static void take(struct heading_match *s, size_t k, int heading, int *before)
{
    if (*before >= 0 && s->both < 0) {
        s->both = heading;
        s->first = (size_t)*before;
        s->second = k;
    }
    *before = (int)k;
    if (s->cell[k] < 0) {
        s->cell[k] = heading;
        s->found++;
    } else if (s->twice == s->n) {
        s->twice = k;
        s->other = heading;
    }
}

void heading_match_all(struct heading_match *s, const struct slice *heading, size_t n)
{
    s->found = 0;
    s->twice = s->n;
    s->both = -1;
    for (size_t k = 0; k < s->n; k++)
        s->cell[k] = -1;
    for (size_t i = 0; i < n; i++) {
        struct heading_unit u = heading_match_read(s, heading[i]);
        int before = -1;
        for (size_t k = 0; u.whole.n > 0 && k < s->n; k++)
            if (fits(&s->column[k], &u))
                take(s, k, (int)i, &before);
    }
}

bool heading_match_whole(const struct heading_match *s)
{
    for (size_t k = 0; k < s->n; k++)
        if (s->column[k].required && s->cell[k] < 0 && s->column[k].fill == FILL_CELLS)
            return false;
    return s->found > 0;
}

bool heading_match_uses(const struct heading_match *s, size_t heading)
{
    for (size_t k = 0; k < s->n; k++)
        if (s->cell[k] == (int)heading)
            return true;
    return false;
}

/* --- what to say --- */

/* How the parts of what is said are set apart: before the missing, the unknown and the known ones, between
 * the names, between the parts. */
struct wording {
    const char *missing, *unknown, *known, *comma, *semicolon;
    bool targets; /* tell the columns of the mapping too */
};

static void list_missing(const struct heading_match *s, const struct wording *w, struct buf *out)
{
    const char *before = w->missing;
    for (size_t k = 0; k < s->n; k++) {
        const struct map_column *c = &s->column[k];
        if (!c->required || s->cell[k] >= 0 || c->fill != FILL_CELLS)
            continue;
        buf_text(out, before);
        if (w->targets)
            buf_printf(out, "%s (%s)", c->target, c->heading[0].folded);
        else
            buf_text(out, c->heading[0].folded);
        before = w->comma;
    }
}

static void list_headings(const struct heading_match *s, const struct slice *heading, size_t n, bool used,
                          const struct wording *w, struct buf *out)
{
    const char *before = used ? w->known : w->unknown;
    bool first = true;
    for (size_t i = 0; i < n; i++) {
        struct slice text = trim(heading[i]);
        if (text.n == 0 || heading_match_uses(s, i) != used)
            continue;
        if (first && out->n > 0)
            buf_text(out, w->semicolon);
        buf_text(out, before);
        buf_slice(out, text);
        before = w->comma;
        first = false;
    }
}

void heading_match_explain(const struct heading_match *s, const struct slice *heading, size_t n,
                           struct buf *out)
{
    static const struct wording english = {"missing: ", "not understood: ", "understood: ", ", ", "; ", true};
    list_missing(s, &english, out);
    list_headings(s, heading, n, false, &english, out);
    list_headings(s, heading, n, true, &english, out);
}

void heading_match_explain_zh(const struct heading_match *s, const struct slice *heading, size_t n,
                              struct buf *out)
{
    static const struct wording chinese = {"缺少 ", "认不出 ", "", "、", "；", false};
    list_missing(s, &chinese, out);
    list_headings(s, heading, n, false, &chinese, out);
}

enum status heading_match_check(const struct heading_match *s, const struct slice *heading, const char *file,
                                uint64_t line, struct diag *d)
{
    if (s->twice < s->n)
        return diag_set(d, ST_INPUT, file, line, NULL, "header: two columns for '%s': %s and %s",
                        s->column[s->twice].target, diag_quote(heading[s->cell[s->twice]]).s,
                        diag_quote(heading[s->other]).s);
    if (s->both >= 0)
        return diag_set(d, ST_INPUT, file, line, NULL, "header: %s may be '%s' or '%s'",
                        diag_quote(heading[s->both]).s, s->column[s->first].target,
                        s->column[s->second].target);
    return ST_OK;
}
