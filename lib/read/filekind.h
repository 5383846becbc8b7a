/* SPDX-License-Identifier: MIT
 * filekind: what kind of file something is, told by its first bytes and never by its name. */
#ifndef LIB_FILEKIND_H
#define LIB_FILEKIND_H

#include "lib/base/base.h"

enum file_kind { FILE_TEXT, FILE_XLSX, FILE_XLS, FILE_MARKUP, FILE_OTHER, FILE_KINDS };

/* The kind of a file that begins with these bytes (SOURCE_PEEK of them, or all). */
enum file_kind file_kind(struct slice first);

/* Its name, for messages. */
const char *file_kind_name(enum file_kind kind);

/* Why a file of kind FILE_MARKUP or FILE_OTHER cannot be read and what to do about it; NULL for the others.
 */
const char *file_kind_refusal(struct slice first);

#endif
