"""A dozen bulletins and articles of invented outlets, with the claims that an analyst would record from each."""

import datetime as dt

DAY = dt.date
SINCE = "2026-01-09"


def exact(number):
    return {"mode": "exact", "lower": number, "upper": number}


def at_least(number):
    return {"mode": "at_least", "lower": number, "upper": None}


def more_than(number):
    return {"mode": "more_than", "lower": number + 1, "upper": None}


def about(number):
    return {"mode": "approx", "lower": number, "upper": number}


def vague(word, floor=None):
    return {"mode": "vague", "lower": floor, "upper": None, "word": word}


class Shelf:
    """Writes texts and notes what they claim."""

    def __init__(self, inbox):
        self.folder = inbox / "texts"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.claims = []

    def put(self, name, text, *claims):
        (self.folder / name).write_text(text.strip() + "\n", encoding="utf-8")
        for kind, predicate, quantity, speaker, more in claims:
            claim = {"file": f"texts/{name}", "kind": kind, "predicate": predicate, "quantity": quantity}
            self.claims.append({**claim, "speaker": speaker, **more})


def front(outlet, date, lang):
    return f"---\noutlet: {outlet}\ndate: {date}\nlang: {lang}\n---\n"


class Figures:
    """The numbers of the bodies, each computed from the lists that they would have counted."""

    def __init__(self, everyone, mentions):
        by_key = {one.key: one for one in everyone}

        def listed(name):
            return [by_key[key] for key in sorted({row[3] for row in mentions if row[0].endswith(name)})]

        self.v1, v2 = listed("olsa-detenidos-v1.xlsx"), listed("olsa-detenidos-v2.xlsx")
        self.v2 = [one for one in v2 if one.custody not in ("house_arrest", "held_undisclosed")]
        self.home = [one for one in v2 if one.custody == "house_arrest"]
        self.nowhere = [one for one in v2 if one.custody == "held_undisclosed"]
        self.ministry = listed("ministry-releases.csv")
        self.political = [one for one in everyone if one.category != "common_prisoner"]

    def freed(self, until, first=DAY(2026, 1, 9)):
        return sum(1 for one in self.political if one.custody == "at_liberty" and first <= one.since <= until)

    def announced(self, until):
        return sum(1 for one in self.ministry if (one.since if one.released else DAY(2026, 2, 12)) <= until)


def split(people):
    women = sum(one.sex == "f" for one in people)
    soldiers = sum(one.category == "military" for one in people)
    return len(people), len(people) - women, women, len(people) - soldiers, soldiers


def january(shelf, figures):
    shelf.put(
        "2026-01-09-anuncio.md",
        front("El Correo del Istmo", "2026-01-09", "es")
        + """# El Gobierno anuncia excarcelaciones

Puerto Alba, 9 de enero de 2026.- El ministro de Justicia, Anselmo Perdigal, anunció que el Gobierno liberará a 150 presos antes del 31 de enero.

El ministro no dio nombres. Tampoco hay una lista oficial.
""",
        ("promise", "released", exact(150), "Anselmo Perdigal", {"event": "..2026-01-30"}),
        ("other", "identity_withheld", None, "Anselmo Perdigal", {}),
        ("other", "list_unpublished", None, "El Correo del Istmo", {}),
    )
    shelf.put(
        "2026-01-13-ministry.txt",
        f"""The Isthmus Herald
PUERTO ALBA, January 13, 2026 - Published by The Isthmus Herald

The Ministry of Justice said that 96 prisoners have been released since 9 January. It gave no names.

The observatory OLSA has verified {figures.freed(DAY(2026, 1, 12))} releases of political prisoners since 9 January.
""",
        ("count", "released", exact(96), "Ministry of Justice", {"since": SINCE, "as_of": "2026-01-13"}),
        ("other", "identity_withheld", None, "Ministry of Justice", {}),
        ("count", "released", exact(figures.freed(DAY(2026, 1, 12))), "OLSA", {"since": SINCE}),
    )
    shelf.put(
        "2026-01-20-herald.html",
        """<!doctype html>
<html lang="en"><head><title>Forty of three hundred</title>
<meta property="og:site_name" content="The Isthmus Herald">
<meta property="article:published_time" content="2026-01-20T08:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/politics">Politics</a></nav>
<h1>Forty of three hundred</h1>
<p>PUERTO ALBA, January 20, 2026 &mdash; The UN office in Santa Aurelia said that about 40 political prisoners have been released since 9 January out of an estimated 300.</p>
<p>The interior minister, Baldomero Quint&aacute;, denied that there are political prisoners in Santa Aurelia.</p>
<aside>Most read: 12 beaches for the summer</aside>
<footer>Subscribe for 30 days</footer></body></html>
""",
        ("count", "released", about(40), "UN office", {"since": SINCE, "of_total": about(300)}),
        ("count", "held", about(300), "UN office", {}),
        ("denial", "held", exact(0), "Baldomero Quintá", {}),
    )
    freed = figures.freed(DAY(2026, 1, 26))
    shelf.put(
        "2026-01-27-olsa.md",
        front("OLSA", "2026-01-27", "es")
        + f"""# Boletín 3

Puerto Alba, 27 de enero de 2026.- OLSA ha verificado {freed} excarcelaciones de presos políticos desde el 9 de enero.

El Ministerio de Justicia afirma que más de 180 personas han sido excarceladas desde el 1 de diciembre de 2025.
""",
        ("count", "released", exact(freed), "OLSA", {"since": SINCE}),
        ("count", "released", more_than(180), "Ministerio de Justicia", {"since": "2025-12-01"}),
    )
    total, men, women, civilians, soldiers = split(figures.v1)
    shelf.put(
        "2026-01-31-olsa-balance.md",
        front("OLSA", "2026-01-31", "es")
        + f"""# Balance de enero

Puerto Alba, 31 de enero de 2026.- OLSA contabiliza {total} presos políticos en Santa Aurelia. De ellos, {men} son hombres y {women} son mujeres. Del total, {civilians} son civiles y {soldiers} son militares.
""",
        ("count", "held", exact(total), "OLSA", {"as_of": "2026-01-31"}),
        ("count", "held", exact(men), "OLSA", {"gender": "m", "part_of": total}),
        ("count", "held", exact(women), "OLSA", {"gender": "f", "part_of": total}),
        ("count", "held", exact(civilians), "OLSA", {"cat": "civilian", "part_of": total}),
        ("count", "held", exact(soldiers), "OLSA", {"cat": "military", "part_of": total}),
    )


def february(shelf, figures):
    total, men, women, *_ = split(figures.v1)
    shelf.put(
        "2026-02-01-radio-cumbre.txt",
        f"""Radio Cumbre
Puerto Alba, 1 de febrero de 2026.- Según OLSA, hay {total} presos políticos al 31 de enero. Son {men} hombres y {women + 5} mujeres.
""",
        ("count", "held", exact(total), "OLSA", {"as_of": "2026-01-31"}),
        ("count", "held", exact(men), "OLSA", {"gender": "m", "part_of": total}),
        ("count", "held", exact(women + 5), "OLSA", {"gender": "f", "part_of": total, "note": "does not add up"}),
    )
    shelf.put(
        "2026-02-03-ministry.md",
        front("The Isthmus Herald", "2026-02-03", "en")
        + """# Ministry puts releases at 212

PUERTO ALBA, February 3, 2026 - The Ministry of Justice said that 212 prisoners have been released since 1 December 2025.
""",
        ("count", "released", exact(212), "Ministry of Justice", {"since": "2025-12-01"}),
    )
    until = figures.announced(DAY(2026, 2, 4))
    shelf.put(
        "2026-02-05-correction.md",
        front("The Isthmus Herald", "2026-02-05", "en")
        + f"""# Correction

PUERTO ALBA, February 5, 2026 - An article of 3 February gave a wrong window.

Correction: the Ministry of Justice said that 212 prisoners have been released since 1 November 2025.

The table of the Ministry of Justice bears {until} names of people released since 9 January.
""",
        ("count", "released", exact(212), "Ministry of Justice", {"since": "2025-11-01"}),
        ("count", "released", exact(until), "Ministry of Justice", {"since": SINCE}),
    )
    shelf.put(
        "2026-02-12-spaniards.html",
        """<!doctype html>
<html lang="en"><head><title>Spaniards leave Punta Brava</title>
<meta property="og:site_name" content="Channel Meridian"></head>
<body><h1>Spaniards leave Punta Brava</h1>
<p>PUERTO ALBA, February 12, 2026 - The Spanish Foreign Ministry confirmed the release of multiple Spanish citizens. It gave no names and no number.</p>
</body></html>
""",
        ("count", "released", vague("multiple", 2), "Spanish Foreign Ministry", {"nat": ["ES"]}),
        ("other", "number_withheld", None, "Spanish Foreign Ministry", {}),
    )
    total, freed = len(figures.v2), figures.freed(DAY(2026, 2, 13))
    shelf.put(
        "2026-02-14-olsa-balance.md",
        front("OLSA", "2026-02-14", "es")
        + f"""# Balance de mitad de febrero

Puerto Alba, 14 de febrero de 2026.- OLSA contabiliza {total} presos políticos en Santa Aurelia. Otras {len(figures.home)} personas están bajo arresto domiciliario. Hay {len(figures.nowhere)} personas desaparecidas.

OLSA ha verificado al menos {freed - 3} excarcelaciones de presos políticos desde el 9 de enero.
""",
        ("count", "held", exact(total), "OLSA", {"as_of": "2026-02-14"}),
        ("count", "house_arrest", exact(len(figures.home)), "OLSA", {}),
        ("count", "missing", exact(len(figures.nowhere)), "OLSA", {}),
        ("count", "released", at_least(freed - 3), "OLSA", {"since": SINCE}),
    )
    said = figures.announced(DAY(2026, 2, 14))
    shelf.put(
        "2026-02-15-promise.md",
        front("El Correo del Istmo", "2026-02-15", "es")
        + f"""# La promesa, dos semanas después

Puerto Alba, 15 de febrero de 2026.- El Ministerio de Justicia informó que {said} presos han sido excarcelados desde el 9 de enero.

Vigilia Jurídica denunció que la promesa de liberar a 150 presos no se ha cumplido.
""",
        ("count", "released", exact(said), "Ministerio de Justicia", {"since": SINCE}),
        ("other", "promise_unfulfilled", None, "Vigilia Jurídica", {}),
    )


def named(shelf, figures):
    """Invented persons of the lists, by name: one whom relatives say is inside though he was announced, one freed."""
    full = [one for one in figures.ministry if one.named and not one.minor]
    inside = next(one for one in full if not one.released)
    freed = next(one for one in full if one.released and one.since > DAY(2026, 2, 2))
    pair = next(one for one in figures.v1 if one.siblings and one.custody == "held" and one.sex == "m" and one.named)

    def name(one):
        return f"{one.given} {one.first} {one.second}"

    shelf.put(
        "2026-02-13-vigilia.md",
        front("Vigilia Jurídica", "2026-02-13", "es")
        + f"""# Nombres que no salieron

Puerto Alba, 13 de febrero de 2026.- {name(inside)} sigue pres{"a" if inside.sex == "f" else "o"} en {inside.facility}, informó su familia. {name(freed)} fue excarcelad{"a" if freed.sex == "f" else "o"} el {freed.since.day} de febrero, confirmó Vigilia Jurídica. {name(pair)} sigue detenido en {pair.facility}, dijo su abogado.
""",
        ("person", "held", exact(1), "familia", {"person": inside.key, "name": name(inside)}),
        ("person", "released", exact(1), "Vigilia Jurídica", {"person": freed.key, "name": name(freed)}),
        ("person", "held", exact(1), "abogado", {"person": pair.key, "name": name(pair)}),
    )


def write(everyone, mentions, inbox):
    """Writes the texts and returns their claims."""
    shelf, figures = Shelf(inbox), Figures(everyone, mentions)
    january(shelf, figures)
    february(shelf, figures)
    named(shelf, figures)
    return sorted(shelf.claims, key=lambda claim: claim["file"])
