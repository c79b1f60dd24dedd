//! `receive`: documents enter the ledger as the exact bytes they are.

use super::undo;
use crate::{Case, Error};
use habeas_document::{Document, each};
use habeas_ledger::{Writer, restrict::Restrictions};
use habeas_model::{Capture, Dated, Digest, Disclosure, Entry, Evidence, Received};
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

/// What became of one file.
#[derive(Debug)]
pub enum Outcome {
    /// It is in the ledger now.
    Received(Box<Received>),
    /// Its bytes were there before, under this name.
    Known(String),
    /// Its bytes were received before, and the entry that says so was undone by this one.
    Withdrawn(u64),
    /// It could not be taken in; it stays where it is.
    Refused(Error),
}

/// A file to be received, and its name in the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// Where it is.
    pub path: PathBuf,
    /// Its name: its path under the inbox with `/`, or its file name.
    pub name: String,
}

/// The files of the inbox, by name; folders that loop back into themselves are told of, not
/// followed.
pub fn inbox(case: &Case) -> (Vec<Offered>, Vec<(String, Error)>) {
    let root = case.folder.join("inbox");
    if !root.is_dir() {
        return (Vec::new(), Vec::new());
    }
    walk(&root, &root)
}

/// The files at or under `path`, named relative to `root`, and what could not be followed. A link
/// to a folder above is not followed: it would bring in the case itself.
#[must_use]
pub fn walk(path: &Path, root: &Path) -> (Vec<Offered>, Vec<(String, Error)>) {
    let (mut files, mut wrong) = (Vec::new(), Vec::new());
    let whole = fs::canonicalize(root).ok();
    let above = |found: &walkdir::DirEntry| {
        found.path_is_symlink()
            && fs::canonicalize(found.path())
                .is_ok_and(|to| whole.as_ref().is_some_and(|root| root.starts_with(to)))
    };
    let mut walk = walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
    while let Some(found) = walk.next() {
        let refused = match found {
            Ok(found) if found.depth() > 0 && hidden(&found) => {
                if found.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
            Ok(found) if found.file_type().is_dir() => {
                if found.depth() == 0 || !above(&found) {
                    continue;
                }
                walk.skip_current_dir();
                (found.into_path(), loops(), LOOP)
            }
            Ok(found) if found.file_type().is_file() => {
                files.push(offered(found.into_path(), root));
                continue;
            }
            Ok(found) => (
                found.into_path(),
                std::io::Error::other("it is no file"),
                "remove it, or put a file there",
            ),
            Err(e) => {
                let at = e.path().unwrap_or(path).to_owned();
                let hint = if e.loop_ancestor().is_some() { LOOP } else { UNREADABLE };
                (at, e.into_io_error().unwrap_or_else(loops), hint)
            }
        };
        let (path, why, hint) = refused;
        let place = path.display().to_string();
        wrong.push((place, Error::Disk { what: "follow", path, why, hint }));
    }
    (files, wrong)
}

const LOOP: &str =
    "this folder links back into a folder above it; remove the link, the rest was received";
const UNREADABLE: &str = "see that it exists and may be read";

fn loops() -> std::io::Error {
    std::io::Error::other("the folder loops back into itself")
}

fn hidden(found: &walkdir::DirEntry) -> bool {
    found.file_name().to_string_lossy().starts_with('.')
}

fn offered(path: PathBuf, root: &Path) -> Offered {
    let under = path.strip_prefix(root).unwrap_or(&path);
    let parts: Vec<_> = under.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Offered { name: parts.join("/"), path }
}

/// Receives the files, one acknowledged batch each, and tells of each as it is done.
pub fn receive(
    case: &mut Case,
    writer: &mut Writer,
    files: &[Offered],
    mut told: impl FnMut(&Offered, &Outcome),
) -> Result<(), Error> {
    let mut taking = Taking::of(case)?;
    for file in files {
        let outcome = match taking.file(case, writer, file) {
            Ok(outcome) => outcome,
            Err(e @ Error::Ledger(_)) => return Err(e),
            Err(e) => Outcome::Refused(e),
        };
        told(file, &outcome);
    }
    Ok(())
}

/// Documents being taken in, and what the ledger has, by bytes and by name.
pub struct Taking {
    by_blob: HashMap<Digest, String>,
    by_name: HashMap<String, Digest>,
    /// What was received and withdrawn, with the entry that withdraws it.
    withdrawn: HashMap<Digest, u64>,
}

impl Taking {
    /// What the ledger of this case has.
    pub fn of(case: &Case) -> Result<Taking, Error> {
        let present = case.present(None)?;
        let all = || present.documents.iter().map(|taken| &taken.it);
        let mut taking = Taking {
            by_blob: all().map(|received| (received.blob, received.name.clone())).collect(),
            by_name: all().map(|received| (received.name.clone(), received.blob)).collect(),
            withdrawn: HashMap::new(),
        };
        let undone = undo::undone(case, present.withdrawn.iter().map(|taken| taken.position))?;
        for taken in &present.withdrawn {
            let by = undone.get(&taken.position).copied().unwrap_or(taken.position);
            taking.withdrawn.insert(taken.it.blob, by);
        }
        for blob in Restrictions::of(&case.ledger)?.documents {
            taking.by_blob.entry(blob).or_default(); // It is here, and shown to nobody.
        }
        for blob in case.eyes.iter().flat_map(|eyes| eyes.documents()) {
            taking.by_blob.entry(blob).or_default(); // It is here, and not shown to them.
        }
        Ok(taking)
    }

    fn file(
        &mut self,
        case: &mut Case,
        writer: &mut Writer,
        file: &Offered,
    ) -> Result<Outcome, Error> {
        let limits = case.settings.asked(&file.name).limits;
        let length = fs::metadata(&file.path).map_err(|why| Error::reading(&file.path, why))?.len();
        habeas_document::check_size(&file.name, length, &limits)?;
        let bytes = fs::read(&file.path).map_err(|why| Error::reading(&file.path, why))?;
        // What somebody withdrew stays so, however often the inbox is looked through.
        if let Some(undo) = self.withdrawn.get(&Digest::of(&bytes)) {
            return Ok(Outcome::Withdrawn(*undo));
        }
        self.sent(case, writer, &file.name, &bytes)
    }

    /// Takes in bytes that somebody sent under this name. What was withdrawn is received anew: they
    /// were told, and ask for it.
    pub fn sent(
        &mut self,
        case: &mut Case,
        writer: &mut Writer,
        name: &str,
        bytes: &[u8],
    ) -> Result<Outcome, Error> {
        let blob = Digest::of(bytes);
        self.refuse_erased(case, &blob)?;
        if let Some(name) = self.by_blob.get(&blob) {
            return Ok(Outcome::Known(name.clone()));
        }
        let tool = concat!("habeas/", env!("CARGO_PKG_VERSION")).to_owned();
        let capture = Capture { tool, ..Capture::default() };
        self.keep(case, writer, name, bytes, capture)
    }

    /// The document that one received under this name would replace.
    #[must_use]
    pub fn replaced(&self, name: &str) -> Option<Digest> {
        self.by_name.get(name).copied()
    }

    /// Takes in what was fetched. A page that says again what it said two captures ago has changed,
    /// and is recorded again.
    pub fn fetched(
        &mut self,
        case: &mut Case,
        writer: &mut Writer,
        name: &str,
        bytes: &[u8],
        capture: Capture,
    ) -> Result<Outcome, Error> {
        let blob = Digest::of(bytes);
        self.refuse_erased(case, &blob)?;
        if let Some(undo) = self.withdrawn.get(&blob) {
            return Ok(Outcome::Withdrawn(*undo));
        }
        let last = self.by_name.get(name);
        match self.by_blob.get(&blob) {
            Some(first) if last.is_none_or(|last| *last == blob) || first.is_empty() => {
                Ok(Outcome::Known(first.clone()))
            }
            _ => self.keep(case, writer, name, bytes, capture),
        }
    }

    fn refuse_erased(&self, case: &Case, blob: &Digest) -> Result<(), Error> {
        match case.ledger.is_erased(blob)? && !self.by_blob.contains_key(blob) {
            true => Err(Error::ErasedBefore),
            false => Ok(()),
        }
    }

    fn keep(
        &mut self,
        case: &mut Case,
        writer: &mut Writer,
        name: &str,
        bytes: &[u8],
        capture: Capture,
    ) -> Result<Outcome, Error> {
        let received = describe(case, name, bytes, capture, self)?;
        writer.put_blob(bytes)?;
        let author = case.author.clone();
        case.append(writer, &author, &[Entry::Received(Box::new(received.clone()))])?;
        self.by_blob.insert(received.blob, name.to_owned());
        self.by_name.insert(name.to_owned(), received.blob);
        Ok(Outcome::Received(Box::new(received)))
    }
}

/// What is known of a document on receiving it. Opening it here refuses what could never be read.
fn describe(
    case: &Case,
    name: &str,
    bytes: &[u8],
    capture: Capture,
    known: &Taking,
) -> Result<Received, Error> {
    let mut asked = case.settings.asked(name);
    asked.url = asked.url.or_else(|| capture.url.clone());
    let mut first: Option<Document> = None;
    let mut agree = true;
    each(bytes, &asked, &mut |document| match &first {
        None => first = Some(document),
        Some(first) => agree &= first.url == document.url && first.published == document.published,
    })?;
    let first = first.as_ref();
    // What one of many says of itself it does not say of the whole file.
    let alone = first.filter(|_| agree);
    let own = case.settings.document_of(name);
    let stated = own.published.map(|when| Dated {
        words: when.to_string(),
        when,
        evidence: Evidence::Stated,
    });
    Ok(Received {
        blob: Digest::of(bytes),
        name: name.to_owned(),
        bytes: bytes.len() as u64,
        format: first.map_or("text", |document| document.format).to_owned(),
        capture: Capture {
            // Where it was had is known; where it says that it belongs, it only says.
            url: own
                .url
                .or_else(|| capture.url.clone())
                .or_else(|| alone.and_then(|document| document.url.clone())),
            outlet: own.outlet.or_else(|| alone.and_then(|document| document.outlet.clone())),
            ..capture
        },
        published: stated.or_else(|| alone.and_then(|document| document.published.clone())),
        replaces: known.by_name.get(name).copied(),
        disclosure: own.disclosure.unwrap_or(Disclosure::Restricted), // Invariant 10.
    })
}
