//! Where does a sentence end? "Sr. Saab" and "EE. UU." do not end one.

use super::{Kind, Token};
use std::ops::Range;

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Number of its paragraph, from 0.
    pub paragraph: usize,
    /// It is the first of its paragraph.
    pub first: bool,
}

/// Sentences longer than this are read in pieces of this length, so that work stays linear.
const LONGEST: usize = 400;

/// The sentences. `abbreviation` says of a token that a dot after it may not end a sentence;
/// `skipped` of a byte that it is not read (titles, links).
pub fn sentences(
    tokens: &[Token],
    abbreviation: impl Fn(usize) -> bool,
    skipped: impl Fn(usize) -> bool,
) -> Vec<Sentence> {
    let mut found: Vec<Sentence> = Vec::new();
    let (mut start, mut paragraph, mut first) = (0, 0, true);
    let mut close = |start: &mut usize, end: usize, paragraph: usize, first: &mut bool| {
        if *start < end && !skipped(tokens[*start].start as usize) {
            found.push(Sentence { tokens: *start..end, paragraph, first: *first });
            *first = false;
        }
        *start = end;
    };
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Line => {
                close(&mut start, at, paragraph, &mut first);
                start = at + 1;
                paragraph += 1;
                first = true;
            }
            Kind::Mark('.' | '!' | '?' | '…') if ends(tokens, at, &abbreviation) => {
                let end = at + 1 + closing(&tokens[at + 1..]);
                close(&mut start, end, paragraph, &mut first);
            }
            _ if at - start.min(at) >= LONGEST => close(&mut start, at, paragraph, &mut first),
            _ => {}
        }
    }
    close(&mut start, tokens.len(), paragraph, &mut first);
    found
}

/// Closing marks glued to the end of a sentence.
fn closing(rest: &[Token]) -> usize {
    let close = |token: &&Token| {
        token.glued && matches!(token.kind, Kind::Mark('"' | '”' | '»' | '’' | '\'' | ')'))
    };
    rest.iter().take(3).take_while(close).count()
}

fn ends(tokens: &[Token], at: usize, abbreviation: &impl Fn(usize) -> bool) -> bool {
    let after = at + 1 + closing(&tokens[at + 1..]);
    let Some(next) = tokens.get(after) else { return true };
    if next.kind == Kind::Line {
        return true;
    }
    let opens = next.capital
        || matches!(next.kind, Kind::Number(_) | Kind::Handle | Kind::Figures)
        || matches!(next.kind, Kind::Mark('¿' | '¡' | '"' | '“' | '«' | '—' | '-' | '('));
    let abbreviated = tokens[at].is('.')
        && at > 0
        && (abbreviation(at - 1)
            || tokens[at - 1].capital && tokens[at - 1].end - tokens[at - 1].start == 1);
    !next.glued && opens && !abbreviated
}

#[cfg(test)]
mod tests {
    use super::{super::split, *};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let tokens = split(text, |_| 0);
        let word = |at: usize| &text[tokens[at].start as usize..tokens[at].end as usize];
        let short = |at: usize| ["Sr", "EE", "UU", "Jan", "EE."].contains(&word(at));
        let found: Vec<&str> = sentences(&tokens, short, |_| false)
            .into_iter()
            .map(|one| {
                let (first, last) = (tokens[one.tokens.start], tokens[one.tokens.end - 1]);
                &text[first.start as usize..last.end as usize]
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_where_they_end() {
        check("El Sr. Saab habló. Nadie más.", &["El Sr. Saab habló.", "Nadie más."]);
        check(
            "Viven en EE. UU. desde 2019. Son 1.687.",
            &["Viven en EE. UU. desde 2019.", "Son 1.687."],
        );
        check("\"They are free.\" The group said!", &["\"They are free.\"", "The group said!"]);
        check("One.\nTwo\n\nThree", &["One.", "Two", "Three"]);
    }

    #[test]
    fn a_sentence_without_end_is_read_in_pieces() {
        let text = "freed 12 men ".repeat(5000);
        let tokens = split(&text, |_| 0);
        let found = sentences(&tokens, |_| false, |_| false);
        assert!(found.iter().all(|one| one.tokens.len() <= LONGEST));
        assert_eq!(found.iter().map(|one| one.tokens.len()).sum::<usize>(), tokens.len());
    }
}
