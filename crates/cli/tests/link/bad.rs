//! Tables that nobody should have made: each is linked, or refused with the next step; no panic.

use super::{Room, people};
use std::{fmt::Write as _, fs};

/// How settings begin.
const HEAD: &str = "id = \"id\"\nwithin-lists = true\nkeep = 0.1\njoin = 0.9\n";

/// What the command says of a table with the given arguments, errors and all, and whether it did
/// it. No panic, and no name in it.
#[track_caller]
fn said(table: &str, settings: Option<&str>) -> (bool, String) {
    let room = Room::new();
    room.put("t.csv", table);
    let mut arguments = vec!["t.csv", "--out", "links.csv", "--clusters", "who.csv"];
    if let Some(settings) = settings {
        room.put("s.toml", settings);
        arguments.extend(["--settings", "s.toml"]);
    }
    let output = room.link(&arguments);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let all = format!("{}{errors}", String::from_utf8_lossy(&output.stdout));
    assert!(!all.contains("panicked"), "{all}");
    assert!(!all.contains("Belandria"), "a name was told:\n{all}"); // Invariant 12.
    if output.status.success() {
        let rows = table.lines().count().saturating_sub(1);
        assert_eq!(room.persons("who.csv").len().max(usize::from(rows == 0)), rows.max(1), "{all}");
    }
    (output.status.success(), all)
}

#[track_caller]
fn check(table: &str, settings: Option<&str>, done: bool, parts: &[&str]) {
    let (was, all) = said(table, settings);
    assert_eq!(was, done, "{all}");
    assert!(parts.iter().all(|part| all.contains(part)), "{parts:?} in\n{all}");
    assert!(done || all.contains("hint: "), "{all}");
}

/// The people, with one column more.
fn with(heading: &str, value: impl Fn(usize) -> String) -> String {
    let lines = people();
    let mut lines = lines.lines();
    let mut table = format!("{},{heading}\n", lines.next().unwrap());
    for (nth, line) in lines.enumerate() {
        writeln!(table, "{line},{}", value(nth)).unwrap();
    }
    table
}

#[test]
fn columns_that_say_nothing_are_told_and_not_compared() {
    check(&with("state", |_| String::new()), None, true, &["column `state` is empty"]);
    check(&with("state", |_| "Norte".into()), None, true, &["column `state` is empty or the same"]);
    // Numbers that stand for none join nobody.
    let persons = |table: &str| {
        let all = said(table, None).1;
        let told = all.lines().find(|line| line.contains(" persons")).unwrap_or_default();
        println!("{told}");
        told.rsplit(", ").next().unwrap_or_default().to_owned()
    };
    let none = |n: usize| ["0", "00000000", "99999999", "-"][n % 4].to_owned();
    assert_eq!(persons(&with("passport", none)), persons(&people()));
}

#[test]
fn dates_that_stand_for_none_join_nobody() {
    let persons = |dates: [&str; 3]| {
        let lines = people();
        let born = |(nth, line): (usize, &str)| match nth {
            0 => line.to_owned(),
            _ => {
                let mut cells: Vec<&str> = line.split(',').collect();
                cells[3] = dates[nth % 3];
                cells.join(",")
            }
        };
        let table: Vec<String> = lines.lines().enumerate().map(born).collect();
        let all = said(&table.join("\n"), None).1;
        let told = all.lines().find(|line| line.contains(" persons")).unwrap_or_default();
        told.rsplit(", ").next().unwrap_or_default().to_owned()
    };
    assert_eq!(persons(["1900-01-01", "31/12/9999", "00/00/0000"]), persons(["", "", ""]));
}

#[test]
fn numbers_with_wrong_check_digits_are_told() {
    let number = |n: usize| 30_000_000 + n / 2 * 7_919;
    let letter = |n: usize| char::from(b"TRWAGMYFPDXBNJZSQVHLCKE"[n % 23]);
    let right = with("dni", |n| format!("{}{}", number(n), letter(number(n))));
    check(&right, None, true, &[]);
    assert!(!said(&right, None).1.contains("check of DNI"));
    let wrong = with("dni", |n| format!("{}{}", number(n), letter(number(n) + n / 118)));
    check(&wrong, None, true, &["1 numbers in `dni`", "check of DNI"]);
}

#[test]
fn bytes_that_are_no_table_are_refused() {
    let room = Room::new();
    let refused = |bytes: &[u8], parts: &[&str]| {
        fs::write(room.path("t.csv"), bytes).unwrap();
        let output = room.link(&["t.csv", "--out", "links.csv"]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && !room.path("links.csv").exists(), "{told}");
        assert!(parts.iter().chain(&["hint: "]).all(|part| told.contains(part)), "{told}");
    };
    let mut state = 7_u64;
    let mut byte = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    };
    let noise: Vec<u8> = (0..200_000).map(|_| byte()).collect();
    refused(&noise, &["`t.csv` is not text", "byte "]);
    // Far behind the beginning, where nobody looks.
    let late = [people().repeat(40).as_bytes(), b"a\0b,c\n"].concat();
    refused(&late, &["`t.csv` is not text"]);
    let open = people().replacen("a60,", "a60,\"", 1);
    refused(open.as_bytes(), &["row 120 of `t.csv` opens a quote"]);
    refused(format!("\"{}", people()).as_bytes(), &["row 1 of `t.csv` opens a quote"]);
}

#[test]
fn what_a_table_holds_beyond_its_headings_is_told() {
    let mut table = people();
    table.push_str("x1,Ciro,Luna,Prado,1990-02-03,10496411\nx2,Milo,Toro,,,,,\n");
    check(&table, None, true, &["1 rows have more cells than there are headings"]);
}

#[test]
fn letters_of_windows_are_read() {
    let room = Room::new();
    let utf_16 = |text: &str| {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xFF, 0xFE].into_iter().chain(units).collect::<Vec<u8>>()
    };
    fs::write(room.path("people.csv"), utf_16(&people())).unwrap();
    let said = room.done(&["people.csv", "--clusters", "who.csv"]);
    assert!(said.contains("120 rows"), "{said}");
    let persons = room.persons("who.csv");
    assert_eq!(persons["a5"], persons["b5"]);
}

#[test]
fn a_block_of_all_rows_is_bounded_and_told() {
    let settings = |most: &str| {
        let compare = "[[compare]]\ncolumn = \"given\"\nkind = \"text\"\n";
        format!("{HEAD}{compare}[[block]]\nkeys = [\"state\"]\nmost = {most}\n")
    };
    let table = with("state", |_| "Norte".into());
    check(&table, Some(&settings("50")), true, &["1 blocks of `state`", "120 rows", "most"]);
    check(&table, Some(&settings("1000000")), false, &["all with all"]);
    check(&table, Some(&settings("many")), false, &["no settings of linking"]);
    let keyless = settings("50").replace("[\"state\"]", "[]");
    check(&table, Some(&keyless), false, &["all with all"]);
    check(&people(), Some(&settings("50")), false, &["`state`"]);
    let gone = settings("50").replace("\"given\"", "\"apodo\"");
    check(&table, Some(&gone), false, &["column `apodo`", "`surnames`"]);
    check(&table, Some("compare = 7"), false, &["no settings of linking"]);
}

#[test]
fn few_rows_and_repeated_ids_are_told() {
    let head = "id,given,surnames,dob,cedula\n";
    check(head, None, false, &[]);
    check("", None, false, &[]);
    let one = format!("{head}1,Ciro,Luna Prado,1990-02-03,10496411\n");
    let compare = "[[compare]]\ncolumn = \"given\"\nkind = \"text\"\n";
    let settings = format!("{HEAD}{compare}[[block]]\nkeys = [\"cedula\"]\nmost = 50\n");
    check(&one, Some(&settings), true, &["nothing to link"]);
    let mut repeated = people();
    repeated.push_str("a1,Ciro,Luna Prado,1990-02-03,10496411\n");
    let (done, all) = {
        let room = Room::new();
        room.put("t.csv", &repeated);
        let output = room.link(&["t.csv", "--out", "links.csv"]);
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert!(done && all.contains("1 rows bear a record id"), "{all}");
}

#[test]
fn names_that_are_none_are_linked_all_the_same() {
    let long = "Ciro".repeat(2_500);
    let mut table = people();
    for (nth, name) in [
        long.as_str(),
        "\u{1F600}\u{1F600} \u{1F468}\u{200D}\u{1F469}",
        "Ciro Цiro علي",
        "\u{202E}oriC\u{202C}",
        "\"a \"\"quoted\"\" name\"",
        "C\u{0301}\u{0301}\u{0301}iro",
        "-",
        "NULL",
    ]
    .iter()
    .enumerate()
    {
        for twice in 0..2 {
            writeln!(table, "x{nth}{twice},{name},{name} {name},1990-13-45,V-0").unwrap();
        }
    }
    let (done, all) = said(&table, None);
    assert!(done, "{all}");
}
