//! Which predicate does a number belong to?
//!
//! The nearest one that the grammar allows: after the number in passives and with verbs of going,
//! before it in actives; a participle glued to the noun gives way to a finite verb after it.

use super::{Verb, clause, neighbour};
use crate::text::{
    lexicon::{Form, Meaning, Tag},
    page::Page,
    quantity::{Head, Mention},
    token::Kind,
};
use habeas_model::Predicate;
use std::ops::Range;

/// A predicate linked to a number.
#[derive(Clone, Debug)]
pub struct Link {
    /// What is said.
    pub predicate: Predicate,
    /// Its tokens, if it is written in the clause.
    pub at: Option<Range<usize>>,
    /// Which verb of the sentence, if any.
    pub verb: Option<usize>,
    /// How far it was; small is sure.
    pub cost: usize,
    /// Name of the rule.
    pub rule: &'static str,
}

/// No link beyond this.
const FAR: usize = 24;

/// The predicate of the number `nth`.
#[must_use]
pub fn link(
    page: &Page,
    sentence: &Range<usize>,
    all: &[Mention],
    nth: usize,
    verbs: &[Verb],
) -> Option<Link> {
    let one = &all[nth];
    let mut inside = clause(page, sentence, one.range.start);
    inside.end = neighbour::opens_whole(page, all, nth, &inside).unwrap_or(inside.end);
    if let Some(link) = heading(page, sentence, one, &inside, verbs) {
        return Some(link);
    }
    let mut best = nominal(one);
    for (which, verb) in verbs.iter().enumerate() {
        let own = verb.range.start >= one.range.start && verb.range.end <= one.end;
        if own || verb.range.start < inside.start || verb.range.end > inside.end {
            continue;
        }
        if neighbour::told_of(page, all, nth, verb, verbs) {
            continue;
        }
        let wholes = one.of.as_ref().is_some_and(|of| {
            // "A third of the 300 detained are minors": what they are called.
            let called = of.head.people().is_some_and(|noun| noun.predicate.is_some());
            if called && verb.range.start >= of.range.end && verb.range.end <= of.end {
                return true;
            }
            let glued = !verb.finite
                && verb.range.start >= of.range.start
                && verb.range.start <= of.end + 1
                && (verbs[which + 1..].iter().any(|other| other.range.end <= inside.end)
                    // "quedan 19 de los 44 apresados".
                    || verbs[..which].iter().any(|other| {
                        right_before(other, one) && other.form != Form::Noun
                    }));
            glued
                || verb.range.start >= of.range.start && verb.relative
                || told_within(page, of, verb, verbs, inside.end)
        });
        if wholes {
            continue;
        }
        let Some(cost) = cost(page, all, nth, verb, verbs) else { continue };
        if cost <= FAR && best.as_ref().is_none_or(|best| cost < best.cost) {
            let at = Some(verb.range.clone());
            best = Some(Link {
                predicate: verb.predicate,
                at,
                verb: Some(which),
                cost,
                rule: rule(one, verb),
            });
        }
    }
    best
}

/// "30 of the 45 the ministry said it had freed are still in prison": what is told of the whole in
/// a relative clause, with or without "that", before what is told of the part.
fn told_within(page: &Page, of: &Mention, verb: &Verb, verbs: &[Verb], end: usize) -> bool {
    opens_clause(page, of)
        && verb.range.start > of.end
        && verbs.iter().any(|other| {
            let told = other.finite || other.form == Form::Subject;
            other.range.start >= verb.range.end && other.range.end <= end && told && !other.relative
        })
}

/// "the 45 that they said", "the 45 the ministry said": a relative clause behind a whole.
fn opens_clause(page: &Page, of: &Mention) -> bool {
    let opens = [Tag::The, Tag::Pronoun, Tag::Group, Tag::First, Tag::Possessive];
    page.any(of.end, &opens) && !page.lexicon.order.subject_dropped
        || page.tag(of.end, Tag::Relative).is_some()
}

/// "Excarcelaciones: dieciséis": the noun before the colon.
fn heading(
    page: &Page,
    sentence: &Range<usize>,
    one: &Mention,
    inside: &Range<usize>,
    verbs: &[Verb],
) -> Option<Link> {
    let colon =
        inside.start.checked_sub(1).filter(|at| *at >= sentence.start && page.is(*at, ':'))?;
    let direct = one.range.start <= colon + 2;
    // "Held on Sunday night: 518", "Freed: 12": what opens a line heads it, whatever its form.
    let opens = |verb: &Verb| {
        verb.range.start <= sentence.start + 2 && colon <= sentence.start + 7 && !verb.relative
    };
    let verb = verbs.iter().rposition(|verb| {
        let noun = verb.form == Form::Noun || may_be_noun(page, verb);
        let noun = noun && verb.range.end + 3 > colon;
        let apart = (verb.range.end..colon).any(|at| page.is(at, ';'));
        verb.range.end <= colon && (noun || opens(verb) && !apart)
    })?;
    direct.then(|| Link {
        predicate: verbs[verb].predicate,
        at: Some(verbs[verb].range.clone()),
        verb: Some(verb),
        cost: 3,
        rule: "link.heading",
    })
}

/// Whether a verb may be a noun as well: "releases: 12".
fn may_be_noun(page: &Page, verb: &Verb) -> bool {
    page.hits(verb.range.start).iter().any(|hit| {
        matches!(hit.meaning, Meaning::Predicate(_, Form::Noun)) && hit.end == verb.range.end
    })
}

fn rule(one: &Mention, verb: &Verb) -> &'static str {
    let after = verb.range.start >= one.range.end;
    match (verb.form, after) {
        (Form::Noun, _) => "link.noun",
        (_, true) if verb.finite => "link.passive",
        (_, true) => "link.subject",
        (Form::Object, false) => "link.active",
        (_, false) => "link.before",
    }
}

/// The predicate that the counted noun bears itself: "29 arrests", "17 liberados".
pub(super) fn nominal(one: &Mention) -> Option<Link> {
    let whole = one.of.as_ref().map(|of| &of.head);
    let (predicate, cost) = match &one.head {
        Head::Event(predicate, _) => (*predicate, 1),
        Head::People(noun) if noun.predicate.is_some() || whole.is_none() => {
            let (predicate, _) = noun.predicate?;
            // "presos", "detenidos": what they are called is what is said only if nothing else is.
            (predicate, if predicate == Predicate::Held { 14 } else { 9 })
        }
        // "30 of the 45 releases", "a third of the 300 detainees".
        _ => match whole? {
            Head::Event(predicate, _) => (*predicate, 2),
            Head::People(noun) if one.is_share() || one.head.people().is_some() => {
                (noun.predicate?.0, 5)
            }
            _ => return None,
        },
    };
    Some(Link { predicate, at: None, verb: None, cost, rule: "link.nominal" })
}

/// How far a verb is from a number, in tokens and hindrances; `None` if the grammar forbids it.
fn cost(page: &Page, all: &[Mention], nth: usize, verb: &Verb, verbs: &[Verb]) -> Option<usize> {
    let one = &all[nth];
    let after = verb.range.start >= one.end;
    // "17 of the 52 activists remain": the way begins behind the whole.
    let whole = one.of.as_ref().filter(|of| of.head.people().is_some() || opens_clause(page, of));
    let whole = whole.map(|of| (of, of.end)).filter(|(_, end)| *end <= verb.range.start);
    let inner = whole.and_then(|(of, _)| within(page, of, verb, verbs));
    let end = inner.or(whole.map(|(_, end)| end)).unwrap_or(one.end);
    let between = if after { end..verb.range.start } else { verb.range.end..one.range.start };
    let between = if after { neighbour::behind_apposition(page, between) } else { between };
    let mut cost = between.len();
    if cost > FAR {
        return None; // Every hindrance makes it farther.
    }
    // The numbers that begin between them.
    let first = all.partition_point(|mention| mention.range.start < between.start);
    let inside = || {
        let upto = all[first..].iter().take_while(|mention| mention.range.start < between.end);
        upto.enumerate().map(|(at, mention)| (first + at, mention)).filter(|(at, _)| *at != nth)
    };
    let numbers = inside().filter(|(_, mention)| {
        matches!(mention.head, Head::People(_) | Head::Event(..)) && mention.end <= between.end
    });
    cost += 7 * numbers.count();
    if after && others_held(page, one, verb, &between) {
        return None;
    }
    // "200 are on strike, and up to 30 have been moved": the verb has a number of its own.
    let nearer = after
        && inside().any(|(other, mention)| {
            other > nth
                && mention.head == Head::Elided
                && !mention.of_them
                && page.tag(mention.range.start - 1, Tag::And).is_some()
        });
    cost += if nearer { 20 } else { 0 };
    cost += 2 * between.clone().filter(|at| page.is(*at, ',')).count();
    cost += weight(verb);
    let spanish = page.lexicon.order.participle_agrees;
    let governed = || {
        verbs.iter().any(|other| {
            right_before(other, one)
            && (other.form == Form::Object
                || (other.form == Form::Participle && !other.finite && !spanish))
            && !(other.range.end..one.range.start)
                .any(|at| page.is(at, ',') || page.tag(at, Tag::And).is_some())
            // "freed 12 people into house arrest": where they went.
            && !(verb.predicate == Predicate::HouseArrest && other.predicate.leaves_custody())
            // "Hay 5 personas desaparecidas": that they are there is not that they are held, unless
            // they are "detenidas".
            && (verb.predicate == Predicate::Arrested
                || page.tag(other.range.start, Tag::Exist).is_none())
        })
    };
    let glued = after
        && between.len() <= 3
        && (verb.relative || !verb.finite && verb.form == Form::Participle);
    cost += if glued && governed() { 9 } else { 0 };
    let own = nominal(one).map(|link| link.predicate);
    cost += if after { others(page, all, nth, verb, verbs, own.is_some()) } else { 0 };
    let bare = own.is_some_and(|own| !matches!(own, Predicate::Held | Predicate::Arrested));
    // "Hay 31 desaparecidos tras la redada": what they are called is what is said of them.
    let there = !after && page.tag(verb.range.start, Tag::Exist).is_some();
    cost += if bare && (there || after && verb.form == Form::Noun) { 9 } else { 0 };
    if after { forward(page, verb, verbs, &between, cost) } else { backward(page, verb, cost) }
}

/// "of the 45 that they said they had freed": one past what is told of the whole.
fn within(page: &Page, of: &Mention, verb: &Verb, verbs: &[Verb]) -> Option<usize> {
    let own = |other: &&Verb| other.range.start > of.end && other.range.end <= verb.range.start;
    let last = verbs.iter().rev().find(own).filter(|_| opens_clause(page, of));
    last.map(|other| other.range.end)
}

/// "Twelve relatives of prisoners", "twelve lawyers visited the prisoners": other people.
fn others_held(page: &Page, one: &Mention, verb: &Verb, between: &Range<usize>) -> bool {
    let prisoners = verb.predicate == Predicate::Held && verb.form == Form::Noun;
    if !prisoners || verb.range.len() != 1 || one.head.people().is_none() {
        return false;
    }
    let of = page.tag(one.end, Tag::Of) == Some(verb.range.start);
    let are = between.clone().any(|at| page.any(at, &[Tag::Be, Tag::Have]));
    let object =
        !between.is_empty() && page.any(between.end - 1, &[Tag::The, Tag::Possessive, Tag::A]);
    of || object && !are
}

/// How far a verb after a number is from it because it is said of somebody else: of those after
/// "and" whom it takes itself ("ha arrestado a 40 personas y liberado a 12"), or of the last of two
/// numbers where what the first is called tells of it (`called`: "88 presos políticos y otras 27
/// personas en arresto").
fn others(
    page: &Page,
    all: &[Mention],
    nth: usize,
    verb: &Verb,
    verbs: &[Verb],
    called: bool,
) -> usize {
    let one = &all[nth];
    let joined = !verb.relative
        && verb.form != Form::Noun
        && verb.range.start > one.end
        && page.tag(verb.range.start - 1, Tag::And).is_some();
    let taken = || {
        verbs.iter().any(|other| {
            other.form != Form::Noun
                && right_before(other, one)
                && (other.range.end..one.range.start).all(|at| page.tokens[at].is_word())
        })
    };
    let next = || all.get(nth + 1).is_some_and(|next| next.range.start <= verb.range.end + 2);
    if joined && next() && taken() {
        return 12;
    }
    let attributive = verb.form == Form::Participle && !verb.finite;
    let last = all.get(nth + 1).is_some_and(|next| {
        next.head.people().is_some()
            && next.end <= verb.range.start
            && verb.range.start <= next.end + 1
    });
    if attributive && last && called { 10 } else { 0 }
}

/// "arrested 40", "arrestado a 40": no more than a word between a verb and the number after it.
fn right_before(verb: &Verb, one: &Mention) -> bool {
    verb.range.end <= one.range.start && verb.range.end + 2 >= one.range.start
}

/// States said weakly ("inside", "hay") give way.
fn weight(verb: &Verb) -> usize {
    match (verb.predicate, verb.form) {
        (Predicate::Held, Form::Noun) => 8,
        (Predicate::Held, Form::Object) => 5,
        (Predicate::Charged | Predicate::Sentenced, Form::Participle) if !verb.finite => 4,
        _ => 0,
    }
}

fn forward(
    page: &Page,
    verb: &Verb,
    verbs: &[Verb],
    between: &Range<usize>,
    cost: usize,
) -> Option<usize> {
    let spanish = page.lexicon.order.participle_agrees;
    Some(match verb.form {
        Form::Object if verb.relative => cost,
        Form::Object => cost + 9,
        Form::Noun if between.len() > 2 => cost + 8,
        Form::Noun => cost + 2,
        Form::Participle if !verb.finite => {
            // Glued to the noun: "people jailed in Belarus were let out".
            let main = verbs.iter().find(|other| {
                other.range.start > verb.range.end
                    && (other.finite || other.form == Form::Subject)
                    && !other.relative
            });
            let attributive = between.len() <= 2;
            let of = page.tag(between.start, Tag::Of).is_some();
            let open =
                |way: usize| (verb.range.end..verb.range.end + way).all(|at| plain(page, at));
            cost + match main.map(|main| main.range.start - verb.range.end) {
                // "taken from a bus in the north last year are missing": no other clause between.
                Some(way) if way < 20 && (attributive || of) && open(way) => 9 + way,
                Some(way) if way < 10 && attributive => 9,
                _ => 0,
            }
        }
        _ if verb.relative && between.len() <= 5 => {
            // "men who had been held are now free": the main verb comes after.
            let main = verbs.iter().any(|other| {
                let told =
                    other.form == Form::Subject || other.form == Form::Participle && other.finite;
                other.range.start > verb.range.end && !other.relative && told
            });
            cost + if main && !spanish { 9 } else { 2 }
        }
        _ => cost,
    })
}

/// A word that opens no clause and joins none.
fn plain(page: &Page, at: usize) -> bool {
    let token = &page.tokens[at];
    (token.is_word() || matches!(token.kind, Kind::Number(_)))
        && !page.any(at, &[Tag::And, Tag::Relative, Tag::Subordinate, Tag::Contrast])
}

/// "have detained", "having freed": "to have" right before a participle.
fn has_done(page: &Page, verb: &Verb) -> bool {
    verb.range.start.checked_sub(1).is_some_and(|at| page.tag(at, Tag::Have).is_some())
}

fn backward(page: &Page, verb: &Verb, cost: usize) -> Option<usize> {
    let spanish = page.lexicon.order.subject_dropped;
    Some(match verb.form {
        Form::Object => cost + 1,
        Form::Noun => cost + 3,
        // "Having detained 30 people": the perfect of what is done to them.
        Form::Participle if verb.finite && !spanish && has_done(page, verb) => cost + 1,
        Form::Participle if verb.finite && !spanish => cost + 7,
        Form::Participle => cost + 1,
        Form::Subject if !spanish => cost + 6,
        Form::Subject | Form::Future => cost + 1,
    })
}

/// A second predicate of the same people: "were let out on Thursday and driven to Lithuania", "252
/// men whom W had deported", "six women, detained on Tuesday, were transferred".
#[must_use]
pub fn further(
    page: &Page,
    sentence: &Range<usize>,
    all: &[Mention],
    nth: usize,
    verbs: &[Verb],
    first: &Link,
) -> Vec<(Predicate, Range<usize>)> {
    let one = &all[nth];
    let Some(main) = first.verb.map(|which| &verbs[which]) else { return Vec::new() };
    let next = all.get(nth + 1).map_or(sentence.end, |next| next.range.start);
    let mut found = Vec::new();
    for verb in verbs.iter().filter(|verb| verb.range.start >= one.end && verb.range.end <= next) {
        if verb.range == main.range || verb.predicate == main.predicate || verb.form == Form::Noun {
            continue;
        }
        let joined = verb.range.start > main.range.end
            && main.range.start >= one.end
            && (main.range.end..verb.range.start)
                .all(|at| !page.tokens[at].is_stop() && !page.is(at, ','))
            && (verb.range.start.saturating_sub(2)..verb.range.start)
                .any(|at| page.tag(at, Tag::And).is_some());
        let relative = verb.relative
            && verb.form != Form::Subject
            && verb.range.start < one.end + 6
            && verb.finite
            && main.range.end <= one.range.start;
        let apart = verb.range.start == one.end + 1
            && page.is(one.end, ',')
            && main.range.start > verb.range.end;
        if joined || relative || apart {
            found.push((verb.predicate, verb.range.clone()));
        }
    }
    found
}
