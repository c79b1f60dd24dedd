//! A claim in the making gets its speaker, modality, scope and dates.

mod scope;
mod tense;

use super::{
    Fired, Found,
    reason::{confidence, detail, mended},
};
use crate::text::{
    Here, Reader,
    attribution::Voice,
    lexicon::{Meaning, Tag},
};
use habeas_model::{
    Claim, ClaimId, Kind, Modality, Name, Predicate, Scope, SpeakerChain,
    said::{claim::Times, speaker::Role},
};

impl Reader<'_> {
    /// Makes a claim and takes note of it.
    pub(in crate::text) fn claim(&mut self, mut one: Found, here: &Here) {
        let voice = self.voice(&one, here);
        self.spoken = Some((here.tokens.start, voice.clone()));
        self.tense(&mut one, here, &voice);
        let modality = self.modality(&one, here, &voice);
        let verified = voice.modality == Some(Modality::Verified);
        let checked = if verified { Modality::Verified } else { modality };
        let scope = (one.kind == Kind::Count).then(|| self.scope(&one, here, checked, &voice));
        let mut time = self.times(&one, here, &voice, scope);
        let (mut modality, mut scope) = (modality, scope);
        if self.to_come(&mut one, &time, here) {
            (modality, scope) = (self.modality(&one, here, &voice), None);
            time = self.times(&one, here, &voice, scope);
        }
        self.not_yet(&one, &mut time);
        self.place(&mut one);
        let confidence = confidence(&one, &voice);
        self.recall(&one, scope, &time, here);
        let mut chain: Vec<_> = self.discourse.wire.iter().cloned().collect();
        chain.extend(voice.chain.iter().cloned());
        let bytes = self.page.bytes(one.range.clone());
        let attribution = voice.range.as_ref().map(|range| {
            let bytes = self.page.bytes(range.clone());
            (self.text.points(bytes.start), self.text.points(bytes.end))
        });
        let who = match (voice.chain.is_empty(), voice.carried) {
            (true, _) => "speaker.outlet",
            (false, true) => "speaker.carried",
            (false, false) => "speaker.sentence",
        };
        one.rules.push(Fired::new(who, voice.range.clone().unwrap_or_default()));
        let rules = one.rules.iter().map(|fired| fired.told(self.page)).collect();
        let detail = detail(one.kind, one.predicate, one.person.is_some());
        let names = one.person.iter().chain(chain.iter().map(|speaker| &speaker.name));
        let note = mended(names.map(String::as_str));
        self.claims.push(Claim {
            id: ClaimId::NONE,
            span: self.document.span(self.text, bytes),
            kind: one.kind,
            detail,
            predicate: one.predicate,
            quantity: one.quantity,
            population: one.population,
            person: one.person.map(Name::new),
            part_of: one.part_of,
            of_total: one.of_total,
            speakers: SpeakerChain(chain),
            outlet: self.context.outlet.clone(),
            url: self.context.url.clone(),
            modality,
            scope,
            time,
            superseded: false,
            by: None,
            note,
            rules,
            confidence,
            attribution,
        });
    }

    /// "101 were released within a week": what has happened has no day that is still to come.
    fn not_yet(&self, one: &Found, time: &mut Times) {
        let first = time.event.as_ref().and_then(|when| when.first());
        let ahead = first.zip(self.context.published).is_some_and(|(day, now)| day > now);
        if ahead && matches!(one.kind, Kind::Count | Kind::Person) {
            time.event = None;
        }
    }

    /// How far the words around a claim stand behind it: "has verified 12", "12 that it could
    /// confirm".
    fn checked(&self, one: &Found) -> Option<Modality> {
        let page = self.page;
        let from = one.range.start.saturating_sub(9).max(one.clause.start);
        // "97, of an estimated 400": the whole is estimated, not the part.
        let end = if one.of_total.is_some() { one.anchor.end } else { one.range.end };
        let behind = one.range.end..(one.range.end + 6).min(one.clause.end);
        let behind = behind
            .take_while(|at| !page.is(*at, ',') && page.tag(*at, Tag::And).is_none())
            .take_while(|at| page.tag(*at, Tag::Negation).is_none());
        let checked = behind.into_iter().find_map(|at| {
            page.find(at, |meaning| {
                matches!(meaning, Meaning::Speech(Modality::Verified)).then_some(Modality::Verified)
            })
        });
        let near = (from..end).rev().find_map(|at| {
            page.find(at, |meaning| match meaning {
                Meaning::Speech(
                    modality @ (Modality::Verified | Modality::Estimated | Modality::Confirmed),
                ) => Some(*modality),
                _ => None,
            })
        });
        near.or(checked).map(|(_, modality)| modality)
    }

    fn modality(&self, one: &Found, here: &Here, voice: &Voice) -> Modality {
        let page = self.page;
        match one.kind {
            Kind::Promise => {
                let expected = page.seek(one.clause.clone(), Tag::Expected).is_some();
                return if expected { Modality::Expected } else { Modality::Promised };
            }
            Kind::Denial => return Modality::Denied,
            Kind::Other => {
                return match one.predicate {
                    Predicate::Demand => Modality::Demanded,
                    Predicate::VerificationPending => Modality::Unconfirmed,
                    _ => Modality::Asserted,
                };
            }
            _ => {}
        }
        if page
            .seek(one.clause.start..here.tokens.end.min(one.clause.end + 12), Tag::Rumour)
            .is_some()
        {
            return Modality::Unconfirmed;
        }
        let near = self.checked(one);
        let estimated = page.words(one.range.clone()).starts_with("an estimated");
        // What the speaker of the sentence before had verified, this one may only say.
        let own = !voice.carried || self.discourse.governs.is_some();
        let said = voice.modality.filter(|said| {
            own && !matches!(said, Modality::Promised | Modality::Demanded | Modality::Denied)
        });
        let back = self
            .antecedent(one)
            .filter(|_| one.carried && !one.additional)
            .filter(|claim| same_speaker(claim, voice))
            .map(|claim| claim.modality)
            .filter(|said| matches!(said, Modality::Verified | Modality::Unconfirmed));
        let said = said.filter(|said| *said != Modality::Asserted).or(back).or(said);
        let relative = voice
            .chain
            .last()
            .is_some_and(|last| matches!(last.role, Some(Role::Relative | Role::Lawyer)));
        if estimated {
            return Modality::Estimated;
        }
        match near {
            Some(modality) => modality,
            None if relative && one.kind == Kind::Person && !one.predicate.is_state() => {
                Modality::Confirmed
            }
            None => said.unwrap_or(Modality::Asserted),
        }
    }

    /// The country of the text, unless it is the country of the case, which goes without saying.
    fn place(&self, one: &mut Found) {
        let said = matches!(one.predicate, Predicate::Allegation | Predicate::QuidProQuo);
        if one.kind == Kind::Other || one.kind == Kind::Denial && said {
            one.population.place = None;
            return;
        }
        let country = self.home.clone().or_else(|| self.country.map(|nation| nation.to_string()));
        let place = one.population.place.take().or_else(|| self.there(one)).or(country);
        let home = self.context.country.as_deref();
        one.population.place = place.filter(|place| home != Some(place.as_str()));
        if one.predicate == Predicate::Exchanged && one.population.nat.is_empty() {
            one.population.place = None;
        }
    }

    /// "Two died there": the place, no country, that the claims before were of.
    fn there(&self, one: &Found) -> Option<String> {
        let page = self.page;
        let end = (one.range.end + 3).min(one.clause.end).max(one.range.end);
        let told = |at: usize| {
            let end = page.tag(at, Tag::There);
            end.is_some_and(|end| !page.any(end, &[Tag::Be, Tag::Have]))
        };
        if !(one.range.start..end).any(told) {
            return None;
        }
        let places =
            self.claims.iter().rev().take(8).filter_map(|claim| claim.population.place.clone());
        let home = self.country.map(|nation| nation.to_string()).or_else(|| self.home.clone());
        places.into_iter().find(|place| Some(place) != home.as_ref())
    }

    /// Remembers scope and dates, for parts that follow.
    fn recall(&mut self, one: &Found, scope: Option<Scope>, time: &Times, here: &Here) {
        let _ = here;
        if let Some(person) = &one.person {
            self.topic.name(person);
        }
        self.topic.dated(one.quantity.as_ref(), one.predicate, scope, time);
    }
}

/// Whether a claim before was said by the same speaker.
fn same_speaker(claim: &Claim, voice: &Voice) -> bool {
    let name = |speaker: Option<&habeas_model::said::speaker::Speaker>| {
        speaker.map(|speaker| speaker.name.clone())
    };
    name(claim.speakers.origin()) == name(voice.chain.last())
}
