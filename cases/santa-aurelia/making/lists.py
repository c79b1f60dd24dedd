"""Five lists of the same people, each with the noise of its makers, and which person each row truly is."""

import csv
import datetime as dt
import io
import random
import unicodedata

from . import sheets

DAY = dt.date
V1, V2 = DAY(2026, 1, 31), DAY(2026, 2, 14)
NATIONS = {
    "XA": "Santa Aurelia", "CO": "Colombia", "ES": "España", "IT": "Italia", "AR": "Argentina", "PE": "Perú",
    "EC": "Ecuador", "PT": "Portugal", "US": "Estados Unidos",
}


class Noise:
    """What happens to a name, a number or a date on its way into a list."""

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def hit(self, share):
        return self.chance.random() < share

    def plain(self, text):
        letters = unicodedata.normalize("NFD", text)
        return "".join(letter for letter in letters if not unicodedata.combining(letter))

    def surname(self, word, share):
        if not self.hit(share):
            return word
        swaps = [("z", "s"), ("v", "b"), ("ll", "y"), ("b", "v"), ("c", "s"), ("y", "i"), ("j", "g"), ("s", "z")]
        fitting = [swap for swap in swaps if swap[0] in word[1:]]
        if not fitting:
            return word
        old, new = self.chance.choice(fitting)
        at = word.index(old, 1)
        return word[:at] + new + word[at + len(old):]

    def surnames(self, person, missing, slips):
        first, second = self.surname(person.first, slips), self.surname(person.second, slips)
        return first if self.hit(missing) else f"{first} {second}"

    def given(self, person, nickname, cut):
        if person.nickname and self.hit(nickname):
            return person.nickname
        names = person.given.split()
        if len(names) == 2 and self.hit(cut):
            return names[0] if self.hit(0.6) else f"{names[0]} {names[1][0]}."
        return person.given

    def number(self, person, missing, slips):
        if self.hit(missing):
            return ""
        digits = list(str(person.number))
        if self.hit(slips):
            at = self.chance.randrange(1, len(digits) - 1)
            if self.hit(0.5):
                digits[at], digits[at + 1] = digits[at + 1], digits[at]
            else:
                digits[at] = str((int(digits[at]) + self.chance.randrange(1, 9)) % 10)
        return "".join(digits)

    def date(self, day, swapped):
        if day.day <= 12 and self.hit(swapped):
            return DAY(day.year, day.day, day.month)
        return day

    def accents(self, text, lost):
        return self.plain(text) if self.hit(lost) else text


def dotted(number, prefix="V-"):
    return f"{prefix}{int(number):,}".replace(",", ".") if number else ""


def shuffled(noise, people):
    order = people[:]
    noise.chance.shuffle(order)
    return order


def olsa(everyone, day, noise, unknown, wrongly):
    """Whom the observatory has as held: most of those who are, and a few who are not any more."""
    political = [one for one in everyone if one.category != "common_prisoner"]
    inside = [one for one in political if one.held_on(day) and not noise.hit(unknown)]
    gone = [one for one in political if not one.held_on(day) and one.arrested <= day]
    return shuffled(noise, inside + noise.chance.sample(gone, wrongly))


def olsa_row(person, nth, noise):
    born = noise.date(person.born, 0.05)
    given, surnames = noise.given(person, 0.02, 0.25), noise.surnames(person, 0.12, 0.05)
    return [
        nth, noise.accents(surnames, 0.08).upper(), noise.accents(given, 0.08).upper(),
        dotted(noise.number(person, 0.06, 0.03)), born if not noise.hit(0.05) else "",
        noise.date(person.arrested, 0.03), person.facility,
        "Militar" if person.category == "military" else "Civil", NATIONS[person.nationality], person.sex.upper(),
        "" if person.named else "X", "Menor de edad" if person.minor else "",
    ]


def version_one(everyone, noise):
    title = ["OBSERVATORIO DE LIBERTADES DE SANTA AURELIA (OLSA)"]
    heading = [
        "N°", "Apellidos", "Nombres", "C.I.", "Fecha de nacimiento", "Fecha de detención", "Centro de reclusión",
        "Civil / Militar", "Nacionalidad", "Sexo", "No publicar", "Observaciones",
    ]
    rows = [title, ["Personas detenidas al 31 de enero de 2026"], heading]
    listed = olsa(everyone, V1, noise, 0.05, 3)
    noise.listed = listed
    twice = next(one for one in listed[40:] if one.second)
    keys = listed[:150] + [twice] + listed[150:]
    body = [olsa_row(person, nth, noise) for nth, person in enumerate(keys, 1)]
    same_number(keys, body)
    return rows + body, ["A1:L1", "A2:L2"], keys


def same_number(keys, body):
    """One number typed for two twins."""
    rows = {person.key: row for person, row in zip(keys, body)}
    pairs = [(one.siblings, one.key) for one in keys if one.siblings and one.siblings < one.key]
    elder, younger = next(pair for pair in pairs if pair[0] in rows and rows[pair[0]][3])
    rows[younger][3] = rows[elder][3]


def version_two(everyone, before, noise):
    heading = [
        "N°", "Apellidos", "Nombres", "Cédula", "Nacimiento", "Detenido el", "Sitio de reclusión", "Tipo",
        "Nacionalidad", "Sexo", "Estatus", "No publicar", "Observaciones",
    ]
    learned = olsa(everyone, V2, noise, 0.02, 0)
    known = {one.key for one in before}
    stale = [one for one in before if one.released and V1 < one.released <= V2][:4]  # Freed, and not yet told of.
    confined = [one for one in before if one.custody in ("house_arrest", "held_undisclosed")]
    kept = [one for one in before if one in learned or one in stale or one in confined]
    keys = kept + [one for one in learned if one.key not in known]
    rows = []
    for nth, person in enumerate(keys, 1):
        row = olsa_row(person, nth, noise)
        if person.key in known and noise.hit(0.07):
            row[6] = noise.chance.choice(["Cerro Hondo", "La Ceniza"])
        status = {"house_arrest": "Casa por cárcel", "held_undisclosed": "Paradero desconocido"}
        row.insert(10, "Detenido" if person in stale else status.get(person.custody, "Detenido"))
        rows.append(row)
    title = [["OLSA: LISTA DE PERSONAS DETENIDAS, VERSIÓN 2 (corte: 14 de febrero de 2026)"], heading]
    return title + rows, ["A1:M1"], keys


def damage(text, noise):
    """UTF-8 read as Windows-1252, or a letter lost for ever: both are in real lists."""
    if text.isascii() or not noise.hit(0.06):
        return text
    try:
        return text.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return "".join(letter if letter.isascii() else "?" for letter in text)


def vigilia(everyone, noise):
    heading = ["Nombre completo", "Cédula", "Detenido el", "Lugar", "Situación", "Edad", "Profesión"]
    known = [one for one in everyone if one.category != "common_prisoner" and one.arrested < DAY(2026, 2, 8)]
    known = shuffled(noise, [one for one in known if noise.hit(0.58)])
    words = {
        "held": "detenid", "at_liberty": "excarcelad", "house_arrest": "casa por cárcel", "deported": "exiliad",
        "died_in_custody": "fallecid", "held_undisclosed": "desaparecid",
    }
    rows = []
    for person in known:
        late = person.since > DAY(2026, 2, 6)  # Vigilia hears of it a week later.
        word = words["held" if late else person.custody]
        ending = "a" if person.sex == "f" else "o"
        name = f"{noise.given(person, 0.08, 0.45)} {noise.surnames(person, 0.3, 0.08)}"
        rows.append([
            damage(noise.accents(name, 0.2), noise), noise.number(person, 0.3, 0.05),
            f"{noise.date(person.arrested, 0.06):%d/%m/%Y}", person.facility,
            word + ending if word.endswith("d") else word,
            (DAY(2026, 2, 10) - person.born).days // 365, person.occupation,
        ])
    rows[20][2] = "31/02/2025"  # A day that no calendar has.
    return heading, rows, known


def releases(everyone, noise):
    heading = ["No.", "Surnames, given names", "ID", "Released on", "Facility", "Conditions"]
    freed = sorted(
        (one for one in everyone if one.custody == "at_liberty" and noise.hit(0.93)), key=lambda one: one.since
    )
    early = [one for one in everyone if one.custody == "held" and one.siblings == ""][5:8]  # Announced, never let go.
    freed = freed + early
    words = {"with_measures": "precautionary measures", "bail": "bail", "sentence_served": "sentence served"}
    rows = []
    for nth, person in enumerate(freed, 1):
        day = person.since if person.released else DAY(2026, 2, 12)
        surnames = noise.surnames(person, 0.1, 0.03)
        rows.append([
            nth, f"{noise.plain(surnames).upper()}, {noise.plain(noise.given(person, 0, 0.3)).upper()}",
            noise.number(person, 0.02, 0.02), noise.date(day, 0.02).isoformat(), person.facility,
            words.get(person.mode, "unconditional"),
        ])
    return heading, rows, freed


def relatives(everyone, noise):
    heading = ["Nombre y apellido", "Le dicen", "Fecha de detención", "Dónde está", "¿Es menor?", "¿Publicar?"]
    inside = [one for one in everyone if one.category != "common_prisoner" and one.arrested < DAY(2026, 2, 9)]
    inside = [one for one in inside if one.held_on(DAY(2026, 2, 9)) or one.custody == "held_undisclosed"]
    known = shuffled(noise, [one for one in inside if noise.hit(0.5)])
    rows = []
    for person in known:
        name = f"{noise.given(person, 0.2, 0.6)} {noise.surnames(person, 0.55, 0.12)}"
        rows.append([
            noise.accents(name, 0.4), person.nickname, noise.date(person.arrested, 0.08),
            "no sabemos" if person.custody == "held_undisclosed" else person.facility,
            "sí" if person.minor else "no", "sí" if person.named and not person.minor else "no",
        ])
    return [heading] + rows, known


def separated(path, rows, separator, encoding):
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))


def write(everyone, inbox):
    """Writes the lists and returns file, sheet, row (as a person counts) and person for each row."""
    folder = inbox / "lists"
    folder.mkdir(parents=True, exist_ok=True)
    truth = []

    def note(name, sheet, first, people):
        truth.extend([f"lists/{name}", sheet, first + nth, one.key] for nth, one in enumerate(people))

    noise = Noise(1)
    rows, merged, keys = version_one(everyone, noise)
    sheets.xlsx(folder / "olsa-detenidos-v1.xlsx", [("Detenidos", rows, merged)])
    note("olsa-detenidos-v1.xlsx", "Detenidos", 4, keys)
    rows, merged, keys = version_two(everyone, noise.listed, Noise(2))
    sheets.xlsx(folder / "olsa-detenidos-v2.xlsx", [("Detenidos", rows, merged)])
    note("olsa-detenidos-v2.xlsx", "Detenidos", 3, keys)
    heading, rows, keys = vigilia(everyone, Noise(3))
    separated(folder / "vigilia-juridica.csv", [heading] + rows, ";", "cp1252")
    note("vigilia-juridica.csv", "", 2, keys)
    heading, rows, keys = releases(everyone, Noise(4))
    separated(folder / "ministry-releases.csv", [heading] + rows, ",", "utf-8")
    note("ministry-releases.csv", "", 2, keys)
    rows, keys = relatives(everyone, Noise(5))
    sheets.ods(folder / "families.ods", "Familiares", rows)
    note("families.ods", "Familiares", 2, keys)
    return truth
