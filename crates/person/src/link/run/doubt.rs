//! What a run should be doubted for: one number on rows of other names, and two rows of one list
//! that may be one person.

use super::{
    super::{compare::Memos, decided::Decided, rows::Rows},
    Notice, Pairs,
};
use crate::table::{Kind, LinkSettings, Table};
use habeas_model::Verdict;
use std::io;

/// Rows of one number that are set against its first: a number that stands on thousands is none.
const BEARERS: usize = 16;
/// Pairs of rows that a notice names.
const NAMED: usize = 5;
/// From this probability on two rows may well be one person.
const MAY_BE: f64 = 0.5;

/// Numbers that stand on rows whose names are not one; not told where somebody decided that the
/// rows are one person.
pub(super) fn numbers(
    (table, settings): (&Table, &LinkSettings),
    rows: &Rows,
    decided: &Decided,
) -> Vec<Notice> {
    let fields = rows.fields.iter().filter(|field| field.kind == Kind::Number);
    let told = fields.filter_map(|field| {
        let (mut memo, mut ids, mut examples) = (Memos::new(rows), 0, Vec::new());
        each_bearing(rows, field.at, |bearing| {
            let (first, others) = bearing.split_first()?;
            let other = others.iter().take(BEARERS).find(|&&other| {
                let (a, b) = (rows.row(*first), rows.row(other));
                let pattern = rows.compare_names(a, b, &mut memo.words);
                rows.other_name(pattern) && decided.of(*first, other) != Some(Verdict::Same)
            })?;
            ids += 1;
            if examples.len() < NAMED {
                examples.push([*first, *other].map(|row| settings.record(table, row)));
            }
            Some(())
        });
        let column = field.heading.clone();
        (ids > 0).then_some(Notice::NumbersShared { column, ids, rows: examples })
    });
    if rows.named.is_some() { told.collect() } else { Vec::new() }
}

/// Shows the rows of each value that stands on several, by their places.
fn each_bearing(rows: &Rows, at: usize, mut see: impl FnMut(&[u32]) -> Option<()>) {
    let value = |row: usize| rows.cells[row * rows.width + at] as usize;
    let all = 0..rows.len();
    let mut starts = vec![0_u32; all.clone().map(value).max().unwrap_or(0) + 2];
    all.clone().for_each(|row| starts[value(row) + 1] += 1);
    for value in 1..starts.len() {
        starts[value] += starts[value - 1];
    }
    let (mut next, mut bearing) = (starts.clone(), vec![0_u32; rows.len()]);
    for row in all {
        let place = &mut next[value(row)];
        bearing[*place as usize] = row as u32;
        *place += 1;
    }
    // The first value is that of rows without a number.
    for ends in starts[1..].windows(2).filter(|ends| ends[1] - ends[0] > 1) {
        see(&bearing[ends[0] as usize..ends[1] as usize]);
    }
}

/// Rows of one list that are one person in the end, that may be by their own pair, or that may both
/// be one row of another list. Of a single table the persons themselves say it.
pub(super) fn lists(
    (table, settings): (&Table, &LinkSettings),
    rows: &Rows,
    (pairs, persons): (&Pairs, &[u32]),
    decided: &Decided,
) -> io::Result<Option<Notice>> {
    if rows.lists.is_empty() {
        return Ok(None);
    }
    let list = |row: u32| rows.lists[row as usize];
    let mut found: Vec<(u32, u32)> = Vec::new();
    // A row or a person, a list, and a row of it: neighbours of one list are two for one.
    let mut meant: Vec<(u32, u16, u32)> = Vec::new();
    pairs.each(1 << 13, |some| {
        for pair in some.iter().filter(|pair| pair.p() >= MAY_BE) {
            let (left, right) = (pair.left, pair.right);
            if list(left) == list(right) {
                found.push((left, right));
            } else {
                meant.extend([(left, list(right), right), (right, list(left), left)]);
            }
        }
        Ok::<_, io::Error>(())
    })?;
    let mut two = |meant: &mut Vec<(u32, u16, u32)>| {
        meant.sort_unstable();
        let one = meant.windows(2).filter(|two| (two[0].0, two[0].1) == (two[1].0, two[1].1));
        found.extend(one.map(|two| (two[0].2, two[1].2)));
    };
    two(&mut meant);
    let rows_of = persons.iter().zip(0_u32..);
    two(&mut rows_of.map(|(&person, row)| (person, list(row), row)).collect());
    found.sort_unstable();
    found.dedup();
    found.retain(|&(left, right)| decided.of(left, right) != Some(Verdict::NotSame));
    let is_one = |&&(left, right): &&(u32, u32)| persons[left as usize] == persons[right as usize];
    let one = found.iter().filter(is_one).count();
    let named = found
        .iter()
        .take(NAMED)
        .map(|&(left, right)| [left, right].map(|row| settings.record(table, row)));
    let notice = Notice::PerhapsTwice { pairs: found.len(), one, rows: named.collect() };
    Ok(Some(notice).filter(|_| !found.is_empty()))
}
