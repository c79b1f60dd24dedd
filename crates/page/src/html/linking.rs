//! The report of a run of linking: what agreement is worth, who met whom, how large persons are.

use super::alone;
use crate::{Reader, phrase::number, terminal::notice, word, words};
use habeas_person::{
    link::{Linked, model::LEVELS},
    table::LinkSettings,
};
use maud::{Markup, html};

/// The page: self-contained, without script, and without a name.
#[must_use]
pub fn linking(linked: &Linked, settings: &LinkSettings, reader: &Reader) -> String {
    let say = |key: &str| word(reader.lang, key);
    let told = crate::terminal::linked(linked, reader);
    let found = told.lines().next().unwrap_or_default();
    let body = html! {
        main {
            h1 { (say("link-title")) }
            p { (found) }
            h2 { (say("link-notices")) }
            ul {
                @for one in &linked.notices { li { (notice(one, reader.lang)) } }
                @if linked.notices.is_empty() { li { (say("link-none")) } }
            }
            h2 { (say("link-weights")) }
            p { (say("link-weights-note")) }
            (weights(linked))
            h2 { (say("link-blocks")) }
            (blocks(linked, settings, reader))
            h2 { (say("link-unlinkable")) }
            p { (unlinkable(linked, settings, reader)) }
            h2 { (say("link-sizes")) }
            (sizes(linked, reader))
        }
    };
    alone(&say("link-title"), reader.lang, &body)
}

/// A bar for each level of each comparison, from 0 to the right for, to the left against.
fn weights(linked: &Linked) -> Markup {
    const MIDDLE: f32 = 420.0;
    const BIT: f32 = 12.0;
    html! {
        @for (nth, one) in linked.model.weights.iter().enumerate() {
            h3 { (one.title) }
            @let shown: Vec<(usize, f32)> = (1..LEVELS)
                .filter(|&level| one.m[level] > 0.0)
                .map(|level| (level, (one.m[level] / one.u[level]).log2() as f32))
                .collect();
            svg viewBox={ "0 0 760 " (shown.len() * 18) } role="img" width="100%" {
                @for (line, (level, bits)) in shown.iter().enumerate() {
                    @let long = (bits.abs() * BIT).min(300.0);
                    @let from = if *bits < 0.0 { MIDDLE - long } else { MIDDLE };
                    text x="0" y=(line * 18 + 13) font-size="12" fill="currentColor" {
                        (linked.rows.level(nth, *level))
                    }
                    rect x=(from) y=(line * 18 + 3) width=(long) height="12"
                        fill=(if *bits < 0.0 { "#b5483a" } else { "#3a7ab5" }) {}
                    text x=(from + long + 4.0) y=(line * 18 + 13) font-size="11" fill="currentColor" {
                        (format!("{bits:+.1}"))
                    }
                }
            }
        }
    }
}

fn blocks(linked: &Linked, settings: &LinkSettings, reader: &Reader) -> Markup {
    let say = |key: &str| word(reader.lang, key);
    let count = |n: u64| number(n, reader.lang);
    html! {
        table {
            thead { tr {
                th { (say("link-keys")) } th { (say("link-block-count")) }
                th { (say("link-block-pairs")) } th { (say("link-block-left")) }
                th { (say("link-block-largest")) }
            } }
            tbody {
                @for (block, met) in settings.block.iter().zip(&linked.met) {
                    tr {
                        td { (block.keys.join(" + ")) } td { (count(met.blocks)) }
                        td { (count(met.pairs)) } td { (count(met.left)) }
                        td { (count(met.largest)) }
                    }
                }
            }
        }
    }
}

fn unlinkable(linked: &Linked, settings: &LinkSettings, reader: &Reader) -> String {
    let share = 100.0 * linked.unlinkable(settings.join);
    words(reader.lang, "link-unlinkable-note", &[("share", &format!("{share:.1}"))])
}

fn sizes(linked: &Linked, reader: &Reader) -> Markup {
    let say = |key: &str| word(reader.lang, key);
    html! {
        table {
            thead { tr { th { (say("link-size")) } th { (say("link-persons")) } } }
            tbody {
                @for (size, &count) in linked.sizes().iter().enumerate().filter(|(_, n)| **n > 0) {
                    tr { td { (size + 1) } td { (number(count, reader.lang)) } }
                }
            }
        }
    }
}
