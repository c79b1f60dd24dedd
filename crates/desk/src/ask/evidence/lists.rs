//! A list against an earlier one: who is the same, changed, perhaps the same, new, or gone.

use habeas_model::{
    Digest, Mention, MentionId, Present, Received, Register, memory::present::Taken,
};
use habeas_person::{Version, Versions, link::News, versions};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Two lists, compared.
pub struct Lists<'a> {
    /// The earlier one.
    pub before: &'a Taken<Received>,
    /// The later one.
    pub after: &'a Taken<Received>,
    /// What it is compared by.
    pub versions: Versions,
    /// Every row of either.
    pub rows: HashMap<MentionId, &'a Mention>,
}

/// Lists that this one can be held against, the likeliest first: what it replaces, then those of
/// the same body, the latest before it.
#[must_use]
pub fn earlier<'a>(present: &'a Present, digest: &Digest) -> Vec<&'a Taken<Received>> {
    let mut origins: HashMap<Digest, BTreeSet<&str>> = HashMap::new();
    for one in present.mentions.iter().filter(|one| one.it.claim.is_none()) {
        origins.entry(one.it.span.blob).or_default().insert(one.it.origin());
    }
    let own = origins.get(digest);
    let it = present.documents.iter().rev().find(|taken| taken.it.blob == *digest);
    let Some((own, it)) = own.zip(it) else { return Vec::new() };
    let mut all: Vec<&Taken<Received>> = present
        .documents
        .iter()
        .filter(|other| other.it.blob != *digest && origins.contains_key(&other.it.blob))
        .collect();
    all.sort_by_key(|other| {
        let kin = origins[&other.it.blob].iter().any(|origin| own.contains(origin));
        let replaced = it.it.replaces == Some(other.it.blob);
        let later = other.position > it.position;
        (!replaced, later, !kin, u64::MAX - other.position)
    });
    all
}

/// Holds a list against another.
#[must_use]
pub fn lists<'a>(present: &'a Present, digest: &Digest, of: &Digest) -> Option<Lists<'a>> {
    let find = |blob: &Digest| present.documents.iter().rev().find(|one| one.it.blob == *blob);
    let rows_of = |blob: &Digest| -> Vec<&'a Mention> {
        let standing = present.mentions.iter().filter(|one| one.review.stands());
        let rows = standing.map(|one| &one.it);
        rows.filter(|it| it.claim.is_none() && it.span.blob == *blob).collect()
    };
    let (before, after) = (find(of)?, find(digest)?);
    let (old, new) = (rows_of(of), rows_of(digest));
    let versions = versions(&old, &new, &present.links);
    let rows = old.into_iter().chain(new).map(|it| (it.id, it)).collect();
    Some(Lists { before, after, versions, rows })
}

impl<'a> Lists<'a> {
    /// Rows of the later list that are of a kind and have a likest row before, about whom nobody
    /// has decided yet.
    pub fn open(
        &self,
        news: News,
        present: &Present,
        register: &Register,
    ) -> Vec<(&Version, [&'a Mention; 2])> {
        let decided: HashSet<(MentionId, MentionId)> =
            present.links.iter().map(|taken| (taken.it.left, taken.it.right)).collect();
        let person: HashMap<MentionId, usize> = register
            .persons
            .iter()
            .enumerate()
            .flat_map(|(at, one)| one.mentions.iter().map(move |held| (held.mention.id, at)))
            .collect();
        let of_kind = self.versions.rows.iter().filter(|row| row.news == news);
        let open = |row: &'_ Version| -> Option<[&'a Mention; 2]> {
            let old = row.old.or_else(|| row.bearers.first().copied())?;
            let pair = (old.min(row.mention), old.max(row.mention));
            let one = person.get(&old) == person.get(&row.mention);
            (!one && !decided.contains(&pair))
                .then(|| Some([*self.rows.get(&old)?, *self.rows.get(&row.mention)?]))?
        };
        of_kind.filter_map(|row| Some((row, open(row)?))).collect()
    }

    /// Rows that are of a kind alone: of the later list, or gone.
    #[must_use]
    pub fn alone(&self, news: News) -> Vec<&'a Mention> {
        let ids: Vec<MentionId> = match news {
            News::Gone => self.versions.gone.clone(),
            _ => {
                let rows = self.versions.rows.iter().filter(|row| row.news == news);
                rows.map(|row| row.mention).collect()
            }
        };
        ids.into_iter().filter_map(|id| self.rows.get(&id).copied()).collect()
    }
}
