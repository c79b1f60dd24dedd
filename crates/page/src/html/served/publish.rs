//! Publishing: exactly what the public would see, the checklist, and what was published before.

use super::{Asking, Papers, page, top};
use crate::{
    Lang, Reader, See,
    html::publication::{figures, part},
    phrase,
    publication::Publication,
    terminal::QUESTIONS,
    word, words,
};
use habeas_model::memory::Published;
use maud::{Markup, html};

/// A publication that was made.
pub struct Issue<'a> {
    /// When, microseconds since 1970 UTC.
    pub at: i64,
    /// By whom.
    pub author: &'a str,
    /// What.
    pub it: &'a Published,
}

/// What the page is made of.
pub struct Publishing<'a> {
    /// What the public would see.
    pub publication: &'a Publication,
    /// What was published, newest first.
    pub past: Vec<Issue<'a>>,
    /// Why nothing was published, if it was tried: the key of the words.
    pub refused: Option<&'static str>,
    /// What was answered, question by question, so that nothing is typed twice.
    pub said: [Option<String>; 4],
    /// The remark.
    pub note: &'a str,
}

/// The page.
#[must_use]
pub fn publishing(
    of: &Publishing<'_>,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    let title = word(lang, "nav-publish");
    let anybody = Reader { see: See::Public, ..*reader };
    let inside = html! {
        (top(&title, &word(lang, "publish-lead"), papers, reader))
        main id="content" {
            @if let Some(why) = of.refused {
                p class="said wrong" role="alert" { (word(lang, why)) }
            }
            section aria-labelledby="h-checklist" {
                h2 id="h-checklist" { (word(lang, "publish-checklist")) }
                p class="lead" { (word(lang, "publish-checklist-lead")) }
                (figures(of.publication, lang))
                (checklist(of, asking, lang))
            }
            section aria-labelledby="h-past" {
                h2 id="h-past" { (word(lang, "publish-past")) }
                (past(&of.past, lang))
            }
            section aria-labelledby="h-preview" {
                h2 id="h-preview" { (word(lang, "publish-preview")) }
                p class="lead" { (word(lang, "publish-preview-lead")) }
                (part::about(of.publication, &[], &anybody))
                h2 { (word(lang, "named-people")) }
                (part::people(of.publication, &anybody))
                h2 { (word(lang, "register")) }
                (part::register(of.publication, &anybody))
            }
            (part::board(of.publication, &anybody))
        }
    };
    page(&format!("{title} · {}", papers.present.title), asking, reader, &inside)
}

/// The four questions; none is answered before somebody answers it.
fn checklist(of: &Publishing<'_>, asking: &Asking<'_>, lang: Lang) -> Markup {
    let choices = ["yes", "nobody", "no"];
    let asked = QUESTIONS.iter().zip(&of.said);
    html! {
        form class="checklist" method="post" action={ "/publish" (asking.after()) } {
            input type="hidden" name="token" value=(asking.token);
            input type="hidden" name="seen" value=(of.publication.board.position);
            @for (question, said) in asked {
                fieldset {
                    legend { (word(lang, &format!("ask-{question}"))) }
                    @for choice in choices {
                        label {
                            input type="radio" name=(question) value=(choice) required
                                checked[said.as_deref() == Some(choice)];
                            " " (word(lang, &format!("answer-{choice}")))
                        }
                    }
                }
            }
            label for="publish-note" { (word(lang, "publish-note")) }
            input id="publish-note" name="note" maxlength="500" autocomplete="off" value=(of.note);
            div class="do" { button { (word(lang, "publish-do")) } }
            p class="small" { (word(lang, "publish-pdf-note")) }
        }
    }
}

fn past(all: &[Issue<'_>], lang: Lang) -> Markup {
    html! {
        @if all.is_empty() { p { (word(lang, "publish-none")) } }
        ul class="pairs" {
            @for one in all {
                li {
                    span class="sign" aria-hidden="true" { "·" }
                    div {
                        span {
                            a href={ "/publish/" (one.it.covers) } {
                                (words(lang, "feed-issue", &[("day", &phrase::day(one.it.day, lang))]))
                            }
                        }
                        span class="small" { (who(one, lang)) }
                    }
                }
            }
        }
    }
}

/// Who published it and when, and of which position.
fn who(one: &Issue<'_>, lang: Lang) -> Markup {
    let n = |n: u64| phrase::number(n, lang);
    html! {
        bdi { (one.author) } " · " (phrase::moment(one.at)) " UTC · "
        (words(lang, "entry-word", &[("n", &n(one.it.covers))])) " · "
        (word(lang, "told-named")) ": " (n(one.it.named.into()))
    }
}

/// One publication: who answered what, and its files.
#[must_use]
pub fn published(
    of: &Issue<'_>,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    let day = phrase::day(of.it.day, lang);
    let title = words(lang, "feed-issue", &[("day", &day)]);
    let answers = &of.it.answers;
    let said = [answers.consent, answers.minors, answers.sources, answers.families];
    let whole = of.it.files.iter().enumerate().filter(|(_, file)| file.name.ends_with(".zip"));
    let rest = of.it.files.iter().enumerate().filter(|(_, file)| !file.name.ends_with(".zip"));
    let files = whole.chain(rest);
    let inside = html! {
        (top(&title, &word(lang, "published-lead"), papers, reader))
        main id="content" {
            p { (who(of, lang)) }
            section aria-labelledby="h-files" {
                h2 id="h-files" { (word(lang, "site-files")) }
                ul class="files" {
                    @for (nth, file) in files {
                        li {
                            a href={ "/publish/" (of.it.covers) "/" (nth) } download { (file.name) }
                            " " span class="small" { (phrase::number(file.bytes, lang)) " B" }
                        }
                    }
                }
                @if !of.it.files.iter().any(|file| file.name.ends_with(".pdf")) {
                    p { (word(lang, "publish-no-pdf")) }
                }
            }
            section aria-labelledby="h-checklist" {
                h2 id="h-checklist" { (word(lang, "publish-checklist")) }
                dl class="answers" {
                    @for (question, said) in QUESTIONS.iter().zip(said) {
                        dt { (word(lang, &format!("ask-{question}"))) }
                        dd { (word(lang, &format!("answer-{said}"))) }
                    }
                    @if !of.it.note.is_empty() {
                        dt { (word(lang, "publish-note")) } dd { (of.it.note) }
                    }
                }
            }
            p { a href="/publish" { "← " (word(lang, "nav-publish")) } }
        }
    };
    page(&format!("{title} · {}", papers.present.title), asking, reader, &inside)
}
