//! What in a case speaks of somebody, of a source or of a document: everything that an erasure or a
//! restriction must reach.

use super::mask::Mask;
use crate::{Case, Error};
use habeas_ledger::Row;
use habeas_model::{
    Claim, ClaimId, Digest, Entry, Mention, MentionId, Name, PersonId, Rejected, SpeakerChain,
    Subject, memory::Forgotten,
};
use std::collections::HashSet;

/// What is meant, by its identifiers.
#[derive(Default)]
pub struct Scope {
    /// Claims.
    pub claims: HashSet<ClaimId>,
    /// Mentions.
    pub mentions: HashSet<MentionId>,
    /// Documents that go as a whole.
    pub documents: HashSet<Digest>,
    /// Documents of which a part is meant.
    pub touched: HashSet<Digest>,
    /// The words that must not be found afterwards.
    pub mask: Mask,
}

impl Scope {
    /// What `about` means: a person's identifier, a source's name, a document's name or the first
    /// digits of its digest.
    pub fn of(case: &Case, what: Forgotten, about: &str) -> Result<Scope, Error> {
        let mut scope = Scope::default();
        let mut names = Vec::new();
        match what {
            Forgotten::Person => scope.mentions = mentions_of(case, about)?,
            Forgotten::Source => names.push(about.to_owned()),
            Forgotten::Document => drop(scope.documents.insert(document(case, about)?)),
        }
        let source = Mask::of(names.iter().map(String::as_str));
        walk(case, |_, entry| {
            match entry {
                Entry::Mention(mention) => {
                    let meant = source.speaks(&mention.speakers, mention.outlet.as_deref());
                    scope.take_mention(mention, meant, &mut names);
                }
                Entry::Claim(claim) if source.speaks(&claim.speakers, claim.outlet.as_deref()) => {
                    scope.take_claim(claim);
                }
                Entry::Received(received) => {
                    let outlet = received.capture.outlet.as_deref();
                    if outlet.is_some_and(|outlet| source.is_in(outlet)) {
                        scope.documents.insert(received.blob);
                    }
                }
                Entry::Decided(decision) => {
                    if let Some(mention) = &decision.mention
                        && scope.mentions.contains(&mention.id)
                    {
                        names.extend(written(mention));
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        if scope.claims.is_empty() && scope.mentions.is_empty() && scope.documents.is_empty() {
            return Err(Error::Unknown(about.to_owned()));
        }
        scope.touched.retain(|blob| !scope.documents.contains(blob));
        scope.mask = Mask::of(names.iter().map(String::as_str));
        Ok(scope)
    }

    fn take_mention(&mut self, mention: &Mention, meant: bool, names: &mut Vec<String>) {
        if self.documents.contains(&mention.span.blob) {
            self.mentions.insert(mention.id);
        } else if meant || self.mentions.contains(&mention.id) {
            self.mentions.insert(mention.id);
            self.touched.insert(mention.span.blob);
            self.claims.extend(mention.claim);
            if !meant {
                names.extend(written(mention));
            }
        }
    }

    fn take_claim(&mut self, claim: &Claim) {
        self.claims.insert(claim.id);
        self.touched.insert(claim.span.blob);
    }

    /// Whether one of the names stands in what a second reader proposed.
    fn is_in(&self, it: &Rejected) -> bool {
        let names = [it.person.as_ref(), it.speaker.as_ref()].into_iter().flatten();
        self.mask.is_in(&it.quote) || names.map(Name::reveal).any(|name| self.mask.is_in(name))
    }

    /// Whether an entry is meant; `gone` are the positions before it that are.
    pub fn means(&self, entry: &Entry, gone: &HashSet<u64>) -> bool {
        let claim = |id: &ClaimId| self.claims.contains(id);
        let mention = |id: &MentionId| self.mentions.contains(id);
        let document = |blob: &Digest| self.documents.contains(blob);
        match entry {
            Entry::Mention(it) => {
                mention(&it.id) || document(&it.span.blob) || it.claim.as_ref().is_some_and(claim)
            }
            Entry::Claim(it) => {
                claim(&it.id)
                    || document(&it.span.blob)
                    || (self.touched.contains(&it.span.blob) && self.mask.is_in(&it.span.quote))
            }
            Entry::Rejected(it) => {
                document(&it.blob) || (self.touched.contains(&it.blob) && self.is_in(it))
            }
            Entry::Received(it) => document(&it.blob),
            Entry::Read(it) => document(&it.blob),
            Entry::Handled(it) => it.blob.as_ref().is_some_and(document),
            Entry::Decided(it) => match it.subject {
                Subject::Claim(id) => claim(&id),
                Subject::Mention(id) => mention(&id),
            },
            Entry::Linked(it) => mention(&it.left) || mention(&it.right),
            Entry::Undone(it) => gone.contains(&it.position),
            Entry::Restricted(it) => {
                it.mentions.iter().any(mention)
                    || it.claims.iter().any(claim)
                    || it.documents.iter().any(document)
            }
            _ => false,
        }
    }
}

impl Mask {
    /// Whether somebody in the chain, or the outlet, bears the name.
    fn speaks(&self, chain: &SpeakerChain, outlet: Option<&str>) -> bool {
        let links = chain.0.iter();
        let mut names =
            links.flat_map(|link| [Some(link.name.as_str()), link.of.as_deref()]).chain([outlet]);
        !self.is_empty() && names.any(|name| name.is_some_and(|name| self.is_in(name)))
    }
}

/// Hands over every entry that can be read, with its row.
pub fn walk(
    case: &Case,
    mut each: impl FnMut(&Row, &Entry) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut failed = None;
    case.ledger.rows(1, None, |row| {
        if let Some(entry) = case.ledger.entry(&row)?
            && failed.is_none()
        {
            failed = each(&row, &entry).err();
        }
        Ok(())
    })?;
    failed.map_or(Ok(()), Err)
}

/// How a mention writes a person: name, its parts in both orders, number.
fn written(mention: &Mention) -> Vec<String> {
    let mut names = vec![mention.name.reveal().to_owned()];
    if let (Some(given), Some(surnames)) = (&mention.given, &mention.surnames) {
        let (given, surnames) = (given.reveal(), surnames.reveal());
        names.extend([format!("{given} {surnames}"), format!("{surnames} {given}")]);
    }
    names.extend(mention.number.iter().map(|number| number.reveal().to_owned()));
    names
}

/// The mentions of a person, those of the register as it is now.
fn mentions_of(case: &Case, about: &str) -> Result<HashSet<MentionId>, Error> {
    let unknown = || Error::Unknown(about.to_owned());
    let id: PersonId = about.parse().map_err(|_| unknown())?;
    let present = case.present(None)?;
    let register = habeas_person::register(&present.mentions, &present.links);
    let person = register.persons.iter().find(|person| {
        person.id == id || person.mentions.iter().any(|held| held.mention.id.bits() == id.bits())
    });
    Ok(person.ok_or_else(unknown)?.mentions.iter().map(|held| held.mention.id).collect())
}

/// The document of this name, or whose digest begins so.
fn document(case: &Case, about: &str) -> Result<Digest, Error> {
    let present = case.present(None)?;
    let mut found = present.documents.iter().map(|taken| &taken.it).filter(|received| {
        received.name == about || (about.len() >= 8 && received.blob.to_string().starts_with(about))
    });
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only.blob),
        _ => Err(Error::Unknown(about.to_owned())),
    }
}
