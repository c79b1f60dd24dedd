//! ODT (OpenDocument 1.3): the words of `content.xml`, without what was deleted; notes apart.

use super::{Found, Package, sheaf::Sheaf};
use crate::{
    Error, Text, ZoneKind,
    xml::{self, Piece, attribute},
};
use habeas_model::Problem;

const PART: &str = "content.xml";
/// Elements whose words are not the text's.
const SILENT: [&str; 4] = ["tracked-changes", "annotation", "note-citation", "bibliography-mark"];

pub fn read(package: &mut Package<'_>) -> Result<Found, Error> {
    let title = package.property("meta.xml", &["title"]);
    let dated = package.property("meta.xml", &["date"]).map(|date| ("dc:date".to_owned(), date));
    let source = package.text(PART)?.ok_or_else(|| Error::Nothing(package.name.to_owned()))?;
    let mut walk = Walk {
        source: &source,
        sheaf: Sheaf::default(),
        notes: Sheaf::default(),
        silent: Vec::new(),
        in_note: false,
        starts: Vec::new(),
        columns: 1,
        at: 0,
    };
    let walked = xml::pieces(&source.content, |piece| walk.piece(piece));
    let mut problems = Vec::new();
    if let Err((why, at)) = walked {
        let place = format!("{}!/{PART}, byte {at}", package.name);
        problems.push(Problem::new("xml-broken", place, why));
    }
    if walk.sheaf.cells() > package.limits.cells {
        let limit = package.limits.cells;
        return Err(Error::TooManyCells { name: package.name.to_owned(), limit });
    }
    let mut bodies = walk.sheaf.finish(PART);
    bodies.extend(walk.notes.finish(PART));
    if bodies.is_empty() {
        return Err(Error::Nothing(package.name.to_owned()));
    }
    Ok(Found { format: "odt", title, dated, bodies, problems })
}

struct Walk<'a> {
    source: &'a Text,
    sheaf: Sheaf,
    /// Footnotes: they would part the sentence that they stand in.
    notes: Sheaf,
    silent: Vec<String>,
    in_note: bool,
    /// Paragraphs that are open: where each began, and what it is.
    starts: Vec<(usize, Option<ZoneKind>)>,
    columns: usize,
    at: usize,
}

impl Walk<'_> {
    fn sheaf(&mut self) -> &mut Sheaf {
        if self.in_note { &mut self.notes } else { &mut self.sheaf }
    }

    fn piece(&mut self, piece: Piece<'_>) {
        let here = self.source.origin(self.at..self.at).start;
        match piece {
            Piece::Open(name, _) if SILENT.contains(&name) => self.silent.push(name.to_owned()),
            Piece::Close(name) if self.silent.last().is_some_and(|open| open == name) => {
                self.silent.pop();
            }
            _ if !self.silent.is_empty() => {}
            Piece::Open("note-body", _) => self.in_note = true,
            Piece::Close("note-body") => self.in_note = false,
            Piece::Open("p", _) => self.open(None),
            Piece::Open("h", _) => self.open(Some(ZoneKind::Title)),
            Piece::Close("p" | "h") => {
                if let Some((start, kind)) = self.starts.pop() {
                    self.sheaf().paragraph(start, kind, here);
                }
            }
            Piece::Open("s" | "tab", _) => self.sheaf().mark(" ", here),
            Piece::Open("line-break", _) => self.sheaf().mark("\n", here),
            Piece::Open("table", _) => self.sheaf().open_table(),
            Piece::Close("table") => self.sheaf().close_table(here),
            Piece::Open("table-row", _) => self.sheaf().open_row(),
            Piece::Open("table-cell" | "covered-table-cell", tag) => {
                let columns = ["number-columns-spanned", "number-columns-repeated"];
                let columns = columns.iter().find_map(|name| attribute(tag, name)?.parse().ok());
                self.columns = columns.unwrap_or(1);
                self.sheaf().open_cell();
            }
            Piece::Close("table-cell" | "covered-table-cell") => {
                let columns = std::mem::replace(&mut self.columns, 1);
                self.sheaf().close_cell(columns);
            }
            Piece::Words(words, range) => {
                self.at = range.end;
                if !self.starts.is_empty() {
                    let source = self.source;
                    self.sheaf().push(words, source, range);
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, kind: Option<ZoneKind>) {
        let start = self.sheaf().here();
        if self.starts.len() < 64 {
            self.starts.push((start, kind));
        }
    }
}
