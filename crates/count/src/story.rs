//! What is told of one person: every happening with its source, where the sources differ, and the
//! spells in one state that follow from them under a rule.

use crate::{
    Asked, Index, Sourcing,
    board::Bodies,
    people::{
        history::{Point, events, points, stands},
        source::Origins,
        timeline::days,
    },
};
use habeas_model::{
    ClaimId, Custody, Digest, Effect, LinkDecision, MentionId, Modality, Person, Place, Predicate,
    ReleaseMode, Review, When, memory::present::Taken,
};
use jiff::{ToSpan as _, civil::Date};

/// One thing that one source says happened.
#[derive(Clone, Debug)]
pub struct Told<'a> {
    /// What.
    pub predicate: Predicate,
    /// When, as it was said.
    pub when: Option<&'a When>,
    /// Where.
    pub place: Option<&'a str>,
    /// How a release came about.
    pub mode: Option<ReleaseMode>,
    /// The mention that says so.
    pub mention: MentionId,
    /// The claim that it stands in, for words in a text.
    pub claim: Option<ClaimId>,
    /// The document.
    pub blob: Digest,
    /// Where in it.
    pub at: &'a Place,
    /// The body that answers for it.
    pub origin: String,
    /// How far they stand behind it.
    pub modality: Modality,
    /// What a reviewer made of it.
    pub review: Review,
    /// Whether it moves the person: it stands, and its speaker stands behind it.
    pub counts: bool,
    /// Another origin gives dates for the same that cannot both be so.
    pub differs: bool,
}

/// A stretch of days in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spell {
    /// Where.
    pub custody: Custody,
    /// From this day on; none: before anything that is dated.
    pub from: Option<Date>,
    /// Until the eve of what came next; none: as far as is known.
    pub until: Option<Date>,
    /// Whether somebody has reviewed what it rests on.
    pub reviewed: bool,
    /// Whether the rule counts them as held meanwhile.
    pub held: bool,
}

/// A decision that the person carries, with its entry and what came of it.
#[derive(Clone, Debug)]
pub struct Ruling<'a> {
    /// Who decided what of which two mentions, when and why.
    pub taken: &'a Taken<LinkDecision>,
    /// What came of it.
    pub effect: Effect,
    /// The person of its other mention, where that is somebody else.
    pub other: Option<&'a Person>,
    /// Position of the "not the same" that contradicts it.
    pub against: Option<u64>,
    /// Positions of the "same" decisions that it keeps from being followed.
    pub forbids: Vec<u64>,
}

/// Everything that is told of one person.
#[derive(Clone, Debug)]
pub struct Story<'a> {
    /// What happened, by its days; what has no day comes last.
    pub told: Vec<Told<'a>>,
    /// Where they were, in order.
    pub spells: Vec<Spell>,
    /// How it is sourced under the rule.
    pub sourcing: Sourcing,
    /// The last day on which any document that speaks of them had been written.
    pub last_checked: Option<Date>,
    /// The decisions that made them one person, and those that could not be followed, in the order
    /// of their entries (invariant 7).
    pub rulings: Vec<Ruling<'a>>,
}

/// The story of a person until the question's day (invariant 8), whose index is `index`.
#[must_use]
pub fn story<'a>(asked: &Asked<'a>, index: &Index, person: &'a Person) -> Story<'a> {
    let (written, limit) = (asked.written(), asked.last_day());
    let bodies = &index.bodies;
    let events = events(person, &written, limit);
    let mut points = points(&events, asked.rule.moment);
    points.retain(|point| point.from <= days(limit));
    // A state that is told again goes on.
    let spells = points.chunk_by(|a, b| a.custody == b.custody);
    let ends = spells.clone().skip(1).map(|next| day(next[0].from - 1)).chain([None]);
    let spell = |(points, until): (&[Point], Option<Date>)| Spell {
        custody: points[0].custody,
        from: day(points[0].from),
        until,
        reviewed: points.iter().any(|point| point.reviewed),
        held: asked.rule.holds(points[0].custody),
    };
    let dates = person.mentions.iter().filter_map(|held| written.get(&held.mention.span.blob));
    Story {
        spells: spells.zip(ends).map(spell).collect(),
        told: told(person, bodies, limit),
        sourcing: Origins::of(bodies).sourcing(person, asked.rule, limit),
        last_checked: dates.copied().filter(|day| *day <= limit).max(),
        rulings: rulings(asked, person),
    }
}

/// The decisions that a person carries, as their entries tell them.
#[must_use]
pub fn rulings<'a>(asked: &Asked<'a>, person: &'a Person) -> Vec<Ruling<'a>> {
    let (links, register) = (&asked.present.links, asked.register);
    let ruling = |one: &'a habeas_model::Carried| {
        let at = links.binary_search_by_key(&one.position, |taken| taken.position).ok()?;
        let other = register.persons.binary_search_by_key(&one.other, |person| person.id).ok();
        let conflicts = register.conflicts.iter();
        Some(Ruling {
            taken: &links[at],
            effect: one.effect,
            other: other.map(|row| &register.persons[row]).filter(|other| other.id != person.id),
            against: conflicts.clone().find(|of| of.same == one.position).map(|of| of.not_same),
            forbids: conflicts.filter(|of| of.not_same == one.position).map(|of| of.same).collect(),
        })
    };
    person.decisions.iter().filter_map(ruling).collect()
}

/// The day of a number of days, where it is one of a calendar.
fn day(number: i32) -> Option<Date> {
    Date::new(1970, 1, 1).ok()?.checked_add(number.days()).ok()
}

fn told<'a>(person: &'a Person, bodies: &Bodies, limit: Date) -> Vec<Told<'a>> {
    let mut all: Vec<Told<'a>> = Vec::new();
    for held in &person.mentions {
        let mention = &held.mention;
        let key = bodies.key_of(&mention.speakers, mention.outlet.as_deref(), mention.span.blob);
        for one in &mention.happened {
            let first = one.when.as_ref().and_then(|when| when.first().or(when.last()));
            if first.is_some_and(|first| limit < first) {
                continue; // Invariant 8.
            }
            all.push(Told {
                predicate: one.predicate,
                when: one.when.as_ref(),
                place: one.place.as_deref(),
                mode: one.mode,
                mention: mention.id,
                claim: mention.claim,
                blob: mention.span.blob,
                at: &mention.span.place,
                origin: bodies.shown(&key).to_owned(),
                modality: mention.modality,
                review: held.review,
                counts: stands(held),
                differs: false,
            });
        }
    }
    let differ: Vec<bool> = all.iter().map(|one| differs(one, &all)).collect();
    all.iter_mut().zip(differ).for_each(|(one, differs)| one.differs = differs);
    let last = |one: &Told<'_>| one.when.and_then(|when| when.last().or(when.first()));
    all.sort_by_key(|one| (last(one).is_none(), last(one), one.mention));
    all
}

/// Whether another origin gives days for the same that share none with these. States may be told
/// of on many days, and somebody may be taken and freed again: only a first arrest and a release
/// that others date otherwise are a difference worth a look.
fn differs(one: &Told<'_>, all: &[Told<'_>]) -> bool {
    let once = |predicate| matches!(predicate, Predicate::Arrested | Predicate::Released);
    let ends = |one: &Told<'_>| Some((one.when?.first()?, one.when?.last()?));
    let Some((first, last)) = ends(one).filter(|_| one.counts && once(one.predicate)) else {
        return false;
    };
    let again = all.iter().any(|other| other.predicate == Predicate::Rearrested);
    let others = all.iter().filter(|other| {
        other.counts && other.predicate == one.predicate && other.origin != one.origin
    });
    !again && others.filter_map(ends).any(|(from, to)| last < from || to < first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::*;
    use habeas_model::Present;

    #[track_caller]
    fn check(said: [&[&str]; 2], on: &str, differing: usize, expected: &[(Custody, &str, &str)]) {
        let mut mentions = vec![mention(1, 1, said[0]), mention(2, 2, said[1])];
        mentions[1].mention.speakers.0[0].name = "Vigilia".to_owned();
        let register = register(vec![person(mentions)]);
        let (present, rule) = (Present::default(), rule("strict-monitor"));
        let asked = at(asked(&present, &register, &rule), on);
        let story = story(&asked, &Index::of(&asked), &register.persons[0]);
        let differ = story.told.iter().filter(|one| one.differs).count();
        assert_eq!(differ, differing, "{said:?}");
        let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
        let spells: Vec<_> =
            story.spells.iter().map(|s| (s.custody, day(s.from), day(s.until))).collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(c, from, until)| (*c, (*from).to_owned(), (*until).to_owned()))
            .collect();
        assert_eq!(spells, expected, "{said:?}");
    }

    #[test]
    fn spells_follow_and_differences_are_told() {
        use Custody::*;
        let taken = ["arrested 2026-01-03"];
        check(
            [&taken, &["released 2026-01-20"]],
            "2026-02-01",
            0,
            &[(Held, "2026-01-03", "2026-01-19"), (AtLiberty, "2026-01-20", "")],
        );
        check([&taken, &["arrested 2026-01"]], "2026-02-01", 0, &[(Held, "2026-01-03", "")]);
        check([&taken, &["arrested 2026-01-05"]], "2026-02-01", 2, &[(Held, "2026-01-03", "")]);
        check([&taken, &["released 2026-01-20"]], "2026-01-10", 0, &[(Held, "2026-01-03", "")]);
    }
}
