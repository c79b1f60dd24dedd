//! Why a verb could not be done: the thing, the place, and the next step.

use std::path::{Path, PathBuf};

/// A failure of a verb.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The folder holds no case.
    #[error("no `case.toml` in `{}`\nhint: `habeas new {}` makes a case of this folder", .0.display(), .0.display())]
    NoCase(PathBuf),
    /// `habeas new` on a case.
    #[error("`{}` is a case already\nhint: `habeas open {}`", .0.display(), .0.display())]
    CaseExists(PathBuf),
    /// case.toml cannot be understood.
    #[error("`{}`: {reason}\nhint: mend that line; `habeas new` in an empty folder shows a whole case.toml", path.display())]
    Settings {
        /// The file.
        path: PathBuf,
        /// Line and what is wrong with it.
        reason: String,
    },
    /// A file or folder could not be read or written.
    #[error("cannot {what} `{}`: {why}\nhint: {hint}", path.display())]
    Disk {
        /// Read, write.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
        /// The next step.
        hint: &'static str,
    },
    /// No rule of that name.
    #[error(
        "no counting rule `{name}`\nhint: there are {known}; a file in the case's `rules/` adds one"
    )]
    NoRule {
        /// Asked for.
        name: String,
        /// Those there are.
        known: String,
    },
    /// Neither position, day nor time.
    #[error(
        "known-by is neither position nor time: `{0}`\nhint: a position such as 120, a day such as 2026-02-01, or a time such as 2026-02-01T12:00:00Z"
    )]
    KnownBy(String),
    /// Nothing with that identifier, in the present that was asked.
    #[error(
        "nothing with the identifier `{0}` is in this case\nhint: `habeas review CASE --list` and `habeas link CASE --list` show identifiers"
    )]
    Unknown(String),
    /// No row, or more than one, with that record id.
    #[error(
        "no one row has the record id `{0}`\nhint: ids stand in the column `id` of the settings (`--guess` prints it); without one rows are numbered from 1"
    )]
    NoRow(String),
    /// A line of a file of decisions that says nothing.
    #[error("line {line} of `{}` is no decision\nhint: a line is {{\"left\": ID, \"right\": ID, \"verdict\": \"same\"}}, with same, not_same or unsure; a line of a nomenklatura resolver; or an edge of Splink", path.display())]
    Decision {
        /// The file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
    },
    /// No document of that name or digest.
    #[error(
        "no document `{0}` in this case\nhint: its name under `inbox/`, or the first six digits or more of its SHA-256"
    )]
    NoDocument(String),
    /// An authority that gives no answer.
    #[error(
        "`{url}` gives no answer: {why}\nhint: what waits is asked for again by `habeas stamp`; an address that begins with `http:` is enough, because a stamp proves itself"
    )]
    Silent {
        /// Where it was asked.
        url: String,
        /// What the network says.
        why: String,
    },
    /// An address that gives nothing.
    #[error("`{place}`: {why}\nhint: {hint}")]
    Fetch {
        /// Which: a name that holds no address.
        place: String,
        /// What went wrong.
        why: String,
        /// The next step.
        hint: &'static str,
    },
    /// `habeas watch` without anything to watch.
    #[error("`{}` names nothing to watch\nhint: write `[watch]` and `pages = [\"https://...\"]` or `feeds = [\"https://...\"]` into it", .0.display())]
    NothingWatched(PathBuf),
    /// The key of the second reader is not there.
    #[error(
        "the environment has no `{name}`, the key of the second reader, and nothing was sent\nhint: set it, or take `[reader.llm]` out of case.toml"
    )]
    NoKey {
        /// Name of the variable.
        name: String,
    },
    /// The second reader has no address.
    #[error(
        "the second reader's `{0}` is no address of the web\nhint: `url` under `[reader.llm]` is such as `https://llm.example.org/v1`"
    )]
    NoEndpoint(String),
    /// An entry that cannot be undone.
    #[error(
        "entry {0} is no decision\nhint: `habeas undo` takes the position of a decision, which `habeas export` lists, or of the reception of a document, which `habeas custody` tells"
    )]
    NotADecision(u64),
    /// A role that there is not.
    #[error(
        "there is no role `{0}`\nhint: it can be `reader`, `reviewer`, `linker`, `publisher` or `keeper`"
    )]
    NoRole(String),
    /// There is no server to make tables on.
    #[error("`{}` names no server\nhint: write `[ledger]` and `server = \"postgres://USER@HOST/DATABASE?sslmode=require\"` into it", .0.display())]
    NoServer(PathBuf),
    /// Built without Parquet.
    #[error("`{}` is Parquet, and this program was built without it\nhint: build with `--features parquet`, or use CSV", .0.display())]
    NoParquet(PathBuf),
    /// A quote that never closes.
    #[error("row {row} of `{}` opens a quote that never closes: all rows behind it stand in one cell\nhint: close the quote or take it out, then link again", path.display())]
    OpenQuote {
        /// The file.
        path: PathBuf,
        /// Its row, from 1, headings counted.
        row: usize,
    },
    /// A table that is no sample.
    #[error("`{}` is no sample: it has no column `{}`\nhint: `habeas link TABLE.. --sample N --out FILE` draws one", .0.display(), .1)]
    NoSample(PathBuf, String),
    /// A cell of a sample.
    #[error(
        "`{}`, row {row}: the cell under `{cell}` cannot be read\nhint: fill `same` with yes, no or unsure, and leave the other columns as they were", .path.display()
    )]
    Sampled {
        /// The file.
        path: PathBuf,
        /// Its row, from 1.
        row: usize,
        /// The heading.
        cell: String,
    },
    /// Settings of linking that do not fit the table.
    #[error(transparent)]
    Link(#[from] habeas_person::table::Wrong),
    /// A run of linking that came to no answer.
    #[error(transparent)]
    Linking(#[from] habeas_person::link::Failed),
    /// The legal basis of an erasure has the name in it.
    #[error(
        "the name that is to be erased stands in the legal basis\nhint: `--basis` stays readable for ever; give the law or the file number instead"
    )]
    NameInBasis,
    /// What is to be erased lies in the inbox, too.
    #[error(
        "{0} files of the inbox have what is to be erased, and nothing was erased\nhint: `--inbox` removes them, too; or move them out of the case first"
    )]
    InboxCopies(usize),
    /// Received before, and erased.
    #[error(
        "this document was erased from this case, and is not received again\nhint: remove the file; what was erased is named by no record of ours"
    )]
    ErasedBefore,
    /// Questions of the harm checklist to which nobody said yes, as they are called.
    #[error(
        "nothing is published before the checklist is answered: {0}\nhint: each is `yes`, or `nobody` where there is nobody of whom it could be asked; what is not so must be mended first, and is then previewed anew"
    )]
    Unanswered(String),
    /// Somebody who is not named would stand in what is published.
    #[error(
        "somebody who may not be named stands in {0}, and nothing was published\nhint: take the words out of it, or the document out of the case"
    )]
    Naming(String),
    /// The answer to an earlier known-by, or to a ledger that has moved, would be published.
    #[error(
        "only what is known now can be published\nhint: leave `known-by` out: who could be named once may not be named today"
    )]
    PublishNow,
    /// The ledger moved after the checklist was answered.
    #[error(
        "the case has changed since this was shown, and nothing was published\nhint: look at what the public would see now, and answer again"
    )]
    Moved,
    /// A file that is not ours, or not as we wrote it, is in the way.
    #[error("`{}` is not a publication of ours as it was written\nhint: choose another folder, or move it away", .0.display())]
    NotOurs(PathBuf),
    /// A file of a publication could not be made.
    #[error(
        "a file of the publication cannot be made: {0}\nhint: tell it to those who make Habeas; nothing was published"
    )]
    Made(String),
    /// The browser did not print.
    #[error(
        "`{}` did not print the bulletin: {why}\nhint: HABEAS_CHROMIUM names another browser; an empty one publishes without PDF", browser.display()
    )]
    Printing {
        /// The browser.
        browser: PathBuf,
        /// What happened.
        why: String,
    },
    /// `habeas seal` on a sealed case.
    #[error("`{}` is sealed already\nhint: `habeas key list` on it names its holders", .0.display())]
    Sealed(PathBuf),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] habeas_ledger::Error),
    /// A document.
    #[error(transparent)]
    Document(#[from] habeas_document::Error),
    /// A counting rule.
    #[error(transparent)]
    Count(#[from] habeas_count::Error),
    /// A value.
    #[error(transparent)]
    Value(#[from] habeas_model::Error),
}

impl Error {
    /// A failure to read.
    pub(crate) fn reading(path: &Path, why: std::io::Error) -> Error {
        Error::Disk {
            what: "read",
            path: path.to_owned(),
            why,
            hint: "see that it exists and may be read",
        }
    }

    /// A failure to write.
    pub(crate) fn writing(path: &Path, why: std::io::Error) -> Error {
        let hint = "see that there is room on the disk and that the folder may be written; nothing recorded is lost";
        Error::Disk { what: "write", path: path.to_owned(), why, hint }
    }
}
