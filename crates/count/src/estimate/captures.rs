//! The lists of a case as capture histories: who of the register stands on which reviewed list.
//!
//! # Invariants
//! 1. A list is an origin: two versions of one body's list are one list (invariant 5 of
//!    ARCHITECTURE.md), and lists that copy one another are merged by a decision that is told.
//! 2. Only what a reviewer accepted counts; what nobody looked at is a refusal, not a zero.

use super::{
    Table,
    answer::{Refusal, Why},
    chance::Stream,
};
use crate::{Asked, By, Index, people::timeline::days};
use habeas_model::{Mention, MentionId, Person, PersonId, Review};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// When somebody must have been detained to be of the population.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum During {
    /// Held on this day.
    Day(Date),
    /// Detained at any time between these days, both included.
    Window(Date, Date),
}

/// One person on the lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caught {
    /// Who.
    pub person: PersonId,
    /// Their mentions.
    pub mentions: Vec<MentionId>,
    /// Bit `i`: on list `i`.
    pub history: u64,
    /// Their value of the stratum, if strata were asked for.
    pub stratum: String,
}

/// A pair of mentions that may be one person, with the chance that it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Undecided {
    /// One mention.
    pub left: MentionId,
    /// The other.
    pub right: MentionId,
    /// The chance that they are one person.
    pub p: f64,
}

/// The lists of a case with the people on them.
#[derive(Clone, Debug, PartialEq)]
pub struct Captures {
    /// Names of the lists: origins, merged ones joined by `+`.
    pub lists: Vec<String>,
    /// The people.
    pub people: Vec<Caught>,
    /// Rows of these lists that nobody has reviewed.
    pub unreviewed: usize,
    /// Lists of which nobody has reviewed a row: they are not used.
    pub unused: Vec<String>,
}

impl Captures {
    /// The captures of a case. `merges`: pairs of lists that are one; `by`: strata.
    #[must_use]
    pub fn of(
        asked: &Asked<'_>,
        during: During,
        merges: &[(String, String)],
        by: Option<By>,
    ) -> Captures {
        let (seen, waiting) = rows(asked);
        let named = merged(seen.keys().copied(), merges);
        let lists: Vec<String> =
            named.values().cloned().collect::<BTreeSet<_>>().into_iter().collect();
        let at = |origin: &str| {
            let name = named.get(origin)?;
            lists.iter().position(|list| list == name)
        };
        let day = match during {
            During::Day(day) | During::Window(_, day) => day,
        };
        let index = Index::of(asked);
        let caught = |(row, person): (u32, &Person)| {
            let mentions = person.mentions.iter().filter(|held| reviewed(held.review));
            let rows = mentions.map(|held| &held.mention).filter(|one| one.claim.is_none());
            let rows: Vec<&Mention> = rows.collect();
            let on =
                rows.iter().filter_map(|one| at(one.origin())).fold(0, |set, at| set | 1 << at);
            let stratum = by.map_or_else(String::new, |by| value(&index, by, row, days(day)));
            let mentions = person.mentions.iter().map(|held| held.mention.id).collect();
            Caught { person: person.id, mentions, history: on, stratum }
        };
        let all = (0..).zip(&asked.register.persons);
        let of_population = all.filter(|(row, _)| detained(&index, *row, during));
        let people = of_population.map(caught).filter(|one| one.history != 0).collect();
        let unused = waiting.keys().filter(|origin| !seen.contains_key(*origin));
        Captures {
            people,
            unreviewed: waiting.iter().filter(|(o, _)| seen.contains_key(*o)).map(|(_, n)| n).sum(),
            unused: unused.map(|origin| (*origin).to_owned()).collect(),
            lists,
        }
    }

    /// Gate 1: every row of these lists reviewed, every pair decided.
    #[must_use]
    pub fn refusal(&self, undecided: &[Undecided]) -> Option<Refusal> {
        if self.unreviewed > 0 {
            return Some(Refusal::new(Why::NotReviewed, [("n", self.unreviewed.to_string())]));
        }
        let open = self.open(undecided).len();
        (open > 0).then(|| Refusal::new(Why::LinksOpen, [("n", open.to_string())]))
    }

    /// The undecided pairs whose two mentions are both on these lists.
    #[must_use]
    pub fn open(&self, undecided: &[Undecided]) -> Vec<Undecided> {
        let here: BTreeSet<MentionId> =
            self.people.iter().flat_map(|one| one.mentions.iter().copied()).collect();
        let both = |pair: &&Undecided| here.contains(&pair.left) && here.contains(&pair.right);
        undecided.iter().filter(both).copied().collect()
    }

    /// The table of everybody.
    #[must_use]
    pub fn table(&self) -> Table {
        Table::new(self.lists.clone(), self.people.iter().map(|one| (one.history, 1)))
    }

    /// The tables by stratum; not known last.
    #[must_use]
    pub fn strata(&self) -> Vec<(String, Table)> {
        let mut people: BTreeMap<(bool, &str), Vec<(u64, u64)>> = BTreeMap::new();
        for one in &self.people {
            let key = (one.stratum.is_empty(), one.stratum.as_str());
            people.entry(key).or_default().push((one.history, 1));
        }
        let table = |((_, name), cells): ((bool, &str), Vec<(u64, u64)>)| {
            (name.to_owned(), Table::new(self.lists.clone(), cells))
        };
        people.into_iter().map(table).collect()
    }

    /// The table with the undecided pairs drawn: each is one person with its chance. Draw `number`
    /// of `seed`.
    #[must_use]
    pub fn drawn(&self, undecided: &[Undecided], seed: u64, number: u64) -> Table {
        let mut stream = Stream::new(seed ^ 0x6c69_6e6b, number);
        let mut up: Vec<usize> = (0..self.people.len()).collect();
        let of: HashMap<MentionId, usize> = self
            .people
            .iter()
            .enumerate()
            .flat_map(|(at, one)| one.mentions.iter().map(move |mention| (*mention, at)))
            .collect();
        for pair in undecided {
            let same = stream.uniform() < pair.p;
            if let (true, Some(&a), Some(&b)) = (same, of.get(&pair.left), of.get(&pair.right)) {
                let (a, b) = (root(&up, a), root(&up, b));
                up[a.max(b)] = a.min(b);
            }
        }
        let mut histories: BTreeMap<usize, u64> = BTreeMap::new();
        for (at, one) in self.people.iter().enumerate() {
            *histories.entry(root(&up, at)).or_default() |= one.history;
        }
        Table::new(self.lists.clone(), histories.into_values().map(|history| (history, 1)))
    }
}

fn root(up: &[usize], mut at: usize) -> usize {
    while up[at] != at {
        at = up[at];
    }
    at
}

fn reviewed(review: Review) -> bool {
    matches!(review, Review::Accepted | Review::Edited)
}

/// Rows of lists by their origin: how many are reviewed, how many wait.
fn rows<'a>(asked: &Asked<'a>) -> (BTreeMap<&'a str, usize>, BTreeMap<&'a str, usize>) {
    let (mut seen, mut waiting) = (BTreeMap::new(), BTreeMap::new());
    for held in asked.register.persons.iter().flat_map(|person| &person.mentions) {
        if held.mention.claim.is_some() || !held.review.stands() {
            continue; // A person told of in a text is on no list.
        }
        let side = if reviewed(held.review) { &mut seen } else { &mut waiting };
        *side.entry(held.mention.origin()).or_default() += 1;
    }
    (seen, waiting)
}

/// The name of each origin's list, after merging.
fn merged<'a>(
    origins: impl Iterator<Item = &'a str>,
    merges: &[(String, String)],
) -> BTreeMap<&'a str, String> {
    let mut groups: Vec<BTreeSet<&'a str>> = origins.map(|origin| [origin].into()).collect();
    for (a, b) in merges {
        let has = |group: &BTreeSet<&str>, name: &str| group.contains(name);
        let first = groups.iter().position(|group| has(group, a));
        let second = groups.iter().position(|group| has(group, b));
        if let (Some(first), Some(second)) = (first, second)
            && first != second
        {
            let moved = std::mem::take(&mut groups[second]);
            groups[first].extend(moved);
        }
    }
    let name = |group: &BTreeSet<&str>| group.iter().copied().collect::<Vec<_>>().join("+");
    groups.iter().flat_map(|group| group.iter().map(|one| (*one, name(group)))).collect()
}

/// The value of somebody on an axis on a day; several joined by `+`, empty where it is not known.
fn value(index: &Index, by: By, row: u32, day: i32) -> String {
    let mut codes = Vec::new();
    index.keys(by, row, day, &mut codes);
    codes.into_iter().map(|code| index.word(by, code)).collect::<Vec<_>>().join("+")
}

/// Whether the rule has them detained then.
fn detained(index: &Index, row: u32, during: During) -> bool {
    match during {
        During::Day(day) => index.holds(row, days(day)),
        During::Window(from, to) => {
            let (from, to) = (days(from), days(to));
            let within = |day: &i32| (from..=to).contains(day);
            // Whoever is let out within the window was inside until that day.
            index.holds(row, from)
                || index.exits.of(row).iter().any(within)
                || index
                    .events
                    .of(row)
                    .iter()
                    .any(|one| within(&one.last) && index.holds(row, one.last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::*;

    fn someone(id: u64, documents: &[u8], happened: &str) -> habeas_model::Person {
        let row = |at: usize| mention(id * 10 + at as u64, documents[at], &[happened]);
        person((0..documents.len()).map(row).collect())
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn captures_follow_rows_days_and_decisions() {
        let register = register(vec![
            someone(1, &[1, 2], "arrested 2026-01-05"),
            someone(2, &[2], "arrested 2026-01-05"),
            someone(3, &[1, 2, 3], "released 2026-01-20"),
            someone(4, &[3], "released 2025-01-20"),
        ]);
        let (present, rule) = (present([]), rule("official-count"));
        let asked = asked(&present, &register, &rule);
        let of = |during, merges: &[(String, String)]| {
            let found = Captures::of(&asked, during, merges, None);
            (
                found.lists.len(),
                found.table().cells().iter().map(|c| (c.history, c.count)).collect(),
            )
        };
        let window = During::Window(day("2026-01-01"), day("2026-02-01"));
        assert_eq!(of(window, &[]), (3, vec![(2, 1), (3, 1), (7, 1)]));
        let held = During::Day(day("2026-01-31"));
        assert_eq!(of(held, &[]), (3, vec![(2, 1), (3, 1)]));
        let copied = [("Body 1".to_owned(), "Body 2".to_owned())];
        assert_eq!(of(window, &copied), (2, vec![(1, 2), (3, 1)]));
    }

    #[test]
    fn undecided_pairs_are_refused_or_drawn() {
        let register = register(vec![
            someone(1, &[1], "arrested 2026-01-05"),
            someone(2, &[2], "arrested 2026-01-05"),
        ]);
        let (present, rule) = (present([]), rule("official-count"));
        let asked = asked(&present, &register, &rule);
        let found = Captures::of(&asked, During::Day(day("2026-01-31")), &[], None);
        let pair = |p| {
            let id = |n| MentionId::from_bits(n);
            [Undecided { left: id(10), right: id(20), p }]
        };
        assert_eq!(found.refusal(&[]), None);
        assert_eq!(found.refusal(&pair(0.5)).unwrap().why, Why::LinksOpen);
        assert_eq!(found.drawn(&pair(1.0), 1, 0).people(), 1);
        assert_eq!(found.drawn(&pair(0.0), 1, 0).people(), 2);
        let half = (0..400).map(|n| found.drawn(&pair(0.5), 1, n).people()).sum::<u64>();
        assert!((560..640).contains(&half), "{half}");
    }
}
