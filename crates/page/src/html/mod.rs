//! The page of a case: claimed against named, one file that needs nothing else, no script and no
//! network.

mod board;
mod bulletin;
mod chart;
mod draw;
pub mod estimate;
mod findings;
mod linking;
pub mod publication;
mod row;
pub mod served;
pub(crate) mod waterfall;

pub use board::{Told, board};
pub use bulletin::bulletin;
pub(crate) use bulletin::word_of_week;
pub use linking::linking;
pub use waterfall::waterfall;

use crate::Lang;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// A page that is one file: its style sheet lies in it.
fn alone(title: &str, lang: Lang, body: &Markup) -> String {
    let head = html! {
        meta name="referrer" content="no-referrer";
        style { (PreEscaped(STYLE)) }
    };
    whole(title, lang, &head, body)
}

/// A page: its head with what styles it, and its body. What a served page tells of where it came
/// from its headers say, and nothing in it (forms of ours must bear their origin).
fn whole(title: &str, lang: Lang, style: &Markup, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(lang.word()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                (style)
            }
            body { (body) }
        }
    };
    page.into_string()
}
