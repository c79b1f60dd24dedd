//! Log-linear models: the lists may depend on each other, pair by pair or more, and a fitted model
//! tells how many stand on none.
//!
//! Fienberg 1972; Bishop, Fienberg and Holland 1975, chapter 6. Whether a maximum exists and can be
//! identified is asked before each fit (`exists.rs`), never guessed from a large standard error.

mod bootstrap;
mod exists;
mod model;
mod search;
mod stepwise;

pub use bootstrap::{Bootstrap, bootstrap, quantile};
pub use exists::Standing;
pub use model::{Fitted, MOST_LISTS, Model, fit};
pub use search::{Ranked, hierarchical, ranked};
pub use stepwise::{Stepwise, stepwise};
