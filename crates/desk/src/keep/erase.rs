//! `erase`: a person, a source or a document is forgotten, and the ledger still verifies.

use super::{
    mask::{self, Mask},
    scope::{Scope, walk},
};
use crate::{Case, Error, case::now, write::receive};
use habeas_document::Body;
use habeas_ledger::{Erasure, Said, Writer, seal::Left};
use habeas_model::{
    Digest, Entry, Place, Received,
    memory::{Forgotten, Reason},
};
use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

/// What is to be forgotten, and how far.
#[derive(Clone, Debug)]
pub struct Asked {
    /// A person, a source, a document.
    pub what: Forgotten,
    /// Its identifier or name.
    pub about: String,
    /// Why.
    pub reason: Reason,
    /// The legal basis, without a name.
    pub basis: String,
    /// Whether copies in the inbox are removed.
    pub inbox: bool,
    /// Whether entries that only speak of the name (reasons, settings, namesakes) go, too.
    pub everywhere: bool,
    /// Whether documents are destroyed where they could be masked.
    pub whole: bool,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Entries that cannot be read any more.
    pub entries: usize,
    /// Entries about others that were said again without the name.
    pub said_again: usize,
    /// Documents in which the name was covered.
    pub masked: usize,
    /// Documents that were destroyed.
    pub destroyed: usize,
    /// Copies removed from the inbox.
    pub copies: usize,
    /// Positions of entries that still have the name: somebody must look at them.
    pub elsewhere: Vec<u64>,
    /// Position of the tombstone.
    pub tombstone: u64,
    /// What is left of the secrets outside of the case's folder.
    pub left: Left,
}

/// What a walk through the ledger found.
#[derive(Default)]
struct Found {
    gone: HashSet<u64>,
    carried: Vec<Digest>,
    again: Vec<Said>,
    elsewhere: Vec<u64>,
    rows: HashMap<Digest, Vec<u32>>,
    received: HashMap<Digest, Received>,
}

/// Erases, or says why not before anything is touched.
pub fn erase(case: &mut Case, writer: &mut Writer, asked: &Asked) -> Result<Done, Error> {
    if !case.ledger.is_sealed() {
        return Err(habeas_ledger::Error::NotSealed(case.folder.clone()).into());
    }
    let scope = Scope::of(case, asked.what, &asked.about)?;
    if scope.mask.is_in(&asked.basis) {
        return Err(Error::NameInBasis);
    }
    let found = find(case, &scope, asked)?;
    let copies = copies(case, &scope);
    if !copies.is_empty() && !asked.inbox {
        return Err(Error::InboxCopies(copies.len()));
    }
    let mut blobs: Vec<(Digest, Option<Vec<u8>>)> =
        scope.documents.iter().map(|blob| (*blob, None)).collect();
    for blob in &scope.touched {
        let kept = if asked.whole { None } else { masked(case, blob, &found, &scope.mask) };
        blobs.push((*blob, kept));
    }
    blobs.sort_by_key(|(blob, _)| *blob);
    let kept = blobs.iter().filter(|(_, kept)| kept.is_some()).count();
    let mut done = Done {
        entries: found.gone.len(),
        said_again: found.again.len(),
        masked: kept,
        destroyed: blobs.len() - kept,
        copies: copies.len(),
        elsewhere: found.elsewhere,
        tombstone: 0,
        left: Left::Nothing,
    };
    let erasure = Erasure {
        what: asked.what,
        reason: asked.reason,
        basis: asked.basis.clone(),
        entries: found.gone.into_iter().collect(),
        blobs,
        carried: found.carried,
        again: found.again,
    };
    let erased = writer.erase(&case.ledger, &case.author, now(), &erasure)?;
    (done.tombstone, done.left) = (erased.receipt.last, erased.left);
    (case.acknowledged)(&erased.receipt);
    copies.iter().try_for_each(|path| shred(path))?;
    shred(&case.folder.join("board.html"))?; // Derived: the caller makes it anew.
    Ok(done)
}

fn find(case: &Case, scope: &Scope, asked: &Asked) -> Result<Found, Error> {
    let mut found = Found::default();
    walk(case, |row, entry| {
        let body = String::from_utf8(entry.body()).unwrap_or_default();
        if let Entry::Received(received) = entry {
            found.received.insert(received.blob, (**received).clone());
        }
        let named = || scope.mask.is_in(&body);
        let meant = scope.means(entry, &found.gone);
        if meant
            && let Entry::Mention(mention) = entry
            && let Place::Cells { row, .. } = mention.span.place
        {
            found.rows.entry(mention.span.blob).or_default().push(row);
        }
        let open = matches!(entry, Entry::Erased(_) | Entry::Checkpoint(_) | Entry::Stamped(_));
        if meant {
            found.gone.insert(row.position);
        } else if !open && named() {
            match again(entry, &body, &scope.mask) {
                Some(body) => {
                    let (author, kind) = (row.author.clone(), row.kind.clone());
                    found.again.push(Said { author, kind, body });
                    found.gone.insert(row.position);
                }
                None if asked.everywhere => drop(found.gone.insert(row.position)),
                None => found.elsewhere.push(row.position),
            }
        }
        if found.gone.contains(&row.position) {
            let body = case.ledger.opened(row)?.unwrap_or_default();
            found.carried.extend(habeas_ledger::carry::chain_of(&body));
        }
        Ok(())
    })?;
    Ok(found)
}

/// What is said of somebody else with the name covered; none for a namesake and for what is no
/// proposal: that is for a person to decide.
fn again(entry: &Entry, body: &str, mask: &Mask) -> Option<Vec<u8>> {
    match entry {
        Entry::Mention(mention) if mask.is_in(mention.name.reveal()) => None,
        Entry::Mention(_) | Entry::Claim(_) => {
            let covered = mask.covered(body)?.into_bytes();
            Entry::read(entry.kind(), &covered).ok()?;
            Some(covered)
        }
        _ => None,
    }
}

/// The bytes of a document with the rows and words in question covered; none where that cannot be
/// done for certain.
fn masked(case: &Case, blob: &Digest, found: &Found, mask: &Mask) -> Option<Vec<u8>> {
    let received = found.received.get(blob)?;
    let plain = ["text", "markdown", "html", "csv", "tsv"];
    if !plain.contains(&received.format.as_str()) {
        return None; // A container keeps its words where no mask reaches.
    }
    let bytes = case.ledger.blob(blob).ok()?;
    let text = std::str::from_utf8(&bytes).ok()?;
    let asked = case.settings.asked(&received.name);
    let mut places = mask.found(text);
    if let Some(rows) = found.rows.get(blob) {
        for document in habeas_document::open(&bytes, &asked).ok()? {
            let Body::Table(sheets) = document.body else { continue };
            let all = sheets.iter().flat_map(|sheet| &sheet.rows);
            for row in all.filter(|row| rows.contains(&row.number)) {
                for cell in &row.cells {
                    places.push(usize_range(cell.bytes.as_ref()?)?);
                }
            }
        }
    }
    let covered = mask::cover(text, &places).into_bytes();
    // What a reader makes of it must not have the name either: entities, escapes, joined lines.
    let read = habeas_document::open(&covered, &asked).ok()?;
    let clean = read.iter().all(|document| match &document.body {
        Body::Text(text) => !mask.is_in(&text.content),
        Body::Table(sheets) => sheets.iter().flat_map(|sheet| &sheet.rows).all(|row| {
            let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
            !mask.is_in(&cells.join(" "))
        }),
    });
    clean.then_some(covered)
}

fn usize_range(range: &std::ops::Range<u64>) -> Option<std::ops::Range<usize>> {
    Some(usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?)
}

/// Files of the inbox whose bytes are of a document that is meant.
fn copies(case: &Case, scope: &Scope) -> Vec<PathBuf> {
    let (files, _) = receive::inbox(case);
    let meant = |path: &PathBuf| {
        let digest = fs::read(path).ok().map(|bytes| Digest::of(&bytes));
        digest.is_some_and(|it| scope.documents.contains(&it) || scope.touched.contains(&it))
    };
    files.into_iter().map(|file| file.path).filter(meant).collect()
}

/// Overwrites a file and takes it away.
fn shred(path: &Path) -> Result<(), Error> {
    if !path.exists() {
        return Ok(());
    }
    habeas_ledger::blobs::shred(path).map_err(|why| Error::writing(path, why))
}
