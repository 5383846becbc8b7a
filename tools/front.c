/* SPDX-License-Identifier: MIT
 * front: see front.h. */
#include "tools/front.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef TONGBAO_VERSION
#define TONGBAO_VERSION "unknown"
#endif

/* A closed standard descriptor would be given to the next file opened, and output would go into it. Each gets
 * an opening that fails when it is used the way it is meant. */
static void hold_standard_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

static uint64_t half_of_memory(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (uint64_t)pages / 2 * (uint64_t)size : (uint64_t)1 << 30;
}

void front_begin(struct front *f, const char *name, const char *help, char **argv)
{
    *f = (struct front){
        .name = name, .help = help, .argv = argv, .max_errors = 20, .memory = half_of_memory()};
    hold_standard_descriptors();
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        setlocale(LC_CTYPE, "C");
    opterr = 0; /* messages have the suite's own shape */
}

/* Text that the user asked for: to standard output, its close checked. */
static void print_and_exit(const char *text) __attribute__((noreturn));

static void print_and_exit(const char *text)
{
    bool good = fputs(text, stdout) >= 0 && fflush(stdout) == 0;
    exit(good ? ST_OK : ST_OUTPUT);
}

void front_misuse(const struct front *f, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "%s: ", f->name);
    vfprintf(stderr, fmt, ap);
    fprintf(stderr, "; try '%s --help'\n", f->name);
    va_end(ap);
    exit(ST_MISUSE);
}

uint64_t front_number(const struct front *f, const char *name, const char *argument, uint64_t least,
                      uint64_t most)
{
    char *end;
    errno = 0;
    uint64_t n = strtoull(argument, &end, 10);
    if (!*end && *argument >= '0' && *argument <= '9' && !errno && n >= least && n <= most)
        return n;
    char to[40] = "";
    if (most < INT64_MAX)
        snprintf(to, sizeof to, " to %" PRIu64, most);
    front_misuse(f, "%s wants a whole number from %" PRIu64 "%s, not %s", name, least, to,
                 diag_quote(slice_of(argument)).s);
}

unsigned front_word(const struct front *f, const char *name, const char *argument, const char *const *word,
                    unsigned n)
{
    char list[512] = "";
    for (unsigned i = 0; i < n; i++) {
        size_t used = strlen(list);
        if (strcmp(argument, word[i]) == 0)
            return i;
        snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " or ", word[i]);
    }
    front_misuse(f, "%s is %s, not %s", name, list, diag_quote(slice_of(argument)).s);
}

/* A whole number of bytes, or of KiB, MiB, GiB or TiB with K, M, G or T behind it. */
static uint64_t bytes_option(const struct front *f, const char *argument)
{
    static const char units[] = "KMGT";
    char *end;
    errno = 0;
    uint64_t n = strtoull(argument, &end, 10);
    const char *unit = *end ? strchr(units, *end) : NULL;
    unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
    if (*argument < '0' || *argument > '9' || errno || (*end && (!unit || end[1])) || n > UINT64_MAX >> shift)
        front_misuse(f, "--memory wants bytes, as in 500M or 2G, not %s", diag_quote(slice_of(argument)).s);
    return n << shift;
}

/* What getopt_long has just stumbled on: a letter in optopt, else the word before optind. */
static void bad_option(const struct front *f, bool lacks_argument) __attribute__((noreturn));

static void bad_option(const struct front *f, bool lacks_argument)
{
    const char *word = f->argv[optind - 1];
    char letter[] = {'-', (char)optopt, 0};
    bool is_letter = optopt > ' ' && optopt < 0x7f && strncmp(word, "--", 2) != 0;
    struct slice name = is_letter ? slice_of(letter) : (struct slice){word, strcspn(word, "=")};
    if (lacks_argument)
        front_misuse(f, "%.*s wants a value", (int)name.n, name.p);
    if (!is_letter && optopt != 0) /* known, and given a value */
        front_misuse(f, "%.*s takes no value", (int)name.n, name.p);
    front_misuse(f, "unknown option %s", diag_quote(name).s);
}

void front_option(struct front *f, int option, const char *argument)
{
    char version[128], *end;
    switch (option) {
    case FRONT_HELP:
        print_and_exit(f->help);
    case FRONT_VERSION:
        snprintf(version, sizeof version, "%s (tongbao) %s\n", f->name, TONGBAO_VERSION);
        print_and_exit(version);
    case FRONT_MAX_ERRORS:
        errno = 0;
        f->max_errors = strtoull(argument, &end, 10);
        if (*end || !*argument || *argument == '-' || errno)
            front_misuse(f, "--max-errors wants a whole number, not %s", diag_quote(slice_of(argument)).s);
        return;
    case FRONT_MEMORY:
        f->memory = bytes_option(f, argument);
        return;
    case 'T':
        f->temporary = argument;
        return;
    case 'o':
        f->output = argument;
        return;
    case ':':
        bad_option(f, true);
    default:
        bad_option(f, false);
    }
}

void front_problem(struct front *f, const struct diag *d)
{
    char line[sizeof d->reason + 512];
    if (f->problems++ >= f->max_errors)
        return;
    diag_format(d, line, sizeof line);
    fprintf(stderr, "%s: %s\n", f->name, line);
}

void front_die(struct front *f, const struct diag *d)
{
    f->max_errors = UINT64_MAX; /* what stops a tool is always said */
    front_problem(f, d);
    exit(d->status == ST_OK ? (int)ST_FAULT : (int)d->status);
}

void front_say(const struct front *f, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "%s: ", f->name);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
}

int front_end(struct front *f, struct out *o, enum status st, const struct diag *d)
{
    struct diag closing = {0};
    bool keep = st == ST_OK || st == ST_FINDINGS;
    enum status closed = out_close(o, keep, &closing);
    if (f->problems > f->max_errors)
        front_say(f, "%" PRIu64 " problems in all, %" PRIu64 " shown", f->problems, f->max_errors);
    if (!keep && d && d->reason[0]) {
        f->max_errors = UINT64_MAX;
        front_problem(f, d);
    }
    if (closed != ST_OK && (keep || st == ST_OUTPUT)) {
        f->max_errors = UINT64_MAX;
        if (keep || !d || !d->reason[0])
            front_problem(f, &closing);
        return closed;
    }
    return st;
}
