//! Documents that are closed to a role: each address by each role that need not know, with the
//! identifiers of what is closed; nothing of it comes out, and nothing can be done to it.

use crate::{
    gate::routes::Row,
    route::routes,
    stage::{Answer, Browser, Stage},
    team::{
        program::token::Scope,
        role::{Right, Role},
    },
};
use axum::http::Method;
use habeas_desk::keep::need::Closed;
use habeas_model::{Present, Received, Verdict, memory::present::Taken};
use std::collections::BTreeSet;

const OPEN: &str = "Nombre,Cédula,Estatus\nMilo Escandón Prado,V-10496411,Detenido\n\
    Adela Belandria Toro,V-10496412,Detenida\n";
const CLOSED: &str = "Nombre,Cédula,Estatus\nMilo Escandon,V-10496411,Detenido\n\
    Yusmary Figueredo Sol,V-22222222,Detenida\n";
const NOTE: &str =
    "Santa Aurelia, 20 January 2026. The Ministry said that 4,242 detainees were released.";
const LINKERS: &str =
    "Santa Aurelia, 21 January 2026. The Ministry said that 3,131 detainees were released.";
const SETTINGS: &str = "[need-to-know]\n\"apart-*\" = []\n\"linkers.txt\" = [\"linker\"]\n";
const BLIND: [Role; 4] = [Role::Reader, Role::Reviewer, Role::Linker, Role::Publisher];

fn present(stage: &Stage) -> Present {
    stage.shared.held.with(&Closed::default(), |case| case.present(None)).unwrap()
}

/// A case with documents that a keeper alone knows, one that linkers know as well, and a decision
/// that joins a row that is open with one that is not.
fn stage() -> (Stage, Browser) {
    let stage = Stage::of_settings(&Role::ALL, false, SETTINGS);
    let keeper = stage.sign_in(Role::Keeper);
    let files = [("open.csv", OPEN), ("apart-list.csv", CLOSED), ("apart-note.txt", NOTE)];
    let files = [&files[..], &[("linkers.txt", LINKERS), ("apart-gone.txt", "Gone.")]].concat();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let at = stage.send("/receive", &keeper, &files).location().to_owned();
    let form = "seen=1&verdict=accept&take=0&take=1&take=2&take=3&take=4";
    assert_eq!(stage.post(&at, &keeper, form).status, 303);
    let now = present(&stage);
    assert_eq!((now.documents.len(), now.mentions.len(), now.claims.len()), (5, 4, 4));
    let [left, right] = across(&now);
    let pair = format!("left={left}&right={right}&verdict=same&reason=whispered");
    let form = format!("seen={}&{pair}", now.position);
    assert_eq!(stage.post("/link", &keeper, &form).status, 303);
    let gone =
        format!("seen={}&position={}", now.position + 1, of(&now, "apart-gone.txt").position);
    assert_eq!(stage.post("/receive/undo", &keeper, &gone).status, 303);
    let now = present(&stage);
    assert_eq!((now.links[0].it.verdict, now.withdrawn.len()), (Verdict::Same, 1));
    (stage, keeper)
}

/// A document, by its name.
fn of<'a>(now: &'a Present, name: &str) -> &'a Taken<Received> {
    let mut all = now.documents.iter().chain(&now.withdrawn);
    all.find(|taken| taken.it.name == name).unwrap()
}

/// The row that is open of somebody on both lists, and the one that is not.
fn across(now: &Present) -> [String; 2] {
    let rows = |name: &str| {
        let blob = of(now, name).it.blob;
        let rows = now.mentions.iter().filter(|one| one.it.span.blob == blob);
        rows.map(|one| one.it.id.to_string()).collect::<Vec<_>>()
    };
    let (open, closed) = (rows("open.csv"), rows("apart-list.csv"));
    let mut both = [open[0].clone(), closed[0].clone()];
    both.sort();
    both
}

/// What must not come out: names, numbers, files, digests, identifiers, reasons.
fn secrets(now: &Present) -> Vec<String> {
    let words = ["Figueredo", "Escandon<", "22222222", "4,242", "4242", "apart-", "whispered"];
    let mut all: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let documents = now.documents.iter().chain(&now.withdrawn);
    let apart = documents.filter(|taken| taken.it.name.starts_with("apart-"));
    for blob in apart.map(|taken| taken.it.blob) {
        all.push(blob.to_string());
        all.push(blob.short());
        let claims = now.claims.iter().filter(|one| one.it.span.blob == blob);
        all.extend(claims.map(|one| one.it.id.to_string()));
        let rows = now.mentions.iter().filter(|one| one.it.span.blob == blob);
        all.extend(rows.map(|one| one.it.id.to_string()));
    }
    all
}

/// The addresses of a row, with each identifier that is closed in its place.
fn filled(row: &Row, now: &Present, token: &str) -> Vec<String> {
    let digest = of(now, "apart-list.csv").it.blob.to_string();
    let row_ids = now.mentions.iter().map(|one| one.it.id.to_string());
    let ids: Vec<String> =
        row_ids.chain(now.claims.iter().map(|one| one.it.id.to_string())).collect();
    let path = row.path.replace("{digest}", &digest).replace("{token}", token);
    let path = path
        .replace("{parcel}", "0")
        .replace("{code}", "0")
        .replace("{file}", "0")
        .replace("{chart}", "0.svg");
    let one = |id: &String| {
        let path = path.replace("{line}", id).replace("{person}", id).replace("{position}", "1");
        match path.as_str() {
            "/change" | "/api/v1/change" => format!("{path}?from_known_by=1"),
            "/ledger" | "/api/v1/ledger" => format!("{path}?limit=50"),
            "/link/many" => format!("{path}?by=exact-number"),
            path if path.ends_with("/entity") => format!("{path}?prefix=figuer"),
            path if path.ends_with("/preview") => format!("{path}?id={id}"),
            path if path.starts_with("/versions/") => {
                format!("{path}?of={}", of(now, "open.csv").it.blob)
            }
            path => path.to_owned(),
        }
    };
    ids.iter().map(one).collect::<BTreeSet<_>>().into_iter().collect()
}

#[track_caller]
fn silent(answer: &Answer, secrets: &[String], asked: &str) {
    assert!(answer.status < 500, "{asked}: {}", answer.status);
    for secret in secrets {
        let told = answer.body.contains(secret) || answer.head.contains(&secret.to_lowercase());
        // Who names something in an address is answered there.
        assert!(!told || asked.contains(secret), "{asked}: `{secret}` in\n{}", answer.body);
    }
}

#[test]
fn no_address_tells_a_role_of_what_is_closed_to_it() {
    let (stage, keeper) = stage();
    let now = present(&stage);
    let secrets = secrets(&now);
    let kind = "content-type: application/x-www-form-urlencoded";
    let seconds = habeas_desk::now() / 1_000_000;
    let token = |name: &str, scopes: &[Scope]| {
        let scopes = scopes.iter().copied().collect();
        let add = |team: &mut crate::Team| team.add_token(name, scopes, 7, "keeper", seconds);
        stage.shared.door.book.change(add).unwrap()
    };
    let asks = token("asks", &[Scope::Counts, Scope::Persons]);
    let matches = token("matches", &[Scope::Reconcile]);
    let rows = routes(&stage.shared).done().1;
    for role in BLIND {
        let who = stage.sign_in(role);
        for row in rows.iter().filter(|row| row.right.is_of(role)) {
            for path in filled(row, &now, &matches) {
                for fields in ["typed=figueredo&name=figueredo", "typed=escandon&name=escandon"] {
                    let answer = match row.method {
                        Method::GET => stage.get(&path, &who),
                        _ if row.files || row.path.contains("sign-out") => continue,
                        _ => stage.post(&path, &who, fields),
                    };
                    silent(&answer, &secrets, &path);
                }
            }
        }
        let board = stage.get("/", &who).body;
        assert!(board.contains("Some documents of this case are closed to you."), "{board}");
        assert_eq!(board.contains("3,131"), role == Role::Linker);
    }
    for row in
        rows.iter().filter(|row| row.path.starts_with("/api/") || row.right == Right::Reconcile)
    {
        for path in filled(row, &now, &matches) {
            let shown = format!("authorization: Bearer {asks}");
            let method = row.method.as_str();
            let query =
                "name=figueredo&queries=%7B%22a%22%3A%7B%22query%22%3A%22Figueredo%22%7D%7D";
            let answer = stage.ask(method, &path, &[&shown, kind], query);
            silent(&answer, &secrets, &path);
            if answer.status == 200 && row.said.is_some() {
                assert!(answer.body.contains("\"closed\":true"), "{path}: {}", answer.body);
            }
        }
    }
    let board = stage.get("/", &keeper).body;
    assert!(board.contains("4,242") && board.contains("3,131") && !board.contains("closed to you"));
}

#[test]
fn nothing_is_done_to_what_is_closed() {
    let (stage, _) = stage();
    let now = present(&stage);
    let apart = of(&now, "apart-note.txt");
    let claim = now.claims.iter().find(|one| one.it.span.blob == apart.it.blob).unwrap().it.id;
    let [left, right] = across(&now);
    let (seen, at) = (now.position, apart.it.blob);
    let link = now.links[0].position;
    let cut = format!("out={left}&out={right}&cut={link}");
    for (role, path, fields) in [
        (Role::Reviewer, format!("/read/{at}"), format!("kind=claim&id={claim}&verdict=refused")),
        (
            Role::Reviewer,
            format!("/read/{at}"),
            "verdict=own&quote=4,242&predicate=released&modality=asserted".to_owned(),
        ),
        (Role::Reviewer, "/receive/undo".to_owned(), format!("position={}", apart.position)),
        (Role::Linker, "/link".to_owned(), format!("left={left}&right={right}&verdict=not_same")),
        (
            Role::Linker,
            "/link/many".to_owned(),
            format!("pair={left}-{right}&verdict=not_same&back=/link"),
        ),
        (Role::Linker, format!("/link/{left}"), cut),
        (Role::Linker, "/undo".to_owned(), format!("position={link}")),
        (
            Role::Publisher,
            "/publish".to_owned(),
            "consent=yes&minor=yes&source=yes&family=yes".to_owned(),
        ),
    ] {
        let answer = stage.post(&path, &stage.sign_in(role), &format!("seen={seen}&{fields}"));
        assert!(matches!(answer.status, 400 | 403 | 404 | 409), "{path}: {}", answer.status);
        silent(&answer, &secrets(&now), &format!("{path} {fields}"));
        assert_eq!(present(&stage), now, "{path} {fields}");
    }
    // Who sends what is closed to them, by its name or its bytes, is told so; nothing comes of it.
    let who = stage.sign_in(Role::Reviewer);
    let files = [("apart-new.txt", b"A new note.".as_slice()), ("note.txt", NOTE.as_bytes())];
    let sent = stage.send("/receive", &who, &files).location().to_owned();
    let offer = stage.get(&sent, &who).body;
    assert_eq!(offer.matches("It is closed to you").count(), 2, "{offer}");
    let form = format!("seen={seen}&verdict=accept&take=0&take=1");
    assert_eq!(stage.post(&sent, &who, &form).status, 303);
    assert_eq!(present(&stage), now);
    assert_eq!(stage.get("/publish", &stage.sign_in(Role::Publisher)).status, 403);
    assert_eq!(stage.get("/publish", &stage.sign_in(Role::Keeper)).status, 200);
}

#[test]
fn it_is_written_down_who_reads_where_something_is_closed() {
    let (stage, keeper) = stage();
    let before = stage.shared.door.book.trail().read().unwrap().0.len();
    let at = format!("/documents/{}", present(&stage).documents[1].it.blob);
    assert_eq!(stage.get(&at, &keeper).status, 200);
    assert_eq!(stage.get(&at, &stage.sign_in(Role::Linker)).status, 404);
    let (steps, broken) = stage.shared.door.book.trail().read().unwrap();
    let read: Vec<_> = steps[before..].iter().map(|one| (&*one.by, &*one.did, &*one.of)).collect();
    assert_eq!((read, broken), (vec![("keeper", "read", &*at), ("linker", "read", &*at)], None));
}
