//! A small invented board for the tests of this crate: Santa Aurelia, two bodies, nobody real.

use habeas_count::{Board, Line, Link, ReviewCounts, Rule, Source, Window};
use habeas_model::{
    Category, Claim, ClaimId, Digest, Metric, Modality, Person, Place, Population, Predicate,
    Quantity, Review, Scope, Speaker, SpeakerChain, Unit, When, memory::present::Standing, sample,
};

pub fn when(text: &str) -> When {
    text.parse().unwrap()
}

/// `body` says that `n` political prisoners were released since 8 January, as of `day`.
pub fn line(id: u64, body: &str, n: u32, day: &str) -> Line {
    let id = ClaimId::from_bits(id);
    let place = Place::Cells { sheet: String::new(), row: 1, first: 1, last: 1 };
    let url = Some("https://lamp.example/a".to_owned());
    Line {
        id,
        metric: Metric { predicate: Predicate::Released, verified: false },
        unit: Unit::Person,
        population: Population { cat: Some(Category::PoliticalPrisoner), ..Population::default() },
        window: Window { from: Some(when("2026-01-08")), to: Some(when(day)) },
        as_of: Some(when(day)),
        scope: Some(Scope::Cumulative),
        quantity: Some(Quantity::Exact(n)),
        speaker_chain: vec![Link::Outlet("The Lamp".into()), Link::Speaker(Speaker::named(body))],
        body: body.to_owned(),
        outlet: Some("The Lamp".to_owned()),
        url: url.clone(),
        said: Some(when(day)),
        day: Some(day.parse().unwrap()),
        sources: vec![Source {
            claim: id,
            document: "interview.txt".to_owned(),
            blob: Digest([1; 32]),
            place,
            outlet: Some("The Lamp".to_owned()),
            url,
            review: Review::Unreviewed,
        }],
        modality: Modality::Asserted,
        review: ReviewCounts { unreviewed: 1, accepted: 0, edited: 0 },
        superseded: false,
        part_of: None,
        note: None,
        named: None,
        gap: None,
        incomparable: vec![habeas_count::Part::Population],
    }
}

pub fn board(lines: Vec<Line>) -> Board {
    let count = lines.len() as u32;
    Board {
        lines,
        comparisons: Vec::new(),
        claims: count,
        unreviewed: count,
        documents: 1,
        persons: 0,
        position: 9,
        true_at: None,
        rule: Rule::shipped().into_iter().find(|rule| rule.name == "strict-monitor").unwrap(),
    }
}

/// A person with one public mention that a reviewer accepted.
pub fn person(id: u64, name: &str) -> Person {
    let mut mention = sample::mention(id, name);
    mention.span.quote = name.to_owned();
    sample::person([mention])
}

/// A claim that 42 were released, in these code points of a text.
pub fn claim(id: u64, start: u32, end: u32) -> Standing<Claim> {
    let mut it = sample::claim("", Quantity::Exact(42));
    it.speakers = SpeakerChain::default();
    it.id = ClaimId::from_bits(id);
    it.span.place = Place::Text { start, end, from: 0, to: 0 };
    Standing { it, position: id, known: 0, review: Review::Unreviewed, decided: None }
}
