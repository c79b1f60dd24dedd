//! The page of a case: claimed against named, one file that needs nothing else, no script and no
//! network.

mod board;
mod bulletin;
mod chart;
mod draw;
pub mod estimate;
mod findings;
mod linking;
mod row;
pub mod served;

pub use board::{Told, board};
pub use bulletin::bulletin;
pub(crate) use bulletin::word_of_week;
pub use linking::linking;
