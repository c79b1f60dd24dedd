//! The form of each answer to programs: what the description shows of it is made of these types.
//! What the terminal prints as well (`--json`) is told as it is there; a test holds each answer
//! against its schema.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Claimed against named.
#[derive(ToSchema)]
#[allow(dead_code, reason = "its form is what is said of an answer that is written line by line")]
pub struct Board {
    /// Count claims that stand behind the lines.
    claims: u32,
    /// How many of them nobody has reviewed.
    unreviewed: u32,
    /// Documents received.
    documents: u32,
    /// Persons of the register.
    persons: u32,
    /// The position of the ledger that it is answered at.
    position: u64,
    /// The day that was asked for.
    true_at: Option<String>,
    /// The counting rule.
    rule: Value,
    /// In the order of their days.
    lines: Vec<Line>,
    /// Between lines that are told.
    comparisons: Vec<Comparison>,
    /// The cursor of the lines after these.
    #[schema(nullable = false, required = false)]
    next: Option<String>,
}

/// A number of a body, as it was framed.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Line {
    id: String,
    /// What is counted: its predicate, and whether it was checked case by case.
    metric: Value,
    /// `person`, `detention` or `case`.
    unit: String,
    /// Of whom, as the speaker defines them.
    population: Value,
    /// From when until when.
    window: Value,
    as_of: Option<String>,
    scope: Option<String>,
    /// As vague as it was said: its mode and bounds.
    quantity: Value,
    /// From the outlet to the origin.
    speaker_chain: Vec<Value>,
    /// Who answers for it.
    body: String,
    outlet: Option<String>,
    url: Option<String>,
    said: Option<String>,
    day: Option<String>,
    /// Everywhere it is written.
    sources: Vec<Value>,
    modality: String,
    review: Value,
    /// A later number of the same body takes its place.
    superseded: bool,
    /// Who can be named for its frame.
    #[schema(value_type = Option<Object>)]
    named: Option<Value>,
    /// What the names say of the number.
    #[schema(required = false)]
    gap: Value,
    /// Why there is no gap.
    #[schema(nullable = false, required = false)]
    incomparable: Option<Vec<String>>,
    /// The same in words of the language.
    words: Value,
}

/// Two lines set against each other, or why not.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Comparison {
    left: String,
    right: String,
    /// Parts in which their frames differ; none: they may be compared.
    differs: Vec<String>,
}

/// Do the sums hold?
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Audit {
    hold: u64,
    fail: u64,
    findings: Vec<Finding>,
}

/// A sum that was made again.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Finding {
    kind: String,
    severity: String,
    holds: bool,
    body: String,
    predicate: String,
    /// Lines of the board.
    rows: Vec<String>,
    /// The sum as it was made.
    arithmetic: String,
}

/// What was promised.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Promises {
    promises: Vec<Promise>,
}

/// A promise, and what is kept of it.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Promise {
    id: String,
    body: String,
    speaker_chain: Vec<Value>,
    predicate: String,
    quantity: Value,
    population: Value,
    day: Option<String>,
    due: Option<String>,
    standing: String,
    reasons: Vec<String>,
    sources: Vec<Value>,
}

/// How many no list names, by several methods side by side.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Estimate {
    /// Persons on any list.
    n: u64,
    lists: Vec<String>,
    sizes: Vec<u64>,
    /// Each with its estimate and interval, or its refusal.
    methods: Vec<Method>,
    verdict: Value,
    /// What was asked: the day, the rule, the position, and what was left out.
    asked: Value,
}

/// One method: an estimate always with its interval, or a reasoned refusal.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Method {
    name: String,
    estimate: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    #[schema(nullable = false, required = false)]
    refusal: Option<String>,
    #[schema(nullable = false, required = false)]
    refusal_code: Option<String>,
}

/// Why one answer became another.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Change {
    from: Side,
    to: Side,
    held: Shift,
    released: Shift,
}

/// One side of a change.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Side {
    position: u64,
    true_at: Option<String>,
    rule: String,
    unit: String,
}

/// How a total moved: the parts add up to `after` less `before`.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Shift {
    before: u32,
    after: u32,
    parts: Vec<Part>,
}

/// A part of a change.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Part {
    cause: String,
    by: i64,
    persons: Vec<String>,
}

/// Everybody of the register in a state and of a mark, by name.
#[derive(Serialize, ToSchema)]
pub struct People {
    /// The position of the ledger that it is answered at.
    pub position: u64,
    /// The counting rule.
    pub rule: String,
    /// How many there are under these filters.
    pub all: usize,
    /// Those that are told.
    pub persons: Vec<Somebody>,
    /// The cursor of those after them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next: Option<String>,
}

/// Somebody of the register.
#[derive(Serialize, ToSchema)]
pub struct Somebody {
    /// Their identifier.
    pub person: String,
    /// None where it is withheld.
    pub name: Option<String>,
    /// Where they are on the day.
    pub custody: String,
    /// Why a reviewer should look at them.
    pub marks: Vec<String>,
    /// In how many places they are mentioned.
    pub mentions: usize,
}

/// One person.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Person {
    /// The position of the ledger that it is answered at.
    position: u64,
    /// The counting rule.
    rule: String,
    /// Their identifier.
    person: String,
    /// None where it is withheld.
    name: Option<String>,
    /// `public` or not.
    disclosure: String,
    /// As it was said.
    born: Option<String>,
    /// `f` or `m`.
    gender: Option<String>,
    /// Codes of ISO 3166.
    nationalities: Vec<String>,
    /// What to know before trusting the merge.
    warnings: Vec<String>,
    /// How it is sourced under the rule.
    verification: String,
    /// The last day on which a document that speaks of them had been written.
    last_checked: Option<String>,
    /// Where they were, in order.
    spells: Vec<Spell>,
    /// What each source says happened.
    told: Vec<Told>,
    /// The decisions that made them one person, and those that could not be followed.
    decisions: Vec<Ruling>,
}

/// A stretch of days in one state.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Spell {
    /// Where.
    custody: String,
    /// From this day.
    from: Option<String>,
    /// Until the eve of what came next.
    until: Option<String>,
    /// Whether somebody has reviewed what it rests on.
    reviewed: bool,
    /// Whether the rule counts them as held.
    held: bool,
}

/// One thing that one source says happened.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Told {
    /// What.
    predicate: String,
    /// When, as it was said.
    when: Option<String>,
    /// Where.
    place: Option<String>,
    /// How a release came about.
    mode: Option<String>,
    /// The mention that says so.
    mention: String,
    /// The claim that it stands in.
    claim: Option<String>,
    /// SHA-256 of the document.
    document: String,
    /// The body that answers for it.
    origin: String,
    /// How far they stand behind it.
    modality: String,
    /// What a reviewer made of it.
    review: String,
    /// Whether it moves the person.
    counts: bool,
    /// Another origin gives other days for the same.
    differs: bool,
}

/// A decision on one of their mentions, and what came of it.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
pub struct Ruling {
    /// Position of its entry.
    position: u64,
    /// When, microseconds since 1970 UTC.
    at: i64,
    /// By whom; none where that is withheld.
    author: Option<String>,
    /// One mention.
    left: String,
    /// The other mention.
    right: String,
    /// `same`, `not_same` or `unsure`.
    verdict: String,
    /// Why; none where that is withheld.
    reason: Option<String>,
    /// `followed`; or not: `contradicted`, `overtaken` (they are one person by others), `unmet`
    /// (the other mention stands no more).
    effect: String,
    /// The person of the other mention, where that is somebody else.
    other: Option<String>,
    /// Position of the "not the same" that contradicts it.
    against: Option<u64>,
    /// Positions of the "same" decisions that it keeps from being followed.
    forbids: Vec<u64>,
}

/// The documents, as they came.
#[derive(Serialize, ToSchema)]
pub struct Documents {
    /// The position of the ledger that it is answered at.
    pub position: u64,
    /// How many there are.
    pub all: usize,
    /// Those that are told.
    pub documents: Vec<Document>,
    /// The cursor of those after them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next: Option<String>,
}

/// A document.
#[derive(Serialize, ToSchema)]
pub struct Document {
    /// SHA-256 of its bytes.
    pub document: String,
    /// Path under the inbox, or file name.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its format.
    pub format: String,
    /// The entry that received it.
    pub entry: u64,
    /// When, microseconds since 1970 UTC.
    pub received_at: i64,
    /// By whom.
    pub author: String,
    /// When it was published.
    pub published: Option<String>,
    /// The version before it.
    pub replaces: Option<String>,
    /// Who may see what comes of it.
    pub disclosure: String,
}

/// The memory: who did what.
#[derive(Serialize, ToSchema)]
pub struct Ledger {
    /// The last entry that is told of.
    pub position: u64,
    /// The newest first.
    pub acts: Vec<Act>,
    /// The cursor of the older ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next: Option<String>,
}

/// An entry.
#[derive(Serialize, ToSchema)]
pub struct Act {
    /// Its position.
    pub position: u64,
    /// When, microseconds since 1970 UTC.
    pub at: i64,
    /// By whom.
    pub author: String,
    /// Its kind.
    pub kind: String,
    /// Whether it can still be read.
    pub readable: bool,
}

/// Why not, in words.
#[derive(Serialize, ToSchema)]
pub struct Refusal {
    /// That of the answer.
    pub status: u16,
    /// What it is.
    pub title: String,
    /// What to do next.
    pub hint: String,
}
