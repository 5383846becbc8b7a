/* SPDX-License-Identifier: MIT
 * filekind: see filekind.h. */
#include "lib/read/filekind.h"

#include <strings.h>

#include "lib/base/buf.h"
#include "lib/read/fold.h"

struct magic {
    size_t at;
    const char *bytes;
    size_t n;
    const char *what; /* what is sent by mistake, and what to do about it */
};

#define MAGIC(bytes) bytes, sizeof(bytes) - 1

static const struct magic others[] = {
    {0, MAGIC("%PDF-"), "a PDF document; send the workbook or CSV that it was made from"},
    {0, MAGIC("Rar!\x1a"), "a RAR archive; unpack it first"},
    {0, MAGIC("7z\xbc\xaf\x27\x1c"), "a 7z archive; unpack it first"},
    {0, MAGIC("\xfd\x37zXZ\0"), "an xz file; unpack it first"},
    {4, MAGIC("1AY&SY"), "a bzip2 file; unpack it first"}, /* behind BZh and a digit */
    {0, MAGIC("\x28\xb5\x2f\xfd"), "a zstd file; unpack it first"},
    {0, MAGIC("\x1f\x8b\x08"), "a gzip file inside a gzip file; unpack it first"},
    {0, MAGIC("\xff\xd8\xff"), "a picture; send the workbook or CSV that it shows"},
    {0, MAGIC("\x89PNG\r\n"), "a picture; send the workbook or CSV that it shows"},
    {0, MAGIC("{\\rtf"), "a text document (RTF), not a workbook"},
    /* Streams of BIFF begin with a record of their version. */
    {0, MAGIC("\x09\x00\x04\x00"), "a worksheet of Excel 2; save it as .xlsx"},
    {0, MAGIC("\x09\x02\x06\x00"), "a worksheet of Excel 3; save it as .xlsx"},
    {0, MAGIC("\x09\x04\x06\x00"), "a worksheet of Excel 4; save it as .xlsx"},
    {0, MAGIC("\x09\x08\x08\x00\x00\x05"), "a workbook of Excel 5.0 or 95; save it as .xlsx"},
    {0, MAGIC("\x09\x08\x10\x00\x00\x06"),
     "a workbook of Excel without the file around it; save it as .xlsx"},
};

static bool begins(struct slice s, const char *bytes, size_t n)
{
    return s.n >= n && memcmp(s.p, bytes, n) == 0;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Web systems send pages, and XML of office suites, named .xls, in UTF-16 too: a tag at the very beginning,
 * which no table has. */
static bool is_markup(struct slice s)
{
    bool little = begins(s, "\xff\xfe", 2), big = begins(s, "\xfe\xff", 2);
    struct buf plain = {0};
    size_t mark = begins(s, "\xef\xbb\xbf", 3) ? 3 : little || big ? 2 : 0;
    for (size_t i = mark; i < s.n; i++)
        if (s.p[i])
            buf_char(&plain, s.p[i]);
    struct slice text = trim(buf_view(&plain));
    bool tag = text.n > 1 && text.p[0] == '<' && (is_letter(text.p[1]) || strchr("!?", text.p[1]));
    bool mime = text.n >= 13 && strncasecmp(text.p, "mime-version:", 13) == 0;
    buf_free(&plain);
    return tag || mime;
}

static const struct magic *other(struct slice first)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (first.n >= others[i].at && begins((struct slice){first.p + others[i].at, first.n - others[i].at},
                                              others[i].bytes, others[i].n))
            return &others[i];
    return NULL;
}

enum file_kind file_kind(struct slice first)
{
    if (other(first))
        return FILE_OTHER;
    if (begins(first, "PK\3\4", 4) || begins(first, "PK\5\6", 4))
        return FILE_XLSX;
    if (begins(first, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
        return FILE_XLS;
    return is_markup(first) ? FILE_MARKUP : FILE_TEXT;
}

const char *file_kind_name(enum file_kind kind)
{
    static const char *const names[FILE_KINDS] = {"text", "an .xlsx workbook", "an .xls workbook",
                                                  "a web page", "a document of another kind"};
    return names[kind];
}

const char *file_kind_refusal(struct slice first)
{
    const struct magic *m = other(first);
    if (m)
        return m->what;
    return is_markup(first) ? "a web page or XML, whatever its name; open it and save it as .xlsx or CSV"
                            : NULL;
}
