/* SPDX-License-Identifier: MIT
 * careful: a CSV file to TSV through the portable reader of records alone, as `extract` does it where the
 * processor lacks the instructions of the fast one. */
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/out.h"
#include "lib/read/csv_records.h"

int main(int argc, char **argv)
{
    struct diag d = {0};
    struct out out;
    struct buf row = {0};
    struct record rec;
    enum decoder_fault fault;
    struct source *src = argc == 2 ? source_open(argv[1], &d) : NULL;
    struct decoder *dec = src ? decoder_open(src, NULL, &fault, &d) : NULL;
    if (!dec || out_open(&out, NULL, &d) != ST_OK)
        return 2;
    struct records r = csv_records_careful(dec, ',');
    enum status st;
    while ((st = records_next(&r, &rec, &d)) == ST_OK && rec.n > 0) {
        buf_clear(&row);
        for (size_t i = 0; i < rec.n; i++) {
            if (i > 0)
                buf_char(&row, '\t');
            buf_escaped(&row, rec.cell[i]);
        }
        buf_char(&row, '\n');
        out_slice(&out, buf_view(&row));
    }
    records_close(&r);
    decoder_close(dec);
    buf_free(&row);
    return out_close(&out, true, &d) == ST_OK ? (int)st : 4;
}
