/* SPDX-License-Identifier: MIT
 * binding_internal: shared by the parts of binding. */
#ifndef LIB_BINDING_INTERNAL_H
#define LIB_BINDING_INTERNAL_H

#include "lib/read/binding.h"

/* The heading in that place is not one that maps to nothing. */
void binding_use_heading(struct binding *b, size_t place);

/* ST_INPUT: why a heading cannot be bound, with its cell; in a form, that of the label. */
enum status binding_wrong_heading(const struct binding *b, const char *heading, size_t place, const char *why,
                                  const char *file, struct diag *d) MUST_USE;
extern const char binding_unit_unknown[]; /* such a reason */

/* --- binding_unit; in this order, once --- */

/* Finds the column of units. ST_INPUT when there are two. */
enum status binding_unit_column(struct binding *b, const struct mapping *m, const struct units *units,
                                const struct slice *heading, const char *file, struct diag *d) MUST_USE;

/* Adds to the notes what the header itself says of the unit of all amounts: in its corner, or beside the
 * headings. */
enum status binding_notes_in_header(struct binding *b, const struct mapping *m, struct heading_match *match,
                                    const struct slice *heading, const char *file, struct diag *d) MUST_USE;

/* Adds to u the unit beside the label of column k. ST_INPUT when it is none that the column can have. */
enum status binding_unit_beside(const struct binding *b, const struct mapping *m, size_t k,
                                const struct units *units, struct heading_unit *u, const char *file,
                                struct diag *d) MUST_USE;

/* Gives column k its unit, u being its heading taken apart. ST_INPUT when that is not known. */
enum status binding_unit(struct binding *b, const struct mapping *m, size_t k, const struct heading_unit *u,
                         const char *file, struct diag *d) MUST_USE;

/* ST_INPUT when a column of units is left unmapped. */
enum status binding_check_unmapped(const struct binding *b, const struct mapping *m, const char *file,
                                   struct diag *d) MUST_USE;

/* ST_INPUT when a note is one that no column can follow, or one that may speak of some columns only. */
enum status binding_check_notes(const struct binding *b, const struct mapping *m, const char *file,
                                struct diag *d) MUST_USE;

#endif
