//! Numbers that count nobody: a text without a count of people detained or released gives none.

use habeas_claim::{Context, ListSettings};
use habeas_document::{Asked, Document};
use habeas_model::{Claim, Disclosure, Kind};

/// The counts of a document.
fn counts(document: &Document) -> Vec<Claim> {
    let context = Context {
        published: Some(jiff::civil::date(2026, 3, 5)),
        outlet: None,
        url: None,
        lang: document.lang.clone(),
        country: None,
        list: ListSettings::default(),
        disclosure: Disclosure::Restricted,
    };
    let claims = habeas_claim::read(document, &context).claims;
    claims.into_iter().filter(|claim| claim.kind == Kind::Count).collect()
}

/// The documents of a set of texts.
fn texts(set: &str) -> Vec<Document> {
    let asked = Asked { name: "set.jsonl".to_owned(), ..Asked::default() };
    habeas_document::open(set.as_bytes(), &asked).expect("a set of texts")
}

#[track_caller]
fn check(lang: &str, text: &str, expected: &[&str]) {
    let line = serde_json::json!({"id": "t", "lang": lang, "text": text}).to_string();
    let found: Vec<String> =
        counts(&texts(&line)[0]).into_iter().map(|claim| claim.span.quote).collect();
    assert_eq!(found, expected, "{text}");
}

/// At most one text in ten: the texts of `bench/reading/none.jsonl` are full of other numbers.
#[test]
fn false_counts_are_rare() {
    let documents = texts(include_str!("../../../bench/reading/none.jsonl"));
    let wrong = documents.iter().filter(|document| !counts(document).is_empty()).count();
    println!("false counts in {wrong} of {} texts", documents.len());
    assert!(documents.len() > 60 && wrong * 10 <= documents.len(), "{wrong}");
}

#[test]
fn what_is_counted_is_no_person() {
    check("en", "Police carried out three raids in Port Sorrel.", &[]);
    check("en", "Police arrested nine men in three raids.", &["arrested nine men"]);
    check("en", "Congress put 40 million towards freed villages.", &[]);
    check("en", "The council has held 30 meetings on policing.", &[]);
    check("en", "Nine nurses were held 30 days.", &["Nine nurses were held"]);
}

#[test]
fn a_noun_before_another_tells_only_of_what_sort_it_is() {
    check("en", "The guild chose 60 nurses to teach detention law.", &[]);
    check("en", "Detention of 60 nurses was reported.", &["Detention of 60 nurses"]);
}

#[test]
fn a_number_that_is_kept_back_counts_nobody() {
    check("en", "The warden spoke without giving a number of prisoners.", &[]);
    check("en", "The warden freed a number of prisoners.", &["freed a number of prisoners"]);
}
