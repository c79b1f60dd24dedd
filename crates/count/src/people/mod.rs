//! The persons of the register, counted under a rule: who is held, who was freed, and why the
//! answer changed.

pub mod change;
pub(crate) mod history;
pub mod named;
pub mod tally;
