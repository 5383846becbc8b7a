/* SPDX-License-Identifier: MIT
 * expr_text: text functions. Fields come escaped; functions see the text itself and give fields back. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/expr/expr_internal.h"

char *text_room(struct expr *e, size_t n)
{
    struct block_list *b = e->blocks;
    if (!b || b->size - b->used < n) {
        size_t size = b ? b->size * 2 : 256;
        while (size < n)
            size *= 2;
        b = mem_alloc(sizeof *b + size);
        *b = (struct block_list){e->blocks, 0, size};
        e->blocks = b;
    }
    b->used += n;
    return b->bytes + b->used - n;
}

/* Keeps the latest block, which is the largest. */
void text_reset(struct expr *e)
{
    if (!e->blocks)
        return;
    for (struct block_list *b = e->blocks->older, *older; b; b = older) {
        older = b->older;
        free(b);
    }
    e->blocks->older = NULL;
    e->blocks->used = 0;
}

static struct slice kept(struct expr *e, struct slice s)
{
    char *p = text_room(e, s.n);
    if (s.n)
        memcpy(p, s.p, s.n);
    return (struct slice){p, s.n};
}

struct slice text_plain(struct expr *e, struct slice field)
{
    if (field.n == 0 || !memchr(field.p, '\\', field.n))
        return field;
    buf_clear(&e->work);
    buf_unescaped(&e->work, field);
    return kept(e, buf_view(&e->work));
}

struct slice text_escaped(struct expr *e, struct slice plain)
{
    size_t i = 0;
    while (i < plain.n && plain.p[i] != '\\' && plain.p[i] != '\t' && plain.p[i] != '\n' &&
           plain.p[i] != '\r')
        i++;
    if (i == plain.n)
        return plain;
    buf_clear(&e->work);
    buf_escaped(&e->work, plain);
    return kept(e, buf_view(&e->work));
}

/* The byte at s[*i] of the unescaped text; moves *i past it. */
static unsigned char next_byte(struct slice s, size_t *i)
{
    char ch = s.p[(*i)++];
    if (ch != '\\' || *i == s.n)
        return (unsigned char)ch;
    switch (s.p[*i]) {
    case 't':
        ch = '\t';
        break;
    case 'n':
        ch = '\n';
        break;
    case 'r':
        ch = '\r';
        break;
    case '\\':
        break;
    default:
        return (unsigned char)ch;
    }
    (*i)++;
    return (unsigned char)ch;
}

int text_compare(struct slice a, struct slice b)
{
    bool escapes = (a.n && memchr(a.p, '\\', a.n)) || (b.n && memchr(b.p, '\\', b.n));
    if (!escapes)
        return slice_compare(a, b);
    size_t i = 0, j = 0;
    while (i < a.n && j < b.n) {
        int x = next_byte(a, &i), y = next_byte(b, &j);
        if (x != y)
            return x < y ? -1 : 1;
    }
    return (i < a.n) - (j < b.n);
}

static bool continues(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Characters, not bytes. */
static size_t count_characters(struct slice s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++)
        count += !continues(s.p[i]);
    return count;
}

bool call_length(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    (void)n;
    *out = value_int((i128)count_characters(text_plain(r->e, args[0].text)));
    return true;
}

static size_t skip_characters(struct slice s, size_t from, i128 count)
{
    while (from < s.n && count > 0) {
        from++;
        while (from < s.n && continues(s.p[from]))
            from++;
        count--;
    }
    return from;
}

bool call_substr(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct slice s = text_plain(r->e, args[0].text);
    struct rat from, count;
    if (!rat_make(args[1].num.num, args[1].num.den, &from) ||
        !rat_make(args[2].num.num, args[2].num.den, &count) || from.den != 1 || count.den != 1 ||
        from.num < 1 || count.num < 0)
        return run_failed(r, "", "substr(t, from, n) wants whole numbers, from 1 and 0 upwards");
    (void)n;
    size_t start = skip_characters(s, 0, from.num - 1);
    size_t end = skip_characters(s, start, count.num);
    *out = value_text(text_escaped(r->e, (struct slice){s.p + start, end - start}));
    return true;
}

bool call_concat(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    size_t total = 0, at = 0;
    for (size_t i = 0; i < n->nargs; i++)
        total += args[i].text.n;
    char *p = text_room(r->e, total);
    for (size_t i = 0; i < n->nargs; i++) {
        if (args[i].text.n)
            memcpy(p + at, args[i].text.p, args[i].text.n);
        at += args[i].text.n;
    }
    *out = value_text((struct slice){p, total});
    return true;
}

bool call_starts(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct slice s = text_plain(r->e, args[0].text), p = text_plain(r->e, args[1].text);
    (void)n;
    *out = value_bool(s.n >= p.n && slice_equal((struct slice){s.p, p.n}, p));
    return true;
}

bool call_ends(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct slice s = text_plain(r->e, args[0].text), p = text_plain(r->e, args[1].text);
    (void)n;
    *out = value_bool(s.n >= p.n && slice_equal((struct slice){s.p + (s.n - p.n), p.n}, p));
    return true;
}

bool call_contains(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct slice s = text_plain(r->e, args[0].text), p = text_plain(r->e, args[1].text);
    (void)n;
    *out = value_bool(p.n == 0 || (s.n && memmem(s.p, s.n, p.p, p.n) != NULL));
    return true;
}

/* ASCII only, and not the letter of an escape. */
static bool recase(struct run *r, const struct value *args, struct value *out, char first, char last)
{
    struct slice s = text_plain(r->e, args[0].text);
    char *p = text_room(r->e, s.n);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= first && s.p[i] <= last ? (char)(s.p[i] ^ 0x20) : s.p[i];
    *out = value_text(text_escaped(r->e, (struct slice){p, s.n}));
    return true;
}

bool call_upper(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    (void)n;
    return recase(r, args, out, 'a', 'z');
}

bool call_lower(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    (void)n;
    return recase(r, args, out, 'A', 'Z');
}

/* Length of the blank at p, of n bytes: a space, TAB, LF, CR, or the ideographic space U+3000; else 0. */
static size_t blank(const char *p, size_t n)
{
    if (n > 0 && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
        return 1;
    return n >= 3 && memcmp(p, "\xe3\x80\x80", 3) == 0 ? 3 : 0;
}

bool call_trim(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct slice s = text_plain(r->e, args[0].text);
    (void)n;
    for (size_t k; (k = blank(s.p, s.n)) > 0; s.n -= k)
        s.p += k;
    while (s.n > 0 && (blank(s.p + s.n - 1, 1) || (s.n >= 3 && blank(s.p + s.n - 3, 3) == 3)))
        s.n -= blank(s.p + s.n - 1, 1) ? 1 : 3;
    *out = value_text(text_escaped(r->e, s));
    return true;
}

bool call_replace(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct slice s = text_plain(r->e, args[0].text), old = text_plain(r->e, args[1].text),
                 new = text_plain(r->e, args[2].text);
    struct buf b = {0};
    (void)n;
    if (old.n == 0)
        return run_failed(r, "", "replace(t, old, new) of an empty text");
    for (const char *hit; s.n && (hit = memmem(s.p, s.n, old.p, old.n));) {
        size_t before = (size_t)(hit - s.p);
        buf_add(&b, s.p, before);
        buf_slice(&b, new);
        s.p += before + old.n;
        s.n -= before + old.n;
    }
    buf_slice(&b, s);
    *out = value_text(text_escaped(r->e, kept(r->e, buf_view(&b))));
    buf_free(&b);
    return true;
}

bool call_pad(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    enum { WIDEST = 1000 };
    struct slice s = text_plain(r->e, args[0].text), with = text_plain(r->e, args[2].text);
    struct rat width;
    (void)n;
    if (!rat_make(args[1].num.num, args[1].num.den, &width) || width.den != 1 || width.num < 0 ||
        width.num > WIDEST || count_characters(with) != 1)
        return run_failed(r, "", "pad(t, n, c) wants a whole number up to %d and one character", WIDEST);
    size_t have = count_characters(s), want = (size_t)width.num, missing = want > have ? want - have : 0;
    char *p = text_room(r->e, missing * with.n + s.n);
    for (size_t i = 0; i < missing; i++)
        memcpy(p + i * with.n, with.p, with.n);
    if (s.n)
        memcpy(p + missing * with.n, s.p, s.n);
    *out = value_text(text_escaped(r->e, (struct slice){p, missing * with.n + s.n}));
    return true;
}

bool call_matches(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct slice s = text_plain(r->e, args[0].text);
    char *p = text_room(r->e, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    *out = value_bool(regexec(n->pattern, p, 0, NULL, 0) == 0);
    return true;
}
