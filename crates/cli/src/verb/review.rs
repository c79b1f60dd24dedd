//! `review`: one proposal after the other at a terminal, or many by filter.

use crate::{arguments::Arguments, deciding, door};
use anyhow::{Result, bail};
use dialoguer::{Input, Select};
use habeas_desk::{
    Case,
    write::review::{self, Filter, Proposal},
};
use habeas_ledger::Writer;
use habeas_model::{Claim, Present, Quantity, Rejected, Review, Subject};
use habeas_page::{Reader, terminal};
use std::io::IsTerminal as _;

/// `habeas review CASE`.
pub fn review(arguments: &Arguments, asked: &deciding::Review) -> Result<u8> {
    let mut case = door::open(arguments, &asked.case)?;
    let reader = door::reader(arguments, Some(&case));
    let filter = filter(asked)?;
    if asked.list {
        return list(&case, &filter, asked.json, &reader);
    }
    let decided = [
        (&asked.accept, Review::Accepted),
        (&asked.refuse, Review::Refused),
        (&asked.withdraw, Review::Withdrawn),
    ];
    for (ids, verdict) in decided {
        if let Some(ids) = ids {
            return decide(&mut case, ids, verdict, &filter, &asked.reason, &reader);
        }
    }
    if !std::io::stdin().is_terminal() {
        bail!(
            "`review` asks at a terminal, and there is none\nhint: `--list` shows what waits; `--accept`, `--refuse ID` and `--withdraw ID` decide"
        );
    }
    one_by_one(&mut case, &filter, &reader)
}

fn filter(asked: &deciding::Review) -> Result<Filter> {
    let kind = asked.kind.as_deref().map(str::parse).transpose()?;
    Ok(Filter { document: asked.document.clone(), kind, speaker: asked.speaker.clone() })
}

fn list(case: &Case, filter: &Filter, json: bool, reader: &Reader) -> Result<u8> {
    let present = case.present(None)?;
    let waiting = review::waiting(&present, filter);
    if json {
        let lines = waiting.iter().map(|proposal| match proposal {
            Proposal::Claim(claim, name) => serde_json::json!({
                "id": claim.id, "document": name, "kind": claim.kind, "predicate": claim.predicate,
                "quantity": claim.quantity, "confidence": claim.confidence, "quote": claim.span.quote,
            }),
            // A row of a list is somebody's name: here only where it stands (invariant 10).
            Proposal::Mention(mention, name) => serde_json::json!({
                "id": mention.id, "document": name, "kind": "mention", "place": mention.span.place,
            }),
        });
        let refused = rejected(&present, filter).map(|(one, name)| {
            // Its words may be somebody's name, and stand in no text: the document has them.
            serde_json::json!({
                "document": name, "kind": "rejected", "proposed": one.kind,
                "predicate": one.predicate, "quantity": one.quantity, "reader": one.reader,
                "failed": one.failed, "quote": one.quote, "place": one.place,
            })
        });
        door::print_json(&lines.chain(refused).collect())?;
        return Ok(door::DONE);
    }
    let shown = waiting.iter().map(|proposal| show(proposal, reader)).collect::<String>();
    door::print(&shown)?;
    for (one, name) in rejected(&present, filter) {
        let failed = terminal::word(&format!("failed-{}", one.failed), reader.lang);
        let args = [
            ("name", name),
            ("model", &*one.reader),
            ("kind", &*one.kind),
            ("predicate", &*one.predicate),
            ("quote", &*one.quote),
            ("failed", &*failed),
        ];
        let line = terminal::sentence("second-rejected", &args, reader.lang);
        door::print(&format!("{}\n", habeas_page::harmless(&line)))?;
    }
    door::print(&terminal::waiting(waiting.len(), reader))?;
    Ok(door::DONE)
}

/// What a second reader proposed and our checks refused, with the name of its document.
fn rejected<'a>(
    present: &'a Present,
    filter: &'a Filter,
) -> impl Iterator<Item = (&'a Rejected, &'a str)> {
    let names = review::names(present);
    let named = present.rejected.iter().map(move |one| {
        let name = names.get(&one.blob).copied().unwrap_or_default();
        (one, name)
    });
    let meant = |name: &str| filter.document.as_ref().is_none_or(|part| name.contains(&**part));
    named.filter(move |(_, name)| meant(name))
}

fn show(proposal: &Proposal<'_>, reader: &Reader) -> String {
    match proposal {
        Proposal::Claim(claim, name) => terminal::proposed_claim(claim, name, reader),
        Proposal::Mention(mention, name) => terminal::proposed_mention(mention, name, reader),
    }
}

/// Decides about the given identifiers, or about all that the filter means if none is given.
fn decide(
    case: &mut Case,
    ids: &[String],
    verdict: Review,
    filter: &Filter,
    reason: &str,
    reader: &Reader,
) -> Result<u8> {
    let present = case.present(None)?;
    let subjects: Vec<Subject> = if ids.is_empty() {
        review::waiting(&present, filter).iter().map(Proposal::subject).collect()
    } else {
        ids.iter().map(|id| review::subject(&present, id)).collect::<Result<_, _>>()?
    };
    let mut writer = case.writer()?;
    review::decide(case, &mut writer, &subjects, verdict, reason)?;
    door::print(&terminal::decided(subjects.len(), verdict, reader))?;
    Ok(door::DONE)
}

/// Shows each proposal and asks. Each answer is recorded before the next question, so stopping
/// loses nothing.
fn one_by_one(case: &mut Case, filter: &Filter, reader: &Reader) -> Result<u8> {
    let present = case.present(None)?;
    let mut writer = case.writer()?;
    let waiting = review::waiting(&present, filter);
    for (nth, proposal) in waiting.iter().enumerate() {
        door::print(&show(proposal, reader))?;
        let choices = ["accept", "edit", "refuse", "next", "stop"]
            .map(|key| terminal::word(key, reader.lang));
        let prompt = format!("{}/{}", nth + 1, waiting.len());
        let Some(chosen) =
            Select::new().with_prompt(prompt).items(&choices).default(0).interact_opt()?
        else {
            break;
        };
        match chosen {
            0 => review::decide(case, &mut writer, &[proposal.subject()], Review::Accepted, "")?,
            1 => edit(case, &mut writer, proposal, reader)?,
            2 => {
                let reason = ask("reason", reader)?;
                review::decide(case, &mut writer, &[proposal.subject()], Review::Refused, &reason)?;
            }
            3 => {}
            _ => break,
        }
    }
    Ok(door::DONE)
}

fn ask(key: &str, reader: &Reader) -> Result<String> {
    Ok(Input::new()
        .with_prompt(terminal::word(key, reader.lang))
        .allow_empty(true)
        .interact_text()?)
}

/// Edits the parts of a claim that a reader most often gets wrong; an empty answer leaves a part as
/// it is.
fn edit(
    case: &mut Case,
    writer: &mut Writer,
    proposal: &Proposal<'_>,
    reader: &Reader,
) -> Result<()> {
    let Proposal::Claim(claim, _) = proposal else {
        door::tell(&terminal::word("edit-in-list", reader.lang));
        return Ok(());
    };
    let mut edited: Claim = (*claim).clone();
    let predicate = ask("predicate", reader)?;
    if !predicate.is_empty() {
        edited.predicate = predicate.parse()?;
    }
    let number = ask("exact-number", reader)?;
    if !number.is_empty() {
        edited.quantity = Some(Quantity::Exact(number.replace(['.', ',', ' '], "").parse()?));
    }
    for (key, slot) in [("since", &mut edited.time.since), ("as-of", &mut edited.time.as_of)] {
        let when = ask(key, reader)?;
        if !when.is_empty() {
            *slot = Some(when.parse()?);
        }
    }
    let reason = ask("reason", reader)?;
    review::edit(case, writer, review::Edited::Claim(edited.into()), &reason)?;
    Ok(())
}
