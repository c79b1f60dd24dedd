//! Two names, a line each, as computers and scribes break them.

use habeas_person::name::{Rarity, Word, damage, odds, words};

/// Names in several scripts, damaged and whole.
pub const SEEDS: [&str; 8] = [
    "José Luis Luna Prado\nLuna Prado, J. L.",
    "Jos\u{c3}\u{a9} Nu\u{c3}\u{b1}ez\nJosé Nuñez",
    "Jos? Nu\u{fffd}ez\nJOSE NUNEZ",
    "Jos&eacute; Nu&#241;ez\nJos\\u00e9 Nu=F1ez",
    "Jos%C3%A9 Pe\u{c3}\u{192}\u{c2}\u{b1}a\nJosé Peña",
    "\u{41c}\u{438}\u{43b}\u{43e} \u{41b}\u{443}\u{43d}\u{430}\nMilo Luna",
    "\u{645}\u{64a}\u{644}\u{648} \u{639}\u{628}\u{62f} \u{627}\u{644}\u{644}\u{647}\nMilo Abdullah",
    "de la O, María-José jr.\nMaria Jose de la O II",
];

/// Each name is mended within bounds, two names weigh the same from either side, and a name is no
/// stranger to itself.
pub fn pair(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (left, right) = text.split_once('\n').unwrap_or((&text, &text));
    let (a, b) = (read(left), read(right));
    let rarity = Rarity::default();
    let there = odds(&a, &b, &rarity);
    let back = odds(&b, &a, &rarity);
    assert!(there.weight.is_finite() && (0.0..=1.0).contains(&there.p), "{there:?}");
    assert!((there.weight - back.weight).abs() < 1e-9, "{there:?} {back:?}");
    let own = odds(&a, &a, &rarity);
    assert!(own.alignment.only_left.is_empty() && own.alignment.only_right.is_empty(), "{own:?}");
    let _ = there.alignment.shown(&a, &b);
}

fn read(name: &str) -> Vec<Word> {
    if let Some(mended) = damage::repaired(name) {
        assert!(mended.chars().count() <= name.chars().count() * 3, "a repair that grows");
    }
    let words = words(name);
    let ascii = |word: &Word| word.text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'?');
    assert!(words.iter().all(|word| !word.text.is_empty() && ascii(word)));
    words
}
