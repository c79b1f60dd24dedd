//! What a file would be if it were received: its kind, its first words or rows, and what its columns
//! are taken for. Nothing is written.

use crate::Settings;
pub use habeas_claim::list::heading::Field;
use habeas_claim::list::{
    framed,
    layout::{self, Layout},
};
use habeas_document::{Body, Document, Error as Unopened, Limits, Row, Sheet, ZoneKind, each};
use habeas_model::{Digest, Present};
use habeas_page::html::served::{Column, Columns, Fate, Offer};
use std::collections::BTreeMap;

/// Rows of a list that are shown.
const ROWS: usize = 5;
/// Zones of a text that are shown, and characters of each.
const ZONES: usize = 8;
const LETTERS: usize = 240;
/// Problems that are told one by one.
const PROBLEMS: usize = 40;

/// What a file that came through a browser may unpack to: less than one that lies in the inbox,
/// because the program that serves everybody opens it.
#[must_use]
pub fn limits() -> Limits {
    let most = Limits::default();
    Limits { file: 64 << 20, unpacked: 512 << 20, parts: 20_000, cells: 4_000_000, ..most }
}

/// What would become of bytes of this name.
#[must_use]
pub fn fate(present: &Present, name: &str, blob: Digest) -> Fate {
    let documents = &present.documents;
    if let Some(taken) = documents.iter().find(|taken| taken.it.blob == blob) {
        return Fate::Known(blob, taken.it.name.clone());
    }
    if let Some(before) = documents.iter().rev().find(|taken| taken.it.name == name) {
        return Fate::Newer(before.it.blob, before.known);
    }
    match present.withdrawn.iter().any(|taken| taken.it.blob == blob) {
        true => Fate::Again,
        false => Fate::New,
    }
}

/// Looks at a file; `own` is what somebody says of its columns (heading, field).
#[must_use]
pub fn look(
    settings: &Settings,
    name: &str,
    bytes: &[u8],
    own: &BTreeMap<String, String>,
    fate: Fate,
) -> Offer {
    let mut offer = Offer {
        name: name.to_owned(),
        renamed: false,
        bytes: bytes.len() as u64,
        fate,
        format: "",
        documents: 0,
        pages: 0,
        letters: 0,
        sheets: 0,
        zones: Vec::new(),
        table: None,
        claims: 0,
        mentions: 0,
        problems: Vec::new(),
    };
    if !offer.may() {
        return offer; // What is in the case already need not be opened again.
    }
    let mut settings = settings.clone();
    let list = settings.list.entry(name.to_owned()).or_default();
    list.columns.extend(own.iter().map(|(heading, field)| (heading.clone(), field.clone())));
    let mut asked = settings.asked(name);
    asked.limits = limits();
    let opened = each(bytes, &asked, &mut |document| seen(&document, name, &settings, &mut offer));
    match opened {
        Ok(problems) => offer.problems.splice(0..0, problems).for_each(drop),
        Err(why) => offer.fate = Fate::Refused(code(&why)),
    }
    offer.problems.truncate(PROBLEMS);
    offer
}

fn seen(document: &Document, name: &str, settings: &Settings, offer: &mut Offer) {
    offer.documents += 1;
    if offer.format.is_empty() {
        offer.format = document.format;
    }
    let context = settings.context(name, document);
    match &document.body {
        Body::Text(text) => {
            offer.letters += text.content.chars().count();
            offer.pages += text.spots.last().map_or(0, |spot| spot.page);
            if offer.zones.is_empty() {
                let zone = |zone: &habeas_document::Zone| {
                    let said = text.content.get(zone.range.clone())?.trim();
                    let start: String = said.chars().take(LETTERS).collect();
                    (!start.is_empty()).then(|| (zone_word(zone.kind), start))
                };
                offer.zones = text.zones.iter().filter_map(zone).take(ZONES).collect();
            }
            if offer.zones.is_empty() {
                let start: String = text.content.trim().chars().take(LETTERS).collect();
                offer.zones.push((zone_word(ZoneKind::Body), start));
            }
        }
        Body::Table(sheets) => {
            offer.sheets += sheets.len();
            let asked = context.list.sheet.as_deref();
            let mut lists = sheets.iter().filter(|sheet| {
                asked.is_none_or(|asked| asked == sheet.name) && framed::heading(sheet).is_none()
            });
            let first = lists.find_map(|sheet| {
                let layout = layout::layout(sheet, &context.list, &mut Vec::new())?;
                Some(columns(sheet, &layout))
            });
            offer.table = offer.table.take().or(first);
        }
    }
    let reading = habeas_claim::read(document, &context);
    offer.claims += reading.claims.len();
    offer.mentions += reading.mentions.len();
    let room = PROBLEMS.saturating_sub(offer.problems.len());
    offer.problems.extend(reading.problems.into_iter().take(room));
}

fn columns(sheet: &Sheet, layout: &Layout) -> Columns {
    let keys = layout::keys(layout);
    let column = |((heading, field), key): (&(String, Option<Field>), String)| Column {
        heading: heading.clone(),
        key,
        field: field.map(Field::word),
    };
    let rows = &sheet.rows[layout.first.min(sheet.rows.len())..];
    let cells = |row: &Row| row.cells.iter().map(|cell| cell.text.clone()).collect();
    Columns {
        sheet: sheet.name.clone(),
        rows: rows.len(),
        columns: layout.columns.iter().zip(keys).map(column).collect(),
        first: rows.iter().take(ROWS).map(cells).collect(),
    }
}

fn zone_word(kind: ZoneKind) -> &'static str {
    match kind {
        ZoneKind::Title => "title",
        ZoneKind::Dateline => "dateline",
        ZoneKind::Body => "body",
        ZoneKind::Caption => "caption",
        ZoneKind::Related => "related",
    }
}

/// Why it cannot be opened, as the code of a sentence.
fn code(why: &Unopened) -> &'static str {
    match why {
        Unopened::Empty(_) => "empty",
        Unopened::TooLarge { .. } => "large",
        Unopened::Bomb { .. } => "bomb",
        Unopened::Crowded { .. } => "crowded",
        Unopened::Nothing(_) => "nothing",
        Unopened::Pdf { .. } => "pdf",
        Unopened::Sealed(_) => "sealed",
        Unopened::Binary { .. } => "binary",
        Unopened::TooManyCells { .. } => "cells",
        _ => "broken",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked(name: &str, bytes: &[u8], own: &[(&str, &str)]) -> Offer {
        let own = own.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        look(&Settings::default(), name, bytes, &own, Fate::New)
    }

    #[track_caller]
    fn check(table: &str, own: &[(&str, &str)], expected: &[(&str, Option<&str>)], people: usize) {
        let offer = looked("a.csv", table.as_bytes(), own);
        let found = offer.table.unwrap();
        let found: Vec<_> = found.columns.iter().map(|one| (&*one.key, one.field)).collect();
        assert_eq!((&*found, offer.mentions), (expected, people), "{table}");
    }

    #[test]
    fn columns_are_guessed_and_told_otherwise() {
        let table = "Nombre,Sitio X,Obs,Obs\nAda Luna,Uno,a,b\nBea Sol,Dos,c,d\n";
        let rest = [("#3", None), ("#4", None)];
        let guessed = [("Nombre", Some("name")), ("Sitio X", Some("place"))];
        check(table, &[], &[guessed, rest].concat(), 2);
        let told = [("Nombre", Some("ignore")), ("Sitio X", Some("place"))];
        let other = [("#3", Some("name")), ("#4", None)];
        check(table, &[("Nombre", "ignore"), ("#3", "name")], &[told, other].concat(), 2);
    }

    #[test]
    fn what_cannot_be_received_says_why() {
        let refused = |name: &str, bytes: &[u8]| looked(name, bytes, &[]).fate;
        assert_eq!(refused("a.csv", b""), Fate::Refused("empty"));
        assert_eq!(refused("a.csv", b"a,b\0\x01"), Fate::Refused("binary"));
        assert_eq!(refused("a.xlsx", &[0xD0, 0xCF, 0x11, 0xE0, 0, 0]), Fate::Refused("sealed"));
        let rows = "a,".repeat(4_100_000);
        assert_eq!(refused("a.csv", rows.as_bytes()), Fate::Refused("cells"));
    }

    #[test]
    fn a_text_shows_how_it_begins() {
        let text =
            "Santa Aurelia, 20 January 2026. The Ministry said that 42 detainees were released.";
        let offer = looked("a.txt", text.as_bytes(), &[]);
        assert_eq!((offer.documents, offer.claims, offer.letters), (1, 1, text.len()));
        assert!(!offer.zones.is_empty() && offer.table.is_none());
    }
}
