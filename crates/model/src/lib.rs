//! The words of Habeas as values: who said what of whom, when, where it is written, and what was
//! decided.
//!
//! What comes in: nothing. What goes out: types. What never happens here: input and output, a
//! clock,
//! a policy about what counts. Start with [`said::claim`], then [`memory::present`].
//!
//! * [`said`]: a claim and its parts (speaker chain, quantity, population, frame, dates, span).
//! * [`people`]: a mention of somebody, and the register of persons that decisions make of
//!   mentions.
//! * [`memory`]: the entries that are kept for ever, and the present they fold into.

#[macro_use]
mod words;
mod error;
pub mod memory;
pub mod people;
mod problem;
pub mod said;
#[cfg(feature = "sample")]
pub mod sample;

pub use error::Error;
pub use memory::{
    Act, Capture, Captured, Checkpoint, Dated, Decision, Digest, Entry, Evidence, Handling,
    LinkDecision, Present, Read, Received, Review, SecondReader, Stamp, Stamped, Subject, Undo,
    Verdict,
};
pub use people::{
    Carried, Custody, Disclosure, Effect, Happening, Mention, MentionId, Name, Person, PersonId,
    Register, ReleaseMode,
};
pub use problem::Problem;
pub use said::{
    AgeBand, Category, Claim, ClaimId, Frame, Gender, Kind, Metric, Modality, Nationality, Place,
    Population, Predicate, Quantity, Rejected, Role, Scope, Span, Speaker, SpeakerChain, Standing,
    Times, Unit, When,
};
