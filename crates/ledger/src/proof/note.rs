//! A signed checkpoint: the size and root of the tree, who signed it, and when witnesses saw it.

use super::{Hash, LogKey, key::ED25519};
use crate::Error;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::VerifyingKey;
use habeas_model::Digest;
use signed_note::{Signature, Verifier, key_id};
use tlog_tiles::checkpoint::Checkpoint;

/// Byte that says a time-stamped Ed25519 cosignature (C2SP `tlog-cosignature`).
const COSIGNATURE: u8 = 4;

/// A key that checks signatures, `name+id+base64`: of a log, or of a witness.
#[derive(Clone, Debug)]
pub struct VerifierKey {
    name: String,
    id: u32,
    kind: u8,
    key: VerifyingKey,
}

impl std::str::FromStr for VerifierKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<VerifierKey, Error> {
        let read = || {
            let mut parts = text.trim().splitn(3, '+');
            let (name, id, key) = (parts.next()?, parts.next()?, parts.next()?);
            let bytes = BASE64_STANDARD.decode(key).ok()?;
            let (kind, point) = bytes.split_first()?;
            let key = VerifyingKey::from_bytes(point.try_into().ok()?).ok()?;
            let id = u32::from_str_radix(id, 16).ok()?;
            let known = matches!(*kind, ED25519 | COSIGNATURE) && id == key_id(name, &bytes);
            known.then(|| VerifierKey { name: name.to_owned(), id, kind: *kind, key })
        };
        read().ok_or_else(|| Error::VerifierKey(text.to_owned()))
    }
}

impl VerifierKey {
    /// The name of the log or witness.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When the note was signed, seconds since 1970; 0 for a log, which does not say.
    fn seen(&self, text: &[u8], signature: &[u8]) -> Option<u64> {
        let of = |bytes: &[u8]| ed25519_dalek::Signature::from_slice(bytes).ok();
        if self.kind == ED25519 {
            return self.key.verify_strict(text, &of(signature)?).ok().map(|()| 0);
        }
        let (time, signature) = signature.split_first_chunk::<8>()?;
        let time = u64::from_be_bytes(*time);
        let signed = [format!("cosignature/v1\ntime {time}\n").as_bytes(), text].concat();
        self.key.verify_strict(&signed, &of(signature)?).ok().map(|()| time)
    }
}

impl Verifier for VerifierKey {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        self.id
    }

    fn verify(&self, text: &[u8], signature: &[u8]) -> bool {
        self.seen(text, signature).is_some()
    }
}

/// A good signature on a note.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Signed {
    /// Whose.
    pub name: String,
    /// When a witness says that it saw it, seconds since 1970 UTC; none for the log itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<u64>,
}

/// A checkpoint with its signatures, as it is given away.
pub struct Note {
    text: String,
    checkpoint: Checkpoint,
    signatures: Vec<Signature>,
}

impl Note {
    /// Signs the tree of this size and root.
    pub(super) fn sign(key: &LogKey, size: u64, root: Hash) -> Result<Note, Error> {
        let wrong = |_| Error::Note;
        let checkpoint = Checkpoint::new(key.origin(), size, root, "").map_err(wrong)?;
        let text = checkpoint.to_bytes();
        let mut note = signed_note::Note::new(&text, &[]).map_err(|_| Error::Note)?;
        note.add_sigs(&[key.signer()]).map_err(|_| Error::Note)?;
        String::from_utf8_lossy(&note.to_bytes()).parse()
    }

    /// Its text: what is signed and what is stamped.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The SHA-256 of its text.
    #[must_use]
    pub fn imprint(&self) -> Digest {
        Digest::of(self.text.as_bytes())
    }

    /// The name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.checkpoint.origin()
    }

    /// How many leaves the tree has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.checkpoint.size()
    }

    /// The root over them.
    #[must_use]
    pub fn root(&self) -> Hash {
        *self.checkpoint.hash()
    }

    /// The good signatures of those whose keys are known. One that bears the name and number of a
    /// known key and is not good is an error; unknown ones are passed over.
    pub fn signed(&self, known: &[VerifierKey]) -> Result<Vec<Signed>, Error> {
        let mut good = Vec::new();
        for signature in &self.signatures {
            let by = |key: &&VerifierKey| key.name == signature.name() && key.id == signature.id();
            let Some(key) = known.iter().find(by) else { continue };
            let seen = key.seen(self.text.as_bytes(), signature.signature());
            let seen = seen.ok_or_else(|| Error::Signature(key.name.clone()))?;
            good.push(Signed {
                name: key.name.clone(),
                seen: (key.kind != ED25519).then_some(seen),
            });
        }
        Ok(good)
    }

    /// Whether the log whose key this is has signed it.
    #[must_use]
    pub fn is_of(&self, log: &VerifierKey) -> bool {
        log.kind == ED25519
            && log.name == self.origin()
            && self.signed(std::slice::from_ref(log)).is_ok_and(|good| !good.is_empty())
    }

    /// The same note with the signatures of another copy of it added; what is not of this text is
    /// an error. `lines` is a note, or signature lines alone as a witness answers.
    pub fn with(mut self, lines: &str) -> Result<Note, Error> {
        let signatures = match lines.rsplit_once("\n\n") {
            Some((text, _)) if format!("{text}\n") != self.text => return Err(Error::OtherNote),
            Some((_, signatures)) => signatures,
            None => lines,
        };
        for line in signatures.lines() {
            let fresh = Signature::from_bytes(line.as_bytes()).map_err(|_| Error::Note)?;
            let same = |had: &Signature| had.name() == fresh.name() && had.id() == fresh.id();
            self.signatures.retain(|had| !same(had));
            self.signatures.push(fresh);
        }
        Ok(self)
    }
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}", self.text)?;
        let lines = self.signatures.iter().map(Signature::to_bytes);
        lines.into_iter().try_for_each(|line| f.write_str(&String::from_utf8_lossy(&line)))
    }
}

impl std::str::FromStr for Note {
    type Err = Error;

    fn from_str(text: &str) -> Result<Note, Error> {
        signed_note::Note::from_bytes(text.as_bytes()).map_err(|_| Error::Note)?;
        let (said, lines) = text.rsplit_once("\n\n").ok_or(Error::Note)?;
        let said = format!("{said}\n");
        let checkpoint = Checkpoint::from_bytes(said.as_bytes()).map_err(|_| Error::Note)?;
        let signature =
            |line: &str| Signature::from_bytes(line.as_bytes()).map_err(|_| Error::Note);
        let signatures = lines.lines().map(signature).collect::<Result<_, _>>()?;
        Ok(Note { text: said, checkpoint, signatures })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer as _, SigningKey};
    use tlog_tiles::tlog::record_hash;

    /// A witness as the specification has it, made here by hand.
    fn witness(name: &str, time: u64, text: &str) -> (VerifierKey, String) {
        let secret = SigningKey::from_bytes(&[7; 32]);
        let key = [&[COSIGNATURE], secret.verifying_key().as_bytes().as_slice()].concat();
        let id = key_id(name, &key);
        let public = format!("{name}+{id:08x}+{}", BASE64_STANDARD.encode(&key));
        let signed = format!("cosignature/v1\ntime {time}\n{text}");
        let signature = secret.sign(signed.as_bytes()).to_bytes();
        let bytes = [&time.to_be_bytes(), signature.as_slice()].concat();
        let line = Signature::new(name.to_owned(), id, bytes).unwrap().to_bytes();
        (public.parse().unwrap(), String::from_utf8(line).unwrap())
    }

    #[test]
    fn a_witness_is_believed_for_this_text_only() {
        let folder = tempfile::tempdir().unwrap();
        let key = LogKey::of(&crate::Ledger::create(folder.path()).unwrap()).unwrap();
        let log: VerifierKey = key.public().parse().unwrap();
        let note = Note::sign(&key, 5, record_hash(b"root")).unwrap();
        assert!(note.is_of(&log));
        let other = Note::sign(&key, 6, record_hash(b"root")).unwrap();
        let (known, line) = witness("witness.example", 1_770_000_000, note.text());
        let cosigned = note.with(&line).unwrap();
        let read: Note = cosigned.to_string().parse().unwrap();
        let good = read.signed(&[log.clone(), known.clone()]).unwrap();
        let seen: Vec<_> = good.iter().map(|signed| signed.seen).collect();
        assert_eq!(seen, [None, Some(1_770_000_000)]);
        let moved = other.with(&line).unwrap();
        assert!(matches!(moved.signed(&[known]), Err(Error::Signature(_))));
        assert!(matches!(moved.with(&read.to_string()), Err(Error::OtherNote)));
        assert!(!read.is_of(&witness("w", 1, "x").0));
    }

    #[test]
    fn what_is_no_key_or_note_is_an_error() {
        for bad in ["", "+", "x+00000000+", "x+00000000+AA==", "x+zz+AQ==", "a b+c"] {
            assert!(matches!(bad.parse::<VerifierKey>(), Err(Error::VerifierKey(_))), "{bad}");
        }
        for bad in ["", "\n\n", "a\n1\nAAAA\n", "a\n1\nAAAA\n\n", "a\n1\nAAAA\n\n— x AAAA\n"] {
            assert!(matches!(bad.parse::<Note>(), Err(Error::Note)), "{bad}");
        }
    }
}
