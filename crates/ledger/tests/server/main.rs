//! A team's ledger on a real PostgreSQL: the same contract as in a file, several writers, cut lines
//! and a server that is killed.
#![cfg(feature = "postgres")]
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

#[path = "../acts/mod.rs"]
mod acts;
#[path = "../cluster/mod.rs"]
mod cluster;
#[path = "../contract/mod.rs"]
mod contract;
mod erased;
#[path = "../ledgers/mod.rs"]
mod ledgers;
mod restricted;
mod sealed;

use cluster::Cluster;
use habeas_ledger::{
    Error, KnownBy, Ledger,
    blobs::Folder,
    store::{
        Store as _,
        server::{Server, address::Address},
    },
};
use ledgers::length;
use std::{
    collections::HashSet,
    io::{Read as _, Write as _},
    net::{Shutdown, TcpListener, TcpStream},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

fn ledger(folder: &Path, address: &str) -> Ledger {
    let server = Server::open(&Address::read(address).unwrap()).unwrap();
    Ledger::over(folder, Box::new(server), Arc::new(Folder::create(folder).unwrap()))
}

#[test]
fn the_contract_holds_on_a_server() {
    let cluster = Cluster::start();
    let nth = AtomicUsize::new(0);
    contract::suite(&|folder: &Path| {
        let schema = format!("contract_{}", nth.fetch_add(1, Ordering::Relaxed));
        let address = cluster.address(&schema);
        assert_eq!(Server::migrate(&Address::read(&address).unwrap()).unwrap(), 2);
        ledger(folder, &address)
    });
}

#[test]
fn a_server_is_made_by_one_command_and_kept_by_its_tables() {
    let cluster = Cluster::start();
    let address = Address::read(&cluster.address("made")).unwrap();
    assert!(matches!(Server::open(&address), Err(Error::NotMigrated(_))));
    assert_eq!(Server::migrate(&address).unwrap(), 2);
    assert_eq!(Server::migrate(&address).unwrap(), 0);
    let folder = tempfile::tempdir().unwrap();
    let team = ledger(folder.path(), &cluster.address("made"));
    let _ = team.writer().unwrap().append("a", 1, &[contract::note("1")]).unwrap();
    for sql in ["UPDATE entry SET author = 'b'", "DELETE FROM entry", "TRUNCATE entry"] {
        let refused = cluster.sql("made", sql).unwrap_err();
        assert!(refused.contains("append, never overwrite"), "{sql}: {refused}");
    }
    // An insider with the owner's rights gets round the tables, and is found.
    cluster
        .sql("made", "ALTER TABLE entry DISABLE TRIGGER USER; UPDATE entry SET author = 'b'")
        .unwrap();
    assert_eq!(team.verify().unwrap().faults[0].place, "entry 1");
}

#[test]
fn the_way_to_a_server_is_encrypted_and_checked() {
    let cluster = Cluster::start();
    let secure = cluster.secure_address("tls");
    assert_eq!(Server::migrate(&Address::read(&secure).unwrap()).unwrap(), 2);
    assert_eq!(Server::open(&Address::read(&secure).unwrap()).unwrap().head().unwrap().position, 0);
    let (before, after) = secure.split_once("sslrootcert=").unwrap();
    let unknown = format!("{before}{}", after.split_once('&').unwrap().1);
    let refused = Server::open(&Address::read(&unknown).unwrap()).err().unwrap().to_string();
    assert!(refused.contains("certificate"), "{refused}");
}

#[test]
fn writers_never_fork_the_chain_and_all_are_told() {
    let cluster = Cluster::start();
    let address = cluster.address("team");
    Server::migrate(&Address::read(&address).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let listener = Server::open(&Address::read(&address).unwrap()).unwrap();
    let mut known = listener.listen().unwrap();
    let nobody = listener.told(&known, Duration::from_millis(50)).unwrap();
    assert_eq!(nobody, None);
    // Two processes' worth of connections, four writers by the hand of each.
    let teams = [ledger(folder.path(), &address), ledger(folder.path(), &address)];
    let each = length("HABEAS_APPENDS", 400) as usize / 8;
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let mut pen = teams[writer % 2].writer().unwrap();
            thread::spawn(move || {
                let mut mine = Vec::new();
                for n in 0..each {
                    let text = format!("{writer} {n}");
                    let batch = vec![contract::note(&text); 1 + n % 3];
                    let receipt =
                        pen.append(&format!("writer-{writer}"), n as i64, &batch).unwrap();
                    assert_eq!(receipt.last + 1 - receipt.first, batch.len() as u64);
                    mine.push((receipt.first, receipt.last, text));
                }
                mine
            })
        })
        .collect();
    let receipts: Vec<_> = writers.into_iter().flat_map(|one| one.join().unwrap()).collect();
    let team = ledger(folder.path(), &address);
    let report = team.verify().unwrap();
    let sent: u64 = receipts.iter().map(|(first, last, _)| last + 1 - first).sum();
    assert_eq!((report.faults.as_slice(), report.entries), (&[][..], sent));
    println!("{} appends by 8 writers on a server: one chain, {sent} entries", receipts.len());
    for (first, last, text) in &receipts {
        for position in *first..=*last {
            let body = team.row(position).unwrap().unwrap().body;
            assert_eq!(contract::text(&body), *text);
        }
    }
    let begun = Instant::now();
    while known.position < report.entries {
        known = listener.told(&known, Duration::from_secs(1)).unwrap().expect("told in a second");
    }
    assert!(begun.elapsed() < Duration::from_secs(1));
}

/// What a line does to a commit.
#[derive(Clone, Copy)]
enum Cut {
    /// The commit reaches the server, its answer does not come back.
    After,
    /// The commit does not reach the server.
    Before,
}

/// A line to `port` that is cut at its `nth` commit; the later ones hold.
fn cutting_line(port: u16, cut: Cut, nth: usize) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = listener.local_addr().unwrap().port();
    let commits = Arc::new(AtomicUsize::new(0));
    thread::spawn(move || {
        for near in listener.incoming() {
            let far = TcpStream::connect(("127.0.0.1", port)).unwrap();
            let commits = Arc::clone(&commits);
            thread::spawn(move || carry(near.unwrap(), far, cut, nth, &commits));
        }
    });
    here
}

fn carry(mut near: TcpStream, mut far: TcpStream, cut: Cut, nth: usize, commits: &AtomicUsize) {
    let (mut back_from, mut back_to) = (far.try_clone().unwrap(), near.try_clone().unwrap());
    let back = thread::spawn(move || std::io::copy(&mut back_from, &mut back_to));
    let mut bytes = [0; 1 << 16];
    while let Ok(read @ 1..) = near.read(&mut bytes) {
        let is_commit = bytes[..read].windows(6).any(|words| words == b"COMMIT");
        let now = is_commit && commits.fetch_add(1, Ordering::Relaxed) + 1 == nth;
        if now {
            let _ = near.shutdown(Shutdown::Both); // No answer goes back.
        }
        let lost = now && matches!(cut, Cut::Before);
        if lost || far.write_all(&bytes[..read]).is_err() || now {
            break;
        }
    }
    let _ = far.shutdown(Shutdown::Write);
    let _ = back.join();
    let _ = near.shutdown(Shutdown::Both);
}

#[test]
fn a_commit_cut_in_the_middle_is_there_once() {
    let cluster = Cluster::start();
    for (nth, cut) in [Cut::After, Cut::Before].into_iter().enumerate() {
        let schema = format!("cut_{nth}");
        Server::migrate(&Address::read(&cluster.address(&schema)).unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let line = cutting_line(cluster.port(), cut, 3);
        let far = ledger(folder.path(), &cluster.address_by(line, &schema));
        let mut pen = far.writer().unwrap();
        for n in 1..=5 {
            let receipt = pen.append("a", n, &[contract::note(&n.to_string())]).unwrap();
            assert_eq!(receipt.first, n as u64, "the entry is there once");
        }
        let near = ledger(folder.path(), &cluster.address(&schema));
        let report = near.verify().unwrap();
        assert_eq!((report.faults.as_slice(), report.entries), (&[][..], 5));
    }
}

#[test]
fn a_killed_server_keeps_what_it_acknowledged() {
    let cluster = Cluster::start();
    let address = cluster.address("killed");
    Server::migrate(&Address::read(&address).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let kills = length("HABEAS_SERVER_KILLS", 3) as usize;
    let each = 100 * kills as i64;
    let writers: Vec<_> = (0..2)
        .map(|writer| {
            let team = ledger(folder.path(), &address);
            let acknowledged = Arc::clone(&acknowledged);
            thread::spawn(move || {
                let mut pen = team.writer().unwrap();
                for n in 0..each {
                    let text = format!("{writer} {n}");
                    let _ = pen.append("a", n, &[contract::note(&text)]).unwrap();
                    acknowledged.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for kill in 1..=kills {
        while acknowledged.load(Ordering::Relaxed) < kill * 120 {
            thread::yield_now();
        }
        cluster.crash();
        cluster.up();
    }
    writers.into_iter().for_each(|one| one.join().unwrap());
    let team = ledger(folder.path(), &address);
    let report = team.verify().unwrap();
    assert_eq!((report.faults.as_slice(), report.entries), (&[][..], 2 * each as u64));
    let mut seen = HashSet::new();
    team.rows(1, None, |row| {
        assert!(seen.insert(contract::text(&row.body)), "twice");
        Ok(())
    })
    .unwrap();
    assert_eq!(team.present(KnownBy::Now).unwrap().position, 2 * each as u64);
    println!("{kills} kills of the server: {} appends, each there once", 2 * each);
}

/// A line that can be cut once, so many bytes from now, on the way there or back; `NEVER`: not.
struct Scissors {
    there: AtomicI64,
    back: AtomicI64,
    cuts: AtomicUsize,
    /// Once cut, nobody gets through any more.
    shut: AtomicBool,
}

const NEVER: i64 = i64::MAX;

/// A line to `port` with scissors on it.
fn line_with_scissors(port: u16) -> (u16, Arc<Scissors>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = listener.local_addr().unwrap().port();
    let never = || AtomicI64::new(NEVER);
    let (cuts, shut) = (AtomicUsize::new(0), AtomicBool::new(false));
    let scissors = Arc::new(Scissors { there: never(), back: never(), cuts, shut });
    let mine = Arc::clone(&scissors);
    thread::spawn(move || {
        for near in listener.incoming().map(Result::unwrap) {
            if mine.shut.load(Ordering::Relaxed) && mine.cuts.load(Ordering::Relaxed) > 0 {
                continue; // It is hung up on.
            }
            let far = TcpStream::connect(("127.0.0.1", port)).unwrap();
            let ends = [(&near, &far, true), (&far, &near, false)];
            for (from, to, there) in ends {
                let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                let scissors = Arc::clone(&mine);
                thread::spawn(move || carry_to_the_cut(from, to, there, &scissors));
            }
        }
    });
    (here, scissors)
}

fn carry_to_the_cut(mut from: TcpStream, mut to: TcpStream, there: bool, scissors: &Scissors) {
    let left = if there { &scissors.there } else { &scissors.back };
    let mut bytes = [0; 1 << 12];
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        let before = left.load(Ordering::Relaxed);
        let cut = before != NEVER && before < read as i64;
        let part = if cut { before.max(0) as usize } else { read };
        if before != NEVER {
            left.store(if cut { NEVER } else { before - read as i64 }, Ordering::Relaxed);
        }
        let sent = to.write_all(&bytes[..part]);
        scissors.cuts.fetch_add(usize::from(cut), Ordering::Relaxed);
        if cut || sent.is_err() {
            break;
        }
    }
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}

/// Wherever the line is cut, in a question, a commit or an answer: each entry is there once, in the
/// place that its writer was told.
#[test]
fn a_line_cut_at_any_byte_loses_and_doubles_nothing() {
    let cluster = Cluster::start();
    Server::migrate(&Address::read(&cluster.address("cut")).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (line, scissors) = line_with_scissors(cluster.port());
    let far = ledger(folder.path(), &cluster.address_by(line, "cut"));
    let mut pen = far.writer().unwrap();
    let (cuts, mut state, mut told) = (length("HABEAS_CUTS", 24), 20_260_108, Vec::new());
    for nth in 0..cuts {
        // An append of three entries is about 1,500 bytes there and 300 back.
        let (way, bytes) = match nth % 2 {
            0 => (&scissors.there, 1_600),
            _ => (&scissors.back, 320),
        };
        way.store((ledgers::random(&mut state) % bytes) as i64, Ordering::Relaxed);
        let texts: Vec<String> = (0..3).map(|n| format!("{nth} {n} {}", "x".repeat(200))).collect();
        let batch: Vec<_> = texts.iter().map(|text| contract::note(text)).collect();
        let receipt = pen.append("a", i64::from(nth), &batch).unwrap();
        told.extend((receipt.first..).zip(texts));
    }
    let near = ledger(folder.path(), &cluster.address("cut"));
    let report = near.verify().unwrap();
    assert_eq!((report.faults.as_slice(), report.entries), (&[][..], 3 * u64::from(cuts)));
    for (position, text) in told {
        assert_eq!(contract::text(&near.row(position).unwrap().unwrap().body), text);
    }
    let cut = scissors.cuts.load(Ordering::Relaxed);
    println!("{cut} cuts of the line: {} entries, each there once, where it was told", 3 * cuts);
    assert!(cut > cuts as usize / 2, "{cut} of {cuts}");
}

/// The line is cut in mid-commit and stays so: the writer is told that it cannot be told, and which
/// entries; once there is a line again the next append finds out, and follows what is there.
fn cut_for_long(cluster: &Cluster, schema: &str, there: bool) {
    Server::migrate(&Address::read(&cluster.address(schema)).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (line, scissors) = line_with_scissors(cluster.port());
    let far = ledger(folder.path(), &cluster.address_by(line, schema));
    let mut pen = far.writer().unwrap();
    let _ = pen.append("a", 1, &[contract::note("before")]).unwrap();
    scissors.shut.store(true, Ordering::Relaxed);
    let batch: Vec<_> = (0..3).map(|n| contract::note(&format!("{n}"))).collect();
    // Beyond the lock's question and answer, within those of the commit.
    let (way, bytes) = if there { (&scissors.there, 700) } else { (&scissors.back, 150) };
    way.store(bytes, Ordering::Relaxed);
    let told = pen.append("a", 2, &batch).unwrap_err();
    assert!(matches!(told, Error::Unsettled { first: 2, last: 4, .. }), "{told}");
    scissors.shut.store(false, Ordering::Relaxed);
    let now = ledger(folder.path(), &cluster.address(schema)).head().unwrap().position;
    let next = pen.append("a", 3, &[contract::note("after")]).unwrap();
    println!("{schema}: {now} entries before the next one, which is {}", next.first);
    assert!(now == 1 || now == 4 && !there, "a part of a batch: {now}");
    assert_eq!(next.first, now + 1);
    assert_eq!(far.verify().unwrap().faults, []);
}

#[test]
fn a_writer_who_cannot_ask_is_told_so_and_doubles_nothing() {
    let cluster = Cluster::start();
    thread::scope(|both| {
        both.spawn(|| cut_for_long(&cluster, "answer_lost", false));
        both.spawn(|| cut_for_long(&cluster, "commit_lost", true));
    });
}
