//! Is every entry and every blob as it was written? Names the first that is not.

use crate::{Error, Head, Ledger, Row, chain};
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
    /// The last entry whose chain holds.
    pub head: Head,
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
    let mut report = Report { entries: 0, blobs: 0, bytes: 0, head: beginning, faults: Vec::new() };
    let mut blobs = Vec::new();
    let walked = ledger.rows(0, None, |row| {
        report.entries += 1;
        report.bytes += row.body.len() as u64;
        if report.faults.is_empty() {
            match wrong(&report.head, &row) {
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
        if let Ok(Entry::Received(received)) = Entry::read(&row.kind, &row.body) {
            blobs.push(received.blob);
        }
        Ok(())
    });
    if let Err(e) = walked {
        let place = format!("entry {}", report.head.position + 1);
        report.faults.push(Fault {
            place,
            what: e.to_string().lines().next().unwrap_or_default().to_owned(),
        });
    }
    report.head.recorded_at = report.head.recorded_at.max(0);
    check_store(ledger, &mut report);
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
    Entry::read(&row.kind, &row.body).err().map(|e| e.to_string())
}

/// The store's own check of itself.
fn check_store(ledger: &Ledger, report: &mut Report) {
    if let Some(what) = ledger.store.check() {
        let place = ledger.store.place().file_name().unwrap_or_default();
        report.faults.push(Fault { place: place.to_string_lossy().into_owned(), what });
    }
}

fn check_blob(ledger: &Ledger, digest: &Digest, report: &mut Report) {
    report.blobs += 1;
    match ledger.blob(digest) {
        Ok(bytes) => report.bytes += bytes.len() as u64,
        Err(e) => {
            let what = e.to_string().lines().next().unwrap_or_default().to_owned();
            report.faults.push(Fault { place: format!("blob {}", digest.short()), what });
        }
    }
}
