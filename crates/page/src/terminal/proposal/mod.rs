//! What waits for a decision: a claim in its own words, a row of a list, two rows that may be one
//! person.

mod versions;

pub use versions::{revised, revised_in_short};

use super::{
    message::problems,
    sheet::{Sheet, Shown, wrap},
};
use crate::{Lang, Reader, See, phrase, redact, word, words, words::counted};
use habeas_count::{Link, worth::Worth};
use habeas_model::{Claim, Frame, Mention, Place, Problem, Span};
use habeas_person::{Agreement, Proposal};

/// A claim that waits: what was read, and the words it was read from.
#[must_use]
pub fn proposed_claim(claim: &Claim, document: &str, reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = format!("{}  {document}, {}\n", claim.id, place(&claim.span.place));
    let mut field = |key: &str, said: String| {
        if !said.is_empty() {
            out.push_str(&wrap(&format!("  {}: {said}", word(lang, key)), reader.width, "    "));
        }
    };
    field("col-claim", claimed(claim, lang));
    field("col-frame", framed(claim, lang));
    field("col-says", chain(claim, reader));
    field("field-modality", word(lang, &format!("modality-{}", claim.modality)));
    if redact::quotable(claim, reader) {
        field(
            "field-name",
            claim.person.as_ref().map_or(String::new(), |name| name.reveal().to_owned()),
        );
        field("field-quote", quoted(&claim.span));
    }
    out.push('\n');
    out
}

/// What is claimed, and of which kind.
pub(crate) fn claimed(claim: &Claim, lang: Lang) -> String {
    let kind = word(lang, &format!("kind-{}", claim.kind));
    let quantity = claim.quantity.as_ref().map(|said| format!("{} ", phrase::quantity(said, lang)));
    let frame = Frame::of(claim);
    format!(
        "{}{} ({kind})",
        quantity.unwrap_or_default(),
        phrase::metric(frame.metric, frame.unit, lang)
    )
}

/// Of whom and when.
pub(crate) fn framed(claim: &Claim, lang: Lang) -> String {
    let frame = Frame::of(claim);
    let (from, to) = (frame.from.as_ref(), frame.to.as_ref());
    let window = phrase::window(frame.scope, from, to, frame.as_of.as_ref(), lang);
    match claim.person {
        Some(_) => window,
        None => format!("{}; {window}", phrase::population(&frame.population, lang)),
    }
}

/// Who says so, outlet first.
pub(crate) fn chain(claim: &Claim, reader: &Reader) -> String {
    let outlet = claim.outlet.iter().cloned().map(Link::Outlet);
    let links: Vec<Link> =
        outlet.chain(claim.speakers.0.iter().cloned().map(Link::Speaker)).collect();
    phrase::chain(&links, reader)
}

pub(crate) fn quoted(span: &Span) -> String {
    let flat = |words: &str| words.replace(['\n', '\t'], " ");
    format!("{}[{}]{}", flat(&span.prefix), flat(&span.quote), flat(&span.suffix))
}

pub(crate) fn place(place: &Place) -> String {
    match place {
        Place::Text { start, end, .. } => format!("{start}..{end}"),
        Place::Cells { sheet, row, .. } if sheet.is_empty() => format!("{row}"),
        Place::Cells { sheet, row, .. } => format!("{sheet}!{row}"),
    }
}

/// A mention that waits: what the row says.
#[must_use]
pub fn proposed_mention(mention: &Mention, document: &str, reader: &Reader) -> String {
    let mut out = format!("{}  {document}, {}\n", mention.id, place(&mention.span.place));
    for (key, said) in fields(mention, reader).into_iter().filter(|(_, said)| !said.is_empty()) {
        out.push_str(&wrap(&format!("  {}: {said}", word(reader.lang, key)), reader.width, "    "));
    }
    out.push('\n');
    out
}

/// What a row says, each under its heading; what identifies somebody only for those who may see it.
pub(crate) fn fields(mention: &Mention, reader: &Reader) -> Vec<(&'static str, String)> {
    let lang = reader.lang;
    let team = reader.see == See::Team;
    let number = mention.number.as_ref().filter(|_| team).map_or("", |number| number.reveal());
    let nat: Vec<String> = mention.nat.iter().map(ToString::to_string).collect();
    let happened = mention.happened.iter().map(|event| {
        let what = word(lang, &format!("happened-{}", event.predicate));
        let when = event.when.as_ref().map(|when| format!(" {}", phrase::when(when, lang)));
        let place = event.place.as_ref().map(|place| format!(", {place}"));
        format!("{what}{}{}", when.unwrap_or_default(), place.unwrap_or_default())
    });
    vec![
        ("field-name", redact::mention(mention, reader).to_string()),
        ("field-number", number.to_owned()),
        (
            "field-born",
            mention
                .born
                .as_ref()
                .filter(|_| team)
                .map_or(String::new(), |when| phrase::when(when, lang)),
        ),
        ("field-age", mention.age.filter(|_| team).map_or(String::new(), |age| age.to_string())),
        (
            "field-sex",
            mention.gender.map_or(String::new(), |gender| word(lang, &format!("sex-{gender}"))),
        ),
        ("field-nat", nat.join(", ")),
        ("field-happened", happened.collect::<Vec<_>>().join("; ")),
        ("field-source", mention.origin().to_owned()),
    ]
}

/// Two mentions side by side, why they may be one person, and what speaks against it.
#[must_use]
pub fn proposed_pair(
    pair: &Proposal,
    worth: &Worth,
    [left, right]: [&Mention; 2],
    reader: &Reader,
) -> String {
    let lang = reader.lang;
    let mut out = format!("{}\n", word(lang, "pair-title"));
    let mut sheet = Sheet::new([String::new(), left.id.to_string(), right.id.to_string()]);
    for ((key, a), (_, b)) in fields(left, reader).into_iter().zip(fields(right, reader)) {
        if !(a.is_empty() && b.is_empty()) {
            sheet.row([word(lang, key), a, b].map(Shown::plain));
        }
    }
    out.push_str(&sheet.text(reader));
    for reason in pair.why.iter().filter(|reason| reason.agreement != Agreement::Missing) {
        let sign = if reason.weight < 0.0 { "−" } else { "+" };
        let part = word(lang, &format!("pair-{}", reason.part));
        let agrees = word(lang, &format!("agrees-{}", reason.agreement));
        out.push_str(&wrap(&format!("  {sign} {part}: {agrees}"), reader.width, "    "));
    }
    for warning in &pair.warnings {
        let said = format!("  ! {}", word(lang, &format!("warning-{warning}")));
        out.push_str(&wrap(&said, reader.width, "    "));
    }
    out.push_str(&wrap(&format!("  {}", changes(worth, lang)), reader.width, "    "));
    let bits = format!("{:.0}", pair.weight);
    out.push_str(&wrap(
        &format!("  {}", words(lang, "pair-weight", &[("bits", &bits)])),
        reader.width,
        "    ",
    ));
    if let Some(rule) = pair.rule {
        let rule = word(lang, &format!("rule-{rule}"));
        out.push_str(&wrap(
            &format!("  {}", words(lang, "pair-rule", &[("rule", &rule)])),
            reader.width,
            "    ",
        ));
    }
    out.push('\n');
    out
}

/// What deciding a pair would change.
pub(crate) fn changes(worth: &Worth, lang: Lang) -> String {
    counted(lang, "pair-changes", worth.lines as usize, &[])
}

/// What two rows say, heading by heading, as this reader may see it.
#[must_use]
pub fn two_rows(left: &Mention, right: &Mention, reader: &Reader) -> Vec<(String, [String; 2])> {
    let both = fields(left, reader).into_iter().zip(fields(right, reader));
    let said = both.filter(|((_, a), (_, b))| !(a.is_empty() && b.is_empty()));
    said.map(|((key, a), (_, b))| (word(reader.lang, key), [a, b])).collect()
}

/// What a document was read as: every claim in the order of the text, then what was not read.
#[must_use]
pub fn reading(claims: &[Claim], unread: &[Problem], reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = format!("{}\n", counted(lang, "claims-read", claims.len(), &[]));
    if !claims.is_empty() {
        let headings = ["col-claim", "col-frame", "field-speaker", "field-quote"];
        let mut sheet = Sheet::new(headings.map(|key| word(lang, key)));
        for claim in claims {
            let shown = redact::quotable(claim, reader);
            let quote = if shown { claim.span.quote.clone() } else { word(lang, "name-withheld") };
            let cells = [claimed(claim, lang), framed(claim, lang), chain(claim, reader), quote];
            sheet.row(cells.map(Shown::plain));
        }
        out.push_str(&sheet.text(reader));
    }
    out.push_str(&problems(unread, reader));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use habeas_person::{Part, Reason};

    fn pair(reader: &Reader) -> String {
        let [left, right] = [(1, "Milo Escandón"), (2, "Milo Escandon")]
            .map(|(id, name)| sample::person(id, name).mentions.remove(0).mention);
        let why = vec![
            Reason { part: Part::Surname, agreement: Agreement::Exact, weight: 11.0 },
            Reason { part: Part::Born, agreement: Agreement::Differs, weight: -4.0 },
        ];
        let warnings = vec![habeas_model::people::Warning::Siblings];
        let pair =
            Proposal { left: left.id, right: right.id, weight: 7.0, why, rule: None, warnings };
        let worth = Worth { lines: 3, named: 3, worth: 0.2 };
        proposed_pair(&pair, &worth, [&left, &right], reader)
    }

    #[test]
    fn a_pair_tells_for_and_against() {
        let told = pair(&Reader { see: See::Team, ..Reader::public(Lang::En) });
        for part in [
            "Milo Escandón",
            "Milo Escandon",
            "+ surnames: the same",
            "− birth date: different",
            "! siblings?",
            "its decision changes 3 lines of the board",
        ] {
            assert!(told.contains(part), "`{part}` is not in\n{told}");
        }
    }

    #[test]
    fn a_row_in_public_withholds_what_is_not_public() {
        let mut mention = sample::person(1, "Ada Luna").mentions.remove(0).mention;
        mention.disclosure = habeas_model::Disclosure::Counted;
        mention.number = Some(habeas_model::Name::new("V-1234"));
        let told = proposed_mention(&mention, "list.csv", &Reader::public(Lang::En));
        assert!(
            told.contains("name withheld") && !told.contains("Luna") && !told.contains("V-1234")
        );
    }
}
