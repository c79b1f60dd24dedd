"""The people of Santa Aurelia, as they truly are: every one of them is invented."""

import datetime as dt
import random
from dataclasses import dataclass

DAY = dt.date
END = DAY(2026, 2, 15)
HEADING = [
    "person", "given", "surname_1", "surname_2", "nickname", "number", "born", "sex", "nationality", "category",
    "occupation", "arrested", "facility", "custody_2026-02-15", "since", "release_mode", "minor", "may_be_named",
    "siblings",
]
WOMEN = (
    "Adela Alondra Amparo Arminda Beatriz Brígida Casilda Celeste Damaris Delfina Elvira Emérita Fabiola Flor Graciela "
    "Herminia Idalia Inés Jacinta Leocadia Lidia Luz Maira Mercedes Nieves Noelia Ofelia Otilia Perla Ramona Rebeca "
    "Rosaura Sabina Socorro Teodora Úrsula Violeta Yajaira Yolanda Zoraida"
).split()
MEN = (
    "Abelardo Adrián Alirio Anselmo Aurelio Baldomero Benigno Camilo Ciro Damián Demetrio Eladio Eliseo Evaristo Fabián "
    "Francisco Gregorio Guillermo Héctor Hilario Ignacio Isaías Jesús José Lázaro Leandro Luis Macario Marcial Nicanor "
    "Octavio Pastor Plácido Ramiro Reinaldo Saúl Simón Tomás Ulises Valentín Wilmer Yovani"
).split()
SURNAMES = (
    "Abrantes Acuñares Albornera Alzuruta Anzoleaga Arrechea Arvelaíz Balzaretti Barinosa Belisama Benavisto Bracamora "
    "Bustillera Cabruja Camejares Canchica Caramillo Cedeñara Cendales Chirivella Corvalira Cuicareño Dávalos Delmonte "
    "Echenagua Escandela Esparragoza Figueredo Finolera Fontiveros Gallarza Garbiras Guacarán Guaramato Guevarela "
    "Hernaíz Higuerote Hurtadilla Izaguirrez Jaramiche Lagardera Landaetas Leañez Lizarrabe Llamozas Lobatera Luzardela "
    "Machillanda Malavera Mancebera Marcanilla Maurera Mendible Mijareño Monasteros Montañola Morillares Naranjal Nuñera "
    "Ocandiz Olivarría Ortegosa Oviedosa Palenzola Paradela Pascualera Peñaloza Perdomera Pereñíguez Quijadera "
    "Quintanazo Rengifosa Requenar Rivadela Rondonera Salaverría Sanojera Segovela Sifontera Sotillares Taborela "
    "Tarazonas Terañez Toledana Tovarela Trujilleda Urbanijo Uzcanga Valbuenas Vallenillar Velandria Verasteguí "
    "Villafranera Vizcaírez Yaguarán Yépezal Zambranera Zorrillares Zubillara"
).split()
NICKNAMES = {
    "Jesús": "Chuo", "José": "Cheo", "Francisco": "Pancho", "Ignacio": "Nacho", "Guillermo": "Memo", "Luis": "Lucho",
    "Mercedes": "Meche", "Socorro": "Coco", "Graciela": "Chela", "Reinaldo": "Rey",
}
FACILITIES = ["Cerro Hondo", "La Ceniza", "Punta Brava", "Fuerte Olmedo", "Anexo Femenino Santa Rita"]
TRADES = [
    "estudiante", "periodista", "abogado", "sindicalista", "comerciante", "docente", "enfermero", "campesino",
    "mototaxista", "ingeniero", "panadero", "activista",
]
RAIDS = [(DAY(2025, 11, 14), 55), (DAY(2026, 1, 5), 30), (DAY(2025, 8, 2), 20)]


@dataclass
class Person:
    key: str
    given: str
    first: str
    second: str
    nickname: str
    number: int
    born: dt.date
    sex: str
    nationality: str
    category: str
    occupation: str
    arrested: dt.date
    facility: str
    custody: str
    since: dt.date
    mode: str
    named: bool
    siblings: str = ""

    @property
    def minor(self):
        return (END - self.born).days < 18 * 365.25

    @property
    def released(self):
        return self.since if self.custody in ("at_liberty", "deported") else None

    def held_on(self, day):
        """In a cell on that day: confinement at home is not."""
        return self.arrested <= day and (self.custody == "held" or self.custody != "held" and self.since > day)

    def row(self):
        yes = {True: "yes", False: "no"}
        return [
            self.key, self.given, self.first, self.second, self.nickname, self.number, self.born, self.sex,
            self.nationality, self.category, self.occupation, self.arrested, self.facility, self.custody, self.since,
            self.mode, yes[self.minor], yes[self.named], self.siblings,
        ]


def between(chance, first, last):
    return first + dt.timedelta(days=chance.randrange((last - first).days + 1))


def arrest(chance):
    at = chance.randrange(300)
    for day, share in RAIDS:
        if at < share:
            return day
        at -= share
    return between(chance, DAY(2024, 8, 1), DAY(2026, 1, 8))


def one(chance, nth):
    sex = "f" if chance.random() < 0.14 else "m"
    pool = WOMEN if sex == "f" else MEN
    given = " ".join(chance.sample(pool, 2 if chance.random() < 0.55 else 1))
    soldier = sex == "m" and chance.random() < 0.2
    facility = "Fuerte Olmedo" if soldier else chance.choice(FACILITIES[:3])
    arrested = arrest(chance)
    age = chance.randrange(19, 66)
    return Person(
        key=f"P{nth:03}", given=given, first=chance.choice(SURNAMES), second=chance.choice(SURNAMES),
        nickname=NICKNAMES.get(given.split()[0], ""), number=chance.randrange(4_000_000, 31_000_000),
        born=between(chance, DAY(2025 - age, 1, 2), DAY(2025 - age, 12, 31)), sex=sex, nationality="XA",
        category="military" if soldier else "civilian",
        occupation="sargento" if soldier else chance.choice(TRADES), arrested=arrested,
        facility=FACILITIES[4] if sex == "f" else facility, custody="held", since=arrested, mode="", named=True,
    )


def fate(chance, everyone):
    """Who was freed when, and what else became of people. Common prisoners are on the ministry's table only."""
    order = everyone[:]
    chance.shuffle(order)
    take = iter(order)

    def became(count, custody, first, last, mode=""):
        for _ in range(count):
            person = next(take)
            person.since = between(chance, max(first, person.arrested + dt.timedelta(days=1)), last)
            person.custody = custody
            person.mode = mode or chance.choice(["with_measures", "with_measures", "unconditional", "bail"])

    became(58, "at_liberty", DAY(2026, 1, 9), DAY(2026, 1, 30))
    became(38, "at_liberty", DAY(2026, 2, 2), DAY(2026, 2, 13))
    became(9, "house_arrest", DAY(2026, 2, 3), DAY(2026, 2, 12), "house arrest")
    became(2, "died_in_custody", DAY(2026, 1, 12), DAY(2026, 1, 28), "died")
    became(3, "deported", DAY(2026, 1, 20), DAY(2026, 2, 10), "exile")
    became(5, "held_undisclosed", DAY(2026, 2, 1), DAY(2026, 2, 8), "undisclosed")
    for person in order[-10:]:
        person.category, person.custody, person.mode = "common_prisoner", "at_liberty", "sentence_served"
        person.occupation, person.since = "comerciante", between(chance, DAY(2026, 1, 9), DAY(2026, 2, 13))


def families(chance, everyone):
    """Brothers, sisters and twins who were arrested together, and namesakes who have nothing to do with each other."""
    for nth in range(12):
        elder, younger = everyone[nth * 2], everyone[nth * 2 + 1]
        younger.first, younger.second = elder.first, elder.second
        younger.arrested = younger.since = elder.arrested
        younger.facility, younger.sex = elder.facility, elder.sex
        younger.category, younger.occupation = elder.category, elder.occupation
        pool = [name for name in (WOMEN if elder.sex == "f" else MEN) if name not in elder.given.split()]
        younger.given = chance.choice(pool)
        younger.nickname = NICKNAMES.get(younger.given, "")
        elder.siblings, younger.siblings = younger.key, elder.key
        if nth < 4:  # Twins: born on one day, neighbouring numbers.
            younger.born, younger.number = elder.born, elder.number + 1
    for nth in range(3):  # Namesakes.
        left, right = everyone[30 + nth * 2], everyone[31 + nth * 2]
        right.given, right.first, right.sex, right.nickname = left.given, left.first, left.sex, left.nickname
        right.facility = left.facility
        right.category = "civilian" if left.sex == "f" else right.category


def make():
    chance = random.Random(20260215)
    everyone = [one(chance, nth + 1) for nth in range(300)]
    families(chance, everyone)
    for person in everyone[40:49]:  # Minors.
        person.born = between(chance, DAY(2008, 6, 1), DAY(2010, 12, 31))
        person.category, person.occupation = "civilian", "estudiante"
        person.facility = FACILITIES[0] if person.sex == "m" else FACILITIES[4]
    for person in everyone[49:61]:
        person.named = False
    for person, nationality in zip(everyone[61:75], "CO CO CO ES ES ES ES IT AR AR PE EC PT US".split()):
        person.nationality, person.category = nationality, "civilian"
        person.occupation = "comerciante" if person.occupation == "sargento" else person.occupation
        person.facility = "Punta Brava" if person.sex == "m" else FACILITIES[4]
    fate(chance, everyone)
    for person in everyone[294:]:  # Taken in February, after version one of the list.
        if person.custody == "held":
            person.arrested = person.since = between(chance, DAY(2026, 2, 3), DAY(2026, 2, 11))
    return everyone
