/* SPDX-License-Identifier: MIT
 * csv_ways: one text read in the ways there are, each described as text so that they can be compared: one
 * record after the other with care, one after the other fast, whole runs at once. */
#ifndef TESTS_FUZZ_CSV_WAYS_H
#define TESTS_FUZZ_CSV_WAYS_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/read/csv_records.h"

enum way { WAY_CAREFUL, WAY_FAST, WAY_COPY };

struct way_options {
    bool tsv;
    char delimiter;
    const char *encoding; /* or NULL */
};

/* A file in memory and the path that opens it. */
struct way_file {
    int fd;
    char path[64];
};

static inline struct way_file way_file(void)
{
    struct way_file f = {.fd = memfd_create("text", 0)};
    snprintf(f.path, sizeof f.path, "/proc/self/fd/%d", f.fd);
    return f;
}

static inline void way_write(const struct way_file *f, const char *p, size_t n)
{
    if (ftruncate(f->fd, 0) != 0 || pwrite(f->fd, p, n, 0) != (ssize_t)n)
        exit(99);
}

/* What was read: the rows as the stream has them; the places of records; how it ended. */
struct way_result {
    struct buf rows, places, end;
};

static inline void way_clear(struct way_result *r)
{
    buf_clear(&r->rows);
    buf_clear(&r->places);
    buf_clear(&r->end);
}

static inline void way_free(struct way_result *r)
{
    buf_free(&r->rows);
    buf_free(&r->places);
    buf_free(&r->end);
}

static inline void way_row(struct way_result *to, const struct record *rec)
{
    for (size_t i = 0; i < rec->n; i++) {
        if (i > 0)
            buf_char(&to->rows, '\t');
        buf_escaped(&to->rows, rec->cell[i]);
    }
    buf_char(&to->rows, '\n');
    buf_printf(&to->places, "%" PRIu64 "/%" PRIu64 " ", rec->line, rec->number);
}

static inline struct records way_open(struct decoder *dec, const struct way_options *o, enum way way)
{
    bool careful = way == WAY_CAREFUL;
    if (o->tsv)
        return careful ? tsv_records_careful(dec, o->delimiter) : tsv_records(dec, o->delimiter);
    return careful ? csv_records_careful(dec, o->delimiter) : csv_records(dec, o->delimiter);
}

/* Copies runs of rows as wide as the record read last, through an output that is only memory. */
static inline enum status way_copy(struct records *r, size_t width, struct way_result *to, uint64_t *copied,
                                   struct diag *d)
{
    uint64_t rows = 1;
    enum status st = ST_OK;
    static char memory[4 << 20];
    *copied = 0;
    while (rows > 0 && st == ST_OK) {
        struct out out = {.fd = -1, .p = memory, .cap = sizeof memory};
        st = csv_copy_rows(r, width, &out, &rows, d);
        buf_add(&to->rows, memory, out.n);
        *copied += rows;
    }
    return st;
}

static inline void way_read(const struct way_file *f, const struct way_options *o, enum way way,
                            struct way_result *to)
{
    struct diag d = {0};
    enum decoder_fault fault;
    struct record rec = {0};
    way_clear(to);
    struct decoder *dec = decoder_open(source_open(f->path, &d), o->encoding, &fault, &d);
    if (dec) {
        struct records r = way_open(dec, o, way);
        enum status st;
        uint64_t number = 0, copied = 0;
        while ((st = records_next(&r, &rec, &d)) == ST_OK && rec.n > 0) {
            way_row(to, &rec);
            number++;
            if (way == WAY_COPY)
                st = way_copy(&r, rec.n, to, &copied, &d);
            number += copied;
            if (st != ST_OK)
                break;
        }
        buf_printf(&to->end, "%" PRIu64 " records, %" PRIu64 " blank; ", number, records_blank_lines(&r));
        records_close(&r);
        decoder_close(dec);
    }
    buf_printf(&to->end, "%d:%" PRIu64 ":%" PRIu64 ": %s", (int)d.status, d.line, d.record, d.reason);
}

/* Whether all ways agree; the ways that gave careful's results are in careful and other. */
static inline bool ways_agree(const struct way_file *f, const struct way_options *o,
                              struct way_result *careful, struct way_result *other)
{
    way_read(f, o, WAY_CAREFUL, careful);
    way_read(f, o, WAY_FAST, other);
    if (!slice_equal(buf_view(&careful->rows), buf_view(&other->rows)) ||
        !slice_equal(buf_view(&careful->places), buf_view(&other->places)) ||
        !slice_equal(buf_view(&careful->end), buf_view(&other->end)))
        return false;
    way_read(f, o, WAY_COPY, other);
    return slice_equal(buf_view(&careful->rows), buf_view(&other->rows)) &&
           slice_equal(buf_view(&careful->end), buf_view(&other->end));
}

#endif
