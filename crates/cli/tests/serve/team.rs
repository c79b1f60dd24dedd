//! A case for a team: accounts by the command, and pages that others reach over TLS.

use crate::stage::{Stage, code, stderr, stdout};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStderr, Command, Output, Stdio},
};

const WORDS: &str = "correct horse battery";

fn account(stage: &Stage, verb: &str, rest: &[&str]) -> Output {
    let mut command = stage.command(&["account", verb], rest);
    command.env("HABEAS_NEW_PASSPHRASE", WORDS).output().unwrap()
}

#[test]
fn accounts_are_kept_by_the_command() {
    let stage = Stage::new();
    assert!(stdout(&account(&stage, "list", &[])).contains("There is no account"));
    let first = account(&stage, "add", &["bea", "--role", "reader"]);
    assert_eq!(code(&first), 1);
    assert!(stderr(&first).contains("no keeper"), "{}", stderr(&first));
    assert_eq!(code(&account(&stage, "add", &["ada", "--role", "keeper"])), 0);
    let second = account(&stage, "add", &["bea", "--role", "reviewer,linker", "--totp"]);
    assert!(stdout(&second).contains("Type this into an app, once: "), "{}", stdout(&second));
    let list = stdout(&account(&stage, "list", &[]));
    assert!(list.contains("ada: keeper; no second step"), "{list}");
    assert!(list.contains("bea: reviewer, linker; with a second step"), "{list}");
    assert_eq!(code(&account(&stage, "passphrase", &["bea"])), 0);
    assert_eq!(code(&account(&stage, "role", &["bea", "publisher"])), 0);
    let list = stdout(&account(&stage, "list", &[]));
    assert!(list.contains("bea: publisher; no second step"), "{list}");
    let link = stdout(&account(&stage, "invite", &["--role", "reader"]));
    assert!(link.contains("http://127.0.0.1:8470/invitations/"), "{link}");
    for wrong in [&["add", "ada", "--role", "reader"][..], &["remove", "ada"], &["remove", "eve"]] {
        assert_eq!(code(&account(&stage, wrong[0], &wrong[1..])), 1, "{wrong:?}");
    }
    assert_eq!(code(&account(&stage, "add", &["eve", "--role", "owner"])), 2);
    assert_eq!(code(&account(&stage, "remove", &["bea"])), 0);
    let kept = std::fs::read_to_string(stage.case.join("ledger/accounts.json")).unwrap();
    assert!(kept.contains("argon2id") && !kept.contains(WORDS) && !kept.contains("\"bea\""));
    let link = link.split("/invitations/").nth(1).unwrap().trim();
    assert!(!kept.contains(link));
}

struct Serves(Child);

impl Drop for Serves {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves as asked; the line that tells the address, with what the program says after it.
fn serves(stage: &Stage, rest: &[&str]) -> (Serves, String, BufReader<ChildStderr>) {
    shows(stage.command(&["serve"], rest))
}

fn shows(mut command: Command) -> (Serves, String, BufReader<ChildStderr>) {
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap());
    let serves = Serves(child);
    let mut line = String::new();
    while !line.contains("Serving the case at") {
        line.clear();
        assert!(told.read_line(&mut line).unwrap() > 0, "it ended before it served");
    }
    (serves, line, told)
}

/// A certificate for `localhost`, made on the spot.
fn certificate(stage: &Stage) -> [String; 2] {
    let [certificate, key] = ["own.pem", "own.key"]
        .map(|name| stage.root.path().join(name).to_str().unwrap().to_owned());
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"])
        .args(["-nodes", "-days", "2", "-subj", "/CN=localhost"])
        .args(["-addext", "subjectAltName=DNS:localhost"])
        .args(["-keyout", &key, "-out", &certificate])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", stderr(&made));
    [certificate, key]
}

#[test]
fn others_reach_it_over_tls_and_sign_in() {
    let stage = Stage::new();
    let [certificate, key] = certificate(&stage);
    let tls = ["--name", "localhost", "--certificate", &certificate, "--key", &key];
    let everywhere = ["--listen", "0.0.0.0:0", "--lang", "en"];
    let alone = stage.run(&["serve"], &[&everywhere[..], &tls].concat());
    assert_eq!(code(&alone), 1);
    assert!(stderr(&alone).contains("there is no account"), "{}", stderr(&alone));
    assert_eq!(code(&account(&stage, "add", &["ada", "--role", "keeper"])), 0);
    let open = stage.run(&["serve"], &everywhere);
    assert!(stderr(&open).contains("can be reached from other computers"), "{}", stderr(&open));
    let wrong = ["--name", "localhost", "--certificate", &key, "--key", &key];
    let wrong = stage.run(&["serve"], &[&everywhere[..], &wrong].concat());
    assert!(stderr(&wrong).contains("TLS cannot be had"), "{}", stderr(&wrong));

    let (_serves, line, mut told) = serves(&stage, &[&everywhere[..], &tls].concat());
    let host = line.split("https://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let mut next = String::new();
    told.read_line(&mut next).unwrap();
    assert!(next.contains("Who is of the team signs in"), "{next}");
    let mut asks = Command::new("openssl")
        .args(["s_client", "-quiet", "-verify_return_error", "-verify_hostname", "localhost"])
        .args(["-CAfile", &certificate, "-connect", &host])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let request = format!("GET / HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    asks.stdin.as_mut().unwrap().write_all(request.as_bytes()).unwrap();
    let answer = stdout(&asks.wait_with_output().unwrap()).to_ascii_lowercase();
    assert!(answer.starts_with("http/1.1 303 "), "{answer}");
    for header in ["location: /sign-in?next=%2f", "strict-transport-security: max-age=31536000"] {
        assert!(answer.contains(header), "{answer}");
    }
}

#[test]
fn a_proxy_is_stated_and_asks_under_its_name() {
    let stage = Stage::new();
    assert_eq!(code(&account(&stage, "add", &["ada", "--role", "keeper"])), 0);
    let path = ["--behind", "https://desk.example.org/path"];
    let path = stage.run(&["serve"], &path);
    assert!(stderr(&path).contains("is no address to serve pages under"), "{}", stderr(&path));
    let (_serves, line, _told) = serves(
        &stage,
        &["--listen", "127.0.0.1:0", "--lang", "en", "--behind", "https://desk.example.org"],
    );
    assert!(line.contains("https://desk.example.org/"), "{line}");
}

#[test]
fn opening_a_case_goes_on_to_show_it() {
    let stage = Stage::new();
    stage.put(
        "note.txt",
        b"Santa Aurelia, 20 January 2026. The Ministry said that 42 detainees were released.",
    );
    let mut command = stage.command(&["open"], &["--listen", "127.0.0.1:0", "--lang", "en"]);
    command.stdout(Stdio::null());
    let (_shows, line, _told) = shows(command);
    let at = line.split("http://").nth(1).unwrap().split('/').next().unwrap();
    let mut stream = std::net::TcpStream::connect(at).unwrap();
    let request = format!("GET / HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let page = std::io::read_to_string(stream).unwrap();
    assert!(page.starts_with("HTTP/1.1 200 ") && page.contains("42"), "{page}");
}
