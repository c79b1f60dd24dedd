//! Which pairs may be one person: proposed with every reason, decided by somebody else.

use crate::{
    block,
    compare::{Agreement, Part, Reason, compare},
    normalise::{Parts, parts},
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
    /// Bits of evidence, the sum of the reasons.
    pub weight: f64,
    /// Part by part.
    pub why: Vec<Reason>,
    /// The rule of the settings that would join them; none while there is a warning.
    pub rule: Option<AutoRule>,
    /// What speaks against joining them without a look.
    pub warnings: Vec<Warning>,
}

/// Below this many bits a pair is not worth a person's time.
const WORTH: f64 = 9.0;

/// Pairs that nobody has decided, strongest first. Mentions that were refused or withdrawn are left
/// out.
#[must_use]
pub fn propose(
    mentions: &[Standing<Mention>],
    links: &[Taken<LinkDecision>],
    settings: &Settings,
) -> Vec<Proposal> {
    let mut standing: Vec<&Mention> =
        mentions.iter().filter(|one| one.review.stands()).map(|one| &one.it).collect();
    standing.sort_by_key(|mention| mention.id);
    let people: Vec<Parts> = standing.iter().map(|mention| parts(mention)).collect();
    let together = Together::of(links);
    let mut proposals: Vec<Proposal> = block::pairs(&people)
        .into_iter()
        .map(|(a, b)| ((standing[a], &people[a]), (standing[b], &people[b])))
        .filter(|(left, right)| !together.decided(left.0.id, right.0.id))
        .filter_map(|(left, right)| proposal(left, right, settings))
        .collect();
    proposals.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then((a.left, a.right).cmp(&(b.left, b.right)))
    });
    proposals
}

fn proposal(
    left: (&Mention, &Parts),
    right: (&Mention, &Parts),
    settings: &Settings,
) -> Option<Proposal> {
    let why = compare(left, right);
    let weight: f64 = why.iter().map(|reason| reason.weight).sum();
    let of = |part: Part| {
        why.iter().find(|one| one.part == part).map_or(Agreement::Missing, |one| one.agreement)
    };
    let warnings = warnings(left.0, right.0, of);
    if weight < WORTH && !warnings.contains(&Warning::NumberShared) {
        return None;
    }
    let rule = rule(of).filter(|rule| warnings.is_empty() && settings.decide.contains(rule));
    Some(Proposal { left: left.0.id, right: right.0.id, weight, why, rule, warnings })
}

fn rule(of: impl Fn(Part) -> Agreement) -> Option<AutoRule> {
    use Agreement::{Exact, Missing, Similar};
    let given = matches!(of(Part::Given), Exact | Similar);
    let surname = matches!(of(Part::Surname), Exact | Similar);
    if of(Part::Number) == Exact && given && surname {
        return Some(AutoRule::ExactNumber);
    }
    let dated =
        of(Part::Born) == Exact || (of(Part::Born) == Missing && of(Part::Arrested) == Exact);
    let numbers = matches!(of(Part::Number), Exact | Similar | Missing);
    (of(Part::Surname) == Exact && of(Part::Given) == Exact && dated && numbers)
        .then_some(AutoRule::FullNameAndDate)
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
