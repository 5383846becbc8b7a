/* SPDX-License-Identifier: MIT
 * hitkey: the name of a finding: a 128-bit FNV-1a over the rule, the place and the values that entered it.
 * The same finding in a resubmission has the same name; when a value changes, so does the name. */
#ifndef LIB_HITKEY_H
#define LIB_HITKEY_H

#include "lib/base/base.h"

struct hitkey {
    u128 h;
};

struct hitkey hitkey_begin(void);

/* Adds one field, as it stands in the stream, and an end mark that no field holds: ab,c and a,bc differ. */
void hitkey_add(struct hitkey *k, struct slice field);

/* 32 hexadecimal digits and a NUL. */
void hitkey_text(struct hitkey k, char out[33]);

#endif
