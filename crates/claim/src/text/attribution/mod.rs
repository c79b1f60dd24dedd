//! Who says so? In layers: the sentence itself, then the discourse before it.

mod cue;
mod discourse;
mod source;
mod subject;
mod voice;

pub use cue::{Cue, Side, cues};
pub use discourse::{Discourse, Voice};
pub use source::{Source, capitals, sources};
