//! `change --document`: what a newer version of a document says otherwise than the one before.

use super::custody;
use crate::Error;
use habeas_count::{Revision, revisions};
use habeas_model::{Captured, Claim, Digest, Present, Received, memory::present::Taken};
use jiff::Timestamp;

/// One version of a document: a file, or a capture in an archive of the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The file.
    pub blob: Digest,
    /// Which part of it; empty: all of it.
    pub part: String,
    /// When it was captured, as the archive or the capture record says, else when it was received.
    pub at: Timestamp,
    /// Position of the entry by which it was received.
    pub position: u64,
}

/// A version and the one before it, with what became of each claim.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// The older version.
    pub before: Version,
    /// The newer version.
    pub after: Version,
    /// What became of each claim.
    pub revisions: Vec<Revision<'a>>,
}

/// What was revised from each version of a document to the next. It is named as `custody` names it,
/// or by the address where it was published; a document of one version has no steps.
pub fn versions<'a>(present: &'a Present, document: &str) -> Result<Vec<Step<'a>>, Error> {
    let versions = if document.contains("://") {
        at_address(present, document)
    } else {
        let taken = custody::find(present, document)?;
        match taken.it.capture.url.as_deref() {
            Some(url) => at_address(present, url),
            None => in_line(present, &taken.it),
        }
    };
    if versions.is_empty() {
        return Err(Error::NoDocument(document.to_owned()));
    }
    Ok(steps(present, versions))
}

/// What this document, just received, says otherwise than the one that it replaces.
pub fn since_before<'a>(present: &'a Present, it: &Received) -> Option<Step<'a>> {
    it.replaces?;
    let mut steps = steps(present, in_line(present, it));
    let at = steps.iter().position(|step| step.after.blob == it.blob)?;
    Some(steps.swap_remove(at))
}

fn steps(present: &Present, mut versions: Vec<Version>) -> Vec<Step<'_>> {
    versions.sort_by(|a, b| (a.at, a.position, &a.part).cmp(&(b.at, b.position, &b.part)));
    versions.dedup_by(|a, b| (a.blob, &a.part) == (b.blob, &b.part));
    let step = |pair: &[Version]| {
        let (before, after) = (claims(present, &pair[0]), claims(present, &pair[1]));
        let revisions = revisions(&before, &after);
        Step { before: pair[0].clone(), after: pair[1].clone(), revisions }
    };
    versions.windows(2).map(step).collect()
}

/// Everything that was captured at this address: files, and documents inside archives.
fn at_address(present: &Present, url: &str) -> Vec<Version> {
    let files =
        present.documents.iter().filter(|taken| taken.it.capture.url.as_deref() == Some(url));
    let mut all: Vec<Version> = files.map(|taken| version(taken, None)).collect();
    for reading in &present.readings {
        let within = reading.it.captured.iter().filter(|one| one.url.as_deref() == Some(url));
        let file = present.documents.iter().find(|taken| taken.it.blob == reading.it.blob);
        all.extend(within.filter_map(|one| Some(version(file?, Some(one)))));
    }
    all
}

/// The file, what it replaces and what replaces it, whatever their names.
fn in_line(present: &Present, it: &Received) -> Vec<Version> {
    let find = |blob| present.documents.iter().find(|taken| taken.it.blob == blob);
    let mut line: Vec<&Taken<Received>> = find(it.blob).into_iter().collect();
    let mut at = it.replaces;
    while let Some(older) = at.and_then(find).filter(|one| !line.contains(one)) {
        line.push(older);
        at = older.it.replaces;
    }
    let mut newest = it.blob;
    let after = |blob| present.documents.iter().find(|taken| taken.it.replaces == Some(blob));
    while let Some(newer) = after(newest).filter(|one| !line.contains(one)) {
        line.push(newer);
        newest = newer.it.blob;
    }
    line.into_iter().map(|taken| version(taken, None)).collect()
}

fn version(taken: &Taken<Received>, within: Option<&Captured>) -> Version {
    let said = within.and_then(|one| one.at.as_deref()?.parse().ok());
    let received = || Timestamp::from_microsecond(taken.known).unwrap_or_default();
    Version {
        blob: taken.it.blob,
        part: within.map_or_else(String::new, |one| one.part.clone()),
        at: said.or(taken.it.capture.began).unwrap_or_else(received),
        position: taken.position,
    }
}

/// The claims that stand in this version, in the order of its words.
fn claims<'a>(present: &'a Present, version: &Version) -> Vec<&'a Claim> {
    let within = |part: &str| {
        let rest = part.strip_prefix(version.part.as_str());
        version.part.is_empty()
            || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("!/"))
    };
    let of = present.claims.iter().filter(|one| one.review.stands());
    of.map(|one| &one.it)
        .filter(|claim| claim.span.blob == version.blob && within(&claim.span.part))
        .collect()
}
