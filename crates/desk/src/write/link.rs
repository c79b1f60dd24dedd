//! `link`: pairs of mentions that may be one person are proposed; a person, or a written rule,
//! decides.

use crate::{Case, Error, Scene};
use habeas_count::{
    Line,
    worth::{Trial, Worth, worth},
};
use habeas_ledger::Writer;
use habeas_model::{Entry, LinkDecision, MentionId, Present, Verdict};
use habeas_person::{Proposal, register::as_one};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// The pairs that nobody has decided, strongest first.
#[must_use]
pub fn proposals(case: &Case, present: &Present) -> Vec<Proposal> {
    habeas_person::propose(&present.mentions, &present.links, &case.settings.link)
}

/// A pair that waits for a decision, and what deciding it would change.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting {
    /// The pair, and why.
    #[serde(flatten)]
    pub proposal: Proposal,
    /// What it is worth to look at it.
    #[serde(flatten)]
    pub worth: Worth,
}

/// The pairs that nobody has decided, those first whose decision would change most of what is
/// counted for `lines`, then the strongest.
#[must_use]
pub fn waiting(scene: &Scene, lines: &[Line], settings: &habeas_person::Settings) -> Vec<Waiting> {
    let Scene { present, register, .. } = scene;
    let rows = (0..).zip(&register.persons);
    let person: HashMap<MentionId, usize> = rows
        .flat_map(|(row, person)| person.mentions.iter().map(move |held| (held.mention.id, row)))
        .collect();
    let proposals = habeas_person::propose(&present.mentions, &present.links, settings);
    let trial = |pair: &Proposal| {
        let apart = [pair.left, pair.right].map(|id| &register.persons[person[&id]]);
        Trial { one: as_one(apart), apart: apart.map(Clone::clone), p: pair.p() }
    };
    let trials: Vec<Trial> = proposals.iter().map(trial).collect();
    let worth = worth(&scene.asked(), lines, &trials);
    let pair = |(proposal, worth)| Waiting { proposal, worth };
    let mut waiting: Vec<Waiting> = proposals.into_iter().zip(worth).map(pair).collect();
    waiting.sort_by(|a, b| a.worth.before(&b.worth)); // Stable: among equals the strongest first.
    waiting
}

/// Lets the rules of case.toml join the pairs that they are sure of; the rule is the author and its
/// name the reason.
pub fn decide_by_rule(case: &mut Case, writer: &mut Writer) -> Result<usize, Error> {
    if case.settings.link.decide.is_empty() {
        return Ok(0);
    }
    let present = case.present(None)?;
    let mut entries = Vec::new();
    for proposal in proposals(case, &present) {
        if let Some(rule) = proposal.rule {
            entries.push(same(proposal.left, proposal.right, &format!("rule {rule}")));
        }
    }
    case.append(writer, "rule:link.decide", &entries)?;
    Ok(entries.len())
}

fn same(left: MentionId, right: MentionId, reason: &str) -> Entry {
    Entry::Linked(LinkDecision { left, right, verdict: Verdict::Same, reason: reason.to_owned() })
}

/// Decides alike about many pairs, in one acknowledged batch: undone one by one, or all of it.
pub fn decide_all(
    case: &mut Case,
    writer: &mut Writer,
    pairs: &[(MentionId, MentionId)],
    verdict: Verdict,
    reason: &str,
) -> Result<(), Error> {
    let present = case.present(None)?;
    let there: HashSet<MentionId> = present.mentions.iter().map(|one| one.it.id).collect();
    let mut entries = Vec::new();
    for &(a, b) in pairs {
        if let Some(id) = [a, b].into_iter().find(|id| !there.contains(id)) {
            return Err(Error::Unknown(id.to_string()));
        }
        let (left, right) = (a.min(b), a.max(b));
        let decision = LinkDecision { left, right, verdict, reason: reason.to_owned() };
        entries.push(Entry::Linked(decision));
    }
    let author = case.author.clone();
    case.append(writer, &author, &entries)
}

/// Decides about one pair.
pub fn decide(
    case: &mut Case,
    writer: &mut Writer,
    pair: (MentionId, MentionId),
    verdict: Verdict,
    reason: &str,
) -> Result<(), Error> {
    decide_all(case, writer, &[pair], verdict, reason)
}
