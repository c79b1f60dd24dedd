//! Mentions of people become one register, by decisions that can be undone.
//!
//! What comes in: mentions and decisions. What goes out: proposals with their reasons, and the
//! register that the
//! decisions make. What never happens here: no merge without a recorded decision. Start with
//! [`propose`].

mod block;
mod compare;
pub mod link;
pub mod name;
mod normalise;
pub mod propose;
pub mod register;
pub mod table;

pub use compare::{Agreement, Part, Reason};
pub use propose::{AutoRule, Proposal, Settings, propose};
pub use register::register;
