//! Pairs joined into persons, with guards against chains.
//!
//! # Invariants
//! 1. Every row is in exactly one person.
//! 2. Two groups are joined only if, over all pairs between them, the evidence is for it: a chain
//!    brothers through one poor row is not followed.
//! 3. What was decided "not the same" is never in one person, through whatever third row.
//! 4. Where lists hold a person once, no person has two rows of one list, unless people decided so;
//!    then it is told.
//! 5. Who shares surnames and no given name is taken for a brother, whatever date and place say:
//!    only one number for both, or a person, joins the two directly.
//! 6. What was decided "unsure" is one person only where decisions "same" make it one.
//! 7. Two rows whose numbers and dates of birth both differ by more than a slip are one person only
//!    where people decided so: in short tables names repeat, and weights are learnt from few pairs.
//!    So are two that share no word of their names and are not born near each other, though they
//!    bear one number: numbers are typed for the wrong man.

use super::{compare::Memos, decided::Decided, model::Model, rows::Rows, run::Pair};
use crate::table::LinkSettings;
use std::collections::{HashMap, HashSet};

/// Pairs between two groups that are looked at, at most.
const LOOKED_AT: usize = 64;
/// Bits beyond which one pair says no more: no pair outweighs several.
const CAP: f32 = 12.0;

/// Rows that are being joined into persons.
pub struct Joining<'a> {
    up: Vec<u32>,
    /// The next row of each row's group, in a ring.
    next: Vec<u32>,
    decided: &'a Decided,
    rows: &'a Rows,
    model: &'a Model,
    one_to_one: bool,
    /// Of each row that was decided to be one person with others: the first of them.
    said: HashMap<u32, u32>,
    memo: Memos,
    contradicted: usize,
    twice: usize,
    weak: Vec<WeakLink>,
}

/// A pair of the joining weight that was not followed, because over all pairs between the two
/// persons the evidence is against: the weak link at which a chain was split (invariant 2).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeakLink {
    /// The pair.
    pub pair: Pair,
    /// Mean bits over the pairs between the two persons, each capped; none where two of them
    /// contradict each other, which no weight outweighs (invariant 7).
    pub between: Option<f32>,
    /// How many rows the two persons had: that of the left row, that of the right one.
    pub rows: [u32; 2],
}

/// Who is one person with whom.
pub struct Joined {
    /// The smallest row of each row's person.
    pub persons: Vec<u32>,
    /// Where chains were split, the strongest pair between any two persons, strongest first.
    pub weak: Vec<WeakLink>,
    /// Decisions "the same" that a decision "not the same" forbade.
    pub contradicted: usize,
    /// Persons whom decisions gave two rows of a list that should hold each person once.
    pub twice: usize,
}

impl<'a> Joining<'a> {
    /// Bytes that are held while so many rows are joined, the answer with them.
    #[must_use]
    pub fn bytes(rows: usize) -> u64 {
        (3 * size_of::<u32>() * rows) as u64
    }

    /// Joins what was decided, as yet nothing else.
    #[must_use]
    pub fn new(
        rows: &'a Rows,
        model: &'a Model,
        settings: &LinkSettings,
        decided: &'a Decided,
    ) -> Joining<'a> {
        let alone: Vec<u32> = (0..rows.len() as u32).collect();
        let mut joining = Joining {
            up: alone.clone(),
            next: alone,
            decided,
            rows,
            model,
            one_to_one: settings.one_to_one && !rows.lists.is_empty(),
            said: HashMap::new(),
            memo: Memos::new(rows),
            contradicted: 0,
            twice: 0,
            weak: Vec::new(),
        };
        joining.contradicted = joining.decide();
        for (left, right) in decided.joined() {
            for row in [left, right] {
                let root = joining.root(row);
                joining.said.insert(row, root);
            }
        }
        joining.twice = joining.twice();
        joining
    }

    /// Who is one person with whom by now.
    #[must_use]
    pub fn joined(mut self) -> Joined {
        let persons = (0..self.rows.len() as u32).map(|row| self.root(row)).collect();
        let weak = self.split();
        Joined { persons, weak, contradicted: self.contradicted, twice: self.twice }
    }

    fn root(&mut self, row: u32) -> u32 {
        let mut root = row;
        while self.up[root as usize] != root {
            root = self.up[root as usize];
        }
        self.up[row as usize] = root;
        root
    }

    /// The rows of a row's group, sorted.
    fn of(&self, row: u32) -> Vec<u32> {
        let after = |&row: &u32| Some(self.next[row as usize]);
        let ring = std::iter::successors(Some(row), after).skip(1).take_while(|&next| next != row);
        let mut all: Vec<u32> = std::iter::once(row).chain(ring).collect();
        all.sort_unstable();
        all
    }

    /// Joins what was decided to be one person; how many such decisions others forbid.
    fn decide(&mut self) -> usize {
        let mut contradicted = 0;
        for (left, right) in self.decided.joined() {
            let (a, b) = (self.root(left), self.root(right));
            if a == b {
                continue;
            }
            let (of_a, of_b) = (self.of(a), self.of(b));
            if self.decided.forbid(&of_a, &of_b) {
                contradicted += 1; // Invariant 3.
            } else {
                self.unite(a, b);
            }
        }
        contradicted
    }

    /// Persons with two rows of a list that should hold each person once.
    fn twice(&self) -> usize {
        let repeats = |&row: &u32| {
            let rows = self.of(row);
            let mut lists: Vec<u16> =
                rows.iter().map(|&row| self.rows.lists[row as usize]).collect();
            lists.sort_unstable();
            rows[0] == row && lists.windows(2).any(|two| two[0] == two[1])
        };
        let several = |row: &u32| self.next[*row as usize] != *row;
        let rows = (0..self.rows.len() as u32).filter(several);
        if self.one_to_one { rows.filter(repeats).count() } else { 0 }
    }

    /// Joins the persons of two rows, unless something forbids it. Pairs come strongest first.
    pub fn consider(&mut self, left: u32, right: u32) {
        let (a, b) = (self.root(left), self.root(right));
        if a == b {
            return;
        }
        let (of_a, of_b) = (self.of(a), self.of(b));
        if self.forbidden(&of_a, &of_b) {
            return; // Invariants 3, 4 and 6.
        }
        let pattern = self.rows.compare(self.rows.row(left), self.rows.row(right), &mut self.memo);
        if self.rows.siblings(pattern) || self.rows.contradict(pattern) {
            return; // Invariants 5 and 7.
        }
        let of = (self.rows, self.model);
        let several = of_a.len() * of_b.len() > 1;
        let between = several.then(|| balance(of, (&of_a, &of_b), &self.said, &mut self.memo));
        if let Some(bits) = between.filter(|bits| *bits <= 0.0) {
            let pair = Pair { left, right, weight: self.model.weight(pattern) };
            let between = Some(bits).filter(|bits| bits.is_finite());
            let rows = [of_a.len() as u32, of_b.len() as u32];
            self.weak.push(WeakLink { pair, between, rows });
            return; // Invariants 2 and 7.
        }
        self.unite(a, b);
    }

    /// The pairs at which chains were split: of all that would join the same two persons, the
    /// strongest. Where others joined the two in the end, nothing was split.
    fn split(&mut self) -> Vec<WeakLink> {
        let (mut split, mut seen) = (std::mem::take(&mut self.weak), HashSet::new());
        split.retain(|one| {
            let (a, b) = (self.root(one.pair.left), self.root(one.pair.right));
            a != b && seen.insert((a.min(b), a.max(b)))
        });
        split
    }

    fn unite(&mut self, a: u32, b: u32) {
        self.up[a.max(b) as usize] = a.min(b);
        self.next.swap(a as usize, b as usize); // Two rings become one.
    }

    fn forbidden(&self, a: &[u32], b: &[u32]) -> bool {
        let lists = &self.rows.lists;
        let twice = self.one_to_one
            && a.iter().any(|&x| b.iter().any(|&y| lists[x as usize] == lists[y as usize]));
        twice || self.decided.hold_apart(a, b)
    }
}

/// Mean weight over the pairs between two groups, each capped. Rows that people said are one
/// person are one here too: the likest of them speaks for all.
pub(super) fn balance(
    (rows, model): (&Rows, &Model),
    (a, b): (&[u32], &[u32]),
    said: &HashMap<u32, u32>,
    memo: &mut Memos,
) -> f32 {
    // Of whom people said that they are one person, numbers and dates have been looked at.
    let alone = !a.iter().chain(b).any(|row| said.contains_key(row));
    let step = (a.len() * b.len()).div_ceil(LOOKED_AT);
    let all = a.iter().flat_map(|x| b.iter().map(move |y| (*x, *y))).step_by(step);
    let mut seen: Vec<((u32, u32), f32, f32)> = Vec::with_capacity(LOOKED_AT);
    for (x, y) in all {
        let pattern = rows.compare(rows.row(x), rows.row(y), memo);
        let weight = match alone && rows.contradict(pattern) {
            true => f32::NEG_INFINITY,
            false => model.weight(pattern).clamp(-CAP, CAP),
        };
        let who = |row: u32| said.get(&row).copied().unwrap_or(row);
        let of = (who(x), who(y));
        match seen.iter_mut().find(|one| !said.is_empty() && one.0 == of) {
            Some(one) => (one.1, one.2) = (one.1.max(weight), one.2 + 1.0),
            None => seen.push((of, weight, 1.0)),
        }
    }
    let (sum, count) =
        seen.iter().fold((0.0, 0.0), |(sum, count), one| (sum + one.1 * one.2, count + one.2));
    sum / count
}

#[cfg(test)]
mod tests {
    use super::super::{Decided, Held, Linked, Notice, link_decided, run::odds, tests::twice};
    use crate::table::{LinkSettings, Table, guess};
    use habeas_model::Verdict;

    fn run(
        table: &Table,
        settings: &LinkSettings,
        decisions: &[(u32, u32, Verdict)],
    ) -> (Linked, Decided) {
        let mut decided = Decided::default();
        decisions.iter().for_each(|&(a, b, verdict)| decided.decide(a, b, verdict));
        (link_decided(table, settings, &decided, &|_| ()).unwrap(), decided)
    }

    /// Rows 2n and 2n + 1 are one person by the evidence; what do decisions make of the first rows?
    #[track_caller]
    fn check(decisions: &[(u32, u32, Verdict)], persons: &[u32], told: Option<&Notice>) {
        let table = twice();
        let (linked, _) = run(&table, &guess(&table), decisions);
        assert_eq!(linked.persons[..persons.len()], *persons, "{decisions:?}");
        let of_decisions = |notice: &&Notice| matches!(notice, Notice::DecisionsContradict { .. });
        assert_eq!(linked.notices.iter().find(of_decisions), told, "{decisions:?}");
    }

    #[test]
    fn decisions_hold_against_the_evidence_and_through_third_rows() {
        use Verdict::{NotSame, Same, Unsure};
        check(&[], &[0, 0, 2, 2, 4, 4], None);
        check(&[(0, 1, NotSame)], &[0, 1, 2, 2], None);
        check(&[(0, 1, Unsure)], &[0, 1, 2, 2], None);
        check(&[(0, 2, Same)], &[0, 0, 0, 0, 4], None);
        // A third row that would join what was told apart, or could not be told.
        check(&[(0, 1, NotSame), (1, 2, Same), (0, 3, Same)], &[0, 1, 1, 0], None);
        check(&[(0, 3, Unsure), (0, 2, Same)], &[0, 0, 0, 3], None);
        // People may join what somebody else could not tell.
        check(&[(0, 1, Unsure), (0, 2, Same), (2, 1, Same)], &[0, 0, 0], None);
        // "Not the same" holds, and it is told.
        let one = Notice::DecisionsContradict { same: 1 };
        check(&[(0, 2, NotSame), (0, 4, Same), (2, 4, Same)], &[0, 0, 2, 2, 0, 0], Some(&one));
        // Whoever decides again is believed.
        check(&[(0, 1, NotSame), (1, 0, Same)], &[0, 0], None);
    }

    /// One man by his number, another by his birth: each is written twice, and a row in between
    /// bears the number of the one and the birth of the other.
    fn chained() -> Table {
        let mut table = twice();
        let milo = ["Milo", "Escandon Prado", "1951-03-05", "20111222"];
        let other = ["Milo", "Escandon Quijano", "1984-10-22", "28777666"];
        let between = ["Milo", "Escandon", "1984-10-22", "20111222"];
        for (nth, row) in [milo, milo, other, other, between].iter().enumerate() {
            let id = (400 + nth).to_string();
            let cells = std::iter::once(id.as_str()).chain(row.iter().copied());
            cells.zip(&mut table.columns).for_each(|(value, column)| column.push(value));
        }
        table
    }

    #[test]
    fn where_a_chain_was_split_is_told() {
        let table = chained();
        let settings = guess(&table);
        let (linked, _) = run(&table, &settings, &[]);
        let person = |row: u32| linked.persons[row as usize];
        assert_eq!((person(400), person(402)), (person(401), person(403)));
        assert_ne!(person(400), person(402));
        let of: Vec<_> = linked.weak.iter().filter(|one| one.pair.right == 404).collect();
        let [one] = of[..] else { panic!("{:?}", linked.weak) };
        assert_eq!(one.rows.iter().sum::<u32>(), 5, "{one:?}");
        let told = linked.explain(&table, &settings, (one.pair.left, 404)).unwrap();
        assert_eq!((told.held, told.together), (Some(Held::Others), false), "{told:#?}");
        // Laws: it has the weight, its ends are two persons, the evidence is against, it is told
        // once, and the strongest first.
        let least = odds(settings.join);
        let mut seen = std::collections::HashSet::new();
        for one in &linked.weak {
            let two = [person(one.pair.left), person(one.pair.right)];
            assert!(two[0] != two[1] && seen.insert((two[0].min(two[1]), two[0].max(two[1]))));
            assert!(one.pair.weight >= least && one.rows.iter().sum::<u32>() > 2, "{one:?}");
            assert!(one.between.is_none_or(|bits| bits <= 0.0), "{one:?}");
        }
        assert!(linked.weak.windows(2).all(|two| two[0].pair.weight >= two[1].pair.weight));
    }

    #[test]
    fn a_decided_pair_stands_among_the_pairs_though_no_block_finds_it() {
        let table = twice();
        let (linked, decided) = run(&table, &guess(&table), &[(0, 399, Verdict::Same)]);
        assert_eq!(linked.persons[399], 0);
        let pair = linked.pairs.iter().find(|pair| (pair.left, pair.right) == (0, 399)).unwrap();
        assert!(pair.p() < 0.01, "a decision does not push the probability: {}", pair.p());
        assert_eq!(decided.of(399, 0), Some(Verdict::Same));
    }

    #[test]
    fn decisions_may_put_two_rows_of_one_list_together_and_it_is_told() {
        let mut table = twice();
        table.lists = vec![0, 200];
        let mut settings = LinkSettings { one_to_one: true, ..guess(&table) };
        let told = |linked: &Linked| {
            linked.notices.iter().any(|one| matches!(one, Notice::TwiceInOneList { persons: 1 }))
        };
        let decisions = [(0, 1, Verdict::Same)];
        assert!(told(&run(&table, &settings, &decisions).0));
        assert!(!told(&run(&table, &settings, &[]).0));
        settings.one_to_one = false;
        assert!(!told(&run(&table, &settings, &decisions).0));
    }

    #[test]
    fn the_joining_probability_means_what_it_says() {
        let table = twice();
        let settings = LinkSettings { join: 0.95, ..guess(&table) };
        let (linked, _) = run(&table, &settings, &[]);
        let pairs = linked.pairs.iter().filter(|pair| pair.p() < 0.95);
        let joined = |row: u32| linked.persons[row as usize];
        let two = |person: u32| linked.persons.iter().filter(|&&one| one == person).count() == 2;
        for pair in pairs {
            let alone = joined(pair.left) == joined(pair.right) && two(joined(pair.left));
            assert!(!alone, "{} {} {}", pair.left, pair.right, pair.p());
        }
    }

    #[test]
    fn lists_full_of_families_are_told() {
        let table = twice();
        let many = |linked: &Linked| linked.notices.contains(&Notice::ManyMatches);
        assert!(!many(&run(&table, &guess(&table), &[]).0));
        // Forty brothers, each once: surnames, place and day are all that is given.
        let rows: Vec<Vec<String>> = (0..240_usize)
            .map(|n| {
                let sound = format!("{}{}", ["Ci", "Mi", "Na", "Lu", "Po"][n % 5], n);
                let (family, day) = (["Luna", "Prado", "Toro"][n / 80], 1 + n / 80);
                vec![n.to_string(), sound, family.to_owned(), format!("2025-03-0{day}")]
            })
            .collect();
        let families =
            super::super::tests::table(&["id", "given", "surname", "arrest date"], &rows);
        let mut settings = guess(&families);
        settings.block.iter_mut().for_each(|block| block.most = 400);
        let linked = run(&families, &settings, &[]).0;
        println!("{} {:?}", linked.model.same, linked.model.weights.get(1).map(|one| one.m));
        assert!(many(&linked));
    }

    #[test]
    fn reviewed_pairs_correct_the_scale() {
        let table = twice();
        let mean = |decisions: &[(u32, u32, Verdict)]| {
            let (linked, decided) = run(&table, &guess(&table), decisions);
            let fresh = linked.pairs.iter().filter(|pair| pair.right == pair.left + 1);
            let fresh = fresh.filter(|pair| decided.of(pair.left, pair.right).is_none());
            let all: Vec<f32> = fresh.map(|pair| pair.weight).collect();
            all.iter().sum::<f32>() / all.len().max(1) as f32
        };
        let said = |verdict| -> Vec<_> { (0..60).map(|n| (4 * n, 4 * n + 1, verdict)).collect() };
        let (none, right, wrong) =
            (mean(&[]), mean(&said(Verdict::Same)), mean(&said(Verdict::NotSame)));
        assert!(wrong < 0.7 * none, "{none} {wrong}");
        assert!(right > 0.9 * none, "{none} {right}");
        let unsure = run(&table, &guess(&table), &said(Verdict::Unsure)).0;
        assert_eq!(unsure.model.scale, [1.0, 0.0]);
    }
}
