//! A proof to give away: that certain rows stand in a ledger, some of them shown and some not, and
//! nothing of any other.

use super::{Hash, Log, Note, Signed, VerifierKey, log::blinded};
use crate::{Error, Ledger, chain};
use habeas_model::{Digest, Stamp};
use serde::{Deserialize, Serialize};
use tlog_tiles::tlog::check_record;

/// The name of this format; another one is refused.
const FORMAT: &str = "habeas/proof/1";

/// A proof as it is given away, in JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// `habeas/proof/1`.
    pub format: String,
    /// What the rows are the ground of, as published; for people, and proven by nothing but its
    /// rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<serde_json::Value>,
    /// The signed checkpoint.
    pub checkpoint: String,
    /// The log's verifier key. Who checks should have it from elsewhere too.
    pub key: String,
    /// The rows, in the order of the tree.
    pub rows: Vec<Proven>,
    /// Time stamps on the checkpoint.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stamps: Vec<Stamp>,
}

/// One row and its path to the root.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proven {
    /// Index of its leaf.
    pub index: u64,
    /// The leaf; it tells nothing of the row.
    pub leaf: Digest,
    /// Inclusion path (RFC 6962, section 2.1.1).
    pub path: Vec<Digest>,
    /// The row itself; none where it is not public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<Plain>,
}

/// A row that may be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plain {
    /// What blinded its leaf.
    #[serde(with = "hex::serde")]
    pub salt: [u8; 32],
    /// Position in the ledger.
    pub position: u64,
    /// When it was recorded, microseconds since 1970 UTC.
    pub recorded_at: i64,
    /// Who appended it.
    pub author: String,
    /// Kind of entry.
    pub kind: String,
    /// Its body, exactly as it was hashed.
    pub body: String,
}

/// What a good bundle says.
#[derive(Clone, Debug, Serialize)]
pub struct Checked {
    /// Name of the log.
    pub log: String,
    /// Rows that were shown.
    pub shown: usize,
    /// Rows that are there and were not shown.
    pub withheld: usize,
    /// Who signed the checkpoint, among the known keys.
    pub signed: Vec<Signed>,
    /// SHA-256 of the checkpoint's text: what its time stamps are on.
    pub imprint: Digest,
}

impl Bundle {
    /// Proves these rows, each with whether it may be shown, under the newest checkpoint.
    pub fn of(ledger: &Ledger, log: &Log, rows: &[(u64, bool)]) -> Result<Bundle, Error> {
        let note = log.last().ok_or(Error::NoCheckpoint)??;
        let last = log.segments().last().ok_or(Error::NoCheckpoint)?;
        let mut rows = rows
            .iter()
            .map(|(position, show)| proven(ledger, log, &note, *position, *show))
            .collect::<Result<Vec<_>, _>>()?;
        rows.sort_by_key(|row| row.index);
        rows.dedup_by_key(|row| row.index);
        Ok(Bundle {
            format: FORMAT.to_owned(),
            figure: None,
            checkpoint: note.to_string(),
            key: last.checkpoint.key.clone(),
            rows,
            stamps: Vec::new(),
        })
    }

    /// Checks the bundle with nothing but itself and the keys that are trusted: the first is the
    /// log's, where it is known from elsewhere, and the others are witnesses'.
    pub fn check(
        &self,
        log: Option<&VerifierKey>,
        others: &[VerifierKey],
    ) -> Result<Checked, Error> {
        if self.format != FORMAT {
            return Err(Error::Bundle("its format is not known here"));
        }
        let note: Note = self.checkpoint.parse()?;
        let own: VerifierKey = self.key.parse()?;
        let key = log.unwrap_or(&own);
        if !note.is_of(key) {
            return Err(Error::Signature(key.name().to_owned()));
        }
        for row in &self.rows {
            row.check(&note)?;
        }
        let mut known = others.to_vec();
        known.push(key.clone());
        let shown = self.rows.iter().filter(|row| row.row.is_some()).count();
        Ok(Checked {
            log: note.origin().to_owned(),
            shown,
            withheld: self.rows.len() - shown,
            signed: note.signed(&known)?,
            imprint: note.imprint(),
        })
    }
}

impl Proven {
    fn check(&self, note: &Note) -> Result<(), Error> {
        if let Some(row) = &self.row {
            let body = row.body.as_bytes();
            let leaf = chain::leaf(row.position, row.recorded_at, &row.author, &row.kind, body);
            if blinded(&row.salt, &leaf).0 != self.leaf.0 {
                return Err(Error::Bundle("a row that it shows is not the row that it proves"));
            }
        }
        let path: Vec<Hash> = self.path.iter().map(|hash| Hash(hash.0)).collect();
        if self.index >= note.size() {
            return Err(Error::Bundle("a row lies behind the end of the tree"));
        }
        check_record(&path, note.size(), note.root(), self.index, Hash(self.leaf.0))
            .map_err(|_| Error::Bundle("a path does not lead to the root that was signed"))
    }
}

fn proven(
    ledger: &Ledger,
    log: &Log,
    note: &Note,
    position: u64,
    show: bool,
) -> Result<Proven, Error> {
    let (segment, index) = log.place(position).ok_or(Error::NotCovered(position))?;
    let leaf = log.tree().leaf(index).ok_or(Error::NotCovered(position))?;
    let path = log.tree().inclusion(index, note.size()).ok_or(Error::NotCovered(position))?;
    let row = match show {
        false => None,
        true => {
            let row = ledger.row(position)?.ok_or(Error::NotCovered(position))?;
            // A body that is no text (a sealed one) cannot be shown; it can be proven.
            String::from_utf8(row.body).ok().map(|body| Plain {
                salt: segment.salt(index),
                position,
                recorded_at: row.recorded_at,
                author: row.author,
                kind: row.kind,
                body,
            })
        }
    };
    let path = path.into_iter().map(|hash| Digest(hash.0)).collect();
    Ok(Proven { index, leaf: Digest(leaf.0), path, row })
}
