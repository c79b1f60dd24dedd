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
    column::{letters, mix},
    date,
};
use rayon::prelude::*;

/// A part of a key.
enum Part {
    /// A column, what of its values counts, and what each of them comes to; 0 for none.
    Column(usize, Form, Vec<u64>),
    /// Any so many words of the name.
    Words(usize),
}

/// What of a value counts in a key.
#[derive(Clone, Copy)]
enum Form {
    Whole,
    /// Without the marks of a number: "V-12345678" and "12345678" meet.
    Number,
    Day,
    First,
    Start,
    Year,
    Month,
}

impl Form {
    /// What a value comes to, by its letters alone, so that a value which comes later meets its
    /// like; 0 for none.
    fn key(self, text: &str) -> u64 {
        let day =
            |of: &dyn Fn(date::Day) -> u32| date::read(text).map_or(0, |day| u64::from(of(day)));
        match self {
            Form::Whole => letters(text),
            Form::Number => rows::plain(text).map_or(0, |plain| letters(&plain)),
            Form::First => letters(text.split(' ').next().unwrap_or_default()),
            Form::Start => letters(&text.chars().take(3).collect::<String>()),
            Form::Day => day(&date::Day::packed),
            Form::Year => day(&|day| u32::from(day.year)),
            Form::Month => day(&|day| day.packed() >> 5),
        }
    }
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
        let part = |key: &String| part(key, table, settings);
        let parts = block.keys.iter().map(part).collect::<Result<_, _>>()?;
        Ok(Rule { parts, most: block.most, nth: nth as u64 })
    }

    /// The columns whose values are parts of its keys.
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().filter_map(|part| match part {
            Part::Column(column, ..) => Some(*column),
            Part::Words(_) => None,
        })
    }

    /// The keys of a row, without repeats.
    pub fn keys(&self, table: &Table, rows: &Rows, row: u32, keys: &mut Vec<u64>) {
        let value =
            |column: usize, _, of: &[u64]| of[table.columns[column].rows[row as usize] as usize];
        self.keys_by(value, rows, row, keys);
    }

    /// The keys of a row of `rows` whose values stand elsewhere: by column, as text.
    pub fn keys_of<'a>(
        &self,
        text: impl Fn(usize) -> &'a str,
        rows: &Rows,
        row: u32,
        keys: &mut Vec<u64>,
    ) {
        self.keys_by(|column, form: Form, _: &[u64]| form.key(text(column)), rows, row, keys);
    }

    fn keys_by(
        &self,
        value: impl Fn(usize, Form, &[u64]) -> u64,
        rows: &Rows,
        row: u32,
        keys: &mut Vec<u64>,
    ) {
        keys.clear();
        let mut base = mix(&[self.nth]);
        let mut words = 0;
        for part in &self.parts {
            match part {
                Part::Words(count) => words = *count,
                Part::Column(column, form, of) => {
                    let value = value(*column, *form, of);
                    if value == 0 {
                        return;
                    }
                    base = mix(&[base, value]);
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

fn part(key: &str, table: &Table, settings: &LinkSettings) -> Result<Part, Wrong> {
    match key {
        "words.one" => return Ok(Part::Words(1)),
        "words.two" => return Ok(Part::Words(2)),
        "words.three" => return Ok(Part::Words(3)),
        _ => {}
    }
    let wrong = || Wrong::Key(key.to_owned());
    let (heading, form) = match key.rsplit_once('.') {
        _ if table.column(key).is_some() => {
            let kind = settings.compare.iter().find(|one| one.column == key).map(|one| one.kind);
            (
                key,
                match kind {
                    Some(Kind::Number) => Form::Number,
                    Some(Kind::Born | Kind::Event) => Form::Day,
                    _ => Form::Whole,
                },
            )
        }
        Some((heading, "first")) => (heading, Form::First),
        Some((heading, "start")) => (heading, Form::Start),
        Some((heading, "year")) => (heading, Form::Year),
        Some((heading, "month")) => (heading, Form::Month),
        _ => return Err(wrong()),
    };
    let column = table.column(heading).ok_or_else(wrong)?;
    let values = &table.columns[column].values;
    let of = (0..values.len() as u32).map(|value| form.key(values.get(value))).collect();
    Ok(Part::Column(column, form, of))
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

/// Keys sorted at once at most; more are sorted in several passes, each of a part of the keys.
const AT_ONCE: usize = 12_000_000;

/// Visits every block of a rule among the chosen rows, in parallel, in parts that `visit` turns
/// into answers; the order of the answers is that of the keys. Blocks of more rows than the first
/// bound are left, and no more keys than the second are sorted at once.
pub fn visit<T: Send>(
    rule: &Rule,
    table: &Table,
    rows: &Rows,
    chosen: &[u32],
    (most, at_once): (u32, usize),
    visit: impl Fn(&[u64], &[(usize, usize)], u64) -> T + Sync,
) -> (Vec<T>, Met) {
    let bits = 64 - (rows.len() as u64).leading_zeros();
    let mask = (1_u64 << bits) - 1;
    let words = rule.parts.iter().map(|part| match part {
        Part::Words(2 | 3) => 8,
        Part::Words(_) => 4,
        Part::Column(..) => 1,
    });
    let keys = chosen.len() * words.max().unwrap_or(1);
    let passes = keys.div_ceil(at_once.clamp(1, AT_ONCE)).max(1) as u64;
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
