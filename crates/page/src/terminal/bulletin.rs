//! The bulletin of a week as plain text, for mail and for terminals.

use super::sheet::{Sheet, Shown, heading};
use crate::{
    Reader, html, phrase,
    redact::{self, Private},
    word,
};
use habeas_count::Bulletin;
use habeas_model::{Person, PersonId, Register};
use std::collections::HashMap;

/// The bulletin.
#[must_use]
pub fn bulletin(told: &Bulletin, register: &Register, title: &str, reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = format!("{title}\n");
    out.push_str(&heading(&html::word_of_week(told, reader), reader));
    out.push_str(&super::change(&told.change, reader));
    out.push_str(&names(told, register, reader));
    out.push_str(&heading(&word(lang, "week-course"), reader));
    out.push_str(&course(told, reader));
    for tally in &told.tallies {
        out.push_str(&super::tally(tally, reader));
    }
    out.push_str(&super::board(&told.board, reader));
    out.push_str(&super::audit(&told.findings, reader));
    out.push_str(&super::promises(&told.promises, reader));
    out.push_str(&disputes(told, reader));
    out
}

/// Who came in and went out, as far as they may be named.
fn names(told: &Bulletin, register: &Register, reader: &Reader) -> String {
    let people: HashMap<PersonId, &Person> =
        register.persons.iter().map(|person| (person.id, person)).collect();
    let mut out = String::new();
    for (key, shift) in
        [("change-held", &told.change.held), ("change-released", &told.change.released)]
    {
        for part in &shift.parts {
            let known = part.persons.iter().filter_map(|id| people.get(id).copied());
            let who = redact::names(known, reader).join("; ");
            let cause = word(reader.lang, &format!("cause-{}", part.cause));
            let by = phrase::signed(part.by, reader.lang);
            let said = format!("{}, {cause} {by}: {who}", word(reader.lang, key));
            out.push_str(&super::sheet::wrap(&said, reader.width, "    "));
        }
    }
    out
}

fn course(told: &Bulletin, reader: &Reader) -> String {
    let lang = reader.lang;
    let headings = ["col-day", "change-held", "change-released"].map(|key| word(lang, key));
    let mut sheet = Sheet::new(headings).numbers(&[1, 2]);
    let days = told.course.first.series(jiff::Span::new().days(1));
    let total = &told.course.total;
    let n = |n: &u32| Shown::plain(phrase::number((*n).into(), lang));
    for ((day, held), out) in days.zip(&total.held).zip(&total.released) {
        sheet.row([Shown::plain(phrase::day(day, lang)), n(held), n(out)]);
    }
    sheet.text(reader)
}

fn disputes(told: &Bulletin, reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = heading(&word(lang, "disputes"), reader);
    if told.disputes.is_empty() {
        out.push_str(&format!("{}\n", word(lang, "disputes-none")));
    }
    let private = Private::of(&told.board, reader);
    for dispute in &told.disputes {
        let said = super::disputed(dispute, &private, reader);
        out.push_str(&super::sheet::wrap(&said, reader.width, "    "));
    }
    out
}
