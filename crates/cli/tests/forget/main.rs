//! What was erased is nowhere: not in a byte of the case, not in a backup, not behind the key.
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod search;
#[cfg(feature = "server")]
mod server;
#[path = "../stage/mod.rs"]
mod stage;

use search::{forms, grep, hits};
use stage::{Stage, code, stderr, stdout};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

const LIST: &str = "apellidos;nombres;C.I.;fecha de detención\n\
    Núñez Lira;Elvira;V-11.222.333;14/01/2026\n\
    Rojas Paz;Tomás;V-44.555.666;15/01/2026\n\
    Vera Sol;Inés;V-77.888.999;16/01/2026\n";
const NOTE: &str = "# Boletín\n\nSanta Aurelia, 3 de febrero de 2026.\n\n\
    El Observatorio Faro informó que Elvira Núñez Lira fue liberada el 2 de febrero de 2026. \
    Al menos 40 personas siguen detenidas.\n";

/// A sealed case with a list and a text, opened by a key file.
struct Sealed {
    stage: Stage,
    key: PathBuf,
}

impl Sealed {
    fn new() -> Sealed {
        let root = tempfile::tempdir().unwrap();
        let (case, key) = (root.path().join("case"), root.path().join("case.key"));
        let stage = Stage { root, case };
        let sealed = Sealed { stage, key };
        let key = sealed.key.display().to_string();
        let made = sealed.stage.run(&["new"], &["--sealed", "--new-key-file", &key]);
        assert_eq!(code(&made), 0, "{}", stderr(&made));
        sealed.fill();
        sealed
    }

    /// Receives and reads the list and the text, and links her row with her name.
    fn fill(&self) {
        self.stage.put("list.csv", LIST.as_bytes());
        self.stage.put("note.md", NOTE.as_bytes());
        self.stage.set("[link]\ndecide = [\"full-name-and-date\"]\n");
        self.done(&["open"], &["--once"]);
        // Her row of the list and her name in the text are one person.
        if let [row, text] = self.ids("Elvira").as_slice() {
            self.done(&["link"], &["--decide", "same", "--pair", row, text]);
        }
    }

    /// `habeas VERB CASE FILE` of a backup, or `habeas VERB FILE CASE`.
    fn copied(&self, verb: &str, from: &Path, to: &Path) -> Output {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_habeas"));
        command.arg(verb).arg(from).arg(to).env("HABEAS_BACKUP_PASSPHRASE", "four words of a test");
        let output = command.output().unwrap();
        assert_eq!(code(&output), 0, "{verb}: {}", stderr(&output));
        output
    }

    fn run(&self, verb: &[&str], rest: &[&str]) -> Output {
        self.stage.command(verb, rest).env("HABEAS_KEY_FILE", &self.key).output().unwrap()
    }

    #[track_caller]
    fn done(&self, verb: &[&str], rest: &[&str]) -> String {
        let output = self.run(verb, rest);
        assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
        stdout(&output)
    }

    fn persons(&self) -> u64 {
        let answer = self.done(&["count"], &["--json"]);
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        answer["persons"].as_u64().unwrap()
    }

    /// The one person of this name.
    fn person(&self, name: &str) -> String {
        let ids = self.ids(name);
        assert_eq!(ids.len(), 1);
        ids[0].clone()
    }

    /// Identifiers of the persons of this name, as the team sees them.
    fn ids(&self, name: &str) -> Vec<String> {
        let out = self.stage.root.path().join("tables");
        self.done(&["export"], &["--names", "--out", &out.display().to_string()]);
        let table = fs::read_to_string(out.join("persons.csv")).unwrap();
        fs::remove_dir_all(&out).unwrap();
        let rows = table.lines().filter(|row| row.contains(name));
        rows.map(|row| row.split(',').next().unwrap().to_owned()).collect()
    }

    /// Everything that the key still opens, written out.
    fn behind_the_key(&self) -> Vec<u8> {
        let lines = self.stage.root.path().join("lines.jsonl");
        self.done(&["ledger", "export"], &[&lines.display().to_string()]);
        let text = fs::read(&lines).unwrap();
        fs::remove_file(lines).unwrap();
        text
    }
}

#[test]
fn an_erased_person_is_in_no_byte_of_the_case_or_of_a_backup() {
    let sealed = Sealed::new();
    let forms = forms();
    let case = &sealed.stage.case;
    assert_eq!(sealed.persons(), 3);
    assert!(hits(&sealed.behind_the_key(), &forms) > 0, "the search would find it");
    assert!(grep(case, &forms).0 > 0, "it is in the inbox");

    let id = sealed.person("Elvira");
    let asked = ["--person", &id, "--reason", "request", "--basis", "Ley 1, art. 2"];
    let refused = sealed.run(&["erase"], &asked);
    assert_eq!(code(&refused), 1, "copies in the inbox are not passed over in silence");
    assert!(stderr(&refused).contains("--inbox"), "{}", stderr(&refused));
    let named = ["--person", &id, "--reason", "request", "--basis", "by Elvira Nunez Lira"];
    assert!(stderr(&sealed.run(&["erase"], &named)).contains("basis"), "no name in a tombstone");

    sealed.done(&["erase"], &[&asked[..], &["--inbox"]].concat());
    assert_eq!(sealed.persons(), 2, "the list's other rows survive");
    sealed.done(&["verify"], &[]);
    sealed.done(&["open"], &["--once"]);
    assert_eq!(sealed.persons(), 2, "opening again brings nothing back");
    let earlier = sealed.done(&["count"], &["--json", "--known-by", "12"]);
    assert!(!earlier.contains("Elvira"), "the past does not bring it back");

    let backup = sealed.stage.root.path().join("case.age");
    let restored = sealed.stage.root.path().join("restored");
    sealed.copied("backup", case, &backup);
    sealed.copied("restore", &backup, &restored);

    let (behind, lying) = (sealed.behind_the_key(), fs::read(&backup).unwrap());
    let places = [
        ("case folder", grep(case, &forms)),
        ("backup as it lies", (hits(&lying, &forms), lying.len())),
        ("backup unpacked", grep(&restored, &forms)),
        ("all that the key opens", (hits(&behind, &forms), behind.len())),
    ];
    println!("forms searched: {}", forms.len());
    for (place, (found, bytes)) in places {
        println!("{place}: {bytes} bytes, {found} hits");
        assert_eq!(found, 0, "{place}");
    }
    let text = String::from_utf8_lossy(&behind);
    assert!(text.contains("Rojas Paz") && text.contains("Al menos 40 personas"));
}

#[test]
fn an_erased_document_does_not_come_back() {
    let sealed = Sealed::new();
    let asked = ["--document", "list.csv", "--reason", "mistake", "--basis", "received by error"];
    sealed.done(&["erase"], &[&asked[..], &["--inbox"]].concat());
    sealed.done(&["verify"], &[]);
    let text = String::from_utf8(sealed.behind_the_key()).unwrap();
    assert!(!text.contains("Rojas Paz") && text.contains("Al menos 40 personas"));
    sealed.stage.put("list.csv", LIST.as_bytes());
    let again = sealed.run(&["receive"], &[]);
    assert_eq!(code(&again), 4, "{}", stderr(&again));
    assert!(stderr(&again).contains("erased"), "{}", stderr(&again));
    assert!(!String::from_utf8(sealed.behind_the_key()).unwrap().contains("Rojas Paz"));
}

#[test]
fn an_erased_source_is_not_heard_any_more() {
    let sealed = Sealed::new();
    let asked = ["--source", "Observatorio Faro", "--reason", "risk", "--basis", "protection"];
    sealed.done(&["erase"], &[&asked[..], &["--inbox"]].concat());
    sealed.done(&["verify"], &[]);
    let text = String::from_utf8(sealed.behind_the_key()).unwrap().to_lowercase();
    assert!(!text.contains("observatorio faro"), "it is still spoken of");
    assert!(text.contains("rojas paz"));
}

#[test]
fn a_restriction_takes_two_people_and_hides_at_every_date() {
    let sealed = Sealed::new();
    let id = sealed.person("Elvira");
    let asked = ["--person", &id, "--reason", "law", "--basis", "art. 9"];
    let said = |who: &str, more: &[&str]| {
        sealed.done(&["restrict"], &[&asked[..], &["--as", who], more].concat());
        sealed.persons()
    };
    assert_eq!(said("ana", &[]), 3);
    assert_eq!(said("ana", &[]), 3, "one person twice is one person");
    assert_eq!(said("ben", &[]), 2);
    let lines = String::from_utf8(sealed.behind_the_key()).unwrap();
    assert!(lines.contains("Elvira"), "it is kept");
    assert_eq!(said("ana", &["--lift"]), 2);
    // While another process writes nobody's voice is taken; nothing is hidden or shown by that.
    let busy =
        fs::OpenOptions::new().write(true).open(sealed.stage.case.join("ledger/writer.lock"));
    let busy = busy.unwrap();
    busy.lock().unwrap();
    let cleo = [&asked[..], &["--as", "cleo", "--lift"]].concat();
    let refused = sealed.run(&["restrict"], &cleo);
    assert_eq!(code(&refused), 1);
    assert!(stderr(&refused).contains("is being written by another process"), "{refused:?}");
    assert_eq!(sealed.persons(), 2);
    drop(busy);
    assert_eq!(said("cleo", &["--lift"]), 3);
}

#[test]
fn what_is_not_sealed_cannot_be_erased_until_it_is() {
    let stage = Stage::new();
    stage.put("list.csv", LIST.as_bytes());
    let opened = stage.run(&["open"], &["--once"]);
    assert!(stderr(&opened).contains("NOT SEALED"), "{}", stderr(&opened));
    let asked = ["--document", "list.csv", "--reason", "mistake", "--basis", "x", "--inbox"];
    let refused = stage.run(&["erase"], &asked);
    assert_eq!(code(&refused), 1);
    assert!(stderr(&refused).contains("habeas seal"), "{}", stderr(&refused));

    let key = stage.root.path().join("case.key");
    let sealed = stage.run(&["seal"], &["--new-key-file", &key.display().to_string()]);
    assert_eq!(code(&sealed), 0, "{}", stderr(&sealed));
    fs::remove_file(stage.case.join("inbox/list.csv")).unwrap();
    assert_eq!(grep(&stage.case, &forms()).0, 0, "the ledger that was plain is gone");
    let with_key = |verb: &str, rest: &[&str]| {
        let mut command = stage.command(&[verb], rest);
        let output = command.env("HABEAS_KEY_FILE", &key).output().unwrap();
        assert_eq!(code(&output), 0, "{verb}: {}", stderr(&output));
        stdout(&output)
    };
    assert!(with_key("count", &["--json"]).contains("\"persons\": 3"));
    with_key("verify", &[]);
    with_key("erase", &asked);
    assert!(with_key("count", &["--json"]).contains("\"persons\": 0"));
}
