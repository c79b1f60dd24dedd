//! One thing told at a time: received, read, written, verified, waiting, and what is wrong in the
//! material.

use super::sheet::{heading, wrap};
use crate::{
    Lang, Reader,
    phrase::{number, problem, problem_hint},
    words::{self, counted},
};
use habeas_model::{Problem, Read, Received, Review};
use std::path::Path;

/// So many kinds of problem, and so many places of each, are told; the rest is counted.
const KINDS: usize = 12;
const PLACES: usize = 5;

/// The word under `key`.
#[must_use]
pub fn word(key: &str, lang: Lang) -> String {
    words::word(lang, key)
}

/// The sentence under `key` with these words in it.
#[must_use]
pub fn sentence(key: &str, args: &[(&'static str, &str)], lang: Lang) -> String {
    words::words(lang, key, args)
}

/// How many proposals wait.
#[must_use]
pub fn waiting(n: usize, reader: &Reader) -> String {
    format!("{}\n", counted(reader.lang, "waiting", n, &[]))
}

/// How many proposals were decided.
#[must_use]
pub fn decided(n: usize, review: Review, reader: &Reader) -> String {
    let review = words::word(reader.lang, &format!("review-{review}"));
    format!("{}\n", counted(reader.lang, "decided", n, &[("review", &review)]))
}

/// A case was made; the next step.
#[must_use]
pub fn made(folder: &Path, lang: Lang) -> String {
    let (path, inbox) = (folder.display().to_string(), folder.join("inbox").display().to_string());
    let made = words::words(lang, "made-case", &[("path", &path)]);
    format!("{made}\n{}\n", words::words(lang, "made-next", &[("path", &path), ("inbox", &inbox)]))
}

/// The tables of a server are up to date, after so many migrations.
#[must_use]
pub fn migrated(applied: usize, lang: Lang) -> String {
    format!("{}\n", words::counted(lang, "migrated", applied, &[]))
}

/// A file was received.
#[must_use]
pub fn received(file: &Received, reader: &Reader) -> String {
    let bytes = number(file.bytes, reader.lang);
    let args = [("name", file.name.as_str()), ("format", &file.format), ("bytes", &bytes)];
    words::words(reader.lang, "received-file", &args)
}

/// A file had been received before.
#[must_use]
pub fn known(name: &str, first: &str, reader: &Reader) -> String {
    words::words(reader.lang, "known-file", &[("name", name), ("first", first)])
}

/// A file had been received before, and the entry `undo` withdrew it.
#[must_use]
pub fn withdrawn(name: &str, undo: u64, reader: &Reader) -> String {
    words::words(reader.lang, "withdrawn-file", &[("name", name), ("n", &undo.to_string())])
}

/// A file was not received.
#[must_use]
pub fn refused(place: &str, why: &str, reader: &Reader) -> String {
    words::words(reader.lang, "refused-file", &[("place", place), ("why", why)])
}

/// A file was not read.
#[must_use]
pub fn not_read(place: &str, why: &str, reader: &Reader) -> String {
    words::words(reader.lang, "refused-read", &[("place", place), ("why", why)])
}

/// A document was read.
#[must_use]
pub fn was_read(file: &Received, read: &Read, reader: &Reader) -> String {
    let n = |n: u64| number(n, reader.lang);
    let (claims, mentions) = (n(read.claims.into()), n(read.mentions.into()));
    let problems = n(read.problems.len() as u64);
    let args = [
        ("name", file.name.as_str()),
        ("claims", &claims),
        ("mentions", &mentions),
        ("problems", &problems),
    ];
    words::words(reader.lang, "was-read", &args)
}

/// What the rules of the case decided.
#[must_use]
pub fn ruled(accepted: usize, joined: usize, reader: &Reader) -> String {
    let n = |n: usize| number(n as u64, reader.lang);
    words::words(reader.lang, "ruled", &[("accepted", &n(accepted)), ("joined", &n(joined))])
}

/// A file was written.
#[must_use]
pub fn wrote(path: &Path, reader: &Reader) -> String {
    words::words(reader.lang, "wrote", &[("path", &path.display().to_string())])
}

/// What a check of the ledger found.
#[must_use]
pub fn verified(
    entries: u64,
    blobs: u64,
    head: &str,
    faults: &[String],
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    if faults.is_empty() {
        let (entries, blobs) = (number(entries, lang), number(blobs, lang));
        let whole =
            words::words(lang, "verified-whole", &[("entries", &entries), ("blobs", &blobs)]);
        let head = words::words(lang, "verified-head", &[("head", head)]);
        return format!("✓ {whole}\n  {head}\n");
    }
    let mut out = format!("✗ {}\n", counted(lang, "verified-fault", faults.len(), &[]));
    for fault in faults {
        out.push_str(&format!("  {fault}\n"));
    }
    format!("{out}{}\n", words::word(lang, "verified-next"))
}

/// The problems, by kind, each with its places and the next step; nothing if there are none.
#[must_use]
pub fn problems(problems: &[Problem], reader: &Reader) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let lang = reader.lang;
    let title = counted(lang, "problems-sum", problems.len(), &[]);
    let mut out = heading(&title, reader);
    let groups = by_code(problems);
    for (code, group) in groups.iter().take(KINDS) {
        let n = number(group.len() as u64, lang);
        let said = format!("! {} ({n})", problem::title(code, lang));
        out.push_str(&wrap(&said, reader.width, "  "));
        for one in group.iter().take(PLACES) {
            let value =
                if one.value.is_empty() { String::new() } else { format!(": `{}`", one.value) };
            out.push_str(&wrap(&format!("    {}{value}", one.place), reader.width, "      "));
        }
        out.push_str(&more(group.len(), PLACES, "    ", lang));
        let hint = problem_hint(code, lang).map(|hint| format!("    hint: {hint}"));
        out.push_str(&hint.map_or(String::new(), |hint| wrap(&hint, reader.width, "      ")));
    }
    let rest: usize = groups.iter().skip(KINDS).map(|(_, group)| group.len()).sum();
    out.push_str(&more(rest, 0, "", lang));
    out
}

fn more(all: usize, told: usize, indent: &str, lang: Lang) -> String {
    match all.checked_sub(told).filter(|more| *more > 0) {
        Some(more) => {
            let n = number(more as u64, lang);
            format!("{indent}{}\n", words::words(lang, "problems-more", &[("n", &n)]))
        }
        None => String::new(),
    }
}

/// Problems by kind, in the order in which the kinds first occur.
pub(crate) fn by_code(problems: &[Problem]) -> Vec<(&str, Vec<&Problem>)> {
    let mut groups: Vec<(&str, Vec<&Problem>)> = Vec::new();
    for one in problems {
        match groups.iter_mut().find(|(code, _)| *code == one.code) {
            Some((_, group)) => group.push(one),
            None => groups.push((&one.code, vec![one])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_bounded_and_name_the_place() {
        let reader = Reader::public(Lang::En);
        assert_eq!(problems(&[], &reader), "");
        let row =
            |n: usize| Problem::new("row-ragged", format!("list.csv: row {n}"), n.to_string());
        let told = problems(&(1..=20).map(row).collect::<Vec<_>>(), &reader);
        for part in [
            "20 problems",
            "list.csv: row 1: `1`",
            "and 15 more places",
            "hint: Look for a separator",
        ] {
            assert!(told.contains(part), "`{part}` is not in\n{told}");
        }
        assert!(!told.contains("row 6"));
    }

    #[test]
    fn a_fault_is_not_told_as_a_success() {
        let reader = Reader::public(Lang::Es);
        assert!(
            verified(1200, 4, "abc", &[], &reader).starts_with("✓ 1.200 entradas y 4 documentos")
        );
        let told = verified(1200, 4, "abc", &["entry 7: hash differs".to_owned()], &reader);
        assert!(
            told.starts_with("✗ 1 fallo") && told.contains("entry 7") && told.contains("hint:")
        );
    }

    #[test]
    fn numbers_bend_the_sentence() {
        let reader = Reader::public(Lang::En);
        assert_eq!(waiting(0, &reader), "Nothing is waiting for a decision.\n");
        assert_eq!(waiting(1, &reader), "1 proposal is waiting for a decision.\n");
        assert_eq!(decided(3, Review::Accepted, &reader), "3 proposals: accepted\n");
    }
}
