//! What holds of every run of the engine, whatever the table.

use super::{Decided, Failed, Linked, Notice, Ready, link};
use crate::table::{Block, Column, Compare, Kind, LinkSettings, Table, guess};
use proptest::prelude::*;

pub(super) fn table(headings: &[&str], rows: &[Vec<String>]) -> Table {
    let mut columns: Vec<Column> = headings.iter().map(|heading| Column::new(heading)).collect();
    for row in rows {
        row.iter().zip(&mut columns).for_each(|(value, column)| column.push(value));
    }
    Table { columns, ..Table::default() }
}

fn run(table: &Table, settings: &LinkSettings) -> Result<Linked, Failed> {
    link(table, settings, &|_| ())
}

/// Two hundred invented persons, each written twice, the second time with a slip.
pub(super) fn twice() -> Table {
    let given = ["Ciro", "Milo", "Adela", "Elias", "Nohelia", "Gonzalo", "Yusmary", "Hernan"];
    let surnames = ["Luna", "Prado", "Escandon", "Figueredo", "Belandria", "Quijano", "Toro"];
    let mut rows = Vec::new();
    for n in 0..200_usize {
        let (g, s, t) = (given[n % 8], surnames[n / 3 % 7], surnames[n / 7 % 7]);
        let born = format!("19{:02}-{:02}-{:02}", 50 + n % 40, 2 + n % 11, 2 + n % 26);
        let number = (10_000_000 + n * 37_813).to_string();
        rows.push(vec![
            (2 * n).to_string(),
            g.into(),
            format!("{s} {t}"),
            born.clone(),
            number.clone(),
        ]);
        let slipped = format!("{}e", &g[..g.len() - 1]);
        rows.push(vec![(2 * n + 1).to_string(), slipped, s.into(), born, number]);
    }
    table(&["id", "given", "surnames", "dob", "cedula"], &rows)
}

#[test]
fn doubles_are_found_without_labels() {
    let table = twice();
    let linked = run(&table, &guess(&table)).unwrap();
    assert_eq!(linked.sizes(), [0, 200]);
    assert!(linked.persons.chunks(2).all(|two| two[0] == two[1]));
    assert!(linked.unlinkable(0.95) < 0.01);
}

/// Two rows beside the two hundred persons: what p has the pair, and is it one person?
#[track_caller]
fn check(left: [&str; 4], right: [&str; 4], p: std::ops::Range<f64>, one: bool) {
    let mut table = twice();
    for (id, row) in [("x", left), ("y", right)] {
        let cells = [&[id][..], &row].concat();
        cells.iter().zip(&mut table.columns).for_each(|(value, column)| column.push(value));
    }
    let linked = run(&table, &guess(&table)).unwrap();
    let pair = linked.pairs.iter().find(|pair| (pair.left, pair.right) == (400, 401));
    let found = pair.map_or(0.0, super::Pair::p);
    assert!(p.contains(&found), "{found}");
    assert_eq!(linked.persons[400] == linked.persons[401], one, "{found}");
}

#[test]
fn relatives_and_namesakes_are_not_one() {
    let father = ["Ramiro", "Urquiola Zafra", "1950-03-05", "3111222"];
    let slip = ["Ramiro", "Urkiola Zafra", "1950-03-05", "3111222"];
    check(father, slip, 0.99..1.1, true);
    let son = ["Ramiro", "Urquiola Zafra", "1979-11-21", ""];
    check(father, son, 0.0..0.5, false);
    // Twins: registered together, born together, surnames and all.
    let twin = ["Octavio", "Urquiola Zafra", "1950-03-05", "3111223"];
    check(father, twin, 0.0..0.9, false);
    let bare = |given| [given, "Urquiola Zafra", "1950-03-05", ""];
    check(bare("Ramiro"), bare("Octavio"), 0.0..1.0, false);
}

#[test]
fn one_thread_and_many_say_the_same() {
    let table = twice();
    let of = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let linked = pool.install(|| run(&table, &guess(&table)).unwrap());
        (linked.pairs, linked.persons)
    };
    assert_eq!(of(1), of(4));
}

#[test]
fn a_table_of_which_much_was_let_go_links_the_same() {
    let whole = twice();
    let (settings, mut lean) = (guess(&whole), whole.clone());
    let linked = run(&whole, &settings).unwrap();
    let ready = Ready::lean(&mut lean, &settings, &|_| ()).unwrap();
    let again = ready.link(&lean, &settings, &Decided::default(), None, &|_| ()).unwrap();
    let again = again.held().unwrap();
    assert_eq!((again.pairs, again.persons), (linked.pairs, linked.persons));
    assert_eq!((again.notices, again.met), (linked.notices, linked.met));
    assert!(lean.bytes() < whole.bytes() / 2 && lean.rows() == whole.rows());
    let id = lean.column(settings.id.as_ref().unwrap()).unwrap();
    assert!((0..whole.rows()).all(|row| lean.columns[id].get(row) == whole.columns[id].get(row)));
}

#[test]
fn nothing_and_one_row_are_told() {
    for rows in [vec![], vec![vec!["1".to_owned(), "Ciro Luna".to_owned()]]] {
        let table = table(&["id", "name"], &rows);
        let compare = vec![Compare { column: "name".into(), kind: Kind::Name, crossed_with: None }];
        let block = vec![Block { keys: vec!["words.two".into()], most: 50 }];
        let settings = LinkSettings { compare, block, within_lists: true, ..guess(&table) };
        let linked = run(&table, &settings).unwrap();
        assert!(linked.notices.contains(&Notice::NothingToLink));
        assert_eq!((linked.pairs.len(), linked.persons.len()), (0, rows.len()));
    }
}

#[test]
fn a_column_of_equal_values_is_bounded_and_told() {
    let rows: Vec<Vec<String>> =
        (0..6_000).map(|n| vec![n.to_string(), "Ciro Luna".into(), (n % 7).to_string()]).collect();
    let table = table(&["id", "name", "state"], &rows);
    let mut settings = guess(&table);
    settings.compare.push(Compare { column: "name".into(), kind: Kind::Name, crossed_with: None });
    settings.block = vec![Block { keys: vec!["name".into()], most: 100 }];
    let linked = run(&table, &settings).unwrap();
    assert!(linked.pairs.is_empty());
    let left = |notice: &Notice| matches!(notice, Notice::BlocksLeft { largest: 6_000, .. });
    assert!(linked.notices.iter().any(left));
}

/// A million rows of one name and one place: every block is all of them, and none is compared.
#[test]
fn a_million_equal_values_are_bounded_and_told() {
    let columns = ["id", "given", "surname", "state"].map(|heading| {
        let mut column = Column::new(heading);
        for value in ["Ciro", "Milo", "Adela"].iter().take(if heading == "id" { 0 } else { 3 }) {
            column.push(value);
        }
        let value = if heading == "surname" { 2 } else { 1 };
        column.rows = (0..1_000_000).map(|n| if heading == "id" { n % 9 } else { value }).collect();
        (0..9).filter(|_| heading == "id").for_each(|n| column.push(&n.to_string()));
        column.rows.truncate(1_000_000);
        column
    });
    let table = Table { columns: columns.into(), ..Table::default() };
    let compare = |column: &str, kind| Compare { column: column.into(), kind, crossed_with: None };
    let block = |key: &str| Block { keys: vec![key.into()], most: 60 };
    let settings = LinkSettings {
        id: Some("id".into()),
        compare: vec![compare("given", Kind::Given), compare("surname", Kind::Surname)],
        block: vec![block("words.two"), block("state")],
        within_lists: true,
        ..guess(&table)
    };
    let linked = run(&table, &settings).unwrap();
    assert!(linked.pairs.is_empty());
    let left = |notice: &&Notice| matches!(notice, Notice::BlocksLeft { largest: 1_000_000, .. });
    assert_eq!(linked.notices.iter().filter(left).count(), 2, "{:?}", linked.notices);
}

#[test]
fn settings_that_cannot_be_are_refused() {
    let table = twice();
    let good = guess(&table);
    let check = |change: fn(&mut LinkSettings), part: &str| {
        let mut settings = good.clone();
        change(&mut settings);
        let why = run(&table, &settings).err().unwrap().to_string();
        assert!(why.contains(part) && why.contains("hint: "), "{why}");
    };
    check(|s| s.compare[0].column = "gone".into(), "`gone`");
    check(|s| s.block[0].keys.clear(), "all with all");
    check(|s| s.block[0].most = 1_000_000, "all with all");
    check(|s| s.block[0].keys[0] = "given.wheel".into(), "`given.wheel`");
    check(|s| s.join = 7.0, "`7`");
    check(|s| s.compare.clear(), "nothing to compare");
    let nameless = |s: &mut LinkSettings| {
        s.compare.retain(|one| matches!(one.kind, Kind::Number | Kind::Born));
        s.block = vec![Block { keys: vec!["words.two".into()], most: 50 }];
    };
    check(nameless, "`words.two`");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Whatever stands in the cells: no panic, every row in one person, probabilities between 0
    /// and 1.
    #[test]
    fn any_table_links_or_is_refused(
        rows in proptest::collection::vec(proptest::collection::vec("\\PC{0,12}|[0-9]{8}|1900-01-01|31/12/9999", 5..6), 0..30),
    ) {
        let table = table(&["id", "given", "surname", "dob", "cedula"], &rows);
        if let Ok(linked) = run(&table, &guess(&table)) {
            prop_assert_eq!(linked.persons.len(), rows.len());
            let first = |(row, &person): (usize, &u32)| person as usize <= row;
            prop_assert!(linked.persons.iter().enumerate().all(first));
            prop_assert!(linked.pairs.iter().all(|pair| (0.0..=1.0).contains(&pair.p())));
        }
    }
}

/// One number on a row of another name is told, and so are two rows of one list that both may be
/// one row of another; what was decided to be one person is not.
#[test]
fn shared_numbers_and_doubles_of_a_list_are_told() {
    let mut table = twice();
    let number = table.columns[4].get(0).to_owned();
    let rows = [
        ["x", "Yolanda", "Marrero Sosa", "1990-05-17", number.as_str()],
        ["y", "Ciro", "Luna Luna", "1950-02-02", number.as_str()],
    ];
    let count = table.rows() as u32;
    for row in rows {
        row.iter().zip(&mut table.columns).for_each(|(value, column)| column.push(value));
    }
    let shared = |linked: &Linked| {
        let is = |one: &Notice| {
            matches!(one, Notice::NumbersShared { ids: 1, rows, .. }
            if rows == &[["0".to_owned(), "x".to_owned()]])
        };
        linked.notices.iter().any(is)
    };
    let linked = run(&table, &guess(&table)).unwrap();
    assert!(shared(&linked), "{:?}", linked.notices);
    let mut decided = super::Decided::default();
    decided.decide(0, count, habeas_model::Verdict::Same);
    let linked = super::link_decided(&table, &guess(&table), &decided, &|_| ()).unwrap();
    assert!(!shared(&linked), "{:?}", linked.notices);
    // The last two rows are a list of their own: `y` and the first two are one person.
    table.lists = vec![0, count];
    let linked = run(&table, &guess(&table)).unwrap();
    let twice = linked.notices.iter().find_map(|one| match one {
        Notice::PerhapsTwice { rows, .. } => Some(rows.clone()),
        _ => None,
    });
    assert_eq!(twice, Some(vec![["0".to_owned(), "1".to_owned()]]), "{:?}", linked.notices);
}
