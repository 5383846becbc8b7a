/* SPDX-License-Identifier: MIT
 * sha256_test: the examples of FIPS 180-4 and its companions, in one piece and in many. */
#include "lib/base/sha256.h"

#include <stdlib.h>

#include "tests/unit/tap.h"

static void test(struct tap *t, const char *text, const char *want)
{
    for (size_t piece = 1; piece <= 64; piece += 21) {
        struct sha256 s;
        char got[SHA256_TEXT];
        sha256_begin(&s);
        for (size_t i = 0; i < strlen(text); i += piece)
            sha256_add(&s, (struct slice){text + i, strlen(text) - i < piece ? strlen(text) - i : piece});
        sha256_end(&s, got);
        tap_text(t, got, want, "a known sum");
    }
}

int main(void)
{
    struct tap t = {0};
    char *million = malloc(1000001);
    memset(million, 'a', 1000000);
    million[1000000] = '\0';
    test(&t, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    test(&t, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    test(&t, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    test(&t, million, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
    return tap_end(&t);
}
