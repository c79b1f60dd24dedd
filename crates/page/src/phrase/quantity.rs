//! A quantity said as vaguely as its speaker said it.

use crate::{Lang, word, words};
use habeas_model::Quantity;

/// A number with the separators of the language: 1,687 or 1.687.
#[must_use]
pub fn number(n: u64, lang: Lang) -> String {
    let separator = match lang {
        Lang::En => ',',
        Lang::Es => '.',
    };
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 4);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A difference with its sign: +12, −3.
#[must_use]
pub fn signed(n: i64, lang: Lang) -> String {
    let sign = match n {
        0 => "",
        1.. => "+",
        _ => "\u{2212}",
    };
    format!("{sign}{}", number(n.unsigned_abs(), lang))
}

/// A figure that may be a difference: 12, −3.
#[must_use]
pub fn signed_plain(n: i64, lang: Lang) -> String {
    if n < 0 { signed(n, lang) } else { number(n.unsigned_abs(), lang) }
}

/// The quantity in words (invariant 3): "about 50", "más de 400", “significant number”.
#[must_use]
pub fn quantity(said: &Quantity, lang: Lang) -> String {
    let n = |n: u32| number(n.into(), lang);
    let key = format!("quantity-{}", said.mode());
    match said {
        Quantity::Exact(0) => word(lang, "quantity-none"),
        Quantity::Exact(of) => n(*of),
        Quantity::About(of)
        | Quantity::AtLeast(of)
        | Quantity::MoreThan(of)
        | Quantity::AtMost(of)
        | Quantity::FewerThan(of) => words(lang, &key, &[("n", &n(*of))]),
        Quantity::Between { low, high, .. } => {
            words(lang, &key, &[("low", &n(*low)), ("high", &n(*high))])
        }
        Quantity::Vague { word, .. } => words(lang, &key, &[("word", word)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: &Quantity, en: &str, es: &str) {
        assert_eq!([quantity(said, Lang::En), quantity(said, Lang::Es)], [en, es]);
    }

    #[test]
    fn a_quantity_stays_as_vague_as_it_was_said() {
        check(&Quantity::Exact(1687), "1,687", "1.687");
        check(&Quantity::Exact(0), "none", "ninguno");
        check(&Quantity::About(50), "about 50", "unos 50");
        check(&Quantity::MoreThan(400), "more than 400", "más de 400");
        check(&Quantity::AtLeast(5), "at least 5", "al menos 5");
        check(&Quantity::AtMost(12), "at most 12", "como máximo 12");
        check(&Quantity::FewerThan(30), "fewer than 30", "menos de 30");
        check(&Quantity::between(40, 50).unwrap(), "between 40 and 50", "entre 40 y 50");
        check(&Quantity::vague("dozens", Some(24)), "“dozens”", "“dozens”");
    }

    #[test]
    fn separators_stand_every_three_digits() {
        for (n, en) in [(7, "7"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(number(n, Lang::En), en);
        }
        assert_eq!(
            (signed(-3, Lang::En), signed(0, Lang::En), signed(1200, Lang::Es)),
            ("−3".into(), "0".into(), "+1.200".into())
        );
    }
}
