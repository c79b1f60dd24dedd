//! Tables that are no case: read from files, linked, written to files.

pub mod against;
pub mod aside;
pub mod decisions;
#[cfg(feature = "parquet")]
mod parquet;
pub mod read;
pub mod sample;
pub mod write;

pub use read::read;
