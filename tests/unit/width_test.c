/* SPDX-License-Identifier: MIT
 * width_test: columns of a terminal that texts take. */
#include <locale.h>

#include "lib/print/width.h"
#include "tests/unit/tap.h"

struct width_case {
    const char *text;
    size_t narrow, wide; /* with ambiguous characters 1 and 2 wide */
    const char *what;
};

int main(void)
{
    static const struct width_case cases[] = {
        {"", 0, 0, "nothing takes nothing"},
        {"abc 1.5%", 8, 8, "ASCII takes one each"},
        {"县市区", 6, 6, "Chinese takes two each"},
        {"（亿元）", 8, 8, "full-width brackets take two"},
        {"𠮷", 2, 2, "a character beyond the basic plane takes two"},
        {"e\xcc\x81", 1, 1, "a combining mark takes nothing"},
        {"…", 1, 2, "the mark for not reported is ambiguous"},
        {"—", 1, 2, "the mark for not applicable is ambiguous"},
        {"“中”", 4, 6, "so are Chinese quotation marks"},
        {"①→×±℃Ⅱ", 6, 12, "and these"},
        {"\x1b[", 2, 2, "a control character counts as its replacement"},
        {"\xff", 1, 2, "a stray byte is U+FFFD"},
        {"\xe4\xb8", 2, 4, "a cut character is two stray bytes"},
    };
    struct tap t = {0};
    size_t used;
    tap_ok(&t, setlocale(LC_CTYPE, "C.UTF-8") != NULL, "C.UTF-8 is there");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct width_case *c = &cases[i];
        tap_ok(&t,
               width_of(slice_of(c->text), AMBIGUOUS_NARROW) == c->narrow &&
                   width_of(slice_of(c->text), AMBIGUOUS_WIDE) == c->wide,
               c->what);
    }
    tap_ok(&t, utf8_next(slice_of("\xed\xa0\x80"), &used) == 0xfffd && used == 1,
           "a surrogate is no character");
    tap_ok(&t, utf8_next(slice_of("\xc0\xaf"), &used) == 0xfffd && used == 1,
           "an overlong form is no character");
    tap_ok(&t, utf8_next(slice_of("\xf0\xa0\xae\xb7"), &used) == 0x20bb7 && used == 4, "𠮷 is U+20BB7");
    return tap_end(&t);
}
