//! Names and numbers made comparable: case, accents, particles, order.

use any_ascii::any_ascii;
use habeas_model::Mention;

/// Particles that lists drop as they please.
const PARTICLES: [&str; 9] = ["de", "del", "la", "las", "los", "y", "e", "da", "dos"];

/// Nicknames and the given name behind them, folded.
const NICKNAMES: [(&str, &str); 14] = [
    ("chuo", "jesus"),
    ("chucho", "jesus"),
    ("cheo", "jose"),
    ("pepe", "jose"),
    ("pancho", "francisco"),
    ("paco", "francisco"),
    ("nacho", "ignacio"),
    ("lucho", "luis"),
    ("toto", "antonio"),
    ("tono", "antonio"),
    ("memo", "guillermo"),
    ("beto", "alberto"),
    ("lupe", "guadalupe"),
    ("concha", "concepcion"),
];

/// A person's name in comparable parts, and the rest that pairs are compared by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Given names, folded.
    pub given: Vec<String>,
    /// Surnames, folded, particles dropped.
    pub surnames: Vec<String>,
    /// Digits of the identity number.
    pub number: String,
}

/// Lower-case ASCII words without particles.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    let plain = any_ascii(name).to_lowercase();
    let words =
        plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !PARTICLES.contains(word)).map(str::to_owned).collect()
}

/// The parts of a mention's name. Without columns, the Spanish custom is assumed: of four words the
/// last two are
/// surnames, of three also, of two the last.
#[must_use]
pub fn parts(mention: &Mention) -> Parts {
    let (given, surnames) = match (&mention.given, &mention.surnames) {
        (None, None) => split(words(mention.name.reveal())),
        (given, surnames) => {
            let of = |name: &Option<habeas_model::Name>| {
                name.as_ref().map(|n| words(n.reveal())).unwrap_or_default()
            };
            (of(given), of(surnames))
        }
    };
    let number = mention.number.as_ref().map_or("", |number| number.reveal());
    Parts {
        given: given.into_iter().map(formal).collect(),
        surnames,
        number: number.chars().filter(char::is_ascii_digit).collect(),
    }
}

fn split(mut words: Vec<String>) -> (Vec<String>, Vec<String>) {
    let given = match words.len() {
        0 | 1 => words.len(),
        2 | 3 => 1,
        n => n - 2,
    };
    let surnames = words.split_off(given);
    (words, surnames)
}

fn formal(word: String) -> String {
    NICKNAMES.iter().find(|(nick, _)| *nick == word).map_or(word, |(_, name)| (*name).to_owned())
}

/// A key that survives how Spanish names are misheard: b/v, s/z/c, ll/y/i, qu/k/c, g/j, silent h,
/// double letters.
#[must_use]
pub fn sound(word: &str) -> String {
    let eased = word.replace("ll", "y").replace("qu", "k").replace('h', "");
    let mut key = String::new();
    for letter in eased.chars() {
        let heard = match letter {
            'v' => 'b',
            'z' | 'c' => 's',
            'y' => 'i',
            'j' => 'g',
            'q' => 'k',
            other => other,
        };
        if !key.ends_with(heard) {
            key.push(heard);
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold() {
        assert_eq!(words("María de los Ángeles Núñez-Peña"), ["maria", "angeles", "nunez", "pena"]);
        assert_eq!(split(words("Ciro Luna")), (vec!["ciro".to_owned()], vec!["luna".to_owned()]));
        for (a, b) in [
            ("Giménez", "Jiménez"),
            ("Vásquez", "Basquez"),
            ("Yánez", "Llanes"),
            ("Hernández", "Ernandes"),
        ] {
            assert_eq!(sound(&words(a)[0]), sound(&words(b)[0]), "{a} {b}");
        }
    }
}
