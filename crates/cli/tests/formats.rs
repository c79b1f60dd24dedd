//! Every format through the command: received, read, and addressed; and what is made to do harm.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

#[path = "../../document/tests/made/mod.rs"]
mod made;
mod stage;

use made::{answer, docx, pdf, pdf_of, record, zip};
use stage::{Stage, code, stderr, stdout};

const SAID: &str = "The ministry said on Monday that 116 political prisoners were released.";

/// The file in the inbox is opened with this exit code, and the answer has `expected` in it.
#[track_caller]
fn check(name: &str, bytes: &[u8], exit: i32, expected: &[&str]) -> Stage {
    let stage = Stage::new();
    stage.put(name, bytes);
    let output = stage.run(&["open"], &["--once"]);
    let said = format!("{}{}", stdout(&output), stderr(&output));
    assert_eq!(code(&output), exit, "{said}");
    for part in expected {
        assert!(said.contains(part), "`{part}` is not in:\n{said}");
    }
    assert!(!said.contains("panicked"), "{said}");
    stage.verified();
    stage
}

#[test]
fn what_is_said_in_any_format_is_on_the_board() {
    let page = format!("<html><p>{SAID}</p></html>");
    let captured = answer("Content-Type: text/html\r\n", page.as_bytes());
    let mail = format!(
        "From: a@example.org\nDate: Tue, 13 Jan 2026 10:00:00 +0000\nMessage-ID: <1@x>\nSubject: x\n\n{SAID}\n"
    );
    let feed = format!(
        "<rss><channel><title>V</title><item><title>Up</title><description>{SAID}</description></item></channel></rss>"
    );
    let files: [(&str, Vec<u8>); 6] = [
        ("a.docx", docx(&format!("<w:p><w:r><w:t>{SAID}</w:t></w:r></w:p>"))),
        ("a.pdf", pdf(&[vec![(72, 700, 11, SAID)]])),
        (
            "a.warc",
            record("response", "https://example.org/a", "2026-01-13T10:00:00Z", &captured, ""),
        ),
        ("a.eml", mail.into_bytes()),
        ("a.xml", feed.into_bytes()),
        ("a.rtf", format!("{{\\rtf1 {SAID}\\par}}").into_bytes()),
    ];
    for (name, bytes) in &files {
        check(name, bytes, 0, &["116"]);
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, b)| (*name, b.as_slice())).collect();
    check("all.zip", &zip(&files), 0, &["116"]);
}

#[test]
fn two_captures_of_one_address_in_an_archive_are_two_versions() {
    let capture = |at: &str, n: u32| {
        let page = format!("<html><p>{}</p></html>", SAID.replace("116", &n.to_string()));
        let whole = answer("Content-Type: text/html\r\n", page.as_bytes());
        record("response", "https://example.org/a", at, &whole, "")
    };
    // The later capture stands first: it is the day of the capture that tells.
    let both = [capture("2026-01-15T10:00:00Z", 151), capture("2026-01-13T10:00:00Z", 116)];
    let stage = check("a.warc", &both.concat(), 0, &["116", "151"]);
    let steps = stage.json("change", &["--document", "https://example.org/a"]);
    let quantities = ["quantity_before", "quantity_after"].map(|key| &steps[0]["claims"][0][key]);
    assert_eq!(steps[0]["claims"][0]["became"], "changed", "{steps}");
    assert_eq!(quantities.map(|said| said["lower"].as_u64()), [Some(116), Some(151)], "{steps}");
}

#[test]
fn a_pdf_of_five_thousand_pages() {
    let mut pages = vec![vec![(72, 700, 11, "Nothing is said here.")]; 5000];
    pages[4321] = vec![(72, 700, 11, SAID)];
    let stage = check("long.pdf", &pdf(&pages), 0, &["116"]);
    let claims = stage.json("review", &["--list"]);
    assert_eq!(claims.as_array().map(Vec::len), Some(1), "{claims}");
}

#[test]
fn pdfs_that_do_harm_end_in_an_answer() {
    // A stream of more than a gigabyte of spaces, packed twice over.
    let packed = |bytes: &[u8]| {
        use std::io::Write as _;
        let mut made = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        made.write_all(bytes).unwrap();
        made.finish().unwrap()
    };
    let mut once = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..1200 {
        std::io::Write::write_all(&mut once, &spaces).unwrap();
    }
    let twice = packed(&once.finish().unwrap());
    let bomb = pdf_of(&[(twice, "")], b"");
    check("bomb.pdf", &bomb, 4, &["bomb.pdf", "memory", "hint:"]);
    // A form that draws itself, and a page tree that turns back on itself.
    let itself = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 5>>\nstream\n/X Do\nendstream";
    let again = pdf_of(&[(b"/X Do".to_vec(), "/XObject<</X 4 0 R>>")], itself);
    let output = Stage::new();
    output.put("again.pdf", &again);
    let said = output.run(&["open"], &["--once"]);
    assert!([0, 4].contains(&code(&said)), "{}", stderr(&said));
    output.verified();
    check("torn.pdf", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog", 4, &["torn.pdf", "hint:"]);
}

#[test]
fn a_million_nested_elements() {
    let html = format!("<html>{}<p>{SAID}</p>", "<div>".repeat(1_000_000));
    check("deep.html", html.as_bytes(), 0, &["116"]);
}

#[test]
fn an_archive_that_lies_and_one_within_another() {
    let page = answer("Content-Type: text/html\r\n", format!("<p>{SAID}</p>").as_bytes());
    let honest = record("response", "https://example.org/a", "2026-01-13T10:00:00Z", &page, "");
    let lie = String::from_utf8(honest.clone()).unwrap();
    let lie = lie.replace("Content-Length: ", "Content-Length: 9").into_bytes();
    check("lies.warc", &[lie, honest].concat(), 0, &["116", "shorter than it says"]);
    let mut nest = zip(&[("a.txt", SAID.as_bytes())]);
    for _ in 0..8 {
        nest = zip(&[("nest.zip", &nest)]);
    }
    check("nest.zip", &nest, 4, &["nest.zip", "within each other", "hint:"]);
}

#[test]
fn a_name_decoded_twice_is_kept_and_told_of() {
    check("twice.txt", "El seÃ±or dijo que 116 presos salieron.".as_bytes(), 0, &["decoded twice"]);
}
