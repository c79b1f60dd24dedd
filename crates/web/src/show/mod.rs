//! The pages that only show: one file for each part of the work.

mod answer;
mod ledger;
mod people;

use crate::route::Shared;
use axum::{Router, routing::get};
use std::sync::Arc;

/// Their addresses.
pub fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/change", get(answer::change))
        .route("/audit", get(answer::audit))
        .route("/promises", get(answer::promises))
        .route("/estimate", get(answer::estimate))
        .route("/ledger", get(ledger::ledger))
        .route("/people", get(people::people))
        .route("/people/{person}", get(people::person))
}
