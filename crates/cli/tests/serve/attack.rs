//! Documents that carry markup meant for the page, and requests that mean harm.

use super::{INLINE, MODULE, Served};
use crate::stage::{Stage, code};
use std::{collections::BTreeSet, io::Read as _};

/// Markup in every field that comes from a document: its name, its title, who speaks, who is named,
/// and a drawing that carries a program.
fn hostile() -> Stage {
    let stage = Stage::new();
    let mark = "<img src=x onerror=alert(1)>";
    let said = "said on 20 January 2026 that 42 detainees were released.";
    let texts = [
        (format!("{mark}.txt"), format!("Santa Aurelia. The Ministry {mark} {said}")),
        ("'\"--><script>alert(2)<%2fscript>.txt".to_owned(), format!("The {mark} Ministry {said}")),
        (
            "page.html".to_owned(),
            format!(
                "<html><head><title>&lt;script&gt;alert(3)&lt;/script&gt;</title></head><body>\
                 <p>&lt;svg onload=alert(4)&gt; The Ministry of Justice {said}</p></body></html>"
            ),
        ),
        (
            "drawing.svg".to_owned(),
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(6)\"><title>\"&gt;&lt;script&gt;\
                 alert(7)&lt;/script&gt;</title><script>alert(8)</script>\
                 <text>The Ministry {said}</text>\
                 <foreignObject><img src=\"x\" onerror=\"alert(9)\"/></foreignObject></svg>"
            ),
        ),
        (
            "titled.html".to_owned(),
            format!(
                "<html><head><title>\"&gt;&lt;/a&gt;&lt;img src=x onerror=alert(10)&gt;</title>\
                 <meta name=\"author\" content='\"><script>alert(11)</script>'></head>\
                 <body onload=\"alert(12)\"><p>The Ministry of Health {said} <a href=\"javascript:alert(13)\">More</a></p></body></html>"
            ),
        ),
        (
            "list.csv".to_owned(),
            "name,age,status\n\"<script>alert(5)</script> Ruiz\",40,detained\n\
             \"Ada \u{202e}onerror=\",31,detained\n"
                .to_owned(),
        ),
    ];
    for (name, text) in texts {
        stage.put(&name, text.as_bytes());
    }
    assert_eq!(code(&stage.run(&["open"], &["--once"])), 0);
    stage
}

#[test]
fn markup_of_a_document_stays_words() {
    let mut served = Served::of(hostile());
    let (mut seen, mut next) = (BTreeSet::new(), vec!["/".to_owned(), "/documents".to_owned()]);
    let mut words = String::new();
    while let Some(address) = next.pop() {
        let body = served.check(&address, &[], &INLINE).body;
        let lower = body.replace(MODULE, "").to_lowercase();
        let tags = [
            "<img",
            "<svg onload",
            "<script",
            "<foreignobject",
            "\"javascript:",
            "<meta name=\"author",
        ];
        for tag in tags.into_iter().chain(["onerror=\"", "onload=\"", "\u{202e}</"]) {
            assert!(!lower.contains(tag), "`{tag}` is on {address}");
        }
        words.push_str(&lower);
        let answer = served.get(&address);
        let links = ["/lines/", "/documents/", "/people"].map(|start| answer.links(start));
        let links = links.into_iter().flatten().map(|link| link.replace("&amp;", "&"));
        next.extend(links.filter(|link| seen.insert(link.clone())));
    }
    // It is there, as what it is.
    assert!(words.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert!(seen.len() > 4, "{seen:?}");
    assert!(seen.iter().all(|link| !link.contains("alert")), "{seen:?}");
    // Nor does the program tell any of it where it runs (invariant 12).
    served.child.kill().unwrap();
    let mut told = String::new();
    served.told.read_to_string(&mut told).unwrap();
    for word in ["alert", "Ruiz", "Ada", "onerror"] {
        assert!(!told.contains(word), "`{word}` is told");
    }
}

#[test]
fn requests_that_mean_harm_get_nothing() {
    let served = Served::of(Stage::new());
    let host = format!("host: {}", served.at);
    for address in [
        "/documents/..%2f..%2fledger%2faccounts.json",
        "/documents/%2e%2e/%2e%2e/case.toml",
        "/style.css/..%2f..%2fcase.toml",
        "/ledger/accounts.json",
        "/case.toml",
        "/invitations/..%2f..",
    ] {
        let answer = served.get(address);
        assert!(!answer.body.contains("title ="), "{address}");
        assert!(!answer.head.starts_with("http/1.1 5"), "{address}: {}", answer.head);
    }
    for filter in ["' OR 1=1 --", "%27%3BDROP+TABLE+entries", "%00", "%ff%fe", "1e309", "-1"] {
        let filter = filter.replace(' ', "+");
        for field in ["as_of", "known_by", "rule", "like"] {
            let answer = served.get(&format!("/?{field}={filter}"));
            assert!(answer.head.starts_with("http/1.1 400 "), "{field}={filter}: {}", answer.head);
        }
    }
    for method in ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH"] {
        let answer = served.ask(&[&format!("{method} / HTTP/1.1"), &host, "content-length: 0"]);
        let refused = ["http/1.1 403 ", "http/1.1 405 "];
        assert!(refused.iter().any(|start| answer.head.starts_with(start)), "{}", answer.head);
    }
    // Two lengths, or a length beside chunks: what one reads as one request another reads as two.
    for smuggled in ["content-length: 0\r\ncontent-length: 40", "transfer-encoding: chunked, x"] {
        let answer = served.ask(&["GET / HTTP/1.1", &host, smuggled]);
        assert!(answer.head.starts_with("http/1.1 400 "), "{}", answer.head);
    }
}
