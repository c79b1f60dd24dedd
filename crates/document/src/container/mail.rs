//! Mail: a message (EML) or many (MBOX); its words and what is attached to it.

use super::Part;
use crate::{Error, open::Opening};
use habeas_model::Problem;
use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};

/// Fields with which messages begin.
const FIELDS: [&str; 12] = [
    "received",
    "return-path",
    "delivered-to",
    "from",
    "date",
    "mime-version",
    "message-id",
    "subject",
    "to",
    "x-received",
    "dkim-signature",
    "arc-seal",
];

/// Whether it begins as a message does: with three fields, one of which only a message has.
pub fn is_message(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
    let named = |line: &str| {
        let key = line.split_once(':').map(|(key, _)| key.to_lowercase());
        key.filter(|key| FIELDS.contains(&key.as_str()))
    };
    let lines = head.lines().take_while(|line| !line.is_empty());
    let folded = |line: &&str| !line.starts_with([' ', '\t']);
    let mut lines = lines.filter(folded).peekable();
    if lines.peek().is_none_or(|first| named(first).is_none()) {
        return false;
    }
    let found: Vec<String> = lines.filter_map(named).collect();
    let own = ["received", "mime-version", "message-id", "return-path", "delivered-to"];
    found.len() >= 3 && found.iter().any(|key| own.contains(&key.as_str()))
}

/// Whether a file that begins with `From ` goes on as a mailbox does.
pub fn is_box(bytes: &[u8]) -> bool {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    bytes.get(end + 1..).is_some_and(is_message)
}

/// Opens every part of a message.
pub fn open(opening: &mut Opening<'_>, part: &Part<'_>, depth: u32) -> Result<(), Error> {
    let place = opening.place(part);
    let message = parse(&part.bytes).ok_or_else(|| Error::Broken {
        name: place.clone(),
        format: "mail",
        why: "no head of a message".to_owned(),
    })?;
    let words: Vec<usize> = message.text_body.iter().map(|nth| *nth as usize).collect();
    for (nth, found) in message.parts.iter().enumerate() {
        let attached = found.attachment_name().unwrap_or_default().to_owned();
        let file = message.attachments.iter().any(|one| *one as usize == nth);
        if matches!(found.body, PartType::Multipart(_)) || !(file || words.contains(&nth)) {
            continue;
        }
        let bytes = content(&message, nth).unwrap_or_default();
        if found.is_encoding_problem {
            let place = format!("{place}!/mime {nth}");
            opening.problem(Problem::new("encoding-damaged", place, ""));
        }
        if super::is_no_document(&attached) {
            opening.count(part)?;
            opening.skipped += 1;
            continue;
        }
        let mut inner = part.inside(&format!("mime {nth}"), &attached, bytes.into());
        inner.media = match found.body {
            PartType::Html(_) => "html",
            PartType::Message(_) => "mail",
            _ => "text",
        };
        if matches!(found.body, PartType::Text(_) | PartType::Html(_)) {
            inner.encoding = Some("utf-8".to_owned());
        }
        if !file {
            inner.title = message.subject().map(str::to_owned);
        }
        let date = message.date().map(|date| date.to_rfc3339());
        inner.dated = date.map(|date| ("Date".to_owned(), date));
        opening.inner(&inner, depth)?;
    }
    Ok(())
}

fn parse(bytes: &[u8]) -> Option<Message<'_>> {
    MessageParser::default().parse(bytes)
}

/// What a part holds: its transfer encoding undone, and the letters of text in UTF-8.
fn content(message: &Message<'_>, nth: usize) -> Option<Vec<u8>> {
    Some(match &message.parts.get(nth)?.body {
        PartType::Text(words) | PartType::Html(words) => words.as_bytes().to_vec(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.to_vec(),
        PartType::Message(inner) => inner.raw_message().to_vec(),
        PartType::Multipart(_) => return None,
    })
}

/// The content of the part `mime N`, for following an address.
pub fn part(bytes: &[u8], step: &str) -> Option<Vec<u8>> {
    content(&parse(bytes)?, step.strip_prefix("mime ")?.parse().ok()?)
}

/// Opens every message of a mailbox.
pub fn open_box(opening: &mut Opening<'_>, part: &Part<'_>, depth: u32) -> Result<(), Error> {
    for (at, message) in messages(&part.bytes) {
        let mut inner = part.inside(&format!("@{at}"), "", message.into());
        inner.media = "mail";
        opening.inner(&inner, depth)?;
    }
    Ok(())
}

/// The messages of a mailbox with the byte at which each begins: after a line that begins with
/// `From ` and follows an empty one (RFC 4155).
fn messages(bytes: &[u8]) -> Vec<(usize, &[u8])> {
    let (mut starts, mut at, mut blank) = (Vec::new(), 0, true);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if blank && line.starts_with(b"From ") {
            starts.push((at, at + line.len()));
        }
        blank = matches!(line, b"\n" | b"\r\n");
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(begin, _)| *begin).chain([bytes.len()]);
    starts.iter().zip(ends).map(|((_, from), to)| (*from, &bytes[*from..to])).collect()
}

/// The message at `@N`, for following an address.
pub fn message(bytes: &[u8], step: &str) -> Option<Vec<u8>> {
    let wanted: usize = step.strip_prefix('@')?.parse().ok()?;
    messages(bytes).into_iter().find(|(at, _)| *at == wanted).map(|(_, message)| message.to_vec())
}
