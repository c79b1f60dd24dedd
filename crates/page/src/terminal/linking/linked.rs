//! What a run of linking on tables found, in a few lines.

use crate::terminal::sheet::wrap;
use crate::{Lang, Reader, phrase::number, word, words};
use habeas_person::link::{Diff, Linked, News, Notice, Pairs};

/// Rows, pairs, persons, and what to know.
#[must_use]
pub fn linked(linked: &Linked<Pairs>, reader: &Reader) -> String {
    let persons = linked.sizes().iter().sum::<u64>();
    let count = |n: usize| number(n as u64, reader.lang);
    let (rows, pairs) = (count(linked.persons.len()), count(linked.pairs.len()));
    let persons = number(persons, reader.lang);
    let args = [("rows", rows.as_str()), ("pairs", &pairs), ("persons", &persons)];
    let mut out = format!("{}\n", words(reader.lang, "link-summary", &args));
    for one in &linked.notices {
        out.push_str(&wrap(&format!("! {}", notice(one, reader.lang)), reader.width, "  "));
    }
    if !linked.weak.is_empty() {
        let told = words(reader.lang, "link-split-found", &[("n", &count(linked.weak.len()))]);
        out.push_str(&wrap(&format!("! {told}"), reader.width, "  "));
    }
    out
}

/// What the rows of a new list are to what is known: how many of each, and what to look at first.
#[must_use]
pub fn arrived(diff: &Diff, reader: &Reader) -> String {
    let mut out = String::new();
    for &news in News::ALL.iter().filter(|&&news| diff.count(news) > 0) {
        let many = number(diff.count(news) as u64, reader.lang);
        let told = words(reader.lang, &format!("news-{news}"), &[("rows", &many)]);
        out.push_str(&wrap(&told, reader.width, "  "));
    }
    let again = diff.arrivals.iter().filter(|one| one.again.is_some()).count();
    if again > 0 {
        let many = number(again as u64, reader.lang);
        let told = words(reader.lang, "news-again", &[("rows", &many)]);
        out.push_str(&wrap(&format!("! {told}"), reader.width, "  "));
    }
    out
}

/// How many decisions a run took, and how many lines of their file came to nothing.
#[must_use]
pub fn decisions_taken(taken: usize, nowhere: usize, reader: &Reader) -> String {
    let count = |n: usize| number(n as u64, reader.lang);
    let mut out = words(reader.lang, "link-decisions", &[("taken", &count(taken))]) + "\n";
    if nowhere > 0 {
        let told = words(reader.lang, "link-decisions-nowhere", &[("lines", &count(nowhere))]);
        out.push_str(&wrap(&format!("! {told}"), reader.width, "  "));
    }
    out
}

/// A notice as a sentence.
#[must_use]
pub fn notice(notice: &Notice, lang: Lang) -> String {
    let count = |n: u64| number(n, lang);
    match notice {
        Notice::BlocksLeft { keys, blocks, largest } => {
            let (keys, blocks, largest) = (keys.join(" + "), count(*blocks), count(*largest));
            let args = [("keys", keys.as_str()), ("blocks", &blocks), ("largest", &largest)];
            words(lang, "notice-blocks-left", &args)
        }
        Notice::ColumnSaysNothing { column, given } => {
            let given = count(*given as u64);
            words(lang, "notice-column-says-nothing", &[("column", column), ("given", &given)])
        }
        Notice::CellsLeft { rows } => {
            words(lang, "notice-cells-left", &[("rows", &count(*rows as u64))])
        }
        Notice::CheckDigits { column, scheme, wrong } => {
            let wrong = count(*wrong as u64);
            let args = [("column", column.as_str()), ("scheme", scheme.word()), ("wrong", &wrong)];
            words(lang, "notice-check-digits", &args)
        }
        Notice::IdsRepeat { rows } => {
            words(lang, "notice-ids-repeat", &[("rows", &count(*rows as u64))])
        }
        Notice::DecisionsContradict { same } => {
            words(lang, "notice-decisions-contradict", &[("same", &count(*same as u64))])
        }
        Notice::TwiceInOneList { persons } => {
            let persons = count(*persons as u64);
            words(lang, "notice-twice-in-one-list", &[("persons", &persons)])
        }
        Notice::NumbersShared { column, ids, rows } => {
            let (ids, rows) = (count(*ids as u64), two_rows(rows));
            let args = [("column", column.as_str()), ("ids", &ids), ("rows", &rows)];
            words(lang, "notice-numbers-shared", &args)
        }
        Notice::PerhapsTwice { pairs, one, rows } => {
            let (pairs, one, rows) = (count(*pairs as u64), count(*one as u64), two_rows(rows));
            let args = [("pairs", pairs.as_str()), ("one", &one), ("rows", &rows)];
            words(lang, "notice-perhaps-twice", &args)
        }
        Notice::NothingToLink => word(lang, "notice-nothing-to-link"),
        Notice::ManyMatches => word(lang, "notice-many-matches"),
    }
}

/// "a1 + b7, a2 + b9".
fn two_rows(rows: &[[String; 2]]) -> String {
    rows.iter().map(|two| two.join(" + ")).collect::<Vec<_>>().join(", ")
}
