//! One number of the board, opened on a terminal to the claims and the persons behind it.

use super::{claimed, frame_words, heading, wrap};
use crate::{Figure, Reader, phrase, redact, terminal::proposal, word, words};
use habeas_count::Source;
use habeas_model::{Claim, memory::present::Standing};

/// The rows behind a number (invariant 13), each with its identifier, as this reader may see them.
#[must_use]
pub fn figure(figure: &Figure<'_>, reader: &Reader) -> String {
    let (lang, line, board) = (reader.lang, figure.line, figure.board);
    let mut out = heading(&claimed(line, reader), reader);
    let mut say = |words: &str, indent: &str| out.push_str(&wrap(words, reader.width, indent));
    say(&phrase::chain(&line.speaker_chain, reader), "  ");
    say(&frame_words(line, reader), "  ");
    let n = |n: usize| phrase::number(n as u64, lang);
    let rule = phrase::rule_title(&board.rule, lang);
    let mut asked = vec![words(lang, "rule-is", &[("title", &rule)])];
    let day = board.true_at.map(|day| phrase::day(day, lang));
    asked.extend(day.map(|day| words(lang, "true-at", &[("day", &day)])));
    let position = phrase::number(board.position, lang);
    asked.push(words(lang, "position-is", &[("n", &position)]));
    say(&asked.join(" · "), "");
    let claims = figure.written.len();
    say(&format!("\n{} ({})", word(lang, "written"), n(claims)), "");
    for (source, claim) in &figure.written {
        say(&format!("  {}", written(source, claim, reader)), "    ");
    }
    say(&format!("\n{} ({})", word(lang, "figure-named"), n(figure.persons.len())), "");
    say(&format!("  {}", phrase::standing(line, lang)), "    ");
    for note in line.named.iter().flat_map(|named| phrase::noted(named, lang)) {
        say(&format!("  {note}"), "    ");
    }
    for person in &figure.persons {
        say(&format!("  {} {}", person.id, redact::person(person, reader)), "    ");
    }
    out
}

/// "5f0a… interview.txt, 20..61 · entry 12 · accepted: freed [53 people] so far".
fn written(source: &Source, claim: &Standing<Claim>, reader: &Reader) -> String {
    let lang = reader.lang;
    let document = words(lang, "document-word", &[("id", &source.blob.short())]);
    let file = redact::free_words(&source.document, reader).filter(|name| !name.is_empty());
    let mut said = format!(
        "{} {}, {} · {} · {}",
        source.claim,
        file.unwrap_or(&document),
        proposal::place(&source.place),
        words(lang, "entry-word", &[("n", &phrase::number(claim.position, lang))]),
        word(lang, &format!("review-{}", source.review)),
    );
    if redact::quotable(&claim.it, reader) {
        said.push_str(&format!(": {}", proposal::quoted(&claim.it.span)));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, See, sample};
    use habeas_count::Named;
    use habeas_model::{Disclosure, Present, Register};

    #[test]
    fn a_number_opens_to_identifiers_and_only_a_team_reads_all_names() {
        let mut people = [sample::person(1, "Milo Escandón"), sample::person(2, "Ada Luna")];
        people[1].disclosure = Disclosure::Counted;
        let mut line = sample::line(7, "Vigilia", 2, "2026-01-20");
        let persons = people.iter().map(|person| person.id).collect();
        line.named = Some(Named { count: 2, persons, ..Named::default() });
        let board = sample::board(vec![line]);
        let register = Register { persons: people.to_vec(), ..Register::default() };
        let present = Present::default();
        let opened = Figure::of(&board, &board.lines[0], &present, &register);
        let public = figure(&opened, &Reader::public(Lang::En));
        for part in ["0000000000000001 Milo", "0000000000000002 name withheld", "(2)"] {
            assert!(public.contains(part), "`{part}` is not in\n{public}");
        }
        assert!(!public.contains("Luna"), "{public}");
        let team = Reader { see: See::Team, width: 40, ..Reader::public(Lang::Es) };
        let team = figure(&opened, &team);
        assert!(team.contains("Ada Luna"), "{team}");
        assert!(team.lines().all(|line| line.chars().count() <= 40), "{team}");
        let told = crate::json::opened(&opened, Lang::En);
        assert_eq!(told["persons"][1]["person"], "0000000000000002");
        assert!(told["persons"][1]["name"].is_null() && told["persons"][0]["name"].is_string());
    }
}
