//! Bytes become text or a table in which every span keeps its address in the archived bytes.
//!
//! What comes in: the bytes of a file and its name. What goes out: one [`Document`] or, for files
//! that hold several
//! (JSON Lines), more. What never happens here: no meaning is read, no file or network is touched,
//! no clock is asked.
//! Start with [`document`].

pub mod document;
mod encoding;
mod error;
mod html;
mod json;
mod markdown;
mod published;
mod separated;
mod sheet;
pub mod table;
pub mod text;

pub use document::{Asked, Body, Document, Limits, check_size, open};
pub use error::Error;
pub use table::{Cell, CellAddress, Row, Sheet};
pub use text::{Run, Text, Zone, ZoneKind};
