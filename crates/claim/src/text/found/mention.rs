//! Somebody named in a text, for the register.

use crate::Context;
use habeas_model::{Claim, Happening, Mention, MentionId};

/// The mention that a claim about a person makes; none for "(father of ...)".
#[must_use]
pub fn mention(claim: &Claim, context: &Context) -> Option<Mention> {
    let name = claim.person.clone().filter(|name| !name.reveal().starts_with('('))?;
    let when = claim.time.event.clone().or_else(|| claim.time.as_of.clone());
    let place = claim.population.place.clone();
    let mut mention = Mention {
        id: MentionId::NONE,
        span: claim.span.clone(),
        claim: Some(claim.id),
        name,
        given: None,
        surnames: None,
        number: None,
        born: None,
        age: None,
        gender: claim.population.gender,
        nat: claim.population.nat.clone(),
        cat: claim.population.cat,
        happened: vec![Happening { predicate: claim.predicate, when, place, mode: None }],
        speakers: claim.speakers.clone(),
        outlet: claim.outlet.clone(),
        modality: claim.modality,
        disclosure: context.disclosure,
        rest: Vec::new(),
    };
    mention.id = mention.identify(0);
    Some(mention)
}
