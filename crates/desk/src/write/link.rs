//! `link`: pairs of mentions that may be one person are proposed; a person, or a written rule,
//! decides.

use crate::{Case, Error};
use habeas_ledger::Writer;
use habeas_model::{Entry, LinkDecision, MentionId, Present, Verdict};
use habeas_person::Proposal;
use std::collections::HashSet;

/// The pairs that nobody has decided, strongest first.
#[must_use]
pub fn proposals(case: &Case, present: &Present) -> Vec<Proposal> {
    habeas_person::propose(&present.mentions, &present.links, &case.settings.link)
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
