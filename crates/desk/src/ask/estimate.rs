//! `estimate`: how many no list names, from a capture table or from a case's reviewed lists.

use crate::{Case, Error, Scene, write::link};
use habeas_count::{
    By,
    estimate::{
        Answer, Captured, Captures, Covariates, During, Estimates, Method, Settings, Table,
        Undecided, estimate,
    },
};
use habeas_model::{Verdict, memory::present::Taken};
use habeas_page::{Reader, html};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Reads a capture table and takes as one the lists that are to be merged.
pub fn table(path: &Path, merges: &[(String, String)]) -> Result<Captured, Error> {
    let bytes = fs::read(path).map_err(|why| Error::reading(path, why))?;
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let mut captured = Table::read(&file, &bytes)?;
    for (a, b) in merges {
        // A list that is part of a merged one is found by its part.
        let at = |table: &Table, name: &str| {
            let parts = |list: &String| list.split('+').any(|part| part == name);
            table.lists().iter().position(parts).map_or_else(|| table.list(name), Ok)
        };
        let group: BTreeSet<usize> =
            [at(&captured.table, a)?, at(&captured.table, b)?].into_iter().collect();
        captured.table = captured.table.merged(&group);
        captured.covariates = None; // Their columns are those of the file.
    }
    captured.table = captured.table.checked(&file)?;
    Ok(captured)
}

/// Asks the methods, with the clock of this machine.
#[must_use]
pub fn estimates(
    table: &Table,
    covariates: Option<&Covariates>,
    methods: &[Method],
    settings: &Settings,
) -> Estimates {
    estimate(table, covariates, methods, settings, &mut processor_seconds)
}

/// Seconds of processor time that this process has had, all threads together.
#[cfg(unix)]
fn processor_seconds() -> Option<f64> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9)
}

/// Elsewhere nobody is asked: an estimate then stands without its cost.
#[cfg(not(unix))]
fn processor_seconds() -> Option<f64> {
    None
}

/// The capture histories of a case, with the pairs of mentions that are not decided.
pub fn captures(
    case: &Case,
    scene: &Scene,
    during: During,
    merges: &[(String, String)],
    by: Option<By>,
) -> (Captures, Vec<Undecided>) {
    let all: Vec<(String, String)> =
        case.settings.estimate.merge.iter().chain(merges).cloned().collect();
    let captures = Captures::of(&scene.asked(), during, &all, by);
    let open = captures.open(&undecided(case, scene));
    (captures, open)
}

/// Asks the methods of a case's capture histories; a gate before them refuses all of them alike.
/// Open pairs never make a table: as different people they would be documented twice.
pub fn of_captures(
    captures: &Captures,
    open: &[Undecided],
    methods: &[Method],
    settings: &Settings,
) -> Result<Estimates, Error> {
    let table = captures.table().checked("case")?;
    Ok(match captures.refusal(open) {
        None => estimates(&table, None, methods, settings),
        Some(refusal) => {
            let refused = |method: &Method| Answer::refused(*method, refusal.clone());
            Estimates::refused(&table, methods.iter().map(refused).collect(), settings)
        }
    })
}

/// Proposed pairs that nobody has decided, and those that somebody could not decide, each with the
/// chance that it is one person.
fn undecided(case: &Case, scene: &Scene) -> Vec<Undecided> {
    let proposed = link::proposals(case, &scene.present);
    let open =
        proposed.iter().map(|pair| Undecided { left: pair.left, right: pair.right, p: pair.p() });
    let unsure = |taken: &&Taken<habeas_model::LinkDecision>| taken.it.verdict == Verdict::Unsure;
    let unsure = scene.present.links.iter().filter(unsure).map(|taken| Undecided {
        left: taken.it.left,
        right: taken.it.right,
        p: 0.5, // A reviewer looked, and could not tell.
    });
    open.chain(unsure).collect()
}

/// Writes the plots into a folder and tells where they are.
pub fn write_plots(all: &Estimates, reader: &Reader, folder: &Path) -> Result<Vec<PathBuf>, Error> {
    fs::create_dir_all(folder).map_err(|why| Error::writing(folder, why))?;
    let plots = [
        ("upset.svg", html::estimate::upset(all, reader)),
        ("intervals.svg", html::estimate::intervals(all, reader)),
        ("densities.svg", html::estimate::densities(all, reader)),
    ];
    let write = |(name, plot): (&str, String)| {
        let path = folder.join(name);
        super::board::replace(&path, plot.as_bytes())?;
        Ok(path)
    };
    plots.into_iter().map(write).collect()
}
