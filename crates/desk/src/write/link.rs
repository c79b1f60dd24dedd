//! `link`: pairs of mentions that may be one person are proposed; a person, or a written rule,
//! decides.

use crate::{Case, Error};
use habeas_ledger::Writer;
use habeas_model::{Entry, LinkDecision, MentionId, Present, Verdict};
use habeas_person::Proposal;

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

/// Decides about one pair.
pub fn decide(
    case: &mut Case,
    writer: &mut Writer,
    pair: (MentionId, MentionId),
    verdict: Verdict,
    reason: &str,
) -> Result<(), Error> {
    let present = case.present(None)?;
    for id in [pair.0, pair.1] {
        if !present.mentions.iter().any(|one| one.it.id == id) {
            return Err(Error::Unknown(id.to_string()));
        }
    }
    let (left, right) = (pair.0.min(pair.1), pair.0.max(pair.1));
    let author = case.author.clone();
    let decision = LinkDecision { left, right, verdict, reason: reason.to_owned() };
    case.append(writer, &author, &[Entry::Linked(decision)])
}
