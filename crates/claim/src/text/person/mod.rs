//! Which single persons does a sentence say something of?

mod link;
mod name;

pub use name::{Person, persons};
