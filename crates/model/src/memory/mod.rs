//! What is remembered: entries that are kept for ever, and the present that they fold into.

pub mod decision;
pub mod digest;
pub mod entry;
pub mod present;
pub mod received;

pub use decision::{Decision, LinkDecision, Review, Subject, Undo, Verdict};
pub use digest::Digest;
pub use entry::Entry;
pub use present::Present;
pub use received::{Capture, Dated, Evidence, Read, Received};
