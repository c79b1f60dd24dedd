//! Names found and linked, on a terminal.

mod explained;
mod found;
mod judged;
mod linked;

pub use explained::explained;
pub use found::found;
pub(crate) use found::why as why_found;
pub use judged::{drawn, judged};
pub use linked::{arrived, decisions_taken, linked, notice};
