//! `receive --fetch`: an address becomes a document, with the record of how it was had.

use super::{Answer, Visitor, visit};
use crate::{
    Case, Error,
    write::receive::{Outcome, Taking},
};
use habeas_ledger::Writer;
use habeas_model::{Capture, Digest, Received};

/// Endings that say what the bytes are, where they leave it open.
const ENDINGS: [&str; 20] = [
    "html", "htm", "txt", "md", "csv", "tsv", "json", "jsonl", "xml", "pdf", "docx", "odt", "rtf",
    "xlsx", "ods", "eml", "mbox", "warc", "wacz", "zip",
];

/// What became of an address.
#[derive(Debug)]
pub enum Fetched {
    /// As with a file.
    File(Outcome),
    /// The site says that it has not changed since the last capture.
    Same,
}

/// The name of what comes from an address: the site, and a digest of the address, which may hold a
/// person's name (invariant 12). Every capture of one address has the same.
#[must_use]
pub fn name_of(url: &str) -> String {
    let asked = visit::address(url);
    let host = asked.as_ref().and_then(|uri| uri.host()).unwrap_or("nowhere").to_lowercase();
    let digest = Digest::of(canon(url).as_bytes()).to_string();
    let path = asked.as_ref().map_or("", |uri| uri.path());
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let ending = ENDINGS.iter().find(|one| **one == ending).unwrap_or(&"html");
    format!("fetched/{host}/{}.{ending}", &digest[..12])
}

/// An address as it is compared: without what follows `#`, and with its path.
#[must_use]
pub fn canon(url: &str) -> String {
    visit::address(url).map_or_else(|| url.trim().to_owned(), |uri| uri.to_string())
}

/// Fetches each address, one acknowledged batch each, and tells of each as it is done.
pub fn fetch(
    case: &mut Case,
    urls: &[String],
    mut told: impl FnMut(&str, &Fetched),
) -> Result<(), Error> {
    let mut visitor = Visitor::new(&case.settings.fetch)?;
    for url in urls {
        let name = name_of(url);
        let fetched = match one(case, &mut visitor, url) {
            Ok(fetched) => fetched,
            Err(e @ Error::Ledger(_)) => return Err(e),
            Err(e) => Fetched::File(Outcome::Refused(e)),
        };
        told(&name, &fetched);
    }
    Ok(())
}

/// Fetches one address, and records it if it is not what we have.
pub fn one(case: &mut Case, visitor: &mut Visitor, url: &str) -> Result<Fetched, Error> {
    let (url, name) = (&canon(url), name_of(url));
    let last = last(case, url)?;
    let known = last.as_ref().map(validators).unwrap_or_default();
    let answer = visitor.visit(url, &known, &name)?;
    if answer.same {
        return Ok(Fetched::Same);
    }
    let Answer { url: at, redirects, headers, bytes, began, ended, .. } = answer;
    let capture = Capture {
        url: Some(at),
        tool: concat!("habeas/", env!("CARGO_PKG_VERSION"), " fetch").to_owned(),
        began: Some(began),
        ended: Some(ended),
        operator: Some(case.author.clone()),
        redirects,
        headers,
        ..Capture::default()
    };
    // Nobody else is kept from writing while a slow site answers.
    let mut writer: Writer = case.writer()?;
    let outcome = Taking::of(case)?.fetched(case, &mut writer, &name, &bytes, capture)?;
    Ok(Fetched::File(outcome))
}

/// The last capture of an address.
pub fn last(case: &Case, url: &str) -> Result<Option<Received>, Error> {
    let (present, url) = (case.present(None)?, canon(url));
    let mut all = present.documents.into_iter().rev().map(|taken| taken.it);
    Ok(all.find(|received| {
        asked(&received.capture) == Some(&url) && received.capture.began.is_some()
    }))
}

/// The address that was asked for.
#[must_use]
pub fn asked(capture: &Capture) -> Option<&str> {
    capture.redirects.first().or(capture.url.as_ref()).map(String::as_str)
}

/// What a site is shown of the last capture, so that it need not send it again (RFC 9110, section
/// 13.1).
fn validators(last: &Received) -> Vec<(&'static str, String)> {
    let said = |name: &str| {
        last.capture.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    };
    [("if-none-match", said("etag")), ("if-modified-since", said("last-modified"))]
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_does_not_show_in_a_name() {
        let name = name_of("https://Example.org/2026/libre-milo-escandon.html?x=1#y");
        assert!(name.starts_with("fetched/example.org/") && name.ends_with(".html"), "{name}");
        assert!(!name.contains("milo"));
        assert!(name_of("https://example.org/list.csv").ends_with(".csv"));
        assert!(name_of("https://example.org/").ends_with(".html"));
        assert_ne!(name_of("https://example.org/a"), name_of("https://example.org/b"));
    }
}
