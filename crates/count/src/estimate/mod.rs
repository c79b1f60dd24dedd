//! How many people no list names: estimates from how the lists overlap, or reasoned refusals.

pub mod chance;
pub mod chao;
pub mod dga;
pub mod lcmcr;
pub mod loglinear;
mod regression;
pub mod robust;
mod table;

pub use table::{Captured, Cell, Covariates, MOST_LISTS, Table};
