//! Pages fetched from a real server on loopback that is honest, slow, huge, lying, leading in
//! circles, changing, or gone.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod site;

use habeas_desk::{
    Case,
    reach::{
        fetch::{self, Fetched, name_of},
        watch::Watch,
    },
    write::{new::new, receive::Outcome},
};
use habeas_model::Received;
use site::{Heard, Site, hang, raw, say};
use std::{
    fs,
    net::TcpStream,
    sync::atomic::{AtomicUsize, Ordering},
};
use tempfile::TempDir;

const PAGE: &str = "<html lang=en><title>Releases</title><article><p>Vigilia said on Monday \
that 116 prisoners were freed in Santa Aurelia.</p></article></html>";
const LATER: &str = "<html lang=en><title>Releases</title><article><p>Vigilia said on Monday \
that 161 prisoners were freed in Santa Aurelia.</p></article></html>";

/// A case whose visits do not pause.
fn case(more: &str) -> (TempDir, Case) {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("case");
    drop(new(&folder, "t", "en", "tester").unwrap());
    let path = folder.join("case.toml");
    let text = fs::read_to_string(&path).unwrap();
    let pace = "\n[fetch]\npause = 0\nseconds = 2\nbytes = 100_000\n";
    fs::write(&path, text + pace + more).unwrap();
    (root, Case::open(&folder, "tester").unwrap())
}

fn one(case: &mut Case, url: &str) -> Fetched {
    let mut all = Vec::new();
    fetch::fetch(case, &[url.to_owned()], |_, fetched| {
        all.push(match fetched {
            Fetched::Same => Ok(None),
            Fetched::File(Outcome::Received(it)) => Ok(Some((**it).clone())),
            Fetched::File(Outcome::Known(name)) => Err(format!("known {name}")),
            Fetched::File(Outcome::Withdrawn(undo)) => Err(format!("withdrawn {undo}")),
            Fetched::File(Outcome::Refused(why)) => Err(why.to_string()),
        });
    })
    .unwrap();
    match all.remove(0) {
        Ok(None) => Fetched::Same,
        Ok(Some(it)) => Fetched::File(Outcome::Received(Box::new(it))),
        Err(why) => Fetched::File(Outcome::Known(why)),
    }
}

#[track_caller]
fn received(fetched: Fetched) -> Received {
    match fetched {
        Fetched::File(Outcome::Received(it)) => *it,
        other => panic!("{other:?}"),
    }
}

/// What a site like this is refused for.
#[track_caller]
fn check(answer: impl Fn(&Heard, &mut TcpStream) + Send + Sync + 'static, why: &str) {
    let site = Site::new(answer);
    let (_root, mut case) = case("");
    let before = case.present(None).unwrap().position;
    match one(&mut case, &site.at("/page-of-a-name")) {
        Fetched::File(Outcome::Known(said)) => {
            assert!(said.contains(why), "{said}");
            assert!(said.contains("hint: "), "{said}");
            assert!(!said.contains("page-of-a-name"), "no address in a message: {said}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(case.present(None).unwrap().position, before, "nothing is recorded");
}

#[test]
fn a_capture_says_how_it_was_had() {
    let site = Site::new(|asked, stream| match asked.path.as_str() {
        "/old" => say(stream, "301 Moved", "Location: /now?x=1\r\nSet-Cookie: a=b\r\n", b""),
        "/now?x=1" => say(
            stream,
            "200 OK",
            "Content-Type: text/html\r\nETag: \"1\"\r\nSet-Cookie: who=we\r\n",
            PAGE.as_bytes(),
        ),
        _ => say(stream, "404 Not Found", "", b""),
    });
    let (_root, mut case) = case("");
    let it = received(one(&mut case, &site.at("/old")));
    let capture = &it.capture;
    assert_eq!(capture.url.as_deref(), Some(&*site.at("/now?x=1")));
    assert_eq!(capture.redirects, [site.at("/old")]);
    assert_eq!(capture.headers[0], (":status".to_owned(), "200".to_owned()));
    assert!(capture.headers.contains(&("etag".to_owned(), "\"1\"".to_owned())));
    assert!(!capture.headers.iter().any(|(key, _)| key == "set-cookie"));
    assert!(capture.began.unwrap() <= capture.ended.unwrap());
    assert_eq!(capture.operator.as_deref(), Some("tester"));
    assert!(capture.tool.starts_with("habeas/") && capture.tool.ends_with("fetch"));
    assert_eq!(it.blob, habeas_model::Digest::of(PAGE.as_bytes()));
    assert_eq!(case.ledger.blob(&it.blob).unwrap(), PAGE.as_bytes());
    assert_eq!(it.name, name_of(&site.at("/old")));
    let asked = &site.heard()[0];
    assert!(asked.header("user-agent").unwrap().starts_with("habeas/"));
    assert_eq!(asked.header("accept-encoding"), Some("identity"));
    assert_eq!(asked.header("cookie"), None);
    let custody = habeas_desk::ask::evidence::custody::custody(&case, &it.name).unwrap();
    assert!(custody.whole && custody.received.capture == *capture);
}

#[test]
fn a_second_capture_is_a_new_version() {
    let nth = AtomicUsize::new(0);
    let site = Site::new(move |asked, stream| {
        if asked.path != "/a" {
            return say(stream, "404 Not Found", "", b"");
        }
        match nth.fetch_add(1, Ordering::SeqCst) {
            0 => say(stream, "200 OK", "ETag: \"1\"\r\n", PAGE.as_bytes()),
            1 => say(stream, "304 Not Modified", "", b""),
            2 => say(stream, "200 OK", "ETag: \"2\"\r\n", LATER.as_bytes()),
            3 => say(stream, "200 OK", "", LATER.as_bytes()),
            _ => say(stream, "200 OK", "", PAGE.as_bytes()),
        }
    });
    let (_root, mut case) = case("");
    let url = site.at("/a");
    let first = received(one(&mut case, &url));
    assert!(matches!(one(&mut case, &url), Fetched::Same));
    assert_eq!(site.heard()[1].header("if-none-match"), Some("\"1\""));
    let second = received(one(&mut case, &url));
    assert_eq!((second.replaces, &second.name), (Some(first.blob), &first.name));
    assert!(matches!(one(&mut case, &url), Fetched::File(Outcome::Known(_))), "the same bytes");
    let third = received(one(&mut case, &url));
    assert_eq!((third.blob, third.replaces), (first.blob, Some(second.blob)), "it changed back");
    assert!(case.ledger.verify().unwrap().faults.is_empty());
}

#[test]
fn sites_that_give_nothing() {
    check(|_, stream| say(stream, "404 Not Found", "", b""), "404");
    check(|asked, stream| robots(asked, stream, "429 Too Many", "Retry-After: 120\r\n"), "120");
    check(|asked, stream| robots(asked, stream, "200 OK", ""), "empty");
    check(
        |asked, stream| robots(asked, stream, "302 Found", "Location: ftp://x/\r\n"),
        "no address",
    );
    check(|asked, stream| robots(asked, stream, "302 Found", ""), "no address");
}

/// No robots.txt, and for the rest a status with headers and nothing in it.
fn robots(asked: &Heard, stream: &mut TcpStream, status: &str, headers: &str) {
    match asked.path.as_str() {
        "/robots.txt" => say(stream, "404 Not Found", "", b""),
        _ => say(stream, status, headers, b""),
    }
}

#[test]
fn sites_that_lead_in_circles() {
    check(
        |asked, stream| match asked.path.as_str() {
            "/robots.txt" => say(stream, "404 Not Found", "", b""),
            "/b" => say(stream, "302 Found", "Location: /page-of-a-name\r\n", b""),
            _ => say(stream, "302 Found", "Location: /b\r\n", b""),
        },
        "leads on and on",
    );
    let nth = AtomicUsize::new(0);
    check(
        move |asked, stream| {
            let next = nth.fetch_add(1, Ordering::SeqCst);
            robots(asked, stream, "302 Found", &format!("Location: /{next}\r\n"));
        },
        "leads on and on",
    );
}

#[test]
fn sites_that_are_slow_huge_or_break_off() {
    let but = |answer: fn(&mut TcpStream)| {
        move |asked: &Heard, stream: &mut TcpStream| match asked.path.as_str() {
            "/robots.txt" => say(stream, "404 Not Found", "", b""),
            _ => answer(stream),
        }
    };
    check(but(hang), "takes longer");
    check(but(|stream| say(stream, "200 OK", "", &[b'a'; 100_001])), "more than 100000 bytes");
    check(
        but(|stream| {
            raw(stream, b"HTTP/1.1 200 OK\r\n\r\n");
            // Without a length and without an end.
            while std::io::Write::write_all(stream, &[b'a'; 4096]).is_ok() {}
        }),
        "more than 100000 bytes",
    );
    check(
        but(|stream| raw(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nshort")),
        "broke off",
    );
    check(
        but(|stream| raw(stream, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")),
        "broke off",
    );
    check(but(|stream| raw(stream, b"SSH-2.0-x\r\n\r\n")), "no HTTP");
    check(but(|_| {}), "broke off");
}

#[test]
fn a_wrong_type_or_a_longer_body_changes_nothing() {
    let site = Site::new(|asked, stream| match asked.path.as_str() {
        "/type" => say(stream, "200 OK", "Content-Type: image/png\r\n", PAGE.as_bytes()),
        "/more" => raw(
            stream,
            format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{LATER}AND MORE", LATER.len())
                .as_bytes(),
        ),
        _ => say(stream, "404 Not Found", "", b""),
    });
    let (_root, mut case) = case("");
    assert_eq!(received(one(&mut case, &site.at("/type"))).format, "html", "the bytes decide");
    let more = received(one(&mut case, &site.at("/more")));
    assert_eq!(more.bytes, LATER.len() as u64, "what stands after the end is not of the answer");
}

#[test]
fn robots_are_asked_first() {
    let rules = "User-agent: *\nDisallow: /private\n";
    let answer = move |asked: &Heard, stream: &mut TcpStream| match asked.path.as_str() {
        "/robots.txt" => say(stream, "200 OK", "", rules.as_bytes()),
        _ => say(stream, "200 OK", "", PAGE.as_bytes()),
    };
    let site = Site::new(answer);
    let (_root, mut first) = case("");
    received(one(&mut first, &site.at("/public")));
    let refused = one(&mut first, &site.at("/private/list"));
    assert!(format!("{refused:?}").contains("robots.txt"), "{refused:?}");
    assert_eq!(site.heard().len(), 1, "what is forbidden is not asked for");
    let (_root, mut second) = case("robots = \"ignore\"\n");
    received(one(&mut second, &site.at("/private/list")));
    check(|_, stream| say(stream, "500 Broken", "", b""), "robots.txt");
}

#[test]
fn a_proxy_is_used_and_nothing_else() {
    // A proxy for plain addresses is asked for a way to the site.
    let proxy = Site::new(|_, stream| say(stream, "502 Bad Gateway", "", b""));
    let site = Site::new(|_, stream| say(stream, "200 OK", "", PAGE.as_bytes()));
    let (_root, mut case) = case(&format!("robots = \"ignore\"\nproxy = \"{}\"\n", proxy.url));
    let refused = one(&mut case, &site.at("/a"));
    assert!(matches!(refused, Fetched::File(Outcome::Known(_))), "{refused:?}");
    assert!(site.heard().is_empty(), "the site is never asked directly");
    assert_eq!(proxy.heard().len(), 1);
}

#[test]
fn a_watch_takes_what_is_new_in_feeds_and_pages() {
    let nth = AtomicUsize::new(0);
    let site = Site::new(move |asked, stream| match asked.path.as_str() {
        "/feed" if asked.header("if-none-match") == Some("\"f\"") => {
            say(stream, "304 Not Modified", "", b"");
        }
        "/feed" => {
            let host = asked.header("host").unwrap();
            let feed = format!(
                "<rss><channel><title>V</title><item><title>A</title>\
                <link>http://{host}/one#x</link><description>x</description></item><item>\
                <title>B</title><link>http://{host}/two</link><description>y</description></item></channel></rss>"
            );
            say(stream, "200 OK", "ETag: \"f\"\r\n", feed.as_bytes());
        }
        "/one" => say(stream, "200 OK", "", PAGE.as_bytes()),
        "/two" => say(stream, "503 Later", "Retry-After: 60\r\n", b""),
        "/page" => {
            let said = format!("{PAGE}<!-- {} -->", nth.fetch_add(1, Ordering::SeqCst));
            say(stream, "200 OK", "", said.as_bytes());
        }
        _ => say(stream, "404 Not Found", "", b""),
    });
    let (feed, page) = (site.at("/feed"), site.at("/page"));
    let (_root, mut case) = case(&format!("[watch]\nfeeds = [\"{feed}\"]\npages = [\"{page}\"]\n"));
    let mut watch = Watch::of(&case).unwrap();
    let round = watch.round(&mut case, |_, _| ()).unwrap();
    assert_eq!((round.received, round.same, round.refused), (2, 0, 1));
    let round = watch.round(&mut case, |_, _| ()).unwrap();
    assert_eq!(
        (round.received, round.same, round.refused),
        (1, 0, 1),
        "what failed is asked again"
    );
    let asked: Vec<String> = site.heard().into_iter().map(|it| it.path).collect();
    assert_eq!(asked, ["/feed", "/page", "/one", "/two", "/feed", "/page", "/two"]);
    let present = case.present(None).unwrap();
    assert_eq!(present.documents.len(), 3);
    assert_eq!(present.documents[2].it.replaces, Some(present.documents[0].it.blob));
}

#[test]
fn nothing_to_watch_is_refused() {
    let (_root, case) = case("");
    assert!(Watch::of(&case).err().unwrap().to_string().contains("nothing to watch"));
}
