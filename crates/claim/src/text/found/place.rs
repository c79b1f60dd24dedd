//! Where? The prison, else the city, else the country that the text is about.

mod home;

use super::Found;
use crate::text::{
    Here, Reader,
    attribution::capitals,
    clause::Link,
    lexicon::{Meaning, Sorts, Tag},
    page::Page,
    quantity::Mention,
};
use habeas_model::{
    Nationality, Predicate,
    said::speaker::{Role, Speaker},
};
use std::{collections::HashMap, ops::Range};

/// What a text is about: a country of the lists, or a place that no list has.
#[must_use]
pub fn home(page: &Page) -> (Option<Nationality>, Option<String>) {
    let country = country(page);
    let known = country.map_or(0, |(_, weight)| weight);
    let home = home::home(page, known);
    (country.map(|(nation, _)| nation).filter(|_| home.is_none()), home)
}

/// The country that a text names most, in names, cities and demonyms, and how much it weighs.
fn country(page: &Page) -> Option<(Nationality, usize)> {
    let mut seen: HashMap<Nationality, (usize, usize)> = HashMap::new();
    let mut at = 0;
    while at < page.tokens.len() {
        if !page.sorts(at).meets(Sorts::PLACE.or(Sorts::NATION)) {
            at += 1;
            continue;
        }
        let found = page.find(at, |meaning| match meaning {
            Meaning::Of(nation) => Some((*nation, 2)),
            Meaning::Country(nation) if page.word(at).contains('.') => Some((*nation, 1)),
            Meaning::Country(nation) => Some((*nation, 3)),
            Meaning::Place(nation, _) => Some((*nation, 2)),
            // "four Spaniards" are counted somewhere else; "the Cuban government" is at home.
            Meaning::Demonym(nation) => demonym(page, at).map(|weight| (*nation, weight)),
            _ => None,
        });
        let Some((end, (nation, weight))) = found else {
            at += 1;
            continue;
        };
        // "Rosa Mérida" is no city.
        let name = at > 0 && page.is_capital(at - 1) && page.find(at, is_city).is_some();
        if name && page.tag(at - 1, Tag::NotName).is_none() && page.tag(at - 1, Tag::Body).is_none()
        {
            at = end;
            continue;
        }
        let order = seen.len();
        let entry = seen.entry(nation).or_insert((0, order));
        let located = at > 0
            && weight == 3
            && page.tag(at - 1, Tag::At).is_some()
            && page.tag(at - 1, Tag::Of).is_none();
        entry.0 += weight + if located { 4 } else { 0 };
        at = end;
    }
    seen.remove(&Nationality::Foreign);
    seen.into_iter()
        .max_by_key(|(_, (weight, order))| (*weight, usize::MAX - order))
        .map(|(nation, (weight, _))| (nation, weight))
}

/// What a demonym tells of the country of a text: nothing of people that are counted, more of a
/// government.
fn demonym(page: &Page, at: usize) -> Option<usize> {
    let number = |m: &Meaning| {
        matches!(m, Meaning::Number(..) | Meaning::Vague(..) | Meaning::Word(Tag::A)).then_some(())
    };
    let figure = |at: usize| {
        matches!(page.tokens[at].kind, crate::text::token::Kind::Number(_))
            || page.find(at, number).is_some()
    };
    let official = |m: &Meaning| matches!(m, Meaning::Source(Some(Role::Government))).then_some(());
    let beside = || [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    if beside().any(|at| page.find(at, official).is_some()) {
        return Some(3);
    }
    // "a Venezuelan prison".
    if beside().any(|at| page.tag(at, Tag::Prison).or(page.tag(at, Tag::Body)).is_some()) {
        return Some(2);
    }
    // "three of them Germans".
    let of_them = (at.saturating_sub(4)..at).any(|at| page.tag(at, Tag::OfThem).is_some());
    (!of_them && !(at.saturating_sub(2)..at).any(figure)).then_some(1)
}

/// The place of a claim.
pub fn of(
    reader: &Reader,
    here: &Here,
    one: &Found,
    mention: &Mention,
    link: Option<&Link>,
) -> Option<String> {
    let page = reader.page;
    let next = here
        .mentions
        .iter()
        .find(|other| other.range.start >= mention.end)
        .map_or(here.tokens.end, |next| next.range.start);
    // "two priests and a nurse were detained in ...": one verb, and one place, for the whole list.
    let shared = link.and_then(|link| link.at.as_ref()).is_some_and(|at| at.start >= next);
    let next = if shared { one.clause.end } else { next };
    let start = one.range.start.max(here.tokens.start);
    let cue = here.cues.iter().map(|cue| cue.range.start).find(|at| *at >= one.range.end);
    let end = next
        .min(cue.unwrap_or(here.tokens.end))
        .min(one.range.end + if shared { 24 } else { 14 })
        .max(one.range.end)
        .min(one.clause.end.max(one.range.end));
    let near = one.anchor.start.max(start).min(end);
    let mut all = places(page, near..end);
    if all.is_empty() {
        all = places(page, start..end);
    }
    if all.is_empty() {
        all = places(page, opening(page, here, start));
    }
    let destination = matches!(one.predicate, Predicate::Transferred | Predicate::Deported);
    let chosen = if destination {
        all.iter().find(|place| place.toward).or_else(|| all.first())
    } else {
        all.iter().find(|place| !place.toward)
    };
    let chosen = chosen.or_else(|| all.first().filter(|_| destination));
    chosen.map(|place| place.name.clone())
}

/// "In Port Hale two men were arrested": the words before the claim, where they open the sentence
/// with where it is.
fn opening(page: &Page, here: &Here, start: usize) -> Range<usize> {
    let first = here.tokens.start;
    let place = page.tag(first, Tag::Inside).is_some() && page.is_capital(first + 1);
    let name = capitals(page, first + 1, here.tokens.end);
    if place && name <= start { first..name } else { start..start }
}

/// A place in some words.
#[derive(Clone, Debug)]
pub struct Named {
    /// As written, or the country's code.
    pub name: String,
    /// "to" stands before it.
    pub toward: bool,
    /// Its tokens.
    pub range: Range<usize>,
}

/// Every place in tokens `range`, prisons before cities before countries.
#[must_use]
pub fn places(page: &Page, range: Range<usize>) -> Vec<Named> {
    let mut found: Vec<(usize, Named)> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if !page.tokens[at].capital && page.tag(at, Tag::Prison).is_none() {
            at += 1;
            continue;
        }
        match place(page, at, &range) {
            Some((rank, named)) => {
                at = named.range.end.max(at + 1);
                found.push((rank, named));
            }
            None => at += 1,
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, named)| named).collect()
}

fn place(page: &Page, at: usize, range: &Range<usize>) -> Option<(usize, Named)> {
    let toward = |start: usize| {
        let back = start.saturating_sub(3);
        (back..start).any(|inner| page.tag(inner, Tag::Toward).is_some_and(|end| end <= start))
            && !(back..start).any(|inner| page.tag(inner, Tag::At).is_some())
    };
    let named = |range: Range<usize>, name: &str| Named {
        name: name.to_owned(),
        toward: toward(range.start),
        range,
    };
    if let Some((end, (nation, prison))) = page.find(at, |meaning| match meaning {
        Meaning::Place(nation, prison) => Some((*nation, *prison)),
        _ => None,
    }) && !is_part_of_name(page, at, end)
        && (prison || at == 0 || page.tag(at - 1, Tag::At).is_some() || toward(at))
    {
        let _ = nation;
        return Some((usize::from(!prison), named(at..end, page.words(at..end))));
    }
    // "Punta Norte prison", "prison of Punta Norte", "penal de Punta Norte".
    if let Some(end) = page.tag(at, Tag::Prison) {
        let mut next = end;
        while next < range.end
            && (page.tag(next, Tag::Of).is_some()
                || page.tag(next, Tag::The).is_some() && !page.is_capital(next)
                || page.is(next, '"'))
        {
            next += 1;
        }
        if page.is_capital(next) && next < range.end && next <= end + 3 {
            let stop = capitals(page, next, range.end);
            let whole = page.is_capital(at) && next == end;
            let name = if whole { at..stop } else { next..stop };
            return Some((0, named(at..stop, page.words(name))));
        }
        let hospital = page.words(at..end).to_lowercase();
        let own =
            ["hospital", "military hospital", "hospital militar"].contains(&hospital.as_str());
        return own.then(|| (0, named(at..end, page.words(at..end))));
    }
    if page.is_capital(at) && page.find(at, country_meaning).is_none() {
        let stop = capitals(page, at, range.end);
        if page.tag(stop, Tag::Prison).is_some() && stop > at {
            return Some((0, named(at..stop, page.words(at..stop))));
        }
        let barracks = page.tag(stop.saturating_sub(1), Tag::Prison).is_some();
        if barracks && stop > at + 1 {
            return Some((0, named(at..stop, page.words(at..stop))));
        }
    }
    if let Some(region) = region(page, at, range) {
        return Some((1, named(at..region, page.words(at..region))));
    }
    let (end, nation) = page.find(at, country_meaning)?;
    let known = (at > 0 && page.tag(at - 1, Tag::At).is_some()) || toward(at);
    (known && !is_part_of_name(page, at, end)).then(|| (2, named(at..end, &nation.to_string())))
}

/// "in Georgia", "en La Pedrera", "at Stone Quay", "freed from Old Fort", "left Kasiri Road":
/// capitals behind a word that tells a place, which no list has.
fn region(page: &Page, at: usize, range: &Range<usize>) -> Option<usize> {
    if !page.is_capital(at) {
        return None;
    }
    let article = at.checked_sub(1).filter(|at| page.tag(*at, Tag::The).is_some());
    let before = article.unwrap_or(at).checked_sub(1)?;
    let word = page.word(before).to_lowercase();
    let inside = page.tag(before, Tag::Where).is_some() || behind(page, before, &word);
    let known = page.find(at, |m| {
        matches!(
            m,
            Meaning::Country(_)
                | Meaning::Demonym(_)
                | Meaning::Month(_)
                | Meaning::Weekday(_)
                | Meaning::When(_)
        )
        .then_some(())
    });
    let article = page.tag(at, Tag::The).is_some() && page.is_capital(at + 1);
    let begins = article || page.tag(at, Tag::NotName).is_none();
    let name = inside && known.is_none() && begins;
    let stop = capitals(page, at, range.end);
    let body = (at..stop).any(|inner| page.tag(inner, Tag::Body).is_some());
    (name && !body && page.bytes(at..stop).len() > 2).then_some(stop)
}

/// "21 from X", "excarcelados de X", "left X": what goes out of a name goes out of a place.
fn behind(page: &Page, before: usize, word: &str) -> bool {
    let predicate =
        |at: usize| page.find(at, |m| matches!(m, Meaning::Predicate(..)).then_some(()));
    if page.tag(before, Tag::Leaves).is_some() {
        return true;
    }
    let out = ["from", "of", "de", "del"].contains(&word);
    let last = before.checked_sub(1).filter(|_| out);
    last.is_some_and(|last| {
        let number = matches!(page.tokens[last].kind, crate::text::token::Kind::Number(_))
            || page.find(last, |m| matches!(m, Meaning::Number(..)).then_some(())).is_some();
        // "inmates of Old Fort", but "in the custody of Immigration".
        let noun = |m: &Meaning| matches!(m, Meaning::People(_)).then_some(());
        let owned = word != "of" || page.find(last, noun).is_some();
        number
            || owned
                && (last.saturating_sub(2)..=last).any(|at| {
                    predicate(at).is_some_and(|(end, ())| end == before || end == before + 1)
                })
    })
}

fn is_city(meaning: &'static Meaning) -> Option<()> {
    matches!(meaning, Meaning::Place(..)).then_some(())
}

fn country_meaning(meaning: &'static Meaning) -> Option<Nationality> {
    if let Meaning::Country(nation) = meaning { Some(*nation) } else { None }
}

/// "Mecanismo de Managua", "Observatorio Cubano": a place inside a longer name.
fn is_part_of_name(page: &Page, at: usize, end: usize) -> bool {
    let before = at >= 2
        && page.tag(at - 1, Tag::NameLink).is_some()
        && page.is_capital(at - 2)
        && page.tag(at - 2, Tag::NotName).is_none();
    before
        || page.is_capital(end)
            && page.tag(end, Tag::Prison).is_none()
            && page.tag(end, Tag::NotName).is_none()
}

/// "PORT HALE, Karvania.": the dateline of an item among others, with a sentence of its own; the
/// country of what follows.
#[must_use]
pub fn item(page: &Page, tokens: &Range<usize>) -> Option<(Option<Nationality>, Option<String>)> {
    let comma = tokens.clone().find(|at| page.is(*at, ','))?;
    let shouted = (tokens.start..comma).all(|at| page.tokens[at].shout);
    let name = comma + 1..tokens.end - 1;
    let closes = page.tokens[tokens.end - 1].is_stop();
    let plain = !name.is_empty() && capitals(page, comma + 1, tokens.end) == name.end;
    if !closes || !shouted || !plain || comma == tokens.start || page.tokens[comma + 1].shout {
        return None;
    }
    let listed = page.find(comma + 1, country_meaning).map(|(_, nation)| nation);
    let other = listed.is_none().then(|| page.words(name).to_owned());
    Some((listed, other))
}

/// Where the first sentence begins after its dateline, and the agency named there.
#[must_use]
pub fn dateline(page: &Page, tokens: &Range<usize>) -> (usize, Option<Speaker>) {
    let none = (tokens.start, None);
    if !page.tokens[tokens.start].shout {
        let dated = page.is_capital(tokens.start)
            && (tokens.start..(tokens.start + 4).min(tokens.end)).any(|at| page.is(at, ','));
        if !dated {
            return none;
        }
    }
    let upto = (tokens.start + 16).min(tokens.end);
    let end = (tokens.start + 1..upto).find(|at| {
        page.tokens[*at].is_dash()
            || (page.is(*at, '-')
                && (*at == tokens.start + 1
                    || page.is(*at - 1, '.')
                    || !page.token(at + 1).is_some_and(|next| next.glued)))
    });
    let Some(end) = end else { return none };
    let plain = (tokens.start..end).all(|at| {
        let token = &page.tokens[at];
        !token.is_word()
            || token.capital
            || page.tag(at, Tag::Of).is_some()
            || page.find(at, |m| matches!(m, Meaning::Month(_)).then_some(())).is_some()
            // "CARACOLÍ, 9 mar": a month cut short.
            || at > tokens.start
                && matches!(page.tokens[at - 1].kind, crate::text::token::Kind::Number(_))
                && token.end - token.start <= 4
    });
    if !plain {
        return none;
    }
    let open = (tokens.start..end).find(|at| page.is(*at, '('));
    let wire = open.and_then(|open| {
        let close = (open..end).find(|at| page.is(*at, ')'))?;
        (close > open + 1).then(|| Speaker::named(page.words(open + 1..close)))
    });
    (end + 1, wire)
}
