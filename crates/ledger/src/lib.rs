//! The memory of a case: entries that are appended and chained, never rewritten, and the evidence
//! they speak of.
//!
//! What comes in: entries and bytes. What goes out: rows as they were written, and the present they
//! fold into. What never happens here: nothing is rewritten, nothing is decided. Start with
//! [`chain`], then [`store`].
//!
//! On disk a ledger is a folder: `ledger.sqlite` (WAL, `synchronous=FULL`), `writer.lock`, and
//! `blobs/ab/<SHA-256>`.

pub mod blobs;
pub mod carry;
pub mod chain;
pub mod erase;
mod error;
pub mod fold;
mod ledger;
pub mod proof;
pub mod restrict;
pub mod seal;
pub mod site;
pub mod store;
mod sweep;
pub mod time;
pub mod verify;
pub mod writer;

pub use erase::{Erased, Erasure, Tombstones};
pub use error::Error;
pub use fold::KnownBy;
pub use ledger::Ledger;
pub use store::{FORMAT, Head, Lent, Row};
pub use verify::{Fault, Report};
pub use writer::{Receipt, Said, Writer};
