//! `custody`: what happened to one document, and what is done with it now.

use crate::verb::prove::told_on;
use crate::{
    arguments::{Arguments, Custody as Asked},
    door,
};
use anyhow::Result;
use habeas_desk::{
    ask::evidence::custody::{self, Custody, Handled, StampSaid},
    write::handle,
};
use habeas_model::Act;
use habeas_page::{Lang, terminal};

/// `habeas custody CASE DOCUMENT`.
pub fn custody(arguments: &Arguments, asked: &Asked) -> Result<u8> {
    let doing = asked.give.is_some() || asked.take.is_some() || asked.copy_to.is_some();
    if doing {
        act(arguments, asked)?;
    }
    let case = door::look(arguments, &asked.case)?;
    let reader = door::reader(arguments, Some(&case));
    let report = custody::custody(&case, &asked.document)?;
    match asked.json {
        true => door::print_json(&serde_json::to_value(&report)?)?,
        false => door::print(&told(&report, reader.lang))?,
    }
    Ok(if report.whole { door::DONE } else { door::FAULT })
}

fn act(arguments: &Arguments, asked: &Asked) -> Result<()> {
    let mut case = door::open(arguments, &asked.case)?;
    let mut writer = case.writer()?;
    let (document, reason) = (&asked.document, &asked.reason);
    if let Some(to) = &asked.copy_to {
        handle::copy_out(&mut case, &mut writer, document, to, reason)?;
        return Ok(());
    }
    let (act, with) = match (&asked.give, &asked.take) {
        (Some(whom), _) => (Act::Given, whom),
        (None, Some(whom)) => (Act::Taken, whom),
        (None, None) => return Ok(()),
    };
    handle::handle(&mut case, &mut writer, document, act, with, reason)?;
    Ok(())
}

/// The report, a line for each thing that happened.
fn told(report: &Custody, lang: Lang) -> String {
    let said = |key: &str, args: &[(&'static str, &str)]| terminal::sentence(key, args, lang);
    let it = &report.received;
    let (bytes, position) = (it.bytes.to_string(), report.position.to_string());
    let mut lines = vec![
        said("custody-title", &[("name", &it.name)]),
        said("custody-digest", &[("digest", &it.blob.to_string()), ("bytes", &bytes)]),
        terminal::word(if report.whole { "custody-whole" } else { "custody-broken" }, lang),
    ];
    lines.extend(capture(report, lang));
    let when = report.recorded.to_string();
    let args = [("when", when.as_str()), ("author", &report.author), ("position", &position)];
    lines.push(said("custody-received", &args));
    if let Some(before) = &it.replaces {
        lines.push(said("custody-replaces", &[("digest", &before.short())]));
    }
    for after in &report.replaced_by {
        lines.push(said("custody-replaced", &[("digest", &after.short())]));
    }
    match &report.checkpoint {
        None => lines.push(terminal::word("custody-uncovered", lang)),
        Some((size, when)) => {
            let args = [("size", size.to_string()), ("when", when.to_string())];
            let args = args.each_ref().map(|(key, word)| (*key, word.as_str()));
            lines.push(said("custody-checkpoint", &args));
        }
    }
    lines.extend(report.stamps.iter().map(|stamp| stamp_line(stamp, lang)));
    lines.extend(report.handled.iter().map(|handled| handled_line(handled, lang)));
    lines.join("\n") + "\n"
}

/// The capture record, as far as there is one.
fn capture(report: &Custody, lang: Lang) -> Vec<String> {
    let it = &report.received.capture;
    let mut lines = Vec::new();
    let mut line = |key: &str, word: Option<String>| {
        lines.extend(word.map(|word| terminal::sentence(key, &[("word", &word)], lang)));
    };
    line("custody-url", it.url.clone());
    line("custody-outlet", it.outlet.clone());
    let times = (it.began, it.ended);
    line(
        "custody-captured",
        match times {
            (Some(began), Some(ended)) => Some(format!("{began} – {ended}")),
            (began, ended) => began.or(ended).map(|time| time.to_string()),
        },
    );
    line("custody-tool", Some(it.tool.clone()).filter(|tool| !tool.is_empty()));
    line("custody-operator", it.operator.clone());
    it.redirects.iter().for_each(|address| line("custody-redirect", Some(address.clone())));
    it.headers.iter().for_each(|(name, value)| {
        line("custody-header", Some(format!("{name}: {value}")));
    });
    lines
}

fn stamp_line(stamp: &StampSaid, lang: Lang) -> String {
    let on = told_on(stamp.on, lang);
    let (key, word) = match (&stamp.time, &stamp.fault) {
        (Some(time), _) => ("custody-stamp", time.to_string()),
        (None, fault) => ("custody-stamp-bad", fault.clone().unwrap_or_default()),
    };
    let args = [("authority", stamp.authority.as_str()), ("on", &on), ("word", &word)];
    terminal::sentence(key, &args, lang)
}

fn handled_line(handled: &Handled, lang: Lang) -> String {
    let key = match handled.act {
        None => "custody-read",
        Some(Act::Opened) => "custody-opened",
        Some(Act::Given) => "custody-given",
        Some(Act::Taken) => "custody-taken",
    };
    let (when, position) = (handled.recorded.to_string(), handled.position.to_string());
    let args = [
        ("when", when.as_str()),
        ("author", &handled.author),
        ("with", &handled.with),
        ("position", &position),
    ];
    let mut line = terminal::sentence(key, &args, lang);
    if !handled.reason.is_empty() {
        line.push_str(&format!(": {}", handled.reason));
    }
    line
}
