//! Why bytes cannot become a document: the message names the thing and the place, then the next
//! step.

/// A failure to open. Lower case, no full stop, `hint:` and the next step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No bytes at all.
    #[error("`{0}` is empty\nhint: fetch or export it again")]
    Empty(String),
    /// More bytes than we read at once.
    #[error(
        "`{name}` has {bytes} bytes, more than the {limit} that are read at once\nhint: split it, or export only the sheet or pages that matter"
    )]
    TooLarge {
        /// File name.
        name: String,
        /// Its length.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// A container whose parts unpack to more than is sane.
    #[error(
        "`{name}` unpacks to more than {limit} bytes at part `{part}`\nhint: it may be a zip bomb; if it is honest, unpack it and receive what matters"
    )]
    Bomb {
        /// File name.
        name: String,
        /// Part of the container.
        part: String,
        /// The limit.
        limit: u64,
    },
    /// A container with too many parts, or too many containers within each other.
    #[error(
        "`{name}` is not opened at part `{part}`: {what}\nhint: it may be made to do harm; if it is honest, unpack it and receive what matters"
    )]
    Crowded {
        /// File name.
        name: String,
        /// Part of the container.
        part: String,
        /// What there is too much of.
        what: String,
    },
    /// Nothing to read.
    #[error(
        "`{0}` holds nothing that can be read\nhint: see in its own program what it holds; text, tables, pages and messages are read"
    )]
    Nothing(String),
    /// A PDF that could not be read within its limits.
    #[error("`{name}` cannot be read as pdf: {why}\nhint: {hint}")]
    Pdf {
        /// File name.
        name: String,
        /// What happened.
        why: String,
        /// The next step.
        hint: String,
    },
    /// An encrypted workbook.
    #[error(
        "`{0}` is protected by a password or is a workbook of before 2007\nhint: open it with its password and save it as XLSX or CSV without one"
    )]
    Sealed(String),
    /// Bytes that are neither words nor a known container.
    #[error(
        "`{name}` is not text: {what}\nhint: see what it really is; text, HTML, PDF, DOCX, ODT, RTF, tables, mail, feeds, JSON, WARC, WACZ and ZIP are read"
    )]
    Binary {
        /// File name.
        name: String,
        /// Which bytes say so.
        what: String,
    },
    /// A container that its format's reader refuses.
    #[error(
        "`{name}` cannot be read as {format}: {why}\nhint: open it in its own program and save it again"
    )]
    Broken {
        /// File name.
        name: String,
        /// `xlsx`, `ods`, `json`.
        format: &'static str,
        /// What the reader says.
        why: String,
    },
    /// A table with more cells than we keep.
    #[error(
        "`{name}` has more than {limit} cells\nhint: split it, or export only the columns that matter"
    )]
    TooManyCells {
        /// File name.
        name: String,
        /// The limit.
        limit: u64,
    },
}
