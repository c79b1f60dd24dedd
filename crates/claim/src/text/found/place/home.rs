//! What is a text about whose country no list has? "In Karvania", "the government of X", "X's police".

use crate::text::{
    attribution::capitals,
    lexicon::{Form, Meaning, Tag},
    page::Page,
    token::Kind,
};
use habeas_model::{Predicate, said::speaker::Role};
use std::{
    cmp::Reverse,
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
    let mut heaviest: Vec<_> = seen.into_iter().collect();
    heaviest.sort_unstable_by_key(|(_, (weight, order))| (Reverse(*weight), *order));
    heaviest.truncate(HEAVIEST);
    heaviest.retain(|(name, _)| !of_person(page, name));
    for (name, (weight, _)) in &mut heaviest {
        *weight += LEAST * demonyms(page, name).min(3);
    }
    let first = |(_, (weight, order)): &&(&str, (usize, usize))| (*weight, usize::MAX - order);
    let (name, (weight, _)) = heaviest.iter().max_by_key(first)?;
    (*weight > known).then(|| (*name).to_owned())
}

/// So many places are looked for in the whole text: a text of any length is read in linear time.
const HEAVIEST: usize = 6;

/// "Morales freed 40", of President Rosa Morales: a name that is the last of a longer one.
fn of_person(page: &Page, name: &str) -> bool {
    let mut at = page.tokens.iter().enumerate().filter(|(at, _)| page.word(*at) == name);
    at.any(|(at, _)| {
        let before = at.checked_sub(1).filter(|at| page.is_capital(*at));
        before.is_some_and(|at| {
            page.tag(at, Tag::NotName).is_none()
                && page.tag(at, Tag::Body).is_none()
                && page.tokens[at].is_word()
                && !page.tokens[at].shout
                && page.find(at, |m| matches!(m, Meaning::Source(_)).then_some(())).is_none()
        })
    })
}

/// What the place in a heading weighs: two mentions of a city in which something happens.
const HEADING: usize = 8;

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
        return titled(page, &run, sentence);
    }
    let mut before = run.start;
    while before > sentence.start && page.tag(before - 1, Tag::The).is_some() {
        before -= 1;
    }
    let word = before.checked_sub(1).filter(|at| *at >= sentence.start);
    if let Some(weight) = heads(page, &run, sentence) {
        return Some((page.words(run), weight));
    }
    let acts = acts(page, &run);
    let Some(word) = word else { return Some((page.words(run), if acts { 4 } else { 1 })) };
    let from = word.saturating_sub(7).max(sentence.start);
    // "the government denied the arrest of X": of what is told, no government of X.
    let told =
        |at: usize| page.find(at, |m| matches!(m, Meaning::Predicate(..)).then_some(())).is_some();
    let told = word > from && told(word - 1);
    let owned =
        of(word) && !told && (from..word).any(land) && !(from..word).any(|at| page.is(at, ','));
    let inside = page.tag(word, Tag::Inside).is_some();
    // "PORT HALE, Karvania, March 11": the country of a dateline.
    let dateline =
        page.is(word, ',') && page.tokens[sentence.start].shout && word < sentence.start + 5;
    // "in the mining town of Kobe": a town is not what the whole text is about.
    let town = owned && (from..word).any(|at| page.tag(at, Tag::Seat).is_some());
    let weight = if town {
        3
    } else if owned || lies_in(page, word, &run, sentence) {
        5
    } else if inside || dateline {
        4
    } else {
        1
    };
    Some((page.words(run), weight))
}

/// "in Port Hale, Karvania, on Monday": what the place before the comma lies in.
fn lies_in(page: &Page, comma: usize, run: &Range<usize>, sentence: &Range<usize>) -> bool {
    let closes = page.is(run.end, ',') || page.token(run.end).is_none_or(|t| t.is_stop());
    if !page.is(comma, ',') || !closes {
        return false;
    }
    let from = comma.saturating_sub(4).max(sentence.start);
    let before = (from..comma).rev().find(|at| !page.is_capital(*at));
    before.is_some_and(|at| at + 1 < comma && page.tag(at, Tag::Inside).is_some())
}

/// How often a text speaks of the people or the institutions of a place by a word made of its name:
/// "the Karvanian police", "presos karvanos".
fn demonyms(page: &Page, name: &str) -> usize {
    let stem = name.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']).to_lowercase();
    if stem.len() < 4 || name.contains(' ') {
        return 0;
    }
    let made = |at: &usize| {
        let word = page.word(*at);
        let longer = word.len() > stem.len() + 1 && word.len() <= name.len() + 5;
        let starts = word.get(..stem.len()).is_some_and(|head| head.eq_ignore_ascii_case(&stem));
        longer && starts && word != name
    };
    (0..page.tokens.len()).filter(made).count()
}

/// "Briefing notes on Karvania", "Karvania, 18 June": a heading tells what a text is about.
fn heads(page: &Page, run: &Range<usize>, sentence: &Range<usize>) -> Option<usize> {
    if !heading(page, sentence) {
        return None;
    }
    let before = run.start.checked_sub(1).filter(|at| *at >= sentence.start);
    let Some(before) = before else { return page.is(run.end, ',').then_some(LEAST + 1) };
    // "Questions to X", "Statement by X", "the mother of X": no place.
    let person = page.any(before, &[Tag::Toward, Tag::To, Tag::By, Tag::Of]);
    (page.tag(before, Tag::Preposition).is_some() && !person).then_some(HEADING)
}

/// "Detention Watch Karvania", over a bulletin: the last word of its name.
fn titled<'t>(
    page: &Page<'t>,
    run: &Range<usize>,
    sentence: &Range<usize>,
) -> Option<(&'t str, usize)> {
    let last = run.end - 1..run.end;
    let body = run.len() > 1
        && (run.start..last.start).any(|at| {
            let speaks = |m: &Meaning| matches!(m, Meaning::Source(_)).then_some(());
            page.tag(at, Tag::Body).is_some() || page.find(at, speaks).is_some()
        });
    let before = last.start.checked_sub(1);
    let linked = before.is_some_and(|at| page.any(at, &[Tag::Of, Tag::And, Tag::NameLink]));
    let names = heading(page, sentence) && body && !linked && plain(page, &last);
    names.then(|| (page.words(last), HEADING))
}

/// Whether a sentence is one of the first lines of a text, without an end of its own.
fn heading(page: &Page, sentence: &Range<usize>) -> bool {
    let first = page.sentences.iter().take(3).any(|one| one.tokens.start == sentence.start);
    let short = sentence.len() < 7 && sentence.start == 0;
    first && sentence.len() < 16 && (short || !page.tokens[sentence.end - 1].is_stop())
}

/// "Karvania deported 12", "Karvania ha indultado a 40": what only a state does.
fn acts(page: &Page, run: &Range<usize>) -> bool {
    let verb = if page.tag(run.end, Tag::Have).is_some() { run.end + 1 } else { run.end };
    let does = |meaning: &Meaning| {
        matches!(
            meaning,
            Meaning::Predicate(
                Predicate::Deported
                    | Predicate::Pardoned
                    | Predicate::Exchanged
                    | Predicate::Released,
                Form::Object | Form::Participle
            )
        )
        .then_some(())
    };
    let end = page.find(verb, does).map(|(end, ())| end);
    // "Morales deported to X" tells what befell somebody.
    end.is_some_and(|end| {
        page.tag(end, Tag::Preposition)
            .is_none_or(|_| page.tag(end, Tag::To).is_some() && page.lexicon.order.subject_dropped)
    })
}

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
