//! A new list against what is known, through the command.

use super::{Room, people};
use std::collections::BTreeMap;

/// The lines of a file of news, by id (of the known row for who is gone): what, known, all.
fn news(room: &Room) -> BTreeMap<String, Vec<String>> {
    let text = room.read("news.csv");
    let lines = text.lines().skip(1);
    let cells = lines.map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    cells
        .map(|all| (if all[1].is_empty() { all[2].clone() } else { all[1].clone() }, all))
        .collect()
}

/// The rows of the sixty persons whose id begins with a letter, and more.
fn half(letter: char, more: &str) -> String {
    let people = people();
    let mut lines = people.lines();
    let head = lines.next().unwrap();
    let rows: Vec<&str> = lines.filter(|line| line.starts_with(letter)).collect();
    format!("{head}\n{}\n{more}", rows.join("\n"))
}

#[test]
fn each_row_is_one_of_the_six() {
    let room = Room::new();
    room.put("known.csv", &half('a', ""));
    let known = room.read("known.csv");
    let lines: Vec<&str> = known.lines().collect();
    let same = lines[7].replacen("a7,", "n7,", 1);
    let number = lines[9].rsplit(',').next().unwrap();
    let list = format!(
        "{}\n{same}\nn1,Ramiro,Urquiola Zafra,1950-03-05,3111222\nn2,Octavia,Zafra Urquiola,1961-04-05,{number}\n",
        half('b', "").trim_end()
    );
    room.put("list.csv", &list);
    let arguments = ["list.csv", "--against", "known.csv", "--out", "news.csv"];
    let said = room.done(&arguments);
    let all = news(&room);
    assert_eq!(all["n7"][0], "same", "{said}");
    assert_eq!(all["n1"][0], "new");
    assert_eq!((all["n2"][0].as_str(), all["n2"][7].as_str()), ("id-conflict", "a9"));
    for n in 1..=60 {
        let of = &all[&format!("b{n}")];
        assert_eq!((of[0].as_str(), of[2].clone()), ("changed", format!("a{n}")), "{of:?}");
    }
    // Row n7 and row b7 are one person: told.
    assert_eq!(all["n7"][8], "b7");
    for part in ["1 rows: nobody who is known", "60 rows: persons who are known", "another row"] {
        assert!(said.contains(part), "{said}");
    }
    // The same list again, for programs, and decided otherwise.
    room.put("d.jsonl", "{\"left\":\"a3\",\"right\":\"b3\",\"verdict\":\"not_same\"}\n");
    let decided = [&arguments[..], &["--decisions", "d.jsonl", "--json"]].concat();
    let counts: serde_json::Value = serde_json::from_str(&room.done(&decided)).unwrap();
    assert_eq!((counts["gone"].as_u64(), counts["changed"].as_u64()), (Some(1), Some(59)));
    assert_eq!(news(&room)["a3"][0], "gone");
    let part = [&decided[..], &["--part"]].concat();
    let counts: serde_json::Value = serde_json::from_str(&room.done(&part)).unwrap();
    assert_eq!(counts["gone"].as_u64(), Some(0));
}

#[test]
fn a_register_of_whole_names_meets_a_list_of_parts() {
    let room = Room::new();
    let whole = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        format!("{},{} {},{},{}", cells[0], cells[1], cells[2], cells[3], cells[4])
    };
    let people = half('a', "");
    let rows: Vec<String> = people.lines().skip(1).map(whole).collect();
    room.put("known.csv", &format!("id,nombre completo,nacimiento,cedula\n{}\n", rows.join("\n")));
    room.put("list.csv", &half('b', ""));
    room.done(&["list.csv", "--against", "known.csv", "--out", "news.csv"]);
    let all = news(&room);
    let found = (1..=60).filter(|n| all[&format!("b{n}")][2] == format!("a{n}")).count();
    assert_eq!(found, 60);
    let empty = room.link(&["list.csv", "--against", "nothing.csv"]);
    assert!(!empty.status.success());
    assert!(String::from_utf8_lossy(&empty.stderr).contains("hint: "));
}
