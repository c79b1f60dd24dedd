//! A stage for tests: temporary cases, and the `habeas` command run on them.
#![allow(dead_code, reason = "each test file uses a part of the stage")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};
use tempfile::TempDir;

/// A case in a temporary folder.
pub struct Stage {
    pub root: TempDir,
    pub case: PathBuf,
}

impl Stage {
    /// A new case, made by the command itself.
    pub fn new() -> Stage {
        let root = tempfile::tempdir().unwrap();
        let case = root.path().join("case");
        let stage = Stage { root, case };
        assert_eq!(code(&stage.run(&["new"], &[])), 0);
        stage
    }

    /// A copy of a shipped case, without what opening it left behind.
    pub fn copy_of(name: &str) -> Stage {
        let root = tempfile::tempdir().unwrap();
        let case = root.path().join("case");
        copy(&shipped(name), &case);
        Stage { root, case }
    }

    /// Puts a file into the inbox.
    pub fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.case.join("inbox").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Appends to case.toml.
    pub fn set(&self, text: &str) {
        let path = self.case.join("case.toml");
        let before = fs::read_to_string(&path).unwrap();
        fs::write(path, before + text).unwrap();
    }

    /// `habeas VERB CASE REST`, in English, without colour.
    pub fn run(&self, verb: &[&str], rest: &[&str]) -> Output {
        self.command(verb, rest).output().unwrap()
    }

    pub fn command(&self, verb: &[&str], rest: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_habeas"));
        command.args(verb).arg(&self.case).args(rest);
        command.env("LC_ALL", "C").env("NO_COLOR", "1").env("COLUMNS", "100");
        command.env_remove("HABEAS_AS").env_remove("HABEAS_LEDGER");
        command
    }

    /// The answer to a question as JSON; the question must succeed.
    pub fn json(&self, verb: &str, rest: &[&str]) -> serde_json::Value {
        let output = self.run(&[verb], &[rest, &["--json"]].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// The ledger is whole.
    #[track_caller]
    pub fn verified(&self) {
        let output = self.run(&["verify"], &[]);
        assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    }
}

pub fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(name)
}

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Copies a case folder, its ledger and page left out.
pub fn copy(from: &Path, to: &Path) {
    copy_but(from, to, &["ledger", "board.html"]);
}

/// Copies a folder, but for what has one of these names.
pub fn copy_but(from: &Path, to: &Path, but: &[&str]) {
    fs::create_dir_all(to).unwrap();
    for found in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let name = found.file_name();
        if but.iter().any(|left_out| name == *left_out) {
            continue;
        }
        match found.file_type().unwrap().is_dir() {
            true => copy_but(&found.path(), &to.join(name), but),
            false => drop(fs::copy(found.path(), to.join(name)).unwrap()),
        }
    }
}
