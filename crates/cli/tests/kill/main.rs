//! `kill -9` at any moment of `open` loses nothing that was acknowledged, and the rerun ends with
//! the same register.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod sealed;
#[path = "../stage/mod.rs"]
mod stage;

use habeas_desk::{Case, Question};
use habeas_ledger::Ledger;
use habeas_model::Digest;
use stage::{Stage, code, stderr};
use std::{
    io::Read as _,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// How often: `few` times in the quick tests, 200 times in `cargo xtask soak`.
fn times(few: u32) -> u32 {
    std::env::var("HABEAS_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(few)
}

/// SplitMix64 (Steele, Lea and Flood 2014): the moments are random and can be had again.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The register's bytes, by their digest.
fn register(case: &Path) -> Digest {
    let case = Case::look(case, "test").unwrap();
    let scene = case.scene(&Question::default()).unwrap();
    Digest::of(&serde_json::to_vec(&scene.register).unwrap())
}

/// Opens the case, is killed after `moment` by `signal`, and returns the acknowledged batches: last
/// position and head.
fn killed(stage: &Stage, moment: Duration, signal: &str) -> Vec<(u64, String)> {
    let mut child = stage
        .command(&["open"], &["--once", "--verbose"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(moment); // The moment of the kill is what is tested.
    let _ =
        Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    said.lines().filter_map(acknowledged).collect()
}

/// `recorded 12..57 <head>`.
fn acknowledged(line: &str) -> Option<(u64, String)> {
    let (span, head) = line.strip_prefix("recorded ")?.split_once(' ')?;
    let last = span.split_once("..")?.1.parse().ok()?;
    (head.len() == 64).then(|| (last, head.to_owned()))
}

fn uninterrupted() -> (Digest, Duration) {
    let whole = Stage::copy_of("santa-aurelia");
    let start = Instant::now();
    let output = whole.run(&["open"], &["--once"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    (register(&whole.case), start.elapsed())
}

#[track_caller]
fn check(expected: Digest, moment: Duration, signal: &str) -> usize {
    let stage = Stage::copy_of("santa-aurelia");
    let batches = killed(&stage, moment, signal);
    if !batches.is_empty() {
        let ledger = Ledger::open(&stage.case.join("ledger")).unwrap();
        for (last, head) in &batches {
            let row = ledger.row(*last).unwrap().expect("an acknowledged entry is there");
            assert_eq!(row.hash.to_string(), *head, "entry {last}, killed after {moment:?}");
        }
        stage.verified();
    }
    let output = stage.run(&["open"], &["--once"]);
    assert_eq!(code(&output), 0, "killed after {moment:?}: {}", stderr(&output));
    stage.verified();
    assert_eq!(register(&stage.case), expected, "killed after {moment:?}");
    batches.len()
}

#[test]
fn nothing_acknowledged_is_lost() {
    let (expected, whole) = uninterrupted();
    let mut state = 20_260_108;
    let mut batches = 0;
    for _ in 0..times(10) {
        let moment = whole.mul_f64(random(&mut state) as f64 / u64::MAX as f64);
        batches += check(expected, moment, "-KILL");
    }
    println!("{} kills within {whole:?}, {batches} acknowledged batches, all there", times(10));
    assert!(batches > 0, "no batch was acknowledged before any kill");
}

#[test]
fn control_c_loses_nothing() {
    let (expected, whole) = uninterrupted();
    for part in [0.2, 0.5, 0.8] {
        check(expected, whole.mul_f64(part), "-INT");
    }
}
