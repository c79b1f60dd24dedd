//! What the ledger costs, side by side with what it is made of: raw SQLite inserts, plain SHA-256.
//!
//!     cargo bench -p habeas-ledger [-- append verify replay proof]
//!
//! `HABEAS_BENCH_CLAIMS` says how many claims (default 100,000; the targets are for 1,000,000).
//! Seconds are of the clock and, in brackets, of the processor over all threads: on a machine that
//! does other work only the latter can be compared.
#![allow(clippy::unwrap_used, reason = "a bench says with a panic that it failed")]

use habeas_ledger::{
    KnownBy, Ledger,
    proof::{Bundle, Log},
};
use habeas_model::{Claim, Digest, Entry, Mention, Read, Received};
use sha2::{Digest as _, Sha256};
use std::{fs, hint::black_box, path::Path, time::Instant};

/// As in the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Entries of one batch: a document of a thousand claims.
const BATCH: usize = 1000;
/// Bytes of the document that a batch was read from: 5 KiB for each claim, as a press article has.
const DOCUMENT: usize = BATCH * 5 * 1024;
/// One proposal in so many is a mention of a person.
const MENTIONS: usize = 10;

fn main() {
    let asked: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let claims = std::env::var("HABEAS_BENCH_CLAIMS").ok().and_then(|n| n.parse().ok());
    let claims = claims.unwrap_or(100_000);
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|word| word == name);
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    println!("{claims} claims, batches of {BATCH}");
    append(folder.path(), claims);
    if wanted("verify") {
        verify(folder.path());
    }
    if wanted("replay") {
        replay(folder.path());
    }
    if wanted("proof") {
        proof(folder.path());
    }
}

/// Seconds of the clock and of the processor.
struct Took(f64, f64);

impl std::fmt::Display for Took {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} s ({:.2} s)", self.0, self.1)
    }
}

fn took<T>(run: impl FnOnce() -> T) -> (T, Took) {
    let (clock, processor) = (Instant::now(), processor());
    let made = run();
    (made, Took(clock.elapsed().as_secs_f64(), self::processor() - processor))
}

/// User and system seconds of this process, from Linux; 0 elsewhere.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// The peak of memory is counted anew from here (proc(5)).
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib: f64 =
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0.0);
    format!("{:.0} MiB", kib / 1024.0)
}

fn claim(n: usize) -> Entry {
    let body = format!(
        r#"{{"id":"{n:016x}","span":{{"blob":"{}","extractor":"csv/1","place":{{"cells":{{"sheet":"",
        "row":{n},"first":1,"last":17}}}},"quote":"{n} | 2026-01-08 | Vigilia {} | 212"}},
        "kind":"count","detail":"count","predicate":"held","quantity":{{"mode":"exact","lower":212,
        "upper":212}},"population":{{"cat":"political_prisoner"}},
        "speakers":[{{"name":"Vigilia {}"}}],"outlet":"Isthmus Herald",
        "url":"https://example.org/{n}","modality":"asserted","scope":"stock",
        "time":{{"as_of":"2026-01-31"}},"rules":["table"],"confidence":"high"}}"#,
        blob(n / BATCH),
        n % 200,
        n % 200
    );
    Entry::Claim(Box::new(serde_json::from_str::<Claim>(&body).unwrap()))
}

fn mention(n: usize) -> Entry {
    let body = format!(
        r#"{{"id":"{n:016x}","span":{{"blob":"{}","extractor":"csv/1","place":{{"cells":{{"sheet":"",
        "row":{n},"first":1,"last":5}}}},"quote":"Rojas {n} | Elvira | V-{n} | 14/01/2026"}},
        "name":"Elvira Rojas {n}","given":"Elvira","surnames":"Rojas {n}","number":"V-{n}",
        "happened":[{{"predicate":"arrested","when":"2026-01-14","place":"Cerro Hondo"}}],
        "speakers":[{{"name":"Vigilia {}"}}],"modality":"asserted","disclosure":"restricted"}}"#,
        blob(n / BATCH),
        n % 200
    );
    Entry::Mention(Box::new(serde_json::from_str::<Mention>(&body).unwrap()))
}

fn blob(n: usize) -> Digest {
    Digest::of(&n.to_be_bytes())
}

/// A batch: proposals, and the entry that ends their reading.
fn batch(nth: usize) -> Vec<Entry> {
    let one = |n: usize| if n.is_multiple_of(MENTIONS) { mention(n + 1) } else { claim(n + 1) };
    let mut entries: Vec<Entry> = (nth * BATCH..(nth + 1) * BATCH).map(one).collect();
    let mentions = BATCH / MENTIONS;
    let body = format!(
        r#"{{"blob":"{}","reader":"habeas/0.1.0","settings":"{}","claims":{},"mentions":{mentions}}}"#,
        blob(nth),
        blob(nth),
        BATCH - mentions
    );
    entries.push(Entry::Read(serde_json::from_str::<Read>(&body).unwrap()));
    entries
}

/// Durable appends against raw inserts of the same bytes, a batch of each in turn.
fn append(folder: &Path, claims: usize) {
    let ledger = Ledger::create(folder).unwrap();
    let mut writer = ledger.writer().unwrap();
    let mut raw = rusqlite::Connection::open(folder.join("raw.sqlite")).unwrap();
    raw.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
         CREATE TABLE entry (position INTEGER PRIMARY KEY, recorded_at INTEGER NOT NULL,
            author TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL, leaf BLOB NOT NULL,
            chain BLOB NOT NULL) STRICT;",
    )
    .unwrap();
    let (mut ours, mut theirs) = (Took(0.0, 0.0), Took(0.0, 0.0));
    let mut entries = 0;
    for nth in 0..claims / BATCH {
        let batch = batch(nth);
        entries += batch.len();
        let (receipt, time) = took(|| writer.append("operator", 1, &batch).unwrap());
        (ours.0, ours.1) = (ours.0 + time.0, ours.1 + time.1);
        let mut rows = Vec::new();
        let (first, last) = (receipt.first, receipt.last);
        ledger
            .rows(first, Some(last), |row| {
                rows.push(row);
                Ok(())
            })
            .unwrap();
        let ((), time) = took(|| insert(&mut raw, &rows));
        (theirs.0, theirs.1) = (theirs.0 + time.0, theirs.1 + time.1);
    }
    let rate = |took: &Took| entries as f64 / took.0;
    println!("append: {entries} entries in {ours}: {:.0}/s", rate(&ours));
    println!("  raw inserts of the same bytes in {theirs}: {:.0}/s", rate(&theirs));
    println!(
        "  ratio {:.0} % of the rate by the clock, {:.0} % by the processor",
        100.0 * theirs.0 / ours.0,
        100.0 * theirs.1 / ours.1
    );
}

fn insert(raw: &mut rusqlite::Connection, rows: &[habeas_ledger::Row]) {
    let batch = raw.transaction().unwrap();
    let sql = "INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let mut insert = batch.prepare_cached(sql).unwrap();
    for row in rows {
        let (leaf, hash) = (row.leaf.0, row.hash.0);
        let values = rusqlite::params![
            row.position,
            row.recorded_at,
            row.author,
            row.kind,
            row.body,
            leaf,
            hash
        ];
        insert.execute(values).unwrap();
    }
    drop(insert);
    batch.commit().unwrap();
}

/// Verification against SHA-256 of the same bytes, which lie in memory: of the entries alone, and
/// of a case with its evidence, a document of [`DOCUMENT`] bytes for each batch of claims.
fn verify(folder: &Path) {
    let ledger = Ledger::open(folder).unwrap();
    side_by_side("entries alone", &ledger, Vec::new());
    let mut writer = ledger.writer().unwrap();
    let documents = ledger.head().unwrap().position as usize / (BATCH + 1);
    let mut evidence = Vec::new();
    for n in 0..documents {
        let bytes: Vec<u8> = n.to_be_bytes().into_iter().cycle().take(DOCUMENT).collect();
        let blob = writer.put_blob(&bytes).unwrap();
        let body = format!(
            r#"{{"blob":"{blob}","name":"{n}.pdf","bytes":{DOCUMENT},"format":"text",
                "capture":{{}},"disclosure":"restricted"}}"#
        );
        let received = Entry::Received(Box::new(serde_json::from_str::<Received>(&body).unwrap()));
        let _ = writer.append("operator", 1, &[received]).unwrap();
        evidence.push(bytes);
    }
    side_by_side("entries and evidence", &ledger, evidence);
}

fn side_by_side(what: &str, ledger: &Ledger, mut bytes: Vec<Vec<u8>>) {
    ledger
        .rows(1, None, |row| {
            bytes.push(row.body);
            Ok(())
        })
        .unwrap();
    let all: usize = bytes.iter().map(Vec::len).sum();
    let plain = || {
        bytes.iter().for_each(|body| {
            black_box(Sha256::digest(body));
        })
    };
    let ((), plain) = took(plain);
    drop(bytes);
    let (report, ours) = took(|| ledger.verify().unwrap());
    assert_eq!(report.faults, []);
    let mib = all as f64 / 1_048_576.0;
    println!("verify, {what}: {mib:.0} MiB in {ours}: {:.0} MiB/s", mib / ours.0);
    println!("  plain SHA-256 of the same bytes in {plain}: {:.0} MiB/s", mib / plain.0);
    println!(
        "  ratio {:.0} % by the clock, {:.0} % by the processor",
        100.0 * plain.0 / ours.0,
        100.0 * plain.1 / ours.1
    );
}

/// Entries into the present, and the present's mentions into the register.
fn replay(folder: &Path) {
    let ledger = Ledger::open(folder).unwrap();
    forget_peak();
    println!("before: {}", peak());
    let (present, fold) = took(|| ledger.present(KnownBy::Now).unwrap());
    let after = peak();
    let (register, joined) = took(|| habeas_person::register(&present.mentions, &present.links));
    println!(
        "replay: {} claims and {} mentions in {fold}, {} persons in {joined}; together {:.2} s \
         ({:.2} s); peak {after}, then {}",
        present.claims.len(),
        present.mentions.len(),
        register.persons.len(),
        fold.0 + joined.0,
        fold.1 + joined.1,
        peak()
    );
}

/// An inclusion proof from the tree in memory, and from nothing.
fn proof(folder: &Path) {
    let ledger = Ledger::open(folder).unwrap();
    let mut writer = ledger.writer().unwrap();
    let (_, sign) = took(|| Log::sign(&ledger, &mut writer, "a", 1).unwrap());
    let (log, load) = took(|| Log::of(&ledger).unwrap());
    let (size, last) = (log.tree().size(), log.segments()[0].last);
    const PROOFS: u64 = 1000;
    let ((), proofs) = took(|| {
        for n in 0..PROOFS {
            black_box(log.tree().inclusion(n * 7919 % last, size).unwrap());
        }
    });
    let ((), bundles) = took(|| {
        for n in 0..PROOFS {
            let bundle = Bundle::of(&ledger, &log, &[(n * 7919 % last + 1, true)]).unwrap();
            bundle.check(None, &[]).unwrap();
        }
    });
    let each = |took: &Took| took.0 * 1e6 / PROOFS as f64;
    println!("proof: tree of {size} leaves: signed in {sign}, read back in {load}");
    println!(
        "  inclusion path {:.0} µs; bundle with its row made and checked {:.0} µs; peak {}",
        each(&proofs),
        each(&bundles),
        peak()
    );
}
