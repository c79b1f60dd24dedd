//! `check`: everything quick, in the order in which it fails fastest; `soak`: the same tests at
//! full length.

use anyhow::{Context as _, Result, bail};
use std::{path::Path, process::Command};

/// A step: what it is called, the program with its arguments, and what to do when the program is
/// missing.
type Step<'a> = (&'a str, &'a [&'a str], &'a str);

const STEPS: [Step<'_>; 4] = [
    ("format", &["cargo", "fmt", "--all", "--check"], "rustup component add rustfmt"),
    (
        "clippy",
        &[
            "cargo",
            "clippy",
            "--quiet",
            "--workspace",
            "--all-features",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ],
        "rustup component add clippy",
    ),
    (
        "tests",
        &["cargo", "nextest", "run", "--workspace", "--all-features"],
        "cargo install cargo-nextest --locked",
    ),
    // Advisories need a network; left to those who have one (`cargo deny check`).
    (
        "deny",
        &["cargo", "deny", "--log-level", "error", "check", "licenses", "bans", "sources"],
        "cargo install cargo-deny --locked",
    ),
];

/// Everything quick.
pub fn check(root: &Path) -> Result<()> {
    run(root, STEPS[0], &[])?;
    crate::tidy::tidy(root)?;
    STEPS[1..].iter().try_for_each(|step| run(root, *step, &[]))
}

/// The long suites: kills, flips, cuts and histories at full length (docs/ledger-faults.md).
pub fn soak(root: &Path) -> Result<()> {
    let step = (
        "soak",
        &["cargo", "nextest", "run", "--workspace", "--all-features", "--no-capture"][..],
        STEPS[2].2,
    );
    let lengths = [
        ("HABEAS_KILLS", "200"),
        ("HABEAS_LEDGER_KILLS", "1000"),
        ("HABEAS_FLIPS", "10000"),
        ("HABEAS_APPENDS", "10000"),
        ("HABEAS_HISTORIES", "1000"),
        ("HABEAS_CUTS", "1000"),
        ("HABEAS_RESTRICTS", "60"),
        ("HABEAS_WAL_STEP", "97"),
        ("HABEAS_FULL_DISKS", "200"),
        ("HABEAS_SERVER_KILLS", "50"),
        ("HABEAS_SOAK", "1"),
        ("PROPTEST_CASES", "20000"),
    ];
    run(root, step, &lengths)
}

fn run(root: &Path, (name, words, install): Step<'_>, set: &[(&str, &str)]) -> Result<()> {
    eprintln!("== {name}: {}", words.join(" "));
    if words[0] == "cargo" && !has(words[1]) {
        bail!("`cargo {}` is not installed\nhint: {install}", words[1]);
    }
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).current_dir(root).envs(set.iter().copied());
    let status = command
        .status()
        .with_context(|| format!("cannot start `{}`\nhint: {install}", words[0]))?;
    if !status.success() {
        bail!("{name} failed\nhint: `{}` shows it alone", words.join(" "));
    }
    Ok(())
}

/// Whether `cargo NAME` is there.
fn has(name: &str) -> bool {
    Command::new("cargo")
        .args([name, "--version"])
        .output()
        .is_ok_and(|output| output.status.success())
}
