//! Code pages: the letter of each byte from 0x80 on, in the systems that misread names.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};
use std::sync::OnceLock;

/// A code page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Windows, western Europe; Latin-1 with it.
    Western,
    /// Windows, central Europe.
    Central,
    /// Windows, Cyrillic.
    Cyrillic,
    /// Macintosh, western Europe.
    Macintosh,
    /// DOS of 1981, United States.
    Dos437,
    /// DOS of 1987, western Europe.
    Dos850,
}

/// Bytes 0x80 to 0xFF of DOS code page 437 (Unicode Consortium, CP437.TXT).
const DOS_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩\
    ╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
/// The same of code page 850 (CP850.TXT).
const DOS_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩\
    ╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

type Letters = [char; 128];

impl Page {
    /// The letter of a byte; ASCII is itself everywhere.
    pub fn letter(self, byte: u8) -> char {
        if byte < 0x80 { char::from(byte) } else { self.letters()[usize::from(byte) - 0x80] }
    }

    /// The byte of a letter beyond ASCII.
    pub fn byte(self, letter: char) -> Option<u8> {
        // What Windows leaves undefined, and Latin-1 calls controls, is one byte in both.
        if self == Page::Western && ('\u{80}'..='\u{9f}').contains(&letter) {
            return Some(letter as u8);
        }
        let at = self.letters().iter().position(|other| *other == letter)?;
        Some(at as u8 + 0x80)
    }

    fn letters(self) -> &'static Letters {
        static READ: OnceLock<[Letters; 6]> = OnceLock::new();
        &READ.get_or_init(|| {
            [
                of(WINDOWS_1252),
                of(WINDOWS_1250),
                of(WINDOWS_1251),
                of(MACINTOSH),
                spelt(DOS_437),
                spelt(DOS_850),
            ]
        })[self as usize]
    }
}

fn of(encoding: &'static Encoding) -> Letters {
    let letter = |at: usize| {
        let byte = [at as u8 + 0x80];
        let (letters, _) = encoding.decode_without_bom_handling(&byte);
        letters.chars().next().unwrap_or('\u{fffd}')
    };
    std::array::from_fn(letter)
}

fn spelt(page: &str) -> Letters {
    let letters: Vec<char> = page.chars().collect();
    std::array::from_fn(|at| letters[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_whole() {
        for (page, byte, letter) in [
            (Page::Western, 0xf1, 'ñ'),
            (Page::Central, 0xc3, 'Ă'),
            (Page::Cyrillic, 0xd0, 'Р'),
            (Page::Macintosh, 0x96, 'ñ'),
            (Page::Dos437, 0xa4, 'ñ'),
            (Page::Dos437, 0xed, 'φ'),
            (Page::Dos850, 0xe9, 'Ú'),
            (Page::Dos850, 0xff, '\u{a0}'),
        ] {
            assert_eq!(page.letter(byte), letter, "{page:?}");
            assert_eq!(page.byte(letter), Some(byte), "{page:?}");
        }
        assert_eq!(Page::Western.byte('\u{90}'), Some(0x90));
        assert_eq!(Page::Western.byte('ж'), None);
    }
}
