//! `undo`: a decision is undone by an entry; undoing the undo restores it.

use crate::{Case, Error};
use habeas_ledger::Writer;
use habeas_model::{Entry, Undo};

/// Undoes the decision at `position`.
pub fn undo(
    case: &mut Case,
    writer: &mut Writer,
    position: u64,
    reason: &str,
) -> Result<(), Error> {
    let kind = case.ledger.row(position)?.map(|row| row.kind);
    if !matches!(kind.as_deref(), Some("decided" | "linked" | "undone")) {
        return Err(Error::NotADecision(position));
    }
    let author = case.author.clone();
    case.append(writer, &author, &[Entry::Undone(Undo { position, reason: reason.to_owned() })])
}
