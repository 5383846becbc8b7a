/* SPDX-License-Identifier: MIT
 * pattern: POSIX extended regular expressions that a whole field must match. */
#include "lib/schema/pattern.h"

#include <regex.h>
#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"

enum { ITEMS = 32, MANY = 1 << 24 };

/* One class and how often it stands: L, [0-9]{10}, [A-Z]+. */
struct item {
    bool set[256];
    unsigned low, high;
};

struct pattern {
    char *text;
    regex_t regex;
    struct item *item; /* of the one-walk matcher, NULL when the pattern is not that simple */
    size_t items;
    bool word;
};

/* A class [..] of plain ASCII characters and ranges; no negation, no [:name:], no escapes. */
static bool read_class(const char **at, struct item *it)
{
    const char *p = *at + 1;
    if (*p == '^' || *p == ']')
        return false;
    for (; *p && *p != ']'; p++) {
        unsigned char from = (unsigned char)*p, to = from;
        if (from == '[' || from == '\\' || from >= 0x80)
            return false;
        if (p[1] == '-' && p[2] && p[2] != ']') {
            to = (unsigned char)p[2];
            p += 2;
        }
        if (to >= 0x80 || to < from || to == '[' || to == '\\')
            return false;
        for (unsigned c = from; c <= to; c++)
            it->set[c] = true;
    }
    if (*p != ']')
        return false;
    *at = p + 1;
    return true;
}

static bool read_count(const char **at, struct item *it)
{
    char *end;
    unsigned long low = strtoul(*at + 1, &end, 10), high = low;
    if (end == *at + 1)
        return false;
    if (*end == ',') {
        const char *second = end + 1;
        high = strtoul(second, &end, 10);
        if (end == second)
            high = MANY;
    }
    if (*end != '}' || low > high || low > MANY)
        return false;
    it->low = (unsigned)low;
    it->high = (unsigned)high;
    *at = end + 1;
    return true;
}

static bool read_item(const char **at, struct item *it)
{
    unsigned char c = (unsigned char)**at;
    *it = (struct item){.low = 1, .high = 1};
    if (c == '[') {
        if (!read_class(at, it))
            return false;
    } else {
        if (strchr("\\.^$()|*+?{}]", c) || c >= 0x80)
            return false;
        it->set[c] = true;
        ++*at;
    }
    switch (**at) {
    case '+':
    case '*':
        it->low = **at == '+';
        it->high = MANY;
        ++*at;
        break;
    case '?':
        it->low = 0;
        ++*at;
        break;
    case '{':
        if (!read_count(at, it))
            return false;
        break;
    }
    return !**at || !strchr("+*?{", **at);
}

/* Taking as many as there are is right only when what may follow an item of open length cannot continue it.
 */
static bool is_greedy_safe(const struct item *it, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; it[i].low != it[i].high && k < n; k++) {
            for (int c = 0; c < 256; c++)
                if (it[i].set[c] && it[k].set[c])
                    return false;
            if (it[k].low > 0)
                break;
        }
    return true;
}

/* At least one byte, none of them a blank, a control byte or a backslash. */
static bool is_word(const struct item *it, size_t n)
{
    unsigned least = 0;
    for (size_t i = 0; i < n; i++) {
        least += it[i].low > 0;
        for (int c = 0; c < 256; c++)
            if (it[i].set[c] && (c <= ' ' || c == 0x7f || c == '\\'))
                return false;
    }
    return least > 0;
}

static void simplify(struct pattern *p)
{
    struct item *it = mem_zero(ITEMS, sizeof *it);
    size_t n = 0;
    const char *at = p->text;
    while (*at && n < ITEMS && read_item(&at, &it[n]))
        n++;
    if (*at == '\0' && n > 0 && is_greedy_safe(it, n)) {
        p->item = it;
        p->items = n;
        p->word = is_word(it, n);
    } else {
        free(it);
    }
}

struct pattern *pattern_compile(const char *text, char *reason, size_t n)
{
    struct pattern *p = mem_zero(1, sizeof *p);
    struct buf anchored = {0};
    buf_text(&anchored, "^(");
    buf_text(&anchored, text);
    buf_text(&anchored, ")$");
    int e = regcomp(&p->regex, buf_string(&anchored), REG_EXTENDED | REG_NOSUB);
    buf_free(&anchored);
    if (e) {
        regerror(e, &p->regex, reason, n);
        free(p);
        return NULL;
    }
    p->text = mem_text(slice_of(text));
    simplify(p);
    return p;
}

void pattern_free(struct pattern *p)
{
    if (!p)
        return;
    regfree(&p->regex);
    free(p->text);
    free(p->item);
    free(p);
}

const char *pattern_text(const struct pattern *p)
{
    return p->text;
}

bool pattern_is_word(const struct pattern *p)
{
    return p->word;
}

bool pattern_is_simple(const struct pattern *p)
{
    return p->item != NULL;
}

/* A field holds no NUL, but it is not followed by one either: the copy on the stack serves all usual lengths.
 */
bool pattern_match_regex(const struct pattern *p, struct slice f)
{
    char near[256], *copy = f.n < sizeof near ? near : mem_alloc(f.n + 1);
    if (f.n)
        memcpy(copy, f.p, f.n);
    copy[f.n] = '\0';
    bool match = regexec(&p->regex, copy, 0, NULL, 0) == 0;
    if (copy != near)
        free(copy);
    return match;
}

bool pattern_match(const struct pattern *p, struct slice f)
{
    if (!p->item)
        return pattern_match_regex(p, f);
    size_t at = 0;
    for (size_t i = 0; i < p->items; i++) {
        const struct item *it = &p->item[i];
        size_t most = f.n - at < it->high ? f.n - at : it->high, k = 0;
        while (k < most && it->set[(unsigned char)f.p[at + k]])
            k++;
        if (k < it->low)
            return false;
        at += k;
    }
    return at == f.n;
}

/* Whether a class is one range of bytes. */
static bool as_range(const struct item *it, unsigned char *low, unsigned char *span)
{
    int first = 0, last = 255;
    while (first < 256 && !it->set[first])
        first++;
    while (last >= 0 && !it->set[last])
        last--;
    for (int c = first; c <= last; c++)
        if (!it->set[c])
            return false;
    *low = (unsigned char)first;
    *span = (unsigned char)(last - first);
    return first <= last;
}

bool pattern_as_spans(const struct pattern *p, struct pattern_spans *spans)
{
    *spans = (struct pattern_spans){.length = 0};
    memset(spans->span, 0xff, sizeof spans->span);
    for (size_t i = 0; i < p->items; i++) {
        const struct item *it = &p->item[i];
        unsigned char low, span;
        if (it->low != it->high || it->high > SPANS - spans->length || !as_range(it, &low, &span))
            return false;
        memset(spans->low + spans->length, low, it->high);
        memset(spans->span + spans->length, span, it->high);
        spans->length += it->high;
    }
    return p->item != NULL;
}
