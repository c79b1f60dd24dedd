//! From a figure on the board to a proof in somebody else's hands, with a real authority's stamp
//! and a witness's word; and the whole life of one document.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

#[path = "../../ledger/tests/authority/mod.rs"]
mod authority;
mod stage;

use authority::{Tsa, trust};
use habeas_desk::{Case, Question};
use habeas_model::Register;
use stage::{Stage, code, copy_but, stderr, stdout};
use std::{fs, process::Command, sync::Arc};

#[track_caller]
fn done(stage: &Stage, verb: &str, rest: &[&str]) -> String {
    let output = stage.run(&[verb], &[rest, &["--lang", "en"]].concat());
    assert_eq!(code(&output), 0, "{verb}: {}{}", stdout(&output), stderr(&output));
    stdout(&output)
}

/// `habeas verify --proof FILE ...`: no case is there.
fn check(rest: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_habeas"));
    command.args(["verify", "--lang", "en", "--proof"]).args(rest);
    let output = command.output().unwrap();
    (code(&output), stdout(&output) + &stderr(&output))
}

#[test]
fn a_figure_is_proven_without_the_case() {
    let stage = Stage::copy_of("santa-aurelia");
    let (one, two) = (Arc::new(Tsa::new("ec", "stamps")), Arc::new(Tsa::new("rsa:2048", "stamps")));
    trust(&stage.case, "one", &one);
    trust(&stage.case, "two", &two);
    let address = one.clone().serve();
    stage.set(&format!(
        "\n[authority.one]\nurl = \"{address}\"\ndocuments = false\n\
         [authority.two]\nurl = \"http://127.0.0.1:9/\"\ndocuments = false\n"
    ));
    done(&stage, "open", &["--once"]);
    let note = done(&stage, "checkpoint", &[]);
    let title = fs::read_to_string(stage.case.join("case.toml")).unwrap();
    let title = title.lines().find_map(|line| line.strip_prefix("title = ")).unwrap();
    assert!(!note.contains(title.trim_matches('"')) && note.starts_with("log.invalid/"), "{note}");

    // One authority answers, the other is offline: what it should stamp waits.
    let output = stage.run(&["stamp"], &["--lang", "en"]);
    assert_eq!((code(&output), stdout(&output).trim()), (4, "1 stamped, 1 waiting"));
    let text = fs::read_to_string(stage.case.join("case.toml")).unwrap();
    let text = text.replace("http://127.0.0.1:9/", &two.clone().serve());
    fs::write(stage.case.join("case.toml"), text).unwrap();
    assert!(done(&stage, "stamp", &[]).starts_with("1 stamped, 0 waiting"));

    let board = stage.json("board", &[]);
    let named = |line: &&serde_json::Value| line["named"]["count"].as_u64() > Some(0);
    let line = board["lines"].as_array().unwrap().iter().find(named).expect("somebody is named");
    let id = line["id"].as_str().unwrap();
    let file = stage.root.path().join("proof.json");
    let file = file.to_str().unwrap();
    // The settings changed: they are entries under no checkpoint yet, and the figure is proven.
    done(&stage, "prove", &["--figure", id, "--out", file]);
    let key = done(&stage, "checkpoint", &["--key"]);
    let root = stage.root.path().join("one.pem");
    fs::write(&root, one.root()).unwrap();
    let root = format!("one={}", root.display());
    let (exit, said) = check(&[file, "--key", key.trim(), "--authority", &root]);
    assert_eq!(exit, 0, "{said}");
    assert!(said.contains("stamped by one on 20") && said.contains("by two was not checked"));
    assert!(!said.contains("0 rows shown") && !said.contains("and 0 withheld"), "{said}");

    // Nobody's name and no other row is in it.
    let proof = fs::read_to_string(file).unwrap();
    let (_case, register) = register(&stage);
    for person in &register.persons {
        let name = person.name.reveal();
        assert!(!proof.contains(name), "a name is in the proof");
    }
    let forged = proof.replacen("\"position\": ", "\"position\": 1", 1);
    fs::write(file, forged).unwrap();
    let (exit, said) = check(&[file]);
    assert_eq!(exit, 3, "{said}");
    assert!(said.contains("the proof does not hold"), "{said}");
    fs::write(file, "{}").unwrap();
    assert_eq!(check(&[file]).0, 1);
}

fn register(stage: &Stage) -> (Case, Arc<Register>) {
    let case = Case::look(&stage.case, "test").unwrap();
    let register = case.scene(&Question::default()).unwrap().register;
    (case, register)
}

#[test]
fn a_ledger_from_an_old_backup_is_told_by_a_kept_checkpoint() {
    let stage = Stage::copy_of("santa-aurelia");
    done(&stage, "receive", &[]);
    done(&stage, "checkpoint", &[]);
    let backup = stage.root.path().join("backup");
    copy_but(&stage.case.join("ledger"), &backup, &[]);
    done(&stage, "open", &["--once"]);
    let kept = stage.root.path().join("kept");
    fs::write(&kept, done(&stage, "checkpoint", &[])).unwrap();
    let kept = kept.to_str().unwrap();
    assert!(done(&stage, "verify", &["--against", kept]).contains("continues"));
    fs::remove_dir_all(stage.case.join("ledger")).unwrap();
    fs::rename(&backup, stage.case.join("ledger")).unwrap();
    stage.verified();
    let output = stage.run(&["verify"], &["--against", kept, "--lang", "en"]);
    assert_eq!(code(&output), 3);
    assert!(stdout(&output).contains("it was rolled back"), "{}", stdout(&output));
}

#[test]
fn a_document_has_its_whole_life_in_one_report() {
    let stage = Stage::new();
    let tsa = Arc::new(Tsa::new("ec", "stamps"));
    trust(&stage.case, "one", &tsa);
    stage.set(&format!("\n[authority.one]\nurl = \"{}\"\n", tsa.serve()));
    stage.set(
        "[document.\"bulletin.md\"]\nurl = \"https://example.org/bulletin\"\noutlet = \"Herald\"\n",
    );
    stage.put("bulletin.md", b"The ministry said that 116 people were released.");
    done(&stage, "open", &["--once"]);
    done(&stage, "checkpoint", &[]);
    assert!(done(&stage, "stamp", &[]).starts_with("2 stamped, 0 waiting"));
    let out = stage.root.path().join("copy.md");
    done(&stage, "custody", &["bulletin.md", "--copy-to", out.to_str().unwrap()]);
    assert!(fs::read(&out).unwrap().starts_with(b"The ministry"));
    done(&stage, "custody", &["bulletin.md", "--give", "Court 4", "--reason", "asked for it"]);
    let report = done(&stage, "custody", &["bulletin.md"]);
    for line in [
        "address: https://example.org/bulletin",
        "published by: Herald",
        "received by operator",
        "its bytes are those that were received",
        "under a checkpoint of size 4096",
        "stamped by one (entry",
        "stamped by one (checkpoint of size 4096)",
        "read by habeas/",
        "opened by operator",
        "given by operator to Court 4",
        "asked for it",
    ] {
        assert!(report.contains(line), "`{line}` is not in:\n{report}");
    }
    // Copies of the whole case are in the custody of each document.
    let aside = |name: &str| stage.root.path().join(name).display().to_string();
    let lines = stage.run(&["ledger", "export"], &[&aside("case.jsonl")]);
    assert_eq!(code(&lines), 0, "{}", stderr(&lines));
    let mut backup = stage.command(&["backup"], &[&aside("case.age")]);
    let backup = backup.env("HABEAS_BACKUP_PASSPHRASE", "four words of a test").output().unwrap();
    assert_eq!(code(&backup), 0, "{}", stderr(&backup));
    let json = stage.json("custody", &["bulletin.md"]);
    let reasons: Vec<&str> = json["handled"].as_array().unwrap()[3..]
        .iter()
        .map(|one| one["reason"].as_str().unwrap())
        .collect();
    assert_eq!(reasons, ["ledger export", "backup"]);
    names_out(&stage);
    assert_eq!(json["stamps"].as_array().unwrap().len(), 2);
    let digest = json["received"]["blob"].as_str().unwrap();
    assert_eq!(stage.json("custody", &[&digest[..8]])["position"], json["position"]);
    assert_eq!(code(&stage.run(&["custody"], &["no-such.md"])), 1);
    let blob = habeas_ledger::blobs::path(&stage.case.join("ledger"), &digest.parse().unwrap());
    fs::remove_file(blob).unwrap();
    assert_eq!(code(&stage.run(&["custody"], &["bulletin.md"])), 3);
}

/// An export or a bulletin with names is in the custody of the documents that the names come from,
/// and of no others; without names it is in none.
fn names_out(stage: &Stage) {
    let list = "nombre;estado;fecha\nInés Prueba Sol;detenida;09/02/2026\n";
    stage.put("list.csv", list.as_bytes());
    stage.set("[list.\"list.csv\"]\nsays = \"held\"\nas-of = \"2026-02-10\"\n");
    done(stage, "open", &["--once"]);
    let out = stage.root.path().join("out").display().to_string();
    let week = ["--week", "2026-W07", "--out", &out];
    done(stage, "export", &["--out", &out]);
    done(stage, "bulletin", &week);
    done(stage, "export", &["--names", "--out", &out]);
    let bulletin = stage.run(&["bulletin"], &[&week[..], &["--names"]].concat());
    assert_eq!(code(&bulletin), 0, "{}", stderr(&bulletin));
    let handled = |document: &str| {
        let json = stage.json("custody", &[document]);
        let all = json["handled"].as_array().unwrap().iter();
        all.map(|one| one["reason"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let list = handled("list.csv");
    assert_eq!(list[list.len() - 2..], ["export", "bulletin 2026-W07"], "{list:?}");
    let other = handled("bulletin.md");
    assert!(!other.iter().any(|reason| reason.starts_with("bulletin 2026")), "{other:?}");
}
