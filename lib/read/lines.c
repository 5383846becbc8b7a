/* SPDX-License-Identifier: MIT
 * lines: see lines.h. */
#include "lib/read/lines.h"

void lines_init(struct lines *l, struct decoder *dec)
{
    *l = (struct lines){.dec = dec, .fresh = true};
}

static void skip(struct lines *l, size_t n)
{
    l->rest.p += n;
    l->rest.n -= n;
}

/* A CR at the very end of a text: only the next text tells what it is. */
static void settle_cr(struct lines *l, struct slice *piece, enum line_end *end)
{
    bool lf = l->rest.n > 0 && l->rest.p[0] == '\n';
    l->cr_held = false;
    if (lf)
        skip(l, 1);
    *piece = (struct slice){l->rest.p, 0};
    *end = lf ? LINE_CR_LF : LINE_LONE_CR;
    l->fresh = lf;
}

enum status lines_next(struct lines *l, struct slice *piece, enum line_end *end, struct diag *d)
{
    if (l->rest.n == 0) {
        enum status st = decoder_next(l->dec, &l->rest, d);
        if (st != ST_OK)
            return st;
    }
    if (l->cr_held) {
        settle_cr(l, piece, end);
        return ST_OK;
    }
    *piece = (struct slice){l->rest.p, 0};
    *end = LINE_AT_END;
    if (l->rest.n == 0)
        return ST_OK;
    l->line += l->fresh;
    const char *lf = memchr(l->rest.p, '\n', l->rest.n);
    size_t n = lf ? (size_t)(lf - l->rest.p) : l->rest.n;
    const char *cr = n > 0 ? memchr(l->rest.p, '\r', n) : NULL;
    if (cr)
        n = (size_t)(cr - l->rest.p);
    piece->n = n;
    bool cr_lf = cr && lf == cr + 1;
    l->cr_held = cr && n + 1 == l->rest.n;
    *end = l->cr_held || (!cr && !lf) ? LINE_GOES_ON : cr_lf ? LINE_CR_LF : cr ? LINE_LONE_CR : LINE_LF;
    l->fresh = *end == LINE_LF || *end == LINE_CR_LF;
    skip(l, n + (cr != NULL) + (lf && (!cr || cr_lf)));
    return ST_OK;
}

enum status lines_more(struct lines *l, struct diag *d)
{
    return decoder_more(l->dec, l->rest.n, &l->rest, d);
}
