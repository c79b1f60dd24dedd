//! Is every entry and every blob as it was written? Names the first that is not.

use crate::{
    Error, Head, Ledger, Row, chain,
    erase::Tombstones,
    ledger::read,
    proof::{Log, LogKey, Note, VerifierKey},
    seal::{Keys, is_sealed},
    time::Stamps,
};
use habeas_model::{Digest, Entry};
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
    let beginning = Head { position: 0, recorded_at: i64::MIN, hash: chain::BEGINNING };
    let mut report = Report {
        entries: 0,
        blobs: 0,
        bytes: 0,
        covered: 0,
        stamps: 0,
        head: beginning,
        locked: ledger.is_locked(),
        erased: 0,
        faults: Vec::new(),
    };
    let tombstones = Tombstones::of(ledger).unwrap_or_default();
    let keys = ledger.keys.as_deref();
    let mut blobs = Vec::new();
    let walked = ledger.rows(0, None, |row| {
        report.entries += 1;
        report.bytes += row.body.len() as u64;
        if report.faults.is_empty() {
            let locked = report.locked && is_sealed(&row.body);
            let chained = wrong(&report.head, &row);
            match chained.or_else(|| if locked { None } else { unread(keys, &row, &tombstones) }) {
                Some(what) => {
                    report.faults.push(Fault { place: format!("entry {}", row.position), what })
                }
                None => {
                    report.head = Head {
                        position: row.position,
                        recorded_at: row.recorded_at,
                        hash: row.hash,
                    }
                }
            }
        }
        report.erased += u64::from(tombstones.cover(row.position));
        if row.kind == "received"
            && let Ok(Some(Entry::Received(received))) = read(keys, &row)
        {
            blobs.push(received.blob);
        }
        Ok(())
    });
    if let Err(e) = walked {
        let place = format!("entry {}", report.head.position + 1);
        report.faults.push(Fault { place, what: first(&e) });
    }
    report.head.recorded_at = report.head.recorded_at.max(0);
    check_store(ledger, &mut report);
    check_log(ledger, &mut report);
    check_stamps(ledger, &mut report);
    blobs.iter().for_each(|digest| check_blob(ledger, digest, &mut report));
    Ok(report)
}

/// What is wrong with a row that follows `before`.
fn wrong(before: &Head, row: &Row) -> Option<String> {
    if row.position != before.position + 1 {
        return Some(format!("entry {} is missing before it", before.position + 1));
    }
    let leaf = chain::leaf(row.position, row.recorded_at, &row.author, &row.kind, &row.body);
    if leaf != row.leaf {
        return Some("its contents are not what was hashed".to_owned());
    }
    if chain::link(&before.hash, &leaf) != row.hash {
        return Some("it does not follow from the entries before it".to_owned());
    }
    if row.recorded_at < before.recorded_at {
        return Some("it was recorded before the entry before it".to_owned());
    }
    None
}

/// Why a row cannot be read, where it should be; or can be, where it should not.
fn unread(keys: Option<&Keys>, row: &Row, tombstones: &Tombstones) -> Option<String> {
    match (read(keys, row), tombstones.cover(row.position)) {
        (Err(e), _) => Some(first(&e)),
        (Ok(Some(_)), true) => Some(
            "it is erased and its secret still there: take the pen again, `habeas open`".to_owned(),
        ),
        (Ok(None), false) => Some("its secret was destroyed without a tombstone".to_owned()),
        _ => None,
    }
}

/// The signed checkpoints: does the tree have the roots that were signed?
fn check_log(ledger: &Ledger, report: &mut Report) {
    if let Some(Err(e)) = LogKey::there(ledger.folder()) {
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
fn first(error: &Error) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

/// The store's own check of itself.
fn check_store(ledger: &Ledger, report: &mut Report) {
    if let Some(what) = ledger.store.check() {
        let place = ledger.store.place().file_name().unwrap_or_default();
        report.faults.push(Fault { place: place.to_string_lossy().into_owned(), what });
    }
}

fn check_blob(ledger: &Ledger, digest: &Digest, report: &mut Report) {
    let gone = matches!(ledger.blob(digest), Err(Error::Blob { what: "erased", .. }));
    if gone {
        return; // With its tombstone in the chain.
    }
    report.blobs += 1;
    match ledger.blob(digest) {
        Ok(bytes) => report.bytes += bytes.len() as u64,
        Err(e) => {
            let place = format!("blob {}", digest.short());
            report.faults.push(Fault { place, what: first(&e) });
        }
    }
}
