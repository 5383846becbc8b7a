/* SPDX-License-Identifier: MIT
 * shortest_test: numbers as spreadsheet programs show them, from text and from bits. The C library, which
 * prints every binary number exactly, is the judge. */
#include <stdlib.h>

#include "lib/read/shortest.h"
#include "tests/unit/tap.h"

struct text_case {
    const char *text, *want; /* NULL: no number */
    unsigned noticed;
};

static const struct text_case cases[] = {
    {"0", "0", 0},
    {"-0", "0", 0},
    {"-0.0E5", "0", 0},
    {"12.50", "12.5", 0},
    {"+7", "7", 0},
    {".5", "0.5", 0},
    {"5.", "5", 0},
    {"007.010", "7.01", 0},
    {"0.30000000000000004", "0.3", SHORTEST_ROUNDED},
    {"1234.5600000000002", "1234.56", SHORTEST_ROUNDED},
    {"1E-7", "0.0000001", 0},
    {"1.2345E-4", "0.00012345", 0},
    {"1.5e3", "1500", 0},
    {"1E+20", "100000000000000000000", SHORTEST_LONG},
    {"1e0000000000000000000000001", "10", 0},
    {"123456789012345", "123456789012345", 0},
    {"1234567890123456", "1234567890123460", SHORTEST_ROUNDED | SHORTEST_LONG},
    {"622848123456789012", "622848123456789000", SHORTEST_ROUNDED | SHORTEST_LONG},
    {"1000000000000000", "1000000000000000", SHORTEST_LONG},
    {"0.9999999999999999", "1", SHORTEST_ROUNDED},
    {"99999.99999999999999", "100000", SHORTEST_ROUNDED},
    {"-0.00012345678901234549", "-0.000123456789012345", SHORTEST_ROUNDED},
    {"0.1234567890123455", "0.123456789012345", SHORTEST_ROUNDED},
    {"-0.1234567890123455", "-0.123456789012345", SHORTEST_ROUNDED},
    /* A reader that rounds the text itself, half up, is one off in the last place of these: a number of 8
     * bytes lies between the text and the half. */
    {"0.9908132947936075", "0.990813294793607", SHORTEST_ROUNDED},
    {"389378.7598441305", "389378.75984413", SHORTEST_ROUNDED},
    {"-9677119852.698975", "-9677119852.69897", SHORTEST_ROUNDED},
    {"7.484039023312865e-06", "0.00000748403902331286", SHORTEST_ROUNDED},
    {"100000000000000.5", "100000000000000", SHORTEST_ROUNDED},
    {"100000000000001.5", "100000000000002", SHORTEST_ROUNDED},
    {"1e-325", "0", SHORTEST_ROUNDED},
    {"-1e-99999999", "0", SHORTEST_ROUNDED},
    {"", NULL, 0},
    {"-", NULL, 0},
    {".", NULL, 0},
    {"e5", NULL, 0},
    {"1e", NULL, 0},
    {"1e+", NULL, 0},
    {"1 ", NULL, 0},
    {"1.2.3", NULL, 0},
    {"--1", NULL, 0},
    {"0x10", NULL, 0},
    {"nan", NULL, 0},
    {"inf", NULL, 0},
    {"1,5", NULL, 0},
    {"1e309", NULL, 0},
    {"1.7976931348623159e308", NULL, 0},
    {"1e99999999999999999999", NULL, 0},
};

static void test_texts(struct tap *t)
{
    struct buf out = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct text_case *c = &cases[i];
        unsigned noticed;
        char what[80];
        buf_clear(&out);
        bool good = shortest_of_text(slice_of(c->text), &out, &noticed);
        snprintf(what, sizeof what, "the text '%s'", c->text);
        tap_text(t, good ? buf_string(&out) : "no number", c->want ? c->want : "no number", what);
        if (c->want && noticed != c->noticed) {
            snprintf(what, sizeof what, "'%s' is noticed as %u, not %u", c->text, c->noticed, noticed);
            tap_ok(t, false, what);
        }
        if (!good)
            tap_ok(t, out.n == 0, "nothing is written then");
    }
    buf_free(&out);
}

static void test_long_texts(struct tap *t)
{
    struct buf text = {0}, out = {0};
    unsigned noticed;
    buf_text(&text, "0.");
    for (int i = 0; i < 300; i++)
        buf_char(&text, '0');
    buf_text(&text, "25");
    bool good = shortest_of_text(buf_view(&text), &out, &noticed);
    tap_ok(t, good && out.n == text.n && memcmp(out.p, text.p, out.n) == 0, "many zeros behind the point");
    buf_clear(&text);
    buf_clear(&out);
    for (int i = 0; i < 100000; i++)
        buf_char(&text, '9');
    buf_text(&text, "e-100000");
    good = shortest_of_text(buf_view(&text), &out, &noticed);
    tap_text(t, good ? buf_string(&out) : "none", "1", "100,000 digits, rounded up");
    buf_free(&text);
    buf_free(&out);
}

/* --- bits --- */

static double number_of(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* What %.14e says, written without exponent. */
static void judged(double x, char *out)
{
    char digits[64], plain[64];
    int exponent;
    snprintf(digits, sizeof digits, "%.14e", x);
    exponent = atoi(strchr(digits, 'e') + 1);
    char *p = out;
    if (*digits == '-')
        *p++ = '-';
    const char *d = digits + (*digits == '-');
    int n = 0;
    for (; *d != 'e'; d++)
        if (*d != '.')
            plain[n++] = *d;
    while (n > 1 && plain[n - 1] == '0')
        n--;
    if (n == 1 && plain[0] == '0') {
        strcpy(out, "0");
        return;
    }
    if (exponent < 0) {
        *p++ = '0';
        *p++ = '.';
        for (int i = -1; i > exponent; i--)
            *p++ = '0';
    }
    for (int i = 0; i < n || i <= exponent; i++) {
        if (exponent >= 0 && i == exponent + 1)
            *p++ = '.';
        *p++ = i < n ? plain[i] : '0';
    }
    *p = '\0';
}

static bool same_bits(uint64_t bits)
{
    char want[1200];
    struct buf out = {0};
    double x = number_of(bits);
    judged(x, want);
    bool good = shortest_of_bits(bits, &out, NULL) && strcmp(buf_string(&out), want) == 0;
    if (!good)
        printf("# %a: got %s, want %s\n", x, buf_string(&out), want);
    buf_free(&out);
    return good;
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void test_bits(struct tap *t)
{
    uint64_t state = 88172645463325252u;
    int bad = 0;
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = next_random(&state);
        if ((bits >> 52 & 0x7ff) != 0x7ff)
            bad += !same_bits(bits);
        /* money: small numbers with two decimals */
        double x = (double)(int64_t)(next_random(&state) % 100000000000) / 100;
        memcpy(&bits, &x, sizeof bits);
        bad += !same_bits(bits);
    }
    tap_ok(t, bad == 0, "40,000 random numbers are those of the C library");
    static const uint64_t edges[] = {1,
                                     0xfffffffffffff,
                                     0x10000000000000,
                                     0x7fefffffffffffff,
                                     0x3ff0000000000000,
                                     0x4340000000000000,
                                     0x4330000000000001,
                                     0x3fd3333333333334};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        bad += !same_bits(edges[i]) + !same_bits(edges[i] | (uint64_t)1 << 63);
    tap_ok(t, bad == 0, "and those at the edges of the format");
}

/* What the C library reads and prints, strtod and %.14e, on texts that try it: many digits, halves between
 * two numbers of 8 bytes and beside them, numbers with few bits left, both ends of the range. */
static bool same_text(const char *text)
{
    char want[1200];
    struct buf out = {0};
    unsigned noticed;
    double x = strtod(text, NULL);
    bool infinite = x - x != 0, good = shortest_of_text(slice_of(text), &out, &noticed) != infinite;
    judged(infinite ? 0 : x, want);
    good = good && (infinite || strcmp(buf_string(&out), want) == 0);
    if (!good)
        printf("# %s: got %s, want %s\n", text, out.n ? buf_string(&out) : "none", want);
    buf_free(&out);
    return good;
}

static void test_nearest(struct tap *t)
{
    uint64_t state = 1234567890123456789u;
    char text[1200];
    int bad = 0;
    for (int i = 0; i < 20000; i++) {
        uint64_t r = next_random(&state), bits = next_random(&state) & ~((uint64_t)1 << 63);
        snprintf(text, sizeof text, "%d.%017lluE%d", (int)(r % 1000),
                 (unsigned long long)(r >> 8) % 100000000000000000, (int)(bits % 80) - 40);
        bad += !same_text(text);
        snprintf(text, sizeof text, "%llu5e%d", 100000000000000 + (unsigned long long)r % 900000000000000,
                 (int)(bits % 640) - 340);
        bad += !same_text(text);
        if (bits >> 52 == 0x7ff)
            continue;
        snprintf(text, sizeof text, "%.17g", number_of(bits));
        bad += !same_text(text);
        snprintf(text, sizeof text, "%.17g", number_of(bits >> (12 + r % 40)));
        bad += !same_text(text);
    }
    tap_ok(t, bad == 0, "80,000 random texts are the numbers that the C library reads");
    for (int i = 0; i < 2000; i++) {
        uint64_t bits = next_random(&state) >> (1 + i % 2 * 13);
        if ((bits + 1) >> 52 >= 0x7ff)
            continue;
        /* Half-way to the next, exactly: the long double of the C library has the one bit more that it takes.
         */
        long double half = ((long double)number_of(bits) + number_of(bits + 1)) / 2;
        int n = snprintf(text, sizeof text, "%.780Le", half);
        bad += !same_text(text);
        char *e = strchr(text, 'e');
        memmove(e + 1, e, (size_t)(text + n - e) + 1);
        *e = '1';
        bad += !same_text(text);
    }
    tap_ok(t, bad == 0, "and halves between two of them, to the last digit");
}

static void test_special_bits(struct tap *t)
{
    struct buf out = {0};
    unsigned noticed;
    tap_ok(t,
           !shortest_of_bits((uint64_t)0x7ff << 52, &out, NULL) &&
               !shortest_of_bits(~(uint64_t)0, &out, NULL),
           "infinity and what is not a number are refused");
    bool good = shortest_of_bits((uint64_t)1 << 63, &out, &noticed);
    tap_text(t, good ? buf_string(&out) : "none", "0", "minus zero is zero");
    buf_clear(&out);
    good = shortest_of_bits(0x42d6bcc41e900002, &out, &noticed); /* 100000000000000.03125 */
    tap_text(t, good ? buf_string(&out) : "none", "100000000000000", "a fraction behind 15 digits");
    buf_clear(&out);
    good = shortest_of_bits(0x42d6bcc41e900020, &out, &noticed); /* 100000000000000.5 */
    tap_text(t, good ? buf_string(&out) : "none", "100000000000000", "a half goes to the even digit");
    buf_clear(&out);
    good = shortest_of_bits(0x43a1494d47dfdc4a, &out, &noticed); /* 622848123456789000 or near */
    tap_ok(t, good && noticed == SHORTEST_LONG && out.n == 18, "18 digits before the point are noticed");
    buf_free(&out);
}

int main(void)
{
    struct tap t = {0};
    test_texts(&t);
    test_long_texts(&t);
    test_bits(&t);
    test_nearest(&t);
    test_special_bits(&t);
    return tap_end(&t);
}
