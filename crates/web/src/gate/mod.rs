//! The gate: who is let in, by which connection, and what they may send.

#[allow(dead_code, reason = "the pages that change something take it")]
pub mod form;
pub mod guard;
pub mod listen;
#[allow(dead_code, reason = "the pages that change something take it")]
pub mod who;
