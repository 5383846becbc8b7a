/* SPDX-License-Identifier: MIT
 * schema: what a table must look like: its columns in order, the type, unit, bounds and code list of each,
 * the unique key. The file's format is in validate(1). */
#ifndef LIB_SCHEMA_H
#define LIB_SCHEMA_H

#include "lib/base/diag.h"
#include "lib/read/celltype.h"
#include "lib/schema/codes.h"
#include "lib/schema/pattern.h"
#include "lib/schema/refs.h"

/* An end of a range. Numbers are held exactly, dates and months as text, whose bytewise order is theirs. */
struct bound {
    const char *text; /* "" when there is none; without the > or < */
    bool exclusive;
    struct dec value;
};

struct schema_column {
    const char *name;   /* as read */
    struct slice field; /* as it stands in a header: escaped */
    enum cell_type type;
    const char *unit, *label_zh, *label_en, *note;
    int decimals; /* stated precision and printing width, -1 when not stated */
    bool required, key, na;
    const char *codes_text; /* "" when there is no list */
    bool has_codes;
    struct code_set codes;
    struct bound low, high;
    int64_t least, most; /* the range times 10^CELL_DECIMALS, both ends inclusive; least > most when unfit */
    struct pattern *pattern; /* NULL when there is none */
    uint64_t line;           /* in the schema file */
};

struct schema {
    const char *file;
    struct schema_column *column;
    size_t width;
    int *key; /* numbers of the key's columns */
    size_t keys;
    struct spec *spec;
    struct buf names; /* what the fields point into */
};

/* Reads and checks a schema file and takes the code lists that are columns of other tables from refs; with
 * refs NULL those columns have none. NULL on failure, ST_MISUSE. */
struct schema *schema_load(const char *path, struct refs *refs, struct diag *d);
void schema_free(struct schema *s);

int schema_find(const struct schema *s, struct slice field); /* column number, or -1 */

/* What is wrong with a cell; the first that holds, in this order. */
enum cell_fault {
    FAULT_NONE,
    FAULT_REQUIRED, /* empty, or \- where a value must stand */
    FAULT_TYPE,
    FAULT_CODES,
    FAULT_RANGE,
    FAULT_PATTERN,
    FAULTS
};

/* Name of the check that finds it: "required", "type" … */
const char *fault_name(enum cell_fault fault);
/* What is wrong, in Chinese. */
const char *fault_zh(enum cell_fault fault);

/* Judges one cell in full. */
enum cell_fault schema_cell(const struct schema_column *c, struct slice f);

/* Says what is wrong, in both languages, and what was expected. */
void schema_explain(const struct schema_column *c, enum cell_fault fault, struct slice f, struct buf *en,
                    struct buf *zh, struct buf *expected);

#endif
