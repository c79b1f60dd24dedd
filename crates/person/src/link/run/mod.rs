//! One run of the engine over tables: learn, score every pair that shares a block, join.

mod doubt;
mod learn;
mod linked;
mod notice;
mod ready;

pub use learn::random;
pub use linked::{Linked, Pairs, SURE};
pub use notice::Notice;
pub use ready::Ready;

use super::{
    aside::{Disk, Line, Room, Sorted, Sorter},
    block::{self, Met, Rule},
    cluster::{Joined, Joining},
    compare::{Memos, Pattern},
    decided::Decided,
    model::Model,
    rows::Rows,
};
use crate::table::{LinkSettings, Table, Wrong};
use serde::Serialize;
use std::{
    collections::HashMap,
    io,
    sync::{Mutex, PoisonError},
};

/// Two rows that may be one person.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The smaller row, from 0.
    pub left: u32,
    /// The larger row.
    pub right: u32,
    /// Bits for one person.
    pub weight: f32,
}

impl Pair {
    /// The weight as a probability.
    #[must_use]
    pub fn p(&self) -> f64 {
        1.0 / (1.0 + f64::from(-self.weight).exp2())
    }

    /// In the order of rows.
    fn line(self) -> Line {
        [self.left, self.right, self.weight.to_bits()]
    }

    fn of(line: Line) -> Pair {
        Pair { left: line[0], right: line[1], weight: f32::from_bits(line[2]) }
    }

    /// In the order of joining: the strongest first, then by rows.
    fn strength(&self) -> Line {
        let bits = self.weight.to_bits();
        // The order of `f32::total_cmp`: negative numbers count down.
        let rising = if bits >> 31 == 1 { !bits } else { bits | 1 << 31 };
        [!rising, self.left, self.right]
    }
}

habeas_model::words! {
    /// What a run does, for whoever waits.
    Progress {
        /// Rows are made comparable.
        Normalising = "normalising",
        /// The model is learnt.
        Learning = "learning",
        /// Pairs are scored.
        Scoring = "scoring",
        /// Pairs are joined.
        Joining = "joining",
    }
}

/// Why a run came to no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failed {
    /// The settings do not fit the table.
    #[error(transparent)]
    Wrong(#[from] Wrong),
    /// What does not fit in memory could not be put aside or read back.
    #[error(
        "cannot put aside what does not fit in memory: {0}\nhint: make room on that disk, or name a folder on another as `aside` in the settings, or raise `memory` there"
    )]
    Disk(#[from] io::Error),
}

/// Links the rows of a table about which nobody has decided anything.
pub fn link(
    table: &Table,
    settings: &LinkSettings,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Linked, Failed> {
    link_decided(table, settings, &Decided::default(), progress)
}

/// Links the rows of a table; what was decided holds. All is held in memory.
pub fn link_decided(
    table: &Table,
    settings: &LinkSettings,
    decided: &Decided,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Linked, Failed> {
    Ready::new(table, settings, progress)?.link(table, settings, decided, None, progress)?.held()
}

/// What scoring and joining need.
struct Run<'a> {
    settings: &'a LinkSettings,
    rows: &'a Rows,
    model: &'a Model,
    room: Room,
    disk: Option<&'a dyn Disk>,
}

/// Pairs that a thread holds before it hands them on.
const IN_HAND: usize = 1 << 13;

impl Run<'_> {
    /// Scores the pairs of all blocks, and those that were decided to be one person, which stand
    /// among the pairs though no block finds them.
    fn score(
        &self,
        table: &Table,
        rules: &[Rule],
        decided: &Decided,
    ) -> io::Result<(Sorted, Vec<Met>)> {
        let found = Mutex::new(Sorter::new(self.room, self.disk));
        let all: Vec<u32> = (0..self.rows.len() as u32).collect();
        let mut met = Vec::new();
        for rule in rules {
            let bounds = (rule.most, self.room.keys());
            let (done, of) =
                block::visit(rule, table, self.rows, &all, bounds, |sorted, runs, mask| {
                    self.score_blocks(sorted, runs, mask, &found)
                });
            done.into_iter().collect::<io::Result<()>>()?;
            met.push(of);
        }
        let mut memo = Memos::new(self.rows);
        let lines = decided.joined().map(|(left, right)| {
            let (a, b) = (self.rows.row(left), self.rows.row(right));
            let weight = self.model.weight(self.rows.compare(a, b, &mut memo));
            Pair { left, right, weight }.line()
        });
        let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        found.add(&lines.collect::<Vec<_>>())?;
        Ok((found.sorted()?, met))
    }

    fn score_blocks(
        &self,
        sorted: &[u64],
        runs: &[(usize, usize)],
        mask: u64,
        found: &Mutex<Sorter>,
    ) -> io::Result<()> {
        let hand_on = |out: &mut Vec<Line>| {
            let done = found.lock().unwrap_or_else(PoisonError::into_inner).add(out);
            out.clear();
            done
        };
        let least = odds(self.settings.keep);
        let (mut memo, mut out, mut done) = (Memos::new(self.rows), Vec::new(), Ok(()));
        each_pair(self.rows, self.settings, (sorted, runs, mask), |left, right, a, b| {
            if let Some((_, weight)) = weigh(self.rows, self.model, least, a, b, &mut memo) {
                out.push(Pair { left, right, weight }.line());
                if out.len() == IN_HAND && done.is_ok() {
                    done = hand_on(&mut out);
                }
            }
        });
        done?;
        hand_on(&mut out)
    }

    /// Joins the pairs, strongest first.
    fn join(&self, sorted: Sorted, decided: &Decided) -> io::Result<(Pairs, Joined)> {
        let join = odds(self.settings.join);
        let mut strongest = Sorter::new(self.room, self.disk);
        let mut some = Vec::new();
        let pairs = Pairs::new(sorted, |pairs| {
            some.clear();
            let strong = pairs.iter().filter(|pair| pair.weight >= join);
            some.extend(strong.map(Pair::strength));
            strongest.add(&some)
        })?;
        let mut joining = Joining::new(self.rows, self.model, self.settings, decided);
        strongest.sorted()?.each(IN_HAND, |lines| {
            lines.iter().for_each(|&[_, left, right]| joining.consider(left, right));
            Ok::<_, io::Error>(())
        })?;
        Ok((pairs, joining.joined()))
    }
}

/// Bits of a probability.
#[must_use]
pub fn odds(p: f64) -> f32 {
    let p = p.clamp(1e-9, 1.0 - 1e-9);
    (p / (1.0 - p)).log2() as f32
}

impl Rows {
    /// Whether two rows may be compared at all.
    #[must_use]
    pub fn may_meet(&self, settings: &LinkSettings, a: u32, b: u32) -> bool {
        settings.within_lists
            || self.lists.is_empty()
            || self.lists[a as usize] != self.lists[b as usize]
    }

    fn all_pairs(&self, settings: &LinkSettings) -> f64 {
        let choose = |n: f64| n * (n - 1.0) / 2.0;
        let mut sizes: HashMap<u16, f64> = HashMap::new();
        for list in &self.lists {
            *sizes.entry(*list).or_default() += 1.0;
        }
        let within: f64 = if settings.within_lists {
            0.0
        } else {
            sizes.values().map(|&size| choose(size)).sum()
        };
        (choose(self.len() as f64) - within).max(1.0)
    }
}

/// The rows of a block, side by side in memory.
fn gather(rows: &Rows, run: &[u64], mask: u64, near: &mut Vec<u32>) {
    near.clear();
    for key in run {
        near.extend_from_slice(rows.row((key & mask) as u32));
    }
}

fn each_pair(
    rows: &Rows,
    settings: &LinkSettings,
    (sorted, runs, mask): (&[u64], &[(usize, usize)], u64),
    mut see: impl FnMut(u32, u32, &[u32], &[u32]),
) {
    let mut near = Vec::new();
    let width = rows.width;
    for &(from, to) in runs {
        let run = &sorted[from..to];
        gather(rows, run, mask, &mut near);
        for x in 0..run.len() {
            let (a, left) = (&near[x * width..][..width], (run[x] & mask) as u32);
            for y in x + 1..run.len() {
                let right = (run[y] & mask) as u32;
                if rows.may_meet(settings, left, right) {
                    see(left, right, a, &near[y * width..][..width]);
                }
            }
        }
    }
}

/// The weight of two rows, unless it stays under `least`.
pub(super) fn weigh(
    rows: &Rows,
    model: &Model,
    least: f32,
    a: &[u32],
    b: &[u32],
    memo: &mut Memos,
) -> Option<(Pattern, f32)> {
    let mut pattern = rows.compare_names(a, b, &mut memo.words);
    let (mut most, needed) = (model.most(pattern), model.raw(least));
    if most <= needed {
        return None; // Names alone leave it no way.
    }
    let first = rows.name_comparisons();
    for at in 0..memo.cheapest.len() {
        let nth = memo.cheapest[at];
        let level = rows.compare_field(nth, a, b, memo);
        pattern.set(first + nth, level);
        most += model.lost(first + nth, level);
        if most < needed {
            return None;
        }
    }
    let weight = model.weight(pattern);
    (weight >= least).then_some((pattern, weight))
}
