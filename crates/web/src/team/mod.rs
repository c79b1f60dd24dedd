//! The team: who has an account, what each may do, and who is signed in.
//!
//! # Invariants
//! 1. A passphrase is kept as what Argon2id makes of it; an invitation, a session and a token as a
//!    SHA-256: who reads the file or the memory finds nothing that opens a door.
//! 2. What is asked of the file is asked anew each time: who was taken out is out at once.
//! 3. Trying costs the same whether there is such an account or not, and more each time it fails.

pub mod account;
pub mod book;
pub mod door;
pub mod pages;
pub mod passphrase;
pub mod program;
pub mod role;
pub mod second;
pub mod session;
pub mod slow;
#[cfg(test)]
mod tests;
