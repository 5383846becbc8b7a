/* SPDX-License-Identifier: MIT
 * header_depth: see header_depth.h. */
#include "lib/read/header_depth.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/figure.h"
#include "lib/read/lookahead.h"

/* --- binding some of the records --- */

/* The `depth` records before the newest `below`, taken for the header. */
struct attempt {
    int below, depth;
    enum status st;
    struct diag why;
    struct binding b;
};

static enum status not_whole(const struct header_search *s, uint64_t line, struct diag *d)
{
    struct buf what = {0};
    heading_match_explain(s->match, s->headline->cell, s->headline->n, &what);
    diag_set(d, ST_INPUT, s->file, line, NULL, "header: %s", buf_string(&what));
    buf_free(&what);
    return ST_INPUT;
}

static enum status bind(struct header_search *s, int below, int depth, struct binding *b, struct diag *d)
{
    const struct headline *h = s->headline;
    uint64_t line = h->row[below].line;
    headline_join(s->headline, below, depth);
    heading_match_all(s->match, h->cell, h->n);
    if (!heading_match_whole(s->match))
        return not_whole(s, line, d);
    enum status st = heading_match_check(s->match, h->cell, s->file, line, d);
    if (st != ST_OK)
        return st;
    binding_keep_header(b, h, below, depth);
    binding_keep_layout(b, h->cell, h->n, line);
    st = s->m->form ? binding_form(b, s->m, s->match, h->cell, s->file, d)
                    : binding_columns(b, s->m, s->match, h->cell, s->file, d);
    return st == ST_OK ? constants_settle_headings(s->m, s->codes, s->units, b, s->file, d) : st;
}

/* Whether a record above the others may be of the header: a title, or a note, says one thing only. */
static bool sets_apart(const struct headline_row *above)
{
    struct slice one = {"", 0};
    for (size_t i = 0; i < above->n; i++) {
        if (above->cell[i].n == 0 || slice_equal(above->cell[i], one))
            continue;
        if (one.n > 0)
            return true;
        one = above->cell[i];
    }
    return false;
}

static size_t columns_bound(const struct binding *b)
{
    size_t n = 0;
    for (size_t k = 0; k < b->n; k++)
        n += b->column[k].cell >= 0;
    return n;
}

/* From `depth` records upwards: that which binds most columns, of several the shortest; where none binds, the
 * shortest says why. */
static struct attempt attempt(struct header_search *s, int below, int depth, const struct unitnotes *notes)
{
    const struct headline *h = s->headline;
    struct attempt best = {.st = ST_OK};
    for (int n = depth; n <= s->m->header_rows && below + n <= h->rows; n++) {
        struct attempt a = {.below = below, .depth = n, .b = {.notes = *notes, .unit_column = -1}};
        if (n > depth && !sets_apart(&h->row[below + n - 1]))
            break;
        a.st = bind(s, below, n, &a.b, &a.why);
        bool better = a.st == ST_OK && (best.st != ST_OK || columns_bound(&a.b) > columns_bound(&best.b));
        struct attempt *worse = n == depth || better ? &best : &a;
        binding_free(&worse->b);
        if (worse == &best)
            best = a;
    }
    return best;
}

/* --- the records below --- */

enum below {
    BELOW_OTHER,     /* a row, an end, or nothing new */
    BELOW_CONTINUES, /* words under headings, nothing under the labels */
    BELOW_UNCLEAR    /* figures among them: a row without label, or years */
};

/* Which columns hold labels: those of a form; else those of texts, codes and dates; else the first. */
static bool *label_columns(const struct header_search *s)
{
    const struct headline *h = s->headline;
    bool *label = mem_zero(h->n + 1, sizeof *label), any = false;
    for (size_t k = 0; k < s->match->n; k++) {
        const struct map_column *c = &s->match->column[k];
        bool figures = !s->m->form && (c->type == MAP_NUM || c->type == MAP_INT);
        if (s->match->cell[k] >= 0 && !figures)
            label[s->match->cell[k]] = any = true;
    }
    for (size_t i = 0; i < h->n && !any; i++)
        label[i] = any = h->cell[i].n > 0;
    return label;
}

/* A cell that repeats the one above is merged with it. */
static enum below kind_below(const struct header_search *s, const struct record *rec, const bool *label,
                             size_t labels)
{
    struct buf folded = {0}, scratch = {0};
    bool words = false, figures = false, other = false, first = true;
    for (size_t i = 0; i < rec->n && !other; i++) {
        struct slice cell = trim(rec->cell[i]);
        buf_clear(&folded);
        fold_word(&folded, cell);
        if (folded.n == 0)
            continue;
        other = first && cellwords_match(&s->m->end, buf_view(&folded));
        first = false;
        if (other || slice_equal(cell, headline_cell(&s->headline->row[0], i)))
            continue;
        other = i < labels && label[i];
        enum figure_kind kind = figure_kind(cell, &s->m->missing, &scratch);
        words = words || kind == FIGURE_WORD;
        figures = figures || kind == FIGURE_NUMBER;
    }
    buf_free(&folded);
    buf_free(&scratch);
    if (other || (!words && !figures))
        return BELOW_OTHER;
    return figures ? BELOW_UNCLEAR : BELOW_CONTINUES;
}

/* Pushes the records below a header of `depth` records that may belong to it. Returns how many; *sure gets
 * how many of them do, beyond which one may be unclear. */
static int look_below(struct header_search *s, struct lookahead *l, int depth, int *sure)
{
    size_t labels = s->headline->n;
    bool *label = label_columns(s);
    enum below kind = BELOW_CONTINUES;
    int n = 0;
    *sure = 0;
    while (kind == BELOW_CONTINUES && depth + n < s->m->header_rows) {
        struct record rec;
        lookahead_peek(l, &rec);
        kind = rec.n > 0 ? kind_below(s, &rec, label, labels) : BELOW_OTHER;
        if (kind == BELOW_OTHER)
            break;
        headline_push(s->headline, &rec);
        n++;
        *sure += kind == BELOW_CONTINUES;
    }
    free(label);
    return n;
}

/* --- choosing --- */

/* The first heading that is bound otherwise in b than in a; *other gets what it is there. NULL: all are bound
 * alike. */
static const char *first_difference(const struct binding *a, const struct binding *b, const char **other)
{
    for (size_t k = 0; k < a->n && k < b->n; k++) {
        *other = b->column[k].heading;
        if (a->column[k].cell != b->column[k].cell)
            return a->column[k].heading;
    }
    for (size_t i = 0; i < a->values || i < b->values; i++) {
        *other = i < b->values ? b->value[i].heading : "";
        if (i >= a->values || i >= b->values || a->value[i].cell != b->value[i].cell ||
            strcmp(a->value[i].field, b->value[i].field) != 0)
            return i < a->values ? a->value[i].heading : "";
    }
    return NULL;
}

/* A header that ends sooner, and one that takes the unclear record too. */
static void weigh(const struct header_search *s, struct attempt *sooner, struct attempt *later)
{
    const char *heading, *other;
    if (later->st == ST_OK && sooner->st != ST_OK) {
        binding_free(&sooner->b);
        *sooner = *later;
        return;
    }
    if (later->st == ST_OK && (heading = first_difference(&sooner->b, &later->b, &other)) != NULL)
        sooner->st = diag_set(&sooner->why, ST_INPUT, s->file, sooner->b.line, NULL,
                              "header: it may end here, with %s, or with line %" PRIu64
                              ", with %s; @header says how many records it may take",
                              diag_quote(slice_of(heading)).s, later->b.line, diag_quote(slice_of(other)).s);
    binding_free(&later->b);
}

/* The longest header of those that take some of the records that continue it. */
static struct attempt attempt_longest(struct header_search *s, int depth, int ahead, int sure,
                                      const struct unitnotes *notes)
{
    struct attempt best = attempt(s, ahead - sure, depth + sure, notes);
    for (int n = sure - 1; n > 0 && best.st != ST_OK; n--) {
        struct attempt a = attempt(s, ahead - n, depth + n, notes);
        if (a.st != ST_OK) {
            binding_free(&a.b);
            continue;
        }
        binding_free(&best.b);
        best = a;
    }
    if (best.st != ST_OK && sure > 0) {
        size_t n = strlen(best.why.reason);
        snprintf(best.why.reason + n, sizeof best.why.reason - n, "; line %" PRIu64 " continues the header",
                 s->headline->row[ahead - sure].line);
    }
    return best;
}

enum status header_take(struct header_search *s, struct records *r, int depth, struct binding *b,
                        struct diag *d)
{
    uint64_t line = s->headline->row[0].line;
    struct lookahead *l = depth < s->m->header_rows ? lookahead_open(r) : NULL;
    int sure = 0, ahead = l ? look_below(s, l, depth, &sure) : 0;
    struct attempt best = attempt_longest(s, depth, ahead, sure, &b->notes);
    if (ahead > sure) {
        struct attempt later = attempt(s, 0, depth + ahead, &b->notes);
        weigh(s, &best, &later);
    }
    if (best.st != ST_OK) {
        binding_free(&best.b);
        b->line = line;
        if (d)
            *d = best.why;
        return best.st;
    }
    if (l)
        lookahead_drop(l, (size_t)(ahead - best.below));
    best.b.found = b->found;
    best.b.founds = b->founds;
    *b = best.b;
    return ST_OK;
}
