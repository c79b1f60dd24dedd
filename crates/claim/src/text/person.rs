//! One person: a name with what happened to them, or the relative of somebody named.

use super::lexicon::Lexicon;
use habeas_model::Predicate;
use regex::Regex;
use std::{ops::Range, sync::LazyLock};

/// A person and what is said of them.
pub struct Person {
    /// Bytes of the sentence.
    pub range: Range<usize>,
    /// Name, or `(father of ..)`.
    pub name: String,
    /// What is said.
    pub predicate: Predicate,
    /// The rule that fired.
    pub rule: &'static str,
}

const NAME: &str = r"\p{Lu}[\p{L}'’.-]+(?: (?:de |del |de la |de los )?\p{Lu}[\p{L}'’.-]+){1,4}";

static SUBJECT: LazyLock<Vec<(Regex, Predicate)>> = LazyLock::new(|| {
    let verbs = [
        (
            Predicate::Released,
            r"(?:was|were|has been|is) (?:released|freed)|walked free|left prison|fue (?:excarcelad[oa]|liberad[oa]|puest[oa] en libertad)|salió (?:de (?:prisión|la cárcel)|en libertad)|recuperó (?:su|la) libertad",
        ),
        (
            Predicate::Held,
            r"(?:is|remains|was) (?:still )?(?:held|jailed|imprisoned|detained|in (?:prison|custody)|behind bars)|remains in|sigue (?:pres[oa]|detenid[oa]|en)|permanece (?:pres[oa]|detenid[oa]|en)|continúa (?:pres[oa]|detenid[oa])",
        ),
        (
            Predicate::Arrested,
            r"was (?:arrested|seized|detained on|abducted|taken)|fue (?:detenid[oa]|arrestad[oa]|apresad[oa]|capturad[oa])",
        ),
        (Predicate::Transferred, r"was (?:moved|transferred)|fue trasladad[oa]"),
        (Predicate::Died, r"died|was found dead|murió|falleció"),
        (Predicate::Deported, r"was (?:deported|expelled)|fue (?:deportad[oa]|expulsad[oa])"),
        (Predicate::Sentenced, r"was (?:sentenced|convicted)|fue (?:condenad[oa]|sentenciad[oa])"),
        (Predicate::Charged, r"was (?:charged|remanded)|fue (?:imputad[oa]|acusad[oa])"),
        (
            Predicate::HouseArrest,
            r"(?:was placed|is) under house arrest|recibió casa por cárcel|quedó (?:con|en) (?:casa por cárcel|arresto domiciliario)",
        ),
    ];
    let pattern = |verb: &str| {
        Regex::new(&format!(r"(?P<name>{NAME})(?:,[^,.;]{{0,60}},)? (?:{verb})"))
            .expect("a pattern of ours")
    };
    verbs.into_iter().map(|(predicate, verb)| (pattern(verb), predicate)).collect()
});

static WHOSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?P<name>{NAME}), (?:whose (?P<kin>father|mother|brother|sister|son|daughter|husband|wife)|cuy[oa] (?P<pariente>padre|madre|hermano|hermana|hijo|hija|esposo|esposa))[^,.;]*?(?:imprisoned|jailed|detained|in prison|held|preso|presa|detenid[oa])"
    ))
    .expect("a pattern of ours")
});

/// Kin in Spanish and what the wire form calls them.
const KIN: [(&str, &str); 8] = [
    ("padre", "father"),
    ("madre", "mother"),
    ("hermano", "brother"),
    ("hermana", "sister"),
    ("hijo", "son"),
    ("hija", "daughter"),
    ("esposo", "husband"),
    ("esposa", "wife"),
];

/// Every person of a sentence of whom something is said. A negated release is being held.
#[must_use]
pub fn find(words: &str, _lexicon: &Lexicon) -> Vec<Person> {
    let mut found = Vec::new();
    for (pattern, predicate) in SUBJECT.iter() {
        for matched in pattern.captures_iter(words) {
            let (Some(whole), name) = (matched.get(0), &matched["name"]) else { continue };
            if is_body(name) {
                continue;
            }
            found.push(Person {
                range: whole.range(),
                name: name.to_owned(),
                predicate: *predicate,
                rule: "person.verb",
            });
        }
    }
    if let Some(matched) = WHOSE.captures(words) {
        let spanish =
            |word: &str| KIN.iter().find(|(es, _)| *es == word).map_or("relative", |(_, en)| *en);
        let kin = matched.name("kin").map(|kin| kin.as_str());
        let kin = kin
            .or_else(|| matched.name("pariente").map(|word| spanish(word.as_str())))
            .unwrap_or("relative");
        let range = matched.get(0).map_or(0..0, |whole| whole.range());
        let name = format!("({kin} of {})", &matched["name"]);
        found.push(Person { range, name, predicate: Predicate::Held, rule: "person.relative" });
    }
    found
}

/// Names of bodies look like names of people.
fn is_body(name: &str) -> bool {
    const WORDS: [&str; 16] = [
        "Foro",
        "Comité",
        "Ministerio",
        "Ministry",
        "Asamblea",
        "Assembly",
        "Government",
        "Gobierno",
        "Committee",
        "Mission",
        "Misión",
        "Department",
        "United",
        "Human",
        "Santa",
        "The",
    ];
    name.split(' ').any(|word| WORDS.contains(&word))
}
