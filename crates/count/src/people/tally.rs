//! How many persons the register holds in each state, under a rule, on a day, with what nobody has
//! reviewed.

use super::history::{History, band_on, histories};
use crate::{Asked, board::count};
use habeas_model::{PersonId, words};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

words! {
    /// The axis of a tally.
    By {
        /// Where they are.
        Custody = "custody",
        /// Nationality; a dual national stands in two rows.
        Nationality = "nationality",
        /// Sex.
        Sex = "sex",
        /// Age band on the day.
        Age = "age",
        /// The sources' word for them; one person may have several.
        Category = "category",
        /// The last place that is known.
        Place = "place",
    }
}

/// A figure with the persons behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// How many.
    pub count: u32,
    /// How many of them rest on nothing that anybody has reviewed.
    pub unreviewed: u32,
    /// How many of them may not be named in public.
    pub withheld: u32,
    /// Who (invariant 13); only `page` makes names of them.
    pub persons: Vec<PersonId>,
}

/// One value of the axis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TallyRow {
    /// The value as a word of the model, a country code or a place; empty: not known.
    pub key: String,
    /// Everybody.
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
    /// The day.
    pub true_at: Option<Date>,
    /// The known-by position.
    pub position: u64,
    /// Everybody, once each.
    pub total: TallyRow,
    /// By value, not known last; where one person stands in two rows the rows do not sum to the
    /// total.
    pub rows: Vec<TallyRow>,
}

/// The tally by an axis.
#[must_use]
pub fn tally(asked: &Asked<'_>, by: By) -> Tally {
    let day = asked.last_day();
    let mut total = TallyRow::default();
    let mut rows: BTreeMap<(bool, String), TallyRow> = BTreeMap::new();
    for history in histories(asked) {
        let reviewed = history.events.iter().any(|event| event.reviewed);
        let held = history.held(day, asked.rule);
        let released = history.released(Date::MIN, day, asked.rule);
        let enter = |row: &mut TallyRow| {
            row.persons.enter(&history, Some(reviewed));
            row.held.enter(&history, held);
            row.released.enter(&history, released);
        };
        enter(&mut total);
        for key in keys(&history, by, asked, day) {
            let row = rows.entry((key.is_empty(), key.clone())).or_default();
            row.key = key;
            enter(row);
        }
    }
    Tally {
        by,
        rule: asked.rule.name.clone(),
        true_at: asked.true_at,
        position: asked.present.position,
        total,
        rows: rows.into_values().collect(),
    }
}

impl Figure {
    fn enter(&mut self, history: &History<'_>, reviewed: Option<bool>) {
        let Some(reviewed) = reviewed else { return };
        self.persons.push(history.person.id);
        self.count = count(self.persons.len());
        self.unreviewed += u32::from(!reviewed);
        self.withheld += u32::from(history.withheld());
    }
}

/// The values of a person on an axis; none: not known.
pub(crate) fn keys(history: &History<'_>, by: By, asked: &Asked<'_>, day: Date) -> Vec<String> {
    let person = history.person;
    let one = |key: Option<String>| vec![key.unwrap_or_default()];
    let some = |keys: Vec<String>| if keys.is_empty() { vec![String::new()] } else { keys };
    match by {
        By::Custody => one(Some(history.on(day, asked.rule.moment).custody.to_string())),
        By::Nationality => some(person.nat.iter().map(ToString::to_string).collect()),
        By::Sex => one(person.gender.map(|gender| gender.to_string())),
        By::Age => one(band_on(person, day).map(|band| band.to_string())),
        By::Category => some(person.cats.iter().map(ToString::to_string).collect()),
        By::Place => {
            one(history.events.iter().rev().find_map(|event| event.place).map(str::to_owned))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::*;
    use habeas_model::Category;

    #[test]
    fn one_register_gives_each_body_its_own_right_total() {
        let mut people = vec![
            somebody(1, &["arrested 2025-05-02", "house_arrest 2026-01-12"]),
            somebody(2, &["arrested 2025-05-02", "released 2026-01-20"]),
            somebody(3, &["arrested 2025-05-02"]),
            somebody(4, &["arrested 2026-01-19", "released 2026-01-20"]),
            somebody(5, &["missing 2026-01-02"]),
        ];
        people[1].cats = vec![Category::Journalist];
        let (present, register) = (present([]), register(people));
        let totals = ["strict-monitor", "official-count", "press-custody"].map(|name| {
            let rule = rule(name);
            let total = tally(&at(asked(&present, &register, &rule), "2026-01-20"), By::Sex).total;
            (total.held.count, total.released.count)
        });
        // Strict: 1 at home, 3, 5 held; 2 freed, 4 held too briefly. Official: 3; 1, 2, 4. Press:
        // 2, at midnight.
        assert_eq!(totals, [(3, 1), (1, 3), (1, 1)]);
    }

    #[test]
    fn every_figure_opens_to_its_persons() {
        let mut people = vec![somebody(1, &["held 2026-01-12"]), somebody(2, &["held 2026-01-12"])];
        people[0].nat = vec!["XA".parse().unwrap(), "XB".parse().unwrap()];
        people[1].mentions[0].review = habeas_model::Review::Unreviewed;
        let (present, register, rule) = (present([]), register(people), rule("strict-monitor"));
        let tally = tally(&asked(&present, &register, &rule), By::Nationality);
        let rows: Vec<_> =
            tally.rows.iter().map(|row| (row.key.as_str(), row.held.persons.len())).collect();
        assert_eq!(rows, [("XA", 1), ("XB", 1), ("", 1)]);
        assert_eq!((tally.total.held.count, tally.total.held.unreviewed), (2, 1));
    }
}
