//! One visit to one address, with what was passed on the way: at a site's own pace, within limits,
//! and only where its robots.txt lets us.

use super::{FetchSettings, Robots, RobotsWish, robots};
use crate::Error;
use jiff::Timestamp;
use std::{
    collections::HashMap,
    io::Read as _,
    thread,
    time::{Duration, Instant},
};
use ureq::{
    Agent, Body,
    http::{Response, Uri, header},
};

/// How we call ourselves; the project's address is there for whoever minds a visit.
const AGENT: &str =
    concat!("habeas/", env!("CARGO_PKG_VERSION"), " (+https://github.com/habeas-project/habeas)");
/// Our product token in a robots.txt.
const TOKEN: &str = "habeas";
/// Addresses that one visit passes at most.
const WAY: usize = 10;
/// A site's own wish for a pause is followed up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What a server said.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Where it was in the end.
    pub url: String,
    /// Addresses passed before, the asked one first.
    pub redirects: Vec<String>,
    /// `:status`, then the headers in their order; cookies are left out.
    pub headers: Vec<(String, String)>,
    /// The bytes as they came.
    pub bytes: Vec<u8>,
    /// It has not changed since the capture that was shown (304).
    pub same: bool,
    /// When it was asked.
    pub began: Timestamp,
    /// When its last byte was there.
    pub ended: Timestamp,
}

impl Answer {
    /// A header by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Who visits: one for a whole run, so that no site is asked faster than it likes.
pub struct Visitor {
    agent: Agent,
    settings: FetchSettings,
    rules: HashMap<String, Robots>,
    last: HashMap<String, Instant>,
}

impl Visitor {
    /// A visitor under these settings.
    pub fn new(settings: &FetchSettings) -> Result<Visitor, Error> {
        let proxy = settings.proxy.as_deref().map(ureq::Proxy::new).transpose();
        let proxy = proxy.map_err(|_| Error::Fetch {
            place: "[fetch]".to_owned(),
            why: "its proxy is no address of a proxy".to_owned(),
            hint: "write `proxy = \"http://127.0.0.1:8118\"` or `\"socks5://127.0.0.1:9050\"`",
        })?;
        let config = Agent::config_builder()
            .user_agent(AGENT)
            // The bytes that are kept are those that were sent.
            .accept_encoding("identity")
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .proxy(proxy)
            .timeout_global(Some(Duration::from_secs(settings.seconds.max(1))))
            .build();
        Ok(Visitor {
            agent: Agent::new_with_config(config),
            settings: settings.clone(),
            rules: HashMap::new(),
            last: HashMap::new(),
        })
    }

    /// Visits `url` and follows where it leads. `known` are the `etag` and `last-modified` of what
    /// we have. `place` names the visit in messages, which no address may stand in.
    pub fn visit(
        &mut self,
        url: &str,
        known: &[(&'static str, String)],
        place: &str,
    ) -> Result<Answer, Error> {
        let began = Timestamp::now();
        let mut at = address(url).ok_or_else(|| {
            wrong(place, "it is no address of the web", "it begins with `https://` or `http://`")
        })?;
        let mut redirects: Vec<String> = Vec::new();
        loop {
            self.ask_robots(&at, place)?;
            let response = self.get(&at, known, place)?;
            let Some(next) = leads(&response, &at) else {
                return self.take(response, at, redirects, began, place);
            };
            redirects.push(at.to_string());
            let next = next.ok_or_else(|| {
                wrong(place, "it leads to no address of the web", "look at it in a browser")
            })?;
            if redirects.len() > WAY || redirects.contains(&next.to_string()) {
                let why = format!("it leads on and on, {} times so far", redirects.len());
                return Err(wrong(place, &why, "look at it in a browser"));
            }
            at = next;
        }
    }

    fn take(
        &self,
        mut response: Response<Body>,
        at: Uri,
        redirects: Vec<String>,
        began: Timestamp,
        place: &str,
    ) -> Result<Answer, Error> {
        let status = response.status();
        let mut headers = vec![(":status".to_owned(), status.as_str().to_owned())];
        for (key, value) in response.headers() {
            if key != header::SET_COOKIE {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                headers.push((key.as_str().to_owned(), value));
            }
        }
        let mut answer = Answer {
            url: at.to_string(),
            redirects,
            headers,
            same: status.as_u16() == 304,
            began,
            ..Answer::default()
        };
        if !answer.same {
            if !status.is_success() {
                return Err(refused(status.as_u16(), answer.header("retry-after"), place));
            }
            answer.bytes = read(&mut response, self.settings.bytes, place)?;
        }
        answer.ended = Timestamp::now();
        Ok(answer)
    }

    fn get(
        &mut self,
        at: &Uri,
        known: &[(&'static str, String)],
        place: &str,
    ) -> Result<Response<Body>, Error> {
        self.pause(at);
        let mut request = self.agent.get(at);
        for (key, value) in known {
            request = request.header(*key, value);
        }
        request.call().map_err(|why| silent(&why, place))
    }

    /// Waits until the site may be asked again.
    fn pause(&mut self, at: &Uri) {
        let site = site(at);
        let asked = self.rules.get(&site).and_then(|rules| rules.delay).map(Duration::from_secs);
        let pause = Duration::from_millis(self.settings.pause)
            .max(asked.unwrap_or_default().min(LONGEST_PAUSE));
        if let Some(last) = self.last.get(&site) {
            thread::sleep(pause.saturating_sub(last.elapsed()));
        }
        self.last.insert(site, Instant::now());
    }

    /// Refuses what the site's robots.txt forbids.
    fn ask_robots(&mut self, at: &Uri, place: &str) -> Result<(), Error> {
        if self.settings.robots == RobotsWish::Ignore {
            return Ok(());
        }
        let site = site(at);
        if !self.rules.contains_key(&site) {
            let rules = self.robots(at)?;
            self.rules.insert(site.clone(), rules);
        }
        let path = at.path_and_query().map_or("/", |path| path.as_str());
        match self.rules[&site].allows(path) {
            true => Ok(()),
            false => Err(wrong(
                place,
                "the site's robots.txt forbids it, or could not be had",
                "`robots = \"ignore\"` under `[fetch]` is a decision that the ledger keeps",
            )),
        }
    }

    fn robots(&mut self, at: &Uri) -> Result<Robots, Error> {
        let mut at = with_path(at, "/robots.txt");
        for _ in 0..5 {
            let Ok(mut response) = self.get(&at, &[], "robots.txt") else {
                return Ok(Robots::closed());
            };
            if let Some(next) = leads(&response, &at) {
                match next {
                    Some(next) => at = next,
                    None => return Ok(Robots::open()),
                }
                continue;
            }
            return Ok(match response.status().as_u16() {
                200..300 => {
                    let mut bytes = Vec::new();
                    let body = response.body_mut().as_reader();
                    // What is cut off, or breaks off, counts as far as it goes.
                    let _ = body.take(robots::LONGEST).read_to_end(&mut bytes);
                    Robots::read(&String::from_utf8_lossy(&bytes), TOKEN)
                }
                400..500 => Robots::open(),
                _ => Robots::closed(),
            });
        }
        Ok(Robots::open()) // Section 2.3.1.2: after five redirects it is not there.
    }
}

/// The bytes of a body, within the limit.
pub(super) fn read(
    response: &mut Response<Body>,
    limit: u64,
    place: &str,
) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let body = response.body_mut().with_config().limit(limit.saturating_add(1)).reader();
    body.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|why| {
        let why = format!("it broke off after {} bytes: {why}", bytes.len());
        wrong(place, &why, "try again later; what came is not kept, because it is not whole")
    })?;
    if bytes.len() as u64 > limit {
        let why = format!("it has more than {limit} bytes");
        return Err(wrong(place, &why, "`bytes` under `[fetch]` raises the limit"));
    }
    if bytes.is_empty() {
        return Err(wrong(place, "it is empty", "look at it in a browser"));
    }
    Ok(bytes)
}

/// The address, if it is one of the web. What follows `#` is not sent and is no part of it.
pub(super) fn address(url: &str) -> Option<Uri> {
    let uri: Uri = url.trim().split('#').next()?.parse().ok()?;
    let web = matches!(uri.scheme_str(), Some("http" | "https"));
    // A name and a password in an address would be kept for ever, and shown.
    let plain = uri.authority().is_some_and(|it| !it.as_str().contains('@'));
    (web && plain && uri.host().is_some()).then_some(uri)
}

/// Where a redirect leads: no redirect, one to nowhere, or the address.
#[allow(clippy::option_option, reason = "no redirect, and a redirect to nowhere, are two things")]
fn leads(response: &Response<Body>, at: &Uri) -> Option<Option<Uri>> {
    matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308).then(|| {
        let to = response.headers().get(header::LOCATION)?.to_str().ok()?;
        url::Url::parse(&at.to_string()).ok()?.join(to).ok().and_then(|url| address(url.as_str()))
    })
}

fn with_path(at: &Uri, path: &'static str) -> Uri {
    let mut parts = at.clone().into_parts();
    parts.path_and_query = Some(ureq::http::uri::PathAndQuery::from_static(path));
    Uri::from_parts(parts).unwrap_or_else(|_| at.clone())
}

/// Scheme, host and port.
fn site(at: &Uri) -> String {
    let host = at.authority().map_or("", |authority| authority.as_str()).to_ascii_lowercase();
    format!("{}://{host}", at.scheme_str().unwrap_or("http"))
}

fn wrong(place: &str, why: &str, hint: &'static str) -> Error {
    Error::Fetch { place: place.to_owned(), why: why.to_owned(), hint }
}

fn silent(why: &ureq::Error, place: &str) -> Error {
    // What the network says may quote an address, and an address may hold a name (invariant 12).
    let why = match why {
        ureq::Error::Timeout(_) => "it takes longer than it may",
        ureq::Error::HostNotFound => "no such host is known",
        ureq::Error::Io(_) | ureq::Error::ConnectionFailed => "the connection broke off",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "its certificate does not hold",
        ureq::Error::Protocol(_) | ureq::Error::Http(_) => "its answer is no HTTP",
        ureq::Error::LargeResponseHeader(..) => "its headers are too long",
        _ => "it gives no answer that can be used",
    };
    wrong(place, why, "try again later; `seconds` under `[fetch]` gives it more time")
}

fn refused(status: u16, later: Option<&str>, place: &str) -> Error {
    let why = match (status, later) {
        (429 | 503, Some(later)) => format!("it answers {status} and asks to come back: {later}"),
        _ => format!("it answers {status}"),
    };
    let hint = match status {
        404 | 410 => "it is gone, which is a fact worth noting; what was captured before stays",
        _ => "look at it in a browser; what was captured before stays",
    };
    wrong(place, &why, hint)
}
