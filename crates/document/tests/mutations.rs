//! Files of every format with bytes changed, cut, repeated and swapped: whatever comes of it, they
//! open or are refused, within limits and without a panic; every run lies within what it maps.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod made;

use habeas_document::{Asked, Body, Limits, open};
use made::{answer, docx, gz, odt, pdf, record, zip};
use proptest::prelude::*;
use std::sync::LazyLock;

/// A small file of each format.
static SEEDS: LazyLock<Vec<(&str, Vec<u8>)>> = LazyLock::new(|| {
    let said = "Hay 116 presos m\u{e1}s, dijo el ministerio el 13 de enero de 2026.";
    let page = format!(
        "<html lang=es><title>T</title><article><h1>A</h1><p>{said}</p><table><tr><td>a<td>b<tr><td>c<td>d</table></article>"
    );
    let captured = answer(
        "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n",
        format!("{:x}\r\n{page}\r\n0\r\n\r\n", page.len()).as_bytes(),
    );
    let warc = record("response", "https://example.org/a", "2026-01-13T10:00:00Z", &captured, "");
    let mail = format!(
        "From: a@example.org\r\nDate: Tue, 13 Jan 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nMessage-ID: <1@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{said}=E1\r\n--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\na,b\r\n1,2\r\n--b--\r\n"
    );
    let text = docx(&format!(
        "<w:p><w:r><w:t>{said} &amp; &#225;</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc/></w:tr><w:tr><w:tc/><w:tc/></w:tr></w:tbl>"
    ));
    vec![
        ("a.txt", said.as_bytes().to_vec()),
        ("a.md", format!("---\ndate: 2026-01-13\n---\n# A\n\n{said} **b**\n").into_bytes()),
        ("a.html", page.clone().into_bytes()),
        ("a.csv", b"name;id\n\"a;b\";1\nc;2\n".to_vec()),
        ("a.json", format!("{{\"id\":\"x\",\"text\":\"{said}\\u00e1\"}}\n").into_bytes()),
        ("a.rtf", format!("{{\\rtf1\\ansicpg1252 {said}\\'e1\\u225?\\par\\trowd\\cell\\cell\\row\\pard x}}").into_bytes()),
        ("a.xml", format!("<rss><channel><title>V</title><item><title>U</title><description><![CDATA[<p>{said}</p>]]></description></item></channel></rss>").into_bytes()),
        ("a.eml", mail.clone().into_bytes()),
        ("a.mbox", format!("From x\r\n{mail}\r\nFrom y\r\n{mail}").into_bytes()),
        ("a.warc", warc.clone()),
        ("a.warc.gz", gz(&warc)),
        ("a.docx", text.clone()),
        ("a.odt", odt(&format!("<text:p>{said}</text:p><table:table><table:table-row><table:table-cell/><table:table-cell/></table:table-row></table:table>"))),
        ("a.zip", zip(&[("a.docx", &text), ("b.html", page.as_bytes()), ("c.warc", &warc)])),
        ("a.pdf", pdf(&[vec![(72, 700, 11, "Hay 116 presos."), (72, 680, 11, "a"), (200, 680, 11, "b")], vec![(72, 700, 11, "x")]])),
    ]
});

/// A change to a file: where (in thousandths of its length), what, and with which byte or length.
type Change = (usize, u8, u8);

fn changed(seed: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut file = seed.to_vec();
    for (place, what, value) in changes {
        if file.is_empty() {
            break;
        }
        let at = place * (file.len() - 1) / 1000;
        let end = (at + usize::from(*value) + 1).min(file.len());
        match what % 6 {
            0 => file[at] = *value,
            1 => file[at] ^= 1 << (value % 8),
            2 => drop(file.drain(at..end)),
            3 => file.truncate(at.max(1)),
            4 => {
                let piece = file[at..end].to_vec();
                file.splice(at..at, piece);
            }
            _ => {
                let other = (at * 31 + usize::from(*value)) % file.len();
                file.swap(at, other);
            }
        }
    }
    file
}

fn check(name: &str, file: &[u8]) {
    let limits = Limits { unpacked: 8 << 20, part: 4 << 20, parts: 100, ..Limits::default() };
    let asked = Asked { name: name.to_owned(), limits, ..Asked::default() };
    for document in open(file, &asked).unwrap_or_default() {
        let Body::Text(text) = &document.body else { continue };
        assert_eq!(text.runs.iter().map(|run| run.len).sum::<usize>(), text.content.len());
        assert!(text.runs.iter().all(|run| run.from <= run.to), "{name}: {:?}", text.runs);
        for zone in &text.zones {
            assert!(text.content.get(zone.range.clone()).is_some(), "{name}: {zone:?}");
        }
        let middle = text.content.char_indices().nth(text.content.chars().count() / 2);
        if let Some((at, letter)) = middle {
            let span = document.span(text, at..at + letter.len_utf8());
            assert_eq!(span.quote.chars().count(), 1, "{name}");
        }
    }
}

proptest! {
    #[test]
    fn changed_files_open_or_are_refused(
        nth in 0..15_usize,
        changes in proptest::collection::vec((0..=1000_usize, any::<u8>(), any::<u8>()), 1..12),
    ) {
        let (name, seed) = &SEEDS[nth];
        check(name, &changed(seed, &changes));
    }

    /// A file under the name of another format, and one file after another.
    #[test]
    fn misnamed_and_joined_files_open_or_are_refused(
        left in 0..15_usize,
        right in 0..15_usize,
        cut in 0..=1000_usize,
    ) {
        let ((name, seed), (_, other)) = (&SEEDS[left], &SEEDS[right]);
        let joined = [&seed[..cut * seed.len() / 1000], other].concat();
        if !joined.is_empty() {
            check(name, &joined);
        }
    }
}

#[test]
fn seeds_open() {
    for (name, seed) in SEEDS.iter() {
        assert!(open(seed, &made::asked(name)).is_ok(), "{name}");
        check(name, seed);
    }
}
