/* SPDX-License-Identifier: MIT
 * hitkey_test: the hash against values of FNV-1a that python3 computed. */
#include "lib/read/hitkey.h"

#include "tests/unit/tap.h"

static const char *key_of(const char *const *fields, char out[33])
{
    struct hitkey k = hitkey_begin();
    for (; *fields; fields++)
        hitkey_add(&k, slice_of(*fields));
    hitkey_text(k, out);
    return out;
}

int main(void)
{
    struct tap t = {0};
    char a[33], b[33];
    tap_text(&t, key_of((const char *const[]){NULL}, a), "6c62272e07bb014262b821756295c58d",
             "no field gives the basis");
    tap_text(&t, key_of((const char *const[]){"foobar", NULL}, a), "e01fcf9a3e4ff78da540f1b23234a9eb",
             "one field and its end mark");
    tap_text(&t, key_of((const char *const[]){"ab", "c", NULL}, a), "32755b547483d94f708144879ae5671d",
             "two fields");
    key_of((const char *const[]){"a", "bc", NULL}, b);
    tap_ok(&t, strcmp(a, b) != 0, "where a field ends matters");
    return tap_end(&t);
}
