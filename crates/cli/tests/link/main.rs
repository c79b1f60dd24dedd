//! `habeas link` on tables, through the command: decisions, and tables that are hard to read.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod against;
mod aside;
mod bad;

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    process::{Command, Output},
};
use tempfile::TempDir;

/// A folder with tables.
struct Room {
    root: TempDir,
}

impl Room {
    fn new() -> Room {
        Room { root: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// `habeas link ..` in the folder, in English.
    fn link(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_habeas"));
        command.arg("link").args(arguments).current_dir(self.root.path());
        command.env("LC_ALL", "C").env("NO_COLOR", "1").env("COLUMNS", "100");
        command.env_remove("HABEAS_AS");
        command.output().unwrap()
    }

    /// What the command says when all goes well.
    #[track_caller]
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.link(arguments);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        said
    }

    /// Which person each id is in a file of clusters.
    fn persons(&self, name: &str) -> BTreeMap<String, String> {
        let text = self.read(name);
        let rows = text.lines().skip(1).map(|line| line.split_once(',').unwrap());
        rows.map(|(id, person)| (id.to_owned(), person.to_owned())).collect()
    }
}

/// Sixty invented persons, each twice: `a1` and `b1`, `a2` and `b2`..
fn people() -> String {
    let given = ["Ciro", "Milo", "Adela", "Elias", "Nohelia", "Gonzalo", "Yusmary", "Hernan"];
    let surnames = ["Luna", "Prado", "Escandon", "Figueredo", "Belandria", "Quijano", "Toro"];
    let mut text = "id,given,surnames,dob,cedula\n".to_owned();
    for n in 1..=60_usize {
        let (g, s, t) = (given[n % 8], surnames[n / 3 % 7], surnames[n / 7 % 7]);
        let born = format!("19{:02}-{:02}-{:02}", 50 + n % 40, 2 + n % 11, 2 + n % 26);
        let number = 10_000_000 + n * 37_813;
        text += &format!("a{n},{g},{s} {t},{born},{number}\n");
        text += &format!("b{n},{}e,{s},{born},{number}\n", &g[..g.len() - 1]);
    }
    text
}

#[test]
fn two_of_one_name_with_other_numbers_and_dates_are_two() {
    let room = Room::new();
    room.put("people.csv", &people());
    room.done(&["people.csv", "--out", "links.csv", "--clusters", "who.csv"]);
    let persons = room.persons("who.csv");
    let together = persons.iter().filter(|(a, one)| {
        let same = persons.iter().filter(|(b, other)| a[1..] == b[1..] && one == other);
        same.count() == persons.values().filter(|other| other == one).count()
    });
    assert_eq!(together.count(), 120, "somebody disappeared in somebody else");
}

const RUN: [&str; 7] =
    ["people.csv", "--out", "links.csv", "--clusters", "who.csv", "--decisions", "d.jsonl"];

#[test]
fn decisions_are_appended_and_no_run_undoes_them() {
    let room = Room::new();
    room.put("people.csv", &people());
    let decide = |verdict: &str, left: &str, right: &str| {
        let pair = ["--decide", verdict, "--pair", left, right, "--reason", "seen both"];
        room.done(&[&["people.csv", "--decisions", "d.jsonl", "--as", "ana"], &pair[..]].concat())
    };
    decide("not-same", "a1", "b1");
    decide("same", "a2", "a3");
    decide("unsure", "a4", "b4");
    let line = room.read("d.jsonl").lines().next().unwrap().to_owned();
    for part in [r#""left":"a1""#, r#""verdict":"not_same""#, r#""by":"ana""#, "seen both"] {
        assert!(line.contains(part), "{line}");
    }
    for _ in 0..2 {
        let said = room.done(&RUN);
        assert!(said.contains("3 decisions"), "{said}");
        let who = room.persons("who.csv");
        assert_ne!(who["a1"], who["b1"]);
        assert_eq!(who["a2"], who["a3"]);
        assert_ne!(who["a4"], who["b4"]);
        assert_eq!(who["a5"], who["b5"]);
    }
    let links = room.read("links.csv");
    let of = |left: &str, right: &str| {
        let line = links.lines().find(|line| line.starts_with(&format!("{left},{right},")));
        line.unwrap_or_else(|| panic!("no {left},{right}:\n{links}")).to_owned()
    };
    // The probability is the pair's own; what people said stands beside it.
    assert!(of("a1", "b1").ends_with("false,not_same"), "{}", of("a1", "b1"));
    assert!(of("a2", "a3").ends_with("true,same"), "{}", of("a2", "a3"));
    assert!(of("a5", "b5").ends_with("true,"), "{}", of("a5", "b5"));
    // Decided again, and a torn last line, and a later line holds.
    fs::write(room.path("d.jsonl"), room.read("d.jsonl").trim_end()).unwrap();
    decide("same", "b1", "a1");
    assert!(room.done(&RUN).contains("3 decisions"));
    assert_eq!(room.persons("who.csv")["a1"], room.persons("who.csv")["b1"]);
}

#[test]
fn lines_of_other_programs_are_read() {
    let room = Room::new();
    room.put("people.csv", &people());
    let resolver = concat!(
        "[\"NK-1\", \"a1\", \"positive\", 0.9, \"ana\", \"2026-01-02T03:04:05\"]\n",
        "[\"NK-1\", \"a9\", \"positive\", null, \"ana\", null]\n",
        "[\"b2\", \"a2\", \"negative\", null, \"ana\", null]\n",
        "[\"b3\", \"a3\", \"no_judgement\", 0.5, null, null]\n",
    );
    let edges = concat!(
        "{\"unique_id_l\":\"a7\",\"unique_id_r\":\"a8\",\"match_probability\":0.97}\n",
        "{\"unique_id_l\":\"a2\",\"unique_id_r\":\"b2\",\"match_probability\":0.999}\n",
        "{\"id_l\":\"a5\",\"id_r\":\"b5\",\"match_probability\":0.2}\n",
        "{\"id_l\":\"zz\",\"id_r\":\"b5\",\"clerical_match_score\":1.0}\n",
    );
    room.put("d.jsonl", &format!("{resolver}{edges}"));
    let said = room.done(&RUN);
    assert!(said.contains("3 decisions") && said.contains("1 lines"), "{said}");
    let who = room.persons("who.csv");
    assert_eq!(who["a1"], who["a9"]);
    assert_eq!(who["a7"], who["a8"]);
    // A score of a program does not undo what a person said.
    assert_ne!(who["a2"], who["b2"]);
    assert_eq!(who["a5"], who["b5"]);
    room.put("edges.csv", "unique_id_l,unique_id_r,clerical_match_score\na1,b1,0.0\na1,a2,1.0\n");
    room.done(&["people.csv", "--clusters", "who.csv", "--decisions", "edges.csv"]);
    let who = room.persons("who.csv");
    assert_ne!(who["a1"], who["b1"]);
    assert_eq!(who["a1"], who["a2"]);
}

#[test]
fn decisions_that_cannot_be_are_refused() {
    let room = Room::new();
    room.put("people.csv", &people());
    let check = |arguments: &[&str], parts: &[&str]| {
        let output = room.link(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "{said}");
        assert!(parts.iter().all(|part| said.contains(part)), "{said}");
    };
    let pair = ["--decide", "same", "--pair", "a1", "nobody"];
    check(&[&["people.csv"], &pair[..]].concat(), &["--decisions", "hint:"]);
    check(&[&["people.csv", "--decisions", "d.jsonl"], &pair[..]].concat(), &["`nobody`", "hint:"]);
    assert!(!room.path("d.jsonl").exists());
    for line in ["{}", "7", "{\"left\":\"a1\",\"right\":\"b1\",\"verdict\":\"perhaps\"}", "[1,2]"] {
        room.put("d.jsonl", &format!("\n{line}\n"));
        check(&RUN, &["d.jsonl", "is no decision", "hint:"]);
    }
}

#[test]
fn chains_that_were_split_are_named() {
    let room = Room::new();
    // One man by his number, another by his birth, and a row in between.
    let chain = [
        "c1,Milo,Escandon Prado,1951-03-05,20111222",
        "c2,Milo,Escandon Prado,1951-03-05,20111222",
        "d1,Milo,Escandon Quijano,1984-10-22,28777666",
        "d2,Milo,Escandon Quijano,1984-10-22,28777666",
        "e1,Milo,Escandon,1984-10-22,20111222",
    ];
    room.put("people.csv", &format!("{}{}\n", people(), chain.join("\n")));
    let said = room.done(&["people.csv", "--report", "report.html"]);
    assert!(said.contains("chains were split at a weak link"), "{said}");
    let told = room.done(&["people.csv", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["rows"], 125);
    let weak = told["weak_links"].as_array().unwrap();
    let one = weak.iter().find(|one| one["id_r"] == "e1").unwrap_or_else(|| panic!("{told:#}"));
    let left = one["id_l"].as_str().unwrap();
    assert!(one["p"].as_f64() >= Some(0.9) && left.starts_with(['c', 'd']), "{one}");
    assert!(room.read("report.html").contains(&format!("<bdi>{left}</bdi> ≠ <bdi>e1</bdi>")));
    let why = room.done(&["people.csv", "--explain", &format!("{left},e1")]);
    assert!(why.contains("a chain through a weak link"), "{why}");
}

#[test]
fn a_number_of_other_names_and_doubles_of_one_list_are_told() {
    let room = Room::new();
    // One number typed for a man and for a woman, who have nothing else in common.
    let shared = "z1,Rufino,Arteaga Mena,1949-04-07,20999888\n\
        z2,Casilda,Ochoa Peralta,1991-12-09,20999888\n";
    room.put("people.csv", &format!("{}{shared}", people()));
    let said = room.done(&["people.csv", "--report", "report.html"]);
    assert!(said.contains("1 numbers in `cedula` stand on rows whose names are not"), "{said}");
    assert!(said.contains("z1") && said.contains("z2") && !said.contains("Casilda"), "{said}");
    assert!(room.read("report.html").contains("1 numbers in `cedula`"));
    // Two lists, and in the first everybody stands twice.
    room.put("one.csv", &people());
    let rows: Vec<String> = people().lines().map(|row| row.replacen('b', "c", 1)).collect();
    let other: Vec<&str> =
        rows.iter().map(String::as_str).filter(|row| !row.starts_with('a')).collect();
    room.put("other.csv", &format!("{}\n", other.join("\n")));
    let said = room.done(&["one.csv", "other.csv"]);
    assert!(said.contains("60 pairs of rows of one list may be one person"), "{said}");
}
