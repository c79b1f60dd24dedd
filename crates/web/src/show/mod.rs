//! The pages that only show: one file for each part of the work.

mod answer;
pub mod ledger;
mod people;

use crate::{gate::routes::Routes, team::role::Right};

/// Their addresses.
pub fn routes(to: Routes) -> Routes {
    to.get("/change", Right::Read, answer::change)
        .get("/audit", Right::Read, answer::audit)
        .get("/promises", Right::Read, answer::promises)
        .get("/estimate", Right::Read, answer::estimate)
        .get("/ledger", Right::Read, ledger::ledger)
        .get("/people", Right::Read, people::people)
        .post("/people", Right::Read, people::found)
        .get("/people/{person}", Right::Read, people::person)
}
