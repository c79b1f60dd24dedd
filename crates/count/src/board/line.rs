//! A line of the board: one framed count claim, everywhere it is written, and who can be named for
//! it.

use super::{Bodies, count, fold::Fold};
use crate::{Named, Part, asked::Spoken, people::named::Names};
use habeas_model::{
    ClaimId, Digest, Frame, Metric, Modality, Place, Population, Present, Quantity, Review, Scope,
    Speaker, Standing, Unit, When,
};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::HashMap;

/// A link of a speaker chain: the outlet by its name, then the speakers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Link {
    /// The outlet that prints it.
    Outlet(String),
    /// Somebody it leads to.
    Speaker(Speaker),
}

/// The first and last day that count, each where said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Window {
    /// First day.
    pub from: Option<When>,
    /// Last day.
    pub to: Option<When>,
}

/// One place where the claim is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The claim there.
    pub claim: ClaimId,
    /// The document's name in the case.
    pub document: String,
    /// Its archived bytes.
    pub blob: Digest,
    /// Where in it.
    pub place: Place,
    /// The outlet.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// What a reviewer made of it.
    pub review: Review,
}

/// What reviewers made of the claims of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReviewCounts {
    /// Nobody has looked.
    pub unreviewed: u32,
    /// Accepted as read.
    pub accepted: u32,
    /// Accepted with changes.
    pub edited: u32,
}

/// One framed count claim.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// The fullest of its claims.
    pub id: ClaimId,
    /// What is measured.
    pub metric: Metric,
    /// What is counted.
    pub unit: Unit,
    /// Of whom.
    pub population: Population,
    /// First and last day that count.
    pub window: Window,
    /// The moment it stands for.
    pub as_of: Option<When>,
    /// Event, day, running total or stock.
    pub scope: Option<Scope>,
    /// How many, as vague as it was said (invariant 3).
    pub quantity: Option<Quantity>,
    /// Outlet first, then speakers, the origin last.
    pub speaker_chain: Vec<Link>,
    /// The body that answers for it.
    pub body: String,
    /// The outlet.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was said.
    pub said: Option<When>,
    /// The day by which the line is ordered: as-of, else event, else when it was said.
    pub day: Option<Date>,
    /// Everywhere it is written (invariant 13).
    pub sources: Vec<Source>,
    /// How far the speaker stands behind it.
    pub modality: Modality,
    /// What reviewers made of its claims.
    pub review: ReviewCounts,
    /// A newer figure of the same speaker and measure stands in the same document.
    pub superseded: bool,
    /// It is a part of a count of this many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<u32>,
    /// A remark of the source or the reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who can be named for exactly this frame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<Named>,
    /// What those names say about the quantity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<Standing>,
    /// The parts of the frame to which the register cannot speak; then there is no gap.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub incomparable: Vec<Part>,
}

impl Line {
    /// The frame of the line.
    #[must_use]
    pub fn frame(&self) -> Frame {
        Frame {
            metric: self.metric,
            unit: self.unit,
            population: self.population.clone(),
            scope: self.scope,
            from: self.window.from.clone(),
            to: self.window.to.clone(),
            as_of: self.as_of.clone(),
        }
    }

    pub(crate) fn of(
        fold: &Fold<'_>,
        bodies: &Bodies,
        places: &Places<'_>,
        names: &mut Names<'_>,
    ) -> Line {
        let head = &fold.claims[0];
        let (claim, frame) = (head.claim(), Frame::of(head.claim()));
        let (named, incomparable) = match names.named(&frame) {
            Ok(named) => (Some(named), Vec::new()),
            Err(parts) => (None, parts), // Invariant 4: a reason instead of a gap.
        };
        let gap = named
            .as_ref()
            .zip(claim.quantity.as_ref())
            .map(|(named, said)| said.standing(named.count));
        let outlet = claim.outlet.iter().cloned().map(Link::Outlet);
        Line {
            id: claim.id,
            metric: frame.metric,
            unit: frame.unit,
            population: frame.population,
            window: Window { from: frame.from, to: frame.to },
            as_of: frame.as_of,
            scope: frame.scope,
            quantity: claim.quantity.clone(),
            speaker_chain: outlet
                .chain(claim.speakers.0.iter().cloned().map(Link::Speaker))
                .collect(),
            body: bodies.shown(&fold.body).to_owned(),
            outlet: claim.outlet.clone(),
            url: claim.url.clone(),
            said: claim.time.said.clone(),
            day: head.day,
            sources: fold.claims.iter().map(|one| places.source(one)).collect(),
            modality: claim.modality,
            review: reviews(&fold.claims),
            superseded: fold.claims.iter().any(|one| one.claim().superseded),
            part_of: claim.part_of,
            note: claim.note.clone(),
            named,
            gap,
            incomparable,
        }
    }
}

fn reviews(claims: &[Spoken<'_>]) -> ReviewCounts {
    let of = |review| count(claims.iter().filter(|one| one.standing.review == review).count());
    ReviewCounts {
        unreviewed: of(Review::Unreviewed),
        accepted: of(Review::Accepted),
        edited: of(Review::Edited),
    }
}

/// The names of documents, by their bytes.
pub(crate) struct Places<'a>(HashMap<Digest, &'a str>);

impl<'a> Places<'a> {
    pub fn of(present: &'a Present) -> Places<'a> {
        Places(
            present.documents.iter().map(|taken| (taken.it.blob, taken.it.name.as_str())).collect(),
        )
    }

    pub fn source(&self, spoken: &Spoken<'_>) -> Source {
        let claim = spoken.claim();
        Source {
            claim: claim.id,
            document: self.0.get(&claim.span.blob).copied().unwrap_or_default().to_owned(),
            blob: claim.span.blob,
            place: claim.span.place.clone(),
            outlet: claim.outlet.clone(),
            url: claim.url.clone(),
            review: spoken.standing.review,
        }
    }
}
