//! Of whom a row of a claims table speaks: fields where they are clear, the speaker's words always.

use crate::list::{fold::fold, nation::nations};
use habeas_model::{Category, Population, Quantity};

/// A population with what its cell says besides.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Whom {
    /// Of whom.
    pub population: Population,
    /// Breakdowns and exclusions, which are remarks.
    pub remarks: Vec<String>,
    /// The whole ("of 24 journalists").
    pub of_total: Option<Quantity>,
}

/// Reads a population cell.
#[must_use]
pub fn whom(text: &str) -> Whom {
    let mut whom = Whom::default();
    let mut words = without_brackets(text, &mut whom.remarks);
    if let Some((kept, rest)) = words.rsplit_once(", ")
        && (rest.contains("exclu"))
    {
        whom.remarks.push(rest.to_owned());
        words = kept.to_owned();
    }
    if let Some((number, of_whom)) = words.strip_prefix("of ").and_then(|rest| rest.split_once(' '))
        && let Ok(total) = number.parse()
    {
        whom.of_total = Some(Quantity::Exact(total));
        words = of_whom.to_owned();
    }
    let population = &mut whom.population;
    if let Some((kept, place)) = place(&words) {
        population.place = Some(place);
        words = kept;
    }
    population.cat = category(&words);
    population.nat = nationality(&words);
    let only_nationality = !population.nat.is_empty() && is_only_nationality(&words);
    population.words = Some(words).filter(|words| !words.is_empty() && !only_nationality);
    whom
}

/// Takes what stands in brackets out of the words.
fn without_brackets(text: &str, remarks: &mut Vec<String>) -> String {
    match text.split_once('(').and_then(|(before, rest)| Some((before, rest.split_once(')')?))) {
        Some((before, (inside, after))) => {
            remarks.push(inside.trim().to_owned());
            format!("{}{}", before.trim_end(), after).trim().to_owned()
        }
        None => text.trim().to_owned(),
    }
}

/// `political prisoners, Zona 7`, `detainees of Zona 7`, `political prisoners / Zona 7`.
fn place(words: &str) -> Option<(String, String)> {
    let (kept, place) = [", ", " / ", " of "].iter().find_map(|mark| words.rsplit_once(mark))?;
    let capital = place.chars().next().is_some_and(char::is_uppercase);
    let people = kept.chars().next().is_some_and(char::is_lowercase);
    (capital && people).then(|| (kept.to_owned(), place.to_owned()))
}

fn category(words: &str) -> Option<Category> {
    let folded = fold(words);
    let begins = |stems: &[&str]| stems.iter().any(|stem| folded.starts_with(stem));
    if begins(&["political prisoner", "presos politicos", "prisioneros politicos"]) {
        Some(Category::PoliticalPrisoner)
    } else if begins(&["journalist", "press worker", "periodista"]) {
        Some(Category::Journalist)
    } else if begins(&["military", "mostly military", "militares"]) {
        Some(Category::Military)
    } else if begins(&["civilian", "civiles"]) {
        Some(Category::Civilian)
    } else {
        None
    }
}

const PEOPLE: [&str; 6] = ["citizens", "citizen", "nationals", "ciudadanos", "ciudadano", "all"];

/// The nationality that the words begin with, unless they add up several.
fn nationality(words: &str) -> Vec<habeas_model::Nationality> {
    let mut said = words.split_whitespace().filter(|word| !PEOPLE.contains(&fold(word).as_str()));
    let first = said.next().unwrap_or_default();
    let capital = first.chars().next().is_some_and(char::is_uppercase);
    if words.contains(['+', '"']) || words.contains(" and foreigners") || !capital {
        Vec::new()
    } else {
        nations(first)
    }
}

fn is_only_nationality(words: &str) -> bool {
    words.split_whitespace().filter(|word| !PEOPLE.contains(&fold(word).as_str())).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let whom = whom(text);
        let Population { nat, cat, place, words, .. } = whom.population;
        let nat: Vec<String> = nat.iter().map(ToString::to_string).collect();
        let parts = [
            cat.map(|cat| cat.word().to_owned()).unwrap_or_default(),
            nat.join("+"),
            place.unwrap_or_default(),
            words.unwrap_or_default(),
            whom.remarks.join("; "),
        ];
        assert_eq!(parts.join(" | "), expected, "{text}");
    }

    #[test]
    fn populations_of_tables() {
        check("political prisoners", "political_prisoner |  |  | political prisoners | ");
        check(
            "political prisoners (175 military)",
            "political_prisoner |  |  | political prisoners | 175 military",
        );
        check(
            "political prisoners, house arrest excluded",
            "political_prisoner |  |  | political prisoners | house arrest excluded",
        );
        check(
            "political prisoners, Tocorón",
            "political_prisoner |  | Tocorón | political prisoners | ",
        );
        check("detainees of Zona 7", " |  | Zona 7 | detainees | ");
        check(
            "political prisoners, whereabouts unknown",
            "political_prisoner |  |  | political prisoners, whereabouts unknown | ",
        );
        check("\"not political prisoners\"", " |  |  | \"not political prisoners\" | ");
        check("US citizens", " | US |  |  | ");
        check("Spanish citizens (one dual)", " | ES |  |  | one dual");
        check("all Spanish", " | ES |  |  | ");
        check("Spanish-Venezuelan citizens", " | ES+VE |  |  | ");
        check("5 Spaniards + 3 Venezuelans", " |  |  | 5 Spaniards + 3 Venezuelans | ");
        check("Venezuelans and foreigners", " |  |  | Venezuelans and foreigners | ");
        check(
            "of 24 journalists and press workers",
            "journalist |  |  | journalists and press workers | ",
        );
        check("mostly military", "military |  |  | mostly military | ");
        assert_eq!(whom("of 24 journalists").of_total, Some(Quantity::Exact(24)));
    }
}
