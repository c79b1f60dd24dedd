//! A case as pages, asked for as a browser asks: over HTTP, of the command itself.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod answer;
mod attack;
mod linking;
mod lists;
mod people;
mod program;
mod reading;
#[path = "../stage/mod.rs"]
mod stage;
mod team;

use stage::{Stage, code, stderr};
use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, ChildStderr, Stdio},
};

/// A case that is served. It ends with the test.
struct Served {
    stage: Stage,
    child: Child,
    told: BufReader<ChildStderr>,
    at: String,
}

/// An answer: its first line and headers, and its body.
struct Answer {
    head: String,
    body: String,
}

impl Served {
    fn santa_aurelia() -> Served {
        let stage = Stage::copy_of("santa-aurelia");
        assert_eq!(code(&stage.run(&["open"], &["--once"])), 0);
        Served::of(stage)
    }

    fn of(stage: Stage) -> Served {
        let mut command = stage.command(&["serve"], &["--listen", "127.0.0.1:0", "--lang", "en"]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut told = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        let at = loop {
            line.clear();
            assert!(told.read_line(&mut line).unwrap() > 0, "it ended before it served");
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.split('/').next().unwrap().to_owned();
            }
        };
        Served { stage, child, told, at }
    }

    fn ask(&self, lines: &[&str]) -> Answer {
        let mut stream = TcpStream::connect(&self.at).unwrap();
        let request = format!("{}\r\nconnection: close\r\n\r\n", lines.join("\r\n"));
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let said = String::from_utf8(bytes).unwrap();
        let (head, body) = said.split_once("\r\n\r\n").unwrap();
        Answer { head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    fn get(&self, address: &str) -> Answer {
        self.ask(&[&format!("GET {address} HTTP/1.1"), &format!("host: {}", self.at)])
    }

    /// Sends a form as a page of ours does.
    fn post(&self, address: &str, fields: &str) -> Answer {
        self.ask(&[
            &format!("POST {address} HTTP/1.1"),
            &format!("host: {}", self.at),
            &format!("origin: http://{}", self.at),
            "content-type: application/x-www-form-urlencoded",
            &format!("content-length: {}\r\nconnection: close\r\n\r\n{fields}", fields.len()),
        ])
    }

    /// The page at `address` is there, with every word of `there` and none of `not_there`.
    #[track_caller]
    fn check(&self, address: &str, there: &[&str], not_there: &[&str]) -> Answer {
        let answer = self.get(address);
        answer.check(200, there, not_there);
        answer
    }

    /// The interrupt that Ctrl-C sends.
    #[cfg(unix)]
    fn interrupt(&self) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::INT).unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    #[track_caller]
    fn check(&self, status: u16, there: &[&str], not_there: &[&str]) {
        assert!(self.head.starts_with(&format!("http/1.1 {status} ")), "{}", self.head);
        let policy = "content-security-policy: default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        for header in [
            policy,
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "referrer-policy: same-origin",
            "x-frame-options: deny",
        ] {
            assert!(self.head.contains(header), "`{header}` is not in {}", self.head);
        }
        for part in there {
            assert!(self.body.contains(part), "`{part}` is not in\n{}", self.body);
        }
        let body = self.body.replace(MODULE, "");
        for part in not_there {
            assert!(!body.contains(part), "`{part}` is in\n{body}");
        }
    }

    /// The value of a hidden field of the first form.
    fn hidden(&self, name: &str) -> String {
        let begin = format!("name=\"{name}\" value=\"");
        let rest = self.body.split(&begin).nth(1).unwrap_or_else(|| panic!("no {name}"));
        rest.split('"').next().unwrap().to_owned()
    }

    /// The addresses that begin so and that the page leads to.
    fn links(&self, start: &str) -> BTreeSet<String> {
        let begin = format!("href=\"{start}");
        let rest = self.body.split(&begin).skip(1);
        rest.map(|rest| format!("{start}{}", rest.split(['"', '#']).next().unwrap())).collect()
    }
}

/// The only script of a page that shows: a file of ours.
const MODULE: &str = "<script type=\"module\" src=\"/ask.js\"></script>";
const INLINE: [&str; 5] = ["<style", "style=\"", "<script", " onclick", "javascript:"];

#[test]
fn every_figure_of_the_board_opens_to_its_rows() {
    let served = Served::santa_aurelia();
    let json = served.stage.json("board", &[]);
    let lines = json["lines"].as_array().unwrap();
    let board = served.check("/", &["<form", "name=\"as_of\"", "lang=\"en\""], &INLINE);
    let links = board.links("/lines/");
    let expected = lines.iter().map(|line| format!("/lines/{}", line["id"].as_str().unwrap()));
    assert_eq!(links, expected.collect());
    for (link, line) in links.iter().map(|link| {
        let line = lines.iter().find(|line| link.ends_with(line["id"].as_str().unwrap()));
        (link, line.unwrap())
    }) {
        let page = served.check(link, &["<mark>", "id=\"named\""], &INLINE);
        let written = line["sources"].as_array().unwrap().len();
        assert_eq!(page.body.matches("<mark>").count(), written, "{link}");
        let names = page.body.matches("<bdi>").count() as u64;
        assert_eq!(names, line["named"]["count"].as_u64().unwrap_or(0), "{link}");
    }
    served.check("/style.css", &[":root{", ".ask"], &["@import", "http"]);
}

#[test]
fn every_document_shows_what_was_read_in_it() {
    let served = Served::santa_aurelia();
    let board = served.stage.json("board", &[]);
    let list = served.check("/documents", &["<h1>Documents</h1>"], &INLINE);
    let links = list.links("/documents/");
    assert_eq!(links.len() as u64, board["documents"].as_u64().unwrap());
    let mut claims = 0;
    for link in &links {
        let page = served.check(link, &["SHA-256", &link["/documents/".len()..]], &INLINE);
        claims += page.body.matches("<li id=\"k-").count();
    }
    let out = served.stage.root.path().join("out");
    let written = served.stage.run(&["export"], &["--out", out.to_str().unwrap()]);
    assert_eq!(code(&written), 0);
    let table = std::fs::read_to_string(out.join("claims.csv")).unwrap();
    let rows = table.lines().skip(1).filter(|line| line.as_bytes().get(16) == Some(&b','));
    assert_eq!(claims, rows.count());
    let line = board["lines"][0]["id"].as_str().unwrap();
    let figure = served.get(&format!("/lines/{line}"));
    for link in figure.links("/documents/") {
        served.check(&link, &[&format!("id=\"k-{line}\"")], &INLINE);
    }
}

#[test]
fn programs_get_what_the_terminal_prints_as_json() {
    let served = Served::santa_aurelia();
    for verb in ["board", "audit", "promises"] {
        let answer = served.check(&format!("/api/v1/{verb}?as_of=2026-02-01"), &[], &[]);
        assert!(answer.head.contains("content-type: application/json"), "{}", answer.head);
        let said: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        let printed = served.stage.json(verb, &["--as-of", "2026-02-01", "--lang", "en"]);
        assert!(said == printed, "{verb}");
    }
    let line = &served.stage.json("board", &[])["lines"][0];
    let like = format!("like={}", line["id"].as_str().unwrap());
    let answer = served.check(&format!("/api/v1/board?{like}"), &[], &[]);
    let said: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let lines = said["lines"].as_array().unwrap();
    assert!(lines.iter().all(|one| one["population"] == line["population"]));
    served.get(&format!("/api/v1/audit?{like}")).check(400, &[], &[]);
    let wrong = served.get("/api/v1/board?rule=Ada");
    wrong.check(400, &["{\"status\":400,"], &["Ada"]);
}

#[test]
fn the_same_question_has_the_answer_of_the_terminal() {
    let served = Served::santa_aurelia();
    for (address, asked) in [
        ("/?as_of=2026-02-01", &["--as-of", "2026-02-01"][..]),
        ("/?rule=official-count", &["--rule", "official-count"]),
        ("/?known_by=40&as_of=", &["--known-by", "40"]),
    ] {
        let json = served.stage.json("board", asked);
        let ids = json["lines"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap());
        let expected: BTreeSet<String> = ids.map(str::to_owned).collect();
        let found = served.check(address, &[], &INLINE).links("/lines/");
        let found = found.iter().map(|link| link["/lines/".len()..][..16].to_owned());
        assert_eq!(found.collect::<BTreeSet<_>>(), expected, "{address}");
    }
    let json = served.stage.json("board", &[]);
    let first = &json["lines"][0];
    let like = first["id"].as_str().unwrap();
    let same = json["lines"].as_array().unwrap().iter();
    let same = same.filter(|line| line["population"] == first["population"]).count();
    let page = served.check(&format!("/?like={like}"), &[" selected>"], &INLINE);
    assert_eq!(page.links("/lines/").len(), same);
}

#[test]
fn a_page_has_the_language_that_is_asked_for() {
    let served = Served::santa_aurelia();
    let host = format!("host: {}", served.at);
    let spanish = ["<html lang=\"es\">", "Cierto al"];
    let answer = served.get("/?lang=es&as_of=2026-02-01");
    answer.check(200, &spanish, &[]);
    assert!(answer.head.contains("set-cookie: habeas-lang=es; path=/;"), "{}", answer.head);
    answer.check(200, &["href=\"?as_of=2026-02-01&amp;lang=en\""], &["lang=es&amp;"]);
    for header in ["cookie: habeas-lang=es", "accept-language: es-VE,en;q=0.5"] {
        served.ask(&["GET / HTTP/1.1", &host, header]).check(200, &spanish, &[]);
    }
    let wrong = served.ask(&["GET /no HTTP/1.1", &host, "accept-language: es"]);
    wrong.check(404, &["Aquí no hay nada"], &INLINE);
}

#[test]
fn what_makes_no_sense_is_refused_without_repeating_it() {
    let served = Served::santa_aurelia();
    let mark = "Ada%3Cscript%3E";
    for (address, status) in [
        (format!("/?as_of={mark}"), 400),
        (format!("/?known_by={mark}"), 400),
        (format!("/?rule={mark}"), 400),
        (format!("/?like={mark}"), 400),
        ("/?lang=%0d%0aset-cookie:x".to_owned(), 400),
        ("/?as_of=9999-12-31&known_by=18446744073709551616".to_owned(), 400),
        (format!("/{mark}"), 404),
        (format!("/lines/{mark}"), 404),
        (format!("/documents/{mark}"), 404),
        (format!("/documents/{}", "0".repeat(64)), 404),
        ("/lines/..%2f..%2fcase.toml".to_owned(), 404),
        ("/../case.toml".to_owned(), 404),
        ("//evil.example/".to_owned(), 404),
        ("/lines/ffffffffffffffff".to_owned(), 404),
        ("/?like=ffffffffffffffff".to_owned(), 404),
    ] {
        let answer = served.get(&address);
        answer.check(status, &["<h1>"], &["Ada", "<script", "ffffffffffffffff", "evil"]);
        assert!(!answer.head.contains("\r\nset-cookie"), "{address}: {}", answer.head);
    }
    let host = format!("host: {}", served.at);
    let post = ["POST / HTTP/1.1", &host, "content-length: 0"];
    let from = |origin| served.ask(&[&post[..], &[origin]].concat());
    for stranger in
        ["x: y", "origin: null", "origin: http://evil.example", "origin: https://localhost"]
    {
        from(stranger).check(403, &["<h1>"], &["evil"]);
    }
    let ours = from(&format!("origin: http://{}", served.at));
    ours.check(405, &["<h1>"], &[]);
    assert!(ours.head.contains("\r\nallow: get,head"), "{}", ours.head);
    for host in ["host: evil.example", "host: localhost", "x: y"] {
        let answer = served.ask(&["GET / HTTP/1.1", host]);
        answer.check(421, &["<h1>"], &["Santa Aurelia", "/lines/"]);
    }
}

#[test]
fn an_address_that_others_reach_is_refused() {
    let stage = Stage::new();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:8470"] {
        let output = stage.run(&["serve"], &["--listen", address]);
        assert_eq!(code(&output), 1);
        assert!(stderr(&output).contains("can be reached from other computers"));
    }
}

#[test]
#[cfg(unix)]
fn what_others_append_is_shown_and_an_interrupt_ends_it() {
    let stage = Stage::new();
    let mut served = Served::of(stage);
    served.check("/", &["No count claim has been read yet"], &[]);
    served.stage.put(
        "note.txt",
        b"Santa Aurelia, 20 January 2026. The Ministry said that 42 detainees were released.",
    );
    assert_eq!(code(&served.stage.run(&["open"], &["--once"])), 0);
    served.check("/", &["42", "/lines/"], &["No count claim has been read yet"]);
    let _waits = TcpStream::connect(&served.at).unwrap(); // Who never asks keeps nobody.
    served.interrupt();
    assert!(served.child.wait().unwrap().success());
    let mut rest = String::new();
    served.told.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("No account is asked for") && rest.contains("Ended"), "{rest}");
}

/// Of the threads of the program each keeps memory: a crowd waits for its turn, and is answered.
#[test]
#[cfg(target_os = "linux")]
fn a_crowd_is_answered_by_few_threads() {
    let served = Served::santa_aurelia();
    std::thread::scope(|scope| {
        let asks: Vec<_> = (0..200).map(|_| scope.spawn(|| served.get("/people"))).collect();
        for one in asks {
            one.join().unwrap().check(200, &["<table"], &[]);
        }
    });
    let status = format!("/proc/{}/status", served.child.id());
    let status = std::fs::read_to_string(status).unwrap();
    let threads = status.lines().find_map(|line| line.strip_prefix("Threads:")).unwrap();
    let threads: usize = threads.trim().parse().unwrap();
    assert!(threads < 45, "{threads} threads");
}
