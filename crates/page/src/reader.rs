//! Who reads: their language, the width of their screen, and whether they belong to the team.

use std::str::FromStr;
use unic_langid::{LanguageIdentifier, langid};

/// What can be wrong with what a page was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A language that pages are not written in.
    #[error("no pages in the language `{0}`\nhint: it can be `en` or `es`")]
    Lang(String),
}

/// The language of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Es];

    /// Its code, `en` or `es`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Es => "es",
        }
    }

    /// The language of a locale such as `es_VE.UTF-8`; none where it is neither, as `C` is.
    #[must_use]
    pub fn from_locale(locale: &str) -> Option<Lang> {
        let code = locale.split(['_', '-', '.', '@', ':']).next().unwrap_or_default();
        code.to_ascii_lowercase().parse().ok()
    }

    pub(crate) fn identifier(self) -> LanguageIdentifier {
        match self {
            Lang::En => langid!("en"),
            Lang::Es => langid!("es"),
        }
    }
}

impl FromStr for Lang {
    type Err = Error;
    fn from_str(code: &str) -> Result<Lang, Error> {
        match code {
            "en" => Ok(Lang::En),
            "es" => Ok(Lang::Es),
            _ => Err(Error::Lang(code.to_owned())),
        }
    }
}

/// How much may be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum See {
    /// What anybody may see: names only of those who may be named in public.
    #[default]
    Public,
    /// What the team that keeps the case may see.
    Team,
}

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Their language.
    pub lang: Lang,
    /// Columns of their terminal.
    pub width: usize,
    /// Whether colours may be used; they never carry a meaning alone.
    pub colour: bool,
    /// How much they may see.
    pub see: See,
    /// Whether documents are closed to them: every page says that it counts none of those.
    pub closed: bool,
}

impl Reader {
    /// Anybody, on a terminal of 100 columns without colours.
    #[must_use]
    pub fn public(lang: Lang) -> Reader {
        Reader { lang, width: 100, colour: false, see: See::Public, closed: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(locale: &str, expected: Option<Lang>) {
        assert_eq!(Lang::from_locale(locale), expected, "{locale}");
    }

    #[test]
    fn a_locale_has_a_language() {
        check("es_VE.UTF-8", Some(Lang::Es));
        check("es", Some(Lang::Es));
        check("ES-419", Some(Lang::Es));
        check("en_GB", Some(Lang::En));
        check("C", None);
        check("fr_FR.UTF-8", None);
        check("", None);
        assert_eq!("fr".parse::<Lang>(), Err(Error::Lang("fr".to_owned())));
    }
}
