//! Which words of a sentence could be a speaker? Names, and nouns such as "the ministry", "his
//! sister", "rights groups", with their appositions.

use crate::text::{
    lexicon::{Meaning, Sorts, Tag},
    page::Page,
    token::Kind,
};
use habeas_model::said::speaker::Role;
use std::ops::Range;

/// A possible speaker.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its tokens.
    pub range: Range<usize>,
    /// Name in the words of the text, without article and title.
    pub name: String,
    /// It is a proper name.
    pub proper: bool,
    /// It names a body, not a person.
    pub body: bool,
    /// The common noun: "minister" of "Interior Minister Octavio Belmar", "group" of "the group".
    pub noun: Option<usize>,
    /// What they are.
    pub role: Option<Role>,
    /// The body a person speaks for.
    pub of: Option<String>,
    /// "its", "his": the noun belongs to somebody spoken of before.
    pub owned: bool,
    /// A pronoun.
    pub pronoun: bool,
    /// It names a country, a city or a prison.
    pub place: bool,
}

impl Source {
    /// "quoting X": who stands behind another speaker.
    pub fn cited(&self, page: &Page) -> bool {
        let from = self.range.start.saturating_sub(4);
        (from..=self.range.start)
            .any(|at| page.tag(at, Tag::Citing).is_some_and(|end| end + 2 > self.range.start))
    }

    /// "in Port Sorrel", "en Piedra Negra": a place, although no list has it.
    pub fn located(&self, page: &Page) -> bool {
        let before = self.range.start.checked_sub(1);
        let at = before
            .is_some_and(|at| page.tag(at, Tag::At).is_some() && page.tag(at, Tag::Of).is_none());
        at && self.proper && !self.body && self.role.is_none() && self.noun.is_none()
    }
}

/// Every possible speaker of a sentence, in order, without overlap.
#[must_use]
pub fn sources(page: &Page, sentence: &Range<usize>) -> Vec<Source> {
    let mut found: Vec<Source> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let token = &page.tokens[at];
        let may = token.capital
            || token.kind == Kind::Handle
            || page.sorts(at).meets(Sorts::SOURCE)
            || page.any(at, &[Tag::Pronoun, Tag::Group]);
        if !may {
            at += 1;
            continue;
        }
        match source(page, at, sentence) {
            Some(one) => {
                at = one.range.end.max(at + 1);
                found.retain(|before| before.range.end <= one.range.start);
                found.push(one);
            }
            None => at += 1,
        }
    }
    apposed(page, &mut found);
    found
}

fn source(page: &Page, at: usize, sentence: &Range<usize>) -> Option<Source> {
    let token = page.token(at)?;
    if token.kind == Kind::Handle {
        return Some(made(page, at..at + 1, true));
    }
    if page.tag(at, Tag::Pronoun).is_some() || page.tag(at, Tag::Group).is_some() {
        let mut one = made(page, at..at + 1, false);
        one.pronoun = true;
        one.body = page.tag(at, Tag::Group).is_some();
        return Some(one);
    }
    if !token.is_word() {
        return None;
    }
    // "Rights groups said", at the beginning: a noun with a capital, no name.
    let noun = page.find(at, |m| matches!(m, Meaning::Source(_)).then_some(()));
    let begins = noun.filter(|(end, ())| {
        at == sentence.start
            && *end > at + 1
            && (at + 1..*end).all(|at| !page.tokens[at].capital)
            && !page.tokens.get(*end).is_some_and(|next| next.capital && next.is_word())
    });
    if begins.is_some() {
        return common(page, at, sentence);
    }
    name(page, at, sentence).or_else(|| common(page, at, sentence))
}

fn made(page: &Page, range: Range<usize>, proper: bool) -> Source {
    let name = page.words(range.clone()).to_owned();
    Source {
        range,
        name,
        proper,
        body: false,
        noun: None,
        role: None,
        of: None,
        owned: false,
        pronoun: false,
        place: false,
    }
}

/// One past a run of capitals from `at`: "Justicia, Encuentro y Perdón" only without its comma.
#[must_use]
pub fn capitals(page: &Page, at: usize, end: usize) -> usize {
    let mut stop = at;
    let mut next = at;
    while next < end && next < at + 12 {
        let token = &page.tokens[next];
        let initial = page.is(next, '.')
            && token.glued
            && next == stop
            && page.tag(next + 1, Tag::NotName).is_none()
            && page.tokens[next - 1].end - page.tokens[next - 1].start == 1;
        if token.is_word() && token.capital {
            stop = next + 1;
            next = stop;
        } else if initial
            || (page.is(next, '-')
                && token.glued
                && page.tokens.get(next + 1).is_some_and(|t| t.capital && t.glued))
        {
            next += 1;
            if initial {
                stop = next;
            }
        } else if plural_owner(page, next, end) && stop == next {
            next += 1; // "Mothers' Circle".
        } else if let Kind::Number(_) = token.kind {
            // "Justicia 11J" is one word; "Rodeo 2" a number.
            break;
        } else if let Some(capital) = links(page, next, end).filter(|_| stop == next && stop > at) {
            next = capital;
            stop = capital; // The capital itself is taken in the next round.
        } else {
            break;
        }
    }
    stop
}

/// The apostrophe of "Mothers' Circle", "Mine Workers' Federation".
fn plural_owner(page: &Page, at: usize, end: usize) -> bool {
    let mark = page.is(at, '\'') || page.is(at, '’');
    mark && page.tokens[at].glued
        && at > 0
        && page.word(at - 1).ends_with('s')
        && at + 1 < end
        && page.is_capital(at + 1)
        && !page.tokens[at + 1].glued
}

/// The capital that small words from `at` lead to: "de la", "of", "para el".
fn links(page: &Page, at: usize, end: usize) -> Option<usize> {
    let mut next = at;
    while next < (at + 3).min(end) {
        if page.is_capital(next) {
            let name =
                next > at && page.tag(next, Tag::NotName).is_none_or(|_| page.word(next).len() > 3);
            return name.then_some(next);
        }
        let link = page.tag(next, Tag::NameLink).is_some()
            || page.tag(next, Tag::The).is_some()
            || (next > at && page.tag(next, Tag::NameLink).is_some());
        if !link && !names_an_aim(page, next) {
            return None;
        }
        next += 1;
    }
    (page.is_capital(next) && next < end).then_some(next)
}

/// "Committee for Truth", "Comisión contra la Tortura": a body's name goes on behind this word.
fn names_an_aim(page: &Page, at: usize) -> bool {
    ["for", "para", "por", "contra", "against"].contains(&page.word(at))
}

/// A name: capitals, a title before them cut off.
fn name(page: &Page, at: usize, sentence: &Range<usize>) -> Option<Source> {
    if !page.is_capital(at) {
        return None;
    }
    let mut start = at;
    // At the start of a sentence the first word may be no name at all.
    while start < sentence.end
        && page.is_capital(start)
        && page.tag(start, Tag::NotName).is_some()
        && !in_name(page, start)
        && !(start > sentence.start && begins_body(page, start))
    {
        start += 1;
    }
    if !page.is_capital(start) || start > at + 1 {
        return None;
    }
    if start > at && !(page.tag(at, Tag::The).is_some() || page.tag(at, Tag::Possessive).is_some())
    {
        return None; // "Según Foro Penal": the name begins at the next word.
    }
    let stop = capitals(page, start, sentence.end);
    let shouted = start > sentence.start && page.tokens[start - 1].shout;
    if (shouted || stop > start + 1) && (start..stop).all(|inner| page.tokens[inner].shout) {
        return None; // "in a BIG WAY": emphasis.
    }
    if stop == start + 1 && crate::text::quantity::noun_nation(page, start) {
        return None; // "the Belarusian agency".
    }
    let ngo = |meaning: &Meaning| matches!(meaning, Meaning::Source(Some(Role::Ngo))).then_some(());
    if stop == start + 1 && page.tokens[start].shout && page.find(start, ngo).is_some() {
        return None; // "la ONG": which one, the text has said.
    }
    let speaker = |inner: usize| {
        page.find(inner, |m| matches!(m, Meaning::Source(_)).then_some(())).is_some()
    };
    if stop == start + 1 && of_country(page, start) && speaker(stop) {
        return None; // "US officials".
    }
    if page.bytes(start..stop).len() < 2 {
        return None; // "on X".
    }
    let mut one = made(page, start..stop, true);
    if page.tag(at, Tag::The).is_some() {
        one.range.start = at; // "According" and "Según" are no part of who says so.
    }
    let mut first = start;
    while first < stop {
        let Some(next) = page.tag(first, Tag::Title).filter(|next| *next <= stop) else { break };
        one.noun = Some(if page.lexicon.order.adjective_after { first } else { next - 1 });
        first = next;
        if page.tag(first, Tag::Of).is_some() {
            break;
        }
    }
    if calendar(page, start) {
        return None;
    }
    if first > start && first < stop && page.tag(first, Tag::Of).is_none() {
        one.name = page.words(first..stop).to_owned();
    } else if stop > start + 1 && page.tokens[start].shout && page.find(start, ngo).is_some() {
        one.name = page.words(start + 1..stop).to_owned(); // "la ONG Puente".
    }
    settle(page, &mut one, start..stop);
    Some(one)
}

/// "March", "Tuesday", "Five": no name.
fn calendar(page: &Page, at: usize) -> bool {
    page.find(at, |meaning| {
        matches!(meaning, Meaning::Month(_) | Meaning::Weekday(_) | Meaning::Number(..))
            .then_some(())
    })
    .is_some()
}

/// Whether a name is that of a body, and whether it is that of a place.
fn settle(page: &Page, one: &mut Source, name: Range<usize>) {
    let (start, stop) = (name.start, name.end);
    one.body = (start..stop).any(|inner| page.tag(inner, Tag::Body).is_some())
        || page.tokens[start].shout
        || page
            .find(start, |meaning| {
                matches!(meaning, Meaning::Country(_) | Meaning::Place(..)).then_some(())
            })
            .is_some();
    one.place = page
        .find(start, |meaning| {
            matches!(meaning, Meaning::Country(_) | Meaning::Place(..) | Meaning::Demonym(_))
                .then_some(())
        })
        .is_some_and(|(end, ())| end >= stop);
}

/// "State Department", "Public Ministry": a word that begins no name, before one that names a body.
fn begins_body(page: &Page, at: usize) -> bool {
    let body = |meaning: &Meaning| {
        matches!(meaning, Meaning::Word(Tag::Body) | Meaning::Source(Some(_))).then_some(())
    };
    (at + 1..at + 4)
        .take_while(|inner| page.is_capital(*inner))
        .any(|inner| page.find(inner, body).is_some())
}

/// A small word that begins a name ("La Modelo", "The Hague") rather than a sentence.
fn in_name(page: &Page, at: usize) -> bool {
    page.find(at, |meaning| {
        matches!(meaning, Meaning::Place(..) | Meaning::Country(_) | Meaning::Source(_))
            .then_some(())
    })
    .is_some_and(|(end, ())| end > at + 1)
}

/// A country or the short name of one, before a noun for its officials.
fn of_country(page: &Page, at: usize) -> bool {
    page.find(at, |m| matches!(m, Meaning::Country(_)).then_some(())).is_some()
}

/// A noun for a speaker: "the ministry", "rights groups", "his sister".
fn common(page: &Page, at: usize, sentence: &Range<usize>) -> Option<Source> {
    let (end, (role, kin)) = page.find(at, |meaning| match meaning {
        Meaning::Source(role) => Some((*role, false)),
        Meaning::Kin => Some((None, true)),
        _ => None,
    })?;
    if end > sentence.end || page.is(end, '-') && page.tokens[end].glued {
        return None;
    }
    // "an officer who": the clause is no part of who says so.
    let relative = end > at + 1 && page.tag(end - 1, Tag::Relative).is_some();
    let end = if relative { end - 1 } else { end };
    let mut start = at;
    // Adjectives before: "Iranian officials", "Venezuelan civil society".
    while start > sentence.start && adjective(page, start - 1) && at - start < 3 {
        start -= 1;
    }
    // "state department official", "prison service ministry": one speaker.
    let (mut end, mut role) = (end, role);
    while !kin && !page.lexicon.order.adjective_after && end < sentence.end {
        let next = page.find(end, |meaning| match meaning {
            Meaning::Source(role) => Some(*role),
            _ => None,
        });
        let Some((stop, last)) = next.filter(|(stop, _)| *stop <= sentence.end) else { break };
        if page.tokens[end].capital {
            break;
        }
        (end, role) = (stop, last.or(role));
    }
    let mut stop = end;
    // "officials of the ministry", "ministro del Interior", "madre de uno de ellos".
    let of = page.tag(stop, Tag::Of);
    let of = of.or_else(|| {
        let next = page.tag(stop + 1, Tag::The).unwrap_or(stop + 1);
        (names_an_aim(page, stop) && page.is_capital(next)).then_some(stop + 1)
    });
    if let Some(mut next) = of {
        next = page.tag(next, Tag::The).unwrap_or(next);
        if page.is_capital(next) {
            stop = capitals(page, next, sentence.end);
        } else if of.is_some_and(|of| next > of)
            && role == Some(Role::Anonymous)
            && next < sentence.end
        {
            stop = next + 1; // "with knowledge of the matter".
        }
    }
    if page.lexicon.order.adjective_after && stop == end {
        while stop < sentence.end && stop < end + 2 && adjective_after(page, stop) {
            stop += 1;
        }
    }
    let owned = start > sentence.start && page.tag(start - 1, Tag::Possessive).is_some();
    let mut one = made(page, start..stop, false);
    one.noun = Some(if page.lexicon.order.adjective_after { at } else { end - 1 });
    one.role = if kin { Some(Role::Relative) } else { role };
    one.owned = owned;
    one.body = (at..end).any(|inner| page.tag(inner, Tag::Body).is_some());
    Some(one)
}

/// An unknown word with a capital or a demonym before a noun for a speaker.
fn adjective(page: &Page, at: usize) -> bool {
    let token = &page.tokens[at];
    let country = page
        .find(at, |meaning| matches!(meaning, Meaning::Country(_)).then_some(()))
        .is_some_and(|(end, ())| end == at + 1 && token.shout);
    let demonym = crate::text::quantity::noun_nation(page, at) || country;
    let plain = token.is_word()
        && page.hits(at).iter().all(|hit| {
            matches!(
                hit.meaning,
                Meaning::Demonym(_)
                    | Meaning::People(_)
                    | Meaning::Source(_)
                    | Meaning::Gender(_)
                    | Meaning::Word(
                        Tag::Title | Tag::Prison | Tag::Body | Tag::Political | Tag::Unit
                    )
            )
        });
    demonym
        || of_country(page, at)
        || (plain && !token.capital && token.word > 0 && !page.hits(at).is_empty())
}

fn adjective_after(page: &Page, at: usize) -> bool {
    let token = &page.tokens[at];
    let demonym = crate::text::quantity::noun_nation(page, at);
    let small = token.is_word()
        && !token.capital
        && token.word == 0
        && ["ano", "ana", "anos", "anas", "les", "al", "ales", "ico", "ica", "icos", "icas"]
            .iter()
            .any(|ending| page.word(at).ends_with(ending));
    demonym || small
}

/// Joins "its president, Alfredo Romero," and "Greta Escandón, his sister," into one speaker.
fn apposed(page: &Page, found: &mut Vec<Source>) {
    let mut at = 0;
    while at + 1 < found.len() {
        let (one, two) = (&found[at], &found[at + 1]);
        let gap = one.range.end..two.range.start;
        let glued = gap.is_empty();
        let comma = gap.len() == 1 && page.is(gap.start, ',');
        let articled = gap.len() == 2
            && page.is(gap.start, ',')
            && (page.tag(gap.start + 1, Tag::The).is_some()
                || page.tag(gap.start + 1, Tag::Possessive).is_some()
                || page.tag(gap.start + 1, Tag::A).is_some());
        let closes = page
            .token(two.range.end)
            .is_none_or(|t| !t.is_word() || !page.is_capital(two.range.end));
        let ends = page.token(two.range.end).is_none_or(|token| token.is(',') || token.is_stop());
        let trailing = comma && one.proper && !(two.proper || two.pronoun) && ends;
        let person = |source: &Source| source.proper && !source.body;
        let apart = one.cited(page) || one.located(page);
        let joins = trailing
            || (glued && !one.proper && two.proper)
            || (glued && one.proper && !one.place && two.body && !two.proper)
            || (comma && !one.proper && person(two) && closes && !one.pronoun)
            || (articled && !apart && one.proper && !one.place && !two.proper && !two.pronoun);
        if !joins {
            at += 1;
            continue;
        }
        let second = found.remove(at + 1);
        let first = &mut found[at];
        let range = first.range.start..second.range.end;
        let (name, other) =
            if second.proper { (second.clone(), first.clone()) } else { (first.clone(), second) };
        let of = (!name.body && (other.owned || other.name.contains(' ')))
            .then(|| of(page, &other))
            .flatten();
        let body = name.body || glued && other.body;
        // "Karvanian police": an adjective of a country that no list has, and whose it is.
        let adjective = glued
            && name.range.len() == 1
            && name.range.end < range.end
            && other.role == Some(Role::Government);
        let words = page.words(name.range.start..range.end).to_owned();
        *first = Source {
            range,
            body,
            name: if adjective { words } else { name.name },
            noun: name.noun.or(other.noun),
            role: other.role.or(name.role),
            owned: other.owned,
            of: name.of.or(of),
            proper: name.proper,
            pronoun: name.pronoun,
            place: name.place,
        };
    }
}

/// The body in "president of Foro Penal".
fn of(page: &Page, other: &Source) -> Option<String> {
    let words: Vec<&str> = other.name.split(' ').collect();
    // "minister of the Interior": what they see to, not whom they speak for.
    let body = other.range.clone().any(|at| page.tag(at, Tag::Body).is_some());
    if other.role == Some(Role::Government) && !body {
        return None;
    }
    let first =
        words.iter().position(|word| word.chars().next().is_some_and(char::is_uppercase))?;
    (first > 1).then(|| words[first..].join(" "))
}
