//! A checkpoint holds the ledger to its word: what is proven can be checked by others, and a ledger
//! that was rolled back or rewritten is found.
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::Signer as _;
use habeas_ledger::{
    Error, Ledger, Writer,
    proof::{Bundle, Hash, Log, Note, VerifierKey, export},
};
use habeas_model::{Digest, Entry, memory::entry::Kept};
use proptest::prelude::*;
use std::{fs, path::Path, process::Command};
use tlog_tiles::tlog::{check_record, check_tree, record_hash};

fn fill(writer: &mut Writer, from: u64, to: u64) {
    let note = |n: u64| Entry::Kept(Kept { name: "case.toml".to_owned(), text: n.to_string() });
    let entries: Vec<Entry> = (from..=to).map(note).collect();
    let _ = writer.append("a", from as i64, &entries).unwrap();
}

fn sign(ledger: &Ledger, writer: &mut Writer) -> Note {
    Log::sign(ledger, writer, "a", 1).unwrap()
}

fn key(log: &Log) -> VerifierKey {
    log.segments().last().unwrap().checkpoint.key.parse().unwrap()
}

#[test]
fn rows_are_proven_and_no_other_row_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create(folder.path()).unwrap();
    let mut writer = ledger.writer().unwrap();
    fill(&mut writer, 1, 40);
    let first = sign(&ledger, &mut writer);
    assert_eq!(sign(&ledger, &mut writer).text(), first.text(), "nothing new, nothing signed");
    fill(&mut writer, 42, 50);
    let second = sign(&ledger, &mut writer);
    assert_eq!((first.size(), second.size()), (4096, 8192), "9 entries look like 4,096");
    let log = Log::of(&ledger).unwrap();
    assert_eq!(log.faults(), []);
    assert!(second.is_of(&key(&log)));

    let bundle = Bundle::of(&ledger, &log, &[(7, true), (8, false), (45, true)]).unwrap();
    let text = serde_json::to_string(&bundle).unwrap();
    let read: Bundle = serde_json::from_str(&text).unwrap();
    let checked = read.check(Some(&key(&log)), &[]).unwrap();
    assert_eq!((checked.shown, checked.withheld), (2, 1));
    let leaf = ledger.row(8).unwrap().unwrap().leaf;
    assert!(!text.contains(&leaf.to_string()), "the leaf of a withheld row could be guessed");
    assert!(matches!(Bundle::of(&ledger, &log, &[(51, true)]), Err(Error::NotCovered(51))));

    let mut forged = read.clone();
    forged.rows[0].row.as_mut().unwrap().author.push('b');
    assert!(matches!(forged.check(None, &[]), Err(Error::Bundle(_))));
    let mut forged = read.clone();
    forged.rows[1].leaf = leaf;
    assert!(matches!(forged.check(None, &[]), Err(Error::Bundle(_))));
    let mut forged = read;
    forged.checkpoint = forged.checkpoint.replace("8192", "8193");
    assert!(matches!(forged.check(None, &[]), Err(Error::Signature(_))));
}

#[test]
fn a_ledger_that_was_rolled_back_or_rewritten_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create(folder.path()).unwrap();
    let mut writer = ledger.writer().unwrap();
    fill(&mut writer, 1, 5);
    let first = sign(&ledger, &mut writer);
    drop((writer, ledger));
    let early = tempfile::tempdir().unwrap();
    copy(folder.path(), early.path());

    let ledger = Ledger::open(folder.path()).unwrap();
    let mut writer = ledger.writer().unwrap();
    fill(&mut writer, 7, 9);
    let second = sign(&ledger, &mut writer);
    let held = |ledger: &Ledger, note: &Note| {
        let report = ledger.verify_against(note, None).unwrap();
        report.faults.iter().map(|fault| fault.what.clone()).collect::<Vec<_>>()
    };
    assert_eq!(held(&ledger, &first), [""; 0]);
    assert_eq!(held(&ledger, &second), [""; 0]);

    let rolled_back = Ledger::open(early.path()).unwrap();
    assert_eq!(rolled_back.verify().unwrap().faults, [], "nothing in itself tells");
    let faults = held(&rolled_back, &second);
    assert!(faults[0].starts_with("it was rolled back"), "{faults:?}");

    // An insider with the key writes another history of the same length and signs it.
    let forged = tempfile::tempdir().unwrap();
    let other = Ledger::create(forged.path()).unwrap();
    fs::copy(folder.path().join("log.key"), forged.path().join("log.key")).unwrap();
    let mut writer = other.writer().unwrap();
    fill(&mut writer, 2, 6);
    sign(&other, &mut writer);
    fill(&mut writer, 7, 9);
    sign(&other, &mut writer);
    assert_eq!(other.verify().unwrap().faults, []);
    let faults = held(&other, &first);
    assert!(faults[0].starts_with("it was rewritten"), "{faults:?}");
    let strange = tempfile::tempdir().unwrap();
    let strange = Ledger::create(strange.path()).unwrap();
    fill(&mut strange.writer().unwrap(), 1, 5);
    assert!(held(&strange, &first)[0].starts_with("it was rolled back"), "no checkpoint at all");
    sign(&strange, &mut strange.writer().unwrap());
    assert!(held(&strange, &first)[0].starts_with("that checkpoint is of another log"));
}

#[test]
fn an_entry_changed_under_a_checkpoint_is_found_by_both() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create(folder.path()).unwrap();
    let mut writer = ledger.writer().unwrap();
    fill(&mut writer, 1, 5);
    sign(&ledger, &mut writer);
    let insider = rusqlite::Connection::open(folder.path().join("ledger.sqlite")).unwrap();
    // All hashes are made anew; only what was signed cannot be.
    insider.execute_batch("DROP TRIGGER entry_stays").unwrap();
    let mut head = habeas_ledger::chain::BEGINNING;
    for position in 1..=6 {
        let row = ledger.row(position).unwrap().unwrap();
        let author = if position == 3 { "b" } else { "a" };
        let leaf =
            habeas_ledger::chain::leaf(position, row.recorded_at, author, &row.kind, &row.body);
        head = habeas_ledger::chain::link(&head, &leaf);
        let sql = "UPDATE entry SET author = ?1, leaf = ?2, chain = ?3 WHERE position = ?4";
        insider.execute(sql, rusqlite::params![author, leaf.0, head.0, position]).unwrap();
    }
    let faults = ledger.verify().unwrap().faults;
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].place, "entry 6");
}

/// A witness, made by hand as C2SP `tlog-cosignature` has it: its key, and its line under a text.
fn witness(text: &str, time: u64) -> (VerifierKey, String) {
    let secret = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    let key = [&[4], secret.verifying_key().as_bytes().as_slice()].concat();
    let id = signed_note::key_id("witness.example", &key);
    let public = format!("witness.example+{id:08x}+{}", BASE64_STANDARD.encode(&key));
    let signature = secret.sign(format!("cosignature/v1\ntime {time}\n{text}").as_bytes());
    let mut bytes = id.to_be_bytes().to_vec();
    bytes.extend(time.to_be_bytes());
    bytes.extend(signature.to_bytes());
    (public.parse().unwrap(), format!("— witness.example {}\n", BASE64_STANDARD.encode(bytes)))
}

#[test]
fn what_a_known_witness_signs_is_kept_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create(folder.path()).unwrap();
    let mut writer = ledger.writer().unwrap();
    fill(&mut writer, 1, 5);
    let note = sign(&ledger, &mut writer);
    let (known, line) = witness(note.text(), 1_770_000_000);
    let log = Log::of(&ledger).unwrap();
    let mut cosign =
        |lines: &str, known: &[VerifierKey]| log.cosign(&mut writer, "a", 2, lines, known);
    assert!(matches!(cosign(&line, &[]), Err(Error::NoWitness)));
    let (_, other) = witness("another text\n", 1_770_000_000);
    assert!(matches!(cosign(&other, std::slice::from_ref(&known)), Err(Error::Signature(_))));
    assert!(matches!(cosign("nonsense", std::slice::from_ref(&known)), Err(Error::Note)));
    assert_eq!(ledger.head().unwrap().position, 6, "nothing of that was kept");
    let kept = cosign(&line, std::slice::from_ref(&known)).unwrap();
    assert_eq!(kept.text(), note.text());

    let log = Log::of(&ledger).unwrap();
    assert_eq!((log.segments().len(), log.faults()), (1, vec![]));
    let bundle = Bundle::of(&ledger, &log, &[(3, true)]).unwrap();
    let checked = bundle.check(Some(&key(&log)), &[known]).unwrap();
    let seen: Vec<_> = checked.signed.iter().filter_map(|signed| signed.seen).collect();
    assert_eq!(seen, [1_770_000_000]);
    assert_eq!(ledger.verify().unwrap().faults, []);
}

/// Debian's `golang-golang-x-mod-dev` reads what we publish, and we what it makes.
#[test]
fn the_log_of_the_go_checksum_database_agrees() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create(&folder.path().join("ledger")).unwrap();
    let mut writer = ledger.writer().unwrap();
    fill(&mut writer, 1, 40);
    let old = sign(&ledger, &mut writer);
    fill(&mut writer, 42, 9_000);
    sign(&ledger, &mut writer);
    let log = Log::of(&ledger).unwrap();
    let rows = [(1, true), (39, false), (40, true), (4_242, true), (9_000, false)];
    let bundle = Bundle::of(&ledger, &log, &rows).unwrap();
    let size = log.tree().size();
    let path = log.tree().consistency(old.size(), size).unwrap();
    let path: Vec<Digest> = path.into_iter().map(|hash| Digest(hash.0)).collect();
    let write = |name: &str, value: serde_json::Value| {
        fs::write(folder.path().join(name), value.to_string()).unwrap();
    };
    write("bundle.json", serde_json::to_value(&bundle).unwrap());
    write("consistency.json", serde_json::json!({ "old": old.to_string(), "path": path }));
    assert!(export(&log, &folder.path().join("tiles")).unwrap() > 64);

    let held = go(folder.path());
    assert!(held > 1_000, "{held} checks held");
    let other = fs::read_to_string(folder.path().join("other.json")).unwrap();
    let other: serde_json::Value = serde_json::from_str(&other).unwrap();
    let text = |name: &str| other[name].as_str().unwrap().to_owned();
    let path = |name: &str| -> Vec<Hash> {
        let path: Vec<Digest> = serde_json::from_value(other[name].clone()).unwrap();
        path.into_iter().map(|digest| Hash(digest.0)).collect()
    };
    let note: Note = text("checkpoint").parse().unwrap();
    assert!(note.is_of(&text("key").parse().unwrap()));
    let (size, root, leaf) = (note.size(), note.root(), record_hash(b"999"));
    check_record(&path("inclusion"), size, root, 999, leaf).unwrap();
    let before: Digest = text("before").parse().unwrap();
    check_tree(&path("consistency"), size, root, 300, Hash(before.0)).unwrap();
    println!("Go: {held} checks of ours held; ours: a note, an inclusion, a consistency of Go's");
}

fn go(folder: &Path) -> u32 {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/main.go");
    let output = Command::new("go")
        .args(["run".as_ref(), program.as_os_str(), folder.as_os_str()])
        .envs([("GO111MODULE", "off"), ("GOPATH", "/usr/share/gocode"), ("GOFLAGS", "")])
        .env("GOCACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("go"))
        .output()
        .expect("`go` starts\nhint: apt-get install golang-go golang-golang-x-mod-dev");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\nhint: apt-get install golang-golang-x-mod-dev");
    String::from_utf8_lossy(&output.stdout).trim().parse().unwrap()
}

fn copy(from: &Path, to: &Path) {
    for name in ["ledger.sqlite", "ledger.sqlite-wal", "log.key"] {
        if from.join(name).exists() {
            fs::copy(from.join(name), to.join(name)).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    /// However a history is cut into checkpoints, each later tree continues each earlier one, and
    /// every entry under one can be proven under the last.
    #[test]
    fn every_later_tree_continues_every_earlier_one(
        cuts in proptest::collection::vec(1..30_u64, 1..5)
    ) {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::create(folder.path()).unwrap();
        let mut writer = ledger.writer().unwrap();
        let mut notes = Vec::new();
        for cut in cuts {
            let from = ledger.head().unwrap().position + 1;
            fill(&mut writer, from, from + cut - 1);
            notes.push(sign(&ledger, &mut writer));
        }
        let log = Log::of(&ledger).unwrap();
        prop_assert_eq!(log.faults(), []);
        let last = notes.last().unwrap();
        for note in &notes {
            let path = log.tree().consistency(note.size(), last.size()).unwrap();
            let (size, root) = (last.size(), last.root());
            prop_assert!(check_tree(&path, size, root, note.size(), note.root()).is_ok());
        }
        let covered = log.segments().last().unwrap().last;
        let rows: Vec<(u64, bool)> = (1..=covered).map(|position| (position, true)).collect();
        let bundle = Bundle::of(&ledger, &log, &rows).unwrap();
        prop_assert_eq!(bundle.check(Some(&key(&log)), &[]).unwrap().shown as u64, covered);
    }
}
