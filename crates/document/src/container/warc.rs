//! WARC (ISO 28500): each captured page is a document, with its address and the time of its
//! capture. Read as a stream, one record at a time; what a record says of itself is checked.

use super::{Part, is_no_document};
use crate::{Error, open::Opening};
use data_encoding::{BASE32, HEXLOWER};
use flate2::bufread::{GzDecoder, MultiGzDecoder, ZlibDecoder};
use habeas_model::Problem;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use std::io::{BufRead, BufReader, Read};

/// Records that may lie about their length before the file is given up: each costs a search.
const LIES: u32 = 100;
/// Bytes of a record's or a page's head.
const HEAD: usize = 1 << 16;

/// A record.
#[derive(Debug, Default)]
struct Record {
    /// Where it begins in the unpacked archive.
    at: u64,
    /// Its fields, names in lower case.
    fields: Vec<(String, String)>,
    /// Its block.
    block: Vec<u8>,
    /// What is wrong with its length, as the code of a problem.
    lie: Option<&'static str>,
}

impl Record {
    fn field(&self, name: &str) -> Option<&str> {
        field(&self.fields, name)
    }
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// A stream into which bytes can be put back, where a record took more than was its own.
struct Stream<R> {
    back: Vec<u8>,
    from: usize,
    inner: R,
}

impl<R: BufRead> Read for Stream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let ready = self.fill_buf()?;
        let n = ready.len().min(buffer.len());
        buffer[..n].copy_from_slice(&ready[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Stream<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        match self.from < self.back.len() {
            true => Ok(&self.back[self.from..]),
            false => self.inner.fill_buf(),
        }
    }

    fn consume(&mut self, n: usize) {
        match self.from < self.back.len() {
            true => self.from += n,
            false => self.inner.consume(n),
        }
    }
}

/// The records of a stream.
struct Records<R> {
    stream: Stream<R>,
    at: u64,
    most: u64,
    lies: u32,
}

impl<R: BufRead> Records<R> {
    fn new(inner: R, most: u64) -> Records<R> {
        Records { stream: Stream { back: Vec::new(), from: 0, inner }, at: 0, most, lies: 0 }
    }

    /// A line without its end; none at the end of it all. A longer line than a head is cut.
    fn line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let got = (&mut self.stream).take(HEAD as u64).read_until(b'\n', &mut line)?;
        self.at += got as u64;
        while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            line.pop();
        }
        Ok((got > 0).then_some(line))
    }

    /// The next record; lines that belong to none are passed over.
    fn next(&mut self) -> std::io::Result<Option<Record>> {
        let at = loop {
            let at = self.at;
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.starts_with(b"WARC/") => break at,
                Some(_) => {}
            }
        };
        let mut record = Record { at, ..Record::default() };
        let mut head = 0;
        while let Some(line) = self.line()?.filter(|line| !line.is_empty()) {
            head += line.len();
            if head > HEAD {
                break;
            }
            push_field(&line, &mut record.fields);
        }
        let length = record.field("content-length").and_then(|words| words.trim().parse().ok());
        let Some(length) = length else {
            record.lie = Some("record-length-missing");
            return Ok(Some(record));
        };
        self.block(length, &mut record)?;
        Ok(Some(record))
    }

    /// Reads a block of `length` bytes and looks whether the record ends there.
    fn block(&mut self, length: u64, record: &mut Record) -> std::io::Result<()> {
        let held = length.min(self.most);
        (&mut self.stream).take(held).read_to_end(&mut record.block)?;
        let mut got = record.block.len() as u64;
        if got == held && length > held {
            got +=
                std::io::copy(&mut (&mut self.stream).take(length - held), &mut std::io::sink())?;
            record.block.clear();
            record.lie = Some("record-too-large");
        }
        self.at += got;
        let mut end = [0; 4];
        let read = fill(&mut self.stream, &mut end)?;
        self.at += read as u64;
        let ends = read == 4 && end == *b"\r\n\r\n" || read == 0 && got == length;
        if ends || record.lie.is_some() {
            return Ok(());
        }
        // Another record within the block, or no end after it: the length is not true. What
        // belongs to the next record is put back.
        self.lies += 1;
        record.lie = Some(if got < length { "record-short" } else { "record-length-false" });
        record.block.extend(&end[..read]);
        if let Some(next) = find(&record.block, b"\nWARC/1.") {
            let rest = record.block.split_off(next + 1);
            self.put_back(rest);
        } else if read > 0 {
            let rest = record.block.split_off(record.block.len() - read);
            self.put_back(rest);
        }
        while record.block.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            record.block.pop();
        }
        Ok(())
    }

    fn put_back(&mut self, mut rest: Vec<u8>) {
        self.at -= rest.len() as u64;
        rest.extend(&self.stream.back[self.stream.from.min(self.stream.back.len())..]);
        (self.stream.back, self.stream.from) = (rest, 0);
    }
}

/// Reads until the buffer is full or there is no more.
fn fill(stream: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match stream.read(&mut buffer[filled..])? {
            0 => break,
            n => filled += n,
        }
    }
    Ok(filled)
}

fn find(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes.windows(words.len()).position(|window| window == words)
}

fn push_field(line: &[u8], fields: &mut Vec<(String, String)>) {
    let line = String::from_utf8_lossy(line);
    if let Some((key, value)) = line.split_once(':') {
        fields.push((key.trim().to_lowercase(), value.trim().to_owned()));
    }
}

/// Opens an archive that is whole in memory, packed or not.
pub fn open(opening: &mut Opening<'_>, part: &Part<'_>, depth: u32) -> Result<(), Error> {
    let (bytes, packed) = (part.bytes.as_ref(), part.bytes.len() as u64);
    match bytes.starts_with(&[0x1f, 0x8b]) {
        true => {
            let stream = BufReader::new(MultiGzDecoder::new(bytes));
            records(stream, packed, opening, part, depth)
        }
        false => records(bytes, packed, opening, part, depth),
    }
}

/// Opens the page of every record of a stream.
pub fn records(
    stream: impl BufRead,
    packed: u64,
    opening: &mut Opening<'_>,
    part: &Part<'_>,
    depth: u32,
) -> Result<(), Error> {
    let limits = opening.asked.limits.clone();
    let most = packed.saturating_mul(limits.ratio).max(1 << 20).min(opening.left);
    let mut records = Records::new(stream, limits.part);
    loop {
        let record = match records.next() {
            Ok(Some(record)) => record,
            Ok(None) => break,
            Err(e) => {
                let place = format!("{}!/@{}", opening.place(part), records.at);
                opening.problem(Problem::new("archive-broken", place, e.to_string()));
                break;
            }
        };
        if records.at > most {
            let (name, limit) = (opening.asked.name.clone(), most);
            return Err(Error::Bomb { name, part: part.path.clone(), limit });
        }
        if records.lies > LIES {
            let what = format!("more than {LIES} records give a false length");
            let name = opening.asked.name.clone();
            return Err(Error::Crowded { name, part: part.path.clone(), what });
        }
        page(&record, opening, part, depth)?;
    }
    opening.left = opening.left.saturating_sub(records.at);
    Ok(())
}

/// Opens the page that a record holds, if it holds one.
fn page(
    record: &Record,
    opening: &mut Opening<'_>,
    part: &Part<'_>,
    depth: u32,
) -> Result<(), Error> {
    let mut inner = part.inside(&format!("@{}", record.at), "", Vec::new().into());
    let place = opening.place(&inner);
    if let Some(lie) = record.lie {
        opening.problem(Problem::new(lie, place.clone(), ""));
    }
    let url = record.field("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
    inner.captured = record.field("warc-date").map(str::to_owned);
    let Some(payload) = payload(record) else { return Ok(()) };
    for (key, bytes) in [
        ("warc-block-digest", vec![record.block.as_slice()]),
        ("warc-payload-digest", vec![payload.sent, &payload.bytes]),
    ] {
        let given = record.field(key);
        if given.is_some_and(|given| !bytes.iter().any(|bytes| agrees(given, bytes))) {
            opening.problem(Problem::new("digest-differs", place.clone(), key));
        }
    }
    if payload.unknown {
        opening.problem(Problem::new("part-unread", place.clone(), "content-encoding"));
        return Ok(());
    }
    let path = url.as_deref().unwrap_or_default();
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit('/').next().unwrap_or_default();
    let Some(media) = media(payload.kind.as_deref(), ending) else {
        opening.skipped += 1;
        return Ok(());
    };
    inner.name = ending.to_owned();
    inner.media = media;
    inner.encoding = payload.kind.as_deref().and_then(charset);
    inner.url = url;
    inner.bytes = payload.bytes.into();
    opening.inner(&inner, depth)
}

/// What a captured page sent.
struct Payload<'a> {
    /// The body as it was sent.
    sent: &'a [u8],
    /// The body without chunks and packing.
    bytes: Vec<u8>,
    /// Content-Type.
    kind: Option<String>,
    /// Packed in a way that we do not unpack.
    unknown: bool,
}

/// The payload of a record that captured one; only pages that were answered (2xx) have any.
fn payload(record: &Record) -> Option<Payload<'_>> {
    let block = record.block.as_slice();
    match record.field("warc-type")? {
        "resource" | "conversion" => {
            let kind = record.field("content-type").map(str::to_owned);
            Some(Payload { sent: block, bytes: block.to_vec(), kind, unknown: false })
        }
        "response" if block.starts_with(b"HTTP/") => {
            let (end, gap) = match (find(block, b"\r\n\r\n"), find(block, b"\n\n")) {
                (Some(end), _) => (end, 4),
                (None, Some(end)) => (end, 2),
                (None, None) => return None,
            };
            let mut lines = block[..end].split(|byte| *byte == b'\n');
            let status = String::from_utf8_lossy(lines.next()?).into_owned();
            let mut fields = Vec::new();
            lines.for_each(|line| push_field(line, &mut fields));
            let answered = status.split(' ').nth(1).is_some_and(|code| code.starts_with('2'));
            let sent = &block[end + gap..];
            answered.then(|| {
                let (bytes, unknown) = body(sent, &fields);
                let kind = field(&fields, "content-type").map(str::to_owned);
                Payload { sent, bytes, kind, unknown }
            })
        }
        _ => None,
    }
}

/// The body without its chunks (RFC 9112, 7.1) and packing; true if the packing is not known.
fn body(sent: &[u8], fields: &[(String, String)]) -> (Vec<u8>, bool) {
    let chunked = field(fields, "transfer-encoding").is_some_and(|how| how.contains("chunked"));
    let whole = chunked.then(|| unchunked(sent)).flatten().unwrap_or_else(|| sent.to_vec());
    let mut unpacked = Vec::new();
    let most = 64 << 20;
    let done = match field(fields, "content-encoding").map(str::trim) {
        None | Some("" | "identity") => return (whole, false),
        Some("gzip" | "x-gzip") if whole.starts_with(&[0x1f, 0x8b]) => {
            GzDecoder::new(whole.as_slice()).take(most).read_to_end(&mut unpacked)
        }
        Some("deflate") => ZlibDecoder::new(whole.as_slice()).take(most).read_to_end(&mut unpacked),
        // Some tools unpack and leave the field as it was.
        Some(_) if std::str::from_utf8(&whole).is_ok() => return (whole, false),
        Some(_) => return (whole, true),
    };
    let lost = done.is_err() && unpacked.is_empty();
    (unpacked, lost)
}

/// None where it is not chunked after all: some tools take the chunks out and leave the field.
fn unchunked(sent: &[u8]) -> Option<Vec<u8>> {
    let (mut whole, mut rest) = (Vec::new(), sent);
    loop {
        let end = find(&rest[..rest.len().min(1024)], b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend(&rest[..size.min(rest.len())]);
        let next = size.checked_add(2).filter(|next| *next < rest.len());
        let Some(next) = next else { return Some(whole) };
        rest = &rest[next..];
    }
}

/// What a page is by its Content-Type; none for pictures, scripts and the like.
fn media(kind: Option<&str>, name: &str) -> Option<&'static str> {
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    Some(match kind.to_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => "html",
        "text/csv" => "csv",
        "text/markdown" => "markdown",
        "application/json" | "application/ld+json" => "json",
        "message/rfc822" => "mail",
        "text/css" | "text/javascript" => return None,
        "" | "text/plain" | "application/xml" | "text/xml" | "application/octet-stream"
            if is_no_document(name) =>
        {
            return None;
        }
        other if ["image/", "video/", "audio/", "font/"].iter().any(|k| other.starts_with(k)) => {
            return None;
        }
        other if other.contains("javascript") || other.contains("font") => return None,
        _ => "text",
    })
}

fn charset(kind: &str) -> Option<String> {
    let at = kind.to_lowercase().find("charset=")?;
    let value = kind[at + 8..].split(';').next()?.trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then(|| value.to_owned())
}

/// Whether a digest (`sha1:BASE32`, `sha256:HEX`) is that of these bytes; one of a kind that is not
/// known says nothing.
fn agrees(given: &str, bytes: &[u8]) -> bool {
    let Some((kind, value)) = given.split_once(':') else { return true };
    let hash = match kind.to_lowercase().as_str() {
        "sha1" | "sha-1" => Sha1::digest(bytes).to_vec(),
        "sha256" | "sha-256" => Sha256::digest(bytes).to_vec(),
        _ => return true,
    };
    let value = value.trim();
    value.trim_end_matches('=').eq_ignore_ascii_case(BASE32.encode(&hash).trim_end_matches('='))
        || value.eq_ignore_ascii_case(&HEXLOWER.encode(&hash))
}

/// The bytes of the page of the record at `@N`, for following an address.
pub fn part(bytes: &[u8], step: &str) -> Option<Vec<u8>> {
    let wanted: u64 = step.strip_prefix('@')?.parse().ok()?;
    let stream: Box<dyn BufRead> = match bytes.starts_with(&[0x1f, 0x8b]) {
        true => Box::new(BufReader::new(MultiGzDecoder::new(bytes))),
        false => Box::new(bytes),
    };
    let mut records = Records::new(stream, 64 << 20);
    while let Some(record) = records.next().ok()? {
        if record.at == wanted {
            return payload(&record).map(|payload| payload.bytes);
        }
    }
    None
}
