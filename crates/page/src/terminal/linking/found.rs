//! Persons found for a typed name: who, on how much evidence, and which words agree.

use crate::terminal::sheet::{Sheet, Shown};
use crate::{Reader, See, phrase::number, redact, word, words};
use habeas_model::{Person, PersonId, Register};
use habeas_person::search::Hit;
use std::collections::HashMap;

/// The hits as a table, the likeliest first. Who reads in public is told of nobody whose name is
/// withheld: that a name is in the register would tell it.
#[must_use]
pub fn found(hits: &[Hit], register: &Register, reader: &Reader) -> String {
    let people: HashMap<PersonId, &Person> =
        register.persons.iter().map(|person| (person.id, person)).collect();
    let headings = ["find-person", "find-name", "find-mentions", "find-weight", "find-why"];
    let mut sheet = Sheet::new(headings.map(|key| word(reader.lang, key))).numbers(&[2, 3]);
    let mut rows = 0;
    for hit in hits {
        let Some(person) = people.get(&hit.person) else { continue };
        let name = redact::person(person, reader);
        if reader.see != See::Team && matches!(name, redact::Shown::Withheld(_)) {
            continue; // Invariant 10.
        }
        let cells = [
            person.id.to_string(),
            name.to_string(),
            number(person.mentions.len() as u64, reader.lang),
            format!("{:.1}", hit.weight),
            why(hit, reader),
        ];
        sheet.row(cells.map(Shown::plain));
        rows += 1;
    }
    if rows == 0 {
        return format!("{}\n", word(reader.lang, "find-none"));
    }
    sheet.text(reader)
}

/// "chuo = jesus (short form); vasques = vasquez (sounds alike)".
pub(crate) fn why(hit: &Hit, reader: &Reader) -> String {
    let one = |one: &habeas_person::search::Matched| {
        let how = word(reader.lang, &format!("how-{}", one.how));
        let (typed, found) = (one.typed.reveal(), one.found.reveal());
        if typed == found { found.to_owned() } else { format!("{typed} = {found} ({how})") }
    };
    let mut parts: Vec<String> = hit.matched.iter().map(one).collect();
    if hit.unanswered > 0 {
        let n = number(hit.unanswered as u64, reader.lang);
        parts.push(words(reader.lang, "find-unanswered", &[("n", &n)]));
    }
    parts.join("; ")
}
