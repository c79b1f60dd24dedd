"""Whether p means what it says: reliability.py RECORDS_WITH_TRUTH.csv LINKS(.csv or .parquet), with rec_id, person_id and
id_l, id_r, p. For each band of p: pairs, mean p, the share of them that are one person. Recall is over all true pairs."""

import csv
import sys
from collections import Counter

BANDS = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999, 1.0000001]


def links(path):
    if path.endswith(".parquet"):
        import pandas

        read = pandas.read_parquet(path, columns=["id_l", "id_r", "p"])
        yield from zip(read.id_l.astype(str), read.id_r.astype(str), read.p)
        return
    with open(path, encoding="utf-8") as f:
        for row in csv.DictReader(f):
            yield row["id_l"], row["id_r"], float(row["p"])


def main(records, found):
    with open(records, encoding="utf-8") as f:
        truth = {row["rec_id"]: row["person_id"] for row in csv.DictReader(f)}
    true = sum(n * (n - 1) // 2 for n in Counter(truth.values()).values())
    scored = sorted(((p, truth[left] == truth[right]) for left, right, p in links(found)), reverse=True)
    print("     p from     to     pairs  mean p  one person")
    for low, high in zip(BANDS, BANDS[1:]):
        band = [(p, same) for p, same in scored if low <= p < high]
        if band:
            mean, share = (sum(one[nth] for one in band) / len(band) for nth in (0, 1))
            print(f"  {low:9.3f} {min(high, 1):6.3f} {len(band):9d} {mean:7.4f} {share:11.4f}")
    best, hits = (0.0, 0.0), 0
    for nth, (p, same) in enumerate(scored, 1):
        hits += same
        if nth == len(scored) or scored[nth][0] < p:
            best = max(best, (2 * hits / (nth + true), p))
    sure = [same for p, same in scored if p >= 0.95]
    hits = sum(sure)
    print(
        f"reliability: at 0.95 P {hits / max(len(sure), 1):.4f} R {hits / true:.4f} F1 {2 * hits / (len(sure) + true):.4f};"
        f" best F1 {best[0]:.4f} at {best[1]:.3f}"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
