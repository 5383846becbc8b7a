/* SPDX-License-Identifier: MIT
 * kind: the list of the kinds. */
#include "lib/rules/kind.h"

static const struct kind *const kinds[] = {
    &KIND_ROW,      &KIND_REQUIRED, &KIND_FORBIDDEN,   &KIND_OPENING,   &KIND_YTD,    &KIND_ROLL,
    &KIND_MOVEMENT, &KIND_SCALE,    &KIND_SCALE_PEERS, &KIND_STALE,     &KIND_DIGITS, &KIND_CODES,
    &KIND_DUE,      &KIND_UNIQUE,   &KIND_DUPLICATE,   &KIND_REFERENCE, &KIND_PARTS,  &KIND_CROSS,
    &KIND_COUNT,    &KIND_RATIO,    &KIND_OUTLIER,     &KIND_FILERS};
enum { KINDS = sizeof kinds / sizeof *kinds };

const struct kind KIND_ROW = {.name = "row", .parameters = "", .check = CHECK_TRUTH};

const struct kind *kind_named(const char *name)
{
    if (*name == '\0')
        return &KIND_ROW;
    for (size_t i = 0; i < KINDS; i++)
        if (strcmp(kinds[i]->name, name) == 0)
            return kinds[i];
    return NULL;
}

void kind_list(struct buf *text)
{
    for (size_t i = 0; i < KINDS; i++)
        buf_printf(text, "%s%s", i ? ", " : "", kinds[i]->name);
}

bool kind_has_parameter(const struct kind *k, struct slice name)
{
    for (const char *p = k->parameters; *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " "), bare = p[n - 1] == '!' ? n - 1 : n;
        if (slice_equal(name, (struct slice){p, bare}))
            return true;
        p += n;
    }
    return false;
}
