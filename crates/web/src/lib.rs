//! The door for browsers: `habeas serve` shows a case to whoever sits at this computer.
//!
//! What comes in: a case that is open, and an address of this computer. What goes out: pages made
//! by `page` from answers of `desk`. What never happens here: no answer is computed, nothing is
//! appended, no name stands in an address or an error (invariant 12), and nobody beyond this
//! computer is served. Start with [`serve`].

mod api;
mod error;
mod gate;
mod heard;
mod held;
mod question;
mod route;
mod serve;
mod show;
mod tongue;

pub use error::Error;
pub use serve::{Door, Told, serve};
