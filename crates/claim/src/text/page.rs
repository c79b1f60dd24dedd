//! A text as the grammar sees it: tokens, sentences, and the phrases that begin at each token.

use super::lexicon::{Hit, Lexicon, Meaning, Sorts, Tag};
use super::token::{Kind, Sentence, Token, sentences, split};
use habeas_document::{Text, ZoneKind};
use std::ops::Range;

/// A text as the grammar sees it.
pub struct Page<'t> {
    /// The text.
    pub text: &'t str,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// The lexicon of its language.
    pub lexicon: &'static Lexicon,
    hits: Vec<Hit<'static>>,
    first: Vec<u32>,
    /// Of each token, the small words that begin there: most questions end here.
    tags: Vec<[u128; 2]>,
    /// Of each token, the sorts of meaning that its phrases have.
    sorts: Vec<Sorts>,
}

impl<'t> Page<'t> {
    /// Reads the tokens and phrases of a text.
    #[must_use]
    pub fn new(text: &'t Text, lexicon: &'static Lexicon) -> Page<'t> {
        let content = text.content.as_str();
        let tokens = split(content, |word| lexicon.phrases.word(word));
        let mut hits: Vec<Hit> = Vec::with_capacity(tokens.len() * 2);
        let mut first = Vec::with_capacity(tokens.len() + 1);
        let (mut tags, mut sorts) =
            (vec![[0; 2]; tokens.len()], vec![Sorts::default(); tokens.len()]);
        for at in 0..tokens.len() {
            first.push(hits.len() as u32);
            lexicon.phrases.at(&tokens, at, |hit| {
                if !is_written(&hit, &tokens, lexicon) {
                    return;
                }
                match hit.meaning {
                    Meaning::Word(tag) => {
                        let (half, bit) = bit(*tag);
                        tags[at][half] |= bit;
                    }
                    meaning => sorts[at] = sorts[at].or(Sorts::of(meaning)),
                }
                hits.push(hit);
            });
        }
        first.push(hits.len() as u32);
        let sentences_unknown = Vec::new();
        let mut page = Page {
            text: content,
            tokens,
            sentences: sentences_unknown,
            lexicon,
            hits,
            first,
            tags,
            sorts,
        };
        let related = text.zones.iter().filter(|zone| zone.kind == ZoneKind::Related);
        let related: Vec<Range<usize>> = related.map(|zone| zone.range.clone()).collect();
        page.sentences = sentences(
            &page.tokens,
            |at| page.tag(at, Tag::Abbreviation).is_some(),
            |byte| related.iter().any(|zone| zone.contains(&byte)),
        );
        page
    }

    /// The phrases that begin at a token, shorter first.
    #[must_use]
    pub fn hits(&self, at: usize) -> &[Hit<'static>] {
        match self.first.get(at..at + 2) {
            Some(&[from, to]) => &self.hits[from as usize..to as usize],
            _ => &[],
        }
    }

    /// One past the longest phrase at `at` that means this small word.
    #[must_use]
    pub fn tag(&self, at: usize, tag: Tag) -> Option<usize> {
        let (half, bit) = bit(tag);
        if self.tags.get(at).is_none_or(|tags| tags[half] & bit == 0) {
            return None;
        }
        let means = |hit: &&Hit| matches!(hit.meaning, Meaning::Word(known) if *known == tag);
        self.hits(at).iter().rev().find(means).map(|hit| hit.end)
    }

    /// Whether the word at `at` is inside a phrase for what is said of people that begins before
    /// it: "over" of "handed over".
    #[must_use]
    pub fn within_predicate(&self, at: usize) -> bool {
        (at.saturating_sub(3)..at).any(|from| {
            let told = |hit: &Hit| matches!(hit.meaning, Meaning::Predicate(..)) && hit.end > at;
            self.hits(from).iter().any(told)
        })
    }

    /// Whether a phrase begins at `at` that means one of these small words.
    #[must_use]
    pub fn any(&self, at: usize, tags: &[Tag]) -> bool {
        let among = |known: &[u128; 2]| {
            tags.iter().any(|tag| {
                let (half, bit) = bit(*tag);
                known[half] & bit != 0
            })
        };
        self.tags.get(at).is_some_and(among)
    }

    /// The sorts of meaning of the phrases that begin at `at`.
    #[must_use]
    pub fn sorts(&self, at: usize) -> Sorts {
        self.sorts.get(at).copied().unwrap_or_default()
    }

    /// The longest phrase at `at` of which `take` makes something.
    #[must_use]
    pub fn find<T>(
        &self,
        at: usize,
        take: impl Fn(&'static Meaning) -> Option<T>,
    ) -> Option<(usize, T)> {
        self.hits(at).iter().rev().find_map(|hit| Some((hit.end, take(hit.meaning)?)))
    }

    /// Where in `range` a phrase with this small word begins, first one.
    #[must_use]
    pub fn seek(&self, range: Range<usize>, tag: Tag) -> Option<(usize, usize)> {
        range
            .clone()
            .find_map(|at| self.tag(at, tag).filter(|end| *end <= range.end).map(|end| (at, end)))
    }

    /// Where in `range` a phrase with this small word begins that reaches up to token `end`.
    #[must_use]
    pub fn seek_upto(&self, mut range: Range<usize>, tag: Tag, end: usize) -> Option<usize> {
        range.find(|at| self.tag(*at, tag) == Some(end))
    }

    /// The word as written.
    #[must_use]
    pub fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| &self.text[token.start as usize..token.end as usize])
    }

    /// The words of `range` as written.
    #[must_use]
    pub fn words(&self, range: Range<usize>) -> &'t str {
        if range.is_empty() || range.end > self.tokens.len() {
            return "";
        }
        let bytes = self.bytes(range);
        &self.text[bytes]
    }

    /// The bytes of the text that tokens `range` cover.
    #[must_use]
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let last = range.end.saturating_sub(1).max(range.start);
        self.tokens[range.start].start as usize..self.tokens[last].end as usize
    }

    /// The token, if there is one.
    #[must_use]
    pub fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// Whether the token is this mark.
    #[must_use]
    pub fn is(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(mark))
    }

    /// Whether the token is a word without a capital.
    #[must_use]
    pub fn is_small(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.capital && token.kind == Kind::Word)
    }

    /// Whether the token is a word with a capital that is not forced by its place (sentence start).
    #[must_use]
    pub fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.capital && token.kind == Kind::Word)
    }
}

/// The half and the bit of a small word; there are fewer than 256.
const fn bit(tag: Tag) -> (usize, u128) {
    let number = tag as u32;
    ((number / u128::BITS) as usize, 1 << (number % u128::BITS))
}

/// Whether a phrase may mean what it means, written as it is: countries and places bear a capital,
/// and so do demonyms and months where the language writes them so.
fn is_written(hit: &Hit, tokens: &[Token], lexicon: &Lexicon) -> bool {
    let token = &tokens[hit.start];
    match hit.meaning {
        Meaning::Country(_) => {
            token.capital && (token.shout || hit.end - hit.start > 1 || token.end - token.start > 3)
        }
        Meaning::Place(..) | Meaning::Of(_) => token.capital,
        Meaning::Demonym(_) | Meaning::Month(_) | Meaning::Weekday(_) => {
            lexicon.order.month_small
                || token.capital
                || !token.is_word()
                || *hit.meaning == Meaning::Demonym(habeas_model::Nationality::Foreign)
        }
        _ => true,
    }
}
