//! Verbs that ask: each loads the scene of its question, asks `count`, and appends nothing.

pub mod audit;
pub mod board;
pub mod bulletin;
pub mod change;
pub mod count;
pub mod custody;
pub mod disputes;
pub mod estimate;
pub mod export;
pub mod promises;
pub mod prove;
pub mod verify;
