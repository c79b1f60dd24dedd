//! The page from its heading to its last line.

use super::{
    alone,
    chart::{self, Chart, SPEAKERS},
    draw, findings,
    row::{self, Opens},
};
use crate::{Reader, phrase, redact::Private, word, words};
use habeas_count::{Board, Finding, PromiseLine};
use habeas_model::Problem;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The page: self-contained, without script, for this reader (invariants 10 and 14).
#[must_use]
pub fn board(
    board: &Board,
    audit: &[Finding],
    promises: &[PromiseLine],
    reader: &Reader,
    title: &str,
    problems: &[Problem],
) -> String {
    let lang = reader.lang;
    let say = |key: &str| word(lang, key);
    let told = Told { board, audit, promises, problems };
    let here = Part { charted: board, around: [html! {}, html! {}], images: None };
    let body = html! {
        a class="skip" href="#table" { (say("skip")) }
        (heading(board, title, reader))
        main { (sections(&told, &here, Opens::Here, reader)) }
        footer { p { (say("how-made")) " " (say("page-in-the-open")) } }
    };
    alone(&format!("{title} · {}", say("claimed-against-named")), lang, &body)
}

/// What a board's page tells.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// The board.
    pub board: &'a Board,
    /// Do the sums hold?
    pub audit: &'a [Finding],
    /// What was promised.
    pub promises: &'a [PromiseLine],
    /// What could not be read.
    pub problems: &'a [Problem],
}

/// What stands around the lines that are told, where they are some of a board's.
pub(super) struct Part<'a> {
    /// The lines that are drawn.
    pub charted: &'a Board,
    /// Before the table and after it.
    pub around: [Markup; 2],
    /// What its drawings are asked for with, where each can be had as a file.
    pub images: Option<String>,
}

/// Everything under the heading.
pub(super) fn sections(
    told: &Told<'_>,
    part: &Part<'_>,
    opens: Opens<'_>,
    reader: &Reader,
) -> Markup {
    let (board, [before, after]) = (told.board, &part.around);
    let charts = chart::charts(part.charted, reader);
    let private = Private::of(board, reader);
    html! {
        (section("charts", html! { (self::charts(&charts, board, opens, part.images.as_deref(), reader)) }, reader))
        (section("table", html! { (before) (row::table(board, opens, reader)) (after) }, reader))
        (section("comparisons", findings::comparisons(board, reader), reader))
        (section("audit", findings::audit(told.audit, &private, Opens::Here, reader), reader))
        (section("promises", findings::promises(told.promises, &private, reader), reader))
        (section("problems", findings::problems(told.problems, reader), reader))
        (how_to_read(board, reader))
    }
}

pub(super) fn section(key: &'static str, inside: Markup, reader: &Reader) -> Markup {
    let title = if key == "table" { "table-title" } else { key };
    html! {
        section id=(key) aria-labelledby={ "h-" (key) } {
            h2 id={ "h-" (key) } { (word(reader.lang, title)) }
            p class="lead" { (word(reader.lang, &format!("{key}-lead"))) }
            (inside)
        }
    }
}

pub(super) fn heading(board: &Board, title: &str, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let bodies = board.lines.iter().map(|line| &line.body).collect::<BTreeSet<_>>().len();
    let figures = [
        ("figure-lines", board.lines.len() as u64),
        ("figure-bodies", bodies as u64),
        ("figure-documents", board.documents.into()),
        ("figure-persons", board.persons.into()),
        ("figure-unreviewed", board.unreviewed.into()),
    ];
    let n = |of: u32| phrase::number(of.into(), lang);
    html! {
        header {
            p class="kicker" { (word(lang, "claimed-against-named")) }
            h1 { (title) }
            p class="lead" { (word(lang, "lead")) }
            dl class="figures" {
                @for (key, n) in figures {
                    div { dt { (word(lang, key)) } dd { (phrase::number(n, lang)) } }
                }
            }
            p class="asked" {
                span { (words(lang, "rule-is", &[("title", &phrase::rule_title(&board.rule, lang))])) }
                @if let Some(day) = board.true_at {
                    span { (words(lang, "true-at", &[("day", &phrase::day(day, lang))])) }
                }
                span { (words(lang, "position-is", &[("n", &phrase::number(board.position, lang))])) }
            }
            @if board.unreviewed > 0 {
                p class="notice" {
                    span aria-hidden="true" { "! " }
                    (words(lang, "all-unreviewed-note", &[("n", &n(board.unreviewed)), ("all", &n(board.claims))]))
                }
            }
        }
    }
}

pub(super) fn charts(
    charts: &[Chart],
    board: &Board,
    opens: Opens<'_>,
    images: Option<&str>,
    reader: &Reader,
) -> Markup {
    let lang = reader.lang;
    let rule = phrase::rule_title(&board.rule, lang);
    html! {
        @if charts.is_empty() { p { (word(lang, "chart-none")) } }
        @for (nth, chart) in charts.iter().enumerate() {
            figure {
                (draw::figure(chart, nth, &rule, opens, lang))
                @if let Some(asked) = images { p class="small" {
                    (word(lang, "chart-as"))
                    @for kind in ["SVG", "PNG"] {
                        " " a download href={ "/charts/" (nth) "." (kind.to_lowercase()) "?" (asked) } { (kind) }
                    }
                } }
                @if chart.speakers > SPEAKERS || !chart.vague.is_empty() { figcaption {
                    @if chart.speakers > SPEAKERS {
                        p { (words(lang, "chart-more", &[("n", &phrase::number(SPEAKERS as u64, lang))])) }
                    }
                    @if !chart.vague.is_empty() {
                        p { (words(lang, "chart-vague", &[("words", &chart.vague.join("; "))])) }
                    }
                } }
            }
        }
    }
}

pub(super) fn how_to_read(board: &Board, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let rule = &board.rule;
    let args = [
        ("title", phrase::rule_title(rule, lang)),
        ("house", word(lang, &format!("house-{}", rule.house_arrest))),
        ("moment", word(lang, &format!("moment-{}", rule.moment))),
        ("hours", phrase::number(rule.short_detention_hours.into(), lang)),
    ];
    let args: Vec<(&'static str, &str)> =
        args.iter().map(|(key, said)| (*key, said.as_str())).collect();
    html! {
        section id="how" aria-labelledby="h-how" {
            h2 id="h-how" { (word(lang, "how-to-read")) }
            ul class="how" {
                @for key in ["how-floor", "how-vague", "how-origin"] { li { (word(lang, key)) } }
                li { (words(lang, "how-rule", &args)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, See, sample};
    use habeas_count::{Comparison, Link, Named, Part};
    use habeas_model::{ClaimId, Role, Speaker, Standing};

    fn page(reader: &Reader) -> String {
        let mut first = sample::line(1, "Vigilia", 1151, "2026-01-20");
        first.named = Some(Named { count: 12, withheld: 3, ..Named::default() });
        (first.gap, first.incomparable) = (Some(Standing::ShortBy(1139)), Vec::new());
        first.note = Some("told by Ada <Luna>".to_owned());
        let relative = Speaker { role: Some(Role::Relative), ..Speaker::named("Ada Luna") };
        first.speaker_chain.push(Link::Speaker(relative));
        let second = sample::line(2, "Vigilia", 1626, "2026-01-23");
        let mut board = sample::board(vec![first, second]);
        let (left, right) = (ClaimId::from_bits(1), ClaimId::from_bits(2));
        board.comparisons = vec![Comparison {
            left,
            right,
            difference: None,
            bound: None,
            differs: vec![Part::Window, Part::Population],
        }];
        let problems = [Problem::new("date-impossible", "list.csv: row 4", "31/02/2026")];
        super::board(&board, &[], &[], reader, "Santa Aurelia <2026>", &problems)
    }

    #[track_caller]
    fn check(reader: &Reader, there: &[&str], not_there: &[&str]) {
        let page = page(reader);
        for part in there {
            assert!(page.contains(part), "`{part}` is not in\n{page}");
        }
        for part in not_there {
            assert!(!page.contains(part), "`{part}` is in\n{page}");
        }
    }

    #[test]
    fn the_page_has_every_figure_and_its_source() {
        let there = [
            "1,151",
            "12 named, short by 1,139",
            "id=\"c-0000000000000001\"",
            "href=\"https://lamp.example/a\" rel=\"noreferrer\"",
            "cannot be compared: the window differs, the population differs",
            "names of 3 withheld",
            "2 of 2 claims",
            "No calendar has this date",
            "Santa Aurelia &lt;2026&gt;",
        ];
        check(&Reader::public(Lang::En), &there, &["<script", "http://", "@import", "Luna"]);
    }

    #[test]
    fn the_team_sees_more_and_spanish_is_whole() {
        let team = Reader { see: See::Team, ..Reader::public(Lang::Es) };
        check(
            &team,
            &["Ada &lt;Luna&gt;", "1.151", "20 ene. 2026", "lang=\"es\""],
            &["quantity-not", "standing-", "cannot-"],
        );
        check(
            &Reader::public(Lang::Es),
            &["un familiar", "nombres reservados de 3"],
            &["interview.txt", "31/02/2026`"],
        );
    }
}
