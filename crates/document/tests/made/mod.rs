//! Files made for tests, with invented content: packages, archives of the web, mail and PDFs.
#![allow(dead_code, reason = "each test file uses a part of it")]

use habeas_document::{Asked, Body, Document, follow, open};
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub fn asked(name: &str) -> Asked {
    Asked { name: name.to_owned(), ..Asked::default() }
}

/// A ZIP of these files.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(*name, packed).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A DOCX with this body.
pub fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
    );
    let core = "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\" xmlns:dcterms=\"t\"><dc:title>Boletín 7</dc:title><dcterms:modified>2026-02-03T10:00:00Z</dcterms:modified></cp:coreProperties>";
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ])
}

/// An ODT with this text.
pub fn odt(text: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\"><office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    let kind = b"application/vnd.oasis.opendocument.text";
    zip(&[("mimetype", kind), ("content.xml", content.as_bytes())])
}

/// A record of an archive of the web.
pub fn record(kind: &str, url: &str, date: &str, block: &[u8], more: &str) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n{more}Content-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    record.extend(block);
    record.extend(b"\r\n\r\n");
    record
}

/// The answer of a server with this page.
pub fn answer(fields: &str, page: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 200 OK\r\n{fields}\r\n").into_bytes();
    answer.extend(page);
    answer
}

pub fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// Words at places of a page: left, baseline, size, words (Latin-1).
pub type Drawn<'a> = (i32, i32, i32, &'a str);

/// A PDF with one font (Helvetica) that draws these words, page by page.
pub fn pdf(pages: &[Vec<Drawn<'_>>]) -> Vec<u8> {
    let streams = pages.iter().map(|words| {
        let mut stream = Vec::new();
        for (left, base, size, words) in words {
            stream.extend(format!("BT /F1 {size} Tf 1 0 0 1 {left} {base} Tm (").into_bytes());
            stream.extend(words.chars().flat_map(|c| match c {
                '(' | ')' | '\\' => vec![b'\\', c as u8],
                c => vec![c as u8],
            }));
            stream.extend(b") Tj ET\n");
        }
        (stream, "")
    });
    pdf_of(&streams.collect::<Vec<_>>(), b"")
}

/// A PDF of these content streams, each with what its resources hold beside the font; `more` is an
/// object 4. A stream that is packed twice (RFC 1950) begins with its mark.
pub fn pdf_of(streams: &[(Vec<u8>, &str)], more: &[u8]) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec()];
    let first = 5;
    let kids: Vec<String> =
        (0..streams.len()).map(|nth| format!("{} 0 R", first + 2 * nth)).collect();
    let kids = kids.join(" ");
    objects.push(
        format!("<</Type/Pages/Count {}/Kids[{kids}]/MediaBox[0 0 612 792]>>", streams.len())
            .into_bytes(),
    );
    objects
        .push(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec());
    objects.push(if more.is_empty() { b"null".to_vec() } else { more.to_vec() });
    for (nth, (stream, resources)) in streams.iter().enumerate() {
        let content = first + 2 * nth + 1;
        objects.push(
            format!("<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>{resources}>>/Contents {content} 0 R>>")
                .into_bytes(),
        );
        let twice =
            if stream.starts_with(b"\x78") { "/Filter[/FlateDecode/FlateDecode]" } else { "" };
        let mut object = format!("<</Length {}{twice}>>\nstream\n", stream.len()).into_bytes();
        object.extend(stream);
        object.extend(b"\nendstream");
        objects.push(object);
    }
    let (mut file, mut places) = (b"%PDF-1.7\n".to_vec(), Vec::new());
    for (nth, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", nth + 1).into_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let at = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").into_bytes()));
    let size = objects.len() + 1;
    file.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF").bytes());
    file
}

/// The words of a text document.
pub fn words(document: &Document) -> &str {
    match &document.body {
        Body::Text(text) => &text.content,
        Body::Table(_) => "",
    }
}

/// The rows of the first sheet of a table document.
pub fn rows<'a>(document: &'a Document) -> Vec<Vec<&'a str>> {
    match &document.body {
        Body::Text(_) => Vec::new(),
        Body::Table(sheets) => {
            let cells = |row: &'a habeas_document::Row| {
                row.cells.iter().map(|cell| cell.text.as_str()).collect()
            };
            sheets[0].rows.iter().map(cells).collect()
        }
    }
}

/// Opens a file that must open.
#[track_caller]
pub fn opened(bytes: &[u8], name: &str) -> Vec<Document> {
    open(bytes, &asked(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The address of `quote` in a document leads back to `raw` in the file's bytes.
#[track_caller]
pub fn leads_back(file: &[u8], name: &str, document: &Document, quote: &str, raw: &str) {
    let Body::Text(text) = &document.body else { panic!("not words") };
    let at = text.content.find(quote).unwrap_or_else(|| panic!("`{quote}` in {}", text.content));
    let span = document.span(text, at..at + quote.len());
    assert_eq!(span.quote, quote);
    let found = follow(file, name, &span).unwrap_or_else(|| panic!("{span:?}"));
    assert_eq!(String::from_utf8_lossy(&found), raw, "{}", span.part);
}

/// A small file of each format.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
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
}
