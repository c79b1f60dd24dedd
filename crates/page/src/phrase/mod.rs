//! How a number, a date, a frame, a speaker chain and a standing are said in the reader's language.

mod frame;
pub(crate) mod problem;
mod quantity;
mod ruling;
mod standing;
mod when;

pub use frame::{category, metric, population, window};
pub use problem::{problem, problem_hint};
pub use quantity::{number, quantity, signed, signed_plain};
pub use ruling::{effect, verdict_sign};
pub use standing::{
    Sign, compared, difference, differs, noted, noted_once, standing, standing_short, standing_sign,
};
pub use when::{day, days, moment, when};

use crate::{Lang, Reader, redact, words};
use habeas_count::{Link, Rule};
use habeas_model::{Digest, Present, Received};

/// The speaker chain, outlet first: "El País ← State Department ← official".
#[must_use]
pub fn chain(links: &[Link], reader: &Reader) -> String {
    let said = |link: &Link| match link {
        Link::Outlet(outlet) => outlet.clone(),
        Link::Speaker(speaker) => redact::speaker(speaker, reader),
    };
    let mut told: Vec<String> = links.iter().map(said).collect();
    told.dedup(); // Who publishes what they say themselves is named once.
    told.join(" ← ")
}

/// A file's name, which is for the team: it may hold a person's.
#[must_use]
pub fn file_name(it: &Received, reader: &Reader) -> String {
    redact::free_words(&it.name, reader).map_or_else(|| unnamed(it.blob, reader), str::to_owned)
}

fn unnamed(blob: Digest, reader: &Reader) -> String {
    words(reader.lang, "document-word", &[("id", &blob.short())])
}

/// What the document of these bytes is called.
#[must_use]
pub fn called(blob: Digest, present: &Present, reader: &Reader) -> String {
    let taken = present.documents.iter().rev().find(|taken| taken.it.blob == blob);
    taken.map_or_else(|| unnamed(blob, reader), |taken| file_name(&taken.it, reader))
}

/// The title of a rule.
#[must_use]
pub fn rule_title(rule: &Rule, lang: Lang) -> String {
    rule.title.get(lang.word()).unwrap_or(&rule.name).clone()
}
