//! The place that pages come from: the names that a browser may ask it under, and who stands
//! between.

use crate::{Error, route::Shared};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};
use url::{Origin, Url};

/// How others reach the pages.
#[derive(Clone, Debug, Default)]
pub enum Outside {
    /// They do not: this computer alone does.
    #[default]
    Nobody,
    /// Over TLS, with the team's own certificate, under this name.
    Certified {
        /// A name of the network, as it stands in the certificate.
        name: String,
        /// The certificate and those between it and its root (PEM).
        certificate: PathBuf,
        /// Its private key (PEM).
        key: PathBuf,
    },
    /// Through a proxy that the team runs, which ends TLS and says from whom a request is.
    Behind {
        /// What browsers call it, such as `https://desk.example.org`.
        address: String,
    },
}

/// The origins of pages (RFC 6454), each with what a browser says that it asks.
#[derive(Clone, Debug)]
pub struct Place {
    named: Vec<(String, String)>,
    /// Whether a proxy says from whom a request is.
    pub behind: bool,
}

impl Place {
    /// The place of a server that listens at `at`.
    pub fn of(at: SocketAddr, outside: &Outside) -> Result<Place, Error> {
        let port = at.port();
        let here = [at.to_string(), format!("localhost:{port}")];
        let (named, behind) = match outside {
            Outside::Nobody => {
                (here.into_iter().map(|host| (format!("http://{host}"), host)).collect(), false)
            }
            Outside::Certified { name, .. } => {
                (vec![origin(&format!("https://{name}:{port}"))?], false)
            }
            Outside::Behind { address } => (vec![origin(address)?], true),
        };
        Ok(Place { named, behind })
    }

    /// The origin that a request asks, where it is ours. A page elsewhere whose name was made to
    /// lead here (DNS rebinding) asks under that name, and gets nothing.
    pub fn origin(&self, headers: &HeaderMap) -> Option<&str> {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return None };
        let host = host.to_str().ok()?;
        let found = self.named.iter().find(|(_, ours)| host.eq_ignore_ascii_case(ours));
        found.map(|(origin, _)| origin.as_str())
    }

    /// What a browser is told to open.
    pub fn address(&self) -> String {
        self.named.first().map(|(origin, _)| format!("{origin}/")).unwrap_or_default()
    }

    /// Whether a proxy stands before it.
    pub fn is_behind(&self) -> bool {
        self.behind
    }

    /// Whether all of it is over TLS.
    pub fn is_safe(&self) -> bool {
        self.named.iter().all(|(origin, _)| origin.starts_with("https://"))
    }

    /// From whom a request is: who is connected, or whom our proxy names. It appends the address
    /// that it sees, so the last one is its own word, and those before are anybody's.
    pub fn from(&self, connected: IpAddr, headers: &HeaderMap) -> IpAddr {
        let named = headers.get_all("x-forwarded-for").iter().next_back();
        let last =
            named.and_then(|named| named.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        last.filter(|_| self.behind).unwrap_or(connected)
    }
}

/// An https origin, and the host that a browser writes for it.
fn origin(address: &str) -> Result<(String, String), Error> {
    let wrong = || Error::Address(address.to_owned());
    let url = Url::parse(address).map_err(|_| wrong())?;
    let plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    match url.origin() {
        Origin::Tuple(scheme, host, _)
            if scheme == "https"
                && plain
                && url.username().is_empty()
                && !host.to_string().is_empty() =>
        {
            let origin = url.origin().ascii_serialization();
            let host = origin.trim_start_matches("https://").to_owned();
            Ok((origin, host))
        }
        _ => Err(wrong()),
    }
}

/// From whom a request is.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

impl FromRequestParts<Arc<Shared>> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, to: &Arc<Shared>) -> Result<Peer, Infallible> {
        let nowhere = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        let connected = parts.extensions.get().map_or(nowhere, |Peer(at)| *at);
        Ok(Peer(to.place.from(connected, &parts.headers)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(outside: &Outside) -> Place {
        Place::of("127.0.0.1:8470".parse().unwrap(), outside).unwrap()
    }

    fn behind(address: &str) -> Outside {
        Outside::Behind { address: address.to_owned() }
    }

    #[track_caller]
    fn check(outside: &Outside, hosts: &[&str], expected: Option<&str>) {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(header::HOST, host.parse().unwrap());
        }
        assert_eq!(place(outside).origin(&headers), expected, "{hosts:?}");
    }

    #[test]
    fn only_under_its_own_name() {
        let here = Outside::Nobody;
        check(&here, &["127.0.0.1:8470"], Some("http://127.0.0.1:8470"));
        check(&here, &["LocalHost:8470"], Some("http://localhost:8470"));
        check(&here, &["127.0.0.1:8471"], None);
        check(&here, &["evil.example:8470"], None);
        check(&here, &["localhost.evil.example:8470"], None);
        check(&here, &["127.0.0.1:8470", "evil.example"], None);
        check(&here, &[], None);
        let proxy = behind("https://desk.example.org");
        check(&proxy, &["desk.example.org"], Some("https://desk.example.org"));
        check(&proxy, &["127.0.0.1:8470"], None);
        check(
            &behind("https://Desk.example.org:444/"),
            &["desk.example.org:444"],
            Some("https://desk.example.org:444"),
        );
        let (name, certificate, key) =
            ("desk.example.org".to_owned(), PathBuf::new(), PathBuf::new());
        let own = Outside::Certified { name, certificate, key };
        check(&own, &["desk.example.org:8470"], Some("https://desk.example.org:8470"));
        check(&own, &["desk.example.org"], None);
    }

    #[test]
    fn an_address_is_safe_and_bare() {
        let at = "127.0.0.1:8470".parse().unwrap();
        for wrong in
            ["http://a.example", "a.example", "https://a.example/x", "https://a@b.example", ""]
        {
            assert!(Place::of(at, &behind(wrong)).is_err(), "{wrong}");
        }
        assert!(
            place(&behind("https://a.example")).is_safe() && !place(&Outside::Nobody).is_safe()
        );
        assert_eq!(place(&Outside::Nobody).address(), "http://127.0.0.1:8470/");
    }

    #[test]
    fn only_our_proxy_says_from_whom_a_request_is() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "198.51.100.7, 203.0.113.9".parse().unwrap());
        let connected = "127.0.0.1".parse().unwrap();
        let from = |outside: &Outside, headers: &HeaderMap| {
            place(outside).from(connected, headers).to_string()
        };
        assert_eq!(from(&Outside::Nobody, &headers), "127.0.0.1");
        let proxy = behind("https://a.example");
        assert_eq!(from(&proxy, &headers), "203.0.113.9");
        headers.append("x-forwarded-for", "not an address".parse().unwrap());
        assert_eq!(from(&proxy, &headers), "127.0.0.1");
    }
}
