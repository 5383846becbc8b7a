/* SPDX-License-Identifier: MIT
 * cfb: header, tables of sectors, streams; see cfb.h. */
#include "lib/read/cfb.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/cfb_bytes.h"
#include "lib/read/cfb_internal.h"

enum {
    HEADER = 512,
    HEADER_TABLES = 109, /* entries of the table of tables in the header, from byte 76 on */
    MINI_SHIFT = 6
};

#define END_OF_CHAIN 0xfffffffeu

static const unsigned char magic[CFB_MAGIC_SIZE] = {0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1};

bool cfb_is(struct slice head)
{
    return head.n >= sizeof magic && memcmp(head.p, magic, sizeof magic) == 0;
}

enum status cfb_damaged(const char *file, const char *what, struct diag *d)
{
    return diag_set(d, ST_INPUT, file, 0, NULL, "damaged compound file: %s", what);
}

static enum status truncated(const char *file, struct diag *d)
{
    return diag_set(d, ST_INPUT, file, 0, NULL, "truncated compound file: it ends before its data does");
}

/* --- streams --- */

static size_t pieces_for(uint64_t size, unsigned shift)
{
    return (size_t)((size + (1u << shift) - 1) >> shift);
}

void cfb_stream_free(struct cfb_stream *s)
{
    free(s->piece);
    s->piece = NULL;
}

const unsigned char *cfb_bytes(const struct cfb_stream *s, uint32_t at, size_t n, unsigned char *room)
{
    size_t size = (size_t)1 << s->shift, i = at >> s->shift, from = at & (size - 1);
    if (n == 0)
        return room;
    if (n <= size - from)
        return s->bytes + s->piece[i] + from;
    for (size_t done = 0; done < n; from = 0) {
        size_t some = size - from < n - done ? size - from : n - done;
        memcpy(room + done, s->bytes + s->piece[i++] + from, some);
        done += some;
    }
    return room;
}

/* What a table says follows sector i; the sectors of the table itself are known to lie in the file. */
static uint32_t table_entry(const struct cfb *c, uint32_t i)
{
    unsigned per = c->shift - 2;
    uint32_t sector = c->table[i >> per];
    return le32(c->bytes + ((size_t)(sector + 1) << c->shift) + 4 * (i & ((1u << per) - 1)));
}

static bool in_table(const struct cfb *c, uint32_t i)
{
    return i >> (c->shift - 2) < c->tables;
}

/* Marks a sector of a chain; false when the chain has been there, which makes it a ring. */
static bool mark(unsigned char *seen, uint32_t sector)
{
    unsigned bit = 1u << sector % 8;
    bool fresh = !(seen[sector / 8] & bit);
    seen[sector / 8] = (unsigned char)(seen[sector / 8] | bit);
    return fresh;
}

/* The sectors of a chain, at most `most` of them: who asks for a stream knows how long it is, and many
 * writers leave sectors behind its end. */
static enum status follow(const struct cfb *c, uint32_t sector, size_t most, struct cfb_stream *s,
                          struct diag *d)
{
    size_t cap = 0;
    enum status st = ST_OK;
    unsigned char *seen = mem_zero(c->sectors / 8 + 1, 1);
    *s = (struct cfb_stream){.bytes = c->bytes, .file = c->file, .shift = c->shift};
    while (s->pieces < most && sector != END_OF_CHAIN) {
        if (sector >= c->sectors || !in_table(c, sector))
            st = cfb_damaged(c->file, "a chain of sectors leaves the file", d);
        else if (!mark(seen, sector))
            st = cfb_damaged(c->file, "a chain of sectors runs in a ring", d);
        if (st != ST_OK)
            break;
        s->piece = mem_grow(s->piece, s->pieces, &cap, sizeof *s->piece);
        s->piece[s->pieces++] = (sector + 1) << c->shift;
        sector = table_entry(c, sector);
    }
    free(seen);
    return st;
}

/* How many bytes of the stream's pieces are in the file: its last sector may be cut at the file's end. */
static size_t present(const struct cfb *c, const struct cfb_stream *s)
{
    size_t size = (size_t)1 << s->shift, all = s->pieces * size;
    for (size_t i = 0; i < s->pieces; i++)
        if (c->n - s->piece[i] < size)
            return i * size + (c->n - s->piece[i]);
    return all;
}

static enum status limit_size(const struct cfb *c, struct cfb_stream *s, uint64_t size, struct diag *d)
{
    if (size > s->pieces << s->shift)
        return cfb_damaged(c->file, "a chain of sectors is shorter than its stream", d);
    if (size > present(c, s))
        return truncated(c->file, d);
    s->size = (uint32_t)size;
    return ST_OK;
}

/* Sectors of the mini stream are pieces of pieces: 64 bytes, never across a sector of the file. */
static enum status follow_mini(const struct cfb *c, uint32_t sector, size_t most, struct cfb_stream *s,
                               struct diag *d)
{
    unsigned char room[4];
    size_t cap = 0, all = pieces_for(c->mini.size, MINI_SHIFT);
    enum status st = ST_OK;
    unsigned char *seen = mem_zero(all / 8 + 1, 1);
    *s = (struct cfb_stream){.bytes = c->bytes, .file = c->file, .shift = MINI_SHIFT};
    while (s->pieces < most && sector != END_OF_CHAIN) {
        if (sector >= all || sector >= c->mini_table.size / 4)
            st = cfb_damaged(c->file, "a chain of small sectors leaves its stream", d);
        else if (!mark(seen, sector))
            st = cfb_damaged(c->file, "a chain of small sectors runs in a ring", d);
        if (st != ST_OK)
            break;
        uint32_t at = sector << MINI_SHIFT;
        s->piece = mem_grow(s->piece, s->pieces, &cap, sizeof *s->piece);
        s->piece[s->pieces++] = c->mini.piece[at >> c->shift] + (at & ((1u << c->shift) - 1));
        sector = le32(cfb_bytes(&c->mini_table, 4 * sector, 4, room));
    }
    free(seen);
    return st;
}

enum status cfb_stream_at(const struct cfb *c, uint32_t sector, uint64_t size, struct cfb_stream *s,
                          struct diag *d)
{
    bool mini = size < c->mini_cutoff;
    if (size > c->n)
        return truncated(c->file, d);
    size_t most = pieces_for(size, mini ? MINI_SHIFT : c->shift);
    enum status st = mini ? follow_mini(c, sector, most, s, d) : follow(c, sector, most, s, d);
    return st == ST_OK ? limit_size(c, s, size, d) : st;
}

/* --- opening --- */

static enum status add_table(struct cfb *c, uint32_t sector, size_t *cap, struct diag *d)
{
    if (sector >= c->sectors || c->n < (size_t)(sector + 2) << c->shift)
        return truncated(c->file, d);
    if (c->tables >= c->sectors)
        return cfb_damaged(c->file, "more tables of sectors than sectors", d);
    c->table = mem_grow(c->table, c->tables, cap, sizeof *c->table);
    c->table[c->tables++] = sector;
    return ST_OK;
}

/* The first tables are named in the header, the others in a chain of sectors whose last entry is the next. */
static enum status read_tables(struct cfb *c, struct diag *d)
{
    uint32_t wanted = le32(c->bytes + 44), next = le32(c->bytes + 68);
    const unsigned char *entry = c->bytes + 76;
    size_t cap = 0, left = HEADER_TABLES;
    enum status st = ST_OK;
    for (size_t hops = 0; st == ST_OK && c->tables < wanted; left--) {
        if (left == 0) {
            if (next >= c->sectors || hops++ > c->sectors || c->n < (size_t)(next + 2) << c->shift)
                return cfb_damaged(c->file, "its table of tables of sectors is cut", d);
            entry = c->bytes + ((size_t)(next + 1) << c->shift);
            left = ((size_t)1 << (c->shift - 2)) - 1;
            next = le32(entry + 4 * left);
        }
        st = add_table(c, le32(entry), &cap, d);
        entry += 4;
    }
    return st;
}

static enum status read_header(struct cfb *c, struct diag *d)
{
    if (c->n > CFB_MAX_FILE)
        return diag_set(d, ST_INPUT, c->file, 0, NULL, "a compound file larger than 256 MiB");
    if (c->n < HEADER)
        return truncated(c->file, d);
    uint16_t version = le16(c->bytes + 26);
    c->shift = le16(c->bytes + 30);
    c->mini_cutoff = le32(c->bytes + 56);
    if (le16(c->bytes + 28) != 0xfffe || le16(c->bytes + 32) != MINI_SHIFT ||
        !((version == 3 && c->shift == 9) || (version == 4 && c->shift == 12)))
        return cfb_damaged(c->file, "its header has sizes of sectors that no version has", d);
    /* Sector 0 begins behind the header, which takes the room of one sector. */
    size_t all = pieces_for(c->n, c->shift);
    c->sectors = all > 0 ? (uint32_t)all - 1 : 0;
    return ST_OK;
}

static enum status open_mini(struct cfb *c, struct diag *d)
{
    unsigned char room[CFB_ENTRY];
    const unsigned char *root = cfb_bytes(&c->directory, 0, CFB_ENTRY, room);
    uint32_t first = le32(root + 116), size = le32(root + 120);
    enum status st = follow(c, first, size <= c->n ? pieces_for(size, c->shift) : c->sectors, &c->mini, d);
    if (st == ST_OK)
        st = limit_size(c, &c->mini, size, d);
    if (st == ST_OK)
        st = follow(c, le32(c->bytes + 60), le32(c->bytes + 64), &c->mini_table, d);
    if (st == ST_OK)
        c->mini_table.size = (uint32_t)present(c, &c->mini_table);
    return st;
}

enum status cfb_open(struct cfb *c, struct slice bytes, const char *file, struct diag *d)
{
    *c = (struct cfb){.bytes = (const unsigned char *)bytes.p, .n = bytes.n, .file = file};
    enum status st = read_header(c, d);
    if (st == ST_OK)
        st = read_tables(c, d);
    if (st == ST_OK)
        st = follow(c, le32(c->bytes + 48), c->sectors, &c->directory, d);
    if (st != ST_OK)
        return st;
    c->directory.size = (uint32_t)present(c, &c->directory);
    if (c->directory.size < CFB_ENTRY)
        return cfb_damaged(file, "it has no directory", d);
    return open_mini(c, d);
}

void cfb_free(struct cfb *c)
{
    free(c->table);
    cfb_stream_free(&c->directory);
    cfb_stream_free(&c->mini);
    cfb_stream_free(&c->mini_table);
}
