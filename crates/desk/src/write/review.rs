//! `review`: a proposal is accepted, edited, refused or withdrawn, by somebody and for a reason.

use crate::{Case, Error};
use habeas_ledger::Writer;
use habeas_model::{
    Claim, ClaimId, Decision, Digest, Entry, Kind, Mention, MentionId, Present, Review, Subject,
};
use std::collections::HashMap;

/// Which proposals are meant. An empty filter means all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of the document's name.
    pub document: Option<String>,
    /// Kind of claim.
    pub kind: Option<Kind>,
    /// Part of the speaking body's name, whatever the case of its letters.
    pub speaker: Option<String>,
}

/// A proposal that nobody has looked at.
#[derive(Clone, Debug)]
pub enum Proposal<'a> {
    /// A claim, with the name of its document.
    Claim(&'a Claim, &'a str),
    /// A mention in a list, with the name of its document.
    Mention(&'a Mention, &'a str),
}

impl Proposal<'_> {
    /// What a decision on it is about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match self {
            Proposal::Claim(claim, _) => Subject::Claim(claim.id),
            Proposal::Mention(mention, _) => Subject::Mention(mention.id),
        }
    }
}

/// The unreviewed proposals that the filter means, in the order of their entries.
#[must_use]
pub fn waiting<'a>(present: &'a Present, filter: &Filter) -> Vec<Proposal<'a>> {
    let names = names(present);
    let name = |blob: &Digest| names.get(blob).copied().unwrap_or_default();
    let unseen = |review| review == Review::Unreviewed;
    let claims = present.claims.iter().filter(|one| unseen(one.review)).map(|one| &one.it);
    let rows = present
        .mentions
        .iter()
        .filter(|one| unseen(one.review) && one.it.claim.is_none())
        .map(|one| &one.it);
    let claims = claims.map(|claim| Proposal::Claim(claim, name(&claim.span.blob)));
    let rows = rows.map(|mention| Proposal::Mention(mention, name(&mention.span.blob)));
    claims.chain(rows).filter(|proposal| filter.means(proposal)).collect()
}

/// Documents' names by their bytes.
#[must_use]
pub fn names(present: &Present) -> HashMap<Digest, &str> {
    present.documents.iter().map(|taken| (taken.it.blob, taken.it.name.as_str())).collect()
}

impl Filter {
    fn means(&self, proposal: &Proposal<'_>) -> bool {
        let (kind, speakers, document) = match proposal {
            Proposal::Claim(claim, name) => (Some(claim.kind), &claim.speakers, *name),
            Proposal::Mention(mention, name) => (None, &mention.speakers, *name),
        };
        let body = speakers.body().unwrap_or_default().to_lowercase();
        self.document.as_ref().is_none_or(|part| document.contains(part.as_str()))
            && self.kind.is_none_or(|wanted| kind == Some(wanted))
            && self.speaker.as_ref().is_none_or(|part| body.contains(&part.to_lowercase()))
    }
}

/// Decides alike about many proposals, in one acknowledged batch.
pub fn decide(
    case: &mut Case,
    writer: &mut Writer,
    subjects: &[Subject],
    review: Review,
    reason: &str,
) -> Result<(), Error> {
    let author = case.author.clone();
    append(case, writer, &author, subjects, review, reason)
}

fn append(
    case: &mut Case,
    writer: &mut Writer,
    author: &str,
    subjects: &[Subject],
    review: Review,
    reason: &str,
) -> Result<(), Error> {
    let decided = |subject: &Subject| {
        Entry::Decided(Decision {
            subject: *subject,
            review,
            reason: reason.to_owned(),
            claim: None,
            mention: None,
        })
    };
    let entries: Vec<Entry> = subjects.iter().map(decided).collect();
    case.append(writer, author, &entries)
}

/// A proposal as a reviewer edited it. It keeps its identifier and its span.
pub enum Edited {
    /// A claim.
    Claim(Box<Claim>),
    /// A row of a list.
    Mention(Box<Mention>),
}

/// Keeps what a reviewer edited.
pub fn edit(
    case: &mut Case,
    writer: &mut Writer,
    edited: Edited,
    reason: &str,
) -> Result<(), Error> {
    let author = case.author.clone();
    let (subject, claim, mention) = match edited {
        Edited::Claim(claim) => (Subject::Claim(claim.id), Some(claim), None),
        Edited::Mention(mention) => (Subject::Mention(mention.id), None, Some(mention)),
    };
    let (review, reason) = (Review::Edited, reason.to_owned());
    let decision = Decision { subject, review, reason, claim, mention };
    case.append(writer, &author, &[Entry::Decided(decision)])
}

/// Keeps a claim that a reviewer found in the words of a document and no reader proposed; one that
/// is there already is edited. Its identifier follows from where it is written.
pub fn add(
    case: &mut Case,
    writer: &mut Writer,
    mut claim: Claim,
    reason: &str,
) -> Result<ClaimId, Error> {
    claim.id = claim.identify(0);
    let id = claim.id;
    edit(case, writer, Edited::Claim(claim.into()), reason)?;
    Ok(id)
}

/// Lets the rule of case.toml accept what trusted documents propose; the rule is the author.
pub fn accept_trusted(case: &mut Case, writer: &mut Writer) -> Result<usize, Error> {
    if case.settings.review.accept.is_empty() {
        return Ok(0);
    }
    let present = case.present(None)?;
    let trusted = |proposal: &Proposal<'_>| match proposal {
        Proposal::Claim(_, name) | Proposal::Mention(_, name) => case.settings.trusts(name),
    };
    let proposals = waiting(&present, &Filter::default());
    let subjects: Vec<Subject> =
        proposals.iter().filter(|one| trusted(one)).map(Proposal::subject).collect();
    append(
        case,
        writer,
        "rule:review.accept",
        &subjects,
        Review::Accepted,
        "trusted document of case.toml",
    )?;
    Ok(subjects.len())
}

/// The subject with this identifier, be it a claim or a mention.
pub fn subject(present: &Present, id: &str) -> Result<Subject, Error> {
    let unknown = || Error::Unknown(id.to_owned());
    let claim: ClaimId = id.parse().map_err(|_| unknown())?;
    if present.claims.iter().any(|one| one.it.id == claim) {
        return Ok(Subject::Claim(claim));
    }
    let mention = MentionId::from_bits(claim.bits());
    let found = present.mentions.iter().find(|one| one.it.id == mention).ok_or_else(unknown)?;
    Ok(found.it.claim.map_or(Subject::Mention(mention), Subject::Claim))
}
