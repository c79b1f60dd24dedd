//! `read`: each document that was not read yet, or not under these settings, is read into
//! proposals.

use crate::{
    Case, Error,
    reach::second::{self, Brought, Second},
};
use habeas_claim::Reading;
use habeas_ledger::Writer;
use habeas_model::{Captured, Digest, Entry, Problem, Read, Received};
use std::collections::HashMap;

/// The reader's name and version: another version reads everything again.
pub const READER: &str = concat!("habeas/", env!("CARGO_PKG_VERSION"));

/// Reads what is `unread`, one acknowledged batch a document, and tells of each as it is done.
pub fn read(
    case: &mut Case,
    writer: &mut Writer,
    unread: Vec<Received>,
    mut told: impl FnMut(&Received, &Read),
) -> Result<(), Error> {
    let mut second = Second::of(&case.settings)?;
    for received in unread {
        let settings = case.settings.bearing_on(&received.name);
        let (mut entries, mut read) = match propose_with(case, &received, second.as_mut()) {
            Ok(proposed) => entries(received.blob, settings, proposed),
            Err(e) => failed(received.blob, settings, &received.name, &e),
        };
        told(&received, &read);
        read.problems.dedup();
        entries.push(Entry::Read(read));
        case.append(writer, READER, &entries)?;
    }
    Ok(())
}

/// Documents without a reading by this reader under these settings.
pub fn unread(case: &Case) -> Result<Vec<Received>, Error> {
    let present = case.present(None)?;
    let readings: HashMap<Digest, &Read> =
        present.readings.iter().map(|taken| (taken.it.blob, &taken.it)).collect();
    let fresh = |received: &Received| {
        readings.get(&received.blob).is_some_and(|read| {
            read.reader == READER && read.settings == case.settings.bearing_on(&received.name)
        })
    };
    Ok(present
        .documents
        .iter()
        .map(|taken| &taken.it)
        .filter(|received| !fresh(received))
        // What was erased in part keeps its reading of before: the rest of it stays as it was.
        .filter(|received| !case.ledger.is_erased(&received.blob).unwrap_or(false))
        .cloned()
        .collect())
}

/// What a received file proposes.
#[derive(Default)]
pub struct Proposed {
    /// One reading for each document in it.
    pub readings: Vec<Reading>,
    /// The documents in it that have an address of their own.
    pub captured: Vec<Captured>,
    /// What could not be opened.
    pub problems: Vec<Problem>,
    /// What a second reader brought beside.
    pub brought: Brought,
}

/// What a received file proposes. Its documents are opened one after the other, so that an archive
/// of thousands is never whole in memory.
pub fn propose(case: &Case, received: &Received) -> Result<Proposed, Error> {
    propose_with(case, received, None)
}

fn propose_with(
    case: &Case,
    received: &Received,
    second: Option<&mut Second>,
) -> Result<Proposed, Error> {
    let mut second = second.filter(|_| second::may_send(&case.settings, &received.name));
    let bytes = case.ledger.blob(&received.blob)?;
    let mut asked = case.settings.asked(&received.name);
    if received.capture.began.is_some() {
        asked.url = asked.url.or_else(|| received.capture.url.clone());
    }
    let mut proposed = Proposed::default();
    let problems = habeas_document::each(&bytes, &asked, &mut |document| {
        if document.captured.is_some() || document.url.is_some() && !document.part.is_empty() {
            proposed.captured.push(Captured {
                part: document.part.clone(),
                url: document.url.clone(),
                at: document.captured.clone(),
            });
        }
        let context = case.settings.context(&received.name, &document);
        let mut reading = habeas_claim::read(&document, &context);
        if let Some(second) = &mut second {
            second.read(&document, &context, &mut reading, &mut proposed.brought);
        }
        proposed.readings.push(reading);
    })?;
    proposed.problems = problems;
    Ok(proposed)
}

fn entries(blob: Digest, settings: Digest, proposed: Proposed) -> (Vec<Entry>, Read) {
    let mut read = Read {
        blob,
        reader: READER.to_owned(),
        settings,
        claims: 0,
        mentions: 0,
        second: proposed.brought.record,
        captured: proposed.captured,
        problems: proposed.problems,
    };
    let rejected = proposed.brought.rejected.into_iter();
    let mut entries: Vec<Entry> = rejected.map(|one| Entry::Rejected(Box::new(one))).collect();
    for reading in proposed.readings {
        read.claims += reading.claims.len() as u32;
        read.mentions += reading.mentions.len() as u32;
        read.problems.extend(reading.problems);
        entries.extend(reading.claims.into_iter().map(|claim| Entry::Claim(Box::new(claim))));
        entries
            .extend(reading.mentions.into_iter().map(|mention| Entry::Mention(Box::new(mention))));
    }
    (entries, read)
}

/// A document that opened when it was received and does not now (other settings) is a problem, not
/// the end.
fn failed(blob: Digest, settings: Digest, name: &str, error: &Error) -> (Vec<Entry>, Read) {
    let first = error.to_string().lines().next().unwrap_or_default().to_owned();
    let problems = vec![Problem::new("document-failed", name, first)];
    (
        Vec::new(),
        Read {
            blob,
            reader: READER.to_owned(),
            settings,
            claims: 0,
            mentions: 0,
            second: None,
            captured: Vec::new(),
            problems,
        },
    )
}
