//! `board`: claimed against named, and the page that shows it.

use crate::{Case, Error, Scene};
use habeas_count::{Board, Finding, PromiseLine};
use habeas_model::Problem;
use habeas_page::Reader;
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
