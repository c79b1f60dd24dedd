//! A disk that cannot be written: questions are answered, writing is refused with the next step.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod stage;

use stage::{Stage, code, stderr, stdout};
use std::{
    fs::{self, Permissions},
    os::unix::{fs::PermissionsExt as _, process::CommandExt as _},
    path::Path,
    process::{Command, Output},
};

/// Nobody: to whom what root may not be forbidden is forbidden.
const NOBODY: u32 = 65534;

fn forbid(folder: &Path) {
    for found in fs::read_dir(folder).unwrap().map(|found| found.unwrap().path()) {
        match found.is_dir() {
            true => forbid(&found),
            false => fs::set_permissions(&found, Permissions::from_mode(0o444)).unwrap(),
        }
    }
    fs::set_permissions(folder, Permissions::from_mode(0o555)).unwrap();
}

fn allow(folder: &Path) {
    fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
    for found in fs::read_dir(folder).unwrap().map(|found| found.unwrap().path()) {
        match found.is_dir() {
            true => allow(&found),
            false => fs::set_permissions(&found, Permissions::from_mode(0o644)).unwrap(),
        }
    }
}

fn run(stage: &Stage, verb: &str, rest: &[&str]) -> Output {
    let mut command: Command = stage.command(&[verb], rest);
    let root = Command::new("id").arg("-u").output().unwrap();
    if stdout(&root).trim() == "0" {
        // The program itself may lie where nobody may go: a copy beside the case.
        let program = stage.root.path().join("habeas");
        if !program.exists() {
            fs::copy(env!("CARGO_BIN_EXE_habeas"), &program).unwrap();
        }
        let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        command = Command::new(program);
        command.args(arguments).env("LC_ALL", "C").env("NO_COLOR", "1").uid(NOBODY).gid(NOBODY);
    }
    command.output().unwrap()
}

#[test]
fn a_disk_that_cannot_be_written_answers_and_refuses() {
    let stage = Stage::copy_of("santa-aurelia");
    fs::set_permissions(stage.root.path(), Permissions::from_mode(0o755)).unwrap();
    assert_eq!(code(&stage.run(&["open"], &["--once"])), 0);
    let before = stage.json("verify", &[])["head"].clone();
    forbid(&stage.case);
    let board = run(&stage, "board", &["--json"]);
    assert_eq!(code(&board), 0, "{}", stderr(&board));
    assert_eq!(code(&run(&stage, "verify", &[])), 0);
    for (verb, rest) in [("receive", &["/etc/hostname"][..]), ("checkpoint", &[])] {
        let refused = run(&stage, verb, rest);
        assert_eq!(code(&refused), 1, "{verb}: {}", stdout(&refused));
        assert!(stderr(&refused).contains("hint:"), "{}", stderr(&refused));
    }
    allow(&stage.case);
    assert_eq!(stage.json("verify", &[])["head"], before, "nothing was written");
    assert_eq!(code(&stage.run(&["checkpoint"], &[])), 0);
}
