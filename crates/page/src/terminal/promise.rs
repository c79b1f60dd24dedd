//! The promises on a terminal: promised, due, kept so far, by whose count.

use super::sheet::{Sheet, Shown, heading};
use crate::{Reader, json::speakers, phrase, redact, word, words};
use comfy_table::Color;
use habeas_count::{KeptCount, PromiseLine, PromiseStanding};
use habeas_model::{Quantity, Scope};
use std::cmp::Reverse;

/// The promises.
#[must_use]
pub fn promises(promises: &[PromiseLine], reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = heading(&word(lang, "promises"), reader);
    if promises.is_empty() {
        return format!("{out}{}\n", word(lang, "promises-none"));
    }
    let headings = ["promises", "col-says", "col-standing", "promise-counts"];
    let mut sheet = Sheet::new(headings.map(|key| word(lang, key)));
    for promise in promises {
        let body = redact::voice(&promise.body, speakers(&promise.speaker_chain), reader);
        let mut count = counts(promise, reader, 3, str::to_owned);
        if promise.course.len() > 1 {
            let stood = format!("{}: {}", word(lang, "promise-course"), stood(promise, reader));
            count = [count, stood].join("\n").trim_start().to_owned();
        }
        sheet.row([
            Shown::plain(promised(promise, reader)),
            Shown::plain(body),
            standing(promise, reader),
            Shown::plain(count),
        ]);
    }
    out.push_str(&sheet.text(reader));
    out
}

/// What was promised: "“significant number” released; political prisoners; promised 8 Jan 2026; no
/// date given".
pub fn promised(promise: &PromiseLine, reader: &Reader) -> String {
    let lang = reader.lang;
    let quantity = promise.quantity.as_ref().map(|said| phrase::quantity(said, lang));
    let quantity = quantity.unwrap_or_else(|| word(lang, "quantity-not-said"));
    let what = word(lang, &format!("predicate-{}", promise.predicate));
    let said = promise.said.as_ref().map(|it| phrase::when(it, lang));
    let said = said.or_else(|| promise.day.map(|day| phrase::day(day, lang)));
    let due = match &promise.due {
        Some(due) => words(lang, "promise-due", &[("day", &phrase::when(due, lang))]),
        None => word(lang, "promise-no-due"),
    };
    let mut parts =
        vec![format!("{quantity} {what}"), phrase::population(&promise.population, lang)];
    parts.extend(said.map(|day| words(lang, "promise-said", &[("day", &day)])));
    parts.push(due);
    parts.join("; ")
}

/// How a promise stood from day to day: "pending from 20 Feb 2026, partly kept from 22 Feb 2026".
pub fn stood(promise: &PromiseLine, reader: &Reader) -> String {
    let lang = reader.lang;
    let step = |step: &habeas_count::PromiseStep| {
        let standing = word(lang, &format!("promise-{}", step.standing));
        let day = phrase::day(step.from, lang);
        format!("{standing} {}", words(lang, "when-from", &[("day", &day)]))
    };
    promise.course.iter().map(step).collect::<Vec<_>>().join(", ")
}

/// The mark of a promise's standing.
pub fn mark(standing: PromiseStanding) -> &'static str {
    match standing {
        PromiseStanding::Pending => "…",
        PromiseStanding::Partly => "◐",
        PromiseStanding::Kept => "✓",
        PromiseStanding::Broken => "✗",
        PromiseStanding::Unverifiable => "?",
        PromiseStanding::Superseded => "→",
    }
}

/// The standing with its reasons.
pub fn standing_words(promise: &PromiseLine, reader: &Reader) -> String {
    let lang = reader.lang;
    let reasons: Vec<_> =
        promise.reasons.iter().map(|reason| word(lang, &format!("reason-{reason}"))).collect();
    let standing = word(lang, &format!("promise-{}", promise.standing));
    match reasons.is_empty() {
        true => standing,
        false => format!("{standing}: {}", reasons.join(", ")),
    }
}

fn standing(promise: &PromiseLine, reader: &Reader) -> Shown {
    let said = format!("{} {}", mark(promise.standing), standing_words(promise, reader));
    match promise.standing {
        PromiseStanding::Kept => Shown::coloured(said, Color::Green),
        PromiseStanding::Broken => Shown::coloured(said, Color::Red),
        PromiseStanding::Partly => Shown::coloured(said, Color::Yellow),
        _ => Shown::plain(said),
    }
}

/// What bodies have counted since the promise: running totals before single batches, the largest
/// first, and the promisor's own among those that are told.
pub fn counts(
    promise: &PromiseLine,
    reader: &Reader,
    most: usize,
    shown: impl Fn(&str) -> String,
) -> String {
    let mut order: Vec<&KeptCount> = promise.counts.iter().collect();
    order.sort_by_key(|count| {
        // "About" bounds nothing.
        let firm = count.quantity.as_ref().filter(|said| !matches!(said, Quantity::About(_)));
        let least = firm.and_then(|said| said.bounds().0).unwrap_or(0);
        Reverse((count.frame.scope == Some(Scope::Cumulative), least, count.day))
    });
    let own = order.iter().position(|count| count.own).filter(|at| *at >= most && most > 0);
    if let Some(at) = own {
        order.swap(most - 1, at);
    }
    let told = order.iter().take(most).map(|count| {
        let quantity = count
            .quantity
            .as_ref()
            .map_or(String::new(), |said| phrase::quantity(said, reader.lang));
        let own = if count.own {
            format!(" ({})", word(reader.lang, "promise-own"))
        } else {
            String::new()
        };
        let day =
            count.day.map_or(String::new(), |day| format!(", {}", phrase::day(day, reader.lang)));
        format!("{}{own}: {quantity}{day}", shown(&count.body))
    });
    told.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, sample};
    use habeas_count::PromiseReason;
    use habeas_model::{Population, Predicate};

    #[test]
    fn a_vague_promise_stays_vague() {
        let said = sample::line(1, "Ministry", 1, "2026-01-08");
        let promise = PromiseLine {
            id: said.id,
            body: said.body,
            speaker_chain: said.speaker_chain,
            predicate: Predicate::Released,
            quantity: Some(Quantity::vague("significant number", None)),
            population: Population::default(),
            said: said.said,
            day: said.day,
            due: None,
            standing: PromiseStanding::Unverifiable,
            reasons: vec![PromiseReason::VagueQuantity, PromiseReason::NoDeadline],
            course: Vec::new(),
            counts: Vec::new(),
            named: None,
            sources: Vec::new(),
        };
        let text = promises(&[promise], &Reader { width: 200, ..Reader::public(Lang::En) });
        for part in [
            "“significant number” released",
            "no date given",
            "? cannot be told: the quantity is too vague",
        ] {
            assert!(text.contains(part), "`{part}` is not in\n{text}");
        }
    }
}
