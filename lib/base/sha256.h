/* SPDX-License-Identifier: MIT
 * sha256: the Secure Hash Algorithm of FIPS 180-4, for sums that sha256sum(1) checks too. */
#ifndef LIB_SHA256_H
#define LIB_SHA256_H

#include "lib/base/base.h"

struct sha256 {
    uint32_t state[8];
    uint64_t bytes;
    unsigned char block[64];
};

enum { SHA256_TEXT = 65 }; /* 64 hexadecimal digits and a NUL */

void sha256_begin(struct sha256 *s);
void sha256_add(struct sha256 *s, struct slice bytes);
void sha256_end(struct sha256 *s, char text[SHA256_TEXT]);

#endif
