//! Every durable write broken on purpose: what was acknowledged is there, what was not is there
//! whole or not at all, and what an insider did is named.
//!
//! `cargo nextest run -p habeas-ledger --test faults --no-capture` prints the tables.
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod ledgers;

use habeas_ledger::{
    Error, Ledger, Writer,
    proof::{Log, Note},
    store::Fault,
};
use habeas_model::{Digest, Entry, memory::entry::Kept};
use std::fs;

fn note(text: &str) -> Entry {
    Entry::Kept(Kept { name: "case.toml".to_owned(), text: text.to_owned() })
}

fn put(writer: &mut Writer, text: &str) -> Result<u64, Error> {
    Ok(writer.append("a", 1, &[note(text)])?.last)
}

/// How often `text` is in the ledger.
fn times(ledger: &Ledger, text: &str) -> usize {
    let mut n = 0;
    let body = note(text).body();
    ledger
        .rows(1, None, |row| {
            n += usize::from(row.body == body);
            Ok(())
        })
        .unwrap();
    n
}

#[track_caller]
fn whole(ledger: &Ledger) {
    assert_eq!(ledger.verify().unwrap().faults, []);
}

/// A broken append, then the next write by the same writer or by one after reopening. Answers how
/// often the broken entry is there, and the good ones must be there once each.
fn append(fault: Fault, reopen: bool) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path()).unwrap();
    let mut writer = ledger.writer().unwrap();
    put(&mut writer, "before").unwrap();
    writer.break_append(fault);
    assert!(put(&mut writer, "broken").is_err(), "{fault:?}");
    if reopen {
        drop((writer, ledger));
        ledger = Ledger::open(folder.path()).unwrap();
        whole(&ledger);
        writer = ledger.writer().unwrap();
    }
    put(&mut writer, "after").unwrap();
    whole(&ledger);
    assert_eq!((times(&ledger, "before"), times(&ledger, "after")), (1, 1), "{fault:?}");
    // The writer can tell which it was: the head that it is given next is the truth.
    times(&ledger, "broken")
}

/// A broken blob, then the same bytes again or another reader: whole or absent.
fn blob(fault: Fault, reopen: bool) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path()).unwrap();
    let mut writer = ledger.writer().unwrap();
    let bytes = b"Hay 116 libres".repeat(1000);
    let digest = Digest::of(&bytes);
    writer.break_blob(fault);
    assert!(writer.put_blob(&bytes).is_err());
    if reopen {
        drop((writer, ledger));
        ledger = Ledger::open(folder.path()).unwrap();
        writer = ledger.writer().unwrap();
    }
    let there = usize::from(ledger.has_blob(&digest));
    if there == 1 {
        assert_eq!(ledger.blob(&digest).unwrap(), bytes, "what is there is whole");
    }
    assert_eq!(writer.put_blob(&bytes).unwrap(), digest);
    assert_eq!(ledger.blob(&digest).unwrap(), bytes);
    there
}

#[test]
fn each_broken_write_is_there_once_or_not_at_all() {
    println!("durable write | fault | next write | after reopening");
    let faults = [(Fault::Failed, 0), (Fault::Persisted, 1), (Fault::Torn, 0)];
    for (fault, expected) in faults {
        for (what, run) in [("entries", append as fn(Fault, bool) -> usize), ("blob", blob)] {
            let found = (run(fault, false), run(fault, true));
            println!("{what} | {fault:?} | there {} times | there {} times", found.0, found.1);
            assert_eq!(found, (expected, expected), "{what}, {fault:?}");
        }
    }
}

#[test]
fn what_was_made_halfway_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["ledger.sqlite.new", "log.new"] {
        fs::write(folder.path().join(name), b"half").unwrap();
    }
    let ledger = Ledger::create(folder.path()).unwrap();
    let mut writer = ledger.writer().unwrap();
    put(&mut writer, "a").unwrap();
    Log::sign(&ledger, &mut writer, "a", 2).unwrap();
    whole(&ledger);
}

/// The disk as a power cut leaves it: the write-ahead log cut at any byte of the last batch.
#[test]
fn a_batch_that_was_cut_short_is_absent_and_the_one_before_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create(folder.path()).unwrap();
    let mut writer = ledger.writer().unwrap();
    put(&mut writer, "one").unwrap();
    let log = folder.path().join("ledger.sqlite-wal");
    let before = fs::metadata(&log).unwrap().len() as usize;
    let batch: Vec<Entry> = (0..40).map(|n| note(&format!("{n} {}", "x".repeat(300)))).collect();
    let _ = writer.append("a", 2, &batch).unwrap();
    let (main, frames) =
        (fs::read(folder.path().join("ledger.sqlite")).unwrap(), fs::read(&log).unwrap());
    let (mut absent, mut present) = (0, 0);
    let cuts = (before..frames.len())
        .step_by(ledgers::length("HABEAS_WAL_STEP", 797) as usize)
        .chain([frames.len()]);
    for cut in cuts {
        let copy = tempfile::tempdir().unwrap();
        fs::create_dir(copy.path().join("blobs")).unwrap();
        fs::write(copy.path().join("ledger.sqlite"), &main).unwrap();
        fs::write(copy.path().join("ledger.sqlite-wal"), &frames[..cut]).unwrap();
        let ledger = Ledger::open(copy.path()).unwrap();
        whole(&ledger);
        match ledger.head().unwrap().position {
            1 => absent += 1,
            41 => present += 1,
            other => panic!("{other} entries after a cut at byte {cut}"),
        }
        put(&mut ledger.writer().unwrap(), "next").unwrap();
        whole(&ledger);
    }
    println!("cut at {} places: absent {absent}, whole {present}", absent + present);
    assert!(present >= 1 && absent > 20, "{absent} absent, {present} present");
}

/// What an insider does to the entry in its place.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Changes,
    Drops,
    /// Drops it and all that follow.
    Cuts,
}

/// The first place that `verify --against` the checkpoint that was kept names, after the deed was
/// done to a copy of `whole`.
fn named(whole: &[u8], kept: &Note, deed: Deed, position: u64) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("blobs")).unwrap();
    fs::write(folder.path().join("ledger.sqlite"), whole).unwrap();
    let insider = rusqlite::Connection::open(folder.path().join("ledger.sqlite")).unwrap();
    insider.execute_batch("DROP TRIGGER entry_stays; DROP TRIGGER entry_remains;").unwrap();
    let sql = match deed {
        Deed::Changes => "UPDATE entry SET body = CAST(body || ' ' AS BLOB) WHERE position = ?1",
        Deed::Drops => "DELETE FROM entry WHERE position = ?1",
        Deed::Cuts => "DELETE FROM entry WHERE position >= ?1",
    };
    assert!(insider.execute(sql, [position]).unwrap() > 0, "{deed:?} {position}");
    drop(insider);
    let ledger = Ledger::open(folder.path()).unwrap();
    let report = ledger.verify_against(kept, None).unwrap();
    if report.faults.iter().any(|fault| fault.place.starts_with("entry")) {
        assert_eq!(report.head.position, position - 1, "the chain holds up to it: {deed:?}");
    }
    report.faults[0].place.clone()
}

/// `verify` walks ranges of 8,192 entries side by side: whatever is wrong in one, or between two,
/// is named, at the entry or at the one after the gap.
#[test]
fn a_fault_is_named_in_whatever_range_it_lies() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create(folder.path()).unwrap();
    let mut writer = ledger.writer().unwrap();
    let notes: Vec<Entry> = (0..20_000).map(|n| note(&n.to_string())).collect();
    let _ = writer.append("a", 1, &notes).unwrap();
    let kept = Log::sign(&ledger, &mut writer, "a", 2).unwrap();
    let report = ledger.verify().unwrap();
    let last = ledger.head().unwrap().position;
    assert_eq!((&report.faults[..], report.entries, report.head.position), (&[][..], last, last));
    drop((writer, ledger));
    let database = rusqlite::Connection::open(folder.path().join("ledger.sqlite")).unwrap();
    let _: i64 =
        database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).unwrap();
    drop(database);
    let whole = fs::read(folder.path().join("ledger.sqlite")).unwrap();
    let table = [
        (Deed::Changes, 1, "entry 1"),
        (Deed::Changes, 10_000, "entry 10000"),
        (Deed::Changes, 8_192, "entry 8192"),
        (Deed::Changes, 8_193, "entry 8193"),
        (Deed::Changes, last, &format!("entry {last}")),
        (Deed::Drops, 8_191, "entry 8192"),
        (Deed::Drops, 8_192, "entry 8192"),
        (Deed::Drops, 8_193, "entry 8194"),
        (Deed::Drops, 16_384, "entry 16384"),
    ];
    for (deed, position, place) in table {
        let found = named(&whole, &kept, deed, position);
        println!("{deed:?} | {position} | {found}");
        assert_eq!(found, place, "{deed:?} {position}");
    }
    // What was cut short follows from its beginning: the checkpoint knows that it was longer.
    for position in [20_000, 16_385, 16_384, 8_193, 8_192] {
        let found = named(&whole, &kept, Deed::Cuts, position);
        println!("Cuts | {position} | {found}");
        assert_eq!(found, format!("against a checkpoint of size {}", kept.size()));
    }
}
