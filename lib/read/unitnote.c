/* SPDX-License-Identifier: MIT
 * unitnote: see unitnote.h. */
#include "lib/read/unitnote.h"

#include <strings.h>

#include "lib/read/failure.h"
#include "lib/read/fold.h"

/* What the words before it make of a word. */
enum claim {
    CLAIM_NONE,
    CLAIM_NAME, /* 编制单位：an office or a unit */
    CLAIM_UNIT  /* 单位：金额单位：a unit, if it looks like one at all */
};

/* A cell being read word by word. */
struct reading_cell {
    const struct units *units;
    struct slice text; /* folded */
    size_t at;
    bool bracketed;  /* the word stands in brackets */
    unsigned before; /* the marks before the word, as bits; 0: it begins the cell */
    unsigned after;  /* and behind it */
    struct slice word, previous;
    bool alone; /* no other word is in the cell */
    enum claim claim;
};

/* A record being read. */
struct reading_record {
    const char *file;
    const struct record *rec;
    size_t cell, filled; /* of rec: the one looked at, how many are not blank */
    struct unitnotes *notes;
    struct diag *d;
};

/* --- what is found --- */

static enum status unknown(const struct reading_record *r)
{
    return diag_set(r->d, ST_INPUT, r->file, r->rec->line, NULL,
                    "unknown unit in a note: %s (cell %s); add it to the list of units",
                    diag_quote(trim(r->rec->cell[r->cell])).s, failure_cell(r->cell + 1, r->rec->line).s);
}

static enum status two_differ(const struct unitnote *a, const struct unitnote *b, const char *file,
                              struct diag *d)
{
    return diag_set(d, ST_INPUT, file, b->line, NULL,
                    "two notes above the table state different units: %s (cell %s) and %s (cell %s)",
                    a->unit->name, failure_cell(a->cell + 1, a->line).s, b->unit->name,
                    failure_cell(b->cell + 1, b->line).s);
}

enum status unitnotes_add(struct unitnotes *to, const struct unitnotes *more, const char *file,
                          struct diag *d)
{
    const struct unitnote *a = &to->stated, *b = &more->stated;
    if (a->unit && b->unit && a->unit != b->unit)
        return two_differ(a, b, file, d);
    if (!a->unit)
        to->stated = *b;
    to->doubts = to->doubts || more->doubts ||
                 (to->doubted.unit && more->doubted.unit && to->doubted.unit != more->doubted.unit);
    if (!to->doubted.unit)
        to->doubted = more->doubted;
    return ST_OK;
}

static enum status found(const struct reading_record *r, const struct unit *unit, bool doubted)
{
    struct unitnote note = {unit, r->rec->line, r->cell};
    struct unitnotes one = {.stated = {NULL, 0, 0}};
    if (unitword_excepts(unit))
        return ST_OK;
    *(doubted ? &one.doubted : &one.stated) = note;
    return unitnotes_add(r->notes, &one, r->file, r->d);
}

/* --- the words of a cell --- */

/* Takes the marks at c->at; returns which there were. */
static unsigned take_marks(struct reading_cell *c)
{
    unsigned seen = 0;
    size_t n;
    enum mark m;
    while ((n = char_at(c->text, c->at)) > 0 &&
           (m = mark_of((struct slice){c->text.p + c->at, n})) != MARK_NONE) {
        seen |= 1u << m;
        c->at += n;
    }
    return seen;
}

static bool has(unsigned marks, enum mark m)
{
    return marks >> m & 1;
}

static bool next_word(struct reading_cell *c)
{
    size_t n;
    c->previous = c->word;
    c->before = c->at == 0 ? take_marks(c) : c->after;
    c->bracketed = has(c->before, MARK_OPEN) || (c->bracketed && !has(c->before, MARK_CLOSE));
    size_t from = c->at;
    while ((n = char_at(c->text, c->at)) > 0 && mark_of((struct slice){c->text.p + c->at, n}) == MARK_NONE)
        c->at += n;
    c->word = (struct slice){c->text.p + from, c->at - from};
    c->after = take_marks(c);
    return c->word.n > 0;
}

/* Drops the blanks between single characters, which are one word set wide: 单 位：万 元. In place. */
static void close_up(struct buf *text)
{
    size_t to = 0, run = 0; /* characters of the word before */
    struct slice s = buf_view(text);
    for (size_t at = 0, n; (n = char_at(s, at)) > 0; at += n) {
        size_t next = at + n, after = char_at(s, next);
        bool wide = run == 1 && mark_of((struct slice){s.p + at, n}) == MARK_BLANK;
        while (wide && after > 0 && mark_of((struct slice){s.p + next, after}) == MARK_BLANK) {
            next += after;
            after = char_at(s, next);
        }
        size_t beyond = next + after, last = char_at(s, beyond);
        wide = wide && after > 0 && mark_of((struct slice){s.p + next, after}) == MARK_NONE &&
               (last == 0 || mark_of((struct slice){s.p + beyond, last}) != MARK_NONE);
        if (wide) {
            n = next - at;
            run = 0; /* the next character makes it 1 */
            continue;
        }
        run = mark_of((struct slice){s.p + at, n}) == MARK_NONE ? run + 1 : 0;
        memmove(text->p + to, s.p + at, n);
        to += n;
    }
    text->n = to;
}

/* The length of the word before 单位 that says it is one of measure; 0 when there is none. */
static size_t measure_words(struct slice before)
{
    static const char *const words[] = {"金额", "计量", "计价", "货币", "数据", "统计",
                                        "本表", "报表", "金額", "計量", "貨幣", "報表"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_ends(before, words[i]))
            return strlen(words[i]);
    return 0;
}

/* A word behind 单位： that is no unit: whether it may be meant as one all the same. */
static bool looks_like_unit(const struct reading_cell *c)
{
    return unitword_ends_in_money(c->word) || unitword_prefix(c->units, c->word) != NULL;
}

/* --- words that state a unit --- */

/* 单位：W. The claim ends with the name of an office, and at a blank behind a unit. */
static enum status read_claimed(struct reading_cell *c, const struct reading_record *r)
{
    enum claim claim = c->claim;
    struct unitword w = unitword_read(c->units, c->word);
    bool listed = has(c->after, MARK_LIST) || has(c->after, MARK_OPEN) || has(c->after, MARK_CLOSE);
    c->claim = listed || w.nothing ? claim : CLAIM_NONE;
    if (w.kind == UNITWORD_KNOWN) {
        c->claim = listed ? CLAIM_NAME : CLAIM_NONE;
        return found(r, w.unit, false);
    }
    if (w.kind == UNITWORD_UNKNOWN)
        return unknown(r);
    if (w.nothing)
        return ST_OK;
    if (claim != CLAIM_UNIT || !looks_like_unit(c)) {
        c->claim = has(c->after, MARK_LIST) ? CLAIM_NAME : CLAIM_NONE;
        return ST_OK;
    }
    const struct unit *unit = unitword_prefix(c->units, c->word); /* 单位：亿元日期：… */
    return unit && has(c->after, MARK_COLON) ? found(r, unit, false) : unknown(r);
}

/* 以亿元为 before 单位. */
static struct unitword read_front(const struct units *units, struct slice front)
{
    size_t from, n = measure_words(front);
    front.n -= n;
    if (!slice_ends(front, "为") && !slice_ends(front, "為"))
        return (struct unitword){.kind = UNITWORD_NONE};
    return unitword_suffix(units, (struct slice){front.p, front.n - strlen("为")}, &from);
}

/* 亿元 or 均为亿元 behind 单位. */
static struct unitword read_back(const struct units *units, struct slice back)
{
    static const char *const links[] = {"均", "皆", "都", "统一", "一律", "为", "為", "是", "系", "用", "以"};
    size_t n = back.n;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (slice_begins(back, links[i]))
            back = (struct slice){back.p + strlen(links[i]), back.n - strlen(links[i])};
    struct unitword w = unitword_read(units, back);
    const struct unit *unit = w.kind == UNITWORD_NONE && back.n < n ? unitword_prefix(units, back) : NULL;
    return unit ? (struct unitword){.kind = UNITWORD_KNOWN, .unit = unit, .sure = true} : w;
}

static enum status tell(const struct reading_record *r, struct unitword w, bool doubted)
{
    if (w.kind == UNITWORD_NONE || !w.sure)
        return ST_OK;
    return w.kind == UNITWORD_UNKNOWN ? unknown(r) : found(r, w.unit, doubted);
}

/* A word with 单位 in it, at `at`: 单位亿元, 单位均为亿元, 以亿元为单位; or what leads to the next one. */
static enum status read_keyed(struct reading_cell *c, const struct reading_record *r, size_t at)
{
    struct slice front = {c->word.p, at}, back = {c->word.p + at + UNIT_KEY, c->word.n - at - UNIT_KEY};
    struct unitword w = read_front(c->units, front);
    c->claim = CLAIM_NONE;
    if (w.kind == UNITWORD_NONE && back.n > 0)
        w = read_back(c->units, back);
    if (w.kind == UNITWORD_NONE && back.n == 0 && c->after != 0)
        c->claim = front.n == 0 || measure_words(front) > 0 ? CLAIM_UNIT : CLAIM_NAME;
    return tell(r, w, false);
}

/* 按亿元填列, 以亿元列示; but 按亿元以上 is of size. */
static struct unitword read_prose(const struct units *units, struct slice word)
{
    static const char *const sizes[] = {"以", "及", "级", "之", "至", "到"};
    for (size_t at = word.n; at > 0; at -= char_before(word, at)) {
        struct slice head = {word.p, at}, rest = {word.p + at, word.n - at};
        if (!slice_ends(head, "以") && !slice_ends(head, "按"))
            continue;
        size_t n = unitword_prefix_length(units, rest);
        struct slice tail = {rest.p + n, rest.n - n};
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes && n > 0; i++)
            n = slice_begins(tail, sizes[i]) ? 0 : n;
        if (n > 0)
            return unitword_read(units, (struct slice){rest.p, n});
    }
    return (struct unitword){.kind = UNITWORD_NONE};
}

/* Whether a word without 单位 before it stands where a unit would. */
static bool is_set_apart(const struct reading_cell *c, const struct unitword *w)
{
    static const char *const labels[] = {"金额", "人民币", "币种", "金額", "人民幣", "幣種"};
    bool known = w->kind == UNITWORD_KNOWN, labelled = false;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        labelled = labelled || slice_ends(c->previous, labels[i]);
    if (c->alone || c->bracketed || (labelled && has(c->before, MARK_COLON)))
        return true;
    bool apart = has(c->before, MARK_COLON) || has(c->before, MARK_BLANK);
    return apart && (known || (w->scaled && unitword_ends_in_money(c->word)));
}

static bool is_english_key(const struct reading_cell *c)
{
    size_t n = c->word.n;
    return (n == 4 || n == 5) && strncasecmp(c->word.p, "units", n) == 0 && has(c->after, MARK_COLON);
}

/* Over the first column stands a title; further right it may be a heading over some columns. Behind a number
 * and a blank it may be an amount, 5 亿元, or stand behind a date. */
static bool is_doubtful(const struct reading_cell *c, const struct reading_record *r)
{
    bool counted = c->before == 1u << MARK_BLANK && digit_before(c->previous, c->previous.n);
    bool over_some = r->filled > 1 && r->cell > 0 && !has(c->before, MARK_COLON);
    return !c->alone && (counted || over_some);
}

static enum status read_word(struct reading_cell *c, const struct reading_record *r,
                             enum unitnote_place place)
{
    const char *at = unit_key(c->word);
    if (at)
        return read_keyed(c, r, (size_t)(at - c->word.p));
    if (unitword_in_figures(c->previous, c->word))
        return unknown(r);
    if (c->claim != CLAIM_NONE)
        return read_claimed(c, r);
    if (is_english_key(c)) {
        c->claim = CLAIM_UNIT;
        return ST_OK;
    }
    if (r->filled > 1 && place == NOTE_AMONG)
        return ST_OK;
    struct unitword w = unitword_read(c->units, c->word);
    if (w.kind == UNITWORD_NONE)
        w = read_prose(c->units, c->word);
    else if (!is_set_apart(c, &w))
        return ST_OK;
    return tell(r, w, is_doubtful(c, r));
}

/* *claim: what the cell before leaves to the next one that is not blank. */
static enum status read_cell(const struct units *units, const struct reading_record *r, struct slice text,
                             enum unitnote_place place, enum claim *claim)
{
    struct reading_cell c = {.units = units, .text = text, .claim = *claim};
    enum status st = ST_OK;
    size_t words = 0;
    while (st == ST_OK && next_word(&c)) {
        c.alone = ++words == 1 && c.at == text.n;
        st = read_word(&c, r, place);
    }
    if (words > 0)
        *claim = has(c.after, MARK_COLON) && c.at == text.n ? c.claim : CLAIM_NONE;
    return st;
}

/* Merged cells all have the text of the first. */
static bool is_copy(const struct record *rec, size_t i)
{
    return i > 0 && slice_equal(trim(rec->cell[i]), trim(rec->cell[i - 1]));
}

static size_t count_filled(const struct record *rec)
{
    size_t n = 0;
    for (size_t i = 0; i < rec->n; i++)
        n += trim(rec->cell[i]).n > 0 && !is_copy(rec, i);
    return n;
}

enum status unitnote_read(const struct units *units, const char *file, const struct record *rec,
                          enum unitnote_place place, struct unitnotes *notes, struct diag *d)
{
    struct buf text = {0};
    enum status st = ST_OK;
    enum claim claim = CLAIM_NONE;
    struct reading_record r = {file, rec, 0, count_filled(rec), notes, d};
    for (; units && r.cell < rec->n && st == ST_OK; r.cell++) {
        if (is_copy(rec, r.cell))
            continue;
        buf_clear(&text);
        fold_text(&text, rec->cell[r.cell]);
        close_up(&text);
        st = read_cell(units, &r, buf_view(&text), place, &claim);
        if (st != ST_OK)
            break;
    }
    buf_free(&text);
    return st;
}
