//! What people do with a case, one file a verb: load, run the stages, append.
//!
//! What comes in: a case folder, a clock, an author. What goes out: entries appended, or an answer.
//! What never happens
//! here: no rule of the domain is decided. Start with [`case`].

pub mod ask;
pub mod case;
mod error;
pub mod keep;
pub mod pdf;
pub mod place;
pub mod publish;
pub mod reach;
pub mod settings;
pub mod table;
pub mod write;

pub use case::{Case, Question, Scene, known_by, now};
pub use error::Error;
pub use settings::Settings;
