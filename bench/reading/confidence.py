#!/usr/bin/env python3
"""confidence.py GOLD.jsonl PREDICTED.jsonl

Of the proposals in each confidence class: how many there are, the share that a gold claim answers to (same kind), and
the share that is right in kind, predicate and quantity or person. Pairing is that of score_reading.py beside it.
"""
import sys
from collections import Counter

import score_reading as score


def main(gold, predicted):
    proposals = {row["id"]: row["claims"] for row in score.read(predicted)}
    total, found, right = Counter(), Counter(), Counter()
    for row in score.read(gold):
        made = proposals.get(row["id"], [])
        for claim in made:
            total[claim["confidence"]] += 1
        for g, p in score.pair(row["text"], row["claims"], made, 0.2):
            a, b = row["claims"][g], made[p]
            if a["kind"] == b["kind"]:
                found[b["confidence"]] += 1
                right[b["confidence"]] += score.core_ok(a, b, False)
    for name in ("high", "middle", "low"):
        n = total[name]
        if n:
            print(f"confidence {name:6} {n:4} proposals, {found[name] / n:.3f} found, {right[name] / n:.3f} right")
    print()


if __name__ == "__main__":
    main(*sys.argv[1:3])
