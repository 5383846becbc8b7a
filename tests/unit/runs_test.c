/* SPDX-License-Identifier: MIT
 * runs_test: records put in many sorted runs come back as one sorted whole, equal ones in the order they were
 * put, whatever their number, length and bytes, and again after a rewind. */
#include "lib/order/runs.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "tests/unit/tap.h"

enum { KEY = 4, NUMBER = 4 };

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* A record is a key of four bytes, compared; a number of four bytes, which tells the order of putting; and
 * bytes of no meaning. */
static int by_key(void *ctx, struct slice a, struct slice b)
{
    ++*(uint64_t *)ctx;
    return memcmp(a.p, b.p, KEY);
}

static int by_key_and_number(const void *a, const void *b)
{
    return memcmp(*(char *const *)a, *(char *const *)b, KEY + NUMBER);
}

static void number_bytes(char *p, uint32_t v)
{
    for (unsigned i = 0; i < 4; i++)
        p[i] = (char)(v >> (24 - 8 * i));
}

/* Puts `count` records in runs of at most `longest`, and reads them back. */
static bool sorts(size_t count, size_t longest, size_t bytes, uint32_t keys)
{
    uint64_t compared = 0;
    uint32_t state = (uint32_t)(count + longest);
    struct runs *r = runs_new(NULL, by_key, &compared);
    struct diag d = {0};
    char **record = mem_array(NULL, count, sizeof *record);
    size_t *length = mem_array(NULL, count, sizeof *length);
    bool good = true;
    for (size_t from = 0; from < count;) {
        size_t n = 1 + next_random(&state) % longest;
        n = n < count - from ? n : count - from;
        for (size_t i = from; i < from + n; i++) {
            length[i] = KEY + NUMBER + (bytes ? next_random(&state) % bytes : 0);
            record[i] = mem_zero(1, length[i]);
            number_bytes(record[i], next_random(&state) % keys);
            number_bytes(record[i] + KEY, (uint32_t)i);
            memset(record[i] + KEY + NUMBER, (int)(i % 256), length[i] - KEY - NUMBER);
        }
        qsort(record + from, n, sizeof *record, by_key_and_number);
        for (size_t i = from; i < from + n; i++) { /* lengths follow their records */
            uint32_t number = 0;
            for (unsigned k = 0; k < 4; k++)
                number = number << 8 | (unsigned char)record[i][KEY + k];
            good = good && runs_put(r, (struct slice){record[i], length[number]}, &d) == ST_OK;
        }
        good = good && runs_end(r, &d) == ST_OK;
        from += n;
    }
    qsort(record, count, sizeof *record, by_key_and_number);
    struct slice got;
    for (unsigned pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count && good; i++)
            good = runs_next(r, &got, &d) == ST_OK && got.p && memcmp(got.p, record[i], KEY + NUMBER) == 0;
        good = good && runs_next(r, &got, &d) == ST_OK && !got.p;
        runs_rewind(r);
    }
    for (size_t i = 0; i < count; i++)
        free(record[i]);
    free(record);
    free(length);
    runs_free(r);
    return good;
}

static bool empty_is_empty(void)
{
    uint64_t compared = 0;
    struct diag d = {0};
    struct slice got = {"x", 1};
    struct runs *r = runs_new(NULL, by_key, &compared);
    bool good = !runs_any(r) && runs_end(r, &d) == ST_OK && runs_next(r, &got, &d) == ST_OK && !got.p;
    runs_free(r);
    return good;
}

static bool a_missing_directory_is_told(void)
{
    uint64_t compared = 0;
    struct diag d = {0};
    struct runs *r = runs_new("/nonexistent/directory", by_key, &compared);
    bool good =
        runs_put(r, slice_of("00000000"), &d) == ST_OUTPUT && strcmp(d.file, "/nonexistent/directory") == 0;
    runs_free(r);
    return good;
}

int main(void)
{
    struct tap t = {0};
    tap_ok(&t, empty_is_empty(), "no records at all");
    tap_ok(&t, sorts(1, 1, 0, 1), "one record");
    tap_ok(&t, sorts(1000, 1000, 40, 1000000), "a few runs");
    tap_ok(&t, sorts(20000, 9, 10, 50), "thousands of runs, with equal records in many of them");
    tap_ok(&t, sorts(300, 5, 400000, 20), "records longer than any buffer");
    tap_ok(&t, a_missing_directory_is_told(), "a directory that is not there is ST_OUTPUT, and named");
    return tap_end(&t);
}
