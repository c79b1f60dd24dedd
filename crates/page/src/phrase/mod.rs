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
pub use when::{day, when};

use crate::Lang;
use crate::{Reader, redact};
use habeas_count::{Link, Rule};

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

/// The title of a rule.
#[must_use]
pub fn rule_title(rule: &Rule, lang: Lang) -> String {
    rule.title.get(lang.word()).unwrap_or(&rule.name).clone()
}
