//! The keys of the known rows under one rule, sorted, so that a new row finds who shares its key.

use crate::{
    link::{block::Rule, rows::Rows},
    table::Table,
};
use rayon::prelude::*;

/// Bits of a key by which a search begins.
const FIRST: u32 = 16;

/// Eight bytes for each key of each row: its high bits, and the row.
pub struct Blocks {
    sorted: Vec<u64>,
    /// Where the keys of each beginning start, and the end.
    starts: Vec<u32>,
    mask: u64,
}

impl Blocks {
    /// Sorts the keys of all rows. Blocks over the rule's bound are left out.
    pub fn of(rule: &Rule, table: &Table, rows: &Rows) -> Blocks {
        let mask = (1_u64 << (64 - (rows.len() as u64).leading_zeros())) - 1;
        let all: Vec<u32> = (0..rows.len() as u32).collect();
        let mut sorted: Vec<u64> = all
            .par_chunks(1 << 14)
            .flat_map_iter(|some| {
                let (mut keys, mut out) = (Vec::new(), Vec::new());
                for &row in some {
                    rule.keys(table, rows, row, &mut keys);
                    out.extend(keys.iter().map(|&key| key & !mask | u64::from(row)));
                }
                out
            })
            .collect();
        sorted.par_sort_unstable();
        keep_small(&mut sorted, mask, rule.most as usize);
        let mut starts = vec![0; (1 << FIRST) + 1];
        sorted.iter().for_each(|entry| starts[(entry >> (64 - FIRST)) as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Blocks { sorted, starts, mask }
    }

    /// What of a key tells blocks apart.
    pub fn key(&self, key: u64) -> u64 {
        key & !self.mask
    }

    /// The row of an entry.
    pub fn row(&self, entry: u64) -> u32 {
        (entry & self.mask) as u32
    }

    /// The entries of the rows that have a key.
    pub fn find(&self, key: u64) -> &[u64] {
        let first = (key >> (64 - FIRST)) as usize;
        let near = &self.sorted[self.starts[first] as usize..self.starts[first + 1] as usize];
        let from = near.partition_point(|entry| entry & !self.mask < key);
        let count = near[from..].iter().take_while(|entry| *entry & !self.mask == key).count();
        &near[from..from + count]
    }
}

/// Leaves out the runs of one key that are longer than `most`.
fn keep_small(sorted: &mut Vec<u64>, mask: u64, most: usize) {
    let (mut kept, mut from) = (0, 0);
    while from < sorted.len() {
        let key = sorted[from] & !mask;
        let run = sorted[from..].iter().take_while(|entry| *entry & !mask == key).count();
        if run <= most {
            sorted.copy_within(from..from + run, kept);
            kept += run;
        }
        from += run;
    }
    sorted.truncate(kept);
    sorted.shrink_to_fit();
}
