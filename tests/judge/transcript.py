# SPDX-License-Identifier: MIT
"""What the judges of laws share: the transcript of a test over random tables (tests/unit/law.h), a JSON object a line."""
import json
import sys
from collections import Counter

TABLES = ("table", "reference", "old", "new", "output")


def judge_all(judge, kinds=(), kind_of=None):
    """Compares what came out of each round with what judge says. Each of the kinds of result must have been met."""
    rounds, seen = 0, Counter()
    for text in sys.stdin:
        round_ = json.loads(text)
        wanted = judge(round_)
        if wanted != round_["output"]:
            asked = {k: v for k, v in round_.items() if k not in TABLES}
            given = "".join(f"{name}:\n{round_[name]}" for name in TABLES[:-1] if name in round_)
            raise SystemExit(f"{asked}\n{given}wanted:\n{wanted}got:\n{round_['output']}")
        rounds += 1
        if kind_of:
            seen.update(kind_of(line) for line in wanted.splitlines())
    if rounds < 200 or not all(seen[kind] for kind in kinds):
        raise SystemExit(f"{rounds} rounds: not enough of each kind: {dict(seen)}")
    print(f"{rounds} rounds agree", {kind: seen[kind] for kind in kinds} or "")
