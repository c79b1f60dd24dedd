//! `prove`: a figure or some rows, as a proof that somebody else can check without the ledger.

use crate::{Case, Error, Scene};
use habeas_count::Line;
use habeas_ledger::{
    proof::{Bundle, Log},
    time::Stamps,
};
use habeas_model::{Claim, Stamped};
use std::collections::{BTreeMap, HashSet};

/// Proves these rows and shows them whole: who asks for a row by its number has read it.
pub fn rows(case: &Case, positions: &[u64]) -> Result<Bundle, Error> {
    let rows: Vec<(u64, bool)> = positions.iter().map(|position| (*position, true)).collect();
    bundle(case, &rows)
}

/// Proves the rows behind a line of the board: the claims that make it, and the mentions and links
/// of the persons who are named for it. `shown` says which claims may be shown whole; rows about
/// persons never are (invariant 10): they are proven to be there, and no more.
pub fn figure(
    case: &Case,
    scene: &Scene,
    line: &Line,
    shown: impl Fn(&Claim) -> bool,
) -> Result<Bundle, Error> {
    let present = &scene.present;
    let claims: HashSet<_> = line.sources.iter().map(|source| source.claim).collect();
    let mut rows = BTreeMap::new();
    for one in present.claims.iter().filter(|one| claims.contains(&one.it.id)) {
        rows.insert(one.position, shown(&one.it));
        rows.extend(one.decided.map(|position| (position, false)));
    }
    let named: HashSet<_> = line.named.iter().flat_map(|named| named.persons.ids()).collect();
    let persons = scene.register.persons.iter().filter(|person| named.contains(&person.id));
    let mentions: HashSet<_> =
        persons.flat_map(|person| &person.mentions).map(|held| held.mention.id).collect();
    for one in present.mentions.iter().filter(|one| mentions.contains(&one.it.id)) {
        rows.insert(one.position, false);
        rows.extend(one.decided.map(|position| (position, false)));
    }
    let joins = present
        .links
        .iter()
        .filter(|taken| mentions.contains(&taken.it.left) && mentions.contains(&taken.it.right));
    rows.extend(joins.map(|taken| (taken.position, false)));
    bundle(case, &rows.into_iter().collect::<Vec<_>>())
}

fn bundle(case: &Case, rows: &[(u64, bool)]) -> Result<Bundle, Error> {
    let log = Log::of(&case.ledger)?;
    let mut bundle = Bundle::of(&case.ledger, &log, rows)?;
    let stamps = Stamps::of(&case.ledger)?;
    let on = Stamped::Checkpoint(log.tree().size());
    bundle.stamps = stamps.on(on).map(|(stamp, _)| stamp.clone()).collect();
    Ok(bundle)
}
