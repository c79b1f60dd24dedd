//! Which pairs may be one person: proposed with every reason, decided by somebody else.

use crate::{
    link::{Explained, Linked, Pair, compare::Memos, link},
    reason::{Agreement, Part, Reason},
    roll::{JOIN, PARTS, roll},
};
use habeas_model::{
    LinkDecision, Mention, MentionId, Verdict,
    memory::present::{Standing, Taken},
    people::Warning,
};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

habeas_model::words! {
    /// Rules that case.toml may let decide.
    AutoRule {
        /// The same identity number and names that agree.
        ExactNumber = "exact-number",
        /// Both surnames, given names that agree, and the same birth or arrest date.
        FullNameAndDate = "full-name-and-date",
        /// Names that agree though cut short or misspelt, the same number, birth or arrest date,
        /// nothing of these against it, and nobody else who could be either of the two.
        NoOther = "no-other",
    }
}

/// `[link]` of case.toml.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// Rules that may join pairs by themselves. None by default: a person decides.
    pub decide: Vec<AutoRule>,
}

/// A pair that may be one person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proposal {
    /// The smaller identifier.
    pub left: MentionId,
    /// The larger identifier.
    pub right: MentionId,
    /// Bits for one person: odds of 2 to this power, all that was compared and all other mentions
    /// considered.
    pub weight: f64,
    /// Part by part.
    pub why: Vec<Reason>,
    /// The rule of the settings that would join them; none while there is a warning.
    pub rule: Option<AutoRule>,
    /// What speaks against joining them without a look.
    pub warnings: Vec<Warning>,
}

/// Below this probability a pair is not worth a person's time.
const WORTH: f64 = 0.02;

/// From this probability on another person is a rival.
const RIVAL: f64 = 0.1;

/// Pairs that nobody has decided, strongest first. Mentions that were refused or withdrawn are left
/// out.
#[must_use]
pub fn propose(
    mentions: &[Standing<Mention>],
    links: &[Taken<LinkDecision>],
    settings: &Settings,
) -> Vec<Proposal> {
    let standing = standing(mentions);
    let (table, how) = roll(&standing);
    let Ok(linked) = link(&table, &how, &|_| ()) else { return Vec::new() };
    let together = Together::of(links);
    let rivals = rivals(&linked);
    let between = |pair: &Pair| {
        let [a, b] = [pair.left, pair.right].map(|row| linked.persons[row as usize]);
        (a.min(b), a.max(b))
    };
    let split: HashSet<(u32, u32)> = linked.weak.iter().map(|one| between(&one.pair)).collect();
    let mut memo = Memos::new(&linked.rows);
    let mut proposals = Vec::new();
    for pair in &linked.pairs {
        let (left, right) = (standing[pair.left as usize], standing[pair.right as usize]);
        if !together.decided(left.id, right.id) {
            let weak = pair.p() >= how.join && split.contains(&between(pair));
            proposals.extend(proposal(
                &linked,
                *pair,
                (left, right),
                settings,
                (&rivals, weak, &mut memo),
            ));
        }
    }
    proposals.sort_by(|a: &Proposal, b| {
        b.weight.total_cmp(&a.weight).then((a.left, a.right).cmp(&(b.left, b.right)))
    });
    proposals
}

/// Why pairs of mentions are one person or two, by the same engine over the same mentions; nothing
/// for a pair of which one is no standing mention. That two are one in the end is what the
/// decisions say; no decision moves the weight.
#[must_use]
pub fn explain(
    mentions: &[Standing<Mention>],
    links: &[Taken<LinkDecision>],
    pairs: &[(MentionId, MentionId)],
) -> Vec<Option<Explained>> {
    let standing = standing(mentions);
    let (table, how) = roll(&standing);
    let Ok(linked) = link(&table, &how, &|_| ()) else { return vec![None; pairs.len()] };
    let joined = Together::of(links).joined;
    let row = |id: MentionId| standing.binary_search_by_key(&id, |mention| mention.id).ok();
    let explained = |&(left, right): &(MentionId, MentionId)| {
        let rows = (row(left)? as u32, row(right)? as u32);
        let mut told = linked.explain(&table, &how, rows).ok()?;
        told.together = root(&joined, left) == root(&joined, right);
        told.held = told.held.filter(|_| !told.together);
        Some(told)
    };
    pairs.iter().map(explained).collect()
}

/// Mentions that nobody refused or withdrew, by identifier.
fn standing(mentions: &[Standing<Mention>]) -> Vec<&Mention> {
    let mut standing: Vec<&Mention> =
        mentions.iter().filter(|one| one.review.stands()).map(|one| &one.it).collect();
    standing.sort_by_key(|mention| mention.id);
    standing
}

/// Rows that could be somebody else than the person they are joined into.
fn rivals(linked: &Linked) -> Vec<bool> {
    let mut rivals = vec![false; linked.persons.len()];
    for pair in linked.pairs.iter().filter(|pair| pair.p() >= RIVAL) {
        let (left, right) = (pair.left as usize, pair.right as usize);
        if linked.persons[left] != linked.persons[right] {
            (rivals[left], rivals[right]) = (true, true);
        }
    }
    rivals
}

impl Proposal {
    /// The weight as a probability.
    #[must_use]
    pub fn p(&self) -> f64 {
        1.0 / (1.0 + (-self.weight).exp2())
    }
}

fn proposal(
    linked: &Linked,
    pair: Pair,
    (left, right): (&Mention, &Mention),
    settings: &Settings,
    (rivals, weak, memo): (&[bool], bool, &mut Memos),
) -> Option<Proposal> {
    let rows = &linked.rows;
    let pattern = rows.compare(rows.row(pair.left), rows.row(pair.right), memo);
    let reason = |(nth, &part): (usize, &Part)| Reason {
        part,
        agreement: Agreement::of(part, pattern.level(nth)),
        weight: f64::from(linked.model.parts(pattern, nth)[0]),
    };
    let why: Vec<Reason> = PARTS.iter().enumerate().map(reason).collect();
    let of = |part: Part| {
        why.iter().find(|one| one.part == part).map_or(Agreement::Missing, |one| one.agreement)
    };
    let mut warnings = warnings(left, right, of);
    warnings.extend(weak.then_some(Warning::WeakLink));
    if pair.p() < WORTH && !warnings.contains(&Warning::NumberShared) {
        return None;
    }
    // The widest rule joins only what all the evidence joins, over all rows of both persons.
    let (a, b) = (pair.left as usize, pair.right as usize);
    let together = linked.persons[a] == linked.persons[b] && pair.p() >= JOIN;
    let rule = rule(of, together && !rivals[a] && !rivals[b])
        .filter(|rule| warnings.is_empty() && settings.decide.contains(rule));
    let weight = f64::from(pair.weight);
    Some(Proposal { left: left.id, right: right.id, weight, why, rule, warnings })
}

/// The narrowest rule that fits; `alone` where the two are one person by all the evidence, and
/// neither could as well be another.
fn rule(of: impl Fn(Part) -> Agreement, alone: bool) -> Option<AutoRule> {
    use Agreement::{Exact, Missing, Similar};
    let agrees = |part: Part| matches!(of(part), Exact | Similar);
    if of(Part::Number) == Exact && agrees(Part::Given) && agrees(Part::Surname) {
        return Some(AutoRule::ExactNumber);
    }
    let dated =
        of(Part::Born) == Exact || (of(Part::Born) == Missing && of(Part::Arrested) == Exact);
    let numbers = matches!(of(Part::Number), Exact | Similar | Missing);
    if of(Part::Surname) == Exact && of(Part::Given) == Exact && dated && numbers {
        return Some(AutoRule::FullNameAndDate);
    }
    let told = [Part::Number, Part::Born, Part::Arrested];
    let shared = told.iter().any(|part| of(*part) == Exact);
    let none_differs = told.iter().all(|part| of(*part) != Agreement::Differs);
    (agrees(Part::Given) && agrees(Part::Surname) && shared && none_differs && alone)
        .then_some(AutoRule::NoOther)
}

/// What speaks against a pair: brothers arrested together, one number for two names, two rows of
/// one list.
fn warnings(left: &Mention, right: &Mention, of: impl Fn(Part) -> Agreement) -> Vec<Warning> {
    use Agreement::{Differs, Exact};
    let mut warnings = Vec::new();
    let family = matches!(of(Part::Surname), Exact | Agreement::Similar);
    if family && of(Part::Given) == Differs && of(Part::Arrested) != Differs {
        warnings.push(Warning::Siblings);
    }
    if of(Part::Number) == Exact && (of(Part::Given) == Differs || of(Part::Surname) == Differs) {
        warnings.push(Warning::NumberShared);
    }
    if of(Part::Number) == Differs && family && of(Part::Given) != Differs {
        warnings.push(Warning::NumbersDiffer);
    }
    if of(Part::Born) == Differs {
        warnings.push(Warning::BirthDiffers);
    }
    let one_list =
        left.span.blob == right.span.blob && left.claim.is_none() && right.claim.is_none();
    if one_list {
        warnings.push(Warning::TwoRowsOfOneList);
    }
    warnings
}

/// Pairs that are decided: by a decision on them, or by both being joined to the same others
/// already.
struct Together {
    decided: HashSet<(MentionId, MentionId)>,
    joined: HashMap<MentionId, MentionId>,
}

impl Together {
    fn of(links: &[Taken<LinkDecision>]) -> Together {
        let decided = links.iter().map(|taken| (taken.it.left, taken.it.right)).collect();
        let mut joined = HashMap::new();
        for taken in links.iter().filter(|taken| taken.it.verdict == Verdict::Same) {
            let (a, b) = (root(&joined, taken.it.left), root(&joined, taken.it.right));
            if a != b {
                joined.insert(a.max(b), a.min(b));
            }
        }
        Together { decided, joined }
    }

    fn decided(&self, left: MentionId, right: MentionId) -> bool {
        self.decided.contains(&(left.min(right), left.max(right)))
            || root(&self.joined, left) == root(&self.joined, right)
    }
}

fn root(joined: &HashMap<MentionId, MentionId>, mut mention: MentionId) -> MentionId {
    while let Some(&up) = joined.get(&mention) {
        mention = up;
    }
    mention
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::tests::mention;
    use habeas_model::Name;

    /// Rows of lists: given names, surnames, number.
    fn proposed(rows: &[[&str; 3]], links: &[(u32, u32, Verdict)]) -> Vec<Proposal> {
        let row = |(at, [given, surnames, number]): (usize, &[&str; 3])| {
            let mut one = mention(at as u32 + 1);
            one.it.span.blob = habeas_model::Digest::of(&[at as u8]);
            one.it.name = Name::new(format!("{given} {surnames}"));
            one.it.given = Some(Name::new(*given));
            one.it.surnames = Some(Name::new(*surnames));
            one.it.number = (!number.is_empty()).then(|| Name::new(*number));
            one
        };
        let mentions: Vec<_> = rows.iter().enumerate().map(row).collect();
        let links: Vec<_> = links
            .iter()
            .map(|(left, right, verdict)| crate::register::tests::link(1, *left, *right, *verdict))
            .collect();
        propose(&mentions, &links, &Settings { decide: AutoRule::ALL.to_vec() })
    }

    #[track_caller]
    fn check(rows: &[[&str; 3]], rules: &[Option<AutoRule>]) {
        let found: Vec<_> = proposed(rows, &[]).into_iter().map(|one| one.rule).collect();
        assert_eq!(found, rules, "{rows:?}");
    }

    #[test]
    fn rules_join_only_what_nothing_speaks_against() {
        let milo = ["Milo", "Escandón Prado", "V-10496411"];
        check(&[milo, ["Milo", "Escandon", "10496411"]], &[Some(AutoRule::ExactNumber)]);
        // A number typed for two people.
        check(&[milo, ["Adela", "Belandria Toro", "10496411"]], &[None]);
        // Brothers, registered together.
        let brothers = proposed(&[milo, ["Ciro", "Escandón Prado", "V-10496412"]], &[]);
        assert!(brothers.iter().all(|pair| pair.rule.is_none()));
    }

    #[test]
    fn what_is_decided_is_not_proposed_again() {
        let rows = [["Milo", "Escandón Prado", "10496411"]; 2];
        for verdict in [Verdict::Same, Verdict::NotSame, Verdict::Unsure] {
            assert_eq!(proposed(&rows, &[(1, 2, verdict)]), []);
        }
        assert_eq!(proposed(&rows, &[]).len(), 1);
    }

    #[test]
    fn a_weak_link_is_told_and_no_rule_follows_it() {
        let given = ["Ciro", "Adela", "Elías", "Nohelia", "Gonzalo", "Yusmary", "Hernán"];
        let surnames = ["Luna", "Prado", "Figueredo", "Belandria", "Quijano", "Toro"];
        let mut rows: Vec<[String; 4]> = Vec::new();
        for n in 0..60 {
            let name = format!("{} {}", surnames[n / 3 % 6], surnames[n / 7 % 6]);
            let number = (10_000_000 + n * 37_813).to_string();
            let born = format!("19{:02}-{:02}-{:02}", 50 + n % 40, 2 + n % 11, 2 + n % 26);
            rows.extend(vec![[given[n % 7].to_owned(), name, number, born]; 2]);
        }
        // One man by his number, another by his birth, and a row in between.
        let milo = ["Milo", "Escandón Prado", "20111222", "1951-03-05"];
        let other = ["Milo", "Escandón Quijano", "28777666", "1984-10-22"];
        let between = ["Milo", "Escandón", "20111222", "1984-10-22"];
        rows.extend([milo, milo, other, other, between].map(|row| row.map(str::to_owned)));
        let row = |(at, [given, surnames, number, born]): (usize, &[String; 4])| {
            let mut one = mention(at as u32 + 1);
            one.it.span.blob = habeas_model::Digest::of(&at.to_le_bytes());
            one.it.name = Name::new(format!("{given} {surnames}"));
            one.it.given = Some(Name::new(given.as_str()));
            one.it.surnames = Some(Name::new(surnames.as_str()));
            one.it.number = Some(Name::new(number.as_str()));
            one.it.born = born.parse().ok();
            one
        };
        let mentions: Vec<_> = rows.iter().enumerate().map(row).collect();
        let all = Settings { decide: AutoRule::ALL.to_vec() };
        let found = propose(&mentions, &[], &all);
        let last = MentionId::from_bits(rows.len() as u64);
        let weak = |pair: &&Proposal| pair.warnings.contains(&Warning::WeakLink);
        let weak: Vec<&Proposal> = found.iter().filter(weak).collect();
        assert!(weak.iter().any(|pair| pair.right == last), "{weak:?}");
        assert!(weak.iter().all(|pair| pair.rule.is_none() && pair.p() >= 0.5), "{weak:?}");
        assert!(found.iter().filter(|pair| pair.rule.is_some()).count() >= 50);
    }

    #[test]
    fn a_case_of_one_mention_or_none_proposes_nothing() {
        assert_eq!(proposed(&[], &[]), []);
        assert_eq!(proposed(&[["Milo", "Escandón", ""]], &[]), []);
    }
}
