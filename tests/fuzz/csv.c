/* SPDX-License-Identifier: MIT
 * csv: CSV and TSV, fast and with care, must agree on every text: the same rows, or the same error in the
 * same record. The first byte of the input chooses format, delimiter and encoding; the rest is the file. */
#include "tests/fuzz/csv_ways.h"
#include "tests/fuzz/fuzz.h"

static const char *const tokens[] = {
    "\"",
    "\"\"",
    ",",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\\",
    ";",
    "|",
    "\"\n",
    "\",\"",
    ",\"",
    "\",",
    "机",
    "\xef\xbb\xbf",
    "\xef\xbf\xbd",
    "锟斤拷",
    "\x84\x31\xa4\x37",
    "\xb5",
    "\xff\xfe",
    "0123456789012345678901234567890123456789012345678901234567890123",
};

static void try(const char *p, size_t n)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    static const char *const encodings[] = {NULL, "UTF-8", "GB18030", "UTF-16"};
    unsigned char choice = n ? (unsigned char)p[0] : 0;
    struct way_options o = {choice & 1, delimiters[choice >> 1 & 3], encodings[choice >> 3 & 3]};
    struct way_file f = way_file();
    struct way_result careful = {0}, other = {0};
    way_write(&f, p + (n > 0), n - (n > 0));
    if (!ways_agree(&f, &o, &careful, &other)) {
        fprintf(stderr, "csv: with care %s\nelse      %s\n", buf_string(&careful.end),
                buf_string(&other.end));
        abort();
    }
    way_free(&careful);
    way_free(&other);
    close(f.fd);
}

FUZZ(tokens, try)
