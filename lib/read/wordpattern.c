/* SPDX-License-Identifier: MIT
 * wordpattern: see wordpattern.h. */
#include "lib/read/wordpattern.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/fold.h"

struct wordpattern {
    regex_t regex;
};

static size_t character_length(const char *p, size_t n)
{
    size_t used = 1;
    while (used < n && ((unsigned char)p[used] & 0xc0) == 0x80)
        used++;
    return used;
}

/* A full-width form means its character and nothing more, so it is escaped where ASCII would mean something.
 * In brackets a backslash is itself; there the character is only folded. */
static void fold_pattern(struct buf *out, struct slice text)
{
    bool brackets = false;
    for (size_t i = 0; i < text.n;) {
        size_t used = character_length(text.p + i, text.n - i), from = out->n;
        fold_word(out, (struct slice){text.p + i, used});
        if (used == 1 && (text.p[i] == '[' || text.p[i] == ']'))
            brackets = text.p[i] == '[';
        if (used > 1 && out->n == from + 1 && !brackets && strchr("\\^$.[]|()*+?{}", out->p[from])) {
            char c = out->p[from];
            out->p[from] = '\\';
            buf_char(out, c);
        }
        i += used;
    }
}

/* With back-references the time of a match has no bound. */
static bool has_back_reference(struct slice text)
{
    for (size_t i = 0; i + 1 < text.n; i++) {
        if (text.p[i] != '\\')
            continue;
        if (text.p[i + 1] >= '1' && text.p[i + 1] <= '9')
            return true;
        i++;
    }
    return false;
}

/* The size of a pattern when its repetitions are written out, which is what the C library does with them:
 * (((a+)+)+)+ doubles four times. */
enum { MOST_NESTED = 64, MOST_WRITTEN = 10000 };

struct written {
    size_t size[MOST_NESTED + 1]; /* of each open group, without its last atom */
    size_t last[MOST_NESTED + 1]; /* of its last atom */
    size_t depth;
};

static size_t repeated(const char *p, const char *end)
{
    size_t most = 1, n = 0;
    for (; p < end && *p != '}' && most < MOST_WRITTEN; p++) {
        n = *p >= '0' && *p <= '9' ? n * 10 + (size_t)(*p - '0') : 0;
        most = n > most ? n : most;
    }
    return most;
}

static void add_atom(struct written *w, size_t size)
{
    w->size[w->depth] += w->last[w->depth];
    w->last[w->depth] = size;
}

/* The place behind the bracket that closes the one at p. */
static const char *behind_brackets(const char *p, const char *end)
{
    p += p + 1 < end && p[1] == '^' ? 2 : 1;
    for (p++; p < end && *p != ']'; p++)
        ;
    return p < end ? p + 1 : end;
}

static bool is_too_long(struct slice text)
{
    struct written w = {0};
    const char *end = text.p + text.n;
    for (const char *p = text.p; p < end; p++) {
        size_t times = *p == '+' ? 2 : *p == '{' ? repeated(p + 1, end) : 1;
        if (*p == '(' && ++w.depth > MOST_NESTED)
            return true;
        if (*p == '(') {
            w.size[w.depth] = w.last[w.depth] = 0;
        } else if (*p == ')' && w.depth > 0) {
            size_t group = w.size[w.depth] + w.last[w.depth] + 1;
            w.depth--;
            add_atom(&w, group);
        } else if (*p == '[') {
            p = behind_brackets(p, end) - 1;
            add_atom(&w, 1);
        } else if (times > 1) {
            w.last[w.depth] *= times;
        } else if (!strchr("*?|^$", *p)) {
            p += *p == '\\' && p + 1 < end;
            add_atom(&w, 1);
        }
        if (w.size[w.depth] + w.last[w.depth] > MOST_WRITTEN)
            return true;
    }
    return false;
}

/* Why a pattern is refused before it is compiled; NULL when it is not. */
static const char *objection(struct slice text)
{
    if (has_back_reference(text))
        return "back-references are not allowed";
    return is_too_long(text) ? "it repeats too much" : NULL;
}

struct wordpattern *wordpattern_compile(struct slice text, char *reason, size_t n)
{
    const char *why = objection(text);
    if (why) {
        snprintf(reason, n, "%s", why);
        return NULL;
    }
    struct wordpattern *p = mem_zero(1, sizeof *p);
    struct buf folded = {0};
    fold_pattern(&folded, text);
    int error = regcomp(&p->regex, buf_string(&folded), REG_EXTENDED);
    bool bad = error != 0;
    if (bad)
        regerror(error, &p->regex, reason, n);
    buf_free(&folded);
    if (!bad)
        return p;
    free(p);
    return NULL;
}

void wordpattern_free(struct wordpattern *p)
{
    if (p)
        regfree(&p->regex);
    free(p);
}

/* regexec wants a string that ends with NUL. What is compared is short: headings, titles, labels. */
static bool run(const struct wordpattern *p, struct slice folded, regmatch_t *match, size_t n)
{
    char near[256], *text = folded.n < sizeof near ? near : mem_text(folded);
    if (text == near) {
        memcpy(near, folded.n ? folded.p : "", folded.n);
        near[folded.n] = '\0';
    }
    bool found = regexec(&p->regex, text, n, match, 0) == 0;
    if (text != near)
        free(text);
    return found;
}

bool wordpattern_matches(const struct wordpattern *p, struct slice folded)
{
    return run(p, folded, NULL, 0);
}

bool wordpattern_captures(const struct wordpattern *p, struct slice folded, struct slice *group)
{
    regmatch_t match[2];
    if (!run(p, folded, match, 2) || match[1].rm_so < 0)
        return false;
    *group = (struct slice){folded.p + match[1].rm_so, (size_t)(match[1].rm_eo - match[1].rm_so)};
    return true;
}

size_t wordpattern_groups(const struct wordpattern *p)
{
    return p->regex.re_nsub;
}

size_t wordpattern_length(const char *text)
{
    if (text[0] != '/')
        return 0;
    for (size_t i = 1; text[i]; i++)
        if (i > 1 && text[i] == '/' && (text[i + 1] == '|' || text[i + 1] == '\0'))
            return i + 1;
    return 0;
}
