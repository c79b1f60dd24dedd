//! Whose verb is it? The subject of a verb of saying: before it, behind an apposition, after it.

use super::Source;
use crate::text::{
    lexicon::{Meaning, Tag},
    page::Page,
    token::Kind,
};
use habeas_model::said::speaker::Role;
use std::ops::Range;

/// The subject of a verb: the source right before it, adverbs, days and appositions between.
pub fn subject(
    page: &Page,
    sentence: &Range<usize>,
    sources: &[Source],
    verb: usize,
) -> Option<usize> {
    if verb > sentence.start
        && (page.tag(verb - 1, Tag::And).is_some() || page.tag(verb - 1, Tag::Contrast).is_some())
    {
        return coordinated(page, sentence, sources, verb);
    }
    if let Some(head) = described(page, sentence, sources, verb) {
        return Some(head);
    }
    let mut at = verb;
    let mut skipped = 0;
    while at > sentence.start && skipped < 5 {
        if let Some(source) =
            sources.iter().position(|one| one.range.end == at && one.range.start >= sentence.start)
        {
            let head = head_of_relative(page, sentence, sources, source);
            return Some(head.unwrap_or_else(|| located(page, sources, source)));
        }
        let before = at - 1;
        if page.tag(before, Tag::Relative).is_some()
            && before > sentence.start
            && page.is(before - 1, ',')
        {
            return sources.iter().position(|one| one.range.end == before - 1);
        }
        if page.is(before, ',') || page.is(before, ')') || page.tokens[before].is_dash() {
            return apposition(page, sentence, sources, before);
        }
        let token = &page.tokens[before];
        let clitic = page.tag(before, Tag::Object).is_some() && page.lexicon.order.subject_dropped;
        let passes = (token.is_word() || matches!(token.kind, Kind::Number(_) | Kind::Figures))
            && (page.tag(before, Tag::Relative).is_none()
                || relative_subject(page, sources, before))
            && (page.tag(before, Tag::And).is_none())
            && (clitic
                || page.tag(before, Tag::The).is_none()
                || (before > sentence.start && page.tag(before - 1, Tag::Preposition).is_some())
                || page
                    .find(before, |meaning| matches!(meaning, Meaning::When(_)).then_some(()))
                    .is_some()
                || page
                    .find(before + 1, |m| {
                        matches!(m, Meaning::Weekday(_) | Meaning::Number(..)).then_some(())
                    })
                    .is_some());
        if !passes {
            return None;
        }
        skipped += 1;
        at = before;
    }
    sources.iter().position(|one| one.range.end == at && one.range.start >= sentence.start)
}

/// "A soldier who took pity on us says": the soldier; the sentence begins with a noun that a clause
/// without commas describes.
fn described(
    page: &Page,
    sentence: &Range<usize>,
    sources: &[Source],
    verb: usize,
) -> Option<usize> {
    let first = sources.iter().position(|one| !one.pronoun && !one.place)?;
    let head = &sources[first].range;
    let small = |at: usize| page.any(at, &[Tag::The, Tag::A, Tag::Possessive]);
    let time = |at: usize| matches!(page.tokens[at].kind, Kind::Number(_)) || page.is(at, '.');
    let opens = (sentence.start..head.start).all(|at| small(at) || time(at));
    let relative = page.tag(head.end, Tag::Relative).is_some();
    let clause = head.end + 1..verb;
    let spoken = |at: usize| {
        let says = |m: &Meaning| matches!(m, Meaning::Speech(_)).then_some(());
        page.find(at, says).is_some() && page.tag(at, Tag::Have).is_none()
    };
    let apart = |at: usize| {
        page.is(at, ',') || page.tokens[at].is_stop() || page.tag(at, Tag::Relative).is_some()
    };
    let whole = clause.len() > 1 && clause.len() < 12 && !clause.clone().any(apart);
    // "The officer who told us he left said": two verbs of saying are enough to doubt.
    let plain = clause.clone().filter(|at| spoken(*at)).count() < 2;
    (opens && relative && whole && plain && !small(verb - 1)).then_some(first)
}

/// "The official gave no names but described ...": the subject that the sentence began with.
fn coordinated(
    page: &Page,
    sentence: &Range<usize>,
    sources: &[Source],
    verb: usize,
) -> Option<usize> {
    let first = sources.iter().position(|one| !one.place)?;
    let start = sources[first].range.start;
    let small = |at: usize| {
        [Tag::The, Tag::A, Tag::Possessive].into_iter().any(|tag| page.tag(at, tag).is_some())
    };
    let begins = (sentence.start..start).all(small) && start <= sentence.start + 2;
    (begins && sources[first].range.end < verb).then_some(first)
}

/// "Activists who have gone to courts abroad speak of": the activists.
fn head_of_relative(
    page: &Page,
    sentence: &Range<usize>,
    sources: &[Source],
    found: usize,
) -> Option<usize> {
    let from = sources[found].range.start.saturating_sub(10).max(sentence.start);
    oblique(page, sentence, &sources[found]).then_some(())?;
    (0..found).rev().find(|at| {
        let end = sources[*at].range.end;
        end >= from && page.tag(end, Tag::Relative).is_some() && !sources[*at].place
    })
}

/// "the ministry in Caracas": the ministry.
fn located(page: &Page, sources: &[Source], found: usize) -> usize {
    let one = &sources[found];
    // "a researcher at the same university": two words between at most.
    let from = one.range.start.saturating_sub(3);
    let before = (from..one.range.start).rev().find(|at| {
        (one.place || one.range.start > at + 1)
            && page.tag(*at, Tag::At).is_some()
            && !page.is(*at + 1, ',')
    });
    let owner = before.and_then(|at| sources.iter().position(|other| other.range.end == at));
    owner.unwrap_or(found)
}

/// "whose count ran to", "que verifica caso por caso": the relative clause of a source.
fn relative_subject(page: &Page, sources: &[Source], at: usize) -> bool {
    let _ = page;
    sources.iter().any(|one| one.range.end == at)
}

/// The source before an apposition that ends with the comma at `close`.
fn apposition(
    page: &Page,
    sentence: &Range<usize>,
    sources: &[Source],
    close: usize,
) -> Option<usize> {
    let from = close.saturating_sub(24).max(sentence.start);
    let mut at = close;
    while at > from {
        at -= 1;
        if page.tokens[at].is_stop() {
            return None;
        }
        if let Some(source) = sources.iter().position(|one| {
            page.is(at, ',') && one.range.start < at && at < one.range.end && one.proper
        }) {
            return Some(source);
        }
        let opens = page.is(at, ',') || page.is(at, '(') || page.tokens[at].is_dash();
        if opens
            && let Some(source) = sources.iter().position(|one| one.range.end == at)
            && !oblique(page, sentence, &sources[source])
        {
            return Some(source);
        }
        // The whole apposition was joined into the source.
        if let Some(source) = sources.iter().position(|one| {
            let joined = one.range.end == close && at == one.range.start;
            joined && !one.cited(page) && !oblique(page, sentence, one)
        }) {
            return Some(source); // "the government, under President X, said": not X.
        }
    }
    None
}

/// "under President X,", "tras hablar con las familias,", ", que preside la Asamblea,": no subject.
fn oblique(page: &Page, sentence: &Range<usize>, source: &Source) -> bool {
    let mut at = source.range.start;
    while at > sentence.start
        && (page.tag(at - 1, Tag::The).is_some() || page.tag(at - 1, Tag::Possessive).is_some())
    {
        at -= 1;
    }
    let preposition = at > sentence.start
        && page.tag(at - 1, Tag::Preposition).is_some()
        && page.tag(at - 1, Tag::Contrast).is_none()
        && page.tag(at - 1, Tag::And).is_none();
    let comma = (sentence.start..at).rev().find(|inner| page.is(*inner, ','));
    let relative = comma.is_some_and(|comma| {
        at - comma <= 6 && comma + 1 < at && page.tag(comma + 1, Tag::Relative).is_some()
    });
    preposition || relative
}

/// A source right after an inverted verb, days between: "dijo el martes el ministro".
pub fn inverted(page: &Page, sources: &[Source], end: usize) -> Option<usize> {
    let timed = |upto: usize| {
        // "anunció en la madrugada del lunes su ministra", "detalló entonces su portavoz".
        let small = |at: usize| {
            let token = &page.tokens[at];
            token.is_word()
                && !token.capital
                && page.find(at, |m| matches!(m, Meaning::Predicate(..)).then_some(())).is_none()
        };
        let dated = (end..upto).any(|at| {
            page.find(at, |m| {
                matches!(m, Meaning::When(_) | Meaning::Weekday(_) | Meaning::Month(_))
                    .then_some(())
            })
            .is_some()
        });
        page.lexicon.order.subject_dropped
            && (dated || upto <= end + 2 && page.tag(end, Tag::Preposition).is_none())
            && (end..upto).all(|at| small(at) && page.tag(at, Tag::Relative).is_none())
    };
    sources.iter().position(|one| {
        if one.range.start > end
            && one.range.start <= end + 8
            && !one.pronoun
            && (one.proper || one.role.is_some())
            && timed(one.range.start)
        {
            return true;
        }
        one.range.start >= end
            && one.range.start <= end + 5
            && !one.pronoun
            && (end..one.range.start).all(|at| {
                if matches!(one.role, Some(Role::Relative | Role::Lawyer | Role::Anonymous))
                    && page.tokens[at].is_word()
                {
                    return true;
                }
                page.tag(at, Tag::The).is_some()
                    || page.tag(at, Tag::Possessive).is_some()
                    || page.tag(at, Tag::A).is_some()
                    || page
                        .find(at, |m| {
                            matches!(
                                m,
                                Meaning::When(_)
                                    | Meaning::Weekday(_)
                                    | Meaning::Number(..)
                                    | Meaning::Month(_)
                            )
                            .then_some(())
                        })
                        .is_some()
                    || (page.tag(at, Tag::Preposition).is_none()
                        && page.tokens[at].is_word()
                        && !page.lexicon.order.subject_dropped)
            })
    })
}
