//! A date said as exactly as it was given, and no more.

use crate::{Lang, word, words};
use habeas_count::Spell;
use habeas_model::When;
use jiff::{Timestamp, civil::Date, tz::Offset};

/// A day: 20 Jan 2026, 20 ene. 2026.
#[must_use]
pub fn day(day: Date, lang: Lang) -> String {
    format!("{} {} {}", day.day(), month_name(day, lang), day.year())
}

/// A moment, microseconds since 1970, in UTC, to the minute.
#[must_use]
pub fn moment(micros: i64) -> String {
    let time = Timestamp::from_microsecond(micros).unwrap_or_default();
    Offset::UTC.to_datetime(time).strftime("%Y-%m-%d %H:%M").to_string()
}

/// "3 Jan 2026 – 19 Jan 2026", open where nothing more is known.
#[must_use]
pub fn days(spell: &Spell, lang: Lang) -> String {
    let from = spell.from.map_or_else(|| word(lang, "person-before"), |on| day(on, lang));
    let until = spell.until.map_or_else(|| word(lang, "person-since"), |on| day(on, lang));
    format!("{from} – {until}")
}

fn month_name(day: Date, lang: Lang) -> String {
    word(lang, &format!("month-{}", day.month()))
}

/// A date as somebody gave it.
#[must_use]
pub fn when(when: &When, lang: Lang) -> String {
    match (when.first(), when.last()) {
        (Some(first), Some(last)) if first == last => match when.hour() {
            Some(hour) => {
                let hour = format!("{:02}:{:02}", hour.hour(), hour.minute());
                words(lang, "when-hour", &[("day", &day(first, lang)), ("hour", &hour)])
            }
            None => day(first, lang),
        },
        (Some(first), Some(last))
            if (first, last) == (first.first_of_year(), first.last_of_year()) =>
        {
            first.year().to_string()
        }
        (Some(first), Some(last))
            if (first, last) == (first.first_of_month(), first.last_of_month()) =>
        {
            format!("{} {}", month_name(first, lang), first.year())
        }
        (Some(first), Some(last)) => {
            let (first, last) = (day(first, lang), day(last, lang));
            words(lang, "when-between", &[("first", &first), ("last", &last)])
        }
        (None, Some(last)) => words(lang, "when-until", &[("day", &day(last, lang))]),
        (Some(first), None) => words(lang, "when-from", &[("day", &day(first, lang))]),
        (None, None) => word(lang, "date-not-said"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, en: &str, es: &str) {
        let it: When = text.parse().unwrap();
        assert_eq!([when(&it, Lang::En), when(&it, Lang::Es)], [en, es]);
    }

    #[test]
    fn a_date_keeps_its_precision() {
        check("2026-01-20", "20 Jan 2026", "20 ene. 2026");
        check("2026-02-04T18:10", "4 Feb 2026, 18:10", "4 feb. 2026, 18:10");
        check("2026-01", "Jan 2026", "ene. 2026");
        check("2026", "2026", "2026");
        check("..2026-02-27", "until 27 Feb 2026", "hasta 27 feb. 2026");
        check("2024-07-28..", "from 28 Jul 2024", "desde 28 jul. 2024");
        check("2026-01-05..2026-01-11", "5 Jan 2026 to 11 Jan 2026", "5 ene. 2026 a 11 ene. 2026");
    }
}
