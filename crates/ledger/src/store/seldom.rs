//! Where the entries of the seldom kinds stand: looked for once, since nothing is ever rewritten.

use super::{COMMON, Store};
use crate::Error;
use std::{cell::RefCell, collections::HashMap};

/// Positions by kind, as far as the ledger was walked over.
#[derive(Debug, Default)]
pub(crate) struct Seldom(RefCell<Walked>);

/// So far it was walked over, and this was met.
#[derive(Debug, Default)]
struct Walked {
    last: u64,
    positions: HashMap<String, Vec<u64>>,
}

impl Seldom {
    /// Positions of the rows of one kind up to `to`, ascending.
    pub fn of(&self, store: &dyn Store, kind: &str, to: Option<u64>) -> Result<Vec<u64>, Error> {
        if COMMON.contains(&kind) {
            return store.positions(kind, to);
        }
        self.walk(store)?;
        let walked = self.0.borrow();
        let all = walked.positions.get(kind).map_or(&[][..], Vec::as_slice);
        let up_to = to.map_or(all.len(), |to| all.partition_point(|position| *position <= to));
        Ok(all[..up_to].to_vec())
    }

    /// Takes what a walk over all entries up to `last` met.
    pub fn learn(&self, last: u64, met: Vec<(u64, String)>) {
        let mut walked = Walked { last, positions: HashMap::new() };
        met.into_iter().for_each(|(position, kind)| walked.met(position, &kind));
        *self.0.borrow_mut() = walked;
    }

    /// Walks on to the last entry.
    fn walk(&self, store: &dyn Store) -> Result<(), Error> {
        let last = store.head()?.position;
        let mut walked = self.0.borrow_mut();
        if walked.last < last {
            let from = walked.last;
            // What is met of a walk that fails in the middle is not kept.
            let mut met = Vec::new();
            store.seldom(from, &mut |position, kind| met.push((position, kind.to_owned())))?;
            let met = met.into_iter().filter(|(position, _)| *position <= last);
            met.for_each(|(position, kind)| walked.met(position, &kind));
            walked.last = last;
        }
        Ok(())
    }
}

impl Walked {
    fn met(&mut self, position: u64, kind: &str) {
        match self.positions.get_mut(kind) {
            Some(all) => all.push(position),
            None => drop(self.positions.insert(kind.to_owned(), vec![position])),
        }
    }
}
