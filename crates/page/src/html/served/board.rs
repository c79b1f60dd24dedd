//! The board with its form: another day, another known-by, another rule, one population.

use super::{Asking, Papers, ask::ask, bar::Stretch};
use crate::{
    Reader,
    html::board::{Part, Told, heading, sections},
    html::{
        chart::charts,
        draw::{self, Image},
        row::Opens,
    },
    phrase, word, words,
};
use habeas_count::{Board, Line};
use habeas_model::ClaimId;
use maud::{Markup, html};

/// So many lines a page: with their drawings they are some 100 kB.
const LINES: usize = 50;
/// Of so many lines all are drawn, whichever of them the table has.
const CHARTED: usize = 150;

/// The page that a line of a board is on, from 1; the latest lines are on the first.
#[must_use]
pub fn page_of(board: &Board, line: ClaimId) -> Option<usize> {
    let before = board.lines.iter().rev().position(|one| one.id == line)?;
    Some(before / LINES + 1)
}

/// The board of a case, a page of its lines at a time. `whole` is the board before one population
/// was taken out of it: the form offers its populations.
#[must_use]
pub fn board(
    told: &Told<'_>,
    whole: &Board,
    page: usize,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let title = &papers.present.title;
    let full = format!("{title} · {}", word(reader.lang, "claimed-against-named"));
    let all = told.board.lines.len();
    let stretch = Stretch::of(page, all, LINES);
    let last = all - (stretch.number - 1) * LINES;
    let shown = told.board.stretch(last.saturating_sub(LINES)..last);
    let charted = if all <= CHARTED { told.board } else { &shown };
    let images = Some(format!("page={}&{}", stretch.number, asking.address));
    let some = stretch.of > 1;
    let around = [
        html! { @if some { (of_all([last.saturating_sub(LINES) + 1, last, all], reader)) } },
        stretch.ways(&format!("/?{}", asking.address), reader),
    ];
    let part = Part { charted, around, images };
    let inside = html! {
        (heading(told.board, title, reader))
        main id="content" {
            (ask(papers, asking, Some(of_whom(whole, asking, reader)), reader))
            (sections(&Told { board: &shown, ..*told }, &part, Opens::Rows(asking.address), reader))
        }
    };
    super::page(&full, asking, reader, &inside)
}

/// A chart of a page of the board, alone: its place there, from 0.
#[must_use]
pub fn image(board: &Board, page: usize, nth: usize, reader: &Reader) -> Option<Image> {
    let all = board.lines.len();
    let last = all - (Stretch::of(page, all, LINES).number - 1) * LINES;
    let charts = match all <= CHARTED {
        true => charts(board, reader),
        false => charts(&board.stretch(last.saturating_sub(LINES)..last), reader),
    };
    draw::image(charts.get(nth)?, &phrase::rule_title(&board.rule, reader.lang), reader.lang)
}

/// Which lines of all these are.
fn of_all([first, last, all]: [usize; 3], reader: &Reader) -> Markup {
    let [first, last, said] = [first, last, all].map(|n| phrase::number(n as u64, reader.lang));
    let args = [("first", &*first), ("last", &*last), ("all", &*said)];
    html! {
        p class="small" {
            (words(reader.lang, "board-part", &args))
            @if all > CHARTED { " " (word(reader.lang, "board-part-charts")) }
        }
    }
}

/// The populations of the board, one to choose.
fn of_whom(whole: &Board, asking: &Asking<'_>, reader: &Reader) -> Markup {
    let say = |key: &str| word(reader.lang, key);
    html! {
        div {
            label for="like" { (say("ask-population")) }
            select id="like" name="like" {
                option value="" { (say("ask-everybody")) }
                @for (line, words) in populations(whole, reader) {
                    option value=(line.id) selected[chosen(line, whole, asking)] { (words) }
                }
            }
        }
    }
}

/// Whether the chosen line is about the same population as this one.
fn chosen(line: &Line, whole: &Board, asking: &Asking<'_>) -> bool {
    let like = whole.lines.iter().find(|one| Some(one.id) == asking.like);
    like.is_some_and(|like| like.population == line.population)
}

/// One line of each population, in the order of their words.
fn populations<'a>(board: &'a Board, reader: &Reader) -> Vec<(&'a Line, String)> {
    let mut first: Vec<&Line> = Vec::new();
    for line in &board.lines {
        if !first.iter().any(|one| one.population == line.population) {
            first.push(line);
        }
    }
    let said = |line: &'a Line| (line, phrase::population(&line.population, reader.lang));
    let mut all: Vec<_> = first.into_iter().map(said).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, See, sample};
    use habeas_model::{Category, Population, Present};

    fn shown(lang: Lang, like: Option<ClaimId>) -> String {
        let mut other = sample::line(2, "Vigilia", 17, "2026-01-23");
        other.population = Population { cat: Some(Category::Military), ..Default::default() };
        let whole = sample::board(vec![sample::line(1, "Vigilia", 1151, "2026-01-20"), other]);
        let line = whole.lines.iter().find(|line| Some(line.id) == like);
        let board = line.map_or_else(|| whole.clone(), |line| whole.only(&line.population));
        let told = Told { board: &board, audit: &[], promises: &[], problems: &[] };
        let rules = habeas_count::Rule::shipped();
        let (known_by, address) = ("\"><script>x", "known_by=1&like=0000000000000002");
        let asking = Asking { known_by, like, address, rules: &rules, ..Asking::default() };
        let reader = Reader { see: See::Team, ..Reader::public(lang) };
        let present = Present { title: "Santa Aurelia <2026>".to_owned(), ..Present::default() };
        let papers = Papers { present: &present, true_at: None, rule: &board.rule, reach: None };
        super::board(&told, &whole, 1, &papers, &asking, &reader)
    }

    #[track_caller]
    fn check(page: &str, there: &[&str], not_there: &[&str]) {
        for part in there {
            assert!(page.contains(part), "`{part}` is not in\n{page}");
        }
        for part in not_there {
            assert!(!page.contains(part), "`{part}` is in\n{page}");
        }
    }

    #[test]
    fn the_form_asks_again_and_nothing_is_inline() {
        let there = [
            "href=\"/lines/0000000000000001?known_by=1&amp;like=0000000000000002\"",
            "<link rel=\"stylesheet\" href=\"/style.css\">",
            "value=\"strict-monitor\"",
            "hreflang=\"es\"",
            "1,151",
            "Santa Aurelia &lt;2026&gt;",
        ];
        let module = "<script type=\"module\" src=\"/ask.js\"></script>";
        let page = shown(Lang::En, None).replace(module, "");
        check(&page, &there, &["<style", "style=", "<script", "onclick"]);
    }

    #[test]
    fn a_long_board_is_told_page_by_page_the_latest_first() {
        let day = |n: u64| format!("2026-{:02}-{:02}", n / 28 + 1, n % 28 + 1);
        let line = |n: u64| sample::line(n + 1, "Vigilia", n as u32 + 10, &day(n));
        let board = sample::board((0..120).map(line).collect());
        let told = Told { board: &board, audit: &[], promises: &[], problems: &[] };
        let (present, reader) = (Present::default(), Reader::public(Lang::En));
        let papers = Papers { present: &present, true_at: None, rule: &board.rule, reach: None };
        let asking = Asking { address: "known_by=1", ..Asking::default() };
        let has = |page: usize| -> Vec<usize> {
            let page = super::board(&told, &board, page, &papers, &asking, &reader);
            let row = |n: &usize| page.contains(&format!("id=\"c-{:016x}\"", n + 1));
            (0..120).filter(row).collect()
        };
        assert_eq!([1, 2, 3, 9].map(|page| has(page).len()), [50, 50, 20, 20]);
        let mut all = [has(3), has(2), has(1)].concat();
        all.dedup();
        assert_eq!(all, (0..120).collect::<Vec<_>>());
        let page = super::board(&told, &board, 2, &papers, &asking, &reader);
        let there = ["Lines 21 to 70 of 120", "/?known_by=1&amp;page=3\"", "page 2 of 3"];
        check(&page, &there, &[]);
        let at = |n| page_of(&board, ClaimId::from_bits(n));
        assert_eq!([at(120), at(71), at(70), at(1)], [Some(1), Some(1), Some(2), Some(3)]);
        assert_eq!(at(121), None);
    }

    #[test]
    fn one_population_alone() {
        let page = shown(Lang::Es, Some(ClaimId::from_bits(2)));
        check(&page, &["value=\"0000000000000002\" selected", "lang=\"es\""], &["1.151"]);
    }
}
