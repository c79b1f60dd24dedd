//! Tallies and changes on a terminal: how many persons, and why one answer became another.

mod person;

pub use person::person;

use super::sheet::{Sheet, Shown, heading, wrap};
use crate::{Lang, Reader, phrase, redact, word, words};
use habeas_count::{By, Change, Figure, Shift, Side, Tally, TallyRow};
use habeas_model::{Person, PersonId, Register, Unit};
use std::collections::HashMap;

/// The tally.
#[must_use]
pub fn tally(tally: &Tally, reader: &Reader) -> String {
    let lang = reader.lang;
    let by = word(lang, &format!("by-{}", tally.by));
    let mut out = heading(&words(lang, "tally-title", &[("by", &by)]), reader);
    let counted = |key: &str| match tally.unit {
        Unit::Person => word(lang, key),
        unit => format!("{} ({})", word(lang, key), word(lang, &format!("unit-{unit}"))),
    };
    let headings =
        [by, word(lang, "tally-persons"), counted("tally-held"), counted("tally-released")];
    let mut sheet = Sheet::new(headings).numbers(&[1, 2, 3]);
    for row in &tally.rows {
        sheet.row(cells(key(tally.by, &row.key, lang), row, lang));
    }
    sheet.row(cells(word(lang, "tally-all"), &tally.total, lang));
    out.push_str(&sheet.text(reader));
    let persons = &tally.total.persons;
    let notes = [
        ("unreviewed-count", persons.unreviewed),
        ("withheld-of", persons.withheld),
        ("tally-uncounted", tally.uncounted),
    ];
    for (key, n) in notes {
        if n > 0 {
            let said = words(lang, key, &[("n", &phrase::number(n.into(), lang))]);
            out.push_str(&wrap(&said, reader.width, ""));
        }
    }
    out
}

fn cells(key: String, row: &TallyRow, lang: Lang) -> Vec<Shown> {
    let figure = |figure: &Figure| Shown::plain(phrase::number(figure.count.into(), lang));
    vec![Shown::plain(key), figure(&row.persons), figure(&row.held), figure(&row.released)]
}

/// A value of an axis in words.
pub fn key(by: By, key: &str, lang: Lang) -> String {
    let kind = match by {
        _ if key.is_empty() => return word(lang, "tally-unknown"),
        By::Custody => "custody",
        By::Sex => "sex",
        By::Age => "age",
        By::Category | By::Side => "category",
        By::Legal => "legal",
        By::Verification => "verification",
        By::Nationality if key == "foreign" => "nationality",
        By::Nationality | By::Place | By::Facility => return key.to_owned(),
    };
    word(lang, &format!("{kind}-{key}"))
}

/// The change, part by part (invariant 9).
#[must_use]
pub fn change(change: &Change, reader: &Reader) -> String {
    let lang = reader.lang;
    let (before, after) = (point(&change.from, lang), point(&change.to, lang));
    let title = words(lang, "change-title", &[("before", &before), ("after", &after)]);
    let mut out = wrap(&title, reader.width, "  ");
    for (key, shift) in [("change-held", &change.held), ("change-released", &change.released)] {
        out.push_str(&heading(&word(lang, key), reader));
        out.push_str(&parts(shift, reader));
    }
    out
}

/// Who stands behind each part of a change, by identifier and name (invariant 9).
#[must_use]
pub fn change_rows(change: &Change, register: &Register, reader: &Reader) -> String {
    let lang = reader.lang;
    let shifts = [("change-held", &change.held), ("change-released", &change.released)];
    let parts = shifts.into_iter().flat_map(|(key, shift)| {
        shift.parts.iter().map(move |part| {
            let cause = word(lang, &format!("cause-{}", part.cause));
            let title = format!("{}: {} {cause}", word(lang, key), phrase::signed(part.by, lang));
            (title, part.persons.clone())
        })
    });
    rows(parts, register, reader)
}

/// Who stands in each row of a tally, by identifier and name (invariant 13).
#[must_use]
pub fn tally_rows(tally: &Tally, register: &Register, reader: &Reader) -> String {
    let figures = tally.rows.iter().flat_map(|row| {
        let value = key(tally.by, &row.key, reader.lang);
        let all = [("persons", &row.persons), ("held", &row.held), ("released", &row.released)];
        let said = all.into_iter().filter(|(_, figure)| figure.count > 0);
        said.map(move |(column, figure)| {
            let n = phrase::number(figure.count.into(), reader.lang);
            let column = word(reader.lang, &format!("tally-{column}"));
            (format!("{value}: {n} {column}"), figure.persons.ids())
        })
    });
    rows(figures, register, reader)
}

/// Figures with the persons behind them; one who is in the register no more is told by identifier.
fn rows(
    figures: impl Iterator<Item = (String, Vec<PersonId>)>,
    register: &Register,
    reader: &Reader,
) -> String {
    let known: HashMap<PersonId, &Person> =
        register.persons.iter().map(|person| (person.id, person)).collect();
    let mut out = String::new();
    for (title, persons) in figures {
        out.push('\n');
        out.push_str(&wrap(&title, reader.width, "  "));
        for id in persons {
            let name = known.get(&id).map(|person| redact::person(person, reader).to_string());
            let said = format!("  {id} {}", name.unwrap_or_default());
            out.push_str(&wrap(&said, reader.width, "    "));
        }
    }
    out
}

pub(crate) fn point(side: &Side, lang: Lang) -> String {
    let position = phrase::number(side.position, lang);
    let with = [("position", position.as_str()), ("rule", side.rule.as_str())];
    match side.true_at.map(|day| phrase::day(day, lang)) {
        Some(day) => words(lang, "change-point", &[&with[..], &[("day", &day)]].concat()),
        None => words(lang, "change-point-now", &with),
    }
}

fn parts(shift: &Shift, reader: &Reader) -> String {
    let lang = reader.lang;
    let n = |n: u32| phrase::number(n.into(), lang);
    let sum =
        words(lang, "change-sum", &[("before", &n(shift.before)), ("after", &n(shift.after))]);
    let mut lines = vec![(sum, String::new())];
    for part in &shift.parts {
        lines.push((phrase::signed(part.by, lang), word(lang, &format!("cause-{}", part.cause))));
    }
    if shift.parts.is_empty() {
        lines.push((phrase::signed(0, lang), word(lang, "change-same")));
    }
    let total = i64::from(shift.after) - i64::from(shift.before);
    lines.push((phrase::signed(total, lang), word(lang, "change-total")));
    let widest = lines[1..].iter().map(|(n, _)| n.chars().count()).max().unwrap_or(0);
    let line = |(at, (n, what)): (usize, &(String, String))| match at {
        0 => format!("{n}\n"),
        _ => format!("{n:>widest$}  {what}\n"),
    };
    lines.iter().enumerate().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use habeas_count::{Cause, ChangePart};

    #[test]
    fn a_change_is_told_to_its_last_part() {
        let side = |position| Side {
            position,
            true_at: Some("2026-02-01".parse().unwrap()),
            rule: "strict".to_owned(),
            unit: Unit::Person,
        };
        let part = |cause, by| ChangePart { cause, by, persons: vec![PersonId::from_bits(5)] };
        let parts = vec![part(Cause::NewlyHappened, 120), part(Cause::Merged, -5)];
        let released = Shift { before: 151, after: 266, parts };
        let held = Shift { before: 3, after: 3, parts: Vec::new() };
        let (change, reader) =
            (Change { from: side(10), to: side(1200), held, released }, Reader::public(Lang::En));
        let told = super::change(&change, &reader);
        for part in [
            "151 → 266",
            "+120  newly happened",
            "  −5  merged",
            "+115  in all",
            "entry 1,200",
            "nothing changed",
        ] {
            assert!(told.contains(part), "`{part}` is not in\n{told}");
        }
        let mut register = Register::default();
        let gone = "\nReleased: +120 newly happened\n  0000000000000005\n";
        assert!(change_rows(&change, &register, &reader).contains(gone));
        register.persons.push(crate::sample::person(5, "Milo Escandón"));
        let known = "\nReleased: −5 merged\n  0000000000000005 Milo Escandón\n";
        assert!(change_rows(&change, &register, &reader).contains(known));
    }

    #[test]
    fn a_tally_says_what_is_unknown() {
        let mut known = TallyRow { key: "f".to_owned(), ..TallyRow::default() };
        known.persons.count = 1200;
        let mut total = TallyRow::default();
        (total.persons.count, total.persons.withheld) = (1201, 3);
        let rows = vec![known, TallyRow::default()];
        let tally = Tally {
            by: By::Sex,
            rule: "strict".to_owned(),
            unit: Unit::Person,
            true_at: None,
            position: 4,
            total,
            rows,
            uncounted: 0,
        };
        let told = super::tally(&tally, &Reader::public(Lang::Es));
        for part in ["mujer", "1.200", "1.201", "se desconoce", "nombres reservados de 3"] {
            assert!(told.contains(part), "`{part}` is not in\n{told}");
        }
    }
}
