//! Everything that can be remembered, one kind of entry each.

use super::{
    Checkpoint, Decision, Erased, Handling, LinkDecision, Published, Read, Received, Restricted,
    Stamp, Undo,
};
use crate::{
    Error,
    people::Mention,
    said::{Claim, Rejected},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A case was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseOpened {
    /// Its title.
    pub title: String,
}

/// A file of settings or of counting rules, kept whole each time that it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// `case.toml`, `rules/strict.toml`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What an entry says. The body of an entry is the JSON of what is inside, and its kind is
/// [`Entry::kind`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A case was opened.
    CaseOpened(CaseOpened),
    /// Settings or a rule were set.
    Kept(Kept),
    /// A document was received.
    Received(Box<Received>),
    /// A claim was proposed by a reader.
    Claim(Box<Claim>),
    /// A mention of a person was proposed by a reader.
    Mention(Box<Mention>),
    /// A second reader proposed it, and a check of ours failed.
    Rejected(Box<Rejected>),
    /// A document was read; its proposals stand before.
    Read(Read),
    /// A proposal was decided.
    Decided(Decision),
    /// Two mentions were decided.
    Linked(LinkDecision),
    /// An entry was undone.
    Undone(Undo),
    /// All entries so far were put under a signed checkpoint.
    Checkpoint(Checkpoint),
    /// An authority stamped the time of a checkpoint or of an entry.
    Stamped(Stamp),
    /// A document was looked at, handed over or had back.
    Handled(Handling),
    /// Entries were erased.
    Erased(Erased),
    /// Somebody asks that something be shown to nobody, or again.
    Restricted(Restricted),
    /// Something was given to the public.
    Published(Box<Published>),
}

impl Entry {
    /// Its kind, as kept in the ledger.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Entry::CaseOpened(_) => "case_opened",
            Entry::Kept(_) => "kept",
            Entry::Received(_) => "received",
            Entry::Claim(_) => "claim",
            Entry::Mention(_) => "mention",
            Entry::Rejected(_) => "rejected",
            Entry::Read(_) => "read",
            Entry::Decided(_) => "decided",
            Entry::Linked(_) => "linked",
            Entry::Undone(_) => "undone",
            Entry::Checkpoint(_) => "checkpoint",
            Entry::Stamped(_) => "stamped",
            Entry::Handled(_) => "handled",
            Entry::Erased(_) => "erased",
            Entry::Restricted(_) => "restricted",
            Entry::Published(_) => "published",
        }
    }

    /// Its body: the exact bytes that are hashed and kept.
    #[must_use]
    pub fn body(&self) -> Vec<u8> {
        match self {
            Entry::CaseOpened(said) => serde_json::to_vec(said),
            Entry::Kept(said) => serde_json::to_vec(said),
            Entry::Received(said) => serde_json::to_vec(said),
            Entry::Claim(said) => serde_json::to_vec(said),
            Entry::Mention(said) => serde_json::to_vec(said),
            Entry::Rejected(said) => serde_json::to_vec(said),
            Entry::Read(said) => serde_json::to_vec(said),
            Entry::Decided(said) => serde_json::to_vec(said),
            Entry::Linked(said) => serde_json::to_vec(said),
            Entry::Undone(said) => serde_json::to_vec(said),
            Entry::Checkpoint(said) => serde_json::to_vec(said),
            Entry::Stamped(said) => serde_json::to_vec(said),
            Entry::Handled(said) => serde_json::to_vec(said),
            Entry::Erased(said) => serde_json::to_vec(said),
            Entry::Restricted(said) => serde_json::to_vec(said),
            Entry::Published(said) => serde_json::to_vec(said),
        }
        .expect("plain values have a JSON form")
    }

    /// An entry from its kind and body.
    pub fn read(kind: &str, body: &[u8]) -> Result<Entry, Error> {
        Ok(match kind {
            "case_opened" => Entry::CaseOpened(parse(kind, body)?),
            "kept" => Entry::Kept(parse(kind, body)?),
            "received" => Entry::Received(Box::new(parse(kind, body)?)),
            "claim" => {
                let mut claim: Box<Claim> = parse(kind, body)?;
                // A parser makes room for four of whatever it meets; of a million claims that
                // would be a third of a gigabyte of room for nobody.
                claim.speakers.0.shrink_to_fit();
                claim.rules.shrink_to_fit();
                Entry::Claim(claim)
            }
            "mention" => {
                let mut mention: Box<Mention> = parse(kind, body)?;
                mention.speakers.0.shrink_to_fit();
                mention.happened.shrink_to_fit();
                Entry::Mention(mention)
            }
            "rejected" => Entry::Rejected(Box::new(parse(kind, body)?)),
            "read" => Entry::Read(parse(kind, body)?),
            "decided" => Entry::Decided(parse(kind, body)?),
            "linked" => Entry::Linked(parse(kind, body)?),
            "undone" => Entry::Undone(parse(kind, body)?),
            "checkpoint" => Entry::Checkpoint(parse(kind, body)?),
            "stamped" => Entry::Stamped(parse(kind, body)?),
            "handled" => Entry::Handled(parse(kind, body)?),
            "erased" => Entry::Erased(parse(kind, body)?),
            "restricted" => Entry::Restricted(parse(kind, body)?),
            "published" => Entry::Published(Box::new(parse(kind, body)?)),
            _ => return Err(Error::Word { kind: "kind of entry", word: kind.to_owned() }),
        })
    }
}

fn parse<T: DeserializeOwned>(kind: &str, body: &[u8]) -> Result<T, Error> {
    // The parser's own message may quote a value, and a value may be a name: only the place is told
    // (invariant 12).
    serde_json::from_slice(body).map_err(|e| Error::Body {
        kind: kind.to_owned(),
        reason: format!("line {}, column {}", e.line(), e.column()),
    })
}
