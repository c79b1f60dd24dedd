//! Pages as a browser is served them: style sheet linked, every figure a link to its rows, and a
//! form to ask again that needs no script.

mod answer;
mod ask;
mod bar;
mod board;
mod document;
mod estimate;
mod figure;
mod ledger;
mod people;
mod publish;
mod refusal;
pub mod team;
mod work;

pub use super::draw::Image;
pub use answer::{Compared, audit, change, promises};
pub use ask::SLIDE;
pub use board::{board, image, page_of};
pub use document::{Papers, claim_page, document, documents};
pub use estimate::{Estimated, estimate};
pub use figure::figure;
pub use ledger::{Act, Checkpoint, Memory, Verified, ledger};
pub use people::{Facets, Portrait, Row, Rows, people, person, preview};
pub use publish::{Issue, Publishing, published, publishing};
pub use refusal::{Refusal, refusal};
pub use work::{
    Batch, Cluster, Column, Columns, DROP, Fate, KEYS, Linking, ListDiff, Many, Most, Offer,
    Offers, Pair, Reading, Reception, Stale, Stretch, cluster, differs, linking, list_diff, many,
    offers, reading, receive, stale, waiting_documents,
};

use super::{STYLE, whole};
use crate::{Reader, phrase, word};
use bar::page;
use habeas_count::Rule;
use habeas_model::ClaimId;
use jiff::civil::Date;
use maud::{Markup, html};

/// The style sheet of every served page.
#[must_use]
pub fn style() -> String {
    format!("{STYLE}{}", include_str!("served.css"))
}

/// A question as it stands in the address of a page and in its form. No part of it is a name
/// (invariant 12): a population is told by a line that has it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asking<'a> {
    /// The day that the answer is about.
    pub as_of: Option<Date>,
    /// A position, a day or a time, as it was written.
    pub known_by: &'a str,
    /// Name of the rule that was asked for.
    pub rule: Option<&'a str>,
    /// A line of the only population that is shown.
    pub like: Option<ClaimId>,
    /// The same, as the part of an address after `?`.
    pub address: &'a str,
    /// Where the page is.
    pub path: &'a str,
    /// What the forms of the page are known by.
    pub token: &'a str,
    /// What else this page was asked, as the part of an address after `?`.
    pub own: &'a str,
    /// The rules that can be asked by.
    pub rules: &'a [Rule],
}

/// From when to when a case can be asked.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    /// The first and the last day on which a document had been written.
    pub days: [Date; 2],
    /// The last position of the ledger.
    pub head: u64,
}

impl Asking<'_> {
    /// The question as the end of an address, with its `?` where there is one.
    fn after(&self) -> String {
        let mark = if self.address.is_empty() { "" } else { "?" };
        format!("{mark}{}", self.address)
    }
}

/// The head of a page: of which case, what, and the question in words.
fn top(title: &str, lead: &str, of: &Papers<'_>, reader: &Reader) -> Markup {
    html! {
        header {
            p class="kicker" { (of.present.title) }
            h1 { (title) }
            p class="lead" { (lead) }
            (asked(of.rule, of.true_at, of.present.position, reader))
        }
    }
}

/// The way back to the board under the same question.
fn back(asking: &Asking<'_>, at: Option<ClaimId>, reader: &Reader) -> Markup {
    let join = if asking.address.is_empty() { "?" } else { "&" };
    let row = at.map(|id| format!("{join}at={id}#c-{id}")).unwrap_or_default();
    html! {
        p class="back" {
            a href={ "/" (asking.after()) (row) } { "← " (word(reader.lang, "back-to-board")) }
        }
    }
}

/// The question in words: rule, day, position.
fn asked(rule: &Rule, true_at: Option<Date>, position: u64, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let said = |key, name, value: &str| crate::words(lang, key, &[(name, value)]);
    html! {
        p class="asked" {
            span { (said("rule-is", "title", &phrase::rule_title(rule, lang))) }
            @if let Some(day) = true_at { span { (said("true-at", "day", &phrase::day(day, lang))) } }
            span { (said("position-is", "n", &phrase::number(position, lang))) }
        }
    }
}
