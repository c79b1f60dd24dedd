//! What a new list makes of what is known.

use super::*;
use crate::{
    link::{
        link,
        tests::{table, twice},
    },
    table::guess,
};
use habeas_model::Verdict;

const HEADINGS: [&str; 5] = ["id", "given", "surnames", "dob", "cedula"];

/// The two hundred persons of `twice`, once each, and their rows of the second time.
fn versions() -> (Known, Table) {
    let all = twice();
    let row = |at: usize| all.columns.iter().map(|column| column.get(at).to_owned()).collect();
    let part = |first: usize| -> Table {
        let rows: Vec<Vec<String>> = (first..400).step_by(2).map(row).collect();
        table(&HEADINGS, &rows)
    };
    let known = part(0);
    let settings = guess(&all);
    (Known::new(known, settings).unwrap(), part(1))
}

fn list(rows: &[[&str; 4]]) -> Table {
    let rows: Vec<Vec<String>> = rows
        .iter()
        .enumerate()
        .map(|(nth, cells)| {
            let id = format!("n{nth}");
            std::iter::once(id).chain(cells.iter().map(|cell| (*cell).to_owned())).collect()
        })
        .collect();
    table(&HEADINGS, &rows)
}

fn cells(table: &Table, row: usize) -> [&str; 4] {
    [1, 2, 3, 4].map(|at| table.columns[at].get(row))
}

/// What one row is to the two hundred, and which of them.
#[track_caller]
fn check(row: [&str; 4], news: News, person: Option<u32>) -> Arrival {
    let (mut known, _) = versions();
    let mut diff = known.arrive(&list(&[row]), &Decided::default()).unwrap();
    let one = diff.arrivals.remove(0);
    assert_eq!((one.news, one.person), (news, person), "{one:?}");
    one
}

#[test]
fn a_row_is_one_of_the_six() {
    let (known, _) = versions();
    let of = cells(known.table(), 17);
    let [given, surnames, born, number] = of;
    check(of, News::Same, Some(17));
    check([given, &surnames.to_uppercase(), born, &format!("V-{number}")], News::Same, Some(17));
    let changed = check([given, surnames, "", number], News::Changed, Some(17));
    let lost = Change { column: "dob".into(), how: Difference::Lost };
    assert_eq!(changed.changes, [lost]);
    check(["Ramiro", "Urquiola Zafra", "1950-03-05", "3111222"], News::New, None);
    let conflict =
        check(["Ramiro", "Urquiola Zafra", "1950-03-05", number], News::IdConflict, None);
    assert_eq!(conflict.bearers, [17]);
    // The name alone may be his, or a namesake's.
    let bare = check([given, surnames, "", ""], News::Probable, None);
    assert!(bare.others.contains(&17), "{bare:?}");
}

#[test]
fn brothers_are_not_those_who_are_known() {
    let (known, _) = versions();
    let [_, surnames, born, _] = cells(known.table(), 17);
    let brother = check(["Octavio", surnames, born, ""], News::New, None);
    assert!(brother.others.is_empty());
}

#[test]
fn version_two_is_told_row_by_row() {
    let (mut known, second) = versions();
    let mut rows: Vec<[&str; 4]> = (0..150).map(|row| cells(&second, row)).collect();
    rows.push(["Ramiro", "Urquiola Zafra", "1950-03-05", "3111222"]);
    rows.push(cells(&second, 3));
    let diff = known.arrive(&list(&rows), &Decided::default()).unwrap();
    assert!(diff.arrivals[..150].iter().all(|one| one.person == Some(one.row)), "{diff:?}");
    assert_eq!((diff.arrivals[150].news, diff.count(News::New)), (News::New, 1));
    assert_eq!(diff.arrivals[151].again, Some(3));
    assert_eq!(diff.gone, (150..200).collect::<Vec<_>>());
    // Given names were cut and surnames left out.
    assert!(diff.arrivals[..150].iter().all(|one| one.news == News::Changed));
}

#[test]
fn decisions_hold() {
    let (known, _) = versions();
    let rows = [cells(known.table(), 17), ["Ramiro", "Urquiola Zafra", "1950-03-05", "3111222"]];
    let news = |decisions: &[(u32, u32, Verdict)]| {
        let (mut known, _) = versions();
        let mut decided = Decided::default();
        decisions.iter().for_each(|&(a, b, verdict)| decided.decide(a, b, verdict));
        let diff = known.arrive(&list(&rows), &decided).unwrap();
        diff.arrivals.iter().map(|one| (one.person, one.held)).collect::<Vec<_>>()
    };
    assert_eq!(news(&[]), [(Some(17), None), (None, None)]);
    let apart = news(&[(17, 200, Verdict::NotSame)]);
    assert_eq!(apart[0], (None, Some(Held::Decision)));
    assert_eq!(news(&[(17, 200, Verdict::Unsure)])[0], (None, Some(Held::Decision)));
    assert_eq!(news(&[(4, 201, Verdict::Same)])[1].0, Some(4));
    // What would join two known persons is told, and not done.
    let both = news(&[(4, 201, Verdict::Same), (5, 201, Verdict::Same)]);
    assert_eq!(both[1].0, Some(4));
}

/// Invariant 1: what came before and how many threads there are changes nothing.
#[test]
fn a_list_leaves_nothing_behind() {
    let (mut known, second) = versions();
    let of = |known: &mut Known, threads, list: &Table| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let diff = pool.install(|| known.arrive(list, &Decided::default()).unwrap());
        (diff.arrivals, diff.gone)
    };
    let first = of(&mut known, 1, &second);
    let other = list(&[["Ramiro", "Urquiola Zafra", "2190-03-05", "3111222"], ["😀", "", "", "x"]]);
    assert_eq!(of(&mut known, 2, &other).0.len(), 2);
    assert_eq!(of(&mut known, 4, &second), first);
    assert!(of(&mut known, 1, &list(&[])).0.is_empty());
}

/// The answer is that of a run over both lists.
#[test]
fn a_run_over_everything_says_the_same() {
    let (mut known, second) = versions();
    let diff = known.arrive(&second, &Decided::default()).unwrap();
    let both = crate::table::unite(vec![known.table().clone(), second]);
    let settings = LinkSettings { id: Some("id".into()), ..guess(&both) };
    let linked = link(&both, &settings, &|_| ()).unwrap();
    for one in &diff.arrivals {
        let person = linked.persons[200 + one.row as usize];
        assert_eq!(one.person, Some(person), "{one:?}");
    }
}
