//! Which single persons does a sentence say something of?

mod link;
mod name;
mod object;

pub use name::{Person, persons};
