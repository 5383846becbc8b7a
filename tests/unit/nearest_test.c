/* SPDX-License-Identifier: MIT
 * nearest_test: which name was probably meant. */
#include "lib/base/nearest.h"
#include "tap.h"

static void expect(struct tap *t, const char *wanted, const char *want)
{
    static const char *const names[] = {"bank", "loan", "loan_open", "npl", "贷款余额", "存款余额", "x"};
    char got[64] = "";
    struct nearest n = nearest_to(slice_of(wanted));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        nearest_offer(&n, slice_of(names[i]));
    if (n.name.p)
        snprintf(got, sizeof got, "%.*s", (int)n.name.n, n.name.p);
    tap_text(t, got, want, wanted);
    nearest_say(&n, NULL);
}

static void says(struct tap *t, const char *wanted, const char *want)
{
    struct diag d = {0};
    struct nearest n = nearest_to(slice_of(wanted));
    diag_set(&d, ST_MISUSE, NULL, 0, NULL, "no column");
    nearest_offer(&n, slice_of("bank"));
    nearest_offer(&n, slice_of("loan"));
    nearest_say(&n, &d);
    tap_text(t, d.reason, want, wanted);
}

int main(void)
{
    struct tap t = {0};
    expect(&t, "laon", "loan");  /* neighbours exchanged */
    expect(&t, "lon", "loan");   /* one left out */
    expect(&t, "loann", "loan"); /* one too many */
    expect(&t, "Bank", "bank");  /* one changed */
    expect(&t, "loan_opne", "loan_open");
    expect(&t, "贷款余", "贷款余额"); /* characters are counted, not bytes */
    expect(&t, "货款余额", "贷款余额");
    expect(&t, "deposit", ""); /* nothing is near */
    expect(&t, "ab", "");      /* two letters may differ in one */
    expect(&t, "y", "");       /* one letter is like every other */
    expect(&t, "", "");
    expect(&t, "0123456789012345678901234567890123456789012345678901234567890123456789", "");
    says(&t, "lone", "no column; there are: bank, loan");
    says(&t, "laon", "no column; is it 'loan'? there are: bank, loan");
    return tap_end(&t);
}
