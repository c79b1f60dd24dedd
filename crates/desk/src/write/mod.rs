//! Verbs that append.

pub mod checkpoint;
pub mod handle;
pub mod link;
pub mod new;
pub mod open;
pub mod read;
pub mod receive;
pub mod review;
pub mod since;
pub mod stamp;
pub mod undo;
