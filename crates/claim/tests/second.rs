//! What a second reader proposes on its own, held against the text alone.

use habeas_claim::{Context, ListSettings, second};
use habeas_document::{Asked, Body};
use habeas_model::{Disclosure, Modality};
use serde_json::{Value, json};

const SAID: &str = "Vigilia confirmed on Monday that 116 prisoners were freed. The ministry denied \
that 40 women were arrested. The president promised that 70 men will be freed. Milo Estrada was \
transferred to Punta Brava. At least 12 students are still held. It is not true that 9 women were freed.";

fn checked(claim: &Value, context: &Context) -> second::Second {
    let asked = Asked { name: "a.txt".to_owned(), ..Asked::default() };
    let document = habeas_document::open(SAID.as_bytes(), &asked).expect("a text").remove(0);
    let Body::Text(text) = &document.body else { panic!("no text") };
    let content = json!({ "claims": [claim] }).to_string();
    let answer = json!({ "choices": [{ "message": { "content": content } }] }).to_string();
    second::check(&document, text, context, &[], ("m", answer.as_bytes()))
}

/// What it fails by; `-` where it stands.
#[track_caller]
fn check(claim: Value, expected: &str) {
    let context = Context {
        published: Some(jiff::civil::date(2026, 1, 14)),
        outlet: None,
        url: None,
        lang: Some("en".to_owned()),
        country: None,
        list: ListSettings::default(),
        disclosure: Disclosure::Restricted,
    };
    let found = checked(&claim, &context);
    match (found.claims.as_slice(), found.rejected.as_slice()) {
        ([one], []) => {
            assert_eq!(expected, "-", "{claim}");
            assert_eq!(one.span.quote, claim["quote"]);
        }
        ([], [one]) => assert_eq!(one.failed.word(), expected, "{claim}"),
        other => panic!("{claim}: {other:?}"),
    }
}

fn count(kind: &str, quote: &str, predicate: &str, mode: &str, low: u32, high: Value) -> Value {
    json!({ "quote": quote, "kind": kind, "predicate": predicate, "modality": "confirmed",
        "quantity": { "mode": mode, "lower": low, "upper": high } })
}

#[test]
fn the_sentence_decides_whether_it_is_so() {
    let exact =
        |kind, quote, predicate, n: u32| count(kind, quote, predicate, "exact", n, json!(n));
    check(exact("count", "116 prisoners were freed", "released", 116), "-");
    check(exact("denial", "116 prisoners were freed", "released", 116), "stance");
    check(exact("promise", "116 prisoners were freed", "released", 116), "stance");
    check(exact("count", "40 women were arrested", "arrested", 40), "stance");
    check(exact("denial", "40 women were arrested", "arrested", 40), "-");
    check(exact("count", "70 men will be freed", "released", 70), "stance");
    check(exact("promise", "70 men will be freed", "released", 70), "-");
    check(exact("count", "9 women were freed", "released", 9), "stance");
    // The hedge may neither be left out nor outside.
    check(exact("count", "12 students are still held", "held", 12), "quantity");
    let least = |quote| count("count", quote, "held", "at_least", 12, Value::Null);
    check(least("12 students are still held"), "quantity");
    check(least("At least 12 students are still held"), "-");
}

#[test]
fn a_person_is_named_where_the_quote_is() {
    let person = |name: &str, quote: &str| json!({ "quote": quote, "kind": "person", "predicate": "transferred", "person": name });
    check(person("Milo Estrada", "Milo Estrada was transferred"), "-");
    check(person("Milo Estradas", "Milo Estrada was transferred"), "person");
    check(person("Milo", "was transferred to Punta Brava"), "person");
    check(person("Mil\u{43e} Estrada", "Milo Estrada was transferred"), "person"); // A Cyrillic o.
}

#[test]
fn how_sure_a_speaker_is_the_words_say() {
    let context = Context {
        published: None,
        outlet: None,
        url: None,
        lang: Some("en".to_owned()),
        country: None,
        list: ListSettings::default(),
        disclosure: Disclosure::Restricted,
    };
    let mut claim =
        count("count", "116 prisoners were freed", "released", "exact", 116, json!(116));
    assert_eq!(checked(&claim, &context).claims[0].modality, Modality::Confirmed);
    claim["modality"] = json!("verified");
    assert_eq!(checked(&claim, &context).claims[0].modality, Modality::Asserted);
}
