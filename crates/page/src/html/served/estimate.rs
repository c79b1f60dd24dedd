//! How many no list names, with the plots: an interval always, or the reason why there is none.

use super::{Asking, Papers, ask::ask, page, top};
use crate::{
    Reader,
    html::estimate::{densities, intervals, upset},
    phrase,
    terminal::{ASSUMES, interval, made_with, refusal, rests, rounded, verdict_words},
    word, words,
};
use habeas_count::estimate::{Answer, Estimates};
use maud::{Markup, PreEscaped, html};

/// What the page of an estimate is made of.
pub struct Estimated<'a> {
    /// The methods side by side.
    pub all: &'a Estimates,
    /// Lists of which nobody has reviewed a row.
    pub unused: &'a [String],
    /// Rows of the lists that nobody has reviewed.
    pub unreviewed: usize,
    /// Pairs of mentions that nobody has decided.
    pub undecided: usize,
}

/// The page of an estimate.
#[must_use]
pub fn estimate(
    of: &Estimated<'_>,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let (lang, all) = (reader.lang, of.all);
    let title = word(lang, "estimate");
    let n = phrase::number(all.n, lang);
    let k = all.lists.len().to_string();
    let lead = words(lang, "estimate-documented", &[("n", &n), ("k", &k)]);
    let drawn = all.methods.iter().any(|one| one.median.is_some());
    let inside = html! {
        (top(&title, &lead, papers, reader))
        main id="content" {
            (ask(papers, asking, None, reader))
            section aria-label=(word(lang, "estimate-method")) {
                p class="lead" { (verdict_words(all, reader)) }
                @if drawn { (methods(&all.methods, reader)) }
                @else { (why_not(&all.methods, reader)) }
                (notes(of, reader))
            }
            @if !all.lists.is_empty() { (plots(all, drawn, reader)) }
            section aria-labelledby="h-assumes" {
                h2 id="h-assumes" { (word(lang, "estimate-assumes")) }
                ul class="how" {
                    @for key in ASSUMES { li { (word(lang, &format!("estimate-assumes-{key}"))) } }
                }
                p class="small" { (made_with(all, reader)) }
            }
        }
    };
    page(&format!("{title} · {}", papers.present.title), asking, reader, &inside)
}

fn methods(answers: &[Answer], reader: &Reader) -> Markup {
    let lang = reader.lang;
    let keys = ["estimate-method", "estimate-number", "estimate-interval", "estimate-rests"];
    html! {
        div class="wide" tabindex="0" role="region" aria-label=(word(lang, "estimate-method")) {
            table {
                thead { tr { @for key in keys { th scope="col" { (word(lang, key)) } } } }
                tbody {
                    @for one in answers {
                        tr {
                            th scope="row" { (word(lang, &format!("method-{}", one.name))) }
                            td class="n" data-label=(word(lang, keys[1])) { (one.median.map_or("—".to_owned(), |x| rounded(x, reader))) }
                            td class="n" data-label=(word(lang, keys[2])) { (interval(one.lower, one.upper, reader)) }
                            td class="small" {
                                @match &one.refusal {
                                    Some(why) => (refusal(why, reader)),
                                    None => (rests(one, reader)),
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The reasons of methods that all refuse, each said once.
fn why_not(answers: &[Answer], reader: &Reader) -> Markup {
    let mut said: Vec<String> = Vec::new();
    for why in answers.iter().filter_map(|one| one.refusal.as_ref()) {
        let words = refusal(why, reader);
        if !said.contains(&words) {
            said.push(words);
        }
    }
    html! { ul class="pairs" {
        @for words in said {
            li class="fails" { span class="sign" aria-hidden="true" { "✗" } div { (words) } }
        }
    } }
}

fn notes(of: &Estimated<'_>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let n = |n: usize| phrase::number(n as u64, lang);
    html! {
        @if !of.unused.is_empty() {
            p class="small" { (words(lang, "estimate-unused", &[("lists", &of.unused.join(", "))])) }
        }
        @if of.unreviewed > 0 {
            p class="small" { (words(lang, "estimate-unreviewed", &[("n", &n(of.unreviewed))])) }
        }
        @if of.undecided > 0 {
            p class="small" { (words(lang, "estimate-undecided", &[("n", &n(of.undecided))])) }
        }
    }
}

/// Who is on which lists, and the laws of the methods where they give numbers.
fn plots(all: &Estimates, drawn: bool, reader: &Reader) -> Markup {
    html! {
        section aria-labelledby="h-plots" {
            h2 id="h-plots" { (word(reader.lang, "estimate-histories")) }
            figure class="plot" { (PreEscaped(upset(all, reader))) }
            @if drawn {
                figure class="plot" { (PreEscaped(intervals(all, reader))) }
                figure class="plot" { (PreEscaped(densities(all, reader))) }
            }
        }
    }
}
