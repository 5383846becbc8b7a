"""T9, limits and discounts by credit grade: grade_rules.tsv."""
import os

import tsv

RULES = tsv.read(os.path.join(os.path.dirname(os.path.abspath(__file__)), "grade_rules.tsv"))


def references():
    return {"grade_rules.tsv": (list(RULES[0]), [list(r.values()) for r in RULES])}
