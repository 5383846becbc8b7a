/* SPDX-License-Identifier: MIT
 * scratch: temporary files that have no name, so that nothing is left behind however a program ends. */
#ifndef LIB_SCRATCH_H
#define LIB_SCRATCH_H

#include "lib/base/diag.h"

/* An empty file for reading and writing, gone when the descriptor is closed. directory NULL: $TMPDIR, or
 * /tmp. -1 on failure, d filled with ST_OUTPUT. */
int scratch_open(const char *directory, struct diag *d);

/* The directory that would be used, for messages. */
const char *scratch_directory(const char *directory);

#endif
