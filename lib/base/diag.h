/* SPDX-License-Identifier: MIT
 * diag: what went wrong and where, as a value. Library functions return an enum status and fill a
 * struct diag; only the tools print it. */
#ifndef LIB_DIAG_H
#define LIB_DIAG_H

#include "lib/base/base.h"

/* The exit statuses of every filter (suite manual, tongbao(7)). */
enum status {
    ST_OK = 0,       /* done */
    ST_FINDINGS = 1, /* done, and the data has findings */
    ST_MISUSE = 2,   /* options or a specification are wrong */
    ST_INPUT = 3,    /* input unreadable, malformed or truncated */
    ST_OUTPUT = 4,   /* output failed: disk full, closed */
    ST_FAULT = 5     /* a fault of the program, or memory exhausted */
};

struct diag {
    enum status status;
    char file[256];    /* "" when no file is concerned */
    uint64_t line;     /* physical line, from 1; 0 when none */
    uint64_t record;   /* record number where it differs from the line; 0 when none */
    char sheet[128];   /* "" unless the file has several and one is concerned */
    char column[128];  /* "" when no column is concerned */
    char reason[2048]; /* cut between characters, with "...", when it is longer */
};

/* Fills d and returns st, so that a function can end with it. file and column may be NULL. d may be NULL. */
enum status diag_set(struct diag *d, enum status st, const char *file, uint64_t line, const char *column,
                     const char *fmt, ...) PRINTF_LIKE(6, 7);

/* Names the sheet that d speaks of. */
void diag_name_sheet(struct diag *d, const char *sheet);

/* As diag_set, with ": strerror(errno)" after the reason. */
enum status diag_errno(struct diag *d, enum status st, const char *file, const char *what);

/* Writes "file:line: sheet 's': column 'c': reason" to out (size n, always NUL-terminated), parts left out
 * when unset.
 */
void diag_format(const struct diag *d, char *out, size_t n);

/* A value fit for a message: in single quotes, control bytes as \xNN, cut after 60 bytes with "...". */
struct quoted {
    char s[272];
};
struct quoted diag_quote(struct slice value);

#endif
