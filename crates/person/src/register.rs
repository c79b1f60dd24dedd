//! The register: what the decisions make of the mentions, the same bytes in whatever order they
//! come.
//!
//! # Invariants
//! 1. Each standing mention is in exactly one person.
//! 2. "Not the same" sticks: a "same" that would join such a pair, even through others, is not
//!    followed and is told of (invariant 7 of ARCHITECTURE.md).
//! 3. Each decision is carried by exactly the persons that have one of its mentions, with what came
//!    of it.

use habeas_model::{
    LinkDecision, Mention, MentionId, Nationality, Person, PersonId, Register, Verdict, When,
    memory::present::{Standing, Taken},
    people::{Carried, Conflict, Effect, Warning, register::Held},
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Makes the register.
#[must_use]
pub fn register(mentions: &[Standing<Mention>], links: &[Taken<LinkDecision>]) -> Register {
    let standing: BTreeMap<MentionId, &Standing<Mention>> =
        mentions.iter().filter(|one| one.review.stands()).map(|one| (one.it.id, one)).collect();
    let mut groups = Groups::new(standing.keys().copied());
    let mut decisions: Vec<&Taken<LinkDecision>> = links.iter().collect();
    decisions.sort_by_key(|taken| taken.position);
    for taken in decisions.iter().filter(|taken| taken.it.verdict == Verdict::NotSame) {
        groups.keep_apart(taken.it.left, taken.it.right, taken.position);
    }
    let mut conflicts = Vec::new();
    for taken in decisions.iter().filter(|taken| taken.it.verdict == Verdict::Same) {
        if let Err(not_same) = groups.join(taken.it.left, taken.it.right) {
            conflicts.push(Conflict { same: taken.position, not_same });
        }
    }
    let members = groups.members();
    let mut carried = groups.carried(&decisions, &members);
    let one = |(root, ids): (MentionId, Vec<MentionId>)| Person {
        decisions: carried.remove(&root).unwrap_or_default().into(),
        ..person(held(&ids, &standing))
    };
    let mut persons: Vec<Person> = members.into_iter().map(one).collect();
    persons.sort_by_key(|person| person.id);
    warn_of_shared_numbers(&mut persons);
    Register { persons, conflicts }
}

/// Union-find over mentions (Tarjan 1975), with the pairs of groups that must stay apart.
struct Groups {
    up: HashMap<MentionId, MentionId>,
    size: HashMap<MentionId, usize>,
    apart: HashMap<MentionId, Vec<(MentionId, u64)>>,
}

impl Groups {
    fn new(mentions: impl Iterator<Item = MentionId>) -> Groups {
        let up: HashMap<MentionId, MentionId> = mentions.map(|id| (id, id)).collect();
        let size = up.keys().map(|id| (*id, 1)).collect();
        Groups { up, size, apart: HashMap::new() }
    }

    /// The group of a mention; none if the mention does not stand.
    fn group(&mut self, mention: MentionId) -> Option<MentionId> {
        let mut root = *self.up.get(&mention)?;
        while self.up[&root] != root {
            root = self.up[&root];
        }
        self.up.insert(mention, root);
        Some(root)
    }

    fn keep_apart(&mut self, left: MentionId, right: MentionId, position: u64) {
        self.apart.entry(left).or_default().push((right, position));
        self.apart.entry(right).or_default().push((left, position));
    }

    /// Joins two groups, or tells which "not the same" forbids it (invariant 2).
    fn join(&mut self, left: MentionId, right: MentionId) -> Result<(), u64> {
        let (Some(a), Some(b)) = (self.group(left), self.group(right)) else { return Ok(()) };
        if a == b {
            return Ok(());
        }
        let (small, large) = if self.size[&a] < self.size[&b] { (a, b) } else { (b, a) };
        let forbidden = self.apart.get(&small).cloned().unwrap_or_default();
        for (other, position) in &forbidden {
            if self.group(*other) == Some(large) {
                return Err(*position);
            }
        }
        let backward = self.apart.get(&large).cloned().unwrap_or_default();
        for (other, position) in &backward {
            if self.group(*other) == Some(small) {
                return Err(*position);
            }
        }
        self.up.insert(small, large);
        *self.size.entry(large).or_default() += self.size[&small];
        self.apart.entry(large).or_default().extend(forbidden);
        Ok(())
    }

    /// Mentions by the group that they are in, each group's from the smallest on.
    fn members(&mut self) -> BTreeMap<MentionId, Vec<MentionId>> {
        let mut members: BTreeMap<MentionId, Vec<MentionId>> = BTreeMap::new();
        let mut ids: Vec<MentionId> = self.up.keys().copied().collect();
        ids.sort_unstable();
        for id in ids {
            if let Some(root) = self.group(id) {
                members.entry(root).or_default().push(id); // Invariant 1.
            }
        }
        members
    }

    /// The decisions on the mentions of each group, in their order (invariant 3).
    fn carried(
        &mut self,
        decisions: &[&Taken<LinkDecision>],
        members: &BTreeMap<MentionId, Vec<MentionId>>,
    ) -> HashMap<MentionId, Vec<Carried>> {
        let mut carried: HashMap<MentionId, Vec<Carried>> = HashMap::new();
        for taken in decisions {
            let (left, right) = (self.group(taken.it.left), self.group(taken.it.right));
            let effect = match (left, right, taken.it.verdict) {
                (Some(a), Some(b), verdict) if a == b => match verdict {
                    Verdict::Same => Effect::Followed,
                    Verdict::NotSame | Verdict::Unsure => Effect::Overtaken,
                },
                (Some(_), Some(_), Verdict::Same) => Effect::Contradicted,
                (Some(_), Some(_), Verdict::NotSame | Verdict::Unsure) => Effect::Followed,
                _ => Effect::Unmet,
            };
            let sides = [(left, right), (right, left)];
            let sides = if left == right { &sides[..1] } else { &sides };
            for &(here, there) in sides {
                let Some(here) = here else { continue };
                let other = PersonId::from(members[&there.unwrap_or(here)][0]);
                let one = Carried { position: taken.position, other, effect };
                carried.entry(here).or_default().push(one);
            }
        }
        carried
    }
}

fn held(ids: &[MentionId], standing: &BTreeMap<MentionId, &Standing<Mention>>) -> Vec<Held> {
    let of = |id| {
        let one: &Standing<Mention> = standing[id];
        Held { mention: one.it.clone(), review: one.review }
    };
    ids.iter().map(of).collect()
}

/// The person that two would be if they were joined: it carries no decision, for there is none.
#[must_use]
pub fn as_one(persons: [&Person; 2]) -> Person {
    let mut mentions: Vec<Held> =
        persons.iter().flat_map(|person| person.mentions.iter().cloned()).collect();
    mentions.sort_by_key(|held| held.mention.id);
    person(mentions)
}

/// A person from sorted mentions.
fn person(mentions: Vec<Held>) -> Person {
    let all = || mentions.iter().map(|held| &held.mention);
    let fullest = all().max_by_key(|one| {
        (
            one.name.reveal().split_whitespace().count(),
            one.name.reveal().len(),
            std::cmp::Reverse(one.id),
        )
    });
    let mut nat: Vec<Nationality> = all().flat_map(|one| one.nat.iter().copied()).collect();
    nat.sort_unstable();
    nat.dedup();
    let mut cats: Vec<_> = all().filter_map(|one| one.cat).collect();
    cats.sort_unstable();
    cats.dedup();
    let strictest = all().map(|one| one.disclosure).min();
    Person {
        id: PersonId::from(mentions[0].mention.id),
        name: fullest.expect("a person has a mention").name.clone(),
        born: most(all().filter_map(|one| one.born.as_ref()).map(|when| (when.to_string(), when)))
            .cloned(),
        gender: most(all().filter_map(|one| one.gender).map(|gender| (gender.to_string(), gender))),
        nat,
        cats,
        disclosure: strictest.expect("a person has a mention"),
        warnings: warnings(&mentions),
        decisions: Box::default(),
        mentions,
    }
}

/// The most frequent value, ties by the smaller key.
fn most<T>(values: impl Iterator<Item = (String, T)>) -> Option<T> {
    let mut counted: BTreeMap<String, (usize, T)> = BTreeMap::new();
    for (key, value) in values {
        counted.entry(key).or_insert((0, value)).0 += 1;
    }
    let best = counted.into_values().rev().max_by_key(|(count, _)| *count);
    best.map(|(_, value)| value)
}

fn warnings(mentions: &[Held]) -> Vec<Warning> {
    let distinct = |values: Vec<String>| values.into_iter().collect::<HashSet<_>>().len() > 1;
    let all = || mentions.iter().map(|held| &held.mention);
    let mut warnings = Vec::new();
    if distinct(all().map(digits).filter(|digits| digits.len() > 3).collect()) {
        warnings.push(Warning::NumbersDiffer);
    }
    if distinct(
        all()
            .filter_map(|one| one.born.as_ref().and_then(When::single))
            .map(|day| day.to_string())
            .collect(),
    ) {
        warnings.push(Warning::BirthDiffers);
    }
    let mut lists = HashSet::new();
    if all()
        .filter(|one| one.claim.is_none())
        .any(|one| !lists.insert((one.span.blob, one.span.part.clone())))
    {
        warnings.push(Warning::TwoRowsOfOneList);
    }
    warnings
}

fn digits(mention: &Mention) -> String {
    mention
        .number
        .iter()
        .flat_map(|number| number.reveal().chars())
        .filter(char::is_ascii_digit)
        .collect()
}

fn warn_of_shared_numbers(persons: &mut [Person]) {
    let mut holders: HashMap<String, HashSet<usize>> = HashMap::new();
    for (at, person) in persons.iter().enumerate() {
        for number in person
            .mentions
            .iter()
            .map(|held| digits(&held.mention))
            .filter(|digits| digits.len() > 3)
        {
            holders.entry(number).or_default().insert(at);
        }
    }
    let shared: HashSet<usize> =
        holders.into_values().filter(|persons| persons.len() > 1).flatten().collect();
    for at in shared {
        persons[at].warnings.push(Warning::NumberShared);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use habeas_model::{Digest, Disclosure, Place, Review, sample};
    use proptest::prelude::*;

    pub(crate) fn mention(row: u32) -> Standing<Mention> {
        let mut it = sample::mention(row.into(), "Milo Escandón");
        it.span.blob = Digest::of(&[row as u8 % 3]);
        it.span.place = Place::Cells { sheet: String::new(), row, first: 1, last: 2 };
        it.disclosure = Disclosure::Counted;
        Standing { it, position: 1, known: 0, review: Review::Unreviewed, decided: None }
    }

    pub(crate) fn link(
        position: u64,
        left: u32,
        right: u32,
        verdict: Verdict,
    ) -> Taken<LinkDecision> {
        let id = |n: u32| MentionId::from_bits(u64::from(n));
        let it = LinkDecision {
            left: id(left.min(right)),
            right: id(left.max(right)),
            verdict,
            reason: String::new(),
        };
        Taken { it, position, known: 0, author: "a".to_owned() }
    }

    #[track_caller]
    fn check(links: &[(u32, u32, Verdict)], persons: usize, conflicts: usize) {
        let mentions: Vec<_> = (1..=4).map(mention).collect();
        let links: Vec<_> =
            links.iter().enumerate().map(|(at, (a, b, v))| link(at as u64, *a, *b, *v)).collect();
        let made = register(&mentions, &links);
        assert_eq!((made.persons.len(), made.conflicts.len()), (persons, conflicts), "{links:?}");
    }

    #[test]
    fn decisions_make_persons() {
        use Verdict::{NotSame, Same, Unsure};
        check(&[], 4, 0);
        check(&[(1, 2, Same)], 3, 0);
        check(&[(1, 2, Same), (2, 3, Same)], 2, 0);
        check(&[(1, 2, Unsure)], 4, 0);
        check(&[(1, 2, Same), (2, 3, Same), (1, 3, NotSame)], 3, 1);
        check(&[(1, 3, NotSame), (1, 2, Same), (3, 4, Same), (2, 4, Same)], 2, 1);
    }

    /// What mention 1's person carries of these decisions: entry, smallest mention of the person
    /// on the other side, effect. Mention 4 is refused.
    #[track_caller]
    fn carries(links: &[(u32, u32, Verdict)], expected: &[(u64, u64, Effect)]) {
        let mut mentions: Vec<_> = (1..=4).map(mention).collect();
        mentions[3].review = Review::Refused;
        let links: Vec<_> =
            links.iter().zip(1..).map(|((a, b, v), at)| link(at, *a, *b, *v)).collect();
        let made = register(&mentions, &links);
        let told = |one: &Carried| (one.position, one.other.bits(), one.effect);
        let told: Vec<_> = made.persons[0].decisions.iter().map(told).collect();
        assert_eq!(told, expected, "{links:?}");
    }

    #[test]
    fn a_person_carries_its_decisions() {
        use Effect::{Contradicted, Followed, Overtaken, Unmet};
        use Verdict::{NotSame, Same, Unsure};
        carries(&[], &[]);
        carries(&[(2, 3, Same)], &[]);
        carries(&[(1, 2, Same), (2, 3, Same)], &[(1, 1, Followed), (2, 1, Followed)]);
        carries(&[(1, 2, Same), (2, 3, NotSame)], &[(1, 1, Followed), (2, 3, Followed)]);
        carries(&[(1, 2, Unsure)], &[(1, 2, Followed)]);
        // The chain 1 = 2 = 3 is split at its last link.
        carries(
            &[(1, 3, NotSame), (1, 2, Same), (2, 3, Same)],
            &[(1, 3, Followed), (2, 1, Followed), (3, 3, Contradicted)],
        );
        carries(
            &[(1, 2, Unsure), (1, 3, Same), (2, 3, Same)],
            &[(1, 1, Overtaken), (2, 1, Followed), (3, 1, Followed)],
        );
        carries(&[(1, 4, Same), (2, 4, Same)], &[(1, 1, Unmet)]);
    }

    proptest! {
        /// Invariant 3, over all that people can say of six mentions, one of them refused.
        #[test]
        fn each_decision_is_carried_by_whom_it_is_about(
            said in proptest::collection::vec((1..7_u32, 1..7_u32, 0..3_usize), 0..12),
            refused in 0..6_usize,
        ) {
            let mut mentions: Vec<_> = (1..7).map(mention).collect();
            mentions[refused].review = Review::Refused;
            let links: Vec<_> = (1..)
                .zip(said.iter().filter(|(a, b, _)| a != b))
                .map(|(at, (a, b, v))| link(at, *a, *b, Verdict::ALL[*v]))
                .collect();
            let made = register(&mentions, &links);
            let carrying = |at: u64| {
                made.persons.iter().filter_map(move |person| {
                    let of = person.decisions.iter().filter(|one| one.position == at);
                    let of: Vec<&Carried> = of.collect();
                    (!of.is_empty()).then_some((person, of))
                })
            };
            for taken in &links {
                let of = [taken.it.left, taken.it.right];
                let has = |person: &&Person, id| person.mentions.iter().any(|h| h.mention.id == id);
                let about = made.persons.iter().filter(|p| of.iter().any(|id| has(p, *id)));
                let about: Vec<PersonId> = about.map(|person| person.id).collect();
                let found: Vec<PersonId> = carrying(taken.position).map(|(p, _)| p.id).collect();
                prop_assert_eq!(&found, &about); // Of all persons, exactly these,
                for (person, carried) in carrying(taken.position) {
                    prop_assert_eq!(carried.len(), 1); // and each once.
                    let one = about.len() == 1;
                    let stand = of.iter().filter(|id| made.persons.iter().any(|p| has(&p, **id)));
                    let expected = match (stand.count(), taken.it.verdict) {
                        (1, _) => Effect::Unmet,
                        (_, Verdict::Same) if !one => Effect::Contradicted,
                        (_, verdict) if one && verdict != Verdict::Same => Effect::Overtaken,
                        _ => Effect::Followed,
                    };
                    prop_assert_eq!(carried[0].effect, expected);
                    let told = made.conflicts.iter().any(|one| one.same == taken.position);
                    prop_assert_eq!(told, expected == Effect::Contradicted);
                    let other = about.iter().copied().find(|id| *id != person.id);
                    prop_assert_eq!(carried[0].other, other.unwrap_or(person.id));
                    // "Not the same" sticks: it is never overtaken.
                    let parts = taken.it.verdict == Verdict::NotSame;
                    prop_assert!(!parts || expected != Effect::Overtaken);
                }
            }
            let positions = |p: &Person| p.decisions.iter().map(|d| d.position).collect::<Vec<_>>();
            prop_assert!(made.persons.iter().all(|p| positions(p).is_sorted()));
            let last = links.len() as u64;
            prop_assert!(made.persons.iter().all(|p| positions(p).iter().all(|at| *at <= last)));
        }

        /// Invariants 1 and 2, and the same bytes in whatever order the mentions come.
        #[test]
        fn laws_of_the_register(
            pairs in proptest::collection::vec((1..12_u32, 1..12_u32, any::<bool>()), 0..20),
            seed in any::<u64>(),
        ) {
            let mut mentions: Vec<_> = (1..12).map(mention).collect();
            let links: Vec<_> = pairs
                .iter()
                .filter(|(a, b, _)| a != b)
                .enumerate()
                .map(|(at, (a, b, same))| link(at as u64, *a, *b, if *same { Verdict::Same } else { Verdict::NotSame }))
                .collect();
            let made = register(&mentions, &links);
            let mut seen: Vec<_> = made.persons.iter().flat_map(|p| p.mentions.iter().map(|h| h.mention.id)).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (1..12).map(MentionId::from_bits).collect::<Vec<_>>());
            for taken in links.iter().filter(|taken| taken.it.verdict == Verdict::NotSame) {
                let together = |p: &Person| [taken.it.left, taken.it.right].iter().all(|id| p.mentions.iter().any(|h| h.mention.id == *id));
                prop_assert!(!made.persons.iter().any(together));
            }
            mentions.sort_by_key(|one| one.it.id.bits().wrapping_mul(seed | 1));
            let again = register(&mentions, &links);
            prop_assert_eq!(serde_json::to_vec(&made).unwrap(), serde_json::to_vec(&again).unwrap());
        }
    }
}
