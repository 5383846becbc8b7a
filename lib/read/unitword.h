/* SPDX-License-Identifier: MIT
 * unitword: whether a word is a unit: one of the list, or one made as units are (亿, 百万, 万美元) that the
 * list lacks; and the marks that stand around units in headings and notes. All text is folded. */
#ifndef LIB_UNITWORD_H
#define LIB_UNITWORD_H

#include "lib/read/units.h"

enum unitword_kind {
    UNITWORD_NONE,
    UNITWORD_KNOWN,  /* of the list */
    UNITWORD_UNKNOWN /* made of numerals and a word for money, or of numerals and a unit of the list */
};

struct unitword {
    enum unitword_kind kind;
    const struct unit *unit; /* when known */
    bool sure;               /* nothing else but a unit: 亿元, % and not 户 or 天 */
    bool scaled;             /* it begins with a numeral */
    bool nothing;            /* only what may stand around a unit: 人民币 */
};

/* What the whole word is; 人民币 around it, 以 … 计 and the like do not count. No unit is known, and none
 * unknown, when units is NULL. */
struct unitword unitword_read(const struct units *units, struct slice word);

/* The unit that the longest suffix of the text is, when it cannot be but one and no number stands before it;
 * a short one needs an amount before it: 余额亿元, 余额元, but not 1000万元, 农户 or 广元. *from gets where
 * it begins. */
struct unitword unitword_suffix(const struct units *units, struct slice text, size_t *from);

/* The length of the longest unit that the text begins with and that is sure, at least two characters; 0 when
 * there is none. And that unit, when it is of the list; else NULL. */
size_t unitword_prefix_length(const struct units *units, struct slice text);
const struct unit *unitword_prefix(const struct units *units, struct slice text);

/* Whether the text ends in a word for money, whatever stands before it. */
bool unitword_ends_in_money(struct slice text);

/* Whether two words are a multiple of money in figures: RMB'000, RMB 10,000. */
bool unitword_in_figures(struct slice before, struct slice word);

/* What a text says in parentheses or behind 单位：: units among other words, separated by marks. KNOWN with
 * the only one, or the only one that is neither a percentage nor a count; UNKNOWN when it has a word that is,
 * or several that differ. A word such as 户 counts where no other word is there. */
struct unitword unitword_among(const struct units *units, struct slice text);

/* The last word for "unit" in the text, which has UNIT_KEY bytes; NULL when it is not there. */
enum { UNIT_KEY = 6 };
const char *unit_key(struct slice text);

/* Whether what is said of amounts is not said of this unit: percentages and counts. */
bool unitword_excepts(const struct unit *unit);

/* --- marks --- */

enum mark { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_COLON, MARK_LIST, MARK_BLANK, MARK_OTHER };

/* The length of the character at s.p[at], and of the one that ends before it; 0 at the end, the beginning. */
size_t char_at(struct slice s, size_t at);
size_t char_before(struct slice s, size_t at);

/* What the character is. */
enum mark mark_of(struct slice character);

/* Whether the character before s.p[at] is a digit of a number, in any script. */
bool digit_before(struct slice s, size_t at);

#endif
