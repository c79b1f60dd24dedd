//! Who asks: the pseudonym that their decisions bear, what they may do, and what their forms are
//! known by.

use crate::{
    Error,
    route::Shared,
    team::{
        door::{Door, seconds},
        program::token::Scope,
        role::{Right, Role},
        session,
    },
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use std::{collections::BTreeSet, convert::Infallible, sync::Arc};
use subtle::ConstantTimeEq as _;

/// Where names are matched; the token follows.
pub const RECONCILE: &str = "/reconcile/";

/// Whoever made a request.
#[derive(Clone)]
pub struct Who {
    /// The pseudonym that is written down with what they append.
    pub author: Arc<str>,
    /// What stands, hidden, in every form that they are shown: a page elsewhere cannot know it.
    pub token: Arc<str>,
    /// The number of their session, where they signed in.
    pub session: Option<Arc<str>>,
    roles: BTreeSet<Role>,
    scopes: BTreeSet<Scope>,
}

/// Random bytes of the operating system.
pub fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

impl Who {
    /// Whoever sits at this computer while no account is asked for: they may do everything. The
    /// token is 256 random bits, new at each start.
    pub fn here(author: &str) -> Result<Who, Error> {
        let token = hex::encode(random::<32>()?).into();
        let roles = Role::ALL.into_iter().collect();
        Ok(Who { author: author.into(), token, session: None, roles, scopes: BTreeSet::new() })
    }

    /// Who made a request with these headers, and the token that it shows. Where there are
    /// accounts: one of them, a program that they let in, or nobody.
    pub fn of(
        headers: &HeaderMap,
        shown: Option<&str>,
        here: &Who,
        door: &Door,
    ) -> Result<Who, Error> {
        let team = door.book.read()?;
        let nobody = || Who {
            author: "".into(),
            token: here.token.clone(),
            session: None,
            roles: BTreeSet::new(),
            scopes: BTreeSet::new(),
        };
        if let Some(shown) = shown {
            // Whoever shows a token is whom it was made for, whatever their browser brings along,
            // and nobody else: not even who sits here.
            let found = team.token(shown, seconds().try_into().unwrap_or(i64::MAX));
            let program = found.map(|token| Who {
                author: format!("token:{}", token.name).into(),
                scopes: token.scopes.clone(),
                ..nobody()
            });
            return Ok(program.unwrap_or_else(nobody));
        }
        if team.accounts.is_empty() {
            return Ok(here.clone());
        }
        let Some(number) = cookie(headers, session::COOKIE) else { return Ok(nobody()) };
        let found = door.member(&team, number).map(|(session, account)| Who {
            author: session.account,
            token: session.token,
            session: Some(number.into()),
            roles: account.roles.clone(),
            scopes: BTreeSet::new(),
        });
        Ok(found.unwrap_or_else(nobody))
    }

    /// Whether they may.
    pub fn may(&self, right: Right) -> bool {
        right == Right::Enter
            || self.roles.iter().any(|role| right.is_of(*role))
            || self.scopes.iter().any(|scope| scope.may(right))
    }

    /// What they are for the team. A program is nothing.
    pub fn roles(&self) -> &BTreeSet<Role> {
        &self.roles
    }

    /// Whether they have to sign in first.
    pub fn is_nobody(&self) -> bool {
        self.roles.is_empty() && self.scopes.is_empty()
    }

    /// Whether they showed a token: no page elsewhere can have a browser do that.
    pub fn is_program(&self) -> bool {
        !self.scopes.is_empty()
    }

    /// Whether a form that bears `token` was shown to them. It takes as long for any guess.
    pub fn knows(&self, token: &str) -> bool {
        self.token.as_bytes().ct_eq(token.as_bytes()).into()
    }
}

/// The token that a request to the API shows (RFC 6750, section 2.1), or that stands in the only
/// address that may have one. Other pages take none.
pub fn shown<'a>(path: &'a str, headers: &'a HeaderMap) -> Option<&'a str> {
    if let Some(rest) = path.strip_prefix(RECONCILE) {
        return rest.split('/').next();
    }
    if !path.starts_with("/api/") {
        return None;
    }
    let said = headers.get(header::AUTHORIZATION)?.to_str().unwrap_or_default();
    let (scheme, token) = said.split_once(' ').unwrap_or((said, ""));
    Some(if scheme.eq_ignore_ascii_case("bearer") { token.trim() } else { "" })
}

/// The value of the cookie `name`; none where a browser sends two of that name.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let texts = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs =
        texts.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut found = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value);
    found.next().filter(|_| found.next().is_none())
}

impl FromRequestParts<Arc<Shared>> for Who {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, to: &Arc<Shared>) -> Result<Who, Infallible> {
        // The gate left it there. Where it did not, it is nobody.
        let (roles, scopes) = (BTreeSet::new(), BTreeSet::new());
        let nobody = || Who { roles, scopes, author: "".into(), ..to.here.clone() };
        Ok(parts.extensions.get().cloned().unwrap_or_else(nobody))
    }
}
