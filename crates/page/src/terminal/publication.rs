//! What the public would be told, in short, and what must be answered before it is.

use crate::{
    Reader, harmless, phrase,
    publication::{Publication, Told},
    word, words,
    words::counted,
};

/// The figures, what is left out, and the questions.
#[must_use]
pub fn publication(of: &Publication, reader: &Reader) -> String {
    let lang = reader.lang;
    let n = |n: usize| phrase::number(n as u64, lang);
    let day = phrase::day(of.day, lang);
    let rule = phrase::rule_title(&of.board.rule, lang);
    let mut lines = vec![
        harmless(&of.title).into_owned(),
        words(lang, "publication-of", &[("day", &day)]),
        words(lang, "rule-is", &[("title", &rule)]),
        format!("{}: {}", word(lang, "figure-lines"), n(of.board.lines.len())),
        format!("{}: {}", word(lang, "told-named"), n(of.named.len())),
    ];
    let figures =
        [("told-held", of.held), ("told-released", of.released), ("told-persons", of.persons)];
    let figure = |(key, told): (&str, Told)| {
        let (said, note) = crate::html::publication::shown(told, lang);
        let note = note.map(|note| format!(" ({note})")).unwrap_or_default();
        format!("{}: {said}{note}", word(lang, key))
    };
    lines.extend(figures.map(figure));
    let least = phrase::number(of.least.into(), lang);
    lines.push(words(lang, "told-small", &[("least", &least)]));
    let out = [
        ("told-unreviewed", of.left_out.unreviewed),
        ("told-closed", of.left_out.closed),
        ("told-naming", of.left_out.naming),
    ];
    let out: Vec<_> = out.into_iter().filter(|(_, n)| *n > 0).collect();
    if !out.is_empty() {
        lines.push(format!("{}:", word(lang, "told-left-out")));
    }
    lines.extend(out.iter().map(|(key, n)| format!("  {}", counted(lang, key, *n as usize, &[]))));
    lines.push(word(lang, "publish-questions"));
    for question in QUESTIONS {
        lines.push(format!("  --{question}: {}", word(lang, &format!("ask-{question}"))));
    }
    lines.join("\n") + "\n"
}

/// The questions of the harm checklist, by the key of their words.
pub(crate) const QUESTIONS: [&str; 4] = ["consent", "minors", "sources", "families"];
