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

/// The claim of exactly so many.
#[track_caller]
fn one(text: &str, lang: &str, n: u32) -> habeas_model::Claim {
    let claims = read(text, lang).claims;
    let found = claims.iter().find(|claim| claim.quantity == Some(Quantity::Exact(n)));
    found.unwrap_or_else(|| panic!("{n} in {text:?}: {claims:?}")).clone()
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
fn damaged_letters_are_mended_only_as_a_proposal() {
    let reading = read("La abogada Luz RodrÃ\u{ad}guez PeÃ±a fue liberada el lunes.", "es");
    let claim = &reading.claims[0];
    let name = claim.person.as_ref().expect("a person").reveal().to_owned();
    assert_eq!(name, "Luz RodrÃ\u{ad}guez PeÃ±a");
    assert_eq!(claim.note.as_deref(), Some("letters damaged: perhaps `Luz Rodríguez Peña`"));
    assert!(reading.problems.iter().any(|one| one.code == "letters-mangled"));
}

#[test]
fn a_name_is_the_same_under_marks_of_direction() {
    for name in [
        "Ines Corv\u{200f}alan Rey",
        "\u{202e}Ines Corvalan Rey\u{202c}",
        "I\u{2060}nes Corvalan Rey",
    ] {
        let reading = read(&format!("The lawyer {name} was freed on Monday."), "en");
        let person = reading.claims[0].person.as_ref().expect("a person");
        assert_eq!(person.reveal(), "Ines Corvalan Rey", "{name:?}");
        assert!(reading.problems.iter().any(|one| one.code == "marks-hidden"), "{name:?}");
    }
}

#[test]
fn letters_of_another_alphabet_are_kept_and_told_of() {
    // A Cyrillic letter in the surname, then one that begins the name.
    for name in ["Ines C\u{43e}rvalan Rey", "\u{406}nes Corvalan Rey"] {
        let claims = read(&format!("The lawyer {name} was freed on Monday."), "en").claims;
        assert_eq!(claims[0].person.as_ref().expect("a person").reveal(), name);
        let note = "letters of another alphabet: perhaps `Ines Corvalan Rey`";
        assert_eq!(claims[0].note.as_deref(), Some(note));
    }
    // A name all in its own alphabet is what it seems.
    let claims = read("The lawyer Inés Peña Ibáñez was freed on Monday.", "en").claims;
    assert_eq!(claims[0].note, None);
}

#[test]
fn every_rule_tells_the_words_that_fired_it() {
    let reading =
        read("Foro Abierto said on Monday that 12 men were freed. Of those, 3 are ill.", "en");
    let rules: Vec<&str> = reading.claims[0].rules.iter().map(String::as_str).collect();
    assert_eq!(rules, ["link.passive: freed", "speaker.sentence: Foro Abierto said"]);
    for claim in &reading.claims {
        for rule in &claim.rules {
            assert!(rule.contains(": ") || rule == "speaker.outlet", "{rule}");
        }
    }
}

#[test]
fn men_and_women_freed_together_are_no_division_of_a_whole() {
    let sums = |text: &str| {
        let reading = read(text, "en");
        reading.problems.iter().filter(|one| one.code == "parts-do-not-add-up").count()
    };
    assert_eq!(sums("The ministry freed 14 women and nine men."), 0);
    assert_eq!(sums("It holds 100 prisoners. On Monday it freed 14 women and nine men."), 0);
    let text = "The group counts 100 prisoners: 70 men and 20 women.";
    assert_eq!(sums(text), 1, "{:?}", read(text, "en").claims);
    assert_eq!(sums("The group counts 100 prisoners: 70 men and 30 women."), 0);
}

#[test]
fn who_is_counted_and_since_when_is_told_by_the_words_near() {
    use habeas_model::{Category, Modality, Scope};
    // The noun is left out: it is that of the number before.
    let text = "Port Watch counted 12 jailed teachers and 9 nurses. Seven remain in jail.";
    assert_eq!(one(text, "en", 7).population.cat, Some(Category::HealthWorker));
    // A total of one's own is of whom one counts oneself.
    let text = "Port Watch counted 12 lawyers in prison. The guild raised its own total to 20.";
    assert_eq!(one(text, "en", 20).population.cat, None);
    // The figure says whom it counts.
    let text = "The number of students detained had reached 44, the bishop said.";
    assert_eq!(one(text, "en", 44).population.cat, Some(Category::Student));
    // A baseline behind another number is that number's.
    let text = "Port Watch verified 30 releases and 90 since 2 January.";
    assert_eq!(one(text, "en", 30).time.since, None);
    assert!(one(text, "en", 90).time.since.is_some());
    // Whoever keeps the count gives a running total; what it checked is said after the number.
    let claim = one("La Red Ancla eleva a 310 los arrestos que ha podido verificar.", "es", 310);
    assert_eq!((claim.scope, claim.modality), (Some(Scope::Cumulative), Modality::Verified));
    // A bulletin that names its days in the heading.
    let text =
        "Parte semanal, del 2 al 8 de enero\n\nSeguían presas 50 personas.\n\nExcarcelaciones: 8.";
    assert_eq!(one(text, "es", 50).time.as_of.unwrap().to_string(), "2026-01-08");
    assert_eq!(one(text, "es", 8).time.event.unwrap().to_string(), "2026-01-02..2026-01-08");
    // A month that is not over yet dates nothing: no number is of a day to come.
    let text = "Balance de enero de 2026\n\nSeguían presas 50 personas.";
    assert_eq!(one(text, "es", 50).time.as_of.unwrap().to_string(), "2026-01-14");
}

/// When a number of people were freed or taken: its event and as-of.
#[track_caller]
fn happened(text: &str, lang: &str, number: u32, expected: &str) {
    let time = one(text, lang, number).time;
    let shown = [time.event, time.as_of].into_iter().flatten().map(|when| when.to_string());
    assert_eq!(shown.collect::<Vec<_>>().join(" as of "), expected, "{text}");
}

#[test]
fn a_date_is_of_what_happened() {
    let week = "2026-01-01..2026-01-07";
    happened("Vigilia counted 61 arrests in the first week of January.", "en", 61, week);
    happened("Documentaron 61 detenciones en la primera semana de enero.", "es", 61, week);
    let ten = "2026-01-01..2026-01-10";
    happened("They made 44 arrests in the first ten days of this year.", "en", 44, ten);
    // "Figures" that are people are no figure, and a release at dawn is no running total.
    let text =
        "Eleven opposition figures were freed shortly before dawn on Monday, their parties said.";
    happened(text, "en", 11, "2026-01-12");
    // The day after the one just named, not after publication.
    let text = "The ministry freed 12 men on Friday and 14 women the following day.";
    happened(text, "en", 14, "2026-01-10");
    // The one day of the sentence, in another clause; and the day of the news for what follows.
    let text = "Thirty-three prisoners, stripped of their nationality, were freed on Friday.\n\nThe ministry said it \
                freed 41 people.";
    happened(text, "en", 33, "2026-01-09");
    happened(text, "en", 41, "2026-01-09");
}

/// The persons of a text: predicate and name.
fn people(text: &str, lang: &str) -> Vec<String> {
    let claims = read(text, lang).claims;
    let named = claims.iter().filter_map(|claim| claim.person.as_ref().map(|one| (claim, one)));
    named.map(|(claim, one)| format!("{:?} {}", claim.predicate, one.reveal())).collect()
}

#[test]
fn who_is_taken_with_a_person_is_known_by_the_relation() {
    let english = people("Soldiers seized Ana Rey and her husband on 3 January.", "en");
    assert_eq!(english, ["Arrested Ana Rey", "Arrested (husband of Ana Rey)"]);
    let spanish = people("Los soldados detuvieron a Ana Rey y su esposo el 3 de enero.", "es");
    assert_eq!(spanish, ["Arrested Ana Rey", "Arrested (esposo de Ana Rey)"]);
    // One who speaks for a state elsewhere is here whom it is done to.
    let text = "An operation seized Nicolás Maduro during a raid on January 3.";
    assert_eq!(people(text, "en"), ["Arrested Nicolás Maduro"]);
    assert!(people("Nicolás Maduro said that 12 men were freed.", "en").is_empty());
}

#[test]
fn a_writer_who_adds_up_what_is_confirmed_speaks_for_himself() {
    let text = "The Valdorian government announced last week it would begin releasing a significant number of \
                people. Confirmed releases so far include at least 5 women.";
    let claims = read(text, "en").claims;
    let own = claims.iter().find(|one| one.quantity == Some(Quantity::AtLeast(5))).unwrap();
    assert_eq!(own.speakers, habeas_model::SpeakerChain::default(), "{own:?}");
}

#[test]
fn some_people_are_a_number_of_them() {
    let claims = read("Releases so far include some domestic opposition figures.", "en").claims;
    let [some] = &claims[..] else { panic!("{claims:?}") };
    assert_eq!(some.population.cat, Some(habeas_model::Category::Opposition));
    assert_eq!(some.quantity.as_ref().unwrap().bounds(), (Some(2), None));
    // Before a number it hedges.
    let claims = read("The ministry freed some 40 prisoners.", "en").claims;
    assert_eq!(claims[0].quantity, Some(Quantity::About(40)), "{claims:?}");
}

#[test]
fn a_shouted_word_is_no_body() {
    let text = "It had begun in a BIG WAY, he wrote. Iván Sol, whose father is still imprisoned, warned that all \
                prisoners must be freed.";
    let claims = read(text, "en").claims;
    assert!(claims.iter().all(|one| !format!("{one:?}").contains("WAY\"")), "{claims:?}");
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
