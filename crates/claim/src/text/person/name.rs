//! Which words of a sentence name a person? Two or more capitals that are no place, body or date;
//! the short form of a name that the text gave in full; "his father".

use crate::text::{
    attribution::{Discourse, capitals},
    lexicon::{Meaning, Tag},
    page::Page,
};
use habeas_model::Predicate;
use std::ops::Range;

/// A person that a sentence names.
#[derive(Clone, Debug)]
pub struct Person {
    /// Tokens of the name, with title and age.
    pub range: Range<usize>,
    /// Tokens of the name alone.
    pub name_range: Range<usize>,
    /// The name in full.
    pub name: String,
    /// "she", "he": no name.
    pub pronoun: bool,
}

/// The persons that tokens `range` name.
#[must_use]
pub fn persons(
    page: &Page,
    range: &Range<usize>,
    discourse: &Discourse,
    known: &[String],
) -> Vec<Person> {
    let mut found: Vec<Person> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        // Names, countries and places bear a capital.
        if !page.tokens[at].capital && page.tag(at, Tag::Pronoun).is_none() {
            at += 1;
            continue;
        }
        if let Some((end, ())) = page.find(at, |meaning| match meaning {
            Meaning::Place(..) | Meaning::Country(_) => Some(()),
            Meaning::Of(_) => (!suffers(page, at, range)).then_some(()),
            _ => None,
        }) {
            at = end;
            continue;
        }
        // "Jesús Armas of Primero Justicia": what follows "of" a name is its body.
        if of_a_name(page, at, range) {
            at = capitals(page, at, range.end).max(at + 1);
            continue;
        }
        match person(page, at, range, discourse, known) {
            Some(one) => {
                at = one.range.end.max(at + 1);
                found.push(one);
            }
            None if page.is_capital(at)
                && (page.tag(at, Tag::Prison).is_some() || is_place(page, at, range)) =>
            {
                at = capitals(page, at, range.end).max(at + 1);
            }
            None => at += 1,
        }
    }
    share_surnames(page, &mut found);
    found.retain(|one| one.pronoun || one.name.contains(' '));
    found
}

fn of_a_name(page: &Page, at: usize, range: &Range<usize>) -> bool {
    at >= range.start + 2
        && page.is_capital(at)
        && page.tag(at - 1, Tag::Of).is_some()
        && page.is_capital(at - 2)
}

fn person(
    page: &Page,
    at: usize,
    range: &Range<usize>,
    discourse: &Discourse,
    known: &[String],
) -> Option<Person> {
    if page.tag(at, Tag::Pronoun).is_some() {
        let name = String::new();
        return Some(Person { range: at..at + 1, name_range: at..at + 1, name, pronoun: true });
    }
    if !page.is_capital(at) || starts_no_name(page, at, range) {
        return None;
    }
    let mut stop = capitals(page, at, range.end);
    let mut start = at;
    while start < stop {
        let Some(next) = page.tag(start, Tag::Title).filter(|next| *next < stop) else { break };
        start = next;
    }
    // "Jesús Armas of Primero Justicia": the name ends before "of".
    if let Some((of, _)) =
        (start + 1..stop).find_map(|inner| page.tag(inner, Tag::Of).map(|end| (inner, end)))
        && page.lexicon.order.adjective_after.then_some(()).is_none()
    {
        stop = of;
    }
    if let Some(and) = (start + 1..stop).find(|inner| page.tag(*inner, Tag::And).is_some()) {
        stop = and;
    }
    let words = page.words(start..stop);
    if is_place(page, start, range) || body(page, start..stop) || stop <= start {
        return None;
    }
    let plain = (start..stop).filter(|inner| page.is_capital(*inner)).count();
    let full = discourse
        .person(words)
        .filter(|full| {
            full.contains(' ') && ![" of ", " y ", " and "].iter().any(|link| full.contains(link))
        })
        .map(str::to_owned)
        .or_else(|| {
            known
                .iter()
                .rev()
                .find(|full| {
                    full.strip_suffix(words).is_some_and(|rest| rest.ends_with(' '))
                        || full.strip_prefix(words).is_some_and(|rest| rest.starts_with(' '))
                })
                .cloned()
        });
    let name = match full {
        Some(full) => full,
        None if plain >= 2 => words.to_owned(),
        // One capital: perhaps the first of two brothers.
        None => words.to_owned(),
    };
    let mut begin = start;
    while begin > range.start
        && begin > start.saturating_sub(4)
        && page.tag(begin - 1, Tag::Title).is_some()
    {
        begin -= 1;
    }
    Some(Person { range: begin..stop, name_range: start..stop, name, pronoun: false })
}

/// "seized X": one who speaks for a country elsewhere is here whom it is done to.
fn suffers(page: &Page, at: usize, range: &Range<usize>) -> bool {
    let verb = |meaning: &Meaning| matches!(meaning, Meaning::Predicate(..)).then_some(());
    at > range.start && page.find(at - 1, verb).is_some_and(|(end, ())| end == at)
}

/// "in Monte Negro", "at Los Pinos": a place, known or not.
fn is_place(page: &Page, start: usize, range: &Range<usize>) -> bool {
    let Some(before) = start.checked_sub(1).filter(|at| *at >= range.start) else { return false };
    // "nobody has heard from X".
    let missing =
        |m: &Meaning| matches!(m, Meaning::Predicate(Predicate::Missing, _)).then_some(());
    let heard = |at: usize| page.find(at, missing).is_some_and(|(end, ())| end == start);
    if (start.saturating_sub(6).max(range.start)..start).any(heard) {
        return false;
    }
    let of = page.tag(before, Tag::Of).is_some();
    // "la cárcel de Monte Frío".
    let prison = of
        && (before.saturating_sub(3).max(range.start)..before)
            .any(|at| page.tag(at, Tag::Prison).is_some_and(|end| end == before));
    if prison {
        return true;
    }
    // "off Cape Sol", "frente a Punta Sol": a phrase of several words, or a court or body "de" it.
    let first = start.saturating_sub(4).max(range.start);
    let phrase = (first..before).any(|at| page.tag(at, Tag::At) == Some(start));
    let seated = of && !page.is_capital(before.saturating_sub(1)) && {
        (first..before).any(|at| page.tag(at, Tag::Seat) == Some(before))
    };
    phrase
        || seated
        || (page.tag(before, Tag::At).is_some()
            || page.tag(before, Tag::Toward).is_some() && !page.lexicon.order.adjective_after)
            && !of
}

/// A word with a capital that begins no name: a day, a country, a small word at the start.
fn starts_no_name(page: &Page, at: usize, range: &Range<usize>) -> bool {
    let _ = range;
    page.tag(at, Tag::NotName).is_some()
        || page
            .find(at, |meaning| {
                matches!(
                    meaning,
                    Meaning::Month(_)
                        | Meaning::Weekday(_)
                        | Meaning::Country(_)
                        | Meaning::Demonym(_)
                        | Meaning::Number(..)
                        | Meaning::Place(..)
                        | Meaning::When(_)
                )
                .then_some(())
            })
            .is_some_and(|(end, ())| {
                !page.is_capital(end) || page.tag(at, Tag::NameLink).is_none() && end > at
            })
}

/// Names of bodies, places and works.
fn body(page: &Page, range: Range<usize>) -> bool {
    range.clone().any(|at| {
        page.tag(at, Tag::Body).is_some()
            || page.tag(at, Tag::Prison).is_some()
            || page.tokens[at].shout
            || page
                .find(at, |meaning| {
                    matches!(meaning, Meaning::Place(_, true) | Meaning::Country(_)).then_some(())
                })
                .is_some()
            || page
                .find(at, |meaning| {
                    matches!(meaning, Meaning::Source(Some(_)) | Meaning::People(_)).then_some(())
                })
                .is_some()
                && range.len() > 1
                && at + 1 == range.end
    }) || page.tag(range.end, Tag::Prison).is_some()
        // "the Common Ground party": a body, if no name of somebody who is one of it.
        || page.tag(range.end, Tag::Body).is_some()
            && !page.is_capital(range.end)
            && range.start > 0
            && page.tag(range.start - 1, Tag::The).is_some()
}

/// "Darío and Saúl Menchaca": the first has the second's surname.
fn share_surnames(page: &Page, found: &mut [Person]) {
    for at in 1..found.len() {
        let (one, two) = (found[at - 1].clone(), found[at].clone());
        let joined =
            two.range.start == one.range.end + 1 && page.tag(one.range.end, Tag::And).is_some();
        let single = !one.name.contains(' ') && two.name.split(' ').count() == 2;
        if joined && single && !one.pronoun {
            let surname = two.name.split(' ').nth(1).unwrap_or_default();
            found[at - 1].name = format!("{} {surname}", one.name);
        }
    }
}
