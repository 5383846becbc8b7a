/* SPDX-License-Identifier: MIT
 * cfb_bytes: integers as compound files and the records in them hold them: least byte first, at any
 * address. */
#ifndef LIB_CFB_BYTES_H
#define LIB_CFB_BYTES_H

#include "lib/base/base.h"

static inline uint16_t le16(const unsigned char *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t le32(const unsigned char *p)
{
    return le16(p) | (uint32_t)le16(p + 2) << 16;
}

static inline uint64_t le64(const unsigned char *p)
{
    return le32(p) | (uint64_t)le32(p + 4) << 32;
}

#endif
