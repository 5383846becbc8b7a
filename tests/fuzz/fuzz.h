/* SPDX-License-Identifier: MIT
 * fuzz: a deterministic driver for fuzzers. A fuzzer is one program NAME.c, with its seeds in the directory
 * NAME/, that ends with a function and the words of its language:
 *
 *     static void try(const char *p, size_t n) { ... parse; abort() when a law is broken ... }
 *     FUZZ(tokens, try)
 *
 *     NAME ROUNDS SEED...           the seeds as they are, then so many mutated rounds
 *     NAME SECONDSs SEED...         as many rounds as fit
 *     NAME FIRST+SECONDSs SEED...   the same from round FIRST on: rounds that no run before has seen
 *     NAME @ROUND SEED...           that round alone, its input also to the file NAME.input in the working
 *                                   directory
 *
 * Round r is the same input in every run with the same seeds, whatever ran before it. When a sanitizer, abort
 * or ten seconds in one round end the program, the last line on standard error says which round it was.
 *
 * With FUZZ_GUIDED defined the same file is a target of libFuzzer instead (make fuzz-guided), which keeps
 * what reaches new branches and mutates that; the words are then one of its mutations. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FUZZ_LARGEST = 1 << 20, FUZZ_SLOW = 10 /* seconds */ };

struct fuzz_input {
    char *p;
    size_t n;
};

static volatile unsigned long long fuzz_round; /* for what is said at the end */

static void fuzz_say(void)
{
    char line[64];
    int n = snprintf(line, sizeof line, "fuzz: round @%llu\n", fuzz_round);
    if (write(STDERR_FILENO, line, (size_t)n) < 0)
        _exit(99);
}

static void fuzz_signal(int number)
{
    fuzz_say();
    signal(number, SIG_DFL);
    raise(number);
}

/* The sanitizers' way to be told; absent without them. */
void __sanitizer_set_death_callback(void (*say)(void)) __attribute__((weak));

static inline uint64_t fuzz_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static inline size_t fuzz_below(uint64_t *state, size_t n)
{
    return n ? (size_t)(fuzz_random(state) % n) : 0;
}

/* Replaces `old` bytes at `at` by n others. */
static inline void fuzz_splice(struct fuzz_input *in, size_t at, size_t old, const char *p, size_t n)
{
    if (in->n - old + n > FUZZ_LARGEST)
        return;
    char *to = malloc(in->n - old + n + 1);
    if (!to)
        exit(99);
    memcpy(to, in->p, at);
    memcpy(to + at, p, n);
    memcpy(to + at + n, in->p + at + old, in->n - at - old);
    free(in->p);
    *in = (struct fuzz_input){to, in->n - old + n};
}

/* A number that parsers trip over, in 1, 2, 4 or 8 bytes of either order. */
static inline void fuzz_number(struct fuzz_input *in, uint64_t *state)
{
    static const uint64_t odd[] = {0,      1,      2,          0x7f,       0x80,       0xff, 0x7fff,
                                   0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, ~0ull};
    uint64_t value = odd[fuzz_below(state, sizeof odd / sizeof *odd)] + fuzz_below(state, 3) - 1;
    size_t n = (size_t)1 << fuzz_below(state, 4);
    bool big = fuzz_below(state, 4) == 0;
    if (in->n < n)
        return;
    size_t at = fuzz_below(state, in->n - n + 1);
    for (size_t i = 0; i < n; i++)
        in->p[at + (big ? n - 1 - i : i)] = (char)(value >> (8 * i));
}

static inline void fuzz_mutate(struct fuzz_input *in, const struct fuzz_input *other,
                               const char *const *token, size_t tokens, uint64_t *state)
{
    size_t at = fuzz_below(state, in->n + 1), left = in->n - at, some = 1 + fuzz_below(state, 16);
    size_t cut = some < left ? some : left, from = fuzz_below(state, other->n + 1);
    char run[256];
    switch (fuzz_below(state, 10)) {
    case 0: /* one bit */
        if (left)
            in->p[at] = (char)(in->p[at] ^ 1 << fuzz_below(state, 8));
        break;
    case 1: /* one byte */
        if (left)
            in->p[at] = (char)fuzz_random(state);
        break;
    case 2:
        fuzz_number(in, state);
        break;
    case 3: /* cut out */
        fuzz_splice(in, at, cut, "", 0);
        break;
    case 4: /* truncate */
        in->n = fuzz_below(state, 4) ? in->n : at;
        break;
    case 5: /* a run of one byte */
        memset(run, (int)fuzz_random(state), sizeof run);
        fuzz_splice(in, at, 0, run, fuzz_below(state, sizeof run));
        break;
    case 6: /* a piece of another seed */
        some = fuzz_below(state, other->n - from + 1);
        fuzz_splice(in, at, fuzz_below(state, left + 1), other->p + from, some);
        break;
    case 7: /* twice */
        cut = fuzz_below(state, left < 512 ? left + 1 : 512);
        {
            char copy[512];
            memcpy(copy, in->p + at, cut);
            fuzz_splice(in, at, 0, copy, cut);
        }
        break;
    default:
        if (tokens > 0) {
            const char *word = token[fuzz_below(state, tokens)];
            fuzz_splice(in, at, fuzz_below(state, 2) ? cut : 0, word, strlen(word));
        }
    }
}

/* Round r: a seed, mutated one to eight times, in memory of exactly its size. Round r < seeds: the seed. */
static inline struct fuzz_input fuzz_make(const struct fuzz_input *seed, size_t seeds,
                                          const char *const *token, size_t tokens, uint64_t r)
{
    uint64_t state = r * 0xd1342543de82ef95u;
    const struct fuzz_input *first = &seed[r < seeds ? r : fuzz_below(&state, seeds)];
    struct fuzz_input in = {malloc(first->n + 1), 0};
    if (!in.p)
        exit(99);
    fuzz_splice(&in, 0, 0, first->p, first->n);
    for (size_t k = r < seeds ? 0 : 1 + fuzz_below(&state, 8); k > 0; k--)
        fuzz_mutate(&in, &seed[fuzz_below(&state, seeds)], token, tokens, &state);
    char *exact = malloc(in.n ? in.n : 1);
    if (!exact)
        exit(99);
    memcpy(exact, in.p, in.n);
    free(in.p);
    in.p = exact;
    return in;
}

static inline struct fuzz_input fuzz_read(const char *path)
{
    struct fuzz_input in = {malloc(FUZZ_LARGEST), 0};
    FILE *f = fopen(path, "rb");
    if (!f || !in.p) {
        fprintf(stderr, "fuzz: cannot read %s\n", path);
        exit(2);
    }
    in.n = fread(in.p, 1, FUZZ_LARGEST, f);
    fclose(f);
    return in;
}

static inline void fuzz_keep(const char *program, const struct fuzz_input *in)
{
    char path[256];
    const char *slash = strrchr(program, '/');
    snprintf(path, sizeof path, "%s.input", slash ? slash + 1 : program);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(in->p, 1, in->n, f) != in->n || fclose(f) != 0)
        exit(2);
}

/* The rounds a first argument asks for. */
struct fuzz_rounds {
    uint64_t first, end; /* end: of the rounds; when timed, in seconds since the epoch */
    bool one, timed;
};

static inline struct fuzz_rounds fuzz_rounds(const char *ask, size_t seeds)
{
    struct fuzz_rounds f = {.one = ask[0] == '@', .timed = ask[strlen(ask) - 1] == 's'};
    char *rest;
    uint64_t number = strtoull(ask + f.one, &rest, 10);
    if (*rest == '+') {
        f.first = number;
        number = strtoull(rest + 1, NULL, 10);
    }
    if (f.one)
        return (struct fuzz_rounds){.first = number, .end = number + 1, .one = true};
    f.end = f.timed ? (uint64_t)time(NULL) + number : f.first + seeds + number;
    return f;
}

static inline bool fuzz_goes_on(const struct fuzz_rounds *f, uint64_t r, size_t seeds)
{
    return f->timed ? r < seeds || (uint64_t)time(NULL) < f->end : r < f->end;
}

static inline int fuzz_main(int argc, char **argv, const char *const *token, size_t tokens,
                            void (*try)(const char *p, size_t n))
{
    if (argc < 3 || !argv[1][0]) {
        fprintf(stderr, "usage: %s [FIRST+]ROUNDS|[FIRST+]SECONDSs|@ROUND SEED...\n", argv[0]);
        return 2;
    }
    size_t seeds = (size_t)argc - 2;
    struct fuzz_input *seed = calloc(seeds, sizeof *seed);
    for (size_t i = 0; seed && i < seeds; i++)
        seed[i] = fuzz_read(argv[i + 2]);
    if (!seed)
        return 99;
    signal(SIGABRT, fuzz_signal);
    signal(SIGALRM, fuzz_signal);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(fuzz_say);
    struct fuzz_rounds rounds = fuzz_rounds(argv[1], seeds);
    uint64_t r = rounds.first;
    for (; fuzz_goes_on(&rounds, r, seeds); r++) {
        struct fuzz_input in = fuzz_make(seed, seeds, token, tokens, r);
        fuzz_round = r;
        if (rounds.one)
            fuzz_keep(argv[0], &in);
        alarm(FUZZ_SLOW);
        try(in.p, in.n);
        alarm(0);
        free(in.p);
    }
    printf("%llu rounds\n", (unsigned long long)(r - rounds.first));
    for (size_t i = 0; i < seeds; i++)
        free(seed[i].p);
    free(seed);
    return 0;
}

#ifndef FUZZ_GUIDED

#define FUZZ(tokens, try)                                                                                    \
    int main(int argc, char **argv)                                                                          \
    {                                                                                                        \
        return fuzz_main(argc, argv, tokens, sizeof tokens / sizeof *tokens, try);                           \
    }

#else

size_t LLVMFuzzerMutate(uint8_t *p, size_t n, size_t largest);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
size_t LLVMFuzzerCustomMutator(uint8_t *p, size_t n, size_t largest, unsigned seed);

/* Mutates the n bytes at p, which has room for `largest`: one time in four by this driver's own mutations,
 * which know the words, else by libFuzzer's. Returns the new length. */
static inline size_t fuzz_guided(uint8_t *p, size_t n, size_t largest, unsigned seed,
                                 const char *const *token, size_t tokens)
{
    uint64_t state = seed;
    if (fuzz_below(&state, 4) > 0)
        return LLVMFuzzerMutate(p, n, largest);
    struct fuzz_input in = {malloc(n + 1), 0}, other = {(char *)p, n};
    if (!in.p)
        exit(99);
    fuzz_splice(&in, 0, 0, (const char *)p, n);
    fuzz_mutate(&in, &other, token, tokens, &state);
    size_t made = in.n < largest ? in.n : largest;
    memcpy(p, in.p, made);
    free(in.p);
    return made;
}

#define FUZZ(tokens, try)                                                                                    \
    size_t LLVMFuzzerCustomMutator(uint8_t *p, size_t n, size_t largest, unsigned seed)                      \
    {                                                                                                        \
        return fuzz_guided(p, n, largest, seed, tokens, sizeof tokens / sizeof *tokens);                     \
    }                                                                                                        \
    int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)                                                   \
    {                                                                                                        \
        try((const char *)p, n);                                                                             \
        return 0;                                                                                            \
    }

#endif

#endif
