//! `publish`: what the public is told, shown before; then made, recorded with who answered the harm
//! checklist, and given out. What is not recorded is not given out.

mod files;
mod folder;
pub mod print;
mod table;

pub use files::{Made, Pdf};
pub use folder::read;

use crate::{Case, Error, Question, Scene, ask::board::Answer, keep::mask::Mask};
use habeas_ledger::{KnownBy, Writer};
use habeas_model::{
    Digest, Disclosure, Entry, Person,
    memory::{Answers, Assurance, Published, PublishedFile},
};
use habeas_page::{
    Lang,
    publication::{Bounds, Looks, Publication},
};
use std::{
    cell::RefCell,
    collections::HashSet,
    path::{Path, PathBuf},
};

/// What would be published, before anybody has answered for it.
pub struct Draft {
    /// What the public would be told.
    pub publication: Publication,
    /// What it was told before, as far as that can still be reckoned.
    pub before: Option<Publication>,
    /// The identifier of the feed, once there is one.
    feed: Option<String>,
    /// The names that may stand nowhere.
    mask: Mask,
    /// The names that may stand: a namesake of somebody is not them.
    named: Vec<String>,
    /// The language that is shown first.
    first: Lang,
}

/// A publication that was made, as the ledger has it.
#[derive(Clone, Debug)]
pub struct Past {
    /// Position of its entry.
    pub position: u64,
    /// When, microseconds since 1970 UTC.
    pub at: i64,
    /// By whom.
    pub author: String,
    /// What.
    pub it: Published,
}

/// A question of the harm checklist, as it is asked.
pub const QUESTIONS: [&str; 4] = ["consent", "minors", "sources", "families"];

/// The checklist from the answers to [`QUESTIONS`], in their order: `yes` or `nobody`. Anything
/// else, and nothing at all, is a refusal that names the questions.
pub fn answers(said: [Option<&str>; 4]) -> Result<Answers, Error> {
    let given = said.map(|said| said.and_then(|said| said.parse::<Assurance>().ok()));
    let open = QUESTIONS.iter().zip(&given).filter(|(_, given)| given.is_none());
    let open: Vec<String> = open.map(|(question, _)| format!("`{question}`")).collect();
    match given {
        [Some(consent), Some(minors), Some(sources), Some(families)] => {
            Ok(Answers { consent, minors, sources, families })
        }
        _ => Err(Error::Unanswered(open.join(", "))),
    }
}

/// What was published, oldest first.
pub fn past(case: &Case) -> Result<Vec<Past>, Error> {
    let mut all = Vec::new();
    case.ledger.rows_of(&["published"], |row, entry| {
        if let Entry::Published(it) = entry {
            let (position, at, author) = (row.position, row.recorded_at, row.author.clone());
            all.push(Past { position, at, author, it: *it });
        }
    })?;
    Ok(all)
}

/// What the public would be told of a scene, as [`draft`] has it.
pub fn preview(case: &Case, scene: &Scene, answer: &Answer) -> Result<Publication, Error> {
    of_now(case, scene)?;
    Ok(told(case, scene, answer, case.settings.publish.least, None))
}

/// Only what is known now: what could be told once may not be told today.
fn of_now(case: &Case, scene: &Scene) -> Result<(), Error> {
    match scene.present.position == case.ledger.head()?.position {
        true => Ok(()),
        false => Err(Error::PublishNow),
    }
}

/// What would be published of a scene. It must be of what is known now.
pub fn draft(case: &Case, scene: &Scene, answer: &Answer) -> Result<Draft, Error> {
    of_now(case, scene)?;
    let past = past(case)?;
    let last = past.last().map(|past| &past.it);
    let least = case.settings.publish.least;
    let kept = RefCell::new(Mask::default());
    let publication = told(case, scene, answer, least, Some(&kept));
    let mask = kept.into_inner();
    if mask.is_in(&publication.title) {
        return Err(Error::Naming("the title of the case".to_owned()));
    }
    let before = last.and_then(|last| {
        let question = Question {
            as_of: Some(last.day),
            known_by: Some(KnownBy::Position(last.covers)),
            rule: Some(last.rule.clone()),
        };
        // A rule that is gone leaves nothing to compare with; the publication stands all the same.
        let scene = case.scene(&question).ok()?;
        Some(told(case, &scene, &Answer::of(&scene), last.least, None))
    });
    let named = publication.named.iter().map(|one| one.name.reveal().to_owned()).collect();
    let first = case.settings.lang.as_deref().and_then(|lang| lang.parse().ok());
    Ok(Draft {
        publication,
        before,
        feed: last.map(|last| last.feed.clone()),
        mask,
        named,
        first: first.unwrap_or_default(),
    })
}

fn told(
    case: &Case,
    scene: &Scene,
    answer: &Answer,
    least: u32,
    keep: Option<&RefCell<Mask>>,
) -> Publication {
    let open = open(case, scene);
    let names = |hidden: &[&Person]| -> Looks {
        let mask = mask(hidden);
        if let Some(keep) = keep {
            keep.replace(mask.clone());
        }
        Box::new(move |words: &str| mask.is_in(words))
    };
    let bounds = Bounds { open: &open, least, names: &names };
    let of = (&answer.board, &*answer.audit, &*answer.promises);
    Publication::of(&scene.asked(), scene.index(), of, &bounds)
}

/// Documents that are public: case.toml says so, else it did when they were received.
fn open(case: &Case, scene: &Scene) -> HashSet<Digest> {
    let public = |received: &&habeas_model::Received| {
        let said = case.settings.disclosure_of(&received.name);
        said.unwrap_or(received.disclosure) == Disclosure::Public
    };
    let all = scene.present.documents.iter().map(|taken| &taken.it);
    all.filter(public).map(|received| received.blob).collect()
}

/// The names and numbers of these, in the orders in which they are written. A single word is no
/// name here: it would take out every sentence that has it.
fn mask(hidden: &[&Person]) -> Mask {
    let mut names: Vec<String> = Vec::new();
    for mention in hidden.iter().flat_map(|one| &one.mentions).map(|held| &held.mention) {
        names.push(mention.name.reveal().to_owned());
        if let (Some(given), Some(surnames)) = (&mention.given, &mention.surnames) {
            let (given, surnames) = (given.reveal(), surnames.reveal());
            let short = |words: &str| words.split_whitespace().next().unwrap_or("").to_owned();
            names.push(format!("{given} {surnames}"));
            names.push(format!("{surnames} {given}"));
            names.push(format!("{} {}", short(given), short(surnames)));
        }
        if let Some(number) = &mention.number {
            let digits: String =
                number.reveal().chars().filter(char::is_ascii_alphanumeric).collect();
            names.extend((digits.len() > 5).then_some(digits));
            names.push(number.reveal().to_owned());
        }
    }
    let several = |name: &&String| {
        name.split_whitespace().count() > 1 || name.bytes().filter(u8::is_ascii_digit).count() > 5
    };
    Mask::of(names.iter().filter(several).map(String::as_str))
}

/// Records that a publication is given out: who answers for it is the author of the case. The
/// ledger must stand where the draft was made of it; else what the public would be told has
/// changed, and the checklist was answered for something else.
fn record(
    case: &mut Case,
    writer: &mut Writer,
    draft: &Draft,
    made: &Made,
    (answers, note): (Answers, &str),
) -> Result<(), Error> {
    let of = &draft.publication;
    if case.ledger.head()?.position != of.board.position {
        return Err(Error::Moved);
    }
    if draft.mask.is_in(note) {
        return Err(Error::Naming("the note".to_owned()));
    }
    let file = |(name, bytes): &(String, Vec<u8>)| PublishedFile {
        name: name.clone(),
        digest: Digest::of(bytes),
        bytes: bytes.len() as u64,
    };
    let published = Published {
        covers: of.board.position,
        day: of.day,
        rule: of.board.rule.name.clone(),
        least: of.least,
        named: u32::try_from(of.named.len()).unwrap_or(u32::MAX),
        answers,
        note: note.to_owned(),
        feed: made.feed.clone(),
        files: made.files.iter().map(file).collect(),
    };
    let author = case.author.clone();
    case.append(writer, &author, &[Entry::Published(Box::new(published))])
}

/// Records a publication and writes it into `folder`; its files. The folder is looked at before,
/// so that nothing is recorded that cannot be given out there.
pub fn give(
    case: &mut Case,
    writer: &mut Writer,
    draft: &Draft,
    made: &Made,
    answered: (Answers, &str),
    folder: &Path,
) -> Result<Vec<PathBuf>, Error> {
    folder::ours(made, folder)?;
    record(case, writer, draft, made, answered)?;
    folder::write(made, folder)
}

/// Where the pages keep what they published, in the folder of the case, by what it was made of: no
/// two publications were made of one position.
#[must_use]
pub fn shelf(case: &Path, covers: u64) -> PathBuf {
    case.join("published").join(covers.to_string())
}
