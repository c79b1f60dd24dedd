//! Which body answers for a claim, so that one body's two spellings are not two sources.

use crate::frame::plain;
use habeas_model::{Claim, Digest, Present, SpeakerChain};
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

/// The bodies of a case. A name joins another only by what the material itself says: "Vigilia (A.
/// Person)" is
/// Vigilia where Vigilia speaks elsewhere, and a speaker always of one body speaks for it where it
/// is left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bodies {
    /// Plain spelling -> the name to show.
    shown: HashMap<String, String>,
    /// Plain spelling of a person -> plain spelling of the one body they speak for.
    speaks_for: HashMap<String, Option<String>>,
    /// Plain spellings of everything that somebody speaks for.
    spoken_for: HashSet<String>,
}

impl Bodies {
    pub fn of(present: &Present) -> Bodies {
        let mut bodies = Bodies::default();
        let mut seen = HashSet::new(); // A million claims have a few hundred voices.
        for claim in present.claims.iter().filter(|one| one.review.stands()).map(|one| &one.it) {
            let origin = claim.speakers.origin().map(|speaker| (&speaker.name, &speaker.of));
            let nobody = claim.outlet.is_none().then_some(claim.span.blob);
            if !seen.insert((origin, &claim.outlet, nobody)) {
                continue;
            }
            let name = own_name(&claim.speakers, claim.outlet.as_deref(), claim.span.blob);
            bodies.shown.entry(plain(&name)).or_insert_with(|| name.into_owned());
            let Some((person, body)) =
                claim.speakers.origin().and_then(|s| Some((&s.name, s.of.as_ref()?)))
            else {
                continue;
            };
            let body = plain(body);
            bodies.spoken_for.insert(body.clone());
            let known =
                bodies.speaks_for.entry(plain(person)).or_insert_with(|| Some(body.clone()));
            if known.as_ref() != Some(&body) {
                *known = None; // Of two bodies: the bare name stays itself.
            }
        }
        bodies
    }

    /// The body of a claim, by its plain spelling.
    pub fn key(&self, claim: &Claim) -> String {
        self.key_of(&claim.speakers, claim.outlet.as_deref(), claim.span.blob)
    }

    /// The body that answers for what a chain of speakers says in a document.
    pub fn key_of(&self, speakers: &SpeakerChain, outlet: Option<&str>, blob: Digest) -> String {
        let origin = speakers.origin().map(|speaker| plain(&speaker.name));
        if let Some(body) = origin.filter(|name| self.spoken_for.contains(name)) {
            return body; // A body, not a person: what it is `of` is a part of it or above it.
        }
        let name = plain(&own_name(speakers, outlet, blob));
        if let Some((head, _)) =
            name.split_once(" (").filter(|(head, _)| self.shown.contains_key(*head))
        {
            return self.whole(head);
        }
        self.whole(&name)
    }

    /// The plain spelling of everybody who speaks or is spoken for.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.shown.keys().chain(&self.spoken_for).map(String::as_str)
    }

    /// The name to show for a plain spelling.
    pub fn shown<'a>(&'a self, key: &'a str) -> &'a str {
        self.shown.get(key).map_or(key, String::as_str)
    }

    fn whole(&self, name: &str) -> String {
        if self.spoken_for.contains(name) {
            return name.to_owned();
        }
        let body = self.speaks_for.get(name).and_then(Option::as_ref);
        body.map_or_else(|| name.to_owned(), Clone::clone)
    }
}

/// What a document of which nobody knows the author begins with in place of a body.
pub const NOBODY: &str = "document ";

/// The body at the end of the chain, else the outlet. Where neither is known the document itself:
/// two documents of nobody are not one body.
fn own_name<'a>(speakers: &'a SpeakerChain, outlet: Option<&'a str>, blob: Digest) -> Cow<'a, str> {
    let said = speakers.body().or(outlet).filter(|name| !name.is_empty());
    said.map_or_else(|| format!("{NOBODY}{}", blob.short()).into(), Cow::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{claim, present};

    #[test]
    fn one_body_has_one_key() {
        let mut officer = claim("Rosa Amil", 3);
        officer.claim.speakers.0[0].of = Some("Vigilia".to_owned());
        let said = [
            claim("Vigilia", 1),
            claim("VIGILIA  ", 1),
            claim("Vigilia (R. Amil)", 1),
            claim("Rosa Amil", 1),
            officer,
            claim("outlet (Lamp)", 1),
            claim("outlet (Kite)", 1),
        ];
        let present = present(said);
        let bodies = Bodies::of(&present);
        let keys: Vec<_> = present.claims.iter().map(|one| bodies.key(&one.it)).collect();
        assert_eq!(keys[..5], ["vigilia"; 5]);
        assert_ne!(keys[5], keys[6]);
        assert_eq!(bodies.shown("vigilia"), "Vigilia");
    }
}
