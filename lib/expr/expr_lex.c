/* SPDX-License-Identifier: MIT
 * expr_lex: the words of the expression language. */
#include <stdarg.h>
#include <stdio.h>

#include "lib/base/nearest.h"
#include "lib/expr/expr_internal.h"

bool compile_failed(struct compiler *c, struct slice at, const char *fmt, ...)
{
    char reason[256];
    va_list list;
    if (c->failed)
        return false;
    c->failed = true;
    va_start(list, fmt);
    vsnprintf(reason, sizeof reason, fmt, list);
    va_end(list);
    struct slice whole = slice_of(c->text);
    struct quoted all = diag_quote(whole), part = diag_quote(at);
    if (at.n == 0)
        diag_set(c->d, ST_MISUSE, c->file, c->line, NULL, "%s, at the end of %s", reason, all.s);
    else if (slice_equal(at, whole))
        diag_set(c->d, ST_MISUSE, c->file, c->line, NULL, "%s, in %s", reason, all.s);
    else
        diag_set(c->d, ST_MISUSE, c->file, c->line, NULL, "%s, at %s in %s", reason, part.s, all.s);
    return false;
}

void compile_suggest_function(struct compiler *c, struct slice wanted)
{
    struct nearest n = nearest_to(wanted);
    struct slice name;
    for (size_t i = 0; function_name(i, &name); i++)
        nearest_offer(&n, name);
    nearest_say(&n, c->d);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_name_part(char c)
{
    return is_name_start(c) || is_digit(c);
}

/* Full-width signs, curly quotes, the minus and times signs: typed by accident where ASCII was meant. Letters
 * of any script are not among them. Returns the length of the character, 0 for another. */
static size_t lookalike(const char *p)
{
    static const char *const signs[] = {"\xef\xbc", "\xef\xbd", "\xe2\x80", "\xe3\x80", "\xe2\x88",
                                        "\xe2\x89", "\xc3\x97", "\xc3\xb7", "\xc2\xa0"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(p, signs[i], 2) == 0)
            return *p == '\xc3' || *p == '\xc2' || !p[2] ? 2 : 3;
    return 0;
}

static bool lex_name(struct compiler *c, const char *p)
{
    const char *start = p;
    while (is_name_part(*p) || (*p == '.' && is_name_part(p[1]))) {
        size_t n = lookalike(p);
        if (n)
            return compile_failed(c, (struct slice){p, n},
                                  "not an ASCII sign; if it belongs to a name, put the name in backquotes");
        p++;
    }
    c->token = (struct token){TOKEN_NAME, {start, (size_t)(p - start)}};
    c->p = p;
    return true;
}

static bool lex_number(struct compiler *c, const char *p)
{
    const char *start = p;
    while (is_digit(*p))
        p++;
    if (*p == '.' && is_digit(p[1]))
        while (is_digit(*++p))
            ;
    if (is_name_part(*p) || *p == '.') {
        while (is_name_part(*p) || *p == '.')
            p++;
        return compile_failed(c, (struct slice){start, (size_t)(p - start)},
                              "not a plain decimal; a name that starts with a digit goes in backquotes");
    }
    c->token = (struct token){TOKEN_NUMBER, {start, (size_t)(p - start)}};
    c->p = p;
    return true;
}

/* 'text' or "text", the quote itself doubled; or `name`. */
static bool lex_quoted(struct compiler *c, const char *p)
{
    const char *start = p;
    char quote = *p++;
    for (; *p && (*p != quote || p[1] == quote); p++)
        p += *p == quote;
    if (!*p)
        return compile_failed(c, (struct slice){start, 1}, "a %c without its closing one", quote);
    c->p = p + 1;
    if (quote == '`')
        c->token = (struct token){TOKEN_QUOTED_NAME, {start + 1, (size_t)(p - start - 1)}};
    else
        c->token = (struct token){TOKEN_TEXT, {start, (size_t)(c->p - start)}};
    return true;
}

static bool lex_sign(struct compiler *c, const char *p)
{
    static const struct {
        char text[3];
        enum token_kind kind;
    } pairs[] = {{"==", TOKEN_EQ}, {"!=", TOKEN_NE}, {"<=", TOKEN_LE}, {">=", TOKEN_GE}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (strncmp(p, pairs[i].text, 2) == 0) {
            c->token = (struct token){pairs[i].kind, {p, 2}};
            c->p = p + 2;
            return true;
        }
    }
    if (strncmp(p, "<>", 2) == 0 || strncmp(p, "&&", 2) == 0 || strncmp(p, "||", 2) == 0)
        return compile_failed(c, (struct slice){p, 2}, "not an operator; write %s",
                              *p == '<' ? "!=" : (*p == '&' ? "and" : "or"));
    if (!strchr("+-*/<>=(),", *p))
        return compile_failed(c, (struct slice){p, 1}, "not a sign of the language%s",
                              *p == '!' ? "; write not, or !=" : (*p == '%' ? "; write pct(a, b)" : ""));
    c->token = (struct token){TOKEN_SIGN, {p, 1}};
    c->p = p + 1;
    return true;
}

bool lex_next(struct compiler *c)
{
    const char *p = c->p;
    c->last = p;
    while (*p == ' ' || *p == '\t' || *p == '\n')
        p++;
    if (!*p) {
        c->token = (struct token){TOKEN_END, {p, 0}};
        c->p = p;
        return true;
    }
    if (is_digit(*p))
        return lex_number(c, p);
    if (*p == '\'' || *p == '"' || *p == '`')
        return lex_quoted(c, p);
    return is_name_start(*p) ? lex_name(c, p) : lex_sign(c, p);
}
