/* SPDX-License-Identifier: MIT
 * front: what every tool's main shares: the common options, one shape of message on standard error, the
 * choice of the exit status. The only place that prints problems. */
#ifndef TOOLS_FRONT_H
#define TOOLS_FRONT_H

#include <getopt.h>

#include "lib/base/diag.h"
#include "lib/base/out.h"

struct front {
    const char *name;   /* of the tool, for messages */
    const char *help;   /* text of --help */
    char **argv;        /* for messages that name an option */
    const char *output; /* -o FILE, or NULL */
    uint64_t memory;    /* bytes that what grows with the data may take before it goes to temporary files */
    const char *temporary; /* directory of those files, or NULL for the usual one */
    uint64_t max_errors;   /* problems shown on standard error, default 20 */
    uint64_t problems;     /* problems met */
};

enum {
    FRONT_HELP = 1000,
    FRONT_VERSION,
    FRONT_MAX_ERRORS,
    FRONT_MEMORY,
    FRONT_OWN /* first free for a tool */
};

/* The entries every tool adds to its getopt_long table, before the closing {0}. */
#define FRONT_OPTIONS                                                                                        \
    {"help", no_argument, NULL, FRONT_HELP}, {"version", no_argument, NULL, FRONT_VERSION},                  \
        {"max-errors", required_argument, NULL, FRONT_MAX_ERRORS},                                           \
    {                                                                                                        \
        "output", required_argument, NULL, 'o'                                                               \
    }

/* The entries of a tool that can do with less memory than its data would take, after FRONT_OPTIONS. */
#define FRONT_SPILL_OPTIONS                                                                                  \
    {"memory", required_argument, NULL, FRONT_MEMORY},                                                       \
    {                                                                                                        \
        "temporary-directory", required_argument, NULL, 'T'                                                  \
    }

/* Sets up f and the process: the locale C.UTF-8, closed standard descriptors held, --memory at half of
 * the machine's. */
void front_begin(struct front *f, const char *name, const char *help, char **argv);

/* Deals with a shared option or an unknown one. --help and --version print to standard output and exit 0;
 * misuse prints one line and exits 2. */
void front_option(struct front *f, int option, const char *argument);

/* One line "name: reason; try 'name --help'" and exit 2. */
void front_misuse(const struct front *f, const char *fmt, ...) PRINTF_LIKE(2, 3) __attribute__((noreturn));

/* The number that an option's argument is, from least to most (INT64_MAX: no bound), or its place among n
 * words; misuse, saying what is wanted, when it is none. name: of the option. */
uint64_t front_number(const struct front *f, const char *name, const char *argument, uint64_t least,
                      uint64_t most);
unsigned front_word(const struct front *f, const char *name, const char *argument, const char *const *word,
                    unsigned n);

/* Prints one problem, or only counts it when max_errors are already shown. */
void front_problem(struct front *f, const struct diag *d);

/* Prints d and exits with its status: for what stops a tool before its output is begun. */
void front_die(struct front *f, const struct diag *d) __attribute__((noreturn));

/* The end of main: closes o (kept when st is 0 or 1), says how many problems were not shown, and returns the
 * exit status. d holds the problem when st is 2 or more. */
int front_end(struct front *f, struct out *o, enum status st, const struct diag *d);

/* Copies a message to standard error with the tool's name before it. */
void front_say(const struct front *f, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
