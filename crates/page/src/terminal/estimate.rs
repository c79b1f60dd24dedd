//! Estimates on a terminal: the documented count first, the methods side by side, the assumptions.

use super::sheet::{Sheet, Shown, heading, wrap};
use crate::{Reader, phrase, word, words};
use habeas_count::estimate::{
    Answer, Estimates, Linked, Method, Noted, POOLED, Refusal, Stratum, Sum, Why,
};
use serde_json::Value;

/// Histories that are drawn; the rest is counted.
const HISTORIES: usize = 24;
/// Columns of a bar, where there is room.
const BAR: usize = 40;
/// Columns for what stands around a bar.
const AROUND: usize = 34;
/// What must hold, in the order in which it is printed.
pub(crate) const ASSUMES: [&str; 5] = ["closed", "links", "everybody", "copies", "untestable"];

/// Everything that is told of a table.
#[must_use]
pub fn estimates(all: &Estimates, reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = heading(&word(lang, "estimate"), reader);
    let n = phrase::number(all.n, lang);
    let documented =
        words(lang, "estimate-documented", &[("n", &n), ("k", &all.lists.len().to_string())]);
    out.push_str(&wrap(&documented, reader.width, ""));
    out.push_str(&wrap(&verdict_words(all, reader), reader.width, ""));
    out.push_str(&methods(&all.methods, reader));
    out.push_str(&histories(all, reader));
    out.push_str(&others(all, reader));
    out.push_str(&assumptions(all, reader));
    out
}

/// The verdict as a sentence.
pub(crate) fn verdict_words(all: &Estimates, reader: &Reader) -> String {
    let number = |x: Option<f64>| x.map_or(String::new(), |x| rounded(x, reader));
    let verdict = &all.verdict;
    let ratio = verdict.ratio.map_or(String::new(), |ratio| format!("{ratio:.2}"));
    let (low, high) = (number(verdict.lowest), number(verdict.highest));
    let key = format!("verdict-{}", verdict.word);
    let (standing, asked) = (verdict.standing.to_string(), verdict.asked.to_string());
    let with = [("ratio", &ratio), ("low", &low), ("high", &high)];
    let with = with.into_iter().chain([("standing", &standing), ("asked", &asked)]);
    let with: Vec<(&'static str, &str)> = with.map(|(name, x)| (name, x.as_str())).collect();
    words(reader.lang, &key, &with)
}

/// The refusal as a sentence.
#[must_use]
pub fn refusal(refusal: &Refusal, reader: &Reader) -> String {
    let with: Vec<(&'static str, &str)> =
        refusal.with.iter().map(|(name, said)| (*name, said.as_str())).collect();
    words(reader.lang, &format!("refusal-{}", refusal.why), &with)
}

/// Two significant digits: more would be read as knowledge (gate 7 of the guide).
pub(crate) fn rounded(x: f64, reader: &Reader) -> String {
    let size = 10_f64.powf((x.abs().max(1.0).log10().floor() - 1.0).max(0.0));
    phrase::number(((x / size).round() * size) as u64, reader.lang)
}

pub(crate) fn interval(lower: Option<f64>, upper: Option<f64>, reader: &Reader) -> String {
    let high = upper.map_or(word(reader.lang, "estimate-open-end"), |high| rounded(high, reader));
    lower.map_or(String::new(), |low| format!("{} – {high}", rounded(low, reader)))
}

fn methods(answers: &[Answer], reader: &Reader) -> String {
    // A gate before the methods refuses all of them alike: its reason is said once.
    let was_asked =
        |one: &&Answer| one.refusal.as_ref().is_none_or(|refusal| refusal.why != Why::NoCovariates);
    let mut asked = answers.iter().filter(was_asked).map(|one| &one.refusal);
    if let Some(Some(why)) = asked.next()
        && answers.len() > 1
        && asked.all(|refusal| refusal.as_ref() == Some(why))
    {
        return wrap(&refusal(why, reader), reader.width, "");
    }
    let keys = ["estimate-method", "estimate-number", "estimate-interval", "estimate-rests"];
    let mut sheet = Sheet::new(keys.map(|key| word(reader.lang, key))).numbers(&[1]);
    for one in answers {
        let rests = match &one.refusal {
            Some(why) => refusal(why, reader),
            None => rests(one, reader),
        };
        sheet.row([
            Shown::plain(word(reader.lang, &format!("method-{}", one.name))),
            Shown::plain(one.median.map_or("—".to_owned(), |x| rounded(x, reader))),
            Shown::plain(interval(one.lower, one.upper, reader)),
            Shown::plain(rests),
        ]);
    }
    sheet.text(reader)
}

/// The notes that bear on trust.
pub(crate) fn rests(one: &Answer, reader: &Reader) -> String {
    if matches!(one.name, Method::Chao | Method::MthChao) {
        return word(reader.lang, "estimate-bound");
    }
    let keys =
        ["model", "interval", "rhat", "ess", "saturated_weight", "top", "pair", "covariates"];
    let said = |key: &&'static str| match one.diagnostics.get(key)? {
        Noted::Number(x) => Some(format!("{key} {x:.3}")),
        Noted::Count(n) => Some(format!("{key} {n}")),
        Noted::Words(words) => Some(format!("{key} {}", words.split(';').next().unwrap_or(""))),
    };
    keys.iter().filter_map(said).chain(alike(one, reader)).collect::<Vec<_>>().join("; ")
}

/// What the models say that fit nearly as well as the best.
fn alike(one: &Answer, reader: &Reader) -> Option<String> {
    let number = |key| match one.diagnostics.get(key)? {
        Noted::Number(x) => Some(*x),
        Noted::Count(n) => Some(*n as f64),
        Noted::Words(_) => None,
    };
    let models = phrase::number(number("alike")? as u64, reader.lang);
    let low = rounded(number("alike_lowest")?, reader);
    let high = rounded(number("alike_highest")?, reader);
    let with = [("n", models.as_str()), ("low", &low), ("high", &high)];
    Some(words(reader.lang, "estimate-alike", &with))
}

/// Who is on which lists, the largest first, with the empty ones counted and the hidden bar.
fn histories(all: &Estimates, reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = heading(&word(lang, "estimate-histories"), reader);
    for (at, (list, size)) in all.lists.iter().zip(&all.sizes).enumerate() {
        let line = format!("{} {list}: {}", at + 1, phrase::number(*size, lang));
        out.push_str(&wrap(&line, reader.width, "  "));
    }
    let hidden = all
        .verdict
        .lowest
        .zip(all.verdict.highest)
        .map(|(low, high)| (low - all.n as f64, high - all.n as f64));
    let mut cells: Vec<_> = all.table.cells().to_vec();
    cells.sort_by_key(|cell| std::cmp::Reverse(cell.count));
    let top = cells.first().map_or(1.0, |cell| cell.count as f64);
    // Dots before a bar and numbers after it stand on its line.
    let bar = BAR.min(reader.width.saturating_sub(all.lists.len() + AROUND).max(8));
    let scale = bar as f64 / top.max(hidden.map_or(0.0, |(_, high)| high));
    let dots = |history: u64| -> String {
        let dot = |list: usize| if history >> list & 1 == 1 { '●' } else { '·' };
        (0..all.lists.len()).map(dot).collect()
    };
    for cell in cells.iter().take(HISTORIES) {
        let bar = "█".repeat((cell.count as f64 * scale).ceil() as usize);
        out.push_str(&format!(
            "{} {bar} {}\n",
            dots(cell.history),
            phrase::number(cell.count, lang)
        ));
    }
    if let Some((low, high)) = hidden {
        let (solid, open) = ((low.max(0.0) * scale) as usize, (high * scale).ceil() as usize);
        let bar = "▒".repeat(solid) + &"░".repeat(open.saturating_sub(solid));
        let ends = format!("{} – {}", rounded(low, reader), rounded(high, reader));
        out.push_str(&format!("{} {bar} {ends} ({})\n", dots(0), word(lang, "estimate-hidden")));
    }
    let possible = (1_u64 << all.lists.len().min(63)) - 1;
    let empty = possible - all.table.cells().len() as u64;
    let empty = phrase::number(empty, lang);
    out.push_str(&format!("{}\n", words(lang, "estimate-empty", &[("n", &empty)])));
    out
}

fn others(all: &Estimates, reader: &Reader) -> String {
    let Some(first) = all.others.first() else { return String::new() };
    let lang = reader.lang;
    let methods = first.medians.iter().map(|(method, _)| word(lang, &format!("method-{method}")));
    let mut sheet = Sheet::new([String::new()].into_iter().chain(methods));
    for other in &all.others {
        let key = if other.merged { "estimate-merged" } else { "estimate-without" };
        let name = words(lang, key, &[("list", &other.lists.join(", "))]);
        let told =
            |(_, x): &(Method, Option<f64>)| x.map_or("—".to_owned(), |x| rounded(x, reader));
        let cells = [name].into_iter().chain(other.medians.iter().map(told));
        sheet.row(cells.map(Shown::plain));
    }
    heading(&word(lang, "estimate-others"), reader) + &sheet.text(reader)
}

fn assumptions(all: &Estimates, reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = heading(&word(lang, "estimate-assumes"), reader);
    for key in ASSUMES {
        let said = format!("- {}", word(lang, &format!("estimate-assumes-{key}")));
        out.push_str(&wrap(&said, reader.width, "  "));
    }
    out.push_str(&wrap(&made_with(all, reader), reader.width, ""));
    out
}

/// With what it was made, so that it can be made again.
pub(crate) fn made_with(all: &Estimates, reader: &Reader) -> String {
    let settings = &all.settings;
    let with = [
        ("seed", settings.seed.to_string()),
        ("replicates", settings.replicates.to_string()),
        ("chains", settings.run.chains.to_string()),
        ("classes", settings.run.classes.to_string()),
        ("version", all.version.to_owned()),
    ];
    let with = with.each_ref().map(|(name, said)| (*name, said.as_str()));
    words(reader.lang, "estimate-made", &with)
}

/// What was asked of the case, and which lists could not be used.
#[must_use]
pub fn estimate_of_case(asked: &Value, reader: &Reader) -> String {
    let lang = reader.lang;
    let nothing = || word(lang, "estimate-nothing");
    let days = |of: &Value| match of {
        Value::Array(days) => days.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(".."),
        day => day.as_str().unwrap_or_default().to_owned(),
    };
    let when = asked["during"].as_object().and_then(|map| map.values().next()).map(days);
    let pairs = asked["merged"].as_array().into_iter().flatten();
    let merges: Vec<String> = pairs.map(|pair| days(pair).replace("..", " = ")).collect();
    let merges = if merges.is_empty() { nothing() } else { merges.join("; ") };
    let position = asked["position"].to_string();
    let with = [
        ("when", when.as_deref().unwrap_or_default()),
        ("rule", asked["rule"].as_str().unwrap_or_default()),
        ("position", &position),
        ("merges", &merges),
    ];
    let mut out = wrap(&words(lang, "estimate-asked", &with), reader.width, "");
    let unused = days(&asked["not_used"]).replace("..", ", ");
    if !unused.is_empty() {
        let said = words(lang, "estimate-unused", &[("lists", &unused)]);
        out.push_str(&wrap(&said, reader.width, ""));
    }
    out
}

/// Strata with their sums.
#[must_use]
pub fn strata(strata: &[Stratum], sums: &[Sum], reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = String::new();
    let name = |key: &str| match key {
        "" => word(lang, "estimate-not-known"),
        POOLED => word(lang, "estimate-pooled"),
        key => key.to_owned(),
    };
    for stratum in strata {
        let known = name(&stratum.key);
        let n = phrase::number(stratum.n, lang);
        out.push_str(&heading(
            &words(lang, "estimate-stratum", &[("key", &known), ("n", &n)]),
            reader,
        ));
        out.push_str(&methods(&stratum.methods, reader));
    }
    out.push_str(&heading(&word(lang, "estimate-sums"), reader));
    let keys = ["estimate-method", "estimate-number", "estimate-interval", "estimate-rests"];
    let mut sheet = Sheet::new(keys.map(|key| word(lang, key))).numbers(&[1]);
    for sum in sums {
        let keys: Vec<String> = sum.not_estimable.iter().map(|key| name(key)).collect();
        let keys = keys.join(", ");
        let least = words(lang, "estimate-at-least", &[("keys", &keys)]);
        sheet.row([
            Shown::plain(word(lang, &format!("method-{}", sum.name))),
            Shown::plain(sum.median.map_or("—".to_owned(), |x| rounded(x, reader))),
            Shown::plain(interval(sum.lower, sum.upper, reader)),
            Shown::plain(if keys.is_empty() { String::new() } else { least }),
        ]);
    }
    out + &sheet.text(reader)
}

/// The second interval, stated apart.
#[must_use]
pub fn second_interval(linked: &[Linked], pairs: usize, reader: &Reader) -> String {
    let lang = reader.lang;
    let n = phrase::number(pairs as u64, lang);
    let keys = ["estimate-method", "estimate-number", "estimate-interval", "estimate-rests"];
    let mut sheet = Sheet::new(keys.map(|key| word(lang, key))).numbers(&[1]);
    for one in linked {
        let (able, all) = (one.draws.0.to_string(), one.draws.1.to_string());
        sheet.row([
            Shown::plain(word(lang, &format!("method-{}", one.name))),
            Shown::plain(one.median.map_or("—".to_owned(), |x| rounded(x, reader))),
            Shown::plain(interval(one.lower, one.upper, reader)),
            Shown::plain(words(lang, "estimate-linked-draws", &[("able", &able), ("all", &all)])),
        ]);
    }
    heading(&words(lang, "estimate-linked", &[("n", &n)]), reader) + &sheet.text(reader)
}
