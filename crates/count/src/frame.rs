//! When two numbers speak of the same thing, and if not, in which part they differ.

use habeas_model::{Category, Frame, Nationality, Population, Scope, When, words};

words! {
    /// A part of a frame by which two numbers, or a number and a register, cannot be set against
    /// each other.
    Part {
        /// What is measured.
        Metric = "metric",
        /// What is counted.
        Unit = "unit",
        /// Of whom.
        Population = "population",
        /// Event, day, running total or stock.
        Scope = "scope",
        /// The first or last day that counts.
        Window = "window",
        /// The moment it stands for.
        AsOf = "as_of",
        /// A part that one of them leaves unsaid; the part stands beside this word.
        NotSaid = "not_said",
        /// The counting rule.
        Rule = "rule",
        /// A window whose last day comes before its first: no number can be of it.
        Backwards = "backwards",
    }
}

/// The parts in which two frames differ; empty means that the numbers may be subtracted and divided
/// (invariant 4).
/// What one of them leaves unsaid differs: silence agrees with nothing.
#[must_use]
pub fn differences(a: &Frame, b: &Frame) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut silent = false;
    if a.metric.predicate != b.metric.predicate {
        parts.push(Part::Metric);
    }
    if a.unit != b.unit {
        parts.push(Part::Unit);
    }
    if !same_population(&a.population, &b.population) {
        parts.push(Part::Population);
    }
    if a.scope != b.scope || a.scope.is_none() {
        parts.push(Part::Scope);
        silent |= a.scope.is_none() || b.scope.is_none();
    }
    let stocks = (a.scope == Some(Scope::Stock)) && (b.scope == Some(Scope::Stock));
    let running = [a, b].iter().any(|f| matches!(f.scope, Some(Scope::Stock | Scope::Cumulative)));
    let mut agree = |x: Option<&When>, y: Option<&When>, part: Part| {
        if !same_when(x, y) {
            parts.push(part);
            silent |= x.is_none() || y.is_none();
        }
    };
    if !stocks {
        agree(a.from.as_ref(), b.from.as_ref(), Part::Window);
    }
    if running {
        agree(moment(a), moment(b), Part::AsOf);
    } else {
        agree(a.to.as_ref(), b.to.as_ref(), Part::Window);
    }
    parts.dedup();
    if silent {
        parts.push(Part::NotSaid);
    }
    if backwards(a) || backwards(b) {
        parts.push(Part::Backwards);
    }
    parts
}

/// Whether the frame ends before it starts.
pub(crate) fn backwards(frame: &Frame) -> bool {
    let first = frame.from.as_ref().and_then(|when| when.first());
    let last = moment(frame).and_then(|when| when.last());
    let last = frame.to.as_ref().and_then(|when| when.last()).or(last);
    frame.scope != Some(Scope::Stock) && first.zip(last).is_some_and(|(first, last)| last < first)
}

/// The moment that a running number stands for.
pub(crate) fn moment(frame: &Frame) -> Option<&When> {
    frame.as_of.as_ref().or(frame.to.as_ref())
}

/// Both said, the same days, and not two different hours of a day.
pub(crate) fn same_when(a: Option<&When>, b: Option<&When>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let hours = a.hour().zip(b.hour()).is_none_or(|(x, y)| x == y);
    (a.first(), a.last()) == (b.first(), b.last()) && hours
}

/// The same people by every field and by the speaker's own words. What is written alike is not
/// looked at twice: a board asks this of a million pairs.
pub(crate) fn same_population(a: &Population, b: &Population) -> bool {
    let fields = |p: &Population| (p.cat, p.gender, p.age);
    let sorted = |nat: &[Nationality]| {
        let mut nat = nat.to_vec();
        nat.sort();
        nat
    };
    let place = |p: &Population| p.place.as_deref().map(plain);
    fields(a) == fields(b)
        && (a.nat == b.nat || sorted(&a.nat) == sorted(&b.nat))
        && (a.place == b.place || place(a) == place(b))
        && (a.words == b.words || definition(a) == definition(b))
}

/// What the speaker's words add to the fields: nothing, where they only name the category or people
/// in general.
/// Words in brackets break the number down; they do not say of whom it is.
pub(crate) fn definition(population: &Population) -> Option<String> {
    let words = plain(population.words.as_deref()?);
    let mut depth = 0;
    let outside = words.chars().filter(|&c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0 && c != ')'
    });
    let words = outside.collect::<String>();
    let words = words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let of_cat = match population.cat {
        Some(cat) => names(cat).contains(&words.as_str()) || words.replace(' ', "_") == cat.word(),
        None => false,
    };
    (!words.is_empty() && !of_cat && !ANYBODY.contains(&words.as_str())).then_some(words)
}

/// Whether the speaker counts people of every kind, and says so.
pub(crate) fn says_anybody(population: &Population) -> bool {
    let words = population.words.as_deref().map(plain);
    words.is_some_and(|words| ANYBODY.contains(&words.as_str()))
}

const ANYBODY: [&str; 14] = [
    "detainees",
    "prisoners",
    "people",
    "persons",
    "detained people",
    "detained persons",
    "detenidos",
    "presos",
    "personas",
    "personas detenidas",
    "prisioneros",
    "reclusos",
    "privados de libertad",
    "inmates",
];

fn names(cat: Category) -> &'static [&'static str] {
    match cat {
        Category::PoliticalPrisoner => &[
            "political prisoners",
            "political prisoner",
            "presos politicos",
            "prisioneros politicos",
        ],
        Category::Journalist => {
            &["journalists", "periodistas", "journalists and press workers", "press workers"]
        }
        Category::Military => &["military", "militares"],
        Category::Civilian => &["civilians", "civiles"],
        _ => &[],
    }
}

/// Lower case, accents of Spanish off, single spaces: for telling whether two wordings are the
/// same.
pub(crate) fn plain(words: &str) -> String {
    let letter = |c: char| match c {
        'á' | 'à' => 'a',
        'é' | 'è' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        other => other,
    };
    let lower: String = words.to_lowercase().chars().map(letter).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{claim, political};
    use Part::*;

    #[track_caller]
    fn check(a: crate::sample::Said, b: crate::sample::Said, expected: &[Part]) {
        let (a, b) = (Frame::of(&a.claim), Frame::of(&b.claim));
        assert_eq!(differences(&a, &b), expected);
        assert_eq!(differences(&b, &a), expected);
    }

    #[test]
    fn only_what_agrees_is_compared() {
        let monitor = || political("Vigilia", 151).since("2026-01-08").as_of("2026-01-20");
        let state =
            || claim("Ministry", 626).words("detainees").since("2025-12-01").as_of("2026-01-23");
        check(monitor(), monitor(), &[]);
        check(monitor(), monitor().words("political prisoners (80 women)"), &[]);
        check(
            monitor(),
            monitor().words("political prisoners, house arrest excluded"),
            &[Population],
        );
        check(monitor(), state(), &[Population, Window, AsOf]);
        check(monitor(), monitor().since("2025-12-01"), &[Window]);
        check(
            monitor(),
            political("Vigilia", 151).cumulative().as_of("2026-01-20"),
            &[Window, NotSaid],
        );
        check(monitor(), monitor().as_of("2026-01-21"), &[AsOf]);
        check(monitor().as_of("2026-01-20T10:00"), monitor(), &[]);
        check(monitor().as_of("2026-01-20T10:00"), monitor().as_of("2026-01-20T18:00"), &[AsOf]);
        let stock = || political("Vigilia", 777).held("2026-01-19");
        check(stock(), stock(), &[]);
        check(stock(), monitor(), &[Metric, Scope, Window, AsOf, NotSaid]);
    }
}
