//! Version two of a list against version one: who is the same, changed, new, or gone.
//!
//! What comes in: the mentions of both versions, and what people decided. What goes out: what each
//! mention of the new version is, and why. What never happens here: nothing is decided; that
//! somebody is gone from a list says nothing of where they are.

use crate::{
    link::{
        Arrival, Decided, Known, News,
        arrival::{Difference, Held},
    },
    reason::Part,
    roll::roll,
    table::LinkSettings,
};
use habeas_model::{LinkDecision, Mention, MentionId, memory::present::Taken};
use serde::Serialize;
use std::collections::HashMap;

/// What a mention of the new version is to the old one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Version {
    /// The mention.
    pub mention: MentionId,
    /// What it is; never `gone`.
    pub news: News,
    /// The likest mention of the old version.
    pub old: Option<MentionId>,
    /// The probability that the two are one person; 0 where there is none.
    pub p: f64,
    /// Where nobody is the same person: why the likest, though heavy enough, is not.
    pub held: Option<Held>,
    /// What the new version says otherwise of a person who is the same.
    pub changes: Vec<(Part, Difference)>,
    /// Other mentions of the old version that may be this person.
    pub others: Vec<MentionId>,
    /// Mentions of the old version with its number, of another name or another person.
    pub bearers: Vec<MentionId>,
    /// Another mention of the new version that may be the same person: one row too many.
    pub again: Option<MentionId>,
}

/// Two versions of a list, compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Versions {
    /// The mentions of the new version, in their order.
    pub rows: Vec<Version>,
    /// Mentions of the old version of whom the new one has nobody, and nobody who may be them.
    pub gone: Vec<MentionId>,
}

impl Versions {
    /// How many are of a kind.
    #[must_use]
    pub fn count(&self, news: News) -> usize {
        match news {
            News::Gone => self.gone.len(),
            _ => self.rows.iter().filter(|row| row.news == news).count(),
        }
    }
}

/// Compares two versions of a list. Mentions that were refused or withdrawn should not be among
/// them.
#[must_use]
pub fn versions(old: &[&Mention], new: &[&Mention], links: &[Taken<LinkDecision>]) -> Versions {
    let all: Vec<&Mention> = old.iter().chain(new).copied().collect();
    let rows: HashMap<MentionId, u32> =
        all.iter().enumerate().map(|(row, mention)| (mention.id, row as u32)).collect();
    let mut decided = Decided::default();
    for link in links {
        let place = |id: MentionId| rows.get(&id).copied();
        if let (Some(left), Some(right)) = (place(link.it.left), place(link.it.right)) {
            decided.decide(left, right, link.it.verdict);
        }
    }
    let (table, settings) = roll(&all);
    // A version names each person once; who stands in it twice is told, and not joined.
    let settings = LinkSettings { one_to_one: true, ..settings };
    let (known, list) = table.split(old.len());
    let diff = Known::new(known, settings).and_then(|mut known| known.arrive(&list, &decided));
    let Ok(diff) = diff else { return Versions::default() };
    let of = |row: &u32| all[*row as usize].id;
    Versions {
        rows: diff.arrivals.iter().map(|one| version(one, of, new)).collect(),
        gone: diff.gone.iter().map(of).collect(),
    }
}

fn version(one: &Arrival, of: impl Fn(&u32) -> MentionId + Copy, new: &[&Mention]) -> Version {
    let changes = one.changes.iter();
    Version {
        mention: new[one.row as usize].id,
        news: one.news,
        old: one.likest.as_ref().map(of),
        p: if one.likest.is_some() { one.p() } else { 0.0 },
        held: one.held,
        changes: changes.filter_map(|of| Some((of.column.parse().ok()?, of.how))).collect(),
        others: one.others.iter().map(of).collect(),
        bearers: one.bearers.iter().map(of).collect(),
        again: one.again.map(|row| new[row as usize].id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::tests::{link, mention};
    use habeas_model::{Name, Verdict};

    const GIVEN: [&str; 8] =
        ["Ciro", "Milo Andrés", "Adela", "Elías", "Nohelia", "Gonzalo", "Yusmary", "Hernán José"];
    const SURNAMES: [&str; 7] =
        ["Luna", "Prado", "Escandón", "Figueredo", "Belandria", "Quijano", "Toro"];

    /// A mention of this number and name.
    fn row(id: u32, [given, surnames, number]: [&str; 3]) -> Mention {
        let mut one = mention(id).it;
        one.name = Name::new(format!("{given} {surnames}"));
        one.given = Some(Name::new(given));
        one.surnames = Some(Name::new(surnames));
        one.number = (!number.is_empty()).then(|| Name::new(number));
        one
    }

    fn name(nth: usize) -> (String, String) {
        let surnames = format!("{} {}", SURNAMES[nth % 7], SURNAMES[(nth / 7 + nth + 1) % 7]);
        (GIVEN[nth % 8].to_owned(), surnames)
    }

    /// Forty names without a number, and the second version of the list.
    #[track_caller]
    fn check(
        second: &[[&str; 3]],
        links: &[(u32, u32, Verdict)],
        expected: &[(News, Option<u32>)],
        gone: usize,
    ) {
        let names: Vec<(String, String)> = (0..40).map(name).collect();
        let old: Vec<Mention> = names
            .iter()
            .zip(1..)
            .map(|((given, surnames), id)| row(id, [given, surnames, ""]))
            .collect();
        let kept = names.iter().take(36).zip(1..);
        let kept = kept.map(|((given, surnames), id)| row(100 + id, [given, surnames, ""]));
        let others = second.iter().zip(1..).map(|(cells, id)| row(200 + id, *cells));
        let new: Vec<Mention> = kept.chain(others).collect();
        let links: Vec<_> =
            links.iter().map(|(left, right, verdict)| link(1, *left, *right, *verdict)).collect();
        let of = |all: &[Mention]| -> Vec<Mention> { all.to_vec() };
        let (old, new) = (of(&old), of(&new));
        let versions =
            versions(&old.iter().collect::<Vec<_>>(), &new.iter().collect::<Vec<_>>(), &links);
        let same = versions.rows[..36].iter().filter(|row| row.news == News::Same).count();
        assert_eq!(same, 36, "{:#?}", versions.rows);
        let id = |row: &Version| row.old.map(|old| old.bits() as u32);
        let found: Vec<(News, Option<u32>)> = versions.rows[36..]
            .iter()
            .map(|row| (row.news, id(row).filter(|_| row.news != News::New)))
            .collect();
        assert_eq!(found, expected, "{:#?}", &versions.rows[36..]);
        assert_eq!(versions.count(News::Gone), gone);
    }

    #[test]
    fn names_alone_tell_versions_of_a_list() {
        let (given, surnames) = name(37);
        let misspelt = given.replace('o', "u");
        check(&[], &[], &[], 4);
        check(&[["Octavio", "Urquiola Zafra", ""]], &[], &[(News::New, None)], 4);
        check(&[[&given, &surnames, "10496411"]], &[], &[(News::Changed, Some(38))], 3);
        check(&[[&misspelt, &surnames, ""]], &[], &[(News::Changed, Some(38))], 3);
        // A row too many: told, with the row that it repeats.
        let first = name(0);
        check(&[[&first.0, &first.1, ""]], &[], &[(News::Probable, Some(1))], 4);
        // A brother is new.
        check(&[["Octavio", &surnames, ""]], &[], &[(News::New, None)], 4);
        let decided = [(40, 201, Verdict::Same)];
        let octavio = ["Octavio", "Urquiola Zafra", ""];
        check(&[octavio], &decided, &[(News::Changed, Some(40))], 3);
    }
}
