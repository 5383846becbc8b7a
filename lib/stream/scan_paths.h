/* SPDX-License-Identifier: MIT
 * scan_paths: the implementations behind scan.h, for scan.c and for the test that compares them. */
#ifndef LIB_SCAN_PATHS_H
#define LIB_SCAN_PATHS_H

#include "lib/base/base.h"

size_t scan_separators_portable(const char *p, size_t n, uint32_t *sep, size_t *newlines);
size_t scan_text_portable(const char *p, size_t n);

/* Whether the two functions below may be called on this machine; scan_is_text tells well-formed UTF-8 without
 * NUL. */
bool scan_has_avx2(void);
size_t scan_separators_avx2(const char *p, size_t n, uint32_t *sep, size_t *newlines);
bool scan_is_text_avx2(const char *p, size_t n);

bool scan_has_avx512(void);
size_t scan_separators_avx512(const char *p, size_t n, uint32_t *sep, size_t *newlines);
bool scan_is_text_avx512(const char *p, size_t n);

#endif
