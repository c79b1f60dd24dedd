//! Where sentences and clauses end: "Sr. Saab" and "EE. UU." do not end one.

use habeas_document::{Text, ZoneKind};
use regex::Regex;
use std::{ops::Range, sync::LazyLock};

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// It is the first of its paragraph.
    pub new_paragraph: bool,
}

const ABBREVIATIONS: [&str; 34] = [
    "sr", "sra", "srta", "dr", "dra", "lic", "ing", "gral", "cnel", "tte", "prof", "mr", "mrs",
    "ms", "st", "gen", "col", "lt", "sgt", "gov", "sen", "rep", "no", "núm", "art", "ee", "uu",
    "jan", "feb", "aug", "sept", "oct", "nov", "dec",
];

/// The sentences of a text, in order. Titles and related links are not read: a number in a headline
/// stands in the body.
#[must_use]
pub fn sentences(text: &Text) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut new_paragraph = true;
    for line in text.content.split_inclusive('\n') {
        let end = start + line.len();
        let silent = |kind: ZoneKind| matches!(kind, ZoneKind::Title | ZoneKind::Related);
        let skipped = text.zones.iter().any(|zone| {
            silent(zone.kind) && zone.range.start <= start && end <= zone.range.end + 1
        });
        if line.trim().is_empty() || skipped {
            new_paragraph = true;
        } else {
            let cut = dateline(line);
            for range in split(&line[cut..]) {
                let range = start + cut + range.start..start + cut + range.end;
                sentences.push(Sentence { range, new_paragraph });
                new_paragraph = false;
            }
            new_paragraph = true;
        }
        start = end;
    }
    sentences
}

/// Bytes of the dateline that a line begins with: place and date, up to a dash or an agency. It is
/// no speaker.
fn dateline(line: &str) -> usize {
    static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\p{Lu}[^;:]{0,50}?(?:20\d\d|\d de \p{L}+)(?:\s?\([A-Z/ ]+\))?(?:\.\s?[-–—]+|\s[-–—]{1,2}\s|\([A-Z/ ]+\)\s?[-–—.]*)\s*")
            .expect("a pattern of ours")
    });
    DATELINE.find(line).map_or(0, |found| found.end())
}

/// The sentences of one line.
fn split(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in line.char_indices().filter(|(_, mark)| matches!(mark, '.' | '!' | '?')) {
        let end = at + mark.len_utf8();
        let rest = line[end..].trim_start_matches(['"', '”', '’', '»', ')']);
        let follows = rest.trim_start().chars().next();
        let gap = rest.starts_with(char::is_whitespace);
        let opens = follows.is_some_and(|next| {
            next.is_uppercase() || next.is_numeric() || "¿¡\"“«—-".contains(next)
        });
        if gap && opens && !(mark == '.' && is_abbreviation(&line[start..at])) {
            found.push(trim(line, start..end + line[end..].len() - rest.len()));
            start = end + line[end..].len() - rest.len();
        }
    }
    found.push(trim(line, start..line.len()));
    found.retain(|range| !range.is_empty());
    found
}

fn trim(line: &str, range: Range<usize>) -> Range<usize> {
    let words = &line[range.clone()];
    let start = range.start + words.len() - words.trim_start().len();
    start..start.max(range.start + words.trim_end().len())
}

fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    (bare.chars().count() == 1 && bare.chars().all(char::is_uppercase))
        || word.contains('.')
        || ABBREVIATIONS.contains(&bare.to_lowercase().as_str())
}

/// The clause around a stretch of a sentence: cut at semicolons, colons, dashes, and contrasts.
#[must_use]
pub fn clause(words: &str, around: Range<usize>) -> Range<usize> {
    const CUTS: [&str; 9] =
        ["; ", ": ", " — ", " – ", ", but ", " while ", " pero ", " mientras ", ", según "];
    let before = &words[..around.start];
    let after = &words[around.end..];
    let start =
        CUTS.iter().filter_map(|cut| before.rfind(cut).map(|at| at + cut.len())).max().unwrap_or(0);
    let end = CUTS
        .iter()
        .filter_map(|cut| after.find(cut))
        .min()
        .map_or(words.len(), |at| around.end + at);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let text = Text::plain(text);
        let found: Vec<&str> =
            sentences(&text).into_iter().map(|one| &text.content[one.range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_where_they_end() {
        check("El Sr. Saab habló. Nadie más.", &["El Sr. Saab habló.", "Nadie más."]);
        check(
            "Viven en EE. UU. desde 2019. Son 1.687 personas.",
            &["Viven en EE. UU. desde 2019.", "Son 1.687 personas."],
        );
        check(
            "\"They are free.\" The group said so!",
            &["\"They are free.\"", "The group said so!"],
        );
        check("Puerto Alba, 31 de enero de 2026.- OLSA habló.", &["OLSA habló."]);
        check("CARACAS, Jan. 13, 2026 (AP) - They left.", &["They left."]);
        check("- Torre: 14\n- Cerro: 4\n", &["- Torre: 14", "- Cerro: 4"]);
    }
}
