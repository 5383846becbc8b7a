/* SPDX-License-Identifier: MIT
 * package, without libzip: members of a zip file stored or deflated, with zlib alone. For the static build,
 * because Debian has no static libzip; see lib/read/package.h. Not read: zip64, split archives, other
 * compression. */
#include "lib/read/package.h"

#include <stdlib.h>
#include <strings.h>
#include <zlib.h>

#include "lib/base/mem.h"
#include "lib/read/spool.h"

/* Fixed parts of the records of a zip file, and where in them things stand. */
enum {
    END_SIZE = 22,
    END_DISKS = 4, /* two of two bytes */
    END_HERE = 8,  /* members on this disk */
    END_COUNT = 10,
    END_LENGTH = 12,
    END_OFFSET = 16,
    ENTRY_SIZE = 46,
    ENTRY_FLAGS = 8,
    ENTRY_METHOD = 10,
    ENTRY_CRC = 16,
    ENTRY_PACKED = 20,
    ENTRY_EXPANDED = 24,
    ENTRY_NAME = 28,
    ENTRY_EXTRA = 30,
    ENTRY_COMMENT = 32,
    ENTRY_OFFSET = 42,
    LOCAL_SIZE = 30,
    LOCAL_NAME = 26,
    LOCAL_EXTRA = 28,
    METHOD_STORED = 0,
    METHOD_DEFLATED = 8,
    FLAG_ENCRYPTED = 1
};

struct member {
    char *name;
    unsigned flags, method;
    uint32_t crc, packed, size, offset;
};

struct package {
    struct source *src;
    struct buf bytes;
    struct member *member;
    size_t n;
};

struct part {
    const struct package *package;
    const struct member *member;
    z_stream stream;
    bool inflates;
    uint32_t crc;
    uint64_t expanded;
};

static uint32_t little(const char *p, size_t n)
{
    uint32_t v = 0;
    while (n-- > 0)
        v = v << 8 | (unsigned char)p[n];
    return v;
}

static enum status refuse(const struct package *p, const char *what, struct diag *d)
{
    return diag_set(d, ST_INPUT, source_name(p->src), 0, NULL, "%s", what);
}

static enum status damaged(const struct package *p, struct diag *d)
{
    return refuse(p, "damaged or truncated zip file: no whole directory at its end", d);
}

/* --- the directory --- */

/* The record that ends the file: the last one whose comment reaches to the end. */
static const char *find_end(const struct buf *b)
{
    for (size_t back = END_SIZE; back <= b->n && back <= END_SIZE + 0xffff; back++) {
        const char *p = b->p + b->n - back;
        if (memcmp(p, "PK\5\6", 4) == 0 && little(p + END_SIZE - 2, 2) == back - END_SIZE)
            return p;
    }
    return NULL;
}

static enum status read_directory(struct package *p, struct diag *d)
{
    const char *end = find_end(&p->bytes);
    if (!end || little(end + END_DISKS, 4) != 0 || little(end + END_HERE, 2) != little(end + END_COUNT, 2))
        return damaged(p, d);
    uint32_t length = little(end + END_LENGTH, 4), offset = little(end + END_OFFSET, 4);
    if (length > PACKAGE_MAX_DIRECTORY)
        return refuse(p, "the zip file has too many members: its directory is larger than 1 MiB", d);
    if (offset > (size_t)(end - p->bytes.p) || length > (size_t)(end - p->bytes.p) - offset)
        return damaged(p, d);
    const char *at = p->bytes.p + offset, *stop = at + length;
    p->member = mem_zero(length / ENTRY_SIZE + 1, sizeof *p->member);
    while (stop - at >= ENTRY_SIZE && memcmp(at, "PK\1\2", 4) == 0) {
        size_t name = little(at + ENTRY_NAME, 2);
        size_t all = ENTRY_SIZE + name + little(at + ENTRY_EXTRA, 2) + little(at + ENTRY_COMMENT, 2);
        if (all > (size_t)(stop - at))
            return damaged(p, d);
        p->member[p->n++] = (struct member){mem_text((struct slice){at + ENTRY_SIZE, name}),
                                            little(at + ENTRY_FLAGS, 2),
                                            little(at + ENTRY_METHOD, 2),
                                            little(at + ENTRY_CRC, 4),
                                            little(at + ENTRY_PACKED, 4),
                                            little(at + ENTRY_EXPANDED, 4),
                                            little(at + ENTRY_OFFSET, 4)};
        at += all;
    }
    return p->n == little(end + END_COUNT, 2) ? ST_OK : damaged(p, d);
}

struct package *package_open(struct source *src, struct diag *d)
{
    struct package *p = mem_zero(1, sizeof *p);
    p->src = src;
    if (spool_source(src, PACKAGE_MAX_FILE, &p->bytes, d) == ST_OK && read_directory(p, d) == ST_OK)
        return p;
    package_close(p);
    return NULL;
}

void package_close(struct package *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->n; i++)
        free(p->member[i].name);
    free(p->member);
    buf_free(&p->bytes);
    source_close(p->src);
    free(p);
}

const char *package_file(const struct package *p)
{
    return source_name(p->src);
}

int64_t package_find(struct package *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcasecmp(p->member[i].name, name) == 0)
            return (int64_t)i;
    for (size_t i = 0; i < p->n; i++)
        if (package_is_name(p->member[i].name, name))
            return (int64_t)i;
    return -1;
}

/* --- parts --- */

static enum status part_failed(const struct part *part, const char *what, struct diag *d)
{
    return diag_set(d, ST_INPUT, source_name(part->package->src), 0, NULL, "%s: %s", part->member->name,
                    what);
}

/* Points the stream at the packed bytes. */
static enum status open_part(struct part *part, struct diag *d)
{
    const struct member *m = part->member;
    const struct buf *b = &part->package->bytes;
    if (m->flags & FLAG_ENCRYPTED)
        return part_failed(part, "protected by a password; save it without one", d);
    if (m->method != METHOD_STORED && m->method != METHOD_DEFLATED)
        return part_failed(part, "Compression method not supported", d);
    /* As libzip, of the header before the bytes only the lengths are read. */
    if (m->offset > b->n || b->n - m->offset < LOCAL_SIZE)
        return part_failed(part, "Zip archive inconsistent", d);
    const char *local = b->p + m->offset;
    size_t from = m->offset + LOCAL_SIZE + little(local + LOCAL_NAME, 2) + little(local + LOCAL_EXTRA, 2);
    if (from > b->n || (m->method == METHOD_STORED && m->size != m->packed))
        return part_failed(part, "Zip archive inconsistent", d);
    /* A wrong packed size shows in the checksum, if at all. */
    size_t there = b->n - from;
    /* zlib does not write where it reads; its field is only not const by default. */
    part->stream.next_in = (unsigned char *)b->p + from;
    part->stream.avail_in = m->packed < there ? m->packed : (unsigned)there;
    if (m->method == METHOD_STORED)
        return ST_OK;
    part->inflates = inflateInit2(&part->stream, -MAX_WBITS) == Z_OK;
    return part->inflates ? ST_OK : part_failed(part, "cannot be expanded", d);
}

struct part *part_open(struct package *p, int64_t number, struct diag *d)
{
    struct part *part = mem_zero(1, sizeof *part);
    part->package = p;
    part->member = &p->member[number];
    part->crc = (uint32_t)crc32(0, NULL, 0);
    if (open_part(part, d) == ST_OK)
        return part;
    free(part);
    return NULL;
}

/* Bytes written to `to`; 0 at the end, of the stream or of what is packed; -1 when the packed bytes are
 * damaged. */
static ptrdiff_t expand(struct part *part, char *to, size_t n)
{
    z_stream *z = &part->stream;
    if (!part->inflates) {
        size_t take = z->avail_in < n ? z->avail_in : n;
        memcpy(to, z->next_in, take);
        z->next_in += take;
        z->avail_in -= (unsigned)take;
        return (ptrdiff_t)take;
    }
    z->next_out = (unsigned char *)to;
    z->avail_out = (unsigned)n;
    int r = inflate(z, Z_NO_FLUSH);
    size_t made = n - z->avail_out;
    bool ended = r == Z_STREAM_END || (r == Z_BUF_ERROR && z->avail_in == 0);
    return r == Z_OK || ended ? (ptrdiff_t)made : -1;
}

/* The size that the directory gives is not asked: the checksum tells whether all is there. */
ptrdiff_t part_read(struct part *part, char *to, size_t n, struct diag *d)
{
    size_t done = 0, most = n < 1u << 30 ? n : 1u << 30;
    while (done < most) {
        ptrdiff_t r = expand(part, to + done, most - done);
        if (r < 0) {
            part_failed(part, "Compressed data invalid", d);
            return -1;
        }
        if (r == 0 && part->crc != part->member->crc) {
            part_failed(part, "CRC error", d);
            return -1;
        }
        if (r == 0)
            break;
        part->crc = (uint32_t)crc32(part->crc, (unsigned char *)to + done, (unsigned)r);
        done += (size_t)r;
    }
    part->expanded += done;
    if (part->expanded > PACKAGE_MAX_PART) {
        part_failed(part, "expands beyond 256 MiB", d);
        return -1;
    }
    size_t packed =
        part->member->packed < part->package->bytes.n ? part->member->packed : part->package->bytes.n;
    if (part->expanded > PACKAGE_RATIO_FROM && part->expanded / PACKAGE_MAX_RATIO > packed) {
        part_failed(part, "expands to more than 100 times its size; is it a zip bomb?", d);
        return -1;
    }
    return (ptrdiff_t)done;
}

const char *part_name(const struct part *part)
{
    return part->member->name;
}

void part_close(struct part *part)
{
    if (!part)
        return;
    if (part->inflates)
        inflateEnd(&part->stream);
    free(part);
}
