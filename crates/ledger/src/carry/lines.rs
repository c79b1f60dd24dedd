//! A ledger as JSON Lines (docs/ledger-lines.md): one object a line, made to be read by a person
//! with a text editor, long after this program is gone.
//!
//! The first line says what the file is; then come the entries in order, then the evidence.
//! Everything is there: retractions, undone decisions, tombstones. Of a sealed ledger the words are
//! written out in the open **and** the sealed bytes with their secrets, so that leaves, chain and
//! proofs can be checked and the ledger made again exactly. An erased entry has sealed bytes only.

use crate::{
    Error, Head, Ledger, Row, chain,
    erase::Tombstones,
    seal::{self, Cost, Credential, Keyring, cipher::Key},
    site::Site,
    store::PLAIN,
};
use habeas_model::{Digest, Entry};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::{
    collections::BTreeSet,
    io::{BufRead, Write},
    path::Path,
};

/// What the first line says.
pub const WHAT: &str = "habeas ledger lines 1";

/// The first line.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct First {
    /// [`WHAT`].
    pub what: String,
    /// Format of the ledger: 1 plain, 2 sealed.
    pub format: u32,
    /// Number of entries.
    pub entries: u64,
    /// Chain hash of the last.
    pub head: Digest,
    /// The key of opaque names of a sealed ledger, hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<String>,
    /// The opaque name of `head` under that key: a slip in the key is noticed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named: Option<Digest>,
}

/// An entry. A field that is not known is refused: it may be one that lost a letter.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// From 1.
    pub position: u64,
    /// Microseconds since 1970 UTC: what is hashed.
    pub recorded_at: i64,
    /// The same for people.
    pub at: String,
    /// A pseudonym, a rule, a reader.
    pub author: String,
    /// Kind of entry.
    pub kind: String,
    /// What it says; none where it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Box<RawValue>>,
    /// The sealed bytes that were hashed, hexadecimal, where they are not the body itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<String>,
    /// The secret that opens them, hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Hash of the entry by itself.
    pub leaf: Digest,
    /// Hash of it and everything before it.
    pub chain: Digest,
}

/// Evidence: as text where it is UTF-8, else hexadecimal.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlobLine {
    /// SHA-256 of the bytes.
    pub blob: Digest,
    /// The bytes, where they are text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The bytes, where they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hex: Option<String>,
}

impl BlobLine {
    fn of(bytes: Vec<u8>) -> BlobLine {
        let blob = Digest::of(&bytes);
        match String::from_utf8(bytes) {
            Ok(text) => BlobLine { blob, text: Some(text), hex: None },
            Err(e) => BlobLine { blob, text: None, hex: Some(hex::encode(e.into_bytes())) },
        }
    }

    fn bytes(self) -> Option<Vec<u8>> {
        let bytes = match (self.text, self.hex) {
            (Some(text), None) => text.into_bytes(),
            (None, Some(digits)) => hex::decode(digits).ok()?,
            _ => return None,
        };
        (Digest::of(&bytes) == self.blob).then_some(bytes)
    }
}

/// Writes the whole ledger.
pub fn export(ledger: &Ledger, path: &Path, out: &mut impl Write) -> Result<Head, Error> {
    let failed = |why: std::io::Error| Error::disk("write", path, why);
    let keys = ledger.keys()?;
    let head = ledger.head()?;
    let first = First {
        what: WHAT.to_owned(),
        format: if keys.is_some() { PLAIN + 1 } else { PLAIN },
        entries: head.position,
        head: head.hash,
        names: keys.map(|keys| hex::encode(keys.names().as_slice())),
        named: keys.map(|keys| keys.opaque(&head.hash)),
    };
    let mut put = |line: String| out.write_all((line + "\n").as_bytes()).map_err(failed);
    put(json(&first))?;
    let mut blobs = BTreeSet::new();
    ledger.rows(1, Some(head.position), |row| {
        if row.kind == "received"
            && let Some(Entry::Received(received)) = ledger.entry(&row)?
        {
            blobs.insert(received.blob);
        }
        put(json(&line(ledger, row)?))
    })?;
    for digest in blobs {
        match ledger.blob(&digest) {
            Ok(bytes) => put(json(&BlobLine::of(bytes)))?,
            Err(Error::Blob { what: "erased", .. }) => {}
            Err(e) => return Err(e),
        }
    }
    Ok(head)
}

fn json(line: &impl Serialize) -> String {
    serde_json::to_string(line).expect("a line has a JSON form")
}

fn line(ledger: &Ledger, row: Row) -> Result<Line, Error> {
    let body = ledger.opened(&row)?.map(|said| {
        let text = String::from_utf8(said).unwrap_or_else(|_| "null".to_owned());
        RawValue::from_string(text).expect("a body is JSON")
    });
    let sealed = seal::is_sealed(&row.body);
    let secret = match ledger.keys()? {
        Some(keys) if sealed => keys.secret(&row.body)?,
        _ => None,
    };
    let at = jiff::Timestamp::from_microsecond(row.recorded_at);
    Ok(Line {
        position: row.position,
        recorded_at: row.recorded_at,
        at: at.map(|at| at.to_string()).unwrap_or_default(),
        author: row.author,
        kind: row.kind,
        body,
        sealed: sealed.then(|| hex::encode(&row.body)),
        secret: secret.map(|secret| hex::encode(secret.as_slice())),
        leaf: row.leaf,
        chain: row.hash,
    })
}

/// What a file of lines holds, each line checked against its leaf and the chain.
pub struct Lines {
    /// The first line.
    pub first: First,
    /// The entries.
    pub rows: Vec<(Row, Option<Vec<u8>>)>,
    /// Secrets by their number.
    secrets: Vec<(u64, Key)>,
    /// Evidence.
    pub blobs: Vec<(Digest, Vec<u8>)>,
}

impl Lines {
    /// Reads a file of lines; a line that is not what was hashed is named.
    pub fn read(path: &Path, from: impl BufRead) -> Result<Lines, Error> {
        let wrong = |nth: usize, what: &str| Error::Carried {
            path: path.to_owned(),
            what: format!("line {nth} {what}"),
            hint: "copy the file again from where it was kept; nothing was taken from it",
        };
        let mut lines = from.lines().zip(1..);
        let mut next = || match lines.next() {
            None => Ok(None),
            Some((Ok(line), nth)) => Ok(Some((line, nth))),
            Some((Err(_), nth)) => Err(wrong(nth, "cannot be read")),
        };
        let (text, _) = next()?.ok_or_else(|| wrong(1, "is missing"))?;
        let first: First =
            serde_json::from_str(&text).map_err(|_| wrong(1, "does not say what this is"))?;
        if first.what != WHAT || !(PLAIN..=PLAIN + 1).contains(&first.format) {
            return Err(wrong(1, "is of another format; a newer program may read it"));
        }
        let (entries, head, named) = (first.entries, first.head, first.named);
        let mut all = Lines { first, rows: Vec::new(), secrets: Vec::new(), blobs: Vec::new() };
        let name = all.names().map(|names| seal::opaque(&names, &head));
        if named.is_some() && name != named {
            return Err(wrong(1, "has another key of names than it says"));
        }
        let mut before = Head::BEGINNING;
        for _ in 0..entries {
            let (text, nth) = next()?.ok_or_else(|| wrong(all.rows.len() + 2, "is missing"))?;
            let line: Line = serde_json::from_str(&text).map_err(|_| wrong(nth, "is no entry"))?;
            before = all.take(line, before).ok_or_else(|| wrong(nth, "is not what was hashed"))?;
        }
        if before.hash != head {
            return Err(wrong(1, "has another last hash"));
        }
        while let Some((text, nth)) = next()? {
            let line: BlobLine =
                serde_json::from_str(&text).map_err(|_| wrong(nth, "is no evidence"))?;
            let digest = line.blob;
            let bytes = line.bytes().ok_or_else(|| wrong(nth, "is not what was received"))?;
            all.blobs.push((digest, bytes));
        }
        Ok(all)
    }

    fn take(&mut self, line: Line, before: Head) -> Option<Head> {
        let said = line.body.map(|body| body.get().as_bytes().to_vec());
        let body = match &line.sealed {
            Some(digits) => hex::decode(digits).ok()?,
            None => said.clone()?,
        };
        let Line { position, recorded_at, author, kind, .. } = line;
        let leaf = chain::leaf(position, recorded_at, &author, &kind, &body);
        let hash = chain::link(&before.hash, &leaf);
        let follows = position == before.position + 1 && recorded_at >= before.recorded_at;
        if leaf != line.leaf || hash != line.chain || !follows && before.position > 0 {
            return None;
        }
        let shown = line.at.parse::<jiff::Timestamp>().ok();
        let at = jiff::Timestamp::from_microsecond(recorded_at).ok();
        let half = line.sealed.is_some() && said.is_some() != line.secret.is_some();
        if shown != at || half {
            return None; // What people read is not what was hashed.
        }
        if let Some(digits) = &line.secret {
            let mut secret = Key::default();
            hex::decode_to_slice(digits, secret.as_mut_slice()).ok()?;
            let opened = seal::open_with(&secret, &kind, &body)?;
            if said.as_ref() != Some(&opened) {
                return None; // What is written out is not what was sealed.
            }
            self.secrets.push((seal::number(&body)?, secret));
        }
        let row = Row { position, recorded_at, author, kind, body, leaf, hash };
        self.rows.push((row, said));
        Some(Head { position, recorded_at, hash })
    }

    /// Makes the same ledger again at `site`: the same entries, leaves and chain. A sealed one gets
    /// fresh keys, for this holder.
    pub fn import(
        &self,
        site: &dyn Site,
        holder: &str,
        credential: Option<&Credential>,
        cost: Cost,
    ) -> Result<Ledger, Error> {
        let ledger = match self.first.format {
            PLAIN => site.plain()?,
            _ => {
                let credential = credential.ok_or_else(|| Error::Locked(site.place()))?;
                self.sealed(site, holder, credential, cost)?
            }
        };
        let mut writer = ledger.writer()?;
        for batch in self.rows.chunks(10_000) {
            let rows: Vec<Row> = batch.iter().map(|(row, _)| row.clone()).collect();
            writer.append_rows(&rows)?;
        }
        for (_, bytes) in &self.blobs {
            writer.put_blob(bytes)?;
        }
        drop(writer);
        Ok(ledger)
    }

    fn sealed(
        &self,
        site: &dyn Site,
        holder: &str,
        credential: &Credential,
        cost: Cost,
    ) -> Result<Ledger, Error> {
        let damaged = |what: &str| Error::Carried {
            path: site.place(),
            what: what.to_owned(),
            hint: "copy the file again from where it was kept; nothing was taken from it",
        };
        let key = self.names().ok_or_else(|| damaged("the lines lack the key of names"))?;
        let numbers = self.rows.iter().filter_map(|(row, _)| seal::number(&row.body));
        let count = numbers.max().map_or(0, |last| last.saturating_add(1));
        // Numbers are given in turn, to entries and evidence: a file that says otherwise is forged.
        let most = 64 + 16 * (self.rows.len() + self.blobs.len()) as u64;
        if count > most {
            return Err(damaged("the lines number their secrets as no ledger does"));
        }
        let mut secrets = vec![None; usize::try_from(count).unwrap_or(0)];
        for (id, secret) in &self.secrets {
            secrets[usize::try_from(*id).unwrap_or(0)] = Some(secret.clone());
        }
        site.free()?;
        Keyring::with(&site.safe()?, holder, credential, cost, (&seal::cipher::fresh(), &key))?;
        let ledger = site.under(credential)?;
        ledger.keys()?.expect("it is unlocked").adopt(&secrets)?;
        Ok(ledger)
    }

    /// The key of opaque names.
    pub(crate) fn names(&self) -> Option<Key> {
        let mut key = Key::default();
        hex::decode_to_slice(self.first.names.as_ref()?, key.as_mut_slice()).ok()?;
        Some(key)
    }

    /// The tombstones in it.
    #[must_use]
    pub fn tombstones(&self) -> Tombstones {
        let entries = self.rows.iter().filter(|(row, _)| row.kind == "erased");
        let read = entries.filter_map(|(row, _)| match Entry::read(&row.kind, &row.body) {
            Ok(Entry::Erased(erased)) => Some(erased),
            _ => None,
        });
        Tombstones(read.collect())
    }
}
