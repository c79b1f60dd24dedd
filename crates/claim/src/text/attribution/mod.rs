//! Who says so? In layers: the sentence itself, then the discourse before it.

mod cue;
mod discourse;
mod source;
mod subject;
mod turn;
mod voice;
mod whole;

pub use cue::{Cue, Side, cues};
pub use discourse::{Discourse, Voice};
pub use source::{Source, capitals, sources};
pub use turn::{Turn, Who, shouted, turns};
