//! HTML: the words that a reader of the page sees, each with its bytes. Title, dateline, main text,
//! captions and links to other pages are zones; menus, forms, share bars and notices are gone.

mod blocks;
mod element;
mod words;

use crate::{Sheet, Text};
use blocks::Blocks;
use element::{Element, Part};
use html5gum::{DefaultEmitter, EndTag, Spanned, StartTag, Token, Tokenizer};
use std::collections::HashMap;

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    /// Its words.
    pub text: Text,
    /// Its tables of rows and columns; their words are not in the text.
    pub tables: Vec<Sheet>,
    /// `<title>`.
    pub title: Option<String>,
    /// `<html lang>`.
    pub lang: Option<String>,
    /// Publication date in metadata: key and value.
    pub published: Option<(String, String)>,
    /// Canonical address.
    pub url: Option<String>,
    /// Site name.
    pub outlet: Option<String>,
}

/// Reads a page.
#[must_use]
pub fn read(source: &Text) -> Page {
    let mut walk = Walk {
        source,
        page: Page::default(),
        blocks: Blocks::default(),
        open: Vec::new(),
        counts: HashMap::new(),
        in_title: false,
    };
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true); // What stands in a script is no element.
    for token in Tokenizer::new_with_emitter(source.content.as_str(), emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => walk.open(&tag),
            Token::EndTag(tag) => walk.close(&tag),
            Token::String(words) => walk.words(&words),
            _ => {}
        }
    }
    let Walk { mut page, blocks, .. } = walk;
    (page.text, page.tables) = blocks.finish();
    page
}

/// An element that is open.
struct Open {
    name: Element,
    /// What its words are: its own part, or that of what it stands in.
    part: Part,
}

struct Walk<'a> {
    source: &'a Text,
    page: Page,
    blocks: Blocks,
    open: Vec<Open>,
    /// How many of each element are open: an end without a beginning costs nothing.
    counts: HashMap<Element, usize>,
    in_title: bool,
}

impl Walk<'_> {
    fn open(&mut self, tag: &StartTag<usize>) {
        let Ok(name) = std::str::from_utf8(&tag.name) else { return };
        let element = Element::of(name);
        let get = |key: &str| {
            tag.attributes.get(key.as_bytes()).and_then(|value| std::str::from_utf8(value).ok())
        };
        match name {
            "meta" => return self.meta(&get),
            "html" => self.page.lang = get("lang").map(|lang| lang.chars().take(2).collect()),
            "link" if get("rel") == Some("canonical") => {
                self.page.url = self.page.url.take().or_else(|| get("href").map(str::to_owned));
            }
            "title" if self.page.title.is_none() => self.in_title = true,
            "time" if self.page.published.is_none() => {
                let when = get("datetime").filter(|when| !when.is_empty());
                self.page.published =
                    when.map(|when| ("time datetime".to_owned(), when.to_owned()));
            }
            _ => {}
        }
        let at = self.source.origin(tag.span.start..tag.span.start).start;
        if name == "br" {
            return self.blocks.line(at);
        }
        if element.is_void() || tag.self_closing {
            return;
        }
        let outer = self.part();
        let part = element::part(name, &get, outer);
        if element.is_block() {
            self.blocks.end(at);
        }
        self.blocks.begin(element, part, at);
        *self.counts.entry(element).or_default() += 1;
        self.open.push(Open { name: element, part });
    }

    fn close(&mut self, tag: &EndTag<usize>) {
        let Ok(name) = std::str::from_utf8(&tag.name) else { return };
        let element = Element::of(name);
        self.in_title &= name != "title";
        if self.counts.get(&element).copied().unwrap_or(0) == 0 {
            return;
        }
        let at = self.source.origin(tag.span.start..tag.span.start).start;
        // What was left open within it ends with it.
        while let Some(open) = self.open.pop() {
            if let Some(count) = self.counts.get_mut(&open.name) {
                *count -= 1;
            }
            if open.name.is_block() {
                self.blocks.end(at);
            }
            let part = self.part();
            self.blocks.finish_element(open.name, part, at);
            if open.name == element {
                return;
            }
        }
    }

    fn part(&self) -> Part {
        self.open.last().map_or(Part::Page, |open| open.part)
    }

    fn words(&mut self, said: &Spanned<html5gum::HtmlString, usize>) {
        let Ok(value) = std::str::from_utf8(said) else { return };
        if self.in_title {
            self.page.title = Some(value.trim().to_owned()).filter(|title| !title.is_empty());
            return;
        }
        let part = self.part();
        if part == Part::Silent {
            return;
        }
        let linked = self.counts.get(&Element::A).is_some_and(|open| *open > 0);
        let before = self.blocks.text.content.len();
        words::align(self.source, said.span.start..said.span.end, value, &mut self.blocks.text);
        self.blocks.said(before, linked, part);
    }

    fn meta<'a>(&mut self, get: &impl Fn(&str) -> Option<&'a str>) {
        let key = ["property", "name", "itemprop"].iter().find_map(|key| get(key));
        let (Some(key), Some(content)) = (key, get("content")) else { return };
        match key {
            "article:published_time"
            | "date"
            | "datePublished"
            | "pubdate"
            | "dc.date"
            | "dcterms.date" => {
                self.page.published = Some((key.to_owned(), content.to_owned()));
            }
            "og:url" => self.page.url = Some(content.to_owned()),
            "og:site_name" => self.page.outlet = Some(content.to_owned()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ZoneKind;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(read(&Text::plain(source)).text.content.trim(), expected);
    }

    #[test]
    fn a_page_is_its_words() {
        check(
            "<p>Hay <b>116</b> libres.</p><p>Y m&aacute;s &amp; m\u{e1}s.</p>",
            "Hay 116 libres.\n\nY más & más.",
        );
        check("<nav><a>Home</a></nav><p>Uno<br>dos</p><script>var n = 9;</script>", "Uno\ndos");
        check("<ul>\n <li>Torre: 14</li>\n <li>Cerro: 4</li></ul>", "Torre: 14\n\nCerro: 4");
        check("<script>if (a < 3) { p = '<p>116</p>'; }</script><p>Dos</p>", "Dos");
        check("<form><p>Subscribe</p></form>Text &unknown; here", "Text &unknown; here");
    }

    #[test]
    fn words_keep_their_bytes() {
        let source = "<html lang=es><title>T</title><p>M&aacute;s de 400 personas</p>";
        let page = read(&Text::plain(source));
        for (words, raw) in [("Más", "M&aacute;s"), ("400", "400"), ("personas", "personas")] {
            let at = page.text.content.find(words).unwrap();
            let origin = page.text.origin(at..at + words.len());
            assert_eq!(&source[origin.start as usize..origin.end as usize], raw);
        }
        assert_eq!((page.lang.as_deref(), page.title.as_deref()), (Some("es"), Some("T")));
    }

    #[test]
    fn a_million_nested_elements_are_read() {
        let source = format!("{}<p>Hay 116 libres.</p>", "<div>".repeat(1_000_000));
        check(&source, "Hay 116 libres.");
    }

    /// A page of a newspaper, as pages are: the story is a fifth of it.
    const PAPER: &str = include_str!("paper.html");

    #[test]
    fn a_page_has_zones_and_no_boilerplate() {
        let page = read(&Text::plain(PAPER));
        let of = |kind: ZoneKind| {
            let zones = page.text.zones.iter().filter(move |zone| zone.kind == kind);
            let said = zones.map(|zone| page.text.content[zone.range.clone()].trim());
            said.collect::<Vec<_>>().join(" | ").replace("\n\n", " / ")
        };
        assert_eq!(of(ZoneKind::Title), "Suben a 116 los excarcelados");
        assert_eq!(of(ZoneKind::Dateline), "Por la redacción, 13 de enero de 2026");
        assert_eq!(of(ZoneKind::Caption), "Familiares ante la cárcel el lunes.");
        let related = of(ZoneKind::Related);
        for linked in ["Quedan 400", "Otros 50", "Liberan a 30", "12.000 lectores"] {
            assert!(related.contains(linked), "{linked}: {related}");
        }
        for gone in ["Portada", "cookies", "Compartir", "1950", "Cerro Hondo\n"] {
            assert!(!page.text.content.contains(gone), "{gone}: {}", page.text.content);
        }
        let at = page.text.content.find("116 presos salieron").unwrap();
        assert!(page.text.zones.iter().all(|zone| !zone.range.contains(&at)));
        let rows: Vec<Vec<&str>> = page.tables[0]
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
            .collect();
        assert_eq!(rows, [["Sitio", "Salieron"], ["Cerro Hondo", "102"], ["La Torre", "14"]]);
        let bytes = page.tables[0].rows[2].cells[1].bytes.clone().unwrap();
        assert_eq!(&PAPER[bytes.start as usize..bytes.end as usize], "14");
    }

    #[test]
    fn ends_without_beginnings_cost_nothing() {
        let source = format!("{}{}<p>Hay 116.</p>", "<b>".repeat(100_000), "</i>".repeat(100_000));
        check(&source, "Hay 116.");
        check("<p>Uno</section></p><div>Dos</div>", "Uno\n\nDos");
    }

    #[test]
    fn metadata_is_found() {
        let source = "<meta property=\"article:published_time\" content=\"2026-01-13T10:00:00Z\"><meta property=og:site_name content=Faro>";
        let page = read(&Text::plain(source));
        assert_eq!(page.published.unwrap().1, "2026-01-13T10:00:00Z");
        assert_eq!(page.outlet.as_deref(), Some("Faro"));
    }
}
