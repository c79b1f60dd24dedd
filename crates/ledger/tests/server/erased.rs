//! What was erased on a server is in none of its files, as far as the server lets itself be washed.

use crate::{
    cluster::Cluster,
    contract::{self, sealed::Keeper as _},
    ledgers::{erasure, key},
    sealed::Team,
};
use habeas_ledger::{
    Ledger,
    seal::{Cost, Left},
    store::server::{Server, address::Address},
};

const NAME: &str = "Elvira Prueba Lira";

/// The number of an entry's secret, and the record that it has.
fn record(cluster: &Cluster, ledger: &Ledger, schema: &str, position: u64) -> Vec<u8> {
    let body = ledger.row(position).unwrap().unwrap().body;
    let id = u64::from_be_bytes(body[1..9].try_into().unwrap());
    let sql = format!("SELECT encode(record, 'hex') FROM secret WHERE id = {id}");
    hex::decode(cluster.sql(schema, &sql).unwrap()).unwrap()
}

fn hits(bytes: &[u8], what: &[u8]) -> usize {
    memchr::memmem::find_iter(bytes, what).count()
}

#[test]
fn an_erased_secret_is_in_no_file_of_the_server() {
    let cluster = Cluster::start();
    let (team, folder) = (Team(&cluster), tempfile::tempdir().unwrap());
    let ledger = team.site(folder.path()).sealed("first", &key(), Cost::LEAST).unwrap();
    let notes = ["1", NAME, "3"].map(contract::note);
    let _ = ledger.writer().unwrap().append("a", 1, &notes).unwrap();
    let schema = Address::read(&team.address(folder.path())).unwrap().to_string();
    let schema = schema.split("schema=").nth(1).unwrap();
    let (gone, kept) = (record(&cluster, &ledger, schema, 2), record(&cluster, &ledger, schema, 3));
    let search = || {
        let files: Vec<Vec<u8>> = cluster.files().into_iter().map(|(_, bytes)| bytes).collect();
        let dump = cluster.dump();
        let sum = |what: &[u8]| files.iter().map(|bytes| hits(bytes, what)).sum::<usize>();
        let written = |it: &[u8]| sum(it) + hits(&dump, hex::encode(it).as_bytes());
        let bytes = files.iter().map(Vec::len).sum::<usize>();
        println!(
            "{} files of the server: {bytes} bytes; a dump: {} bytes",
            files.len(),
            dump.len()
        );
        (written(&gone), written(&kept), sum(NAME.as_bytes()) + hits(&dump, NAME.as_bytes()))
    };
    cluster.sql("public", "CHECKPOINT").unwrap();
    let (before, other, named) = search();
    println!("before: its secret {before} times, another {other} times, the name {named} times");
    assert!(before >= 3 && other >= 3, "in a table, in the log and in a dump");
    let done = ledger.writer().unwrap().erase(&ledger, "a", 9, &erasure(vec![2], vec![])).unwrap();
    assert_eq!(done.left, Left::Copies);
    let (after, other, also) = search();
    println!("after: its secret {after} times, another {other} times, the name {also} times");
    assert_eq!((named, after, also), (0, 0, 0));
    assert!(other >= 2, "the search would find it");
    assert_eq!(contract::said(&ledger, &ledger.row(3).unwrap().unwrap()), "3");
    assert_eq!(ledger.verify().unwrap().faults, []);
}

/// Who may not wash it is told what is left; once they may, or somebody else does, it is done.
#[test]
fn what_a_member_may_not_wash_is_told() {
    let cluster = Cluster::start();
    let sql = |sql: &str| cluster.sql("clerks", sql).unwrap();
    sql(
        "CREATE ROLE clerk LOGIN; GRANT CREATE ON DATABASE team TO clerk; CREATE ROLE member LOGIN",
    );
    let folder = tempfile::tempdir().unwrap();
    let site = |role: &str| {
        let address = cluster.address_as(role, "clerks");
        let shelf =
            std::sync::Arc::new(habeas_ledger::blobs::Folder::create(folder.path()).unwrap());
        let address = Address::read(&address).unwrap();
        habeas_ledger::site::There { folder: folder.path().to_owned(), address, shelf }
    };
    let open = |role: &str| {
        let mut ledger = crate::ledger(folder.path(), &cluster.address_as(role, "clerks"));
        ledger.unlock(&key()).unwrap();
        ledger
    };
    Server::migrate(&site("clerk").address).unwrap();
    let made: &dyn habeas_ledger::site::Site = &site("clerk");
    let clerk = made.sealed("first", &key(), Cost::LEAST).unwrap();
    let notes: Vec<_> = (1..=5).map(|n| contract::note(&n.to_string())).collect();
    let _ = clerk.writer().unwrap().append("a", 1, &notes).unwrap();
    sql("GRANT USAGE ON SCHEMA clerks TO member;
         GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA clerks TO member");
    let erase = |ledger: &Ledger, position| {
        let asked = erasure(vec![position], vec![]);
        let left = ledger.writer().unwrap().erase(ledger, "a", 9, &asked).unwrap().left;
        assert_eq!(ledger.verify().unwrap().faults, []);
        left
    };
    assert_eq!(erase(&open("member"), 1), Left::Pages);
    assert_eq!(erase(&clerk, 2), Left::Log);
    sql("GRANT pg_checkpoint, pg_monitor TO clerk");
    assert_eq!(erase(&open("clerk"), 3), Left::Copies);
    assert_eq!(erase(&clerk, 3), Left::Nothing, "nothing was destroyed");
}
