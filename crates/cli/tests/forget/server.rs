//! The same on a team's server: sealed, shared, erased, backed up; and the server's own files.

#[path = "../../../ledger/tests/cluster/mod.rs"]
#[allow(dead_code, reason = "the ledger's own tests use more of it")]
mod cluster;

use super::*;
use cluster::Cluster;

impl Sealed {
    /// A member of a team whose case is on this server, with the key file that all share.
    fn member(server: &str, key: &Path) -> Sealed {
        let sealed = Sealed { stage: Stage::new(), key: key.to_owned() };
        fs::remove_dir_all(sealed.stage.case.join("ledger")).unwrap();
        sealed.stage.set(&format!("\n[ledger]\nserver = \"{server}\"\n\n"));
        sealed
    }
}

#[test]
fn a_team_forgets_on_its_server() {
    let cluster = Cluster::start();
    let (root, server) = (tempfile::tempdir().unwrap(), cluster.address("team"));
    let key = root.path().join("team.key");
    let (first, second) = (Sealed::member(&server, &key), Sealed::member(&server, &key));
    first.stage.run(&["migrate"], &[]);
    let sealed = first.stage.run(&["seal"], &["--new-key-file", &key.display().to_string()]);
    assert_eq!(code(&sealed), 0, "{}", stderr(&sealed));
    first.fill();
    assert_eq!(second.persons(), 3);
    holders(&first, &second, root.path());
    restricted(&first, &second);

    let forms = forms();
    let everywhere = |forms: &_| {
        let files = cluster.files();
        let dump = cluster.dump();
        let found = files.iter().map(|(_, bytes)| hits(bytes, forms)).sum::<usize>();
        let bytes = files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
        [("files of the server", (found, bytes)), ("its dump", (hits(&dump, forms), dump.len()))]
    };
    assert!(hits(&first.behind_the_key(), &forms) > 0, "the search would find it");
    assert!(everywhere(&search::of("habeas")).iter().all(|(_, (found, _))| *found > 0), "it reads");
    let id = first.person("Elvira");
    let asked = ["--person", &id, "--reason", "request", "--basis", "Ley 1, art. 2", "--inbox"];
    let erased = first.run(&["erase"], &asked);
    assert_eq!(code(&erased), 0, "{}", stderr(&erased));
    assert!(stderr(&erased).contains("replicas, archived logs"), "{}", stderr(&erased));
    assert_eq!((first.persons(), second.persons()), (2, 2));
    first.done(&["verify"], &[]);

    let (backup, restored) = (root.path().join("case.age"), root.path().join("restored"));
    first.copied("backup", &first.stage.case, &backup);
    first.copied("restore", &backup, &restored);
    let text = fs::read_to_string(restored.join("case.toml")).unwrap();
    assert!(text.contains("# restored into this folder: server"), "{text}");
    let behind = first.behind_the_key();
    let lines = first.stage.root.path().join("carried.jsonl");
    fs::write(&lines, &behind).unwrap();
    let places = [
        ("case folder", grep(&first.stage.case, &forms)),
        ("the other's case folder", grep(&second.stage.case, &forms)),
        ("backup unpacked", grep(&restored, &forms)),
        ("all that the key opens", (hits(&behind, &forms), behind.len())),
    ];
    for (place, (found, bytes)) in places.into_iter().chain(everywhere(&forms)) {
        println!("{place}: {bytes} bytes, {found} hits");
        assert_eq!(found, 0, "{place}");
    }
    let there = Sealed { stage: Stage { root, case: restored }, key: key.clone() };

    assert_eq!(there.persons(), 2);
    there.done(&["verify"], &[]);
    moved(&cluster, [&backup, &lines], &key);
}

/// A second holder comes by one member and is known to the other.
fn holders(first: &Sealed, second: &Sealed, root: &Path) {
    let own = root.join("second.key").display().to_string();
    first.done(&["key", "add"], &["--holder", "ben", "--new-key-file", &own]);
    let known = second.done(&["key", "list"], &[]);
    assert_eq!(known.lines().count(), 2, "{known}");
    let by_own = Sealed { stage: Stage::new(), key: own.into() };
    let server = fs::read_to_string(second.stage.case.join("case.toml")).unwrap();
    fs::write(by_own.stage.case.join("case.toml"), server).unwrap();
    assert_eq!(by_own.persons(), 3);
    second.done(&["key", "remove"], &["--holder", "ben"]);
    assert_eq!(code(&by_own.run(&["count"], &[])), 1, "it opens nothing any more");
}

/// Each member is one voice, and both are needed; what is hidden is so for both, and is kept.
fn restricted(first: &Sealed, second: &Sealed) {
    let id = first.person("Inés");
    let asked = ["--person", &id, "--reason", "law", "--basis", "art. 9"];
    let said = |by: &Sealed, who: &str, more: &[&str]| {
        by.done(&["restrict"], &[&asked[..], &["--as", who], more].concat());
        assert_eq!(first.persons(), second.persons());
        first.persons()
    };
    assert_eq!(said(first, "ana", &[]), 3);
    assert_eq!(said(second, "ana", &[]), 3, "one person at two desks is one person");
    assert_eq!(said(second, "ben", &[]), 2);
    assert_eq!((first.ids("Inés").len(), second.ids("Inés").len()), (0, 0));
    let lines = String::from_utf8(first.behind_the_key()).unwrap();
    assert!(lines.contains("Inés"), "it is kept");
    first.done(&["verify"], &[]);
    assert_eq!(said(second, "ben", &["--lift"]), 2);
    assert_eq!(said(first, "ana", &["--lift"]), 3);
}

/// The backup and the lines come back onto a server, too.
fn moved(cluster: &Cluster, [backup, lines]: [&Path; 2], key: &Path) {
    for (verb, schema) in [("restore", "moved"), ("import", "lines")] {
        let server = cluster.address(schema);
        let made = Sealed::member(&server, key);
        made.done(&["migrate"], &[]); // Not sealed yet: no key is asked for.
        let case = made.stage.root.path().join("back");
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_habeas"));
        command.env("HABEAS_BACKUP_PASSPHRASE", "four words of a test");
        command.env("HABEAS_PASSPHRASE", "a passphrase of the tests");
        match verb {
            "restore" => command.arg(verb).arg(backup),
            _ => command.args(["ledger", verb]).arg(lines),
        };
        let output = command.arg(&case).args(["--ledger", &server]).output().unwrap();
        assert_eq!(code(&output), 0, "{verb}: {}", stderr(&output));
        assert!(!case.join("ledger/ledger.sqlite").exists());
        let count = |key: bool| {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_habeas"));
            command.arg("count").arg(&case).args(["--json", "--ledger", &server]);
            match key {
                true => command.env("HABEAS_KEY_FILE", made.key.as_path()),
                false => command.env("HABEAS_PASSPHRASE", "a passphrase of the tests"),
            };
            stdout(&command.output().unwrap())
        };
        assert!(count(verb == "restore").contains("\"persons\": 2"), "{verb}");
    }
}
