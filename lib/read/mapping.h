/* SPDX-License-Identifier: MIT
 * mapping: the specification that says which columns of a file become which columns of a table (columns:
 * target source unit decimals codes type number required note; rows whose target begins with @ are
 * directives). Its manual is tongbao-mapping(5). */
#ifndef LIB_MAPPING_H
#define LIB_MAPPING_H

#include "lib/read/cellwords.h"
#include "lib/read/codes.h"
#include "lib/read/heading_unit.h"
#include "lib/read/normalise.h"
#include "lib/read/wordpattern.h"

enum map_type { MAP_TEXT, MAP_NUM, MAP_INT, MAP_CODE, MAP_DATE };

enum { MAP_HEADER_ROWS = 3 }; /* records that a header may take */

/* One spelling of a heading: a word, or a pattern. */
struct map_heading {
    char *folded;                /* without its unit; of a pattern: as it was written, for messages */
    struct wordpattern *pattern; /* or NULL */
    const struct unit *unit;     /* that it states, or NULL */
};

/* What fills a column besides the cells under its heading. */
enum map_fill {
    FILL_CELLS,
    FILL_HEADING, /* @heading: the heading over the figures of the row */
    FILL_VALUE    /* @value: the figures under every heading that maps to nothing else */
};

struct map_column {
    char *target;
    struct map_heading *heading;
    size_t headings;
    enum map_fill fill;
    struct wordpattern *part; /* of FILL_HEADING: of one group, which takes the value; or NULL */
    char *define;             /* NAME of =NAME, or NULL: the value is known of the whole file */
    char *constant;           /* value of -D NAME, or 'TEXT', or NULL */
    const struct unit *unit;  /* canonical, or NULL */
    int decimals;             /* stated, or -1 */
    enum map_type type;
    int codes; /* of MAP_CODE: number of the list */
    bool required;
    bool comma;       /* the decimal point of its figures is a comma */
    bool suffix;      /* a figure may end with its unit */
    bool filled_down; /* @fill: of cells merged downwards each has the value of the first */
};

/* Where a mapping says that the value of =NAME stands in a file. */
struct map_constant {
    enum map_place { PLACE_CELL, PLACE_FILE, PLACE_SHEET } place;
    char *name;
    struct wordpattern *pattern; /* of one group */
};

/* Which sheets of a workbook are meant: of that name, or that match. None given: sheets == 0. */
struct map_sheet {
    char *name;                  /* as written */
    struct wordpattern *pattern; /* or NULL: the name itself, folded */
};

struct mapping {
    struct map_column *column;
    size_t n;
    struct map_constant *constant; /* @cell @file @sheet NAME */
    size_t constants;
    struct map_sheet *sheet; /* @sheet */
    size_t sheets;
    struct cellwords skip;        /* @skip */
    struct cellwords end;         /* @end */
    struct cellwords after;       /* @after */
    struct cellwords ignore;      /* @ignore */
    struct missing_words missing; /* @nil, and 空 */
    struct map_column *form;      /* @form: the column of labels, or NULL */
    struct map_column *units;     /* @unit column: the column of units, or NULL */
    const struct unit *unit;      /* @unit, or NULL */
    int header_rows;              /* @header: 1 … MAP_HEADER_ROWS */
    int table;                    /* @table N: 1 …; 0: the header may come again */
    bool comma;                   /* @decimal */
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
    bool origin; /* the columns of the origin stand in the table too */
};

/* NULL on failure: ST_MISUSE with file and line. */
struct mapping *mapping_load(const char *path, const struct map_world *world, struct diag *d);

/* The mapping that takes every column as it stands: text columns with the names given, and nothing else. */
struct mapping *mapping_of_names(const struct slice *name, size_t n);

void mapping_free(struct mapping *m);

/* The number of the column filled in that way, or -1. */
int mapping_filled(const struct mapping *m, enum map_fill fill);

#endif
