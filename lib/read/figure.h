/* SPDX-License-Identifier: MIT
 * figure: whether a cell holds a figure, where nothing says what its column is. */
#ifndef LIB_FIGURE_H
#define LIB_FIGURE_H

#include "lib/read/normalise.h"

enum figure_kind {
    FIGURE_NONE,  /* blank, or a word for what is missing */
    FIGURE_WORD,  /* text, such as a heading */
    FIGURE_NUMBER /* what a column of numbers would read, or refuse for its separators or its length alone */
};

/* scratch is working memory. */
enum figure_kind figure_kind(struct slice cell, const struct missing_words *missing, struct buf *scratch);

#endif
