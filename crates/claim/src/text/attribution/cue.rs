//! Where does a sentence say who says so? Before, after, inverted, "according to", a colon.

use super::{
    Source,
    subject::{inverted, subject},
};
use crate::text::{
    clause::clause,
    lexicon::{Form, Meaning, Sorts, Tag},
    page::Page,
    token::Kind,
};
use habeas_model::{Modality, said::speaker::Role};
use std::ops::Range;

/// On which side of a cue its claims stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// After it: "X said that ...".
    After,
    /// Before it: "..., X said".
    Before,
    /// On both sides: "according to X".
    Both,
    /// To the end of the paragraph: a post or a statement with a colon.
    Rest,
}

/// A place where a sentence says who says so.
#[derive(Clone, Debug)]
pub struct Cue {
    /// Tokens of source and verb.
    pub range: Range<usize>,
    /// Tokens of the verb or "according to".
    pub verb: Range<usize>,
    /// Which source of the sentence; `None`: the subject is left out.
    pub source: Option<usize>,
    /// The source behind it: "citing Y", "told the AP".
    pub via: Option<usize>,
    /// "told the AP": the via stands before the source in the chain.
    pub told: bool,
    /// Claims on this side.
    pub side: Side,
    /// How far the speaker stands behind it, by the verb.
    pub modality: Modality,
}

impl Cue {
    /// The words of one source, asserted, with nobody behind it.
    fn of(range: Range<usize>, verb: Range<usize>, source: usize, side: Side) -> Cue {
        let modality = Modality::Asserted;
        Cue { range, verb, source: Some(source), via: None, told: false, side, modality }
    }
}

/// The cues of a sentence.
#[must_use]
pub fn cues(page: &Page, sentence: &Range<usize>, sources: &[Source]) -> Vec<Cue> {
    let mut found: Vec<Cue> = Vec::new();
    // "CNN, quoting an official, reported", "Citing Y, X said": who is behind a source to come.
    let mut behind: Option<(Option<usize>, usize)> = None;
    if let Some(cue) = colon(page, sentence, sources) {
        found.push(cue);
    }
    let mut at = sentence.start;
    while at < sentence.end {
        let may = page.sorts(at).meets(Sorts::SPEECH)
            || page.any(at, &[Tag::According, Tag::InView, Tag::Citing, Tag::Figure]);
        if !may {
            at += 1;
            continue;
        }
        if let Some(end) =
            page.tag(at, Tag::According).or_else(|| view(page, at, sentence, sources))
        {
            if let Some(cue) = according(page, at..end, sources) {
                found.push(cue);
            }
            at = end;
        } else if let Some(end) = page.tag(at, Tag::Citing) {
            let other = next(page, sources, end, 4);
            let owner = at.checked_sub(1).filter(|before| page.is(*before, ','));
            let owner = owner.and_then(|at| sources.iter().position(|one| one.range.end == at));
            let opens = at <= sentence.start + 1;
            let said = owner.is_some_and(|own| found.iter().any(|cue| cue.source == Some(own)));
            match (other, found.last_mut()) {
                (Some(source), _) if (opens || owner.is_some()) && !said => {
                    found.push(citing(at..end, source, sources));
                    behind = Some((owner, source));
                }
                (Some(source), Some(cue)) if cue.via.is_none() => cue.via = Some(source),
                (Some(source), _) => found.push(citing(at..end, source, sources)),
                _ => {}
            }
            at = end;
        } else if let Some(cue) = figures(page, at, sentence, sources) {
            at = cue.verb.end;
            found.push(cue);
        } else if let Some((end, modality)) = saying(page, at, sentence) {
            if objected(page, found.last(), at) {
                at = end;
                continue;
            }
            if let Some(mut cue) = verb(page, sentence, sources, at..end, modality) {
                let main = || found.iter().find_map(|cue: &Cue| cue.source);
                cue.source = cue.source.or_else(main); // "X informó que ...; según añadió, ..."
                let reports =
                    |(owner, _): &(Option<usize>, usize)| owner.is_none() || *owner == cue.source;
                if let Some((_, other)) = behind.take_if(|told| reports(told))
                    && cue.source != Some(other)
                {
                    found.retain(|old| old.source != Some(other));
                    cue.via = cue.via.or(Some(other));
                }
                found.push(cue);
            }
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// "a figure of Foro Penal", "the ministry's count", "whose tally": whose number it is.
fn figures(page: &Page, at: usize, sentence: &Range<usize>, sources: &[Source]) -> Option<Cue> {
    let end = page.tag(at, Tag::Figure).filter(|end| *end <= sentence.end)?;
    let of = page.tag(end, Tag::Of).map(|next| page.tag(next, Tag::The).unwrap_or(next));
    let owner =
        of.and_then(|next| sources.iter().position(|one| one.range.start == next && !one.place));
    let possessed = || {
        let from = at.saturating_sub(4).max(sentence.start);
        let mark = (from..at).find(|inner| {
            page.word(*inner).ends_with("'s")
                || page.word(*inner).ends_with("’s")
                || (page.tag(*inner, Tag::Possessive).is_some()
                    && page.tag(*inner, Tag::Relative).is_some())
        })?;
        let before = if mark > 0 && page.is(mark - 1, ',') { mark - 1 } else { mark };
        sources.iter().position(|one| one.range.end == before && !one.place)
    };
    let source = owner.or_else(possessed)?;
    let range = sources[source].range.start.min(at)..sources[source].range.end.max(end);
    let verb = at..end;
    Some(Cue::of(range, verb, source, Side::Both))
}

/// "rejected reports that", "denied the claims": a noun that is denied says nothing.
fn objected(page: &Page, last: Option<&Cue>, at: usize) -> bool {
    let small = [Tag::The, Tag::A, Tag::Possessive, Tag::All];
    last.is_some_and(|cue| {
        let between = cue.verb.end..at;
        cue.modality == Modality::Denied
            && at >= cue.verb.end
            && between.len() < 3
            && between.clone().all(|at| page.any(at, &small))
    })
}

fn citing(verb: Range<usize>, source: usize, sources: &[Source]) -> Cue {
    let range = verb.start..sources[source].range.end;
    Cue::of(range, verb, source, Side::Both)
}

/// A verb of saying at `at`; "has" and "had" only right before a number.
fn saying(page: &Page, at: usize, sentence: &Range<usize>) -> Option<(usize, Modality)> {
    let (end, modality) = page.find(at, |meaning| match meaning {
        Meaning::Speech(modality) => Some(*modality),
        _ => None,
    })?;
    if end > sentence.end {
        return None;
    }
    // "was given nine years": who is given something says nothing.
    let passive = at > sentence.start && page.tag(at - 1, Tag::Be).is_some();
    if passive && page.tag(at, Tag::Metes).is_some() {
        return None;
    }
    // "must report", "dismissed the cases against": a word of what is told of people.
    let told = |m: &Meaning| matches!(m, Meaning::Predicate(..)).then_some(());
    let longer = page.find(at, told).is_some_and(|(stop, ())| stop > end + 1);
    if longer || page.within_predicate(at) {
        return None;
    }
    let weak = page.tag(at, Tag::Have).is_some() && end == at + 1;
    let figure = || {
        crate::text::quantity::number(page, end, sentence.end)
            .is_some_and(|one| one.amount.value().is_some_and(|n| n > 1))
            || crate::text::quantity::find(page, end..(end + 4).min(sentence.end))
                .first()
                .is_some_and(|one| one.range.start == end)
    };
    let heading = page.tokens[at].capital && at > sentence.start;
    (!heading && (!weak || figure())).then_some((end, modality))
}

/// The first source that begins within `far` tokens of `at`.
fn next(page: &Page, sources: &[Source], at: usize, far: usize) -> Option<usize> {
    sources.iter().position(|source| {
        source.range.start >= at
            && source.range.start <= at + far
            && (at..source.range.start)
                .all(|inner| !page.is(inner, ',') && !page.tokens[inner].is_stop())
    })
}

/// "For the mission, those freed are 150": a body's view, at the beginning.
fn view(page: &Page, at: usize, sentence: &Range<usize>, sources: &[Source]) -> Option<usize> {
    let end = page.tag(at, Tag::InView).filter(|_| at == sentence.start)?;
    let source = &sources[next(page, sources, end, 4)?];
    let body = source.body || source.role.is_some() && !source.proper;
    (body && !source.place && page.is(source.range.end, ',')).then_some(end)
}

/// "according to X", "según X", "by X's reckoning".
fn according(page: &Page, verb: Range<usize>, sources: &[Source]) -> Option<Cue> {
    let source = next(page, sources, verb.end, 5)?;
    let range = verb.start..sources[source].range.end;
    Some(Cue::of(range, verb, source, Side::Both))
}

/// A speaker, then a colon: a post, a line of an interview, a statement.
fn colon(page: &Page, sentence: &Range<usize>, sources: &[Source]) -> Option<Cue> {
    let first = sources.first().filter(|one| one.range.start <= sentence.start + 2)?;
    // "Released on 14 January:", "Lista de excarcelados:" head a list and say nothing.
    let told = |m: &Meaning| matches!(m, Meaning::Predicate(..)).then_some(());
    let start = first.range.start;
    if page.find(start, told).is_some() || page.tag(start, Tag::List).is_some() {
        return None;
    }
    let upto = (first.range.end + 22).min(sentence.end);
    let at = (first.range.end..upto).find(|at| {
        page.is(*at, ':')
            && !page
                .tokens
                .get(at + 1)
                .is_some_and(|t| t.glued && matches!(t.kind, Kind::Number(_)))
    })?;
    let opens = page
        .token(at + 1)
        .is_some_and(|token| token.is_quote() || token.is_dash() || token.kind == Kind::Line);
    let near = at <= first.range.end + 1;
    let last = at + 1 >= sentence.end;
    let post = opens || last;
    if !(post
        || (near
            && (first.proper || first.role.is_some())
            && first.range.start == sentence.start
            && opens))
    {
        return None;
    }
    Some(Cue::of(first.range.start..at, at..at + 1, 0, Side::Rest))
}

fn verb(
    page: &Page,
    sentence: &Range<usize>,
    sources: &[Source],
    verb: Range<usize>,
    modality: Modality,
) -> Option<Cue> {
    if is_passive(page, sentence, &verb) {
        return passive(page, sources, verb, modality);
    }
    let before = subject(page, sentence, sources, verb.start);
    // "45 releases documented by X".
    if before.is_none() && verb.len() == 1 && page.tag(verb.end, Tag::By).is_some() {
        return passive(page, sources, verb, modality);
    }
    let after = || {
        let opened = verb.start == sentence.start
            || page.is(verb.start - 1, ',')
            || page.tokens[verb.start - 1].is_quote()
            || page.lexicon.order.subject_dropped;
        opened.then(|| inverted(page, sources, verb.end)).flatten()
    };
    let (source, side) = match before {
        Some(source) => (
            Some(source),
            match trails(page, sentence, sources, source, &verb)
                && tells(page, sentence, sources[source].range.start.min(verb.start), verb.end)
            {
                true if goes_on(page, verb.end, sentence) => Side::Both,
                true => Side::Before,
                false => Side::After,
            },
        ),
        None => match after() {
            Some(source) if verb.start == sentence.start => (Some(source), Side::After),
            Some(source) => (
                Some(source),
                if ends(page, sources[source].range.end, sentence)
                    && tells(page, sentence, verb.start, sources[source].range.end)
                {
                    Side::Before
                } else {
                    Side::Both
                },
            ),
            None => {
                let dropped = page.lexicon.order.subject_dropped && finite(page, &verb);
                let relative = verb.start > sentence.start
                    && page.tag(verb.start - 1, Tag::Relative).is_some();
                if !dropped || relative {
                    return None;
                }
                (None, if ends(page, verb.end, sentence) { Side::Before } else { Side::After })
            }
        },
    };
    if source.is_some_and(|at| subordinate(page, sentence, &sources[at])) {
        return None;
    }
    let told = told(page, sources, verb.end);
    let own = source.map_or(verb.clone(), |source| {
        let range = &sources[source].range;
        range.start.min(verb.start)..range.end.max(verb.end)
    });
    Some(Cue { range: own, verb, source, via: told, told: told.is_some(), side, modality })
}

/// "was confirmed", "fueron verificadas": who is its subject says nothing.
fn is_passive(page: &Page, sentence: &Range<usize>, verb: &Range<usize>) -> bool {
    let from = verb.start.saturating_sub(2).max(sentence.start);
    let be =
        (from..verb.start).any(|at| page.tag(at, Tag::Be).is_some_and(|end| end == verb.start));
    let goes_on = ["ing", "ndo"].iter().any(|ending| page.word(verb.end - 1).ends_with(ending));
    be && !goes_on && verb.len() == 1 && page.tag(verb.end, Tag::By).is_some()
}

/// "the release of 12 was confirmed by X": X says so.
fn passive(page: &Page, sources: &[Source], verb: Range<usize>, modality: Modality) -> Option<Cue> {
    let by = page.tag(verb.end, Tag::By)?;
    let source = next(page, sources, by, 4)?;
    let range = verb.start..sources[source].range.end;
    Some(Cue { modality, ..Cue::of(range, verb, source, Side::Before) })
}

/// Whether anything is told before the saying: "from exile, X confirmed ..." tells nothing yet.
fn tells(page: &Page, sentence: &Range<usize>, at: usize, end: usize) -> bool {
    if page.token(end).is_none_or(|token| token.is_stop()) {
        return true; // "..., they said;": nothing follows it.
    }
    let inside = clause(page, sentence, at);
    (inside.start..at).any(|inner| {
        let told = |meaning: &Meaning| match meaning {
            Meaning::Predicate(_, form) => (*form != Form::Noun).then_some(()),
            Meaning::Number(..) | Meaning::Vague(..) | Meaning::Nobody => Some(()),
            _ => None,
        };
        page.find(inner, told).is_some()
            || page.tokens[inner].is_quote()
            || matches!(page.tokens[inner].kind, Kind::Number(_))
    })
}

/// "when the authorities announced the measure": no attribution of the main clause.
fn subordinate(page: &Page, sentence: &Range<usize>, source: &Source) -> bool {
    let mut at = source.range.start;
    while at > sentence.start && source.range.start - at < 3 {
        at -= 1;
        if page.tag(at, Tag::Subordinate).is_some() {
            return true;
        }
        if page.is(at, ',') || !page.tokens[at].is_word() {
            return false;
        }
    }
    false
}

/// A verb without subject is one only if it is no participle after "to be".
fn finite(page: &Page, verb: &Range<usize>) -> bool {
    let before = verb.start.checked_sub(1);
    before.is_none_or(|at| {
        page.tag(at, Tag::Be).is_none() && page.tag(at, Tag::Preposition).is_none()
            || page.tag(at, Tag::Relative).is_some()
    })
}

/// "told the AP that": the outlet that was told.
fn told(page: &Page, sources: &[Source], end: usize) -> Option<usize> {
    let said = ["told", "tells", "dijo a", "informó a"].contains(&page.word(end - 1));
    let source = next(page, sources, end, 1)?;
    let one = &sources[source];
    let agency = one.proper
        && (one.name.contains("Press")
            || page.tokens[one.range.start].shout
            || one.name.contains("Reuters")
            || one.name.contains("EFE")
            || one.name.contains("AFP"));
    (said && agency).then_some(source)
}

/// Whether the saying stands at the end of what is said: "..., X said" or "..., X said, ...".
fn trails(
    page: &Page,
    sentence: &Range<usize>,
    sources: &[Source],
    source: usize,
    verb: &Range<usize>,
) -> bool {
    let start = sources[source].range.start.min(verb.start);
    let mut before = start;
    let plain = |at: usize| {
        page.tokens[at].is_word()
            && page.tag(at, Tag::Preposition).is_none()
            && page
                .find(at, |m| {
                    matches!(m, Meaning::Speech(_) | Meaning::Predicate(..)).then_some(())
                })
                .is_none()
    };
    while before > sentence.start && start - before < 3 && plain(before - 1) {
        before -= 1;
    }
    while before > sentence.start
        && (page.tag(before - 1, Tag::The).is_some()
            || page.tag(before - 1, Tag::Possessive).is_some()
            || page.tag(before - 1, Tag::A).is_some())
    {
        before -= 1;
    }
    let opened =
        before > sentence.start && (page.is(before - 1, ',') || page.tokens[before - 1].is_quote());
    opened && ends(page, verb.end, sentence)
}

/// "..., the president promised on the radio, will follow": what is said goes on after the saying.
fn goes_on(page: &Page, end: usize, sentence: &Range<usize>) -> bool {
    let comma = (end..(end + 6).min(sentence.end)).find(|at| page.is(*at, ','));
    comma.is_some_and(|at| {
        at + 4 < sentence.end && page.find(at + 1, |m| predicate(m).then_some(())).is_some()
            || page.tag(at + 1, Tag::Future).is_some()
            || page.tag(at + 1, Tag::Be).is_some()
            || page.tag(at + 1, Tag::Have).is_some()
    })
}

fn predicate(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Predicate(..))
}

/// Whether nothing but a date, a place or "after ..." follows: the saying closes.
fn ends(page: &Page, end: usize, sentence: &Range<usize>) -> bool {
    // "told reporters in Ankara": to whom.
    let press =
        |meaning: &Meaning| matches!(meaning, Meaning::Source(Some(Role::Press))).then_some(());
    let end = page.find(end, press).map_or(end, |(next, ())| next);
    let names = end > 0 && ["told", "tells"].contains(&page.word(end - 1)) && page.is_capital(end);
    let end = if names { super::capitals(page, end, sentence.end).max(end) } else { end };
    let told = page.tag(end, Tag::Possessive).or_else(|| page.tag(end, Tag::The));
    let told = told.or_else(|| page.tag(end, Tag::Object));
    let end = told.map_or(end, |next| {
        // "reminded his followers": to whom it was said.
        (next..(next + 5).min(sentence.end))
            .find(|at| page.tokens[*at].is_stop() || page.is(*at, ','))
            .unwrap_or(end)
    });
    let Some(token) = page.token(end).filter(|_| end < sentence.end) else { return true };
    if token.is_stop() || token.is(',') || token.is_quote() {
        return true;
    }
    let day = page
        .find(end, |m| matches!(m, Meaning::When(_) | Meaning::Weekday(_)).then_some(()))
        .is_some();
    let place = page.tag(end, Tag::Preposition).is_some()
        && page.tag(end, Tag::Relative).is_none()
        && page.tag(end, Tag::Of).is_none()
        // "at least 35" is no place.
        && page.find(end, |m| matches!(m, Meaning::Before(_)).then_some(())).is_none();
    let tail = (end..(end + 12).min(sentence.end))
        .take_while(|at| !page.is(*at, ',') && !page.tokens[*at].is_stop());
    // "in a post in which he thanked ...": more of the saying.
    let apart = |at: usize| {
        page.tag(at, Tag::Relative).is_some() && page.tag(at - 1, Tag::Preposition).is_none()
    };
    day || (place && !tail.into_iter().any(apart))
}
