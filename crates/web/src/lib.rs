//! The door for browsers: `habeas serve` shows a case to whoever sits at this computer, or signs
//! in to it.
//!
//! What comes in: a case that is open, an address to listen at, and the accounts of its team. What
//! goes out: pages made by `page` from answers of `desk`. What never happens here: no answer is
//! computed, no name stands in an address or an error (invariant 12), and nobody beyond this
//! computer is served without an account and TLS. Start with [`serve`], then `gate/routes.rs`.

mod api;
#[cfg(test)]
mod attack;
#[cfg(test)]
mod closed;
mod error;
mod gate;
mod heard;
mod held;
mod question;
mod route;
mod serve;
mod show;
#[cfg(test)]
mod stage;
mod team;
mod tongue;
mod work;

pub use error::Error;
pub use gate::place::Outside;
pub use serve::{Door, Told, serve};
pub use team::{
    account::{Account, Team},
    book::Book,
    passphrase::Kept,
    program::token::{Scope, Token},
    role::{Right, Role},
    second::Second,
};
