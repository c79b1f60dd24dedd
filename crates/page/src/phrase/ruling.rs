//! What came of a decision on two records, in words: followed, or what stood in its way.

use super::number;
use crate::{Lang, word, words};
use habeas_count::Ruling;
use habeas_model::{Effect, Verdict};

/// "followed"; "not followed: by entry 7 they are two persons".
#[must_use]
pub fn effect(of: &Ruling<'_>, lang: Lang) -> String {
    let mut said = match (of.effect, of.against) {
        (Effect::Contradicted, Some(entry)) => {
            words(lang, "effect-contradicted-by", &[("n", &number(entry, lang))])
        }
        (effect, _) => word(lang, &format!("effect-{effect}")),
    };
    if !of.forbids.is_empty() {
        let entries: Vec<String> = of.forbids.iter().map(|n| number(*n, lang)).collect();
        let forbids = words(lang, "effect-forbids", &[("entries", &entries.join(", "))]);
        said.push_str(&format!("; {forbids}"));
    }
    said
}

/// The sign between two records: `=`, `≠` or `?`, in brackets where it does not hold.
#[must_use]
pub fn verdict_sign(of: &Ruling<'_>) -> &'static str {
    let holds = of.effect == Effect::Followed;
    match (of.taken.it.verdict, holds) {
        (Verdict::Same, true) => "=",
        (Verdict::Same, false) => "(=)",
        (Verdict::NotSame, true) => "≠",
        (Verdict::NotSame, false) => "(≠)",
        (Verdict::Unsure, true) => "?",
        (Verdict::Unsure, false) => "(?)",
    }
}
