//! What is a text about whose country no list has? "In Karvania", "the government of X", "X's police".

use crate::text::{
    attribution::capitals,
    lexicon::{Meaning, Tag},
    page::Page,
    token::Kind,
};
use habeas_model::said::speaker::Role;
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

/// The unknown place that a text is about: the one that weighs more than `known`, which the places
/// of the lists weigh.
#[must_use]
pub fn home(page: &Page, known: usize) -> Option<String> {
    let mut seen: HashMap<&str, (usize, usize)> = HashMap::new();
    let mut told: HashSet<&str> = HashSet::new();
    for sentence in &page.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            if !page.is_capital(at) || listed(page, at) {
                at += 1;
                continue;
            }
            let stop = capitals(page, at, sentence.tokens.end).max(at + 1);
            if let Some((name, weight)) = weigh(page, at..stop, &sentence.tokens) {
                let order = seen.len();
                let entry = seen.entry(name).or_insert((0, order));
                entry.0 += weight;
                if weight >= LEAST {
                    told.insert(name);
                }
            }
            at = stop;
        }
    }
    seen.retain(|name, _| told.contains(name));
    let heaviest = seen.iter().max_by_key(|(_, (weight, order))| (*weight, usize::MAX - order));
    let (name, (weight, _)) = heaviest?;
    (*weight > known).then(|| (*name).to_owned())
}

/// A name that is only named, however often, is no place of anything.
const LEAST: usize = 3;

/// A country, a month, a demonym: a list has it.
fn listed(page: &Page, at: usize) -> bool {
    let known = |meaning: &Meaning| {
        matches!(
            meaning,
            Meaning::Country(_)
                | Meaning::Demonym(_)
                | Meaning::Place(..)
                | Meaning::Of(_)
                | Meaning::Month(_)
                | Meaning::Weekday(_)
                | Meaning::When(_)
        )
        .then_some(())
    };
    page.find(at, known).is_some()
}

/// The place in a run of capitals, and how much its words tell that things happen there.
fn weigh<'t>(
    page: &Page<'t>,
    run: Range<usize>,
    sentence: &Range<usize>,
) -> Option<(&'t str, usize)> {
    if let Some(owner) = possessor(page, &run) {
        return Some((owner, 4));
    }
    let land = |at: usize| page.tag(at, Tag::Land).is_some();
    let of = |at: usize| page.tag(at, Tag::Of).is_some();
    // "Policía Foral de Valderribas", "Government of Karvania": the tail of the run.
    if let Some(link) = (run.start + 1..run.end).rev().find(|at| of(*at)) {
        let tail = page.tag(link + 1, Tag::The).unwrap_or(link + 1)..run.end;
        let owns = (run.start..link).any(land);
        return (owns && plain(page, &tail)).then(|| (page.words(tail), 5));
    }
    if !plain(page, &run) {
        return None;
    }
    let mut before = run.start;
    while before > sentence.start && page.tag(before - 1, Tag::The).is_some() {
        before -= 1;
    }
    let word = before.checked_sub(1).filter(|at| *at >= sentence.start);
    let Some(word) = word else { return Some((page.words(run), 1)) };
    let from = word.saturating_sub(7).max(sentence.start);
    // "the government denied the arrest of X": of what is told, no government of X.
    let told =
        |at: usize| page.find(at, |m| matches!(m, Meaning::Predicate(..)).then_some(())).is_some();
    let told = word > from && told(word - 1);
    let owned =
        of(word) && !told && (from..word).any(land) && !(from..word).any(|at| page.is(at, ','));
    let inside = INSIDE.contains(&page.word(word).to_lowercase().as_str());
    // "PORT HALE, Karvania, March 11": the country of a dateline.
    let dateline =
        page.is(word, ',') && page.tokens[sentence.start].shout && word < sentence.start + 5;
    // "in the mining town of Kobe": a town is not what the whole text is about.
    let town = owned && (from..word).any(|at| page.tag(at, Tag::Seat).is_some());
    let weight = if town {
        3
    } else if owned {
        5
    } else if inside || dateline {
        4
    } else {
        1
    };
    Some((page.words(run), weight))
}

/// Prepositions behind which a name with a capital is a place.
const INSIDE: [&str; 8] = ["in", "en", "em", "across", "throughout", "outside", "near", "inside"];

/// "Karvania's interior ministry": Karvania.
fn possessor<'t>(page: &Page<'t>, run: &Range<usize>) -> Option<&'t str> {
    let mark = ["'s", "’s"].contains(&page.word(run.end)).then_some(run.end)?;
    let official = |at: usize| {
        let word = |m: &Meaning| matches!(m, Meaning::Source(Some(Role::Government))).then_some(());
        page.find(at, word).is_some()
    };
    let name = (mark + 1..mark + 4).any(official) && run.len() <= 2 && plain(page, run);
    name.then(|| page.words(run.clone()))
}

/// Whether a run of capitals may be a place: no body, no prison, no number, no shouted word.
fn plain(page: &Page, run: &Range<usize>) -> bool {
    let other = |at: usize| {
        let token = &page.tokens[at];
        let speaks = |m: &Meaning| matches!(m, Meaning::Source(_)).then_some(());
        token.shout
            || page.tag(at, Tag::Body).is_some()
            || page.tag(at, Tag::Prison).is_some()
            || page.tag(at, Tag::Title).is_some()
            || page.find(at, speaks).is_some()
            || !matches!(token.kind, Kind::Word)
    };
    let begins = page.tag(run.start, Tag::NotName).is_some();
    !run.is_empty() && !begins && !listed(page, run.start) && !run.clone().any(other)
}
