//! What happened to one thing since somebody looked at it: a decision on what has changed meanwhile
//! is refused, and told what changed.

use crate::{
    Case, Error,
    ask::acts::{Act, seen, told},
};
use habeas_ledger::restrict::Restrictions;
use habeas_model::{Digest, Entry, MentionId, Subject};
use std::collections::HashSet;

/// What a decision is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A claim, or a mention in a list.
    One(Subject),
    /// Two mentions, the smaller identifier first.
    Pair(MentionId, MentionId),
    /// A decision, by the position of its entry.
    Act(u64),
    /// A document: that it was received, and decisions on what was read in it.
    Document(Digest),
}

impl About {
    /// Whether an entry says something of it.
    fn is_meant(self, entry: &Entry, within: &HashSet<Subject>) -> bool {
        match (self, entry) {
            (About::Document(_), Entry::Decided(it)) => within.contains(&it.subject),
            (About::Document(blob), Entry::Received(it)) => it.blob == blob,
            (About::One(subject), Entry::Decided(it)) => it.subject == subject,
            (About::One(Subject::Claim(id)), Entry::Claim(it)) => it.id == id,
            (About::One(Subject::Mention(id)), Entry::Mention(it)) => it.id == id,
            (About::Pair(left, right), Entry::Linked(it)) => (it.left, it.right) == (left, right),
            (About::Act(position), Entry::Undone(it)) => it.position == position,
            _ => false,
        }
    }
}

/// The entries after `position` that bear on it, oldest first: decisions, undos of them, and
/// another reading. None: it is as it was.
pub fn since(case: &Case, about: About, position: u64) -> Result<Vec<Act>, Error> {
    let (head, hidden) = Restrictions::with_end(&case.ledger)?;
    let within = match about {
        About::Document(blob) => within(case, blob)?,
        _ => HashSet::new(),
    };
    let mut found = Vec::new();
    case.ledger.rows(position + 1, Some(head), |row| {
        let kind = &*row.kind;
        if !matches!(kind, "decided" | "linked" | "undone" | "claim" | "mention" | "received") {
            return Ok(());
        }
        let Some(entry) = case.ledger.entry(&row)? else { return Ok(()) };
        if meant(case, about, &within, &entry)? {
            let entry = Some(entry).filter(|entry| !hidden.bears_on(entry));
            found.push(told(row, seen(case, entry)?));
        }
        Ok(())
    })?;
    Ok(found)
}

/// Whether an entry bears on it; an undo does if what it undoes does.
fn meant(
    case: &Case,
    about: About,
    within: &HashSet<Subject>,
    entry: &Entry,
) -> Result<bool, habeas_ledger::Error> {
    if about.is_meant(entry, within) {
        return Ok(true);
    }
    let Entry::Undone(undo) = entry else { return Ok(false) };
    let row = case.ledger.row(undo.position)?;
    let Some(undone) = row.map(|row| case.ledger.entry(&row)).transpose()?.flatten() else {
        return Ok(false);
    };
    meant(case, about, within, &undone)
}

/// Whatever was read in a document.
fn within(case: &Case, blob: Digest) -> Result<HashSet<Subject>, Error> {
    let present = case.present(None)?;
    let claims = present.claims.iter().filter(|one| one.it.span.blob == blob);
    let claims = claims.map(|one| Subject::Claim(one.it.id));
    let rows = present.mentions.iter().filter(|one| one.it.span.blob == blob);
    Ok(claims.chain(rows.map(|one| Subject::Mention(one.it.id))).collect())
}
