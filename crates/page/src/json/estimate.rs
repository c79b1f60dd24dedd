//! Estimates as JSON for programs: exact digits, refusals as words and as a sentence.

use super::value;
use crate::{Reader, terminal};
use habeas_count::estimate::{Answer, Estimates, Linked, Stratum, Sum};
use serde_json::{Value, json};

/// The methods side by side with their verdict.
#[must_use]
pub fn estimates(all: &Estimates, reader: &Reader) -> Value {
    let mut told = value(all);
    told["methods"] = answers(&all.methods, reader);
    told["verdict"]["sentence"] = json!(terminal::verdict_words(all, reader));
    told
}

fn answers(answers: &[Answer], reader: &Reader) -> Value {
    let one = |one: &Answer| {
        let mut told = value(one);
        if let Some(refusal) = &one.refusal {
            told["refusal"] = json!(terminal::refusal(refusal, reader));
            told["refusal_code"] = json!(refusal.why);
        }
        told
    };
    answers.iter().map(one).collect()
}

/// Strata with their sums, and the second interval over the undecided pairs.
#[must_use]
pub fn strata(strata: &[Stratum], sums: &[Sum], reader: &Reader) -> Value {
    let stratum = |one: &Stratum| json!({ "key": one.key, "n": one.n, "methods": answers(&one.methods, reader) });
    json!({ "strata": strata.iter().map(stratum).collect::<Vec<_>>(), "sums": sums })
}

/// The second interval, stated apart.
#[must_use]
pub fn linked(linked: &[Linked], pairs: usize) -> Value {
    json!({ "pairs": pairs, "methods": linked })
}
