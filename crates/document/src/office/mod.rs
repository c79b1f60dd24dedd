//! Texts of office programs: DOCX, ODT and RTF; their paragraphs are words, their tables sheets.

mod docx;
mod odt;
pub(crate) mod rtf;
mod sheaf;

use crate::{Body, Error, Limits, Text, encoding};
use habeas_model::Problem;
use std::io::{Cursor, Read as _};

/// What a text of an office program holds.
#[derive(Debug)]
pub(crate) struct Found {
    /// `docx`, `odt` or `rtf`.
    pub format: &'static str,
    /// Title in its properties.
    pub title: Option<String>,
    /// Key and value of its date in its properties.
    pub dated: Option<(String, String)>,
    /// Words and tables, each with the part of the container that it stands in.
    pub bodies: Vec<(String, Body)>,
    /// What could not be taken over.
    pub problems: Vec<Problem>,
}

/// Reads DOCX or ODT.
pub(crate) fn packed(bytes: &[u8], name: &str, limits: &Limits) -> Result<Found, Error> {
    let mut package = Package::open(bytes, name, limits)?;
    if package.has("word/document.xml") {
        docx::read(&mut package)
    } else if package.has("content.xml") {
        odt::read(&mut package)
    } else {
        let what = "a ZIP that is no workbook, no text of an office program and no folder";
        Err(Error::Binary { name: name.to_owned(), what: what.to_owned() })
    }
}

/// A ZIP of XML files, unpacked within limits.
struct Package<'a> {
    zip: zip::ZipArchive<Cursor<&'a [u8]>>,
    name: &'a str,
    left: u64,
    packed: u64,
    limits: &'a Limits,
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8], name: &'a str, limits: &'a Limits) -> Result<Package<'a>, Error> {
        let zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Error::Binary {
            name: name.to_owned(),
            what: "a ZIP that is no workbook, no text of an office program and no folder"
                .to_owned(),
        })?;
        let packed = bytes.len() as u64;
        Ok(Package { zip, name, left: limits.unpacked.min(limits.part), packed, limits })
    }

    fn has(&mut self, part: &str) -> bool {
        self.zip.by_name(part).is_ok()
    }

    /// The words of a part with their places in it; none if there is no such part.
    fn text(&mut self, part: &str) -> Result<Option<Text>, Error> {
        let Ok(entry) = self.zip.by_name(part) else { return Ok(None) };
        let most = self.left.min(self.packed.saturating_mul(self.limits.ratio).max(1 << 20));
        let mut bytes = Vec::new();
        let got = entry.take(most + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > most {
            let (name, part) = (self.name.to_owned(), part.to_owned());
            return Err(Error::Bomb { name, part, limit: most });
        }
        got.map_err(|e| Error::Broken {
            name: self.name.to_owned(),
            format: "zip",
            why: format!("{part}: {e}"),
        })?;
        self.left -= bytes.len() as u64;
        if bytes.is_empty() {
            return Ok(None);
        }
        encoding::decode(&bytes, part, None).map(|(text, _)| Some(text))
    }

    /// The words of the first element of this name in a part, such as a title in the properties.
    fn property(&mut self, part: &str, names: &[&str]) -> Option<String> {
        let text = self.text(part).ok().flatten()?;
        let (mut open, mut value) = (false, String::new());
        // A property that breaks off is not there.
        let _ = crate::xml::pieces(&text.content, |piece| match piece {
            crate::xml::Piece::Open(name, _) if value.is_empty() => open = names.contains(&name),
            crate::xml::Piece::Close(_) => open = false,
            crate::xml::Piece::Words(words, _) if open => value.push_str(words),
            _ => {}
        });
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    }
}
