//! Carrying a ledger elsewhere: one sealed file as a backup, lines that a person can read in thirty
//! years, and the work of another ledger brought home.
//!
//! What comes in: a ledger. What goes out: files, and ledgers made of them again to the same
//! entries, leaves and chain. What never happens here: nothing of ours is overwritten by what is
//! brought; where the two differ, a question stands.

pub mod age;
pub mod backup;
pub mod lines;
pub mod merge;

use habeas_model::Digest;
use serde::{Deserialize, Serialize};

/// Where an entry was appended first. It stands in the body of an entry that was brought from
/// another ledger, under `carried`, beside what it said there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// What the ledger that it comes from is called.
    pub from: String,
    /// Its position there.
    pub position: u64,
    /// When it was recorded there, microseconds since 1970 UTC.
    pub recorded_at: i64,
    /// Its chain hash there: by it an entry is known again.
    pub chain: Digest,
}

#[derive(Deserialize)]
struct Carried {
    carried: Origin,
}

/// Where the entry with this body was appended first, if that was elsewhere.
#[must_use]
pub fn origin_of(body: &[u8]) -> Option<Origin> {
    // Most bodies were not carried: that is seen without reading them.
    let marked = body.windows(11).rev().take(600).any(|part| part == b"\"carried\":{");
    marked.then(|| serde_json::from_slice::<Carried>(body).ok().map(|it| it.carried)).flatten()
}

/// The chain hash of its first ledger, if that was another.
#[must_use]
pub fn chain_of(body: &[u8]) -> Option<Digest> {
    origin_of(body).map(|origin| origin.chain)
}

/// The body with its origin at the end; one that is there already stays.
pub(crate) fn with_origin(body: &[u8], origin: &Origin) -> Vec<u8> {
    if origin_of(body).is_some() {
        return body.to_vec();
    }
    match serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(body) {
        Ok(mut said) => {
            let origin = serde_json::to_value(origin).expect("an origin has a JSON form");
            said.insert("carried".to_owned(), origin);
            serde_json::to_vec(&said).expect("an object has a JSON form")
        }
        Err(_) => body.to_vec(),
    }
}
