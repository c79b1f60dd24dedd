//! XML as a line of tags and words, each with its place in the source: no tree, so nothing to
//! nest too deeply.

use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};
use std::ops::Range;

/// A tag or words of XML.
pub enum Piece<'a> {
    /// An element opens; its name without prefix.
    Open(&'a str, &'a BytesStart<'a>),
    /// An element closes; also at once after an empty one.
    Close(&'a str),
    /// Words, with their bytes in the source.
    Words(&'a str, Range<usize>),
}

/// Tells of every piece, in order. What is wrong with the XML, and the byte where the reading
/// stopped.
pub fn pieces(source: &str, mut told: impl FnMut(Piece<'_>)) -> Result<(), (String, u64)> {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    loop {
        let from = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|e| (e.to_string(), reader.buffer_position()))?;
        let to = reader.buffer_position() as usize;
        match event {
            Event::Start(tag) => told(Piece::Open(tag.local_name().as_ref(), &tag)),
            Event::Empty(tag) => {
                told(Piece::Open(tag.local_name().as_ref(), &tag));
                told(Piece::Close(tag.local_name().as_ref()));
            }
            Event::End(tag) => told(Piece::Close(tag.local_name().as_ref())),
            Event::Text(_) => told(Piece::Words(&source[from..to], from..to)),
            Event::CData(words) => {
                let start = from + "<![CDATA[".len();
                let words = words.into_inner();
                told(Piece::Words(&words, start..start + words.len()));
            }
            Event::GeneralRef(name) => {
                let letter = name.resolve_char_ref().ok().flatten().map(String::from);
                let name = name.into_inner();
                let known = letter.or_else(|| resolve_predefined_entity(&name).map(str::to_owned));
                told(Piece::Words(known.as_deref().unwrap_or(&source[from..to]), from..to));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// An attribute's value by its name without prefix.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}
