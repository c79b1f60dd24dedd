//! The answers as JSON for programs: the same words as everywhere, nothing that is not public.

mod estimate;
mod linking;
mod person;

pub use estimate::{estimates, linked, strata};
pub use linking::linking;
pub use person::person;

use crate::{
    Figure, Lang, Reader, phrase,
    redact::{self, Private},
};
use habeas_count::{
    Board, Bulletin, Change, Dispute, Finding, Line, Link, PromiseLine, Revision, Series, Tally,
};
use habeas_model::Claim;
use habeas_person::search::Hit;
use serde::Serialize;
use serde_json::{Value, json};
use std::io;

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).expect("answers are plain values")
}

/// The board: each line bears its frame, its quantity, its names and its gap or the reason why
/// there is none, and the same in words of the language. It is written a line at a time: a board of
/// a hundred thousand lines is never held as one value.
pub fn board(board: &Board, lang: Lang, out: &mut impl io::Write) -> io::Result<()> {
    let reader = Reader::public(lang);
    let about = json!({
        "claims": board.claims, "unreviewed": board.unreviewed, "documents": board.documents,
        "persons": board.persons, "position": board.position, "true_at": board.true_at,
        "rule": board.rule,
    });
    writeln!(out, "{{")?;
    for (key, value) in about.as_object().into_iter().flatten() {
        writeln!(out, "\"{key}\": {value},")?;
    }
    rows(out, "lines", board.lines.iter().map(|line| self::line(line, &reader)))?;
    writeln!(out, ",")?;
    rows(out, "comparisons", board.comparisons.iter().map(value))?;
    writeln!(out, "\n}}")
}

/// One line of the board, as the public reads it.
#[must_use]
pub fn figure(line: &Line, lang: Lang) -> Value {
    self::line(line, &Reader::public(lang))
}

/// The rows behind a line: `claims` with their entries, and `persons` with their mentions, named
/// only where the public may name them.
#[must_use]
pub fn opened(figure: &Figure<'_>, lang: Lang) -> Value {
    let reader = Reader::public(lang);
    let claims = figure.written.iter().map(|(source, claim)| {
        let span = &claim.it.span;
        json!({
            "claim": source.claim, "entry": claim.position, "review": source.review,
            "document": source.blob, "part": span.part, "place": source.place,
            "quote": redact::quotable(&claim.it, &reader).then_some(&span.quote),
        })
    });
    let persons = figure.persons.iter().map(|person| {
        let name = match redact::person(person, &reader) {
            redact::Shown::Name(name) => Some(name.reveal().to_owned()),
            redact::Shown::Withheld(_) => None,
        };
        let mentions = person.mentions.iter().map(|held| held.mention.id);
        json!({ "person": person.id, "name": name, "mentions": mentions.collect::<Vec<_>>() })
    });
    let board = figure.board;
    json!({
        "rule": board.rule.name, "true_at": board.true_at, "position": board.position,
        "line": line(figure.line, &reader),
        "claims": claims.collect::<Vec<_>>(), "persons": persons.collect::<Vec<_>>(),
    })
}

/// A list under a key, one value a row.
fn rows(
    out: &mut impl io::Write,
    key: &str,
    values: impl Iterator<Item = Value>,
) -> io::Result<()> {
    write!(out, "\"{key}\": [")?;
    for (nth, value) in values.enumerate() {
        write!(out, "{}\n{value}", if nth == 0 { "" } else { "," })?;
    }
    write!(out, "]")
}

fn line(line: &Line, reader: &Reader) -> Value {
    let lang = reader.lang;
    let mut all = value(line);
    redact_chain(&mut all, &line.body, &line.speaker_chain, reader);
    let fields = all.as_object_mut().expect("a line has fields");
    fields.remove("note"); // A remark may hold a name (invariant 10).
    fields.entry("named").or_insert(Value::Null);
    if line.gap.is_none() && line.incomparable.is_empty() {
        fields.insert("incomparable".to_owned(), json!(["not_said"]));
    }
    let words = json!({
        "quantity": line.quantity.as_ref().map(|said| phrase::quantity(said, lang)),
        "metric": phrase::metric(line.metric, line.unit, lang),
        "population": phrase::population(&line.population, lang),
        "window": phrase::window(
            line.scope, line.window.from.as_ref(), line.window.to.as_ref(), line.as_of.as_ref(), lang,
        ),
        "speaker_chain": phrase::chain(&line.speaker_chain, reader),
        "standing": phrase::standing(line, lang),
    });
    fields.insert("words".to_owned(), words);
    all
}

/// Private persons among the speakers are told by what they are.
fn redact_chain(all: &mut Value, body: &str, chain: &[Link], reader: &Reader) {
    for (at, link) in chain.iter().enumerate() {
        let Link::Speaker(speaker) = link else { continue };
        if redact::is_private(speaker) {
            let shown = &mut all["speaker_chain"][at];
            *shown = json!({ "name": redact::speaker(speaker, reader), "role": speaker.role });
        }
    }
    all["body"] = json!(redact::body(body, speakers(chain), reader));
}

/// The speakers of a chain, without the outlet.
pub(crate) fn speakers(chain: &[Link]) -> impl Iterator<Item = &habeas_model::Speaker> + Clone {
    chain.iter().filter_map(|link| match link {
        Link::Speaker(speaker) => Some(speaker),
        Link::Outlet(_) => None,
    })
}

/// The audit: `findings`, and how many of them hold.
#[must_use]
pub fn audit(findings: &[Finding]) -> Value {
    let holds = findings.iter().filter(|finding| finding.holds).count();
    json!({ "hold": holds, "fail": findings.len() - holds, "findings": findings })
}

/// The promises.
#[must_use]
pub fn promises(promises: &[PromiseLine]) -> Value {
    let reader = Reader::public(Lang::En);
    let one = |promise: &PromiseLine| {
        let mut all = value(promise);
        redact_chain(&mut all, &promise.body, &promise.speaker_chain, &reader);
        all
    };
    json!({ "promises": promises.iter().map(one).collect::<Vec<_>>() })
}

/// Persons found for a typed name, by their identifiers: which words agree and how is told, no
/// word of a name is.
#[must_use]
pub fn found(hits: &[Hit]) -> Value {
    let one = |hit: &Hit| {
        let matched: Vec<_> = hit.matched.iter().map(|one| one.how).collect();
        json!({
            "person": hit.person, "weight": hit.weight, "matched": matched,
            "unanswered": hit.unanswered,
        })
    };
    json!({ "found": hits.iter().map(one).collect::<Vec<_>>() })
}

/// The disputes: private persons among the bodies are told by what they are.
#[must_use]
pub fn disputes(disputes: &[Dispute], private: &Private) -> Value {
    let one = |dispute: &Dispute| {
        let mut all = value(dispute);
        all["body"] = json!(private.body(&dispute.body));
        all["against"] = json!(dispute.against.as_ref().map(|body| private.body(body)));
        all["candidates"] = json!(dispute.candidates());
        all
    };
    json!({ "disputes": disputes.iter().map(one).collect::<Vec<_>>() })
}

/// The bulletin of a week, with `figures`: each by its name, with the rows behind it.
#[must_use]
pub fn bulletin(told: &Bulletin, lang: Lang) -> Value {
    let reader = Reader::public(lang);
    let private = Private::of(&told.board, &reader);
    let lines: Vec<Value> = told.board.lines.iter().map(|line| self::line(line, &reader)).collect();
    let finding = |finding: &Finding| {
        let mut all = value(finding);
        all["body"] = json!(private.body(&finding.body));
        all
    };
    json!({
        "week": told.week, "first": told.week.first(), "until": told.until,
        "rule": told.board.rule, "position": told.board.position,
        "change": told.change, "course": told.course, "tallies": told.tallies,
        "lines": lines, "comparisons": told.board.comparisons,
        "findings": told.findings.iter().map(finding).collect::<Vec<_>>(),
        "promises": promises(&told.promises)["promises"],
        "disputes": disputes(&told.disputes, &private)["disputes"],
        "figures": told.figures(),
    })
}

/// The series: the axis, the first day, then `total` and `rows` with a figure a day.
#[must_use]
pub fn series(series: &Series) -> Value {
    value(series)
}

/// The tally: `persons`, `held` and `released` in all, then `rows`.
#[must_use]
pub fn tally(tally: &Tally) -> Value {
    let mut all = value(tally);
    let fields = all.as_object_mut().expect("a tally has fields");
    fields.insert("persons".to_owned(), json!(tally.total.persons.count));
    fields.insert("held".to_owned(), json!(tally.total.held.count));
    fields.insert("released".to_owned(), json!(tally.total.released.count));
    all
}

/// The change, part by part.
#[must_use]
pub fn change(change: &Change) -> Value {
    value(change)
}

/// What became of each claim from one version of a document to the next: which, and what differs.
#[must_use]
pub fn revisions(of: &[Revision<'_>]) -> Value {
    let id = |claim: Option<&Claim>| claim.map(|claim| claim.id.to_string());
    let quantity = |claim: Option<&Claim>| claim.map(|claim| value(&claim.quantity));
    let one = |one: &Revision<'_>| {
        json!({
            "became": one.became(), "differs": one.differs,
            "before": id(one.before), "after": id(one.after),
            "quantity_before": quantity(one.before), "quantity_after": quantity(one.after),
        })
    };
    of.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use habeas_model::{Role, Speaker};

    fn written(of: &Board, lang: Lang) -> Value {
        let mut out = Vec::new();
        board(of, lang, &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn a_line_bears_its_frame() {
        let mut said = sample::line(1, "Vigilia", 1687, "2026-01-20");
        said.note = Some("told by Ada Luna".to_owned());
        let all = written(&sample::board(vec![said]), Lang::Es);
        let line = &all["lines"][0];
        for key in [
            "metric",
            "unit",
            "population",
            "window",
            "as_of",
            "quantity",
            "speaker_chain",
            "named",
        ] {
            assert!(line.get(key).is_some(), "{key}");
        }
        assert_eq!(line["words"]["quantity"], "1.687");
        assert_eq!(line["incomparable"], json!(["population"]));
        assert!(!all.to_string().contains("Ada Luna"));
    }

    #[test]
    fn a_relative_is_not_named() {
        let mut said = sample::line(1, "Ada Luna", 3, "2026-01-20");
        let relative = Speaker { role: Some(Role::Relative), ..Speaker::named("Ada Luna") };
        said.speaker_chain[1] = Link::Speaker(relative);
        let all = written(&sample::board(vec![said]), Lang::En).to_string();
        assert!(!all.contains("Ada Luna") && all.contains("a relative"), "{all}");
    }
}
