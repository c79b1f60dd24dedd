//! How many articles of 3 KB a second are read on one core: `cargo bench -p habeas-claim`.

use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};
use habeas_claim::{Context, ListSettings};
use habeas_document::{Asked, Document};
use habeas_model::Disclosure;

fn main() {
    divan::main();
}

/// Articles of 3 KB, made of the development texts of one language.
fn articles(lang: &str) -> (Vec<Document>, usize) {
    let set = include_str!("../../../bench/reading/dev-written.jsonl");
    let lines =
        set.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    let texts: Vec<String> = lines
        .filter(|line| line["lang"] == lang)
        .map(|line| line["text"].as_str().expect("a text").to_owned())
        .collect();
    let mut made = Vec::new();
    let mut bytes = 0;
    for nth in 0..texts.len() {
        let mut article = String::new();
        let mut next = nth;
        while article.len() < 3000 {
            article.push_str(&texts[next % texts.len()]);
            article.push_str("\n\n");
            next += 1;
        }
        bytes += article.len();
        let asked = Asked { name: "a.txt".to_owned(), ..Asked::default() };
        made.extend(habeas_document::open(article.as_bytes(), &asked).expect("a text"));
    }
    (made, bytes)
}

#[divan::bench(args = ["en", "es"])]
fn text(bencher: Bencher, lang: &str) {
    let (documents, bytes) = articles(lang);
    let context = Context {
        published: Some(jiff::civil::date(2026, 1, 14)),
        outlet: None,
        url: None,
        lang: Some(lang.to_owned()),
        country: None,
        list: ListSettings::default(),
        disclosure: Disclosure::Restricted,
    };
    bencher.counter(ItemsCount::new(documents.len())).counter(BytesCount::new(bytes)).bench(|| {
        documents.iter().map(|one| habeas_claim::read(one, &context).claims.len()).sum::<usize>()
    });
}
