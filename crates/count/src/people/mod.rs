//! The persons of the register, counted under a rule: who is held, who was freed, and why the
//! answer changed. Start with [`index`].

pub mod axis;
pub mod change;
pub mod dispute;
pub(crate) mod history;
pub mod index;
pub mod named;
pub mod persons;
pub mod series;
pub mod source;
pub mod tally;
pub(crate) mod timeline;
