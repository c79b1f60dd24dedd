//! What others can check without seeing anything: a tree over all entries, signed checkpoints of
//! it, and proofs that one entry is in it or that a later tree continues an earlier one.
//!
//! The hashing is that of RFC 6962, section 2.1; the checkpoints are C2SP `tlog-checkpoint` notes
//! (`signed-note`, Ed25519), cosigned as in `tlog-cosignature`, and the tree is laid out as in
//! `tlog-tiles`.
//!
//! # Invariants
//! 1. Nothing of a case shows: the origin is random, each leaf is blinded, and the size grows by
//!    whole bins, so that neither names nor volumes can be read from a checkpoint, tile or path.
//! 2. The tree only grows: what stood in it stays, padding included.
//! 3. A checkpoint is appended before it is given away.

mod bundle;
mod key;
mod log;
mod note;
mod tiles;
mod tree;

pub use bundle::{Bundle, Checked, Plain, Proven};
pub use key::LogKey;
pub use log::{Log, Segment};
pub use note::{Note, Signed, VerifierKey};
pub use tiles::export;
pub use tree::{Hash, Tree};
