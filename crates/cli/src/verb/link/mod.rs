//! `link`: pairs of mentions that may be one person, shown with why, decided by a person.

mod against;
mod explain;
mod tables;

use crate::{
    arguments::Arguments,
    deciding::{self, Pairing},
    door,
};
use anyhow::{Result, bail};
use dialoguer::Select;
use habeas_desk::{
    Case, Question,
    ask::board::board,
    write::link::{self, Waiting},
};
use habeas_model::{Mention, MentionId, Present, Verdict};
use habeas_page::{Reader, terminal};
use std::{collections::HashMap, io::IsTerminal as _, path::Path};

/// `habeas link CASE`, or `habeas link TABLE..`.
pub fn link(arguments: &Arguments, asked: &deciding::Link) -> Result<u8> {
    if let Some(path) = &asked.of_tables.sampled {
        return tables::sampled(arguments, path, asked.of_case.json);
    }
    if let Some(known) = &asked.of_tables.against {
        return against::against(arguments, asked, known);
    }
    let folder = asked.what.first().filter(|first| first.is_dir());
    match (&asked.of_tables.pairs, folder) {
        (Some(pairs), _) => tables::pairs(pairs),
        (None, Some(folder)) if asked.what.len() == 1 => case(arguments, folder, asked),
        (None, Some(_)) => bail!(
            "`link` takes one case folder, or tables\nhint: a case folder is linked by itself"
        ),
        (None, None) => tables::tables(arguments, asked),
    }
}

fn case(arguments: &Arguments, folder: &Path, asked: &deciding::Link) -> Result<u8> {
    let mut case = door::open(arguments, folder)?;
    let reader = door::reader(arguments, Some(&case));
    if let Some(pair) = &asked.of_tables.explain {
        return explained(&case, pair, asked, &reader);
    }
    let asked = &asked.of_case;
    if let (Some(decide), Some([left, right])) = (asked.decide, asked.pair.as_deref()) {
        let mut writer = case.writer()?;
        let pair = (left.parse()?, right.parse()?);
        link::decide(&mut case, &mut writer, pair, verdict(decide), &asked.reason)?;
        door::print(&format!("{}\n", terminal::word("recorded", reader.lang)))?;
        return Ok(door::DONE);
    }
    let scene = case.scene(&Question::default())?;
    let waiting = link::waiting(&scene, &board(&scene).lines, &case.settings.link);
    if asked.json {
        door::print_json(&serde_json::to_value(&waiting)?)?;
        return Ok(door::DONE);
    }
    let mentions = by_id(&scene.present);
    if asked.list {
        let shown = waiting.iter().map(|pair| show(pair, &mentions, &reader)).collect::<String>();
        door::print(&shown)?;
        door::print(&terminal::waiting(waiting.len(), &reader))?;
        return Ok(door::DONE);
    }
    if !std::io::stdin().is_terminal() {
        bail!(
            "`link` asks at a terminal, and there is none\nhint: `--list` shows the pairs; `--decide same --pair ID ID` decides"
        );
    }
    one_by_one(&mut case, &waiting, &mentions, &reader)
}

pub(super) fn verdict(pairing: Pairing) -> Verdict {
    match pairing {
        Pairing::Same => Verdict::Same,
        Pairing::NotSame => Verdict::NotSame,
        Pairing::Unsure => Verdict::Unsure,
    }
}

fn by_id(present: &Present) -> HashMap<MentionId, &Mention> {
    present.mentions.iter().map(|one| (one.it.id, &one.it)).collect()
}

fn show(one: &Waiting, mentions: &HashMap<MentionId, &Mention>, reader: &Reader) -> String {
    let pair = &one.proposal;
    match (mentions.get(&pair.left), mentions.get(&pair.right)) {
        (Some(left), Some(right)) => {
            terminal::proposed_pair(pair, &one.worth, [left, right], reader)
        }
        _ => String::new(),
    }
}

/// `habeas link CASE --explain MENTION,MENTION`.
fn explained(case: &Case, pair: &str, asked: &deciding::Link, reader: &Reader) -> Result<u8> {
    let (left, right) = explain::two(pair)?;
    let pair: (MentionId, MentionId) = (left.parse()?, right.parse()?);
    let present = case.present(None)?;
    let told = habeas_person::explain(&present.mentions, &present.links, &[pair]).pop();
    let Some(told) = told.flatten() else {
        let id = &format!("{left},{right}");
        bail!(terminal::sentence("explain-no-row", &[("id", id)], reader.lang));
    };
    let mentions = by_id(&present);
    let rows = match (mentions.get(&pair.0.min(pair.1)), mentions.get(&pair.0.max(pair.1))) {
        (Some(left), Some(right)) => terminal::two_rows(left, right, reader),
        _ => Vec::new(),
    };
    explain::show(&told, &rows, (&asked.of_tables, asked.of_case.json), reader)
}

/// Shows each pair and asks; each answer is recorded before the next question.
fn one_by_one(
    case: &mut Case,
    waiting: &[Waiting],
    mentions: &HashMap<MentionId, &Mention>,
    reader: &Reader,
) -> Result<u8> {
    let mut writer = case.writer()?;
    for (nth, one) in waiting.iter().enumerate() {
        door::print(&show(one, mentions, reader))?;
        let choices = ["same", "not_same", "unsure", "next", "stop"]
            .map(|key| terminal::word(key, reader.lang));
        let prompt = format!("{}/{}", nth + 1, waiting.len());
        let chosen = Select::new().with_prompt(prompt).items(&choices).default(3).interact_opt()?;
        let verdict = match chosen {
            Some(0) => Verdict::Same,
            Some(1) => Verdict::NotSame,
            Some(2) => Verdict::Unsure,
            Some(3) => continue,
            _ => break,
        };
        let pair = &one.proposal;
        link::decide(case, &mut writer, (pair.left, pair.right), verdict, "")?;
    }
    Ok(door::DONE)
}
