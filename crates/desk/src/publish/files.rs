//! The files of a publication, as bytes: the same publication at the same moment gives the same
//! ones. Each text is looked through for the names that may not stand in it before it is kept.

use super::{Draft, print, table};
use crate::{Error, keep::mask::Mask};
use habeas_model::Digest;
use habeas_page::{
    Lang,
    html::publication::{self as html, Place},
    publication::{feed, sheet},
};
use jiff::Timestamp;
use std::io::{Cursor, Write as _};

/// Whether there is a PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pdf {
    /// Printed by the browser that is installed.
    Printed,
    /// No browser is installed that could print it.
    NoBrowser,
}

/// A publication as files.
pub struct Made {
    /// Paths in the publication's folder, with `/`, and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Whether there is a PDF.
    pub pdf: Pdf,
    pub(super) feed: String,
}

impl Draft {
    /// Makes the files. It takes a while where a PDF is printed, and needs no case.
    pub fn make(&self, at: Timestamp) -> Result<Made, Error> {
        let at = at.round(jiff::Unit::Second).unwrap_or(at);
        let of = &self.publication;
        let sheets = sheet::sheets(of);
        let issue = self.issue(&sheets, at);
        let feed = self.feed.clone().unwrap_or_else(|| issue.clone());
        let issue = feed::Issue { at, id: issue, feed: feed.clone() };
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        let mut add = |name: String, bytes: Vec<u8>| files.push((name, bytes));
        add("index.html".to_owned(), html::entrance(of, self.first).into_bytes());
        add("style.css".to_owned(), html::style().into_bytes());
        let mut pdf = Pdf::Printed;
        for lang in Lang::ALL {
            let bulletin = html::bulletin(of, lang);
            match print::pdf(&bulletin, at)? {
                Some(bytes) => add(format!("{}/bulletin.pdf", lang.word()), bytes),
                None => pdf = Pdf::NoBrowser,
            }
            add(format!("{}/bulletin.html", lang.word()), bulletin.into_bytes());
            let news = feed::feed(of, self.before.as_ref(), &issue, lang);
            add(format!("{}/feed.xml", lang.word()), news.into_bytes());
            let book = table::workbook(&sheet::bulletin(of, lang), at)?;
            add(format!("{}/bulletin.xlsx", lang.word()), book);
        }
        for sheet in &sheets {
            let name = |end: &str| format!("tables/{}.{end}", sheet.name);
            add(name("csv"), table::csv(sheet));
            add(name("json"), format!("{:#}\n", sheet.json()).into_bytes());
            #[cfg(feature = "parquet")]
            add(name("parquet"), table::parquet(sheet)?);
        }
        add("tables/tables.xlsx".to_owned(), table::workbook(&sheets, at)?);
        self.pages(&mut files);
        files.sort_by(|a, b| a.0.cmp(&b.0));
        self.looked_through(&files)?;
        let zip = zipped(&files).map_err(|why| Error::Made(why.to_string()))?;
        files.push((ZIP.to_owned(), zip));
        Ok(Made { files, pdf, feed })
    }

    /// The pages of the site, which tell of the other files.
    fn pages(&self, files: &mut Vec<(String, Vec<u8>)>) {
        let site = |name: &&String| !name.ends_with(".html") && !name.ends_with(".css");
        let all: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
        for lang in Lang::ALL {
            let other = Lang::ALL.into_iter().find(|other| *other != lang);
            let foreign = other.map(|other| format!("{}/", other.word())).unwrap_or_default();
            let own = |name: &&String| !name.starts_with(&foreign);
            let mut told: Vec<String> = all.iter().filter(site).filter(own).cloned().collect();
            told.sort();
            told.push(ZIP.to_owned());
            for place in Place::ALL {
                let page = html::site(&self.publication, place, &told, lang);
                files.push((format!("{}/{}", lang.word(), place.file()), page.into_bytes()));
            }
        }
    }

    /// What this publication is known by: a UUID of version 8 (RFC 9562, section 5.8) that follows
    /// from what it tells and when.
    fn issue(&self, sheets: &[sheet::Sheet], at: Timestamp) -> String {
        let mut said = format!("habeas publication {at} {}", self.publication.title);
        sheets.iter().for_each(|sheet| said.push_str(&sheet.json().to_string()));
        let mut bytes = Digest::of(said.as_bytes()).0;
        bytes[6] = bytes[6] & 0x0f | 0x80;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex: String = bytes[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
        format!("urn:uuid:{}", parts.join("-"))
    }

    /// Nobody stands in a text who is not named: the last look before anything is given out. It
    /// tells the file, never the name.
    fn looked_through(&self, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
        let text = |name: &str| !name.ends_with(".parquet") && !name.ends_with(".xlsx");
        for (name, bytes) in files.iter().filter(|(name, _)| text(name)) {
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            for place in self.mask.found(text) {
                let found = Mask::of([&text[place]]);
                if !self.named.iter().any(|name| found.is_in(name)) {
                    return Err(Error::Naming(format!("`{name}`")));
                }
            }
        }
        Ok(())
    }
}

const ZIP: &str = "publication.zip";

/// All of them in one, without the time at which they were put there.
fn zipped(files: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let how = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in files {
        out.start_file(name.as_str(), how)?;
        out.write_all(bytes)?;
    }
    Ok(out.finish()?.into_inner())
}
