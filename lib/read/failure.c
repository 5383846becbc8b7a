/* SPDX-License-Identifier: MIT
 * failure: see failure.h. */
#include "lib/read/failure.h"

#include <inttypes.h>
#include <stdio.h>

#include "lib/base/buf.h"

#define AT(name) #name, offsetof(struct failure, name)

/* The columns, in their order. */
static const struct {
    const char *name;
    size_t at;
    bool number;
} columns[] = {
    {AT(run_id), false},     {AT(severity), false},   {AT(rule), false},       {AT(rule_version), false},
    {AT(level), false},      {AT(result), false},     {AT(period), false},     {AT(institution), false},
    {AT(table), false},      {AT(file), false},       {AT(sha256_8), false},   {AT(sheet), false},
    {AT(line), true},        {AT(record), true},      {AT(column), false},     {AT(header), false},
    {AT(cell), false},       {AT(key), false},        {AT(actual), false},     {AT(expected), false},
    {AT(difference), false}, {AT(allowance), false},  {AT(unit), false},       {AT(related), false},
    {AT(cause), false},      {AT(message_zh), false}, {AT(message_en), false}, {AT(hit_key), false},
    {AT(state), false},      {AT(by), false},         {AT(reason), false},     {AT(flex), false}};

enum { WIDTH = sizeof columns / sizeof *columns, NUMBERS_AT = 12, NUMBERS = 2 };
_Static_assert(WIDTH - NUMBERS == FAILURE_TEXTS, "all but line and record are texts");

static struct slice text_at(const struct failure *f, size_t column)
{
    return *(const struct slice *)(const void *)((const char *)f + columns[column].at);
}

static uint64_t number_at(const struct failure *f, size_t column)
{
    return *(const uint64_t *)(const void *)((const char *)f + columns[column].at);
}

struct slice *failure_text(struct failure *f, size_t number)
{
    size_t column = number < NUMBERS_AT ? number : number + NUMBERS;
    return (struct slice *)(void *)((char *)f + columns[column].at);
}

enum failure_format failure_format_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    if (dot && strcmp(dot, ".csv") == 0)
        return FAILURE_CSV;
    return dot && strcmp(dot, ".jsonl") == 0 ? FAILURE_JSON : FAILURE_TSV;
}

void failure_header(struct out *o, enum failure_format format)
{
    for (size_t i = 0; format != FAILURE_JSON && i < WIDTH; i++) {
        out_text(o, columns[i].name);
        out_char(o, i + 1 == WIDTH ? '\n' : format == FAILURE_CSV ? ',' : '\t');
    }
}

/* Whether none of a text's bytes is below ' ' or one of two others. */
static bool is_plain(struct slice text, char a, char b)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] < ' ' || text.p[i] == a || text.p[i] == b)
            return false;
    return true;
}

static void put_escaped(struct out *o, struct slice text)
{
    struct buf b = {0};
    buf_escaped(&b, text);
    out_slice(o, buf_view(&b));
    buf_free(&b);
}

static void put_quoted(struct out *o, struct slice text)
{
    out_char(o, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            out_char(o, '"');
        out_char(o, text.p[i]);
    }
    out_char(o, '"');
}

static void put_json(struct out *o, struct slice text)
{
    out_char(o, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '"' || c == '\\')
            out_char(o, '\\');
        if (c < ' ')
            out_printf(o, "\\u%04x", c);
        else
            out_char(o, (char)c);
    }
    out_char(o, '"');
}

static void put_text(struct out *o, enum failure_format format, struct slice text)
{
    if (format == FAILURE_JSON)
        put_json(o, text);
    else if (is_plain(text, format == FAILURE_CSV ? ',' : '\\', format == FAILURE_CSV ? '"' : '\\'))
        out_slice(o, text);
    else if (format == FAILURE_CSV)
        put_quoted(o, text);
    else
        put_escaped(o, text);
}

static void put_number(struct out *o, enum failure_format format, uint64_t number)
{
    char digits[20];
    size_t n = sizeof digits;
    for (uint64_t v = number; v; v /= 10)
        digits[--n] = (char)('0' + v % 10);
    if (number)
        out_write(o, digits + n, sizeof digits - n);
    else if (format == FAILURE_JSON)
        out_text(o, "null");
}

void failure_write(struct out *o, enum failure_format format, const struct failure *f)
{
    for (size_t i = 0; i < WIDTH; i++) {
        if (format == FAILURE_JSON)
            out_printf(o, "%s\"%s\": ", i ? ", " : "{", columns[i].name);
        else if (i)
            out_char(o, format == FAILURE_CSV ? ',' : '\t');
        if (columns[i].number)
            put_number(o, format, number_at(f, i));
        else
            put_text(o, format, text_at(f, i));
    }
    out_text(o, format == FAILURE_JSON ? "}\n" : "\n");
}

struct cell_name failure_cell(uint64_t column, uint64_t line)
{
    char letters[16];
    size_t n = sizeof letters;
    struct cell_name name;
    letters[--n] = '\0';
    for (; column > 0; column = (column - 1) / 26)
        letters[--n] = (char)('A' + (column - 1) % 26);
    if (line)
        snprintf(name.s, sizeof name.s, "%s%" PRIu64, letters + n, line);
    else
        snprintf(name.s, sizeof name.s, "%s", letters + n);
    return name;
}
