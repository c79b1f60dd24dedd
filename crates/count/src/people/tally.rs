//! How many the register holds in each state, under a rule, on a day, and what nobody has reviewed.

use super::{
    axis::{By, UNKNOWN},
    index::Index,
    persons::{Bits, Persons},
    timeline::days,
};
use crate::Asked;
use habeas_model::Unit;
use jiff::civil::Date;
use serde::Serialize;

/// A figure with the persons behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// How many, in the rule's unit: persons, detentions or court cases.
    pub count: u32,
    /// How many persons of it rest on nothing that anybody has reviewed.
    pub unreviewed: u32,
    /// How many persons of it may not be named in public.
    pub withheld: u32,
    /// Who (invariant 13); only `page` makes names of them.
    pub persons: Persons,
}

/// One value of the axis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TallyRow {
    /// The value as a word of the model, a country code or a place; empty: not known.
    pub key: String,
    /// Everybody, as persons whatever the unit.
    pub persons: Figure,
    /// Held under the rule on the day.
    pub held: Figure,
    /// Released under the rule by the day, since ever.
    pub released: Figure,
}

/// A tally.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The axis.
    pub by: By,
    /// The rule's name.
    pub rule: String,
    /// What held and released count.
    pub unit: Unit,
    /// The day.
    pub true_at: Option<Date>,
    /// The known-by position.
    pub position: u64,
    /// Everybody, once each.
    pub total: TallyRow,
    /// By value, not known last; where one person stands in two rows the rows do not sum to the
    /// total.
    pub rows: Vec<TallyRow>,
    /// Persons whom the unit cannot count: no source numbers their case.
    pub uncounted: u32,
}

/// The tally by an axis.
#[must_use]
pub fn tally(asked: &Asked<'_>, by: By) -> Tally {
    Index::of(asked).tally(asked.true_at, by)
}

/// Rows of one figure of one value while they are gathered.
#[derive(Clone, Default)]
struct Gathered {
    rows: Vec<u32>,
    /// How many of the unit, where that is not one a row.
    more: u32,
    marked: Marked,
}

/// How many of some rows are marked.
#[derive(Clone, Copy, Default)]
struct Marked {
    reviewed: u32,
    withheld: u32,
}

#[derive(Clone, Default)]
struct Gathering {
    code: u32,
    persons: Gathered,
    held: Gathered,
    released: Gathered,
}

impl Index {
    /// The tally by an axis on a day; none: the last day that may be seen.
    #[must_use]
    pub fn tally(&self, true_at: Option<Date>, by: By) -> Tally {
        let day = true_at.unwrap_or(self.last_day);
        let (mut held, at) = (self.held.at(days(day)), days(day));
        let all = || Bits::none(self.ids.len());
        let (mut counted, mut out, mut more) = (all(), all(), 0);
        let (mut rows, mut slots): (Vec<Gathering>, Vec<u32>) = (Vec::new(), Vec::new());
        let mut keys = Vec::new();
        for row in 0..crate::board::count(self.ids.len()) {
            if self.counted_from[row as usize] > at {
                continue;
            }
            counted.set(row);
            let (inside, exits) = (held.has(row), self.exits_by(row, at));
            if exits > 0 {
                out.set(row);
                more += exits - 1;
            }
            let marked = Marked {
                reviewed: u32::from(self.reviewed.has(row)),
                withheld: u32::from(self.withheld.has(row)),
            };
            self.keys(by, row, at, &mut keys);
            for &code in &keys {
                let slot = slot(code, &mut slots, &mut rows);
                rows[slot].enter(row, inside, exits, marked);
            }
        }
        held.keep(&counted);
        let mut rows: Vec<TallyRow> =
            rows.into_iter().map(|row| self.row(self.word(by, row.code), row)).collect();
        rows.sort_by(|a, b| (a.key.is_empty(), &a.key).cmp(&(b.key.is_empty(), &b.key)));
        Tally {
            by,
            rule: self.rule.name.clone(),
            unit: self.rule.unit,
            true_at,
            position: self.position,
            total: TallyRow {
                key: String::new(),
                persons: self.whole(counted, 0, Unit::Person),
                held: self.whole(held, 0, self.rule.unit),
                released: self.whole(out, more, self.rule.unit),
            },
            rows,
            uncounted: self.classes.uncounted,
        }
    }

    fn row(&self, key: String, row: Gathering) -> TallyRow {
        let persons = self.figure(row.persons, Unit::Person);
        let (held, released) =
            (self.figure(row.held, self.rule.unit), self.figure(row.released, self.rule.unit));
        TallyRow { key, persons, held, released }
    }

    fn figure(&self, of: Gathered, unit: Unit) -> Figure {
        let rows = crate::board::count(of.rows.len());
        Figure {
            count: match unit {
                Unit::Case => self.cases(of.rows.iter().copied()),
                _ => rows + of.more,
            },
            unreviewed: rows - of.marked.reviewed,
            withheld: of.marked.withheld,
            persons: Persons::of_rows(&self.ids, of.rows),
        }
    }

    /// A figure of all values together.
    fn whole(&self, of: Bits, more: u32, unit: Unit) -> Figure {
        Figure {
            count: match unit {
                Unit::Case => self.cases(of.rows()),
                _ => of.count() + more,
            },
            unreviewed: of.count() - of.shared(&self.reviewed),
            withheld: of.shared(&self.withheld),
            persons: Persons::of(&self.ids, of),
        }
    }

    /// How many court cases these persons have.
    fn cases(&self, rows: impl Iterator<Item = u32>) -> u32 {
        let classes = rows.map(|row| self.classes.of[row as usize]);
        let mut cases: Vec<u32> = classes.filter(|c| *c < self.classes.numbered()).collect();
        cases.sort_unstable();
        cases.dedup();
        crate::board::count(cases.len())
    }
}

/// Where the value of this code is gathered.
fn slot(code: u32, slots: &mut Vec<u32>, rows: &mut Vec<Gathering>) -> usize {
    let at = if code == UNKNOWN { 0 } else { code as usize + 1 };
    if slots.len() <= at {
        slots.resize(at + 1, UNKNOWN);
    }
    if slots[at] == UNKNOWN {
        slots[at] = crate::board::count(rows.len());
        rows.push(Gathering { code, ..Gathering::default() });
    }
    slots[at] as usize
}

impl Gathering {
    fn enter(&mut self, row: u32, held: bool, exits: u32, marked: Marked) {
        self.persons.add(row, marked);
        if held {
            self.held.add(row, marked);
        }
        if exits > 0 {
            self.released.add(row, marked);
            self.released.more += exits - 1;
        }
    }
}

impl Gathered {
    fn add(&mut self, row: u32, marked: Marked) {
        self.rows.push(row);
        self.marked.reviewed += marked.reviewed;
        self.marked.withheld += marked.withheld;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rule, sample::*};
    use habeas_model::{Category, Happening, Name, Person, Review, When};

    /// Five people, counted by hand on 20 January 2026.
    fn five() -> Vec<Person> {
        let mut people = vec![
            somebody(1, &["arrested 2025-05-02", "house_arrest 2026-01-12"]),
            somebody(2, &["arrested 2025-05-02", "released 2026-01-20"]),
            somebody(3, &["arrested 2025-05-02"]),
            somebody(4, &["arrested 2026-01-19", "released 2026-01-20"]),
            somebody(5, &["missing 2026-01-02"]),
        ];
        people[1].cats = vec![Category::Journalist];
        people
    }

    #[track_caller]
    fn check(people: Vec<Person>, rule: &Rule, held: u32, released: u32) {
        let (present, register) = (present([]), register(people));
        let total = tally(&at(asked(&present, &register, rule), "2026-01-20"), By::Sex).total;
        assert_eq!((total.held.count, total.released.count), (held, released), "{}", rule.name);
    }

    #[test]
    fn one_register_gives_each_body_its_own_right_total() {
        // Held: 1 at home, 3, and 5 who disappeared. Freed: 2; 4 was held for a day only.
        check(five(), &rule("strict-monitor"), 3, 1);
        // Held: 3. Out of prison: 1 at home, 2, 4.
        check(five(), &rule("official-count"), 1, 3);
        // The one journalist, 2: at midnight still inside; out in the course of the day.
        check(five(), &rule("press-custody"), 1, 1);
    }

    #[test]
    fn each_key_of_a_rule_moves_the_total() {
        let with = |change: &dyn Fn(&mut Rule)| {
            let mut rule = rule("official-count");
            change(&mut rule);
            rule
        };
        let mut freed = five();
        freed[1].mentions[0].mention.happened[1].mode = Some(habeas_model::ReleaseMode::Bail);
        let modes = with(&|rule| rule.release_modes = vec![habeas_model::ReleaseMode::Unknown]);
        check(freed, &modes, 1, 2); // Bail does not count: 1 at home and 4 do.
        let mut young = five();
        young[2].born = Some("2008-01-21".parse::<When>().unwrap()); // Of age a day later.
        check(young, &with(&|rule| rule.minors = false), 0, 3);
        let mut kin = five();
        kin[2].name = Name::new("(father of Somebody)");
        check(kin.clone(), &with(&|rule| rule.unnamed = false), 0, 3);
        check(kin, &with(&|_| ()), 1, 3);
        let by = |body: &str| with(&|rule| rule.definition = Some(body.to_owned()));
        check(five(), &by("BODY 1"), 1, 3); // All five are on its list.
        check(five(), &by("Body 2"), 0, 0);
        let mut called = five();
        called[2].mentions[0].mention.cat = Some(Category::Student);
        called[2].cats = vec![Category::Student];
        let both = with(&|rule| {
            rule.definition = Some("Body 1".to_owned());
            rule.categories = vec![Category::Student];
        });
        check(called, &both, 1, 0);
    }

    #[test]
    fn detentions_and_cases_are_counted_too() {
        let twice = [
            "arrested 2025-05-02",
            "released 2025-06-01",
            "rearrested 2025-09-01",
            "released 2026-01-10",
        ];
        let mut people = five();
        people.push(somebody(6, &twice));
        // The second source of one release is no second release.
        people[5].mentions.push(mention(7, 2, &["released 2026-01-11"]));
        check(people.clone(), &rule("official-count"), 1, 4);
        let mut detentions = rule("official-count");
        detentions.unit = Unit::Detention;
        check(people.clone(), &detentions, 1, 5);
        let mut cases = rule("official-count");
        (cases.unit, cases.case_column) = (Unit::Case, Some("Expediente".to_owned()));
        for (person, number) in [(0, "A-1"), (1, "a-1"), (2, "A-1"), (3, "B-2")] {
            let rest = &mut people[person].mentions[0].mention.rest;
            rest.push(("EXPEDIENTE".to_owned(), Name::new(number)));
        }
        check(people.clone(), &cases, 1, 2); // A-1 has one inside and two out; B-2 one out.
        let (present, register) = (present([]), register(people));
        assert_eq!(tally(&asked(&present, &register, &cases), By::Sex).uncounted, 2);
    }

    #[test]
    fn every_figure_opens_to_its_persons() {
        let mut people = vec![somebody(1, &["held 2026-01-12"]), somebody(2, &["held 2026-01-12"])];
        people[0].nat = vec!["XA".parse().unwrap(), "XB".parse().unwrap()];
        people[1].mentions[0].review = Review::Unreviewed;
        let (present, register, rule) = (present([]), register(people), rule("strict-monitor"));
        let tally = tally(&asked(&present, &register, &rule), By::Nationality);
        let rows: Vec<_> =
            tally.rows.iter().map(|row| (row.key.as_str(), row.held.persons.len())).collect();
        assert_eq!(rows, [("XA", 1), ("XB", 1), ("", 1)]);
        assert_eq!((tally.total.held.count, tally.total.held.unreviewed), (2, 1));
    }

    #[test]
    fn each_axis_has_its_values() {
        let happened = ["arrested 2025-05-02", "charged 2025-05-09", "transferred 2025-07-01"];
        let mut one = somebody(1, &happened);
        let places = [Some("La Ceniza"), None, Some("Punta Brava")];
        let events = one.mentions[0].mention.happened.iter_mut();
        events.zip(places).for_each(|(event, place): (&mut Happening, _)| {
            event.place = place.map(str::to_owned);
        });
        one.cats = vec![Category::Military, Category::Student];
        one.born = Some("1963-01-20".parse().unwrap());
        let (present, register, rule) = (present([]), register(vec![one]), rule("strict-monitor"));
        let asked = at(asked(&present, &register, &rule), "2026-01-20");
        let key = |by| {
            let rows = tally(&asked, by).rows;
            rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>().join(" ")
        };
        let expected = [
            (By::Custody, "held"),
            (By::Nationality, ""),
            (By::Sex, ""),
            (By::Age, "elderly"),
            (By::Place, "Punta Brava"),
            (By::Category, "military student"),
            (By::Side, "military"),
            (By::Facility, "Punta Brava"),
            (By::Legal, "charged"),
            (By::Verification, "reported"),
        ];
        assert_eq!(expected.map(|(by, _)| by), By::ALL);
        expected.iter().for_each(|(by, value)| assert_eq!(key(*by), *value, "{by}"));
    }
}
