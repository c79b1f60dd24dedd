//! A problem in the material, said so that somebody can do something about it.

use crate::{Lang, known, word};
use habeas_model::Problem;

/// What is wrong, and the value; the code itself where it has no sentence.
#[must_use]
pub fn problem(problem: &Problem, lang: Lang) -> String {
    let said = title(&problem.code, lang);
    match problem.value.is_empty() {
        true => said,
        false => format!("{said}: `{}`", problem.value),
    }
}

/// What is wrong, for all problems of a code.
pub(crate) fn title(code: &str, lang: Lang) -> String {
    let key = format!("problem-{code}");
    if known(&key) { word(lang, &key) } else { code.to_owned() }
}

/// The next step, where there is one.
#[must_use]
pub fn problem_hint(code: &str, lang: Lang) -> Option<String> {
    let key = format!("problem-{code}-hint");
    known(&key).then(|| word(lang, &key))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODES: [&str; 45] = [
        "part-larger",
        "parts-do-not-add-up",
        "total-falls",
        "number-unread",
        "headings-missing",
        "heading-twice",
        "column-unknown",
        "row-ragged",
        "row-no-name",
        "id-shared",
        "row-repeated",
        "date-impossible",
        "date-ambiguous",
        "date-year-odd",
        "row-unread",
        "encoding-guessed",
        "encoding-damaged",
        "sheet-empty",
        "cell-error",
        "file-skipped",
        "document-failed",
        "bad-utf8",
        "json-line-unread",
        "published-unknown",
        "too-many-cells",
        "front-matter-unread",
        "column-field-unknown",
        "column-missing",
        "nationality-unread",
        "sheet-missing",
        "parts-skipped",
        "part-unread",
        "part-missing",
        "digest-differs",
        "archive-broken",
        "record-length-missing",
        "record-length-false",
        "record-short",
        "record-too-large",
        "xml-broken",
        "feed-empty",
        "pdf-scan",
        "pdf-page-unread",
        "marks-hidden",
        "letters-mangled",
    ];

    #[test]
    fn every_problem_has_a_sentence_and_a_next_step() {
        for code in CODES {
            for lang in Lang::ALL {
                assert_ne!(title(code, lang), code);
                assert!(problem_hint(code, lang).is_some_and(|hint| hint.ends_with('.')), "{code}");
            }
        }
    }

    #[test]
    fn an_unknown_code_is_shown_as_it_is() {
        let unknown = Problem::new("moon-in-cell", "row 4", "9");
        assert_eq!(problem(&unknown, Lang::En), "moon-in-cell: `9`");
        assert_eq!(problem_hint("moon-in-cell", Lang::Es), None);
        let dated = Problem::new("date-impossible", "row 4", "31/02/2026");
        assert_eq!(problem(&dated, Lang::Es), "Ningún calendario tiene esta fecha: `31/02/2026`");
    }
}
