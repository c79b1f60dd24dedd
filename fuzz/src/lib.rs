//! What is tried on each input: it opens or is refused, every address lies in the text, and what
//! is read of it stands there.

mod link;
mod name;
mod seed;

use habeas_claim::{Context, ListSettings};
use habeas_document::{Asked, Body, Document, Limits, follow};
use habeas_model::{Disclosure, Place, Span};
use std::fs;

/// Writes the seeds of a target, and forgives panics of the PDF parser, which the program runs in a
/// child process and catches there.
pub fn begin(name: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    fs::create_dir_all(&folder).expect("a folder for the seeds");
    for (nth, bytes) in seed::of(name).into_iter().enumerate() {
        let path = folder.join(format!("seed-{nth}"));
        if !path.exists() {
            fs::write(path, bytes).expect("a seed");
        }
    }
    if name == "pdf" {
        let aborts = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let ours = info.location().is_some_and(|at| at.file().contains("crates/"));
            if ours {
                aborts(info);
            }
        }));
    }
}

/// Tries one input on a target.
pub fn run(name: &str, bytes: &[u8]) {
    match name {
        "reader_en" => words(&String::from_utf8_lossy(bytes), "en"),
        "reader_es" => words(&String::from_utf8_lossy(bytes), "es"),
        "quantity" => quantity(&String::from_utf8_lossy(bytes)),
        "second" => second(bytes),
        "link" => link::settings(bytes),
        "name" => name::pair(bytes),
        format => file(seed::file_name(format), bytes),
    }
}

fn context(lang: Option<&str>) -> Context {
    Context {
        published: Some(jiff::civil::date(2026, 1, 14)),
        outlet: None,
        url: None,
        lang: lang.map(str::to_owned),
        country: Some("XA".to_owned()),
        list: ListSettings::default(),
        disclosure: Disclosure::Restricted,
    }
}

/// A file of a format.
fn file(name: &str, bytes: &[u8]) {
    let limits = Limits {
        unpacked: 16 << 20,
        part: 8 << 20,
        parts: 200,
        cells: 100_000,
        ..Limits::default()
    };
    let asked = Asked { name: name.to_owned(), limits, ..Asked::default() };
    for document in habeas_document::open(bytes, &asked).unwrap_or_default() {
        addresses(&document);
        let reading = habeas_claim::read(&document, &context(None));
        for span in reading.claims.iter().map(|claim| &claim.span) {
            leads_back(span, bytes, name, &document);
        }
    }
}

fn addresses(document: &Document) {
    let Body::Text(text) = &document.body else { return };
    assert_eq!(text.runs.iter().map(|run| run.len).sum::<usize>(), text.content.len());
    assert!(text.runs.iter().all(|run| run.from <= run.to));
    for zone in &text.zones {
        assert!(text.content.get(zone.range.clone()).is_some(), "{zone:?}");
    }
}

fn leads_back(span: &Span, bytes: &[u8], name: &str, document: &Document) {
    match (&span.place, &document.body) {
        (Place::Text { from, to, .. }, Body::Text(text)) => {
            assert!(text.content.contains(&span.quote), "a quote is in its text");
            assert!(from <= to, "{span:?}");
            assert!(follow(bytes, name, span).is_some(), "{span:?}");
        }
        (Place::Cells { first, last, .. }, Body::Table(_)) => assert!(first <= last),
        (place, _) => panic!("a span of the other kind: {place:?}"),
    }
}

fn document(text: &str) -> Option<Document> {
    let asked = Asked { name: "a.txt".to_owned(), ..Asked::default() };
    habeas_document::open(text.as_bytes(), &asked).ok()?.into_iter().next()
}

/// Words, read in a language.
fn words(text: &str, lang: &str) {
    let Some(document) = document(text) else { return };
    let Body::Text(found) = &document.body else { return };
    let reading = habeas_claim::read(&document, &context(Some(lang)));
    for claim in &reading.claims {
        assert!(found.content.contains(&claim.span.quote), "a quote is in its text");
        if let Some((low, high)) = claim.quantity.as_ref().map(|said| said.bounds()) {
            assert!(low.zip(high).is_none_or(|(low, high)| low <= high), "{:?}", claim.quantity);
        }
    }
    let again = habeas_claim::read(&document, &context(Some(lang)));
    assert!(again.claims == reading.claims, "one text is read in one way");
}

/// Numbers as they are said.
fn quantity(text: &str) {
    let Some(document) = document(text) else { return };
    let Body::Text(text) = &document.body else { return };
    for lang in ["en", "es"] {
        for said in habeas_claim::second::numbers(text, Some(lang)) {
            let (low, high) = said.bounds();
            assert!(low.zip(high).is_none_or(|(low, high)| low <= high), "{said:?}");
        }
    }
}

/// An answer of a second reader to a fixed text: nothing of it stands that the text does not say.
fn second(answer: &[u8]) {
    let Some(document) = document(seed::SAID) else { return };
    let Body::Text(text) = &document.body else { return };
    let proposed = 
        habeas_claim::second::check(&document, text, &context(Some("en")), &[], ("a model", answer));
    for claim in &proposed.claims {
        let said = claim.quantity.as_ref().map(|said| said.bounds());
        assert!([Some((Some(116), Some(116))), Some((Some(50), Some(50))), Some((Some(40), Some(40))), Some((Some(1), Some(1)))].contains(&said));
        assert!(text.content.contains(&claim.span.quote), "a quote is in its text");
    }
}
