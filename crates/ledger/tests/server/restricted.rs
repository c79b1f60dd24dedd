//! Two members restrict what others read at that moment, while others write.

use crate::{
    acts::{self, Act},
    cluster::Cluster,
    contract::{self, restricted::voice},
    ledger,
    ledgers::length,
};
use habeas_ledger::{
    KnownBy,
    store::server::{Server, address::Address},
};
use habeas_model::{MentionId, memory::Wish};
use std::{
    sync::{
        Barrier,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
};

/// Rows of the list, which are restricted one after the other.
const ROWS: u8 = 4;

#[test]
fn two_members_restrict_on_a_busy_server() {
    let cluster = Cluster::start();
    let address = cluster.address("restricted");
    Server::migrate(&Address::read(&address).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let open = || ledger(folder.path(), &address);
    let team = open();
    acts::play(&team, &mut team.writer().unwrap(), "a", &[Act::Read(ROWS)]);
    let pause = u64::from(length("HABEAS_RESTRICTS", 6));
    let (together, ended, told) = (Barrier::new(2), AtomicBool::new(false), AtomicU64::new(0));
    let others = || {
        let (team, mut appends) = (open(), 0_u64);
        let mut pen = team.writer().unwrap();
        while !ended.load(Ordering::Relaxed) {
            let _ = pen.append("other", 1, &[contract::note("a note")]).unwrap();
            appends += 1;
        }
        appends
    };
    // Each row waits until the readers have seen some more answers.
    let member = |author: &'static str| {
        let (team, mut mine) = (open(), Vec::new());
        let mut pen = team.writer().unwrap();
        for nth in 0..u64::from(ROWS) {
            while told.load(Ordering::Relaxed) < nth * pause {
                thread::yield_now();
            }
            let entry = voice(Wish::Restrict, &acts::id(nth).to_string(), vec![acts::id(nth)]);
            together.wait();
            mine.push(pen.append(author, 1, &[entry]).unwrap().last);
        }
        mine
    };
    let reader = || {
        let (team, mut seen) = (open(), Vec::new());
        while !ended.load(Ordering::Relaxed) {
            let present = team.present(KnownBy::Now).unwrap();
            let shown: Vec<_> = present.mentions.iter().map(|one| one.it.id).collect();
            seen.push((present.position, shown));
            told.fetch_add(1, Ordering::Relaxed);
        }
        seen
    };
    let (appends, since, seen) = thread::scope(|scope| {
        let others = [scope.spawn(others), scope.spawn(others)];
        let reader = scope.spawn(reader);
        let members = ["ana", "ben"].map(|author| scope.spawn(move || member(author)));
        let [ana, ben] = members.map(|one| one.join().unwrap());
        let all = told.load(Ordering::Relaxed);
        while told.load(Ordering::Relaxed) < all + pause {
            thread::yield_now();
        }
        ended.store(true, Ordering::Relaxed);
        let since: Vec<u64> = ana.into_iter().zip(ben).map(|(a, b)| a.max(b)).collect();
        let appends: u64 = others.map(|one| one.join().unwrap()).iter().sum();
        (appends, since, reader.join().unwrap())
    });
    check(&seen, &since);
    let (first, last) = (&seen[0].1, &seen[seen.len() - 1].1);
    assert_eq!((first.len(), last.len()), (usize::from(ROWS), 0));
    let report = team.verify().unwrap();
    let sent = appends + u64::from(ROWS) + 1 + 2 * u64::from(ROWS);
    assert_eq!((report.faults.as_slice(), report.entries), (&[][..], sent));
    println!(
        "{} answers while {appends} entries were appended: none shows what it should not",
        seen.len()
    );
}

/// No answer that knows of both voices about a row, whose second is at its place in `since`, shows
/// that row.
#[track_caller]
fn check(seen: &[(u64, Vec<MentionId>)], since: &[u64]) {
    for (position, shown) in seen {
        for (nth, since) in since.iter().enumerate() {
            let hidden = !shown.contains(&acts::id(nth as u64));
            assert!(hidden || position < since, "row {nth}, hidden by {since}, at {position}");
        }
    }
}
