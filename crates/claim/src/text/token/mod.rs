//! What are the words of this text, and where does each sentence end?
//!
//! One pass over the characters makes [`Token`]s; everything later looks at tokens only.

mod sentence;
mod split;

pub use sentence::{Sentence, sentences};
pub use split::{disguised, fold, split};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters.
    Word,
    /// A whole number in digits.
    Number(u64),
    /// Digits that are no whole number of people: `74.2`, `22:40`, `2/3`.
    Figures,
    /// `@Ministry`.
    Handle,
    /// One mark.
    Mark(char),
    /// End of a line.
    Line,
}

/// One token: bytes of the text and what is needed of it.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is made of.
    pub kind: Kind,
    /// Number of its folded form in the lexicon; 0 if the lexicon does not have it.
    pub word: u32,
    /// It begins with a capital.
    pub capital: bool,
    /// It is all capitals, two letters or more.
    pub shout: bool,
    /// No space before it.
    pub glued: bool,
}

impl Token {
    /// Whether it is this mark.
    #[must_use]
    pub fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    /// Whether it is letters.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    /// Whether it is a mark that parts clauses or sentences.
    #[must_use]
    pub fn is_stop(&self) -> bool {
        matches!(self.kind, Kind::Mark('.' | ';' | ':' | '!' | '?' | '…') | Kind::Line)
    }

    /// Whether it is a quotation mark.
    #[must_use]
    pub fn is_quote(&self) -> bool {
        matches!(self.kind, Kind::Mark('"' | '“' | '”' | '«' | '»' | '„'))
    }

    /// Whether it is a dash between words.
    #[must_use]
    pub fn is_dash(&self) -> bool {
        matches!(self.kind, Kind::Mark('—' | '–')) || (self.is('-') && !self.glued)
    }
}
