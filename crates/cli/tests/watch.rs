//! `watch` through the command: a real site on loopback, that changes, loses a page, or never ends.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

#[path = "../../desk/tests/site/mod.rs"]
mod site;
mod stage;

use site::{Site, hang, say};
use stage::{Stage, code, stderr, stdout};
use std::{
    process::{Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
};

/// A page that says how many were freed.
fn page(number: usize) -> String {
    format!(
        "<html lang=en><title>Releases</title><article><p>Vigilia said on Monday that {number} \
         prisoners were freed in Santa Aurelia.</p></article></html>"
    )
}

/// A case that watches these pages of a site.
fn watching(site: &Site, pages: &[&str]) -> Stage {
    let stage = Stage::new();
    let pages: Vec<String> = pages.iter().map(|path| site.at(path)).collect();
    stage.set(&format!("\n[fetch]\npause = 0\n[watch]\npages = {pages:?}\n"));
    stage
}

fn html(stream: &mut std::net::TcpStream, text: &str) {
    say(stream, "200 OK", "Content-Type: text/html\r\n", text.as_bytes());
}

#[test]
fn a_case_that_names_nothing_is_told_what_to_write() {
    let output = Stage::new().run(&["watch"], &["--once"]);
    let said = stderr(&output);
    assert_eq!(code(&output), 1, "{said}");
    assert!(said.contains("case.toml") && said.contains("hint: write `[watch]`"), "{said}");
}

#[test]
fn a_round_tells_what_is_new_the_same_changed_and_gone() {
    let asked = AtomicUsize::new(0);
    let site = Site::new(move |heard, stream| match heard.path.as_str() {
        "/up" => {
            html(stream, &page(if asked.fetch_add(1, Ordering::SeqCst) < 2 { 12 } else { 13 }))
        }
        _ => say(stream, "404 Not Found", "", b""),
    });
    let stage = watching(&site, &["/up", "/gone"]);
    let (first, same, later) = (
        stage.run(&["watch"], &["--once"]),
        stage.run(&["watch"], &["--once"]),
        stage.run(&["watch"], &["--once"]),
    );
    let said = [&first, &same, &later].map(|one| format!("{}{}", stdout(one), stderr(one)));
    assert_eq!([&first, &same, &later].map(code), [4; 3], "{said:?}");
    assert!(said.iter().all(|one| one.contains("404") && one.contains("hint: ")), "{said:?}");
    assert!(said[0].contains("1 received"), "{said:?}");
    assert!(said[1].contains("0 received") && said[2].contains("1 received"), "{said:?}");
    stage.verified();
    let board = stdout(&stage.run(&["open"], &["--once"]));
    assert!(board.contains("13 released"), "{board}");
    let changed = stdout(&stage.run(&["change"], &["--document", &site.at("/up")]));
    let expected = ["1 changed", "how many", "− 12 released", "+ 13 released"];
    assert!(expected.iter().all(|part| changed.contains(part)), "{changed}");
    let steps = stage.json("change", &["--document", &site.at("/up")]);
    assert_eq!(steps[0]["claims"][0]["differs"], serde_json::json!(["quantity"]), "{steps}");
    let nowhere = stage.run(&["change"], &["--document", &site.at("/never")]);
    assert!(code(&nowhere) == 1 && stderr(&nowhere).contains("hint: "), "{}", stderr(&nowhere));
}

#[test]
fn control_c_in_a_visit_keeps_what_was_captured() {
    let (tell, told) = mpsc::channel();
    let tell = Mutex::new(tell);
    let site = Site::new(move |heard, stream| match heard.path.as_str() {
        "/up" => html(stream, &page(12)),
        "/slow" => {
            tell.lock().unwrap().send(()).unwrap();
            hang(stream);
        }
        _ => say(stream, "404 Not Found", "", b""),
    });
    let stage = watching(&site, &["/up", "/slow"]);
    let mut watch =
        stage.command(&["watch"], &[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    told.recv().unwrap(); // It visits the second page now.
    Command::new("kill").args(["-INT", &watch.id().to_string()]).status().unwrap();
    assert!(!watch.wait().unwrap().success());
    stage.verified();
    let board = stdout(&stage.run(&["open"], &["--once"]));
    assert!(board.contains("12 released"), "{board}");
}
