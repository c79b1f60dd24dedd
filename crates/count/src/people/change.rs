//! Why one answer became another, to the last person: the parts add up exactly (invariant 9).
//!
//! The way from one answer to the other is walked in three steps, each with one thing changed:
//! first what is known
//! (the register), then the day, then the rule. Each step's difference is told by its cause; the
//! steps join, so
//! their sum is the whole difference.

use super::history::{histories, stands};
use crate::{Asked, Rule, board::count};
use habeas_model::{MentionId, Person, PersonId, words};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

words! {
    /// Why a person is in one answer and not in the other.
    Cause {
        /// It happened between the two days.
        NewlyHappened = "newly_happened",
        /// It had happened by the first day, and was not known.
        LearnedLate = "learned_late",
        /// What a source said was read again or edited.
        Corrected = "corrected",
        /// Two persons turned out to be one.
        Merged = "merged",
        /// One person turned out to be two.
        Split = "split",
        /// A source withdrew it, or a reviewer refused it.
        Withdrawn = "withdrawn",
        /// The rule counts differently.
        RuleChanged = "rule_changed",
    }
}

/// A part of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangePart {
    /// Why.
    pub cause: Cause,
    /// By how many, more or fewer.
    pub by: i64,
    /// The persons concerned: of the later answer where it grew, of the earlier where it fell.
    pub persons: Vec<PersonId>,
}

/// How one total moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shift {
    /// The earlier total.
    pub before: u32,
    /// The later total.
    pub after: u32,
    /// The parts; their sum is `after` less `before`.
    pub parts: Vec<ChangePart>,
}

/// One side of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The known-by position.
    pub position: u64,
    /// The day.
    pub true_at: Option<Date>,
    /// The rule's name.
    pub rule: String,
}

/// The change between two answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The earlier question.
    pub from: Side,
    /// The later question.
    pub to: Side,
    /// Those held.
    pub held: Shift,
    /// Those released, since ever.
    pub released: Shift,
}

/// The change from one answer to the other.
#[must_use]
pub fn change(before: &Asked<'_>, after: &Asked<'_>) -> Change {
    let steps = [
        Asked { true_at: Some(before.last_day()), ..*before },
        Asked { true_at: Some(before.last_day()), rule: before.rule, ..*after },
        Asked { true_at: Some(after.last_day()), rule: before.rule, ..*after },
        Asked { true_at: Some(after.last_day()), ..*after },
    ];
    let counted = steps.map(|step| sets(&step));
    let known = Known::of(before, after);
    let shift = |which: fn(&Sets) -> &BTreeSet<PersonId>| {
        let [s0, s1, s2, s3] = [0, 1, 2, 3].map(|step: usize| which(&counted[step]));
        let mut parts = known.explain(s0, s1);
        parts.extend(moved(Cause::NewlyHappened, s1, s2));
        parts.extend(moved(Cause::RuleChanged, s2, s3));
        Shift { before: count(s0.len()), after: count(s3.len()), parts }
    };
    Change {
        from: side(before),
        to: side(after),
        held: shift(|sets| &sets.held),
        released: shift(|sets| &sets.released),
    }
}

fn side(asked: &Asked<'_>) -> Side {
    let Asked { present, rule, true_at, .. } = asked;
    Side { position: present.position, true_at: *true_at, rule: rule.name.clone() }
}

struct Sets {
    held: BTreeSet<PersonId>,
    released: BTreeSet<PersonId>,
}

fn sets(asked: &Asked<'_>) -> Sets {
    let (day, rule): (Date, &Rule) = (asked.last_day(), asked.rule);
    let histories = histories(asked);
    let held = histories.iter().filter(|h| h.held(day, rule).is_some());
    let released = histories.iter().filter(|h| h.released(Date::MIN, day, rule).is_some());
    Sets {
        held: held.map(|h| h.person.id).collect(),
        released: released.map(|h| h.person.id).collect(),
    }
}

/// Those who came in and those who went out, for one cause, over one register.
fn moved(cause: Cause, before: &BTreeSet<PersonId>, after: &BTreeSet<PersonId>) -> Vec<ChangePart> {
    let part = |sign: i64, persons: Vec<PersonId>| ChangePart {
        cause,
        by: sign * i64::from(count(persons.len())),
        persons,
    };
    let parts = [
        part(1, after.difference(before).copied().collect()),
        part(-1, before.difference(after).copied().collect()),
    ];
    parts.into_iter().filter(|part| part.by != 0).collect()
}

/// Two registers, joined by the mentions that they share.
struct Known<'a> {
    /// Groups of persons, earlier and later, that share mentions.
    groups: Vec<Group<'a>>,
}

#[derive(Default)]
struct Group<'a> {
    before: Vec<&'a Person>,
    after: Vec<&'a Person>,
}

impl<'a> Known<'a> {
    fn of(before: &Asked<'a>, after: &Asked<'a>) -> Known<'a> {
        let (old, new) = (&before.register.persons, &after.register.persons);
        let mut joined: Vec<usize> = (0..old.len() + new.len()).collect();
        let mut first: HashMap<MentionId, usize> = HashMap::new();
        for (index, person) in old.iter().chain(new).enumerate() {
            for held in &person.mentions {
                let other = *first.entry(held.mention.id).or_insert(index);
                let (a, b) = (root(&mut joined, index), root(&mut joined, other));
                joined[a.max(b)] = a.min(b);
            }
        }
        let mut groups: BTreeMap<usize, Group<'a>> = BTreeMap::new();
        for (index, person) in old.iter().chain(new).enumerate() {
            let group = groups.entry(root(&mut joined, index)).or_default();
            if index < old.len() { group.before.push(person) } else { group.after.push(person) }
        }
        Known { groups: groups.into_values().collect() }
    }

    fn explain(&self, before: &BTreeSet<PersonId>, after: &BTreeSet<PersonId>) -> Vec<ChangePart> {
        let mut parts: BTreeMap<(Cause, bool), ChangePart> = BTreeMap::new();
        for group in &self.groups {
            let counted = |persons: &[&Person], set: &BTreeSet<PersonId>| -> Vec<PersonId> {
                persons.iter().map(|person| person.id).filter(|id| set.contains(id)).collect()
            };
            let (was, is) = (counted(&group.before, before), counted(&group.after, after));
            let delta = i64::from(count(is.len())) - i64::from(count(was.len()));
            let whose = if delta > 0 { is } else { was };
            for (cause, by) in group.causes(delta) {
                let part = parts.entry((cause, by > 0)).or_insert(ChangePart {
                    cause,
                    by: 0,
                    persons: Vec::new(),
                });
                part.by += by;
                part.persons.extend(&whose);
            }
        }
        parts.into_values().collect()
    }
}

impl Group<'_> {
    /// The causes of a difference within a group; they sum to it.
    fn causes(&self, delta: i64) -> Vec<(Cause, i64)> {
        let persons = i64::from(count(self.after.len())) - i64::from(count(self.before.len()));
        let shape = match persons.signum() {
            _ if self.before.is_empty() || self.after.is_empty() => 0,
            -1 => delta.clamp(persons, 0),
            1 => delta.clamp(0, persons),
            _ => 0,
        };
        let cause = if persons < 0 { Cause::Merged } else { Cause::Split };
        let rest = [(cause, shape), (self.otherwise(), delta - shape)];
        rest.into_iter().filter(|(_, by)| *by != 0).collect()
    }

    /// Why, apart from merging and splitting.
    fn otherwise(&self) -> Cause {
        let told = |persons: &[&Person]| -> BTreeMap<MentionId, String> {
            let standing = persons.iter().flat_map(|p| &p.mentions).filter(|held| stands(held));
            standing.map(|held| (held.mention.id, format!("{:?}", held.mention.happened))).collect()
        };
        let (was, is) = (told(&self.before), told(&self.after));
        if was.keys().any(|id| !is.contains_key(id)) {
            Cause::Withdrawn
        } else if is.iter().any(|(id, said)| was.get(id).is_some_and(|before| before != said)) {
            Cause::Corrected
        } else if is.keys().any(|id| !was.contains_key(id)) {
            Cause::LearnedLate
        } else {
            Cause::Corrected
        }
    }
}

fn root(joined: &mut [usize], mut index: usize) -> usize {
    while joined[index] != index {
        joined[index] = joined[joined[index]];
        index = joined[index];
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::*;
    use habeas_model::{Present, Register, Review};
    use proptest::prelude::*;

    const BEFORE: &str = "2026-01-10";
    const AFTER: &str = "2026-01-20";

    #[track_caller]
    fn check(before: Vec<Person>, after: Vec<Person>, days: [&str; 2], expected: &[(Cause, i64)]) {
        let (present, rule) = (present([]), rule("official-count"));
        let (old, new) = (register(before), register(after));
        let change = change(
            &at(asked(&present, &old, &rule), days[0]),
            &at(asked(&present, &new, &rule), days[1]),
        );
        let parts: Vec<_> =
            change.released.parts.iter().map(|part| (part.cause, part.by)).collect();
        assert_eq!(parts, expected);
    }

    #[test]
    fn each_cause_is_told() {
        use Cause::*;
        let freed = |id| mention(id, 1, &["released 2026-01-05"]);
        let one = || vec![person(vec![freed(1)])];
        let two = || vec![person(vec![freed(1)]), person(vec![freed(2)])];
        let both = || vec![person(vec![freed(1), freed(2)])];
        let later = || vec![somebody(1, &["released 2026-01-15"])];
        let held = || vec![somebody(1, &["held 2026-01-05"])];
        let refused = || {
            let mut people = one();
            people[0].mentions[0].review = Review::Refused;
            people
        };
        check(one(), one(), [BEFORE, AFTER], &[]);
        check(one(), two(), [BEFORE, AFTER], &[(LearnedLate, 1)]);
        check(two(), both(), [BEFORE, AFTER], &[(Merged, -1)]);
        check(both(), two(), [BEFORE, AFTER], &[(Split, 1)]);
        check(one(), refused(), [BEFORE, AFTER], &[(Withdrawn, -1)]);
        check(held(), one(), [BEFORE, AFTER], &[(Corrected, 1)]);
        check(later(), later(), [BEFORE, AFTER], &[(NewlyHappened, 1)]);
    }

    #[test]
    fn a_rule_changes_totals_too() {
        let (present, register) =
            (present([]), register(vec![somebody(1, &["house_arrest 2026-01-05"])]));
        let (strict, official) = (rule("strict-monitor"), rule("official-count"));
        let change =
            change(&asked(&present, &register, &strict), &asked(&present, &register, &official));
        let by = |shift: &Shift| {
            shift.parts.iter().map(|part| (part.cause, part.by)).collect::<Vec<_>>()
        };
        assert_eq!(by(&change.held), [(Cause::RuleChanged, -1)]);
        assert_eq!(by(&change.released), [(Cause::RuleChanged, 1)]);
    }

    /// Mentions 1..=12, each with a kind, a day, a review and the group it belongs to.
    fn registers() -> impl Strategy<Value = Register> {
        let one = (0..4usize, 1..28u8, 0..3usize, 0..6u64, any::<bool>());
        proptest::collection::vec(one, 12).prop_map(|mentions| {
            let mut groups: BTreeMap<u64, Vec<_>> = BTreeMap::new();
            for (id, (kind, day, review, group, _)) in (1..).zip(mentions).filter(|(_, m)| m.4) {
                let what = ["held", "released", "house_arrest", "arrested"][kind];
                let mut held = mention(id, 1, &[&format!("{what} 2026-01-{day:02}")]);
                held.review = [Review::Unreviewed, Review::Accepted, Review::Refused][review];
                groups.entry(group).or_default().push(held);
            }
            register(groups.into_values().map(person).collect())
        })
    }

    proptest! {
        #[test]
        fn the_parts_add_up(
            old in registers(),
            new in registers(),
            days in (1..28i8, 1..28i8),
            rules in (0..3usize, 0..3usize),
        ) {
            let (present, shipped) = (Present::default(), Rule::shipped());
            let day = |day| Some(jiff::civil::date(2026, 1, day));
            let before = Asked { present: &present, register: &old, rule: &shipped[rules.0], true_at: day(days.0) };
            let after = Asked { present: &present, register: &new, rule: &shipped[rules.1], true_at: day(days.1) };
            let change = change(&before, &after);
            for shift in [&change.held, &change.released] {
                let sum: i64 = shift.parts.iter().map(|part| part.by).sum();
                prop_assert_eq!(i64::from(shift.before) + sum, i64::from(shift.after));
                for part in &shift.parts {
                    prop_assert!(i64::try_from(part.persons.len()).unwrap() >= part.by.abs());
                }
            }
        }
    }
}
