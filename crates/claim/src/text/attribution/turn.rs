//! Who speaks in a transcript: "TABARI: Sixty-three.", "The Secretary (Rolf Tann): ...", "P: ...".
//!
//! A turn begins a paragraph and reaches to the next one. Headings and rows of lists look alike; a
//! transcript has three turns or more, and somebody has two of them.

use super::capitals;
use crate::text::{lexicon::Tag, page::Page, token::Sentence};
use habeas_model::said::speaker::Speaker;
use std::{collections::HashMap, ops::Range};

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
    let mut labels: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for sentence in page.sentences.iter().filter(|one| one.first) {
        let Some(colon) = label(page, sentence) else { continue };
        let range = sentence.tokens.start..colon;
        *labels.entry(page.words(range.clone()).to_lowercase()).or_default() += 1;
        found.push(Turn { paragraph: sentence.paragraph, end: colon + 1, who: who(page, range) });
    }
    let asked = found.iter().any(|turn| turn.who != Who::Answers);
    let again = labels.values().any(|times| *times > 1);
    if found.len() >= 3 && again && asked { found } else { Vec::new() }
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

fn who(page: &Page, label: Range<usize>) -> Who {
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
    while let Some(next) = page
        .any(name.start, &[Tag::The, Tag::Title])
        .then(|| page.tag(name.start, Tag::Title).or(page.tag(name.start, Tag::The)))
    {
        match next.filter(|next| *next < name.end) {
            Some(next) => name.start = next,
            None => break,
        }
    }
    Who::Named(Speaker::named(in_full(page, name)))
}

/// "TABARI" is "Joël Tabari", where the text names him so.
fn in_full(page: &Page, name: Range<usize>) -> String {
    let label = page.words(name.clone());
    let last = page.word(name.end - 1).to_lowercase();
    let fuller = (1..page.tokens.len()).find_map(|at| {
        let token = &page.tokens[at];
        let same = token.capital
            && !token.shout
            && token.end - token.start
                == page.tokens[name.end - 1].end - page.tokens[name.end - 1].start
            && page.word(at).to_lowercase() == last;
        let before = at - 1;
        let given = same
            && page.is_capital(before)
            && !page.tokens[before].shout
            && !page.any(before, &[Tag::NotName, Tag::Title, Tag::Abbreviation]);
        given.then(|| page.words(before..at + 1).to_owned())
    });
    let shout = name.clone().all(|at| page.tokens[at].shout || !page.tokens[at].is_word());
    match fuller.filter(|_| name.len() == 1) {
        Some(full) => full,
        None if shout => lowered(page, name),
        None => label.to_owned(),
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
