//! The desks, where people decide: receiving, reading and linking, with keys, and what is said
//! when somebody else was faster.

mod card;
mod cluster;
mod linking;
mod lists;
mod many;
mod offer;
mod reading;
mod receive;
mod stale;

pub use cluster::{Cluster, cluster};
pub use linking::{Batch, Linking, Pair, linking};
pub use lists::{ListDiff, differs, list_diff};
pub(super) use many::one;
pub use many::{Many, many};
pub use offer::{Column, Columns, Fate, Offer, Offers, offers};
pub use reading::{Reading, Stretch, reading, waiting_documents};
pub use receive::{Most, Reception, receive};
pub use stale::{Stale, stale};

/// The module that lets a keyboard press the buttons of a desk. Each key is shown on its button.
pub const KEYS: &str = include_str!("keys.js");

/// The module that lets files be dropped, and shows how far they have come.
pub const DROP: &str = include_str!("receive.js");

use super::Asking;
use crate::{Reader, word};
use maud::{Markup, html};

/// What a form bears unseen: that it is of a page of ours, and of which moment.
fn unseen(seen: u64, asking: &Asking<'_>) -> Markup {
    html! {
        input type="hidden" name="token" value=(asking.token);
        input type="hidden" name="seen" value=(seen);
    }
}

/// A button that decides, with the key that presses it.
fn button(verdict: &str, key: &str, word_key: &str, reader: &Reader) -> Markup {
    html! {
        button name="verdict" value=(verdict) data-key=(key) aria-keyshortcuts=(key) {
            (word(reader.lang, word_key)) " " kbd { (key) }
        }
    }
}

/// Why: in words that are kept with the decision.
fn reason(id: &str, reader: &Reader) -> Markup {
    html! {
        label class="why" for={ "why-" (id) } { (word(reader.lang, "desk-reason")) }
        input id={ "why-" (id) } name="reason" maxlength="2000" autocomplete="off";
    }
}
