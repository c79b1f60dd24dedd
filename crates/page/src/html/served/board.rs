//! The board with its form: another day, another known-by, another rule, one population.

use super::{Asking, Papers, ask::ask, page};
use crate::{
    Reader,
    html::board::{Told, heading, sections},
    html::row::Opens,
    phrase, word,
};
use habeas_count::{Board, Line};
use maud::{Markup, html};

/// The board of a case. `whole` is the board before one population was taken out of it: the form
/// offers its populations.
#[must_use]
pub fn board(
    told: &Told<'_>,
    whole: &Board,
    papers: &Papers<'_>,
    asking: &Asking<'_>,
    reader: &Reader,
) -> String {
    let title = &papers.present.title;
    let full = format!("{title} · {}", word(reader.lang, "claimed-against-named"));
    let inside = html! {
        (heading(told.board, title, reader))
        main id="content" {
            (ask(papers, asking, Some(of_whom(whole, asking, reader)), reader))
            (sections(told, Opens::Rows(asking.address), reader))
        }
    };
    page(&full, asking, reader, &inside)
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
    use habeas_model::{Category, ClaimId, Population, Present};

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
        let papers = Papers { present: &present, true_at: None, rule: &board.rule };
        super::board(&told, &whole, &papers, &asking, &reader)
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
        check(&shown(Lang::En, None), &there, &["<style", "style=", "<script", "onclick"]);
    }

    #[test]
    fn one_population_alone() {
        let page = shown(Lang::Es, Some(ClaimId::from_bits(2)));
        check(&page, &["value=\"0000000000000002\" selected", "lang=\"es\""], &["1.151"]);
    }
}
