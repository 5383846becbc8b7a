/* SPDX-License-Identifier: MIT
 * tap: what a unit test needs: ok(), a text comparison, the plan at the end. */
#ifndef TESTS_UNIT_TAP_H
#define TESTS_UNIT_TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct tap {
    int count, failed;
};

static inline void tap_ok(struct tap *t, bool good, const char *what)
{
    printf("%sok %d - %s\n", good ? "" : "not ", ++t->count, what);
    t->failed += !good;
}

static inline void tap_text(struct tap *t, const char *got, const char *want, const char *what)
{
    tap_ok(t, strcmp(got, want) == 0, what);
    if (strcmp(got, want) != 0)
        printf("#   got: %s\n#  want: %s\n", got, want);
}

static inline int tap_end(const struct tap *t)
{
    printf("1..%d\n", t->count);
    return t->failed ? 1 : 0;
}

#endif
