//! What is given to the public: who is withheld is in no byte of it, and nothing goes out that
//! nobody answered for. One case is made ready for each test: that takes longest.

#![allow(clippy::unwrap_used, reason = "a test says with a panic that it failed")]

mod search;
#[path = "../stage/mod.rs"]
mod stage;

use search::{Haystack, fold};
use stage::{Stage, code, stderr, stdout};
use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

/// The checklist, answered.
const ANSWERED: [&str; 8] =
    ["--consent", "yes", "--minors", "yes", "--sources", "yes", "--families", "yes"];

/// Santa Aurelia, everything reviewed, the texts public, and one list whose people may be counted
/// and not named. A row of it is somebody whose name is a formula.
fn santa_aurelia() -> Stage {
    let stage = Stage::copy_of("santa-aurelia");
    let path = stage.case.join("case.toml");
    let mut settings = fs::read_to_string(&path).unwrap();
    let list = "encoding = \"windows-1252\"\nseparator = \";\"\ndisclosure = \"public\"";
    assert!(settings.contains(list));
    settings = settings.replace(list, &list.replace("public", "counted"));
    for text in fs::read_dir(stage.case.join("inbox/texts")).unwrap() {
        let name = text.unwrap().file_name().into_string().unwrap();
        let head = format!("[document.\"texts/{name}\"]\n");
        if !settings.contains(&head) {
            settings.push_str(&format!("\n{head}"));
        }
        settings = settings.replace(&head, &format!("{head}disclosure = \"public\"\n"));
    }
    settings.push_str("\n[list.\"lists/more.csv\"]\nsays = \"held\"\ndisclosure = \"public\"\n");
    fs::write(path, settings).unwrap();
    let more = "Nombre completo,Cédula,Detenido el,Lugar\n\
                =HYPERLINK Malavé Formulón,99887701,12/01/2026,@Cuartel Nuevo\n";
    stage.put("lists/more.csv", more.as_bytes());
    assert_eq!(code(&stage.run(&["open"], &["--once"])), 0);
    assert_eq!(code(&stage.run(&["review"], &["--accept"])), 0);
    stage
}

fn publish(stage: &Stage, out: &Path, rest: &[&str]) -> Output {
    publishing(stage, out, rest).output().unwrap()
}

fn publishing(stage: &Stage, out: &Path, rest: &[&str]) -> Command {
    let out = ["--lang", "en", "--out", out.to_str().unwrap()];
    stage.command(&["publish"], &[&out[..], rest].concat())
}

/// The names of the register as the team sees them, apart: who may be named in public, who may not.
fn names(stage: &Stage) -> [Vec<String>; 2] {
    let table = |name: &str, rest: &[&str]| -> Vec<Vec<String>> {
        let out = stage.root.path().join(name);
        let whereto = ["--lang", "en", "--out", out.to_str().unwrap()];
        let exported = stage.run(&["export"], &[&whereto[..], rest].concat());
        assert_eq!(code(&exported), 0, "{}", stderr(&exported));
        let mut rows = csv::Reader::from_path(out.join("persons.csv")).unwrap();
        rows.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let (team, public) = (table("team", &["--names"]), table("public", &[]));
    let both = team.iter().zip(&public).map(|(team, public)| {
        assert_eq!(team[0], public[0]);
        (team[1].clone(), public[1] == "name withheld")
    });
    let (hidden, shown): (Vec<_>, Vec<_>) = both.partition(|(_, withheld)| *withheld);
    [shown, hidden].map(|all| all.into_iter().map(|(name, _)| name).collect())
}

#[test]
fn who_is_withheld_is_in_no_byte() {
    let stage = santa_aurelia();
    let [shown, hidden] = names(&stage);
    let out = stage.root.path().join("out");
    refused_before_it_is_answered_for(&stage, &out, &hidden);
    small_numbers_are_not_told(&stage.json("publish", &[]));
    recorded_with_who_answered(&stage, &out);
    // A namesake of somebody who is named is in it, and is not them.
    let public: Vec<String> = shown.iter().map(|name| fold(name)).collect();
    let namesake = |name: &String| public.iter().any(|other| other.contains(&fold(name)));
    let several = |name: &String| name.split_whitespace().count() > 1;
    let hidden = hidden.iter().filter(|name| several(name) && !namesake(name));
    let hidden: Vec<&str> = hidden.map(String::as_str).collect();
    assert!(hidden.len() > 60 && public.len() > 100, "{} and {}", hidden.len(), public.len());
    let all = Haystack::of(&out, &stage);
    assert_eq!(all.with(&hidden), Vec::<&str>::new(), "they have somebody who is withheld");
    // The same search finds who is named, in each kind of file: it would have found the others.
    let told = fs::read(out.join("tables/persons.json")).unwrap();
    let told: serde_json::Value = serde_json::from_slice(&told).unwrap();
    let found = all.with(&[told[7]["name"].as_str().unwrap()]);
    for file in [
        "en/people.html",
        "es/bulletin.html",
        "en/bulletin.pdf",
        "es/bulletin.xlsx!/",
        "tables/persons.csv",
        "tables/persons.parquet",
        "tables/tables.xlsx!/",
        "publication.zip!/tables/tables.xlsx!/",
    ] {
        assert!(found.iter().any(|path| path.starts_with(file)), "{file} has nobody");
    }
    // Nobody under age is named, whatever their list says.
    let young = fs::read_to_string(stage.case.join("truth/persons.csv")).unwrap();
    let young = young.lines().filter(|line| line.split(',').nth(16) == Some("yes"));
    let young: Vec<String> = young
        .map(|line| line.split(',').skip(1).take(3).collect::<Vec<_>>().join(" "))
        .filter(|name| !namesake(name))
        .collect();
    assert!(young.len() > 3, "{}", young.len());
    let young: Vec<&str> = young.iter().map(String::as_str).collect();
    assert_eq!(all.with(&young), Vec::<&str>::new(), "they have somebody under age");
    no_cell_is_a_formula(&all);
}

/// Fewer than five people who are not named are told nowhere, and follow from nothing.
fn small_numbers_are_not_told(told: &serde_json::Value) {
    let rows = told["register"].as_array().unwrap();
    let withheld = |row: &serde_json::Value| row["withheld"].as_u64();
    assert!(rows.iter().filter_map(withheld).all(|n| n == 0 || n >= 5), "{rows:#?}");
    assert!(rows.iter().any(|row| withheld(row).is_none()), "{rows:#?}");
    for whole in ["held", "released"] {
        let all = rows.iter().find(|row| row["figure"] == whole).unwrap();
        for by in ["custody", "sex", "age", "side", "facility"] {
            let of = |row: &&serde_json::Value| {
                let figure = row["figure"].as_str().unwrap();
                figure.starts_with(&format!("{by}.")) && figure.ends_with(&format!(".{whole}"))
            };
            let parts: Vec<_> = rows.iter().filter(of).collect();
            let named: u64 = parts.iter().filter_map(|row| row["named"].as_u64()).sum();
            assert_eq!(named, all["named"].as_u64().unwrap(), "{by} {whole}");
            let hidden = parts.iter().filter(|row| withheld(row).is_none()).count();
            let known: u64 = parts.iter().copied().filter_map(withheld).sum();
            if let Some(all) = withheld(all) {
                assert!(hidden != 1, "{by} {whole}: one is not told, and follows");
                assert!(hidden == 0 || all - known >= 5, "{by} {whole}: {} follow", all - known);
            }
        }
    }
    // What a line names it names as far as that is told.
    for line in told["lines"].as_array().unwrap() {
        assert!(withheld(line).is_none_or(|n| n == 0 || n >= 5), "{line}");
        assert!(withheld(line).is_some() || line["gap"] != "short_by", "{line}");
    }
}

fn no_cell_is_a_formula(all: &Haystack) {
    let persons = all.named("tables/persons.csv");
    let persons = String::from_utf8_lossy(persons[0].1);
    assert!(persons.contains(",'=HYPERLINK Malavé Formulón,"), "{persons}");
    let sheets = all.named("!/xl/worksheets/sheet");
    assert_eq!(sheets.len(), 6 * 3 * 2); // Three workbooks, and the same in the archive.
    for (name, bytes) in sheets {
        let sheet = String::from_utf8_lossy(bytes);
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{name}");
    }
    for (name, bytes) in all.named(".csv") {
        let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        for cell in rows
            .records()
            .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        {
            let formula = cell.starts_with(['=', '+', '@', '\t', '\r'])
                || (cell.starts_with('-') && cell.parse::<f64>().is_err());
            assert!(!formula, "{name}: a cell begins as a formula does");
        }
    }
}

fn position(stage: &Stage) -> u64 {
    stage.json("verify", &[])["head"]["position"].as_u64().unwrap()
}

/// Nothing is recorded, and nothing written.
fn refused_before_it_is_answered_for(stage: &Stage, out: &Path, hidden: &[String]) {
    let before = position(stage);
    for consent in [&[][..], &["--consent", "no"], &["--consent", "perhaps"]] {
        let refused = publish(stage, out, &[&ANSWERED[2..], consent].concat());
        assert_eq!(code(&refused), 1);
        let said = stderr(&refused);
        assert!(said.contains("`consent`") && !said.contains("`minors`"), "{said}");
    }
    let foreign = stage.root.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("thesis.txt"), "x").unwrap();
    let refused = publish(stage, &foreign, &ANSWERED);
    assert!(stderr(&refused).contains("not a publication of ours"), "{}", stderr(&refused));
    let hidden = hidden.iter().find(|name| name.split(' ').count() > 2).unwrap();
    let refused = publish(stage, out, &[&ANSWERED[..], &["--note", hidden]].concat());
    assert!(stderr(&refused).contains("may not be named"), "{}", stderr(&refused));
    assert!(!stderr(&refused).contains(hidden.as_str()));
    assert_eq!(position(stage), before);
    assert!(!out.exists() && fs::read_dir(&foreign).unwrap().count() == 1);
}

/// The entry has who answered what, of what, and every file as it was written.
fn recorded_with_who_answered(stage: &Stage, out: &Path) {
    let before = position(stage);
    let answered = [&ANSWERED[..], &["--as", "bea", "--note", "agreed in the meeting"]].concat();
    let made = publish(stage, out, &answered);
    assert_eq!((code(&made), position(stage)), (0, before + 1), "{}", stderr(&made));
    let lines = stage.root.path().join("lines");
    let exported = stage.run(&["ledger", "export"], &[lines.to_str().unwrap()]);
    assert_eq!(code(&exported), 0, "{}", stderr(&exported));
    let lines = fs::read_to_string(lines).unwrap();
    let entry = lines.lines().find(|line| line.contains("\"kind\":\"published\"")).unwrap();
    let entry: serde_json::Value = serde_json::from_str(entry).unwrap();
    let body = &entry["body"];
    assert_eq!((entry["author"].as_str(), body["covers"].as_u64()), (Some("bea"), Some(before)));
    for question in ["consent", "minors", "sources", "families"] {
        assert_eq!(body["answers"][question], "yes");
    }
    assert_eq!(
        (&body["rule"], &body["note"]),
        (&"strict-monitor".into(), &"agreed in the meeting".into())
    );
    for file in body["files"].as_array().unwrap() {
        let bytes = fs::read(out.join(file["name"].as_str().unwrap())).unwrap();
        assert_eq!(file["digest"].as_str().unwrap(), sha256(&bytes));
    }
    stage.verified();
}

fn sha256(bytes: &[u8]) -> String {
    habeas_model::Digest::of(bytes).to_string()
}

#[test]
fn the_feed_tells_what_changed_and_names_nobody() {
    let stage = santa_aurelia();
    let out = stage.root.path().join("out");
    let made = publishing(&stage, &out, &ANSWERED).env("HABEAS_CHROMIUM", "").output().unwrap();
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    assert!(stderr(&made).contains("There is no PDF"), "{}", stderr(&made));
    assert!(!out.join("en/bulletin.pdf").exists() && out.join("en/bulletin.html").exists());
    let preview = stdout(&stage.run(&["publish"], &["--lang", "en"]));
    assert!(preview.contains("People named: ") && preview.contains("--families"), "{preview}");
    let page = fs::read(out.join("en/index.html")).unwrap();
    let feed = |lang: &str| {
        let text = fs::read(out.join(lang).join("feed.xml")).unwrap();
        feed_rs::parser::parse(&text[..]).unwrap()
    };
    let first = feed("en");
    assert_eq!(first.feed_type, feed_rs::model::FeedType::Atom);
    assert_eq!(first.entries.len(), 1);
    let note = "Santa Aurelia, 16 February 2026. The observatory OLSA said that 171 political \
                prisoners were released since 9 January.";
    stage.put("texts/late.txt", note.as_bytes());
    stage.set("\n[document.\"texts/late.txt\"]\ndisclosure = \"public\"\n");
    assert_eq!(code(&stage.run(&["open"], &["--once"])), 0);
    assert_eq!(code(&stage.run(&["review"], &["--accept"])), 0);
    let again = publishing(&stage, &out, &ANSWERED).env("HABEAS_CHROMIUM", "").output().unwrap();
    assert_eq!(code(&again), 0, "{}", stderr(&again));
    for lang in ["en", "es"] {
        let feed = feed(lang);
        assert!(feed.id.starts_with("urn:uuid:") && feed.updated.is_some());
        assert_eq!(feed.language.as_deref(), Some(lang));
        assert!(feed.entries.len() > 1, "{feed:?}");
        let mut ids: Vec<&str> = feed.entries.iter().map(|one| one.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), feed.entries.len());
        assert!(feed.entries.iter().all(|one| one.updated.is_some() && one.title.is_some()));
        let titles: Vec<String> = feed
            .entries
            .iter()
            .filter_map(|one| Some(one.title.as_ref()?.content.clone()))
            .collect();
        assert!(titles.iter().any(|title| title.contains("171")), "{titles:?}");
    }
    assert_eq!(feed("en").id, first.id, "a feed keeps its identifier");
    assert_ne!(fs::read(out.join("en/index.html")).unwrap(), page);
    // The site needs nothing but itself: every link of a page is relative and leads to a file.
    let all = Haystack::of(&out, &stage);
    for (name, bytes) in all.named(".html").into_iter().filter(|(name, _)| !name.contains("!/")) {
        let page = String::from_utf8_lossy(bytes);
        assert!(page.contains("Content-Security-Policy") && !page.contains("<script"), "{name}");
        assert!(!page.contains(" style=\"") || name.contains("bulletin"), "{name}");
        for link in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let file = link.split('#').next().unwrap();
            let outside = link.starts_with("https://") || link.starts_with("http://");
            assert!(!link.starts_with('/'), "{name}: {link}");
            let from = out.join(&name);
            let there = file.is_empty() || from.parent().unwrap().join(file).is_file();
            assert!(outside || there, "{name}: {link}");
        }
    }
}
