//! What agreement is worth, learnt from a sample of rows, and from what people decided.

use super::{
    super::{
        aside::Room,
        block::{self, Rule},
        compare::{Memos, Pattern},
        decided::Decided,
        model::Model,
        rows::Rows,
    },
    each_pair, weigh,
};
use crate::table::{LinkSettings, Table, column::mix};
use rayon::prelude::*;
use std::collections::HashMap;

/// Rows that the model learns from at most.
const LEARNT_FROM: usize = 300_000;
/// Random pairs that u is measured on.
const RANDOM: usize = 1_000_000;
/// Under this weight a pair of the first model teaches nothing.
const TEACHES: f32 = -12.0;

/// Learns the model of a run.
pub(super) fn learn(
    (table, settings): (&Table, &LinkSettings),
    rows: &Rows,
    rules: &[Rule],
    decided: &Decided,
    room: Room,
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
        let bounds = (most, room.keys());
        let (found, _) = block::visit(rule, table, rows, &chosen, bounds, |sorted, runs, mask| {
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
pub fn random(rows: &Rows, settings: &LinkSettings) -> Vec<(Pattern, f64)> {
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
