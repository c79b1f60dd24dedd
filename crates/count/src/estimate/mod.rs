//! How many people no list names: estimates from how the lists overlap, or reasoned refusals.
//!
//! What comes in: a capture table (of a file, or of the reviewed lists of a case), settings with a
//! seed, a clock. What goes out: the methods side by side, each with its interval or its refusal,
//! and a verdict. What never happens here: an estimate without its interval, a headline where the
//! methods disagree, a boundary that is clamped in silence. Start with [`verdict`], then
//! [`methods`].

pub mod answer;
pub mod captures;
pub mod chance;
pub mod chao;
pub mod dga;
pub mod lcmcr;
pub mod loglinear;
pub mod methods;
mod regression;
pub mod robust;
mod settings;
pub mod sums;
mod table;
pub mod verdict;

pub use answer::{Answer, Method, Noted, Refusal, Why};
pub use captures::{Captures, During, Undecided};
pub use settings::Settings;
pub use sums::{Linked, POOLED, Stratum, Sum, anonymous, linked, strata, unknown};
pub use table::{Captured, Cell, Covariates, MOST_LISTS, Table};
pub use verdict::{Estimates, Other, Verdict, Word, estimate};
