//! `undo`: a decision, or the reception of a document, is undone by an entry; undoing the undo
//! restores it.

use crate::{Case, Error, ask::acts::seen};
use habeas_ledger::{Row, Writer};
use habeas_model::{Entry, Undo};
use std::collections::{HashMap, HashSet};

/// Undoes the decision or the reception at `position`.
pub fn undo(
    case: &mut Case,
    writer: &mut Writer,
    position: u64,
    reason: &str,
) -> Result<(), Error> {
    undo_all(case, writer, &[position], reason)
}

/// Undoes several, in one acknowledged batch.
pub fn undo_all(
    case: &mut Case,
    writer: &mut Writer,
    positions: &[u64],
    reason: &str,
) -> Result<(), Error> {
    for &position in positions {
        let row = case.ledger.row(position)?;
        let decides =
            |row: &Row| matches!(&*row.kind, "decided" | "linked" | "received" | "undone");
        let row = row.filter(decides).ok_or(Error::NotADecision(position))?;
        if case.eyes.is_some() && seen(case, case.ledger.entry(&row)?)?.is_none() {
            return Err(Error::NotADecision(position)); // They are not told that it is one.
        }
    }
    let undo = |&position: &u64| Entry::Undone(Undo { position, reason: reason.to_owned() });
    let (author, entries) = (case.author.clone(), positions.iter().map(undo).collect::<Vec<_>>());
    case.append(writer, &author, &entries)
}

/// Which entry undoes each of these; an undo that is itself undone undoes nothing.
pub fn undone(
    case: &Case,
    positions: impl Iterator<Item = u64>,
) -> Result<HashMap<u64, u64>, Error> {
    let wanted: HashSet<u64> = positions.collect();
    let (mut all, mut found) = (Vec::new(), HashMap::new());
    if !wanted.is_empty() {
        case.ledger.rows_of(&["undone"], |row, entry| {
            if let Entry::Undone(undo) = entry {
                all.push((row.position, undo.position));
            }
        })?;
    }
    // Later ones are asked first.
    for (position, of) in all.into_iter().rev() {
        if !found.contains_key(&position) {
            found.entry(of).or_insert(position);
        }
    }
    found.retain(|of, _| wanted.contains(of));
    Ok(found)
}
