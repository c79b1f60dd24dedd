//! A new list against what is known, without doing the known again.
//!
//! The known rows are made ready once ([`Known::new`]): made comparable, and their keys sorted.
//! Each new list ([`Known::arrive`]) is then compared only with the known rows that share a key
//! with one of its own. Every new row is one of `same`, `changed`, `probable`, `new` and
//! `id-conflict`; known persons whom no new row may be are `gone`.
//!
//! # Invariants
//! 1. The same known rows and the same list give the same answer, whatever came between and however
//!    many threads there are: a list leaves nothing behind.
//! 2. No list joins two known persons, or parts one: that is for a run over everything, or people.
//! 3. The guards are those of `cluster`: brothers, contradictions, chains, decisions.
//!
//! Where the answer may differ from a run over everything: agreement is weighed by what the pairs
//! with the new rows teach (a run learns from all pairs, and from decisions), rarity by the known
//! rows alone, and known persons stay as they are (invariant 2).

mod append;
mod blocks;
mod settle;
#[cfg(test)]
mod tests;

use super::{
    block::Rule,
    compare::{Memos, Pattern},
    decided::Decided,
    model::Model,
    rows::{self, Rows},
    run::{Linked, odds, random, weigh},
};
use crate::table::{Kind, LinkSettings, Table, Wrong, column::letters};
use blocks::Blocks;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

habeas_model::words! {
    /// What a row of a new list is to what is known, or a known person to a new list.
    News {
        /// A known person, of whom nothing else is said.
        Same = "same",
        /// A known person, of whom something else is said.
        Changed = "changed",
        /// Perhaps a known person: for people to decide.
        Probable = "probable",
        /// Nobody who is known.
        New = "new",
        /// It bears the number of a known person of another name.
        IdConflict = "id-conflict",
        /// A known person whom no row of the list may be.
        Gone = "gone",
    }
}

habeas_model::words! {
    /// Why a row of sufficient weight is not joined with another, or with a known person.
    Held {
        /// Shared surnames, other given names: brothers or sisters.
        Siblings = "siblings",
        /// Numbers and dates of birth both differ, or nothing but the number is shared.
        Contradiction = "contradiction",
        /// The other rows of the person speak against it: a chain through a weak link.
        Others = "others",
        /// People decided so, or could not tell.
        Decision = "decision",
        /// It is another known person already, and two known persons are not joined by a list.
        TwoPersons = "two-persons",
        /// The person has a row of this list, and each list holds a person once.
        OnceAList = "once-a-list",
    }
}

habeas_model::words! {
    /// How a column differs from what is known.
    Difference {
        /// Another value.
        Other = "other",
        /// The new row says what was not known.
        Gained = "gained",
        /// The new row does not say what is known.
        Lost = "lost",
    }
}

/// A column of which the new row says something else than the known one. No value is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its heading.
    pub column: String,
    /// How.
    pub how: Difference,
}

/// What one row of the new list is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Arrival {
    /// The row, from 0.
    pub row: u32,
    /// What it is.
    pub news: News,
    /// The person: first known row. None for whom nobody is known.
    pub person: Option<u32>,
    /// The known row that is likest, of the person if there is one.
    pub likest: Option<u32>,
    /// Bits for one person with that row.
    pub weight: f32,
    /// Where nobody is the person: why the likest, though heavy enough, is not.
    pub held: Option<Held>,
    /// In what it differs from the likest row, where that is the person's.
    pub changes: Vec<Change>,
    /// Other known persons, by first row, that it may be.
    pub others: Vec<u32>,
    /// Known rows that bear its number under another name, or as somebody else.
    pub bearers: Vec<u32>,
    /// Another row of the same list that is the same person, or would be if lists named people
    /// twice: the first such row.
    pub again: Option<u32>,
}

impl Arrival {
    /// The weight as a probability.
    #[must_use]
    pub fn p(&self) -> f64 {
        1.0 / (1.0 + f64::from(-self.weight).exp2())
    }
}

/// A new list against what is known.
#[derive(Clone, Debug, Serialize)]
pub struct Diff {
    /// Row by row.
    pub arrivals: Vec<Arrival>,
    /// Known persons, by first row, whom no row is or may be.
    pub gone: Vec<u32>,
    /// Pairs that were compared.
    pub compared: usize,
    /// What agreement is worth, learnt from the pairs of this list.
    #[serde(skip)]
    pub model: Model,
}

impl Diff {
    /// How many rows (for `gone`: persons) are of a kind.
    #[must_use]
    pub fn count(&self, news: News) -> usize {
        match news {
            News::Gone => self.gone.len(),
            _ => self.arrivals.iter().filter(|one| one.news == news).count(),
        }
    }
}

/// What is known, made ready for new lists. It holds names: there is no `Debug`.
pub struct Known {
    table: Table,
    settings: LinkSettings,
    rows: Rows,
    /// Known rows; those of a new list stand behind them while it is compared.
    count: u32,
    rules: Vec<Rule>,
    blocks: Vec<Blocks>,
    /// Rows by the key of their number, for each comparison of numbers.
    numbers: Vec<Vec<(u64, u32)>>,
    /// First words of the values of each comparison of text.
    firsts: Vec<crate::table::column::Values>,
    model: Model,
    /// The first row of each row's person.
    persons: Vec<u32>,
    /// All rows of the persons that have several.
    members: HashMap<u32, Vec<u32>>,
}

impl Known {
    /// Makes a register ready in which every row is a person of its own.
    pub fn new(table: Table, settings: LinkSettings) -> Result<Known, Wrong> {
        settings.check(&table)?;
        let rows = Rows::new(&table, &settings);
        let model = Model::new(&rows, 1.0, &random(&rows, &settings));
        let persons = (0..rows.len() as u32).collect();
        Known::ready(table, settings, rows, model, persons)
    }

    /// Makes rows ready that were linked: their persons are the known ones.
    pub fn linked(table: Table, settings: LinkSettings, linked: Linked) -> Result<Known, Wrong> {
        Known::ready(table, settings, linked.rows, linked.model, linked.persons)
    }

    fn ready(
        table: Table,
        settings: LinkSettings,
        mut rows: Rows,
        model: Model,
        persons: Vec<u32>,
    ) -> Result<Known, Wrong> {
        let rules = settings.block.iter().enumerate();
        let rules = rules
            .map(|(nth, block)| Rule::new(nth, block, &table, &settings))
            .collect::<Result<Vec<_>, _>>()?;
        let blocks = rules.iter().map(|rule| Blocks::of(rule, &table, &rows)).collect();
        let numbers = settings.of(Kind::Number).map(|heading| numbers(&table, heading)).collect();
        let firsts = rows.open();
        rows.lists = Vec::new();
        let mut members: HashMap<u32, Vec<u32>> = HashMap::new();
        for (row, &person) in persons.iter().enumerate().filter(|(row, of)| *row as u32 != **of) {
            members.entry(person).or_insert_with(|| vec![person]).push(row as u32);
        }
        let count = rows.len() as u32;
        Ok(Known {
            table,
            settings,
            rows,
            count,
            rules,
            blocks,
            numbers,
            firsts,
            model,
            persons,
            members,
        })
    }

    /// The known rows.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Compares a new list, whose columns bear the headings of the known table (`unite` sees to
    /// that), with what is known. Decisions number the known rows first, and the new ones behind.
    pub fn arrive(&mut self, list: &Table, decided: &Decided) -> Result<Diff, Wrong> {
        let place = |heading: &String| list.column(heading);
        let places: Vec<Option<usize>> =
            self.table.columns.iter().map(|column| place(&column.heading)).collect();
        if !self.settings.compare.iter().any(|one| place(&one.column).is_some()) {
            return Err(Wrong::Nothing);
        }
        self.append(list);
        let met = self.meet(list, &places);
        let mut pairs = self.compare(&met, &self.model, TEACHES);
        for (left, right) in decided.joined().filter(|two| two.1 >= self.count) {
            if pairs.binary_search_by_key(&(left, right), |one| (one.0, one.1)).is_err() {
                pairs.push((left, right, self.pattern(left, right)));
            }
        }
        let model = self.learn(list.rows(), &pairs, decided);
        let diff = self.settle(list, &places, (&pairs, met.len()), model, decided);
        self.rows.cells.truncate(self.count as usize * self.rows.width); // Invariant 1.
        Ok(diff)
    }

    /// Pairs of a new row with a known or an earlier new one that share a key.
    fn meet(&self, list: &Table, places: &[Option<usize>]) -> Vec<(u32, u32)> {
        let new: Vec<u32> = (self.count..self.rows.len() as u32).collect();
        let by_rule = self.rules.par_iter().zip(&self.blocks).map(|(rule, blocks)| {
            let mut keys: Vec<(u64, u32)> = Vec::new();
            let mut of = Vec::new();
            for &row in &new {
                let at = (row - self.count) as usize;
                let text = |column: usize| match places[column] {
                    Some(place) => list.columns[place].get(at),
                    None => "",
                };
                rule.keys_of(text, &self.rows, row, &mut of);
                keys.extend(of.iter().map(|&key| (blocks.key(key), row)));
            }
            keys.sort_unstable();
            let mut pairs = Vec::new();
            for run in keys.chunk_by(|a, b| a.0 == b.0) {
                let known = blocks.find(run[0].0);
                if known.len() + run.len() > rule.most as usize {
                    continue;
                }
                for (nth, &(_, right)) in run.iter().enumerate() {
                    pairs.extend(known.iter().map(|entry| (blocks.row(*entry), right)));
                    pairs.extend(run[..nth].iter().map(|&(_, left)| (left, right)));
                }
            }
            pairs
        });
        let mut pairs: Vec<(u32, u32)> = by_rule.flatten().collect();
        pairs.par_sort_unstable();
        pairs.dedup();
        pairs
    }

    fn pattern(&self, left: u32, right: u32) -> Pattern {
        self.rows.compare(self.rows.row(left), self.rows.row(right), &mut Memos::new(&self.rows))
    }

    /// Patterns of the pairs that are not hopeless.
    fn compare(&self, pairs: &[(u32, u32)], model: &Model, least: f32) -> Vec<(u32, u32, Pattern)> {
        let parts = pairs.par_chunks(pairs.len().div_ceil(8).max(1)).map(|some| {
            let mut memo = Memos::new(&self.rows);
            let mut out = Vec::new();
            for &(left, right) in some {
                let (a, b) = (self.rows.row(left), self.rows.row(right));
                let weighed = weigh(&self.rows, model, least, a, b, &mut memo);
                out.extend(weighed.map(|(pattern, _)| (left, right, pattern)));
            }
            out
        });
        parts.collect::<Vec<_>>().concat()
    }

    /// What agreement is worth in this list: the model of the known rows, taught by the pairs.
    fn learn(&self, new: usize, pairs: &[(u32, u32, Pattern)], decided: &Decided) -> Model {
        let (new, known) = (new as f64, f64::from(self.count));
        let mut model = self.model.clone();
        model.expect(new, new * known + new * (new - 1.0) / 2.0);
        let mut counts: HashMap<Pattern, f64> = HashMap::new();
        let unsure = |verdict| verdict == habeas_model::Verdict::Unsure;
        for &(left, right, pattern) in pairs {
            if decided.of(left, right).is_none_or(unsure) {
                *counts.entry(pattern).or_default() += 1.0;
            }
        }
        let mut counts: Vec<(Pattern, f64)> = counts.into_iter().collect();
        counts.sort_unstable_by_key(|(pattern, _)| *pattern);
        model.learn(&counts, &[], ROUNDS);
        model
    }
}

/// Under this weight of the model before the list a pair teaches nothing.
const TEACHES: f32 = -12.0;
/// Rounds of learning for each list.
const ROUNDS: usize = 12;
/// From this probability on a row may be a known person.
const MAY_BE: f64 = 0.1;

/// The bits of [`MAY_BE`].
fn may_be() -> f32 {
    odds(MAY_BE)
}

/// Rows by the key of their number.
fn numbers(table: &Table, heading: &str) -> Vec<(u64, u32)> {
    let Some(column) = table.column(heading).map(|at| &table.columns[at]) else {
        return Vec::new();
    };
    let values = (0..column.values.len() as u32).map(|value| column.values.get(value));
    let keys: Vec<u64> =
        values.map(|text| rows::plain(text).map_or(0, |plain| letters(&plain))).collect();
    let rows = column.rows.iter().enumerate();
    let mut numbers: Vec<(u64, u32)> = rows
        .map(|(row, &value)| (keys[value as usize], row as u32))
        .filter(|(key, _)| *key != 0)
        .collect();
    numbers.par_sort_unstable();
    numbers
}
