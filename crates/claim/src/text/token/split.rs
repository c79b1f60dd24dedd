//! Where does one token end and the next begin?
//!
//! "1.687" is one number, "U.S." one word, "Russia's" two tokens, "twenty-three" three. Marks
//! without width and marks of direction belong to the token they stand in and say nothing.

use super::{Kind, Token};

/// The folded form: lower case, plain apostrophe, no invisible marks, Cyrillic and Greek
/// look-alikes inside a Latin word as the Latin letters they imitate.
pub fn fold(word: &str, into: &mut String) {
    into.clear();
    if word.is_ascii() {
        into.push_str(word);
        into.make_ascii_lowercase();
        return;
    }
    let latin = word.chars().any(|c| c.is_alphabetic() && (c as u32) < 0x250);
    for c in word.chars().filter(|c| !invisible(*c)) {
        match c {
            '’' | 'ʼ' => into.push('\''),
            c if c.is_ascii() => into.push(c.to_ascii_lowercase()),
            c => into.extend(c.to_lowercase().map(|c| if latin { lookalike(c) } else { c })),
        }
    }
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn lookalike(c: char) -> char {
    if c < 'Ͱ' {
        return c; // Latin with its accents imitates nothing.
    }
    const FALSE: &str = "аеорсухіјѕԁһοαετρυνι";
    const TRUE: &str = "aeopcyxijsdhoaetpuvi";
    FALSE.chars().position(|f| f == c).and_then(|at| TRUE.chars().nth(at)).unwrap_or(c)
}

/// A word of Latin letters with Cyrillic or Greek look-alikes between them, in Latin letters: a
/// proposal, never put in the place of what is written. None if every letter is what it seems.
#[must_use]
pub fn disguised(word: &str) -> Option<String> {
    let latin = |c: char| c.is_alphabetic() && (c as u32) < 0x250;
    if word.is_ascii() || !word.chars().any(latin) || word.chars().all(|c| c < 'Ͱ') {
        return None;
    }
    let meant: String = word
        .chars()
        .map(|c| match c.to_lowercase().next().map(lookalike) {
            Some(small) if !latin(c) && latin(small) && c.is_uppercase() => {
                small.to_ascii_uppercase()
            }
            Some(small) if !latin(c) && latin(small) => small,
            _ => c,
        })
        .collect();
    (meant != word).then_some(meant)
}

/// The tokens of a text. `lookup` gives the lexicon's number of a folded word.
pub fn split(text: &str, lookup: impl Fn(&str) -> u32) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut folded = String::new();
    let mut at = 0;
    let mut glued = false;
    while let Some(c) = text[at..].chars().next() {
        if let Some(end) = plain_word(text.as_bytes(), at) {
            let piece = &text[at..end];
            fold(piece, &mut folded);
            tokens.push(Token {
                start: at as u32,
                end: end as u32,
                kind: Kind::Word,
                word: lookup(&folded),
                capital: c.is_ascii_uppercase(),
                shout: c.is_ascii_uppercase() && is_shout(piece),
                glued,
            });
            glued = true;
            at = end;
            continue;
        }
        let len = match c {
            '\n' | '\r' => c.len_utf8(),
            c if c.is_whitespace() || invisible(c) => {
                glued = glued && invisible(c);
                at += c.len_utf8();
                continue;
            }
            c if c.is_alphabetic() => word(&text[at..]),
            c if c.is_ascii_digit() => figures(&text[at..]),
            '@' => handle(&text[at..]),
            '\'' | '’' => apostrophe(&text[at..], glued),
            c => c.len_utf8(),
        };
        let piece = &text[at..at + len];
        fold(piece, &mut folded);
        tokens.push(Token {
            start: at as u32,
            end: (at + len) as u32,
            kind: kind(piece, c, &folded),
            word: lookup(&folded),
            capital: c.is_uppercase(),
            shout: is_shout(piece),
            glued,
        });
        glued = true;
        at += len;
    }
    tokens
}

/// One past the word that begins here, where it is nothing but plain letters and digits and no mark
/// after it could belong to it: nearly every word of an English text.
fn plain_word(text: &[u8], start: usize) -> Option<usize> {
    if !text[start].is_ascii_alphabetic() {
        return None;
    }
    let inside = text[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let end = start + inside;
    // "U.S." is one word; "freed." is a word and a dot.
    let dotted = inside == 1;
    let ends = |byte: &u8| byte.is_ascii() && *byte != b'\'' && !(dotted && *byte == b'.');
    text.get(end).is_none_or(ends).then_some(end)
}

fn is_shout(piece: &str) -> bool {
    let mut letters = piece.chars().filter(|c| c.is_alphabetic());
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_uppercase)
        && letters.all(|c| !c.is_lowercase())
}

fn kind(piece: &str, first: char, folded: &str) -> Kind {
    match first {
        '\n' | '\r' => Kind::Line,
        '@' if piece.len() > 1 => Kind::Handle,
        c if c.is_alphabetic() => Kind::Word,
        '\'' | '’' if piece.len() > 1 => Kind::Word,
        c if c.is_ascii_digit() => value(folded).map_or(Kind::Figures, Kind::Number),
        c => Kind::Mark(c),
    }
}

/// Bytes of the word that begins here: letters and digits, a dot between single capitals ("U.S."),
/// an apostrophe before letters unless it is the possessive.
fn word(text: &str) -> usize {
    if let Some(len) = initials(text) {
        return len;
    }
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        // "PeÃ±a" was "Peña": the second half of a letter ends no word.
        let half = matches!(before, 'Ã' | 'Â') && matches!(c, '\u{80}'..='\u{bf}');
        before = c;
        let inside = c.is_alphanumeric() || invisible(c) || is_combining(c) || half;
        let apostrophe = matches!(c, '\'' | '’')
            && chars.peek().is_some_and(|(_, next)| next.is_alphabetic())
            && !possessive(&text[at..])
            && !contraction(&text[at..]);
        if !inside && !apostrophe {
            return at;
        }
    }
    text.len()
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn initials(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut len = 0;
    while bytes.get(len).is_some_and(u8::is_ascii_alphabetic) && bytes.get(len + 1) == Some(&b'.') {
        len += 2;
    }
    let ends = !bytes.get(len).is_some_and(u8::is_ascii_alphanumeric);
    (len >= 4 && ends).then_some(len)
}

fn apostrophe(text: &str, glued: bool) -> usize {
    let mark = text.chars().next().map_or(1, char::len_utf8);
    if !glued {
        return mark;
    }
    if possessive(text) {
        return mark + 1;
    }
    if contraction(text) { mark + word(&text[mark..]) } else { mark }
}

fn possessive(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    chars.next().is_some_and(|c| matches!(c, 's' | 'S'))
        && !chars.next().is_some_and(char::is_alphanumeric)
}

/// "'ve", "'ll", "'re", "'d".
fn contraction(text: &str) -> bool {
    let rest: String = text.chars().skip(1).take(3).flat_map(char::to_lowercase).collect();
    let mut letters = rest.chars();
    let two: String = letters.by_ref().take(2).collect();
    let ends = !letters.next().is_some_and(char::is_alphanumeric);
    (["ve", "ll", "re"].contains(&two.as_str()) && ends)
        || (two.starts_with('d') && !two.chars().nth(1).is_some_and(char::is_alphanumeric))
}

/// Bytes of the figures that begin here.
fn figures(text: &str) -> usize {
    let mut len = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = matches!(c, '.' | ',' | ':' | '/' | '\u{a0}' | '\u{202f}' | '’' | '\'')
            && next.is_some_and(|next| next.is_ascii_digit())
            && (!matches!(c, '\u{a0}' | '\u{202f}' | '’' | '\'') || three(&text[at..]));
        if c.is_ascii_digit() || invisible(c) || joins {
            len = at + c.len_utf8();
        } else {
            break;
        }
    }
    text[..len].trim_end_matches(invisible).len()
}

fn three(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    chars.by_ref().take(3).filter(char::is_ascii_digit).count() == 3
        && !chars.next().is_some_and(|c| c.is_ascii_digit())
}

/// The whole number that figures write: `116`, `1.687`, `1,687`, `61 300`.
fn value(figures: &str) -> Option<u64> {
    if figures.len() > 15 {
        return None;
    }
    if figures.bytes().all(|b| b.is_ascii_digit()) {
        return figures.parse().ok();
    }
    let mark = figures.chars().find(|c| !c.is_ascii_digit())?;
    if matches!(mark, ':' | '/') {
        return None;
    }
    let mut groups = figures.split(mark);
    let head = groups.next()?;
    let whole = (1..=3).contains(&head.len())
        && head != "0"
        && groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()));
    whole.then(|| figures.replace(mark, "").parse().ok())?
}

fn handle(text: &str) -> usize {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    1 + text[1..].find(|c| !inside(c)).unwrap_or(text.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let tokens = split(text, |_| 0);
        let words: Vec<&str> =
            tokens.iter().map(|one| &text[one.start as usize..one.end as usize]).collect();
        assert_eq!(words.join(" "), expected, "{text}");
    }

    #[test]
    fn tokens() {
        check("Russia's 1,687 men", "Russia 's 1,687 men");
        check("the U.S. raid, in EE. UU.", "the U.S. raid , in EE . UU .");
        check("twenty-three O'Brien", "twenty - three O'Brien");
        check("at 22:40 (74.2 percent)", "at 22:40 ( 74.2 percent )");
        check("We've 12.", "We 've 12 .");
        check("la familia PeÃ±a", "la familia PeÃ±a");
        check("@MinOrden: «no»", "@MinOrden : « no »");
    }

    #[test]
    fn numbers_in_digits() {
        for (text, n) in [("1.687", Some(1687)), ("1,687", Some(1687)), ("1\u{200b}16", Some(116))]
        {
            let kind = split(text, |_| 0)[0].kind;
            assert_eq!(kind, n.map_or(Kind::Figures, Kind::Number), "{text}");
        }
        assert_eq!(split("74.2", |_| 0)[0].kind, Kind::Figures);
        assert_eq!(split("61\u{a0}300", |_| 0)[0].kind, Kind::Number(61300));
    }
}
