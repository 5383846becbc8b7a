/* SPDX-License-Identifier: MIT
 * clean_test: what encoding_clean calls clean is, judged by the functions that know, at every place in a
 * word. */
#include "lib/read/encoding_clean.h"

#include "lib/read/encoding_lost.h"
#include "lib/stream/scan.h"
#include "lib/stream/scan_paths.h"
#include "tests/unit/tap.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* *clean gets the verdict; false when it may not be. A text that merely looks suspicious may be called
 * unclean. */
static bool verdict_holds(const char *p, size_t n, bool *clean)
{
    uint64_t lines = 99, want = 0;
    bool text = scan_text_portable(p, n) == n, lost = text && encoding_lost(p, n, &want);
    bool suspicious = memmem(p, n, "\xbf\xbd", 2) || memmem(p, n, "\x8b\xb7", 2);
    *clean = encoding_clean(p, n, &lines);
    if (*clean)
        return text && !lost && lines == want;
    return !text || suspicious;
}

static void test_random(struct tap *t)
{
    static const char *const pieces[] = {
        "a",  "\n",   "泰",   "é",    "𠮷",       "\xef\xbf\xbd", "锟斤拷",   "：",
        "请", "\xe6", "\xbf", "\x80", "\xf0\x9f", "\xed\xa0\x80", "\xc0\xaf", "\xf4\x90\x80\x80"};
    char text[260 + SCAN_SLACK];
    uint32_t state = 17, clean = 0, unclean = 0;
    bool good = true;
    for (int round = 0; round < 200000; round++) {
        size_t n = next_random(&state) % 200, kinds = next_random(&state) % 16 ? 5 : 16;
        memset(text, 'a', sizeof text);
        for (size_t i = 0; i < n;) {
            const char *piece = pieces[next_random(&state) % kinds];
            memcpy(text + i, piece, strlen(piece));
            i += strlen(piece) + (round % 2 ? next_random(&state) % 40 : 0);
        }
        if (round % 512 == 0 && n > 0)
            text[next_random(&state) % n] = '\0';
        bool is_clean;
        good = good && verdict_holds(text, n, &is_clean);
        *(is_clean ? &clean : &unclean) += 1;
    }
    tap_ok(t, good && clean > 10000 && unclean > 10000, "200,000 texts: clean only what is, with its lines");
}

/* One piece alone among ASCII, also where the text ends inside it. */
static void test_places(struct tap *t)
{
    static const char *const pieces[] = {"泰",           "\xf0\xa0\xae\xb7", "é",
                                         "\xef\xbf\xbd", "锟斤拷",           "\xed\xa0\x80"};
    bool good = true, is_clean;
    for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++)
        for (size_t at = 0; at < 140; at++)
            for (size_t n = at; n < 200; n += n < at + 12 ? 1 : 50) {
                char text[300 + SCAN_SLACK];
                memset(text, 'a', sizeof text);
                memcpy(text + at, pieces[k], strlen(pieces[k]));
                good = good && verdict_holds(text, n, &is_clean);
                good = good && (k > 2 || n < at + strlen(pieces[k]) || is_clean);
            }
    tap_ok(t, good, "characters and marks at every place of two words");
}

int main(void)
{
    struct tap t = {0};
    if (encoding_can_clean()) {
        test_random(&t);
        test_places(&t);
    } else {
        tap_ok(&t, true, "no such pass on this machine # skip");
    }
    return tap_end(&t);
}
