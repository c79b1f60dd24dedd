//! Counts made into what a given reader may see, in Spanish and English.
//!
//! What comes in: the answers of `count`, and a [`Reader`]. What goes out: text for a terminal, a
//! page that needs
//! nothing else, JSON, cells of a table. What never happens here: a number is changed, a file is
//! touched, or
//! something that is not public reaches a public reader (invariant 10; only [`redact`] decides it).
//! Start with [`html`].

mod cell;
mod figure;
pub mod html;
pub mod json;
pub mod phrase;
pub mod publication;
mod reader;
pub mod redact;
#[cfg(test)]
mod sample;
pub mod terminal;
mod words;

pub use cell::{csv_cell, harmless};
pub use figure::Figure;
pub use phrase::{problem, problem_hint, quantity};
pub use reader::{Error, Lang, Reader, See};
pub use words::{known, word, words};
