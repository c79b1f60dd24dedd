"""What the ministry answers to the lists of others, as an analyst keeps it: a table of framed claims."""

import csv

HEADING = (
    "row,date_claimed,as_of,speaker,speaker_type,measure,qty_lower,qty_upper,qty_mode,qty_text,scope,"
    "baseline_since,population,outlet,url,note"
).split(",")
DAY = "2026-02-16"
SPEAKER = "Ministry of Justice"


def write(mentions, inbox):
    """The ministry says how many of the OLSA list are on its own list of releases, and that four are thieves."""
    listed = {key for file, _, _, key in mentions if file.endswith("olsa-detenidos-v2.xlsx")}
    freed = {key for file, _, _, key in mentions if file.endswith("ministry-releases.csv")}
    said = [
        ("list_dispute_released", "disputed_released", len(listed & freed), "freed but still on OLSA list"),
        ("list_dispute_common_crime", "disputed_common_crime", 4, "on OLSA list tried for common crimes"),
    ]
    path = inbox / "tables" / "ministry-answers.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    claims = []
    with path.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(HEADING)
        for row, (measure, predicate, n, whom) in enumerate(said, 1):
            frame = [measure, n, n, "exact", "", "stock", "", f"persons {whom}"]
            table.writerow([row, DAY, DAY, SPEAKER, "government", *frame, "The Isthmus Herald", "", ""])
            quantity = {"mode": "exact", "lower": n, "upper": n}
            claim = {"file": "tables/ministry-answers.csv", "kind": "count", "predicate": predicate}
            claims.append({**claim, "quantity": quantity, "speaker": SPEAKER, "as_of": DAY})
    return claims
