//! Text or table becomes proposed claims with exact spans, and problems.
//!
//! What comes in: a document and what is known about it. What goes out: a [`Reading`]. What never
//! happens here:
//! nothing is accepted, and nothing is dropped in silence. Start with [`reading`].

pub mod list;
pub mod reading;
pub mod text;
pub mod wire;

pub use reading::{Context, ListSettings, Reading, read};
pub use text::second;
