//! What exactly a number counts: two numbers may be set against each other only where their frames
//! agree.

use super::{Claim, Modality, Population, Predicate, Scope, When};
use serde::{Deserialize, Serialize};

words! {
    /// What is counted.
    Unit {
        /// People.
        Person = "person",
        /// Detentions: one person may have several.
        Detention = "detention",
        /// Court cases.
        Case = "case",
        /// Applications.
        Application = "application",
    }
}

/// What is measured. `verified` tells that the speaker checked case by case; it is shown, and does
/// not by itself
/// keep two numbers apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Metric {
    /// The predicate counted.
    pub predicate: Predicate,
    /// Checked case by case by the speaker.
    pub verified: bool,
}

/// The frame of a count (invariant 4). `None` means: not said.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Frame {
    /// What is measured.
    pub metric: Metric,
    /// What is counted.
    pub unit: Unit,
    /// Of whom.
    pub population: Population,
    /// Event, day, running total or stock.
    pub scope: Option<Scope>,
    /// First day that counts, for everything but a stock.
    pub from: Option<When>,
    /// Last day that counts, for everything but a stock.
    pub to: Option<When>,
    /// The moment a stock or running total stands for.
    pub as_of: Option<When>,
}

impl Frame {
    /// The frame of a claim, from what it says and nothing else. A running total runs from its
    /// stated baseline
    /// to its as-of; an event or day has its own dates at both ends; a stock has no window.
    #[must_use]
    pub fn of(claim: &Claim) -> Frame {
        let time = &claim.time;
        let (from, to) = match claim.scope {
            Some(Scope::Stock) => (None, None),
            Some(Scope::Cumulative) => (
                time.since.clone().or_else(|| time.event.clone()),
                time.as_of.clone().or_else(|| time.event.clone()),
            ),
            Some(Scope::Event | Scope::Day) | None => (time.event.clone(), time.event.clone()),
        };
        let unit = match claim.predicate {
            Predicate::AppliedAmnesty => Unit::Application,
            _ => Unit::Person,
        };
        Frame {
            metric: Metric {
                predicate: claim.predicate,
                verified: claim.modality == Modality::Verified,
            },
            unit,
            population: claim.population.clone(),
            scope: claim.scope,
            from,
            to,
            as_of: time.as_of.clone(),
        }
    }
}
