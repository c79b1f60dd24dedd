//! What the public is told, as one value: which lines, which figures, which people; everything that
//! is published is made of it and of nothing else.
//!
//! A line is told if somebody has reviewed a claim behind it and the document is public; a person
//! is named if [`redact::person`] names them to anybody.
//! Everybody else is counted, and how many they are is told only where that gives nobody away
//! ([`habeas_count::withholding`]). Words of strangers in which somebody stands who is not named
//! take what they stand in out of the publication (invariant 10).

mod closed;
pub mod feed;
pub mod sheet;

use crate::{
    Lang, Reader,
    redact::{self, Shown},
};
use habeas_count::{
    Asked, Board, By, Everybody, Finding, Index, Line, PromiseLine, Tally, TallyRow,
    withholding::{Sum, told},
};
use habeas_model::{Custody, Digest, Name, Person, PersonId, Standing};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};

/// By what the register is told; in each everybody stands once.
const TABLES: [By; 5] = [By::Custody, By::Sex, By::Age, By::Side, By::Facility];

/// How many, as far as it may be told. People who are named can be counted by anybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// How many of them are named in this publication.
    pub named: u32,
    /// How many are not; none where that may not be told: then it is one at least.
    pub withheld: Option<u32>,
}

impl Told {
    /// All of them, where that may be told.
    #[must_use]
    pub fn all(self) -> Option<u32> {
        self.withheld.map(|withheld| self.named + withheld)
    }
}

/// A value of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The value; empty: not known.
    pub key: String,
    /// Held under the rule on the day.
    pub held: Told,
    /// Released under the rule by the day, since ever.
    pub released: Told,
}

/// The register by one axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The axis.
    pub by: By,
    /// Its values.
    pub rows: Vec<Row>,
}

impl Table {
    /// The tally, with what is told in each of its places.
    fn of(tally: &Tally, places: &[[usize; 2]], told: &[Told]) -> Table {
        let row = |(row, [held, released]): (&TallyRow, &[usize; 2])| Row {
            key: row.key.clone(),
            held: told[*held],
            released: told[*released],
        };
        Table { by: tally.by, rows: tally.rows.iter().zip(places).map(row).collect() }
    }
}

/// Somebody who is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: Name,
    /// Where they are on the day.
    pub custody: Custody,
    /// How many independent origins speak of them.
    pub origins: u32,
}

/// What is not told, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Lines that nobody has reviewed.
    pub unreviewed: u32,
    /// Lines that stand in no public document.
    pub closed: u32,
    /// Lines, findings, promises and tables in whose words somebody stands who is not named.
    pub naming: u32,
}

/// What the public is told.
#[derive(Clone, Debug)]
pub struct Publication {
    /// Title of the case.
    pub title: String,
    /// The day that it tells of.
    pub day: Date,
    /// The smallest number of people without a name that is told.
    pub least: u32,
    /// The board: each line with those who are named, and the rule and position of all of it.
    pub board: Board,
    /// Sums of numbers that are told.
    pub audit: Vec<Finding>,
    /// Promises that are told.
    pub promises: Vec<PromiseLine>,
    /// Everybody.
    pub persons: Told,
    /// Held under the rule on the day.
    pub held: Told,
    /// Released under the rule by the day, since ever.
    pub released: Told,
    /// The register, by several axes.
    pub tables: Vec<Table>,
    /// Who is named, by name.
    pub named: Vec<Named>,
    /// What is not told.
    pub left_out: LeftOut,
}

/// Tells whether somebody stands in some words.
pub type Looks = Box<dyn Fn(&str) -> bool>;

/// What decides what is told, beside the case itself.
pub struct Bounds<'a> {
    /// Documents that may be told of.
    pub open: &'a HashSet<Digest>,
    /// The smallest number of people without a name that is told.
    pub least: u32,
    /// What tells whether one of these, none of whom is named, stands in some words.
    pub names: &'a dyn Fn(&[&Person]) -> Looks,
}

/// The figures of a publication, in the order in which they are rather told.
struct Figures<'a> {
    public: &'a HashSet<PersonId>,
    sets: Vec<Vec<PersonId>>,
    named: Vec<u32>,
    sums: Vec<Sum>,
}

impl Figures<'_> {
    /// One more; its place.
    fn add(&mut self, persons: &habeas_count::Persons) -> usize {
        let (named, withheld): (Vec<_>, Vec<_>) =
            persons.ids().into_iter().partition(|id| self.public.contains(id));
        self.named.push(count(named.len()));
        self.sets.push(withheld);
        self.sets.len() - 1
    }

    /// A table under these totals (held, released).
    fn table(&mut self, tally: &Tally, totals: [usize; 2]) -> Vec<[usize; 2]> {
        let row = |row: &TallyRow| [self.add(&row.held.persons), self.add(&row.released.persons)];
        let rows: Vec<[usize; 2]> = tally.rows.iter().map(row).collect();
        for (column, whole) in totals.into_iter().enumerate() {
            let parts = rows.iter().map(|row| row[column]).collect();
            self.sums.push(Sum { whole, parts });
        }
        rows
    }

    fn told(self, least: u32) -> Vec<Told> {
        let may = told(&self.sets, &self.sums, least);
        let of = self.named.into_iter().zip(self.sets).zip(may);
        of.map(|((named, set), may)| Told { named, withheld: may.then(|| count(set.len())) })
            .collect()
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Publication {
    /// What the public is told of a question's answer: its board, its audit, its promises, and the
    /// register under its rule on its day.
    #[must_use]
    pub fn of(
        asked: &Asked<'_>,
        index: &Index,
        (board, audit, promises): (&Board, &[Finding], &[PromiseLine]),
        bounds: &Bounds<'_>,
    ) -> Publication {
        let day = asked.last_day();
        let tallies: Vec<Tally> = TABLES.iter().map(|by| index.tally(Some(day), *by)).collect();
        let public = public(asked);
        let named = named(asked, index, &tallies[0], &public);
        let hidden: Vec<&Person> =
            asked.register.persons.iter().filter(|one| !public.contains(&one.id)).collect();
        let names = (bounds.names)(&hidden);
        let mut left_out = LeftOut::default();
        let kept = closed::Kept::of(board, audit, promises, bounds.open, &names, &mut left_out);

        let mut figures =
            Figures { public: &public, sets: Vec::new(), named: Vec::new(), sums: Vec::new() };
        let total = &tallies[0].total;
        let totals = [&total.held, &total.released, &total.persons]
            .map(|figure| figures.add(&figure.persons));
        // The latest lines are told rather than those before.
        let lines: Vec<Option<usize>> = kept
            .board
            .lines
            .iter()
            .rev()
            .map(|line| line.named.as_ref().map(|named| figures.add(&named.persons)))
            .collect();
        let whole = [totals[0], totals[1]];
        let tables: Vec<(&Tally, Vec<[usize; 2]>)> = tallies
            .iter()
            .filter(|tally| {
                let open = !tally.rows.iter().any(|row| names(&row.key));
                left_out.naming += u32::from(!open);
                open
            })
            .map(|tally| (tally, figures.table(tally, whole)))
            .collect();
        let told = figures.told(bounds.least);

        let mut board = kept.board;
        for (line, place) in board.lines.iter_mut().rev().zip(lines) {
            if let Some(place) = place {
                tell(line, told[place], &public);
            }
        }
        board.persons = count(named.len());
        Publication {
            title: asked.present.title.clone(),
            day,
            least: bounds.least,
            board,
            audit: kept.audit,
            promises: kept.promises,
            persons: told[totals[2]],
            held: told[totals[0]],
            released: told[totals[1]],
            tables: tables.iter().map(|(tally, at)| Table::of(tally, at, &told)).collect(),
            named,
            left_out,
        }
    }
}

/// Who is named: whom anybody may be told of.
fn public(asked: &Asked<'_>) -> HashSet<PersonId> {
    let anybody = Reader::public(Lang::En);
    let may = |one: &&Person| matches!(redact::person(one, &anybody), Shown::Name(_));
    asked.register.persons.iter().filter(may).map(|one| one.id).collect()
}

/// Those of them whom the register has by the day, by name.
fn named(
    asked: &Asked<'_>,
    index: &Index,
    tally: &Tally,
    public: &HashSet<PersonId>,
) -> Vec<Named> {
    let there: HashSet<PersonId> = tally.total.persons.persons.ids().into_iter().collect();
    let everybody = Everybody::of(asked, index);
    let of = everybody.only(None, None).map(|one| {
        let person = &asked.register.persons[one.row as usize];
        let standing = person.mentions.iter().filter(|held| held.review.stands());
        let origins: HashSet<&str> = standing.map(|held| held.mention.origin()).collect();
        Named {
            id: person.id,
            name: person.name.clone(),
            custody: one.custody,
            origins: count(origins.len()),
        }
    });
    of.filter(|one| public.contains(&one.id) && there.contains(&one.id)).collect()
}

/// A line tells those of its frame as far as they may be told. Where only those who are named may
/// be, they are a floor, and a gap that more people would make smaller is none.
fn tell(line: &mut Line, told: Told, public: &HashSet<PersonId>) {
    let Some(named) = &mut line.named else { return };
    let floor = told.withheld.is_none();
    *named = habeas_count::Named {
        count: told.all().unwrap_or(told.named),
        withheld: told.withheld.unwrap_or(0),
        more: floor,
        persons: named.persons.ids().into_iter().filter(|id| public.contains(id)).collect(),
        population_note: named.population_note,
        ..habeas_count::Named::default()
    };
    let gap = line.quantity.as_ref().map(|said| said.standing(named.count));
    line.gap = gap.filter(|gap| !floor || !matches!(gap, Standing::ShortBy(_)));
}

/// Figures by their name, for those who ask: `held`, `custody.held.released`.
#[must_use]
pub fn figures(of: &Publication) -> Vec<(String, Told)> {
    let totals = [("persons", of.persons), ("held", of.held), ("released", of.released)];
    let mut all: Vec<(String, Told)> =
        totals.into_iter().map(|(name, told)| (name.to_owned(), told)).collect();
    for (by, row) in of.tables.iter().flat_map(|table| table.rows.iter().map(|r| (table.by, r))) {
        let key = if row.key.is_empty() { "unknown" } else { &row.key };
        all.push((format!("{by}.{key}.held"), row.held));
        all.push((format!("{by}.{key}.released"), row.released));
    }
    all
}

/// What changed from one publication to the next, by figure, where both may be told.
#[must_use]
pub fn moved(before: &Publication, now: &Publication) -> Vec<(String, u32, u32)> {
    let earlier: HashMap<String, Told> = figures(before).into_iter().collect();
    let both = figures(now).into_iter().filter_map(|(name, told)| {
        let was = earlier.get(&name)?.all()?;
        Some((name, was, told.all()?))
    });
    both.filter(|(_, was, is)| was != is).collect()
}
