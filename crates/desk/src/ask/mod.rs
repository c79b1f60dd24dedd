//! Verbs that ask: each loads the scene of its question, asks `count`, and appends nothing.

pub mod acts;
pub mod audit;
pub mod board;
pub mod bulletin;
pub mod change;
pub mod count;
pub mod disputes;
pub mod estimate;
pub mod evidence;
pub mod export;
pub mod find;
pub mod promises;
