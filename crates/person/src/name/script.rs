//! Any script becomes plain Latin letters: what readers of two alphabets would write for one name.
//!
//! `any_ascii` does the bulk. What it does badly for names is folded before it: Arabic letters that
//! stand for each other, Hebrew vav, Greek pairs of letters, Burmese syllables.

use any_ascii::any_ascii;

/// How a script writes vowels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vowels {
    /// Written, as in Latin, Cyrillic and Greek.
    Written,
    /// Mostly left out, as in Arabic, Persian and Hebrew.
    LeftOut,
    /// A syllable a sign, transliterated by ear: Chinese, Korean, Burmese and others.
    ByEar,
}

/// Lower-case ASCII for a run of letters without spaces, syllables of Chinese, Korean and Burmese
/// apart from each other by spaces, and how its script writes vowels. `persian`: whether the name
/// has letters that Arabic lacks.
#[must_use]
pub fn latin(run: &str, persian: bool) -> (String, Vowels) {
    let Some(first) = run.chars().find(|letter| !letter.is_ascii()) else {
        return (run.to_ascii_lowercase(), Vowels::Written);
    };
    match first {
        '\u{0590}'..='\u{05FF}' => (hebrew(run), Vowels::LeftOut),
        '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FEFC}' => {
            (arabic(run, persian), Vowels::LeftOut)
        }
        '\u{1000}'..='\u{109F}' => (burmese(run), Vowels::ByEar),
        '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => (greek(run), Vowels::Written),
        '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' => {
            (syllables(run), Vowels::ByEar)
        }
        '\u{0900}'..='\u{0DFF}' | '\u{0E00}'..='\u{0EFF}' | '\u{1780}'..='\u{17FF}' => {
            (any_ascii(run).to_ascii_lowercase(), Vowels::LeftOut)
        }
        _ => (any_ascii(run).to_ascii_lowercase(), Vowels::Written),
    }
}

/// Which letters of a Latin word were written with a mark, or are no letters of ASCII: a bit each.
/// `text` is the word folded; 0 where it is not simply the letters of `run`.
#[must_use]
pub fn marks(run: &str, text: &str) -> u32 {
    let latin = |letter: char| {
        letter < '\u{250}'
            || ('\u{300}'..='\u{36f}').contains(&letter)
            || ('\u{1e00}'..='\u{1eff}').contains(&letter)
    };
    if run.is_ascii() || text.len() > 32 || !run.chars().all(latin) {
        return 0;
    }
    let (mut marks, mut at) = (0_u32, 0_usize);
    for letter in run.chars() {
        let letters = if letter.is_ascii() { 1 } else { any_ascii::any_ascii_char(letter).len() };
        // A mark of its own stands on the letter before it.
        let from = if letters == 0 { at.saturating_sub(1) } else { at };
        let upto = (from + letters.max(1)).min(32);
        if !letter.is_ascii() {
            marks |= (from.min(32)..upto).fold(0, |bits, place| bits | 1 << place);
        }
        at += letters;
    }
    if at == text.len() { marks } else { 0 }
}

/// Whether a name is written with the letters of Persian: some of its others are heard otherwise.
#[must_use]
pub fn is_persian(name: &str) -> bool {
    !name.is_ascii() && name.contains(['ی', 'ک', 'پ', 'چ', 'ژ', 'گ'])
}

/// Alef with or without hamza, yaa and alef maqsura, taa marbuta and haa, Persian and Arabic kaf
/// are each one letter; marks and the joined article are dropped.
fn arabic(run: &str, persian: bool) -> String {
    let mut plain = String::new();
    for letter in run.chars() {
        let folded = match letter {
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' | 'ئ' | 'ی' | 'ي' => 'ي',
            'ة' | 'ه' | 'ۀ' | 'ە' => 'ه',
            'ؤ' => 'و',
            'ک' => 'ك',
            'ء' | 'ـ' | '\u{064B}'..='\u{0652}' | '\u{0670}' | '\u{200C}' | '\u{200D}' => {
                continue;
            }
            other => other,
        };
        plain.push(folded);
    }
    let bare = plain.strip_prefix("ال").filter(|rest| rest.chars().count() > 2);
    let mut out = String::new();
    for letter in bare.unwrap_or(&plain).chars() {
        match letter {
            'ا' => out.push('a'),
            'ع' => {}
            'و' => out.push('w'),
            'ي' => out.push('y'),
            'ه' | 'ح' => out.push_str("eh"), // Not a digraph with the letter before it.
            'ض' | 'ذ' if persian => out.push('z'),
            'ث' if persian => out.push('s'),
            other => out.push_str(any_ascii::any_ascii_char(other)),
        }
    }
    out.to_ascii_lowercase()
}

fn hebrew(run: &str) -> String {
    let letter = |letter: char| match letter {
        'א' | 'ע' => "a",
        'ב' => "b",
        'ו' => "w",
        'ה' | 'ח' => "eh",
        'כ' | 'ך' | 'ק' => "k",
        'פ' | 'ף' => "p",
        'צ' | 'ץ' => "ts",
        'ש' => "sh",
        '\u{0591}'..='\u{05C7}' => "",
        other => any_ascii::any_ascii_char(other),
    };
    run.chars().map(letter).collect::<String>().to_ascii_lowercase()
}

/// Mu-pi and nu-tau at the beginning are b and d, gamma-kappa is g; upsilon after a vowel is
/// u or v.
fn greek(run: &str) -> String {
    let plain = any_ascii(run).to_ascii_lowercase();
    let plain = plain.replace("oy", "ou").replace("ay", "av").replace("ey", "ev");
    for (pair, heard) in [("mp", "b"), ("nt", "d"), ("gk", "g")] {
        if let Some(rest) = plain.strip_prefix(pair) {
            return format!("{heard}{rest}");
        }
    }
    plain
}

/// One sign a syllable; `any_ascii` begins each with a capital.
fn syllables(run: &str) -> String {
    let mut out = String::new();
    for letter in run.chars() {
        if !out.is_empty() && !matches!(letter, '\u{3040}'..='\u{30FF}') {
            out.push(' ');
        }
        out.push_str(any_ascii::any_ascii_char(letter));
    }
    out.to_ascii_lowercase()
}

/// Burmese by syllables, as passports write them: consonant, medials, vowel, final.
fn burmese(run: &str) -> String {
    let letters: Vec<char> = run.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < letters.len() {
        let (syllable, next) = burmese_syllable(&letters, at);
        if !out.is_empty() && !syllable.is_empty() {
            out.push(' ');
        }
        out.push_str(&syllable);
        at = next;
    }
    out
}

fn burmese_syllable(letters: &[char], start: usize) -> (String, usize) {
    let is_base = |letter: char| matches!(letter, '\u{1000}'..='\u{102A}' | '\u{103F}');
    let mut end = start + 1;
    while end < letters.len() {
        let killed = letters.get(end + 1) == Some(&'\u{103A}');
        if is_base(letters[end]) && !killed {
            break;
        }
        end += 1;
    }
    let (mut onset, mut vowel, mut last) = (burmese_base(letters[start]).to_owned(), "", "");
    let mut open = false;
    for (nth, &letter) in letters[start + 1..end].iter().enumerate() {
        match letter {
            '\u{103B}' | '\u{103C}' => onset.push('y'),
            '\u{103D}' => onset.push('w'),
            '\u{103E}' => onset.insert(0, 'h'),
            '\u{102B}' | '\u{102C}' if vowel == "e" => vowel = "aw",
            '\u{102B}' | '\u{102C}' => (vowel, open) = ("a", true),
            '\u{102D}' | '\u{102E}' => vowel = "i",
            '\u{102F}' if vowel == "i" => vowel = "o",
            '\u{102F}' | '\u{1030}' => vowel = "u",
            '\u{1031}' | '\u{1032}' => vowel = "e",
            '\u{1036}' => last = "n",
            other if is_base(other) && letters.get(start + nth + 2) == Some(&'\u{103A}') => {
                last = burmese_final(other);
            }
            _ => {}
        }
    }
    let vowel = match (vowel, last) {
        ("aw", "ng") => "au",
        ("o", "ng") => "ai",
        ("", "i") => "",
        ("", _) => "a",
        (vowel, _) => vowel,
    };
    let (vowel, last) = match (vowel, last) {
        ("a", "ng") if !open => ("i", "n"),
        ("o", "") => ("oe", ""),
        other => other,
    };
    let onset = if onset == "a" && !vowel.is_empty() { "" } else { &onset };
    (format!("{onset}{vowel}{last}"), end)
}

fn burmese_base(letter: char) -> &'static str {
    match letter {
        'က' => "k",
        'ခ' => "kh",
        'ဂ' | 'ဃ' => "g",
        'င' => "ng",
        'စ' | 'ဆ' => "s",
        'ဇ' | 'ဈ' => "z",
        'ဉ' | 'ည' => "ny",
        'တ' | 'ထ' | 'ဋ' | 'ဌ' => "t",
        'ဒ' | 'ဓ' | 'ဍ' | 'ဎ' => "d",
        'န' | 'ဏ' => "n",
        'ပ' | 'ဖ' => "p",
        'ဗ' | 'ဘ' => "b",
        'မ' => "m",
        'ယ' | 'ရ' => "y",
        'လ' | 'ဠ' => "l",
        'ဝ' => "w",
        'သ' => "th",
        'ဟ' => "h",
        'အ' => "a",
        other => any_ascii::any_ascii_char(other),
    }
}

fn burmese_final(letter: char) -> &'static str {
    match letter {
        'င' => "ng",
        'န' | 'မ' | 'ဏ' => "n",
        'က' => "k",
        'တ' | 'စ' => "t",
        'ပ' => "p",
        'ည' | 'ဉ' | 'ယ' => "i",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(run: &str, expected: &str) {
        assert_eq!(latin(run, is_persian(run)).0, expected, "{run}");
    }

    #[test]
    fn scripts_become_latin() {
        check("Núñez", "nunez");
        check("الأسد", "asd");
        check("فاطمة", "fatmeh");
        check("علی", "ly");
        check("Александр", "aleksandr");
        check("Μπάμπης", "bampis");
        check("דוד", "dwd");
        check("习近平", "xi jin ping");
        check("အောင်ဆန်းစုကြည်", "aung san su kyi");
        check("", "");
    }

    #[test]
    fn marked_letters_are_told() {
        for (run, expected) in [
            ("Núñez", 0b00110),
            ("Nunez", 0),
            ("nu\u{0301}n\u{0303}ez", 0b00110),
            ("Straße", 0b0110000),
            ("Иван", 0),
            ("", 0),
        ] {
            assert_eq!(marks(run, &latin(run, false).0), expected, "{run}");
        }
    }
}
