//! What every keeper of a ledger must do, be it a file or a server.

pub mod restricted;
pub mod sealed;

use habeas_ledger::{Error, KnownBy, Ledger};
use habeas_model::{Entry, Undo, memory::entry::Kept};
use std::path::Path;

/// An entry that says `text`.
pub fn note(text: &str) -> Entry {
    Entry::Kept(Kept { name: "case.toml".to_owned(), text: text.to_owned() })
}

/// What the entry says whose body this is.
pub fn text(body: &[u8]) -> String {
    let Ok(Entry::Kept(kept)) = Entry::read("kept", body) else { panic!("a note") };
    kept.text
}

/// What the entry in a row says, sealed or not.
pub fn said(ledger: &Ledger, row: &habeas_ledger::Row) -> String {
    text(&ledger.opened(row).unwrap().unwrap())
}

/// Runs all of it; `make` makes an empty ledger whose blobs lie in the folder.
pub fn suite(make: &dyn Fn(&Path) -> Ledger) {
    let laws = [positions, times, windows, kinds, undoing, evidence, faults];
    for law in laws.into_iter().chain(restricted::LAWS) {
        let folder = tempfile::tempdir().unwrap();
        law(make(folder.path()));
    }
}

fn append(ledger: &Ledger, at: i64, texts: &[&str]) -> habeas_ledger::Receipt {
    let entries: Vec<Entry> = texts.iter().map(|text| note(text)).collect();
    ledger.writer().unwrap().append("a", at, &entries).unwrap()
}

fn rows(ledger: &Ledger, from: u64, to: Option<u64>) -> Vec<habeas_ledger::Row> {
    let mut found = Vec::new();
    ledger
        .rows(from, to, |row| {
            found.push(row);
            Ok(())
        })
        .unwrap();
    found
}

/// Positions run from 1 without a gap, over batches and over writers.
fn positions(ledger: Ledger) {
    assert_eq!(ledger.head().unwrap().position, 0);
    let first = append(&ledger, 1, &["1", "2", "3"]);
    assert_eq!((first.first, first.last), (1, 3));
    let mut pen = ledger.writer().unwrap();
    let nothing = pen.append("a", 1, &[]).unwrap();
    assert_eq!(nothing.head, first.head);
    let many: Vec<Entry> = (4..=5_003).map(|n| note(&n.to_string())).collect();
    let second = pen.append("a", 2, &many).unwrap();
    assert_eq!((second.first, second.last), (4, 5_003));
    let all = rows(&ledger, 1, None);
    assert!((1..=5_003).eq(all.iter().map(|row| row.position)));
    assert!(all.iter().all(|row| said(&ledger, row) == row.position.to_string()));
    assert_eq!(ledger.head().unwrap().hash, second.head);
    assert_eq!(ledger.verify().unwrap().faults, []);
}

/// Recorded-at never runs backwards, whatever the clock does.
fn times(ledger: Ledger) {
    for at in [100, 50, i64::MIN, 200] {
        let _ = append(&ledger, at, &["."]);
    }
    let at: Vec<i64> = rows(&ledger, 1, None).iter().map(|row| row.recorded_at).collect();
    assert_eq!(at, [100, 100, 100, 200]);
    assert_eq!(ledger.head().unwrap().recorded_at, 200);
}

/// Rows are handed over from and to a position, none beyond the ends; an error ends the walk.
fn windows(ledger: Ledger) {
    let _ = append(&ledger, 1, &["1", "2", "3", "4"]);
    let found =
        |from, to| rows(&ledger, from, to).iter().map(|row| row.position).collect::<Vec<_>>();
    assert_eq!(found(2, Some(3)), [2, 3]);
    assert_eq!(found(0, Some(1)), [1]);
    assert_eq!(found(3, Some(u64::MAX)), [3, 4]);
    assert_eq!(found(5, None), [0; 0]);
    assert_eq!(found(3, Some(2)), [0; 0]);
    assert_eq!(ledger.row(9).unwrap(), None);
    let mut walked = 0;
    let stopped = ledger.rows(1, None, |_| {
        walked += 1;
        Err(Error::NotALedger("here".into()))
    });
    assert!(stopped.is_err() && walked == 1);
}

/// The present is asked of one kind of entry too: undos are found among others.
fn kinds(ledger: Ledger) {
    let _ = append(&ledger, 1, &["old"]);
    let _ = append(&ledger, 2, &["new"]);
    let kept = |known| ledger.present(known).unwrap().kept[0].1.clone();
    assert_eq!(kept(KnownBy::Position(1)), "old");
    assert_eq!(kept(KnownBy::Time(1)), "old");
    assert_eq!(kept(KnownBy::Now), "new");
}

/// Undone, and the undo undone: the present is as before; a known-by before it never knew.
fn undoing(ledger: Ledger) {
    let _ = append(&ledger, 1, &["old", "new"]);
    let undo = |position| Entry::Undone(Undo { position, reason: String::new() });
    let kept = |known| ledger.present(known).unwrap().kept[0].1.clone();
    let _ = ledger.writer().unwrap().append("a", 3, &[undo(2)]).unwrap();
    assert_eq!(kept(KnownBy::Now), "old");
    let _ = ledger.writer().unwrap().append("a", 4, &[undo(3)]).unwrap();
    assert_eq!(kept(KnownBy::Now), "new");
    assert_eq!(kept(KnownBy::Position(3)), "old");
}

/// Evidence is found by its digest, and only whole.
fn evidence(ledger: Ledger) {
    let mut pen = ledger.writer().unwrap();
    let digest = pen.put_blob(b"a list").unwrap();
    assert_eq!(pen.put_blob(b"a list").unwrap(), digest);
    assert!(ledger.has_blob(&digest));
    assert_eq!(ledger.blob(&digest).unwrap(), b"a list");
    let other = habeas_model::Digest::of(b"another");
    assert!(!ledger.has_blob(&other));
    assert!(matches!(ledger.blob(&other), Err(Error::Blob { what: "missing", .. })));
}

/// An empty ledger is a good one.
fn faults(ledger: Ledger) {
    let report = ledger.verify().unwrap();
    assert_eq!((report.entries, report.faults.as_slice()), (0, &[][..]));
}
