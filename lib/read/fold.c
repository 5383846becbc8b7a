/* SPDX-License-Identifier: MIT
 * fold: see fold.h. */
#include "lib/read/fold.h"

#include <stdlib.h>

#include "lib/base/mem.h"

/* The ASCII byte that the character at p (n bytes left) folds to; 0 when it stays, FOLD_DROP to drop it.
 * *used gets its length, *what the bit. Only characters of two and three bytes fold. */
enum { FOLD_DROP = 0x80 };

static unsigned fold_character(const unsigned char *p, size_t n, size_t *used, unsigned *what)
{
    if (n >= 2 && p[0] == 0xc2 && p[1] == 0xa0) {
        *used = 2;
        *what = FOLDED_BLANK;
        return ' ';
    }
    if (n < 3 || p[0] < 0xe2 || p[0] > 0xef)
        return 0;
    unsigned c = (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
    *used = 3;
    if (c >= 0xff01 && c <= 0xff5e) {
        *what = FOLDED_WIDTH;
        return c - 0xff01 + '!';
    }
    if (c == 0x3000 || c == 0xfeff) {
        *what = FOLDED_BLANK;
        return c == 0x3000 ? ' ' : FOLD_DROP;
    }
    *what = FOLDED_DASH;
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 ? '-' : 0;
}

unsigned fold_text(struct buf *out, struct slice s)
{
    unsigned changed = 0;
    size_t from = 0;
    for (size_t i = 0; i < s.n;) {
        size_t used = 1;
        unsigned what = 0, to = 0;
        if ((unsigned char)s.p[i] >= 0xc2)
            to = fold_character((const unsigned char *)s.p + i, s.n - i, &used, &what);
        if (!to) {
            i++;
            continue;
        }
        buf_add(out, s.p + from, i - from);
        if (to != FOLD_DROP)
            buf_char(out, (char)to);
        changed |= what;
        i += used;
        from = i;
    }
    buf_add(out, s.p + from, s.n - from);
    return changed;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

size_t fold_keeps(struct slice s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t used;
    unsigned what;
    if (s.n == 0 || is_blank(s.p[0]))
        return 0;
    if (p[0] < 0x80)
        return 1;
    size_t n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    return s.n >= n && !fold_character(p, s.n, &used, &what) ? n : 0;
}

void fold_word(struct buf *out, struct slice s)
{
    size_t from = out->n, to = from;
    fold_text(out, s);
    for (size_t i = from; i < out->n; i++)
        if (!is_blank(out->p[i]))
            out->p[to++] = out->p[i];
    out->n = to;
}

struct slice trim(struct slice s)
{
    while (s.n > 0 && is_blank(s.p[s.n - 1]))
        s.n--;
    while (s.n > 0 && is_blank(*s.p)) {
        s.p++;
        s.n--;
    }
    return s;
}

void wordlist_init(struct wordlist *w, const char *text)
{
    struct buf folded = {0};
    size_t parts = 1;
    for (const char *p = text; *p; p++)
        parts += *p == '|';
    *w = (struct wordlist){.word = mem_zero(parts, sizeof *w->word)};
    /* Folding only shortens, so the copy has room for all. */
    w->text = mem_alloc(strlen(text) + 1);
    size_t used = 0;
    for (const char *p = text; parts > 0; parts--) {
        size_t n = strcspn(p, "|");
        buf_clear(&folded);
        fold_word(&folded, (struct slice){p, n});
        if (folded.n > 0) {
            memcpy(w->text + used, folded.p, folded.n);
            w->word[w->n++] = (struct slice){w->text + used, folded.n};
            used += folded.n;
        }
        p += n + 1;
    }
    buf_free(&folded);
}

void wordlist_free(struct wordlist *w)
{
    free(w->text);
    free(w->word);
    *w = (struct wordlist){0};
}

bool wordlist_has(const struct wordlist *w, struct slice folded)
{
    for (size_t i = 0; i < w->n; i++)
        if (slice_equal(w->word[i], folded))
            return true;
    return false;
}

bool wordlist_begins(const struct wordlist *w, struct slice folded)
{
    for (size_t i = 0; i < w->n; i++)
        if (folded.n >= w->word[i].n && memcmp(folded.p, w->word[i].p, w->word[i].n) == 0)
            return true;
    return false;
}
