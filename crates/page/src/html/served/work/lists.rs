//! A list against an earlier one: six answers, and the decisions that follow from them.

use super::super::{Asking, Papers, page};
use super::many::{self, Many};
use crate::{Lang, Reader, phrase, word, words};
use habeas_model::{Mention, Received, memory::present::Taken};
use habeas_person::{Version, link::News};
use maud::{Markup, html};

/// Rows that are shown without a decision, at most.
const ROWS: usize = 500;

/// What the page is made of.
pub struct ListDiff<'a> {
    /// The later list.
    pub after: &'a Taken<Received>,
    /// The earlier one.
    pub before: &'a Taken<Received>,
    /// Lists that it can be held against.
    pub earlier: Vec<&'a Taken<Received>>,
    /// How many rows are of each kind.
    pub counts: Vec<(News, usize)>,
    /// The kind that is shown.
    pub only: News,
    /// The pairs of that kind that nobody has decided.
    pub many: Option<Many<'a>>,
    /// The rows of that kind, where it has no pairs.
    pub rows: Vec<&'a Mention>,
}

/// The page.
#[must_use]
pub fn list_diff(
    of: &ListDiff<'_>,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    let title = word(lang, "diff-title");
    let inside = html! {
        header {
            p class="back" {
                a href={ "/documents/" (of.after.it.blob) } { "← " bdi { (phrase::file_name(&of.after.it, reader)) } }
            }
            p class="kicker" { (papers.present.title) }
            h1 { (title) }
            p class="lead" {
                bdi { (phrase::file_name(&of.before.it, reader)) } " → " bdi { (phrase::file_name(&of.after.it, reader)) }
            }
        }
        main id="content" {
            (against(of, reader))
            (kinds(of, lang))
            section aria-labelledby="h-kind" {
                h2 id="h-kind" { (word(lang, &format!("diff-{}", of.only))) }
                p class="lead" { (word(lang, &format!("diff-{}-lead", of.only))) }
                @match &of.many {
                    Some(many) => (many::form(many, asking, reader)),
                    None => (rows(&of.rows, reader)),
                }
            }
        }
    };
    page(&format!("{title} · {}", papers.present.title), asking, reader, &inside)
}

/// The other list, which can be changed.
fn against(of: &ListDiff<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        @if of.earlier.len() > 1 {
            form class="ask" method="get" action={ "/versions/" (of.after.it.blob) } {
                div {
                    label for="of" { (word(lang, "diff-against")) }
                    select id="of" name="of" {
                        @for other in &of.earlier {
                            @let chosen = other.it.blob == of.before.it.blob;
                            option value=(other.it.blob) selected[chosen] {
                                (phrase::file_name(&other.it, reader))
                            }
                        }
                    }
                }
                div class="do" { button { (word(lang, "diff-show")) } }
            }
        }
    }
}

/// How many rows are of each kind; each leads to them.
fn kinds(of: &ListDiff<'_>, lang: Lang) -> Markup {
    let at = format!("/versions/{}?of={}", of.after.it.blob, of.before.it.blob);
    html! {
        nav class="facets" aria-label=(word(lang, "diff-kinds")) {
            ul {
                @for (news, n) in &of.counts {
                    li {
                        @let here = (*news == of.only).then_some("true");
                        a href={ (at) "&only=" (news) "#h-kind" } aria-current=[here] {
                            (word(lang, &format!("diff-{news}")))
                        }
                        ": " (phrase::number(*n as u64, lang))
                    }
                }
            }
        }
    }
}

fn rows(all: &[&Mention], reader: &Reader) -> Markup {
    let lang = reader.lang;
    let more = all.len().saturating_sub(ROWS);
    html! {
        @if all.is_empty() { p { (word(lang, "people-none")) } }
        ul class="pairs" {
            @for it in all.iter().take(ROWS) { li { div { span { (many::one(it, reader)) } } } }
        }
        @if more > 0 {
            p class="small" { (words(lang, "diff-more", &[("n", &phrase::number(more as u64, lang))])) }
        }
    }
}

/// What a row says otherwise than the earlier one, or why they are not joined, in words.
#[must_use]
pub fn differs(of: &Version, lang: Lang) -> String {
    let changed = of.changes.iter().map(|(part, how)| {
        let part = word(lang, &format!("pair-{part}"));
        words(lang, &format!("diff-how-{how}"), &[("part", &part)])
    });
    let held = of.held.map(|held| word(lang, &format!("diff-held-{held}")));
    let again = of.again.map(|_| word(lang, "diff-again"));
    let bearer = (of.old.is_none() && !of.bearers.is_empty()).then(|| word(lang, "diff-bearer"));
    changed.chain(held).chain(again).chain(bearer).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use habeas_person::{
        Part,
        link::arrival::{Difference, Held},
    };

    #[test]
    fn every_answer_has_its_words() {
        let known = |key: String| assert!(crate::words::known(&key), "{key}");
        for news in News::ALL {
            known(format!("diff-{news}"));
            known(format!("diff-{news}-lead"));
        }
        for how in Difference::ALL {
            let key = format!("diff-how-{how}");
            assert_ne!(words(Lang::En, &key, &[("part", "x")]), key);
        }
        Held::ALL.iter().for_each(|held| known(format!("diff-held-{held}")));
        Part::ALL.iter().for_each(|part| known(format!("pair-{part}")));
    }
}
