//! Everybody of a register under a rule, as columns: made once after loading, asked many times.
//!
//! Days are numbers, places and countries are looked up once, and who is held is kept as change
//! points, so that a tally, a series, a change or a thousand frames cost a pass over columns and
//! never another reading of the sources.

use super::{
    axis::{Born, UNKNOWN},
    history::{self, Event, Point},
    persons::Bits,
    source::{Known, Origins, Verification},
    timeline::{Timeline, days},
};
use crate::{Asked, Rule, board::Bodies, frame::plain};
use habeas_model::{
    Custody, Disclosure, Gender, MentionId, Nationality, Person, PersonId, Predicate, Unit,
};
use jiff::civil::Date;
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

/// Lists of different lengths, one for each row, in one piece of memory.
#[derive(Debug)]
pub(crate) struct Lists<T> {
    ends: Vec<u32>,
    all: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Lists<T> {
        Lists { ends: Vec::new(), all: Vec::new() }
    }
}

impl<T> Lists<T> {
    pub fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.all.extend(list);
        self.ends.push(crate::board::count(self.all.len()));
    }

    pub fn of(&self, row: u32) -> &[T] {
        let at = row as usize;
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[from as usize..self.ends[at] as usize]
    }
}

/// One thing that happened to somebody: 12 bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Happened {
    pub last: i32,
    pub place: u32,
    pub predicate: Predicate,
}

/// The same, in the order of days over everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dated {
    pub last: i32,
    pub first: i32,
    pub row: u32,
    pub reviewed: bool,
}

/// A mention of somebody, and a mark of what it says: another mark, another saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub mention: MentionId,
    pub says: u64,
    pub stands: bool,
}

/// The columns. A row is a person, in the register's order.
#[derive(Debug)]
pub struct Index {
    pub(crate) rule: Rule,
    pub(crate) bodies: Bodies,
    pub(crate) position: u64,
    pub(crate) last_day: Date,
    pub(crate) country: Option<Nationality>,
    pub(crate) ids: Arc<[PersonId]>,
    pub(crate) counted_from: Vec<i32>,
    pub(crate) withheld: Bits,
    pub(crate) reviewed: Bits,
    pub(crate) verified: Bits,
    pub(crate) first_hand: Bits,
    pub(crate) corroborated: Bits,
    pub(crate) contested: Bits,
    pub(crate) verification: Vec<Verification>,
    pub(crate) gender: Vec<Option<Gender>>,
    pub(crate) cats: Vec<u32>,
    pub(crate) nats: Lists<u16>,
    pub(crate) nationalities: Vec<Nationality>,
    pub(crate) born: Vec<Born>,
    pub(crate) places: Vec<String>,
    pub(crate) events: Lists<Happened>,
    pub(crate) points: Lists<Point>,
    /// The days on which each was released as the rule's unit counts it: once ever for a person,
    /// once a stay for a detention.
    pub(crate) exits: Lists<i32>,
    pub(crate) held: Timeline,
    pub(crate) held_unreviewed: Timeline,
    /// Every release under the rule, by its last possible day.
    pub(crate) releases: Vec<Dated>,
    pub(crate) happened: HashMap<Predicate, Vec<Dated>>,
    pub(crate) told: Lists<Told>,
    /// What the rule's unit makes of rows: persons and detentions stand alone, one court case may
    /// have several.
    pub(crate) classes: Classes,
}

/// Which rows are counted as one.
#[derive(Debug)]
pub(crate) struct Classes {
    /// The class of each row.
    pub of: Vec<u32>,
    /// The rows of each class; where every class is one row, nothing.
    members: Option<Lists<u32>>,
    /// How many classes at the end count for nothing: a person without a number is no case.
    pub uncounted: u32,
    pub count: usize,
}

impl Classes {
    /// The rows of a class.
    pub fn rows<'c>(&'c self, class: &'c u32) -> &'c [u32] {
        match &self.members {
            None => std::slice::from_ref(class),
            Some(members) => members.of(*class),
        }
    }

    /// How many classes count: they come first.
    pub fn numbered(&self) -> u32 {
        crate::board::count(self.count) - self.uncounted
    }

    fn alone(rows: usize) -> Classes {
        let of = (0..crate::board::count(rows)).collect();
        Classes { of, members: None, uncounted: 0, count: rows }
    }

    /// Rows that bear one number are one case. Rows without a number come after the cases, each by
    /// itself.
    fn cases(numbers: &[Option<String>]) -> Classes {
        let mut known: HashMap<&str, u32> = HashMap::new();
        for number in numbers.iter().flatten() {
            let next = crate::board::count(known.len());
            known.entry(number).or_insert(next);
        }
        let (cases, mut next) = (known.len(), crate::board::count(known.len()));
        let mut alone = || {
            next += 1;
            next - 1
        };
        let class = |number: &Option<String>| match number {
            Some(number) => known[number.as_str()],
            None => alone(),
        };
        let of: Vec<u32> = numbers.iter().map(class).collect();
        let count = next as usize;
        let mut rows = vec![Vec::new(); count];
        (0..).zip(&of).for_each(|(row, class)| rows[*class as usize].push(row));
        let mut members = Lists::default();
        rows.into_iter().for_each(|rows| members.push(rows));
        let uncounted = crate::board::count(count - cases);
        Classes { of, members: Some(members), uncounted, count }
    }
}

impl Index {
    /// The index of what a question is asked of; it answers for every day until the question's own.
    #[must_use]
    pub fn of(asked: &Asked<'_>) -> Index {
        let bodies = Bodies::of(asked.present);
        Index::with(asked, &bodies)
    }

    pub(crate) fn with(asked: &Asked<'_>, bodies: &Bodies) -> Index {
        let mut making = Making::of(asked, bodies);
        asked.register.persons.iter().for_each(|person| making.add(person));
        making.done()
    }

    /// Where somebody is on a day, by the rule's moment of it.
    pub(crate) fn custody(&self, row: u32, day: i32) -> Custody {
        let points = self.points.of(row);
        points.iter().rev().find(|point| point.from <= day).map_or(Custody::Unknown, |p| p.custody)
    }

    /// Whether the rule holds somebody on a day.
    pub(crate) fn holds(&self, row: u32, day: i32) -> bool {
        self.counted_from[row as usize] <= day && self.rule.holds(self.custody(row, day))
    }

    /// How many releases of somebody the rule's unit counts by a day.
    pub(crate) fn exits_by(&self, row: u32, day: i32) -> u32 {
        crate::board::count(self.exits.of(row).iter().take_while(|exit| **exit <= day).count())
    }

    /// The counting rule.
    #[must_use]
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// How many persons the register has.
    #[must_use]
    pub fn persons(&self) -> usize {
        self.ids.len()
    }
}

/// An index under construction.
struct Making<'a> {
    asked: Asked<'a>,
    written: HashMap<habeas_model::Digest, Date>,
    origins: Origins<'a>,
    index: Index,
    flips: Vec<(i32, u32)>,
    unreviewed: Vec<(i32, u32)>,
    place_codes: HashMap<&'a str, u32>,
    nat_codes: HashMap<Nationality, u16>,
    cases: Vec<Option<String>>,
    definition: Option<String>,
}

impl<'a> Making<'a> {
    fn of(asked: &Asked<'a>, bodies: &'a Bodies) -> Making<'a> {
        let rows = asked.register.persons.len();
        let bits = || Bits::none(rows);
        let index = Index {
            rule: asked.rule.clone(),
            bodies: bodies.clone(),
            position: asked.present.position,
            last_day: asked.last_day(),
            country: country(asked),
            ids: asked.register.persons.iter().map(|person| person.id).collect(),
            counted_from: Vec::with_capacity(rows),
            withheld: bits(),
            reviewed: bits(),
            verified: bits(),
            first_hand: bits(),
            corroborated: bits(),
            contested: bits(),
            verification: Vec::with_capacity(rows),
            gender: Vec::with_capacity(rows),
            cats: Vec::with_capacity(rows),
            nats: Lists::default(),
            nationalities: Vec::new(),
            born: Vec::with_capacity(rows),
            places: Vec::new(),
            events: Lists::default(),
            points: Lists::default(),
            exits: Lists::default(),
            held: Timeline::default(),
            held_unreviewed: Timeline::default(),
            releases: Vec::new(),
            happened: HashMap::new(),
            told: Lists::default(),
            classes: Classes::alone(rows),
        };
        Making {
            asked: *asked,
            written: asked.written(),
            origins: Origins::of(bodies),
            index,
            flips: Vec::new(),
            unreviewed: Vec::new(),
            place_codes: HashMap::new(),
            nat_codes: HashMap::new(),
            cases: Vec::new(),
            definition: asked.rule.definition.as_deref().map(plain),
        }
    }

    fn add(&mut self, person: &'a Person) {
        let (rule, limit) = (self.asked.rule, self.index.last_day);
        let row = crate::board::count(self.index.gender.len());
        let known = self.origins.known(person, limit);
        self.describe(person, row, &known);
        let events = history::events(person, &self.written, limit);
        let points = history::points(&events, rule.moment);
        let counted_from = match self.counts(person) {
            true if rule.minors => i32::MIN,
            true => Born::of(person).of_age_from(),
            false => i32::MAX,
        };
        self.index.counted_from.push(counted_from);
        self.hold(row, &points, counted_from);
        self.release(row, &events, counted_from);
        let place = |name: &'a str, making: &mut Making<'a>| {
            let next = crate::board::count(making.index.places.len());
            *making.place_codes.entry(name).or_insert_with(|| {
                making.index.places.push(name.to_owned());
                next
            })
        };
        let mut compact = Vec::with_capacity(events.len());
        for event in &events {
            let place = event.place.map_or(UNKNOWN, |name| place(name, self));
            compact.push(Happened { last: days(event.last), place, predicate: event.predicate });
        }
        self.index.events.push(compact);
        self.index.points.push(points);
        self.index.told.push(told(person));
        if let Some(column) = &rule.case_column {
            self.cases.push(case_number(person, column));
        }
    }

    /// Whether the rule counts such a person at all, on any day.
    fn counts(&self, person: &Person) -> bool {
        let rule = self.asked.rule;
        let standing = || person.mentions.iter().filter(|held| history::stands(held));
        let called = match &self.definition {
            None if rule.categories.is_empty() => true,
            None => person.cats.iter().any(|cat| rule.categories.contains(cat)),
            Some(body) => standing().any(|held| {
                let word = held.mention.cat.is_some_and(|cat| rule.categories.contains(&cat));
                plain(held.mention.origin()) == *body && (rule.categories.is_empty() || word)
            }),
        };
        let named = rule.unnamed || !person.name.reveal().starts_with('(');
        standing().next().is_some() && called && named
    }

    fn describe(&mut self, person: &Person, row: u32, known: &Known) {
        let index = &mut self.index;
        let verification = known.verification(&index.rule);
        let marks = [
            (&mut index.withheld, person.disclosure != Disclosure::Public),
            (&mut index.reviewed, known.reviewed),
            (&mut index.verified, known.meets(&index.rule)),
            (&mut index.first_hand, known.first_hand),
            (&mut index.corroborated, known.independent.len() > 1),
            (&mut index.contested, known.contested),
        ];
        marks.into_iter().filter(|(_, on)| *on).for_each(|(bits, _)| bits.set(row));
        index.verification.push(verification);
        index.gender.push(person.gender);
        index.cats.push(person.cats.iter().fold(0, |bits, cat| bits | 1 << (*cat as u32)));
        index.born.push(Born::of(person));
        let (codes, nationalities) = (&mut self.nat_codes, &mut index.nationalities);
        let code = |nat: &Nationality| {
            *codes.entry(*nat).or_insert_with(|| {
                nationalities.push(*nat);
                u16::try_from(nationalities.len() - 1).unwrap_or(u16::MAX)
            })
        };
        index.nats.push(person.nat.iter().map(code));
    }

    /// The days on which they come in and go out, from the day on which they count.
    fn hold(&mut self, row: u32, points: &[Point], counted_from: i32) {
        let (mut held, mut unreviewed) = (false, false);
        for (at, point) in points.iter().enumerate() {
            let until = points.get(at + 1).map_or(i32::MAX, |next| next.from);
            if until <= counted_from {
                continue;
            }
            let from = point.from.max(counted_from);
            let now = self.asked.rule.holds(point.custody) && from < i32::MAX;
            if now != held {
                self.flips.push((from, row));
            }
            if (now && !point.reviewed) != unreviewed {
                self.unreviewed.push((from, row));
            }
            (held, unreviewed) = (now, now && !point.reviewed);
        }
    }

    fn release(&mut self, row: u32, events: &[Event<'_>], counted_from: i32) {
        let rule = self.asked.rule;
        let mut exits: Vec<i32> = Vec::new();
        let mut inside = true;
        for event in events {
            let (first, last) = (days(event.first), days(event.last));
            let dated = Dated { last, first, row, reviewed: event.reviewed };
            self.index.happened.entry(event.predicate).or_default().push(dated);
            let way_out = rule.releases(event.predicate, event.mode);
            inside |= matches!(event.predicate, Predicate::Arrested | Predicate::Rearrested);
            if !way_out || history::too_short(event, events, rule) {
                continue;
            }
            self.index.releases.push(dated);
            let again = rule.unit == Unit::Detention && inside;
            if last.max(counted_from) < i32::MAX && (exits.is_empty() || again) {
                exits.push(last.max(counted_from));
            }
            inside = false;
        }
        self.index.exits.push(exits);
    }

    fn done(mut self) -> Index {
        let rows = self.index.ids.len();
        if self.asked.rule.case_column.is_some() {
            self.index.classes = Classes::cases(&self.cases);
        }
        self.index.releases.sort_unstable();
        self.index.happened.values_mut().for_each(|dated| dated.sort_unstable());
        self.index.held = Timeline::of(self.flips, rows);
        self.index.held_unreviewed = Timeline::of(self.unreviewed, rows);
        self.index
    }
}

fn told(person: &Person) -> impl Iterator<Item = Told> {
    person.mentions.iter().map(|held| {
        let mut mark = DefaultHasher::new();
        held.mention.happened.hash(&mut mark);
        Told { mention: held.mention.id, says: mark.finish(), stands: history::stands(held) }
    })
}

/// The court case that the lists number for somebody, under this heading.
fn case_number(person: &Person, column: &str) -> Option<String> {
    let standing = person.mentions.iter().filter(|held| history::stands(held));
    let mut cells = standing.flat_map(|held| &held.mention.rest);
    let found = cells.find(|(heading, _)| plain(heading) == plain(column));
    found.map(|(_, value)| plain(value.reveal())).filter(|number| !number.is_empty())
}

/// The country of the case, as its settings say.
fn country(asked: &Asked<'_>) -> Option<Nationality> {
    let (_, text) = asked.present.kept.iter().find(|(name, _)| name == "case.toml")?;
    let settings: toml::Table = text.parse().ok()?;
    settings.get("country")?.as_str()?.parse().ok()
}
