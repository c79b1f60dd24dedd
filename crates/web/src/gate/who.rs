//! Who asks: the pseudonym that their decisions bear, and what their forms are known by.

use crate::route::Shared;
use axum::{extract::FromRequestParts, http::request::Parts};
use std::{convert::Infallible, sync::Arc};
use subtle::ConstantTimeEq as _;

/// Whoever made a request.
#[derive(Clone)]
pub struct Who {
    /// The pseudonym that is written down with what they append.
    pub author: Arc<str>,
    /// What stands, hidden, in every form that they are shown: a page elsewhere cannot know it.
    pub token: Arc<str>,
}

impl Who {
    /// Whoever sits at this computer, while the program runs. The token is 256 random bits, new at
    /// each start.
    pub fn here(author: &str) -> Result<Who, getrandom::Error> {
        let mut bits = [0; 32];
        getrandom::fill(&mut bits)?;
        Ok(Who { author: author.into(), token: hex::encode(bits).into() })
    }

    /// Whether a form that bears `token` was shown to them. It takes as long for any guess.
    pub fn knows(&self, token: &str) -> bool {
        self.token.as_bytes().ct_eq(token.as_bytes()).into()
    }
}

impl FromRequestParts<Arc<Shared>> for Who {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, to: &Arc<Shared>) -> Result<Who, Infallible> {
        Ok(to.who.clone())
    }
}
