//! A sealed ledger on a server: the same contract, several writers, and a plain one that is sealed
//! while others write.

use crate::{
    cluster::Cluster,
    contract::{self, sealed::Keeper},
    ledger,
    ledgers::key,
};
use habeas_ledger::{
    Error, Ledger,
    blobs::Folder,
    seal::{Cost, Left},
    site::{Site, There},
    store::{
        Shelf,
        server::{Server, address::Address, reseal},
    },
};
use habeas_model::{Entry, Received};
use std::{path::Path, sync::Arc, thread};

/// Sealed ledgers in one database, a schema a folder.
pub struct Team<'a>(pub &'a Cluster);

impl Team<'_> {
    /// Where the ledger of this folder is.
    pub fn address(&self, folder: &Path) -> String {
        let digest = habeas_model::Digest::of(folder.as_os_str().as_encoded_bytes());
        self.0.address(&format!("s_{}", digest.short().trim_matches('.')))
    }
}

impl Keeper for Team<'_> {
    fn site(&self, folder: &Path) -> Box<dyn Site> {
        let address = Address::read(&self.address(folder)).unwrap();
        Server::migrate(&address).unwrap();
        let shelf = Arc::new(Folder::create(folder).unwrap());
        Box::new(There { folder: folder.to_owned(), address, shelf })
    }

    fn open(&self, folder: &Path) -> Ledger {
        ledger(folder, &self.address(folder))
    }
}

#[test]
fn the_contract_holds_on_a_server_for_sealed_ledgers() {
    let cluster = Cluster::start();
    contract::sealed::suite(&Team(&cluster));
}

#[test]
fn writers_of_a_sealed_ledger_never_share_a_secret() {
    let cluster = Cluster::start();
    let (team, folder) = (Team(&cluster), tempfile::tempdir().unwrap());
    drop(team.site(folder.path()).sealed("first", &key(), Cost::LEAST).unwrap());
    let members: Vec<Ledger> = (0..2)
        .map(|_| {
            let mut ledger = team.open(folder.path());
            ledger.unlock(&key()).unwrap();
            ledger
        })
        .collect();
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let mut pen = members[writer % 2].writer().unwrap();
            thread::spawn(move || {
                for n in 0..40 {
                    let batch = vec![contract::note(&format!("{writer} {n}")); 1 + n % 3];
                    let _ = pen.append(&format!("writer-{writer}"), n as i64, &batch).unwrap();
                }
            })
        })
        .collect();
    writers.into_iter().for_each(|one| one.join().unwrap());
    let mut ledger = team.open(folder.path());
    ledger.unlock(&key()).unwrap();
    let report = ledger.verify().unwrap();
    assert_eq!((report.entries, report.faults), (8 * 79, vec![]));
    let mut numbers = std::collections::HashSet::new();
    ledger
        .rows(1, None, |row| {
            assert!(numbers.insert(row.body[1..9].to_vec()), "a secret twice");
            Ok(())
        })
        .unwrap();
}

const NAME: &str = "Elvira Prueba Lira";

/// A plain ledger in which somebody is named, in an entry and in a document.
fn plain(folder: &Path, address: &str) -> Ledger {
    Server::migrate(&Address::read(address).unwrap()).unwrap();
    let ledger = ledger(folder, address);
    let mut pen = ledger.writer().unwrap();
    let blob = pen.put_blob(format!("1;{NAME}\n").as_bytes()).unwrap();
    let received = serde_json::json!({
        "blob": blob, "name": "list.csv", "bytes": 1, "format": "csv", "capture": {},
        "disclosure": "restricted",
    });
    let received: Received = serde_json::from_value(received).unwrap();
    let entries = [contract::note(NAME), Entry::Received(Box::new(received))];
    let _ = pen.append("a", 1, &entries).unwrap();
    ledger
}

#[test]
fn a_plain_ledger_is_sealed_while_others_write_and_nothing_plain_is_left() {
    let cluster = Cluster::start();
    let (address, folder) = (cluster.address("team"), tempfile::tempdir().unwrap());
    let before = plain(folder.path(), &address);
    let mut pen = ledger(folder.path(), &address).writer().unwrap();
    let other = thread::spawn(move || {
        let mut acknowledged = 0;
        loop {
            match pen.append("b", 2, &[contract::note(&format!("b {acknowledged}"))]) {
                Ok(_) => acknowledged += 1,
                Err(Error::Server { .. }) => {} // It waited for the head that is gone.
                Err(why) => return (acknowledged, why),
            }
        }
    });
    cluster.sql("team", "CHECKPOINT").unwrap();
    let held = |what: &str| cluster.files().iter().filter(|(_, it)| has(it, what)).count();
    assert!(held(NAME) >= 2, "in a table and in the log");
    let shelf: Arc<dyn Shelf> = Arc::new(Folder::create(folder.path()).unwrap());
    let at = Address::read(&address).unwrap();
    let (sealed, left) =
        reseal::seal(&at, folder.path(), &shelf, "first", &key(), Cost::LEAST).unwrap();
    let (acknowledged, why) = other.join().unwrap();
    assert!(matches!(why, Error::Locked(_)), "{why}");
    assert_eq!(left, Left::Copies);
    assert_eq!(held(NAME), 0);
    let mut lying = crate::ledgers::files(&folder.path().join("blobs"));
    assert_eq!(lying.len(), 1);
    assert!(!has(&std::fs::read(lying.pop().unwrap()).unwrap(), NAME));

    let report = sealed.verify().unwrap();
    // What was there, what the other was told is there, and where the old chain ended.
    assert_eq!((report.entries, report.faults), (2 + acknowledged + 1, vec![]));
    assert_eq!(contract::said(&sealed, &sealed.row(1).unwrap().unwrap()), NAME);
    let Some(Entry::Received(received)) = sealed.entry(&sealed.row(2).unwrap().unwrap()).unwrap()
    else {
        panic!("a document")
    };
    assert!(has(&sealed.blob(&received.blob).unwrap(), NAME));
    assert_eq!(before.head().unwrap(), sealed.head().unwrap(), "who reads on reads the same");
    let schemas = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'team%'";
    assert_eq!(cluster.sql("team", schemas).unwrap(), "1");
    println!("sealed after {acknowledged} appends of another, all there");
}

/// Whether words stand in bytes.
pub fn has(bytes: &[u8], what: &str) -> bool {
    memchr::memmem::find(bytes, what.as_bytes()).is_some()
}

#[test]
fn what_lies_with_another_member_is_not_sealed_without_them() {
    let cluster = Cluster::start();
    let (address, folder) = (cluster.address("team"), tempfile::tempdir().unwrap());
    drop(plain(folder.path(), &address));
    let elsewhere = tempfile::tempdir().unwrap();
    let shelf: Arc<dyn Shelf> = Arc::new(Folder::create(elsewhere.path()).unwrap());
    let at = Address::read(&address).unwrap();
    let refused = reseal::seal(&at, elsewhere.path(), &shelf, "first", &key(), Cost::LEAST);
    assert!(matches!(refused.err(), Some(Error::Elsewhere(_))));
    assert!(!ledger(folder.path(), &address).is_sealed());
}
