//! DOCX (ECMA-376): the words of `word/document.xml`, without what was deleted, and its notes.

use super::{Found, Package, sheaf::Sheaf};
use crate::{
    Error, Text, ZoneKind,
    xml::{self, Piece, attribute},
};
use habeas_model::Problem;

/// Parts with words: the text first, then its notes.
const PARTS: [&str; 3] = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"];

pub fn read(package: &mut Package<'_>) -> Result<Found, Error> {
    let mut found = Found {
        format: "docx",
        title: package.property("docProps/core.xml", &["title"]),
        dated: None,
        bodies: Vec::new(),
        problems: Vec::new(),
    };
    let modified = package.property("docProps/core.xml", &["modified", "created"]);
    found.dated = modified.map(|date| ("dcterms:modified".to_owned(), date));
    for part in PARTS {
        let Some(source) = package.text(part)? else { continue };
        let mut walk = Walk { source: &source, ..Walk::over(&source) };
        let walked = xml::pieces(&source.content, |piece| walk.piece(piece));
        if let Err((why, at)) = walked {
            let place = format!("{}!/{part}, byte {at}", package.name);
            found.problems.push(Problem::new("xml-broken", place, why));
        }
        if walk.sheaf.cells() > package.limits.cells {
            let limit = package.limits.cells;
            return Err(Error::TooManyCells { name: package.name.to_owned(), limit });
        }
        found.bodies.extend(walk.sheaf.finish(part));
    }
    if found.bodies.is_empty() {
        return Err(Error::Nothing(package.name.to_owned()));
    }
    Ok(found)
}

struct Walk<'a> {
    source: &'a Text,
    sheaf: Sheaf,
    in_words: bool,
    /// Elements whose words are said elsewhere (the fallback of a drawing) are open.
    silent: u32,
    start: usize,
    kind: Option<ZoneKind>,
    columns: usize,
    at: usize,
}

impl<'a> Walk<'a> {
    fn over(source: &'a Text) -> Walk<'a> {
        let sheaf = Sheaf::default();
        Walk { source, sheaf, in_words: false, silent: 0, start: 0, kind: None, columns: 1, at: 0 }
    }

    fn piece(&mut self, piece: Piece<'_>) {
        let here = self.source.origin(self.at..self.at).start;
        match piece {
            Piece::Open("Fallback" | "moveFrom", _) => self.silent += 1,
            Piece::Close("Fallback" | "moveFrom") => self.silent = self.silent.saturating_sub(1),
            _ if self.silent > 0 => {}
            Piece::Open("p", _) => (self.start, self.kind) = (self.sheaf.here(), None),
            Piece::Close("p") => self.sheaf.paragraph(self.start, self.kind, here),
            Piece::Open("pStyle", tag) => self.kind = attribute(tag, "val").and_then(|s| style(&s)),
            Piece::Open("t", _) => self.in_words = true,
            Piece::Close("t") => self.in_words = false,
            Piece::Open("tab", _) => self.sheaf.mark(" ", here),
            Piece::Open("br" | "cr", _) => self.sheaf.mark("\n", here),
            Piece::Open("noBreakHyphen", _) => self.sheaf.mark("-", here),
            Piece::Open("tbl", _) => self.sheaf.open_table(),
            Piece::Close("tbl") => self.sheaf.close_table(here),
            Piece::Open("tr", _) => self.sheaf.open_row(),
            Piece::Open("tc", _) => {
                self.columns = 1;
                self.sheaf.open_cell();
            }
            Piece::Open("gridSpan", tag) => {
                let columns = attribute(tag, "val").and_then(|n| n.parse().ok());
                self.columns = columns.unwrap_or(1);
            }
            Piece::Close("tc") => self.sheaf.close_cell(std::mem::replace(&mut self.columns, 1)),
            Piece::Words(words, range) => {
                self.at = range.end;
                if self.in_words {
                    self.sheaf.push(words, self.source, range);
                }
            }
            _ => {}
        }
    }
}

/// What a paragraph of this style is. Styles are named in the language of the program.
fn style(name: &str) -> Option<ZoneKind> {
    let name = name.to_lowercase();
    if ["title", "heading", "ttulo", "titulo", "título"].iter().any(|one| name.starts_with(one)) {
        return Some(ZoneKind::Title);
    }
    let caption = ["caption", "descripcin", "descripción"].iter().any(|one| name.starts_with(one));
    caption.then_some(ZoneKind::Caption)
}
