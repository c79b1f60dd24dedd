//! Which rows are worth comparing: those that share a key, in blocks of bounded size.
//!
//! Keys and rows are sorted together as one number each, so that a block is a run; no table of
//! pairs is kept, and a rule's memory is eight bytes a key.

use super::{
    names::Named,
    rows::{self, NAME_CELLS, Rows},
};
use crate::table::{
    Block, Kind, LinkSettings, Table, Wrong,
    column::{Values, mix},
    date,
};
use rayon::prelude::*;

/// A part of a key.
enum Part {
    /// What a column's value comes to; 0 for none.
    Column(usize, Vec<u32>),
    /// Any so many words of the name.
    Words(usize),
}

/// A rule made ready.
pub struct Rule {
    parts: Vec<Part>,
    /// Rows of the largest block.
    pub most: u32,
    nth: u64,
}

impl Rule {
    /// Makes a rule ready for a table.
    pub fn new(
        nth: usize,
        block: &Block,
        table: &Table,
        settings: &LinkSettings,
    ) -> Result<Rule, Wrong> {
        let numbers: Vec<&str> = settings.of(Kind::Number).collect();
        let part = |key: &String| part(key, table, &numbers);
        let parts = block.keys.iter().map(part).collect::<Result<_, _>>()?;
        Ok(Rule { parts, most: block.most, nth: nth as u64 })
    }

    /// The keys of a row, without repeats.
    pub fn keys(&self, table: &Table, rows: &Rows, row: u32, keys: &mut Vec<u64>) {
        keys.clear();
        let mut base = mix(&[self.nth]);
        let mut words = 0;
        for part in &self.parts {
            match part {
                Part::Words(count) => words = *count,
                Part::Column(column, of) => {
                    let value = of[table.columns[*column].rows[row as usize] as usize];
                    if value == 0 {
                        return;
                    }
                    base = mix(&[base, u64::from(value)]);
                }
            }
        }
        if words == 0 {
            keys.push(base);
            return;
        }
        let (sounds, count) = sounds(rows, row);
        combine(&sounds[..count], words, base, keys);
        keys.sort_unstable();
        keys.dedup();
    }
}

/// Sounds of the words of a row's name, sorted, each once.
fn sounds(rows: &Rows, row: u32) -> ([u32; NAME_CELLS], usize) {
    let mut sounds = [0; NAME_CELLS];
    let mut count = 0;
    let cells = if rows.named == Some(Named::Parted) { 5 } else { NAME_CELLS };
    for &word in &rows.row(row)[..cells] {
        let key = rows.vocabulary.key(word);
        if key != 0 && !sounds[..count].contains(&key) {
            sounds[count] = key;
            count += 1;
        }
    }
    sounds[..count].sort_unstable();
    (sounds, count)
}

fn combine(sounds: &[u32], words: usize, base: u64, keys: &mut Vec<u64>) {
    for (nth, &sound) in sounds.iter().enumerate() {
        let key = mix(&[base, u64::from(sound)]);
        if words == 1 {
            keys.push(key);
        } else {
            combine(&sounds[nth + 1..], words - 1, key, keys);
        }
    }
}

fn part(key: &str, table: &Table, numbers: &[&str]) -> Result<Part, Wrong> {
    match key {
        "words.one" => return Ok(Part::Words(1)),
        "words.two" => return Ok(Part::Words(2)),
        "words.three" => return Ok(Part::Words(3)),
        _ => {}
    }
    if let Some(column) = table.column(key) {
        let values = &table.columns[column].values;
        let all = 0..values.len() as u32;
        if numbers.contains(&key) {
            // However it is written: "V-12345678" and "12345678" meet.
            let mut seen = Values::default();
            let plain = all.map(|value| rows::numeral(values.get(value), &mut seen)[0]);
            return Ok(Part::Column(column, plain.collect()));
        }
        return Ok(Part::Column(column, all.collect()));
    }
    let wrong = || Wrong::Key(key.to_owned());
    let (heading, how) = key.rsplit_once('.').ok_or_else(wrong)?;
    let column = table.column(heading).ok_or_else(wrong)?;
    let values = &table.columns[column].values;
    let mut seen = Values::default();
    let mut of = |text: &str| seen.number(text);
    let all = (0..values.len() as u32).map(|value| values.get(value));
    let mapped = match how {
        "first" => all.map(|text| of(text.split(' ').next().unwrap_or_default())).collect(),
        "start" => all.map(|text| of(&text.chars().take(3).collect::<String>())).collect(),
        "year" => all.map(|text| date::read(text).map_or(0, |day| u32::from(day.year))).collect(),
        "month" => all.map(|text| date::read(text).map_or(0, |day| day.packed() >> 5)).collect(),
        _ => return Err(wrong()),
    };
    Ok(Part::Column(column, mapped))
}

/// What a rule met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Met {
    /// Blocks of two rows or more that were compared.
    pub blocks: u64,
    /// Pairs in them.
    pub pairs: u64,
    /// Blocks over the bound.
    pub left: u64,
    /// Rows of the largest block, compared or not.
    pub largest: u64,
}

/// Keys sorted at once; more are sorted in several passes, each of a part of the keys.
const AT_ONCE: usize = 12_000_000;

/// Visits every block of a rule among the chosen rows, in parallel, in parts that `visit` turns
/// into answers; the order of the answers is that of the keys.
pub fn visit<T: Send>(
    rule: &Rule,
    table: &Table,
    rows: &Rows,
    chosen: &[u32],
    most: u32,
    visit: impl Fn(&[u64], &[(usize, usize)], u64) -> T + Sync,
) -> (Vec<T>, Met) {
    let bits = 64 - (rows.len() as u64).leading_zeros();
    let mask = (1_u64 << bits) - 1;
    let words = rule.parts.iter().map(|part| match part {
        Part::Words(2 | 3) => 8,
        Part::Words(_) => 4,
        Part::Column(..) => 1,
    });
    let passes = (chosen.len() * words.max().unwrap_or(1)).div_ceil(AT_ONCE).max(1) as u64;
    let (mut answers, mut met) = (Vec::new(), Met::default());
    for pass in 0..passes {
        let mut sorted: Vec<u64> = chosen
            .par_chunks(1 << 14)
            .flat_map_iter(|some| {
                let (mut keys, mut out) = (Vec::new(), Vec::new());
                for &row in some {
                    rule.keys(table, rows, row, &mut keys);
                    let of_pass = keys.iter().filter(|&&key| (key >> 40) % passes == pass);
                    out.extend(of_pass.map(|&key| key & !mask | u64::from(row)));
                }
                out
            })
            .collect();
        sorted.par_sort_unstable();
        let parts: Vec<(Vec<(usize, usize)>, Met)> = cut(&sorted, mask)
            .into_par_iter()
            .map(|(from, to)| runs(&sorted[from..to], from, mask, most))
            .collect();
        for (_, part) in &parts {
            met.blocks += part.blocks;
            met.pairs += part.pairs;
            met.left += part.left;
            met.largest = met.largest.max(part.largest);
        }
        let some: Vec<T> = parts.par_iter().map(|(runs, _)| visit(&sorted, runs, mask)).collect();
        answers.extend(some);
    }
    (answers, met)
}

/// Cuts sorted keys at ends of runs into parts for threads.
fn cut(sorted: &[u64], mask: u64) -> Vec<(usize, usize)> {
    const PARTS: usize = 64;
    let mut parts = Vec::new();
    let mut from = 0;
    for nth in 1..=PARTS {
        let mut to = (sorted.len() * nth / PARTS).max(from);
        while to > from && to < sorted.len() && sorted[to] & !mask == sorted[to - 1] & !mask {
            to += 1;
        }
        if to > from {
            parts.push((from, to));
        }
        from = to;
    }
    parts
}

fn runs(sorted: &[u64], offset: usize, mask: u64, most: u32) -> (Vec<(usize, usize)>, Met) {
    let (mut runs, mut met) = (Vec::new(), Met::default());
    let mut from = 0;
    for to in 1..=sorted.len() {
        if to < sorted.len() && sorted[to] & !mask == sorted[from] & !mask {
            continue;
        }
        let size = (to - from) as u64;
        met.largest = met.largest.max(size);
        if size > u64::from(most) {
            met.left += 1;
        } else if size > 1 {
            met.blocks += 1;
            met.pairs += size * (size - 1) / 2;
            runs.push((offset + from, offset + to));
        }
        from = to;
    }
    (runs, met)
}
