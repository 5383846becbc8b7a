/* SPDX-License-Identifier: MIT
 * operation: how an aggregate's state comes to be. Each operation is a small file op_NAME.c that takes rows
 * into the states of their groups, folds states together, writes a state as fields of a line and reads it
 * back, and says what the aggregate of a state is. */
#ifndef LIB_OPERATION_H
#define LIB_OPERATION_H

#include "lib/base/arena.h"
#include "lib/group/argument.h"
#include "lib/group/bag.h"
#include "lib/group/seen.h"

enum missing { MISSING_STRICT, MISSING_SKIP, MISSING_ZERO };

/* Which of several equal candidates is taken. */
enum choice { CHOICE_LEAST, CHOICE_GREATEST, CHOICE_NONE };

/* What an aggregate of a group is. */
struct outcome {
    enum value_kind kind; /* VALUE_EMPTY, VALUE_NA, VALUE_NUM or VALUE_RAW */
    bool is_ratio;        /* VALUE_NUM: ratio holds it; otherwise decimal */
    bool overflow;        /* it does not fit */
    bool undefined;       /* VALUE_NA: a ratio whose base is zero */
    struct dec decimal;
    struct rat ratio;
    struct slice text;
};

enum { MOST_BOUNDS = 64 }; /* of a histogram */

/* What the constants of a call say. */
struct parameters {
    enum missing missing;
    enum choice ties;
    unsigned type;     /* of a quantile */
    unsigned digits;   /* to round to */
    uint64_t first;    /* how many count */
    struct rat p;      /* of a quantile */
    char *separator;   /* owned */
    struct dec *bound; /* rising, owned */
    size_t bounds;
};

struct operation;

/* One accumulation: an operation over an argument, its state at an offset in the record of each group. */
struct accumulator {
    const struct operation *op;
    struct argument *in, *by; /* by: the second argument, of those that have two */
    struct parameters p;      /* those that the state depends on */
    size_t offset, size;
    size_t number; /* among the accumulators */
    bool ordered;  /* bags: the values are wanted in order */
};

/* Where the states of a table of groups keep what their records cannot hold. */
struct store {
    struct arena texts;
    struct bags *bags; /* by number of the accumulator */
    size_t n;          /* of bags */
};

/* What the aggregate of a state is; p: all that the call says. A text of its own making stands in scratch. */
typedef struct outcome outcome_function(const struct accumulator *a, const struct parameters *p,
                                        const void *state, struct arena *scratch);

struct operation {
    size_t size;       /* of a state, a multiple of 8; its bytes are zero while nothing was seen */
    enum bag_kind bag; /* BAG_NONE, or what its state begins with a struct bag of */
    /* Takes a chunk in. false on overflow, with the index of the row in *bad. */
    bool (*update)(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad);
    /* Folds one state into another. false on overflow. */
    bool (*fold)(const struct accumulator *a, struct store *s, void *into, const void *from);
    /* Appends the state as fields, a TAB before each; what is in a bag is left out. */
    void (*save)(const struct accumulator *a, const void *state, struct buf *b);
    /* Reads the fields at the beginning of *rest, which moves behind them, into a cleared state. false when
     * they are not what save writes. */
    bool (*load)(const struct accumulator *a, struct store *s, void *state, struct slice *rest);
    outcome_function *outcome; /* NULL where a reading of the bag tells (reading.h) */
};

extern const struct operation operation_rows, operation_sum, operation_min, operation_max;
extern const struct operation operation_ratio_sum, operation_ratio_min, operation_ratio_max;
extern const struct operation operation_text_min, operation_text_max, operation_first, operation_last;
extern const struct operation operation_first_by, operation_last_by;
extern const struct operation operation_first_by_text, operation_last_by_text;
extern const struct operation operation_product, operation_moments, operation_bands;
extern const struct operation operation_texts, operation_numbers, operation_top;

/* Other things that can be said of the same states. */
outcome_function outcome_of_mean, outcome_of_ratio_mean;                  /* of the sums */
outcome_function outcome_of_weighted_mean;                                /* of operation_product */
outcome_function outcome_of_var_pop, outcome_of_var_samp, outcome_of_hhi; /* of operation_moments */
outcome_function outcome_of_stddev_pop, outcome_of_stddev_samp;

/* A place of 128 bits that is aligned like one of 64, as records are. */
typedef i128 i128_near __attribute__((aligned(8)));

/* What a group is by what it saw: VALUE_NUM when it has a value, VALUE_NA when there was nothing at all. */
static inline enum value_kind seen_kind(const struct accumulator *a, seen s)
{
    bool empty = seen_gaps(s) & 1;
    if (a->p.missing == MISSING_STRICT && empty)
        return VALUE_EMPTY;
    if (seen_count(s))
        return VALUE_NUM;
    return empty ? VALUE_EMPTY : VALUE_NA;
}

/* A state that is a decimal and what was seen. */
struct number {
    i128_near units;
    seen seen;
};

static inline struct dec number_dec(const struct number *s)
{
    return (struct dec){s->units, seen_scale(s->seen)};
}

/* A text in the store; its bytes go where the old ones stood, if there is room. */
struct kept {
    const char *p;
    uint32_t n, room;
};

static inline struct slice kept_text(const struct kept *k)
{
    return (struct slice){k->p ? k->p : "", k->n};
}

void kept_put(struct kept *k, struct store *s, struct slice text);

/* The same value with the fewest decimals. */
struct dec dec_shortest(struct dec v);

bool number_add(struct number *s, struct dec v, unsigned decimals, uint64_t count) MUST_USE;
bool number_fold(struct number *s, const struct number *from) MUST_USE;
void number_save(const struct number *s, struct buf *b); /* value, count, gaps */
bool number_load(struct number *s, struct slice *rest) MUST_USE;
struct outcome number_outcome(const struct accumulator *a, const struct number *s);

/* The cell as a decimal with the decimals it was written with; false when there is none, which *s notes. */
bool cell_decimal(const struct argument *in, size_t i, enum missing missing, seen *s, struct dec *v,
                  unsigned *decimals) MUST_USE;

/* --- fields of a line --- */

/* The field at the beginning of *rest, which moves behind it and its TAB. */
static inline struct slice take_field(struct slice *rest)
{
    const char *tab = rest->n ? memchr(rest->p, '\t', rest->n) : NULL;
    struct slice f = {rest->p, tab ? (size_t)(tab - rest->p) : rest->n};
    size_t used = f.n + (tab != NULL);
    *rest = (struct slice){rest->p + used, rest->n - used};
    return f;
}

void save_count(struct buf *b, uint64_t v);
bool load_count(struct slice *rest, uint64_t *v) MUST_USE;
void save_seen(struct buf *b, seen s); /* count and gaps */
bool load_seen(struct slice *rest, seen *s) MUST_USE;

#endif
