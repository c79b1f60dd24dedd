//! Verbs that keep a case safe: what must be forgotten, and copies that can be trusted.

pub mod copy;
pub mod erase;
pub mod eyes;
pub(crate) mod mask;
pub mod need;
pub mod restrict;
pub mod role;
mod scope;
pub mod sources;
