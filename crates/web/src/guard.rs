//! What stands before every page: the name that this computer is asked under, and what a browser
//! may do with what it gets.

use axum::http::{HeaderMap, HeaderValue, header};
use std::net::SocketAddr;

/// Nothing but our own style sheet, no frame around it, no form to elsewhere (Content Security
/// Policy Level 3).
const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Each header with its value. A page of a case is never kept on the disk of a browser.
const HEADERS: [(&str, &str); 8] = [
    ("content-security-policy", POLICY),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Sets what every answer bears.
pub fn set(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// Whether a request is for this server by one of its own names. A page elsewhere whose name was
/// made to lead here (DNS rebinding) asks under that name, and gets nothing.
pub fn is_ours(headers: &HeaderMap, at: SocketAddr) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let Ok(host) = host.to_str() else { return false };
    let named = format!("localhost:{}", at.port());
    host == at.to_string() || host.eq_ignore_ascii_case(&named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hosts: &[&str], expected: bool) {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(header::HOST, host.parse().unwrap());
        }
        let at = "127.0.0.1:8470".parse().unwrap();
        assert_eq!(is_ours(&headers, at), expected, "{hosts:?}");
    }

    #[test]
    fn only_under_its_own_name() {
        check(&["127.0.0.1:8470"], true);
        check(&["LocalHost:8470"], true);
        check(&["127.0.0.1:8471"], false);
        check(&["evil.example:8470"], false);
        check(&["localhost.evil.example:8470"], false);
        check(&["127.0.0.1:8470", "evil.example"], false);
        check(&[], false);
    }
}
