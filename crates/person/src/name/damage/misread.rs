//! Bytes read by the wrong code page, and read back by the right one.
//!
//! The commonest by far is UTF-8 read as if each byte were a letter; its form is so strict that
//! letters which fit it by chance are hardly ever a name. Bytes of one code page read by another
//! are believed only where letters stand that no name has.

use super::page::Page;

/// The pages by which UTF-8 is misread.
const OF_UTF_8: [Page; 6] =
    [Page::Western, Page::Macintosh, Page::Dos850, Page::Dos437, Page::Central, Page::Cyrillic];
/// By which page it was read, and by which it was written; the commoner first.
const OF_PAGES: [(Page, Page); 5] = [
    (Page::Western, Page::Dos850),
    (Page::Dos850, Page::Western),
    (Page::Dos437, Page::Western),
    (Page::Western, Page::Macintosh),
    (Page::Macintosh, Page::Western),
];

/// Whether a name has letters or signs that names have not, or more marked letters in a row.
pub fn suspicious(name: &str) -> bool {
    let runs = name.split(|letter| !('À'..='ÿ').contains(&letter));
    odd(name) || runs.into_iter().any(|run| run.chars().count() > 3)
}

/// Whether a name has letters or signs that names have not.
fn odd(name: &str) -> bool {
    let mut before = ' ';
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        if !letter.is_ascii() && is_odd(before, letter, next) {
            return true;
        }
        before = letter;
    }
    false
}

fn is_odd(before: char, letter: char, next: char) -> bool {
    match letter {
        '\u{80}'..='\u{9f}' => true,
        // Signs that names and their lists do have.
        '\u{a0}' | '\u{ad}' | 'ª' | 'º' | '«' | '»' | '´' | '·' | '\u{fffd}' | '□' => false,
        '\u{a1}'..='\u{bf}' | '×' | '÷' | 'ƒ' => true,
        'ß'..='ÿ' => false,
        'À'..='Þ' => {
            let beyond = !next.is_ascii() && !('À'..='ÿ').contains(&next);
            let lost = letter == 'Ã' && (next.is_lowercase() || next == '?');
            // "JosÉ" is what lower case without accents leaves of capitals; no other is so common.
            let inside = before.is_lowercase() || (before.is_uppercase() && next.is_lowercase());
            (inside && !COMMON.contains(letter)) || beyond || lost
        }
        '\u{370}'..='\u{3ff}' => before.is_ascii_alphabetic() || next.is_ascii_alphabetic(),
        '\u{2c6}'..='\u{2dd}' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2019}' => false,
        '“' | '”' | '\u{202a}'..='\u{202e}' | '\u{feff}' | '\u{300}'..='\u{36f}' => false,
        other => !other.is_alphabetic() && !other.is_numeric() && !is_script(other),
    }
}

/// Signs of scripts beyond Latin, Greek and Cyrillic: marks of vowels and the like.
fn is_script(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{1fff}' | '\u{3000}'..='\u{d7ff}' | '\u{10000}'..)
}

/// The name read back by one page; none where no page makes it a likelier name.
pub fn undone(name: &str) -> Option<String> {
    if !odd(name) {
        return suspicious(name).then(|| as_cyrillic(name)).flatten();
    }
    let of_utf_8: Vec<String> = OF_UTF_8.iter().filter_map(|page| as_utf_8(name, *page)).collect();
    if let Some(clean) = of_utf_8.iter().find(|read| !odd(read)) {
        return Some(clean.clone());
    }
    let of_pages = || {
        // The last of equals is taken, so the commonest comes last.
        let read = OF_PAGES.iter().rev().filter_map(|pages| as_page(name, *pages));
        read.max_by_key(|(common, _)| *common).map(|(_, read)| read)
    };
    of_utf_8.into_iter().next().or_else(of_pages).or_else(|| as_cyrillic(name))
}

/// Puts back the letters of UTF-8 that were read byte by byte.
fn as_utf_8(name: &str, page: Page) -> Option<String> {
    let letters: Vec<char> = name.chars().collect();
    let bytes: Vec<Option<u8>> = letters.iter().map(|letter| page.byte(*letter)).collect();
    let (mut out, mut at) = (String::with_capacity(name.len()), 0);
    let (mut sure, mut found) = (false, 0);
    while at < letters.len() {
        let count = match bytes[at] {
            Some(0xc2..=0xdf) => 2,
            Some(0xe0..=0xef) => 3,
            Some(0xf0..=0xf4) => 4,
            _ => 1,
        };
        let whole: Option<Vec<u8>> =
            bytes.get(at..at + count).and_then(|some| some.iter().copied().collect());
        let read = whole.filter(|_| count > 1).and_then(|whole| {
            std::str::from_utf8(&whole).ok().and_then(|text| text.chars().next())
        });
        if let Some(letter) = read.filter(|letter| count != 2 || is_likely(*letter, page)) {
            out.push(letter);
            found += 1;
            // In two bytes only Latin letters are believed at once: "Ñ’" may be a name's.
            sure |= page != Page::Cyrillic && (count > 2 || letter < '\u{180}');
            at += count;
        } else {
            out.push(letters[at]);
            at += 1;
        }
    }
    (sure || found > 1).then_some(out)
}

/// Letters of names, and what they look like when they were misread before.
fn is_likely(letter: char, page: Page) -> bool {
    match letter {
        '\u{80}'..='\u{ff}' => page != Page::Cyrillic,
        '\u{300}'..='\u{36f}' => true,
        '\u{250}'..='\u{2af}' => false,
        other => other.is_alphabetic() || is_script(other),
    }
}

/// Letters that Spanish and Portuguese names have most, and others of western Europe.
const COMMON: &str = "áéíóúñüÁÉÍÓÚÑÜ";
const WESTERN: &str = "çãõâêôàèäëïöîûåøÇÃÕÂÊÔÀÈÄËÏÖÎÛÅØ";

/// Reads back what one page read in place of another: every letter must become one of western
/// Europe. Also how many are common.
fn as_page(name: &str, (read, written): (Page, Page)) -> Option<(usize, String)> {
    let (mut out, mut common) = (String::with_capacity(name.len()), 0);
    let mut before = ' ';
    for letter in name.chars() {
        let plain = letter.is_ascii() || letter == '\u{fffd}';
        let right = if plain { letter } else { written.letter(read.byte(letter)?) };
        let known = plain || COMMON.contains(right) || WESTERN.contains(right);
        if !known || (!plain && before.is_lowercase() && right.is_uppercase()) {
            return None;
        }
        common += usize::from(COMMON.contains(right));
        before = right;
        out.push(right);
    }
    (common > 0 && !odd(&out)).then_some((common, out))
}

/// "Èâàíîâ" for "Иванов": all letters western and marked, and a likely Cyrillic name.
fn as_cyrillic(name: &str) -> Option<String> {
    let (mut out, mut vowels, mut all) = (String::with_capacity(2 * name.len()), 0, 0);
    let mut small = false;
    for letter in name.chars() {
        if letter.is_ascii() && !letter.is_ascii_alphabetic() {
            small = false;
            out.push(letter);
            continue;
        }
        let right = Page::Cyrillic.letter(Page::Western.byte(letter)?);
        if !matches!(right, 'А'..='я' | 'ё' | 'Ё') || (small && right.is_uppercase()) {
            return None;
        }
        small = right.is_lowercase();
        all += 1;
        vowels += usize::from("аеёиоуыэюяАЕЁИОУЫЭЮЯ".contains(right));
        out.push(right);
    }
    (all > 4 && vowels * 4 >= all && vowels * 3 <= all * 2).then_some(out)
}

/// What is left of a letter of which a byte was lost: "MarÃa", "Ã?lvarez".
pub fn holes(name: &str) -> String {
    if !name.contains('Ã') {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        match (letter, next) {
            ('Ã', '?' | '\u{fffd}' | '□' | '\u{80}'..='\u{bf}') => {
                letters.next();
                out.push('?');
            }
            ('Ã', next) if next.is_lowercase() => out.push('?'),
            _ => out.push(letter),
        }
    }
    out
}
