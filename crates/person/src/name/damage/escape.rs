//! Letters written by their numbers or names: "&ntilde;", "&#241;", "\u00f1", "%C3%B1", "=F1".

use unicode_normalization::UnicodeNormalization;

/// The name with its escapes read; none where there are none.
pub fn undone(name: &str) -> Option<String> {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    let mut changed = false;
    while let Some(letter) = rest.chars().next() {
        let found = match letter {
            '&' => entity(&rest[1..]),
            '\\' => rest[1..].strip_prefix(['u', 'U']).and_then(|digits| unicode(digits, 2)),
            // Bytes: what they spell is told by the code page (`misread.rs`).
            '%' | '=' => byte(&rest[1..]),
            _ => None,
        };
        if let Some((read, eaten)) = found {
            out.push(read);
            rest = &rest[eaten..];
            changed = true;
        } else {
            out.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    changed.then_some(out)
}

/// `eaten` counts what stands before the digits, too.
fn unicode(digits: &str, before: usize) -> Option<(char, usize)> {
    let number = u32::from_str_radix(digits.get(..4)?, 16).ok()?;
    Some((char::from_u32(number)?, before + 4))
}

fn byte(digits: &str) -> Option<(char, usize)> {
    let pair = digits.get(..2).filter(|pair| pair.bytes().all(|one| one.is_ascii_hexdigit()))?;
    let number = u8::from_str_radix(pair, 16).ok()?;
    let wanted = number >= 0x80 || number == b' ';
    wanted.then_some((char::from(number), 3))
}

/// A character reference of HTML (Living Standard, section 13.1.4), after its `&`; its semicolon
/// may be lost.
fn entity(rest: &str) -> Option<(char, usize)> {
    let ends = |taken: usize| 1 + taken + usize::from(rest[taken..].starts_with(';'));
    if let Some(digits) = rest.strip_prefix('#') {
        let (digits, base, before) = match digits.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => (hexadecimal, 16, 2),
            None => (digits, 10, 1),
        };
        let count = digits.chars().take(6).take_while(|digit| digit.is_digit(base)).count();
        let number = u32::from_str_radix(&digits[..count], base).ok()?;
        return Some((char::from_u32(number)?, ends(before + count)));
    }
    const WORDS: [(&str, char); 18] = [
        ("amp", '&'),
        ("nbsp", ' '),
        ("apos", '’'),
        ("rsquo", '’'),
        ("lsquo", '’'),
        ("quot", '"'),
        ("shy", '\u{ad}'),
        ("szlig", 'ß'),
        ("aelig", 'æ'),
        ("AElig", 'Æ'),
        ("oslash", 'ø'),
        ("Oslash", 'Ø'),
        ("aring", 'å'),
        ("Aring", 'Å'),
        ("eth", 'ð'),
        ("thorn", 'þ'),
        ("ordm", 'º'),
        ("ordf", 'ª'),
    ];
    if let Some((word, letter)) = WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
        return Some((*letter, ends(word.len())));
    }
    marked(rest).map(|(letter, taken)| (letter, ends(taken)))
}

/// "ntilde": a letter and the name of its mark.
fn marked(rest: &str) -> Option<(char, usize)> {
    const MARKS: [(&str, char); 7] = [
        ("acute", '\u{301}'),
        ("tilde", '\u{303}'),
        ("uml", '\u{308}'),
        ("grave", '\u{300}'),
        ("circ", '\u{302}'),
        ("cedil", '\u{327}'),
        ("caron", '\u{30c}'),
    ];
    let letter = rest.chars().next().filter(char::is_ascii_alphabetic)?;
    let (word, mark) = MARKS.iter().find(|(word, _)| rest[1..].starts_with(word))?;
    let mut composed = [letter, *mark].into_iter().nfc();
    let whole = composed.next()?;
    composed.next().is_none().then_some((whole, 1 + word.len()))
}
