/* SPDX-License-Identifier: MIT
 * mapping: the specification that says which columns of a file become which columns of a table (columns:
 * target source unit decimals codes type required note; rows whose target begins with @ are directives). */
#ifndef LIB_MAPPING_H
#define LIB_MAPPING_H

#include "lib/read/codes.h"
#include "lib/read/normalise.h"
#include "lib/read/units.h"

enum map_type { MAP_TEXT, MAP_NUM, MAP_INT, MAP_CODE, MAP_DATE };

/* One spelling of a heading. */
struct map_heading {
    char *folded;            /* without its unit */
    const struct unit *unit; /* that it names in parentheses, or NULL */
};

struct map_column {
    char *target;
    struct map_heading *heading;
    size_t headings;
    char *constant;          /* value of =NAME or 'TEXT', or NULL */
    bool declared;           /* =NAME: a heading, where there is one, is only compared with the constant */
    const struct unit *unit; /* canonical, or NULL */
    int decimals;            /* stated, or -1 */
    enum map_type type;
    int codes; /* of MAP_CODE: number of the list */
    bool required;
};

struct mapping {
    struct map_column *column;
    size_t n;
    struct wordlist skip;         /* @skip */
    struct wordlist end;          /* @end */
    struct missing_words missing; /* @nil, and 空 */
    const struct unit *unit;      /* @unit, or NULL */
    bool tsv;                     /* @type */
    char delimiter;               /* @delimiter, or 0 */
    bool takes_all;               /* made by mapping_of_names */
};

/* What a mapping refers to. */
struct map_world {
    const struct units *units; /* may be NULL */
    const struct codes *codes;
    /* Value of -D NAME=VALUE, or NULL. */
    const char *(*define)(const void *ctx, const char *name);
    const void *ctx;
};

/* NULL on failure: ST_MISUSE with file and line. */
struct mapping *mapping_load(const char *path, const struct map_world *world, struct diag *d);

/* The mapping that takes every column as it stands: text columns with the names given, and nothing else. */
struct mapping *mapping_of_names(const struct slice *name, size_t n);

void mapping_free(struct mapping *m);

#endif
