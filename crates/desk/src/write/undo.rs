//! `undo`: a decision, or the reception of a document, is undone by an entry; undoing the undo
//! restores it.

use crate::{Case, Error};
use habeas_ledger::Writer;
use habeas_model::{Entry, Undo};
use std::collections::{HashMap, HashSet};

/// Undoes the decision or the reception at `position`.
pub fn undo(
    case: &mut Case,
    writer: &mut Writer,
    position: u64,
    reason: &str,
) -> Result<(), Error> {
    let kind = case.ledger.row(position)?.map(|row| row.kind);
    if !matches!(kind.as_deref(), Some("decided" | "linked" | "received" | "undone")) {
        return Err(Error::NotADecision(position));
    }
    let author = case.author.clone();
    case.append(writer, &author, &[Entry::Undone(Undo { position, reason: reason.to_owned() })])
}

/// Which entry undid each of these, the last where there are several.
pub fn undone(
    case: &Case,
    positions: impl Iterator<Item = u64>,
) -> Result<HashMap<u64, u64>, Error> {
    let wanted: HashSet<u64> = positions.collect();
    let mut found = HashMap::new();
    if !wanted.is_empty() {
        case.ledger.rows_of(&["undone"], |row, entry| {
            if let Entry::Undone(undo) = entry
                && wanted.contains(&undo.position)
            {
                found.insert(undo.position, row.position);
            }
        })?;
    }
    Ok(found)
}
