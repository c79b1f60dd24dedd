//! Disputes on a terminal: what one body says against another's list, and who could be meant.

use super::sheet::{heading, wrap};
use crate::{
    Reader, phrase,
    redact::{self, Private},
    word, words,
};
use habeas_count::{Dispute, Meant};
use habeas_model::{Person, PersonId, Register, Standing};
use std::collections::HashMap;

/// So many names are told for each reason; the JSON has all by their identifiers.
const NAMES: usize = 40;

/// The disputes, each with the names that could be meant, as this reader may see them.
#[must_use]
pub fn disputes(disputes: &[Dispute], register: &Register, reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = heading(&word(lang, "disputes"), reader);
    if disputes.is_empty() {
        return format!("{out}{}\n", word(lang, "disputes-none"));
    }
    out.push_str(&wrap(&word(lang, "disputes-lead"), reader.width, ""));
    let people: HashMap<PersonId, &Person> =
        register.persons.iter().map(|person| (person.id, person)).collect();
    let private = Private::default();
    for dispute in disputes {
        out.push('\n');
        out.push_str(&wrap(&disputed(dispute, &private, reader), reader.width, "    "));
        for group in &dispute.meant {
            out.push_str(&wrap(&format!("  {}", meant(group, reader)), reader.width, "    "));
            let ids = group.persons.ids();
            let known = ids.iter().take(NAMES).filter_map(|id| people.get(id).copied());
            let mut names = redact::names(known, reader);
            if let Some(more) = ids.len().checked_sub(NAMES).filter(|more| *more > 0) {
                let n = phrase::number(more as u64, lang);
                names.push(words(lang, "disputes-more", &[("n", &n)]));
            }
            out.push_str(&wrap(&format!("    {}", names.join("; ")), reader.width, "    "));
        }
    }
    out
}

/// "Ministry against OLSA: 82 said to be free already (…), as of 12 Mar 2026: 26 could be meant,
/// of 212 listed".
pub fn disputed(dispute: &Dispute, private: &Private, reader: &Reader) -> String {
    let lang = reader.lang;
    let n = |n: u32| phrase::number(n.into(), lang);
    let against = match &dispute.against {
        Some(body) => private.body(body),
        None => word(lang, "disputes-anybody"),
    };
    let body = private.body(&dispute.body);
    let what = match dispute.claim {
        Some(_) => {
            let quantity = dispute.quantity.as_ref();
            let quantity = quantity.map_or_else(
                || word(lang, "quantity-not-said"),
                |said| phrase::quantity(said, lang),
            );
            format!("{quantity} {}", word(lang, &format!("predicate-{}", dispute.predicate)))
        }
        None => word(lang, "disputes-still-listed"),
    };
    let day = dispute.day.map_or_else(|| word(lang, "undated"), |day| phrase::day(day, lang));
    let args = [
        ("body", body.as_str()),
        ("against", against.as_str()),
        ("what", what.as_str()),
        ("day", day.as_str()),
    ];
    let mut said = words(lang, "dispute", &args);
    let (could, listed) = (n(dispute.candidates()), n(dispute.listed));
    let count = words(lang, "dispute-meant", &[("n", &could), ("listed", &listed)]);
    said.push_str(&format!(": {count}"));
    if let Some(Standing::ShortBy(short)) = dispute.standing {
        said.push_str(&format!("; {}", words(lang, "dispute-short", &[("n", &n(short))])));
    }
    said
}

/// "26 by its own list".
pub fn meant(meant: &Meant, reader: &Reader) -> String {
    let n = phrase::number(meant.persons.len() as u64, reader.lang);
    words(reader.lang, &format!("because-{}", meant.because), &[("n", &n)])
}
