/* SPDX-License-Identifier: MIT
 * hitkey: the name of a finding: a 128-bit FNV-1a over the rule, the place and the values that entered it. */
#include "lib/read/hitkey.h"

/* The parameters of FNV-1a for 128 bits: prime 2^88 + 0x13b. */
#define FNV_BASIS (((u128)0x6c62272e07bb0142U << 64) | 0x62b821756295c58dU)
#define FNV_PRIME (((u128)0x0000000001000000U << 64) | 0x000000000000013bU)

struct hitkey hitkey_begin(void)
{
    return (struct hitkey){FNV_BASIS};
}

void hitkey_add(struct hitkey *k, struct slice field)
{
    u128 h = k->h;
    for (size_t i = 0; i < field.n; i++)
        h = (h ^ (unsigned char)field.p[i]) * FNV_PRIME;
    k->h = (h ^ '\t') * FNV_PRIME;
}

void hitkey_text(struct hitkey k, char out[33])
{
    for (int i = 0; i < 32; i++)
        out[i] = "0123456789abcdef"[(unsigned)(k.h >> (124 - 4 * i)) & 15];
    out[32] = '\0';
}
