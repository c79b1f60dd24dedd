//! `export`: tables of the case for other programs, retractions and undone decisions included.

use super::board::{board, replace};
use crate::{Case, Error, Scene, keep::sources};
use habeas_ledger::restrict::Restrictions;
use habeas_model::{Claim, Digest, Kind, Review, memory::present::Standing};
use habeas_page::{Reader, See, csv_cell, redact};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The documents from which an export tells this reader names, or words about one person.
#[must_use]
pub fn sources(scene: &Scene, reader: &Reader) -> BTreeSet<Digest> {
    let mut all = sources::of_persons(&scene.register.persons, reader);
    all.extend(sources::of_words(&scene.present.claims, reader));
    all
}

/// Writes `claims.csv`, `persons.csv`, `decisions.jsonl` and `board.json` into `folder` and names
/// them. Names are shown
/// as `reader` may see them; every other person is counted and not named (invariant 10).
pub fn export(
    case: &Case,
    scene: &Scene,
    reader: &Reader,
    folder: &Path,
) -> Result<Vec<PathBuf>, Error> {
    fs::create_dir_all(folder).map_err(|why| Error::writing(folder, why))?;
    let mut answer = Vec::new();
    habeas_page::json::board(&board(scene), reader.lang, &mut answer).expect(IN_MEMORY);
    let files = [
        ("claims.csv", claims(scene, reader)),
        ("persons.csv", persons(scene, reader)),
        ("decisions.jsonl", decisions(case, scene, reader)?),
        ("board.json", answer),
    ];
    let mut written = Vec::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        replace(&path, &bytes)?;
        written.push(path);
    }
    Ok(written)
}

const IN_MEMORY: &str = "writing to memory does not fail";

/// A table whose cells no spreadsheet takes for a formula.
pub(crate) fn table(heading: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut write = |cells: Vec<String>| out.write_record(cells.iter().map(|cell| csv_cell(cell)));
    write(heading.iter().map(|&word| word.to_owned()).collect()).expect(IN_MEMORY);
    rows.for_each(|row| write(row).expect(IN_MEMORY));
    out.into_inner().expect(IN_MEMORY)
}

/// Every claim, refused and withdrawn ones with their review. What speaks of one person is quoted
/// only for the team.
fn claims(scene: &Scene, reader: &Reader) -> Vec<u8> {
    let names = crate::write::review::names(&scene.present);
    let heading = [
        "claim",
        "review",
        "position",
        "document",
        "kind",
        "predicate",
        "quantity",
        "lower",
        "upper",
        "scope",
        "since",
        "as_of",
        "event",
        "said",
        "body",
        "modality",
        "outlet",
        "url",
        "quote",
    ];
    let row = |standing: &Standing<Claim>| {
        let claim = &standing.it;
        let (lower, upper) = claim.quantity.as_ref().map_or((None, None), |said| said.bounds());
        let number = |bound: Option<u32>| bound.map_or(String::new(), |n| n.to_string());
        let when = |when: &Option<habeas_model::When>| {
            when.as_ref().map_or(String::new(), ToString::to_string)
        };
        let time = &claim.time;
        vec![
            claim.id.to_string(),
            standing.review.to_string(),
            standing.position.to_string(),
            names.get(&claim.span.blob).copied().unwrap_or_default().to_owned(),
            claim.kind.to_string(),
            claim.predicate.to_string(),
            claim.quantity.as_ref().map_or(String::new(), |said| said.mode().to_owned()),
            number(lower),
            number(upper),
            claim.scope.map_or(String::new(), |scope| scope.to_string()),
            when(&time.since),
            when(&time.as_of),
            when(&time.event),
            when(&time.said),
            redact::body(
                claim.speakers.body().unwrap_or_default(),
                claim.speakers.0.iter(),
                reader,
            ),
            claim.modality.to_string(),
            claim.outlet.clone().unwrap_or_default(),
            claim.url.clone().unwrap_or_default(),
            if redact::quotable(claim, reader) { claim.span.quote.clone() } else { String::new() },
        ]
    };
    table(&heading, scene.present.claims.iter().map(row))
}

fn persons(scene: &Scene, reader: &Reader) -> Vec<u8> {
    let heading = ["person", "name", "sex", "nationality", "mentions", "reviewed", "warnings"];
    let row = |person: &habeas_model::Person| {
        let joined = |words: Vec<String>| words.join(" ");
        let seen = person.mentions.iter().filter(|held| held.review != Review::Unreviewed).count();
        vec![
            person.id.to_string(),
            redact::person(person, reader).to_string(),
            person.gender.map_or(String::new(), |gender| gender.to_string()),
            joined(person.nat.iter().map(ToString::to_string).collect()),
            person.mentions.len().to_string(),
            seen.to_string(),
            joined(person.warnings.iter().map(ToString::to_string).collect()),
        ]
    };
    table(&heading, scene.register.persons.iter().map(row))
}

/// Decisions, one JSON object a line, those that were undone since among them, with the undoing
/// (invariant 1). An edited text is not repeated here: the claim's row has it. In public a decision
/// has no reason, which is in free words and may name somebody, and no author but a rule.
fn decisions(case: &Case, scene: &Scene, reader: &Reader) -> Result<Vec<u8>, Error> {
    let mut lines = Vec::new();
    let hidden = Restrictions::of(&case.ledger)?;
    let team = reader.see == See::Team;
    case.ledger.rows(1, Some(scene.present.position), |row| {
        if matches!(row.kind.as_str(), "decided" | "linked" | "undone") {
            let Some(entry) = case.ledger.entry(&row)? else { return Ok(()) };
            if hidden.bears_on(&entry) {
                return Ok(());
            }
            let mut said: serde_json::Value =
                serde_json::from_slice(&entry.body()).unwrap_or_default();
            if let Some(fields) = said.as_object_mut() {
                fields.remove("claim");
                fields.remove("mention");
                if !team {
                    fields.remove("reason");
                }
            }
            let mut line = serde_json::json!({
                "position": row.position, "recorded_at": row.recorded_at, "kind": row.kind,
                "decision": said,
            });
            if team || row.author.starts_with("rule:") {
                line["author"] = row.author.into();
            }
            lines.extend_from_slice(line.to_string().as_bytes());
            lines.push(b'\n');
        }
        Ok(())
    })?;
    Ok(lines)
}

/// How many claims are counts, for messages.
#[must_use]
pub fn counts(scene: &Scene) -> usize {
    scene
        .present
        .claims
        .iter()
        .filter(|one| one.it.kind == Kind::Count && one.review.stands())
        .count()
}
