//! RTF 1.9: control words and groups, read by hand: no well-kept crate tells where its words stand.

use super::{Found, sheaf::Sheaf};
use crate::{Error, Limits, Text};
use encoding_rs::{Encoding, WINDOWS_1252};

/// Groups whose words are not the text's.
const SILENT: [&str; 22] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "footer",
    "footerl",
    "footerr",
    "themedata",
    "datastore",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "fldinst",
    "xmlnstbl",
    "latentstyles",
    "footnote",
];
/// Groups within groups that are kept apart; deeper ones count as the deepest.
const DEPTH: usize = 10_000;

pub(crate) fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Found, Error> {
    let mut walk = Walk {
        bytes,
        at: 0,
        sheaf: Sheaf::default(),
        groups: vec![Group { silent: false, skip: 1 }],
        encoding: WINDOWS_1252,
        pending: Vec::new(),
        from: 0,
        high: None,
        left_out: 0,
        start: 0,
        table: false,
    };
    walk.read();
    if walk.sheaf.cells() > limits.cells {
        return Err(Error::TooManyCells { name: name.to_owned(), limit: limits.cells });
    }
    let bodies = walk.sheaf.finish("");
    if bodies.is_empty() {
        return Err(Error::Nothing(name.to_owned()));
    }
    Ok(Found { format: "rtf", title: None, dated: None, bodies, problems: Vec::new() })
}

#[derive(Clone, Copy)]
struct Group {
    silent: bool,
    /// Bytes that stand for a `\u` letter in old readers, and that we pass over.
    skip: usize,
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    sheaf: Sheaf,
    groups: Vec<Group>,
    encoding: &'static Encoding,
    /// Bytes of letters not yet decoded, and where they began.
    pending: Vec<u8>,
    from: usize,
    /// The first half of a letter beyond U+FFFF.
    high: Option<u16>,
    /// Stand-ins that are still to be passed over.
    left_out: usize,
    start: usize,
    table: bool,
}

impl Walk<'_> {
    fn read(&mut self) {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            let from = self.at;
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    let group = *self.groups.last().expect("the outermost group stays");
                    if self.groups.len() < DEPTH {
                        self.groups.push(group);
                    }
                }
                b'}' => {
                    self.flush();
                    if self.groups.len() > 1 {
                        self.groups.pop();
                    }
                }
                b'\\' => self.control(from),
                b'\r' | b'\n' => {}
                byte => self.letter(byte, from),
            }
        }
        self.flush();
        self.paragraph();
    }

    fn control(&mut self, from: usize) {
        let rest = &self.bytes[self.at..];
        let letters = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            self.symbol(from);
            return;
        }
        let word = String::from_utf8_lossy(&rest[..letters]).into_owned();
        let digits = rest[letters..].iter().take(11).enumerate();
        let digits =
            digits.take_while(|(n, b)| b.is_ascii_digit() || *n == 0 && **b == b'-').count();
        let number = std::str::from_utf8(&rest[letters..letters + digits]).ok();
        let number: Option<i64> = number.and_then(|number| number.parse().ok());
        self.at += letters + digits;
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if word == "u" {
            return self.unicode(number.unwrap_or(0), from);
        }
        self.flush();
        self.word(&word, number);
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        let here = self.at as u64;
        let group = self.groups.last_mut().expect("the outermost group stays");
        match word {
            "uc" => group.skip = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(64),
            "ansicpg" => {
                let label = format!("windows-{}", number.unwrap_or(1252));
                self.encoding = Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
            }
            "bin" => {
                let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
                self.at = self.at.saturating_add(length).min(self.bytes.len());
            }
            word if SILENT.contains(&word) => group.silent = true,
            _ if group.silent => {}
            "trowd" if !self.table => {
                self.table = true;
                self.sheaf.open_table();
                self.row();
            }
            "trowd" | "intbl" => {}
            "cell" => {
                self.sheaf.close_cell(1);
                self.sheaf.open_cell();
            }
            "row" if self.table => self.row(),
            "par" | "sect" | "page" => self.paragraph(),
            "pard" if self.table => self.leave_table(),
            "line" => self.sheaf.mark("\n", here),
            "tab" => self.sheaf.mark(" ", here),
            "emdash" => self.sheaf.mark("—", here),
            "endash" => self.sheaf.mark("–", here),
            "lquote" => self.quote("‘"),
            "rquote" => self.quote("’"),
            "ldblquote" => self.quote("“"),
            "rdblquote" => self.quote("”"),
            _ => {}
        }
    }

    /// `\'hh`, `\~`, `\*` and escaped braces.
    fn symbol(&mut self, from: usize) {
        let Some(byte) = self.bytes.get(self.at).copied() else { return };
        self.at += 1;
        match byte {
            b'\'' => {
                let digits = self.bytes.get(self.at..self.at + 2).unwrap_or_default();
                let value = std::str::from_utf8(digits).ok();
                if let Some(value) = value.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    self.at += 2;
                    self.letter(value, from);
                }
            }
            b'*' => self.groups.last_mut().expect("the outermost group stays").silent = true,
            b'~' => self.letter(b' ', from),
            b'_' => self.letter(b'-', from),
            b'\r' | b'\n' => {
                self.flush();
                self.paragraph();
            }
            b'{' | b'}' | b'\\' => self.letter(byte, from),
            _ => {}
        }
    }

    fn letter(&mut self, byte: u8, from: usize) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        if self.pending.is_empty() {
            self.from = from;
        }
        self.pending.push(byte);
        // Each letter of its own keeps its own bytes; letters of two bytes wait for the second.
        if self.encoding.is_single_byte() || byte < 0x80 || self.pending.len() > 1 {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return;
        }
        let (words, _) = self.encoding.decode_without_bom_handling(&pending);
        self.say(&words, self.from..self.at);
    }

    /// A letter by its number: UTF-16, signed.
    fn unicode(&mut self, number: i64, from: usize) {
        self.flush();
        self.left_out = self.groups.last().expect("the outermost group stays").skip;
        let unit = number as u16;
        let units: Vec<u16> = self.high.take().into_iter().chain([unit]).collect();
        if (0xD800..0xDC00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let letters: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
        self.say(&letters, from..self.at);
    }

    fn quote(&mut self, mark: &str) {
        self.say(mark, self.at..self.at);
    }

    fn say(&mut self, words: &str, range: std::ops::Range<usize>) {
        if self.groups.last().is_some_and(|group| group.silent) {
            return;
        }
        let mut text = Text::default();
        text.push(words, range.start as u64, range.end as u64);
        self.sheaf.push_text(&text);
    }

    fn paragraph(&mut self) {
        self.sheaf.paragraph(self.start, None, self.at as u64);
        self.start = self.sheaf.here();
    }

    fn row(&mut self) {
        self.sheaf.drop_cell();
        self.sheaf.open_row();
        self.sheaf.open_cell();
    }

    fn leave_table(&mut self) {
        // `\pard` within a row begins a paragraph of its cell; only one that is not followed by
        // `\intbl` leaves the table.
        let ahead = &self.bytes[self.at..(self.at + 64).min(self.bytes.len())];
        let ahead = String::from_utf8_lossy(ahead).into_owned();
        if ahead.contains("\\intbl") || ahead.contains("\\trowd") {
            return;
        }
        self.table = false;
        self.sheaf.drop_cell();
        self.sheaf.close_table(self.at as u64);
    }
}
