/* SPDX-License-Identifier: MIT
 * unitword: see unitword.h. */
#include "lib/read/unitword.h"

#include <strings.h>

static const char *const numerals[] = {"十", "百", "千", "万", "亿", "拾", "佰", "仟", "萬", "億"};
static const char *const multiples[] = {"百", "千", "万", "亿", "佰", "仟", "萬", "億"};

/* Those that are units by themselves, then those that are only behind numerals. */
static const char *const coins[] = {"元",   "圆",   "圓",   "円",   "美元", "美圆", "美金",
                                    "港元", "日元", "日圆", "欧元", "英镑", "澳元", "加元",
                                    "新元", "韩元", "法郎", "卢布", "泰铢", "USD",  "HKD",
                                    "EUR",  "JPY",  "GBP",  "AUD",  "CAD",  "SGD",  "CHF"};
static const char *const moneys[] = {"人民币", "人民幣", "外币", "外幣", "本币", "本外币",
                                     "港币",   "港幣",   "台币", "日币", "RMB",  "CNY"};

/* What else is counted by the ten thousand, the list aside. */
static const char *const things[] = {"人", "人次", "户", "户次", "家", "笔",
                                     "个", "次",   "件", "亩",   "吨", "股"};

/* English ones, whatever their case; the list may have them too. */
static const char *const english[] = {"yuan",    "thousand", "thousands", "million", "millions",
                                      "billion", "billions", "mn",        "bn",      "dollars"};

/* What may stand around a unit and says nothing of its size. */
static const char *const before[] = {"折合", "人民币", "人民幣", "以", "按", "折", "合", "RMB", "CNY"};
static const char *const after[] = {"折人民币", "人民币", "人民幣", "计", "計", "RMB", "CNY"};

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* --- characters --- */

size_t char_at(struct slice s, size_t at)
{
    if (at >= s.n)
        return 0;
    unsigned char c = (unsigned char)s.p[at];
    size_t n = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    return n < s.n - at ? n : s.n - at;
}

size_t char_before(struct slice s, size_t at)
{
    size_t n = 0;
    while (n < at && n < 4) {
        n++;
        if (((unsigned char)s.p[at - n] & 0xc0) != 0x80)
            break;
    }
    return n;
}

/* The words are not empty; most differ in their first two bytes. */
static bool is_one_of(struct slice s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n && s.n > 0; i++)
        if (words[i][0] == s.p[0] && (s.n == 1 || words[i][1] == s.p[1]) && slice_is(s, words[i]))
            return true;
    return false;
}

enum mark mark_of(struct slice c)
{
    static const char *const open[] = {"(",  "[",  "{",  "<",  "【", "〔", "〖",
                                       "《", "〈", "「", "『", "﹙", "﹝"};
    static const char *const close[] = {")",  "]",  "}",  ">",  "】", "〕", "〗",
                                        "》", "〉", "」", "』", "﹚", "﹞"};
    static const char *const colon[] = {":", "∶", "︰", "﹕", "꞉", "ː"};
    static const char *const list[] = {"、", ",", ";", "/", "|", "﹑", "﹔", "·", "・"};
    static const char *const other[] = {"*", "#",  ".",  "!", "?", "'", "\"", "_", "-", "~", "=",
                                        "^", "。", "．", "※", "†", "‡", "“",  "”", "‘", "’", "…",
                                        "★", "☆",  "▲",  "△", "●", "○", "²",  "³", "¹"};
    const unsigned char *p = (const unsigned char *)c.p;
    if (c.n == 0 || (*p >= 0xe4 && *p <= 0xe9)) /* most are ideographs */
        return MARK_NONE;
    if (is_one_of(c, open, COUNT(open)))
        return MARK_OPEN;
    if (is_one_of(c, close, COUNT(close)))
        return MARK_CLOSE;
    if (is_one_of(c, colon, COUNT(colon)))
        return MARK_COLON;
    if (is_one_of(c, list, COUNT(list)))
        return MARK_LIST;
    if (c.n == 1 && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
        return MARK_BLANK;
    /* U+2000 to U+200F are blanks, U+2070 to U+2079 small digits, U+2460 to U+24FF digits in circles. */
    if (c.n == 3 && p[0] == 0xe2 && p[1] == 0x80 && p[2] < 0x90)
        return MARK_BLANK;
    bool digits =
        c.n == 3 && p[0] == 0xe2 &&
        ((p[1] == 0x81 && p[2] >= 0xb0 && p[2] < 0xba) || p[1] == 0x91 || p[1] == 0x92 || p[1] == 0x93);
    return digits || is_one_of(c, other, COUNT(other)) ? MARK_OTHER : MARK_NONE;
}

bool digit_before(struct slice s, size_t at)
{
    static const char *const digits[] = {"零", "〇", "一", "二", "三", "四", "五", "六", "七",
                                         "八", "九", "两", "几", "数", "多", "半", "壹", "贰",
                                         "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
    size_t n = char_before(s, at);
    if (n == 0)
        return false;
    const char *p = s.p + at - n;
    return (n == 1 && ((*p >= '0' && *p <= '9') || *p == '.')) ||
           is_one_of((struct slice){p, n}, digits, COUNT(digits));
}

/* --- words --- */

/* Takes what stands around a unit. */
static struct slice bare(struct slice s)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < COUNT(before) && !more; i++)
            if ((more = slice_begins(s, before[i])))
                s = (struct slice){s.p + strlen(before[i]), s.n - strlen(before[i])};
        for (size_t i = 0; i < COUNT(after) && !more; i++)
            if ((more = slice_ends(s, after[i])))
                s.n -= strlen(after[i]);
    }
    return s;
}

/* Takes the numerals a word begins with; whether one of them is at least a hundred. */
static bool take_numerals(struct slice *s)
{
    bool many = false;
    size_t n;
    while ((n = char_at(*s, 0)) > 0 && is_one_of((struct slice){s->p, n}, numerals, COUNT(numerals))) {
        many = many || is_one_of((struct slice){s->p, n}, multiples, COUNT(multiples));
        *s = (struct slice){s->p + n, s->n - n};
    }
    return many;
}

/* Whether a word is made as units are, the list aside. */
static bool is_made(const struct units *units, struct slice word, bool *scaled)
{
    struct slice rest = word;
    bool many = take_numerals(&rest), any = rest.n < word.n;
    *scaled = any;
    if (rest.n == 0)
        return many;
    for (size_t i = 0; i < COUNT(english); i++)
        if (rest.n == strlen(english[i]) && strncasecmp(rest.p, english[i], rest.n) == 0)
            return true;
    if (is_one_of(rest, coins, COUNT(coins)))
        return true;
    return any && (is_one_of(rest, moneys, COUNT(moneys)) || is_one_of(rest, things, COUNT(things)) ||
                   units_find(units, rest));
}

struct unitword unitword_read(const struct units *units, struct slice word)
{
    struct unitword to = {.unit = units_find(units, word)};
    struct slice core = to.unit ? word : bare(word);
    to.nothing = core.n == 0;
    if (!units || to.nothing)
        return to;
    if (!to.unit)
        to.unit = units_find(units, core);
    bool made = is_made(units, core, &to.scaled);
    to.kind = to.unit ? UNITWORD_KNOWN : made ? UNITWORD_UNKNOWN : UNITWORD_NONE;
    to.sure =
        made || (to.unit && ((unsigned char)*core.p < 0x80 || slice_is(core, "‰") || slice_is(core, "‱")));
    return to;
}

bool unitword_excepts(const struct unit *unit)
{
    return strcmp(unit->dimension, "percent") == 0 || strcmp(unit->dimension, "count") == 0;
}

bool unitword_ends_in_money(struct slice text)
{
    static const char *const last[] = {"元", "圆", "圓", "円", "镑", "美金", "人民币", "人民幣"};
    for (size_t i = 0; i < COUNT(last); i++)
        if (slice_ends(text, last[i]))
            return true;
    return false;
}

const char *unit_key(struct slice text)
{
    const char *last = NULL;
    for (size_t at = 0; at + UNIT_KEY <= text.n; at++)
        if (memcmp(text.p + at, "单位", UNIT_KEY) == 0 || memcmp(text.p + at, "單位", UNIT_KEY) == 0)
            last = text.p + at;
    return last;
}

/* --- a unit at the end, at the beginning --- */

/* A short unit may be the end of another word, such as a name; it is none unless an amount stands before it.
 */
static bool needs_noun(struct slice word)
{
    return (unsigned char)*word.p >= 0x80 && !slice_is(word, "‰") && !slice_is(word, "‱") &&
           (slice_is(word, "元") || !unitword_ends_in_money(word));
}

/* What before the unit makes it an amount, or another word. */
static bool is_part_of_more(struct slice text, size_t from, struct slice word)
{
    static const char *const compared[] = {"足", "超", "过", "达", "近", "约", "于", "到", "至", "满", "逾"};
    static const char *const nouns[] = {"额", "款", "入", "本", "金", "值", "价", "费",
                                        "息", "润", "税", "产", "债", "资", "支", "数",
                                        "余", "计", "量", "用", "出", "损", "股"};
    size_t n = char_before(text, from);
    struct slice c = {text.p + from - n, n};
    if (n == 0)
        return false;
    if (digit_before(text, from) || is_one_of(c, compared, COUNT(compared)))
        return true;
    if (mark_of(c) != MARK_NONE || unit_key((struct slice){text.p, from}) == text.p + from - UNIT_KEY)
        return false;
    if ((unsigned char)*word.p < 0x80 && (unsigned char)*c.p < 0x80)
        return *word.p != '%';
    return needs_noun(word) && !is_one_of(c, nouns, COUNT(nouns));
}

struct unitword unitword_suffix(const struct units *units, struct slice text, size_t *from)
{
    size_t n;
    for (*from = 0; (n = char_at(text, *from)) > 0; *from += n) {
        struct slice word = {text.p + *from, text.n - *from};
        struct unitword w = unitword_read(units, word);
        if (w.kind == UNITWORD_NONE || !w.sure)
            continue;
        if (!is_part_of_more(text, *from, word))
            return w;
        break;
    }
    return (struct unitword){.kind = UNITWORD_NONE};
}

size_t unitword_prefix_length(const struct units *units, struct slice text)
{
    enum { LONGEST = 60 };
    for (size_t n = text.n < LONGEST ? text.n : LONGEST; n > char_at(text, 0); n -= char_before(text, n)) {
        struct unitword w = unitword_read(units, (struct slice){text.p, n});
        if (w.kind != UNITWORD_NONE && w.sure)
            return n;
    }
    return 0;
}

const struct unit *unitword_prefix(const struct units *units, struct slice text)
{
    size_t n = unitword_prefix_length(units, text);
    return n > 0 ? unitword_read(units, (struct slice){text.p, n}).unit : NULL;
}

/* --- units among other words --- */

/* The next word and the marks before it. */
static struct slice next_word(struct slice *text)
{
    size_t n, at = 0;
    while ((n = char_at(*text, at)) > 0 && mark_of((struct slice){text->p + at, n}) != MARK_NONE)
        at += n;
    size_t from = at;
    while ((n = char_at(*text, at)) > 0 && mark_of((struct slice){text->p + at, n}) == MARK_NONE)
        at += n;
    struct slice word = {text->p + from, at - from};
    *text = (struct slice){text->p + at, text->n - at};
    return word;
}

bool unitword_in_figures(struct slice code, struct slice word)
{
    static const char *const codes[] = {"RMB", "CNY", "USD", "HKD", "EUR", "JPY"};
    size_t digits = 0;
    while (digits < word.n && word.p[digits] >= '0' && word.p[digits] <= '9')
        digits++;
    return word.n > 0 && digits == word.n && is_one_of(code, codes, COUNT(codes));
}

/* A word without the 单位 it begins with, or all of it when it ends with it: 金额单位. */
static struct slice without_key(struct slice word)
{
    const char *at = unit_key(word);
    if (!at)
        return word;
    const char *from = at + UNIT_KEY;
    return (struct slice){from, (size_t)(word.p + word.n - from)};
}

/* Two units said in one place: the amount's, when the other is a percentage or a count; the first of two that
 * are alike in size; else NULL. */
static const struct unit *one_of(const struct unit *a, const struct unit *b)
{
    if (!a || a == b)
        return b;
    if (unitword_excepts(a) != unitword_excepts(b))
        return unitword_excepts(a) ? b : a;
    return units_same_dimension(a, b) && units_shift(a, b) == 0 ? a : NULL;
}

struct unitword unitword_among(const struct units *units, struct slice text)
{
    struct unitword to = {.kind = UNITWORD_NONE};
    const struct unit *unsure = NULL;
    struct slice previous = {"", 0};
    bool others = false, keyed = false, differ = false;
    while (units && text.n > 0) {
        struct slice whole = next_word(&text), word = without_key(whole);
        keyed = keyed || word.n < whole.n;
        struct unitword w = unitword_read(units, word);
        others = others || (w.kind == UNITWORD_NONE && !w.nothing);
        if (unitword_in_figures(previous, word))
            return (struct unitword){.kind = UNITWORD_UNKNOWN, .sure = true, .scaled = true};
        previous = word;
        if (w.kind == UNITWORD_UNKNOWN)
            return w;
        if (w.kind != UNITWORD_KNOWN)
            continue;
        const struct unit **into = w.sure ? &to.unit : &unsure;
        const struct unit *one = one_of(*into, w.unit);
        differ = differ || !one;
        *into = one ? one : w.unit;
    }
    if (unsure && (keyed || !others)) {
        const struct unit *one = one_of(to.unit, unsure);
        differ = differ || !one;
        to.unit = one ? one : unsure;
    }
    to.kind = differ ? UNITWORD_UNKNOWN : to.unit ? UNITWORD_KNOWN : UNITWORD_NONE;
    to.sure = true;
    to.scaled = differ;
    return to;
}
