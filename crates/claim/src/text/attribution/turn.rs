//! Who speaks in a transcript: "TABARI: Sixty-three.", "The Secretary (Rolf Tann): ...", "P: ...".
//!
//! A turn begins a paragraph and reaches to the next one. Headings and rows of lists look alike; a
//! transcript has three turns or more, and somebody has two of them.

use super::capitals;
use crate::text::{lexicon::Tag, page::Page, token::Sentence};
use habeas_model::said::speaker::Speaker;
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

/// A turn of a transcript.
#[derive(Clone, Debug)]
pub struct Turn {
    /// Its paragraph.
    pub paragraph: usize,
    /// One past the colon behind the name.
    pub end: usize,
    /// Who speaks.
    pub who: Who,
}

/// Who speaks in a turn.
#[derive(Clone, Debug, PartialEq)]
pub enum Who {
    /// Who asks, for the outlet.
    Asks,
    /// Who is asked, named elsewhere.
    Answers,
    /// Somebody with a name.
    Named(Speaker),
}

/// The name before a colon has no more tokens than this.
const LABEL: usize = 12;

/// The turns of a text; none if it is no transcript.
#[must_use]
pub fn turns(page: &Page) -> Vec<Turn> {
    let first = page.sentences.iter().filter(|one| one.first);
    let found: Vec<(usize, Range<usize>)> = first
        .filter_map(|one| Some((one.paragraph, one.tokens.start..label(page, one)?)))
        .collect();
    let mut labels = HashSet::new();
    let again =
        found.iter().any(|(_, label)| !labels.insert(page.words(label.clone()).to_lowercase()));
    if found.len() < 3 || !again {
        return Vec::new();
    }
    let names = full_names(page);
    let turn = |(paragraph, label): (usize, Range<usize>)| {
        let end = label.end + 1;
        Turn { paragraph, end, who: who(page, label, &names) }
    };
    let found: Vec<Turn> = found.into_iter().map(turn).collect();
    let asked = found.iter().any(|turn| turn.who != Who::Answers);
    if asked { found } else { Vec::new() }
}

/// The colon behind a name that begins a paragraph and is followed by words.
fn label(page: &Page, sentence: &Sentence) -> Option<usize> {
    let tokens = &sentence.tokens;
    let upto = (tokens.start + LABEL).min(tokens.end);
    let colon = (tokens.start + 1..upto).find(|at| page.is(*at, ':'))?;
    let named = |at: usize| {
        let token = &page.tokens[at];
        let small = page.any(at, &[Tag::Of, Tag::The, Tag::NameLink, Tag::Abbreviation]);
        token.capital || small || page.is(at, '(') || page.is(at, ')') || page.is(at, '.')
    };
    let plain = page.tokens[tokens.start].capital && (tokens.start..colon).all(named);
    (plain && colon + 1 < tokens.end).then_some(colon)
}

fn who(page: &Page, label: Range<usize>, names: &HashMap<String, Range<usize>>) -> Who {
    let whole = |tag: Tag| page.tag(label.start, tag) == Some(label.end);
    if whole(Tag::Asker) {
        return Who::Asks;
    }
    if whole(Tag::Answerer) {
        return Who::Answers;
    }
    // "The Secretary of State (Rolf Tann)".
    let open = label.clone().find(|at| page.is(*at, '('));
    let mut name = open.map_or(label.clone(), |open| open + 1..label.end - 1);
    let title = |at: usize| page.tag(at, Tag::Title).or_else(|| page.tag(at, Tag::The));
    while let Some(next) = title(name.start).filter(|next| *next < name.end) {
        name.start = next;
    }
    Who::Named(Speaker::named(in_full(page, name, names)))
}

/// The first full name that the text has for each last word of one, in small letters.
fn full_names(page: &Page) -> HashMap<String, Range<usize>> {
    let mut names = HashMap::new();
    for at in 1..page.tokens.len() {
        let plain = |at: usize| page.is_capital(at) && !page.tokens[at].shout;
        let given = |at: usize| !page.any(at, &[Tag::NotName, Tag::Title, Tag::Abbreviation]);
        if page.tokens[at].capital && plain(at - 1) && !page.tokens[at].shout && given(at - 1) {
            names.entry(page.word(at).to_lowercase()).or_insert(at - 1..at + 1);
        }
    }
    names
}

/// "TABARI" is "Joël Tabari", where the text names him so.
fn in_full(page: &Page, name: Range<usize>, names: &HashMap<String, Range<usize>>) -> String {
    let fuller = names.get(&page.word(name.end - 1).to_lowercase());
    let shout = name.clone().all(|at| page.tokens[at].shout || !page.tokens[at].is_word());
    match fuller.filter(|_| name.len() == 1) {
        Some(full) => page.words(full.clone()).to_owned(),
        None if shout => lowered(page, name),
        None => page.words(name).to_owned(),
    }
}

/// "CONSULATE GENERAL OF VALDORIA" as it is written in a sentence.
fn lowered(page: &Page, range: Range<usize>) -> String {
    let words = range.map(|at| {
        let word = page.word(at).to_lowercase();
        if page.any(at, &[Tag::NameLink, Tag::Of, Tag::The, Tag::And]) {
            return word;
        }
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters.as_str().chars()).collect()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The name in shouted words that a heading goes on with: "STATEMENT BY THE CONSULATE GENERAL OF
/// VALDORIA IN PUERTO ALBA".
#[must_use]
pub fn shouted(page: &Page, from: usize, end: usize) -> Option<String> {
    let from = page.tag(from, Tag::The).unwrap_or(from);
    let inside = |at: usize| {
        page.tag(at, Tag::At).is_some() && page.tag(at, Tag::Of).is_none() || page.is(at, ':')
    };
    let stop = capitals(page, from, end);
    let stop = (from + 1..stop).find(|at| inside(*at)).unwrap_or(stop);
    let words: Vec<usize> = (from..stop).filter(|at| page.tokens[*at].is_word()).collect();
    let shout = words.len() > 1 && words.iter().all(|at| page.tokens[*at].shout);
    shout.then(|| lowered(page, from..stop))
}
