//! `restrict`: what is both evidence and demanded to be erased is kept and shown to nobody, once
//! two different people ask for it.

use super::scope::Scope;
use crate::{Case, Error};
use habeas_ledger::{Writer, restrict::Restrictions};
use habeas_model::{
    Entry,
    memory::{Forgotten, Reason, Restricted, Wish},
};

/// What somebody asks.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Restrict or lift.
    pub wish: Wish,
    /// A person, a source, a document.
    pub what: Forgotten,
    /// Its identifier or name.
    pub about: String,
    /// Why.
    pub reason: Reason,
    /// The legal basis.
    pub basis: String,
}

/// Adds this author's voice; tells whether the restriction holds now, and whether a second voice is
/// waited for.
pub fn restrict(
    case: &mut Case,
    writer: &mut Writer,
    asked: &Asked,
) -> Result<(bool, bool), Error> {
    let before = standing(case, asked)?;
    let mut said = Restricted {
        wish: asked.wish,
        what: asked.what,
        about: asked.about.clone(),
        reason: asked.reason,
        basis: asked.basis.clone(),
        claims: Vec::new(),
        mentions: Vec::new(),
        documents: Vec::new(),
    };
    if asked.wish == Wish::Restrict {
        let scope = Scope::of(case, asked.what, &asked.about)?;
        said.claims = scope.claims.into_iter().collect();
        said.mentions = scope.mentions.into_iter().collect();
        said.documents = scope.documents.into_iter().collect();
        said.claims.sort_unstable();
        said.mentions.sort_unstable();
        said.documents.sort_unstable();
    } else if before.is_none() {
        return Err(Error::Unknown(asked.about.clone()));
    }
    let author = case.author.clone();
    case.append(writer, &author, &[Entry::Restricted(said)])?;
    Ok(standing(case, asked)?.unwrap_or_default())
}

/// Whether it holds, and whether a second voice is waited for; none where nobody asked.
fn standing(case: &Case, asked: &Asked) -> Result<Option<(bool, bool)>, Error> {
    let all = Restrictions::of(&case.ledger)?.asked;
    let same = all.into_iter().find(|one| one.what == asked.what && one.about == asked.about);
    Ok(same.map(|one| (one.holds, one.waiting.is_some())))
}
