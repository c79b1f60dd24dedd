//! Writers that are killed, and many writers at once: what was acknowledged is there, once.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod ledgers;

use habeas_ledger::{Error, Ledger};
use habeas_model::{Entry, memory::entry::Kept};
use ledgers::{length, random, reopened, sealed};
use std::{
    io::{Read as _, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

fn note(text: String) -> Entry {
    Entry::Kept(Kept { name: "case.toml".to_owned(), text })
}

/// The process that is killed: this test, told by its environment where to write. It appends
/// batches of several entries, lets the pen go now and then, and tells of each acknowledgement,
/// until it is killed or told that the disk is full.
#[test]
fn child() {
    let Some(folder) = std::env::var_os("HABEAS_CHILD") else { return };
    let ledger = reopened(Path::new(&folder));
    let me = std::process::id();
    for round in 0_u64.. {
        let mut writer = match ledger.writer() {
            Ok(writer) => writer,
            Err(Error::Busy { .. }) => continue,
            Err(e) => panic!("{e}"),
        };
        for n in 0..20 {
            let batch: Vec<Entry> =
                (0..n % 5 + 1).map(|k| note(format!("{me} {round} {n} {k}"))).collect();
            let receipt = match writer.append("a", 1, &batch) {
                Ok(receipt) => receipt,
                Err(Error::Full(_)) => return println!("full"),
                Err(e) => panic!("{e}"),
            };
            let line = format!("ack {} {} {}\n", receipt.first, receipt.last, receipt.head);
            // One write a line, so that a line is there whole or not at all.
            std::io::stdout().write_all(line.as_bytes()).unwrap();
        }
    }
}

fn start(folder: &Path) -> Child {
    started(Command::new(std::env::current_exe().unwrap()), folder)
}

/// The same, where no file may grow beyond so many KiB: what SQLite and the key table meet is what
/// they would meet on a full disk.
fn start_within(folder: &Path, limit: u64) -> Child {
    let script = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" \"$@\"");
    let mut command = Command::new("bash");
    command.args(["-c", &script]).arg(std::env::current_exe().unwrap());
    started(command, folder)
}

fn started(mut command: Command, folder: &Path) -> Child {
    command
        .args(["--exact", "child", "--nocapture", "--test-threads", "1"])
        .env("HABEAS_CHILD", folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The acknowledgements of a process that was killed: last position and head of each batch.
fn acknowledged(mut child: Child) -> Vec<(u64, String)> {
    child.kill().unwrap(); // SIGKILL
    batches(&said(child))
}

/// Everything that it said until its end.
fn said(mut child: Child) -> String {
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    said
}

fn batches(said: &str) -> Vec<(u64, String)> {
    let batch = |line: &str| {
        let words: Vec<&str> = line.split("ack ").nth(1)?.split(' ').collect();
        let [_, last, head] = words[..] else { return None };
        (head.len() == 64).then(|| Some((last.parse().ok()?, head.to_owned())))?
    };
    said.lines().filter_map(batch).collect()
}

fn are_there(ledger: &Ledger, told: &[(u64, String)]) {
    for (last, head) in told {
        let row = ledger.row(*last).unwrap().expect("an acknowledged entry is there");
        assert_eq!(row.hash.to_string(), *head, "entry {last}");
    }
}

fn killed(writers: usize, times: u32) -> (u64, u64) {
    let folder = tempfile::tempdir().unwrap();
    drop(Ledger::create(folder.path()).unwrap());
    let (mut state, mut batches) = (writers as u64 + 20_260_108, 0);
    for _ in 0..times {
        let children: Vec<Child> = (0..writers).map(|_| start(folder.path())).collect();
        // The moment of the kill is what is tested.
        std::thread::sleep(Duration::from_micros(3_000 + random(&mut state) % 60_000));
        let told: Vec<_> = children.into_iter().flat_map(acknowledged).collect();
        let ledger = Ledger::open(folder.path()).unwrap();
        are_there(&ledger, &told);
        batches += told.len() as u64;
    }
    let ledger = Ledger::open(folder.path()).unwrap();
    let report = ledger.verify().unwrap();
    assert_eq!(report.faults, []);
    let _ = ledger.writer().unwrap().append("a", 1, &[note("alive".to_owned())]).unwrap();
    (batches, report.entries)
}

#[test]
fn nothing_acknowledged_is_lost_by_a_kill() {
    let times = length("HABEAS_LEDGER_KILLS", 20);
    for writers in [1, 2] {
        let (batches, entries) = killed(writers, times);
        println!(
            "{times} kills, {writers} writers: {batches} acknowledged batches, all there; {entries} entries, chain whole"
        );
        assert!(batches > 0, "nothing was acknowledged before any kill");
    }
}

#[test]
fn a_disk_that_is_full_at_any_moment_loses_nothing_acknowledged() {
    let (times, mut state) = (length("HABEAS_FULL_DISKS", 3), 20_260_108);
    for closed in [false, true] {
        let mut acknowledged = 0;
        for _ in 0..times {
            let folder = tempfile::tempdir().unwrap();
            match closed {
                true => drop(sealed(folder.path())),
                false => drop(Ledger::create(folder.path()).unwrap()),
            }
            let limit = 40 + random(&mut state) % 300;
            let said = said(start_within(folder.path(), limit));
            assert!(said.contains("full"), "within {limit} KiB: {said}");
            let told = batches(&said);
            let ledger = reopened(folder.path());
            are_there(&ledger, &told);
            // What was refused is not there; with room again, the next entry follows.
            let last = told.last().map_or(0, |(last, _)| *last);
            assert_eq!(ledger.head().unwrap().position, last, "within {limit} KiB");
            let next = ledger.writer().unwrap().append("a", 1, &[note("room".to_owned())]);
            assert_eq!(next.unwrap().first, last + 1);
            assert_eq!(ledger.verify().unwrap().faults, []);
            acknowledged += told.len();
        }
        let sort = if closed { "sealed" } else { "plain" };
        println!("{times} full disks, {sort}: {acknowledged} acknowledged batches, all there");
        assert!(acknowledged > 0, "nothing was acknowledged before any disk was full");
    }
}

/// Several threads and as many pens in turn: ten thousand appends in `cargo xtask soak`.
#[test]
fn many_appends_at_once_stand_in_one_chain() {
    let folder = tempfile::tempdir().unwrap();
    drop(Ledger::create(folder.path()).unwrap());
    let (threads, appends) = (8, u64::from(length("HABEAS_APPENDS", 400)));
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let folder = folder.path();
            scope.spawn(move || {
                let ledger = Ledger::open(folder).unwrap();
                for n in 0..appends / threads {
                    let entry = [note(format!("{thread} {n}"))];
                    loop {
                        // Whoever opens or closes it meanwhile may hold SQLite up, too.
                        let writer = ledger.writer();
                        match writer.and_then(|mut writer| writer.append("a", 1, &entry)) {
                            Ok(_) => break,
                            Err(Error::Busy { .. }) => std::thread::yield_now(),
                            Err(e) => panic!("{e}"),
                        }
                    }
                }
            });
        }
    });
    let ledger = Ledger::open(folder.path()).unwrap();
    let report = ledger.verify().unwrap();
    assert_eq!((report.faults, report.entries), (vec![], appends / threads * threads));
    let mut bodies = std::collections::HashSet::new();
    ledger
        .rows(1, None, |row| {
            assert!(bodies.insert(row.body), "entry {} is there twice", row.position);
            Ok(())
        })
        .unwrap();
    println!("{appends} appends by {threads} threads: one chain, each once");
}
