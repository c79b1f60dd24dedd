//! What stands before every page: where a request to change something was made, and what a browser
//! may do with what it gets.

use axum::http::{HeaderMap, HeaderValue, Method, header};

/// Nothing but our own style sheet and our own modules, none of them inline; no frame around it, no
/// form to elsewhere (Content Security Policy Level 3).
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The same for what OpenRefine shows in a frame.
const FRAMED: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors http://127.0.0.1:* http://localhost:*";

/// Each header with its value. A page of a case is never kept on the disk of a browser.
const HEADERS: [(&str, &str); 8] = [
    ("content-security-policy", POLICY),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    // Not `no-referrer`: a browser would send our own forms with `Origin: null` (Fetch, "append a
    // request `Origin` header"), as it sends those of a stranger.
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Sets what every answer bears; where all of the place is over TLS, that it stays so (HSTS,
/// RFC 6797).
pub fn set(headers: &mut HeaderMap, safe: bool) {
    let stays = ("strict-transport-security", "max-age=31536000");
    for (name, value) in HEADERS.into_iter().chain(safe.then_some(stays)) {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// An answer that pages of other places may have, once they have shown a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// A program in a browser reads it (CORS; no cookie goes with it).
    Read,
    /// It is shown in a frame of a program on the same computer; nothing in it can be pressed.
    Framed,
}

/// Lets it be had elsewhere.
pub fn open(headers: &mut HeaderMap, to: Elsewhere) {
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    if to == Elsewhere::Read {
        headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
        return;
    }
    headers.remove("x-frame-options");
    headers.insert("content-security-policy", HeaderValue::from_static(FRAMED));
}

/// Whether a request may change something: it only reads, or a page of ours made it. A browser says
/// so itself (`Sec-Fetch-Site`, Fetch Metadata; `Origin`, RFC 6454); who says neither is refused.
/// `origin` is the one that pages are served under.
pub fn is_from_here(method: &Method, headers: &HeaderMap, origin: &str) -> bool {
    if method.is_safe() {
        return true;
    }
    let site = headers.get_all("sec-fetch-site").iter().map(|site| site == "same-origin");
    let from = headers.get_all(header::ORIGIN).iter().map(|from| from == origin);
    let mut said = site.chain(from).peekable();
    said.peek().is_some() && said.all(|ours| ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_from(said: &[(&'static str, &str)], expected: bool) {
        let mut headers = HeaderMap::new();
        for (name, value) in said {
            headers.append(*name, value.parse().unwrap());
        }
        let from = |method| is_from_here(&method, &headers, "http://127.0.0.1:8470");
        assert_eq!(from(Method::POST), expected, "{said:?}");
        assert_eq!(from(Method::DELETE), expected, "{said:?}");
        assert!(from(Method::GET) && from(Method::HEAD), "{said:?}");
    }

    #[test]
    fn only_our_own_pages_change_something() {
        let ours = ("origin", "http://127.0.0.1:8470");
        check_from(&[ours], true);
        check_from(&[("sec-fetch-site", "same-origin")], true);
        check_from(&[("sec-fetch-site", "same-origin"), ours], true);
        check_from(&[("sec-fetch-site", "cross-site"), ours], false);
        check_from(&[("sec-fetch-site", "same-site"), ours], false);
        check_from(&[("sec-fetch-site", "none")], false);
        check_from(&[("sec-fetch-site", "same-origin"), ("origin", "null")], false);
        check_from(&[("origin", "https://127.0.0.1:8470")], false);
        check_from(&[("origin", "http://127.0.0.1:84700")], false);
        check_from(&[ours, ("origin", "http://evil.example")], false);
        check_from(&[], false);
    }
}
