/* SPDX-License-Identifier: MIT
 * runs: see runs.h. A run is a file of records, each with its length before it. Sixty-four runs of one level
 * are merged into one of the next, so n runs are copied at most log64(n) times. The merge is a binary heap of
 * runs by their first record; runs stand in the order they were written, which keeps it stable. */
#include "lib/order/runs.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/base/mem.h"
#include "lib/base/out.h"
#include "lib/base/scratch.h"

enum { FAN_IN = 64, READ_BUFFER = 64 * 1024, WRITE_BUFFER = 256 * 1024 };

struct run {
    int fd;
    unsigned level;
    char *p; /* read ahead: NULL until reading begins */
    size_t at, n, cap;
    struct slice head; /* the record that is next, into p; p == NULL at the end */
};

struct runs {
    const char *directory;
    runs_compare *compare;
    void *ctx;
    struct run *run;
    size_t n, cap;
    struct out out; /* of the run being written; fd < 0 between runs */
    uint32_t *heap; /* numbers of runs, once reading has begun */
    size_t heaped;
    bool reading, fresh; /* fresh: the head of heap[0] was handed out */
};

struct runs *runs_new(const char *directory, runs_compare *compare, void *ctx)
{
    struct runs *r = mem_zero(1, sizeof *r);
    r->directory = directory;
    r->compare = compare;
    r->ctx = ctx;
    r->out.fd = -1;
    return r;
}

static void run_close(struct run *run)
{
    close(run->fd);
    free(run->p);
}

void runs_free(struct runs *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->n; i++)
        run_close(&r->run[i]);
    if (r->out.fd >= 0)
        close(r->out.fd);
    free(r->run);
    free(r->out.p);
    free(r->heap);
    free(r);
}

static enum status failed(const struct runs *r, int error, const char *what, struct diag *d)
{
    errno = error;
    return diag_errno(d, ST_OUTPUT, scratch_directory(r->directory), what);
}

/* --- writing --- */

static enum status begin(struct runs *r, struct diag *d)
{
    r->out.fd = scratch_open(r->directory, d);
    if (r->out.fd < 0)
        return ST_OUTPUT;
    if (!r->out.p) {
        r->out.cap = WRITE_BUFFER;
        r->out.p = mem_alloc(r->out.cap);
    }
    return ST_OK;
}

static enum status write_record(struct runs *r, struct slice record, struct diag *d)
{
    uint64_t n = record.n;
    out_write(&r->out, (const char *)&n, sizeof n);
    out_slice(&r->out, record);
    return out_failed(&r->out) ? failed(r, r->out.error, "cannot write a temporary file", d) : ST_OK;
}

/* Makes what was written the last run. */
static enum status finish(struct runs *r, unsigned level, struct diag *d)
{
    out_flush(&r->out);
    if (out_failed(&r->out))
        return failed(r, r->out.error, "cannot write a temporary file", d);
    r->run = mem_grow(r->run, r->n, &r->cap, sizeof *r->run);
    r->run[r->n++] = (struct run){.fd = r->out.fd, .level = level};
    r->out.fd = -1;
    return ST_OK;
}

/* --- reading --- */

/* Makes at least `want` bytes ready at run->at, unless the file ends before. */
static enum status fill(struct runs *r, struct run *run, size_t want, struct diag *d)
{
    if (run->n - run->at >= want)
        return ST_OK;
    if (run->at > 0)
        memmove(run->p, run->p + run->at, run->n - run->at);
    run->n -= run->at;
    run->at = 0;
    if (run->cap < want) {
        run->cap = want > READ_BUFFER ? want : READ_BUFFER;
        run->p = mem_array(run->p, run->cap, 1);
    }
    while (run->n < want) {
        ssize_t got = read(run->fd, run->p + run->n, run->cap - run->n);
        if (got == 0)
            return ST_OK;
        if (got > 0)
            run->n += (size_t)got;
        else if (errno != EINTR)
            return failed(r, errno, "cannot read a temporary file", d);
    }
    return ST_OK;
}

/* Moves to the next record of a run. */
static enum status advance(struct runs *r, struct run *run, struct diag *d)
{
    uint64_t n;
    run->head.p = NULL;
    enum status st = fill(r, run, sizeof n, d);
    if (st != ST_OK || run->n == run->at)
        return st;
    if (run->n - run->at < sizeof n)
        return failed(r, EIO, "a temporary file is cut off", d);
    memcpy(&n, run->p + run->at, sizeof n);
    st = fill(r, run, sizeof n + n, d);
    if (st == ST_OK && run->n - run->at < sizeof n + n)
        return failed(r, EIO, "a temporary file is cut off", d);
    run->head = (struct slice){run->p + run->at + sizeof n, n};
    run->at += sizeof n + n;
    return st;
}

static bool stands_before(const struct runs *r, uint32_t a, uint32_t b)
{
    int c = r->compare(r->ctx, r->run[a].head, r->run[b].head);
    return c < 0 || (c == 0 && a < b);
}

/* Lets the run at heap[i] sink to its place. */
static void sink(struct runs *r, size_t i)
{
    for (size_t child; (child = 2 * i + 1) < r->heaped; i = child) {
        if (child + 1 < r->heaped && stands_before(r, r->heap[child + 1], r->heap[child]))
            child++;
        if (!stands_before(r, r->heap[child], r->heap[i]))
            return;
        uint32_t held = r->heap[i];
        r->heap[i] = r->heap[child];
        r->heap[child] = held;
    }
}

/* Begins to read the runs from number `first` on. */
static enum status open_runs(struct runs *r, size_t first, struct diag *d)
{
    r->heap = mem_array(r->heap, r->n, sizeof *r->heap);
    r->heaped = 0;
    r->fresh = false;
    for (size_t i = first; i < r->n; i++) {
        if (lseek(r->run[i].fd, 0, SEEK_SET) != 0)
            return failed(r, errno, "cannot read a temporary file", d);
        r->run[i].at = r->run[i].n = 0;
        enum status st = advance(r, &r->run[i], d);
        if (st != ST_OK)
            return st;
        if (r->run[i].head.p)
            r->heap[r->heaped++] = (uint32_t)i;
    }
    for (size_t i = r->heaped / 2; i-- > 0;)
        sink(r, i);
    return ST_OK;
}

static enum status next(struct runs *r, struct slice *record, struct diag *d)
{
    record->p = NULL;
    if (r->fresh) {
        struct run *run = &r->run[r->heap[0]];
        enum status st = advance(r, run, d);
        if (st != ST_OK)
            return st;
        if (!run->head.p)
            r->heap[0] = r->heap[--r->heaped];
        sink(r, 0);
    }
    r->fresh = r->heaped > 0;
    if (r->fresh)
        *record = r->run[r->heap[0]].head;
    return ST_OK;
}

/* --- both --- */

/* Merges the runs of one level at the end of the list when they are enough for one of the next. */
static enum status merge_level(struct runs *r, struct diag *d)
{
    unsigned level = r->run[r->n - 1].level;
    size_t first = r->n;
    struct slice record;
    while (first > 0 && r->run[first - 1].level == level)
        first--;
    if (r->n - first < FAN_IN)
        return ST_OK;
    enum status st = open_runs(r, first, d);
    if (st == ST_OK)
        st = begin(r, d);
    while (st == ST_OK && (st = next(r, &record, d)) == ST_OK && record.p)
        st = write_record(r, record, d);
    if (st != ST_OK)
        return st;
    while (r->n > first)
        run_close(&r->run[--r->n]);
    st = finish(r, level + 1, d);
    return st == ST_OK ? merge_level(r, d) : st;
}

enum status runs_put(struct runs *r, struct slice record, struct diag *d)
{
    enum status st = r->out.fd < 0 ? begin(r, d) : ST_OK;
    return st == ST_OK ? write_record(r, record, d) : st;
}

enum status runs_end(struct runs *r, struct diag *d)
{
    if (r->out.fd < 0)
        return ST_OK;
    enum status st = finish(r, 0, d);
    return st == ST_OK ? merge_level(r, d) : st;
}

enum status runs_next(struct runs *r, struct slice *record, struct diag *d)
{
    if (!r->reading) {
        r->reading = true;
        enum status st = open_runs(r, 0, d);
        if (st != ST_OK)
            return st;
    }
    return next(r, record, d);
}

void runs_rewind(struct runs *r)
{
    r->reading = false;
}

bool runs_any(const struct runs *r)
{
    return r->n > 0 || r->out.fd >= 0;
}

size_t runs_memory(const struct runs *r)
{
    size_t bytes = r->out.p ? WRITE_BUFFER : 0;
    for (size_t i = 0; i < r->n; i++)
        bytes += r->run[i].cap;
    return bytes;
}
