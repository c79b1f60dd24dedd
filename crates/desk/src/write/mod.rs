//! Verbs that append.

pub mod link;
pub mod new;
pub mod open;
pub mod read;
pub mod receive;
pub mod review;
pub mod undo;
