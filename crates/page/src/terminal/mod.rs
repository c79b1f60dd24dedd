//! Answers for a terminal: tables that fit its width, cards where it is narrow, no meaning in
//! colour alone.

mod audit;
mod board;
mod bulletin;
mod dispute;
mod estimate;
mod linking;
mod message;
mod people;
pub(crate) mod promise;
pub(crate) mod proposal;
mod publication;
mod sheet;

pub(crate) use audit::what as findings_words;
pub use audit::{audit, audit_in_short};
pub use board::{board, comparison, figure, line};
pub(crate) use board::{side, sorted};
pub use bulletin::bulletin;
pub use dispute::{disputed, disputes, meant};
pub(crate) use estimate::{ASSUMES, interval, made_with, rests, rounded, verdict_words};
pub use estimate::{estimate_of_case, estimates, refusal, second_interval, strata};
pub(crate) use linking::why_found;
pub use linking::{arrived, decisions_taken, drawn, explained, found, judged, linked, notice};
pub(crate) use message::by_code;
pub use message::{
    decided, known, made, migrated, not_read, problems, received, refused, ruled, sentence,
    verified, waiting, was_read, withdrawn, word, wrote,
};
pub(crate) use people::key as tally_key;
pub(crate) use people::point;
pub use people::{change, change_rows, person, tally, tally_rows};
pub use promise::promises;
pub use proposal::{
    proposed_claim, proposed_mention, proposed_pair, reading, revised, revised_in_short, two_rows,
};
pub(crate) use publication::QUESTIONS;
pub use publication::publication;
