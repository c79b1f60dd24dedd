//! A number of the board with the rows that it opens to: where it is written, and who can be named.

use habeas_count::{Board, Line, Source};
use habeas_model::{Claim, ClaimId, Person, Present, Register, memory::present::Standing};
use std::collections::{HashMap, HashSet};

/// What a number opens to (invariant 13).
pub struct Figure<'a> {
    /// The board that it stands on.
    pub board: &'a Board,
    /// Its line.
    pub line: &'a Line,
    /// Everywhere that it is written, with the claim there.
    pub written: Vec<(&'a Source, &'a Standing<Claim>)>,
    /// Who can be named for exactly its frame, by identifier.
    pub persons: Vec<&'a Person>,
}

impl<'a> Figure<'a> {
    /// Opens a line of a board, over the present and the register that the board was asked of.
    #[must_use]
    pub fn of(
        board: &'a Board,
        line: &'a Line,
        present: &'a Present,
        register: &'a Register,
    ) -> Figure<'a> {
        let wanted: HashSet<ClaimId> = line.sources.iter().map(|source| source.claim).collect();
        let claims = present.claims.iter().filter(|one| wanted.contains(&one.it.id));
        let claims: HashMap<ClaimId, _> = claims.map(|one| (one.it.id, one)).collect();
        let written = line.sources.iter();
        let written = written.filter_map(|source| Some((source, *claims.get(&source.claim)?)));
        let ids = line.named.as_ref().map(|named| named.persons.ids()).unwrap_or_default();
        let named: HashSet<_> = ids.into_iter().collect();
        let persons = register.persons.iter().filter(|person| named.contains(&person.id));
        Figure { board, line, written: written.collect(), persons: persons.collect() }
    }
}
