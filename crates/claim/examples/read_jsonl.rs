//! Reads a set of texts (JSON Lines) and prints what the reader proposes, for
//! `bench/reading/score_reading.py`.

use habeas_claim::{Context, ListSettings, wire};
use habeas_document::{Asked, Body};
use habeas_model::Disclosure;
use std::io::Read as _;

fn main() {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).expect("standard input can be read");
    let asked = Asked { name: "set.jsonl".to_owned(), ..Asked::default() };
    for document in habeas_document::open(&bytes, &asked).expect("a set of texts") {
        let context = Context {
            published: document.published.as_ref().and_then(|dated| dated.when.last()),
            outlet: document.outlet.clone(),
            url: None,
            lang: document.lang.clone(),
            country: None,
            list: ListSettings::default(),
            disclosure: Disclosure::Restricted,
        };
        let reading = habeas_claim::read(&document, &context);
        let Body::Text(text) = &document.body else { continue };
        let line = wire::reading(
            &document.part,
            &document.blob,
            context.published,
            &reading,
            Some(&text.content),
        );
        println!("{line}");
    }
}
