//! The word of outside authorities on when something existed (RFC 3161): asked over the network by
//! an explicit verb only, kept in the ledger, and checked offline.
//!
//! What an authority is shown is a SHA-256: of the text of a checkpoint, or the leaf of the entry
//! that received a document. It learns that somebody has something, and when; neither what nor who.
//! The leaf is the SHA-256 of the bytes that `chain` defines, so that any other program can check
//! the stamp from the entry: `openssl ts -verify -data ENTRY -in TOKEN -token_in`.

mod asn1;
mod authority;
mod token;

pub use authority::{Authority, Request};
pub use token::{Moment, bytes, check};

use crate::{Error, Ledger, Row, proof::Log};
use habeas_model::{Digest, Entry, Stamp, Stamped};
use std::collections::{BTreeMap, BTreeSet};

/// The name under which the certificates of an authority are kept in the ledger.
#[must_use]
pub fn kept_as(authority: &str) -> String {
    format!("authorities/{authority}.pem")
}

/// Everything in a ledger that has to do with time stamps.
#[derive(Default)]
pub struct Stamps {
    /// Certificates of the authorities, the newest that were kept, by name of the authority.
    certificates: BTreeMap<String, Vec<u8>>,
    /// The stamps and their positions.
    stamps: Vec<(u64, Stamp)>,
    /// What can be stamped: imprints of entries that received a document, and of checkpoints.
    imprints: BTreeMap<Stamped, Digest>,
}

impl Stamps {
    /// Those of a ledger.
    pub fn of(ledger: &Ledger) -> Result<Stamps, Error> {
        let mut all = Stamps::default();
        for segment in Log::headings(ledger)? {
            all.imprints.insert(Stamped::Checkpoint(segment.size()), segment.imprint());
        }
        // A stamp is on the leaf: that is there, sealed, erased or not.
        for position in ledger.positions("received", None)? {
            if let Some(row) = ledger.row(position)? {
                all.imprints.insert(Stamped::Entry(position), row.leaf);
            }
        }
        ledger.rows_of(&["kept", "stamped"], |row, entry| all.take(row, entry))?;
        Ok(all)
    }

    fn take(&mut self, row: &Row, entry: Entry) {
        match entry {
            Entry::Kept(kept) => {
                let name = kept.name.strip_prefix("authorities/");
                if let Some(name) = name.and_then(|name| name.strip_suffix(".pem")) {
                    self.certificates.insert(name.to_owned(), kept.text.into_bytes());
                }
            }
            Entry::Stamped(stamp) => self.stamps.push((row.position, stamp)),
            _ => {}
        }
    }

    /// What waits for the stamp of this authority: the newest checkpoint, and, where `documents`
    /// are wanted, every entry that received one. The queue is nothing but what is not there yet:
    /// being offline loses nothing.
    #[must_use]
    pub fn waiting(&self, authority: &str, documents: bool) -> Vec<(Stamped, Digest)> {
        let by = |stamp: &&Stamp| stamp.authority == authority;
        let had: BTreeSet<Stamped> =
            self.stamps.iter().map(|(_, stamp)| stamp).filter(by).map(|stamp| stamp.on).collect();
        let checkpoint = |on: &Stamped| matches!(on, Stamped::Checkpoint(_));
        let newest = self.imprints.keys().filter(|on| checkpoint(on)).max();
        let wanted = |on: &Stamped| if checkpoint(on) { Some(on) == newest } else { documents };
        let open = self.imprints.iter().filter(|(on, _)| wanted(on) && !had.contains(on));
        open.map(|(on, imprint)| (*on, *imprint)).collect()
    }

    /// The stamps on one thing, each with its authority and what it says, or what is wrong with it.
    pub fn on(&self, on: Stamped) -> impl Iterator<Item = (&Stamp, Result<Moment, Error>)> {
        let same = move |(_, stamp): &&(u64, Stamp)| stamp.on == on;
        self.stamps.iter().filter(same).map(|(_, stamp)| (stamp, self.check(stamp)))
    }

    /// What is wrong with the stamps: the position of each bad one, and what.
    #[must_use]
    pub fn faults(&self) -> Vec<(u64, String)> {
        let fault = |(position, stamp): &(u64, Stamp)| {
            let what = self.check(stamp).err()?.to_string();
            Some((*position, what.lines().next().unwrap_or_default().to_owned()))
        };
        self.stamps.iter().filter_map(fault).collect()
    }

    /// How many stamps there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.stamps.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stamps.is_empty()
    }

    fn check(&self, stamp: &Stamp) -> Result<Moment, Error> {
        if self.imprints.get(&stamp.on) != Some(&stamp.imprint) {
            return Err(Error::Stamp("it is on something else than it says"));
        }
        let pem = self.certificates.get(&stamp.authority).map(Vec::as_slice).unwrap_or_default();
        let authority = Authority::trust(&stamp.authority, pem)?;
        check(&bytes(stamp)?, &stamp.imprint, &authority)
    }
}
