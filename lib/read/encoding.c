/* SPDX-License-Identifier: MIT
 * encoding: see encoding.h. */
#include "lib/read/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <inttypes.h>
#include <stdlib.h>
#include <strings.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/read/encoding_clean.h"
#include "lib/read/encoding_lost.h"
#include "lib/read/gb18030.h"
#include "lib/stream/scan.h"

enum {
    SAMPLE_SIZE = 1 << 20,
    PAGE = 4096,
    FRONT = DECODER_KEEP + PAGE, /* room before the place that is read to */
    TEXT_SIZE = DECODER_TEXT - DECODER_KEEP,
    RAW_SIZE = 128 * 1024
};

#define UTF16 "UTF-16"
#define CONVERSION_FAILED ((size_t)-1)

struct decoder {
    struct source *src;
    char *encoding;
    bool converts; /* the text is not UTF-8 already: by gb, else by cd */
    struct gb18030 *gb;
    iconv_t cd;
    char *sample; /* the beginning of the file, read to detect */
    size_t sample_n, sample_used;
    bool ended;             /* the source has no more */
    char *raw;              /* bytes to convert, those of a cut character carried in front */
    size_t raw_n, raw_used; /* bytes in raw; of them those converted last */
    uint64_t raw_offset;    /* of raw[0] in the file */
    size_t raw_text;        /* where in text that which was converted last begins */
    char *memory;           /* FRONT, then TEXT_SIZE at a page's beginning, then SCAN_SLACK */
    char *text;             /* in it; what the caller wanted kept stands before it */
    size_t text_n;          /* bytes in text */
    size_t given;           /* of them handed out */
    uint64_t text_offset;   /* offset of text[0] in the file; meaningful for UTF-8 only */
    uint64_t lines;         /* LF before text */
    uint64_t given_lines;   /* LF handed out of it */
    bool guessed;
    enum decoder_fault fault;
};

/* --- opening --- */

static bool read_sample(struct decoder *dec, struct diag *d)
{
    while (dec->sample_n < SAMPLE_SIZE) {
        ptrdiff_t r = source_read(dec->src, dec->sample + dec->sample_n, SAMPLE_SIZE - dec->sample_n, d);
        if (r < 0)
            return false;
        if (r == 0) {
            dec->ended = true;
            break;
        }
        dec->sample_n += (size_t)r;
    }
    return true;
}

static uint64_t count_lines(const char *p, size_t n)
{
    uint64_t lines = 0;
    for (size_t i = 0; i < n; i++)
        lines += p[i] == '\n';
    return lines;
}

/* GBK and GB2312 are subsets that glibc maps worse; whoever asks for them is given GB18030. */
static const char *canonical_name(const char *asked)
{
    static const char *const gb[] = {"GB18030", "GBK", "GB2312", "EUC-CN"};
    for (size_t i = 0; i < sizeof gb / sizeof *gb; i++)
        if (strcasecmp(asked, gb[i]) == 0)
            return "GB18030";
    if (strcasecmp(asked, "UTF8") == 0 || strcasecmp(asked, "UTF-8") == 0)
        return "UTF-8";
    return strcasecmp(asked, UTF16) == 0 ? UTF16 : asked;
}

bool encoding_is_known(const char *name)
{
    iconv_t cd = iconv_open("UTF-8", canonical_name(name));
    if (cd != (iconv_t)-1)
        iconv_close(cd);
    return cd != (iconv_t)-1;
}

static enum status refuse_sample(const struct decoder *dec, struct diag *d)
{
    struct slice s = {dec->sample, dec->sample_n};
    struct buf why = {0};
    size_t at = encoding_doubt(s, dec->ended, &why);
    diag_set(d, ST_INPUT, source_name(dec->src), count_lines(s.p, at) + 1, NULL,
             "the encoding cannot be told: %s; name it with -e", buf_string(&why));
    buf_free(&why);
    return ST_INPUT;
}

/* Sets dec->encoding and skips the byte order mark. */
static enum status choose_encoding(struct decoder *dec, const char *asked, struct diag *d)
{
    struct slice sample = {dec->sample, dec->sample_n};
    size_t bom;
    const char *found = encoding_detect(sample, dec->ended, &bom);
    const char *use = asked ? canonical_name(asked) : found;
    if (!use)
        return refuse_sample(dec, d);
    if (strcmp(use, UTF16) == 0) {
        if (!found || strncmp(found, UTF16, strlen(UTF16)) != 0)
            return diag_set(
                d, ST_INPUT, source_name(dec->src), 0, NULL,
                "no byte order mark and no telling which UTF-16 it is; give UTF-16LE or UTF-16BE");
        use = found;
    }
    if (bom > 0 && strcasecmp(use, found) != 0)
        return diag_set(d, ST_INPUT, source_name(dec->src), 1, NULL, "its byte order mark says %s, not %s",
                        found, use);
    while (bom > 0 && strcmp(use, "UTF-8") == 0 && sample.n - bom >= 3 &&
           memcmp(sample.p + bom, sample.p, 3) == 0)
        bom += 3; /* a mark written before the mark */
    dec->guessed = !asked && bom == 0;
    dec->encoding = mem_text(slice_of(use));
    dec->sample_used = bom;
    dec->raw_offset = dec->text_offset = bom;
    if (strcmp(use, "UTF-8") == 0)
        return ST_OK;
    dec->converts = true;
    dec->gb = strcmp(use, "GB18030") == 0 ? gb18030_new() : NULL;
    if (!dec->gb)
        dec->cd = iconv_open("UTF-8", use);
    if (!dec->gb && dec->cd == (iconv_t)-1)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "unknown encoding %s", diag_quote(slice_of(use)).s);
    dec->raw = mem_alloc(RAW_SIZE);
    return ST_OK;
}

struct decoder *decoder_open(struct source *s, const char *encoding, enum decoder_fault *fault,
                             struct diag *d)
{
    struct decoder *dec = mem_zero(1, sizeof *dec);
    dec->src = s;
    dec->cd = (iconv_t)-1;
    dec->sample = mem_zero(1, SAMPLE_SIZE + SCAN_SLACK);
    if (posix_memalign((void **)&dec->memory, PAGE, FRONT + TEXT_SIZE + SCAN_SLACK) != 0)
        dec->memory = mem_alloc(FRONT + TEXT_SIZE + SCAN_SLACK);
    dec->text = dec->memory + FRONT;
    *fault = DECODER_READ;
    if (read_sample(dec, d)) {
        *fault = DECODER_ENCODING;
        if (choose_encoding(dec, encoding, d) == ST_OK)
            return dec;
    }
    decoder_close(dec);
    return NULL;
}

void decoder_close(struct decoder *dec)
{
    if (!dec)
        return;
    if (dec->cd != (iconv_t)-1)
        iconv_close(dec->cd);
    gb18030_free(dec->gb);
    source_close(dec->src);
    free(dec->encoding);
    free(dec->sample);
    free(dec->raw);
    free(dec->memory);
    free(dec);
}

const char *decoder_encoding(const struct decoder *dec)
{
    return dec->encoding;
}

const char *decoder_file(const struct decoder *dec)
{
    return source_name(dec->src);
}

enum decoder_fault decoder_last_fault(const struct decoder *dec)
{
    return dec->fault;
}

/* --- reading --- */

/* Bytes of the file: first those of the sample, then from the source. As source_read. */
static ptrdiff_t take_raw(struct decoder *dec, char *p, size_t n, struct diag *d)
{
    size_t k = dec->sample_n - dec->sample_used;
    if (k > 0) {
        k = k < n ? k : n;
        memcpy(p, dec->sample + dec->sample_used, k);
        dec->sample_used += k;
        return (ptrdiff_t)k;
    }
    if (dec->ended)
        return 0;
    ptrdiff_t r = source_read(dec->src, p, n, d);
    if (r < 0)
        dec->fault = DECODER_READ;
    dec->ended = r == 0;
    return r;
}

/* The error at byte `at` of text, whose place in the file is `offset`. */
static enum status bad_text(struct decoder *dec, size_t at, uint64_t offset, const char *what, struct diag *d)
{
    dec->fault = DECODER_ENCODING;
    return diag_set(d, ST_INPUT, source_name(dec->src), dec->lines + count_lines(dec->text, at) + 1, NULL,
                    "%s at byte offset %" PRIu64 " (encoding %s%s)", what, offset, dec->encoding,
                    dec->guessed ? ", told from its bytes; -e names another" : "");
}

/* Leaves what is not converted in raw, and fills it. Only an empty read into some room tells the end. */
static enum status fill_raw(struct decoder *dec, bool *final, struct diag *d)
{
    *final = false;
    dec->raw_n -= dec->raw_used;
    dec->raw_offset += dec->raw_used;
    memmove(dec->raw, dec->raw + dec->raw_used, dec->raw_n);
    dec->raw_used = 0;
    if (dec->raw_n == RAW_SIZE)
        return ST_OK;
    ptrdiff_t r = take_raw(dec, dec->raw + dec->raw_n, RAW_SIZE - dec->raw_n, d);
    if (r < 0)
        return ST_INPUT;
    *final = r == 0;
    dec->raw_n += (size_t)r;
    return ST_OK;
}

static size_t room_behind(const struct decoder *dec)
{
    return (size_t)(dec->memory + FRONT + TEXT_SIZE - (dec->text + dec->text_n));
}

/* As gb18030_decode. */
static int convert_bytes(struct decoder *dec, char **in, size_t *left, char **to, size_t *room)
{
    if (dec->gb)
        return gb18030_decode(dec->gb, in, left, to, room);
    return iconv(dec->cd, in, left, to, room) == CONVERSION_FAILED ? errno : 0;
}

/* Converts more of the file behind text. *final when nothing is left to come. */
static enum status convert(struct decoder *dec, bool *final, struct diag *d)
{
    if (fill_raw(dec, final, d) != ST_OK)
        return ST_INPUT;
    char *in = dec->raw, *to = dec->text + dec->text_n;
    size_t left = dec->raw_n, room = room_behind(dec);
    int error = convert_bytes(dec, &in, &left, &to, &room);
    dec->raw_text = dec->text_n;
    *final = *final && error != E2BIG;
    if (*final && error == 0 &&
        !dec->gb) /* some encodings hold a character back until they are told of the end */
        (void)iconv(dec->cd, NULL, NULL, &to, &room);
    dec->text_n = (size_t)(to - dec->text);
    dec->raw_used = (size_t)(in - dec->raw);
    if (error == EILSEQ)
        return bad_text(dec, dec->text_n, dec->raw_offset + dec->raw_used, "an illegal character", d);
    if (error == EINVAL && *final)
        return bad_text(dec, dec->text_n, dec->raw_offset + dec->raw_used,
                        "the file ends in the middle of a character", d);
    return ST_OK;
}

static enum status read_utf8(struct decoder *dec, bool *final, struct diag *d)
{
    ptrdiff_t r = take_raw(dec, dec->text + dec->text_n, room_behind(dec), d);
    if (r < 0)
        return ST_INPUT;
    *final = r == 0;
    dec->text_n += (size_t)r;
    return ST_OK;
}

/* Bytes at the end of text that may be the beginning of a ruin. */
static size_t begun_ruin(const char *p, size_t n)
{
    for (size_t k = strlen(encoding_ruin) - 1; k > 0; k--)
        if (k <= n && memcmp(p + n - k, encoding_ruin, k) == 0)
            return k;
    return 0;
}

/* Bytes at the end of text that are the beginning of a character. */
static size_t begun_character(const char *p, size_t n)
{
    for (size_t k = 1; k <= 3 && k <= n; k++)
        if (encoding_cut_utf8(p + n - k, k))
            return k;
    return 0;
}

/* The offset in the file of what was converted to text[at]: converts again up to there. */
static uint64_t offset_of(struct decoder *dec, size_t at)
{
    char *in = dec->raw, *again = mem_alloc(at - dec->raw_text + 1), *to = again;
    size_t left = dec->raw_n, room = at - dec->raw_text;
    if (dec->cd != (iconv_t)-1)
        (void)iconv(dec->cd, NULL, NULL, NULL, NULL);
    (void)convert_bytes(dec, &in, &left, &to, &room);
    free(again);
    return dec->raw_offset + (uint64_t)(in - dec->raw);
}

/* As bad_text, for what is wrong with the text itself. Of what was converted before the last time the offset
 * is no longer known. */
static enum status bad_character(struct decoder *dec, size_t at, const char *what, struct diag *d)
{
    if (!dec->converts || at >= dec->raw_text)
        return bad_text(dec, at, dec->converts ? offset_of(dec, at) : dec->text_offset + at, what, d);
    dec->fault = DECODER_ENCODING;
    return diag_set(d, ST_INPUT, source_name(dec->src), dec->lines + count_lines(dec->text, at) + 1, NULL,
                    "%s (encoding %s)", what, dec->encoding);
}

/* Bytes of text that are well-formed; what was made from GB18030 can only have a NUL. */
static size_t good_text(const struct decoder *dec, size_t n)
{
    if (!dec->gb)
        return scan_text(dec->text, n);
    const char *nul = memchr(dec->text, 0, n);
    return nul ? (size_t)(nul - dec->text) : n;
}

/* What is wrong at text[at], where text ends at n. */
static const char *bad_byte(const struct decoder *dec, size_t at, size_t n)
{
    if (!dec->text[at])
        return "a NUL byte";
    return encoding_cut_utf8(dec->text + at, n - at) ? "the file ends in the middle of a character"
                                                     : "an illegal byte";
}

/* Checks text and sets how much of it may be handed out. */
static enum status check_text(struct decoder *dec, bool final, struct diag *d)
{
    size_t n = dec->text_n;
    memset(dec->text + n, 0, SCAN_SLACK);
    size_t whole = final ? n : n - begun_character(dec->text, n);
    if (encoding_can_clean() && encoding_clean(dec->text, whole, &dec->given_lines) &&
        (final || begun_ruin(dec->text, whole) == 0)) {
        dec->given = whole;
        return ST_OK;
    }
    size_t good = good_text(dec, whole);
    if (good < whole)
        return bad_character(dec, good, bad_byte(dec, good, whole), d);
    if (!final)
        good -= begun_ruin(dec->text, good);
    const char *lost = encoding_lost(dec->text, good, &dec->given_lines);
    if (lost)
        return bad_character(dec, (size_t)(lost - dec->text),
                             memcmp(lost, encoding_ruin, 3) == 0 ? "锟斤拷, the trace of lost characters"
                                                                 : "U+FFFD, the mark of a lost character",
                             d);
    dec->given = good;
    return ST_OK;
}

enum status decoder_more(struct decoder *dec, size_t keep, struct slice *text, struct diag *d)
{
    bool final = false;
    size_t left = dec->text_n - dec->given;
    char *from = dec->text + dec->given - keep;
    dec->lines += dec->given_lines;
    dec->text_offset += dec->given;
    dec->text = dec->memory + FRONT - left;
    memmove(dec->text - keep, from, keep + left);
    dec->text_n = left;
    dec->given = dec->given_lines = 0;
    while (dec->given == 0 && !final) {
        enum status st = dec->converts ? convert(dec, &final, d) : read_utf8(dec, &final, d);
        if (st == ST_OK)
            st = check_text(dec, final, d);
        if (st != ST_OK)
            return st;
    }
    *text = (struct slice){dec->text - keep, keep + dec->given};
    return ST_OK;
}

enum status decoder_next(struct decoder *dec, struct slice *text, struct diag *d)
{
    return decoder_more(dec, 0, text, d);
}
