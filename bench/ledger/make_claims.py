"""Prints a claims table of N rows: invented bodies of an invented country, every day of some years. Seeded."""
import csv
import datetime
import random
import sys

count = int(sys.argv[1])
random.seed(20260108)
bodies = [("Vigilia %d" % n, "ngo") for n in range(200)] + [("Ministry %d" % n, "government") for n in range(50)]
out = csv.writer(sys.stdout)
out.writerow("row date_claimed as_of speaker speaker_type measure qty_lower qty_upper qty_mode qty_text scope "
             "baseline_since population outlet url note".split())
start = datetime.date(2020, 1, 1)
for row in range(1, count + 1):
    day = start + datetime.timedelta(days=random.randrange(2000))
    name, kind = random.choice(bodies)
    measure, scope = random.choice([("released", "cumulative"), ("released_verified", "cumulative"), ("held", "stock"),
                                    ("released", "event")])
    since = {"cumulative": day.replace(day=1).isoformat(), "event": day.isoformat(), "stock": ""}[scope]
    n = random.randrange(1, 2000)
    out.writerow([row, day, day, name, kind, measure, n, n, "exact", "", scope, since, "political prisoners",
                  "Isthmus Herald", "https://example.org/%d" % row, ""])
