//! `board`: claimed against named, and the page that shows it.

use super::export::table;
use crate::{Case, Error, Scene};
use habeas_count::{Board, Finding, Line, PromiseLine};
use habeas_model::Problem;
use habeas_page::{Figure, Reader, redact};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

/// The board of a scene.
#[must_use]
pub fn board(scene: &Scene) -> Board {
    habeas_count::board_over(&scene.asked(), scene.index())
}

/// Everything that could not be read in this case, with its place.
#[must_use]
pub fn problems(scene: &Scene) -> Vec<Problem> {
    let names = crate::write::review::names(&scene.present);
    let readings = scene.present.readings.iter();
    let placed = |read: &habeas_model::Read| {
        let name = names.get(&read.blob).copied().unwrap_or_default().to_owned();
        let place = move |problem: &Problem| Problem {
            place: if problem.place == name {
                name.clone()
            } else {
                format!("{name}: {}", problem.place)
            },
            ..problem.clone()
        };
        read.problems.iter().map(place).collect::<Vec<_>>()
    };
    readings.flat_map(|taken| placed(&taken.it)).collect()
}

/// A line of the board with the rows behind it.
#[must_use]
pub fn opened<'a>(scene: &'a Scene, board: &'a Board, line: &'a Line) -> Figure<'a> {
    Figure::of(board, line, &scene.present, &scene.register)
}

/// The rows behind a line as CSV, one a claim and one a person (invariant 13). Words and names are
/// shown as `reader` may see them; a person's `entry` is empty, since persons are made of mentions.
#[must_use]
pub fn opened_csv(figure: &Figure<'_>, reader: &Reader) -> Vec<u8> {
    let heading = ["line", "kind", "row", "entry", "review", "document", "words"];
    let id = figure.line.id.to_string();
    let claims = figure.written.iter().map(|(source, claim)| {
        let quote = redact::quotable(&claim.it, reader).then(|| claim.it.span.quote.clone());
        let cells = [id.as_str(), "claim", &source.claim.to_string(), &claim.position.to_string()];
        let rest = [source.review.to_string(), source.blob.to_string(), quote.unwrap_or_default()];
        cells.map(str::to_owned).into_iter().chain(rest).collect()
    });
    let persons = figure.persons.iter().map(|person| {
        let name = redact::person(person, reader).to_string();
        [id.as_str(), "person", &person.id.to_string(), "", "", "", &name].map(str::to_owned).into()
    });
    table(&heading, claims.chain(persons))
}

/// What a board's page and a board's terminal show: asked once, shown twice.
pub struct Answer {
    /// The board.
    pub board: Board,
    /// Do the sums hold?
    pub audit: Vec<Finding>,
    /// What was promised.
    pub promises: Vec<PromiseLine>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl Answer {
    /// Everything that `open` shows of a scene.
    #[must_use]
    pub fn of(scene: &Scene) -> Answer {
        Answer {
            board: board(scene),
            audit: super::audit::audit(scene),
            promises: super::promises::promises(scene),
            problems: problems(scene),
        }
    }

    /// Writes `board.html` into the case folder and tells where it is.
    pub fn write_page(&self, case: &Case, title: &str, reader: &Reader) -> Result<PathBuf, Error> {
        let Answer { board, audit, promises, problems } = self;
        let page = habeas_page::html::board(board, audit, promises, reader, title, problems);
        let path = case.folder.join("board.html");
        replace(&path, page.as_bytes())?;
        Ok(path)
    }
}

/// Puts a file in the place of another at once: whoever reads sees the old one or the new one,
/// whole.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let fresh = path.with_file_name(name);
    let write = || -> std::io::Result<()> {
        let mut file = fs::File::create(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, path)
    };
    write().map_err(|why| {
        let _ = fs::remove_file(&fresh); // What is left of a page that did not fit helps nobody.
        Error::writing(path, why)
    })
}
