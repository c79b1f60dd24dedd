//! What is remembered: entries that are kept for ever, and the present that they fold into.

pub mod checkpoint;
pub mod decision;
pub mod digest;
pub mod entry;
pub mod erased;
pub mod handling;
pub mod present;
pub mod published;
pub mod received;
pub mod stamp;

pub use checkpoint::Checkpoint;
pub use decision::{Decision, LinkDecision, Review, Subject, Undo, Verdict};
pub use digest::Digest;
pub use entry::Entry;
pub use erased::{Erased, ErasedBlob, Forgotten, Reason, Restricted, Wish};
pub use handling::{Act, Handling};
pub use present::Present;
pub use published::{Answers, Assurance, Published, PublishedFile};
pub use received::{Capture, Captured, Dated, Evidence, Read, Received, SecondReader};
pub use stamp::{Stamp, Stamped};
