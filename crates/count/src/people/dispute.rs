//! Who could be meant where one body says that people on another's list are free, or are common
//! criminals, and where a body's list says the opposite of another's.
//!
//! A dispute comes as a number without names ("82 on their list are free already"). The register
//! answers with the names that could be among them, and why; it never says that they are.

use super::history::stands;
use crate::{
    Asked, Persons,
    asked::Spoken,
    board::{Bodies, Source, count, line::Places},
    frame::plain,
};
use habeas_model::{
    Category, ClaimId, Kind, Mention, Person, Place, Population, Predicate, Quantity, Standing,
    words,
};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

words! {
    /// Why somebody could be meant.
    Because {
        /// The body that disputes has them out of custody in its own list or words.
        ItsOwnList = "its_own_list",
        /// Another origin has them out of custody.
        AnotherOrigin = "another_origin",
        /// A source calls them a common prisoner.
        CommonPrisoner = "common_prisoner",
        /// The other body has them inside after that.
        StillListed = "still_listed",
    }
}

/// Some names that could be meant for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meant {
    /// Why.
    pub because: Because,
    /// Who.
    pub persons: Persons,
}

/// What one body says against another's list.
#[derive(Clone, Debug, Serialize)]
pub struct Dispute {
    /// The claim; none: nobody said it, the two lists do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimId>,
    /// The body that disputes.
    pub body: String,
    /// The body whose list is disputed; none: not said, and any other body's is looked at.
    pub against: Option<String>,
    /// That they are free already, or common criminals, or (of a body that frees) still inside.
    pub predicate: Predicate,
    /// How many, as it was said.
    pub quantity: Option<Quantity>,
    /// Of whom, in the speaker's words.
    pub population: Population,
    /// The day it stands for.
    pub day: Option<Date>,
    /// How many of the disputed list the register has.
    pub listed: u32,
    /// The names that could be meant, each person once, by the first reason that holds.
    pub meant: Vec<Meant>,
    /// What those names say about the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// Everywhere it is written.
    pub sources: Vec<Source>,
}

impl Dispute {
    /// How many could be meant.
    #[must_use]
    pub fn candidates(&self) -> u32 {
        self.meant.iter().map(|meant| count(meant.persons.len())).sum()
    }
}

/// The disputes of a question: those that a body states, then those that two lists show, in both
/// directions.
#[must_use]
pub fn disputes(asked: &Asked<'_>) -> Vec<Dispute> {
    let bodies = Bodies::of(asked.present);
    let places = Places::of(asked.present);
    let lists = Lists::of(asked, &bodies);
    let claims = asked.claims();
    let mut disputes: Vec<Dispute> = Vec::new();
    let stated = claims.iter().filter(|one| disputed(one.claim().predicate));
    for one in stated.filter(|one| one.claim().kind != Kind::Promise) {
        let dispute = lists.stated(one, &places);
        let same = |known: &&mut Dispute| {
            let of = |d: &Dispute| (d.body.clone(), d.predicate, d.quantity.clone(), d.day);
            of(known) == of(&dispute)
        };
        match disputes.iter_mut().find(same) {
            Some(known) => known.sources.extend(dispute.sources), // One number in two documents.
            None => disputes.push(dispute),
        }
    }
    disputes.sort_by(|a, b| (a.day, &a.body, a.claim).cmp(&(b.day, &b.body, b.claim)));
    disputes.extend(lists.apart());
    disputes
}

fn disputed(predicate: Predicate) -> bool {
    matches!(predicate, Predicate::DisputedReleased | Predicate::DisputedCommonCrime)
}

/// What each origin says of each person.
struct Lists<'a> {
    bodies: &'a Bodies,
    persons: &'a [Person],
    ids: std::sync::Arc<[habeas_model::PersonId]>,
    rows: Vec<Says>,
    spelled: HashMap<String, String>,
    /// The day of each origin's last list: whom it leaves out is no longer on it.
    latest: HashMap<String, Date>,
}

/// What is said of one person, by origin (its plain spelling).
#[derive(Default)]
struct Says {
    /// The last day on which each has them inside; `None`: no day was given.
    inside: BTreeMap<String, Option<Date>>,
    /// The first day on which each has them out.
    out: BTreeMap<String, Option<Date>>,
    /// The day of each list that has them inside.
    listed: Vec<(String, Date)>,
    common: bool,
}

impl<'a> Lists<'a> {
    fn of(asked: &Asked<'a>, bodies: &'a Bodies) -> Lists<'a> {
        let limit = asked.last_day();
        let persons = &asked.register.persons;
        let rows: Vec<Says> =
            persons.iter().map(|person| Says::of(person, bodies, limit)).collect();
        let ids = persons.iter().map(|person| person.id).collect();
        let mentions = persons.iter().flat_map(|person| &person.mentions);
        let origins = mentions.map(|held| held.mention.origin());
        let spelled = origins.map(|name| (plain(name), name.to_owned())).collect();
        let mut latest: HashMap<String, Date> = HashMap::new();
        for (body, day) in rows.iter().flat_map(|says: &Says| &says.listed) {
            let known = latest.entry(body.clone()).or_insert(*day);
            *known = (*known).max(*day);
        }
        Lists { bodies, persons, ids, rows, spelled, latest }
    }

    /// Whether a body has somebody inside, and has not left them out of its last list.
    fn lists(&self, body: &str, says: &Says) -> bool {
        let still = |day: &Option<Date>| {
            day.zip(self.latest.get(body).copied()).is_none_or(|(day, last)| last <= day)
        };
        says.inside.get(body).is_some_and(still)
    }

    /// A body's name as it is spelled: by those who speak of it, else in its own list.
    fn shown(&self, key: &str) -> String {
        match (self.bodies.shown(key), self.spelled.get(key)) {
            (plain, Some(own)) if plain == key => own.clone(),
            (shown, _) => shown.to_owned(),
        }
    }

    fn stated(&self, one: &Spoken<'_>, places: &Places<'_>) -> Dispute {
        let claim = one.claim();
        let key = self.bodies.key(claim);
        let words = claim.population.words.iter().chain(&claim.note).map(|words| plain(words));
        let words = words.collect::<Vec<_>>().join(" ");
        let listing = self.rows.iter().flat_map(|says| says.inside.keys());
        let listing = listing.map(String::as_str).chain(self.bodies.keys());
        let outlet = claim.outlet.as_deref().map(plain).unwrap_or_default();
        let other = |of: &&str| ![key.as_str(), outlet.as_str(), ""].contains(of);
        let listing: BTreeSet<&str> = listing.filter(other).collect();
        // The longest name that stands in the words: "Foro" is also a part of "Foro Penal".
        let in_words = |words: &str| {
            let named = listing.iter().filter(|body| words.contains(**body));
            named.max_by_key(|body| body.len()).map(|body| (*body).to_owned())
        };
        let against = in_words(&words).or_else(|| in_words(&plain(&claim.span.quote)));
        let on_list = |says: &Says| match &against {
            Some(body) => self.lists(body, says),
            None => says.inside.keys().any(|body| *body != key && self.lists(body, says)),
        };
        let because = |says: &Says| match claim.predicate {
            Predicate::DisputedCommonCrime => says.common.then_some(Because::CommonPrisoner),
            _ if says.out.contains_key(&key) => Some(Because::ItsOwnList),
            _ => (!says.out.is_empty()).then_some(Because::AnotherOrigin),
        };
        let listed = self.rows.iter().filter(|says| on_list(says)).count();
        let meant = self.meant(|says| because(says).filter(|_| on_list(says)));
        let mut dispute = Dispute {
            claim: Some(claim.id),
            body: self.shown(&key),
            against: against.map(|body| self.shown(&body)),
            predicate: claim.predicate,
            quantity: claim.quantity.clone(),
            population: claim.population.clone(),
            day: one.day,
            listed: count(listed),
            meant,
            standing: None,
            sources: vec![places.source(one)],
        };
        let candidates = dispute.candidates();
        // More names that could be meant contradict nothing: only a lack of them says something.
        dispute.standing = dispute.quantity.as_ref().map(|said| match said.standing(candidates) {
            Standing::ContradictedBy(_) => Standing::Open,
            other => other,
        });
        dispute
    }

    /// Pairs of bodies of which one frees whom the other still has inside later.
    fn apart(&self) -> Vec<Dispute> {
        let mut pairs: BTreeMap<(&String, &String), Vec<u32>> = BTreeMap::new();
        for (row, says) in (0..).zip(&self.rows) {
            for (holder, held) in &says.inside {
                for (freer, freed) in says.out.iter().filter(|(freer, _)| *freer != holder) {
                    if held.zip(*freed).is_some_and(|(held, freed)| freed < held) {
                        pairs.entry((holder, freer)).or_default().push(row);
                    }
                }
            }
        }
        let dispute = |((holder, freer), rows): ((&String, &String), Vec<u32>)| Dispute {
            claim: None,
            body: self.shown(holder),
            against: Some(self.shown(freer)),
            predicate: Predicate::Held,
            quantity: None,
            population: Population::default(),
            day: rows.iter().filter_map(|row| *self.rows[*row as usize].inside.get(holder)?).max(),
            listed: count(self.rows.iter().filter(|says| says.out.contains_key(freer)).count()),
            meant: vec![Meant {
                because: Because::StillListed,
                persons: Persons::of_rows(&self.ids, rows),
            }],
            standing: None,
            sources: Vec::new(),
        };
        pairs.into_iter().map(dispute).collect()
    }

    fn meant(&self, because: impl Fn(&Says) -> Option<Because>) -> Vec<Meant> {
        let mut rows: BTreeMap<Because, Vec<u32>> = BTreeMap::new();
        for (row, says) in (0..count(self.persons.len())).zip(&self.rows) {
            if let Some(because) = because(says) {
                rows.entry(because).or_default().push(row);
            }
        }
        let meant = |(because, rows)| Meant { because, persons: Persons::of_rows(&self.ids, rows) };
        rows.into_iter().map(meant).collect()
    }
}

impl Says {
    fn of(person: &Person, bodies: &Bodies, limit: Date) -> Says {
        let mut says = Says::default();
        for held in person.mentions.iter().filter(|held| stands(held)) {
            let Mention { speakers, outlet, span, cat, .. } = &held.mention;
            let body = bodies.key_of(speakers, outlet.as_deref(), span.blob);
            says.common |= *cat == Some(Category::CommonPrisoner);
            for one in &held.mention.happened {
                let day = one.when.as_ref().and_then(|when| when.last());
                if day.is_some_and(|day| day > limit) {
                    continue; // Invariant 8.
                }
                if one.predicate.leaves_custody() {
                    let known = says.out.entry(body.clone()).or_insert(day);
                    *known = known.zip(day).map(|(a, b)| a.min(b)).or(day).or(*known);
                } else if matches!(one.predicate, Predicate::Held | Predicate::Missing) {
                    let known = says.inside.entry(body.clone()).or_insert(day);
                    *known = (*known).max(day);
                    let row = matches!(span.place, Place::Cells { .. });
                    says.listed.extend(day.filter(|_| row).map(|day| (body.clone(), day)));
                }
            }
        }
        says
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::*;
    use habeas_model::people::register::Held;

    fn listed(id: u64, body: &str, happened: &[&str]) -> Held {
        let mut held = mention(id, id as u8, happened);
        held.mention.speakers.0[0].name = body.to_owned();
        held
    }

    fn disputing(body: &str, n: u32, predicate: Predicate, words: &str) -> Said {
        claim(body, n).held("2026-03-12").words(words).with(|claim| claim.predicate = predicate)
    }

    #[track_caller]
    fn check(said: Said, expected: &[(Because, usize)], standing: Standing) {
        let olsa = |id| listed(id, "OLSA", &["held 2026-02-14"]);
        let mut thief = olsa(8);
        thief.mention.cat = Some(Category::CommonPrisoner);
        let people = vec![
            person(vec![olsa(1), listed(2, "Ministry", &["released 2026-02-20"])]),
            person(vec![olsa(3), listed(4, "Vigilia", &["released 2026-02-20"])]),
            person(vec![olsa(5)]),
            person(vec![listed(6, "Ministry", &["released 2026-02-20"])]),
            person(vec![thief]),
        ];
        let (present, register) = (present([said]), register(people));
        let rule = rule("strict-monitor");
        let disputes = disputes(&at(asked(&present, &register, &rule), "2026-03-12"));
        let [dispute] = &disputes[..] else { panic!("{disputes:?}") };
        let meant: Vec<_> = dispute.meant.iter().map(|m| (m.because, m.persons.len())).collect();
        assert_eq!(meant, expected);
        assert_eq!(dispute.standing, Some(standing));
        assert_eq!(dispute.sources.len(), 1);
    }

    #[test]
    fn a_number_opens_to_the_names_that_could_be_meant() {
        use Because::*;
        let freed = |n| disputing("Ministry", n, Predicate::DisputedReleased, "on the OLSA list");
        check(freed(2), &[(ItsOwnList, 1), (AnotherOrigin, 1)], Standing::Supported);
        check(freed(82), &[(ItsOwnList, 1), (AnotherOrigin, 1)], Standing::ShortBy(80));
        check(freed(1), &[(ItsOwnList, 1), (AnotherOrigin, 1)], Standing::Open);
        let common = disputing("Ministry", 1, Predicate::DisputedCommonCrime, "of their list");
        check(common, &[(CommonPrisoner, 1)], Standing::Supported);
    }

    #[test]
    fn who_was_left_out_of_the_last_list_is_not_on_it() {
        let people = vec![
            person(vec![
                listed(1, "OLSA", &["held 2026-01-31"]),
                listed(2, "Ministry", &["released 2026-02-02"]),
            ]),
            person(vec![listed(3, "OLSA", &["held 2026-02-14"])]),
        ];
        let said = disputing("Ministry", 1, Predicate::DisputedReleased, "on the OLSA list");
        let (present, register) = (present([said]), register(people));
        let rule = rule("strict-monitor");
        let disputes = disputes(&at(asked(&present, &register, &rule), "2026-03-12"));
        assert_eq!((disputes[0].listed, disputes[0].candidates()), (1, 0));
        assert_eq!(disputes[0].standing, Some(Standing::ShortBy(1)));
    }

    #[test]
    fn a_list_of_releases_is_disputed_too() {
        let freed = listed(1, "Ministry", &["released 2026-01-20"]);
        let inside = |day: &str| listed(2, "OLSA", &[&format!("held {day}")]);
        let found = |day: &str| {
            let register = register(vec![person(vec![freed.clone(), inside(day)])]);
            let (present, rule) = (present([]), rule("strict-monitor"));
            disputes(&at(asked(&present, &register, &rule), "2026-03-12"))
        };
        let [dispute] = &found("2026-02-14")[..] else { panic!() };
        assert_eq!((dispute.body.as_str(), dispute.against.as_deref()), ("OLSA", Some("Ministry")));
        assert_eq!((dispute.predicate, dispute.candidates()), (Predicate::Held, 1));
        assert!(found("2026-01-14").is_empty()); // Held before it was freed: no dispute.
        assert!(found("2026-04-14").is_empty()); // Invariant 8: not yet.
    }
}
