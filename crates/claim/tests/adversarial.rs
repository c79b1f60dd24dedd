//! Texts made to break a reader: none panics, none hangs, and numbers stay what they are.

use habeas_claim::{Context, ListSettings, Reading};
use habeas_document::{Asked, Body};
use habeas_model::{Disclosure, Quantity};
use proptest::prelude::*;

fn read(text: &str, lang: &str) -> Reading {
    let asked = Asked { name: "a.txt".to_owned(), ..Asked::default() };
    let documents = match habeas_document::open(text.as_bytes(), &asked) {
        Ok(documents) => documents,
        Err(_) => return Reading::default(), // Refused before it is read.
    };
    let context = Context {
        published: Some(jiff::civil::date(2026, 1, 14)),
        outlet: None,
        url: None,
        lang: Some(lang.to_owned()),
        country: None,
        list: ListSettings::default(),
        disclosure: Disclosure::Restricted,
    };
    let reading = habeas_claim::read(&documents[0], &context);
    if let Body::Text(text) = &documents[0].body {
        for claim in &reading.claims {
            assert!(text.content.contains(&claim.span.quote), "a quote is in its text");
        }
    }
    reading
}

#[track_caller]
fn counts(text: &str, expected: u32) {
    let reading = read(text, "en");
    let exact = |claim: &habeas_model::Claim| claim.quantity == Some(Quantity::Exact(expected));
    assert!(reading.claims.iter().any(exact), "{text:?}: {:?}", reading.claims);
}

#[test]
fn numbers_survive_invisible_marks() {
    counts("On Monday 1\u{200b}16 prisoners were freed.", 116);
    counts("On Monday \u{202e}116\u{202c} prisoners were freed.", 116);
    counts("On Monday 1,6\u{2060}87 prisoners were freed.", 1687);
    counts("On Monday 116 pris\u{43e}ners were freed.", 116); // A Cyrillic o.
}

#[test]
fn accents_may_stand_apart() {
    let reading = read("Fueron liberadas veintitre\u{301}s personas en Caracas.", "es");
    assert_eq!(reading.claims[0].quantity, Some(Quantity::Exact(23)));
}

#[test]
fn a_sentence_of_a_megabyte_is_read() {
    let reading = read(&"the ministry said 12 men were freed and ".repeat(26_000), "en");
    assert!(!reading.claims.is_empty());
}

#[test]
fn ten_thousand_quotes_inside_each_other() {
    let text = format!("{}12 men were freed{}", "\"".repeat(10_000), "\"".repeat(10_000));
    read(&text, "en");
    let text = format!("{}12 men were freed{}", "he said «".repeat(10_000), "»".repeat(10_000));
    read(&text, "es");
}

#[test]
fn commas_and_capitals_without_end() {
    read(&"Ana, ".repeat(50_000), "en");
    read(&"de la ".repeat(50_000), "es");
    read(&"one hundred thousand million ".repeat(20_000), "en");
    read(&"no ".repeat(60_000), "es");
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,400}", spanish: bool) {
        read(&text, if spanish { "es" } else { "en" });
    }

    #[test]
    fn any_words_of_the_trade_are_read(
        words in prop::collection::vec(prop::sample::select(&[
            "the", "12", "1.687", "said", "freed", "prisoners", ",", ".", ":", "of them", "none", "according to",
            "Foro Penal", "since", "January", "8", "not", "\"", "between", "and", "half", "percent", "a", "dozen",
            "who", "he", "will", "-", "Ana Ruiz", "denied", "that", "women", "the other", "rest", "\n", "2024",
        ][..]), 0..60)
    ) {
        read(&words.join(" "), "en");
    }
}
