"""Scores the linking of an opened case against the truth: python3 score.py [CASE] prints pairwise precision and recall."""

import csv
import itertools
import json
import pathlib
import sqlite3
import sys

HERE = pathlib.Path(__file__).parent


def remembered(case):
    """File and row of each mention of a list, and the pairs that decisions have joined and nobody undid."""
    database = sqlite3.connect(f"file:{case / 'ledger' / 'ledger.sqlite'}?mode=ro", uri=True)
    rows = database.execute("SELECT position, kind, body FROM entry ORDER BY position").fetchall()
    entries = [(position, kind, json.loads(body)) for position, kind, body in rows]
    undone = set()
    for position, kind, said in reversed(entries):  # An undo that was itself undone undoes nothing.
        if kind == "undone" and position not in undone:
            undone.add(said["position"])
    names, mentions, pairs = {}, {}, {}
    for position, kind, said in entries:
        if kind == "received":
            names[said["blob"]] = said["name"]
        elif kind == "mention" and "cells" in said["span"]["place"]:
            mentions[said["id"]] = names[said["span"]["blob"]], said["span"]["place"]["cells"]["row"]
        elif kind == "linked" and position not in undone:
            pairs[said["left"], said["right"]] = said["verdict"]
    return mentions, [pair for pair, verdict in pairs.items() if verdict == "same"]


def within(groups):
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}


def grouped(keys):
    groups = {}
    for mention, key in keys:
        groups.setdefault(key, []).append(mention)
    return groups.values()


def main(case):
    mentions, joined = remembered(case)
    with (HERE / "truth" / "mentions.csv").open(encoding="utf-8") as table:
        person = {(row["file"], int(row["row"])): row["person"] for row in csv.DictReader(table)}
    up = {mention: mention for mention in mentions}

    def root(mention):
        while up[mention] != mention:
            mention = up[mention]
        return mention

    for left, right in joined:
        if left in up and right in up:
            up[root(left)] = root(right)
    made = within(grouped((mention, root(mention)) for mention in mentions))
    true = within(grouped((mention, person[where]) for mention, where in mentions.items()))
    both = len(made & true)
    print(f"{len(mentions)} rows, {len(true)} true pairs, {len(made)} joined")
    print(f"precision {both / max(len(made), 1):.3f}, recall {both / max(len(true), 1):.3f}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
