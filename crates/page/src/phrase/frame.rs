//! A frame in words: what is counted, of whom, and over which days.

use super::when::when;
use crate::{Lang, word, words, words::coded};
use habeas_model::{Category, Metric, Nationality, Population, Predicate, Scope, Unit, When};

/// What is measured: "released (checked case by case)", "applied for amnesty".
#[must_use]
pub fn metric(metric: Metric, unit: Unit, lang: Lang) -> String {
    let mut said = word(lang, &format!("predicate-{}", metric.predicate));
    if unit != Unit::Person && metric.predicate != Predicate::AppliedAmnesty {
        said = format!("{said} ({})", word(lang, &format!("unit-{unit}")));
    }
    if metric.verified {
        said = format!("{said} ({})", word(lang, "modality-verified"));
    }
    said
}

/// The speaker's word for the people counted.
#[must_use]
pub fn category(cat: Category, lang: Lang) -> String {
    word(lang, &format!("category-{cat}"))
}

/// Of whom, with the speaker's own definition in quotation marks.
#[must_use]
pub fn population(of: &Population, lang: Lang) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(of.cat.map(|cat| category(cat, lang)));
    parts.extend(of.gender.map(|gender| word(lang, &format!("gender-{gender}"))));
    parts.extend(of.age.map(|age| word(lang, &format!("age-{age}"))));
    parts.extend(nationalities(&of.nat, lang));
    parts.extend(
        of.place.as_ref().map(|place| words(lang, "population-place", &[("place", place)])),
    );
    let repeats =
        |said: &&String| of.cat.is_none_or(|cat| category(cat, Lang::En) != said.to_lowercase());
    parts.extend(
        of.words.as_ref().filter(repeats).map(|said| format!("“{}”", said.trim_matches('"'))),
    );
    match parts.is_empty() {
        true => word(lang, "population-anybody"),
        false => parts.join(", "),
    }
}

fn nationalities(nat: &[Nationality], lang: Lang) -> Option<String> {
    let known = nat.iter().filter(|n| **n != Nationality::Foreign);
    let names: Vec<String> = known.map(|n| coded(lang, "nation", &n.to_string())).collect();
    match nat {
        [] => None,
        _ if names.is_empty() => Some(word(lang, "nationality-foreign")),
        _ => Some(words(lang, "population-nat", &[("nat", &names.join("/"))])),
    }
}

/// Over which days: "since 8 Jan 2026, as of 20 Jan 2026".
#[must_use]
pub fn window(
    scope: Option<Scope>,
    from: Option<&When>,
    to: Option<&When>,
    as_of: Option<&When>,
    lang: Lang,
) -> String {
    let said = |key: &str, it: &When| words(lang, key, &[("day", &when(it, lang))]);
    let moment = as_of.or(to);
    let mut parts: Vec<String> = Vec::new();
    match (scope, from) {
        (Some(Scope::Stock), _) => {}
        (Some(Scope::Cumulative), None) => parts.push(word(lang, "window-not-said")),
        (Some(Scope::Cumulative), Some(from)) => parts.push(said("window-since", from)),
        (_, Some(from)) => match to {
            Some(to) if !to.same_dates(from) => parts.push(words(
                lang,
                "when-between",
                &[("first", &when(from, lang)), ("last", &when(to, lang))],
            )),
            _ if from.single().is_some() => parts.push(said("window-on", from)),
            _ => parts.push(when(from, lang)),
        },
        (_, None) => {}
    }
    let running = matches!(scope, Some(Scope::Stock | Scope::Cumulative));
    match moment.filter(|it| running || from.is_none_or(|from| !from.same_dates(it))) {
        Some(moment) => parts.push(said("window-as-of", moment)),
        None if parts.is_empty() => parts.push(word(lang, "date-not-said")),
        None => {}
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use habeas_model::Gender;

    #[track_caller]
    fn check(scope: Option<Scope>, dates: [&str; 3], expected: &str) {
        let [from, to, as_of] = dates.map(|text| text.parse::<When>().ok());
        assert_eq!(window(scope, from.as_ref(), to.as_ref(), as_of.as_ref(), Lang::En), expected);
    }

    #[test]
    fn a_window_says_what_was_said() {
        let total = Some(Scope::Cumulative);
        check(
            total,
            ["2026-01-08", "2026-01-20", "2026-01-20"],
            "since 8 Jan 2026, as of 20 Jan 2026",
        );
        check(total, ["", "", "2026-01-20"], "no first day said, as of 20 Jan 2026");
        check(Some(Scope::Stock), ["", "", "2026-01-19"], "as of 19 Jan 2026");
        check(Some(Scope::Day), ["2026-01-19", "2026-01-19", ""], "on 19 Jan 2026");
        check(Some(Scope::Event), ["2026-01", "2026-01", ""], "Jan 2026");
        check(None, ["", "", ""], "date not said");
    }

    #[test]
    fn a_population_is_the_speakers() {
        let mut of = Population { cat: Some(Category::PoliticalPrisoner), ..Population::default() };
        of.words = Some("Political prisoners".to_owned());
        assert_eq!(population(&of, Lang::Es), "presos políticos");
        of.gender = Some(Gender::Female);
        of.words = Some("house arrest excluded".to_owned());
        assert_eq!(
            population(&of, Lang::En),
            "political prisoners, women, “house arrest excluded”"
        );
        of = Population { nat: vec!["ES".parse().unwrap(), "ZZ".parse().unwrap()], ..of };
        (of.cat, of.gender, of.words) = (None, None, None);
        assert_eq!(population(&of, Lang::Es), "nacionales de España/ZZ");
        assert_eq!(population(&Population::default(), Lang::En), "people, not said which");
    }
}
