//! What was broken finds what it was, and nothing else.

use super::{
    super::{Likeness, Rarity, likeness::likeness, odds, words},
    *,
};
use proptest::prelude::*;

fn how(broken: &str, whole: &str) -> Likeness {
    let (x, y) = (words(broken), words(whole));
    odds(&x, &y, &Rarity::default())
        .alignment
        .pairs
        .first()
        .map_or(Likeness::Differs, |one| one.likeness)
}

#[track_caller]
fn check(broken: &str, whole: &str) {
    assert_eq!(how(broken, whole), Likeness::Encoding, "{broken} {whole}");
    assert_eq!(how(whole, broken), Likeness::Encoding, "{whole} {broken}");
}

#[test]
fn misread_names_are_read_back() {
    for (broken, whole) in [
        ("RodrÃ\u{ad}guez", "Rodríguez"),
        ("MuÃ±oz", "Muñoz"),
        ("MUÃ‘OZ", "Muñoz"),
        ("Ã\u{81}lvarez", "Álvarez"),
        ("RodrÃƒÂ\u{ad}guez", "Rodríguez"),
        ("RodrÃƒÆ’Ã‚Â\u{ad}guez", "Rodríguez"),
        ("Mu├▒oz", "Muñoz"),
        ("Mu√±oz", "Muñoz"),
        ("MuĂ±oz", "Muñoz"),
        ("PE¥A", "Peña"),
        ("Rodr¡guez", "Rodríguez"),
        ("P‚rez", "Pérez"),
        ("Mu±oz", "Muñoz"),
        ("Rodrφguez", "Rodríguez"),
        ("RodrÝguez", "Rodríguez"),
        ("MuÒoz", "Muñoz"),
        ("Mu&ntilde;oz", "Muñoz"),
        ("Mu&#241;oz", "Muñoz"),
        ("Mu&#xF1;oz", "Muñoz"),
        ("Mu&amp;ntilde;oz", "Muñoz"),
        ("Mu\\u00f1oz", "Muñoz"),
        ("Mu%C3%B1oz", "Muñoz"),
        ("Mu=F1oz", "Muñoz"),
        ("Ð˜Ð²Ð°Ð½Ð¾Ð²", "Иванов"),
        ("Èâàíîâ", "Иванов"),
        ("РњР°СЂРёСЏ", "Мария"),
        ("Ù…Ø\u{ad}Ù…Ø¯", "محمد"),
        ("Å\u{81}ukasz", "Łukasz"),
    ] {
        check(broken, whole);
    }
}

#[test]
fn lost_letters_are_found_again() {
    for (broken, whole) in [
        ("Mu?oz", "Muñoz"),
        ("Mu\u{fffd}oz", "Muñoz"),
        ("Mu\u{fffd}\u{fffd}oz", "Muñoz"),
        ("N??ez", "Núñez"),
        ("?lvarez", "Álvarez"),
        ("MarÃa", "María"),
        ("MarÃ?a", "María"),
        ("Ãlvarez", "Álvarez"),
        ("Jos?", "José"),
        ("Jos?", "Jose"),
        ("Mu oz", "Muñoz"),
        ("Mart nez", "Martínez"),
        ("Mart nez", "Martinez"),
        ("Pe a", "Peña"),
        ("Gonz\u{a0}lez", "González"),
        ("Jes·s", "Jesús"),
        ("Muoz", "Muñoz"),
        ("Nez", "Núñez"),
    ] {
        check(broken, whole);
    }
}

/// Two people stay two, whatever a hole could hide.
#[test]
fn a_hole_makes_no_two_names_one() {
    for (a, b) in [
        ("Mar?a", "Marta"),
        ("Mar?o", "María"),
        ("Mari?", "Mario"),
        ("Mari?", "Maria"),
        ("Juan?", "Juana"),
        ("Luis?", "Luisa"),
        ("Antoni?", "Antonia"),
        ("Manuel?", "Manuela"),
        ("Mara", "María"),
        ("Mu?oz", "Mújoz"),
        ("Lu?a", "Lucha"),
        ("????", "José"),
        ("Ca?a", "Casa"),
        ("Pe?a", "Perla"),
    ] {
        assert_ne!(how(a, b), Likeness::Encoding, "{a} {b}");
        assert_ne!(how(a, b), Likeness::Same, "{a} {b}");
    }
}

/// What stands in names without damage stays as it is.
#[test]
fn whole_names_are_left_alone() {
    for name in [
        "José Núñez-Peña",
        "JOSÉ NÚÑEZ PEÑA",
        "JosÉ GarcÍa",
        "João Conceição Guimarães",
        "JOÃO CONCEIÇÃO MAGALHÃES",
        "O’Higgins “Pepe” Müller",
        "Łukasz Wiśniewski",
        "Đặng Văn Minh",
        "Nguyễn Thị Hương",
        "Μπάμπης Ντίνος",
        "Иванов Пётр",
        "محمد حسن",
        "习近平",
        "Þórdís Æsa",
        "Núñez\u{a0}Peña",
        "PEÑ’A",
        "Gal·la",
        "1º Peña",
    ] {
        assert_eq!(repaired(name), None, "{name}");
    }
}

proptest! {
    /// What UTF-8 read as Windows text has done to a Spanish name is undone, once or twice over.
    #[test]
    fn utf_8_comes_back(name in "[A-Z][a-záéíóúñü]{2,9} [A-ZÁÉÍÓÚÑ][a-záéíóúñü]{2,9}", twice: bool) {
        let misread = |name: &str| -> String {
            name.bytes().map(|byte| page::Page::Western.letter(byte)).collect()
        };
        let broken = if twice { misread(&misread(&name)) } else { misread(&name) };
        if broken != name {
            prop_assert_eq!(repaired(&broken), Some(name));
        }
    }

    /// Whatever is there: no panic, and not more than a few times its length.
    #[test]
    fn anything_is_looked_at(name in "\\PC{0,80}") {
        if let Some(read) = repaired(&name) {
            prop_assert!(read.len() <= 4 * name.len());
        }
        prop_assert!(words(&name).iter().all(|word| likeness(word, word) <= Likeness::Encoding));
    }

    /// A hole is no other name of the commonest: of two known given names one never fits both ways.
    #[test]
    fn known_names_stay_apart(at in 0_usize..4000, place in 0_usize..8) {
        let known: Vec<&str> = include_str!("../known.txt").split_whitespace().collect();
        let name = known[at % known.len()];
        let place = place % name.len();
        let holed = format!("{}?{}", &name[..place], &name[place + 1..]);
        let x = words(&holed);
        prop_assume!(x.len() == 1);
        // A vowel of one sex or the other is never filled in by guess.
        for other in known.iter().filter(|other| **other != name && other.len() == name.len()) {
            let y = words(other);
            let sexes = super::super::likeness::of_the_other_sex(name.as_bytes(), other.as_bytes());
            if sexes && y.len() == 1 {
                prop_assert_ne!(likeness(&x[0], &y[0]), Likeness::Encoding);
            }
        }
    }
}
