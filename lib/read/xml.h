/* SPDX-License-Identifier: MIT
 * xml: a part of a package as XML, in events or in steps. No DOCTYPE, no deep nesting, no endless tag. */
#ifndef LIB_XML_H
#define LIB_XML_H

#include "lib/read/package.h"

enum { XML_MAX_DEPTH = 64, XML_MAX_TOKEN = 2 << 20 /* bytes of one tag or comment */ };

struct xml;

/* Called in the order of the part. Elements of the spreadsheet's own namespaces, and of none, are given by
 * their local names, others by "". Attributes alternate name and value, closed by NULL; see xml_attribute. */
struct xml_events {
    void (*start)(void *ctx, const char *name, const char *const *attribute);
    void (*end)(void *ctx, const char *name);
    void (*text)(void *ctx, const char *p, size_t n); /* or NULL; a run may come in pieces */
};

/* Begins part `number`. NULL on failure: ST_INPUT. Borrows p, events and ctx. */
struct xml *xml_open(struct package *p, int64_t number, const struct xml_events *events, void *ctx,
                     struct diag *d);

/* Parses until an event asks for a pause or the part ends. ST_INPUT when it is not well-formed, beyond a
 * limit, or an event has failed. */
enum status xml_step(struct xml *x, bool *ended, struct diag *d) MUST_USE;

/* Opens, parses to the end, closes. *at, when not NULL, is the reader while it lasts, for the events. */
enum status xml_read(struct package *p, int64_t number, const struct xml_events *events, void *ctx,
                     struct xml **at, struct diag *d) MUST_USE;

/* From within an event: return from xml_step after it. */
void xml_pause(struct xml *x);

/* From within an event: end with ST_INPUT and this reason; only the first counts. */
void xml_fail(struct xml *x, uint64_t line, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* The value of an attribute by its local name, or NULL. relation: of the namespace of relationships (r:id),
 * else of none. */
const char *xml_attribute(const char *const *attribute, const char *name);
const char *xml_relation(const char *const *attribute);

void xml_close(struct xml *x);

#endif
