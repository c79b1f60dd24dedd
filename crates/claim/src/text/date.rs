//! When: dates stated in a sentence, and those that are relative to the day of publication.

use super::lexicon::Lexicon;
use habeas_model::{Kind, Scope, Times, When};
use jiff::{ToSpan as _, civil::Date};
use regex::Regex;
use std::sync::LazyLock;

const MONTHS: [&str; 12] = [
    "january|jan|enero",
    "february|feb|febrero",
    "march|mar|marzo",
    "april|apr|abril",
    "may|mayo",
    "june|jun|junio",
    "july|jul|julio",
    "august|aug|agosto",
    "september|sept|sep|septiembre|setiembre",
    "october|oct|octubre",
    "november|nov|noviembre",
    "december|dec|diciembre",
];
const WEEKDAYS: [&str; 7] = [
    "monday|lunes",
    "tuesday|martes",
    "wednesday|miércoles",
    "thursday|jueves",
    "friday|viernes",
    "saturday|sábado",
    "sunday|domingo",
];

static DAY: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    let month = format!("(?P<month>{})", MONTHS.join("|"));
    [
        Regex::new(&format!(r"(?i)\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|º)?\s+(?:de\s+)?{month}\b\.?(?:,?\s+(?:de(?:l)?\s+)?(?P<year>20\d\d))?")),
        Regex::new(&format!(r"(?i)\b{month}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>20\d\d))?")),
        Regex::new(&format!(r"(?i)\b{month}\b(?:\s+(?:de\s+)?(?P<year>20\d\d))?")),
    ]
    .map(|pattern| pattern.expect("a pattern of ours"))
});

/// Whether a number between these words is the day of a date.
#[must_use]
pub fn is_day(before: &str, after: &str, lang: &str) -> bool {
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"(?i)^(?:st|nd|rd|th)?\s+(?:de\s+)?(?:{})\b", MONTHS.join("|")))
            .expect("ours")
    });
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"(?i)\b(?:{})\.?\s+$", MONTHS.join("|"))).expect("ours")
    });
    AFTER.is_match(after) || (lang == "en" && BEFORE.is_match(before))
}

/// A date somewhere in words, with where it ends; a month without year is the latest past one.
fn stated(words: &str, published: Option<Date>) -> Option<(usize, When)> {
    for (nth, pattern) in DAY.iter().enumerate() {
        let Some(found) = pattern.captures(words) else { continue };
        let name = found["month"].to_lowercase();
        let month =
            MONTHS.iter().position(|names| names.split('|').any(|known| known == name))? as i8 + 1;
        if nth == 2 && name == "may" && !found[0].starts_with('M') {
            continue; // "may" is a verb more often than a month.
        }
        let year =
            found.name("year").and_then(|year| year.as_str().parse().ok()).or_else(|| {
                let published = published?;
                Some(if month > published.month() {
                    published.year() - 1
                } else {
                    published.year()
                })
            })?;
        let when = match found.name("day") {
            Some(day) => When::day(Date::new(year, month, day.as_str().parse().ok()?).ok()?),
            None => When::month(year, month).ok()?,
        };
        return Some((found.get(0)?.start(), when));
    }
    None
}

/// A date relative to publication: weekdays are the latest such day, last week is Monday to Sunday
/// before.
fn relative(words: &str, published: Date) -> Option<When> {
    let folded = words.to_lowercase();
    let has = |list: &str| {
        list.split('|')
            .any(|word| folded.split(|c: char| !c.is_alphabetic()).any(|token| token == word))
    };
    let monday = published
        .checked_sub(i64::from(published.weekday().to_monday_zero_offset()).days())
        .ok()?;
    let ago = |days: i64| published.checked_sub(days.days()).ok();
    let between = |a: Date, b: Date| When::between(Some(a), Some(b)).ok();
    if ["last week", "la semana pasada"].iter().any(|phrase| folded.contains(phrase)) {
        return between(monday.checked_sub(7.days()).ok()?, monday.checked_sub(1.days()).ok()?);
    }
    if ["over the weekend", "last weekend", "el fin de semana"]
        .iter()
        .any(|phrase| folded.contains(phrase))
    {
        let back = if published.weekday().to_monday_zero_offset() >= 6 { 0 } else { 7 };
        let saturday = monday.checked_sub(i64::from(back - 5).days()).ok()?;
        return between(saturday, saturday.tomorrow().ok()?);
    }
    if has("yesterday|ayer") {
        return ago(1).map(When::day);
    }
    if has("today|hoy|tonight") || folded.contains("this morning") || folded.contains("esta mañana")
    {
        return Some(When::day(published));
    }
    let weekday = WEEKDAYS.iter().position(|names| has(names))? as i64;
    let back = (i64::from(published.weekday().to_monday_zero_offset()) - weekday).rem_euclid(7);
    ago(back).map(When::day)
}

/// Whether a sentence states a baseline.
#[must_use]
pub fn has_baseline(words: &str, lexicon: &Lexicon) -> bool {
    baseline(words, None, lexicon).is_some()
}

fn baseline(words: &str, published: Option<Date>, lexicon: &Lexicon) -> Option<(usize, When)> {
    lexicon.since.find_iter(words).find_map(|found| {
        let rest: String = words[found.end()..].chars().take(48).collect();
        let (at, when) = stated(&rest, published.or(Some(Date::constant(2026, 12, 31))))?;
        (at <= 18).then_some((found.start(), when))
    })
}

/// The dates of a claim.
#[must_use]
pub fn times(
    words: &str,
    kind: Kind,
    scope: Option<Scope>,
    published: Option<Date>,
    lexicon: &Lexicon,
) -> Times {
    let since = baseline(words, published, lexicon);
    let outside = since.as_ref().map_or(words, |(at, _)| &words[..*at]);
    let until = since.as_ref().and_then(|(at, _)| until(&words[*at..], published));
    let said = stated(outside, published).map(|(_, when)| when);
    let said = said.or_else(|| published.and_then(|day| relative(outside, day)));
    let since = since.map(|(_, when)| when);
    let today = published.map(When::day);
    match (kind, scope) {
        (Kind::Promise, _) => Times { said, ..Times::default() },
        (Kind::Count, Some(Scope::Cumulative)) => {
            Times { as_of: until.or(said).or(today), since, ..Times::default() }
        }
        (Kind::Count, Some(Scope::Stock)) => Times { as_of: said.or(today), ..Times::default() },
        (Kind::Count, _) => Times { event: said, ..Times::default() },
        _ => Times { event: said, ..Times::default() },
    }
}

/// "from the 8th to 7 February": the end of a window that begins with a baseline.
fn until(words: &str, published: Option<Date>) -> Option<When> {
    static TO: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)\b(?:hasta el|until|through|up to)\b").expect("ours"));
    let found = TO.find(words)?;
    stated(&words[found.end()..], published).map(|(_, when)| when)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lang: &str, words: &str, scope: Scope, expected: &str) {
        let published = Some(Date::constant(2026, 1, 14)); // A Wednesday.
        let times = times(words, Kind::Count, Some(scope), published, Lexicon::of(lang));
        let show = |when: Option<When>| when.map_or("-".to_owned(), |when| when.to_string());
        assert_eq!(
            format!("{} {} {}", show(times.since), show(times.as_of), show(times.event)),
            expected,
            "{words}"
        );
    }

    #[test]
    fn dates_and_baselines() {
        check("en", "151 released since 8 January", Scope::Cumulative, "2026-01-08 2026-01-14 -");
        check("en", "151 released since December", Scope::Cumulative, "2025-12 2026-01-14 -");
        check("en", "151 released so far", Scope::Cumulative, "- 2026-01-14 -");
        check(
            "es",
            "383 excarcelaciones desde el 8 de enero hasta el 12 de enero",
            Scope::Cumulative,
            "2026-01-08 2026-01-12 -",
        );
        check(
            "es",
            "626 excarcelados desde el 1 de diciembre de 2025",
            Scope::Cumulative,
            "2025-12-01 2026-01-14 -",
        );
        check("en", "five were freed on Monday", Scope::Event, "- - 2026-01-12");
        check("en", "five were freed on Wednesday", Scope::Event, "- - 2026-01-14");
        check("en", "five were freed last week", Scope::Event, "- - 2026-01-05..2026-01-11");
        check("en", "five were freed over the weekend", Scope::Event, "- - 2026-01-10..2026-01-11");
        check("es", "cinco salieron ayer", Scope::Event, "- - 2026-01-13");
    }
}
