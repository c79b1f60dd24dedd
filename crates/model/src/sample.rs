//! Blank claims, mentions and persons for the tests and benches of every crate: nobody here exists.
//!
//! Each has the fewest things said of it that its type allows; whoever takes one says the rest.

use crate::{
    Claim, ClaimId, Digest, Disclosure, Kind, Mention, MentionId, Modality, Name, Person, PersonId,
    Place, Population, Predicate, Quantity, Review, Span, Speaker, SpeakerChain,
    people::register::Held, said::claim::Confidence,
};

/// A cell of row `row` of document `document`.
#[must_use]
pub fn span(document: u8, row: u32) -> Span {
    Span {
        blob: Digest([document; 32]),
        part: String::new(),
        extractor: "csv/1".to_owned(),
        place: Place::Cells { sheet: String::new(), row, first: 1, last: 1 },
        quote: String::new(),
        prefix: String::new(),
        suffix: String::new(),
    }
}

/// `body` says that so many were released, of nobody in particular.
#[must_use]
pub fn claim(body: &str, quantity: Quantity) -> Claim {
    Claim {
        id: ClaimId::NONE,
        span: span(1, 1),
        kind: Kind::Count,
        detail: None,
        predicate: Predicate::Released,
        quantity: Some(quantity),
        population: Population::default(),
        person: None,
        part_of: None,
        of_total: None,
        speakers: SpeakerChain(vec![Speaker::named(body)]),
        outlet: None,
        url: None,
        modality: Modality::Asserted,
        scope: None,
        time: Default::default(),
        superseded: false,
        by: None,
        note: None,
        rules: Vec::new(),
        confidence: Confidence::High,
        attribution: None,
    }
}

/// A public mention of somebody of that name, to whom nothing has happened.
#[must_use]
pub fn mention(id: u64, name: &str) -> Mention {
    Mention {
        id: MentionId::from_bits(id),
        span: span(1, 1),
        claim: None,
        name: Name::new(name),
        given: None,
        surnames: None,
        number: None,
        born: None,
        age: None,
        gender: None,
        nat: Vec::new(),
        cat: None,
        happened: Vec::new(),
        speakers: SpeakerChain::default(),
        outlet: None,
        modality: Modality::Asserted,
        disclosure: Disclosure::Public,
        rest: Vec::new(),
    }
}

/// The public person of these mentions, each accepted by a reviewer, with the name of the first.
///
/// # Panics
///
/// Where there is no mention: a person is made of mentions.
#[must_use]
pub fn person(mentions: impl IntoIterator<Item = Mention>) -> Person {
    let held = |mention| Held { mention, review: Review::Accepted };
    let mentions: Vec<Held> = mentions.into_iter().map(held).collect();
    let ids = mentions.iter().map(|held| PersonId::from(held.mention.id));
    Person {
        id: ids.min().expect("a person has a mention"),
        name: mentions[0].mention.name.clone(),
        born: None,
        gender: None,
        nat: Vec::new(),
        cats: Vec::new(),
        disclosure: Disclosure::Public,
        warnings: Vec::new(),
        decisions: Box::default(),
        mentions,
    }
}
