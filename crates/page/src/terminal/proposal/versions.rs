//! What a newer version of a document says otherwise, on a terminal.

use super::{chain, claimed, framed};
use crate::{
    Reader, phrase, redact,
    terminal::sheet::{heading, wrap},
    word, words,
};
use habeas_count::{
    Revision,
    revision::{Became, ends},
};
use habeas_model::Claim;

/// What became of each claim; those that say the same are counted only.
#[must_use]
pub fn revised(title: &str, revisions: &[Revision<'_>], reader: &Reader) -> String {
    let mut out = heading(title, reader);
    out.push_str(&wrap(&revised_in_short(revisions, reader), reader.width, ""));
    for one in revisions.iter().filter(|one| one.became() != Became::Same) {
        out.push_str(&told(one, reader));
    }
    out
}

/// How many claims came to each end, in a line.
#[must_use]
pub fn revised_in_short(revisions: &[Revision<'_>], reader: &Reader) -> String {
    let lang = reader.lang;
    let said = |(end, n): (Became, usize)| {
        words(lang, &format!("became-n-{end}"), &[("n", &phrase::number(n as u64, lang))])
    };
    format!("{}\n", ends(revisions).map(said).join(" · "))
}

fn told(one: &Revision<'_>, reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = format!("\n{}", word(lang, &format!("became-{}", one.became())));
    if !one.differs.is_empty() {
        let differs = one.differs.iter().map(|field| word(lang, &format!("field-of-{field}")));
        out.push_str(&format!(": {}", differs.collect::<Vec<_>>().join(", ")));
    }
    out = wrap(&format!("{out}\n"), reader.width, "  ");
    for (mark, side) in [("−", one.before), ("+", one.after)] {
        if let Some(claim) = side {
            out.push_str(&wrap(
                &format!("  {mark} {}\n", said(claim, reader)),
                reader.width,
                "    ",
            ));
        }
    }
    out
}

/// A claim in a line: what, of whom and when, who says so, in which words, and its identifier.
fn said(claim: &Claim, reader: &Reader) -> String {
    let lang = reader.lang;
    let mut parts = vec![claimed(claim, lang), framed(claim, lang), chain(claim, reader)];
    if redact::quotable(claim, reader) {
        parts.extend(claim.person.as_ref().map(|name| name.reveal().to_owned()));
        parts.push(format!("“{}”", claim.span.quote.replace(['\n', '\t'], " ")));
    }
    parts.push(claim.id.to_string());
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}
