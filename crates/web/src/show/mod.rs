//! The pages that only show: one file for each part of the work.

mod answer;
mod chart;
pub mod ledger;
mod people;

use crate::{gate::routes::Routes, team::role::Right};
use axum::http::StatusCode;

/// Their addresses.
pub fn routes(to: Routes) -> Routes {
    to.get("/change", Right::Read, answer::change)
        .get("/charts/{chart}", Right::Read, chart::chart)
        .get("/audit", Right::Read, answer::audit)
        .get("/promises", Right::Read, answer::promises)
        .get("/estimate", Right::Read, answer::estimate)
        .get("/ledger", Right::Read, ledger::ledger)
        .get("/people", Right::Read, people::people)
        .post("/people", Right::Read, people::found)
        .get("/people/{person}", Right::Read, people::person)
        // A browser asks for it whatever a page says; there is none.
        .get("/favicon.ico", Right::Enter, async || StatusCode::NO_CONTENT)
}
