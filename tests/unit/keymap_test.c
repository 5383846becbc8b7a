/* SPDX-License-Identifier: MIT
 * keymap_test: numbers by first appearance, whatever the keys' lengths, alone or in batches. */
#include "lib/stream/keymap.h"

#include <stdlib.h>

#include "tests/unit/tap.h"

enum { KEYS = 50000 };

/* The i-th key: a number, padded to a length that walks over the inline limit. */
static struct slice key(char *to, int i)
{
    int n = sprintf(to, "%d", i);
    while (n < i % 61) {
        to[n] = (char)('a' + n % 26);
        n++;
    }
    return (struct slice){to, (size_t)n};
}

static void one_by_one(struct tap *t)
{
    struct keymap *m = keymap_new(0);
    char text[100];
    bool good = true;
    for (int i = 0; i < KEYS; i++)
        good = good && keymap_put(m, key(text, i)) == (uint32_t)i;
    for (int i = KEYS - 1; i >= 0; i--)
        good = good && keymap_put(m, key(text, i)) == (uint32_t)i && keymap_get(m, key(text, i)) == i;
    tap_ok(t, good && keymap_count(m) == KEYS, "every key keeps the number of its first appearance");
    tap_ok(t, keymap_get(m, slice_of("no such key")) == -1, "a key that is not there has none");
    good = true;
    for (uint32_t i = 0; i < KEYS; i++)
        good = good && slice_equal(keymap_key(m, i), key(text, (int)i));
    tap_ok(t, good, "the keys can be read back");
    keymap_free(m);
}

static void in_batches(struct tap *t)
{
    struct keymap *m = keymap_new(10);
    char text[200][100];
    struct slice keys[200];
    uint32_t number[200];
    bool good = true;
    for (int from = 0; from < KEYS; from += 100) {
        /* Each batch holds 100 new keys, every one twice. */
        for (int i = 0; i < 200; i++)
            keys[i] = key(text[i], from + i / 2);
        keymap_put_batch(m, keys, 200, number);
        for (int i = 0; i < 200; i++)
            good = good && number[i] == (uint32_t)(from + i / 2);
    }
    tap_ok(t, good, "a batch gives the same numbers, repeated keys within it included");
    keymap_free(m);
}

/* More keys than one page of entries holds, in a table that is told so in the middle. */
static void many(struct tap *t)
{
    enum { MANY = 600000 };
    struct keymap *m = keymap_new(0);
    char text[32];
    bool good = true;
    for (uint32_t i = 0; i < MANY; i++) {
        if (i == 1000)
            keymap_reserve(m, MANY / 2);
        if (i == MANY / 2)
            keymap_reserve(m, 10);
        good = good && keymap_put(m, (struct slice){text, (size_t)sprintf(text, "L%015u", i * 7)}) == i;
    }
    for (uint32_t i = 0; i < MANY; i++) {
        struct slice k = {text, (size_t)sprintf(text, "L%015u", i * 7)};
        good = good && keymap_get(m, k) == i && slice_equal(keymap_key(m, i), k);
        text[15] ^= 1;
        good = good && (keymap_get(m, k) >= 0) == ((i * 7 ^ 1) % 7 == 0 && (i * 7 ^ 1) < MANY * 7);
    }
    tap_ok(t, good, "600,000 keys, room made for half of them");
    tap_ok(t, keymap_memory(m) <= MANY * 56 + (8 << 20), "at most 56 bytes a key while nothing is moved");
    keymap_free(m);
}

/* Every key counts in the last eight bytes beside it how often it came. */
static void payloads(struct tap *t, size_t payload, size_t length)
{
    struct keymap *m = keymap_new_with(0, payload, length);
    char text[200][100], *beside[200];
    struct slice keys[200];
    uint32_t number[200];
    bool good = true;
    for (int round = 0; round < 2; round++) {
        for (int from = 0; from < KEYS; from += 100) {
            for (int i = 0; i < 200; i++)
                keys[i] = key(text[i], (from + i) % KEYS);
            keymap_put_batch(m, keys, 200, number);
            keymap_payloads(m, number, 200, beside);
            for (int i = 0; i < 200; i++)
                ++*(uint64_t *)(void *)(beside[i] + payload - 8);
        }
        for (uint32_t i = 0; i < KEYS; i++) {
            good = good && slice_equal(keymap_key(m, i), key(text[0], (int)i));
            good = good && ((uint64_t *)keymap_payload(m, i))[payload / 8 - 1] == 2;
        }
        keymap_clear(m);
        good = good && keymap_count(m) == 0 && keymap_get(m, slice_of("7")) == -1;
    }
    tap_ok(t, good, "what stands beside a key is its own, and zero again in a map that was cleared");
    keymap_free(m);
}

static void empty_key_and_order(struct tap *t)
{
    struct keymap *m = keymap_new(0);
    static const char *const keys[] = {"b", "", "a\tz", "a", "ab", "\xe6\xb3\xb0"};
    for (size_t i = 0; i < 6; i++)
        keymap_put(m, slice_of(keys[i]));
    uint32_t *order = keymap_sorted(m);
    char got[100] = "";
    for (uint32_t i = 0; i < 6; i++)
        sprintf(got + strlen(got), "%u ", order[i]);
    tap_text(t, got, "1 3 2 4 0 5 ", "sorted bytewise, the empty key first, a prefix before what it begins");
    free(order);
    keymap_free(m);
}

int main(void)
{
    struct tap t = {0};
    one_by_one(&t);
    in_batches(&t);
    many(&t);
    payloads(&t, 8, 0);
    payloads(&t, 32, 20);
    payloads(&t, 200, 1000);
    empty_key_and_order(&t);
    return tap_end(&t);
}
