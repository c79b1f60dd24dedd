//! The report of a run of linking: what agreement is worth, who met whom, how sure the pairs are,
//! how large persons are.

use super::{
    alone,
    waterfall::{compared, level},
};
use crate::{Reader, phrase::number, terminal::notice, word, words};
use habeas_person::{
    link::{Linked, Pairs, WeakLink, model::LEVELS, run::SURE},
    table::LinkSettings,
};
use maud::{Markup, html};

/// The page: self-contained, without script, and without a name; rows bear the ids that `id` gives
/// them.
#[must_use]
pub fn linking(
    linked: &Linked<Pairs>,
    settings: &LinkSettings,
    id: impl Fn(u32) -> String,
    reader: &Reader,
) -> String {
    let say = |key: &str| word(reader.lang, key);
    let told = crate::terminal::linked(linked, reader);
    let found = told.lines().next().unwrap_or_default();
    let body = html! {
        header {
            h1 { (say("link-title")) }
            p class="lead" { (found) }
        }
        main {
            section {
                h2 { (say("link-notices")) }
                ul class="how" {
                    @for one in &linked.notices { li { (notice(one, reader.lang)) } }
                    @if linked.notices.is_empty() { li { (say("link-none")) } }
                }
            }
            section {
                h2 { (say("link-weights")) }
                p class="lead" { (say("link-weights-note")) }
                (weights(linked, reader))
            }
            section {
                h2 { (say("link-blocks")) }
                (blocks(linked, settings, reader))
            }
            section {
                h2 { (say("link-sure")) }
                p class="lead" { (say("link-sure-note")) }
                (sure(linked, reader))
            }
            section {
                h2 { (say("link-split")) }
                p class="lead" { (say("link-split-note")) }
                (split(&linked.weak, id, reader))
            }
            section {
                h2 { (say("link-unlinkable")) }
                p { (unlinkable(linked, settings, reader)) }
            }
            section {
                h2 { (say("link-sizes")) }
                (sizes(linked, reader))
            }
        }
    };
    alone(&say("link-title"), reader.lang, &body)
}

/// Bits at either end of a bar of weights; more are cut, and their figure says how many.
const WIDEST: f32 = 20.0;

/// A bar for each level of each comparison, from the middle to the right for, to the left against.
fn weights(linked: &Linked<Pairs>, reader: &Reader) -> Markup {
    html! {
        @for (nth, one) in linked.model.weights.iter().enumerate() {
            figure {
                h3 { (compared(&one.title, reader.lang)) }
                div class="bars" {
                    @for at in (1..LEVELS).filter(|&at| one.m[at] > 0.0) {
                        @let bits = (one.m[at] / one.u[at]).log2() as f32;
                        span { (level(&linked.rows.level(nth, at), reader.lang)) }
                        (bar(bits / WIDEST))
                        span class="bits" { (format!("{bits:+.1}").replace('-', "−")) }
                    }
                }
            }
        }
    }
}

/// A bar from the middle, -1 to 1.
fn bar(share: f32) -> Markup {
    let long = share.abs().min(1.0) * 100.0;
    html! {
        svg viewBox="-100 0 200 10" preserveAspectRatio="none" aria-hidden="true" {
            rect class=(if share < 0.0 { "against" } else { "for" })
                x=(if share < 0.0 { -long } else { 0.0 }) y="1" width=(long) height="8" {}
            rect class="middle" x="-0.3" y="0" width="0.6" height="10" {}
        }
    }
}

/// A bar from the left, 0 to 1.
fn share(share: f64) -> Markup {
    html! {
        svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" {
            rect class="part" y="1" width=(format!("{:.2}", 100.0 * share)) height="8" {}
        }
    }
}

/// Labels, bars and counts.
fn counted(rows: &[(String, u64)], reader: &Reader) -> Markup {
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    html! {
        figure { div class="bars" {
            @for (label, count) in rows {
                span { (label) }
                (share(*count as f64 / most as f64))
                span class="bits" { (number(*count, reader.lang)) }
            }
        } }
    }
}

fn blocks(linked: &Linked<Pairs>, settings: &LinkSettings, reader: &Reader) -> Markup {
    let headings = [
        "link-keys",
        "link-block-count",
        "link-block-pairs",
        "link-block-left",
        "link-block-largest",
    ]
    .map(|key| word(reader.lang, key));
    html! {
        table class="cards" {
            thead { tr { @for heading in &headings { th { (heading) } } } }
            tbody {
                @for (block, met) in settings.block.iter().zip(&linked.met) {
                    @let counts = [met.blocks, met.pairs, met.left, met.largest];
                    tr {
                        td { b { (block.keys.join(" + ")) } }
                        @for (heading, count) in headings.iter().skip(1).zip(counts) {
                            td data-label=(heading) { (number(count, reader.lang)) }
                        }
                    }
                }
            }
        }
    }
}

/// Pairs by their probability.
fn sure(linked: &Linked<Pairs>, reader: &Reader) -> Markup {
    let label = |nth: usize| match nth {
        0 => format!("p < {}", SURE[0]),
        nth if nth + 1 == SURE.len() => format!("p ≥ {}", SURE[nth - 1]),
        nth => format!("{} – {}", SURE[nth - 1], SURE[nth]),
    };
    let rows: Vec<(String, u64)> =
        linked.pairs.sure().iter().enumerate().map(|(nth, count)| (label(nth), *count)).collect();
    counted(&rows, reader)
}

/// Weak links that are shown; the JSON has all.
const SHOWN: usize = 100;

/// The pairs at which chains were split, strongest first.
fn split(weak: &[WeakLink], id: impl Fn(u32) -> String, reader: &Reader) -> Markup {
    let headings = ["pair", "p", "bits", "between", "rows"]
        .map(|key| word(reader.lang, &format!("link-split-{key}")));
    let signed = |bits: f32| format!("{bits:+.1}").replace('-', "−");
    let more = weak.len().saturating_sub(SHOWN) as u64;
    html! {
        @if weak.is_empty() { p { (word(reader.lang, "link-none")) } } @else {
            table class="cards" {
                thead { tr { @for heading in &headings { th { (heading) } } } }
                tbody {
                    @for one in weak.iter().take(SHOWN) {
                        @let between = one.between.map_or_else(
                            || word(reader.lang, "link-split-contradict"), signed);
                        @let rows = one.rows.map(|rows| number(rows.into(), reader.lang)).join(" + ");
                        @let told = [format!("{:.4}", one.pair.p()), signed(one.pair.weight), between, rows];
                        tr {
                            td { b { bdi { (id(one.pair.left)) } " ≠ " bdi { (id(one.pair.right)) } } }
                            @for (heading, said) in headings.iter().skip(1).zip(told) {
                                td data-label=(heading) { (said) }
                            }
                        }
                    }
                }
            }
        }
        @if more > 0 { p { (words(reader.lang, "sources-more", &[("n", &number(more, reader.lang))])) } }
    }
}

fn unlinkable(linked: &Linked<Pairs>, settings: &LinkSettings, reader: &Reader) -> String {
    let share = 100.0 * linked.unlinkable(settings.join);
    words(reader.lang, "link-unlinkable-note", &[("share", &format!("{share:.1}"))])
}

/// Rows a person has; sizes over this are told together.
const LARGE: usize = 12;

fn sizes(linked: &Linked<Pairs>, reader: &Reader) -> Markup {
    let sizes = linked.sizes();
    let label = |n: usize| words(reader.lang, "link-rows", &[("n", &n.to_string())]);
    let small = sizes.iter().take(LARGE).enumerate().filter(|(_, count)| **count > 0);
    let mut rows: Vec<(String, u64)> = small.map(|(at, count)| (label(at + 1), *count)).collect();
    let large: u64 = sizes.iter().skip(LARGE).sum();
    if large > 0 {
        let most = sizes.len().to_string();
        let args = [("n", LARGE.to_string()), ("most", most)];
        let args: Vec<(&'static str, &str)> = args.iter().map(|(k, v)| (*k, v.as_str())).collect();
        rows.push((words(reader.lang, "link-rows-more", &args), large));
    }
    counted(&rows, reader)
}
