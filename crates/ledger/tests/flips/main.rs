//! A flipped bit in every kind of file that a case keeps or gives away: it is named, or the file is
//! refused, or nothing that is kept has changed by it. Never a panic, never another answer.
//!
//! `cargo nextest run -p habeas-ledger --test flips --no-capture` prints the table; so many flips
//! of each kind: 25 in the quick tests, 10,000 in `cargo xtask soak`.
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

#[path = "../ledgers/mod.rs"]
mod ledgers;

use habeas_ledger::{
    Ledger, Row,
    carry::{
        age::{Lock, Unlock},
        backup,
        lines::{self, Lines},
    },
    proof::Log,
    seal::Cost,
    site::Here,
};
use habeas_model::{Entry, Received};
use ledgers::{files, key, length, note, random, sealed};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Documents, notes and a checkpoint.
fn fill(ledger: &Ledger) {
    let mut writer = ledger.writer().unwrap();
    for n in 0..3 {
        let blob = writer.put_blob(format!("document {n} ").repeat(200).as_bytes()).unwrap();
        let body = format!(
            r#"{{"blob": "{blob}", "name": "{n}.md", "bytes": 1, "format": "markdown",
                "capture": {{}}, "disclosure": "restricted"}}"#
        );
        let received: Received = serde_json::from_str(&body).unwrap();
        let _ = writer.append("a", n, &[Entry::Received(Box::new(received))]).unwrap();
    }
    let notes: Vec<Entry> = (0..60).map(|n| note(&n.to_string())).collect();
    let _ = writer.append("a", 5, &notes).unwrap();
    Log::sign(ledger, &mut writer, "a", 6).unwrap();
}

/// What came of a flip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Named,
    Refused,
    Unchanged,
}

/// Every row as it is handed out, and what it says.
fn rows(ledger: &Ledger) -> Vec<(Row, Option<Vec<u8>>)> {
    let mut all = Vec::new();
    ledger
        .rows(0, None, |row| {
            all.push(row);
            Ok(())
        })
        .unwrap();
    let said = |row: Row| {
        let said = ledger.opened(&row).unwrap();
        (row, said)
    };
    all.into_iter().map(said).collect()
}

fn opened(folder: &Path) -> Result<Ledger, habeas_ledger::Error> {
    let mut ledger = Ledger::open(folder)?;
    if ledger.is_sealed() {
        ledger.unlock(&key())?;
    }
    Ok(ledger)
}

/// A file with one bit flipped, `times` times; `look` says what came of it each time.
fn flip(
    path: &Path,
    times: u32,
    state: &mut u64,
    mut look: impl FnMut(usize) -> Outcome,
) -> Counts {
    let whole = fs::read(path).unwrap();
    let mut counts = Counts::default();
    for _ in 0..times {
        let at = random(state) as usize % whole.len();
        let mut bent = whole.clone();
        bent[at] ^= 1 << (random(state) % 8);
        fs::write(path, &bent).unwrap();
        counts.add(look(at));
        fs::write(path, &whole).unwrap();
    }
    counts
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    named: u32,
    refused: u32,
    unchanged: u32,
}

impl Counts {
    fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Named => self.named += 1,
            Outcome::Refused => self.refused += 1,
            Outcome::Unchanged => self.unchanged += 1,
        }
    }

    fn and(self, other: Counts) -> Counts {
        Counts {
            named: self.named + other.named,
            refused: self.refused + other.refused,
            unchanged: self.unchanged + other.unchanged,
        }
    }
}

fn tell(table: &BTreeMap<String, Counts>) {
    println!(
        "file | flips | named by verify | refused, with the reason | nothing kept has changed"
    );
    for (file, Counts { named, refused, unchanged }) in table {
        println!("{file} | {} | {named} | {refused} | {unchanged}", named + refused + unchanged);
    }
}

/// The kind of a file of a ledger; none for what is not kept.
fn kind(folder: &Path, path: &Path) -> Option<String> {
    let name = path.strip_prefix(folder).unwrap().display().to_string();
    match name.as_str() {
        "writer.lock" => None,
        name if name.starts_with("blobs") => Some("blobs/..".to_owned()),
        name => Some(name.to_owned()),
    }
}

/// Flips bits in each kind of file of a ledger, `times` each.
fn ledger(closed: bool, times: u32) -> BTreeMap<String, Counts> {
    let folder = tempfile::tempdir().unwrap();
    match closed {
        true => fill(&sealed(folder.path())),
        false => fill(&Ledger::create(folder.path()).unwrap()),
    }
    let truth = rows(&opened(folder.path()).unwrap());
    let mut kinds: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in files(folder.path()) {
        if let Some(kind) = kind(folder.path(), &path) {
            kinds.entry(kind).or_default().push(path);
        }
    }
    let database = folder.path().join("ledger.sqlite");
    let (whole, mut state) = (fs::read(&database).unwrap(), 20_260_108);
    let look = |at: usize| {
        let outcome = match opened(folder.path()).and_then(|ledger| ledger.verify()) {
            Err(_) => Outcome::Refused,
            Ok(report) if !report.faults.is_empty() => Outcome::Named,
            Ok(_) => {
                assert!(
                    rows(&opened(folder.path()).unwrap()) == truth,
                    "another answer: byte {at}"
                );
                Outcome::Unchanged
            }
        };
        for side in ["ledger.sqlite-wal", "ledger.sqlite-shm", "ledger.sqlite-journal"] {
            let _ = fs::remove_file(folder.path().join(side));
        }
        fs::write(&database, &whole).unwrap(); // SQLite may have mended it.
        outcome
    };
    let sort = if closed { "sealed" } else { "plain" };
    let one = |(kind, paths): (String, Vec<PathBuf>)| {
        let share = times.div_ceil(paths.len() as u32);
        let counts = paths.iter().map(|path| flip(path, share, &mut state, look));
        (format!("{sort} {kind}"), counts.fold(Counts::default(), Counts::and))
    };
    kinds.into_iter().map(one).collect()
}

#[test]
fn a_flipped_bit_of_a_ledger_is_named_or_changes_nothing() {
    let times = length("HABEAS_FLIPS", 25);
    let mut table = ledger(false, times);
    table.append(&mut ledger(true, times));
    tell(&table);
    let silent = |file: &str| table[file].unchanged;
    for file in ["plain blobs/..", "sealed blobs/..", "sealed secrets"] {
        assert_eq!(silent(file), 0, "a changed byte of {file} is always named or refused");
    }
    assert_eq!(table.len(), 8, "{:?}", table.keys());
}

/// What is given away: a backup, and the lines of a ledger.
#[test]
fn a_flipped_bit_of_a_copy_is_refused_or_changes_nothing() {
    let case = tempfile::tempdir().unwrap();
    let times = length("HABEAS_FLIPS", 25);
    fs::write(case.path().join("case.toml"), "title = \"x\"\n").unwrap();
    fs::create_dir(case.path().join("ledger")).unwrap();
    let ledger = sealed(&case.path().join("ledger"));
    fill(&ledger);
    let truth = rows(&ledger);
    let aside = tempfile::tempdir().unwrap();
    let mut table = BTreeMap::new();
    let mut state = 20_260_109;

    let own = age::x25519::Identity::generate();
    let (lock, unlock) = (Lock::Recipients(vec![own.to_public()]), Unlock::Identity(own));
    let file = aside.path().join("case.age");
    backup::backup(case.path(), &ledger, &lock, &file).unwrap();
    let restored = aside.path().join("restored");
    let look = |at: usize| {
        let outcome = match backup::restore(&file, &unlock, &restored) {
            Err(_) => Outcome::Refused,
            Ok(_) => {
                let same = rows(&opened(&restored.join("ledger")).unwrap()) == truth;
                assert!(same, "another answer: byte {at}");
                Outcome::Unchanged
            }
        };
        let _ = fs::remove_dir_all(&restored);
        outcome
    };
    table.insert("backup".to_owned(), flip(&file, times, &mut state, look));

    let file = aside.path().join("ledger.jsonl");
    lines::export(&ledger, &file, &mut fs::File::create(&file).unwrap()).unwrap();
    let look = |at: usize| {
        let made = fs::File::open(&file).map(std::io::BufReader::new).unwrap();
        let made = Lines::read(&file, made).and_then(|lines| {
            lines.import(&Here::new(&restored), "first", Some(&key()), Cost::LEAST)
        });
        let outcome = match made {
            Err(_) => Outcome::Refused,
            Ok(ledger) => {
                assert!(rows(&ledger) == truth, "another answer: byte {at}");
                assert_eq!(ledger.verify().unwrap().faults, [], "byte {at}");
                Outcome::Unchanged
            }
        };
        let _ = fs::remove_dir_all(&restored);
        outcome
    };
    table.insert("lines".to_owned(), flip(&file, times, &mut state, look));
    tell(&table);
    assert_eq!(table["backup"].unchanged, 0, "an age file is whole or refused");
}
