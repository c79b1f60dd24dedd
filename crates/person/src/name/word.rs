//! One word of a name, ready to be compared.

pub use super::script::Vowels;
use super::{
    damage::{self, Damage},
    script::{self, latin},
    sound::{bones, ear, sound},
};

/// What a word does in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Names somebody.
    Plain,
    /// One letter for a word.
    Initial,
    /// Says whose son or daughter: written or left out as the list likes.
    Patronymic,
    /// Jr., II: tells father from son where it is written.
    Generation,
}

/// A word of a name. It holds somebody's name: it has no `Debug` and is never printed by itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Word {
    /// Lower-case ASCII, `?` where a letter is lost.
    pub text: String,
    /// Its sound.
    pub sound: String,
    /// Its sound with vowels.
    pub ear: String,
    /// Its consonants without voice, for words across scripts.
    pub bones: String,
    /// What it does.
    pub role: Role,
    /// How its script writes vowels.
    pub vowels: Vowels,
    /// Which of its letters are written with a mark, a bit each; of Latin letters only.
    pub marks: u32,
    /// What happened to its letters.
    pub damage: Damage,
}

/// A word lent out.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// See [`Word::text`].
    pub text: &'a str,
    /// See [`Word::sound`].
    pub sound: &'a str,
    /// See [`Word::ear`].
    pub ear: &'a str,
    /// See [`Word::bones`].
    pub bones: &'a str,
    /// See [`Word::role`].
    pub role: Role,
    /// See [`Word::vowels`].
    pub vowels: Vowels,
    /// See [`Word::marks`].
    pub marks: u32,
    /// See [`Word::damage`].
    pub damage: Damage,
}

impl Word {
    /// Lends the word.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View {
            text: &self.text,
            sound: &self.sound,
            ear: &self.ear,
            bones: &self.bones,
            role: self.role,
            vowels: self.vowels,
            marks: self.marks,
            damage: self.damage,
        }
    }
}

/// Longest name that is looked at, in characters: more is no name.
pub const LONGEST: usize = 160;
/// Most words of a name that are looked at.
pub const MOST: usize = 10;

/// Particles that lists drop as they please.
const PARTICLES: [&str; 38] = [
    "de", "del", "la", "las", "los", "le", "lo", "y", "e", "da", "das", "do", "dos", "di", "du",
    "van", "von", "der", "den", "zu", "ter", "ten", "bin", "ibn", "bint", "ben", "ould", "al",
    "el", "ul", "oglu", "kizi", "ogly", "kyzy", "u", "daw", "ko", "ma",
];
/// Titles and forms of address.
const TITLES: [&str; 36] = [
    "mr",
    "mrs",
    "ms",
    "dr",
    "dra",
    "prof",
    "sir",
    "sr",
    "sra",
    "srta",
    "don",
    "dona",
    "lic",
    "ing",
    "abg",
    "cnel",
    "col",
    "gral",
    "gen",
    "cap",
    "capt",
    "tte",
    "sgto",
    "lt",
    "maj",
    "hon",
    "rev",
    "fr",
    "sheikh",
    "shaikh",
    "sheik",
    "haji",
    "hajji",
    "sayyid",
    "sayed",
    "ayatollah",
];
/// Articles that stand before a hyphen, with the letter of the sun that they take on.
const ARTICLES: [&str; 18] = [
    "al", "el", "ul", "ar", "er", "as", "es", "ash", "esh", "an", "en", "ad", "ed", "at", "et",
    "az", "ez", "oul",
];

/// The words of a name, particles and titles dropped unless nothing else is left. What a computer
/// broke is mended first.
#[must_use]
pub fn words(name: &str) -> Vec<Word> {
    let Some(repaired) = damage::repaired(name) else { return read(name) };
    let mut words = read(&repaired);
    let before: Vec<String> = read(name).into_iter().map(|word| word.text).collect();
    for word in words.iter_mut().filter(|word| !before.contains(&word.text)) {
        if word.damage == Damage::None {
            word.damage = Damage::Repaired;
        }
    }
    words
}

fn read(name: &str) -> Vec<Word> {
    let mut kept = Vec::new();
    let mut dropped = Vec::new();
    let mut servant = false;
    let (persian, runs) = (script::is_persian(name), runs(name));
    for (nth, (run, end)) in runs.iter().enumerate() {
        let (text, vowels) = latin(run, persian);
        let hyphen = *end == End::Hyphen;
        let last = nth + 1 == runs.len();
        for piece in text.split(' ') {
            let is_letter = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '?';
            let piece: String = piece.chars().filter(is_letter).collect();
            if piece.is_empty() || kept.len() == MOST {
                continue;
            }
            let article = ARTICLES.contains(&piece.as_str()) && (hyphen || servant);
            // "P. E. Luna", "LUNA, PABLO E": a letter for a word, and no particle.
            let initial = piece.len() == 1 && (*end == End::Dot || last);
            if article || (!initial && is_dropped(&piece, vowels)) && !(last && piece == "sr") {
                dropped.push(word(piece, vowels));
            } else if servant {
                kept.push(word(format!("abd{}", unjoined(&piece)), vowels));
                servant = false;
            } else if is_servant(&piece) {
                servant = true;
            } else {
                let mut whole = word(abd(piece), vowels);
                whole.marks = script::marks(run, &whole.text);
                kept.push(whole);
            }
        }
    }
    if servant {
        kept.push(word("abd".to_owned(), Vowels::Written));
    }
    if kept.is_empty() { dropped } else { kept }
}

fn is_dropped(piece: &str, vowels: Vowels) -> bool {
    match vowels {
        Vowels::Written => PARTICLES.contains(&piece) || TITLES.contains(&piece),
        Vowels::LeftOut => PARTICLES.contains(&piece) || matches!(piece, "bn" | "abn" | "bnt"),
        Vowels::ByEar => false,
    }
}

/// "Abd", "Abdul": the servant of what follows, one name with it.
fn is_servant(piece: &str) -> bool {
    matches!(piece, "abd" | "abdul" | "abdel" | "abdal" | "abdol" | "bd")
}

/// "Abdulrahman", "Abdurrahman" and "Abd al-Rahman" are one word, `abdrahman`.
fn abd(piece: String) -> String {
    let rest = piece.strip_prefix("abd").filter(|rest| rest.len() >= 5);
    let Some(rest) = rest.filter(|rest| rest.starts_with(['u', 'e', 'a', 'o'])) else {
        return piece;
    };
    format!("abd{}", unjoined(&rest[1..]))
}

fn unjoined(rest: &str) -> &str {
    let letters = rest.as_bytes();
    let article = rest.starts_with('l') && letters.len() > 3;
    let doubled = letters.len() > 3 && letters[0] == letters[1];
    if article || doubled { &rest[1..] } else { rest }
}

fn word(text: String, vowels: Vowels) -> Word {
    let role = match text.as_str() {
        "jr" | "junior" | "hijo" | "ii" | "iii" | "sr" | "snr" | "senior" | "padre" => {
            Role::Generation
        }
        _ if text.len() == 1 && vowels == Vowels::Written => Role::Initial,
        _ if is_patronymic(&text) => Role::Patronymic,
        _ => Role::Plain,
    };
    let damage = if text.contains('?') { Damage::Holed } else { Damage::None };
    let (sound, ear, bones) = (sound(&text), ear(&text), bones(&text));
    Word { sound, ear, bones, text, role, vowels, marks: 0, damage }
}

fn is_patronymic(text: &str) -> bool {
    let ends = ["ovich", "evich", "ovic", "ovna", "evna", "ichna"];
    text.len() > 6 && ends.iter().any(|end| text.ends_with(end))
}

/// What stands behind a run of letters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Hyphen,
    Dot,
    Other,
}

/// Runs of letters, and what follows. Apostrophes and marks join, anything else parts.
fn runs(name: &str) -> Vec<(String, End)> {
    let mut runs = Vec::new();
    let mut run = String::new();
    let flush = |run: &mut String, end: End, runs: &mut Vec<(String, End)>| {
        let run = std::mem::take(run);
        if run.contains(|letter| letter != '?') {
            runs.push((run, end));
        }
    };
    let mut letters = name.chars().take(LONGEST).peekable();
    while let Some(letter) = letters.next() {
        let goes_on = letters
            .peek()
            .is_some_and(|next| next.is_alphanumeric() || matches!(next, '?' | '\u{FFFD}' | '□'));
        match letter {
            '\'' | '’' | '‘' | '`' | 'ʼ' | '´' | '\u{200C}' | '\u{200D}' | '\u{FEFF}' => {}
            // A hyphen that shows at the end of a line only, and marks that a PDF left beside.
            '\u{AD}' | '˜' | '¨' | '¸' | 'ˆ' | 'ˇ' => {}
            '?' | '\u{FFFD}' | '□' if !run.is_empty() || goes_on => run.push('?'),
            '¿' if !run.is_empty() && goes_on => run.push('?'),
            '-' | '‐' | '‑' | '–' => flush(&mut run, End::Hyphen, &mut runs),
            letter if letter.is_alphanumeric() || is_mark(letter) => run.push(letter),
            '.' => flush(&mut run, End::Dot, &mut runs),
            _ => flush(&mut run, End::Other, &mut runs),
        }
    }
    flush(&mut run, End::Other, &mut runs);
    runs
}

/// Marks that stand on a letter or make a syllable of it.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05C7}' | '\u{064B}'..='\u{0670}'
        | '\u{0900}'..='\u{0DFF}' | '\u{0E00}'..='\u{0EFF}' | '\u{102B}'..='\u{103E}'
        | '\u{1780}'..='\u{17FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &[&str]) {
        let found: Vec<String> = words(name).into_iter().map(|word| word.text).collect();
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn names_become_words() {
        check("María de los Ángeles Núñez-Peña", &["maria", "angeles", "nunez", "pena"]);
        check("Dr. Ludo van der Berg", &["ludo", "berg"]);
        check("O'Higgins, T.", &["ohiggins", "t"]);
        check("Bashir al-Khatib", &["bashir", "khatib"]);
        check("Abd al-Rahman", &["abdrahman"]);
        check("Luna, Pablo E.", &["luna", "pablo", "e"]);
        check("P. E. Luna", &["p", "e", "luna"]);
        check("Arriaga y Montes", &["arriaga", "montes"]);
        check("Thomas Luna Sr.", &["thomas", "luna", "sr"]);
        check("Sr. Luna", &["luna"]);
        check("عمر بن سالم", &["mr", "salm"]);
        check("Abdulrahman", &["abdrahman"]);
        check("Abdurrahman", &["abdrahman"]);
        check("عبد الرحمن", &["abdrehmn"]);
        check("de la", &["de", "la"]);
        check("😀", &[]);
        check("", &[]);
        check(&"a ".repeat(10_000), &["a"; MOST]);
    }
}
