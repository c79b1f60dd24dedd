//! A request as it was heard: what is asked, and in which language it is answered.

use crate::{
    gate::who::Who,
    question::{Asked, Senseless},
    route::Shared,
    tongue,
};
use axum::{extract::FromRequestParts, http::request::Parts};
use habeas_desk::keep::need::Closed;
use habeas_page::Lang;
use std::{convert::Infallible, sync::Arc};

/// What every route with a question is handed.
#[derive(Clone)]
pub struct Heard {
    pub to: Arc<Shared>,
    /// What is closed to whoever asks.
    pub closed: Closed,
    pub asked: Result<Asked, Senseless>,
    /// Everything after the `?`: what only some pages ask.
    pub query: String,
    /// The language that is wanted from now on.
    pub wanted: Option<Lang>,
    pub lang: Lang,
}

impl FromRequestParts<Arc<Shared>> for Heard {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, to: &Arc<Shared>) -> Result<Heard, Infallible> {
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let asked = Asked::read(&query);
        let wanted = asked.as_ref().ok().and_then(|asked| asked.lang);
        let lang = tongue::choose(wanted, &parts.headers, to.lang);
        let Ok(who) = Who::from_request_parts(parts, to).await;
        let closed = to.held.closed_to(who.roles());
        Ok(Heard { to: to.clone(), closed, asked, query, wanted, lang })
    }
}
