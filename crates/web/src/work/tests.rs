//! Many pairs are decided and undone as one step, and a person is parted.

use crate::stage::Stage;
use habeas_desk::keep::need::Closed;
use habeas_model::{Disclosure, Predicate, Present, Verdict};

fn present(stage: &Stage) -> Present {
    stage.shared.held.with(&Closed::default(), |case| case.present(None)).unwrap()
}

fn persons(stage: &Stage) -> usize {
    let present = present(stage);
    habeas_person::register(&present.mentions, &present.links).persons.len()
}

/// The values of a field on a page, as a form sends them.
fn fields(page: &str, name: &str) -> String {
    let begin = format!("name=\"{name}\" value=\"");
    let values = page.split(&begin).skip(1).map(|rest| rest.split('"').next().unwrap());
    values.map(|value| format!("&{name}={value}")).collect()
}

#[test]
fn many_pairs_are_decided_as_was_said_and_undone_as_one() {
    let (stage, who) = Stage::of_two_lists();
    assert_eq!(persons(&stage), 8);
    let desk = stage.get("/link", &who);
    assert!(desk.body.contains("/link/many?by=exact-number"), "{}", desk.body);
    // Who else somebody may be stands with their records, until it is decided.
    let first = format!("/link/{}", present(&stage).mentions[0].it.id);
    assert!(stage.get(&first, &who).body.contains("id=\"h-open\""));
    let page = stage.get("/link/many?by=exact-number", &who).body;
    assert!(page.contains("decided “one person”: 3; that stay open: 0."), "{page}");
    let seen = present(&stage).position;
    let form = format!("seen={seen}&verdict=same&back=/link{}", fields(&page, "pair"));
    assert_eq!(stage.post("/link/many", &who, &form).location(), "/link#h-decided");
    assert_eq!(persons(&stage), 5);
    assert!(!stage.get(&first, &who).body.contains("id=\"h-open\""));
    // Once: what was decided meanwhile is told, and nothing is written.
    assert_eq!(stage.post("/link/many", &who, &form).status, 409);
    let desk = stage.get("/link", &who).body;
    assert!(desk.contains("and 2 more at once") && desk.contains("Undo all 3"), "{desk}");
    let batch = format!("seen={}{}{}", seen + 3, fields(&desk, "position"), fields(&desk, "last"));
    assert_eq!(stage.post("/undo", &who, &batch).status, 303);
    assert_eq!(persons(&stage), 8);
    assert_eq!(stage.post("/undo", &who, &batch).status, 409);
    assert!(!stage.get("/link", &who).body.contains("Undo all"));
    for wrong in ["pair=1", "pair=0-0", "back=https://evil.example", "verdict=eat", "pair="] {
        let form = format!("{wrong}&seen={seen}&verdict=same&back=/link&pair=1-2");
        assert!(matches!(stage.post("/link/many", &who, &form).status, 400 | 409), "{wrong}");
    }
}

#[test]
fn a_person_is_parted_and_stays_so() {
    let (stage, who) = Stage::of_two_lists();
    let page = stage.get("/link/many?by=exact-number", &who).body;
    let seen = present(&stage).position;
    let form = format!("seen={seen}&verdict=same&back=/link{}", fields(&page, "pair"));
    stage.post("/link/many", &who, &form);
    let now = present(&stage);
    let link = &now.links[0].it;
    let at = format!("/link/{}", link.left);
    let alone = stage.get(&at, &who).body;
    assert_eq!(alone.matches("name=\"out\"").count(), 2, "{alone}");
    assert!(!alone.contains("cluster-") && !alone.contains("action=\"/link/\" method=\"post\""));
    let page = stage.get(&format!("{at}?out={}", link.right), &who).body;
    assert!(page.contains("Records that leave: 1; that stay: 1."), "{page}");
    let form = format!("seen={}&out={}{}", now.position, link.right, fields(&page, "cut"));
    assert_eq!(stage.post(&at, &who, &format!("{form}&cut=1")).status, 409);
    assert_eq!(stage.post(&at, &who, &form).status, 303);
    let parted = present(&stage);
    assert_eq!(persons(&stage), 6);
    let turned =
        parted.links.iter().find(|one| (one.it.left, one.it.right) == (link.left, link.right));
    let turned = turned.unwrap();
    assert_eq!(turned.it.verdict, Verdict::NotSame);
    // Both persons carry the decision that parted them, and lead to each other.
    for (id, other) in [(link.left, link.right), (link.right, link.left)] {
        for path in [format!("/people/{id}"), format!("/link/{id}")] {
            let page = stage.get(&path, &who).body;
            let entry = format!("id=\"e-{}\"", turned.position);
            let ways = [entry, format!("href=\"/people/{other}\""), "two persons</strong>".into()];
            for part in ways {
                assert!(page.contains(&part), "`{part}` is not in {path}\n{page}");
            }
        }
    }
    assert_eq!(stage.post(&at, &who, &form).status, 409);
    // All of them leave nobody to be parted from; nobody else's records are parted.
    let ids = format!("?out={}&out={}", link.left, link.right);
    assert!(!stage.get(&format!("{at}{ids}"), &who).body.contains("Records that leave"));
    assert_eq!(stage.get(&format!("{at}?out=x"), &who).status, 400);
}

#[test]
fn a_row_is_edited_where_somebody_knows_better_than_its_list() {
    let (stage, who) = Stage::of_two_lists();
    let now = present(&stage);
    let row = &now.mentions[0].it;
    let (id, at) = (row.id, format!("/read/{}", row.span.blob));
    let page = stage.get(&format!("{at}?row={id}"), &who).body;
    assert_eq!(page.matches("name=\"disclosure\"").count(), 1, "{page}");
    let edit = |seen: u64, fields: &str| {
        let of =
            format!("seen={seen}&kind=mention&id={id}&verdict=edited&reason=the+sister+agreed");
        stage.post(&at, &who, &format!("{of}&{fields}")).status
    };
    let known = "name=Milo+Escand%C3%B3n+Prada&disclosure=public&age=41&gender=m&born=1984-12";
    let event = "predicate-0=released&when-0=2026-01-20&place-0=Penal+del+Istmo&predicate-1=";
    for wrong in
        ["", "name=&disclosure=public", "name=x&disclosure=all", "name=x&disclosure=public&age=x"]
    {
        assert_eq!(edit(now.position, wrong), 400, "{wrong}");
    }
    assert_eq!(edit(now.position, &format!("{known}&{event}")), 303);
    let after = present(&stage);
    let it = &after.mentions.iter().find(|one| one.it.id == id).unwrap().it;
    assert_eq!((it.name.reveal(), it.age, &it.number), ("Milo Escandón Prada", Some(41), &None));
    assert_eq!((it.disclosure, it.given.is_none()), (Disclosure::Public, true));
    assert_eq!((it.span.clone(), it.happened.len()), (row.span.clone(), 1));
    assert_eq!(it.happened[0].predicate, Predicate::Released);
    assert_eq!(edit(now.position, known), 409, "somebody edited it meanwhile");
    let person = stage.get(&format!("/people/{id}"), &who).body;
    assert!(person.contains(&format!("{at}?row={id}#k-{id}")), "{person}");
}
