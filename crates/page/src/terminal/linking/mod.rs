//! Names found and linked, on a terminal.

mod found;
mod linked;

pub use found::found;
pub use linked::{decisions_taken, linked, notice};
