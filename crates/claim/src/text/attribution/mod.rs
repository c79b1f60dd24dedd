//! Who says so? In layers: the sentence itself, then the discourse before it.

mod cue;
mod discourse;
mod source;

pub use cue::{Cue, Side, cues};
pub use discourse::{Discourse, Voice};
pub use source::{Source, capitals, sources};
