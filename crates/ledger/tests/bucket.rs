//! Evidence in a bucket of a real S3 server on loopback: what is put there is found, whole.
#![cfg(feature = "s3")]
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod acts;
mod contract;

use habeas_ledger::{
    Error, Ledger,
    store::{Shelf as _, Sqlite, bucket::Bucket},
};
use habeas_model::Digest;
use rusty_s3::{Credentials, S3Action as _, UrlStyle};
use std::{
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::Duration,
};

/// A `moto_server` (PyPI), and the bucket `evidence` in it.
struct Peer {
    child: Child,
    endpoint: String,
}

impl Peer {
    fn start() -> Peer {
        let program =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/peers/bin/moto_server");
        assert!(program.is_file(), "no moto_server: `bash .ci/install` installs it");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut peer = Peer { child, endpoint: format!("http://127.0.0.1:{port}") };
        let mut told = BufReader::new(peer.child.stderr.take().unwrap()).lines();
        assert!(told.any(|line| line.unwrap().contains("Running on")), "it does not start");
        thread::spawn(move || told.count()); // It goes on telling; somebody must listen.
        let made = rusty_s3::Bucket::new(
            peer.endpoint.parse().unwrap(),
            UrlStyle::Path,
            "evidence",
            "us-east-1",
        );
        let url = made.unwrap().create_bucket(&keys()).sign(Duration::from_secs(60));
        assert!(ureq::put(url.as_str()).send_empty().unwrap().status().is_success());
        peer
    }

    fn bucket(&self, name: &str) -> Bucket {
        let address = format!("s3://{name}/case?endpoint={}", self.endpoint);
        Bucket::with(&address, keys()).unwrap()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn keys() -> Credentials {
    Credentials::new("key", "secret")
}

#[test]
fn evidence_is_kept_in_a_bucket() {
    let peer = Peer::start();
    contract::suite(&|folder| {
        let made = Ledger::create(folder).unwrap();
        drop(made);
        let store = Box::new(Sqlite::open(folder).unwrap());
        Ledger::over(folder, store, Arc::new(peer.bucket("evidence")))
    });
    let (shelf, digest) = (peer.bucket("evidence"), Digest([7; 32]));
    shelf.put(&digest, b"changed").unwrap(); // Under a digest that is not its own.
    let folder = tempfile::tempdir().unwrap();
    drop(Ledger::create(folder.path()).unwrap());
    let store = Box::new(Sqlite::open(folder.path()).unwrap());
    let ledger = Ledger::over(folder.path(), store, Arc::new(peer.bucket("evidence")));
    assert!(matches!(ledger.blob(&digest), Err(Error::Blob { what: "changed", .. })));
    let large = vec![9; 20 << 20];
    shelf.put(&digest, &large).unwrap();
    assert!(shelf.get(&digest).unwrap().unwrap() == large);
    let refused = peer.bucket("nobody").put(&digest, b"1").unwrap_err().to_string();
    assert!(refused.contains("s3://nobody/case") && !refused.contains("Signature"), "{refused}");
}
