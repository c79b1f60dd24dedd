//! Verbs that keep a case safe: what must be forgotten, and copies that can be trusted.

pub mod copy;
pub mod erase;
pub(crate) mod mask;
pub mod restrict;
mod scope;
pub mod sources;
