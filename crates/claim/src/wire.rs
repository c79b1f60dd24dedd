//! The form of a claim on the wire (`habeas read --json`): one JSON object a document.

use crate::Reading;
use aho_corasick::AhoCorasick;
use habeas_model::{Claim, Digest, Place, Scope, When};
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// A document's reading. `text` is the text that spans are offsets into, if it is one.
#[must_use]
pub fn reading(
    id: &str,
    sha256: &Digest,
    published: Option<Date>,
    reading: &Reading,
    text: Option<&str>,
) -> Value {
    let counted = text.map(|text| occurrences(text, &reading.claims));
    let numbered = reading.claims.iter().enumerate();
    let claims = numbered.map(|(nth, one)| {
        let known = counted.as_ref().and_then(|counted| counted.get(one.span.quote.as_str()));
        let occurrences = known.copied().unwrap_or(1).max(1);
        claim(one, &format!("{id}-{:02}", nth + 1), occurrences)
    });
    json!({
        "id": id,
        "sha256": sha256,
        "published": published.map(|day| day.to_string()),
        "lang": reading.lang,
        "claims": claims.collect::<Vec<_>>(),
        "problems": reading.problems,
    })
}

/// Up to so many quotes are sought one by one: that takes less than building an automaton of them.
const FEW: usize = 64;

/// How often each quote stands in a text, none overlapping itself; many quotes are sought in one
/// pass, since a long text has many claims.
fn occurrences<'c>(text: &str, claims: &'c [Claim]) -> HashMap<&'c str, usize> {
    let mut counted: HashMap<&str, usize> =
        claims.iter().map(|claim| (claim.span.quote.as_str(), 0)).collect();
    counted.remove("");
    let quotes: Vec<&str> = counted.keys().copied().collect();
    if quotes.len() <= FEW {
        for (quote, count) in &mut counted {
            *count = text.matches(quote).count();
        }
        return counted;
    }
    let Ok(finder) = AhoCorasick::new(&quotes) else { return counted };
    let mut ends = vec![0; quotes.len()];
    for hit in finder.find_overlapping_iter(text) {
        let nth = hit.pattern().as_usize();
        if hit.start() >= ends[nth] {
            ends[nth] = hit.end();
            *counted.entry(quotes[nth]).or_default() += 1;
        }
    }
    counted
}

/// One claim.
#[must_use]
pub fn claim(claim: &Claim, cid: &str, occurrences: usize) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| drop(out.insert(key.to_owned(), value));
    put("cid", json!(cid));
    put("span", span(claim, occurrences));
    put("kind", json!(claim.kind));
    put("predicate", json!(claim.predicate));
    put("quantity", json!(claim.quantity));
    put("population", population(claim));
    if let Some(person) = &claim.person {
        put("person", json!(person.reveal()));
    }
    if let Some(whole) = claim.part_of.filter(|_| claim.of_total.is_none()) {
        put("part_of", json!(whole));
    }
    if let Some(total) = &claim.of_total {
        put("of_total", json!(total));
    }
    let chain = claim.speakers.0.iter().map(|speaker| json!(speaker));
    put("speaker_chain", std::iter::once(json!("OUTLET")).chain(chain).collect());
    put("modality", json!(claim.modality));
    put("scope", claim.scope.map_or(json!({}), |scope: Scope| json!({ "sc": scope })));
    put("time", time(claim));
    if claim.superseded {
        put("superseded_in_same_document", json!(true));
    }
    for (key, value) in [("by", &claim.by), ("note", &claim.note)] {
        if let Some(value) = value {
            put(key, json!(value));
        }
    }
    put("rules", json!(claim.rules));
    put("confidence", json!(claim.confidence));
    if let Some((start, end)) = claim.attribution {
        put("attribution_span", json!({ "start": start, "end": end }));
    }
    if let Some(detail) = claim.detail {
        put("kind_detail", json!(detail));
    }
    Value::Object(out)
}

fn span(claim: &Claim, occurrences: usize) -> Value {
    match &claim.span.place {
        Place::Text { start, end, from, to } => json!({
            "start": start, "end": end, "text": claim.span.quote, "n_occurrences": occurrences, "bytes": [from, to],
        }),
        cells @ Place::Cells { .. } => json!({ "text": claim.span.quote, "cells": cells }),
    }
}

fn population(claim: &Claim) -> Value {
    serde_json::to_value(&claim.population).unwrap_or_default()
}

fn time(claim: &Claim) -> Value {
    let mut out = Map::new();
    let said = &claim.time;
    let parts: [(&str, &Option<When>); 4] = [
        ("event", &said.event),
        ("as_of", &said.as_of),
        ("since", &said.since),
        ("said", &said.said),
    ];
    for (key, when) in parts {
        if let Some(when) = when {
            out.insert(key.to_owned(), json!(when.to_string()));
        }
    }
    Value::Object(out)
}
