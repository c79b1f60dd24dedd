//! `read`: documents become proposed claims; of a case into its ledger, of loose files onto the
//! screen.

use super::reach::tell_sending;
use crate::{arguments::Arguments, door};
use anyhow::Result;
use habeas_claim::{Context, ListSettings, wire};
use habeas_desk::{reach::second, write::read};
use habeas_document::{Asked, Body, Document};
use habeas_model::{Disclosure, When};
use habeas_page::{Reader, terminal};
use jiff::civil::Date;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// `habeas read FILE... [--json] [--published DAY]`, or `habeas read CASE`.
pub fn read(
    arguments: &Arguments,
    files: &[PathBuf],
    json: bool,
    published: Option<Date>,
) -> Result<u8> {
    let reader = door::reader(arguments, None);
    let mut code = door::DONE;
    for path in files {
        let done = if path.join("case.toml").is_file() {
            read_case(arguments, path)
        } else {
            read_file(arguments, path, json, published, &reader)
        };
        if let Err(e) = done {
            door::tell(&terminal::not_read(
                &path.display().to_string(),
                &format!("{e:#}"),
                &reader,
            ));
            code = door::REFUSED;
        }
    }
    Ok(code)
}

/// Reads what is unread in a case, into its ledger.
fn read_case(arguments: &Arguments, folder: &Path) -> Result<()> {
    let mut case = door::open(arguments, folder)?;
    let reader = door::reader(arguments, Some(&case));
    let mut writer = case.writer()?;
    let unread = read::unread(&case)?;
    tell_sending(second::sending(&case, &unread).as_ref(), &reader);
    read::read(&mut case, &mut writer, unread, |received, read| {
        door::tell(&terminal::was_read(received, read, &reader));
        let problems = terminal::problems(&read.problems, &reader);
        if !problems.is_empty() {
            door::tell(problems.trim_end());
        }
    })?;
    Ok(())
}

/// Reads a loose file; nothing is kept.
fn read_file(
    arguments: &Arguments,
    path: &Path,
    json: bool,
    published: Option<Date>,
    reader: &Reader,
) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let asked = Asked { name, pdf: habeas_desk::pdf::reader(), ..Asked::default() };
    let length = fs::metadata(path).map_err(|e| missing(path, &e))?.len();
    habeas_document::check_size(&asked.name, length, &asked.limits)?;
    let bytes = fs::read(path).map_err(|e| missing(path, &e))?;
    for document in habeas_document::open(&bytes, &asked)? {
        let found = document.published.as_ref().and_then(|dated| dated.when.last());
        let context = context(arguments, &document, published.or(found));
        let reading = habeas_claim::read(&document, &context);
        if json {
            let id = if document.part.is_empty() { stem(path) } else { document.part.clone() };
            let text = match &document.body {
                Body::Text(text) => Some(text.content.as_str()),
                Body::Table(_) => None,
            };
            let line = wire::reading(&id, &document.blob, context.published, &reading, text);
            door::print(&format!("{line}\n"))?;
        } else {
            door::print(&terminal::reading(&reading.claims, &reading.problems, reader))?;
        }
    }
    Ok(())
}

fn context(arguments: &Arguments, document: &Document, published: Option<Date>) -> Context {
    Context {
        published,
        outlet: document.outlet.clone(),
        url: document.url.clone(),
        lang: arguments.lang.clone().or_else(|| document.lang.clone()),
        country: None,
        list: ListSettings { as_of: published.map(When::day), ..ListSettings::default() },
        disclosure: Disclosure::Restricted,
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn missing(path: &Path, why: &std::io::Error) -> anyhow::Error {
    anyhow::anyhow!(
        "cannot read `{}`: {why}\nhint: see that it exists and may be read",
        path.display()
    )
}
