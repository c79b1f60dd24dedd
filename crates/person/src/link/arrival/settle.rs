//! Which of the six each row is: pairs are taken strongest first, under the guards.

use super::{Arrival, Change, Diff, Difference, Held, Known, News, may_be};
use crate::{
    link::{
        cluster::balance,
        compare::{Memos, Pattern},
        decided::Decided,
        model::Model,
        rows,
        run::odds,
    },
    table::{Kind, Table, column::letters, date},
};
use habeas_model::Verdict;
use std::collections::HashMap;

/// Known rows that are told of those who bear a row's number.
const BEARERS: usize = 5;

/// A known row that a new one is like.
#[derive(Clone, Copy)]
struct Like {
    row: u32,
    weight: f32,
    /// Whether the two may be one person.
    may_be: bool,
}

/// Rows that are one person so far. The key of a group is a known person's first row, or the new
/// row that began it.
struct Groups<'a> {
    known: &'a Known,
    model: &'a Model,
    decided: &'a Decided,
    /// The group of each new row.
    of: Vec<u32>,
    rows: HashMap<u32, Vec<u32>>,
    /// Of each row that people joined with others: the first of them.
    said: HashMap<u32, u32>,
}

impl Groups<'_> {
    fn group(&self, row: u32) -> u32 {
        let known = &self.known;
        match row.checked_sub(known.count) {
            Some(new) => self.of[new as usize],
            None => known.persons[row as usize],
        }
    }

    fn members(&self, group: u32) -> Vec<u32> {
        let grown = self.rows.get(&group).or_else(|| self.known.members.get(&group));
        grown.cloned().unwrap_or_else(|| vec![group])
    }

    fn unite(&mut self, a: u32, b: u32) {
        // The smaller key is the known person's, if one of the two is known.
        let (low, high) = (a.min(b), a.max(b));
        let (mut all, more) = (self.members(low), self.members(high));
        for row in more.iter().filter(|row| **row >= self.known.count) {
            self.of[(row - self.known.count) as usize] = low;
        }
        all.extend(more);
        all.sort_unstable();
        self.rows.remove(&high);
        self.rows.insert(low, all);
    }

    /// Why two groups are not joined by this pair, if a guard is against it.
    fn held(&self, (a, b): (u32, u32), pattern: Pattern, memo: &mut Memos) -> Option<Held> {
        let known = self.known;
        let (of_a, of_b) = (self.members(a), self.members(b));
        if a < known.count && b < known.count {
            return Some(Held::TwoPersons); // Invariant 2.
        }
        if self.decided.hold_apart(&of_a, &of_b) {
            return Some(Held::Decision); // Invariant 3, as all that follow.
        }
        let new = |rows: &[u32]| rows.iter().any(|row| *row >= known.count);
        if known.settings.one_to_one && new(&of_a) && new(&of_b) {
            return Some(Held::OnceAList);
        }
        if known.rows.siblings(pattern) {
            return Some(Held::Siblings);
        }
        if known.rows.contradict(pattern) {
            return Some(Held::Contradiction);
        }
        let (of, several) = ((&known.rows, self.model), of_a.len() * of_b.len() > 1);
        let against = several && balance(of, (&of_a, &of_b), &self.said, memo) <= 0.0;
        against.then_some(Held::Others)
    }
}

impl Known {
    pub(super) fn settle(
        &self,
        list: &Table,
        places: &[Option<usize>],
        (pairs, compared): (&[(u32, u32, Pattern)], usize),
        model: Model,
        decided: &Decided,
    ) -> Diff {
        let mut weighed: Vec<(f32, u32, u32, Pattern)> = pairs
            .iter()
            .map(|&(left, right, pattern)| (model.weight(pattern), left, right, pattern))
            .collect();
        weighed.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut groups = Groups {
            known: self,
            model: &model,
            decided,
            of: (self.count..self.rows.len() as u32).collect(),
            rows: HashMap::new(),
            said: HashMap::new(),
        };
        let held = groups.join(&weighed, odds(self.settings.join));
        let mut likest: Vec<Vec<Like>> = vec![Vec::new(); list.rows()];
        for &(weight, row, right, pattern) in weighed.iter().filter(|one| one.1 < self.count) {
            let of = &mut likest[(right - self.count) as usize];
            let told_apart = decided.of(row, right) == Some(Verdict::NotSame);
            let apart = self.rows.siblings(pattern) || self.rows.contradict(pattern) || told_apart;
            let may_be = weight >= may_be() && !apart;
            if of.is_empty() || may_be {
                of.push(Like { row, weight, may_be });
            }
        }
        let mut memo = Memos::new(&self.rows);
        let arrivals: Vec<Arrival> = (0..list.rows() as u32)
            .map(|row| {
                let of = &likest[row as usize];
                let mut arrival = groups.arrival(row, of, held.get(&(row + self.count)).copied());
                let keys = self.number_keys(list, row, places);
                arrival.bearers = groups.bearers(row + self.count, &arrival, &keys, &mut memo);
                if let (Some(likest), true) = (arrival.likest, arrival.person.is_some()) {
                    arrival.changes = self.changes(likest, list, row, places);
                }
                arrival.news = news(&arrival);
                arrival
            })
            .collect();
        // A known person is gone whose first row stands here and whom no row of the list may be.
        let rows = 0..self.count;
        let mut gone: Vec<bool> = rows.map(|row| self.persons[row as usize] == row).collect();
        for one in &arrivals {
            let there = self.there(one, &likest[one.row as usize], (list, places));
            there.into_iter().for_each(|person| gone[person as usize] = false);
        }
        let gone = (0..self.count).filter(|&row| gone[row as usize]).collect();
        Diff { arrivals, gone, compared, model }
    }

    /// The known persons of whom a row lets nobody say that they are gone. Who is one known person
    /// is no other, unless the other's row says the same: known rows may be doubles of each other.
    fn there(
        &self,
        one: &Arrival,
        likest: &[Like],
        (list, places): (&Table, &[Option<usize>]),
    ) -> Vec<u32> {
        let Some(person) = one.person else { return one.others.clone() };
        let double = |like: &&Like| {
            like.weight >= one.weight
                && self.changes(like.row, list, one.row, places) == one.changes
        };
        let doubles = likest.iter().filter(double).map(|like| self.persons[like.row as usize]);
        doubles.chain([person]).collect()
    }

    /// The keys of the numbers of a new row; 0 for none.
    fn number_keys(&self, list: &Table, row: u32, places: &[Option<usize>]) -> Vec<u64> {
        let key = |heading: &str| {
            let column = &list.columns[places[self.table.column(heading)?]?];
            rows::plain(column.get(row as usize)).map(|plain| letters(&plain))
        };
        self.settings.of(Kind::Number).map(|heading| key(heading).unwrap_or(0)).collect()
    }

    /// In which compared columns a new row says something else than a known one.
    fn changes(&self, known: u32, list: &Table, row: u32, places: &[Option<usize>]) -> Vec<Change> {
        let compared = self.settings.compare.iter().filter_map(|one| {
            let at = self.table.column(&one.column)?;
            let (old, new) = (&self.table.columns[at], &list.columns[places[at]?]);
            let (old, new) = (old.get(known as usize), new.get(row as usize));
            let how = differs(one.kind, old, new)?;
            Some(Change { column: one.column.clone(), how })
        });
        compared.collect()
    }
}

fn news(one: &Arrival) -> News {
    match one.person {
        _ if !one.bearers.is_empty() => News::IdConflict,
        Some(_) if one.changes.is_empty() => News::Same,
        Some(_) => News::Changed,
        None if !one.others.is_empty() => News::Probable,
        None => News::New,
    }
}

/// How two values differ in what they say, however they are written.
fn differs(kind: Kind, old: &str, new: &str) -> Option<Difference> {
    let said = |text: &str| match kind {
        Kind::Born | Kind::Event => date::read(text).map(|day| day.packed().to_string()),
        Kind::Number => rows::plain(text),
        _ => Some(rows::fold(text)).filter(|text| !text.is_empty()),
    };
    match (said(old), said(new)) {
        (None, Some(_)) => Some(Difference::Gained),
        (Some(_), None) => Some(Difference::Lost),
        (old, new) => (old != new).then_some(Difference::Other),
    }
}

impl Groups<'_> {
    /// Joins what was decided, and then what weighs enough; the first guard that held each new row
    /// from a known person, and that person's row.
    fn join(
        &mut self,
        weighed: &[(f32, u32, u32, Pattern)],
        least: f32,
    ) -> HashMap<u32, (Held, u32)> {
        let count = self.known.count;
        for (left, right) in self.decided.joined().filter(|two| two.1 >= count) {
            let (a, b) = (self.group(left), self.group(right));
            let apart =
                (a < count && b < count) || self.decided.forbid(&self.members(a), &self.members(b));
            if a != b && !apart {
                self.unite(a, b);
            }
        }
        for (left, right) in self.decided.joined().filter(|two| two.1 >= count) {
            for row in [left, right] {
                self.said.insert(row, self.group(row));
            }
        }
        let mut memo = Memos::new(&self.known.rows);
        let mut held = HashMap::new();
        for &(_, left, right, pattern) in weighed.iter().take_while(|one| one.0 >= least) {
            let (a, b) = (self.group(left), self.group(right));
            if a == b {
                continue;
            }
            match self.held((a, b), pattern, &mut memo) {
                None => self.unite(a, b),
                Some(why) if left < count => drop(held.entry(right).or_insert((why, left))),
                Some(_) => {}
            }
        }
        held
    }

    fn arrival(&self, row: u32, likest: &[Like], held: Option<(Held, u32)>) -> Arrival {
        let known = self.known;
        let group = self.of[row as usize];
        let person = (group < known.count).then_some(group);
        let best = match person {
            Some(_) => likest.iter().find(|like| Some(self.group(like.row)) == person),
            None => likest.iter().find(|like| like.may_be).or(likest.first()),
        };
        let may_be = likest.iter().filter(|like| like.may_be).map(|like| self.group(like.row));
        let mut others: Vec<u32> = may_be.filter(|other| Some(*other) != person).collect();
        others.sort_unstable();
        others.dedup();
        let held = held.filter(|_| person.is_none());
        // Whom a list names twice is told so, whether the second row was joined or not.
        let of = match held {
            Some((Held::OnceAList, left)) => self.group(left),
            _ => group,
        };
        let members = self.members(of);
        let again = members.iter().find(|one| **one >= known.count && **one != row + known.count);
        let again = again.filter(|one| of != group || **one < row + known.count);
        Arrival {
            row,
            news: News::New,
            person,
            likest: best.map(|like| like.row).or(person),
            weight: best.map_or(f32::MIN, |like| like.weight),
            held: held.map(|(why, _)| why),
            changes: Vec::new(),
            others,
            bearers: Vec::new(),
            again: again.map(|one| one - known.count),
        }
    }

    /// Known rows that bear a number of a new row as somebody else, or under another name.
    fn bearers(&self, row: u32, arrival: &Arrival, keys: &[u64], memo: &mut Memos) -> Vec<u32> {
        let known = self.known;
        let mut bearers = Vec::new();
        for (numbers, &key) in known.numbers.iter().zip(keys).filter(|(_, key)| **key != 0) {
            let from = numbers.partition_point(|one| one.0 < key);
            let bearing = numbers[from..].iter().take_while(|one| one.0 == key);
            for &(_, other) in bearing.take(BEARERS) {
                let of = known.persons[other as usize];
                let (a, b) = (known.rows.row(other), known.rows.row(row));
                let pattern = known.rows.compare(a, b, memo);
                let somebody_else = arrival.person != Some(of) && !arrival.others.contains(&of);
                let decided = self.decided.of(other, row) == Some(Verdict::Same);
                if !decided && (somebody_else || known.rows.other_name(pattern)) {
                    bearers.push(other);
                }
            }
        }
        bearers.sort_unstable();
        bearers.dedup();
        bearers
    }
}
