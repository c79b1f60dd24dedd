//! Names found and linked through the command: searching, tables of every kind, explanations.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

#[path = "../stage/mod.rs"]
mod stage;

use stage::{Stage, code, stderr, stdout};
use std::{
    io::Write as _,
    process::{Output, Stdio},
};

fn opened() -> Stage {
    let stage = Stage::copy_of("santa-aurelia");
    let output = stage.run(&["open"], &["--once"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stage
}

/// `habeas VERB CASE REST` with this on standard input.
fn said(stage: &Stage, verb: &str, rest: &[&str], input: &str) -> Output {
    let mut command = stage.command(&[verb], rest);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_typed_name_finds_its_person() {
    let stage = opened();
    let found = said(
        &stage,
        "find",
        &["--most", "3", "--lang", "en"],
        "Eskandela Zedenara, benig\n\nzzzzzzz\n",
    );
    assert_eq!(code(&found), 0, "{}", stderr(&found));
    let told = stdout(&found);
    assert!(told.contains("Benigno") && told.contains("begins so"), "{told}");
    assert_eq!(told.matches("nobody of the register").count(), 2, "{told}");
    let found = said(&stage, "find", &["--most", "3", "--json"], "Eskandela, Benigno\n");
    let told: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    assert!(!stdout(&found).to_lowercase().contains("scand"), "no name in JSON");
    let first = &told["found"][0];
    assert_eq!((&first["matched"][0], &first["matched"][1]), (&"sound".into(), &"same".into()));
    assert_eq!(told["found"].as_array().unwrap().len(), 3);
}

/// `habeas link ARGUMENTS`, in English, in a folder of its own.
fn link(folder: &std::path::Path, arguments: &[&str]) -> Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_habeas"));
    command.current_dir(folder).arg("link").args(arguments).args(["--lang", "en"]);
    command.env("NO_COLOR", "1").env("COLUMNS", "100");
    command.output().unwrap()
}

#[test]
fn two_names_a_row_are_weighed_and_aligned() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "left,right\n\"Luna Prado, José\",Jose Luna\nMilo Escandón,Adela Toro\nМило Эскандон,Milo Escandón\n";
    std::fs::write(folder.path().join("pairs.csv"), rows).unwrap();
    let told = stdout(&link(folder.path(), &["--pairs", "pairs.csv"]));
    let p: Vec<f64> = csv::Reader::from_reader(told.as_bytes())
        .records()
        .map(|row| row.unwrap()[2].parse().unwrap())
        .collect();
    assert!(p.len() == 3 && p[0] > 0.5 && p[1] < 0.01 && p[2] > 0.5, "{told}");
    assert!(told.contains("luna=luna; jose=jose; -prado"), "{told}");
}
