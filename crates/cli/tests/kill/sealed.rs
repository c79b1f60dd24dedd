//! `kill -9` at any moment of an erasure or of a change of keys leaves the case before it or after
//! it, whole.

use crate::{
    stage::{Stage, code, copy_but, stderr, stdout},
    times,
};
use habeas_ledger::{
    Ledger,
    seal::{Credential, keyring},
};
use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// A sealed case with a list of so many invented rows, read; its key file lies beside it.
fn sealed(rows: u32) -> Stage {
    let root = tempfile::tempdir().unwrap();
    let case = root.path().join("case");
    let stage = Stage { root, case };
    let key = key(&stage).display().to_string();
    let made = stage.run(&["new"], &["--sealed", "--new-key-file", &key]);
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    let mut list = "apellidos;nombres;C.I.;fecha de detención\n".to_owned();
    for n in 0..rows {
        writeln!(list, "Apellido{n};Nombre{n};V-{};14/01/2026", 10_000_000 + n).unwrap();
    }
    stage.put("list.csv", list.as_bytes());
    let read = with_key(&stage, &stage.case, "open", &["--once"]);
    assert_eq!(read.0, 0, "{}", read.1);
    fs::remove_file(stage.case.join("inbox/list.csv")).unwrap();
    stage
}

fn key(stage: &Stage) -> PathBuf {
    stage.root.path().join("case.key")
}

fn command(stage: &Stage, case: &Path, verb: &str, rest: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_habeas"));
    command.args(verb.split(' ')).arg(case).args(rest);
    command.env("LC_ALL", "C").env("HABEAS_KEY_FILE", key(stage));
    command
}

fn with_key(stage: &Stage, case: &Path, verb: &str, rest: &[&str]) -> (i32, String) {
    let output = command(stage, case, verb, rest).output().unwrap();
    (code(&output), format!("{}{}", stdout(&output), stderr(&output)))
}

/// Runs the command and kills it after `moment`.
fn killed(mut command: Command, moment: Duration) {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(moment); // The moment of the kill is what is tested.
    let _ = child.kill(); // SIGKILL
    child.wait().unwrap();
}

const ERASE: [&str; 6] =
    ["--document", "list.csv", "--reason", "mistake", "--basis", "received by error"];

#[test]
fn an_erasure_is_before_or_after() {
    let stage = sealed(1500);
    let whole = stage.root.path().join("whole");
    copy_but(&stage.case, &whole, &[]);
    let start = Instant::now();
    assert_eq!(with_key(&stage, &whole, "erase", &ERASE).0, 0);
    let whole = start.elapsed();
    let (mut before, mut between, mut after) = (0, 0, 0);
    for n in 0..times(8) {
        let case = stage.root.path().join(format!("case-{n}"));
        copy_but(&stage.case, &case, &[]);
        // Most of the time goes into finding; the last part is where it writes.
        let moment = whole.mul_f64(0.3 + 0.8 * f64::from(n) / f64::from(times(8)));
        killed(command(&stage, &case, "erase", &ERASE), moment);
        let (verified, said) = with_key(&stage, &case, "verify", &[]);
        let cut = said.contains("it is erased and its secret still there");
        assert!(verified == 0 || cut, "{said}");
        let (received, said) = with_key(&stage, &case, "receive", &[]);
        assert_eq!(received, 0, "{said}");
        let (verified, said) = with_key(&stage, &case, "verify", &[]);
        assert_eq!(verified, 0, "{said}");
        let (_, answer) = with_key(&stage, &case, "count", &["--json"]);
        let persons = |n: u32| answer.contains(&format!("\"persons\": {n}"));
        assert!(persons(1500) || persons(0), "{answer}");
        assert!(!cut || persons(0), "what was begun is ended");
        match (cut, persons(0)) {
            (true, _) => between += 1,
            (_, true) => after += 1,
            _ => before += 1,
        }
        fs::remove_dir_all(&case).unwrap();
    }
    println!("{} kills: {before} before, {between} ended later, {after} after", times(8));
}

#[test]
fn a_change_of_keys_is_before_or_after() {
    let stage = sealed(1);
    let (old, other) = (key(&stage), stage.root.path().join("other.key"));
    let opens = |case: &Path, key: &Path| {
        let mut ledger = Ledger::open(&case.join("ledger")).unwrap();
        let read = keyring::key_file(key);
        let credential: Option<Credential> = read.ok();
        credential.is_some_and(|key| ledger.unlock(&key).is_ok())
            && ledger.verify().unwrap().faults.is_empty()
    };
    let change = |case: &Path| {
        let _ = fs::remove_file(&other);
        let other = other.display().to_string();
        let mut command = command(&stage, case, "key change", &["--new-key-file", &other]);
        command.env_remove("HABEAS_AS");
        command
    };
    let whole = stage.root.path().join("whole");
    copy_but(&stage.case, &whole, &[]);
    let start = Instant::now();
    assert!(change(&whole).status().unwrap().success());
    let whole = start.elapsed();
    let (mut before, mut after) = (0, 0);
    for n in 0..times(8) * 2 {
        let case = stage.root.path().join(format!("case-{n}"));
        copy_but(&stage.case, &case, &[]);
        let moment = whole.mul_f64(0.3 + 0.8 * f64::from(n) / f64::from(times(8) * 2));
        killed(change(&case), moment);
        let (with_old, with_new) = (opens(&case, &old), opens(&case, &other));
        assert!(with_old != with_new, "the old key {with_old}, the new key {with_new}");
        before += u32::from(with_old);
        after += u32::from(with_new);
        fs::remove_dir_all(&case).unwrap();
    }
    println!("{} kills: {before} with the old key, {after} with the new", times(8) * 2);
}
