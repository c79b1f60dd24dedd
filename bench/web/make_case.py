"""Fills the inbox of a case of an invented country: PERSONS rows in four lists, and CLAIMS counts, each number as some
dozens of outlets quote it. Names are drawn by how common they are in Spain (bench/linking/names_es.csv); nobody is meant.
Seeded: the same bytes each time. Usage: make_case.py CASE PERSONS CLAIMS"""
import csv
import datetime
import itertools
import pathlib
import random
import sys

case, persons, claims = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
inbox = case / "inbox"
inbox.mkdir(exist_ok=True)
random.seed(20260108)
QUOTED = 25  # outlets that quote one number
START = datetime.date(2020, 1, 1)


def names():
    drawn = {"s": [], "m": [], "f": []}
    with open(pathlib.Path(__file__).parent.parent / "linking/names_es.csv", encoding="utf-8") as file:
        for kind, value, count in itertools.islice(csv.reader(file), 1, None):
            drawn[kind].append((value.title(), int(count)))
    return {kind: ([v for v, _ in of], list(itertools.accumulate(n for _, n in of))) for kind, of in drawn.items()}


def draw(of):
    return random.choices(of[0], cum_weights=of[1])[0]


def lists():
    all_names, made = names(), 0
    for nth in range(4):
        last = persons * (nth + 1) // 4
        with open(inbox / f"list-{nth + 1}.csv", "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow("Number,Name,Sex,Born,Arrested,Released,Place".split(","))
            while made < last:
                made += 1
                sex = random.choices("mf", (82, 18))[0]
                name = f"{draw(all_names[sex])} {draw(all_names['s'])} {draw(all_names['s'])}"
                taken = START + datetime.timedelta(days=random.randrange(2000))
                freed = taken + datetime.timedelta(days=random.randrange(1, 400)) if random.random() < 0.4 else ""
                born = datetime.date(1950, 1, 1) + datetime.timedelta(days=random.randrange(19000))
                out.writerow([f"X-{made:07}", name, sex, born, taken, freed, f"Prison {random.randrange(60)}"])


def counts():
    bodies = [("Vigilia %d" % n, "ngo") for n in range(40)] + [("Ministry %d" % n, "government") for n in range(10)]
    made = 0
    for part in range(10):
        with open(inbox / f"counts-{part + 1:02}.csv", "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow("row date_claimed as_of speaker speaker_type measure qty_lower qty_upper qty_mode qty_text "
                         "scope baseline_since population outlet url note".split())
            row = 0
            while made < claims * (part + 1) // 10:
                day = START + datetime.timedelta(days=random.randrange(2000))
                name, kind = random.choice(bodies)
                measure, scope = random.choice([("released", "cumulative"), ("released_verified", "cumulative"),
                                                ("held", "stock"), ("released", "event")])
                since = {"cumulative": day.replace(day=1).isoformat(), "event": day.isoformat(), "stock": ""}[scope]
                n = random.randrange(1, 2000)
                for outlet in range(min(QUOTED, claims - made)):
                    row, made = row + 1, made + 1
                    out.writerow([row, day, day, name, kind, measure, n, n, "exact", "", scope, since,
                                  "political prisoners", f"Herald {outlet}", f"https://example.org/{made}", ""])


lists()
counts()
with open(case / "case.toml", "a", encoding="utf-8") as file:
    for nth in range(4):
        file.write(f'\n[list."list-{nth + 1}.csv"]\nsays = "held"\nas-of = "2026-01-31"\nby = "Vigilia {nth}"\n'
                   'dates = "ymd"\ndisclosure = "public"\n')
