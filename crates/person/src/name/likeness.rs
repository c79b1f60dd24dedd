//! How two words of names resemble each other.

use super::{
    damage::{self, Damage},
    known, nickname,
    sound::{bones, ear, sound},
    word::{Role, View, Vowels, Word},
};

habeas_model::words! {
    /// How two words agree, strongest first.
    Likeness {
        /// Letter by letter.
        Same = "same",
        /// The same, its letters broken by a computer on one side: misread, or lost.
        Encoding = "encoding",
        /// Written otherwise, heard alike; or one name in two scripts.
        Sound = "sound",
        /// Slips of the hand: letters changed, lost, added or swapped.
        Slip = "slip",
        /// A short form of it.
        Nickname = "nickname",
        /// Its first letter.
        Initial = "initial",
        /// Two words.
        Differs = "differs",
    }
}

/// How two words agree.
#[must_use]
pub fn likeness(a: &Word, b: &Word) -> Likeness {
    compare(a.view(), b.view())
}

/// The same over borrowed words.
#[must_use]
pub fn compare(a: View<'_>, b: View<'_>) -> Likeness {
    if a.text == b.text {
        let whole = a.damage == Damage::None && b.damage == Damage::None;
        return if whole { Likeness::Same } else { Likeness::Encoding };
    }
    if a.role == Role::Initial || b.role == Role::Initial {
        let (short, long) = if a.text.len() < b.text.len() { (a, b) } else { (b, a) };
        let begins = long.text.starts_with(short.text) || sounds_so(short, long);
        return if begins { Likeness::Initial } else { Likeness::Differs };
    }
    if a.vowels != b.vowels {
        return across_scripts(a, b);
    }
    damage::likeness(a, b).unwrap_or_else(|| within_script(a, b))
}

/// "J." for a name that is heard so: "Y." for "Ivan" is not caught, "C." for "Karim" is.
fn sounds_so(initial: View<'_>, long: View<'_>) -> bool {
    !initial.sound.starts_with('a') && long.sound.starts_with(initial.sound)
}

fn within_script(a: View<'_>, b: View<'_>) -> Likeness {
    let (x, y) = (a.text.as_bytes(), b.text.as_bytes());
    if of_the_other_sex(x, y) {
        return Likeness::Differs;
    }
    let longest = x.len().max(y.len());
    if a.vowels == Vowels::LeftOut {
        let slipped = longest > 7 && slips(x, y, 1).is_some();
        return if slipped { Likeness::Slip } else { Likeness::Differs };
    }
    // Vowels must agree for the most part: one skeleton covers names as far apart as "Mahmud" and
    // "Mohamed".
    let heard = a.sound == b.sound
        && !a.sound.is_empty()
        && slips(a.ear.as_bytes(), b.ear.as_bytes(), (longest / 4).min(2)).is_some();
    if heard && (longest > 6 || one_vowels(x, y) || !known::two_names(a.text, b.text)) {
        return Likeness::Sound;
    }
    if nickname::related(a.text, b.text) {
        return Likeness::Nickname;
    }
    if article_joined(a, b) {
        return Likeness::Sound;
    }
    let slipped = slips(x, y, slips_allowed(longest)).is_some();
    if slipped && !known::two_names(a.text, b.text) { Likeness::Slip } else { Likeness::Differs }
}

/// Whether two words have the same vowels, y for i: "Yesica" and "Jessica" are one name, "Elena" and
/// "Elina" are two.
fn one_vowels(x: &[u8], y: &[u8]) -> bool {
    let vowels = |word: &[u8]| -> Vec<u8> {
        let inner = word.iter().skip_while(|letter| **letter == b'y');
        let plain = inner.map(|letter| if *letter == b'y' { b'i' } else { *letter });
        plain.filter(|letter| b"aeiou".contains(letter)).collect()
    };
    vowels(x) == vowels(y)
}

/// By bones and glides, where one of the scripts leaves vowels out; by ear where it gives
/// syllables.
fn across_scripts(a: View<'_>, b: View<'_>) -> Likeness {
    if a.vowels == Vowels::ByEar || b.vowels == Vowels::ByEar {
        return by_ear(a, b);
    }
    if article_joined(a, b) {
        return Likeness::Sound;
    }
    let (abjad, other) = if a.vowels == Vowels::LeftOut { (a, b) } else { (b, a) };
    let (x, y) = (abjad.bones, other.bones);
    if abjad.text.contains('w') && bones(&abjad.text.replace('w', "v")) == y {
        return Likeness::Sound; // Vav and waw are v as well as o and u.
    }
    if x.is_empty() || y.is_empty() {
        let near = slips(a.text.as_bytes(), b.text.as_bytes(), 1).is_some();
        return if near { Likeness::Slip } else { Likeness::Differs };
    }
    let glides = glides_agree(abjad.text, other.text);
    if x == y && glides {
        return Likeness::Sound;
    }
    let longest = x.len().max(y.len());
    let allowed = usize::from(longest > 3 || (longest == 3 && glides)) + usize::from(longest > 5);
    let slipped = slips(x.as_bytes(), y.as_bytes(), allowed).is_some();
    let first = x.as_bytes()[0] == y.as_bytes()[0];
    if slipped && first { Likeness::Slip } else { Likeness::Differs }
}

/// Long vowels are written in every script: "Husayn" has its y where "Hasan" has none.
fn glides_agree(abjad: &str, other: &str) -> bool {
    // A last yaa is an ending of its own: "Hassani" has none within, "Husayni" has.
    let (abjad, other) = match abjad.strip_suffix('y') {
        Some(stem) if stem.len() > 1 => (stem, other.trim_end_matches(['i', 'e', 'y'])),
        _ => (abjad, other),
    };
    let inner = abjad.get(1..).unwrap_or_default();
    let has = |letters: &[char]| other.contains(letters);
    let long = |pairs: &[&str]| pairs.iter().any(|pair| other.contains(pair));
    !(inner.contains('y') && !has(&['i', 'e', 'y'])
        || inner.contains('w') && !has(&['o', 'u', 'w', 'v'])
        || long(&["ei", "ai", "ay", "ey", "ee"]) && !abjad.contains('y')
        || long(&["oo", "ou"]) && !abjad.contains('w'))
}

fn by_ear(a: View<'_>, b: View<'_>) -> Likeness {
    let unvoiced = |ear: &str| -> String {
        let letter = |letter| match letter {
            'b' => 'p',
            'd' => 't',
            'g' | 'j' | 'x' => 'k',
            other => other,
        };
        ear.chars().map(letter).collect()
    };
    let (x, y) = (unvoiced(a.ear), unvoiced(b.ear));
    let allowed = usize::from(x.len().max(y.len()) > 3);
    match slips(x.as_bytes(), y.as_bytes(), allowed) {
        Some(0) => Likeness::Sound,
        Some(_) => Likeness::Slip,
        None => Likeness::Differs,
    }
}

/// Slips that a word of so many letters may bear and still be the word.
#[must_use]
pub fn slips_allowed(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        8..=12 => 2,
        _ => 3,
    }
}

/// "Mario" and "Maria", "Luis" and "Luisa": one letter apart, and two people.
pub(super) fn of_the_other_sex(x: &[u8], y: &[u8]) -> bool {
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let Some(&last) = long.last() else { return false };
    if short.len() == long.len() {
        let stem = short.len().saturating_sub(1);
        let ends = [short.last().copied(), Some(last)];
        return short.len() > 2
            && short[..stem] == long[..stem]
            && (ends == [Some(b'a'), Some(b'o')] || ends == [Some(b'o'), Some(b'a')]);
    }
    long.len() == short.len() + 1
        && short.len() > 3
        && last == b'a'
        && long.starts_with(short)
        && !matches!(short.last(), Some(b'a' | b'e' | b'i' | b'o' | b'u' | b'h'))
}

/// "Alassad" for "Assad", "Elkadi" for "Qadi", "Benali" for "Ben Ali", "Delacruz" for "de la Cruz".
fn article_joined(a: View<'_>, b: View<'_>) -> bool {
    let (short, long) = if a.text.len() < b.text.len() { (a, b) } else { (b, a) };
    const JOINED: [(&str, usize); 5] = [("al", 4), ("el", 4), ("ben", 3), ("dela", 4), ("del", 4)];
    let bares = JOINED.iter().filter_map(|(article, least)| {
        let bare = long.text.strip_prefix(article)?;
        (bare.len() >= *least && short.text.len() >= *least).then_some(bare)
    });
    let heard = |bare: &str| sound(bare) == short.sound && ear(bare) == short.ear;
    bares.into_iter().any(|bare| *bare == *short.text || heard(bare))
}

/// Letters changed, lost, added or swapped with a neighbour (Damerau 1964, in the restricted form
/// of Boytsov 2011, section 2.2) between two ASCII words, if at most `most`.
#[must_use]
pub fn slips(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    if a.is_empty() || b.is_empty() {
        return Some(a.len().max(b.len()));
    }
    if most == 0 {
        return None;
    }
    const WIDEST: usize = 64;
    if a.len() >= WIDEST || b.len() >= WIDEST {
        return None;
    }
    let mut rows = [[0_u8; WIDEST]; 3];
    for (at, cell) in rows[0].iter_mut().enumerate().take(b.len() + 1) {
        *cell = at as u8;
    }
    for i in 1..=a.len() {
        let [above, last, row] = row_order(&mut rows, i);
        row[0] = i as u8;
        let mut least = row[0];
        for j in 1..=b.len() {
            let changed = last[j - 1] + u8::from(a[i - 1] != b[j - 1]);
            let mut cell = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cell = cell.min(above[j - 2] + 1);
            }
            row[j] = cell;
            least = least.min(cell);
        }
        if usize::from(least) > most {
            return None;
        }
    }
    let found = usize::from(rows[a.len() % 3][b.len()]);
    (found <= most).then_some(found)
}

/// The row two above, the row above and the row to be filled.
fn row_order(rows: &mut [[u8; 64]; 3], i: usize) -> [&mut [u8; 64]; 3] {
    let [zero, one, two] = rows;
    match i % 3 {
        0 => [one, two, zero],
        1 => [two, zero, one],
        _ => [zero, one, two],
    }
}

#[cfg(test)]
mod tests {
    use super::{super::words, *};

    #[track_caller]
    fn check(a: &str, b: &str, expected: Likeness) {
        assert_eq!(likeness(&words(a)[0], &words(b)[0]), expected, "{a} {b}");
        assert_eq!(likeness(&words(b)[0], &words(a)[0]), expected, "{b} {a}");
    }

    #[test]
    fn words_resemble() {
        check("José", "Jose", Likeness::Same);
        check("Giménez", "Jimenes", Likeness::Sound);
        check("Mohammed", "Muhamad", Likeness::Sound);
        check("Mahmoud", "Mohamed", Likeness::Differs);
        check("Mario", "Maria", Likeness::Differs);
        check("Luis", "Luisa", Likeness::Differs);
        check("Roberto", "Robetro", Likeness::Slip);
        check("Chuo", "Jesús", Likeness::Nickname);
        check("J", "José", Likeness::Initial);
        check("J", "Pedro", Likeness::Differs);
        check("Luna", "Lima", Likeness::Differs);
        check("خالد", "Khaled", Likeness::Sound);
        check("Иван", "Ivan", Likeness::Same);
    }

    #[test]
    fn slips_are_counted() {
        for (a, b, most, expected) in [
            ("abc", "abc", 0, Some(0)),
            ("abc", "acb", 1, Some(1)),
            ("abc", "xyz", 2, None),
            ("", "ab", 2, Some(2)),
            ("abcdef", "abdcefg", 2, Some(2)),
        ] {
            assert_eq!(slips(a.as_bytes(), b.as_bytes(), most), expected, "{a} {b}");
        }
    }
}
