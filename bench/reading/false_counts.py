#!/usr/bin/env python3
"""false_counts.py TEXTS.jsonl PREDICTED.jsonl

Of texts that count nobody detained or released: the share in which the reader counts somebody, and what it counts.
"""
import sys

import score_reading as score


def main(texts, predicted):
    proposals = {row["id"]: row["claims"] for row in score.read(predicted)}
    rows, wrong = score.read(texts), 0
    for row in rows:
        counts = [claim for claim in proposals.get(row["id"], []) if claim["kind"] == "count"]
        wrong += bool(counts)
        for claim in counts:
            print(f"{row['id']} {claim['predicate']} `{claim['span']['text']}`")
    print(f"false counts: {wrong} of {len(rows)} texts, {wrong / len(rows):.3f} (at most 0.100 wanted)")


if __name__ == "__main__":
    main(*sys.argv[1:3])
