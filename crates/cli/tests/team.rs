//! A team's case: two members, two folders, one ledger on a real PostgreSQL.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

#[path = "../../ledger/tests/cluster/mod.rs"]
#[allow(dead_code, reason = "the ledger's own tests use more of it")]
mod cluster;
mod stage;

use cluster::Cluster;
use stage::Stage;
use std::process::Command;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_team_shares_one_memory() {
    let cluster = Cluster::start();
    let server = format!("\n[ledger]\nserver = \"{}\"\n", cluster.address("team"));
    let (first, second) = (Stage::new(), Stage::new());
    let set = |stage: &Stage| {
        std::fs::remove_dir_all(stage.case.join("ledger")).unwrap();
        stage.set(&server);
    };
    set(&first);
    set(&second);
    let early = first.run(&["open"], &["--once"]);
    assert_eq!(early.status.code(), Some(1));
    assert!(text(&early.stderr).contains("no ledger at `postgres://127.0.0.1/team?schema=team`"));
    let made = first.run(&["migrate"], &[]);
    assert!(text(&made.stdout).contains("2 migrations were applied"), "{}", text(&made.stderr));
    let again = second.run(&["migrate"], &[]);
    assert_eq!(text(&again.stdout), "the tables of the server are up to date\n");
    let bulletin = "10 February 2026\n\nVigilia Juridica said that 12 people were released.\n";
    first.put("bulletin.md", bulletin.as_bytes());
    let opened = first.run(&["open"], &["--once"]);
    assert_eq!(opened.status.code(), Some(0), "{}", text(&opened.stderr));
    let seen = second.run(&["board"], &["--json"]);
    assert_eq!(seen.status.code(), Some(0), "{}", text(&seen.stderr));
    assert!(text(&seen.stdout).contains("\"lower\":12"), "{}", text(&seen.stdout));
    let verified = second.run(&["verify"], &["--json"]);
    assert_eq!(verified.status.code(), Some(3), "its evidence lies with the first member");
    first.run(&["verify"], &[]).status.success().then_some(()).expect("whole where it lies");
    assert!(!first.case.join("ledger/ledger.sqlite").exists());
}

#[test]
fn the_server_can_be_named_at_the_door() {
    let cluster = Cluster::start();
    let (team, other) = (cluster.address("team"), cluster.address("other"));
    let stage = Stage::new();
    stage.set(&format!("\n[ledger]\nserver = \"{other}\"\n"));
    let at_team = |verb: &str, rest: &[&str]| {
        let output = stage.run(&[verb], &[rest, &["--ledger", &team]].concat());
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    };
    let made = at_team("migrate", &[]).1;
    assert!(made.contains("2 migrations were applied"), "{made}");
    let bulletin = "10 February 2026\n\nVigilia Juridica said that 12 people were released.\n";
    stage.put("bulletin.md", bulletin.as_bytes());
    let opened = at_team("open", &["--once"]);
    assert_eq!(opened.0, Some(0), "{}", opened.1);
    // What case.toml names has no tables: nothing went there.
    let elsewhere = stage.run(&["board"], &[]);
    assert!(text(&elsewhere.stderr).contains("team?schema=other"), "{}", text(&elsewhere.stderr));
    let board = at_team("board", &["--json"]);
    assert!(board.1.contains("\"lower\":12"), "{}", board.1);
    // The environment says the same.
    let verified = stage.command(&["verify"], &[]).env("HABEAS_LEDGER", &team).output().unwrap();
    assert_eq!(verified.status.code(), Some(0), "{}", text(&verified.stderr));
    let whole: u64 = cluster.sql("team", "SELECT position FROM head").unwrap().parse().unwrap();
    assert!(whole > 3, "{whole} entries on the server");
    let folder = stage.root.path().join("fresh").display().to_string();
    let refused = Command::new(env!("CARGO_BIN_EXE_habeas"))
        .args(["new", &folder, "--ledger", &team])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let told = text(&refused.stderr);
    assert!(told.contains("`--ledger` names a server"), "{told}");
}
