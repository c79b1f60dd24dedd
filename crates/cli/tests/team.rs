//! A team's case: two members, two folders, one ledger on a real PostgreSQL.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

#[path = "../../ledger/tests/cluster/mod.rs"]
#[allow(dead_code, reason = "the ledger's own tests use more of it")]
mod cluster;
mod stage;

use cluster::Cluster;
use stage::Stage;

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
    assert!(text(&made.stdout).contains("1 migration was applied"), "{}", text(&made.stderr));
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
