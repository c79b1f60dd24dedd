//! Which single persons does a sentence say something of?

mod again;
mod aside;
mod fit;
mod kin;
mod link;
mod member;
mod name;
mod object;
mod order;
mod roll;
mod wished;

pub use name::{Person, persons};
pub use roll::Roll;
