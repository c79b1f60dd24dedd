//! `estimate`: how many no list names, of a case or of a capture table.

use crate::{
    arguments::{self, Arguments},
    door,
};
use anyhow::{Context as _, Result, anyhow, bail};
use habeas_count::{
    By,
    estimate::{During, Estimates, Method, Settings, anonymous, linked, strata, unknown},
};
use habeas_desk::ask;
use habeas_page::{Reader, json, terminal};
use jiff::civil::Date;
use serde_json::json as value;

/// `habeas estimate CASE` and `habeas estimate TABLE.csv`.
pub fn estimate(arguments: &Arguments, asked: &arguments::Estimate) -> Result<u8> {
    match asked.path.is_dir() {
        true => of_case(arguments, asked),
        false => of_table(arguments, asked),
    }
}

fn of_table(arguments: &Arguments, asked: &arguments::Estimate) -> Result<u8> {
    if asked.window.is_some() || asked.by.is_some() || asked.undecided {
        bail!(
            "`--window`, `--by` and `--undecided` ask a case, not a table\nhint: `habeas estimate CASE`"
        );
    }
    let reader = door::reader(arguments, None);
    let captured = ask::estimate::table(&asked.path, &merges(asked)?)?;
    let covariates = captured.covariates.as_ref();
    let all =
        ask::estimate::estimates(&captured.table, covariates, &methods(asked)?, &settings(asked));
    plots(&all, asked, &reader)?;
    match asked.asked.json {
        true => door::print_json(&json::estimates(&all, &reader))?,
        false => door::print(&terminal::estimates(&all, &reader))?,
    }
    Ok(door::DONE)
}

fn of_case(arguments: &Arguments, asked: &arguments::Estimate) -> Result<u8> {
    let case = door::look(arguments, &asked.path)?;
    let reader = door::reader(arguments, Some(&case));
    let scene = case.scene(&door::question(&asked.asked)?)?;
    let during = match &asked.window {
        Some(window) => self::window(window)?,
        None => During::Day(scene.asked().last_day()),
    };
    let by: Option<By> = asked.by.as_deref().map(str::parse).transpose()?;
    let merges = merges(asked)?;
    let (captures, open) = ask::estimate::captures(&case, &scene, during, &merges, by);
    let (settings, methods) = (settings(asked), methods(asked)?);
    let gate = captures.refusal(&open);
    let drawable = asked.undecided && !open.is_empty() && captures.refusal(&[]).is_none();
    let all = ask::estimate::of_captures(&captures, &open, &methods, &settings)?;
    plots(&all, asked, &reader)?;
    let mut told = json::estimates(&all, &reader);
    told["asked"] = value!({
        "during": during, "rule": scene.rule.name, "position": scene.present.position,
        "merged": case.settings.estimate.merge.iter().chain(&merges).collect::<Vec<_>>(),
        "not_used": captures.unused, "unreviewed": captures.unreviewed,
        "undecided_pairs": open.len(),
    });
    let mut text = terminal::estimates(&all, &reader);
    text.push_str(&terminal::estimate_of_case(&told["asked"], &reader));
    if gate.is_none() && by.is_some() {
        // Gate 9.
        let least = if asked.public { settings.least_public } else { 0 };
        let apart = captures.strata();
        let gate = unknown(&apart, &settings);
        let (told_apart, pooled) = anonymous(apart, least);
        let (strata, sums) = strata(&told_apart, gate.as_ref(), &settings.quick());
        text.push_str(&terminal::strata(&strata, &sums, &reader));
        told["by"] = json::strata(&strata, &sums, &reader);
        told["by"]["taken_as_one"] = value!(pooled);
    }
    if drawable {
        let draw = |number| captures.drawn(&open, settings.seed, number as u64);
        let tables: Vec<_> = (0..settings.linkages).map(draw).collect();
        let second = linked(&tables, &settings);
        text.push_str(&terminal::second_interval(&second, open.len(), &reader));
        told["over_undecided"] = json::linked(&second, open.len());
    }
    match asked.asked.json {
        true => door::print_json(&told)?,
        false => door::print(&text)?,
    }
    Ok(door::DONE)
}

fn plots(all: &Estimates, asked: &arguments::Estimate, reader: &Reader) -> Result<()> {
    let Some(folder) = &asked.svg else { return Ok(()) };
    for path in ask::estimate::write_plots(all, reader, folder)? {
        eprintln!("{}", terminal::wrote(&path, reader));
    }
    Ok(())
}

fn settings(asked: &arguments::Estimate) -> Settings {
    let mut settings = Settings::default().seeded(asked.seed);
    settings.replicates = asked.replicates;
    settings.run.classes = asked.classes as usize;
    settings
}

fn methods(asked: &arguments::Estimate) -> Result<Vec<Method>> {
    match asked.method[..] {
        [] => Ok(Method::ALL.to_vec()),
        _ => asked.method.iter().map(|word| Ok(word.parse()?)).collect(),
    }
}

fn merges(asked: &arguments::Estimate) -> Result<Vec<(String, String)>> {
    let pair = |text: &String| {
        let (a, b) = text.split_once('=').ok_or_else(|| {
            anyhow!("`--merge` takes two names of lists: `{text}`\nhint: --merge \"A=B\"")
        })?;
        Ok((a.trim().to_owned(), b.trim().to_owned()))
    };
    asked.merge.iter().map(pair).collect()
}

/// "2026-01-01..2026-02-15".
fn window(text: &str) -> Result<During> {
    let hint = "hint: two days, such as 2026-01-01..2026-02-15";
    let wrong = || format!("no window: `{text}`\n{hint}");
    let (from, to) = text.split_once("..").with_context(wrong)?;
    let (from, to): (Date, Date) =
        (from.parse().with_context(wrong)?, to.parse().with_context(wrong)?);
    if to < from {
        bail!("the window ends before it starts: `{text}`\n{hint}");
    }
    Ok(During::Window(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wrong: Option<&str>) {
        match (window(text), wrong) {
            (Ok(During::Window(..)), None) => {}
            (Err(e), Some(part)) => assert!(format!("{e:#}").contains(part), "{e:#}"),
            (found, _) => panic!("{text}: {found:?}"),
        }
    }

    #[test]
    fn a_window_has_two_days_in_order() {
        check("2026-01-01..2026-02-15", None);
        check("2026-01-01..2026-01-01", None);
        check("2026-02-15..2026-01-01", Some("ends before it starts"));
        check("2026-01-01", Some("no window"));
        check("2026-02-31..2026-03-01", Some("no window"));
    }
}
