//! The engine that links rows of tables: which rows are one person.
//!
//! Steps, one file each: rows are made comparable (`rows`), met in blocks (`block`), compared level
//! by level (`compare`), scored by a model that learns without labels (`model`), and joined into
//! persons with guards (`cluster`). What never happens here: no file, no clock, no chance; the same
//! table and settings give the same answer at any number of threads, and in any memory (`aside`).
//! Start with [`link`].

pub mod arrival;
pub mod aside;
pub mod block;
pub mod cluster;
pub mod compare;
pub mod decided;
pub mod explain;
pub mod model;
pub mod names;
pub mod rows;
pub mod run;
pub mod sample;
#[cfg(test)]
mod tests;
pub mod vocabulary;

pub use arrival::{Arrival, Diff, Held, Known, News};
pub use cluster::WeakLink;
pub use decided::{Decided, Said};
pub use explain::Explained;
pub use model::Model;
pub use run::{Failed, Linked, Notice, Pair, Pairs, Progress, Ready, link, link_decided};
