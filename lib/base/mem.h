/* SPDX-License-Identifier: MIT
 * mem: allocation that does not fail. The one exception to "lib/ never exits and prints nothing": when memory
 * is exhausted nothing can be reported by returning, so one line goes to standard error and the process
 * ends with status 5. Everything returned is released with free(). */
#ifndef LIB_MEM_H
#define LIB_MEM_H

#include "lib/base/base.h"

void *mem_alloc(size_t n);                             /* n bytes, not cleared */
void *mem_zero(size_t count, size_t size);             /* cleared; overflow-checked */
void *mem_array(void *old, size_t count, size_t size); /* realloc to count * size; overflow-checked */
char *mem_text(struct slice s);                        /* a NUL-terminated copy */

/* Cleared memory for large tables that are read here and there: in huge pages where the system grants them,
 * and touched only where it is used. Released with mem_huge_free and the same n. */
void *mem_huge(size_t n);
void *mem_huge_grow(void *p, size_t old, size_t n); /* to n >= old bytes, moved without being copied */
void mem_huge_free(void *p, size_t n);

/* Room for one more element of a growing array: doubles *cap (from 16) when used == *cap. */
void *mem_grow(void *old, size_t used, size_t *cap, size_t size);

#endif
