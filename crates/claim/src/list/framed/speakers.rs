//! Who says so, from one cell: a person of a body, a body, a chain, or the outlet itself.

use crate::list::fold::fold;
use habeas_model::{Role, Speaker, SpeakerChain};

/// Words that only bodies bear.
const BODY_WORDS: &[&str] = &[
    "foro",
    "government",
    "gobierno",
    "ministry",
    "ministerio",
    "assembly",
    "asamblea",
    "plataforma",
    "associated",
    "press",
    "un",
    "national",
    "unidad",
    "comite",
    "committee",
    "department",
    "departamento",
    "state",
    "justicia",
    "coalition",
    "union",
    "mission",
    "mision",
    "authorities",
    "commission",
    "comision",
    "party",
    "partido",
    "organization",
    "organizacion",
    "observatorio",
    "office",
    "oficina",
    "ngo",
    "ngos",
    "ong",
    "servicio",
    "of",
    "de",
    "relatives",
    "families",
    "people",
    "familiares",
];

const CHANNELS: &[&str] = &[
    "truth social",
    "telegram",
    "x",
    "twitter",
    "facebook",
    "instagram",
    "radio",
    "youtube",
    "whatsapp",
];

/// Several words with capitals (or initials), none of which only bodies bear.
fn is_person(words: &str) -> bool {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let body = |word: &&str| BODY_WORDS.contains(&fold(word).as_str());
    parts.len() > 1 && parts.iter().all(capital) && !parts.iter().any(body)
}

/// The chain that a speaker's cell gives, outer to inner; empty where the outlet itself speaks.
#[must_use]
pub fn chain(text: &str, role: Option<Role>) -> SpeakerChain {
    let text = text.trim();
    if text.is_empty() || fold(text).split(' ').next() == Some("outlet") {
        return SpeakerChain::default();
    }
    if let Some((speaker, through)) = text.split_once(" via ") {
        let mut links = vec![Speaker { role: Some(Role::Press), ..Speaker::named(through.trim()) }];
        links.extend(chain(speaker, role).0);
        return SpeakerChain(links);
    }
    if text.contains(" / ") {
        let joint = text.split(" / ").map(str::trim).collect::<Vec<_>>().join("+");
        return SpeakerChain(vec![Speaker { role, ..Speaker::named(joint) }]);
    }
    let Some((outer, inner)) = text.strip_suffix(')').and_then(|text| text.split_once(" (")) else {
        return SpeakerChain(vec![Speaker { role, ..Speaker::named(text) }]);
    };
    bracketed(outer.trim(), inner.trim(), role)
}

fn bracketed(outer: &str, inner: &str, role: Option<Role>) -> SpeakerChain {
    let of = |name: &str, body: &str| Speaker {
        role,
        of: Some(body.to_owned()),
        ..Speaker::named(name)
    };
    let alone = Speaker { role, ..Speaker::named(outer) };
    if CHANNELS.contains(&fold(inner).as_str()) {
        return SpeakerChain(vec![Speaker { channel: Some(inner.to_owned()), ..alone }]);
    }
    if role == Some(Role::Anonymous) {
        let through = Speaker { role: Some(Role::Press), ..Speaker::named(inner) };
        return SpeakerChain(vec![through, alone]);
    }
    let lower = inner.chars().next().is_some_and(char::is_lowercase);
    SpeakerChain(vec![match () {
        () if is_person(outer) => of(outer, inner),
        // "National Assembly (official balance)": a remark about the body, nobody in it.
        () if lower => alone,
        () => of(inner, outer),
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, role: Option<Role>, expected: &str) {
        let links = chain(text, role).0;
        let shown: Vec<String> = links
            .iter()
            .map(|link| {
                let of = link.of.as_ref().map_or(String::new(), |of| format!(" of {of}"));
                let on = link.channel.as_ref().map_or(String::new(), |on| format!(" on {on}"));
                format!("{}{of}{on}", link.name)
            })
            .collect();
        assert_eq!(shown.join(" < "), expected, "{text}");
    }

    #[test]
    fn speakers_of_tables() {
        check("Foro Penal", None, "Foro Penal");
        check("Foro Penal (G. Himiob)", None, "G. Himiob of Foro Penal");
        check("CLIPP (Diego Casanova)", None, "Diego Casanova of CLIPP");
        check("Jorge Arreaza (amnesty commission)", None, "Jorge Arreaza of amnesty commission");
        check("Giorgia Meloni (Italy)", None, "Giorgia Meloni of Italy");
        check(
            "Government of Spain (Foreign Ministry)",
            None,
            "Foreign Ministry of Government of Spain",
        );
        check("Portugal (MNE)", None, "MNE of Portugal");
        check("SNTP (press union)", None, "SNTP");
        check("National Assembly (official balance)", None, "National Assembly");
        check("Unidad Venezuela (opposition coalition)", None, "Unidad Venezuela");
        check("Donald Trump (Truth Social)", None, "Donald Trump on Truth Social");
        check("Foro Penal via ANSA", None, "ANSA < Foro Penal");
        check("Foro Penal / Plataforma Unitaria", None, "Foro Penal+Plataforma Unitaria");
        check("outlet (NTN24)", None, "");
        check("outlet tally", None, "");
        let anonymous = Some(Role::Anonymous);
        check("anonymous person familiar (AP)", anonymous, "AP < anonymous person familiar");
    }

    #[test]
    fn the_body_answers() {
        assert_eq!(chain("Foro Penal (G. Himiob)", None).body(), Some("Foro Penal"));
    }
}
