//! How many appends a second a real PostgreSQL on this machine takes from 1 and from 8 writers of
//! one process, each append acknowledged once it is committed and synced, beside what the server
//! takes of rows of the same length from as many connections that chain nothing:
//! `cargo bench -p habeas-ledger --features postgres --bench server`.
#![allow(clippy::unwrap_used, reason = "a bench says with a panic that it failed")]

#[path = "../tests/acts/mod.rs"]
mod acts;
#[path = "../tests/cluster/mod.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod cluster;
#[path = "../tests/contract/mod.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod contract;

use cluster::Cluster;
use habeas_ledger::{
    Ledger,
    blobs::Folder,
    store::server::{Server, address::Address},
};
use std::{
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

const LASTS: Duration = Duration::from_secs(5);

fn main() {
    let cluster = Cluster::start();
    let table = "CREATE TABLE raw (position bigserial PRIMARY KEY, body bytea NOT NULL)";
    cluster.sql("public", table).unwrap();
    for writers in [1, 8] {
        let rate = raw(&cluster, writers);
        println!("{writers} connections, one row a commit, no chain: {rate:.0} commits/s");
    }
    for (nth, (writers, batch)) in [(1, 1), (8, 1), (8, 100)].into_iter().enumerate() {
        let address = Address::read(&cluster.address(&format!("bench_{nth}"))).unwrap();
        Server::migrate(&address).unwrap();
        let begun = Instant::now();
        let appends = run(&address, writers, batch);
        let rate = appends as f64 / begun.elapsed().as_secs_f64();
        println!(
            "{writers} writers, {batch} entries an append: {rate:.0} appends/s, {:.0} entries/s",
            rate * batch as f64
        );
    }
}

fn run(address: &Address, writers: usize, batch: usize) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let server = Box::new(Server::open(address).unwrap());
    let team =
        Ledger::over(folder.path(), server, Arc::new(Folder::create(folder.path()).unwrap()));
    let one = |writer: usize| {
        let mut pen = team.writer().unwrap();
        thread::spawn(move || {
            let entries = vec![contract::note(&"x".repeat(400)); batch];
            let (begun, mut appends) = (Instant::now(), 0);
            while begun.elapsed() < LASTS {
                let _ = pen.append(&format!("writer-{writer}"), 0, &entries).unwrap();
                appends += 1;
            }
            appends
        })
    };
    let all: Vec<_> = (0..writers).map(one).collect();
    all.into_iter().map(|one| one.join().unwrap()).sum()
}

/// Commits a second of the server by itself.
fn raw(cluster: &Cluster, writers: usize) -> f64 {
    let way = format!("host=127.0.0.1 port={} user=keeper dbname=team", cluster.port());
    let begun = Instant::now();
    let one = |_| {
        let way = way.clone();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(commits(&way))
        })
    };
    let all: Vec<_> = (0..writers).map(one).collect();
    let commits: usize = all.into_iter().map(|one| one.join().unwrap()).sum();
    commits as f64 / begun.elapsed().as_secs_f64()
}

async fn commits(way: &str) -> usize {
    let (client, connection) = tokio_postgres::connect(way, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let insert = client.prepare("INSERT INTO raw (body) VALUES ($1)").await.unwrap();
    let body = vec![b'x'; 430];
    let (begun, mut commits) = (Instant::now(), 0);
    while begun.elapsed() < LASTS {
        client.execute(&insert, &[&body]).await.unwrap();
        commits += 1;
    }
    commits
}
