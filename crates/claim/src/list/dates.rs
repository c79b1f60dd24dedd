//! Dates as lists write them: day first or month first is told by the column, never by one cell
//! alone.

use super::fold::{fold, is_blank};
use habeas_document::Cell;
use habeas_model::When;
use jiff::civil::Date;

/// Which number comes first where both could be the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// 03/01/2026 is 3 January.
    DayFirst,
    /// 03/01/2026 is 1 March.
    MonthFirst,
}

/// What a cell says of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// Nothing.
    Blank,
    /// A date, whatever the order.
    Sure(When),
    /// Two readings, day first and month first.
    Either(Date, Date),
    /// No calendar has it.
    Impossible,
    /// No date at all.
    Unread,
}

/// Reads one cell.
#[must_use]
pub fn written(cell: &Cell) -> Written {
    if let Some(date) = cell.date {
        return match YEARS.contains(&date.year()) {
            true => Written::Sure(When::day(date)),
            false => Written::Impossible,
        };
    }
    let text = cell.text.trim();
    if is_blank(text) {
        return Written::Blank;
    }
    let day =
        text.split_once(' ').filter(|(_, hour)| hour.contains(':')).map_or(text, |(day, _)| day);
    if let Some(numbers) = numbers(day) {
        return from_numbers(&numbers);
    }
    if let Ok(when) = day.parse::<When>() {
        return Written::Sure(when);
    }
    from_words(&fold(text))
}

/// Three numbers with their lengths, parted by `/`, `-` or `.`.
fn numbers(text: &str) -> Option<[(i16, usize); 3]> {
    let text = text.split_once('T').map_or(text, |(day, _)| day);
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let number = |part: &str| Some((part.parse::<u16>().ok()? as i16, part.len()));
    match parts[..] {
        [a, b, c] => Some([number(a)?, number(b)?, number(c)?]),
        _ => None,
    }
}

fn from_numbers(&[(a, long), (b, _), (c, last)]: &[(i16, usize); 3]) -> Written {
    if long == 4 {
        return day(a, b, c).map_or(Written::Impossible, |day| Written::Sure(When::day(day)));
    }
    let year = match last {
        // Nobody on a list of prisoners is born after 2030 or, as yet, arrested before 1931.
        2 if c <= 30 => 2000 + c,
        2 => 1900 + c,
        _ => c,
    };
    match (day(year, b, a), day(year, a, b)) {
        (Some(first), Some(second)) if first != second => Written::Either(first, second),
        (Some(only), _) | (None, Some(only)) => Written::Sure(When::day(only)),
        (None, None) => Written::Impossible,
    }
}

/// Years that a list can speak of: year 0 and year 9999 are what spreadsheets write for "never".
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    let year = Some(year).filter(|year| YEARS.contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

const MONTHS: [&[&str]; 12] = [
    &["enero", "ene", "january", "jan"],
    &["febrero", "feb", "february"],
    &["marzo", "mar", "march"],
    &["abril", "abr", "april", "apr"],
    &["mayo", "may"],
    &["junio", "jun", "june"],
    &["julio", "jul", "july"],
    &["agosto", "ago", "august", "aug"],
    &["septiembre", "setiembre", "sep", "sept", "set", "september"],
    &["octubre", "oct", "october"],
    &["noviembre", "nov", "november"],
    &["diciembre", "dic", "december", "dec"],
];

/// `3 de enero de 2026`, `January 3rd, 2026`, `enero de 2026`.
fn from_words(folded: &str) -> Written {
    let little = ["de", "del", "of", "the", "el"];
    let words: Vec<&str> = folded.split(' ').filter(|word| !little.contains(word)).collect();
    let month_of =
        |word: &str| MONTHS.iter().position(|names| names.contains(&word)).map(|at| at as i16 + 1);
    let number = |word: &str| {
        let digits =
            ["st", "nd", "rd", "th", "ro", "o"].iter().find_map(|end| word.strip_suffix(end));
        digits.unwrap_or(word).parse::<i16>().ok()
    };
    let parts = match words[..] {
        [a, b, c] => match (month_of(a), month_of(b)) {
            (Some(month), _) => (number(c), Some(month), number(b)),
            (_, Some(month)) => (number(c), Some(month), number(a)),
            _ => return Written::Unread,
        },
        [a, b] => (number(b), month_of(a), None),
        _ => return Written::Unread,
    };
    match parts {
        (Some(year), Some(month), Some(of_month)) => day(year, month, of_month)
            .map_or(Written::Impossible, |day| Written::Sure(When::day(day))),
        (Some(year), Some(month), None) if words.len() == 2 => {
            When::month(year, month as i8).map_or(Written::Unread, Written::Sure)
        }
        _ => Written::Unread,
    }
}

/// The order that a column shows by itself: a first number above 12 is a day. `None` if it shows
/// nothing, or both.
#[must_use]
pub fn order<'a>(cells: impl Iterator<Item = &'a Cell>) -> Option<Order> {
    let (mut day_first, mut month_first) = (false, false);
    for [(a, long), (b, _), _] in
        cells.filter(|cell| cell.date.is_none()).filter_map(|cell| numbers(&cell.text))
    {
        day_first |= long <= 2 && a > 12;
        month_first |= long <= 2 && b > 12 && a <= 12;
    }
    match (day_first, month_first) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// The order that case.toml gives.
#[must_use]
pub fn order_named(name: Option<&str>) -> Option<Order> {
    match name {
        Some("dmy") => Some(Order::DayFirst),
        Some("mdy") => Some(Order::MonthFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        Cell { text: text.into(), date: None, bytes: None }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = match written(&cell(text)) {
            Written::Sure(when) => when.to_string(),
            Written::Either(first, second) => format!("{first} or {second}"),
            other => format!("{other:?}"),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn dates_of_lists() {
        check("2026-01-03", "2026-01-03");
        check("2026-01-03 00:00:00", "2026-01-03");
        check("2026-01-03T10:30:00", "2026-01-03");
        check("25/12/2025", "2025-12-25");
        check("12/25/2025", "2025-12-25");
        check("03/01/2026", "2026-01-03 or 2026-03-01");
        check("4.4.2026", "2026-04-04");
        check("31/02/2026", "Impossible");
        check("2026-02-31", "Impossible");
        check("31 de febrero de 2026", "Impossible");
        check("0000-01-01", "Impossible");
        check("31/12/9999", "Impossible");
        check("25-12-85", "1985-12-25");
        check("3 de enero de 2026", "2026-01-03");
        check("3 Jan 2026", "2026-01-03");
        check("January 3rd, 2026", "2026-01-03");
        check("enero de 2026", "2026-01");
        check("2026-01", "2026-01");
        check("2024", "2024");
        check("n/d", "Blank");
        check("hace mucho", "Unread");
    }

    #[test]
    fn a_column_shows_its_order() {
        let of =
            |texts: &[&str]| order(texts.iter().map(|text| cell(text)).collect::<Vec<_>>().iter());
        assert_eq!(of(&["03/01/2026", "25/01/2026"]), Some(Order::DayFirst));
        assert_eq!(of(&["03/01/2026", "01/25/2026"]), Some(Order::MonthFirst));
        assert_eq!(of(&["03/01/2026", "2026-01-25"]), None);
        assert_eq!(of(&["13/01/2026", "01/25/2026"]), None);
    }
}
