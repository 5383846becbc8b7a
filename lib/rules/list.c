/* SPDX-License-Identifier: MIT
 * list: lists within a field of a card. */
#include "lib/rules/list.h"

struct slice list_trimmed(struct slice text)
{
    while (text.n && text.p[0] == ' ')
        text = (struct slice){text.p + 1, text.n - 1};
    while (text.n && text.p[text.n - 1] == ' ')
        text.n--;
    return text;
}

bool list_next(struct slice *rest, const char *separator, struct slice *part)
{
    size_t length = strlen(separator);
    if (rest->n == 0)
        return false;
    const char *at = memmem(rest->p, rest->n, separator, length);
    size_t n = at ? (size_t)(at - rest->p) : rest->n, taken = at ? n + length : n;
    *part = list_trimmed((struct slice){rest->p, n});
    *rest = (struct slice){rest->p + taken, rest->n - taken};
    return true;
}

bool list_split(struct slice part, char at, struct slice *left, struct slice *right)
{
    const char *p = part.n ? memchr(part.p, at, part.n) : NULL;
    *left = *right = part;
    if (!p)
        return false;
    left->n = (size_t)(p - part.p);
    *right = list_trimmed((struct slice){p + 1, part.n - left->n - 1});
    *left = list_trimmed(*left);
    return true;
}
