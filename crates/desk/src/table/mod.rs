//! Tables that are no case: read from files, linked, written to files.

#[cfg(feature = "parquet")]
mod parquet;
pub mod read;
pub mod write;

pub use read::read;
