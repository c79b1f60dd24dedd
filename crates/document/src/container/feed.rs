//! RSS, Atom and RDF: each entry of a feed is a document, with its link, title and date.

use crate::{
    Body, Document, Text, html, published,
    xml::{self, Piece, attribute},
};
use habeas_model::{Digest, Problem};

/// An entry in the making.
#[derive(Default)]
struct Entry {
    title: Text,
    link: String,
    id: String,
    date: String,
    /// What it says of itself: the fuller wins.
    summary: Text,
    content: Text,
}

/// The documents of a feed. XML that breaks off is a problem; what stands before it is read.
pub fn documents(
    blob: Digest,
    source: &Text,
    name: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Document> {
    let mut feed = Feed { source, blob, ..Feed::default_of(source) };
    let walked = xml::pieces(&source.content, |piece| feed.piece(piece));
    if let Err((why, at)) = walked {
        problems.push(Problem::new("xml-broken", format!("{name}, byte {at}"), why));
        feed.end();
    }
    if feed.documents.is_empty() {
        problems.push(Problem::new("feed-empty", name, ""));
    }
    feed.documents
}

struct Feed<'a> {
    source: &'a Text,
    blob: Digest,
    outlet: String,
    lang: Option<String>,
    entry: Option<Entry>,
    /// The element whose words are taken, and how deep inside an entry it is.
    open: Vec<String>,
    documents: Vec<Document>,
}

impl<'a> Feed<'a> {
    fn default_of(source: &'a Text) -> Feed<'a> {
        Feed {
            source,
            blob: Digest::of(b""),
            outlet: String::new(),
            lang: None,
            entry: None,
            open: Vec::new(),
            documents: Vec::new(),
        }
    }

    fn piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open(name, tag) => {
                match name {
                    "item" | "entry" => {
                        self.entry = Some(Entry::default());
                        self.open.clear();
                        return;
                    }
                    "feed" => self.lang = attribute(tag, "lang"),
                    "link" => self.link(tag),
                    _ => {}
                }
                if self.open.len() < 64 {
                    self.open.push(name.to_owned());
                }
            }
            Piece::Close("item" | "entry") => self.end(),
            Piece::Close(name) => {
                if let Some(at) = self.open.iter().rposition(|open| open == name) {
                    self.open.truncate(at);
                }
            }
            Piece::Words(words, range) => self.words(words, range),
        }
    }

    /// Atom writes a link as an attribute; the one without `rel`, or `alternate`, is the page.
    fn link(&mut self, tag: &quick_xml::events::BytesStart<'_>) {
        let page = attribute(tag, "rel").is_none_or(|rel| rel == "alternate");
        if let (Some(entry), Some(href), true) = (&mut self.entry, attribute(tag, "href"), page) {
            entry.link = href;
        }
    }

    fn words(&mut self, words: &str, range: std::ops::Range<usize>) {
        let Some(element) = self.open.last().map(String::as_str) else { return };
        let origin = self.source.origin(range.clone());
        let Some(entry) = &mut self.entry else {
            match element {
                "title" if self.open.len() <= 3 && self.documents.is_empty() => {
                    self.outlet.push_str(words)
                }
                "language" => self.lang = Some(words.trim().chars().take(2).collect()),
                _ => {}
            }
            return;
        };
        let whole = words.len() == range.len();
        let push = |text: &mut Text| match whole {
            // As it stands in the source: letter for letter, over the source's own map.
            true => self.source.copy(range.clone(), text),
            false => text.push(words, origin.start, origin.end),
        };
        match element {
            "title" => push(&mut entry.title),
            "description" | "summary" => push(&mut entry.summary),
            "content" | "encoded" => push(&mut entry.content),
            "div" | "p" if self.open.iter().any(|open| open == "content") => {
                push(&mut entry.content)
            }
            "link" => entry.link.push_str(words),
            "guid" | "id" => entry.id.push_str(words),
            "pubDate" | "published" | "date" => entry.date.push_str(words),
            "updated" if !self.open.iter().any(|o| o == "source") && entry.date.is_empty() => {
                entry.date.push_str(words)
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        let Some(entry) = self.entry.take() else { return };
        let longer = entry.content.content.len() >= entry.summary.content.len();
        let said = if longer { entry.content } else { entry.summary };
        // What it says is HTML, written as text (RSS 2.0, Atom type="html"), or plain words.
        let mut text = Text::default();
        text.append(&html::read(&entry.title).text);
        let end = text.content.len();
        if end > 0 {
            let kind = crate::ZoneKind::Title;
            text.zones = vec![crate::Zone { kind, range: 0..end }];
            let origin = text.origin(end..end).end;
            text.paragraph(origin);
        }
        text.append(&html::read(&said).text);
        let date = Some(entry.date.trim()).filter(|date| !date.is_empty());
        let link = [entry.link.trim(), entry.id.trim()].into_iter().find(|l| l.starts_with("http"));
        let nth = self.documents.len() + 1;
        let id = Some(entry.id.trim()).filter(|id| !id.is_empty());
        let title = text.content[..end].trim().to_owned();
        let by_text = published::published(&text.content, link, date.map(|date| ("date", date)));
        let stated = date.and_then(|date| published::published("", None, Some(("date", date))));
        self.documents.push(Document {
            part: id.map_or_else(|| format!("entry {nth}"), str::to_owned),
            title: Some(title).filter(|title| !title.is_empty()),
            url: link.map(str::to_owned),
            outlet: Some(self.outlet.trim().to_owned()).filter(|outlet| !outlet.is_empty()),
            lang: self.lang.clone(),
            published: stated.or(by_text),
            ..Document::new(self.blob, "feed", Body::Text(text.composed()))
        });
    }
}
