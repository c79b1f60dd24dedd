"""eval_clusters.py DATA_CSV TRUTH_CSV CLUSTERS_CSV: pair precision, recall, F1 of persons, and the guard: of record pairs of
different persons who share both surnames, the share that ended in one cluster (pairs found within groups of equal surnames)."""

import csv
import sys
from collections import Counter, defaultdict


def c2(n):
    return n * (n - 1) // 2


def main(data, truth, clusters):
    with open(truth, encoding="utf-8") as f:
        person = {row["rec_id"]: row["person_id"] for row in csv.DictReader(f)}
    with open(clusters, encoding="utf-8") as f:
        made = {row["id"]: row["person"] for row in csv.DictReader(f)}
    both = Counter((person[i], made[i]) for i in person)
    tp = sum(c2(n) for n in both.values())
    found = sum(c2(n) for n in Counter(made.values()).values())
    true = sum(c2(n) for n in Counter(person.values()).values())
    p, r = tp / max(found, 1), tp / max(true, 1)
    print(f"clusters: {len(set(made.values()))} made, {len(set(person.values()))} true; pair P {p:.4f} R {r:.4f} F1 {2 * p * r / (p + r):.4f}")
    families = defaultdict(Counter)
    with open(data, encoding="utf-8") as f:
        for row in csv.DictReader(f):
            if row["surname1"] and row["surname2"]:
                families[row["surname1"], row["surname2"]][person[row["rec_id"]], made[row["rec_id"]]] += 1
    pairs = wrong = 0
    for family in families.values():
        of_person, of_cluster = Counter(), Counter()
        for (who, where), n in family.items():
            of_person[who] += n
            of_cluster[where] += n
        pairs += c2(sum(family.values())) - sum(c2(n) for n in of_person.values())
        wrong += sum(c2(n) for n in of_cluster.values()) - sum(c2(n) for n in family.values())
    print(f"guard: {pairs} pairs of different persons share both surnames, {wrong} are in one cluster ({100 * wrong / max(pairs, 1):.3f} %)")


if __name__ == "__main__":
    main(*sys.argv[1:])
