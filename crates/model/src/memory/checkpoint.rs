//! A signed line under everything remembered so far, that others can keep and hold against us.

use serde::{Deserialize, Serialize};

/// A checkpoint of the published tree. It is appended again, with the same `covers` and `seed`,
/// when a witness has signed it too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The note itself (C2SP `tlog-checkpoint`), with its signatures.
    pub note: String,
    /// Verifier key of the log (C2SP `signed-note`).
    pub key: String,
    /// Entries covered: all up to this position.
    pub covers: u64,
    /// 32 random bytes that blind the leaves of the entries covered first here, so that the tree
    /// can be shown and the entries cannot be guessed from it.
    #[serde(with = "hex::serde")]
    pub seed: [u8; 32],
}
