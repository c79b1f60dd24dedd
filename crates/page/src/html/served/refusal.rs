//! Why there is no page here, and where to go on; never a name, and never what was asked.

use super::{Asking, page};
use crate::{Lang, Reader, word};
use maud::html;

/// What can go wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The question makes no sense.
    Question,
    /// Nobody is signed in.
    SignIn,
    /// Who is signed in may not do it.
    Role,
    /// It takes somebody to whom nothing of the case is closed.
    Closed,
    /// A form that is not from a page of ours, or is older than who sends it.
    Form,
    /// Nothing has that address.
    Absent,
    /// The address takes no such request.
    Method,
    /// What was sent did not come in time.
    Slow,
    /// More was sent than the address takes.
    Large,
    /// What was sent is of no kind that the address takes.
    Kind,
    /// It was asked for under another computer's name.
    Host,
    /// The case could not be read.
    Failure,
    /// Somebody else has it just now.
    Busy,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Refusal; 13] = [
        Refusal::Question,
        Refusal::SignIn,
        Refusal::Role,
        Refusal::Closed,
        Refusal::Form,
        Refusal::Absent,
        Refusal::Method,
        Refusal::Slow,
        Refusal::Large,
        Refusal::Kind,
        Refusal::Host,
        Refusal::Failure,
        Refusal::Busy,
    ];

    /// Its status (RFC 9110, section 15).
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Refusal::Question => 400,
            Refusal::SignIn => 401,
            Refusal::Role | Refusal::Closed | Refusal::Form => 403,
            Refusal::Absent => 404,
            Refusal::Method => 405,
            Refusal::Slow => 408,
            Refusal::Large => 413,
            Refusal::Kind => 415,
            Refusal::Host => 421,
            Refusal::Failure => 500,
            Refusal::Busy => 503,
        }
    }

    /// What it is, and what to do next.
    #[must_use]
    pub fn words(self, lang: Lang) -> [String; 2] {
        let which = match self {
            Refusal::SignIn => "sign-in".to_owned(),
            Refusal::Role => "role".to_owned(),
            Refusal::Closed => "closed".to_owned(),
            other => other.status().to_string(),
        };
        ["", "-hint"].map(|part| word(lang, &format!("wrong-{which}{part}")))
    }
}

/// The page that says so.
#[must_use]
pub fn refusal(why: Refusal, reader: &Reader) -> String {
    let lang = reader.lang;
    let [title, hint] = why.words(lang);
    let inside = html! {
        main id="content" {
            h1 { (title) }
            p class="lead" { (hint) }
            p { a href="/" { "← " (word(lang, "back-to-board")) } }
        }
    };
    page(&title, &Asking::default(), reader, &inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_its_words() {
        for why in Refusal::ALL {
            for lang in Lang::ALL {
                let page = refusal(why, &Reader::public(lang));
                assert!(!page.contains("wrong-"), "{page}");
            }
        }
    }
}
