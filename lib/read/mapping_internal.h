/* SPDX-License-Identifier: MIT
 * mapping_internal: a mapping being loaded, shared by the parts of mapping. */
#ifndef LIB_MAPPING_INTERNAL_H
#define LIB_MAPPING_INTERNAL_H

#include "lib/read/mapping.h"
#include "lib/spec/spec.h"

struct mapping_loader {
    struct spec *spec;
    const struct map_world *world;
    struct mapping *m;
    size_t row;
    struct diag *d;
    const char *fill; /* value of @fill, or NULL */
    size_t fill_row;
};

static inline const char *mapping_get(const struct mapping_loader *l, const char *column)
{
    return spec_get(l->spec, l->row, column);
}

/* The row of a directive. ST_MISUSE. */
enum status mapping_directive(struct mapping_loader *l) MUST_USE;

/* Marks the columns that @fill names, once there are any. ST_MISUSE for others. */
enum status mapping_fill(struct mapping_loader *l) MUST_USE;

/* Sets *unit to the unit of that name, NULL for "". */
enum status mapping_unit(const struct mapping_loader *l, const char *column, const char *name,
                         const struct unit **unit) MUST_USE;

/* Length of the first part of a list separated by '|', its slashes included when it is a pattern; 0 at the
 * end of the text. ST_MISUSE for a slash that begins no pattern. */
enum status mapping_part(const struct mapping_loader *l, const char *text, size_t *n,
                         bool *is_pattern) MUST_USE;

/* Adds what a heading may be, words and patterns separated by '|'. */
enum status mapping_headings(const struct mapping_loader *l, struct map_column *c, const char *text) MUST_USE;

/* The pattern in text[0..n). NULL with the reason in l->d. */
struct wordpattern *mapping_pattern(const struct mapping_loader *l, struct slice text);

#endif
