"""Makes the whole invented case of Santa Aurelia, the truth beside it: python3 make.py (standard library only)."""

import csv
import json
import pathlib
import sys

sys.dont_write_bytecode = True

from making import lists, people, tables, texts  # noqa: E402

HERE = pathlib.Path(__file__).parent


def table(path, heading, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


def main():
    everyone = people.make()
    mentions = lists.write(everyone, HERE / "inbox")
    claims = texts.write(everyone, mentions, HERE / "inbox")
    claims += tables.write(mentions, HERE / "inbox")
    truth = HERE / "truth"
    table(truth / "mentions.csv", ["file", "sheet", "row", "person"], mentions)
    table(truth / "persons.csv", people.HEADING, [person.row() for person in everyone])
    with (truth / "claims.jsonl").open("w", encoding="utf-8") as out:
        for claim in claims:
            out.write(json.dumps(claim, ensure_ascii=False) + "\n")
    print(f"{len(everyone)} persons, {len(mentions)} rows of lists, {len(claims)} claims")


if __name__ == "__main__":
    main()
