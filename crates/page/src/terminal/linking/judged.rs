//! A clerical sample on a terminal: what was drawn, and what people's answers say.

use crate::{Reader, phrase::number, terminal::sheet::wrap, word, words, words::counted};
use habeas_person::link::sample::{Judged, Share};
use std::path::Path;

/// So many pairs were written; the next step.
#[must_use]
pub fn drawn(pairs: usize, path: &Path, reader: &Reader) -> String {
    let file = path.display().to_string();
    let said = counted(reader.lang, "sample-drawn", pairs, &[("file", &file)]);
    wrap(&said, reader.width, "  ")
}

/// Precision and recall, and of what.
#[must_use]
pub fn judged(judged: &Judged, (open, unsure): (usize, usize), reader: &Reader) -> String {
    let lang = reader.lang;
    let (answered, pairs) = (number(judged.answered as u64, lang), number(judged.pairs, lang));
    let args = [("answered", answered.as_str()), ("pairs", &pairs)];
    let mut out = wrap(&words(lang, "sample-of", &args), reader.width, "  ");
    let shares = [("sample-precision", judged.precision), ("sample-recall", judged.recall)];
    for (key, share) in shares {
        let said = share.map_or_else(|| word(lang, "sample-none"), |share| within(&share, reader));
        let line = format!("{}: {said}", word(lang, key));
        out.push_str(&wrap(&line, reader.width, "  "));
    }
    for (key, count) in [("sample-open", open), ("sample-unsure", unsure)] {
        if count > 0 {
            out.push_str(&wrap(&counted(lang, key, count, &[]), reader.width, "  "));
        }
    }
    out.push_str(&wrap(&word(lang, "sample-unseen"), reader.width, "  "));
    out
}

/// "0.979 (0.951 to 0.991)".
fn within(share: &Share, reader: &Reader) -> String {
    let figure = |share: f64| format!("{share:.3}");
    let args = [("at", figure(share.at)), ("low", figure(share.low)), ("high", figure(share.high))];
    let args: Vec<(&'static str, &str)> = args.iter().map(|(k, v)| (*k, v.as_str())).collect();
    words(reader.lang, "sample-within", &args)
}
