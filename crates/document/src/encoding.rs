//! Which letters the bytes are: by mark, by form, by setting, and last by guess.

use crate::{Error, Text};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use habeas_model::Problem;

/// Decodes a file's bytes; every character keeps its address. A guessed encoding is told of.
pub fn decode(
    bytes: &[u8],
    name: &str,
    label: Option<&str>,
) -> Result<(Text, Vec<Problem>), Error> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    if mark > 0 {
        return Ok((decoded(&bytes[mark..], mark as u64, encoding), Vec::new()));
    }
    if let Some(known) = label.and_then(|label| Encoding::for_label(label.as_bytes())) {
        return Ok((decoded(bytes, 0, known), Vec::new()));
    }
    refuse_binary(bytes, name)?;
    if let Ok(words) = std::str::from_utf8(bytes) {
        let mut text = Text::default();
        text.push(words, 0, bytes.len() as u64);
        return Ok((text.composed(), Vec::new()));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    // Western lists are Windows-1252 far more often than anything that merely fits the bytes as
    // well.
    let guess = if guess.is_single_byte() && few_high(bytes) { WINDOWS_1252 } else { guess };
    Ok((decoded(bytes, 0, guess), vec![Problem::new("encoding-guessed", name, guess.name())]))
}

/// Whether high bytes are as rare as accents are.
fn few_high(bytes: &[u8]) -> bool {
    bytes.iter().filter(|byte| **byte >= 0x80).count() * 5 < bytes.len()
}

/// NUL and other bytes that no text has, or bytes that are mostly no letters of any kind.
fn refuse_binary(bytes: &[u8], name: &str) -> Result<(), Error> {
    let mut sieve = Sieve::default();
    sieve.see(bytes);
    sieve.refuse(name)
}

/// Counts the bytes that no text has, piece by piece: who reads a large table as it comes refuses
/// what would be refused if it came whole.
#[derive(Clone, Debug, Default)]
pub struct Sieve {
    seen: u64,
    odd: u64,
    nul: bool,
    first: Option<(u64, u8)>,
}

impl Sieve {
    /// Takes the next piece.
    pub fn see(&mut self, piece: &[u8]) {
        let odd = |byte: &u8| matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31 | 127);
        let count = piece.iter().filter(|byte| odd(byte)).count() as u64;
        if count > 0 {
            self.nul |= piece.contains(&0);
            let at = piece.iter().position(odd).map(|at| (self.seen + at as u64, piece[at]));
            self.first = self.first.or(at);
        }
        self.odd += count;
        self.seen += piece.len() as u64;
    }

    /// Refuses what cannot be text, by what was seen of it: a NUL, or one byte in fifty that no
    /// text has.
    pub fn refuse(&self, name: &str) -> Result<(), Error> {
        match self.first {
            Some((at, byte)) if self.nul || self.odd * 50 > self.seen => Err(Error::Binary {
                name: name.to_owned(),
                what: format!("byte {at} is {byte:#04x}"),
            }),
            _ => Ok(()),
        }
    }
}

/// Decodes with the address of each character: character by character, which every stateless
/// encoding allows.
fn decoded(bytes: &[u8], offset: u64, encoding: &'static Encoding) -> Text {
    let mut text = Text::default();
    if encoding == UTF_8 {
        let mut at = 0;
        for chunk in bytes.utf8_chunks() {
            let (valid, invalid) = (chunk.valid(), chunk.invalid().len());
            text.push(valid, offset + at as u64, offset + (at + valid.len()) as u64);
            at += valid.len();
            if invalid > 0 {
                text.push("\u{fffd}", offset + at as u64, offset + (at + invalid) as u64);
                at += invalid;
            }
        }
    } else if encoding == UTF_16LE || encoding == UTF_16BE {
        utf_16(bytes, offset, encoding == UTF_16BE, &mut text);
    } else if encoding.is_single_byte() {
        for (at, byte) in bytes.iter().enumerate() {
            let from = offset + at as u64;
            let (letter, _) = encoding.decode_without_bom_handling(std::slice::from_ref(byte));
            text.push(&letter, from, from + 1);
        }
    } else {
        // Legacy multi-byte encodings: the address is that of the line.
        let mut from = offset;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (words, _) = encoding.decode_without_bom_handling(line);
            text.push(&words, from, from + line.len() as u64);
            from += line.len() as u64;
        }
    }
    text.composed()
}

fn utf_16(bytes: &[u8], offset: u64, big: bool, text: &mut Text) {
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair.get(1).copied().unwrap_or(0)];
        if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    };
    let mut at = offset;
    for letter in char::decode_utf16(bytes.chunks(2).map(unit)) {
        let (letter, units) = letter.map_or(('\u{fffd}', 1), |letter| (letter, letter.len_utf16()));
        let end = (at + 2 * units as u64).min(offset + bytes.len() as u64);
        text.push(letter.encode_utf8(&mut [0; 4]), at, end);
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str, origin_of_n: std::ops::Range<u64>) {
        let (text, _) = decode(bytes, "list.csv", None).unwrap();
        assert_eq!(text.content, expected);
        let at = expected.find('ñ').unwrap();
        assert_eq!(text.origin(at..at + 2), origin_of_n);
    }

    #[test]
    fn letters_keep_their_bytes() {
        check("Peña, C.I.".as_bytes(), "Peña, C.I.", 2..4);
        check(b"\xef\xbb\xbfPe\xc3\xb1a", "Peña", 5..7);
        check(
            b"apellidos;nombres\nPe\xf1a;Bego\xf1a\n",
            "apellidos;nombres\nPeña;Begoña\n",
            20..21,
        );
        check(b"\xff\xfeP\0e\0\xf1\0a\0", "Peña", 6..8);
    }

    #[test]
    fn no_text_has_these() {
        assert!(matches!(decode(b"a,b\0c", "x.csv", None), Err(Error::Binary { .. })));
        assert!(matches!(decode(&[7; 100], "x.csv", None), Err(Error::Binary { .. })));
        let mut sieve = Sieve::default();
        [&b"a,b,"[..], b"c\nd,", b"e\0"].iter().for_each(|piece| sieve.see(piece));
        assert!(sieve.refuse("x.csv").unwrap_err().to_string().contains("byte 9 is 0x00"));
    }
}
