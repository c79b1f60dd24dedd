//! Why one answer became another, to the last person: the parts add up exactly (invariant 9).
//!
//! The way from one answer to the other is walked in three steps, each with one thing changed:
//! first what is known
//! (the register), then the day, then the rule. Each step's difference is told by its cause; the
//! steps join, so
//! their sum is the whole difference.

use super::{
    index::{Index, Told},
    timeline::days,
};
use crate::{Asked, board::count};
use habeas_model::{MentionId, PersonId, Unit, words};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

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
    /// What its totals count.
    pub unit: Unit,
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
    let (first, last) = (before.last_day(), after.last_day());
    let known = std::ptr::eq(before.register, after.register)
        && std::ptr::eq(before.present, after.present);
    let ruled = before.rule == after.rule;
    // Each index sees as far as the later of the two days, so that one can answer for both.
    let limit = Some(first.max(last));
    let index = |of: &Asked<'_>, rule| Index::of(&Asked { rule, true_at: limit, ..*of });
    let old = index(before, before.rule);
    let learned = (!known).then(|| index(after, before.rule));
    let learned = learned.as_ref().unwrap_or(&old);
    let new = (!ruled).then(|| index(after, after.rule));
    let new = new.as_ref().unwrap_or(learned);
    let mut found = Way { old: &old, learned, new }.walk(first, last);
    (found.from.true_at, found.to.true_at) = (before.true_at, after.true_at);
    found
}

impl Index {
    /// The change between two days, with what is known and the rule as they are.
    #[must_use]
    pub fn change(&self, from: Date, to: Date) -> Change {
        Way { old: self, learned: self, new: self }.walk(from, to)
    }

    fn side(&self, day: Date) -> Side {
        let (rule, unit) = (self.rule.name.clone(), self.rule.unit);
        Side { position: self.position, true_at: Some(day), rule, unit }
    }

    /// How many of the unit each class comes to on a day: held, and released by then.
    fn step(&self, day: i32) -> Step {
        let held = self.held.at(day);
        let of = |class: u32| {
            let rows = self.classes.rows(&class);
            let inside = rows.iter().any(|row| held.has(*row));
            let out = rows.iter().map(|row| self.exits_by(*row, day)).max().unwrap_or(0);
            let out = if self.rule.unit == Unit::Case { out.min(1) } else { out };
            (u32::from(inside), out)
        };
        let (held, released) = (0..self.classes.numbered()).map(of).unzip();
        Step { held, released }
    }

    /// The persons of some classes, each once.
    fn persons_of(&self, classes: &[u32]) -> Vec<PersonId> {
        let rows = classes.iter().flat_map(|class| self.classes.rows(class));
        rows.map(|row| self.ids[*row as usize]).collect()
    }
}

/// From what was known to what is known, from day to day, from rule to rule.
struct Way<'i> {
    /// Known then, under the rule of then.
    old: &'i Index,
    /// Known now, under the rule of then.
    learned: &'i Index,
    /// Known now, under the rule of now.
    new: &'i Index,
}

/// Figures of each class; classes that count for nothing have none.
struct Step {
    held: Vec<u32>,
    released: Vec<u32>,
}

impl Way<'_> {
    fn walk(&self, from: Date, to: Date) -> Change {
        let (first, last) = (days(from), days(to));
        let steps = [
            self.old.step(first),
            self.learned.step(first),
            self.learned.step(last),
            self.new.step(last),
        ];
        let joined = (!std::ptr::eq(self.old, self.learned)).then(|| Joined::of(self));
        let shift = |which: fn(&Step) -> &[u32]| {
            let [s0, s1, s2, s3] = [0, 1, 2, 3].map(|step: usize| which(&steps[step]));
            let mut parts =
                joined.as_ref().map_or_else(Vec::new, |joined| joined.explain(self, s0, s1));
            parts.extend(moved(Cause::NewlyHappened, self.learned, s1, s2));
            parts.extend(self.ruled(s2, s3));
            Shift { before: s0.iter().sum(), after: s3.iter().sum(), parts }
        };
        Change {
            from: self.old.side(from),
            to: self.new.side(to),
            held: shift(|step| &step.held),
            released: shift(|step| &step.released),
        }
    }

    /// What the rule changed. Two units make different classes of the same persons: then each is
    /// told by person.
    fn ruled(&self, before: &[u32], after: &[u32]) -> Vec<ChangePart> {
        let (learned, new) = (self.learned, self.new);
        if learned.classes.of == new.classes.of {
            return moved(Cause::RuleChanged, new, before, after);
        }
        let persons = |index: &Index, counts: &[u32]| -> Vec<PersonId> {
            let counted = (0..).zip(counts).filter(|(_, n)| **n > 0).map(|(class, _)| class);
            index.persons_of(&counted.collect::<Vec<_>>())
        };
        let part = |sign: i64, index: &Index, counts: &[u32]| ChangePart {
            cause: Cause::RuleChanged,
            by: sign * counts.iter().map(|n| i64::from(*n)).sum::<i64>(),
            persons: persons(index, counts),
        };
        let parts = [part(1, new, after), part(-1, learned, before)];
        parts.into_iter().filter(|part| part.by != 0).collect()
    }
}

/// What came in and what went out, for one cause, over one register.
fn moved(cause: Cause, index: &Index, before: &[u32], after: &[u32]) -> Vec<ChangePart> {
    let part = |sign: i64| {
        let gain = |class: usize| {
            let of = |counts: &[u32]| i64::from(counts.get(class).copied().unwrap_or(0));
            (sign * (of(after) - of(before))).max(0)
        };
        let classes = 0..before.len().max(after.len());
        let (mut by, mut gained) = (0, Vec::new());
        for class in classes {
            let more = gain(class);
            if more > 0 {
                by += sign * more;
                gained.push(count(class));
            }
        }
        ChangePart { cause, by, persons: index.persons_of(&gained) }
    };
    [part(1), part(-1)].into_iter().filter(|part| part.by != 0).collect()
}

/// Two registers, joined by the mentions that they share.
struct Joined {
    /// The group of each class, earlier ones first, then later ones.
    group: Vec<usize>,
    /// How many classes the earlier one has.
    earlier: usize,
}

/// What one group comes to in the two registers.
#[derive(Default)]
struct Group {
    before: Vec<u32>,
    after: Vec<u32>,
}

impl Joined {
    fn of(way: &Way<'_>) -> Joined {
        let earlier = way.old.classes.count;
        let mut joined: Vec<usize> = (0..earlier + way.learned.classes.count).collect();
        let (old, new) = (mentions(way.old), mentions(way.learned));
        let (mut a, mut b) = (old.iter().peekable(), new.iter().peekable());
        while let (Some((x, class)), Some((y, other))) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => _ = a.next(),
                std::cmp::Ordering::Greater => _ = b.next(),
                std::cmp::Ordering::Equal => {
                    let (one, two) = (*class as usize, earlier + *other as usize);
                    let (one, two) = (root(&mut joined, one), root(&mut joined, two));
                    joined[one.max(two)] = one.min(two);
                    b.next(); // Several of one side may bear one mention: the other side waits.
                }
            }
        }
        let group = (0..joined.len()).map(|class| root(&mut joined, class)).collect();
        Joined { group, earlier }
    }

    /// The difference of two registers on one day, group by group; only groups that differ are
    /// looked into.
    fn explain(&self, way: &Way<'_>, before: &[u32], after: &[u32]) -> Vec<ChangePart> {
        let mut deltas = vec![0_i64; self.group.len()];
        let sides = [(0, before, -1), (self.earlier, after, 1)];
        for (offset, counts, sign) in sides {
            for (class, n) in counts.iter().enumerate() {
                deltas[self.group[offset + class]] += sign * i64::from(*n);
            }
        }
        let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
        for (class, group) in self.group.iter().enumerate().filter(|(_, g)| deltas[**g] != 0) {
            let group = groups.entry(*group).or_default();
            match class.checked_sub(self.earlier) {
                None => group.before.push(count(class)),
                Some(class) => group.after.push(count(class)),
            }
        }
        let mut parts: BTreeMap<(Cause, bool), ChangePart> = BTreeMap::new();
        for (root, group) in groups {
            let delta = deltas[root];
            let counted = |classes: &[u32], counts: &[u32]| -> Vec<u32> {
                let counts = |class: &&u32| counts.get(**class as usize).is_some_and(|n| *n > 0);
                classes.iter().filter(counts).copied().collect()
            };
            let persons = match delta > 0 {
                true => way.learned.persons_of(&counted(&group.after, after)),
                false => way.old.persons_of(&counted(&group.before, before)),
            };
            for (cause, by) in group.causes(way, delta) {
                let none = ChangePart { cause, by: 0, persons: Vec::new() };
                let part = parts.entry((cause, by > 0)).or_insert(none);
                part.by += by;
                part.persons.extend(&persons);
            }
        }
        parts.into_values().collect()
    }
}

/// Each mention with the class of its person, in the order of mentions.
fn mentions(index: &Index) -> Vec<(MentionId, u32)> {
    let rows = 0..count(index.ids.len());
    let of = |row: u32| {
        let class = index.classes.of[row as usize];
        index.told.of(row).iter().map(move |told| (told.mention, class))
    };
    let mut all: Vec<(MentionId, u32)> = rows.flat_map(of).collect();
    all.sort_unstable();
    all
}

impl Group {
    /// The causes of a difference within a group; they sum to it.
    fn causes(&self, way: &Way<'_>, delta: i64) -> Vec<(Cause, i64)> {
        let rows = |index: &Index, classes: &[u32]| -> i64 {
            classes.iter().map(|class| index.classes.rows(class).len() as i64).sum()
        };
        let persons = rows(way.learned, &self.after) - rows(way.old, &self.before);
        let shape = match persons.signum() {
            _ if self.before.is_empty() || self.after.is_empty() => 0,
            -1 => delta.clamp(persons, 0),
            1 => delta.clamp(0, persons),
            _ => 0,
        };
        let cause = if persons < 0 { Cause::Merged } else { Cause::Split };
        let rest = [(cause, shape), (self.otherwise(way), delta - shape)];
        rest.into_iter().filter(|(_, by)| *by != 0).collect()
    }

    /// Why, apart from merging and splitting.
    fn otherwise(&self, way: &Way<'_>) -> Cause {
        let told = |index: &Index, classes: &[u32]| -> BTreeMap<MentionId, u64> {
            let rows = classes.iter().flat_map(|class| index.classes.rows(class));
            let told = rows.flat_map(|row| index.told.of(*row)).filter(|told| told.stands);
            told.map(|&Told { mention, says, .. }| (mention, says)).collect()
        };
        let (was, is) = (told(way.old, &self.before), told(way.learned, &self.after));
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
    use crate::{By, Rule, tally};
    use habeas_model::{Person, Present, Review};
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

    proptest! {
        #[test]
        fn the_parts_add_up(
            old in registers(),
            new in registers(),
            days in (1..28i8, 1..28i8),
            rules in (0..3usize, 0..3usize),
            units in (0..3usize, 0..3usize),
        ) {
            let present = Present::default();
            let day = |day| Some(jiff::civil::date(2026, 1, day));
            let counted = |rule: usize, unit: usize| {
                let mut rule = Rule::shipped().remove(rule);
                rule.unit = [Unit::Person, Unit::Detention, Unit::Case][unit];
                rule.case_column = (unit == 2).then(|| "Expediente".to_owned());
                rule
            };
            let (first, second) = (counted(rules.0, units.0), counted(rules.1, units.1));
            let present = &present;
            let ask = |register, rule, true_at| Asked { present, register, rule, true_at };
            let before = ask(&old, &first, day(days.0));
            let after = ask(&new, &second, day(days.1));
            let change = change(&before, &after);
            let totals = [&before, &after].map(|asked| tally(asked, By::Sex).total);
            let shifts = [
                (&change.held, totals.each_ref().map(|total| total.held.count)),
                (&change.released, totals.each_ref().map(|total| total.released.count)),
            ];
            for (shift, totals) in shifts {
                let sum: i64 = shift.parts.iter().map(|part| part.by).sum();
                prop_assert_eq!([shift.before, shift.after], totals);
                prop_assert_eq!(i64::from(shift.before) + sum, i64::from(shift.after));
                for part in &shift.parts {
                    prop_assert!(!part.persons.is_empty() && part.by != 0);
                    if units == (0, 0) {
                        prop_assert!(part.persons.len() as i64 >= part.by.abs());
                    }
                }
            }
        }

        #[test]
        fn a_way_back_undoes_the_way(register in registers(), days in (1..28i8, 1..28i8)) {
            let (present, rule) = (Present::default(), rule("official-count"));
            let index = Index::of(&asked(&present, &register, &rule));
            let day = |day| jiff::civil::date(2026, 1, day);
            let (there, back) =
                (index.change(day(days.0), day(days.1)), index.change(day(days.1), day(days.0)));
            let turned = |shift: &Shift| {
                let mut parts: Vec<_> =
                    shift.parts.iter().map(|part| (-part.by, part.persons.clone())).collect();
                parts.sort();
                parts
            };
            let straight = |shift: &Shift| {
                let mut parts: Vec<_> =
                    shift.parts.iter().map(|part| (part.by, part.persons.clone())).collect();
                parts.sort();
                parts
            };
            prop_assert_eq!(turned(&there.held), straight(&back.held));
            prop_assert_eq!(turned(&there.released), straight(&back.released));
        }
    }
}
