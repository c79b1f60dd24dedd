//! What is sent lies aside, and enters the case once it is accepted; and what an attacker sends.

use super::{FILES, Field};
use crate::{
    stage::{Answer, Browser, Stage},
    team::role::Role,
};
use habeas_desk::{Case, keep::need::Closed};
use habeas_ledger::Writer;
use habeas_model::{Review, memory::present::Present};
use habeas_page::{Lang, word};
use habeas_person::AutoRule;
use std::{
    fs,
    io::{Cursor, Write as _},
    path::PathBuf,
};

const LIST: &[u8] =
    b"Nombre,Edad,Cosa,Estatus\nAda Luna,40,Rojo,Detenida\nBea Sol,31,Azul,Detenida\n";
const NOTE: &[u8] =
    b"Santa Aurelia, 20 January 2026. The Ministry said that 42 detainees were released.";

fn present(stage: &Stage) -> Present {
    stage.shared.held.with(&Closed::default(), |case| case.present(None)).unwrap()
}

fn folder(stage: &Stage) -> PathBuf {
    stage.shared.held.with(&Closed::default(), |case| Ok(case.folder.clone())).unwrap()
}

/// How many files lie aside.
fn aside(stage: &Stage) -> usize {
    let all = walk(&folder(stage).join(".sent"));
    all.iter().filter(|path| !path.ends_with("lock")).count()
}

fn walk(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for found in fs::read_dir(folder).into_iter().flatten().flatten() {
        match found.file_type().unwrap().is_dir() {
            true => all.extend(walk(&found.path())),
            false => all.push(found.path()),
        }
    }
    all
}

/// Sends files, and opens the page that it leads to.
fn send(stage: &Stage, who: &Browser, files: &[(&str, &[u8])]) -> (String, Answer) {
    let sent = stage.send("/receive", who, files);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let at = sent.location().to_owned();
    let page = stage.get(&at, who);
    assert_eq!(page.status, 200);
    (at, page)
}

#[track_caller]
fn there(page: &Answer, words: &[&str]) {
    for word in words {
        assert!(page.body.contains(word), "`{word}` is not in\n{}", page.body);
    }
}

#[test]
fn nothing_is_written_until_it_is_accepted() {
    let stage = Stage::of_a_team();
    let who = stage.sign_in(Role::Reviewer);
    let before = present(&stage);
    let files = [("list.csv", LIST), ("note.txt", NOTE), ("again.txt", NOTE)];
    let (at, page) = send(&stage, &who, &files);
    there(&page, &["rows: 2", "Ada Luna", "CSV", "characters: 82", "people mentioned: 2"]);
    there(&page, &["These very bytes were sent twice", "Of 3 files, 2 can be received"]);
    assert_eq!((present(&stage).position, aside(&stage)), (before.position, 3));
    let seen = format!("seen={}", before.position);
    let nothing = stage.post(&at, &who, &format!("{seen}&verdict=discard"));
    assert_eq!((nothing.location(), aside(&stage)), ("/receive", 0));
    assert_eq!(stage.get(&at, &who).status, 404);

    let (at, _) = send(&stage, &who, &files);
    let accept = format!("{seen}&verdict=accept&take=0&take=1");
    assert_eq!(stage.post(&at, &who, &accept).location(), "/receive#h-last");
    let after = present(&stage);
    let names: Vec<&str> = after.documents.iter().map(|taken| &*taken.it.name).collect();
    assert_eq!((names, after.mentions.len()), (vec!["list.csv", "note.txt"], 2));
    assert!(after.documents.iter().all(|taken| taken.author == "reviewer"));
    assert_eq!((after.readings.len(), aside(&stage)), (2, 0));
    let (_, known) = send(&stage, &who, &[("other.txt", NOTE)]);
    there(&known, &["These very bytes are in the case already", "Of 1 files, 0 can be received"]);
}

#[test]
fn a_column_is_told_otherwise_and_the_case_remembers() {
    let stage = Stage::of_a_team();
    let who = stage.sign_in(Role::Reviewer);
    let (at, page) = send(&stage, &who, &[("list.csv", LIST)]);
    there(&page, &["name=\"c-0-2\"", "not known: kept as it is"]);
    let looked = stage.post(&at, &who, "seen=1&verdict=look&c-0-0=name&c-0-2=place");
    assert_eq!(looked.location(), at);
    let page = stage.get(&at, &who);
    there(&page, &["<option value=\"place\" selected>", "<option value=\"name\" selected>"]);
    assert_eq!(present(&stage).position, 2, "it only looked");
    let accept = "seen=2&verdict=accept&take=0&c-0-0=name&c-0-2=place&c-0-1=ignore";
    assert_eq!(stage.post(&at, &who, accept).location(), "/receive#h-last");
    let now = present(&stage);
    let places = now.mentions.iter().flat_map(|one| &one.it.happened);
    assert_eq!(places.filter_map(|one| one.place.as_deref()).next(), Some("Rojo"));
    assert!(now.mentions.iter().all(|one| one.it.age.is_none()));
    let kept = now.kept.iter().find(|(name, _)| name == "case.toml").unwrap();
    assert!(kept.1.contains("columns = { Cosa = \"place\", Edad = \"ignore\" }"), "{}", kept.1);
    assert_eq!(fs::read_to_string(folder(&stage).join("case.toml")).unwrap(), kept.1);
}

#[test]
fn what_was_received_is_withdrawn_and_brought_back() {
    let stage = Stage::of_a_team();
    let who = stage.sign_in(Role::Reviewer);
    let accept = |at: &str, before: &str| {
        let seen = present(&stage).position;
        stage.post(at, &who, &format!("seen={seen}&verdict=accept&take=0&{before}"))
    };
    let (at, _) = send(&stage, &who, &[("list.csv", LIST)]);
    accept(&at, "");
    let first = present(&stage).documents[0].clone();
    let undo = |position: u64, seen: u64| {
        let form = format!("seen={seen}&position={position}&reason=wrong+list");
        stage.post("/receive/undo", &who, &form)
    };
    let seen = present(&stage).position;
    assert_eq!(undo(first.position, seen).location(), "/receive#h-last");
    let gone = present(&stage);
    assert_eq!((gone.documents.len(), gone.mentions.len(), gone.withdrawn.len()), (0, 0, 1));
    // Who looks at the page of before is told, and changes nothing.
    assert_eq!(undo(first.position, seen).status, 409);
    there(&stage.get("/receive", &who), &["withdrawn", "Bring back"]);
    let (_, again) = send(&stage, &who, &[("list.csv", LIST)]);
    there(&again, &["received before and withdrawn"]);
    assert_eq!(undo(gone.position, gone.position).status, 303);
    assert_eq!(present(&stage).mentions.len(), 2);

    // Not what is no reception; not while a colleague decided in it unseen.
    let seen = present(&stage).position;
    assert_eq!(undo(1, seen).status, 400);
    assert_eq!(undo(first.position, first.position).status, 409);

    // A newer version of the same name, unless another has come meanwhile.
    let newer = [LIST, b"Cai Mar,22,Gris,Detenido\n"].concat();
    let (at, page) = send(&stage, &who, &[("list.csv", &newer)]);
    there(&page, &["A newer version of the document of this name"]);
    assert_eq!(accept(&at, "").status, 409);
    let before = format!("before-0={}", first.it.blob);
    assert_eq!(accept(&at, &before).status, 303);
    let now = present(&stage);
    assert_eq!(now.documents[1].it.replaces, Some(first.it.blob));
}

#[test]
fn the_rules_of_the_case_decide_what_was_received() {
    let stage = Stage::of_a_team();
    let who = stage.sign_in(Role::Reviewer);
    let rules = |case: &mut Case, _: &mut Writer| {
        case.settings.review.accept = vec!["list.csv".to_owned()];
        case.settings.link.decide = vec![AutoRule::FullNameAndDate];
        Ok(())
    };
    stage.shared.held.write("keeper", &Closed::default(), rules).unwrap();
    let first = b"name,birth date,status\nAda Luna Sol,1980-02-03,held\n";
    let second = b"name,birth date,status,age\nAda Luna Sol,1980-02-03,held,45\n";
    for (name, list) in [("list.csv", first.as_slice()), ("other.csv", second.as_slice())] {
        let (at, _) = send(&stage, &who, &[(name, list)]);
        let seen = present(&stage).position;
        let form = format!("seen={seen}&verdict=accept&take=0");
        assert_eq!(stage.post(&at, &who, &form).status, 303);
        let now = present(&stage);
        let standing = now.mentions.iter().filter(|one| one.review == Review::Accepted);
        assert_eq!(standing.count(), 1, "list.csv alone is trusted");
    }
    let now = present(&stage);
    assert_eq!((now.mentions.len(), now.links.len()), (2, 1));
    assert_eq!(now.links[0].author, "rule:link.decide");
}

#[test]
fn a_hostile_name_is_a_label() {
    let stage = Stage::of_a_team();
    let who = stage.sign_in(Role::Reviewer);
    let names = ["../../case.toml", "<script>alert(1)</script>.csv", "a\u{202e}vsc.csv"];
    let files = names.map(|name| (name, [name.as_bytes(), b"\n", LIST].concat()));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, &**bytes)).collect();
    let (at, page) = send(&stage, &who, &files);
    there(&page, &[">case.toml<", ">script&gt;.csv<", ">avsc.csv<", "Its name had folders"]);
    assert!(!page.body.contains("<script>") && !page.body.contains('\u{202e}'));
    let settings = fs::read(folder(&stage).join("case.toml")).unwrap();
    stage.post(&at, &who, "seen=2&verdict=accept&take=0&take=1&take=2");
    let shown = stage.get("/receive", &who);
    there(&shown, &[">case.toml<", ">script&gt;.csv<"]);
    assert_eq!(fs::read(folder(&stage).join("case.toml")).unwrap(), settings);
}

#[test]
fn too_much_is_refused_and_leaves_nothing_behind() {
    let stage = Stage::of_a_team();
    let who = stage.sign_in(Role::Reviewer);
    let many: Vec<(String, Vec<u8>)> =
        (0..=FILES).map(|n| (format!("{n}.txt"), n.to_string().into_bytes())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
    let (at, page) = send(&stage, &who, &many);
    there(&page, &["It is one file too many", "Of 101 files, 100 can be received"]);
    stage.post(&at, &who, "seen=1&verdict=discard");
    // A container that unpacks to far more than it is.
    let (at, page) = send(&stage, &who, &[("b.zip", &bomb())]);
    there(&page, &["may be made to do harm", "0 can be received"]);
    stage.post(&at, &who, "seen=1&verdict=discard");
    // A page elsewhere, or none: nothing of it lies anywhere.
    let stranger = Browser { token: "guess".to_owned(), ..who.clone() };
    assert_eq!(stage.send("/receive", &stranger, &[("a.txt", NOTE)]).status, 403);
    assert_eq!(stage.send("/receive", &who, &[]).status, 400);
    assert_eq!(aside(&stage), 0);
}

/// A ZIP of one file of 16 MiB of zeros.
fn bomb() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.txt", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(&vec![0; 16 << 20]).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_one_sent_nobody_else_sees() {
    let stage = Stage::of_a_team();
    let (bea, ada) = (stage.sign_in(Role::Reviewer), stage.sign_in(Role::Keeper));
    let (at, _) = send(&stage, &bea, &[("list.csv", LIST)]);
    assert_eq!(stage.get(&at, &ada).status, 404);
    assert_eq!(stage.post(&at, &ada, "seen=1&verdict=accept&take=0").status, 404);
    for wrong in ["", "verdict=accept&take=0", "seen=1&verdict=accept&take=7", "verdict=eat"] {
        assert_eq!(stage.post(&at, &bea, wrong).status, 400, "{wrong}");
    }
    assert_eq!(present(&stage).documents.len(), 0);
}

#[test]
fn every_meaning_of_a_column_has_its_words() {
    for lang in Lang::ALL {
        for field in Field::ALL {
            let key = format!("column-{field}");
            assert_ne!(word(lang, &key), key);
        }
    }
}
