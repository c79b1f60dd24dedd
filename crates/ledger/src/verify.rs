//! Is every entry and every blob as it was written? Names the first that is not.

use crate::{
    Error, Head, Ledger, blobs,
    erase::Tombstones,
    proof::{Log, LogKey, Note, VerifierKey},
    sweep::sweep,
    time::Stamps,
};
use habeas_model::Digest;
use rayon::prelude::*;
use serde::Serialize;
use std::fmt;

/// What was checked and what was found.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Entries checked.
    pub entries: u64,
    /// Blobs checked.
    pub blobs: u64,
    /// Bytes of bodies and blobs hashed.
    pub bytes: u64,
    /// Entries under a signed checkpoint; what comes after is under none yet.
    pub covered: u64,
    /// Time stamps checked.
    pub stamps: u64,
    /// The last entry whose chain holds.
    pub head: Head,
    /// Whether the ledger is sealed and was not unlocked: its chain was checked, and what it hides
    /// was not.
    pub locked: bool,
    /// Entries that were erased, with their tombstones.
    pub erased: u64,
    /// What is wrong; the first bad entry first. After a break in the chain nothing later can be
    /// vouched for.
    pub faults: Vec<Fault>,
}

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// `entry 12`, `blob 3fa9..`, or the file.
    pub place: String,
    /// What is wrong.
    pub what: String,
}

impl Fault {
    /// Whether a document is not here at all: it may lie with another member of a team.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.place.starts_with("blob ") && self.what.ends_with("is missing")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}\nhint: keep the folder as it is and compare with the last backup",
            self.place, self.what
        )
    }
}

/// Checks the whole ledger.
pub fn verify(ledger: &Ledger) -> Result<Report, Error> {
    let mut report = Report {
        entries: 0,
        blobs: 0,
        bytes: 0,
        covered: 0,
        stamps: 0,
        head: Head::BEGINNING,
        locked: ledger.is_locked(),
        erased: 0,
        faults: Vec::new(),
    };
    // A ledger that is not sealed cannot erase: it has no tombstones, and need not be searched.
    let tombstones = ledger.is_sealed().then(|| Tombstones::of(ledger).ok()).flatten();
    let swept = sweep(ledger, &tombstones.unwrap_or_default());
    if swept.fault.is_none() {
        ledger.seldom.learn(swept.entries, swept.seldom);
    }
    (report.entries, report.bytes, report.erased) = (swept.entries, swept.bytes, swept.erased);
    report.head = swept.head.unwrap_or(report.head);
    report.faults.extend(swept.fault);
    if let Some(what) = swept.store {
        let place = ledger.store.place().file_name().unwrap_or_default();
        report.faults.push(Fault { place: place.to_string_lossy().into_owned(), what });
    }
    check_log(ledger, &mut report);
    check_stamps(ledger, &mut report);
    check_blobs(ledger, &swept.blobs, &mut report);
    Ok(report)
}

/// The signed checkpoints: does the tree have the roots that were signed?
fn check_log(ledger: &Ledger, report: &mut Report) {
    if let Some(Err(e)) = LogKey::there(ledger) {
        report.faults.push(Fault { place: "log.key".to_owned(), what: first(&e) });
    }
    match Log::of(ledger) {
        Ok(log) => {
            report.covered = log.segments().last().map_or(0, |last| last.last);
            report.faults.extend(log.faults().into_iter().map(|(position, what)| Fault {
                place: format!("entry {position}"),
                what: format!("a checkpoint: {what}"),
            }));
        }
        // What cannot be read for another fault is told of once.
        Err(_) if !report.faults.is_empty() => {}
        Err(e) => report.faults.push(Fault { place: "checkpoints".to_owned(), what: first(&e) }),
    }
}

/// The time stamps, offline.
fn check_stamps(ledger: &Ledger, report: &mut Report) {
    if report.locked {
        return; // The authorities' certificates are among what is sealed.
    }
    match Stamps::of(ledger) {
        Ok(stamps) => {
            report.stamps = stamps.len() as u64;
            report.faults.extend(
                stamps
                    .faults()
                    .into_iter()
                    .map(|(position, what)| Fault { place: format!("entry {position}"), what }),
            );
        }
        Err(_) if !report.faults.is_empty() => {}
        Err(e) => report.faults.push(Fault { place: "time stamps".to_owned(), what: first(&e) }),
    }
}

/// Holds the ledger against a checkpoint that somebody kept.
pub fn against(ledger: &Ledger, kept: &Note, key: Option<&VerifierKey>, report: &mut Report) {
    let what = match Log::of(ledger) {
        Err(e) => Some(first(&e)),
        Ok(log) => differs(&log, kept, key),
    };
    let place = || format!("against a checkpoint of size {}", kept.size());
    report.faults.extend(what.map(|what| Fault { place: place(), what }));
}

fn differs(log: &Log, kept: &Note, key: Option<&VerifierKey>) -> Option<String> {
    let own = |key: &VerifierKey| kept.is_of(key);
    let known = || log.segments().iter().filter_map(|one| one.checkpoint.key.parse().ok());
    let same = log.last().map(|note| note.is_ok_and(|note| note.origin() == kept.origin()));
    let what = match same {
        _ if key.is_some_and(|key| !own(key)) => "it was not signed by the key that was given",
        None => "it was rolled back: there is no checkpoint in it at all",
        Some(false) => "that checkpoint is of another log; this is not the ledger that it was of",
        _ if key.is_none() && !known().any(|key| own(&key)) => {
            "it was not signed by any key that this ledger ever had"
        }
        _ => match log.tree().root(kept.size()) {
            None => "it was rolled back: what that checkpoint signed is not all there",
            Some(root) if root != kept.root() => {
                "it was rewritten: what that checkpoint signed is not what is there"
            }
            Some(_) => return None,
        },
    };
    Some(what.to_owned())
}

/// The first line of an error: what failed, without the next step.
pub(crate) fn first(error: &Error) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

/// Evidence against its digests, on all cores. What was erased is gone, with its tombstone in the
/// chain.
fn check_blobs(ledger: &Ledger, blobs: &[Digest], report: &mut Report) {
    let shelf = &*ledger.shelf;
    let asked: Vec<Option<Result<u64, Error>>> = blobs
        .par_iter()
        .with_max_len(1)
        .map(|digest| match blobs::measured(shelf, digest) {
            Err(Error::Blob { what: "missing", .. }) => None,
            measured => Some(measured),
        })
        .collect();
    for (digest, measured) in blobs.iter().zip(asked) {
        // What is missing may be erased, or masked, and the ledger knows.
        let whole = || ledger.blob(digest).map(|bytes| bytes.len() as u64);
        let measured = measured.unwrap_or_else(whole);
        report.blobs += u64::from(!matches!(measured, Err(Error::Blob { what: "erased", .. })));
        match measured {
            Ok(length) => report.bytes += length,
            Err(Error::Blob { what: "erased", .. }) => {}
            Err(e) => {
                let place = format!("blob {}", digest.short());
                report.faults.push(Fault { place, what: first(&e) });
            }
        }
    }
}
