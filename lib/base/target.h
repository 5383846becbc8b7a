/* SPDX-License-Identifier: MIT
 * target: functions for processors that can do more than every x86-64.
 *
 *     TARGET("avx2,bmi")
 *     ... functions that may use it, called only where __builtin_cpu_supports says so ...
 *     TARGET_END
 *
 * Headers of the system and of other rooms are included before TARGET, so that what they define stays fit for
 * every processor. gcc and clang spell it differently. */
#ifndef LIB_TARGET_H
#define LIB_TARGET_H

#define TARGET_PRAGMA(text) _Pragma(#text)

#ifdef __clang__
#define TARGET(features)                                                                                     \
    TARGET_PRAGMA(clang attribute push(__attribute__((target(features))), apply_to = function))
#define TARGET_END TARGET_PRAGMA(clang attribute pop)
#else
#define TARGET(features) TARGET_PRAGMA(GCC push_options) TARGET_PRAGMA(GCC target(features))
#define TARGET_END TARGET_PRAGMA(GCC pop_options)
#endif

#endif
