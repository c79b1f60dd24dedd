//! What is typed finds whom it means, whatever is wrong with it.

use super::*;
use habeas_model::MentionId;
use proptest::prelude::*;

const NAMES: [&str; 14] = [
    "Milo Andrés Escandón Prado",
    "Ciro Escandón Prado",
    "Adela Belandria Toro",
    "José Luis Giménez Núñez",
    "José Giménez",
    "Jesús Alberto Vásquez Luna",
    "Francisco Javier Iturriaga Ríos",
    "María de los Ángeles Quijano",
    "Xi Jinping",
    "习近平",
    "خالد السرى",
    "Иван Петров",
    "Abd al-Rahman Haddad",
    "Mario Lunar Toro",
];

fn id(n: u64) -> PersonId {
    PersonId::from(MentionId::from_bits(n))
}

fn index() -> Search {
    let pairs = NAMES.iter().enumerate().map(|(at, name)| (id(at as u64 + 1), *name));
    Search::new(pairs)
}

/// The first person found is the one of this row (from 1).
#[track_caller]
fn check(typed: &str, expected: u64) {
    let hits = index().search(typed, 5);
    let found: Vec<u64> = hits.iter().map(|hit| hit.person.bits()).collect();
    assert_eq!(found.first(), Some(&expected), "{typed}: {found:?}");
}

#[test]
fn a_name_is_found_as_it_is_typed() {
    check("mil", 1);
    check("milo e", 1);
    check("escandón prado, milo", 1);
    check("Escandon Prado Ciro", 2);
    check("belan", 3);
    check("ADELA BELANDRIA", 3);
    check("angeles quijano", 8);
}

#[test]
fn a_name_is_found_with_what_is_wrong_with_it() {
    check("Jose L. Gimenez Nunez", 4);
    check("jose jimenes ", 5);
    check("Chuo Vasquez", 6);
    check("Pancho Yturriaga", 7);
    check("Milo Escanodn", 1);
    check("Belandira", 3);
    check("Belxnd", 3);
    check("Mariangeles Kijano", 8);
    check("Abdurrahman Hadad", 13);
    check("Jinping Xi", 9);
}

#[test]
fn a_name_is_found_across_scripts() {
    check("Khaled", 11);
    check("Ivan Petrov", 12);
    check("Хосе Хименес", 5);
    let both: Vec<u64> =
        index().search("Xi Jin Ping", 5).iter().map(|hit| hit.person.bits()).collect();
    assert!(both.contains(&9) && both.contains(&10), "{both:?}");
}

#[test]
fn what_matched_is_told() {
    let hits = index().search("Chuo Vasques Perez", 1);
    let told: Vec<(&str, &str, How)> = hits[0]
        .matched
        .iter()
        .map(|one| (one.typed.reveal(), one.found.reveal(), one.how))
        .collect();
    let expected = [("chuo", "jesus", How::Nickname), ("vasques", "vasquez", How::Sound)];
    assert_eq!((told.as_slice(), hits[0].unanswered), (&expected[..], 1));
    assert!(!format!("{hits:?}").contains("vasq"), "a hit prints no name");
}

#[test]
fn the_second_surname_is_left_out_and_not_the_first() {
    let names = ["Milo Toro Prado", "Milo Prado Toro", "Adela Luna Toro", "Ciro Quijano Prado"];
    let search = Search::new(names.iter().zip(1..).map(|(name, n)| (id(n), *name)));
    let found = |typed: &str| search.search(typed, 1)[0].person;
    assert_eq!((found("milo prado"), found("toro, milo")), (id(2), id(1)));
    assert_eq!(found("prado ciro"), id(4));
}

#[test]
fn nothing_finds_nobody() {
    for typed in ["", " ", "😀", "zzzzzz", "jzzzzzz"] {
        assert_eq!(index().search(typed, 5), [], "{typed}");
    }
    assert_eq!(Search::new(Vec::<(PersonId, String)>::new()).search("Milo", 5), []);
    assert_eq!(index().search("Milo", 0), []);
}

#[test]
fn a_person_of_many_names_is_found_once() {
    let names = ["Milo Escandón", "Milo Escandon", "Escandón Prado, Milo"];
    let search = Search::new(names.map(|name| (id(1), name)));
    assert_eq!(search.len(), 2, "one name in two spellings of its accents");
    assert_eq!(search.search("milo escandon", 9).len(), 1);
}

proptest! {
    /// Whatever is typed: no panic, at most as many as asked, once each, in order.
    #[test]
    fn anything_can_be_typed(typed in "\\PC{0,40}", most in 0_usize..6) {
        let hits = index().search(&typed, most);
        prop_assert!(hits.len() <= most);
        prop_assert!(hits.windows(2).all(|two| two[0].weight >= two[1].weight));
        let persons: HashSet<_> = hits.iter().map(|hit| hit.person).collect();
        prop_assert_eq!(persons.len(), hits.len());
    }

    /// Every name finds its person, in whatever order its words are typed.
    #[test]
    fn every_name_finds_itself(at in 0..NAMES.len(), turn in 0_usize..4) {
        let mut typed: Vec<&str> = NAMES[at].split(' ').collect();
        let by = turn % typed.len();
        typed.rotate_left(by);
        let hits = index().search(&typed.join(" "), 3);
        prop_assert!(hits.iter().any(|hit| hit.person == id(at as u64 + 1)));
    }
}
