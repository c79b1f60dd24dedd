//! When it was published, and why we think so: the dateline, then the address, then metadata.

use habeas_model::{Dated, Evidence, When};
use jiff::civil::Date;
use regex::{Captures, Regex};
use std::sync::LazyLock;

const MONTHS: [(&str, i8); 12] = [
    ("jan ene", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr abr", 4),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug ago", 8),
    ("sep set", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec dic", 12),
];

static PATTERNS: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    let month = r"(?P<month>jan|ene|feb|mar|apr|abr|may|jun|jul|aug|ago|sep|set|oct|nov|dec|dic)[[:alpha:]]*\.?";
    [
        Regex::new(&format!(r"(?i)\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:de\s+)?{month},?\s+(?:de[l]?\s+)?(?P<year>20\d\d)\b")),
        Regex::new(&format!(r"(?i)\b{month}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>20\d\d)\b")),
        Regex::new(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"),
        Regex::new(r"(?P<year>20\d\d)[/_-]?(?P<month>0[1-9]|1[0-2])[/_-]?(?P<day>0[1-9]|[12]\d|3[01])(?:\D|$)"),
    ]
    .map(|pattern| pattern.expect("a pattern of ours"))
});

fn date(found: &Captures<'_>) -> Option<Date> {
    let month = found.name("month")?.as_str().to_lowercase();
    let by_name =
        || MONTHS.iter().find(|(names, _)| names.split(' ').any(|name| month.starts_with(name)));
    let month = month.parse().ok().or_else(|| by_name().map(|(_, number)| *number))?;
    Date::new(found["year"].parse().ok()?, month, found["day"].parse().ok()?).ok()
}

/// A date near the beginning of the words, on a line that is a dateline: it is short, or the date
/// comes before a dash
/// or an agency in parentheses, or the line says that it was published.
fn dateline(words: &str) -> Option<(Date, String)> {
    for line in words.lines().filter(|line| !line.trim().is_empty()).take(6) {
        let head: String = line.chars().take(160).collect();
        let lower = head.to_lowercase();
        let told = ["published", "publicado", "fecha:", "date:", "updated", "actualizado"]
            .iter()
            .any(|w| lower.contains(w));
        for pattern in &PATTERNS[..3] {
            let Some(found) = pattern.captures(&head) else { continue };
            let whole = found.get(0)?;
            let before = head[..whole.start()].chars().count();
            let after = head[whole.end()..].trim_start();
            let opens = before <= 40
                && (after.starts_with(['-', '–', '—', '(', '.', ':']) || after.is_empty());
            if told || opens || head.chars().count() <= 60 {
                return date(&found).map(|day| (day, whole.as_str().to_owned()));
            }
        }
    }
    None
}

/// The publication date by the best evidence there is.
#[must_use]
pub fn published(words: &str, url: Option<&str>, metadata: Option<(&str, &str)>) -> Option<Dated> {
    let dated =
        |day: Date, evidence, words: String| Some(Dated { when: When::day(day), evidence, words });
    if let Some((day, words)) = dateline(words) {
        return dated(day, Evidence::Dateline, words);
    }
    let in_path = url.and_then(|url| PATTERNS[3].captures(url));
    if let Some(found) = in_path
        && let Some(day) = date(&found)
    {
        return dated(day, Evidence::Url, found[0].to_owned());
    }
    let (key, value) = metadata?;
    let found = PATTERNS[2]
        .captures(value)
        .or_else(|| PATTERNS[..2].iter().find_map(|one| one.captures(value)))?;
    date(&found).and_then(|day| dated(day, Evidence::Metadata, format!("{key}: {value}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, url: &str, metadata: &str, expected: Option<(&str, Evidence)>) {
        let found = published(words, Some(url), Some(("date", metadata)));
        let found = found.as_ref().map(|dated| (dated.when.to_string(), dated.evidence));
        assert_eq!(
            found,
            expected.map(|(day, evidence)| (day.to_owned(), evidence)),
            "{words} {url} {metadata}"
        );
    }

    #[test]
    fn the_dateline_outranks_the_address_and_that_the_metadata() {
        let url = "https://example.org/2026/01/14/x";
        check(
            "CARACAS, Jan. 13, 2026 (AP) - They",
            url,
            "2024-01-01",
            Some(("2026-01-13", Evidence::Dateline)),
        );
        check(
            "Puerto Alba, 13 de enero de 2026.- Los",
            url,
            "",
            Some(("2026-01-13", Evidence::Dateline)),
        );
        check(
            "Publicado el 3 de febrero de 2026 por X",
            url,
            "",
            Some(("2026-02-03", Evidence::Dateline)),
        );
        check("They came.", url, "2024-01-01", Some(("2026-01-14", Evidence::Url)));
        check(
            "They came.",
            "https://example.org/a-20260114.html",
            "",
            Some(("2026-01-14", Evidence::Url)),
        );
        check(
            "They came.",
            "https://example.org/a",
            "2026-01-15T10:00:00Z",
            Some(("2026-01-15", Evidence::Metadata)),
        );
        check("They came.", "https://example.org/a", "", None);
    }

    #[test]
    fn a_date_within_the_story_is_no_dateline() {
        let story = "The men who were seized in the raid on the harbour on 3 January 2026 and taken to the capital were freed at last";
        check(story, "https://example.org/a", "", None);
        check("Fecha: 31 de febrero de 2026", "https://example.org/a", "", None);
    }
}
