//! The shipped claims table reads whole, and a bad row costs only itself.

use super::*;
use crate::Context;
use habeas_document::Cell;
use habeas_model::{Category, Digest, Disclosure};

const HEADINGS: &str = "row,date_claimed,as_of,speaker,speaker_type,measure,qty_lower,qty_upper,qty_mode,qty_text,\
                        scope,baseline_since,population,outlet,url,note";

/// Splits a line of CSV without quotes inside quotes.
fn cells(line: &str) -> Vec<Cell> {
    let mut texts = vec![String::new()];
    let (mut quoted, mut letters) = (false, line.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                texts.last_mut().unwrap().push('"');
                letters.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => texts.push(String::new()),
            letter => texts.last_mut().unwrap().push(letter),
        }
    }
    texts.into_iter().map(|text| Cell { text, date: None, bytes: None }).collect()
}

fn read_lines(lines: &str) -> Reading {
    let rows = lines.lines().enumerate();
    let rows = rows.map(|(at, line)| Row { number: at as u32 + 1, cells: cells(line) }).collect();
    let sheets = vec![Sheet { name: String::new(), rows }];
    let document = Document {
        blob: Digest::of(lines.as_bytes()),
        part: String::new(),
        format: "csv",
        title: None,
        url: None,
        outlet: None,
        lang: None,
        published: None,
        captured: None,
        body: habeas_document::Body::Table(sheets.clone()),
        problems: Vec::new(),
    };
    let context = Context {
        published: None,
        outlet: None,
        url: None,
        lang: None,
        country: Some("XA".into()),
        list: Default::default(),
        disclosure: Disclosure::Restricted,
    };
    crate::list::read(&document, &sheets, &context)
}

fn shipped() -> Reading {
    read_lines(include_str!("../../../../../cases/venezuela-2026/inbox/claims.csv"))
}

#[test]
fn every_row_of_the_shipped_table_reads() {
    let reading = shipped();
    assert_eq!(reading.problems, []);
    assert_eq!(reading.claims.len(), 144);
    assert!(reading.mentions.is_empty());
    let promises = reading.claims.iter().filter(|claim| claim.kind == Kind::Promise);
    assert_eq!(promises.count(), 3);
    let mut ids: Vec<ClaimId> = reading.claims.iter().map(|claim| claim.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 144);
}

#[test]
fn rows_keep_their_frames() {
    let claims = shipped().claims;
    let row = |number: usize| &claims[number - 1];
    let shown = |when: &Option<When>| when.as_ref().map(ToString::to_string).unwrap_or_default();
    assert_eq!(row(41).quantity, Some(Quantity::MoreThan(400)));
    assert_eq!(row(43).quantity, Some(Quantity::between(60, 70).unwrap()));
    assert_eq!(row(8).quantity, Some(Quantity::vague("significant number", None)));
    assert_eq!(shown(&row(86).time.event), "..2026-02-13");
    assert_eq!(row(86).modality, Modality::Promised);
    assert_eq!(row(86).population.place.as_deref(), Some("Zona 7"));
    assert_eq!(shown(&row(75).time.since), "..2025-11-30");
    assert_eq!(shown(&row(92).time.as_of), "2026-02-08T19:00");
    assert_eq!(row(82).population.cat, Some(Category::PoliticalPrisoner));
    assert_eq!(row(82).population.words.as_deref(), Some("political prisoners"));
    assert_eq!(row(82).scope, Some(Scope::Stock));
    assert!(row(82).note.as_ref().unwrap().contains("600 m/87 f; 505 civilian/182 military"));
    assert_eq!(row(101).speakers.body(), Some("Foro Penal"));
    assert_eq!(row(144).predicate, Predicate::TrialAtLiberty);
}

#[test]
fn equal_numbers_with_other_windows_stay_apart() {
    let claims = shipped().claims;
    let same = claims.iter().filter(|claim| claim.quantity == Some(Quantity::Exact(383)));
    let since: Vec<_> = same.map(|claim| claim.time.since.clone()).collect();
    assert_eq!(since.len(), 2);
    assert_ne!(since[0], since[1]);
}

#[test]
fn a_bad_row_costs_only_itself() {
    let bad = |row: &str, column: &str| {
        let good = "9,2026-01-09,2026-01-09,Monitor,ngo,held,5,5,exact,,stock,,detainees,Gazette,,";
        let reading = read_lines(&format!("{HEADINGS}\n{row}\n{good}"));
        assert_eq!(reading.claims.len(), 1, "{row}");
        let problem = &reading.problems[0];
        assert_eq!(
            (problem.code.as_str(), problem.place.as_str()),
            ("row-unread", column),
            "{row}"
        );
    };
    bad(
        "1,2026-01-09,2026-02-31,Monitor,ngo,held,5,5,exact,,stock,,detainees,,,",
        "row 2, column 3",
    );
    bad(
        "1,2026-01-09,2026-01-09,Monitor,ngo,held,9,5,range,,stock,,detainees,,,",
        "row 2, column 8",
    );
    bad(
        "1,2026-01-09,2026-01-09,Monitor,ngo,held,-5,5,exact,,stock,,detainees,,,",
        "row 2, column 7",
    );
    bad(
        "1,2026-01-09,2026-01-09,Monitor,ngo,jubilant,5,5,exact,,stock,,detainees,,,",
        "row 2, column 6",
    );
    bad(
        "1,2026-01-09,2026-01-09,Monitor,ngo,held,5,5,roughly,,stock,,detainees,,,",
        "row 2, column 9",
    );
}

#[test]
fn hours_of_remarks() {
    let check = |note: &str, expected: &str| {
        let shown = hour(note).map(|time| format!("{:02}:{:02}", time.hour(), time.minute()));
        assert_eq!(shown.unwrap_or_default(), expected, "{note}");
    };
    check("19:00", "19:00");
    check("6:10 pm, supersedes 17", "18:10");
    check("10:00 am; headline", "10:00");
    check("by 14:00; six remain", "14:00");
    check("8 p.m.; reported as exact", "20:00");
    check("17+24", "");
    check("80 % of valid ones", "");
    check("Saturday morning", "");
}

#[test]
fn the_shipped_file_opens_to_the_same_claims() {
    let bytes = include_bytes!("../../../../../cases/venezuela-2026/inbox/claims.csv");
    let asked = habeas_document::Asked { name: "claims.csv".into(), ..Default::default() };
    let documents = habeas_document::open(bytes, &asked).unwrap();
    let habeas_document::Body::Table(sheets) = &documents[0].body else { panic!("no table") };
    let context = Context {
        published: None,
        outlet: None,
        url: None,
        lang: None,
        country: None,
        list: Default::default(),
        disclosure: Disclosure::Restricted,
    };
    let reading = crate::list::read(&documents[0], sheets, &context);
    let plain =
        |claim: &Claim| (claim.quantity.clone(), claim.time.clone(), claim.speakers.clone());
    let expected: Vec<_> = shipped().claims.iter().map(plain).collect();
    assert_eq!(reading.claims.iter().map(plain).collect::<Vec<_>>(), expected);
}
