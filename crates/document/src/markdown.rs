//! Markdown and plain text: front matter and heading lines say who published it; the rest is words.

use crate::{Text, Zone, ZoneKind};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What a document says of itself in front matter (`key: value` between `---` lines).
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// Title.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// When, as written.
    pub date: Option<String>,
    /// Language.
    pub lang: Option<String>,
    /// Byte of the source at which the words begin.
    pub end: usize,
}

/// Reads front matter, if the source begins with some.
#[must_use]
pub fn front(source: &str) -> Front {
    let mut front = Front::default();
    let Some(rest) = source.strip_prefix("---\n").or_else(|| source.strip_prefix("---\r\n")) else {
        return front;
    };
    let Some(close) = rest.find("\n---") else { return front };
    for line in rest[..close].lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = Some(value.trim().trim_matches(['"', '\'']).to_owned())
            .filter(|value| !value.is_empty());
        match key.trim().to_lowercase().as_str() {
            "title" | "titulo" | "título" => front.title = value,
            "outlet" | "medio" | "source" | "fuente" => front.outlet = value,
            "url" => front.url = value,
            "date" | "fecha" | "published" | "publicado" => front.date = value,
            "lang" | "idioma" => front.lang = value,
            _ => {}
        }
    }
    let after = source.len() - rest.len() + close + 4;
    front.end = source[after..].find('\n').map_or(source.len(), |n| after + n + 1);
    front
}

/// The words of Markdown without its marks. Each stretch of words keeps its address in `source`.
#[must_use]
pub fn words(source: &Text, from: usize) -> Text {
    let mut text = Text::default();
    let mut title = None;
    for (event, range) in
        Parser::new_ext(&source.content[from..], Options::ENABLE_TABLES).into_offset_iter()
    {
        let origin = source.origin(from + range.start..from + range.end);
        match event {
            Event::Text(words) | Event::Code(words) => text.push(&words, origin.start, origin.end),
            Event::SoftBreak => text.push(" ", origin.start, origin.end),
            Event::HardBreak => text.push("\n", origin.start, origin.end),
            Event::Start(Tag::Heading { .. }) => title = Some(text.content.len()),
            Event::End(TagEnd::Heading(_)) => {
                if let Some(start) = title.take() {
                    text.zones
                        .push(Zone { kind: ZoneKind::Title, range: start..text.content.len() });
                }
                text.push("\n\n", origin.end, origin.end);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Table) => {
                text.push("\n\n", origin.end, origin.end)
            }
            Event::End(TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => {
                text.push("\n", origin.end, origin.end)
            }
            Event::End(TagEnd::TableCell) => text.push(" ", origin.end, origin.end),
            _ => {}
        }
    }
    let zones = std::mem::take(&mut text.zones);
    let mut made = text.composed();
    made.zones = zones; // Words of a source in NFC are in NFC, but for marks between: zones hold.
    made.zones.retain(|zone| made.content.get(zone.range.clone()).is_some());
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_no_text() {
        let source = "---\noutlet: El Faro\nurl: https://example.org/2026/01/13/x\n---\n# Suben\n\nHay **116** libres.\n";
        let front = front(source);
        assert_eq!((front.outlet.as_deref(), front.title.as_deref()), (Some("El Faro"), None));
        let text = words(&Text::plain(source), front.end);
        assert_eq!(text.content, "Suben\n\nHay 116 libres.\n\n");
        let at = text.content.find("116").unwrap();
        let origin = text.origin(at..at + 3);
        assert_eq!(&source[origin.start as usize..origin.end as usize], "116");
        assert_eq!(text.zones, [Zone { kind: ZoneKind::Title, range: 0..5 }]);
    }
}
