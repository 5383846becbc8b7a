/* SPDX-License-Identifier: MIT
 * package_name: names of parts, for both readers of zip files; see package.h. */
#include "lib/read/package.h"

static char folded(char c)
{
    return c == '\\' ? '/' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool package_is_name(const char *entry, const char *name)
{
    for (; *entry && folded(*entry) == folded(*name); entry++)
        name++;
    return !*entry && !*name;
}
