/* SPDX-License-Identifier: MIT
 * wordpattern: see wordpattern.h. */
#include "lib/read/wordpattern.h"

#include <regex.h>
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

struct wordpattern *wordpattern_compile(struct slice text, char *reason, size_t n)
{
    struct wordpattern *p = mem_zero(1, sizeof *p);
    struct buf folded = {0};
    static const char back_reference[] = "back-references are not allowed";
    fold_pattern(&folded, text);
    bool bad = has_back_reference(text);
    if (bad && n > 0) {
        size_t most = n < sizeof back_reference ? n : sizeof back_reference;
        memcpy(reason, back_reference, most);
        reason[most - 1] = '\0';
    }
    if (!bad) {
        int error = regcomp(&p->regex, buf_string(&folded), REG_EXTENDED);
        bad = error != 0;
        if (bad)
            regerror(error, &p->regex, reason, n);
    }
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

/* regexec wants a string that ends with NUL. Only headings and titles are compared, so a copy costs nothing.
 */
static bool run(const struct wordpattern *p, struct slice folded, regmatch_t *match, size_t n)
{
    char *text = mem_text(folded);
    bool found = regexec(&p->regex, text, n, match, 0) == 0;
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
