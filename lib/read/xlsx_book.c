/* SPDX-License-Identifier: MIT
 * xlsx_book: which part of the package is what; see xlsx_parts.h. Parts are found by their relations, as
 * their names are up to the program that wrote them. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/xlsx_parts.h"

enum { MAX_RELATIONS = 8192 };

struct relation {
    char *id, *type, *target; /* type: its last word */
};

struct relations {
    struct relation *item;
    size_t n, cap;
    const char *base; /* name of the part they belong to */
    struct xml *xml;
};

/* --- relations --- */

static void relations_free(struct relations *r)
{
    for (size_t i = 0; i < r->n; i++) {
        free(r->item[i].id);
        free(r->item[i].type);
        free(r->item[i].target);
    }
    free(r->item);
    r->item = NULL;
    r->n = r->cap = 0;
}

static const char *last_word(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Takes the last folder off a path that ends with a slash. */
static void go_up(struct buf *path)
{
    path->n -= path->n > 0;
    while (path->n > 0 && path->p[path->n - 1] != '/')
        path->n--;
}

/* The name of the part that target means in a part called base: from the root, or beside it. */
static char *resolve(const char *base, const char *target)
{
    struct buf name = {0};
    if (*target == '/')
        target++;
    else
        buf_add(&name, base, (size_t)(last_word(base) - base));
    while (strncmp(target, "./", 2) == 0 || strncmp(target, "../", 3) == 0) {
        bool up = target[1] == '.';
        target += up ? 3 : 2;
        if (up)
            go_up(&name);
    }
    buf_text(&name, target);
    return buf_string(&name);
}

/* The same of a target that may have backslashes for slashes, as some programs for Windows write. */
static char *resolve_any(const char *base, const char *target)
{
    char *slashes = mem_text(slice_of(target));
    for (char *p = slashes; *p; p++)
        *p = *p == '\\' ? '/' : *p;
    char *name = resolve(base, slashes);
    free(slashes);
    return name;
}

static void start_relation(void *ctx, const char *name, const char *const *attribute)
{
    struct relations *r = ctx;
    const char *id = xml_attribute(attribute, "Id"), *type = xml_attribute(attribute, "Type");
    const char *target = xml_attribute(attribute, "Target"), *mode = xml_attribute(attribute, "TargetMode");
    if (strcmp(name, "Relationship") != 0 || !id || !type || !target ||
        (mode && strcmp(mode, "External") == 0))
        return;
    if (r->n == MAX_RELATIONS) {
        xml_fail(r->xml, 0, "more than %d relations", MAX_RELATIONS);
        return;
    }
    r->item = mem_grow(r->item, r->n, &r->cap, sizeof *r->item);
    r->item[r->n++] = (struct relation){mem_text(slice_of(id)), mem_text(slice_of(last_word(type))),
                                        resolve_any(r->base, target)};
}

static void end_nothing(void *ctx, const char *name)
{
    (void)ctx, (void)name;
}

/* The relations of the part called base ("" for the package itself); none when it has none. */
static enum status relations_read(struct relations *r, struct package *p, const char *base, struct diag *d)
{
    static const struct xml_events events = {start_relation, end_nothing, NULL};
    struct buf name = {0};
    *r = (struct relations){.base = base};
    buf_add(&name, base, (size_t)(last_word(base) - base));
    buf_printf(&name, "_rels/%s.rels", last_word(base));
    int64_t part = package_find(p, buf_string(&name));
    buf_free(&name);
    return part < 0 ? ST_OK : xml_read(p, part, &events, r, &r->xml, d);
}

static const struct relation *relation_of_type(const struct relations *r, const char *type)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->item[i].type, type) == 0)
            return &r->item[i];
    return NULL;
}

static const struct relation *relation_of_id(const struct relations *r, const char *id)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->item[i].id, id) == 0)
            return &r->item[i];
    return NULL;
}

/* --- the list of sheets --- */

struct listing {
    struct xlsx_book *book;
    const struct relations *relations;
    struct xml *xml;
};

static bool is_true(const char *text)
{
    return text && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0 || strcmp(text, "on") == 0);
}

static void take_sheet(struct listing *l, const char *const *attribute)
{
    struct xlsx_book *b = l->book;
    const char *name = xml_attribute(attribute, "name"), *state = xml_attribute(attribute, "state");
    const char *id = xml_relation(attribute);
    const struct relation *r = id ? relation_of_id(l->relations, id) : NULL;
    if (!name || !r) {
        xml_fail(l->xml, 0, "sheet %s: the workbook does not say where it is",
                 diag_quote(slice_of(name ? name : "")).s);
        return;
    }
    if (strcmp(r->type, "worksheet") != 0)
        return;
    int64_t part = package_find(b->package, r->target);
    if (part < 0 || b->sheets == XLSX_MAX_SHEETS) {
        xml_fail(l->xml, 0, part < 0 ? "sheet %s is not in the file" : "too many sheets: %s",
                 diag_quote(slice_of(name)).s);
        return;
    }
    b->sheet = mem_grow(b->sheet, b->sheets, &b->sheet_cap, sizeof *b->sheet);
    b->part = mem_grow(b->part, b->sheets, &b->part_cap, sizeof *b->part);
    b->part[b->sheets] = part;
    b->sheet[b->sheets++] =
        (struct sheet_entry){mem_text(slice_of(name)), state && strcmp(state, "visible") != 0};
}

static void start_workbook(void *ctx, const char *name, const char *const *attribute)
{
    struct listing *l = ctx;
    if (strcmp(name, "workbookPr") == 0)
        l->book->from_1904 = is_true(xml_attribute(attribute, "date1904"));
    else if (strcmp(name, "sheet") == 0)
        take_sheet(l, attribute);
}

/* --- opening --- */

static enum status refuse(struct package *p, const char *what, struct diag *d)
{
    return diag_set(d, ST_INPUT, package_file(p), 0, NULL, "%s", what);
}

/* A zip file that is no workbook: what else is sent around. */
static enum status not_a_workbook(struct package *p, struct diag *d)
{
    static const char *const others[][2] = {
        {"xl/workbook.bin", "a binary workbook (.xlsb); save it as .xlsx"},
        {"content.xml", "an OpenDocument file (.ods); save it as .xlsx"},
        {"word/document.xml", "a Word document, not a workbook"},
        {"ppt/presentation.xml", "a presentation, not a workbook"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (package_find(p, others[i][0]) >= 0)
            return refuse(p, others[i][1], d);
    return refuse(p, "a zip file without a workbook in it; unpack it first", d);
}

static enum status read_parts(struct xlsx_book *b, const struct relations *r, int64_t workbook,
                              struct diag *d)
{
    static const struct xml_events events = {start_workbook, end_nothing, NULL};
    struct listing l = {.book = b, .relations = r};
    const struct relation *styles = relation_of_type(r, "styles");
    const struct relation *strings = relation_of_type(r, "sharedStrings");
    int64_t styles_part = styles ? package_find(b->package, styles->target) : -1;
    b->strings_part = strings ? package_find(b->package, strings->target) : -1;
    enum status st = xml_read(b->package, workbook, &events, &l, &l.xml, d);
    if (st == ST_OK && b->sheets == 0)
        st = refuse(b->package, "the workbook has no sheet with cells", d);
    if (st == ST_OK && styles_part >= 0)
        st = xlsx_styles_read(&b->styles, b->package, styles_part, d);
    return st;
}

enum status xlsx_book_read(struct xlsx_book *b, struct package *p, struct diag *d)
{
    struct relations top, own = {0};
    *b = (struct xlsx_book){.package = p, .strings_part = -1};
    enum status st = relations_read(&top, p, "", d);
    const struct relation *r = relation_of_type(&top, "officeDocument");
    const char *name = r ? r->target : "xl/workbook.xml";
    int64_t workbook = package_find(p, name);
    size_t n = strlen(name);
    if (st == ST_OK && (workbook < 0 || (n > 4 && strcmp(name + n - 4, ".bin") == 0) ||
                        strncmp(name, "word/", 5) == 0 || strncmp(name, "ppt/", 4) == 0))
        st = not_a_workbook(p, d);
    if (st == ST_OK)
        st = relations_read(&own, p, name, d);
    if (st == ST_OK)
        st = read_parts(b, &own, workbook, d);
    relations_free(&own);
    relations_free(&top);
    return st;
}

void xlsx_book_free(struct xlsx_book *b)
{
    for (size_t i = 0; i < b->sheets; i++)
        free(b->sheet[i].name);
    free(b->sheet);
    free(b->part);
    xlsx_styles_free(&b->styles);
    xlsx_strings_free(&b->strings);
}
