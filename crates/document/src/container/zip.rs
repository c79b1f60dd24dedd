//! ZIP and WACZ: a folder in one file. Its own word about sizes is not believed.

use super::{Part, gzip, is_no_document, warc};
use crate::{Error, open::Opening};
use ::zip::ZipArchive;
use flate2::bufread::MultiGzDecoder;
use habeas_model::Problem;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Cursor, Read},
};

type Zip<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Whether a ZIP is a folder of files: neither a workbook nor a text of an office program.
pub fn is_folder(bytes: &[u8]) -> bool {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let office = ["xl/workbook.xml", "content.xml", "word/document.xml", "[Content_Types].xml"];
    !office.iter().any(|name| zip.by_name(name).is_ok())
}

/// Opens every file in it.
pub fn open(opening: &mut Opening<'_>, part: &Part<'_>, depth: u32) -> Result<(), Error> {
    let place = opening.place(part);
    let broken = |why: String| Error::Broken { name: place.clone(), format: "zip", why };
    let mut zip: Zip<'_> =
        ZipArchive::new(Cursor::new(part.bytes.as_ref())).map_err(|e| broken(e.to_string()))?;
    let hashes = check(&mut zip, opening, part);
    for nth in 0..zip.len() {
        let entry = match zip.by_index(nth) {
            Ok(entry) if entry.is_dir() => continue,
            Ok(entry) => entry,
            Err(e) => {
                let place = format!("{place}, file {}", nth + 1);
                opening.problem(Problem::new("part-unread", place, e.to_string()));
                continue;
            }
        };
        let name = entry.name().map_or_else(|_| nth.to_string(), |name| name.into_owned());
        let packed = entry.compressed_size();
        let inner = part.inside(&step(&name), &name, Vec::new().into());
        opening.count(&inner)?;
        // The bookkeeping of a WACZ is no document of it.
        let book = hashes.is_some() && !name.starts_with("archive/");
        if book || is_no_document(&name) {
            opening.skipped += u64::from(!book);
            continue;
        }
        if name.ends_with(".warc") || name.ends_with(".warc.gz") {
            stream(BufReader::new(entry), packed, opening, &inner, depth)?;
            continue;
        }
        let mut unpacked = Vec::new();
        match gzip::unpack(entry, packed, opening, &inner, &mut unpacked) {
            Ok(()) => opening.inner(&Part { bytes: unpacked.into(), ..inner }, depth)?,
            Err(danger @ Error::Bomb { .. }) => return Err(danger),
            Err(e) => {
                let why = e.to_string().lines().next().unwrap_or_default().to_owned();
                opening.problem(Problem::new("part-unread", opening.place(&inner), why));
            }
        }
    }
    Ok(())
}

/// Reads a WARC in a WACZ as a stream, so that it is never whole in memory.
fn stream(
    mut entry: impl BufRead,
    packed: u64,
    opening: &mut Opening<'_>,
    part: &Part<'_>,
    depth: u32,
) -> Result<(), Error> {
    let gz = entry.fill_buf().is_ok_and(|head| head.starts_with(&[0x1f, 0x8b]));
    match gz {
        true => {
            let inside = BufReader::new(MultiGzDecoder::new(entry));
            warc::records(inside, packed, opening, part, depth)
        }
        false => warc::records(entry, packed, opening, part, depth),
    }
}

/// The hashes that a WACZ keeps of its own files (`datapackage.json`), each checked; none if it is
/// no WACZ.
fn check(
    zip: &mut Zip<'_>,
    opening: &mut Opening<'_>,
    part: &Part<'_>,
) -> Option<HashMap<String, String>> {
    let mut text = String::new();
    zip.by_name("datapackage.json").ok()?.take(16 << 20).read_to_string(&mut text).ok()?;
    let package: Value = serde_json::from_str(&text).ok()?;
    let mut hashes = HashMap::new();
    for one in package.get("resources")?.as_array()? {
        let (Some(path), Some(hash)) = (one["path"].as_str(), one["hash"].as_str()) else {
            continue;
        };
        let Some(expected) = hash.strip_prefix("sha256:") else { continue };
        hashes.insert(path.to_owned(), expected.to_owned());
    }
    for (path, expected) in &hashes {
        let place = format!("{}!/{path}", opening.place(part));
        let Ok(entry) = zip.by_name(path) else {
            opening.problem(Problem::new("part-missing", place, ""));
            continue;
        };
        if sha256(entry.take(opening.asked.limits.unpacked)) != *expected {
            opening.problem(Problem::new("digest-differs", place, ""));
        }
    }
    Some(hashes)
}

fn sha256(mut stream: impl Read) -> String {
    let mut hash = Sha256::new();
    let mut buffer = [0; 1 << 16];
    while let Ok(n @ 1..) = stream.read(&mut buffer) {
        hash.update(&buffer[..n]);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file's name as a step of an address.
fn step(name: &str) -> String {
    name.replace("!/", "!%2F")
}

/// The bytes of a file in it, for following an address.
pub fn part(bytes: &[u8], wanted: &str) -> Option<Vec<u8>> {
    let mut zip: Zip<'_> = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut unpacked = Vec::new();
    zip.by_name(&wanted.replace("!%2F", "!/")).ok()?.read_to_end(&mut unpacked).ok()?;
    Some(unpacked)
}
