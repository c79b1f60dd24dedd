//! A set of persons of one register, small enough that a thousand figures can each keep theirs.

use habeas_model::PersonId;
use serde::{Serialize, Serializer};
use std::{fmt, sync::Arc};

/// Rows of an index, one bit each: 64 to a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// Nobody, of `rows`.
    pub fn none(rows: usize) -> Bits {
        Bits(vec![0; rows.div_ceil(64)])
    }

    pub fn set(&mut self, row: u32) {
        self.0[row as usize / 64] |= 1 << (row % 64);
    }

    pub fn flip(&mut self, row: u32) {
        self.0[row as usize / 64] ^= 1 << (row % 64);
    }

    pub fn has(&self, row: u32) -> bool {
        self.0[row as usize / 64] >> (row % 64) & 1 == 1
    }

    /// Keeps those who are in `other` too.
    pub fn keep(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, of)| *word &= of);
    }

    /// Drops those who are in `other`.
    pub fn drop(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, of)| *word &= !of);
    }

    /// How many are in both.
    pub fn shared(&self, other: &Bits) -> u32 {
        self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones()).sum()
    }

    pub fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = u32> {
        self.0.iter().enumerate().flat_map(|(at, &word)| {
            let first = u32::try_from(at * 64).unwrap_or(u32::MAX);
            let mut left = word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(first + bit)
            })
        })
    }
}

#[derive(Clone)]
enum Rows {
    /// The rows themselves, in order.
    Few(Arc<[u32]>),
    /// One bit a row: smaller as soon as a 32nd of all are meant.
    Many(Arc<Bits>),
}

/// Some persons of a register, in its order. It opens to their identifiers (invariant 13); only
/// `page` makes names of them.
#[derive(Clone)]
pub struct Persons {
    ids: Arc<[PersonId]>,
    rows: Rows,
}

impl Persons {
    pub(crate) fn of(ids: &Arc<[PersonId]>, bits: Bits) -> Persons {
        let rows = match bits.count() as usize * 32 < ids.len() {
            true => Rows::Few(bits.rows().collect()),
            false => Rows::Many(Arc::new(bits)),
        };
        Persons { ids: ids.clone(), rows }
    }

    pub(crate) fn of_rows(ids: &Arc<[PersonId]>, rows: Vec<u32>) -> Persons {
        Persons { ids: ids.clone(), rows: Rows::Few(rows.into()) }
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.rows {
            Rows::Few(rows) => rows.len(),
            Rows::Many(bits) => bits.count() as usize,
        }
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Their identifiers, in the register's order.
    #[must_use]
    pub fn ids(&self) -> Vec<PersonId> {
        let id = |row: u32| self.ids[row as usize];
        match &self.rows {
            Rows::Few(rows) => rows.iter().copied().map(id).collect(),
            Rows::Many(bits) => bits.rows().map(id).collect(),
        }
    }
}

impl Default for Persons {
    fn default() -> Persons {
        Vec::new().into_iter().collect()
    }
}

impl FromIterator<PersonId> for Persons {
    fn from_iter<I: IntoIterator<Item = PersonId>>(persons: I) -> Persons {
        let ids: Arc<[PersonId]> = persons.into_iter().collect();
        let rows = (0..u32::try_from(ids.len()).unwrap_or(u32::MAX)).collect();
        Persons { ids, rows: Rows::Few(rows) }
    }
}

impl PartialEq for Persons {
    fn eq(&self, other: &Persons) -> bool {
        self.ids() == other.ids()
    }
}
impl Eq for Persons {}

impl fmt::Debug for Persons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.ids()).finish()
    }
}

impl Serialize for Persons {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.ids())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_forms_hold_the_same_persons(
            chosen in proptest::collection::vec(any::<bool>(), 0..300),
        ) {
            let ids: Arc<[PersonId]> = (1..=chosen.len() as u64).map(PersonId::from_bits).collect();
            let on = (0..).zip(&chosen).filter(|(_, on)| **on);
            let rows: Vec<u32> = on.map(|(row, _)| row).collect();
            let mut bits = Bits::none(ids.len());
            rows.iter().for_each(|&row| bits.set(row));
            let expected: Vec<PersonId> = rows.iter().map(|&row| ids[row as usize]).collect();
            let (few, many) = (Persons::of_rows(&ids, rows), Persons::of(&ids, bits));
            prop_assert_eq!(few.ids(), expected);
            prop_assert_eq!(few.len(), many.len());
            prop_assert_eq!(few, many);
        }
    }
}
