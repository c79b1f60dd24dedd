//! The words of a document as its reader had them, opened again from its bytes.

use crate::{Case, Error};
use habeas_document::{Document, each};
use habeas_model::Received;

/// One document of a file.
pub struct Opened {
    /// It.
    pub document: Document,
    /// Which one of the file's documents, from 0.
    pub nth: usize,
    /// How many there are.
    pub of: usize,
}

/// The `nth` document of a file, else the first that `wanted` says yes to, else the first.
pub fn opened(
    case: &Case,
    received: &Received,
    nth: Option<usize>,
    wanted: impl Fn(&Document) -> bool,
) -> Result<Option<Opened>, Error> {
    let bytes = case.ledger.blob(&received.blob)?;
    let mut asked = case.settings.asked(&received.name);
    if received.capture.began.is_some() {
        asked.url = asked.url.or_else(|| received.capture.url.clone());
    }
    let (mut found, mut first, mut of) = (None, None, 0);
    each(&bytes, &asked, &mut |document| {
        let here = nth.map_or_else(|| wanted(&document), |nth| nth == of);
        if here && found.is_none() {
            found = Some((document, of));
        } else if of == 0 {
            first = Some((document, 0));
        }
        of += 1;
    })?;
    let found = found.or(first.filter(|_| nth.is_none()));
    Ok(found.map(|(document, nth)| Opened { document, nth, of }))
}
