//! The memory keeps what it acknowledged: old ledgers open, a changed byte is named, an undo
//! changes nothing back.
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod acts;
mod contract;

use habeas_ledger::{
    Error, KnownBy, Ledger,
    site::{Here, Site},
    store::Fault,
};
use habeas_model::{
    Decision, Entry, LinkDecision, MentionId, Review, Subject, Undo, Verdict,
    memory::entry::{CaseOpened, Kept},
};
use proptest::prelude::*;
use std::{fs, path::Path};

fn note(text: &str) -> Entry {
    Entry::Kept(Kept { name: "case.toml".to_owned(), text: text.to_owned() })
}

fn filled(folder: &Path, entries: u64) -> Ledger {
    let ledger = Ledger::create(folder).unwrap();
    let mut writer = ledger.writer().unwrap();
    for n in 1..=entries {
        let receipt = writer.append("a", n as i64 * 10, &[note(&n.to_string())]).unwrap();
        assert_eq!((receipt.first, receipt.last), (n, n));
    }
    ledger
}

#[test]
fn a_ledger_of_format_1_opens_for_ever() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/ledgers/v1");
    let copy = tempfile::tempdir().unwrap();
    copy_all(&kept, copy.path());
    let expected = fs::read_to_string(kept.join("expected.json")).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
    let ledger = Ledger::open(copy.path()).unwrap();
    let report = ledger.verify().unwrap();
    assert_eq!(report.faults, []);
    assert_eq!(report.entries, expected["entries"].as_u64().unwrap());
    assert_eq!(report.head.hash.to_string(), expected["head"].as_str().unwrap());
    let present = ledger.present(KnownBy::Now).unwrap();
    assert_eq!((present.documents.len(), present.mentions.len()), (2, 3));
    assert!(present.claims.iter().any(|one| one.review == Review::Accepted));
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for found in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(found.file_name());
        if found.path().is_dir() {
            copy_all(&found.path(), &target);
        } else {
            fs::copy(found.path(), target).unwrap();
        }
    }
}

#[test]
fn the_first_bad_entry_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = filled(folder.path(), 9);
    let insider = rusqlite::Connection::open(folder.path().join("ledger.sqlite")).unwrap();
    let refused = insider.execute("UPDATE entry SET body = x'00' WHERE position = 4", []);
    assert!(refused.is_err(), "the table refuses to be rewritten");
    insider
        .execute_batch(
            "DROP TRIGGER entry_stays; UPDATE entry SET author = 'b' WHERE position IN (4, 7);",
        )
        .unwrap();
    let faults = ledger.verify().unwrap().faults;
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].place, "entry 4");
}

#[test]
fn a_missing_entry_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = filled(folder.path(), 9);
    let insider = rusqlite::Connection::open(folder.path().join("ledger.sqlite")).unwrap();
    insider
        .execute_batch("DROP TRIGGER entry_remains; DELETE FROM entry WHERE position = 5;")
        .unwrap();
    assert_eq!(ledger.verify().unwrap().faults[0].what, "entry 5 is missing before it");
}

#[test]
fn a_changed_blob_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create(folder.path()).unwrap();
    let digest = ledger.writer().unwrap().put_blob(b"Hay 116 libres").unwrap();
    assert_eq!(ledger.blob(&digest).unwrap(), b"Hay 116 libres");
    fs::write(habeas_ledger::blobs::path(folder.path(), &digest), b"Hay 161 libres").unwrap();
    assert!(matches!(ledger.blob(&digest), Err(Error::Blob { what: "changed", .. })));
}

#[test]
fn any_flipped_byte_is_an_answer_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path(), 40));
    let path = folder.path().join("ledger.sqlite");
    let whole = fs::read(&path).unwrap();
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        fs::write(&path, &bytes).unwrap();
        let answer = Ledger::open(folder.path()).and_then(|ledger| ledger.verify());
        answer.map_or(true, |report| !report.faults.is_empty())
    };
    for at in (0..whole.len()).step_by(37) {
        flipped(at);
    }
    // In each of the 40 bodies a flipped byte is found; copies on free pages do not matter.
    let bodies = whole.windows(9).enumerate().filter(|(_, words)| words == b"case.toml");
    let found = bodies.filter(|(at, _)| flipped(at + 3)).count();
    assert!(found >= 40, "{found} of 40");
}

#[test]
fn a_second_writer_waits_outside() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = filled(folder.path(), 1);
    let first = ledger.writer().unwrap();
    assert!(matches!(ledger.writer(), Err(Error::Busy { .. })));
    drop(first);
    assert!(ledger.writer().is_ok());
}

#[test]
fn a_full_disk_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = filled(folder.path(), 3);
    let mut writer = ledger.writer().unwrap();
    writer.break_append(Fault::Full(1));
    let long = note(&"x".repeat(100_000));
    assert!(matches!(writer.append("a", 99, std::slice::from_ref(&long)), Err(Error::Full(_))));
    assert_eq!(ledger.verify().unwrap().faults, []);
    writer.break_append(Fault::Full(1_000_000));
    let receipt = writer.append("a", 100, &[long]).unwrap();
    assert_eq!(receipt.first, 4);
    assert_eq!(ledger.verify().unwrap().faults, []);
}

#[test]
fn known_by_never_shows_what_came_later() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = filled(folder.path(), 9);
    let text = |known_by| ledger.present(known_by).unwrap().kept[0].1.clone();
    assert_eq!(text(KnownBy::Position(4)), "4");
    assert_eq!(text(KnownBy::Time(59)), "5");
    assert_eq!(text(KnownBy::Now), "9");
}

#[test]
fn the_clock_may_run_backwards_and_recorded_at_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = filled(folder.path(), 2);
    let _ = ledger.writer().unwrap().append("a", 5, &[note("late")]).unwrap();
    assert_eq!(ledger.head().unwrap().recorded_at, 20);
    assert_eq!(ledger.verify().unwrap().faults, []);
}

fn act(kind: u8, a: u64, b: u64) -> Entry {
    let id = |n: u64| MentionId::from_bits(n % 5 + 1);
    match kind % 3 {
        0 => Entry::Linked(LinkDecision {
            left: id(a).min(id(b)),
            right: id(a).max(id(b)),
            verdict: if b.is_multiple_of(2) { Verdict::Same } else { Verdict::NotSame },
            reason: String::new(),
        }),
        1 => Entry::Decided(Decision {
            subject: Subject::Mention(id(a)),
            review: Review::Accepted,
            reason: String::new(),
            claim: None,
            mention: None,
        }),
        _ => Entry::CaseOpened(CaseOpened { title: a.to_string() }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Decide then undo is as if nothing had been decided; undoing the undo restores the decision.
    #[test]
    fn an_undo_changes_nothing_back(
        acts in proptest::collection::vec((0..3_u8, 0..9_u64, 0..9_u64), 1..8)
    ) {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::create(folder.path()).unwrap();
        let mut writer = ledger.writer().unwrap();
        for (kind, a, b) in &acts[1..] {
            let _ = writer.append("a", 1, &[act(*kind, *a, *b)]).unwrap();
        }
        let links = |ledger: &Ledger| {
            let present = ledger.present(KnownBy::Now).unwrap();
            (present.title, present.links)
        };
        let before = links(&ledger);
        let (kind, a, b) = acts[0];
        let done = writer.append("a", 2, &[act(kind, a, b)]).unwrap();
        let decided = links(&ledger);
        let undo = |position| Entry::Undone(Undo { position, reason: String::new() });
        let undone = writer.append("a", 3, &[undo(done.last)]).unwrap();
        prop_assert_eq!(links(&ledger), before);
        let _ = writer.append("a", 4, &[undo(undone.last)]).unwrap();
        prop_assert_eq!(links(&ledger), decided);
    }
}

#[test]
fn the_contract_holds_in_a_file() {
    contract::suite(&|folder| Ledger::create(folder).unwrap());
}

struct InFolders;

impl contract::sealed::Keeper for InFolders {
    fn site(&self, folder: &Path) -> Box<dyn Site> {
        Box::new(Here::new(&folder.join("ledger")))
    }

    fn open(&self, folder: &Path) -> Ledger {
        Ledger::open(&folder.join("ledger")).unwrap()
    }
}

#[test]
fn the_contract_holds_in_a_file_for_sealed_ledgers() {
    contract::sealed::suite(&InFolders);
}
