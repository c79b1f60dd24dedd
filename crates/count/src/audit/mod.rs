//! Do the sums that bodies publish hold: their parts, their running totals, their windows?

mod flow;
mod partition;
mod series;

use crate::{
    Asked,
    asked::Spoken,
    board::{Bodies, fold_counts},
    frame::{definition, plain},
};
use habeas_model::{Claim, ClaimId, Digest, Kind, Population, Predicate, Quantity, When, words};
use jiff::civil::Date;
use serde::Serialize;

words! {
    /// What was looked at.
    FindingKind {
        /// Parts against their whole.
        Partition = "partition",
        /// A part against the whole that it is said to be of.
        PartOfWhole = "part_of_whole",
        /// A running total that falls.
        FallingTotal = "falling_total",
        /// One number given for two windows.
        TwoWindows = "two_windows",
        /// A stock against the stock before it and what was let out between.
        StockFlow = "stock_flow",
        /// Two numbers of one body for one frame and moment.
        Conflict = "conflict",
        /// A round number beside the one that it is said to round.
        Rounding = "rounding",
        /// A window whose last day comes before its first.
        ImpossibleWindow = "impossible_window",
    }
}

words! {
    /// How much a finding should trouble a reader.
    Severity {
        /// It holds, or has an ordinary explanation.
        Note = "note",
        /// Somebody should ask.
        Minor = "minor",
        /// The numbers cannot all be right.
        Serious = "serious",
    }
}

words! {
    /// The axis along which a count is broken down.
    Axis {
        /// Women and men.
        Gender = "gender",
        /// Adults and those under age.
        Age = "age",
        /// Civilians and military.
        CivilMilitary = "civil_military",
        /// Nationalities.
        Nationality = "nationality",
        /// Places.
        Place = "place",
    }
}

/// A finding; those that hold are findings too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub kind: FindingKind,
    /// How much it should trouble a reader.
    pub severity: Severity,
    /// Whether the sum holds.
    pub holds: bool,
    /// The body whose numbers they are.
    pub body: String,
    /// What they count.
    pub predicate: Predicate,
    /// The axis of a partition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub axis: Option<Axis>,
    /// The day of the last of the numbers.
    pub day: Option<Date>,
    /// The claims behind it (invariant 13).
    pub rows: Vec<ClaimId>,
    /// The sum itself, in figures: `600 + 87 = 687`.
    pub arithmetic: String,
    /// What is left over: said less computed.
    pub residue: i64,
}

/// The findings over everything that stands, in the order of their days.
#[must_use]
pub fn audit(asked: &Asked<'_>) -> Vec<Finding> {
    let claims: Vec<Spoken<'_>> =
        asked.claims().into_iter().filter(|one| one.claim().kind == Kind::Count).collect();
    let bodies = Bodies::of(asked.present);
    let rows: Vec<Row<'_>> = fold_counts(&claims, &bodies)
        .into_iter()
        .map(|(body, claims)| Row::of(body, claims))
        .collect();
    let mut findings = partition::partitions(&rows);
    findings.extend(partition::larger_than_whole(&rows));
    findings.extend(series::falling_totals(&rows));
    findings.extend(series::conflicts(&rows));
    findings.extend(series::two_windows(&rows));
    findings.extend(series::roundings(&rows));
    findings.extend(series::impossible_windows(&rows));
    findings.extend(flow::stock_flow(&rows));
    for finding in &mut findings {
        finding.body = bodies.shown(&finding.body).to_owned();
    }
    findings.sort_by(|a, b| {
        let key = |f: &Finding| (f.day, f.kind, f.axis, f.rows.first().copied());
        (key(a), &a.arithmetic).cmp(&(key(b), &b.arithmetic))
    });
    findings.dedup_by(|a, b| {
        (a.kind, a.axis, &a.arithmetic, &a.body, a.predicate, a.day)
            == (b.kind, b.axis, &b.arithmetic, &b.body, b.predicate, b.day)
    });
    findings
}

/// One number of one body, wherever it is written.
#[derive(Clone, Debug)]
pub(crate) struct Row<'a> {
    pub body: String,
    pub claim: &'a Claim,
    pub day: Option<Date>,
    pub documents: Vec<Digest>,
    pub parts_of: Vec<u32>,
    pub ids: Vec<ClaimId>,
    pub whom: String,
}

impl<'a> Row<'a> {
    fn of(body: String, claims: Vec<Spoken<'a>>) -> Row<'a> {
        let claim = claims[0].claim();
        let mut parts_of: Vec<u32> = claims.iter().filter_map(|one| one.claim().part_of).collect();
        parts_of.dedup();
        Row {
            body,
            claim,
            day: claims[0].day,
            documents: claims.iter().map(|one| one.claim().span.blob).collect(),
            parts_of,
            ids: claims.iter().map(|one| one.claim().id).collect(),
            whom: whom(&claim.population),
        }
    }

    /// The number, if it was said as one.
    pub fn exact(&self) -> Option<u32> {
        match self.claim.quantity {
            Some(Quantity::Exact(n)) => Some(n),
            _ => None,
        }
    }

    /// Least and most that the words allow; "about" and vague words allow anything.
    pub fn bounds(&self) -> (Option<u32>, Option<u32>) {
        match &self.claim.quantity {
            None | Some(Quantity::About(_) | Quantity::Vague { .. }) => (None, None),
            Some(said) => said.bounds(),
        }
    }

    pub fn since(&self) -> Option<(Option<Date>, Option<Date>)> {
        self.claim.time.since.as_ref().map(|when| (when.first(), when.last()))
    }

    /// The hour that it stands for, where said.
    pub fn hour(&self) -> Option<jiff::civil::Time> {
        let time = &self.claim.time;
        time.as_of.as_ref().or(time.event.as_ref()).and_then(When::hour)
    }

    fn finding(
        &self,
        kind: FindingKind,
        severity: Severity,
        others: &[&Row<'_>],
        arithmetic: String,
    ) -> Finding {
        let rows = std::iter::once(self)
            .chain(others.iter().copied())
            .flat_map(|row| row.ids.clone())
            .collect();
        Finding {
            kind,
            severity,
            holds: false,
            body: self.body.clone(),
            predicate: self.claim.predicate,
            axis: None,
            day: self.day,
            rows,
            arithmetic,
            residue: 0,
        }
    }
}

/// A key for who is counted: equal exactly where the populations are.
fn whom(population: &Population) -> String {
    let Population { cat, gender, age, place, .. } = population;
    let mut nat = population.nat.clone();
    nat.sort();
    format!(
        "{nat:?} {cat:?} {gender:?} {age:?} {:?} {:?}",
        place.as_deref().map(plain),
        definition(population)
    )
}
