//! The register as pages: everybody once, each with sources, and no name where addresses are kept.

use super::{INLINE, Served};
use crate::stage::code;
use std::collections::BTreeMap;

/// Names by identifier, as the team's export has them.
fn exported(served: &Served) -> BTreeMap<String, String> {
    let out = served.stage.root.path().join("out");
    let written = served.stage.run(&["export"], &["--names", "--out", out.to_str().unwrap()]);
    assert_eq!(code(&written), 0);
    let table = std::fs::read_to_string(out.join("persons.csv")).unwrap();
    let cells = table.lines().skip(1).map(|line| line.split(',').map(str::to_owned));
    cells.map(|mut cells| (cells.next().unwrap(), cells.next().unwrap())).collect()
}

#[test]
fn everybody_is_listed_once_and_opens_to_their_sources() {
    let served = Served::santa_aurelia();
    let everybody = exported(&served);
    let (mut links, mut page) = (std::collections::BTreeSet::new(), 1);
    loop {
        let list = served.check(&format!("/people?page={page}"), &["<h1>People</h1>"], &INLINE);
        let found = list.links("/people/");
        assert!(found.iter().all(|link| links.insert(link.clone())), "somebody stands twice");
        if !list.body.contains("rel=\"next\"") {
            break;
        }
        page += 1;
    }
    let ids = links.iter().map(|link| link["/people/".len()..].to_owned());
    assert!(ids.eq(everybody.keys().cloned()));
    for (id, name) in everybody.iter().step_by(17) {
        let page =
            served.check(&format!("/people/{id}"), &["id=\"h-told\"", "class=\"fields\""], &INLINE);
        assert!(page.body.contains(&format!("<h1><bdi dir=\"auto\">{name}</bdi></h1>")));
        let title = page.body.split("</title>").next().unwrap();
        assert!(!title.contains(name), "a title goes to the history of the browser");
        for link in page.links("/documents/") {
            served.check(&link, &[], &[]);
        }
        assert!(!page.links("/").iter().any(|link| link.contains(name.split(' ').next().unwrap())));
    }
}

#[test]
fn a_facet_shows_as_many_as_it_says() {
    let served = Served::santa_aurelia();
    let list = served.check("/people", &["class=\"facets\""], &INLINE);
    let mut seen = 0;
    for part in list.body.split("href=\"/people?custody=").skip(1) {
        let (word, rest) = part.split_once('"').unwrap();
        let said = rest.split("class=\"count\">").nth(1).unwrap().split('<').next().unwrap();
        let only = served.check(&format!("/people?custody={word}"), &[], &INLINE);
        let all = only.body.split("role=\"status\">").nth(1).unwrap().split('<').next().unwrap();
        assert!(all.ends_with(&format!(" of {said}")), "{word}: {said}, {all}");
        seen += 1;
    }
    assert!(seen > 1);
    for wrong in ["custody=Ada", "mark=Ada", "page=Ada"] {
        served.get(&format!("/people?{wrong}")).check(400, &["<h1>"], &["Ada"]);
    }
    for wrong in ["Ada", "ffffffffffffffff", "..%2f..%2fcase.toml"] {
        served.get(&format!("/people/{wrong}")).check(404, &["<h1>"], &["Ada"]);
    }
}

#[test]
fn a_name_is_found_by_a_form_and_stands_in_no_address() {
    let served = Served::santa_aurelia();
    let token =
        served.check("/people", &["role=\"search\" method=\"post\""], &INLINE).hidden("token");
    let (id, name) =
        exported(&served).into_iter().find(|(_, name)| !name.starts_with('(')).unwrap();
    let typed = name.to_lowercase().replace(' ', "+");
    let page = served.post("/people", &format!("token={token}&typed={typed}"));
    page.check(200, &[&format!("/people/{id}"), "type=\"search\""], &INLINE);
    let links = page.body.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let first = name.split(' ').next().unwrap();
    assert!(!links.into_iter().any(|link| link.contains(first)), "a name stands in an address");
    served.post("/people", &format!("typed={typed}")).check(403, &["<h1>"], &[first]);
    let nobody = served.post("/people", &format!("token={token}&typed=%3Cscript%3Exyzzy"));
    nobody.check(200, &["Nobody."], &["<script>xyzzy"]);
}
