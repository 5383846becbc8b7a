/* SPDX-License-Identifier: MIT
 * reporter_counts: what every check ran on, whether it found something or not: a check that ran on nothing is
 * itself worth a look. */
#include "lib/check/reporter.h"

#include <inttypes.h>

static void write_count(struct out *o, const char *rule, const char *severity, struct check_count n,
                        uint64_t skipped, const char *why)
{
    out_printf(o, "%s\t%s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%s\n", rule,
               severity, n.run, n.run - n.fail - n.undecided, n.fail, n.undecided, skipped, why);
}

/* Of the cards with one id the one in force stands for all, or else the first. */
static bool stands_for_its_id(const struct rules *r, size_t i)
{
    for (size_t k = 0; k < r->count; k++) {
        if (k == i || strcmp(r->rule[k].id, r->rule[i].id) != 0)
            continue;
        if (*r->rule[i].skip && (k < i || !*r->rule[k].skip))
            return false;
    }
    return true;
}

void report_counts(const struct reporter *p, const struct schema_check *check, const struct schema_key *key,
                   const struct rules *r, uint64_t rows, uint64_t ragged, struct out *o)
{
    struct check_count n = {1, reporter_failed(p)[REPORT_REJECT], 0};
    out_text(o, "rule\tseverity\trun\tpass\tfail\tundecided\tskipped\twhy\n");
    write_count(o, "structure", "reject", n, 0, "");
    write_count(o, "structure.row", "error", (struct check_count){rows, ragged, 0}, 0, "");
    for (int fault = FAULT_REQUIRED; fault < FAULTS; fault++)
        if (schema_check_count(check, (enum cell_fault)fault, &n))
            write_count(o, fault_name((enum cell_fault)fault), "error", n, 0, "");
    if (key) {
        n = schema_key_count(key);
        n.run += n.undecided;
        write_count(o, "key", "error", n, 0, "");
    }
    for (size_t i = 0; i < r->joins; i++)
        if (r->join[i]->run) {
            const struct rule_join *j = r->join[i];
            n = (struct check_count){j->run, j->run - j->found - j->undecided, j->undecided};
            out_text(o, "join.");
            write_count(o, j->name, "inform", n, 0, "");
        }
    for (size_t i = 0; i < r->count; i++) {
        const struct rule *c = &r->rule[i];
        n = (struct check_count){c->run, c->failed, c->undecided};
        if (stands_for_its_id(r, i))
            write_count(o, c->id, severity_name(c->severity), n, c->skipped, c->skip);
    }
}
