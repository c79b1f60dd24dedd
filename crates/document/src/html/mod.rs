//! HTML: the words that a reader of the page sees, each with its bytes; navigation, scripts and
//! forms are left out.

use crate::{Text, Zone, ZoneKind};
use html5gum::{DefaultEmitter, EndTag, Spanned, StartTag, Token, Tokenizer};
use std::collections::BTreeMap;

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    /// Its words.
    pub text: Text,
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

/// Elements whose words are not the page's words.
const SILENT: [&str; 12] = [
    "script", "style", "noscript", "template", "svg", "nav", "footer", "form", "button", "select",
    "iframe", "object",
];
/// Elements that end a line.
const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "section",
    "article",
    "header",
    "main",
    "blockquote",
    "tr",
    "table",
    "figcaption",
    "figure",
    "dt",
    "dd",
];

/// Reads a page. Open elements are counted, not nested: a million of them cost a million numbers at
/// most.
#[must_use]
pub fn read(source: &Text) -> Page {
    let mut walk =
        Walk { source, page: Page::default(), silent: Vec::new(), zone: None, in_title: false };
    for token in Tokenizer::new_with_emitter(
        source.content.as_str(),
        DefaultEmitter::<usize>::new_with_span(),
    ) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => walk.open(&tag),
            Token::EndTag(tag) => walk.close(&tag),
            Token::String(words) => walk.words(&words),
            _ => {}
        }
    }
    walk.finish()
}

struct Walk<'a> {
    source: &'a Text,
    page: Page,
    /// Silent elements that are open.
    silent: Vec<String>,
    /// The zone that is open: its element, its kind, and where it began.
    zone: Option<(String, ZoneKind, usize)>,
    in_title: bool,
}

impl Walk<'_> {
    fn open(&mut self, tag: &StartTag<usize>) {
        let name = lossy(&tag.name);
        let attributes: BTreeMap<String, String> =
            tag.attributes.iter().map(|(key, value)| (lossy(key), lossy(value))).collect();
        match name.as_str() {
            "meta" => self.meta(&attributes),
            "html" => {
                self.page.lang = attributes.get("lang").map(|lang| lang.chars().take(2).collect())
            }
            "link" if attributes.get("rel").is_some_and(|rel| rel == "canonical") => {
                self.page.url = self.page.url.take().or_else(|| attributes.get("href").cloned());
            }
            "title" => self.in_title = true,
            "br" => self.line(tag.span.start),
            "time" if self.page.published.is_none() => {
                let when = attributes.get("datetime").filter(|when| !when.is_empty());
                self.page.published = when.map(|when| ("time datetime".to_owned(), when.clone()));
            }
            _ => {}
        }
        if SILENT.contains(&name.as_str()) && !tag.self_closing {
            self.silent.push(name);
            return;
        }
        if BLOCKS.contains(&name.as_str()) {
            self.paragraph(tag.span.start);
        }
        let kind = match name.as_str() {
            "h1" => ZoneKind::Title,
            "figcaption" => ZoneKind::Caption,
            "aside" => ZoneKind::Related,
            _ => return,
        };
        if self.zone.is_none() {
            self.zone = Some((name, kind, self.page.text.content.len()));
        }
    }

    fn close(&mut self, tag: &EndTag<usize>) {
        let name = lossy(&tag.name);
        if name == "title" {
            self.in_title = false;
        }
        if let Some(at) = self.silent.iter().rposition(|open| *open == name) {
            self.silent.truncate(at);
        }
        if self.zone.as_ref().is_some_and(|(element, ..)| *element == name)
            && let Some((_, kind, start)) = self.zone.take()
        {
            self.page.text.zones.push(Zone { kind, range: start..self.page.text.content.len() });
        }
        if BLOCKS.contains(&name.as_str()) {
            self.paragraph(tag.span.start);
        }
    }

    fn words(&mut self, words: &Spanned<html5gum::HtmlString, usize>) {
        let value = lossy(words);
        if self.in_title {
            self.page.title = Some(value.trim().to_owned()).filter(|title| !title.is_empty());
            return;
        }
        if self.silent.is_empty() {
            align(self.source, words.span.start, words.span.end, &value, &mut self.page.text);
        }
    }

    fn meta(&mut self, attributes: &BTreeMap<String, String>) {
        let key = ["property", "name", "itemprop"].iter().find_map(|key| attributes.get(*key));
        let (Some(key), Some(content)) = (key, attributes.get("content")) else { return };
        match key.as_str() {
            "article:published_time"
            | "date"
            | "datePublished"
            | "pubdate"
            | "dc.date"
            | "dcterms.date" => {
                self.page.published = Some((key.clone(), content.clone()));
            }
            "og:url" => self.page.url = Some(content.clone()),
            "og:site_name" => self.page.outlet = Some(content.clone()),
            _ => {}
        }
    }

    /// Ends a line, once.
    fn line(&mut self, at: usize) {
        let origin = self.source.origin(at..at).start;
        if !self.page.text.content.is_empty() && !self.page.text.content.ends_with('\n') {
            self.page.text.push("\n", origin, origin);
        }
    }

    /// Ends a paragraph, once.
    fn paragraph(&mut self, at: usize) {
        self.line(at);
        let origin = self.source.origin(at..at).start;
        if !self.page.text.content.is_empty() && !self.page.text.content.ends_with("\n\n") {
            self.page.text.push("\n", origin, origin);
        }
    }

    fn finish(mut self) -> Page {
        let zones = std::mem::take(&mut self.page.text.zones);
        let mut text = std::mem::take(&mut self.page.text).composed();
        text.zones = zones
            .into_iter()
            .filter(|zone| text.content.get(zone.range.clone()).is_some())
            .collect();
        Page { text, ..self.page }
    }
}

/// Adds the words of source bytes `from..to`, whose references were resolved to `value` by the
/// tokenizer. White space
/// is one space. Letter by letter; a reference (`&ntilde;`) is the address of what it stands for.
fn align(source: &Text, from: usize, to: usize, value: &str, text: &mut Text) {
    let Some(raw) = source.content.get(from..to.min(source.content.len())) else { return };
    let mut at = 0;
    for letter in value.chars() {
        let rest = &raw[at..];
        let width = match rest.chars().next() {
            Some('&')
                if letter != '&' || rest[1..].starts_with("amp") || rest[1..].starts_with('#') =>
            {
                reference(rest)
            }
            Some(there) => there.len_utf8(),
            None => 0,
        };
        let origin = source.origin(from + at..from + at + width);
        if !letter.is_whitespace() {
            text.push(letter.encode_utf8(&mut [0; 4]), origin.start, origin.end);
        } else if !text.content.is_empty() && !text.content.ends_with([' ', '\n']) {
            text.push(" ", origin.start, origin.end);
        }
        at += width;
    }
}

/// Bytes of the character reference that `rest` begins with.
fn reference(rest: &str) -> usize {
    let name = rest[1..]
        .bytes()
        .take(32)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    1 + name + usize::from(rest.as_bytes().get(1 + name) == Some(&b';'))
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn metadata_is_found() {
        let source = "<meta property=\"article:published_time\" content=\"2026-01-13T10:00:00Z\"><meta property=og:site_name content=Faro>";
        let page = read(&Text::plain(source));
        assert_eq!(page.published.unwrap().1, "2026-01-13T10:00:00Z");
        assert_eq!(page.outlet.as_deref(), Some("Faro"));
    }
}
