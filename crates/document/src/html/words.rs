//! Words of a page laid along the bytes that they were written with.

use crate::Text;
use std::ops::Range;

/// Adds the words of the source at `range`, whose references the tokenizer has resolved to `value`.
/// White space is one space; a reference (`&ntilde;`) is the address of what it stands for.
pub fn align(source: &Text, range: Range<usize>, value: &str, text: &mut Text) {
    let end = range.end.min(source.content.len());
    let Some(raw) = source.content.get(range.start..end) else { return };
    if raw == value {
        return plain(source, range.start, raw, text);
    }
    let mut at = 0;
    for letter in value.chars() {
        let rest = &raw[at..];
        let width = match rest.chars().next() {
            Some('&')
                if letter != '&' || rest[1..].starts_with("amp") || rest[1..].starts_with('#') =>
            {
                reference(rest)
            }
            Some(there) => there.len_utf8(),
            None => 0,
        };
        let origin = source.origin(range.start + at..range.start + at + width);
        if !letter.is_whitespace() {
            text.push(letter.encode_utf8(&mut [0; 4]), origin.start, origin.end);
        } else if !text.content.is_empty() && !text.content.ends_with([' ', '\n']) {
            text.push(" ", origin.start, origin.end);
        }
        at += width;
    }
}

/// Words that stand in the source letter for letter: whole words at a time.
fn plain(source: &Text, start: usize, raw: &str, text: &mut Text) {
    let mut at = 0;
    while at < raw.len() {
        let rest = &raw[at..];
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        source.copy(start + at..start + at + word, text);
        at += word;
        let rest = &raw[at..];
        let gap = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        if gap > 0 && !text.content.is_empty() && !text.content.ends_with([' ', '\n']) {
            let origin = source.origin(start + at..start + at + gap);
            text.push(" ", origin.start, origin.end);
        }
        at += gap;
    }
}

/// Bytes of the character reference that `rest` begins with.
fn reference(rest: &str) -> usize {
    let name = rest[1..]
        .bytes()
        .take(32)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    1 + name + usize::from(rest.as_bytes().get(1 + name) == Some(&b';'))
}
