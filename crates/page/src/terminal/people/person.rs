//! One person on a terminal: where they were, what each source says, and the decisions that made
//! them one person.

use crate::{
    Lang, Reader, See, phrase, redact,
    terminal::sheet::{Sheet, Shown, heading, wrap},
    word, words,
};
use habeas_count::{Ruling, Spell, Story, story::Told};
use habeas_model::{MentionId, Person, Place, Present};

/// The person. In public nothing is told of somebody whose name is withheld but the decisions
/// (invariant 10).
#[must_use]
pub fn person(person: &Person, story: &Story<'_>, present: &Present, reader: &Reader) -> String {
    let lang = reader.lang;
    let name = redact::person(person, reader);
    let open = matches!(name, redact::Shown::Name(_));
    let mut out = heading(&name.to_string(), reader);
    let mut line = |words: String| out.push_str(&wrap(&words, reader.width, "  "));
    known(person, story, reader).into_iter().for_each(&mut line);
    if story.sourcing.contested {
        line(format!("! {}", word(lang, "person-contested")));
    }
    for warning in &person.warnings {
        line(format!("! {}", word(lang, &format!("warning-{warning}"))));
    }
    if open {
        out.push_str(&spells(&story.spells, reader));
        out.push_str(&told(&story.told, person, present, reader));
    }
    out.push_str(&rulings(&story.rulings, person, reader));
    out
}

fn known(person: &Person, story: &Story<'_>, reader: &Reader) -> Vec<String> {
    let lang = reader.lang;
    let said = |key: &str, value: String| format!("{}: {value}", word(lang, key));
    let sourcing = &story.sourcing;
    let born = person.born.as_ref().filter(|_| reader.see == See::Team);
    let born = born.map(|born| said("field-born", phrase::when(born, lang)));
    let origins = phrase::number(sourcing.origins.len() as u64, lang);
    let verification = word(lang, &format!("verification-{}", sourcing.verification));
    let origins = words(lang, "person-origins", &[("n", &origins)]);
    let checked = story.last_checked;
    let checked = checked.map_or_else(|| word(lang, "undated"), |day| phrase::day(day, lang));
    let disclosure = word(lang, &format!("disclosure-{}", person.disclosure));
    let always = [
        words(lang, "person-word", &[("id", &person.id.to_string())]),
        said("person-disclosure", disclosure),
        said("person-verification", format!("{verification} · {origins}")),
        said("person-checked", checked),
    ];
    always.into_iter().chain(born).collect()
}

fn spells(spells: &[Spell], reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = heading(&word(lang, "person-stays"), reader);
    if spells.is_empty() {
        out.push_str(&wrap(&word(lang, "person-stays-none"), reader.width, "  "));
    }
    for spell in spells {
        let custody = word(lang, &format!("custody-{}", spell.custody));
        let mut said = format!("  {custody}: {}", phrase::days(spell, lang));
        if !spell.reviewed {
            said.push_str(&format!(" ({})", word(lang, "review-unreviewed")));
        }
        out.push_str(&wrap(&said, reader.width, "    "));
    }
    out
}

fn told(told: &[Told<'_>], person: &Person, present: &Present, reader: &Reader) -> String {
    let lang = reader.lang;
    let columns = ["col-day", "person-happened", "col-says", "person-source"];
    let mut sheet = Sheet::new(columns.map(|key| word(lang, key)));
    for one in told {
        let when = one.when.map_or_else(|| word(lang, "undated"), |when| phrase::when(when, lang));
        let mut what = word(lang, &format!("happened-{}", one.predicate));
        if let Some(mode) = one.mode {
            what.push_str(&format!(" ({})", word(lang, &format!("mode-{mode}"))));
        }
        what.extend(one.place.map(|place| format!(", {place}")));
        if one.differs {
            what.push_str(&format!("\n! {}", word(lang, "person-differs")));
        }
        let mention = person.mention(one.mention);
        let speakers = mention.into_iter().flat_map(|mention| mention.speakers.0.iter());
        let origin = redact::body(&one.origin, speakers, reader);
        let review = word(lang, &format!("review-{}", one.review));
        let row = row(one.at, lang).map_or(String::new(), |row| format!(", {row}"));
        let source = format!("{}{row} · {review}", phrase::called(one.blob, present, reader));
        sheet.row([when, what, origin, source].map(Shown::plain));
    }
    let mut out = heading(&word(lang, "person-told"), reader);
    match told.is_empty() {
        true => out.push_str(&wrap(&word(lang, "person-told-none"), reader.width, "  ")),
        false => out.push_str(&sheet.text(reader)),
    }
    out
}

fn row(place: &Place, lang: Lang) -> Option<String> {
    match place {
        Place::Cells { row, .. } => Some(words(lang, "person-row", &[("n", &row.to_string())])),
        Place::Text { .. } => None,
    }
}

/// The decisions that the person carries, in the order of their entries.
fn rulings(rulings: &[Ruling<'_>], person: &Person, reader: &Reader) -> String {
    let lang = reader.lang;
    let mut out = heading(&word(lang, "rulings"), reader);
    if rulings.is_empty() {
        out.push_str(&wrap(&word(lang, "rulings-none"), reader.width, "  "));
    }
    for ruling in rulings {
        let it = &ruling.taken.it;
        let entry = phrase::number(ruling.taken.position, lang);
        let side = |id| side(id, ruling, person, reader);
        let (left, right) = (side(it.left), side(it.right));
        let verdict = word(lang, &format!("verdict-{}", it.verdict));
        let lines = [
            format!(
                "{}: {verdict} · {}",
                words(lang, "entry-word", &[("n", &entry)]),
                phrase::effect(ruling, lang)
            ),
            format!("  {left} {} {right}", phrase::verdict_sign(ruling)),
            format!("  {}", taken(ruling, reader)),
        ];
        lines.iter().for_each(|line| out.push_str(&wrap(line, reader.width, "    ")));
    }
    out
}

/// Who decided, when and why, as far as this reader may know.
fn taken(ruling: &Ruling<'_>, reader: &Reader) -> String {
    let taken = ruling.taken;
    let author = redact::author(&taken.author, reader).map(str::to_owned);
    let moment = format!("{} UTC", phrase::moment(taken.known));
    let reason = redact::free_words(&taken.it.reason, reader).filter(|said| !said.is_empty());
    let parts = [author, Some(moment), reason.map(str::to_owned)];
    parts.into_iter().flatten().collect::<Vec<String>>().join(" · ")
}

/// "Milo Escandón (0123456789abcdef, row 4)"; of another person, which one.
fn side(id: MentionId, of: &Ruling<'_>, person: &Person, reader: &Reader) -> String {
    let lang = reader.lang;
    let other = of.other.and_then(|other| Some((other.mention(id)?, other)));
    let (mention, whose) = match (person.mention(id), other) {
        (Some(mention), _) => (mention, None),
        (None, Some((mention, other))) => (mention, Some(other.id.to_string())),
        (None, None) => return id.to_string(), // It stands no more.
    };
    let whose = whose.map(|whose| words(lang, "person-word", &[("id", &whose)]));
    let about = [Some(id.to_string()), row(&mention.span.place, lang), whose];
    let about = about.into_iter().flatten().collect::<Vec<String>>().join(", ");
    format!("{} ({about})", redact::mention(mention, reader))
}
