//! In which language a page is shown: asked for, else as last chosen, else as the browser prefers.

use crate::{gate::who, route::Shared};
use axum::http::{HeaderMap, HeaderValue, header};
use habeas_page::{Lang, Reader};
use url::form_urlencoded;

/// The cookie that keeps the choice. It holds a language and nothing else.
const COOKIE: &str = "habeas-lang";

/// The language: `asked` in the address, else the cookie's, else the browser's, else `of_case`.
pub fn choose(asked: Option<Lang>, headers: &HeaderMap, of_case: Lang) -> Lang {
    asked.or_else(|| kept(headers)).or_else(|| preferred(headers)).unwrap_or(of_case)
}

/// What keeps a choice for a year.
pub fn cookie(lang: Lang) -> String {
    format!("{COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", lang.word())
}

/// The reader of a page whose address has nothing but a language, and what keeps their choice.
pub fn of_page(to: &Shared, headers: &HeaderMap, query: &str) -> (Reader, Option<HeaderValue>) {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let wanted: Option<Lang> =
        pairs.find(|(key, _)| key == "lang").and_then(|(_, lang)| lang.parse().ok());
    let reader =
        Reader { lang: wanted.unwrap_or(to.reader_of(headers).lang), ..to.reader_of(headers) };
    (reader, wanted.and_then(|lang| cookie(lang).parse().ok()))
}

fn texts(headers: &HeaderMap, name: header::HeaderName) -> impl Iterator<Item = &str> {
    headers.get_all(name).iter().filter_map(|value| value.to_str().ok())
}

fn kept(headers: &HeaderMap) -> Option<Lang> {
    who::cookie(headers, COOKIE)?.parse().ok()
}

/// The first of the languages that a browser likes best (RFC 9110, section 12.5.4).
fn preferred(headers: &HeaderMap) -> Option<Lang> {
    let mut best: Option<(f32, Lang)> = None;
    for range in texts(headers, header::ACCEPT_LANGUAGE).flat_map(|text| text.split(',')) {
        let (code, weight) = range.split_once(';').unwrap_or((range, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse().ok());
        let (Some(lang), Some(weight)) = (Lang::from_locale(code.trim()), weight) else { continue };
        if weight > best.map_or(0.0, |(most, _)| most) {
            best = Some((weight, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(asked: Option<Lang>, cookie: &str, accept: &str, expected: Lang) {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
        assert_eq!(choose(asked, &headers, Lang::Es), expected, "{cookie} {accept}");
    }

    #[test]
    fn a_language_is_chosen() {
        check(Some(Lang::En), "habeas-lang=es", "es", Lang::En);
        check(None, "a=b; habeas-lang=en", "es", Lang::En);
        check(None, "habeas-lang=fr", "en-GB", Lang::En);
        check(None, "", "fr, en;q=0.7, es-VE;q=0.8", Lang::Es);
        check(None, "", "en;q=0, *", Lang::Es);
        check(None, "", "en;q=x", Lang::Es);
        check(None, "", "", Lang::Es);
    }
}
