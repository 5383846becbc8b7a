/* SPDX-License-Identifier: MIT
 * scan_test: separators and UTF-8 against a byte-by-byte reading, at every position in a 64-byte word. */
#include "lib/stream/scan.h"
#include "lib/stream/scan_paths.h"
#include "tests/unit/tap.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

typedef size_t separators_path(const char *p, size_t n, uint32_t *sep, size_t *newlines);

static void separators_match_a_plain_loop(struct tap *t, separators_path *path, const char *name)
{
    char text[1000 + SCAN_SLACK] = {0};
    uint32_t sep[1000 + SCAN_SLACK], state = 7;
    bool good = true;
    for (int round = 0; round < 500; round++) {
        size_t n = next_random(&state) % 1000;
        unsigned density = 1 + next_random(&state) % 12;
        for (size_t i = 0; i < sizeof text; i++)
            text[i] = next_random(&state) % density == 0 ? "\t\n"[next_random(&state) % 2] : 'x';
        size_t lines = 0, want_lines = 0, k = 0;
        size_t count = path(text, n, sep, &lines);
        for (size_t i = 0; i < n; i++) {
            if (text[i] != '\t' && text[i] != '\n')
                continue;
            good = good && k < count && sep[k] == i;
            k++;
            want_lines += text[i] == '\n';
        }
        good = good && k == count && lines == want_lines;
    }
    char what[120];
    snprintf(what, sizeof what,
             "%s: separators of 500 random blocks are those a plain loop finds, none past the end", name);
    tap_ok(t, good, what);
}

/* Whether every wide path that this machine has says of the text what the careful one says. */
static bool paths_say(const char *text, size_t n, bool good)
{
    return (!scan_has_avx2() || scan_is_text_avx2(text, n) == good) &&
           (!scan_has_avx512() || scan_is_text_avx512(text, n) == good);
}

/* One piece of text at every offset within and across 64-byte words of ASCII. */
static bool verdict_at_every_offset(const char *piece, size_t n, bool good)
{
    for (size_t at = 0; at < 140; at++) {
        char text[300 + SCAN_SLACK];
        memset(text, 'a', sizeof text);
        memcpy(text + at, piece, n);
        size_t got = scan_text(text, 300);
        if (scan_text_portable(text, 300) != got || !paths_say(text, 300, got == 300))
            return false;
        if (good ? got != 300 : got != at)
            return false;
    }
    return true;
}

static void text_is_strict_utf8(struct tap *t)
{
    static const struct {
        const char *bytes, *what;
        bool good;
    } cases[] = {
        {"\xe6\xb3\xb0", "a three-byte character", true},
        {"\xf0\xa0\xae\xb7", "a four-byte character", true},
        {"\xc3\xa9", "a two-byte character", true},
        {"\xc0\xaf", "an overlong slash", false},
        {"\xe0\x80\xaf", "an overlong three-byte form", false},
        {"\xed\xa0\x80", "a surrogate", false},
        {"\xf4\x90\x80\x80", "a code point above U+10FFFF", false},
        {"\x80", "a lone continuation byte", false},
        {"\xd6\xd0", "GB18030 for zhong", false},
        {"\xff", "the byte ff", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        tap_ok(t, verdict_at_every_offset(cases[i].bytes, strlen(cases[i].bytes), cases[i].good),
               cases[i].what);
    tap_ok(t, verdict_at_every_offset("\0", 1, false), "NUL is refused");
    char cut[64 + SCAN_SLACK] = "abc\xe6\xb3";
    tap_ok(t, scan_text(cut, 5) == 3, "a character cut off by the end is refused where it starts");
}

/* Bytes drawn from those where the rules of UTF-8 change; all paths must agree on every string. */
static void paths_agree(struct tap *t)
{
    static const unsigned char edges[] = {0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf,
                                          0xe0, 0xe1, 0xed, 0xee, 0xf0, 0xf1, 0xf4, 0xf5, 0x00, 0x41, 0x41};
    uint32_t state = 99, good = 0, bad = 0;
    bool agree = true;
    for (int round = 0; round < 200000; round++) {
        char text[130 + SCAN_SLACK];
        memset(text, 'a', sizeof text);
        size_t at = next_random(&state) % 66, n = at + next_random(&state) % 60;
        for (size_t i = at; i < at + 5; i++)
            text[i] = (char)edges[next_random(&state) % sizeof edges];
        bool is_text = scan_text_portable(text, n) == n;
        agree = agree && paths_say(text, n, is_text);
        *(is_text ? &good : &bad) += 1;
    }
    tap_ok(t, agree && good > 1000 && bad > 1000,
           "the wide paths and the portable one agree on 200,000 strings of edge bytes");
}

int main(void)
{
    struct tap t = {0};
    separators_match_a_plain_loop(&t, scan_separators_portable, "portable");
    if (scan_has_avx2())
        separators_match_a_plain_loop(&t, scan_separators_avx2, "AVX2");
    if (scan_has_avx512())
        separators_match_a_plain_loop(&t, scan_separators_avx512, "AVX-512");
    text_is_strict_utf8(&t);
    paths_agree(&t);
    return tap_end(&t);
}
