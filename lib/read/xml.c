/* SPDX-License-Identifier: MIT
 * xml: see xml.h. */
#include "lib/read/xml.h"

#include <expat.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"

enum { BLOCK = 64 * 1024 };

/* Between a namespace and a local name, in what expat gives. */
#define SEPARATOR '\n'

struct xml {
    XML_Parser parser;
    struct part *part;
    const char *file;
    const struct xml_events *events;
    void *ctx;
    size_t depth;
    uint64_t fed;   /* bytes given to the parser */
    uint64_t event; /* of them when it last reported anything */
    bool suspended, ended;
    char *failed; /* what an event or a limit said, or NULL */
    uint64_t failed_line;
};

/* --- events --- */

static const char *const own_namespaces[] = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/package/2006/relationships",
};

static const char *local_name(const char *name)
{
    const char *at = strchr(name, SEPARATOR);
    if (!at)
        return name;
    size_t n = (size_t)(at - name);
    for (size_t i = 0; i < sizeof own_namespaces / sizeof *own_namespaces; i++)
        if (strlen(own_namespaces[i]) == n && memcmp(own_namespaces[i], name, n) == 0)
            return at + 1;
    return "";
}

static void start_element(void *ctx, const XML_Char *name, const XML_Char **attribute)
{
    struct xml *x = ctx;
    x->event = x->fed;
    if (x->failed) /* expat may report some more events after a stop */
        return;
    if (++x->depth > XML_MAX_DEPTH)
        xml_fail(x, 0, "elements are nested more than %d deep", XML_MAX_DEPTH);
    else
        x->events->start(x->ctx, local_name(name), (const char *const *)attribute);
}

static void end_element(void *ctx, const XML_Char *name)
{
    struct xml *x = ctx;
    x->event = x->fed;
    if (x->failed)
        return;
    x->depth--;
    x->events->end(x->ctx, local_name(name));
}

static void text_run(void *ctx, const XML_Char *p, int n)
{
    struct xml *x = ctx;
    x->event = x->fed;
    if (!x->failed)
        x->events->text(x->ctx, p, (size_t)n);
}

static void start_doctype(void *ctx, const XML_Char *name, const XML_Char *system, const XML_Char *public,
                          int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    xml_fail(ctx, 0, "a DOCTYPE is not allowed");
}

void xml_fail(struct xml *x, uint64_t line, const char *fmt, ...)
{
    char reason[1024];
    va_list ap;
    if (x->failed)
        return;
    va_start(ap, fmt);
    vsnprintf(reason, sizeof reason, fmt, ap);
    va_end(ap);
    x->failed = mem_text(slice_of(reason));
    x->failed_line = line;
    XML_StopParser(x->parser, XML_FALSE);
}

void xml_pause(struct xml *x)
{
    if (!x->failed)
        XML_StopParser(x->parser, XML_TRUE);
}

const char *xml_attribute(const char *const *attribute, const char *name)
{
    for (; *attribute; attribute += 2)
        if (strcmp(attribute[0], name) == 0)
            return attribute[1];
    return NULL;
}

const char *xml_relation(const char *const *attribute)
{
    static const char *const names[] = {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships\nid",
        "http://purl.oclc.org/ooxml/officeDocument/relationships\nid",
    };
    const char *id = xml_attribute(attribute, names[0]);
    return id ? id : xml_attribute(attribute, names[1]);
}

/* --- reading --- */

struct xml *xml_open(struct package *p, int64_t number, const struct xml_events *events, void *ctx,
                     struct diag *d)
{
    struct part *part = part_open(p, number, d);
    if (!part)
        return NULL;
    struct xml *x = mem_zero(1, sizeof *x);
    *x = (struct xml){.part = part, .file = package_file(p), .events = events, .ctx = ctx};
    x->parser = XML_ParserCreateNS(NULL, SEPARATOR);
    if (!x->parser) {
        diag_set(d, ST_FAULT, x->file, 0, NULL, "cannot start to read XML");
        xml_close(x);
        return NULL;
    }
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, start_element, end_element);
    if (events->text)
        XML_SetCharacterDataHandler(x->parser, text_run);
    XML_SetStartDoctypeDeclHandler(x->parser, start_doctype);
    return x;
}

static enum status failed(const struct xml *x, struct diag *d)
{
    if (x->failed)
        return diag_set(d, ST_INPUT, x->file, x->failed_line, NULL, "%s%s%s",
                        x->failed_line ? "" : part_name(x->part), x->failed_line ? "" : ": ", x->failed);
    return diag_set(d, ST_INPUT, x->file, 0, NULL, "%s: damaged XML in line %lu: %s", part_name(x->part),
                    (unsigned long)XML_GetCurrentLineNumber(x->parser),
                    XML_ErrorString(XML_GetErrorCode(x->parser)));
}

static enum status parse_more(struct xml *x, enum XML_Status *result, struct diag *d)
{
    char *block = XML_GetBuffer(x->parser, BLOCK);
    if (!block)
        return failed(x, d);
    ptrdiff_t n = part_read(x->part, block, BLOCK, d);
    if (n < 0)
        return ST_INPUT;
    x->fed += (uint64_t)n;
    *result = XML_ParseBuffer(x->parser, (int)n, n == 0);
    x->ended = n == 0;
    return ST_OK;
}

/* The parser reports nothing for long: it holds back a tag, a comment or the like that has not ended. */
static bool token_is_endless(const struct xml *x)
{
    return x->fed - x->event > XML_MAX_TOKEN + BLOCK;
}

enum status xml_step(struct xml *x, bool *ended, struct diag *d)
{
    enum XML_Status result = XML_STATUS_OK;
    enum status st = ST_OK;
    while (st == ST_OK) {
        if (x->suspended)
            result = XML_ResumeParser(x->parser);
        else if (x->ended)
            break;
        else
            st = parse_more(x, &result, d);
        x->suspended = st == ST_OK && result == XML_STATUS_SUSPENDED;
        if (st == ST_OK && (result == XML_STATUS_ERROR || x->failed))
            st = failed(x, d);
        if (st == ST_OK && !x->suspended && !x->ended && token_is_endless(x))
            st = diag_set(d, ST_INPUT, x->file, 0, NULL, "%s: a tag or comment is longer than 2 MiB",
                          part_name(x->part));
        if (x->suspended)
            break;
    }
    *ended = !x->suspended;
    return st;
}

enum status xml_read(struct package *p, int64_t number, const struct xml_events *events, void *ctx,
                     struct xml **at, struct diag *d)
{
    bool ended = false;
    struct xml *x = xml_open(p, number, events, ctx, d);
    if (!x)
        return d->status;
    if (at)
        *at = x;
    enum status st = ST_OK;
    while (st == ST_OK && !ended)
        st = xml_step(x, &ended, d);
    if (at)
        *at = NULL;
    xml_close(x);
    return st;
}

void xml_close(struct xml *x)
{
    if (!x)
        return;
    if (x->parser)
        XML_ParserFree(x->parser);
    part_close(x->part);
    free(x->failed);
    free(x);
}
