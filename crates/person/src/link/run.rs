//! One run of the engine over tables: learn, score every pair that shares a block, join.

use super::{
    block::{self, Met, Rule},
    cluster,
    compare::{Memos, Pattern},
    decided::Decided,
    model::Model,
    rows::Rows,
};
use crate::table::{
    Kind, LinkSettings, Table, Wrong,
    check_digit::{self, Scheme},
    column::mix,
};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

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

/// What somebody should know who trusts a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "notice", rename_all = "kebab-case")]
pub enum Notice {
    /// Blocks over their bound were left to other keys.
    BlocksLeft {
        /// Keys of the rule.
        keys: Vec<String>,
        /// How many blocks.
        blocks: u64,
        /// Rows of the largest.
        largest: u64,
    },
    /// A column that tells nobody from anybody.
    ColumnSaysNothing {
        /// Its heading.
        column: String,
        /// Rows that give a value.
        given: usize,
    },
    /// Rows with more cells than there are headings.
    CellsLeft {
        /// How many.
        rows: usize,
    },
    /// Numbers whose last sign does not follow from the others.
    CheckDigits {
        /// Heading of the column.
        column: String,
        /// By which rule.
        scheme: Scheme,
        /// Different numbers that break it.
        wrong: usize,
    },
    /// Record ids that stand on several rows.
    IdsRepeat {
        /// How many rows have an id that stood before.
        rows: usize,
    },
    /// Decisions "the same" that others, "not the same", forbid; these hold.
    DecisionsContradict {
        /// How many.
        same: usize,
    },
    /// Persons whom decisions gave two rows of a list that should hold each person once.
    TwiceInOneList {
        /// How many.
        persons: usize,
    },
    /// Fewer than two rows.
    NothingToLink,
    /// Matches that the model expects are so many, or so often of other given names, that it may
    /// have learnt families.
    ManyMatches,
}

/// The answer of a run.
pub struct Linked {
    /// Pairs from the probability `keep` on, by left and right row.
    pub pairs: Vec<Pair>,
    /// The smallest row of each row's person.
    pub persons: Vec<u32>,
    /// The model that scored.
    pub model: Model,
    /// What each block rule met, in the order of the settings.
    pub met: Vec<Met>,
    /// What to know.
    pub notices: Vec<Notice>,
    /// The rows as they were compared.
    pub rows: Rows,
    /// What had been decided.
    pub decided: Decided,
}

impl Linked {
    /// Whether the two rows of a pair are one person in the end, by its own weight, by others, or
    /// by decision.
    #[must_use]
    pub fn joined(&self, pair: &Pair) -> bool {
        self.persons[pair.left as usize] == self.persons[pair.right as usize]
    }

    /// How many persons have one row, two, three, ...
    #[must_use]
    pub fn sizes(&self) -> Vec<u64> {
        let mut rows = vec![0_usize; self.persons.len()];
        for &person in &self.persons {
            rows[person as usize] += 1;
        }
        let mut sizes = vec![0; rows.iter().copied().max().unwrap_or(0)];
        for size in rows.into_iter().filter(|size| *size > 0) {
            sizes[size - 1] += 1;
        }
        sizes
    }

    /// The share of rows that would not reach a probability even against their own copy.
    #[must_use]
    pub fn unlinkable(&self, join: f64) -> f64 {
        let (mut memo, least) = (Memos::new(&self.rows), odds(join));
        let step = self.rows.len().div_ceil(20_000).max(1);
        let (mut poor, mut seen) = (0.0, 0.0_f64);
        for row in (0..self.rows.len() as u32).step_by(step) {
            let of = self.rows.row(row);
            let pattern = self.rows.compare(of, of, &mut memo);
            poor += f64::from(u8::from(self.model.weight(pattern) < least));
            seen += 1.0;
        }
        poor / seen.max(1.0)
    }
}

/// Rows that the model learns from at most.
const LEARNT_FROM: usize = 300_000;
/// Random pairs that u is measured on.
const RANDOM: usize = 1_000_000;
/// Under this weight a pair of the first model teaches nothing.
const TEACHES: f32 = -12.0;

/// Links the rows of a table about which nobody has decided anything.
pub fn link(
    table: &Table,
    settings: &LinkSettings,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Linked, Wrong> {
    link_decided(table, settings, &Decided::default(), progress)
}

/// Links the rows of a table; what was decided holds.
pub fn link_decided(
    table: &Table,
    settings: &LinkSettings,
    decided: &Decided,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Linked, Wrong> {
    settings.check(table)?;
    progress(Progress::Normalising);
    let rows = Rows::new(table, settings);
    let rules = settings.block.iter().enumerate();
    let rules = rules
        .map(|(nth, block)| Rule::new(nth, block, table, settings))
        .collect::<Result<Vec<_>, _>>()?;
    progress(Progress::Learning);
    let model = learn(table, settings, &rows, &rules, decided);
    progress(Progress::Scoring);
    let least = odds(settings.keep);
    let (mut pairs, mut met) = (Vec::new(), Vec::new());
    let all: Vec<u32> = (0..rows.len() as u32).collect();
    for rule in &rules {
        let (found, of) =
            block::visit(rule, table, &rows, &all, rule.most, |sorted, runs, mask| {
                score(&rows, settings, &model, least, sorted, runs, mask)
            });
        met.push(of);
        pairs.extend(found.into_iter().flatten());
    }
    pairs.extend(of_decisions(&rows, &model, decided));
    pairs.par_sort_unstable_by_key(|pair: &Pair| (pair.left, pair.right));
    pairs.dedup_by_key(|pair| (pair.left, pair.right));
    progress(Progress::Joining);
    let joined = cluster::join(&rows, &model, &pairs, settings, decided);
    let mut notices = notices(table, settings, &met, rows.len());
    notices.extend(of_joining(&joined));
    if model.many_matches(&rows) {
        notices.push(Notice::ManyMatches);
    }
    let decided = decided.clone();
    Ok(Linked { pairs, persons: joined.persons, model, met, notices, rows, decided })
}

/// Pairs that were decided to be one person: they stand among the pairs though no block finds them.
fn of_decisions(rows: &Rows, model: &Model, decided: &Decided) -> Vec<Pair> {
    let mut memo = Memos::new(rows);
    let mut pair = |(left, right)| {
        let pattern = rows.compare(rows.row(left), rows.row(right), &mut memo);
        Pair { left, right, weight: model.weight(pattern) }
    };
    decided.joined().map(&mut pair).collect()
}

fn of_joining(joined: &cluster::Joined) -> Vec<Notice> {
    let mut notices = Vec::new();
    if joined.contradicted > 0 {
        notices.push(Notice::DecisionsContradict { same: joined.contradicted });
    }
    if joined.twice > 0 {
        notices.push(Notice::TwiceInOneList { persons: joined.twice });
    }
    notices
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

fn learn(
    table: &Table,
    settings: &LinkSettings,
    rows: &Rows,
    rules: &[Rule],
    decided: &Decided,
) -> Model {
    let pairs = rows.all_pairs(settings);
    let random = random(rows, settings);
    let mut model = Model::new(rows, pairs, &random);
    if rows.len() < 2 {
        return model;
    }
    let share = (LEARNT_FROM as f64 / rows.len() as f64).min(1.0);
    let limit = (share * f64::from(u32::MAX)) as u64;
    let chosen: Vec<u32> =
        (0..rows.len() as u32).filter(|&row| mix(&[u64::from(row), 7]) >> 32 <= limit).collect();
    let mut taught: Vec<(u32, u32, Pattern)> = Vec::new();
    for rule in rules {
        let most = ((f64::from(rule.most) * share) as u32).max(2);
        let (found, _) = block::visit(rule, table, rows, &chosen, most, |sorted, runs, mask| {
            teach(rows, settings, &model, sorted, runs, mask)
        });
        taught.extend(found.into_iter().flatten());
        taught.par_sort_unstable();
        taught.dedup();
    }
    let mut counts: HashMap<Pattern, f64> = HashMap::new();
    let told = told(rows, decided);
    let unsure = |verdict| verdict == habeas_model::Verdict::Unsure;
    taught.retain(|&(left, right, _)| decided.of(left, right).is_none_or(unsure));
    for (_, _, pattern) in &taught {
        *counts.entry(*pattern).or_default() += 1.0;
    }
    let mut counts: Vec<(Pattern, f64)> = counts.into_iter().collect();
    counts.sort_unstable_by_key(|(pattern, _)| *pattern);
    model.enlarge(pairs * share * share);
    model.learn(&counts, &told, 12);
    // Random pairs of one person are taken out of what strangers look like.
    let strangers: Vec<(Pattern, f64)> = random
        .iter()
        .map(|(pattern, count)| (*pattern, count * (1.0 - model.posterior(*pattern)[0])))
        .collect();
    model.measure(rows, &strangers);
    model.learn(&counts, &told, 20);
    model.enlarge(pairs);
    model.fit(&told);
    model
}

/// Reviewed pairs, and whether they are one person. Who could not tell teaches nothing.
fn told(rows: &Rows, decided: &Decided) -> Vec<(Pattern, bool)> {
    let mut memo = Memos::new(rows);
    let told = decided.all().filter(|one| one.2 != habeas_model::Verdict::Unsure);
    told.map(|(left, right, verdict)| {
        let pattern = rows.compare(rows.row(left), rows.row(right), &mut memo);
        (pattern, verdict == habeas_model::Verdict::Same)
    })
    .collect()
}

/// Patterns of random pairs, the same ones in every run.
pub(super) fn random(rows: &Rows, settings: &LinkSettings) -> Vec<(Pattern, f64)> {
    let count = rows.len() as u64;
    if count < 2 {
        return Vec::new();
    }
    let tries = RANDOM.min(rows.len() * 40);
    let parts: Vec<HashMap<Pattern, f64>> = (0..tries)
        .collect::<Vec<_>>()
        .par_chunks(tries.div_ceil(32).max(1))
        .map(|some| {
            let mut memo = Memos::new(rows);
            let mut counts = HashMap::new();
            for &nth in some {
                let drawn = mix(&[nth as u64, 1]);
                let (a, b) = (((drawn >> 32) * count) >> 32, ((drawn & 0xFFFF_FFFF) * count) >> 32);
                if a != b && rows.may_meet(settings, a as u32, b as u32) {
                    let mut pattern =
                        rows.compare(rows.row(a as u32), rows.row(b as u32), &mut memo);
                    // Rarities play no part in u.
                    pattern.0 &= (1 << 48) - 1;
                    *counts.entry(pattern).or_default() += 1.0;
                }
            }
            counts
        })
        .collect();
    let mut counts: HashMap<Pattern, f64> = HashMap::new();
    for (pattern, count) in parts.into_iter().flatten() {
        *counts.entry(pattern).or_default() += count;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable_by_key(|(pattern, _)| *pattern);
    counts
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

fn teach(
    rows: &Rows,
    settings: &LinkSettings,
    model: &Model,
    sorted: &[u64],
    runs: &[(usize, usize)],
    mask: u64,
) -> Vec<(u32, u32, Pattern)> {
    let (mut memo, mut out) = (Memos::new(rows), Vec::new());
    each_pair(rows, settings, (sorted, runs, mask), |left, right, a, b| {
        if let Some((pattern, _)) = weigh(rows, model, TEACHES, a, b, &mut memo) {
            out.push((left, right, pattern));
        }
    });
    out
}

fn score(
    rows: &Rows,
    settings: &LinkSettings,
    model: &Model,
    least: f32,
    sorted: &[u64],
    runs: &[(usize, usize)],
    mask: u64,
) -> Vec<Pair> {
    let (mut memo, mut out) = (Memos::new(rows), Vec::new());
    each_pair(rows, settings, (sorted, runs, mask), |left, right, a, b| {
        if let Some((_, weight)) = weigh(rows, model, least, a, b, &mut memo) {
            out.push(Pair { left, right, weight });
        }
    });
    out
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

fn notices(table: &Table, settings: &LinkSettings, met: &[Met], rows: usize) -> Vec<Notice> {
    let mut notices = Vec::new();
    if rows < 2 {
        notices.push(Notice::NothingToLink);
    }
    for column in &table.columns {
        if column.values.len() < 3 && rows > 1 {
            let given = column.rows.iter().filter(|&&value| value != 0).count();
            notices.push(Notice::ColumnSaysNothing { column: column.heading.clone(), given });
        }
    }
    if table.wide > 0 {
        notices.push(Notice::CellsLeft { rows: table.wide });
    }
    for column in settings.of(Kind::Number).filter_map(|heading| table.column(heading)) {
        let column = &table.columns[column];
        if let Some((scheme, wrong)) = check_digit::broken(&column.values) {
            notices.push(Notice::CheckDigits { column: column.heading.clone(), scheme, wrong });
        }
    }
    if let Some(column) = settings.id.as_ref().and_then(|id| table.column(id)) {
        let column = &table.columns[column];
        let repeated = column.rows.len().saturating_sub(column.values.len() - 1);
        if repeated > 0 {
            notices.push(Notice::IdsRepeat { rows: repeated });
        }
    }
    for (block, met) in settings.block.iter().zip(met).filter(|(_, met)| met.left > 0) {
        let (keys, blocks, largest) = (block.keys.clone(), met.left, met.largest);
        notices.push(Notice::BlocksLeft { keys, blocks, largest });
    }
    notices
}
