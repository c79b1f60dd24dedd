//! How many articles of 3 KB a second are read on one core: `cargo bench -p habeas-claim`.

use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};
use habeas_claim::{Context, ListSettings};
use habeas_document::{Asked, Document};
use habeas_model::Disclosure;

fn main() {
    if std::env::args().any(|argument| argument == "--bench") {
        ["en", "es"].into_iter().for_each(by_processor_time);
    }
    divan::main();
}

/// Passes over the articles in a round: the kernel tells the time to some milliseconds only.
const PASSES: usize = 50;
/// Rounds, of which the quickest counts.
const ROUNDS: usize = 5;

/// Prints how many articles are read in a second of processor time: unlike the time on the clock,
/// it stays what it is on a machine that others use too. Linux tells it.
fn by_processor_time(lang: &str) {
    let (documents, bytes) = articles(lang);
    let context = context(lang);
    let round = || {
        let before = processor_time()?;
        for document in documents.iter().cycle().take(documents.len() * PASSES) {
            divan::black_box(habeas_claim::read(document, &context));
        }
        Some(processor_time()? - before)
    };
    let Some(best) = (0..ROUNDS).filter_map(|_| round()).min() else { return };
    let second = |n: usize| (n * PASSES) as f64 * 1e9 / best as f64;
    println!(
        "{lang}: {:.0} articles, {:.1} MB in a second of processor time",
        second(documents.len()),
        second(bytes) / 1e6
    );
}

/// Nanoseconds that this process has been on a processor.
#[allow(clippy::disallowed_methods, reason = "a bench looks at the machine")]
fn processor_time() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok()
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

fn context(lang: &str) -> Context {
    Context {
        published: Some(jiff::civil::date(2026, 1, 14)),
        outlet: None,
        url: None,
        lang: Some(lang.to_owned()),
        country: None,
        list: ListSettings::default(),
        disclosure: Disclosure::Restricted,
    }
}

#[divan::bench(args = ["en", "es"])]
fn text(bencher: Bencher, lang: &str) {
    let (documents, bytes) = articles(lang);
    let context = context(lang);
    bencher.counter(ItemsCount::new(documents.len())).counter(BytesCount::new(bytes)).bench(|| {
        documents.iter().map(|one| habeas_claim::read(one, &context).claims.len()).sum::<usize>()
    });
}
