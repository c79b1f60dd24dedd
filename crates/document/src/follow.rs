//! Following an address back: from a span to the very bytes that it names.

use crate::{container, pdf};
use habeas_model::{Place, Span};
use std::borrow::Cow;

/// The bytes of the part that `span` lies in, for a file of these bytes and this name: containers
/// are unpacked step by step, a step that leads no further (the `id` of a line of JSON, an entry
/// of a feed) stays where it is.
#[must_use]
pub fn part<'a>(file: &'a [u8], name: &str, part: &str) -> Cow<'a, [u8]> {
    let mut bytes: Cow<'a, [u8]> = file.into();
    let mut name = name.to_owned();
    for step in part.split("!/").filter(|step| !step.is_empty()) {
        let inside = match pdf::is_pdf(&bytes) {
            true => pdf::page_text(&bytes, step),
            false => container::step(&bytes, &name, step),
        };
        match inside {
            Some(inside) => bytes = inside.into(),
            None => break,
        }
        step.clone_into(&mut name);
    }
    bytes
}

/// The bytes that `span` names: none for cells, which are named by row and column, and none if the
/// address leads out of the file.
#[must_use]
pub fn follow(file: &[u8], name: &str, span: &Span) -> Option<Vec<u8>> {
    let Place::Text { from, to, .. } = span.place else { return None };
    let bytes = part(file, name, &span.part);
    let range = usize::try_from(from).ok()?..usize::try_from(to).ok()?;
    bytes.get(range).map(<[u8]>::to_vec)
}
