//! Containers: files that hold other files. Each part is opened in its turn, within limits.

pub(crate) mod feed;
pub(crate) mod gzip;
pub(crate) mod mail;
pub(crate) mod warc;
pub(crate) mod zip;

use crate::{Error, open::Opening};
use std::borrow::Cow;

/// A file, or a part of a container, before it is opened.
#[derive(Clone, Debug)]
pub(crate) struct Part<'a> {
    /// Its bytes, unpacked.
    pub bytes: Cow<'a, [u8]>,
    /// The way to it inside the file: steps joined by `!/`; empty for the file itself.
    pub path: String,
    /// File name; only its ending is trusted, and that less than the bytes.
    pub name: String,
    /// What its container says it is, where bytes and name leave it open.
    pub media: &'static str,
    /// Encoding, where its container says so.
    pub encoding: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was captured.
    pub captured: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Key and value of a date of publication.
    pub dated: Option<(String, String)>,
}

impl<'a> Part<'a> {
    /// Bytes of which nothing is known.
    pub fn of(bytes: Cow<'a, [u8]>) -> Part<'a> {
        Part {
            bytes,
            path: String::new(),
            name: String::new(),
            media: "text",
            encoding: None,
            url: None,
            captured: None,
            outlet: None,
            title: None,
            dated: None,
        }
    }

    /// A part one step further in.
    pub fn inside<'b>(&self, step: &str, name: &str, bytes: Cow<'b, [u8]>) -> Part<'b> {
        Part {
            path: join(&self.path, step),
            name: name.to_owned(),
            url: self.url.clone(),
            captured: self.captured.clone(),
            outlet: self.outlet.clone(),
            ..Part::of(bytes)
        }
    }
}

/// The way to a part and one step more.
pub(crate) fn join(path: &str, step: &str) -> String {
    match (path.is_empty(), step.is_empty()) {
        (true, _) => step.to_owned(),
        (_, true) => path.to_owned(),
        _ => format!("{path}!/{step}"),
    }
}

/// What kind of container bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A ZIP with files in it (WACZ included); not a workbook, not a text.
    Zip,
    /// One file packed with gzip.
    Gzip,
    /// An archive of the web (ISO 28500), packed or not.
    Warc,
    /// One message (RFC 5322).
    Mail,
    /// Many messages (RFC 4155).
    Mailbox,
}

/// The kind of container, or none.
pub(crate) fn kind(bytes: &[u8], part: &Part<'_>) -> Option<Kind> {
    if bytes.starts_with(b"PK") {
        return zip::is_folder(bytes).then_some(Kind::Zip);
    }
    if bytes.starts_with(b"WARC/") {
        return Some(Kind::Warc);
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let warc = gzip::head(bytes).starts_with(b"WARC/");
        return Some(if warc { Kind::Warc } else { Kind::Gzip });
    }
    if bytes.starts_with(b"From ") && mail::is_box(bytes) {
        return Some(Kind::Mailbox);
    }
    let named = part.name.to_lowercase();
    (named.ends_with(".eml") || part.media == "mail" || mail::is_message(bytes))
        .then_some(Kind::Mail)
}

/// Opens every part of a container.
pub(crate) fn open(
    kind: Kind,
    opening: &mut Opening<'_>,
    part: &Part<'_>,
    depth: u32,
) -> Result<(), Error> {
    match kind {
        Kind::Zip => zip::open(opening, part, depth),
        Kind::Gzip => gzip::open(opening, part, depth),
        Kind::Warc => warc::open(opening, part, depth),
        Kind::Mail => mail::open(opening, part, depth),
        Kind::Mailbox => mail::open_box(opening, part, depth),
    }
}

/// The bytes of the part that one step leads to.
pub(crate) fn step(bytes: &[u8], name: &str, step: &str) -> Option<Vec<u8>> {
    if bytes.starts_with(b"PK") {
        return zip::part(bytes, step);
    }
    if step.starts_with("mime ") {
        // What a mailbox holds is mail, however broken its head is.
        return mail::part(bytes, step);
    }
    let part = Part { name: name.to_owned(), ..Part::of(bytes.into()) };
    match kind(bytes, &part)? {
        Kind::Zip => zip::part(bytes, step),
        Kind::Gzip => gzip::part(bytes),
        Kind::Warc => warc::part(bytes, step),
        Kind::Mail => mail::part(bytes, step),
        Kind::Mailbox => mail::message(bytes, step),
    }
}

/// Files that are no documents: pictures, sounds, programs, styles. They are counted, not opened.
pub(crate) fn is_no_document(name: &str) -> bool {
    const ENDINGS: &str = "png jpg jpeg gif webp svg ico bmp tif tiff mp3 mp4 m4a mov avi webm ogg wav css js mjs \
         map woff woff2 ttf otf eot exe dll so bin cdx cdxj idx ds_store";
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    ENDINGS.split_whitespace().any(|one| one == ending)
}
