/* SPDX-License-Identifier: MIT
 * gb18030_table: a program of the build that prints the tables of GB18030, as this machine's iconv has them,
 * as C; portable/iconv.c is compiled with them. */
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>

/* The code point of one character, 0 when it is none. */
static uint32_t ask(iconv_t cd, const unsigned char *gb, size_t n)
{
    char in[4], *from = in;
    unsigned char out[8];
    char *to = (char *)out;
    size_t left = n, room = sizeof out;
    for (size_t i = 0; i < n; i++)
        in[i] = (char)gb[i];
    (void)iconv(cd, NULL, NULL, NULL, NULL);
    if (iconv(cd, &from, &left, &to, &room) == (size_t)-1 || sizeof out - room != 4)
        return 0;
    return (uint32_t)out[0] << 24 | (uint32_t)out[1] << 16 | (uint32_t)out[2] << 8 | out[3];
}

int main(void)
{
    iconv_t cd = iconv_open("UTF-32BE", "GB18030");
    if (cd == (iconv_t)-1)
        return 5;
    printf("static const uint32_t two_bytes[126][191] = {\n");
    for (int lead = 0x81; lead <= 0xfe; lead++) {
        printf("{");
        for (int k = 0x40; k <= 0xfe; k++)
            printf("%lu,",
                   (unsigned long)ask(cd, (unsigned char[]){(unsigned char)lead, (unsigned char)k}, 2));
        printf("},\n");
    }
    printf("};\nstatic const uint16_t four_bytes[39420] = {\n");
    for (int i = 0; i < 39420; i++) {
        unsigned char gb[4] = {(unsigned char)(0x81 + i / 12600), (unsigned char)(0x30 + i / 1260 % 10),
                               (unsigned char)(0x81 + i / 10 % 126), (unsigned char)(0x30 + i % 10)};
        printf("%lu,%s", (unsigned long)ask(cd, gb, 4), i % 20 == 19 ? "\n" : "");
    }
    printf("};\n");
    iconv_close(cd);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 4;
}
