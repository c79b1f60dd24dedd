//! What an endpoint answered: JSON within JSON, and none of it is trusted.

use habeas_model::{Kind, Modality, Name, Predicate, Quantity, Rejected, said::rejected::Failed};
use serde_json::Value;

/// So many proposals of one answer are looked at.
const MOST: usize = 500;
/// Characters of a word or a quote that are kept of what failed.
const KEPT: usize = 400;

/// A proposal in our words.
pub struct Proposed {
    /// The words that it rests on.
    pub quote: String,
    /// Kind of claim.
    pub kind: Kind,
    /// What is said to have happened.
    pub predicate: Predicate,
    /// How many.
    pub quantity: Option<Quantity>,
    /// Who.
    pub person: Option<Name>,
    /// Who says so.
    pub speaker: Option<String>,
    /// How far they stand behind it.
    pub modality: Modality,
}

/// The proposals of an answer, each with what is kept of it should it fail; none where the answer
/// has not the form that was asked for.
pub fn proposals(answer: &[u8]) -> Option<Vec<(Option<Proposed>, Rejected)>> {
    let whole: Value = serde_json::from_slice(answer).ok()?;
    let content = whole["choices"][0]["message"]["content"].as_str()?;
    let said: Value = serde_json::from_str(unfenced(content)).ok()?;
    let claims = said["claims"].as_array()?;
    Some(claims.iter().take(MOST).map(|claim| (proposed(claim), kept(claim))).collect())
}

/// The JSON without the fence that models like to put around it.
fn unfenced(content: &str) -> &str {
    let inside = content.trim();
    let inside = inside.strip_prefix("```json").or(inside.strip_prefix("```")).unwrap_or(inside);
    inside.strip_suffix("```").unwrap_or(inside).trim()
}

fn word(claim: &Value, key: &str) -> Option<String> {
    claim[key].as_str().map(str::to_owned).filter(|word| !word.trim().is_empty())
}

fn proposed(claim: &Value) -> Option<Proposed> {
    let kind: Kind = claim["kind"].as_str()?.parse().ok()?;
    let predicate: Predicate = claim["predicate"].as_str()?.parse().ok()?;
    let modality = match claim["modality"].as_str() {
        None => Modality::Asserted,
        Some(word) => word.parse().ok()?,
    };
    let quantity = quantity(&claim["quantity"])?;
    let person = word(claim, "person").map(Name::new);
    let whole = match kind {
        Kind::Count => quantity.is_some() && person.is_none(),
        Kind::Person => person.is_some(),
        Kind::Promise | Kind::Denial => quantity.is_some() || person.is_some(),
        Kind::Other => false,
    };
    (whole && predicate.counts_people()).then_some(())?;
    let (quote, speaker) = (word(claim, "quote")?, word(claim, "speaker"));
    Some(Proposed { quote, kind, predicate, quantity, person, speaker, modality })
}

/// The quantity; an outer none where there is one that is no quantity.
#[allow(clippy::option_option, reason = "absent, and present but wrong, are two things")]
fn quantity(said: &Value) -> Option<Option<Quantity>> {
    match said {
        Value::Null => Some(None),
        said => serde_json::from_value(said.clone()).ok().map(Some),
    }
}

fn kept(claim: &Value) -> Rejected {
    let short =
        |key: &str| word(claim, key).unwrap_or_default().chars().take(KEPT).collect::<String>();
    let name = |key: &str| Some(short(key)).filter(|name| !name.is_empty()).map(Name::new);
    Rejected {
        blob: habeas_model::Digest::of(b""),
        part: String::new(),
        reader: String::new(),
        quote: short("quote"),
        place: None,
        kind: short("kind"),
        predicate: short("predicate"),
        quantity: quantity(&claim["quantity"]).flatten(),
        person: name("person"),
        speaker: name("speaker"),
        failed: Failed::Form,
    }
}
