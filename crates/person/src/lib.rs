//! Mentions of people become one register, by decisions that can be undone.
//!
//! What comes in: mentions and decisions. What goes out: proposals with their reasons, and the
//! register that the decisions make. What never happens here: no merge without a recorded decision.
//! Start with [`propose`].

pub mod link;
pub mod name;
pub mod propose;
mod reason;
pub mod register;
mod roll;
pub mod search;
pub mod table;
pub mod versions;

pub use propose::{AutoRule, Proposal, Settings, explain, propose};
pub use reason::{Agreement, Part, Reason};
pub use register::register;
pub use search::Search;
pub use versions::{Version, Versions, versions};
