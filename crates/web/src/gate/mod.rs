//! The gate: who is let in, by which connection, and what they may send.

pub mod describe;
pub mod form;
pub mod guard;
pub mod listen;
pub mod place;
pub mod routes;
pub mod tls;
pub mod who;
