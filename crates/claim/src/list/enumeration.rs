//! The list itself is a claim: so many people, says whoever made it, were held or freed.

use super::{place, roster::speakers};
use crate::{Context, Reading};
use habeas_document::{Document, Row, Sheet};
use habeas_model::{
    Claim, ClaimId, Kind, Mention, Modality, Population, Predicate, Problem, Quantity, Scope,
    Times,
    said::claim::{Confidence, Detail},
};
use std::collections::BTreeMap;

/// Adds the claim that a list makes of the mentions from `start` on; a list that does not say what
/// being on it means
/// makes none, and that is told.
pub fn push(
    document: &Document,
    sheet: &Sheet,
    heading: &Row,
    context: &Context,
    start: usize,
    reading: &mut Reading,
) {
    let mentions = &reading.mentions[start..];
    if mentions.is_empty() {
        return;
    }
    let Some((predicate, confidence)) = says(context, mentions) else {
        reading.problems.push(Problem::new(
            "list-says-nothing",
            place(sheet, heading.number, None),
            "",
        ));
        return;
    };
    let scope = if predicate.is_state() { Scope::Stock } else { Scope::Cumulative };
    reading.claims.push(Claim {
        id: ClaimId::NONE,
        span: document.cells(sheet, heading, 1, heading.cells.len().max(1) as u32),
        kind: Kind::Count,
        detail: Some(Detail::Enumeration),
        predicate,
        quantity: u32::try_from(mentions.len()).ok().map(Quantity::Exact),
        population: Population::default(),
        person: None,
        part_of: None,
        of_total: None,
        speakers: speakers(context),
        outlet: context.outlet.clone(),
        url: context.url.clone(),
        modality: Modality::Asserted,
        scope: Some(scope),
        time: Times { as_of: context.list.as_of.clone(), ..Times::default() },
        superseded: false,
        by: None,
        note: None,
        rules: vec!["list".to_owned()],
        confidence,
        attribution: None,
    });
}

/// What being on the list says: as case.toml has it, or what most of its rows say last.
fn says(context: &Context, mentions: &[Mention]) -> Option<(Predicate, Confidence)> {
    if let Some(says) = context.list.says {
        return Some((says, Confidence::High));
    }
    let mut counts: BTreeMap<Predicate, usize> = BTreeMap::new();
    for last in mentions.iter().filter_map(|mention| mention.happened.last()) {
        *counts.entry(last.predicate).or_default() += 1;
    }
    let (predicate, rows) = counts.into_iter().max_by_key(|(_, rows)| *rows)?;
    (rows * 2 > mentions.len()).then_some((predicate, Confidence::Middle))
}
