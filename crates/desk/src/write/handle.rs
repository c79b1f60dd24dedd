//! `custody`, where something is done: a document is copied out, handed over or had back, and the
//! ledger says so before it happens.

use crate::{Case, Error, ask::evidence::custody};
use habeas_ledger::Writer;
use habeas_model::{Act, Digest, Entry, Handling};
use std::{collections::BTreeSet, fs, path::Path};

/// Records that a document was handled.
pub fn handle(
    case: &mut Case,
    writer: &mut Writer,
    document: &str,
    act: Act,
    with: &str,
    reason: &str,
) -> Result<Digest, Error> {
    let blob = custody::find(&case.present(None)?, document)?.it.blob;
    let handling =
        Handling { blob: Some(blob), act, with: with.to_owned(), reason: reason.to_owned() };
    let author = case.author.clone();
    case.append(writer, &author, &[Entry::Handled(handling)])?;
    Ok(blob)
}

/// Copies a document out, recorded first: there is no copy that the ledger does not know of.
pub fn copy_out(
    case: &mut Case,
    writer: &mut Writer,
    document: &str,
    to: &Path,
    reason: &str,
) -> Result<(), Error> {
    let blob = handle(case, writer, document, Act::Opened, "", reason)?;
    let bytes = case.ledger.blob(&blob)?;
    fs::write(to, bytes).map_err(|why| Error::writing(to, why))
}

/// Records that names go out in tables or pages, in the custody of each document that they come
/// from. No entry has a name in it.
pub fn names_out(
    case: &mut Case,
    writer: &mut Writer,
    documents: &BTreeSet<Digest>,
    reason: &str,
) -> Result<(), Error> {
    let handled = |blob: &Digest| {
        let (blob, reason) = (Some(*blob), reason.to_owned());
        Entry::Handled(Handling { blob, act: Act::Opened, with: String::new(), reason })
    };
    let entries: Vec<Entry> = documents.iter().map(handled).collect();
    let author = case.author.clone();
    case.append(writer, &author, &entries)
}

/// Records that a copy of every document goes out: a backup, an export of the ledger.
pub fn copy_of_all(case: &mut Case, writer: &mut Writer, reason: &str) -> Result<(), Error> {
    let reason = reason.to_owned();
    let handling = Handling { blob: None, act: Act::Opened, with: String::new(), reason };
    let author = case.author.clone();
    case.append(writer, &author, &[Entry::Handled(handling)])
}
