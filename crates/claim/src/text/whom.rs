//! Which people a number counts: the noun after it, and what stands beside that noun.

use super::{lexicon::Lexicon, number::Number};
use habeas_model::{Category, Nationality, Population};

/// A noun for people.
#[derive(Clone, Debug)]
pub struct Noun {
    /// First byte after the number.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The category it names.
    pub category: Option<Category>,
    /// "Prisoners" are held, whatever else is said; "people" are not.
    pub implies_custody: bool,
}

/// Words that imply custody by themselves.
const IN_CUSTODY: [&str; 9] =
    ["pres", "prision", "deten", "detain", "inmate", "intern", "reclus", "captive", "hostage"];

/// The noun that a number counts: among the words right after it.
#[must_use]
pub fn noun(after: &str, lexicon: &Lexicon) -> Option<Noun> {
    let reach = after
        .char_indices()
        .find(|(at, c)| matches!(c, '.' | ';' | ':' | ',' | '(') || *at > 48)
        .map_or(after.len(), |(at, _)| at);
    let near = &after[..reach];
    let stop = [" and ", " y ", " who ", " que ", " in ", " en ", " out of ", " de un total"]
        .iter()
        .filter_map(|word| near.find(word))
        .min();
    noun_anywhere(&near[..stop.unwrap_or(near.len())], lexicon)
}

/// The first noun for people in some words.
#[must_use]
pub fn noun_anywhere(words: &str, lexicon: &Lexicon) -> Option<Noun> {
    let all = lexicon
        .people
        .iter()
        .filter_map(|(category, pattern)| Some((category, pattern.find(words)?)));
    let (category, found) =
        all.min_by_key(|(category, found)| (found.start(), category.is_none()))?;
    let noun = found.as_str().to_lowercase();
    let implies_custody = IN_CUSTODY.iter().any(|stem| noun.contains(stem));
    Some(Noun { start: found.start(), end: found.end(), category: *category, implies_custody })
}

/// What the noun and its neighbours say of the people counted.
#[must_use]
pub fn population(
    words: &str,
    number: &Number,
    noun: Option<&Noun>,
    lexicon: &Lexicon,
) -> Population {
    let end = noun.map_or(number.range.end, |noun| number.range.end + noun.end);
    let tail = words[end..]
        .char_indices()
        .find(|(at, c)| matches!(c, ',' | ';' | '.') || *at > 24)
        .map_or(words.len(), |(at, _)| end + at);
    let phrase = &words[number.range.start..end];
    let wide = &words[number.range.start..tail];
    let gender = lexicon
        .genders
        .iter()
        .find(|(_, pattern)| pattern.is_match(phrase))
        .map(|(gender, _)| *gender);
    let age =
        lexicon.ages.iter().find(|(_, pattern)| pattern.is_match(phrase)).map(|(age, _)| *age);
    let near = if noun.is_some() { phrase } else { wide };
    Population {
        nat: nationalities(near),
        cat: noun.and_then(|noun| noun.category).or_else(|| category(phrase, lexicon)),
        gender,
        age,
        place: place(words),
        words: None,
    }
}

fn category(phrase: &str, lexicon: &Lexicon) -> Option<Category> {
    lexicon
        .people
        .iter()
        .filter(|(_, pattern)| pattern.is_match(phrase))
        .find_map(|(category, _)| *category)
}

/// Takes from the whole what the part does not say.
pub fn inherit(part: &mut Population, whole: &Population) {
    if part.nat.is_empty() {
        part.nat.clone_from(&whole.nat);
    }
    part.cat = part.cat.or(whole.cat);
    part.gender = part.gender.or(whole.gender);
    part.age = part.age.or(whole.age);
    part.place = part.place.take().or_else(|| whole.place.clone());
}

/// Nationalities that a phrase names, word by word.
fn nationalities(phrase: &str) -> Vec<Nationality> {
    let mut found = Vec::new();
    for word in
        phrase.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
    {
        let letters = word.chars().count();
        if letters > 4 && !DULL.contains(&word.to_lowercase().as_str()) {
            found.extend(crate::list::nation::nation(word));
        }
    }
    found.dedup();
    found
}

/// Words of counting phrases that begin like a demonym and are none.
const DULL: [&str; 6] = ["political", "prisoners", "presos", "personas", "people", "others"];

/// Countries that stand for a place, and prisons that are known by name.
const PLACES: [(&str, &str); 34] = [
    ("El Helicoide", "El Helicoide"),
    ("Tocorón", "Tocorón"),
    ("Tocuyito", "Tocuyito"),
    ("Rodeo I", "Rodeo I"),
    ("El Rodeo", "El Rodeo"),
    ("Ramo Verde", "Ramo Verde"),
    ("La Crisálida", "La Crisálida"),
    ("Yare", "Yare"),
    ("Fuerte Guaicaipuro", "Fuerte Guaicaipuro"),
    ("Zona 7", "Zona 7"),
    ("Cerro Hondo", "Cerro Hondo"),
    ("Punta Brava", "Punta Brava"),
    ("La Torre", "La Torre"),
    ("Insein", "Insein"),
    ("Evin", "Evin"),
    ("Guantánamo", "Guantánamo"),
    ("Caracas", "Caracas"),
    ("Puerto Alba", "Puerto Alba"),
    ("Managua", "Managua"),
    ("La Habana", "La Habana"),
    ("Havana", "Havana"),
    ("Istanbul", "Istanbul"),
    ("Tehran", "Tehran"),
    ("Venezuela", "VE"),
    ("Nicaragua", "NI"),
    ("Cuba", "CU"),
    ("Belarus", "BY"),
    ("Myanmar", "MM"),
    ("Iran", "IR"),
    ("Irán", "IR"),
    ("Egypt", "EG"),
    ("Turkey", "TR"),
    ("Santa Aurelia", "XA"),
    ("Valdoria", "XB"),
];

/// The place that a sentence names: prison, else city, else country.
#[must_use]
pub fn place(words: &str) -> Option<String> {
    PLACES.iter().find(|(name, _)| words.contains(name)).map(|(_, place)| (*place).to_owned())
}

/// The country that a text names most often.
#[must_use]
pub fn country(text: &str) -> Option<String> {
    let countries = PLACES.iter().filter(|(_, place)| place.len() == 2);
    let named = countries.map(|(name, code)| (text.matches(name).count(), *code));
    named
        .filter(|(count, _)| *count > 0)
        .max_by_key(|(count, _)| *count)
        .map(|(_, code)| code.to_owned())
}
