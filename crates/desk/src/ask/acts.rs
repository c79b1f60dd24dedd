//! `acts`: who did what, newest first, and what was signed under it.

use crate::{Case, Error};
use habeas_ledger::{Row, proof::Log, restrict::Restrictions};
use habeas_model::Entry;
pub use habeas_page::html::served::Act;

/// Kinds of entries that somebody's decision makes.
const DECISIONS: [&str; 3] = ["decided", "linked", "undone"];
/// Rows are looked for in stretches of so many positions.
const STRETCH: u64 = 512;

/// An entry as it is told, with who appended it and when.
pub(crate) fn told(row: Row, entry: Option<Entry>) -> Act {
    let Row { position, recorded_at: at, author, kind, .. } = row;
    Act { position, at, author, kind, entry }
}

/// The same, if whoever asks may see it.
pub(crate) fn seen(
    case: &Case,
    entry: Option<Entry>,
) -> Result<Option<Entry>, habeas_ledger::Error> {
    Ok(match entry {
        Some(entry) => case.sees(&entry)?.then_some(entry),
        None => None,
    })
}

/// The newest `most` entries before a position, newest first; of decisions only, if so asked. What
/// is restricted, or closed to whoever asks, has its place and says nothing.
pub fn acts(
    case: &Case,
    before: Option<u64>,
    most: usize,
    decisions: bool,
) -> Result<Vec<Act>, Error> {
    let (head, hidden) = Restrictions::with_end(&case.ledger)?;
    let mut last = before.map_or(head, |before| before.saturating_sub(1).min(head));
    let mut found = Vec::new();
    while last > 0 && found.len() < most {
        let first = last.saturating_sub(STRETCH - 1).max(1);
        let mut stretch = Vec::new();
        case.ledger.rows(first, Some(last), |row| {
            if !decisions || DECISIONS.contains(&row.kind.as_str()) {
                let entry = case.ledger.entry(&row)?.filter(|entry| !hidden.bears_on(entry));
                stretch.push(told(row, seen(case, entry)?));
            }
            Ok(())
        })?;
        let room = most - found.len();
        found.extend(stretch.into_iter().rev().take(room));
        last = first - 1;
    }
    Ok(found)
}

/// What was signed, oldest first: the entries that each checkpoint covers, and who signed it beside
/// us among the witnesses that the case knows.
pub fn checkpoints(case: &Case) -> Result<Vec<(u64, Vec<String>)>, Error> {
    let known = crate::write::checkpoint::witnesses(case)?;
    let log = Log::of(&case.ledger)?;
    let signed = |segment: &habeas_ledger::proof::Segment| {
        let note: habeas_ledger::proof::Note = segment.checkpoint.note.parse()?;
        let names = note.signed(&known)?.into_iter().filter(|one| one.seen.is_some());
        Ok((segment.last, names.map(|one| one.name).collect()))
    };
    log.segments().iter().map(signed).collect()
}
