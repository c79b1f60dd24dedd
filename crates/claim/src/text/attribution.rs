//! Who says so: in the sentence, or carried over from the sentences before it.

use super::lexicon::Lexicon;
use habeas_model::{Kind, Modality, Speaker, SpeakerChain};

/// The source of a sentence.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// After the outlet, outer to inner.
    pub chain: SpeakerChain,
    /// It was named in an earlier sentence.
    pub carried: bool,
    /// The words of saying.
    pub verb: String,
}

/// What was said of sources so far.
#[derive(Debug, Default)]
pub struct Discourse {
    governing: Option<Source>,
    named: Vec<Speaker>,
}

/// Pronouns and nouns that stand for a source named before.
const BACK: [&str; 22] = [
    "he",
    "she",
    "they",
    "it",
    "the group",
    "the organisation",
    "the organization",
    "the ngo",
    "the official",
    "the ministry",
    "the monitor",
    "the minister",
    "the commission",
    "la ong",
    "el grupo",
    "la organización",
    "el ministro",
    "la ministra",
    "el funcionario",
    "el ministerio",
    "la comisión",
    "ella",
];

impl Discourse {
    /// A new paragraph ends the reach of a source.
    pub fn paragraph(&mut self) {
        self.governing = None;
    }

    /// The source of a sentence.
    pub fn source(&mut self, words: &str, lexicon: &Lexicon) -> Source {
        let mut chain = Vec::new();
        let verb = lexicon.says.find(words);
        if let Some(found) = verb {
            chain.extend(
                subject(words, found.start(), found.end(), lexicon)
                    .and_then(|name| self.resolve(&name)),
            );
        }
        for found in lexicon.according.find_iter(words) {
            let name = phrase_after(&words[found.end()..]);
            let speaker = name.and_then(|name| self.resolve(&name));
            chain.extend(
                speaker.filter(|speaker| {
                    chain.iter().all(|other: &Speaker| other.name != speaker.name)
                }),
            );
        }
        if chain.is_empty() {
            let mut source = self.governing.clone().unwrap_or_default();
            source.carried = !source.chain.0.is_empty();
            return source;
        }
        let verb = verb.map_or(String::new(), |found| found.as_str().to_owned());
        let source = Source { chain: SpeakerChain(chain), carried: false, verb };
        self.governing = Some(source.clone());
        source
    }

    /// A source by its words: one named before if the words only point back.
    fn resolve(&mut self, words: &str) -> Option<Speaker> {
        if BACK.contains(&words.to_lowercase().as_str()) {
            return self.named.last().cloned();
        }
        let bare = bare(words);
        if bare.is_empty() {
            return None;
        }
        let known = self.named.iter().find(|speaker| speaker.name.ends_with(&format!(" {bare}")));
        let speaker = known.cloned().unwrap_or_else(|| Speaker::named(bare));
        self.named.retain(|other| other.name != speaker.name);
        self.named.push(speaker.clone());
        Some(speaker)
    }
}

/// Words of a name without article.
fn bare(words: &str) -> String {
    let trimmed = words.trim().trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let articles = [
        "The ", "the ", "A ", "a ", "An ", "an ", "El ", "el ", "La ", "la ", "Los ", "los ",
        "Las ", "las ", "una ", "un ", "its ",
    ];
    let cut = articles.iter().find_map(|article| trimmed.strip_prefix(article)).unwrap_or(trimmed);
    cut.to_owned()
}

/// The subject of a verb of saying: the words before it back to the clause's beginning, or,
/// inverted, those after it.
fn subject(words: &str, start: usize, end: usize, lexicon: &Lexicon) -> Option<String> {
    let before = words[..start].trim_end();
    let cut = [". ", "; ", ": ", "\" ", "” ", "» ", " and ", " y ", " that ", " que "]
        .iter()
        .filter_map(|mark| before.rfind(mark).map(|at| at + mark.len()))
        .max()
        .unwrap_or(0);
    let clause = strip_auxiliary(before[cut..].trim());
    // "Ana Ruiz, president of X, said": the name stands before the first comma.
    let head = match clause.split_once(", ") {
        Some((head, _)) if is_name(head) => head,
        Some((_, tail)) if is_name(tail.trim_end_matches(',')) => tail,
        _ => clause,
    };
    if is_name(head) && head.split_whitespace().count() <= 9 && !lexicon.number.is_match(head) {
        return Some(head.trim_end_matches(',').to_owned());
    }
    let after = phrase_after(&words[end..]).filter(|name| {
        name.starts_with(char::is_uppercase)
            || name.starts_with("el ")
            || name.starts_with("la ")
            || name.starts_with("the ")
    });
    after.filter(|_| before.ends_with([',', '"', '”', '»']) || words[..start].is_empty())
}

fn strip_auxiliary(clause: &str) -> &str {
    let auxiliaries =
        [" has", " have", " had", " ha", " han", " also", " también", " se", " later"];
    let mut clause = clause;
    while let Some(cut) = auxiliaries.iter().find_map(|word| clause.strip_suffix(word)) {
        clause = cut.trim_end();
    }
    clause
}

/// Whether words look like the name of somebody or of a body: a capital, a pronoun, or a known kind
/// of source.
fn is_name(words: &str) -> bool {
    let folded = words.trim().to_lowercase();
    const KINDS: [&str; 20] = [
        "official",
        "group",
        "ngo",
        "ong",
        "government",
        "gobierno",
        "ministry",
        "ministerio",
        "relatives",
        "familiares",
        "lawyer",
        "abogad",
        "activists",
        "activistas",
        "families",
        "organi",
        "autoridades",
        "authorities",
        "funcionari",
        "monitor",
    ];
    let content = ["the ", "el ", "la ", "los ", "las ", "a ", "an "]
        .iter()
        .find_map(|article| folded.strip_prefix(article))
        .unwrap_or(&folded)
        .len();
    let capital = words.trim()[words.trim().len() - content.min(words.trim().len())..]
        .starts_with(char::is_uppercase);
    !folded.is_empty()
        && (capital
            || BACK.contains(&folded.as_str())
            || KINDS.iter().any(|kind| folded.contains(kind)))
}

/// The noun phrase that follows "according to" or an inverted verb.
fn phrase_after(words: &str) -> Option<String> {
    let rest = words.trim_start().trim_start_matches(':').trim_start();
    let ends = [
        ",", ".", ";", " that ", " que ", " has ", " have ", " ha ", " at ", " on ", " el ",
        " este ", " whose ", " as ", " in a ", " said", " —", " hay ",
    ];
    let end = ends
        .iter()
        .filter_map(|mark| rest.find(mark))
        .filter(|at| *at > 0)
        .min()
        .unwrap_or(rest.len());
    let name = rest[..end].trim();
    (is_name(name) && name.split_whitespace().count() <= 9).then(|| name.to_owned())
}

/// How far the speaker stands behind a claim.
#[must_use]
pub fn modality(kind: Kind, words: &str, source: &Source, lexicon: &Lexicon) -> Modality {
    match kind {
        Kind::Promise => return Modality::Promised,
        Kind::Denial => return Modality::Denied,
        Kind::Other => return Modality::Asserted,
        _ => {}
    }
    let spoken = |pattern: &regex::Regex| pattern.is_match(words) || pattern.is_match(&source.verb);
    match () {
        () if lexicon.unconfirmed.is_match(words) => Modality::Unconfirmed,
        () if spoken(&lexicon.verified) => Modality::Verified,
        () if spoken(&lexicon.confirmed) => Modality::Confirmed,
        () if lexicon.estimated.is_match(words) => Modality::Estimated,
        () => Modality::Asserted,
    }
}
