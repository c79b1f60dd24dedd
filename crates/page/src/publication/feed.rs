//! What changed from one publication to the next, as a feed (Atom, RFC 4287). No name stands in it:
//! who is named stands on the pages, and can be taken from there.

use super::{Publication, moved};
use crate::{Lang, Reader, phrase, redact, word, words, words::counted};
use habeas_count::Line;
use habeas_model::ClaimId;
use jiff::Timestamp;
use maud::{Markup, PreEscaped, html};
use std::collections::HashMap;

/// When a publication was made, and by what it is known: a UUID that follows from its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// When.
    pub at: Timestamp,
    /// `urn:uuid:..`.
    pub id: String,
    /// The same of the feed; it never changes.
    pub feed: String,
}

/// One thing that is new.
struct News {
    id: String,
    title: String,
    what: String,
    link: String,
}

/// The feed in one language: `now` against the publication before it, if there was one.
#[must_use]
pub fn feed(now: &Publication, before: Option<&Publication>, issue: &Issue, lang: Lang) -> String {
    let at = issue.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let title = words(lang, "feed-title", &[("title", &now.title)]);
    let id = |of: &str| format!("{}#{of}-{}", issue.id, lang.word());
    let mut news = vec![whole(now, before, lang)];
    news.extend(before.map(|before| lines(before, now, lang)).into_iter().flatten());
    let entry = |one: &News| -> Markup {
        html! {
            entry {
                id { (id(&one.id)) }
                title { (one.title) }
                updated { (at) }
                link rel="alternate" type="text/html" hreflang=(lang.word()) href=(one.link) {}
                summary { (one.what) }
            }
        }
    };
    let body = html! {
        feed xmlns="http://www.w3.org/2005/Atom" xml:lang=(lang.word()) {
            id { (issue.feed) "#" (lang.word()) }
            title { (title) }
            subtitle { (word(lang, "feed-subtitle")) }
            updated { (at) }
            author { name { (now.title) } }
            generator { "Habeas" }
            link rel="self" type="application/atom+xml" href="feed.xml" {}
            link rel="alternate" type="text/html" hreflang=(lang.word()) href="index.html" {}
            @for one in &news { (entry(one)) }
        }
    };
    let head = PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    html! { (head) (body) "\n" }.into_string()
}

/// The publication itself: its figures, and how they moved.
fn whole(now: &Publication, before: Option<&Publication>, lang: Lang) -> News {
    let n = |n: u32| phrase::number(n.into(), lang);
    let day = phrase::day(now.day, lang);
    let mut what = vec![match before {
        None => word(lang, "feed-first"),
        Some(before) => {
            let was = phrase::day(before.day, lang);
            words(lang, "feed-since", &[("day", &was)])
        }
    }];
    let moves = before.map(|before| moved(before, now)).unwrap_or_default();
    for (name, was, is) in moves {
        // The rows of tables stand on the pages.
        if let "persons" | "held" | "released" = name.as_str() {
            let said = word(lang, &format!("told-{name}"));
            let sum = words(lang, "change-sum", &[("before", &n(was)), ("after", &n(is))]);
            what.push(format!("{said}: {sum}."));
        }
    }
    let names = before.map_or(0, |before| before.named.len());
    let sum = [("before", &*n(super::count(names))), ("after", &n(super::count(now.named.len())))];
    what.push(format!("{}: {}.", word(lang, "told-named"), words(lang, "change-sum", &sum)));
    News {
        id: "publication".to_owned(),
        title: words(lang, "feed-issue", &[("day", &day)]),
        what: what.join(" "),
        link: "index.html".to_owned(),
    }
}

/// Each line that is new, told otherwise than before, or gone.
fn lines(before: &Publication, now: &Publication, lang: Lang) -> Vec<News> {
    let told = |of: &Publication| -> HashMap<ClaimId, String> {
        of.board.lines.iter().map(|line| (line.id, said(line, lang))).collect()
    };
    let (earlier, later) = (told(before), told(now));
    let news = |line: &Line, key: &str, what: &str| News {
        id: format!("line-{}", line.id),
        title: words(lang, key, &[("line", &headline(line, lang))]),
        what: what.to_owned(),
        link: format!("index.html#c-{}", line.id),
    };
    let mut all = Vec::new();
    for line in &now.board.lines {
        let is = &later[&line.id];
        match earlier.get(&line.id) {
            None => all.push(news(line, "feed-new", is)),
            Some(was) if was != is => all.push(news(line, "feed-changed", is)),
            Some(_) => {}
        }
    }
    // Why one is told no more may be a name in its words: only how many they are is told.
    let gone = before.board.lines.iter().filter(|line| !later.contains_key(&line.id)).count();
    if gone > 0 {
        all.push(News {
            id: "gone".to_owned(),
            title: counted(lang, "feed-gone", gone, &[]),
            what: word(lang, "feed-gone-lead"),
            link: "index.html".to_owned(),
        });
    }
    all
}

/// "Vigilia: 151 released, 20 Jan 2026".
fn headline(line: &Line, lang: Lang) -> String {
    let reader = Reader::public(lang);
    let body = redact::body(&line.body, crate::json::speakers(&line.speaker_chain), &reader);
    let quantity = line.quantity.as_ref().map(|said| phrase::quantity(said, lang));
    let quantity = quantity.unwrap_or_else(|| word(lang, "quantity-not-said"));
    let day = line.day.map_or_else(|| word(lang, "undated"), |day| phrase::day(day, lang));
    format!("{body}: {quantity} {}, {day}", phrase::metric(line.metric, line.unit, lang))
}

/// What a line says of itself: of whom, and what the names say.
fn said(line: &Line, lang: Lang) -> String {
    format!("{}; {}", phrase::population(&line.population, lang), phrase::standing(line, lang))
}
