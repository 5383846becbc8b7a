/* SPDX-License-Identifier: MIT
 * cfb_directory: looks a stream up among the entries of the root; see cfb.h. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/cfb_bytes.h"
#include "lib/read/cfb_internal.h"

#define NO_ENTRY 0xffffffffu

enum { TYPE_STREAM = 2 };

static bool has_name(const unsigned char *entry, const char *name)
{
    size_t n = strlen(name);
    if (le16(entry + 64) != 2 * (n + 1) || n > 31)
        return false;
    for (size_t i = 0; i < n; i++) {
        unsigned a = le16(entry + 2 * i), b = (unsigned char)name[i];
        a += a >= 'A' && a <= 'Z' ? 'a' - 'A' : 0;
        b += b >= 'A' && b <= 'Z' ? 'a' - 'A' : 0;
        if (a != b)
            return false;
    }
    return true;
}

/* The entries of a storage are a binary tree. Not every writer sorts it as it should be, so all of it is
 * walked; each entry is taken once, which ends rings. */
struct walk {
    uint32_t *stack;
    size_t n, cap;
    unsigned char *seen; /* a bit an entry */
    uint32_t entries;
};

static void push(struct walk *w, uint32_t entry)
{
    if (entry >= w->entries || w->seen[entry / 8] & 1 << entry % 8)
        return;
    w->seen[entry / 8] = (unsigned char)(w->seen[entry / 8] | 1 << entry % 8);
    w->stack = mem_grow(w->stack, w->n, &w->cap, sizeof *w->stack);
    w->stack[w->n++] = entry;
}

static const unsigned char *entry_at(const struct cfb *c, uint32_t i, unsigned char *room)
{
    return cfb_bytes(&c->directory, i * CFB_ENTRY, CFB_ENTRY, room);
}

enum status cfb_find(const struct cfb *c, const char *name, struct cfb_stream *s, bool *found, struct diag *d)
{
    unsigned char room[CFB_ENTRY];
    struct walk w = {.entries = c->directory.size / CFB_ENTRY};
    uint32_t sector = 0;
    uint64_t size = 0;
    *found = false;
    *s = (struct cfb_stream){0};
    w.seen = mem_zero(w.entries / 8 + 1, 1);
    for (push(&w, le32(entry_at(c, 0, room) + 76)); w.n > 0 && !*found;) {
        const unsigned char *entry = entry_at(c, w.stack[--w.n], room);
        *found = entry[66] == TYPE_STREAM && has_name(entry, name);
        sector = le32(entry + 116);
        /* Version 3 leaves the upper half of the size undefined. */
        size = c->shift == 9 ? le32(entry + 120) : le64(entry + 120);
        push(&w, le32(entry + 68));
        push(&w, le32(entry + 72));
    }
    free(w.stack);
    free(w.seen);
    return *found ? cfb_stream_at(c, sector, size, s, d) : ST_OK;
}
