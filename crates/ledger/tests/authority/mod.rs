//! A real time-stamping authority for tests: `openssl ts` with throw-away certificates, and a few
//! lines of HTTP before it.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    process::Command,
    sync::Arc,
};
use tempfile::TempDir;

/// An authority with a root certificate and one for time stamps under it.
pub struct Tsa {
    folder: TempDir,
}

const SETTINGS: &str = "
[tsa]
default_tsa = one
[one]
serial = ./serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1, millisecs:500
clock_precision_digits = 3
ess_cert_id_alg = sha256
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[stamps]
basicConstraints = CA:FALSE
extendedKeyUsage = critical,timeStamping
[pages]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
";

impl Tsa {
    /// With keys of this kind, `rsa:2048` or `ec`; `usage` is `stamps`, or `pages` for a wrong one.
    pub fn new(keys: &str, usage: &str) -> Tsa {
        let tsa = Tsa { folder: tempfile::tempdir().unwrap() };
        fs::write(tsa.path("tsa.cnf"), SETTINGS).unwrap();
        fs::write(tsa.path("serial"), "01").unwrap();
        let key = match keys {
            "ec" => "-newkey ec -pkeyopt ec_paramgen_curve:P-256",
            _ => "-newkey rsa:2048",
        };
        tsa.openssl(&format!(
            "req -x509 {key} -noenc -keyout ca.key -out ca.pem -days 2 -subj /CN=root \
             -config tsa.cnf -extensions ca"
        ));
        tsa.openssl(&format!(
            "req {key} -noenc -keyout tsa.key -out tsa.csr -subj /CN=stamps -config tsa.cnf"
        ));
        tsa.openssl(&format!(
            "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 1 -out tsa.pem \
             -extfile tsa.cnf -extensions {usage}"
        ));
        tsa
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn openssl(&self, words: &str) {
        let output = Command::new("openssl")
            .args(words.split_whitespace())
            .current_dir(&self.folder)
            .output()
            .expect("`openssl` starts\nhint: apt-get install openssl");
        assert!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Its root certificate, in PEM.
    pub fn root(&self) -> Vec<u8> {
        fs::read(self.path("ca.pem")).unwrap()
    }

    /// Its answer to a question.
    pub fn answer(&self, question: &[u8]) -> Vec<u8> {
        fs::write(self.path("question"), question).unwrap();
        self.openssl(
            "ts -reply -config tsa.cnf -queryfile question -signer tsa.pem -inkey tsa.key \
             -chain ca.pem -out answer",
        );
        fs::read(self.path("answer")).unwrap()
    }

    /// Whether `openssl ts` itself believes this token on this data.
    pub fn believes(&self, token: &[u8], data: &[u8]) -> bool {
        fs::write(self.path("token"), token).unwrap();
        fs::write(self.path("data"), data).unwrap();
        let words = "ts -verify -data data -in token -token_in -CAfile ca.pem";
        let output = Command::new("openssl")
            .args(words.split_whitespace())
            .current_dir(&self.folder)
            .output()
            .unwrap();
        output.status.success()
    }

    /// Answers over HTTP on loopback for as long as the test runs; its address.
    pub fn serve(self: Arc<Self>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/tsr", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                self.reply(stream.unwrap());
            }
        });
        address
    }

    fn reply(&self, mut stream: TcpStream) {
        let mut had = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let n = stream.read(&mut buffer).unwrap_or(0);
            had.extend_from_slice(&buffer[..n]);
            let head = had.windows(4).position(|bytes| bytes == b"\r\n\r\n");
            if let Some(head) = head {
                let said = String::from_utf8_lossy(&had[..head]).to_lowercase();
                let length = said.lines().find_map(|line| line.strip_prefix("content-length:"));
                let length: usize = length.map_or(0, |length| length.trim().parse().unwrap());
                if had.len() >= head + 4 + length {
                    let answer = self.answer(&had[head + 4..]);
                    let kind = "application/timestamp-reply";
                    let length = answer.len();
                    let head = format!(
                        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
                         Connection: close\r\n\r\n"
                    );
                    let _ = stream.write_all(&[head.as_bytes(), &answer].concat());
                    return;
                }
            }
            if n == 0 {
                return;
            }
        }
    }
}

/// The folder of an authority's certificates in a case.
pub fn trust(case: &Path, name: &str, tsa: &Tsa) {
    fs::create_dir_all(case.join("authorities")).unwrap();
    fs::write(case.join("authorities").join(format!("{name}.pem")), tsa.root()).unwrap();
}
