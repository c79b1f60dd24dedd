//! Files that hold files: each part is a document with its own address, within limits.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod made;

use habeas_document::{Limits, open};
use made::{answer, asked, docx, gz, leads_back, opened, record, words, zip};

#[track_caller]
fn codes(documents: &[habeas_document::Document]) -> Vec<&str> {
    documents.iter().flat_map(|one| &one.problems).map(|one| one.code.as_str()).collect()
}

#[test]
fn a_zip_is_its_files() {
    let inner = zip(&[("carta.txt", "Salieron 14.".as_bytes())]);
    let text = docx("<w:p><w:r><w:t>Hay 116.</w:t></w:r></w:p>");
    let bad = [0_u8, 1, 2, 3];
    let file = zip(&[
        ("a/nota.txt", "Quedan 4 más.".as_bytes()),
        ("b.docx", &text),
        ("foto.jpg", b"\xff\xd8"),
        ("malo.txt", &bad),
        ("dentro.zip", &inner),
    ]);
    let found = opened(&file, "todo.zip");
    let parts: Vec<&str> = found.iter().map(|one| one.part.as_str()).collect();
    assert_eq!(parts, ["a/nota.txt", "b.docx!/word/document.xml", "dentro.zip!/carta.txt"]);
    leads_back(&file, "todo.zip", &found[0], "4 más", "4 más");
    leads_back(&file, "todo.zip", &found[1], "116", "116");
    leads_back(&file, "todo.zip", &found[2], "14", "14");
    assert_eq!(codes(&found), ["part-unread", "parts-skipped"]);
}

#[test]
fn bombs_are_refused() {
    let letters = vec![b'a'; 8 << 20];
    let bomb = zip(&[("a.txt", &letters)]);
    let why = open(&bomb, &asked("a.zip")).unwrap_err().to_string();
    assert!(why.contains("a.zip") && why.contains("a.txt") && why.contains("hint: "), "{why}");
    let why = open(&gz(&letters), &asked("a.txt.gz")).unwrap_err().to_string();
    assert!(why.contains("unpacks") && why.contains("hint: "), "{why}");
    let mut nest = zip(&[("a.txt", b"x")]);
    for _ in 0..6 {
        nest = zip(&[("n.zip", &nest)]);
    }
    let why = open(&nest, &asked("n.zip")).unwrap_err().to_string();
    assert!(why.contains("within each other") && why.contains("hint: "), "{why}");
    let many: Vec<String> = (0..50).map(|nth| format!("{nth}.txt")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    let mut few = asked("many.zip");
    few.limits = Limits { parts: 49, ..Limits::default() };
    let why = open(&zip(&many), &few).unwrap_err().to_string();
    assert!(why.contains("more than 49 parts"), "{why}");
}

const PAGE: &str = "<html><title>Suben</title><body><p>Hay 116 presos m&aacute;s, dijo el ministerio.</p></body></html>";
const WHERE: &str = "https://example.org/2026/01/13/suben";

fn archive() -> Vec<u8> {
    let html = "Content-Type: text/html; charset=utf-8\r\n";
    let mut file = record("warcinfo", "", "2026-01-14T00:00:00Z", b"software: x", "");
    let plain = answer(html, PAGE.as_bytes());
    file.extend(record("response", WHERE, "2026-01-14T01:02:03Z", &plain, ""));
    let chunks = format!("{:x}\r\n{PAGE}\r\n0\r\n\r\n", PAGE.len());
    let chunked = answer(&format!("{html}Transfer-Encoding: chunked\r\n"), chunks.as_bytes());
    file.extend(record("response", WHERE, "2026-01-15T01:02:03Z", &chunked, ""));
    let packed = answer(&format!("{html}Content-Encoding: gzip\r\n"), &gz(PAGE.as_bytes()));
    file.extend(record("response", WHERE, "2026-01-16T01:02:03Z", &packed, ""));
    let picture = answer("Content-Type: image/png\r\n", b"\x89PNG");
    file.extend(record(
        "response",
        "https://example.org/a.png",
        "2026-01-16T01:02:03Z",
        &picture,
        "",
    ));
    let gone = b"HTTP/1.1 404 Not Found\r\n\r\n<p>no</p>";
    file.extend(record("response", "https://example.org/b", "2026-01-16T01:02:03Z", gone, ""));
    file
}

#[track_caller]
fn check_archive(file: &[u8], name: &str) {
    let found = opened(file, name);
    assert_eq!(found.len(), 3, "{found:?}");
    for (one, day) in found.iter().zip(["14", "15", "16"]) {
        assert_eq!(one.url.as_deref(), Some(WHERE));
        assert_eq!(one.captured.as_deref(), Some(format!("2026-01-{day}T01:02:03Z").as_str()));
        assert_eq!(one.published.as_ref().unwrap().when.to_string(), "2026-01-13");
        leads_back(file, name, one, "116 presos más", "116 presos m&aacute;s");
    }
    assert_eq!(codes(&found), ["parts-skipped"]);
}

#[test]
fn an_archive_of_the_web_is_its_pages() {
    check_archive(&archive(), "a.warc");
    check_archive(&gz(&archive()), "a.warc.gz");
    let package = "{\"resources\":[{\"path\":\"archive/data.warc.gz\",\"hash\":\"sha256:HASH\"}]}";
    let inner = gz(&archive());
    let hash: String = {
        use sha2::Digest as _;
        sha2::Sha256::digest(&inner).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let wacz = |hash: &str| {
        let package = package.replace("HASH", hash);
        zip(&[
            ("datapackage.json", package.as_bytes()),
            ("archive/data.warc.gz", &inner),
            ("pages/pages.jsonl", b"{}"),
        ])
    };
    check_archive(&wacz(&hash), "a.wacz");
    let found = opened(&wacz(&"0".repeat(64)), "a.wacz");
    assert_eq!(codes(&found), ["digest-differs", "parts-skipped"]);
}

#[test]
fn records_that_lie_are_told_of_and_the_next_is_read() {
    let page = answer("Content-Type: text/html\r\n", PAGE.as_bytes());
    let honest = |nth: u32| {
        record("response", &format!("https://example.org/{nth}"), "2026-01-16T01:02:03Z", &page, "")
    };
    for (said, code) in [
        (page.len() - 20, "record-length-false"),
        (page.len() + 90, "record-length-false"),
        (100_000_000, "record-short"),
    ] {
        let lie = String::from_utf8(honest(1)).unwrap();
        let lie = lie.replace(
            &format!("Content-Length: {}", page.len()),
            &format!("Content-Length: {said}"),
        );
        let file = [honest(0), lie.into_bytes(), honest(2), honest(3)].concat();
        let found = opened(&file, "a.warc");
        assert!(codes(&found).contains(&code), "{said}: {:?}", codes(&found));
        let urls: Vec<&str> = found.iter().filter_map(|one| one.url.as_deref()).collect();
        for nth in [0, 2, 3] {
            let url = format!("https://example.org/{nth}");
            assert!(urls.contains(&url.as_str()), "{said}: {urls:?}");
        }
    }
    let digest = "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n";
    let file = record("response", WHERE, "2026-01-16T01:02:03Z", &page, digest);
    assert_eq!(codes(&opened(&file, "a.warc")), ["digest-differs"]);
    let lies: Vec<u8> = (0..300)
        .flat_map(|nth| {
            let lie = String::from_utf8(honest(nth)).unwrap();
            lie.replace("Content-Length: ", "Content-Length: 9").into_bytes()
        })
        .collect();
    let why = open(&lies, &asked("a.warc")).unwrap_err().to_string();
    assert!(why.contains("false length") && why.contains("hint: "), "{why}");
}

const MAIL: &str = "Return-Path: <x@example.org>\r\nFrom: Vigilia <x@example.org>\r\nSubject: =?utf-8?q?Parte_de_enero?=\r\n\
    Date: Tue, 13 Jan 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nMessage-ID: <1@x>\r\n\
    Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
    Content-Type: text/plain; charset=iso-8859-1\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\r\nHay 116 presos m=E1s.\r\n--b\r\n\
    Content-Type: text/csv; name=lista.csv\r\n\
    Content-Disposition: attachment; filename=lista.csv\r\n\
    Content-Transfer-Encoding: base64\r\n\r\nbmFtZSxpZApDaXJvIEx1bmEsMQo=\r\n--b--\r\n";

#[test]
fn mail_is_its_words_and_what_is_attached() {
    let found = opened(MAIL.as_bytes(), "parte.eml");
    assert_eq!((found.len(), words(&found[0]).trim()), (2, "Hay 116 presos más."));
    assert_eq!(found[0].title.as_deref(), Some("Parte de enero"));
    assert_eq!(found[0].published.as_ref().unwrap().when.to_string(), "2026-01-13");
    assert_eq!(found[1].format, "csv");
    leads_back(MAIL.as_bytes(), "parte.eml", &found[0], "116 presos más", "116 presos más");
    let mailbox =
        format!("From x@example.org Tue Jan 13 10:00:00 2026\r\n{MAIL}\r\nFrom y\r\n{MAIL}");
    let found = opened(mailbox.as_bytes(), "todo.mbox");
    assert_eq!(found.len(), 4);
    assert!(found[2].part.starts_with('@') && found[2].part.ends_with("!/mime 1"));
    leads_back(mailbox.as_bytes(), "todo.mbox", &found[2], "116 presos", "116 presos");
}

#[test]
fn a_feed_is_its_entries() {
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>El Faro</title><language>es-XA</language>\
        <item><title>Suben a 116</title><link>https://example.org/2026/01/13/x</link>\
        <pubDate>Tue, 13 Jan 2026 10:00:00 GMT</pubDate>\
        <description>&lt;p&gt;Hay 116 presos m&amp;aacute;s.&lt;/p&gt;</description></item>\
        <item><title><![CDATA[Bajan]]></title><guid>https://example.org/y</guid><description><![CDATA[<p>Quedan <b>14</b>.</p>]]></description></item></channel></rss>";
    let found = opened(rss.as_bytes(), "feed.xml");
    assert_eq!(found.len(), 2);
    assert_eq!(words(&found[0]).trim(), "Suben a 116\n\nHay 116 presos más.");
    assert_eq!(found[0].published.as_ref().unwrap().when.to_string(), "2026-01-13");
    assert_eq!(
        (found[0].outlet.as_deref(), found[0].lang.as_deref()),
        (Some("El Faro"), Some("es"))
    );
    leads_back(rss.as_bytes(), "feed.xml", &found[0], "Hay 116 presos", "Hay 116 presos");
    leads_back(rss.as_bytes(), "feed.xml", &found[1], "14", "14");
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>Vigil</title><entry><title>Up</title><id>urn:1</id>\
        <link rel=\"self\" href=\"https://example.org/self\"/><link href=\"https://example.org/up\"/><updated>2026-01-13T10:00:00Z</updated>\
        <content type=\"xhtml\"><div><p>At least 50 were freed.</p></div></content></entry></feed>";
    let found = opened(atom.as_bytes(), "feed.atom");
    assert_eq!(words(&found[0]).trim(), "Up\n\nAt least 50 were freed.");
    assert_eq!(found[0].url.as_deref(), Some("https://example.org/up"));
    leads_back(atom.as_bytes(), "feed.atom", &found[0], "50 were freed", "50 were freed");
}

#[test]
fn odd_letters_are_told_of_and_kept() {
    let found = opened("El seÃ±or RodrÃ\u{ad}guez dijo que hay 1\u{200b}16.".as_bytes(), "a.txt");
    assert!(words(&found[0]).contains("RodrÃ\u{ad}guez") && words(&found[0]).contains("116"));
    assert_eq!(codes(&found), ["marks-hidden", "letters-mangled"]);
    leads_back(
        "hay 1\u{200b}16.".as_bytes(),
        "a.txt",
        &opened("hay 1\u{200b}16.".as_bytes(), "a.txt")[0],
        "116",
        "1\u{200b}16",
    );
}

/// Found by fuzzing: a message known for mail only by the mailbox that it lies in.
#[test]
fn a_message_with_a_broken_head_is_followed_within_its_mailbox() {
    let file = b"From x\r\nFrom: a@example.org\r\n\r\nHay 1.\r\n\r\nFrom y\r\nbroken head 7\r\n\r\nHay 116 presos.\r\n";
    let documents = opened(file, "a.mbox");
    let last = documents.last().unwrap();
    leads_back(file, "a.mbox", last, "116", "116");
}
