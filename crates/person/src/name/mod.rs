//! Names of people as the world writes them: folded, cut into words, aligned and weighed.
//!
//! What comes in: two names, in any script, given name first or last. What goes out: how their
//! words stand to each other and how likely it is that one person bears both. Start with [`odds`].

pub mod alignment;
#[cfg(test)]
mod calibration;
pub mod damage;
mod known;
pub mod likeness;
pub mod nickname;
pub mod odds;
pub mod script;
pub mod sound;
pub mod word;

pub use alignment::{Aligned, Alignment, align};
pub use damage::Damage;
pub use likeness::Likeness;
pub use odds::{NameOdds, Rarity, odds};
pub use word::{Word, words};
