//! Small invented cases for the tests of this crate.

use crate::{Asked, Rule};
use habeas_model::{
    Category, Claim, ClaimId, Frame, Gender, Happening, Kind, Mention, Modality, Name, Person,
    Place, Predicate, Present, Quantity, Register, Review, Scope, Speaker, SpeakerChain, When,
    memory::present::Standing, people::register::Held, sample,
};
use proptest::prelude::{Strategy, any};
use std::collections::BTreeMap;

/// A claim under construction.
#[derive(Clone)]
pub struct Said {
    pub claim: Claim,
    pub review: Review,
}

pub fn when(text: &str) -> When {
    text.parse().unwrap()
}

/// `body` says that `n` were released, of nobody in particular.
pub fn claim(body: &str, n: u32) -> Said {
    let mut claim = sample::claim(body, Quantity::Exact(n));
    claim.outlet = Some("The Lamp".to_owned());
    Said { claim, review: Review::Unreviewed }
}

/// The same of political prisoners.
pub fn political(body: &str, n: u32) -> Said {
    let mut said = claim(body, n);
    said.claim.population.cat = Some(Category::PoliticalPrisoner);
    said
}

#[allow(clippy::wrong_self_convention)] // `as_of` is the domain's word.
impl Said {
    pub fn with(mut self, change: impl FnOnce(&mut Claim)) -> Said {
        change(&mut self.claim);
        self
    }
    pub fn cumulative(self) -> Said {
        self.with(|c| c.scope = Some(Scope::Cumulative))
    }
    pub fn since(self, day: &str) -> Said {
        self.cumulative().with(|c| c.time.since = Some(when(day)))
    }
    pub fn as_of(self, day: &str) -> Said {
        self.with(|c| c.time.as_of = Some(when(day)))
    }
    pub fn on(self, day: &str) -> Said {
        self.with(|c| {
            c.scope = Some(Scope::Day);
            c.time.event = Some(when(day));
        })
    }
    pub fn held(self, day: &str) -> Said {
        self.as_of(day).with(|c| {
            c.predicate = Predicate::Held;
            c.scope = Some(Scope::Stock);
        })
    }
    pub fn words(self, words: &str) -> Said {
        self.with(|c| c.population.words = Some(words.to_owned()))
    }
    pub fn part_of(self, whole: u32) -> Said {
        self.with(|c| c.part_of = Some(whole))
    }
    pub fn place(self, place: &str) -> Said {
        self.with(|c| c.population.place = Some(place.to_owned()))
    }
    pub fn gender(self, gender: Gender) -> Said {
        self.with(|c| c.population.gender = Some(gender))
    }
    pub fn quantity(self, quantity: Quantity) -> Said {
        self.with(|c| c.quantity = Some(quantity))
    }
    pub fn in_document(self, document: u8) -> Said {
        self.with(|c| c.span = sample::span(document, 1))
    }
    pub fn promised(self, said: &str, due: Option<&str>) -> Said {
        self.with(|c| {
            c.kind = Kind::Promise;
            c.modality = Modality::Promised;
            c.time.said = Some(when(said));
            c.time.event = due.map(when);
        })
    }
    pub fn frame(&self) -> Frame {
        Frame::of(&self.claim)
    }
}

/// A present of these claims; the claim at index `i` has the identifier `i + 1`.
pub fn present(said: impl IntoIterator<Item = Said>) -> Present {
    let standing = |(index, mut said): (usize, Said)| {
        let number = index as u64 + 1;
        said.claim.id = ClaimId::from_bits(number);
        if let Place::Cells { row, .. } = &mut said.claim.span.place {
            *row = number as u32;
        }
        Standing { it: said.claim, position: number, known: 0, review: said.review, decided: None }
    };
    let claims: Vec<_> = said.into_iter().enumerate().map(standing).collect();
    Present { position: claims.len() as u64, claims, ..Present::default() }
}

/// A mention `id` of document `document` to which these things happened, each `predicate day` or
/// `predicate`.
pub fn mention(id: u64, document: u8, happened: &[&str]) -> Held {
    let happening = |text: &&str| {
        let (predicate, day) = text.split_once(' ').map_or((*text, None), |(p, d)| (p, Some(d)));
        let predicate = predicate.parse().unwrap();
        Happening { predicate, when: day.map(when), place: None, mode: None }
    };
    let mention = Mention {
        span: sample::span(document, id as u32),
        happened: happened.iter().map(happening).collect(),
        speakers: SpeakerChain(vec![Speaker::named(format!("Body {document}"))]),
        ..sample::mention(id, &format!("Persona {id}"))
    };
    Held { mention, review: Review::Accepted }
}

/// The person of these mentions.
pub fn person(mentions: Vec<Held>) -> Person {
    let blank = sample::person(mentions.iter().map(|held| held.mention.clone()));
    Person { mentions, ..blank }
}

/// One person with one mention.
pub fn somebody(id: u64, happened: &[&str]) -> Person {
    person(vec![mention(id, 1, happened)])
}

pub fn register(persons: Vec<Person>) -> Register {
    Register { persons, conflicts: Vec::new() }
}

pub fn rule(name: &str) -> Rule {
    Rule::shipped().into_iter().find(|rule| rule.name == name).unwrap()
}

/// A question of these, at no particular day.
pub fn asked<'a>(present: &'a Present, register: &'a Register, rule: &'a Rule) -> Asked<'a> {
    Asked { present, register, rule, true_at: None }
}

pub fn at<'a>(asked: Asked<'a>, day: &str) -> Asked<'a> {
    Asked { true_at: Some(day.parse().unwrap()), ..asked }
}

/// Registers of up to six people out of twelve mentions, each with what happened, a day of January,
/// a review, a person that it belongs to, a court case, and a birth date about eighteen years back.
pub fn registers() -> impl Strategy<Value = Register> {
    let one = (0..5usize, 1..28u8, 0..3usize, 0..6u64, any::<bool>(), 0..4usize);
    proptest::collection::vec(one, 12).prop_map(|mentions| {
        let mut groups: BTreeMap<u64, Vec<Held>> = BTreeMap::new();
        for (id, (kind, day, review, group, _, case)) in (1..).zip(mentions).filter(|(_, m)| m.4) {
            let what = ["held", "released", "house_arrest", "arrested", "rearrested"][kind];
            let mut held = mention(id, 1, &[&format!("{what} 2026-01-{day:02}")]);
            held.review = [Review::Unreviewed, Review::Accepted, Review::Refused][review];
            held.mention.happened[0].place = [None, Some("Norte".to_owned())][case % 2].clone();
            if case < 3 {
                let number = ("Expediente".to_owned(), Name::new(format!("E-{case}")));
                held.mention.rest.push(number);
            }
            groups.entry(group).or_default().push(held);
        }
        let made = |(group, mentions): (u64, Vec<Held>)| {
            let mut made = person(mentions);
            made.born = (group % 2 == 0).then(|| when(&format!("2008-01-{:02}", group + 9)));
            made.cats = Vec::from_iter((group == 1).then_some(Category::Journalist));
            made
        };
        register(groups.into_iter().map(made).collect())
    })
}
