//! Which predicates does a sentence have, and in which voice and tense?

use crate::text::{
    lexicon::{Form, Hit, Meaning, Sorts, Tag},
    page::Page,
    quantity,
};
use habeas_model::Predicate;
use std::ops::Range;

/// A predicate as a sentence has it.
#[derive(Clone, Debug)]
pub struct Verb {
    /// Its tokens.
    pub range: Range<usize>,
    /// What it says.
    pub predicate: Predicate,
    /// How it is written.
    pub form: Form,
    /// A form of "to be" (or "to have") stands before it.
    pub finite: bool,
    /// "not" before it.
    pub negated: bool,
    /// It tells of the future.
    pub future: bool,
    /// A relative pronoun stands before it: "whom W had deported".
    pub relative: bool,
}

/// The predicates of tokens `range`, in order, longest first where they overlap.
#[must_use]
pub fn verbs(page: &Page, range: &Range<usize>) -> Vec<Verb> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if let Some(end) = meted(page, at, range.end, Tag::Metes) {
            found.push(court(page, range, at..end));
            at = end;
            continue;
        }
        if let Some(end) = meted(page, at, range.end, Tag::Serves) {
            found.push(verb(page, range, at..end, Predicate::Held, Form::Subject));
            at = end;
            continue;
        }
        if !page.sorts(at).meets(Sorts::PREDICATE) {
            if let Some(end) = confined(page, at, range.end) {
                found.push(verb(page, range, at..end, Predicate::Held, Form::Subject));
            }
            at += 1;
            continue;
        }
        let token = &page.tokens[at];
        let named = token.capital && !token.shout && at > range.start + 1;
        if named && page.tokens[at - 1].is_word() {
            at += 1; // A word of a name.
            continue;
        }
        // "The jail was built for 300": a place, no verb.
        let article = at > range.start && page.any(at - 1, &[Tag::The, Tag::A]);
        if article && page.tag(at, Tag::Prison).is_some() {
            at += 1;
            continue;
        }
        let place = page.tag(at, Tag::Prison).filter(|end| *end > at + 1);
        match longest(page, at, range.end)
            .filter(|(end, ..)| place.is_none_or(|place| place < *end))
            .filter(|(end, _, form)| *form != Form::Noun || !compound(page, *end))
        {
            Some((end, Predicate::Held, Form::Object | Form::Subject))
                if passport(page, end, range.end) =>
            {
                at = end
            }
            Some((end, Predicate::Held, _)) if meeting(page, at, end, range) => at = end,
            // "pasó de 300 a 412": a figure that moved.
            Some((end, Predicate::Transferred, Form::Subject))
                if quantity::number(page, end, range.end).is_some() =>
            {
                at = end;
            }
            Some((end, Predicate::Released, Form::Subject)) if elsewhere(page, end, range.end) => {
                at = end;
            }
            Some((end, predicate, form)) => {
                let form = if noun_at(page, range, at, end) { Form::Noun } else { form };
                // "freed under house arrest", "salieron con arresto domiciliario".
                let start = match found.last() {
                    Some(last) if goes_home(last, at, predicate) => last.range.start,
                    _ => at,
                };
                found.retain(|old: &Verb| old.range.start < start);
                found.push(verb(page, range, start..end, predicate, form));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The verbs with those that only point to another: "60 left and the other six will do so".
#[must_use]
pub fn with_repeats(
    page: &Page,
    range: &Range<usize>,
    mut verbs: Vec<Verb>,
    last: Option<Predicate>,
) -> Vec<Verb> {
    let mut at = range.start;
    while let Some((start, end)) = page.seek(at..range.end, Tag::DoSo) {
        at = end;
        let before = verbs.iter().rposition(|verb| verb.range.end <= start);
        let Some(predicate) = before.map(|nth| verbs[nth].predicate).or(last) else { continue };
        if verbs.iter().any(|verb| verb.range.start < end && start < verb.range.end) {
            continue;
        }
        let repeat = verb(page, range, start..end, predicate, Form::Future);
        verbs.insert(before.map_or(0, |nth| nth + 1), repeat);
    }
    verbs
}

/// Whether house arrest at `at` tells how those just let out went: they are not free.
fn goes_home(last: &Verb, at: usize, predicate: Predicate) -> bool {
    predicate == Predicate::HouseArrest
        && last.predicate == Predicate::Released
        && matches!(last.form, Form::Participle | Form::Subject)
        && last.range.end == at
}

/// "got nine years in prison", "received a nine-year sentence": what a court metes out, with its
/// term; "is serving nine years", "cumple nueve años de condena": what somebody serves.
fn meted(page: &Page, at: usize, end: usize, tag: Tag) -> Option<usize> {
    let after = page.tag(at, tag)?;
    let upto = (after + 7).min(end);
    let term = (after..upto).find_map(|next| Some((next, page.tag(next, Tag::Term)?)));
    let (start, stop) = term.filter(|(_, stop)| *stop <= end)?;
    let plain = (after..start).all(|next| {
        let numeral = quantity::number(page, next, end).is_some();
        page.tokens[next].is_word() || page.is(next, '-') || numeral
    });
    // "given two years to pay", "years ago".
    let open = page.token(stop).is_none_or(|next| !next.is_word())
        || page.tag(stop, Tag::Preposition).is_some() && page.tag(stop, Tag::Toward).is_none()
        || page.tag(stop, Tag::And).is_some();
    (plain && open).then_some(stop)
}

/// "is in Greymoor prison", "está en el cuartel de X": who is in a prison is held.
fn confined(page: &Page, at: usize, end: usize) -> Option<usize> {
    page.tag(at, Tag::Be).filter(|_| page.tag(at, Tag::Several).is_none())?;
    let small = |at: &usize| page.any(*at, &[Tag::Still, Tag::Negation]);
    let inside = at + 1 + (at + 1..end).take_while(small).count();
    let next = page.tag(inside, Tag::At).filter(|_| page.tag(inside, Tag::Of).is_none())?;
    let upto = (next + 6).min(end);
    let prison = (next..upto)
        .take_while(|at| page.tokens[*at].is_word() && !page.any(*at, &[Tag::And, Tag::Be]))
        .find(|at| page.tag(*at, Tag::Prison).is_some())?;
    let told = (inside..=prison).any(|at| page.sorts(at).meets(Sorts::PREDICATE));
    let ward = page.tag(prison, Tag::Ward) == page.tag(prison, Tag::Prison);
    (!told && !ward).then_some(inside)
}

/// "were handed terms" is done to them, "received terms" is theirs.
fn court(page: &Page, sentence: &Range<usize>, range: Range<usize>) -> Verb {
    let from = range.start.saturating_sub(3).max(sentence.start);
    let be = (from..range.start).any(|at| page.tag(at, Tag::Be).is_some());
    let form = if be { Form::Participle } else { Form::Subject };
    verb(page, sentence, range, Predicate::Sentenced, form)
}

/// "has held 22 hearings": a number of no people right after it; "were held 22 days" is custody.
fn meeting(page: &Page, at: usize, end: usize, range: &Range<usize>) -> bool {
    let number = quantity::number(page, end, range.end);
    let from = at.saturating_sub(3).max(range.start);
    number.is_some_and(|number| page.tag(number.end, Tag::Unit).is_some())
        && !(from..end).any(|inner| page.tag(inner, Tag::Be).is_some())
}

/// "the release", "his arrest": a noun, although the word may be a verb.
fn noun_at(page: &Page, range: &Range<usize>, at: usize, end: usize) -> bool {
    let article = at.checked_sub(1).filter(|before| *before >= range.start).is_some_and(|before| {
        let owner = ["'s", "’s"].contains(&page.word(before));
        owner || page.any(before, &[Tag::The, Tag::A, Tag::Possessive])
    });
    let noun =
        |hit: &Hit| hit.end == end && matches!(hit.meaning, Meaning::Predicate(_, Form::Noun));
    article && !page.lexicon.order.subject_dropped && page.hits(at).iter().any(noun)
}

/// "walked out of the debate", "left the party": who leaves something else leaves no prison.
fn elsewhere(page: &Page, end: usize, limit: usize) -> bool {
    let last = page.word(end - 1).to_lowercase();
    if !["out", "left", "leave", "leaves", "emerged", "of"].contains(&last.as_str()) {
        return false;
    }
    // "The fire left 12 dead", "the raid left 37 in custody".
    if quantity::number(page, end, limit).is_some_and(|one| !one.article) {
        return true;
    }
    let of = page.tag(end, Tag::Of).or_else(|| page.tag(end, Tag::At)).unwrap_or(end);
    let noun = page.tag(of, Tag::The).or_else(|| page.tag(of, Tag::Possessive));
    // "as she left work": a word that no list has.
    let plain = || page.is_small(of) && page.hits(of).is_empty() && last.starts_with("le");
    let noun = noun.or_else(|| (of == end && plain()).then_some(of));
    let Some(noun) = noun.filter(|noun| *noun < limit) else { return false };
    let token = &page.tokens[noun];
    let custody =
        |m: &Meaning| matches!(m, Meaning::Predicate(..) | Meaning::Place(..)).then_some(());
    let inside = ["cell", "cells", "gate", "gates", "building", "compound", "dock", "courtroom"];
    let inside = inside.contains(&page.word(noun)) || page.find(noun, custody).is_some();
    let prison = (noun..(noun + 3).min(limit)).any(|at| page.tag(at, Tag::Prison).is_some());
    token.is_word() && !token.capital && !inside && !prison
}

/// "hold foreign passports".
fn passport(page: &Page, at: usize, end: usize) -> bool {
    (at..(at + 4).min(end)).any(|at| page.tag(at, Tag::Passport).is_some())
}

/// "detention law", "arrest warrants": the noun only tells of what sort the next one is.
fn compound(page: &Page, next: usize) -> bool {
    let things = [Tag::Unit, Tag::Body, Tag::Thing];
    !page.lexicon.order.adjective_after
        && page.token(next).is_some_and(|token| token.is_word() && !token.capital)
        && page.any(next, &things)
        && !page.any(next, &[Tag::Preposition, Tag::Total])
}

/// A verb that stands without "to be": "sigue", "remains".
fn alone(meaning: &Meaning) -> Option<()> {
    matches!(meaning, Meaning::Predicate(_, Form::Subject)).then_some(())
}

fn longest(page: &Page, at: usize, end: usize) -> Option<(usize, Predicate, Form)> {
    let mut best: Option<(usize, Predicate, Form)> = None;
    for hit in page.hits(at).iter().filter(|hit| hit.end <= end) {
        if let Meaning::Predicate(predicate, form) = hit.meaning {
            let longer = best.is_none_or(|(stop, ..)| hit.end > stop);
            let finer = best.is_some_and(|(stop, _, old)| stop == hit.end && *form < old);
            if longer || finer {
                best = Some((hit.end, *predicate, *form));
            }
        }
    }
    best
}

fn verb(
    page: &Page,
    sentence: &Range<usize>,
    range: Range<usize>,
    predicate: Predicate,
    form: Form,
) -> Verb {
    let from = range.start.saturating_sub(6).max(sentence.start);
    let (mut finite, mut negated, mut relative) = (false, false, false);
    // "fue detenida", "sigue en": the phrase has a finite verb of its own.
    finite |= range.len() > 1
        && ([Tag::Be, Tag::Have].iter().any(|tag| page.tag(range.start, *tag).is_some())
            || page.find(range.start, alone).is_some());
    let mut future = form == Form::Future;
    let mut open = true; // Still inside the verb group.
    for at in (from..range.start).rev() {
        let token = &page.tokens[at];
        if token.is_stop() {
            break;
        }
        let far = range.start - at;
        let has = |tag: Tag| page.tag(at, tag).is_some();
        let hedge = page.find(at, |m| matches!(m, Meaning::Before(_)).then_some(())).is_some();
        // "those not charged will be home": what stands before "will" is of another verb.
        let other = future && form != Form::Future && !page.lexicon.order.subject_dropped;
        let nearest = !other || has(Tag::Future) || page.tag(at + 1, Tag::Future).is_some();
        negated |= far <= 5 && open && has(Tag::Negation) && !hedge && nearest;
        future |= far <= 5 && open && has(Tag::Future);
        finite |= far <= 4 && open && (has(Tag::Be) || has(Tag::Have) || has(Tag::Future));
        relative |= far <= 5 && has(Tag::Relative);
        if token.is(',') || has(Tag::Contrast) || has(Tag::Subordinate) {
            open = false;
        }
    }
    Verb { range, predicate, form, finite, negated, future, relative }
}
