//! The pages in a real browser: Chromium goes through all of them, driven by `walk.mjs`.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

#[path = "../stage/mod.rs"]
mod stage;

use stage::{Stage, code, stderr, stdout};
use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// A case that is served. It ends with the test.
struct Served(Child, String);

impl Served {
    fn of(stage: &Stage) -> Served {
        let mut command = stage.command(&["serve"], &["--listen", "127.0.0.1:0", "--lang", "en"]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut told = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            assert!(told.read_line(&mut line).unwrap() > 0, "it ended before it served");
        }
        // What is told later is read, so that the program is never stopped by it.
        std::thread::spawn(move || std::io::copy(&mut told, &mut std::io::sink()));
        let at = line.split("http://").nth(1).unwrap().split('/').next().unwrap();
        Served(child, format!("http://{at}"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Puts another line into case.toml in place of the first that begins so.
fn put(stage: &Stage, begins: &str, line: &str) {
    let settings = stage.case.join("case.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    let before = text.lines().find(|line| line.starts_with(begins)).unwrap();
    std::fs::write(&settings, text.replace(before, line)).unwrap();
}

/// With `HABEAS_SCREENS` (a folder) the pictures of the guide are made.
#[test]
fn every_page_is_fit_for_everybody() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let needs = root.join("../../target/browser");
    assert!(needs.join("node_modules").is_dir(), "hint: bash .ci/install");
    let (alone, team) = (Stage::copy_of("santa-aurelia"), Stage::copy_of("santa-aurelia"));
    // No rule joins anybody: the linker has the work.
    put(&team, "decide = ", "decide = []");
    // Who only reads need not know who stands on the lists.
    let apart = "[need-to-know]\n\"lists/*\" = [\"reviewer\", \"linker\"]\n\n[link]";
    put(&team, "[link]", apart);
    // Pictures show an estimate, which takes lists that somebody stands for.
    if std::env::var_os("HABEAS_SCREENS").is_some() {
        put(&alone, "accept = ", "accept = [\"lists/*\", \"tables/*\"]");
    }
    for stage in [&alone, &team] {
        assert_eq!(code(&stage.run(&["open"], &["--once"])), 0);
    }
    for (name, role) in
        [("ada", "keeper"), ("rita", "reviewer"), ("raul", "reviewer"), ("lina", "linker")]
    {
        let mut add = team.command(&["account", "add"], &[name, "--role", role]);
        let added = add.env("HABEAS_NEW_PASSPHRASE", "correct horse battery").output().unwrap();
        assert_eq!(code(&added), 0, "{}", stderr(&added));
    }
    let known = alone.case.join("inbox/lists/ministry-releases.csv");
    let case = alone.case.clone();
    let (alone, team) = (Served::of(&alone), Served::of(&team));
    let walked = Command::new("node")
        .arg(root.join("tests/browser/walk.mjs"))
        .env("HABEAS_AT", &alone.1)
        .env("HABEAS_CASE", &case)
        .env("HABEAS_TEAM_AT", &team.1)
        .env("HABEAS_BROWSER", &needs)
        .env("HABEAS_KNOWN", &known)
        .output()
        .unwrap();
    eprintln!("{}", stdout(&walked));
    assert_eq!(code(&walked), 0, "{}", stderr(&walked));
}
