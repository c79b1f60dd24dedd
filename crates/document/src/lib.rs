//! Bytes become text or a table in which every span keeps its address in the archived bytes.
//!
//! What comes in: the bytes of a file and its name. What goes out: one [`Document`], or for files
//! that hold several (archives of the web, mailboxes, feeds, JSON Lines, ZIP) one after the other.
//! What never happens here: no meaning is read, no file or network is touched, no clock is asked.
//! Words that it adds: part (the way into a container, which [`follow()`] goes), zone.
//! Start with [`open`](mod@open).

mod container;
pub mod document;
mod encoding;
mod error;
pub mod follow;
mod html;
mod json;
mod markdown;
pub mod marks;
mod office;
pub mod open;
pub mod pdf;
mod published;
pub mod table;
pub mod text;
mod xml;

pub use document::{Asked, Body, Document, Limits};
pub use encoding::Sieve;
pub use error::Error;
pub use follow::follow;
pub use open::{check_size, each, open};
pub use table::{Cell, CellAddress, Row, Sheet};
pub use text::{Run, Text, Zone, ZoneKind};
