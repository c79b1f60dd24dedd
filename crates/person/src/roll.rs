//! The mentions of a case as one table, which the engine of [`crate::link`] links.

use crate::{
    name,
    reason::Part,
    table::{Block, Column, Compare, Kind, LinkSettings, Table, guess},
};
use habeas_model::{Mention, Predicate, When};
use std::collections::HashMap;

/// What is compared, in the order of the engine's comparisons: surnames and given names first.
pub const PARTS: [Part; 7] = [
    Part::Surname,
    Part::Given,
    Part::Number,
    Part::Born,
    Part::Arrested,
    Part::Place,
    Part::Gender,
];

const KINDS: [Kind; 7] =
    [Kind::Surname, Kind::Given, Kind::Number, Kind::Born, Kind::Event, Kind::Text, Kind::Category];

/// One row a mention, in their order, and how the rows are compared. Rows of one list may be one
/// person: two rows are not two men by that alone (invariant 7).
#[must_use]
pub fn roll(mentions: &[&Mention]) -> (Table, LinkSettings) {
    let parts = Parts::of(mentions);
    let mut columns: Vec<Column> = PARTS.iter().map(|part| Column::new(part.word())).collect();
    for mention in mentions {
        let (given, surnames) = parts.split(mention);
        let day = |when: &When| when.single().map(|day| day.to_string());
        let born = mention.born.as_ref().and_then(|born| day(born).or_else(|| year(born)));
        let row = [
            surnames,
            given,
            mention.number.as_ref().map_or("", |number| number.reveal()).to_owned(),
            born.unwrap_or_default(),
            arrested(mention).and_then(day).unwrap_or_default(),
            mention.happened.iter().find_map(|one| one.place.clone()).unwrap_or_default(),
            mention.gender.map_or(String::new(), |gender| gender.to_string()),
        ];
        row.iter().zip(&mut columns).for_each(|(value, column)| column.push(value));
    }
    let table = Table { columns, ..Table::default() };
    let compare: Vec<Compare> = PARTS
        .iter()
        .zip(KINDS)
        .map(|(part, kind)| Compare { column: part.word().to_owned(), kind, crossed_with: None })
        .collect();
    let mut block: Vec<Block> = guess::blocks(&compare, &table);
    // Lists of one incident are short: larger blocks cost little and miss nobody.
    block.iter_mut().for_each(|block| block.most = block.most.max(300));
    let settings = LinkSettings {
        within_lists: true,
        keep: KEEP,
        join: LIKELY,
        compare,
        block,
        ..LinkSettings::default()
    };
    (table, settings)
}

/// Pairs that share a number are shown however little else agrees.
const KEEP: f64 = 1e-6;
/// Mentions are put together, to see who has rivals, where that is likelier than not.
const LIKELY: f64 = 0.5;
/// A rule joins only what the engine puts together, is sure of, and finds no rival for. A wrong
/// merge makes somebody disappear from a count; what stays apart below this waits for a person.
pub const JOIN: f64 = 0.95;

/// The day of arrest that a mention gives.
fn arrested(mention: &Mention) -> Option<&When> {
    let one = mention.happened.iter().find(|one| one.predicate == Predicate::Arrested)?;
    one.when.as_ref()
}

fn year(when: &When) -> Option<String> {
    let (first, last) = (when.first()?, when.last()?);
    (first.year() == last.year()).then(|| first.year().to_string())
}

/// Which words the columns of the lists use as given names and which as surnames: names written
/// whole are parted by it.
struct Parts(HashMap<String, (u32, u32)>);

impl Parts {
    fn of(mentions: &[&Mention]) -> Parts {
        let mut seen: HashMap<String, (u32, u32)> = HashMap::new();
        for mention in mentions {
            let words = |name: &Option<habeas_model::Name>| {
                name.as_ref().map(|name| name::words(name.reveal())).unwrap_or_default()
            };
            for word in words(&mention.given) {
                seen.entry(word.text).or_default().0 += 1;
            }
            for word in words(&mention.surnames) {
                seen.entry(word.text).or_default().1 += 1;
            }
        }
        Parts(seen)
    }

    /// Given names and surnames of a mention.
    fn split(&self, mention: &Mention) -> (String, String) {
        if mention.given.is_some() || mention.surnames.is_some() {
            let of = |name: &Option<habeas_model::Name>| {
                name.as_ref().map_or(String::new(), |name| name.reveal().to_owned())
            };
            return (of(&mention.given), of(&mention.surnames));
        }
        let words: Vec<String> =
            name::words(mention.name.reveal()).into_iter().map(|word| word.text).collect();
        let (given, surnames) = words.split_at(self.given(&words));
        (given.join(" "), surnames.join(" "))
    }

    /// How many words are given names. Without other knowledge the Spanish custom is assumed: of
    /// four words two are surnames, of three also, of two one.
    fn given(&self, words: &[String]) -> usize {
        let custom = match words.len() {
            0 | 1 => words.len(),
            2 | 3 => 1,
            more => more - 2,
        };
        let known = |at: usize| self.0.get(&words[at]).copied().unwrap_or_default();
        if words.len() == 3 && known(1).0 > 2 * known(1).1 { 2 } else { custom }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, given: usize) {
        let seen = [("luis".to_owned(), (9, 1)), ("luna".to_owned(), (0, 7))];
        let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        assert_eq!(Parts(HashMap::from(seen)).given(&words), given, "{name}");
    }

    #[test]
    fn whole_names_are_parted() {
        check("jose luis luna prado", 2);
        check("jose luis luna", 2);
        check("jose luna prado", 1);
        check("jose luna", 1);
        check("chuo", 1);
    }
}
